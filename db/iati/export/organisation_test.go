package export_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"

	"taawun/db/dbtest"
	"taawun/db/iati/export"
)

// organisations is the file of the organisations of a database.
func organisations(t *testing.T, d *dbtest.DB, o export.OrganisationOptions) (string, export.Summary) {
	t.Helper()
	var b strings.Builder
	done, err := export.Organisations(t.Context(), d.Public(), &b, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), done
}

// told are organizations that differ in what the public may see of them, and in whether anybody keeps them here.
const told = register + `
	insert into organization (id, code, iati_identifier, kind, state, owner_id, confidential, merged_into_id, original_locale, name, updated_at) values
		(3, 'AID', 'SY-NGO-3', 'NGO', 'PUBLISHED', 1, false, null, 'ar', '{"ar": "عون & <سند>", "ar#": "ORIGINAL", "en": "Aid", "en#": "REVIEWED"}', '2026-02-03T04:05:06Z'),
		(4, 'NOID', null, 'NGO', 'PUBLISHED', 1, false, null, 'ar', '{"ar": "بلا معرّف", "ar#": "ORIGINAL"}', '2026-02-03T04:05:06Z'),
		(5, 'DRAFT', 'SY-NGO-5', 'NGO', 'DRAFT', 1, false, null, 'ar', '{"ar": "مسودة", "ar#": "ORIGINAL"}', '2026-02-03T04:05:06Z'),
		(6, 'SECRET', 'SY-NGO-6', 'NGO', 'DRAFT', 1, true, null, 'ar', '{"ar": "سر", "ar#": "ORIGINAL"}', '2026-02-03T04:05:06Z'),
		(7, 'TWIN', 'SY-NGO-7', 'NGO', 'PUBLISHED', 1, false, 3, 'ar', '{"ar": "توأم", "ar#": "ORIGINAL"}', '2026-02-03T04:05:06Z'),
		(8, 'NAMELESS', 'SY-NGO-8', 'NGO', 'PUBLISHED', 1, false, null, 'ar', '{}', '2026-02-03T04:05:06Z');
	insert into code_list (id, name) values (2, 'DocumentCategory');
	insert into code_list_item (id, list_id, list, code) values (2, 2, 'DocumentCategory', 'B01');
	insert into document (id, subject_kind, subject_id, position, url, title, languages, document_date, published) values
		(1, 'Organization', 3, 0, 'https://example.org/report?a=1&b=2', '{"ar": "تقرير", "ar#": "ORIGINAL"}', '{ar}', '2026-01-02', true),
		(2, 'Organization', 3, 1, 'https://example.org/unfiled', '{}', '{}', null, true);
	insert into document_category (document_id, category_id) values (1, 2);`

// TestOrganisationsTold exports them, and holds each file against the schema and the rules of the standard.
func TestOrganisationsTold(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := d.Owner().ExecContext(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	const publisher = "sy-gov-1"
	for _, test := range []struct {
		name, want string
		options    export.OrganisationOptions
	}{
		{"kept here", "SY-GOV-1 SY-NGO-3 SY-NGO-8; NOID", export.OrganisationOptions{Publisher: publisher}},
		{"without a publisher", "SY-NGO-3 SY-NGO-8; NOID", export.OrganisationOptions{}},
		{"all", "SY-GOV-1 XM-DAC-41114 SY-NGO-3 SY-NGO-8; NOID", export.OrganisationOptions{All: true, Publisher: publisher}},
		{"one by its code", "SY-NGO-3;", export.OrganisationOptions{Organization: "AID", Publisher: publisher}},
		{"one by its identifier", "XM-DAC-41114;", export.OrganisationOptions{All: true, Organization: "XM-DAC-41114"}},
		{"one that is not kept here", ";", export.OrganisationOptions{Organization: "XM-DAC-41114"}},
		{"a draft", ";", export.OrganisationOptions{Organization: "DRAFT"}},
	} {
		file, done := organisations(t, d, test.options)
		doc := wellFormed(t, file)
		var found, left []string
		for _, n := range xmlquery.Find(doc, "//organisation-identifier") {
			found = append(found, n.InnerText())
		}
		for _, l := range done.LeftOut {
			left = append(left, l.Code)
			if !strings.Contains(file, "<!-- "+l.Code+" is left out: ") {
				t.Errorf("%s: the file does not say that %s is left out", test.name, l.Code)
			}
		}
		if got := strings.TrimSpace(strings.Join(found, " ") + "; " + strings.Join(left, " ")); got != test.want || done.Written != len(found) {
			t.Errorf("%s: %s (%d), want %s", test.name, got, done.Written, test.want)
		}
		if len(found) > 0 {
			valid(t, file)
		}
		for _, never := range []string{"مسودة", "سر<", "توأم", "unfiled"} {
			if strings.Contains(file, never) {
				t.Errorf("%s: it tells %s", test.name, never)
			}
		}
	}
	file, _ := organisations(t, d, export.OrganisationOptions{Publisher: "SY-GOV-1"})
	for _, want := range []string{
		`<iati-organisation xml:lang="ar" last-updated-datetime="2026-02-03T04:05:06Z">
    <organisation-identifier>SY-NGO-3</organisation-identifier>
    <name>
      <narrative>عون &amp; &lt;سند&gt;</narrative>
      <narrative xml:lang="en">Aid</narrative>
    </name>
    <reporting-org ref="SY-GOV-1" type="10" secondary-reporter="1">
      <narrative>الوزارة</narrative>
      <narrative xml:lang="en">The ministry</narrative>
    </reporting-org>
    <document-link url="https://example.org/report?a=1&amp;b=2" format="application/octet-stream">
      <title>
        <narrative>تقرير</narrative>
      </title>
      <category code="B01"/>
      <language code="ar"/>
      <document-date iso-date="2026-01-02"/>
    </document-link>
  </iati-organisation>`,
		"<organisation-identifier>SY-NGO-8</organisation-identifier>\n    <name>\n      <narrative>NAMELESS</narrative>", `<reporting-org ref="SY-GOV-1" type="10">`,
	} {
		if !strings.Contains(file, want) {
			t.Errorf("it lacks %s\n%s", want, file)
		}
	}
	if alone, _ := organisations(t, d, export.OrganisationOptions{Organization: "AID"}); !strings.Contains(alone, `<reporting-org ref="SY-NGO-3" type="22">`) {
		t.Errorf("without a publisher it does not speak for itself:\n%s", alone)
	}
}

// TestOrganisationsAgain imports a file of organisations into another database: nothing is refused, and it exports the same.
func TestOrganisationsAgain(t *testing.T) {
	t.Parallel()
	one, other := dbtest.New(t), dbtest.New(t)
	if _, err := one.Owner().ExecContext(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	file, done := organisations(t, one, export.OrganisationOptions{All: true})
	path := filepath.Join(t.TempDir(), "organisations.xml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := imported(t, other, path); s.Organisations.New != done.Written || len(s.Refusals) > 0 {
		t.Errorf("imported: %+v", s)
	}
	again, second := organisations(t, other, export.OrganisationOptions{All: true})
	if second.Written != done.Written || strings.Count(again, "<narrative") != strings.Count(file, "<narrative") || strings.Count(again, "<document-link") != 1 {
		t.Errorf("%d, then %d:\n%s", done.Written, second.Written, difference(file, again))
	}
}
