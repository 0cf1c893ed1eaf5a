package db_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
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

// TestEveryTableKeepsItsHistory looks for what base.expose gives every table.
func TestEveryTableKeepsItsHistory(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	tables := recorded(t, d)
	if len(tables) < 50 {
		t.Fatalf("only %d tables", len(tables))
	}
	for _, table := range tables {
		if got := read(t, d, fmt.Sprintf(`select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) from pg_attribute a where a.attrelid = 'base.%[1]s'::regclass and a.attnum > 0 and not a.attisdropped
			except select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) from pg_attribute a where a.attrelid = to_regclass('history.%[1]s')`, table)); got != "" {
			t.Errorf("history.%s does not have the columns %s: call base.keep_history", table, got)
		}
		want := "kept recorded recorded_end recorded_new written"
		if table == "unit_ancestor" {
			want = "kept recorded recorded_end written"
		}
		if got := read(t, d, `select string_agg(tgname, ' ' order by tgname) from pg_trigger where tgname in ('kept', 'recorded', 'recorded_end', 'recorded_new', 'written')
			and tgenabled = 'O' and tgrelid = 'base.`+table+`'::regclass`); got != want {
			t.Errorf("%s has the triggers %q, want %q", table, got, want)
		}
		if got := read(t, d, `select string_agg(tgname, ' ') from pg_trigger where tgrelid = 'base.`+table+`'::regclass and tgtype & 19 = 19 and not tgisinternal and tgname > 'written'`+
			` having count(*) > 0`); got != "" {
			t.Errorf("%s: the trigger %s changes a row after its version was dated: its name must come before \"written\"", table, got)
		}
	}
}

// TestPastIsDerived finds a view of the staff that was written after its counterpart of the past.
func TestPastIsDerived(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	const definitions = `set search_path to base, fn, public; select string_agg(c.relname || ' ' || pg_get_viewdef(c.oid), E'\n' order by c.oid::regclass::text) from pg_class c where c.relkind = 'v' and c.relnamespace = 'asof'::regnamespace`
	const columns = `select v.table_name || '.' || v.column_name || ' ' || v.data_type from information_schema.columns v where v.table_schema = %s`
	if got := read(t, d, fmt.Sprintf(columns+" except "+columns, "'staff'", "'asof'")); got != "" {
		t.Errorf("the past lacks %s", got)
	}
	if got := read(t, d, fmt.Sprintf(columns+" except "+columns, "'asof'", "'staff'")); got != "" {
		t.Errorf("only the past has %s", got)
	}
	before := read(t, d, definitions)
	run(t, d, `call base.refresh_past()`)
	if after := read(t, d, definitions); before != after {
		t.Error(`a view of the staff was written after its counterpart of the past: the migration must end with "call base.refresh_past()"`)
	}
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

// TestAsOf compares, for every view, what a person reads of past moments with what was read then.
func TestAsOf(t *testing.T) {
	t.Parallel()
	d := filled(t)
	o := d.Owner()
	project := read(t, o, `select project_id from result r join indicator i on i.result_id = r.id where r.published order by 1 limit 1`)
	agreement := read(t, o, `select agreement_id from obligation order by 1 limit 1`)
	unit := read(t, o, `select id from administrative_unit where level = 2 order by id limit 1`)
	var views []string
	for _, v := range strings.Fields(read(t, o, `select c.relname from pg_class c where c.relnamespace = 'staff'::regnamespace and c.relkind = 'v' order by 1`)) {
		if v != "revision" && v != "field_change" && v != "change_event" {
			views = append(views, v)
		}
	}
	content := func(schema, moment string) map[string]string {
		out := map[string]string{}
		for _, v := range views {
			out[v] = seen(t, d, 1, fmt.Sprintf("set local search_path to %s, fn, public; select set_config('taawun.as_of', '%s', true)", schema, moment),
				fmt.Sprintf("select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) || ' ' || count(*) from %s.%q t", schema, v))
		}
		return out
	}
	type moment struct {
		at   string
		read map[string]string
	}
	var moments []moment
	for _, change := range []string{
		``,
		`update project set status = 'SUSPENDED', capital_spend = 12.50 where id = ` + project,
		`begin; update project set hierarchy = 7 where id = ` + project + `; update project set hierarchy = 8 where id = ` + project + `;
			insert into project_location (project_id, unit_id, published) select id, ` + unit + `, published from project where id = ` + project + `;
			delete from transaction where project_id = ` + project + `; commit`,
		`update translation set text = text || ' (new)', updated_at = now() where subject_kind = 'Project' and subject_id = ` + project,
		`update project set state = 'ARCHIVED' where id = ` + project,
		`update administrative_unit set parent_id = (select parent_id from administrative_unit where level = 2 and parent_id <> (select parent_id from administrative_unit where id = ` + unit + `) limit 1) where id = ` + unit,
		`update obligation set due_on = due_on + 1 where agreement_id = ` + agreement + `; delete from agreement_party where agreement_id = ` + agreement,
		`update code_list_item set status = 'WITHDRAWN' where id in (select sector_id from project_sector); update document set position = position + 1`,
		`delete from translation where subject_kind = 'Project' and subject_id = ` + project,
		`update related_project set related_id = null where related_id = ` + project + `; update project set parent_id = null where parent_id = ` + project + `; delete from project where id = ` + project,
		`insert into project (code, status, state) values ('NEW', 'PIPELINE', 'PUBLISHED'); update account set name = 'Somebody else' where id = 4`,
	} {
		if change != "" {
			run(t, o, change)
		}
		moments = append(moments, moment{read(t, o, `select clock_timestamp()::text`), content("staff", "")})
	}
	differ := map[string]bool{}
	for i, m := range moments {
		past := content("asof", m.at)
		for _, v := range views {
			if past[v] != m.read[v] {
				t.Errorf("moment %d: asof.%s holds %s, and staff.%s held %s", i, v, past[v], v, m.read[v])
			}
			if m.read[v] != moments[len(moments)-1].read[v] {
				differ[v] = true
			}
		}
	}
	for _, v := range []string{"project", "project_place", "transaction", "measurement", "translation", "unit_ancestor", "obligation", "agreement_party", "account", "document"} {
		if !differ[v] {
			t.Errorf("%s has not changed: nothing was compared", v)
		}
	}
	if got := content("asof", ""); got["project"] != moments[len(moments)-1].read["project"] {
		t.Error("without a moment the past is not the present")
	}
	// Functions read the past as well, and rights are those of today.
	const code = `(select code from asof.project where id = %s)`
	if got := seen(t, d, 1, fmt.Sprintf("set local search_path to asof, fn, public; select set_config('taawun.as_of', '%s', true)", moments[0].at), `select count(*) from fn.search(fn.norm(`+fmt.Sprintf(code, project)+`))`); got == "0" {
		t.Error("a project that was removed is not found in the past")
	}
	if got := seen(t, d, 4, fmt.Sprintf("select set_config('taawun.as_of', '%s', true)", moments[4].at), `select count(*) from asof.project where id = `+project); got != "0" {
		t.Error("a partner sees a project of the past that was archived")
	}
	if err := as(t, d, 4, "", `select set_config('taawun.as_of', 'yesterday morning', true)`, `select count(*) from asof.project`); err == nil || !strings.Contains(err.Error(), "22007") {
		t.Errorf("a moment that is none: %v", err)
	}
}

// TestVersions looks at the periods of versions where transactions cross.
func TestVersions(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	run(t, o, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`)
	ctx := t.Context()
	slow, err := o.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Rollback()
	if _, err := slow.ExecContext(ctx, "select now()"); err != nil {
		t.Fatal(err)
	}
	run(t, o, `update project set hierarchy = 2`)
	for _, s := range []string{`update project set hierarchy = 3`, `update project set hierarchy = 4`} {
		if _, err := slow.ExecContext(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := slow.Commit(); err != nil {
		t.Fatal(err)
	}
	run(t, o, `begin; update project set hierarchy = 5; update project set hierarchy = 6; delete from project; commit`)
	if got := read(t, o, `select string_agg(hierarchy::text, ' ' order by since) from history.project where hierarchy <> 3`); got != "1 2 4" {
		t.Errorf("versions %s, want 1 2 4", got)
	}
	if got := read(t, o, `select count(*) from history.project where since >= until`); got != "0" {
		t.Errorf("%s versions end before they begin", got)
	}
	if got := read(t, o, `select count(*) from history.project a join history.project b on a.ctid < b.ctid and a.since < b.until and b.since < a.until`); got != "0" {
		t.Errorf("%s versions stand at the same time", got)
	}
	run(t, o, `insert into project (id, code, status) values (2, 'P2', 'PIPELINE')`, `update project set hierarchy = hierarchy`, `update project set since = since`)
	if got := read(t, o, `select count(*) from history.project where id = 2`); got != "0" {
		t.Error("a change of nothing left a version")
	}
	refused(t, o, "only added to", `delete from history.project`)
	refused(t, o, "only added to", `update history.project set hierarchy = 9`)
	refused(t, o, "only added to", `truncate base.project cascade`)
}

func TestAppendOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`)
	for _, table := range []string{"revision", "revision_entry", "field_change", "change_event"} {
		for _, statement := range []string{"delete from %s", "truncate %s cascade", "update %s set id = id"} {
			refused(t, d, "only added to", fmt.Sprintf(statement, table))
		}
	}
	refused(t, d, "only added to", `update revision set reason = 'another'`)
	refused(t, d, "only added to", `begin; select base.note_revision('x'); update revision set reason = 'another' where hash is null; commit`)
	run(t, d, "rollback")
}

// TestChain lets many write at once, while a reader of the feed goes along.
func TestChain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	run(t, o, `insert into project (id, code, status) select n, 'P' || n, 'PIPELINE' from generate_series(1, 5) n`)
	const writers, each = 20, 6
	done := make(chan struct{})
	followed := make(chan []int64, 1)
	go func() {
		var all []int64
		var after int64
		for last := false; ; {
			var page []int64
			if err := o.NewRaw(`select distinct position from change_event where position > ? order by 1`, after).Scan(t.Context(), &page); err != nil {
				t.Error(err)
				break
			}
			all = append(all, page...)
			if len(page) > 0 {
				after = page[len(page)-1]
			}
			if last {
				break
			}
			select {
			case <-done:
				last = true
			default:
			}
		}
		followed <- all
	}()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				err := o.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
					_, err := tx.ExecContext(ctx, "update project set hierarchy = hierarchy + 1 where id = ?0; insert into project_identifier (project_id, value, published) values (?0, ?1, false)", 1+(w+n)%5, fmt.Sprint(w, n))
					if err == nil && n == 3 {
						return errors.New("thought better of it")
					}
					return err
				})
				if err != nil && n != 3 {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(done)
	const want = 1 + writers*(each-1)
	report, err := db.VerifyHistory(t.Context(), o, "")
	if err != nil || report.Revisions != want {
		t.Errorf("%+v, %v; want %d revisions", report, err, want)
	}
	if all := <-followed; len(all) != want || !slices.IsSorted(all) {
		t.Errorf("whoever followed the feed saw %d of %d revisions", len(all), want)
	}
	if got := read(t, o, `select sum(hierarchy) from project`); got != fmt.Sprint(5+writers*(each-1)) {
		t.Errorf("changes were lost: %s", got)
	}
}

func TestTampering(t *testing.T) {
	t.Parallel()
	const off = `set session_replication_role = replica; `
	for name, c := range map[string]struct{ do, problem string }{
		"an entry":               {`update revision_entry set after = '{"status": "CANCELLED"}' where revision_id = 3`, "an entry has been changed"},
		"an entry removed":       {`delete from field_change where revision_id = 3; delete from revision_entry where revision_id = 3`, "sealed with 1 entries and has 0"},
		"an entry added":         {`insert into revision_entry (revision_id, at, kind, root_kind, root_id, action, root_published, published) select id, at, 'Project', 'Project', 1, 'UPDATE', true, true from revision where id = 3`, "sealed with 1 entries and has 2"},
		"its actor":              {`update revision set actor_name = 'Somebody else' where id = 3`, "its own record has been changed"},
		"its time":               {`update revision set at = at - interval '1 day' where id = 3`, "its own record has been changed"},
		"an entry's time":        {`update revision_entry set at = at - interval '1 day' where revision_id = 3`, "another time or actor"},
		"the revision":           {`delete from change_event where revision_id = 2; delete from field_change where revision_id = 2; delete from revision_entry where revision_id = 2; delete from revision where id = 2`, "1 revisions are missing"},
		"sealed anew":            {`update revision set reason = 'x', hash = encode(sha256(convert_to(jsonb_build_array(previous_hash, position, id, (extract(epoch from at) * 1000000)::bigint, actor_id, actor_name, token_id, operation, 'x', request_id, is_bulk, entry_count, digest)::text, 'UTF8')), 'hex') where id = 2`, "does not follow from the revision before"},
		"a field change":         {`update field_change set before = '"CANCELLED"' where revision_id = 3`, "field changes"},
		"a field change's name":  {`update field_change set field = 'kind' where revision_id = 3`, "field changes"},
		"a field change removed": {`delete from field_change where revision_id = 3`, "field changes"},
		"a field change added":   {`insert into field_change select id + 100, revision_id, at, actor_id, kind, record_id, root_kind, root_id, action, field, before, after from field_change where revision_id = 3`, "field changes"},
		"unsealed":               {`update revision set hash = null where id = 4`, "3 revisions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t).Owner()
			for n := range 4 {
				run(t, d, map[int]string{0: `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, 1: `update project set status = 'CLOSED'`, 2: `update project set status = 'PIPELINE'`, 3: `update project set status = 'CLOSED'`}[n])
			}
			good, err := db.VerifyHistory(t.Context(), d, read(t, d, `select hash from revision where id = 2`))
			if err != nil || good.Revisions != 4 || good.Entries != 4 || !good.Holds || len(good.Hash) != 64 {
				t.Fatalf("%+v: %v", good, err)
			}
			if name == "unsealed" {
				run(t, d, off+c.do)
				var broken *db.BrokenHistoryError
				if _, err := db.VerifyHistory(t.Context(), d, ""); !errors.As(err, &broken) || broken.RevisionID != 4 {
					t.Errorf("got %v", err)
				}
				return
			}
			run(t, d, off+c.do)
			var broken *db.BrokenHistoryError
			if _, err := db.VerifyHistory(t.Context(), d, ""); !errors.As(err, &broken) || broken.RevisionID != 3 || !strings.Contains(broken.Problem, c.problem) {
				t.Errorf("got %v, want revision 3: %s", err, c.problem)
			}
		})
	}
	t.Run("the end", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t).Owner()
		run(t, d, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, `update project set status = 'CLOSED'`)
		noted := read(t, d, `select hash from revision where id = 2`)
		run(t, d, off+`delete from change_event where revision_id = 2; delete from field_change where revision_id = 2; delete from revision_entry where revision_id = 2; delete from revision where id = 2`)
		if report, err := db.VerifyHistory(t.Context(), d, noted); err != nil || report.Holds {
			t.Errorf("the end was cut off and nobody notices: %+v, %v", report, err)
		}
	})
}

func TestBulk(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	run(t, o, `insert into project (id, code, status, state) values (1, 'P1', 'PIPELINE', 'PUBLISHED')`,
		`begin; select base.note_revision('import of a test'); insert into project (id, code, status, state) select n, 'P' || n, 'PIPELINE', case n % 2 when 0 then 'DRAFT' else 'PUBLISHED' end from generate_series(2, 40) n;
			insert into project_identifier (project_id, value, published) select id, 'x', published from project; update project set status = 'CLOSED' where id = 1; commit`)
	if got := read(t, o, `select operation || ' ' || is_bulk || ' ' || entry_count from revision order by id desc limit 1`); got != "import of a test true 1" {
		t.Errorf("revision of a load: %s", got)
	}
	const events = `select string_agg(n || ' ' || action, ', ' order by action) from (select action, count(*) n from change_event where position = 2 group by 1) x`
	if got := read(t, o, events); got != "1 CHANGED, 39 CREATED" {
		t.Errorf("events of a load: %s", got)
	}
	if got := read(t, d.Public(), events); got != "1 CHANGED, 19 CREATED" {
		t.Errorf("the public's events of a load: %s", got)
	}
	run(t, o, `begin; select base.note_revision('import of nothing'); commit`)
	if got := read(t, o, `select operation || ' ' || entry_count from revision order by id desc limit 1`); got != "import of nothing 0" {
		t.Errorf("revision of a load of nothing: %s", got)
	}
	if _, err := db.VerifyHistory(t.Context(), o, ""); err != nil {
		t.Error(err)
	}
}

func TestChangeEvents(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	listener, err := o.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	run(t, o, workers)
	at := read(t, o, `select max(position) from revision`)
	for _, c := range []struct{ do, staff, public string }{
		{`insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, "CREATED", ""},
		{`update project set planned_start = '2024-01-01' where id = 1`, "CHANGED plannedStart", ""},
		{`update project set state = 'PUBLISHED' where id = 1`, "PUBLISHED state", "PUBLISHED state"},
		{`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'title', 'en', 'draft', 'DRAFT')`, "CHANGED title", ""},
		{`update translation set status = 'REVIEWED'`, "CHANGED title", "CHANGED title"},
		{`begin; insert into transaction (project_id, published, type, date, value_amount, value_currency) values (1, true, 'DISBURSEMENT', '2024-01-01', 1, 'USD'); update project set hierarchy = 3, version = 2; commit`,
			"CHANGED Transaction,hierarchy", "CHANGED Transaction,hierarchy"},
		{`update project set state = 'ARCHIVED' where id = 1`, "UNPUBLISHED state", "UNPUBLISHED state"},
		{`update project set hierarchy = 4 where id = 1`, "CHANGED hierarchy", ""},
		{`delete from project where id = 1`, "REMOVED Transaction,title", ""},
	} {
		run(t, o, c.do)
		query := `select concat_ws(' ', action, nullif(array_to_string(fields, ','), '')) from change_event where position > ` + at
		if got := seen(t, d, 3, "", query); got != c.staff {
			t.Errorf("%s\nan analyst is told %q, want %q", c.do, got, c.staff)
		}
		if got := read(t, d.Public(), query+` and revision_id is null and all_fields is null`); got != c.public {
			t.Errorf("%s\nthe public is told %q, want %q", c.do, got, c.public)
		}
		at = read(t, o, `select max(position) from revision`)
	}
	// Of a record that is not public any more, the public keeps only that.
	if got := read(t, d.Public(), `select action from change_event where kind = 'Project'`); got != "UNPUBLISHED" {
		t.Errorf("the public still reads %q", got)
	}
	if got := read(t, o, `select count(*) from change_event e join revision r on r.id = e.revision_id where r.position <> e.position or r.at <> e.at`); got != "0" {
		t.Errorf("%s events are not where their revisions are", got)
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

// TestNewTable exposes a table as a later migration does: it has all that the others have.
func TestNewTable(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	run(t, o, workers, `create table base.visit (id bigint generated by default as identity primary key, project_id bigint not null, purpose text, cost_amount numeric, cost_currency text, big jsonb, published boolean not null,
			unique (id, published), foreign key (project_id, published) references base.project (id, published) on update cascade on delete cascade)`,
		`call base.expose('Visit', 'visit')`, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, `insert into visit (project_id, purpose, cost_amount, cost_currency, published) values (1, 'first', 2.50, 'SYP', false)`)
	then := read(t, o, `select clock_timestamp()::text`)
	run(t, o, `alter table visit add column guide text`, `call base.expose('Visit', 'visit')`, `update visit set purpose = 'second', cost_amount = 3, guide = 'x', big = (select jsonb_agg(n) from generate_series(1, 20000) n)`)
	if got := seen(t, d, 3, fmt.Sprintf("set local search_path to asof, fn, public; select set_config('taawun.as_of', '%s', true)", then), `select purpose || cost_amount || coalesce(guide, '') from visit`); got != "first2.50" {
		t.Errorf("the visit then: %s", got)
	}
	var big struct {
		Bytes  int    `json:"bytes"`
		Sha256 string `json:"sha256"`
	}
	if err := json.Unmarshal([]byte(read(t, o, `select after ->> 0 from (select jsonb_build_array(after) as after from field_change where field = 'big' and action = 'UPDATE') x`)), &big); err != nil || big.Bytes < 100000 || len(big.Sha256) != 64 {
		t.Errorf("a large value is told as %+v, %v", big, err)
	}
	if got := seen(t, d, 3, "", `select concat_ws(' ', root_kind, root_id, field, before, after) from field_change where kind = 'Visit' and action = 'UPDATE' and field <> 'big' order by field`); got != "Project 1 cost.amount 2.50 3\nProject 1 guide \"x\"\nProject 1 purpose \"first\" \"second\"" {
		t.Errorf("the visit's history: %s", got)
	}
	refused(t, o, "no key of their own", `begin; create table base.loose (a int primary key); call base.expose('Loose', 'loose')`)
}
