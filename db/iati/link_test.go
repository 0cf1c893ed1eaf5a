package iati_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"taawun/db/dbtest"
	"taawun/db/iati"
	"taawun/db/reference"
)

// activities writes a file with these activities, each with a title.
func activities(t *testing.T, bodies ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<iati-activities version="2.03">`)
	for i, body := range bodies {
		attributes := ""
		if strings.HasPrefix(body, "@") {
			attributes, body, _ = strings.Cut(body[1:], "@")
		}
		fmt.Fprintf(&b, `<iati-activity xml:lang="en" default-currency="USD"%s>`, attributes)
		if !strings.Contains(body, "<iati-identifier>") {
			fmt.Fprintf(&b, `<iati-identifier>XM-L-%d</iati-identifier>`, i+1)
		}
		b.WriteString(`<title><narrative>Title</narrative></title><activity-status code="2"/>` + body + `</iati-activity>`)
	}
	b.WriteString(`</iati-activities>`)
	return file(t, "activities.xml", b.String())
}

func partner(ref, name string) string {
	if ref != "" {
		ref = ` ref="` + ref + `"`
	}
	return fmt.Sprintf(`<participating-org role="4"%s><narrative>%s</narrative></participating-org>`, ref, name)
}

// TestOrganizations matches organisations of a file with organizations that are known: by identifier, else by exactly one's name or alias.
func TestOrganizations(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	for _, o := range []struct{ code, identifier, name string }{
		{"UNDP", "XM-DAC-41114", "United Nations Development Programme"}, {"FAO", "", "منظمة الأغذية والزراعة"}, {"WFP", "", "World Food Programme"},
		{"HEALTH-SY", "SY-HEALTH", "Ministry of Health"}, {"HEALTH-LB", "LB-HEALTH", "Ministry of Health"}, {"OLD", "", "Old Name"},
	} {
		execute(t, owner, "insert into organization (code, iati_identifier, state, original_locale) values (?, nullif(?, ''), 'PUBLISHED', 'en')", o.code, o.identifier)
		execute(t, owner, "insert into translation (subject_kind, subject_id, field, locale, text, status, published) "+
			"select 'Organization', id, 'name', 'en', ?, 'ORIGINAL', true from organization where code = ?", o.name, o.code)
	}
	execute(t, owner, "insert into organization_alias (organization_id, name, published) select id, 'PNUD', true from organization where code = 'UNDP'")
	execute(t, owner, "insert into organization_identifier (organization_id, scheme, value, published) select id, 'DAC-CHANNEL', '41114', true from organization where code = 'UNDP'")
	execute(t, owner, "update organization set merged_into_id = (select id from organization where code = 'UNDP') where code = 'OLD'")
	execute(t, owner, "insert into organization (code, state) values ('XM-TAKEN-1', 'PUBLISHED')")
	cases := []struct{ ref, name, want string }{
		{"XM-DAC-41114", "Whatever", "UNDP"},
		{"xm-dac-41114", "", "UNDP"},
		{"41114", "", "UNDP"},
		{"", "United  Nations Development Programme", ""}, // no fuzzy match
		{"", " UNITED NATIONS development programme ", "UNDP"},
		{"", "pnud", "UNDP"},
		{"", "Old name", "UNDP"},
		{"", "منظمه الاغذيه والزراعه", "FAO"},
		{"", "Ministry of Health", ""}, // two are called so
		{"SY-HEALTH", "Ministry of Health", "HEALTH-SY"},
		{"XM-WFP-1", "World food programme", "WFP"}, // had no identifier: takes this one
		{"XM-NEW-1", "New one", "XM-NEW-1"},
		{"", "New One", "XM-NEW-1"},
		{"XM-NEW-2", "Ministry of Health", "XM-NEW-2"}, // an identifier of its own: not one of the others
		{"XM-TAKEN-1", "", "XM-TAKEN-1 (IATI)"},
		{"World Food Programme", "", "WFP"}, // a name in the place of an identifier
		{"Not available", "Customer", ""},
	}
	var body strings.Builder
	for _, c := range cases {
		body.WriteString(partner(c.ref, c.name))
	}
	s := imports(t, owner, "test", activities(t, body.String()))
	if s.Entered != 3 {
		t.Errorf("%d organizations were entered, want 3", s.Entered)
	}
	for i, c := range cases {
		if got := one[string](t, owner, "select coalesce(o.code, '') from project_partner p left join organization o on o.id = p.organization_id where p.position = ?", i); got != c.want {
			t.Errorf("%q %q is %q, want %q", c.ref, c.name, got, c.want)
		}
	}
	if got := one[string](t, owner, "select iati_identifier from organization where code = 'WFP'"); got != "XM-WFP-1" {
		t.Errorf("the organization known by name has the identifier %q", got)
	}
	// A name that comes later is given to the organization that has none.
	imports(t, owner, "test", activities(t, "<iati-identifier>XM-L-9</iati-identifier>"+partner("XM-TAKEN-1", "Taken")))
	if got := one[string](t, owner, "select name ->> 'en' from organization where iati_identifier = 'XM-TAKEN-1'"); got != "Taken" {
		t.Errorf("the name that came later is %q", got)
	}
	agree(t, owner)
}

// TestOrganisationFile shows that an organisation file names organizations better than activities did, and that names of ours stay.
func TestOrganisationFile(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	imports(t, owner, "set", "full.xml")
	execute(t, owner, "update translation set method = 'HUMAN', text = 'وكالتنا' where subject_kind = 'Organization' and locale = 'ar'")
	s := imports(t, owner, "set", "organisation.xml")
	if s.Organisations != (iati.Counts{New: 1, Changed: 1}) {
		t.Errorf("%+v, want 1 new and 1 changed", s.Organisations)
	}
	if got := one[string](t, owner, "select name::text from organization where iati_identifier = 'XM-TEST-1'"); got !=
		`{"ar": "وكالتنا", "en": "Example Agency of the World", "ar#": "REVIEWED!", "en#": "ORIGINAL"}` {
		t.Errorf("the names are %s", got)
	}
	if n := one[int](t, owner, "select count(*) from document d join organization o on o.id = d.subject_id where d.subject_kind = 'Organization' and d.published and o.iati_identifier = 'XM-TEST-1'"); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
	if content := one[string](t, owner, "select content from source where subject_kind = 'Organization' and identifier = 'XM-TEST-1'"); !strings.Contains(content, "<total-budget") {
		t.Errorf("the budgets are not kept: %s", content)
	}
	if s := imports(t, owner, "set", "organisation.xml"); s.Organisations != (iati.Counts{Unchanged: 2}) {
		t.Errorf("%+v, want 2 unchanged", s.Organisations)
	}
	agree(t, owner)
}

// TestOrganisationFileMatches shows how organizations that people entered are found by an organisation file.
func TestOrganisationFileMatches(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	execute(t, owner, "insert into organization (code, state, iati_identifier) values ('SY-1', 'PUBLISHED', null), ('NAMED', 'DRAFT', null), ('BOTH', 'PUBLISHED', 'XM-O-1')")
	execute(t, owner, "insert into organization_identifier (organization_id, scheme, value, published) select id, 'IATI', 'XM-O-2', true from organization where code = 'BOTH'")
	execute(t, owner, "insert into translation (subject_kind, subject_id, field, locale, text, status) select 'Organization', id, 'name', 'ar', 'جمعية الأمل', 'ORIGINAL' from organization where code = 'NAMED'")
	organisation := func(identifier, name string) string {
		return `<iati-organisation xml:lang="ar"><organisation-identifier>` + identifier + `</organisation-identifier><name><narrative>` + name + `</narrative></name>
			<document-link url="https://example.org/` + identifier + `"/></iati-organisation>`
	}
	s := imports(t, owner, "set", file(t, "o.xml", `<iati-organisations version="2.03">`+organisation("XM-O-1", "واحد")+organisation("XM-O-2", "اثنان")+
		organisation("SY-1", "ثلاثة")+organisation("SY-HOPE", "جمعية الامل")+`</iati-organisations>`))
	if s.Organisations != (iati.Counts{New: 1, Changed: 2, Refused: 1}) || !strings.Contains(s.Refusals[0].Reason.English, "same record here as the one in line 1") {
		t.Errorf("%s", s)
	}
	if got := one[string](t, owner, "select string_agg(code || ' ' || coalesce(iati_identifier, '-') || ' ' || coalesce(name ->> 'ar', '-') || ' ' || state, ', ' order by code) from organization"); got !=
		"BOTH XM-O-1 واحد PUBLISHED, NAMED SY-HOPE جمعية الأمل DRAFT, SY-1 - - PUBLISHED, SY-1 (IATI) SY-1 ثلاثة PUBLISHED" {
		t.Errorf("organizations: %s", got)
	}
	if n := one[int](t, owner, "select count(*) from document where published"); n != 2 { // that of the draft is not
		t.Errorf("%d documents are published, want 2", n)
	}
	execute(t, owner, "insert into project (code, status) values ('XM-L-1', 'PIPELINE')")
	imports(t, owner, "set", activities(t, ""))
	if got := one[string](t, owner, "select code from project where iati_identifier = 'XM-L-1'"); got != "XM-L-1 (IATI)" {
		t.Errorf("the project got the code %q", got)
	}
	agree(t, owner)
}

// TestRelated links activities with each other, also across files and in either order, and makes a tree without circles.
func TestRelated(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	related := func(kind int, ref string) string {
		return fmt.Sprintf(`<related-activity type="%d" ref="%s"/>`, kind, ref)
	}
	imports(t, owner, "a", activities(t,
		related(1, "XM-LATER"),                    // 1: its parent comes with another file
		related(2, "XM-L-3")+related(3, "XM-L-1"), // 2: names its child
		"",                   // 3
		related(1, "XM-L-5"), // 4, 5 and 6 go round in a circle
		related(1, "XM-L-6"), //
		related(1, "XM-L-4"), //
		related(1, "XM-L-7")+related(2, "XM-L-7"),    // 7: its own parent
		related(1, "XM-L-2")+related(1, "XM-LATER"))) // 8: two parents
	parent := func(code string) string {
		return one[string](t, owner, "select coalesce((select p.code from project p where p.id = c.parent_id), '') from project c where c.code = ?", code)
	}
	check := func(want map[string]string) {
		t.Helper()
		for child, p := range want {
			if got := parent(child); got != p {
				t.Errorf("the parent of %s is %q, want %q", child, got, p)
			}
		}
	}
	check(map[string]string{"XM-L-1": "", "XM-L-3": "XM-L-2", "XM-L-4": "", "XM-L-5": "", "XM-L-6": "", "XM-L-7": "", "XM-L-8": "XM-L-2"})
	imports(t, owner, "b", activities(t, "<iati-identifier>XM-LATER</iati-identifier>"))
	check(map[string]string{"XM-L-1": "XM-LATER", "XM-L-8": "XM-L-2"})
	if n := one[int](t, owner, "select count(*) from related_project where related_id is null"); n != 2 { // the two that speak of themselves
		t.Errorf("%d relations are open, want 2", n)
	}
	// The relation goes, and with it the parent that came from it.
	imports(t, owner, "a", activities(t, "", related(2, "XM-L-3")+related(3, "XM-L-1")))
	check(map[string]string{"XM-L-1": "", "XM-L-3": "XM-L-2"})
}

// TestReference imports with and without the reference data: codes that no list holds are entered as unknown, and become known when
// the list comes. Places find their units by P-code, ISO 3166-2 or GeoNames.
func TestReference(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	body := `<recipient-country code="SY"><narrative>Syrie</narrative></recipient-country><sector code="14030"/><sector code="99999"/>
		<sector vocabulary="99" code="W1"><narrative>Wells</narrative></sector>
		<location ref="sy02"/><location><location-id vocabulary="A4" code="SY-HL"/></location>
		<location><administrative vocabulary="A3" level="1" code="SY02"/><administrative vocabulary="A3" level="2" code="SY0203"/></location>
		<location ref="SY0404"><location-id vocabulary="G1" code="169575"/></location>
		<location><location-id vocabulary="G1" code="000169575"/></location><location><location-id vocabulary="G2" code="169575"/></location><location ref="LB01"/>`
	path := activities(t, body)
	imports(t, owner, "test", path)
	if got := one[string](t, owner, "select string_agg(distinct status, ' ') from code_list_item"); got != "UNKNOWN" {
		t.Errorf("codes without any list have the status %s", got)
	}
	if n := one[int](t, owner, "select count(*) from project_location where unit_id is not null"); n != 0 {
		t.Errorf("%d places have units before there are any", n)
	}
	if err := reference.Load(t.Context(), owner, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"Country SY": "ACTIVE Syrian Arab Republic", "Sector 14030": "ACTIVE Basic drinking water supply and basic sanitation",
		"Sector 99999": "UNKNOWN", "Sector:99 W1": "UNKNOWN Wells"} {
		got := one[string](t, owner, "select concat_ws(' ', status, name ->> 'en') from code_list_item where list || ' ' || code = ?", code)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	if n := one[int](t, owner, "select count(*) from project_country c join code_list_item i on i.id = c.country_id where i.name ? 'ar' and c.name ->> 'en' = 'Syrie'"); n != 1 {
		t.Error("the project has lost its country, or its name for it")
	}
	// Places of earlier files find units that came later with the next import of any file.
	imports(t, owner, "other", activities(t, "<iati-identifier>XM-OTHER</iati-identifier>"+body))
	for i, want := range []string{"SY02", "SY02", "SY0203", "SY0404", "SY04", "", ""} {
		if got := one[string](t, owner, "select string_agg(distinct coalesce(u.pcode, ''), ' ') from project_location l left join administrative_unit u on u.id = l.unit_id where l.position = ?", i); got != want {
			t.Errorf("place %d is in %q, want %q", i, got, want)
		}
	}
	if n := one[int](t, owner, "select count(distinct p.project_id) from project_place p join administrative_unit u on u.id = p.unit_id where u.pcode = 'SY02'"); n != 2 {
		t.Errorf("%d projects work in Aleppo or below, want 2", n)
	}
}

// TestDataSets shows what becomes of an activity that two data sets have: the newer version stands, both are kept.
func TestDataSets(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	version := func(day, title string) string {
		return activities(t, `@ last-updated-datetime="2025-01-`+day+`T00:00:00Z"@<description><narrative>`+title+`</narrative></description>`)
	}
	title := func() string { return one[string](t, owner, "select description ->> 'en' from project") }
	imports(t, owner, "a", version("10", "first"))
	if s := imports(t, owner, "b", version("05", "older")); s.Activities.Unchanged != 1 || s.NoteCount == 0 || title() != "first" {
		t.Errorf("an older version of another data set: %s\ntitle %q", s, title())
	}
	if s := imports(t, owner, "b", version("20", "newer")); s.Activities.Changed != 1 || title() != "newer" {
		t.Errorf("a newer version of another data set: %s\ntitle %q", s, title())
	}
	if s := imports(t, owner, "a", version("10", "first")); s.Activities.Unchanged != 1 || title() != "newer" {
		t.Errorf("a version seen before: %s\ntitle %q", s, title())
	}
	if n := one[int](t, owner, "select count(*) from source s join project p on p.id = s.subject_id where s.subject_kind = 'Project'"); n != 2 {
		t.Errorf("%d sources, want 2", n)
	}
	execute(t, owner, "insert into project (code, status, iati_identifier) values ('HAND', 'PIPELINE', 'XM-HAND')")
	s := imports(t, owner, "a", activities(t, "<iati-identifier>XM-HAND</iati-identifier>"))
	if s.Activities.Refused != 1 || !strings.Contains(s.Refusals[0].Reason.English, "was entered here") {
		t.Errorf("a project that was entered here: %s", s)
	}
	// A record that is not published keeps its state, and its new parts follow it.
	execute(t, owner, "update project set state = 'ARCHIVED' where iati_identifier = 'XM-L-1'")
	imports(t, owner, "b", activities(t, `@ last-updated-datetime="2025-01-21T00:00:00Z"@`+partner("", "Somebody")))
	if n := one[int](t, owner, "select count(*) from project p join project_partner x on x.project_id = p.id join translation t on t.subject_kind = 'ProjectPartner' "+
		"where p.state = 'ARCHIVED' and not x.published and not t.published"); n != 1 {
		t.Error("the parts of an archived project are published")
	}
}
