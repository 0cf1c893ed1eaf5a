package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"taawun/db"
	"taawun/db/dbtest"
)

var states = []string{"DRAFT", "SUBMITTED", "RETURNED", "PUBLISHED", "ARCHIVED"}

// moves are the ways of a record from state to state: by those who edit it, and by those who approve it.
var moves = struct{ edit, approve []string }{
	edit: []string{"DRAFT SUBMITTED", "RETURNED SUBMITTED", "SUBMITTED DRAFT"},
	approve: []string{"SUBMITTED RETURNED", "SUBMITTED PUBLISHED", "DRAFT PUBLISHED", "ARCHIVED DRAFT",
		"DRAFT ARCHIVED", "SUBMITTED ARCHIVED", "RETURNED ARCHIVED", "PUBLISHED ARCHIVED"},
}

// ministry is a database with units of the ministry and one record of each kind in each state, of unit A.
func ministry(t *testing.T) *dbtest.DB {
	t.Helper()
	d := dbtest.New(t)
	run(t, d.Owner(), attempt, "insert into ministry_unit (id, code, parent_id) values (1, 'A', null), (2, 'A1', 1), (3, 'B', null)")
	for i, state := range states {
		for _, s := range []string{
			`insert into organization (id, code, state, owner_id) values (%d, 'O%[1]d', '%[2]s', 1)`,
			`insert into agreement (id, code, state, owner_id, kind, status) values (%d, 'A%[1]d', '%[2]s', 1, 'TREATY', 'IDEA')`,
			`insert into project (id, code, state, owner_id, status, reporting_organization_id) values (%d, 'P%[1]d', '%[2]s', 1, 'PIPELINE', 4)`,
			`insert into administrative_unit (id, pcode, state, level) values (%d, 'SY%[1]d', '%[2]s', 1)`,
		} {
			if strings.Contains(s, "project") && i < 3 {
				s = strings.Replace(strings.Replace(s, ", reporting_organization_id", "", 1), ", 4)", ")", 1)
			}
			run(t, d.Owner(), fmt.Sprintf(s, i+1, state))
		}
	}
	return d
}

func TestWhoMovesARecord(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	all := slices.Concat(moves.edit, moves.approve)
	for _, c := range []struct {
		name           string
		grants         []grant
		records, units []string
	}{
		{name: "nobody"},
		{"analyst", []grant{{role: "ANALYST"}}, nil, nil},
		{"translator", []grant{{role: "TRANSLATOR"}, {role: "REVIEWER"}, {role: "CERTIFIER"}}, nil, nil},
		{"editor", []grant{{role: "EDITOR"}}, moves.edit, moves.edit},
		{"editor of a", []grant{{role: "EDITOR", unit: unitA}}, moves.edit, nil},
		{"editor below a", []grant{{role: "EDITOR", unit: unitBelowA}}, nil, nil},
		{"editor of b", []grant{{role: "EDITOR", unit: unitB}}, nil, nil},
		{"approver", []grant{{role: "APPROVER"}}, all, all},
		{"approver of a", []grant{{role: "APPROVER", unit: unitA}}, all, nil},
		{"approver of b", []grant{{role: "APPROVER", unit: unitB}}, nil, nil},
		{"partner", []grant{{role: "PARTNER", organization: 4}}, nil, nil},
		{"administrator", []grant{{role: "ADMINISTRATOR"}}, nil, all},
		{"editor of a, approver of b", []grant{{role: "EDITOR", unit: unitA}, {role: "APPROVER", unit: unitB}}, moves.edit, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conn := actAs(t, d, c.grants...)
			for table, want := range map[string][]string{"organization": c.records, "agreement": c.records, "project": c.records, "administrative_unit": c.units} {
				var got []string
				for i, from := range states {
					for _, to := range states {
						if from != to && read(t, conn, fmt.Sprintf("select public.attempt('update base.%s set state = ''%s'' where id = %d')", table, to, i+1)) == "done" {
							got = append(got, from+" "+to)
						}
					}
				}
				want = slices.Sorted(slices.Values(want))
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("%s: moves %v, want %v", table, got, want)
				}
			}
		})
	}
}

// TestMayTellsWhatIsAllowed compares fn.may, by which the program knows what to offer, with what can be done.
func TestMayTellsWhatIsAllowed(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	for _, c := range []struct {
		name   string
		grants []grant
		want   string // for the project in each state
	}{
		{"nobody", nil, "|||SEE|"},
		{"analyst", []grant{{role: "ANALYST"}}, "SEE|SEE|SEE|SEE|SEE"},
		{"translator", []grant{{role: "TRANSLATOR"}}, "SEE TRANSLATE|SEE TRANSLATE|SEE TRANSLATE|SEE TRANSLATE|SEE TRANSLATE"},
		{"editor of a", []grant{{role: "EDITOR", unit: unitA}}, "SEE EDIT TRANSLATE SUBMIT|SEE WITHDRAW|SEE EDIT TRANSLATE SUBMIT|SEE EDIT TRANSLATE|SEE"},
		{"editor of b", []grant{{role: "EDITOR", unit: unitB}}, "SEE|SEE|SEE|SEE|SEE"},
		{"approver of a", []grant{{role: "APPROVER", unit: unitA}}, "SEE EDIT TRANSLATE SUBMIT PUBLISH ARCHIVE|SEE EDIT TRANSLATE WITHDRAW RETURN PUBLISH ARCHIVE|SEE EDIT TRANSLATE SUBMIT ARCHIVE|SEE EDIT TRANSLATE PUBLISH ARCHIVE|SEE RESTORE"},
		{"partner", []grant{{role: "PARTNER", organization: 4}}, "|||SEE EDIT TRANSLATE|SEE"},
		{"administrator", []grant{{role: "ADMINISTRATOR"}}, "SEE ADMINISTER|SEE ADMINISTER|SEE ADMINISTER|SEE ADMINISTER|SEE ADMINISTER"},
	} {
		got := read(t, actAs(t, d, c.grants...), `select string_agg(x.actions, '|' order by x.id) from (
			select p.id, coalesce(string_agg(a.action, ' ' order by a.number) filter (where fn.may(a.action, 'Project', p.id)), '') as actions
			from generate_series(1, 5) p(id), unnest('{SEE,EDIT,TRANSLATE,SUBMIT,WITHDRAW,RETURN,PUBLISH,ARCHIVE,RESTORE,REVIEW,CERTIFY,ADMINISTER}'::text[]) with ordinality a(action, number) group by p.id) x`)
		if got != c.want {
			t.Errorf("%s may\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	refused(t, actAs(t, d, grant{role: "EDITOR"}), "there is no action", "select fn.may('FLY', 'Project', 1)")
}

func TestWhoCreates(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	for _, c := range []struct {
		name   string
		grants []grant
		want   string // units of the ministry for which he creates; 0 is none, and SY an administrative unit
	}{
		{"nobody", nil, ""},
		{"analyst", []grant{{role: "ANALYST"}}, ""},
		{"reviewer", []grant{{role: "REVIEWER"}}, ""},
		{"partner", []grant{{role: "PARTNER", organization: 4}}, ""},
		{"administrator", []grant{{role: "ADMINISTRATOR"}}, "SY"},
		{"editor", []grant{{role: "EDITOR"}}, "0 1 2 3 SY"},
		{"editor of a", []grant{{role: "EDITOR", unit: unitA}}, "0 1 2"},
		{"approver of b", []grant{{role: "APPROVER", unit: unitB}}, "0 3"},
	} {
		got := read(t, actAs(t, d, c.grants...), `select coalesce(string_agg(x.name, ' ' order by x.name), '') from (
			select o.id::text as name, public.attempt(format('insert into base.project (code, status, owner_id) values (''X'', ''PIPELINE'', nullif(%s, 0))', o.id)) from generate_series(0, 3) o(id)
			union all select 'SY', public.attempt('insert into base.administrative_unit (pcode, level) values (''X'', 1)')) x(name, outcome) where x.outcome = 'done'`)
		if got != c.want {
			t.Errorf("%s creates for %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWhatAPersonCannotWrite writes, as one who may edit the record, what follows from other rows or is not his to decide.
func TestWhatAPersonCannotWrite(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	run(t, d.Owner(), "insert into document (subject_kind, subject_id, url) values ('Project', 1, 'https://example.org/1')",
		"insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'title', 'ar', 'x', 'ORIGINAL')")
	editor := actAs(t, d, grant{role: "EDITOR", unit: unitA})
	for _, c := range []struct{ name, statement, want string }{
		{"a text on its record", `update base.project set title = '{"en": "x", "en#": "CERTIFIED"}' where id = 1`, "derived_column"},
		{"a text of a new record", `insert into base.project (code, status, title) values ('X', 'PIPELINE', '{"en": "x"}')`, "derived_column"},
		{"the words of a record", `update base.organization set search = 'x' where id = 1`, "derived_column"},
		{"the visibility of a part", `insert into base.result (project_id, type, published) values (1, 'OUTPUT', true)`, "foreign key"},
		{"a record of another unit", `update base.project set owner_id = 3 where id = 1`, "42501"},
		{"the subject of a document", `update base.document set subject_id = 2 where id = 1`, "42501"},
		{"the language of a text", `update base.translation set locale = 'en' where id = 1`, "translation_fixed"},
		{"a text that nobody reviewed", `insert into base.translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'title', 'en', 'x', 'REVIEWED')`, "42501"},
		{"a confidential record for the public", `update base.project set confidential = true where id = 4`, "project_confidential"},
		{"the end of a record", `delete from base.project where id = 1`, "permission denied"},
		{"a source", `insert into base.source (subject_kind, subject_id, data_set_id, identifier) values ('Project', 1, 1, 'x')`, "permission denied"},
		{"a view", `update staff.project set code = 'X' where id = 1`, "permission denied"},
		{"another role", `set role taawun`, "permission denied"},
		{"a rule", `alter table base.project disable row level security`, "must be owner"},
		{"how tables are shown", `call base.expose('Project', 'project', rule => 'true')`, "permission denied"},
	} {
		if _, err := editor.ExecContext(t.Context(), c.statement); err == nil || !strings.Contains(err.Error(), c.want) && constraintOf(err) != c.want {
			t.Errorf("%s: %s: got %v, want %s", c.name, c.statement, err, c.want)
		}
	}
	// What he says about visibility and the projection of texts is not heard.
	run(t, editor, "begin; set local taawun.projection = off; insert into base.document (subject_kind, subject_id, url, published) values ('Project', 1, 'https://example.org/2', true); "+
		"update base.document set published = true where subject_id = 1; update base.translation set text = 'y' where id = 1; commit",
		"insert into base.agreement (id, code, kind, status, state, owner_id) values (100, 'NEW', 'TREATY', 'IDEA', 'PUBLISHED', 1)")
	if got := read(t, d.Owner(), "select (select count(*) from document where published) || ' ' || (select title ->> 'ar' from project where id = 1) || ' ' || (select state from agreement where code = 'NEW')"); got != "0 y DRAFT" {
		t.Errorf("documents that are published, the title and the state of a new record: %s", got)
	}
	for _, statement := range []string{"select * from base.project", "select * from staff.project", "insert into base.project (code, status) values ('X', 'PIPELINE')", "select fn.may('SEE', 'Project', 1)", "select fn.hidden()"} {
		refused(t, d.Public(), "permission denied", statement)
	}
}

// TestNoTemporaryTables looks at a database that was migrated itself: the right belongs to the database and is not copied with it.
func TestNoTemporaryTables(t *testing.T) {
	t.Parallel()
	d := dbtest.Empty(t)
	if err := db.Migrate(t.Context(), d.Owner()); err != nil {
		t.Fatal(err)
	}
	// A table of that name would stand before the view of the same name.
	refused(t, signedIn(t, d, ""), "permission denied", "create temporary table project (id bigint)")
}
