package db_test

import (
	"testing"

	"taawun/db/dbtest"
)

func TestTheTreeOfUnitsKeepsItsClosureAndWords(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d,
		`insert into administrative_unit (id, pcode, level) values (1, 'SY', 0)`,
		`insert into administrative_unit (id, pcode, level, parent_id) values (2, 'SY02', 1, 1), (3, 'SY03', 1, 1)`,
		`insert into administrative_unit (id, pcode, level, parent_id) values (4, 'C1', 4, 2)`,
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('AdministrativeUnit', 2, 'name', 'ar', 'حلب', 'ORIGINAL'),
			('AdministrativeUnit', 3, 'name', 'ar', 'حمص', 'ORIGINAL'), ('AdministrativeUnit', 4, 'name', 'ar', 'القرية', 'ORIGINAL')`)
	const above = `select string_agg(ancestor_id::text, ' ' order by ancestor_id) from unit_ancestor where unit_id = 4`
	const words = `select count(*) from administrative_unit where id = 4 and search like '%القريه%' and search like '%'`
	if got := read(t, d, above); got != "1 2 4" {
		t.Errorf("ancestors %s", got)
	}
	if got := read(t, d, words+" || 'حلب%'"); got != "1" {
		t.Error("a community is not found by the name of its governorate")
	}
	run(t, d, `update administrative_unit set parent_id = 3 where id = 4`, `insert into unit_alias (unit_id, published, name) values (3, true, 'Homs'), (3, true, 'إميسا')`)
	if got := read(t, d, above); got != "1 3 4" {
		t.Errorf("ancestors after a move %s", got)
	}
	for words, want := range map[string]string{"حلب": "0", "حمص": "1", "homs": "1", "اميسا": "1"} {
		if got := read(t, d, `select count(*) from administrative_unit where id = 4 and search like '%`+words+`%'`); got != want {
			t.Errorf("found by %s: %s, want %s", words, got, want)
		}
	}
	run(t, d, `insert into project (id, code, status) values (1, 'P', 'PIPELINE')`, `insert into project_location (project_id, published, unit_id) values (1, false, 4)`)
	if got := read(t, d, `select string_agg(unit_id::text, ' ' order by unit_id) from project_place where project_id = 1`); got != "1 3 4" {
		t.Errorf("places of a project %s", got)
	}
}

func TestOrganizationsAreFoundByTheirAliases(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, `insert into organization (id, code, acronym) values (1, 'O1', 'UNDP')`, `insert into organization_alias (organization_id, published, name) values (1, false, 'برنامج الأمم المتّحدة')`)
	for _, want := range []string{"o1", "undp", "الامم المتحده"} {
		if got := read(t, d, `select count(*) from organization where search like '%`+want+`%'`); got != "1" {
			t.Errorf("not found by %s", want)
		}
	}
	run(t, d, `delete from organization_alias`)
	if got := read(t, d, `select count(*) from organization where search like '%المتحده%'`); got != "0" {
		t.Error("still found by an alias that is gone")
	}
}
