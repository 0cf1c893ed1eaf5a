package graph

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestAsOf: an operation with @asOf reads the records as they stood, through the rights of today; the next one reads today's.
func TestAsOf(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 1)
	analyst := account(t, d, "analyst", "ANALYST")
	var moment string
	if err := d.Owner().QueryRowContext(t.Context(), `select to_json(clock_timestamp())#>>'{}'`).Scan(&moment); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`update project set status = 'SUSPENDED' where id = 4`,
		`insert into project (id, code, state, status, kind) values (100, 'NEW', 'PUBLISHED', 'PIPELINE', 'PROJECT')`,
		`delete from project_partner where id = 9`,
		`update project set confidential = true where id = 4`,
		`update project set confidential = false where id = 4`,
	} {
		if _, err := d.Owner().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	const body = `{ old: project(by: {code: "SECRET-PRJ"}) { status partners { position } } new: project(by: {code: "NEW"}) { code } }`
	read := func(query string, variables map[string]any) string {
		t.Helper()
		r := call(WithViewer(t.Context(), analyst), g, query, variables)
		if len(r.Errors) > 0 {
			t.Fatal(query, r.Errors)
		}
		return string(r.Data)
	}
	const then = `{"old":{"status" : "IMPLEMENTATION", "partners" : [{"position" : 1}]},"new":null}`
	const now = `{"old":{"status" : "SUSPENDED", "partners" : []},"new":{"code" : "NEW"}}`
	for range 2 {
		for query, variables := range map[string]map[string]any{
			`query @asOf(at: "` + moment + `") ` + body:                       nil,
			`query($at: DateTime!) @asOf(at: $at) ` + body:                    {"at": moment},
			`query($at: DateTime! = "` + moment + `") @asOf(at: $at) ` + body: nil,
		} {
			if got := read(query, variables); got != then {
				t.Errorf("%s: got %s", query, got)
			}
		}
		if got := read(body, nil); got != now {
			t.Errorf("today: got %s", got)
		}
	}
	if got := read(`query($at: DateTime!) @asOf(at: $at) { old: project(by: {code: "SECRET-PRJ"}) { status } }`, map[string]any{"at": "2000-01-01T00:00:00+03:00"}); got != `{"old":null}` {
		t.Errorf("before everything: %s", got)
	}
	if r := call(WithViewer(t.Context(), analyst), g, `query @asOf(at: "yesterday") { project(by: {code: "NEW"}) { code } }`, nil); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeBadUserInput {
		t.Errorf("a moment that is none: %s %v", r.Data, r.Errors)
	}
	// The history of a record and the revisions are those known at the moment, too.
	const told = `{ project(by: {code: "SECRET-PRJ"}) { history(first: 50) { totalCount nodes { field revision { id } } } } fieldChanges(first: 1) { totalCount } revisions(first: 1) { totalCount } new: fieldChanges(first: 1, where: {kind: {eq: "ProjectPartner"}}) { totalCount } }`
	count := func(query string) []float64 {
		t.Helper()
		got := map[string]any{}
		if err := json.Unmarshal([]byte(read(query, nil)), &got); err != nil {
			t.Fatal(err)
		}
		var out []float64
		for _, path := range [][]any{{"project", "history", "totalCount"}, {"fieldChanges", "totalCount"}, {"revisions", "totalCount"}, {"new", "totalCount"}} {
			n, _ := dig(got, path...).(float64)
			out = append(out, n)
		}
		return out
	}
	before, after := count(`query @asOf(at: "`+moment+`") `+told), count(told)
	for i := range before {
		if before[i] >= after[i] {
			t.Errorf("history then and now (of the record, changes, revisions, partners): %v, %v", before, after)
			break
		}
	}
	for v, want := range map[*Viewer]Code{nil: CodeUnauthenticated, account(t, d, "person"): CodeForbidden} {
		if r := call(WithViewer(t.Context(), v), g, `query @asOf(at: "`+moment+`") `+`{ project(by: {code: "NEW"}) { code } }`, nil); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != want {
			t.Errorf("%v: %s %v", v, r.Data, r.Errors)
		}
	}
}

// TestHistoryIsForTheStaff: what changed is told to those who may see the record and its history, and to nobody else; the feed to all.
func TestHistoryIsForTheStaff(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 1)
	analyst := account(t, d, "analyst", "ANALYST")
	const start = `select coalesce((select id from change_event order by id desc limit 1), 0)::text`
	var after string
	if err := d.Owner().QueryRowContext(t.Context(), start).Scan(&after); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Owner().ExecContext(t.Context(), `update project set status = 'SUSPENDED' where id in (1, 4)`); err != nil {
		t.Fatal(err)
	}
	const history = `{ project(by: {code: "SECRET-PRJ"}) { history(first: 1) { nodes { kind recordId field action before after revision { operation position } root { ... on Project { code } } } } } }`
	got := askAs(t, g, analyst, history)
	change := dig(got, "project", "history", "nodes", 0)
	if dig(change, "field") != "status" || dig(change, "before") != "IMPLEMENTATION" || dig(change, "after") != "SUSPENDED" || dig(change, "recordId") != "prj_4" ||
		dig(change, "root", "code") != "SECRET-PRJ" || dig(change, "revision", "position") == nil {
		t.Errorf("the history says %v", got)
	}
	refused(t, g, CodeUnauthenticated, history, nil)
	feed := `{ changes(after: "` + after + `", kinds: ["Project"]) { kind action fields subject { ... on Project { code } } revision { id } } }`
	for v, want := range map[*Viewer]string{
		nil:     `map[changes:[map[action:CHANGED fields:[status] kind:Project revision:<nil> subject:map[code:PRJ-1]]]]`,
		analyst: `2`,
	} {
		got := askAs(t, g, v, feed)
		if v != nil {
			list, _ := dig(got, "changes").([]any)
			if fmt.Sprint(len(list)) != want || dig(list, 0, "revision", "id") == nil {
				t.Errorf("the analyst is told %v", got)
			}
		} else if fmt.Sprint(got) != want {
			t.Errorf("the public is told %v", got)
		}
	}
	if message := refused(t, g, CodeBadUserInput, `{ changes(after: "x") { kind } }`, nil); message == "" {
		t.Error("no message")
	}
	of := func(id string) string {
		return `{ changes(after: "` + after + `", subject: "` + id + `") { action subject { ... on Project { code } ... on Organization { code } } } }`
	}
	for _, c := range []struct {
		viewer   *Viewer
		id, want string
	}{
		{nil, "prj_1", `map[changes:[map[action:CHANGED subject:map[code:PRJ-1]]]]`},
		{nil, "prj_4", `map[changes:[]]`},
		{analyst, "prj_4", `map[changes:[map[action:CHANGED subject:map[code:SECRET-PRJ]]]]`},
		{nil, "org_1", `map[changes:[]]`},
	} {
		if got := fmt.Sprint(askAs(t, g, c.viewer, of(c.id))); got != c.want {
			t.Errorf("of %s is told %s, want %s", c.id, got, c.want)
		}
	}
	refused(t, g, CodeBadUserInput, of("planet_1"), nil)
}
