package db_test

import (
	"testing"

	"taawun/db"
	"taawun/db/dbtest"
)

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
