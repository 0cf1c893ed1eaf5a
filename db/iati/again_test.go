package iati_test

import (
	"os"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

// edited is testdata/full.xml with replacements, which must all apply.
func edited(t *testing.T, pairs ...string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/full.xml")
	if err != nil {
		t.Fatal(err)
	}
	s := string(b)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(s, pairs[i]) {
			t.Fatalf("testdata/full.xml has no %s", pairs[i])
		}
		s = strings.ReplaceAll(s, pairs[i], pairs[i+1])
	}
	return file(t, "full.xml", s)
}

func execute(t *testing.T, owner bun.IDB, query string, args ...any) {
	t.Helper()
	if _, err := owner.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// TestUnchanged imports a file twice: the second time touches nothing.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	imports(t, owner, "test", "full.xml")
	stamp := "select string_agg(xmin::text || ' ' || id::text, ',' order by id) from "
	tables := []string{"project", "project_partner", `"transaction"`, "translation", "source", "organization", "result", "document"}
	before := make([]string, len(tables))
	for i, table := range tables {
		before[i] = one[string](t, owner, stamp+table)
	}
	s := imports(t, owner, "test", "full.xml")
	if s.Activities != (iati.Counts{Unchanged: 2}) {
		t.Errorf("%+v, want 2 unchanged", s.Activities)
	}
	for i, table := range tables {
		if one[string](t, owner, stamp+table) != before[i] {
			t.Errorf("rows of %s were written again", table)
		}
	}
}

// TestChanged imports a file again that moved, changed, gained and lost parts. Whatever people wrote here stays, and every part that is
// still there keeps its key.
func TestChanged(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	imports(t, owner, "test", "full.xml")
	project := one[int64](t, owner, "select id from project where code = 'XM-TEST-1-PROGRAMME'")
	said := func(kind string, id int64, field, locale, text, status string) {
		execute(t, owner, "insert into translation (subject_kind, subject_id, field, locale, text, status, method, source_locale, source_digest) "+
			"select ?, ?, ?, ?, ?, ?, 'HUMAN', 'en', (select digest from translation where subject_kind = ?0 and subject_id = ?1 and field = ?2 and status = 'ORIGINAL')",
			kind, id, field, locale, text, status)
	}
	key := func(query string) int64 { return one[int64](t, owner, query) }
	first := key(`select id from "transaction" where ref = 'T-1'`)
	second := key(`select id from "transaction" where ref is null`)
	result := key("select id from result")
	indicator := key("select id from indicator")
	location := key("select id from project_location where ref = 'SY02'")
	partner := key("select id from project_partner where role = 'FUNDING'")
	local := key("select id from project_partner where role = 'IMPLEMENTING' and ref is null")
	document := key("select id from document where url like '%report.pdf'")
	condition := key("select id from project_condition")
	said("Project", project, "title", "ku", "Av ji bo Helebê", "CERTIFIED")
	said("Transaction", second, "description", "ar", "دفعة", "REVIEWED")
	said("Result", result, "title", "ar", "آبار", "CERTIFIED")
	said("Indicator", indicator, "title", "ar", "عدد الآبار", "DRAFT")
	said("ProjectCondition", condition, "text", "ar", "السياسة أولاً", "REVIEWED")
	// People approve a text that came with the import, and correct the original of another.
	execute(t, owner, "update translation set reviewer = 'R', status = 'CERTIFIED' where subject_kind = 'Project' and field = 'title' and locale = 'ar'")
	execute(t, owner, "update translation set method = 'HUMAN', text = 'Repairs and builds' where subject_kind = 'Project' and subject_id = ? and field = 'description' and locale = 'en'", project)
	// People say which organization is meant, and where.
	execute(t, owner, "insert into organization (code, state) values ('ASSOCIATION', 'PUBLISHED')")
	execute(t, owner, "update project_partner set organization_id = (select id from organization where code = 'ASSOCIATION') where id = ?", local)
	execute(t, owner, "insert into administrative_unit (pcode, level) values ('SY99', 1)")
	execute(t, owner, "update project_location set unit_id = (select id from administrative_unit) where name ->> 'en' = 'Somewhere'")

	path := edited(t,
		"<narrative>Water for Aleppo</narrative>", "<narrative>Water for Aleppo and Idlib</narrative>",
		"مياه لحلب", "مياه لحلب وإدلب",
		"<narrative>Repairs wells.</narrative>", "<narrative>Repairs all wells.</narrative>",
		`<transaction ref="T-1" humanitarian="1">`, `<transaction ref="T-0"><transaction-type code="1"/><transaction-date iso-date="2024-01-01"/><value value-date="2024-01-01">1</value></transaction><transaction ref="T-1" humanitarian="1">`,
		"1,000.25", "2000",
		`<result type="1" aggregation-status="1">`, `<result type="2"><title><narrative>More water</narrative></title></result><result type="1" aggregation-status="1">`,
		`<target value="20">`, `<target value="25">`,
		`<location ref="SY02">`, `<location><name><narrative>New place</narrative></name></location><location ref="SY02">`,
		"<narrative>Donor Ministry</narrative></participating-org>", "<narrative>Donor Ministry renamed</narrative></participating-org>",
		`<category code="A01"/><category code="A02"/>`, `<category code="A02"/><category code="A03"/>`,
		`<condition type="1"><narrative>Policy first</narrative></condition>`, "",
		`<description type="2"><narrative>Safe water for all.</narrative></description>`, "",
		`<tag vocabulary="2" code="6"/>`, "",
	)
	s := imports(t, owner, "test", path)
	if s.Activities != (iati.Counts{Changed: 1, Unchanged: 1}) {
		t.Fatalf("%+v, want 1 changed and 1 unchanged", s.Activities)
	}
	for name, c := range map[string]struct {
		query string
		want  int64
	}{
		"project":             {"select id from project where code = 'XM-TEST-1-PROGRAMME'", project},
		"first transaction":   {`select id from "transaction" where ref = 'T-1' and value_amount = 2000 and position = 1`, first},
		"second transaction":  {`select id from "transaction" where value_amount = -12.5 and position = 2`, second},
		"result":              {"select id from result where title ->> 'en' = 'Wells repaired' and position = 1", result},
		"indicator":           {"select id from indicator", indicator},
		"location":            {"select id from project_location where ref = 'SY02' and position = 1", location},
		"partner":             {"select id from project_partner where name ->> 'en' = 'Donor Ministry renamed'", partner},
		"local partner":       {"select p.id from project_partner p join organization o on o.id = p.organization_id where o.code = 'ASSOCIATION'", local},
		"document":            {"select id from document where url like '%report.pdf'", document},
		"place said by hand":  {"select count(*) from project_location l join administrative_unit u on u.id = l.unit_id where l.name ->> 'en' = 'Somewhere'", 1},
		"new transaction":     {`select count(*) from "transaction" where ref = 'T-0' and position = 0`, 1},
		"new place":           {"select count(*) from project_location", 3},
		"new target":          {"select count(*) from measurement where value = 25 and comment ->> 'en' = 'Aim'", 1},
		"condition":           {"select count(*) from project_condition", 0},
		"tags":                {"select count(*) from project_tag", 2},
		"categories":          {"select count(*) from document_category c join code_list_item i on i.id = c.category_id where i.code in ('A02', 'A03')", 2},
		"no other categories": {"select count(*) from document_category c join document d on d.id = c.document_id where d.subject_kind = 'Project'", 2},
		"version":             {"select version from project where code = 'XM-TEST-1-PROGRAMME'", 2},
		"versions of others":  {"select version from project where code = 'XM-TEST-1-COMPONENT'", 1},
		"sources":             {"select count(*) from source where subject_kind = 'Project'", 2},
		"texts of nobody":     {"select count(*) from translation where subject_kind = 'ProjectCondition'", 0},
	} {
		if got := one[int64](t, owner, c.query); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	for query, want := range map[string]string{
		"select title ->> 'en' from project where hierarchy = 1":                                      "Water for Aleppo and Idlib",
		"select title ->> 'ku' from project where hierarchy = 1":                                      "Av ji bo Helebê",
		"select title ->> 'ku#' from project where hierarchy = 1":                                     "CERTIFIED!",
		"select title ->> 'ar' from project where hierarchy = 1":                                      "مياه لحلب",
		"select title ->> 'ar#' from project where hierarchy = 1":                                     "CERTIFIED!",
		"select description ->> 'en' from project where hierarchy = 1":                                "Repairs and builds",
		"select objectives::text from project where hierarchy = 1":                                    "{}",
		`select description ->> 'ar' from "transaction" where value_amount = -12.5`:                   "دفعة",
		"select title ->> 'ar#' from result where position = 1":                                       "CERTIFIED",
		"select text from translation where subject_kind = 'Indicator' and status = 'DRAFT'":          "عدد الآبار",
		"select coalesce(name ->> 'ar', 'none') from project_location where name ->> 'en' = 'Aleppo'": "حلب",
	} {
		if got := one[string](t, owner, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	// A text of ours that goes with its part is told in full.
	told := false
	for _, n := range s.Notes {
		told = told || strings.Contains(n.Reason.English, "السياسة أولاً")
	}
	if !told {
		t.Errorf("no note tells of the text that went with its condition: %v", s.Notes)
	}
	agree(t, owner)

	// The next import of the same file finds nothing to do, and the first file leads back.
	if s := imports(t, owner, "test", path); s.Activities.Unchanged != 2 {
		t.Errorf("%+v, want 2 unchanged", s.Activities)
	}
	if s := imports(t, owner, "test", "full.xml"); s.Activities.Changed != 1 {
		t.Errorf("%+v, want 1 changed", s.Activities)
	}
	if got := one[int64](t, owner, `select id from "transaction" where ref = 'T-1' and value_amount = 1000.25`); got != first {
		t.Errorf("the transaction is %d after a third import, was %d", got, first)
	}
	agree(t, owner)
}

// TestProjection shows that the import writes on the records what the triggers of the table translation would write.
func TestProjection(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"full.xml", "dirty.xml", "organisation.xml"} {
		owner := dbtest.New(t).Owner()
		imports(t, owner, "test", name)
		agree(t, owner)
		// The comparison itself can fail: a text that differs is found.
		if n := one[int](t, owner, "with c as (update project set title = '{\"en\": \"wrong\"}' where id = (select min(id) from project) returning 1) select count(*) from c"); n == 0 {
			continue
		}
		if len(differences(t, owner)) == 0 {
			t.Errorf("%s: a wrong title is not found", name)
		}
	}
}

// agree lets the triggers compute all projections anew, and compares.
func agree(t *testing.T, owner *bun.DB) {
	t.Helper()
	if d := differences(t, owner); len(d) > 0 {
		t.Errorf("the import writes other texts than the triggers: %v", d)
	}
}

// differences lets the triggers write all projections anew, in a transaction that is undone, and tells which tables changed.
func differences(t *testing.T, owner *bun.DB) []string {
	t.Helper()
	tx, err := owner.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	shown := func() map[string]string {
		all := map[string]string{}
		var tables []string
		if err := tx.NewRaw("select table_name from information_schema.columns where table_schema = 'base' and data_type = 'jsonb' "+
			"and table_name in (select table_name from record_kind) group by 1").Scan(t.Context(), &tables); err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			if one[bool](t, tx, "select relkind = 'r' from pg_class where oid = ('base.' || quote_ident(?))::regclass", table) {
				all[table] = one[string](t, tx, "select coalesce(string_agg((to_jsonb(t) - 'updated_at' - 'search')::text, ' ' order by id), '') from ? t", bun.Ident(table))
			}
		}
		return all
	}
	before := shown()
	execute(t, tx, "set local taawun.projection = on")
	execute(t, tx, "update translation set text = text")
	after := shown()
	var changed []string
	for table, rows := range before {
		if after[table] != rows {
			changed = append(changed, table)
		}
	}
	return changed
}
