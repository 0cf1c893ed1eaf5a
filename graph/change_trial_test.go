package graph

import (
	"fmt"
	"testing"
)

// TestTryingAChange tries changes: the payload tells what would become of them, and nothing is kept.
func TestTryingAChange(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	const whole = `{ id version status title(locale: "ar") { text } partners { id role } pendingChanges { nodes { state fields { field } } } }`
	const edit = `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project ` + whole + ` change { state fields { field after } }` + errorsAsked + `} }`
	read := func() map[string]any {
		t.Helper()
		return askAs(t, g, editor, `{ project(by: { id: "prj_1" }) `+whole+` }`)["project"].(map[string]any)
	}
	before := read()
	input := func(fields m, more m) m {
		in := m{"id": "prj_1", "version": before["version"], "project": fields}
		for name, value := range more {
			in[name] = value
		}
		return m{"input": in}
	}
	added := m{"partners": m{"save": []any{m{"organizationId": "org_5", "role": "EXTENDING"}}}, "status": "CLOSED", "title": texts("ar", "عنوان جديد")}
	tried := done(t, g, editor, edit, input(added, m{"validateOnly": true, "clientMutationId": "once"}))
	if got := fmt.Sprint(dig(tried, "project", "status"), " ", dig(tried, "project", "title", "text")); got != "CLOSED عنوان جديد" {
		t.Errorf("the record as it would be: %s", got)
	}
	if after := read(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("a trial was kept:\n%v\nnot\n%v", after, before)
	}
	refused := do(t, g, editor, edit, input(m{"partners": m{"save": []any{m{"organizationId": "org_5"}}}}, m{"validateOnly": true}))
	if got := problems(refused); got == "" {
		t.Error("a trial does not tell what is wrong: a partner without a role")
	}

	// What changes nothing leaves the record of the version that it has, and says so.
	same := done(t, g, editor, edit, input(m{"status": before["status"]}, nil))
	if after := read(); dig(same, "project", "version") != before["version"] || fmt.Sprint(after) != fmt.Sprint(before) || same["change"] != nil {
		t.Errorf("a change of nothing: %v\n%v\nnot\n%v", same, after, before)
	}

	// A trial leaves no receipt: under the same name the change is made.
	made := done(t, g, editor, edit, input(added, m{"clientMutationId": "once"}))
	if dig(made, "change", "state") != "DRAFT" {
		t.Fatalf("the change: %v", made)
	}
	waiting := read()
	before["version"] = waiting["version"]
	if waiting["status"] == "CLOSED" {
		t.Fatal("readers of the desk see what waits as if it were published")
	}
	// Without a field a trial shows what waits, new parts by the ids that they keep.
	shown := done(t, g, editor, edit, input(m{}, m{"validateOnly": true}))
	partners := dig(made, "project", "partners").([]any)
	if got, want := fmt.Sprint(dig(shown, "project", "status"), dig(shown, "project", "title"), dig(shown, "project", "partners")), fmt.Sprint("CLOSED", dig(made, "project", "title"), partners); got != want {
		t.Errorf("what waits: %s\nnot %s", got, want)
	}
	if after := read(); fmt.Sprint(after) != fmt.Sprint(waiting) {
		t.Errorf("looking at what waits has changed it:\n%v\nnot\n%v", after, waiting)
	}
	next := done(t, g, editor, edit, input(m{"partners": m{"save": []any{m{"id": dig(partners[len(partners)-1], "id"), "role": "FUNDING"}}}}, nil))
	if got := dig(next, "project", "partners").([]any); dig(got[len(got)-1], "role") != "FUNDING" || len(got) != len(partners) {
		t.Errorf("what was shown cannot be gone on with: %v", got)
	}
}
