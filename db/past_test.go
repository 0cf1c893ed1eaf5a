package db_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

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
