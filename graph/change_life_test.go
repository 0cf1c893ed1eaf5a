package graph

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestLifeOfARecord takes a project from draft to publication and back.
func TestLifeOfARecord(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver, analyst := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER"), account(t, d, "analyst", "ANALYST")
	whole := m{"title": texts("ar", "مشروع"), "description": texts("ar", "وصف"), "status": "IMPLEMENTATION", "plannedStart": "2026-01-01", "plannedEnd": "2027-01-01",
		"reportingOrganizationId": "org_1", "partners": m{"save": []any{m{"organizationId": "org_1", "role": "FUNDING"}}}, "sectors": m{"save": []any{m{"sectorId": "cod_b", "percentage": 100}}},
		"locations": m{"save": []any{m{"unitId": "unt_4"}}}}
	id := dig(done(t, g, editor, createProject, m{"input": m{"project": whole}}), "project", "id")
	version := 1
	// take asks for a step and says what became of it: a state, or the codes of what is wrong.
	take := func(v *Viewer, root, comment string) string {
		t.Helper()
		out := do(t, g, v, step(root), m{"input": m{"id": id, "version": version, "comment": comment}})
		if p := problems(out); p != "" {
			return p
		}
		version++
		if got := fmt.Sprint(dig(out, "record", "version")); got != fmt.Sprint(version) {
			t.Errorf("%s: version %s, want %d", root, got, version)
		}
		return fmt.Sprintf("%v %v", dig(out, "record", "state"), dig(out, "record", "stateComment"))
	}
	for _, s := range []struct {
		viewer              *Viewer
		root, comment, want string
	}{
		{editor, "withdrawRecord", "", "input.id STATE: only what has been handed in is withdrawn"},
		{editor, "submitRecord", "please look at the budget", "SUBMITTED please look at the budget"},
		{editor, "withdrawRecord", "", "DRAFT please look at the budget"},
		{editor, "submitRecord", "", "SUBMITTED <nil>"},
		{approver, "returnRecord", "  ", "input.comment REQUIRED: say why it is sent back"},
		{approver, "returnRecord", "no end date", "RETURNED no end date"},
		{approver, "publishRecord", "", "input.id STATE: only a draft, or what has been handed in, is published"},
		{editor, "submitRecord", "", "SUBMITTED <nil>"},
		{editor, "dropChange", "", "input.id STATE: there is no waiting change to be given up"},
		{approver, "publishRecord", "", "PUBLISHED <nil>"},
		{approver, "publishRecord", "", "input.id STATE: the record is published and no change of it waits"},
		{approver, "restoreRecord", "", "input.id STATE: only an archived record is restored"},
		{approver, "archiveRecord", "entered twice", "ARCHIVED entered twice"},
		{approver, "archiveRecord", "", "input.id STATE: the record has been archived already"},
		{approver, "restoreRecord", "", "DRAFT entered twice"},
	} {
		if got := take(s.viewer, s.root, s.comment); got != s.want {
			t.Errorf("%s: got %s, want %s", s.root, got, s.want)
		}
		published := strings.HasPrefix(s.want, "PUBLISHED") || strings.Contains(s.want, "is published and") || strings.Contains(s.want, "only an archived")
		if got := dig(ask(t, g, `query($id: ID!) { node(id: $id) { id ... on Project { partners { id } } } }`, m{"id": id}), "node"); (got != nil) != published {
			t.Errorf("%s: the public sees %v", s.root, got)
		}
	}
	edit := m{"input": m{"id": id, "version": version, "project": m{"status": "CLOSED"}}}
	if got := take(editor, "submitRecord", ""); got != "SUBMITTED <nil>" {
		t.Fatal(got)
	}
	if got := problems(do(t, g, editor, updateProject, edit)); !strings.HasPrefix(got, "input.version CONFLICT") {
		t.Error(got)
	}
	dig(edit, "input").(m)["version"] = version
	if got := problems(do(t, g, editor, updateProject, edit)); !strings.HasPrefix(got, "input.id STATE") {
		t.Errorf("an editor changed what had been handed in: %s", got)
	}
	if got := problems(do(t, g, approver, updateProject, edit)); got != "" {
		t.Error(got)
	}
	for _, root := range []string{"publishRecord", "returnRecord", "archiveRecord"} {
		r := call(WithViewer(t.Context(), editor), g, step(root), decoded(t, m{"input": m{"id": id, "version": version + 1, "comment": "x"}}))
		if len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeForbidden {
			t.Errorf("%s by an editor: %v %s", root, r.Errors, r.Data)
		}
	}
	if r := call(WithViewer(t.Context(), analyst), g, updateProject, decoded(t, edit)); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeForbidden {
		t.Errorf("an analyst changed a project: %v %s", r.Errors, r.Data)
	}
	if r := call(t.Context(), g, updateProject, decoded(t, edit)); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeUnauthenticated {
		t.Errorf("nobody changed a project: %v %s", r.Errors, r.Data)
	}
	both := *editor
	both.Roles = []string{"EDITOR", "APPROVER"} // as a server that is wrong about somebody would have it: PostgreSQL is not
	if got := problems(do(t, g, &both, step("publishRecord"), m{"input": m{"id": id, "version": version + 1}})); got != "input.id FORBIDDEN: this is not for you to do" {
		t.Errorf("an editor published: %s", got)
	}
}

// TestArchivedAsksNothing: what is due under an agreement leaves the agenda when it is archived, and comes back with it.
func TestArchivedAsksNothing(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER")
	day := func(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }
	done(t, g, editor, `mutation($input: CreateObligationFollowUpInput!) { createObligationFollowUp(input: $input) { obligationFollowUp { id } `+errorsAsked+` } }`,
		m{"input": m{"obligationFollowUp": m{"obligationId": "obl_1", "occurredOn": day(-2), "action": texts("en", "Called"), "nextStep": texts("en", "Call again"), "nextOn": day(3)}}})
	due := func() bool {
		out := call(WithViewer(t.Context(), editor), g, `{ agenda(first: 100) { kind agreement { code } } }`, nil)
		return strings.Contains(string(out.Data), `"AGR-1"`)
	}
	move := func(root string) {
		t.Helper()
		version := dig(do(t, g, editor, `{ node(id: "agr_1") { ... on Agreement { version } } }`, nil), "version")
		done(t, g, approver, step(root), m{"input": m{"id": "agr_1", "version": version, "comment": "entered twice"}})
	}
	if !due() {
		t.Fatal("nothing is due under the agreement")
	}
	move("archiveRecord")
	if due() {
		t.Error("what is due under an archived agreement stands on the agenda")
	}
	move("restoreRecord")
	if !due() {
		t.Error("what is due under an agreement that was brought back is not on the agenda")
	}
}

// TestWaitingChange edits a published record: readers see nothing of it until it is published.
func TestWaitingChange(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver, partner := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER"), account(t, d, "partner", "PARTNER") // of JICA
	const whole = `{ id version status title(locale: "ar") { text } capitalSpend partners { id role organization { id } share } locations { nodes { unit { id } } } pendingChanges { nodes { state } } }`
	const edit = `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project ` + whole + ` change { id state authorName subjectKind subject { ... on Project { id } }
		fields { kind recordId action field before after } }` + errorsAsked + `} }`
	const read = `{ node(id: "prj_1") { ... on Project ` + "{ id version status title(locale: \"ar\") { text } partners { id role } updatedAt } } }"
	before := ask(t, g, read, nil)
	version := int(dig(before, "node", "version").(float64))
	first := done(t, g, editor, edit, m{"input": m{"id": "prj_1", "version": version, "project": m{"status": "CLOSED", "title": texts("ar", "شبكة جديدة"), "capitalSpend": nil,
		"partners": m{"save": []any{m{"organizationId": "org_5", "role": "EXTENDING"}, m{"id": "ptn_3", "share": 5}}, "remove": []any{"ptn_4"}}}}})
	if got := fmt.Sprint(dig(first, "project", "status"), dig(first, "project", "title", "text"), dig(first, "project", "version"), dig(first, "change", "state"), dig(first, "change", "authorName"), dig(first, "change", "subject", "id")); got != fmt.Sprint("CLOSED", "شبكة جديدة", version+1, "DRAFT", "editor", "prj_1") {
		t.Errorf("the record as it will be: %s", got)
	}
	var shown []string
	for _, f := range dig(first, "change", "fields").([]any) {
		shown = append(shown, fmt.Sprint(dig(f, "kind"), " ", dig(f, "action"), " ", dig(f, "field"), " ", dig(f, "before"), " > ", dig(f, "after")))
	}
	for _, want := range []string{"Project UPDATE status IMPLEMENTATION > CLOSED", "Project UPDATE title.ar شبكة مياه حلب > شبكة جديدة", "ProjectPartner INSERT organizationId <nil> > org_5",
		"ProjectPartner UPDATE share <nil> > 5", "ProjectPartner DELETE role ACCOUNTABLE > <nil>", "Project UPDATE capitalSpend 12.5 > <nil>"} {
		if !strings.Contains(strings.Join(shown, "\n"), want) {
			t.Errorf("not shown: %s in\n%s", want, strings.Join(shown, "\n"))
		}
	}
	if after := ask(t, g, read, nil); fmt.Sprint(dig(after, "node", "title"), dig(after, "node", "partners"), dig(after, "node", "status")) != fmt.Sprint(dig(before, "node", "title"), dig(before, "node", "partners"), dig(before, "node", "status")) {
		t.Errorf("readers see %v, not %v", after, before)
	}
	version++
	added := dig(first, "project", "partners", len(dig(first, "project", "partners").([]any))-1, "id")
	// The new part has an id of which a later step, here one of a partner of the project, may speak.
	second := done(t, g, partner, edit, m{"input": m{"id": "prj_1", "version": version, "project": m{"partners": m{"save": []any{m{"id": added, "role": "FUNDING"}}}}}})
	if dig(second, "change", "id") != dig(first, "change", "id") || dig(second, "project", "status") != "CLOSED" {
		t.Errorf("the second step: %v", second)
	}
	version++
	act := func(v *Viewer, root, comment string) map[string]any {
		t.Helper()
		out := do(t, g, v, step(root), m{"input": m{"id": "prj_1", "version": version, "comment": comment}})
		if problems(out) == "" {
			version++
		}
		return out
	}
	if got := dig(act(editor, "submitRecord", "checked"), "change"); fmt.Sprint(dig(got, "state"), " ", dig(got, "comment")) != "SUBMITTED checked" {
		t.Errorf("%v", got)
	}
	if got := problems(do(t, g, editor, edit, m{"input": m{"id": "prj_1", "version": version, "project": m{"status": "CANCELLED"}}})); !strings.HasPrefix(got, "input.id STATE: the waiting change has been handed in") {
		t.Error(got)
	}
	if got := problems(act(partner, "dropChange", "")); !strings.HasPrefix(got, "input.id FORBIDDEN") {
		t.Errorf("somebody else's change was dropped: %s", got)
	}
	if got := dig(act(approver, "returnRecord", "why no share?"), "change"); fmt.Sprint(dig(got, "state"), " ", dig(got, "comment")) != "RETURNED why no share?" {
		t.Errorf("%v", got)
	}
	act(editor, "submitRecord", "")
	if got := problems(act(approver, "archiveRecord", "")); !strings.HasPrefix(got, "input.id STATE") {
		t.Errorf("archived with a change that waits: %s", got)
	}
	if got := dig(act(approver, "publishRecord", ""), "change", "state"); got != "PUBLISHED" {
		t.Fatalf("%v", got)
	}
	after := ask(t, g, read, nil)
	if dig(after, "node", "status") != "CLOSED" || dig(after, "node", "title", "text") != "شبكة جديدة" {
		t.Errorf("%v", after)
	}
	if list := dig(after, "node", "partners").([]any); dig(list[len(list)-1], "id") != added || dig(list[len(list)-1], "role") != "FUNDING" {
		t.Errorf("%v", list)
	}
	// A change is given up by its author.
	done(t, g, partner, edit, m{"input": m{"id": "prj_1", "version": version, "project": m{"capitalSpend": 7}}})
	version++
	if got := dig(act(partner, "dropChange", ""), "change", "state"); got != "DROPPED" {
		t.Errorf("%v", got)
	}
	// What can no longer be made when it is to be published is refused as a whole.
	if _, err := d.Owner().ExecContext(t.Context(), "insert into organization (id, code) values (900, 'ORG-GONE')"); err != nil {
		t.Fatal(err)
	}
	done(t, g, editor, edit, m{"input": m{"id": "prj_1", "version": version, "project": m{"reportingOrganizationId": "org_384"}}})
	version++
	if _, err := d.Owner().ExecContext(t.Context(), "delete from organization where id = 900"); err != nil {
		t.Fatal(err)
	}
	if got := problems(act(approver, "publishRecord", "")); !strings.Contains(got, "NOT_FOUND: the waiting change can no longer be made") {
		t.Error(got)
	}
	if got := dig(ask(t, g, read, nil), "node", "version"); int(got.(float64)) != version {
		t.Errorf("a refused publication counted: %v, want %d", got, version)
	}
}

// TestConfidential: what only its unit may see is not published, and nothing published is hidden by an edit.
func TestConfidential(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver, analyst := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER"), account(t, d, "analyst", "ANALYST")
	made := done(t, g, editor, `mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id confidential } `+errorsAsked+` } }`,
		m{"input": m{"organization": m{"name": texts("ar", "جهة"), "confidential": true}}})
	id := dig(made, "organization", "id")
	if dig(made, "organization", "confidential") != true {
		t.Errorf("%v", made)
	}
	if got := dig(askAs(t, g, analyst, fmt.Sprintf(`{ node(id: %q) { id } }`, id)), "node"); got != nil {
		t.Errorf("an analyst sees it: %v", got)
	}
	if got := problems(do(t, g, approver, step("publishRecord"), m{"input": m{"id": id, "version": 1}})); got != "input.id STATE: a confidential record is not published, nor is a published one confidential" {
		t.Error(got)
	}
	version := dig(ask(t, g, `{ node(id: "org_1") { ... on Organization { version } } }`, nil), "node", "version")
	if got := problems(do(t, g, editor, `mutation($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { change { id } `+errorsAsked+` } }`,
		m{"input": m{"id": "org_1", "version": version, "organization": m{"confidential": true}}})); !strings.HasPrefix(got, "input.organization.confidential STATE") {
		t.Error(got)
	}
}
