package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// told is what a person is told of their work, the latest first.
func told(t testing.TB, g *Graph, v *Viewer) (lines []string, latest any) {
	t.Helper()
	out := askAs(t, g, v, `{ notices { kind at actorName comment status field isSeen task { locale task } change { state } record { __typename ... on Project { id } ... on Organization { id } ... on TranslationRequest { code } ... on ImportRun { name } } } }`)
	for _, n := range dig(out, "notices").([]any) {
		s := fmt.Sprint(dig(n, "kind"), " ", dig(n, "record", "__typename"))
		for _, name := range []string{"actorName", "comment", "status", "field"} {
			if x := dig(n, name); x != nil {
				s += fmt.Sprint(" ", name, "=", x)
			}
		}
		if task, ok := dig(n, "task").(map[string]any); ok {
			s += fmt.Sprint(" ", task["task"], " ", task["locale"])
		}
		if change, ok := dig(n, "change").(map[string]any); ok {
			s += fmt.Sprint(" change=", change["state"])
		}
		if dig(n, "isSeen") == true {
			s += " (seen)"
		}
		if latest == nil {
			latest = dig(n, "at")
		}
		lines = append(lines, s)
	}
	return lines, latest
}

// expectTold compares what a person is told.
func expectTold(t testing.TB, g *Graph, v *Viewer, want ...string) {
	t.Helper()
	if got, _ := told(t, g, v); !slices.Equal(got, want) {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestNoticesOfRecords tells who handed something in, or entered it, what others did to it, and nobody of what they did themselves.
func TestNoticesOfRecords(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, other, approver, partner := account(t, d, "editor", "EDITOR"), account(t, d, "other", "EDITOR"), account(t, d, "approver", "APPROVER"), account(t, d, "partner", "PARTNER")
	made := done(t, g, editor, `mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } `+errorsAsked+` } }`,
		m{"input": m{"organization": m{"name": texts("ar", "جهة"), "kind": "MINISTRY"}}})
	id := dig(made, "organization", "id")
	version := func(id any) int {
		t.Helper()
		out := askAs(t, g, approver, fmt.Sprintf(`{ node(id: %q) { ... on Organization { version } ... on Project { version } } }`, id))
		return int(dig(out, "node", "version").(float64))
	}
	act := func(v *Viewer, root string, id any, comment string) {
		t.Helper()
		done(t, g, v, step(root), m{"input": m{"id": id, "version": version(id), "comment": comment}})
	}
	edit := func(v *Viewer, acronym string) {
		t.Helper()
		done(t, g, v, `mutation($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { organization { id } `+errorsAsked+` } }`,
			m{"input": m{"id": id, "version": version(id), "organization": m{"acronym": acronym}}})
	}
	edit(editor, "A")
	expectTold(t, g, editor)
	edit(other, "B")
	expectTold(t, g, editor, "EDITED Organization actorName=other")
	expectTold(t, g, other)
	act(editor, "submitRecord", id, "please")
	act(approver, "returnRecord", id, "which one?")
	expectTold(t, g, editor, "RETURNED Organization actorName=approver comment=which one?", "EDITED Organization actorName=other")
	// What the approver took back has not happened.
	act(approver, "submitRecord", id, "please")
	expectTold(t, g, editor, "EDITED Organization actorName=other")
	act(editor, "withdrawRecord", id, "")
	act(editor, "submitRecord", id, "")
	act(approver, "publishRecord", id, "")
	// Who owned the draft has it no more; what came of it remains.
	expectTold(t, g, editor, "PUBLISHED Organization actorName=approver")

	// A change of a published record, by a partner; somebody else goes on writing it, withdraws it, and drops it.
	change := func(v *Viewer, spend int) {
		t.Helper()
		done(t, g, v, `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } `+errorsAsked+` } }`,
			m{"input": m{"id": "prj_1", "version": version("prj_1"), "project": m{"capitalSpend": spend}}})
	}
	change(partner, 7)
	change(editor, 8)
	expectTold(t, g, partner, "EDITED Project actorName=editor change=DRAFT")
	act(partner, "submitRecord", "prj_1", "")
	act(editor, "withdrawRecord", "prj_1", "")
	expectTold(t, g, partner, "WITHDRAWN Project actorName=editor change=DRAFT", "EDITED Project actorName=editor change=DRAFT")
	act(partner, "submitRecord", "prj_1", "")
	act(editor, "dropChange", "prj_1", "twice")
	lines, latest := told(t, g, partner)
	if want := "DROPPED Project actorName=editor comment=twice change=DROPPED"; len(lines) == 0 || lines[0] != want {
		t.Errorf("%v, want %s first", lines, want)
	}

	// Seen is what was looked at, and not what comes after; each person for themselves.
	const see = `mutation($input: SeeNoticesInput!) { seeNotices(input: $input) { account { id } ` + errorsAsked + ` } }`
	done(t, g, partner, see, m{"input": m{"upTo": latest}})
	expectTold(t, g, partner, "DROPPED Project actorName=editor comment=twice change=DROPPED (seen)", "WITHDRAWN Project actorName=editor change=DROPPED (seen)")
	done(t, g, partner, see, m{"input": m{"upTo": "2020-01-01T00:00:00Z"}})
	expectTold(t, g, partner, "DROPPED Project actorName=editor comment=twice change=DROPPED (seen)", "WITHDRAWN Project actorName=editor change=DROPPED (seen)")
	done(t, g, partner, see, m{"input": m{"upTo": "2999-01-01T00:00:00Z"}})
	change(partner, 9)
	change(editor, 10)
	if lines, _ := told(t, g, partner); len(lines) == 0 || lines[0] != "EDITED Project actorName=editor change=DRAFT" {
		t.Errorf("what came after was seen before: %v", lines)
	}
	expectTold(t, g, editor, "PUBLISHED Organization actorName=approver")
	if r := call(t.Context(), g, `{ notices { kind } }`, nil); len(r.Errors) != 1 {
		t.Errorf("nobody was told %s", r.Data)
	}
	// A month later it is no news.
	forget(t, d)
	expectTold(t, g, editor)
}

// forget makes all that has happened so far 31 days older.
func forget(t testing.TB, d *dbtest.DB) {
	t.Helper()
	if _, err := d.Owner().ExecContext(t.Context(), `alter table revision disable trigger sealed; update revision set at = at - interval '31 days'; alter table revision enable trigger sealed`); err != nil {
		t.Fatal(err)
	}
}

// TestNoticesOfTranslations tells translators of what came back, those who ask and those who translate of the steps of requests, and administrators of imports.
func TestNoticesOfTranslations(t *testing.T) {
	t.Parallel()
	d := written(t)
	if _, err := d.Owner().ExecContext(t.Context(), `insert into project (id, code, status, state) values (500, 'P500', 'PIPELINE', 'PUBLISHED');
		insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 500, 'title', 'en', 'Water', 'ORIGINAL');
		insert into import_log (kind, name, ended_at, outcome) values ('UNITS', 'units.csv', now(), 'DONE'), ('UNITS', 'at work', null, null), ('UNITS', 'long ago', now() - interval '31 days', 'DONE')`); err != nil {
		t.Fatal(err)
	}
	g := staffed(t, d, 2)
	editor, tara, rima, admin := account(t, d, "editor", "EDITOR"), account(t, d, "tara", "TRANSLATOR"), account(t, d, "rima", "REVIEWER"), account(t, d, "admin", "ADMINISTRATOR")
	expectTold(t, g, admin, "IMPORT ImportRun")
	expectTold(t, g, editor)
	text := func(v *Viewer, root string, input m) any {
		t.Helper()
		return dig(done(t, g, v, translate(root), m{"input": input}), "translation", "id")
	}
	id := text(tara, "writeTranslation", m{"subjectId": "prj_1f4", "field": "title", "locale": "ar", "text": "ماء"})
	text(rima, "returnTranslation", m{"id": id, "version": 1, "comment": "which water?"})
	expectTold(t, g, tara, "TRANSLATION_RETURNED Project actorName=rima comment=which water? field=title RETURNED ar")
	text(rima, "takeBackTranslation", m{"id": id, "version": 2})
	expectTold(t, g, tara)
	text(rima, "returnTranslation", m{"id": id, "version": 3, "comment": "which water?"})
	text(tara, "writeTranslation", m{"subjectId": "prj_1f4", "field": "title", "locale": "ar", "text": "مياه", "version": 4})
	expectTold(t, g, tara)
	expectTold(t, g, rima)

	const asked = `{ translationRequest { id version } ` + errorsAsked + `}`
	out := done(t, g, editor, `mutation($input: CreateTranslationRequestInput!) { createTranslationRequest(input: $input) `+asked+` }`,
		m{"input": m{"translationRequest": m{"title": texts("ar", "مذكرة"), "sourceLocale": "en", "locale": "ar"}}})
	request, version := dig(out, "translationRequest", "id"), 0
	move := func(v *Viewer, root, inputType string, more m) {
		t.Helper()
		version++
		input := m{"id": request, "version": version}
		for k, x := range more {
			input[k] = x
		}
		done(t, g, v, `mutation($input: `+inputType+`!) { `+root+`(input: $input) `+asked+` }`, m{"input": input})
	}
	assign := m{"to": "ASSIGNED", "assigneeId": fmt.Sprintf("acc_%x", tara.Account), "comment": "by Sunday"}
	move(rima, "moveTranslationRequest", "MoveTranslationRequestInput", assign)
	expectTold(t, g, tara, "REQUEST TranslationRequest actorName=rima comment=by Sunday status=ASSIGNED")
	move(rima, "takeBackTranslationRequest", "RecordInput", nil)
	expectTold(t, g, tara)
	move(rima, "moveTranslationRequest", "MoveTranslationRequestInput", assign)
	for _, to := range []string{"IN_TRANSLATION", "REVISION"} {
		move(tara, "moveTranslationRequest", "MoveTranslationRequestInput", m{"to": to})
	}
	expectTold(t, g, editor)
	move(rima, "moveTranslationRequest", "MoveTranslationRequestInput", m{"to": "RETURNED", "comment": "page 2"})
	expectTold(t, g, tara, "REQUEST TranslationRequest actorName=rima comment=page 2 status=RETURNED", "REQUEST TranslationRequest actorName=rima comment=by Sunday status=ASSIGNED")
	move(rima, "moveTranslationRequest", "MoveTranslationRequestInput", m{"to": "CANCELLED"})
	expectTold(t, g, editor, "REQUEST TranslationRequest actorName=rima status=CANCELLED")
}
