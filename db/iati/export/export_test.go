package export_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/iati"
	"taawun/db/iati/export"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// published are the files that publishers released; they are not part of this repository.
const published = "../../../../shared/data/iati/published"

// exported is the file of a database.
func exported(t *testing.T, d *dbtest.DB, o export.Options) (string, export.Summary) {
	t.Helper()
	var b strings.Builder
	done, err := export.Activities(t.Context(), d.Public(), &b, o)
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), done
}

func imported(t *testing.T, d *dbtest.DB, files ...string) iati.Summary {
	t.Helper()
	s, err := iati.Import(t.Context(), d.Owner(), iati.Options{DataSet: "test"}, files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "activities.xml")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// counted are the tables of a project and its parts.
var counted = strings.Fields("project project_partner project_sector project_tag project_policy_marker project_country project_region project_location related_project project_identifier " +
	"project_contact project_condition humanitarian_scope country_budget_item budget planned_disbursement transaction transaction_sector result indicator indicator_reference indicator_baseline " +
	"indicator_period measurement document document_category translation")

// counts are the numbers of rows, and the money.
func counts(t *testing.T, owner bun.IDB) map[string]string {
	t.Helper()
	got := map[string]string{}
	ask := func(name, query string) {
		var n string
		if err := owner.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		got[name] = n
	}
	for _, table := range counted {
		where := ""
		if table == "translation" { // not of organizations and codes, which a file only names
			where = " where subject_kind not in ('Organization', 'CodeListItem')"
		}
		ask(table, fmt.Sprintf("select count(*)::text from %q%s", table, where))
	}
	for _, table := range []string{"budget", "planned_disbursement", "transaction"} {
		ask("money of "+table, fmt.Sprintf("select coalesce(string_agg(currency || ' ' || sum, ', ' order by currency), '') from (select value_currency as currency, sum(value_amount)::numeric::text as sum from %q group by 1) x", table))
	}
	return got
}

// differences names what two databases do not have in common.
func differences(a, b map[string]string) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			out = append(out, fmt.Sprintf("%s %s, then %s", name, a[name], b[name]))
		}
	}
	return strings.Join(out, "; ")
}

// TestRoundTrip imports a file with every element of the standard, exports it, imports that into another database, and compares.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	one, other := dbtest.New(t), dbtest.New(t)
	imported(t, one, "../testdata/full.xml")
	file, done := exported(t, one, export.Options{All: true})
	if done.Written != 2 || len(done.LeftOut) > 0 {
		t.Fatalf("%+v", done)
	}
	doc := wellFormed(t, file)
	valid(t, file)
	// The file gives baselines in words, and a result and its indicator a reference each; all else is by the rules.
	for id, place := range broken(t, doc) {
		if strings.HasSuffix(id, " error") {
			t.Errorf("rule %s is broken: %s", id, place)
		} else {
			t.Logf("rule %s: %s", id, place)
		}
	}
	if s := imported(t, other, written(t, file)); s.Activities.New != 2 || len(s.Refusals) > 0 {
		t.Errorf("imported again: %+v", s)
	}
	// Sectors stand on the project or on its transactions, not on both as in this file; and the component names its programme, as that names it.
	if got := differences(counts(t, one.Owner()), counts(t, other.Owner())); got != "related_project 2, then 3; transaction_sector 2, then 0" {
		t.Errorf("the databases differ: %s", got)
	}
	again, _ := exported(t, other, export.Options{All: true})
	if again != file {
		t.Errorf("the second export is another:\n%s", difference(file, again))
	}
	for _, want := range []string{
		`<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2025-05-30T08:00:00Z" humanitarian="1" hierarchy="1">`,
		"<narrative>Water for Aleppo</narrative>\n      <narrative xml:lang=\"ar\">مياه لحلب</narrative>", `<location ref="SY02">`, `<pos>36.2 37.15</pos>`,
		`<sector vocabulary="99" code="W1" percentage="100">`, `<tag vocabulary="3" code="6.1"/>`, `<value currency="EUR" value-date="2024-02-02">1000.25</value>`,
		`<recipient-country code="SY" percentage="60">`, `<actual value="about fifteen">`, `<related-activity ref="XM-TEST-1-COMPONENT" type="2"/>`, `<reference vocabulary="`,
	} {
		if !strings.Contains(file, want) {
			t.Errorf("it lacks %s", want)
		}
	}
	if t.Failed() {
		t.Log(file)
	}
}

func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("line %d\n%s\n%s", i+1, x[i], y[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(x), len(y))
}

// TestPublishedFiles does the same with what publishers released, as far as the standard can hold it again.
func TestPublishedFiles(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(published); err != nil {
		t.Skip("the files of publishers are not here")
	}
	for _, name := range []string{"acfspain-ph.xml", "usaid-bo.xml", "worldbank-sv.xml"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one, other := dbtest.New(t), dbtest.New(t)
			imported(t, one, filepath.Join(published, name))
			file, done := exported(t, one, export.Options{All: true})
			if len(done.LeftOut) > 0 {
				t.Logf("left out: %v", done.LeftOut)
			}
			wellFormed(t, file)
			valid(t, file)
			imported(t, other, written(t, file))
			before, after := counts(t, one.Owner()), counts(t, other.Owner())
			if len(done.LeftOut) == 0 {
				if got := differences(before, after); got != "" {
					t.Errorf("the databases differ: %s", got)
				}
			}
			t.Logf("%d activities, %s transactions, %s texts", done.Written, after["transaction"], after["translation"])
		})
	}
}

// register is a small register: what is told of it and what is not.
const register = `
	insert into ministry_unit (id, code) values (1, 'DIR');
	insert into administrative_unit (id, pcode, level, name) values (1, 'SY02', 1, '{"ar": "حلب", "ar#": "ORIGINAL", "en": "Aleppo", "en#": "REVIEWED"}');
	insert into organization (id, code, iati_identifier, kind, state, name) values
		(1, 'MIN', 'SY-GOV-1', 'MINISTRY', 'PUBLISHED', '{"ar": "الوزارة", "ar#": "ORIGINAL", "en": "The ministry", "en#": "CERTIFIED"}'),
		(2, 'UN', 'XM-DAC-41114', 'UN_AGENCY', 'PUBLISHED', '{"en": "UNDP", "en#": "ORIGINAL"}');
	insert into project (id, code, iati_identifier, status, state, owner_id, original_locale, title, description, planned_start, confidential, reporting_organization_id, updated_at, parent_id, default_currency) values
		(1, 'P-1', null, 'IMPLEMENTATION', 'PUBLISHED', 1, 'ar', '{"ar": "آبار & <خزانات>", "ar#": "ORIGINAL", "en": "Wells", "en#": "REVIEWED", "fr": "Puits", "fr#": "CERTIFIED!"}', '{}', '2026-01-01', false, null, '2026-02-03T04:05:06Z', null, 'USD'),
		(2, 'P-2', 'XM-DAC-41114-7', 'CLOSED', 'PUBLISHED', 1, 'en', '{"en": "Roads", "en#": "ORIGINAL"}', '{"en": "Roads of stone", "en#": "ORIGINAL"}', '2020-01-01', false, 2, '2026-02-03T04:05:06Z', 1, 'USD'),
		(3, 'P-3', 'XM-DAC-41114-8', 'CLOSED', 'PUBLISHED', null, 'en', '{"en": "Of others", "en#": "ORIGINAL"}', '{}', '2020-01-01', false, 2, '2026-02-03T04:05:06Z', null, 'USD'),
		(4, 'P-4', 'SY-GOV-1-4', 'CLOSED', 'DRAFT', 1, 'en', '{"en": "A secret", "en#": "ORIGINAL"}', '{}', '2020-01-01', true, 1, '2026-02-03T04:05:06Z', null, 'USD'),
		(5, 'P-5', 'SY-GOV-1-5', 'CLOSED', 'DRAFT', 1, 'en', '{"en": "A draft", "en#": "ORIGINAL"}', '{}', '2020-01-01', false, 1, '2026-02-03T04:05:06Z', null, 'USD'),
		(6, 'P-6', 'SY-GOV-1-6', 'PIPELINE', 'PUBLISHED', 1, 'en', '{"en": "Undated", "en#": "ORIGINAL"}', '{}', null, false, 1, '2026-02-03T04:05:06Z', null, 'USD');
	insert into related_project (project_id, related_id, ref, type, published) values
		(1, 2, 'P-2', 'SIBLING', true), (1, 4, 'SY-GOV-1-4', 'CHILD', true), (1, 5, 'SY-GOV-1-5', 'CHILD', true), (1, null, 'GB-GOV-1-9', 'CO_FUNDED', true), (2, 1, 'P-1', 'PARENT', true);
	insert into result (id, project_id, position, type, title, published) values (1, 1, 0, 'OUTPUT', '{"en": "Wells work", "en#": "ORIGINAL"}', true);
	insert into indicator (id, result_id, position, measure, title, published) values (1, 1, 0, 'UNIT', '{"en": "Wells", "en#": "ORIGINAL"}', true);
	insert into indicator_reference (indicator_id, vocabulary, code, uri, published) values (1, '5', 'W-1', 'https://example.org/w?a=1&b=2', true), (1, '99', 'OWN', null, true);
	insert into project_location (project_id, unit_id, position, published) values (1, 1, 0, true);
	insert into project_partner (project_id, organization_id, position, role, published) values (1, 2, 0, 'FUNDING', true);
	insert into code_list (id, name) values (1, 'Sector');
	insert into code_list_item (id, list_id, list, code) values (1, 1, 'Sector', '14030');
	insert into project_sector (project_id, sector_id, published) values (1, 1, true), (2, 1, true), (3, 1, true);
	insert into project_country (project_id, country_id, published) select 2, 1, true where false;
	insert into transaction (project_id, position, type, date, value_amount, value_currency, provider_id, published) values (1, 0, 'DISBURSEMENT', '2026-02-01', 250000.50, 'USD', 2, true);`

// TestWhatIsTold exports a register whose projects differ in what the public may see of them.
func TestWhatIsTold(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := d.Owner().ExecContext(t.Context(), register); err != nil {
		t.Fatal(err)
	}
	const publisher = "SY-GOV-1"
	for _, test := range []struct {
		name, want string
		options    export.Options
	}{
		{"kept here", "SY-GOV-1-P-1 XM-DAC-41114-7; P-6", export.Options{Publisher: publisher}},
		{"without a publisher", "XM-DAC-41114-7; P-1 P-6", export.Options{}},
		{"all", "SY-GOV-1-P-1 XM-DAC-41114-7 XM-DAC-41114-8; P-6", export.Options{All: true, Publisher: publisher}},
		{"by reporter", "XM-DAC-41114-7;", export.Options{Reporter: "xm-dac-41114", Publisher: publisher}},
		{"by the publisher", "SY-GOV-1-P-1; P-6", export.Options{Reporter: publisher, Publisher: publisher}},
		{"one by its code", "SY-GOV-1-P-1;", export.Options{Project: "P-1", Publisher: publisher}},
		{"one by its identifier", "XM-DAC-41114-7;", export.Options{Project: "XM-DAC-41114-7"}},
		{"none", ";", export.Options{Project: "nothing"}},
	} {
		file, done := exported(t, d, test.options)
		doc := wellFormed(t, file)
		var found, left []string
		for _, n := range xmlquery.Find(doc, "//iati-identifier") {
			found = append(found, n.InnerText())
		}
		for _, l := range done.LeftOut {
			left = append(left, l.Code)
			if !strings.Contains(file, "<!-- "+l.Code+" is left out: ") {
				t.Errorf("%s: the file does not say that %s is left out", test.name, l.Code)
			}
		}
		if got := strings.TrimSpace(strings.Join(found, " ") + "; " + strings.Join(left, " ")); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if len(found) > 0 {
			valid(t, file)
			if test.options.Publisher != "" {
				for id, place := range broken(t, doc) {
					// No country is known of what has no places.
					if strings.HasSuffix(id, " error") && (!strings.HasPrefix(id, "3.7.1") || !strings.HasPrefix(place, "XM-DAC")) {
						t.Errorf("%s: rule %s is broken: %s", test.name, id, place)
					}
				}
			}
		}
	}
	file, _ := exported(t, d, export.Options{Publisher: publisher})
	for _, want := range []string{
		`<iati-activity xml:lang="ar" default-currency="USD" last-updated-datetime="2026-02-03T04:05:06Z" hierarchy="1">`,
		"<reporting-org ref=\"SY-GOV-1\" type=\"10\">\n      <narrative>الوزارة</narrative>\n      <narrative xml:lang=\"en\">The ministry</narrative>",
		"<narrative>آبار &amp; &lt;خزانات&gt;</narrative>\n      <narrative xml:lang=\"en\">Wells</narrative>\n      <narrative xml:lang=\"fr\">Puits</narrative>",
		"<participating-org role=\"1\" ref=\"XM-DAC-41114\" type=\"40\">\n      <narrative xml:lang=\"en\">UNDP</narrative>", `<recipient-country code="SY"/>`,
		"<location ref=\"SY02\">\n      <name>\n        <narrative>حلب</narrative>", `<value currency="USD" value-date="2026-02-01">250000.50</value>`,
		// References lead to what the files of each project call it; of what nobody sees nothing is told.
		"    <related-activity ref=\"XM-DAC-41114-7\" type=\"3\"/>\n    <related-activity ref=\"GB-GOV-1-9\" type=\"4\"/>\n    <result",
		"    <related-activity ref=\"SY-GOV-1-P-1\" type=\"1\"/>\n  </iati-activity>",
		"        <reference vocabulary=\"5\" code=\"W-1\" indicator-uri=\"https://example.org/w?a=1&amp;b=2\"/>\n        <reference vocabulary=\"99\" code=\"OWN\"/>\n      </indicator>",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("it lacks %s\n%s", want, file)
		}
	}
	for _, never := range []string{"secret", "draft", "SY-GOV-1-4", "SY-GOV-1-5"} {
		if strings.Contains(file, never) {
			t.Errorf("it tells a %s", never)
		}
	}
}

// TestFlatMemory exports thousands of projects and looks at what is alive on the way. Not parallel: other tests' memory would count.
func TestFlatMemory(t *testing.T) {
	d := dbtest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if _, err := d.Owner().ExecContext(ctx, register+`
		insert into project (id, code, iati_identifier, status, state, owner_id, original_locale, title, planned_start, reporting_organization_id)
			select n, 'M-' || n, 'XM-DAC-41114-M-' || n, 'CLOSED', 'PUBLISHED', 1, 'en', jsonb_build_object('en', repeat('Wells ', 100) || n, 'en#', 'ORIGINAL'), '2020-01-01', 2 from generate_series(1001, 4000) n;
		insert into transaction (project_id, position, type, date, value_amount, value_currency, published)
			select n, k, 'DISBURSEMENT', '2026-02-01', k, 'USD', true from generate_series(1001, 4000) n, generate_series(1, 5) k`); err != nil {
		t.Fatal(err)
	}
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var out counter
	before, peak, steps := alive(), uint64(0), 0
	done, err := export.Activities(ctx, d.Public(), &out, export.Options{Pause: func(int64) error {
		if steps++; steps%20 == 0 {
			peak = max(peak, alive())
		}
		return nil
	}})
	if err != nil || done.Written < 3000 || steps < 50 || out < 5<<20 {
		t.Fatalf("%d activities in %d steps, %d bytes: %v", done.Written, steps, out, err)
	}
	t.Logf("%d bytes written, %d kB alive at most", out, (int64(peak)-int64(before))>>10)
	if peak > before+4<<20 {
		t.Errorf("%d bytes are alive in the middle of the export, %d before it", peak, before)
	}
	stopped, err := export.Activities(ctx, d.Public(), &out, export.Options{Pause: func(int64) error { stop(); return nil }})
	if err == nil || stopped.Written > 100 {
		t.Errorf("a stopped export went on: %d %v", stopped.Written, err)
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
