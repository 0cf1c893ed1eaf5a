package db_test

import (
	"strings"
	"testing"

	"taawun/db/dbtest"
)

func TestReadersSeeWhatTheyMay(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	run(t, d.Owner(),
		`insert into project (id, code, status, state) values (1, 'P1', 'PIPELINE', 'PUBLISHED'), (2, 'P2', 'PIPELINE', 'DRAFT')`,
		`insert into transaction (project_id, published, type, date, value_amount, value_currency) values
			(1, true, 'DISBURSEMENT', '2024-01-01', 1, 'USD'), (2, false, 'DISBURSEMENT', '2024-01-01', 2, 'USD')`,
		`insert into result (id, project_id, published, type) values (1, 2, false, 'OUTPUT')`,
		`insert into indicator (id, result_id, published, measure) values (1, 1, false, 'UNIT')`,
		`insert into indicator_period (id, indicator_id, published, period_start, period_end) values (1, 1, false, '2024-01-01', '2024-12-31')`,
		`insert into measurement (period_id, published, kind, value) values (1, false, 'TARGET', 5)`,
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 2, 'title', 'ar', 'سر', 'ORIGINAL'),
			('Indicator', 1, 'title', 'ar', 'مؤشر', 'ORIGINAL'), ('Project', 1, 'title', 'ar', 'علن', 'ORIGINAL'), ('Project', 1, 'title', 'en', 'draft', 'DRAFT')`,
		`insert into document (subject_kind, subject_id, url) values ('Project', 1, 'https://example.org/1'), ('Project', 2, 'https://example.org/2')`,
		`insert into data_set (id, name, kind) values (1, 'x', 'IATI_ACTIVITIES')`,
		`insert into source (subject_kind, subject_id, data_set_id, identifier, content) values ('Project', 1, 1, 'a', '<x/>'), ('Project', 2, 1, 'b', '<x/>')`)
	const counts = `select string_agg(n || '', ' ') from (select (select count(*) from project) || '/' || (select count(*) from transaction) || '/' || (select count(*) from measurement)
		|| '/' || (select count(*) from translation) || '/' || (select count(*) from document) || '/' || (select count(*) from source) n) x`
	analyst := actAs(t, d, grant{role: "ANALYST"})
	for _, s := range []struct{ name, do, public, staff string }{
		{"before", "select 1", "1/1/0/1/1/1", "2/2/1/4/2/2"},
		{"published", `update project set state = 'PUBLISHED' where id = 2`, "2/2/1/3/2/2", "2/2/1/4/2/2"},
		{"archived", `update project set state = 'ARCHIVED' where id = 1`, "1/1/1/2/1/1", "2/2/1/4/2/2"},
	} {
		run(t, d.Owner(), s.do)
		if got := read(t, d.Public(), counts); got != s.public {
			t.Errorf("%s: the public counts %s, want %s", s.name, got, s.public)
		}
		if got := read(t, d.Staff(), counts); got != s.public {
			t.Errorf("%s: the staff without a name counts %s, want %s", s.name, got, s.public)
		}
		if got := read(t, analyst, counts); got != s.staff {
			t.Errorf("%s: an analyst counts %s, want %s", s.name, got, s.staff)
		}
	}
	refused(t, d.Owner(), "foreign key", `insert into transaction (project_id, published, type, date, value_amount, value_currency) values (2, false, 'DISBURSEMENT', '2024-01-01', 1, 'USD')`)
	for _, statement := range []string{
		"select * from base.project", "select * from staff.project", "update project set code = 'x'", "delete from project", "insert into project (code, status) values ('x', 'PIPELINE')",
		"create table pub.mine (id int)", "create table public.mine (id int)", "set role taawun",
	} {
		if _, err := d.Public().ExecContext(t.Context(), "begin; set transaction read write; "+statement+"; rollback"); err == nil ||
			!strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be") {
			t.Errorf("the public role: %s: %v, want permission denied", statement, err)
		}
		run(t, d.Public(), "rollback")
	}
	if got := read(t, d.Public(), "select count(content) || '/' || count(*) from source"); got != "0/1" {
		t.Errorf("the public reads the content of sources: %s", got)
	}
}

// unexposed are the tables that readers reach by functions and by other views only.
var unexposed = []string{"record_kind", "reference_hash", "mutation_receipt", "revision_entry", "translation_memory", "memory_fill", "translation_state", "translation_due",
	"agreement_step", "duty_horizon", "import_log", "import_log_finding", "organization_pair", "organization_spelling", "organization_unpaired", "quality_found", "quality_rule", "quality_state", "reporting_duty",
	"notice_seen"}

// TestEveryViewIsGuarded finds a table that was added and not exposed, or exposed without its guard.
func TestEveryViewIsGuarded(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	if got := read(t, d, `select c.relname from pg_class c where c.relnamespace = 'base'::regnamespace and c.relkind in ('r', 'v') and c.relname not in ('`+strings.Join(unexposed, "', '")+`')
		and (to_regclass('pub.' || c.relname) is null or to_regclass('staff.' || c.relname) is null)`); got != "" {
		t.Errorf("tables that no reader sees: %s", got)
	}
	if got := read(t, d, `select v.viewname from pg_views v where v.schemaname = 'pub' and v.definition !~ 'published' and v.viewname in
		(select table_name from information_schema.columns where table_schema = 'base' and column_name = 'published')`); got != "" {
		t.Errorf("views of the public without a condition: %s", got)
	}
	if got := read(t, d, `select grantee || ' ' || privilege_type || ' ' || table_schema || '.' || table_name from information_schema.table_privileges
		where grantee like 'taawun\_%' and table_schema <> case grantee when 'taawun_public' then 'pub' when 'taawun_gate' then 'auth' else 'staff' end
			and (grantee <> 'taawun_staff' or table_schema not in ('asof', 'base'))
		or grantee like 'taawun\_%' and privilege_type <> 'SELECT' and table_schema not in ('auth', 'base')`); got != "" {
		t.Errorf("rights that a role should not have: %s", got)
	}
	if got := read(t, d, `select c.relname from pg_class c where c.relnamespace = 'base'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
		and has_any_column_privilege('taawun_staff', c.oid, 'SELECT, INSERT, UPDATE')`); got != "" {
		t.Errorf("tables that the staff reaches without a rule for rows: %s", got)
	}
}
