package db_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/db/demo"
	"taawun/db/reference"
)

// The people of the tests, and a project of each state with parts and texts.
const workers = `insert into ministry_unit (id, code) values (90, 'U90');
	insert into account (id, login, name) values (1, 'admin', 'Administrator'), (2, 'editor', 'Editor'), (3, 'analyst', 'Analyst'), (4, 'partner', 'Partner');
	insert into organization (id, code) values (900, 'O900');
	insert into account_role (account_id, role, organization_id) values (1, 'ADMINISTRATOR', null), (2, 'EDITOR', null), (3, 'ANALYST', null), (4, 'PARTNER', 900);
	insert into api_token (account_id, name, roles, expires_at) values (3, 'script', '{ANALYST}', now() + interval '1 day')`

// as runs statements as a person, in one transaction.
func as(t *testing.T, d *dbtest.DB, account int, settings string, statements ...string) error {
	t.Helper()
	return d.Staff().RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "set transaction read write; select set_config('taawun.actor', ?, true)", fmt.Sprint(account)); err != nil {
			return err
		}
		for _, s := range append([]string{settings}, statements...) {
			if s != "" {
				if _, err := tx.ExecContext(ctx, s); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// seen is the first column of a query as a person reads it, one row a line.
func seen(t *testing.T, d *dbtest.DB, account int, settings, query string) string {
	t.Helper()
	var out []string
	err := d.Staff().RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "select set_config('taawun.actor', ?, true); "+settings, fmt.Sprint(account)); err != nil {
			return err
		}
		return tx.NewRaw(query).Scan(ctx, &out)
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return strings.Join(out, "\n")
}

// filled is a database with some rows in every table that a loader fills, and people.
func filled(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "history", func(ctx context.Context, d *dbtest.DB) error {
		if err := reference.Load(ctx, d.Owner(), slog.New(slog.DiscardHandler)); err != nil {
			return err
		}
		if _, err := demo.Write(ctx, d.Owner(), demo.Options{Projects: 80, Seed: 3, Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}); err != nil {
			return err
		}
		_, err := d.Owner().ExecContext(ctx, workers+`; insert into project_region (project_id, region_id, published)
			select p.id, (select min(id) from code_list_item), p.published from project p order by id limit 1;
			insert into unit_alias (unit_id, name, published) select id, 'alias', published from administrative_unit order by id limit 1;
			insert into code_list (name) values ('Empty'); insert into data_set (name, kind) values ('Empty', 'REFERENCE')`)
		return err
	})
}

// recorded are the tables with a history.
func recorded(t *testing.T, d *bun.DB) []string {
	t.Helper()
	return strings.Fields(read(t, d, `select r.table_name from record_kind r join pg_class c on c.oid = to_regclass('base.' || r.table_name) and c.relkind = 'r'
		where r.table_name not in ('revision', 'field_change', 'change_event') order by 1`))
}

// column is a column of a table that a test may change at will, with an SQL expression of another value.
func column(t *testing.T, d *bun.DB, table string) (name, other string) {
	t.Helper()
	name, other, _ = strings.Cut(read(t, d, fmt.Sprintf(`select a.attname || ' ' || case format_type(a.atttypid, null) when 'text' then a.attname || ' || ''x''' when 'boolean' then 'not ' || a.attname
			when 'timestamp with time zone' then a.attname || ' + interval ''1 day''' else a.attname || ' + 1' end
		from pg_attribute a where a.attrelid = 'base.%[1]s'::regclass and quote_ident(a.attname) = any (base.columns_of(a.attrelid, true)) and a.attname not in ('id', 'version', 'subject_kind', 'subject_id', 'field')
			and format_type(a.atttypid, null) in ('text', 'boolean', 'timestamp with time zone', 'integer', 'numeric', 'double precision', 'date', 'bigint')
			and not exists (select from pg_constraint c where c.conrelid = a.attrelid and a.attnum = any (c.conkey) and c.contype in ('c', 'f', 'p'))
		order by a.attnotnull desc, a.attnum limit 1`, table)), " ")
	return name, other
}

// TestEntries adds, changes and removes a row of every table that has one, and looks for the entries.
func TestEntries(t *testing.T) {
	t.Parallel()
	d := filled(t).Owner()
	exercised, changed := 0, 0
	for _, table := range recorded(t, d) {
		if table == "unit_ancestor" || read(t, d, fmt.Sprintf(`select count(*) from (select from base.%s limit 1) x`, table)) == "0" {
			continue
		}
		exercised++
		kind := read(t, d, `select kind from record_kind where table_name = '`+table+`'`)
		hasKey := read(t, d, `select count(*) from pg_attribute where attname = 'id' and attrelid = 'base.`+table+`'::regclass`) == "1"
		last := read(t, d, `select coalesce(max(id), 0) from revision_entry`)
		// A row goes and comes back: that is possible whatever its keys are. Rows that refer to it go with it or keep it; the one nobody refers to is taken.
		err := d.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			columns := read(t, d, `select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = 'base.`+table+`'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'since'`)
			_, err := tx.ExecContext(ctx, fmt.Sprintf(`set local taawun.projection = off;
				create temporary table gone on commit drop as select * from base.%[1]s with no data;
				do $$ declare r base.%[1]s; begin
					for r in select * from base.%[1]s order by 1 desc loop
						begin
							delete from base.%[1]s x where x = r;
							insert into gone select r.*;
							return;
						exception when foreign_key_violation or check_violation then null;
						end;
					end loop;
					raise 'no row of %[1]s can go';
				end $$;
				insert into base.%[1]s (%[2]s) overriding system value select %[2]s from gone`, table, columns))
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", table, err)
			continue
		}
		want := "DELETE before\nINSERT after"
		if got := read(t, d, fmt.Sprintf(`select action || case when before is not null then ' before' else '' end || case when after is not null then ' after' else '' end
			from revision_entry where id > %s and kind = '%s' and (record_id is not null) = %t order by id`, last, kind, hasKey)); got != want {
			t.Errorf("%s: a row went and came back: entries %q", table, got)
		}
		if same := read(t, d, fmt.Sprintf(`select count(distinct coalesce(before, after)) || ' ' || count(distinct (root_kind, root_id)) from revision_entry where id > %s and kind = '%s'`, last, kind)); same != "1 1" {
			t.Errorf("%s: what went is not what came back: %s", table, same)
		}
		if got := read(t, d, fmt.Sprintf(`select count(*) from history.%s`, table)); got == "0" {
			t.Errorf("%s: no version was kept", table)
		}
		name, other := column(t, d, table)
		if name == "" {
			continue
		}
		changed++
		last = read(t, d, `select max(id) from revision_entry`)
		run(t, d, fmt.Sprintf(`update base.%[1]s set %[2]s = coalesce(%[3]s, %[4]s) where ctid = (select max(ctid) from base.%[1]s)`, table, name, other,
			read(t, d, fmt.Sprintf(`select case format_type(atttypid, null) when 'text' then '''x''' when 'boolean' then 'true' when 'timestamp with time zone' then 'now()' when 'date' then 'current_date' else '7' end
				from pg_attribute where attrelid = 'base.%s'::regclass and attname = '%s'`, table, name))))
		if got := read(t, d, fmt.Sprintf(`select action || ' ' || (before ? '%[3]s') || ' ' || (after ? '%[3]s') || ' ' || (before -> '%[3]s' is distinct from after -> '%[3]s') || ' ' || (select count(*) from field_change f
			where f.id / 256 = e.id and f.before is not distinct from nullif(e.before -> '%[3]s', 'null') and f.after = e.after -> '%[3]s') from revision_entry e where id > %[1]s and kind = '%[2]s'`, last, kind, name)); got != "UPDATE true true true 1" {
			t.Errorf("%s: %s changed: entry %q", table, name, got)
		}
	}
	if exercised < 45 || changed < 35 {
		t.Errorf("only %d tables were tried, %d with a change", exercised, changed)
	}
	if report, err := db.VerifyHistory(t.Context(), d, ""); err != nil || report.Entries < 100 {
		t.Errorf("%+v: %v", report, err)
	}
}

func TestRevisionSaysWho(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	run(t, d.Owner(), workers, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`)
	const settings = `select set_config('taawun.reason', 'a letter of 3 May', true), set_config('taawun.request', 'r-17', true), set_config('taawun.operation', 'updateProject', true)`
	if err := as(t, d, 2, settings, `update base.project set status = 'CLOSED' where id = 1`, `update base.project set kind = 'COMPONENT', version = version + 1 where id = 1`,
		`insert into base.project_identifier (project_id, value, published) values (1, 'X-1', false)`); err != nil {
		t.Fatal(err)
	}
	const last = ` where revision_id = (select max(id) from revision)`
	for query, want := range map[string]string{
		`select concat_ws('|', actor_id, actor_name, token_id, operation, reason, request_id, is_bulk, entry_count) from revision order by id desc limit 1`:                             "2|Editor|updateProject|a letter of 3 May|r-17|f|3",
		`select concat_ws(' ', kind, record_id, root_kind, root_id, action, root_published, published, before, after) from revision_entry` + last + ` and kind = 'Project' order by id`: "Project 1 Project 1 UPDATE f f {\"status\": \"PIPELINE\"} {\"status\": \"CLOSED\"}\nProject 1 Project 1 UPDATE f f {\"kind\": \"PROJECT\", \"version\": 1} {\"kind\": \"COMPONENT\", \"version\": 2}",
		`select concat_ws(' ', kind, root_kind, root_id, action, field, before, after) from field_change` + last + ` and field not in ('id') order by id`: `Project Project 1 UPDATE status "PIPELINE" "CLOSED"
Project Project 1 UPDATE kind "PROJECT" "COMPONENT"
ProjectIdentifier Project 1 INSERT value "X-1"
ProjectIdentifier Project 1 INSERT projectId 1`,
	} {
		if got := read(t, d.Owner(), query); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", query, got, want)
		}
	}
	// A person's inserts are entered whatever he sets.
	if err := as(t, d, 2, `select set_config('taawun.bulk', 'on', true)`, `insert into base.project_identifier (project_id, value, published) values (1, 'X-2', false)`); err != nil {
		t.Fatal(err)
	}
	if got := read(t, d.Owner(), `select entry_count from revision order by id desc limit 1`); got != "1" {
		t.Errorf("with taawun.bulk a person has left %s entries", got)
	}
	// What may not stay leaves nothing.
	run(t, d.Owner(), `update project set state = 'PUBLISHED'`)
	before := read(t, d.Owner(), `select count(*) from revision`)
	if err := as(t, d, 2, "", `update base.project set status = 'PIPELINE' where id = 1`); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("an editor changed a published record: %v", err)
	}
	if after := read(t, d.Owner(), `select count(*) from revision`); after != before {
		t.Error("what was refused is in the history")
	}
	for _, statement := range []string{`delete from base.revision`, `update base.revision_entry set kind = 'x'`, `insert into base.change_event (revision_id, position, kind, record_id, action, at, all_fields, public_fields, published)
		values (1, 1, 'Project', 1, 'CREATED', now(), '{}', '{}', true)`, `select base.note_revision('mine')`, `select * from history.project`, `select * from past.project`} {
		if err := as(t, d, 1, "", statement); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("an administrator: %s: %v", statement, err)
		}
	}
}

func TestSavepoint(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`)
	const count = `select (select count(*) from revision) || ' ' || (select count(*) from revision_entry) || ' ' || (select count(*) from field_change) || ' ' || (select count(*) from change_event)`
	before := read(t, d, count)
	run(t, d, `begin; savepoint try; update project set status = 'CLOSED'; rollback to try; commit`)
	if after := read(t, d, count); after != before {
		t.Errorf("a trial that was rolled back left %s, before %s", after, before)
	}
	run(t, d, `begin; update project set hierarchy = 2; savepoint try; update project set status = 'CLOSED'; delete from project; rollback to try; update project set hierarchy = 3; commit`)
	if got := read(t, d, `select after::text from revision_entry where revision_id = (select max(id) from revision) order by id`); got != "{\"hierarchy\": 2}\n{\"hierarchy\": 3}" {
		t.Errorf("after a savepoint in the middle: %s", got)
	}
	run(t, d, `begin; update project set hierarchy = 4; rollback`, `update project set hierarchy = 3`, `update project set search = default where false`)
	if got := read(t, d, `select count(*) from revision`); got != "2" {
		t.Errorf("changes of nothing made revisions: %s", got)
	}
	refused(t, d, "read committed", `begin isolation level repeatable read; update project set hierarchy = 9`)
	run(t, d, "rollback")
	if _, err := db.VerifyHistory(t.Context(), d, ""); err != nil {
		t.Error(err)
	}
}

func TestRoots(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, `insert into project (id, code, status, state) values (1, 'P1', 'PIPELINE', 'DRAFT'), (2, 'P2', 'PIPELINE', 'PUBLISHED')`,
		`insert into result (id, project_id, published, type) values (11, 1, false, 'OUTPUT')`,
		`insert into indicator (id, result_id, published, measure) values (12, 11, false, 'UNIT')`,
		`insert into indicator_period (id, indicator_id, published, period_start, period_end) values (13, 12, false, '2024-01-01', '2024-12-31')`,
		`insert into measurement (id, period_id, published, kind, value) values (14, 13, false, 'TARGET', 5)`,
		`insert into document (id, subject_kind, subject_id, url) values (15, 'Result', 11, 'https://example.org/1')`,
		`insert into code_list (id, name) values (1, 'X'); insert into code_list_item (id, list_id, list, code) values (1, 1, 'X', '1')`,
		`insert into document_category (document_id, category_id) values (15, 1)`,
		`insert into translation (id, subject_kind, subject_id, field, locale, text, status) values (16, 'Indicator', 12, 'title', 'ar', 'مؤشر', 'ORIGINAL')`,
		`insert into organization (id, code) values (3, 'O3'), (4, 'O4')`, `insert into organization_alias (id, organization_id, name, published) values (5, 3, 'other', false)`)
	const roots = `select string_agg(distinct kind, ' ' order by kind) from revision_entry where root_kind = 'Project' and root_id = 1 and action = '%s' and (action <> 'DELETE' or revision_id = (select max(id) from revision))`
	if got, want := read(t, d, fmt.Sprintf(roots, "INSERT")), "Document DocumentCategory Indicator IndicatorPeriod Measurement Project Result Translation"; got != want {
		t.Errorf("added to project 1: %s, want %s", got, want)
	}
	run(t, d, `update document set subject_kind = 'Project', subject_id = 2 where id = 15`)
	if got := read(t, d, `select root_kind || root_id || ' ' || (after ->> 'subject_id') from revision_entry where revision_id = (select max(id) from revision) order by root_id`); got != "Project1 2\nProject2 2" {
		t.Errorf("a document went to another project: %s", got)
	}
	run(t, d, `update document set subject_kind = 'Result', subject_id = 11 where id = 15`, `update organization_alias set organization_id = 4`)
	if got := read(t, d, `select root_kind || root_id from revision_entry where revision_id = (select max(id) from revision) order by root_id`); got != "Organization3\nOrganization4" {
		t.Errorf("an alias went to another organization: %s", got)
	}
	run(t, d, `delete from project where id = 1`)
	if got, want := read(t, d, fmt.Sprintf(roots, "DELETE")), "Document DocumentCategory Indicator IndicatorPeriod Measurement Project Result Translation"; got != want {
		t.Errorf("removed with project 1: %s, want %s", got, want)
	}
	if got := read(t, d, `select action || ' ' || array_to_string(all_fields, ',') from change_event order by id desc limit 1`); got != "REMOVED Document,DocumentCategory,Indicator,IndicatorPeriod,Measurement,Result" {
		t.Errorf("event of the removal: %s", got)
	}
}

func TestWhoReadsHistory(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	run(t, d.Owner(), workers, `insert into project (id, code, status, state, confidential, reporting_organization_id) values (1, 'P1', 'PIPELINE', 'PUBLISHED', false, 900), (2, 'P2', 'PIPELINE', 'DRAFT', false, null),
		(3, 'P3', 'PIPELINE', 'DRAFT', true, null), (4, 'P4', 'PIPELINE', 'DRAFT', false, null)`, `delete from project where id = 4`, `update account set email = 'a@example.org' where id = 3`)
	const roots = `select string_agg(distinct root_kind || root_id, ' ' order by root_kind || root_id) from field_change where root_kind in ('Project', 'Account') and field in ('code', 'email')`
	for account, want := range map[int]string{1: "Account3 Project1 Project2 Project3 Project4", 2: "Project1 Project2 Project3", 3: "Account3 Project1 Project2 Project4", 4: "", 99: ""} {
		if got := seen(t, d, account, "", `select coalesce((`+roots+`), '')`); got != want {
			t.Errorf("account %d reads the history of %q, want %q", account, got, want)
		}
		revisions := seen(t, d, account, "", `select count(*) from revision`)
		if (revisions == "0") != (want == "") {
			t.Errorf("account %d reads %s revisions", account, revisions)
		}
		if got := seen(t, d, account, "set local search_path to asof, fn, public", `select coalesce((`+roots+`), '')`); got != want {
			t.Errorf("as of now account %d reads the history of %q, want %q", account, got, want)
		}
	}
	for _, table := range []string{"revision", "field_change"} {
		if got := read(t, d.Public(), "select count(*) from "+table); got != "0" {
			t.Errorf("the public reads %s rows of %s", got, table)
		}
	}
	// What one is just changing one sees, before it is sealed.
	err := d.Staff().RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		var fields []string
		if _, err := tx.ExecContext(ctx, "set transaction read write; select set_config('taawun.actor', '2', true); update base.project set hierarchy = 5 where id = 2"); err != nil {
			return err
		}
		if err := tx.NewRaw("select field || before || after from field_change where revision_id = fn.current_revision()").Scan(ctx, &fields); err != nil {
			return err
		}
		if !slices.Equal(fields, []string{"hierarchy15"}) {
			t.Errorf("what is being changed: %q", fields)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
