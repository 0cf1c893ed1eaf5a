package graph

import (
	"fmt"
	"strings"
	"testing"
)

// TestTakingBackTranslations: whoever acted on a translation takes that back, and it stands as it stood; nobody else does, nor later, nor after others.
func TestTakingBackTranslations(t *testing.T) {
	t.Parallel()
	d := written(t)
	if _, err := d.Owner().ExecContext(t.Context(), `insert into project (id, code, status, state) values (500, 'P500', 'PIPELINE', 'PUBLISHED');
		insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 500, 'title', 'en', 'Water', 'ORIGINAL')`); err != nil {
		t.Fatal(err)
	}
	g := staffed(t, d, 2)
	tara, tim, rima, karim := account(t, d, "tara", "TRANSLATOR"), account(t, d, "tim", "TRANSLATOR"), account(t, d, "rima", "REVIEWER"), account(t, d, "karim", "CERTIFIER")
	version := 0
	var id any
	state := func(out map[string]any) string {
		t.Helper()
		if p := problems(out); p != "" {
			return p
		}
		x, ok := out["translation"].(map[string]any)
		if !ok {
			return "none"
		}
		id, version = x["id"], int(x["version"].(float64))
		s := fmt.Sprintf("%v %v %v %v %v", x["text"], x["status"], x["translator"], x["reviewer"], x["certifier"])
		if p, ok := x["proposal"].(map[string]any); ok {
			s += fmt.Sprintf(" | %v %v", p["text"], p["translator"])
		}
		if x["comment"] != nil {
			s += fmt.Sprintf(" (%v)", x["comment"])
		}
		return s
	}
	write := func(v *Viewer, text string) string {
		t.Helper()
		return state(do(t, g, v, translate("writeTranslation"), m{"input": m{"subjectId": "prj_1f4", "field": "title", "locale": "ar", "text": text, "version": version}}))
	}
	take := func(v *Viewer, root string) string {
		t.Helper()
		return state(do(t, g, v, translate(root), m{"input": m{"id": id, "version": version, "comment": map[bool]any{true: "no"}[root == "returnTranslation"]}}))
	}
	const back, late = "takeBackTranslation", "input.id STATE: this can no longer be taken back: only the last step, by whoever took it, within the hour"
	for i, s := range []struct{ got, want string }{
		{write(tara, "ماء"), "ماء DRAFT tara <nil> <nil>"},
		{take(tim, back), late},
		{take(tara, back), "none"},
	} {
		if s.got != s.want {
			t.Fatalf("step %d: %s, want %s", i, s.got, s.want)
		}
	}
	version = 0
	for i, s := range []struct{ got, want string }{
		{write(tara, "ماء"), "ماء DRAFT tara <nil> <nil>"},
		{take(rima, "returnTranslation"), "ماء DRAFT tara <nil> <nil> (no)"},
		{take(tara, back), late},
		// Who translated and what was said come back with the text.
		{write(tim, "مياه"), "مياه DRAFT tim <nil> <nil>"},
		{take(tim, back), "ماء DRAFT tara <nil> <nil> (no)"},
		{take(tim, back), late},
		{take(rima, back), late},
		{take(rima, "reviewTranslation"), "ماء REVIEWED tara rima <nil>"},
		{take(rima, back), "ماء DRAFT tara <nil> <nil> (no)"},
		{take(rima, "reviewTranslation"), "ماء REVIEWED tara rima <nil>"},
		{take(karim, "certifyTranslation"), "ماء CERTIFIED tara rima karim"},
		{take(rima, back), late},
		{take(karim, back), "ماء REVIEWED tara rima <nil>"},
		{write(tim, "مياه"), "ماء REVIEWED tara rima <nil> | مياه tim"},
		{take(tim, back), "ماء REVIEWED tara rima <nil>"},
		{write(tim, "مياه"), "ماء REVIEWED tara rima <nil> | مياه tim"},
		{take(tim, "removeTranslation"), "ماء REVIEWED tara rima <nil>"},
		{take(rima, back), late},
		{take(tim, back), "ماء REVIEWED tara rima <nil> | مياه tim"},
		{take(rima, "reviewTranslation"), "مياه REVIEWED tim rima <nil>"},
		{take(rima, back), "ماء REVIEWED tara rima <nil> | مياه tim"},
		{take(rima, "returnTranslation"), "ماء REVIEWED tara rima <nil> | مياه tim (no)"},
		{take(rima, back), "ماء REVIEWED tara rima <nil> | مياه tim"},
	} {
		if s.got != s.want {
			t.Errorf("step %d: %s, want %s", i, s.got, s.want)
		}
	}
	version--
	if got := take(rima, back); !strings.HasPrefix(got, "input.version CONFLICT") {
		t.Errorf("with an old version: %s", got)
	}
	version++
	// Readers see again what they saw before, and the history has the act and that it was taken back.
	title := ask(t, g, `{ project(by: {id: "prj_1f4"}) { title(locale: "ar") { text status } } }`, nil)
	if got := fmt.Sprint(dig(title, "project", "title")); got != "map[status:REVIEWED text:ماء]" {
		t.Errorf("the public reads %s", got)
	}
	var acts string
	if err := d.Owner().QueryRowContext(t.Context(), "select string_agg(operation, ' ' order by id desc) from (select id, operation from revision order by id desc limit 2) r").Scan(&acts); err != nil || acts != "takeBackTranslation returnTranslation" {
		t.Errorf("the history has %s, %v", acts, err)
	}
	// An hour later it stays.
	take(rima, "returnTranslation")
	if _, err := d.Owner().ExecContext(t.Context(), `alter table revision disable trigger sealed; update revision set at = at - interval '61 minutes' where id = (select max(id) from revision);
		alter table revision enable trigger sealed`); err != nil {
		t.Fatal(err)
	}
	if got := take(rima, back); got != late {
		t.Errorf("after an hour: %s", got)
	}
}

// TestTakingBackSteps takes the step of a request back, from its end too.
func TestTakingBackSteps(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, tara, rima := account(t, d, "editor", "EDITOR"), account(t, d, "tara", "TRANSLATOR"), account(t, d, "rima", "REVIEWER")
	const asked = `{ translationRequest { id status version assigneeName events { status actorName comment takesBack } }` + errorsAsked + `}`
	out := done(t, g, editor, `mutation($input: CreateTranslationRequestInput!) { createTranslationRequest(input: $input) `+asked+` }`,
		m{"input": m{"translationRequest": m{"title": texts("ar", "مذكرة"), "sourceLocale": "en", "locale": "ar"}}})
	id, version := dig(out, "translationRequest", "id"), 1
	act := func(v *Viewer, root, inputType string, more m) string {
		t.Helper()
		input := m{"id": id, "version": version}
		for k, x := range more {
			input[k] = x
		}
		out = do(t, g, v, `mutation($input: `+inputType+`!) { `+root+`(input: $input) `+asked+` }`, m{"input": input})
		if p := problems(out); p != "" {
			return p
		}
		version = int(dig(out, "translationRequest", "version").(float64))
		return fmt.Sprint(dig(out, "translationRequest", "status"), " ", dig(out, "translationRequest", "assigneeName"))
	}
	move := func(v *Viewer, more m) string {
		t.Helper()
		return act(v, "moveTranslationRequest", "MoveTranslationRequestInput", more)
	}
	back := func(v *Viewer) string { t.Helper(); return act(v, "takeBackTranslationRequest", "RecordInput", nil) }
	const late = "input.id STATE: this can no longer be taken back: only the last step, by whoever took it, within the hour"
	for i, s := range []struct{ got, want string }{
		{back(editor), late}, // that it was entered is no step
		{move(rima, m{"to": "ASSIGNED", "assigneeId": fmt.Sprintf("acc_%x", tara.Account)}), "ASSIGNED tara"},
		{back(tara), late},
		{back(rima), "REQUESTED <nil>"},
		{back(rima), late},
		{move(tara, m{"to": "ASSIGNED", "assigneeId": fmt.Sprintf("acc_%x", tara.Account)}), "ASSIGNED tara"},
		{move(editor, m{"to": "CANCELLED", "comment": "not needed"}), "CANCELLED tara"},
		{back(editor), "ASSIGNED tara"},
		// What was said when it was returned does not hinder taking back what came after.
		{move(tara, m{"to": "IN_TRANSLATION"}), "IN_TRANSLATION tara"},
		{move(tara, m{"to": "REVISION"}), "REVISION tara"},
		{move(rima, m{"to": "RETURNED", "comment": "page 2"}), "RETURNED tara"},
		{move(tara, m{"to": "IN_TRANSLATION"}), "IN_TRANSLATION tara"},
		{back(tara), "RETURNED tara"},
	} {
		if s.got != s.want {
			t.Errorf("step %d: %s, want %s", i, s.got, s.want)
		}
	}
	events := dig(out, "translationRequest", "events").([]any)
	if got := fmt.Sprint(events[len(events)-1]); got != "map[actorName:tara comment:<nil> status:RETURNED takesBack:true]" {
		t.Errorf("the last step is told as %s", got)
	}
	if got := fmt.Sprint(events[len(events)-2]); !strings.Contains(got, "takesBack:false") {
		t.Errorf("a step that takes nothing back is told as %s", got)
	}
	// Nobody jumps over steps because another one was taken back.
	if got := move(tara, m{"to": "CERTIFIED"}); got != "input.to STATE: a request that is RETURNED cannot become CERTIFIED" {
		t.Error(got)
	}
}

// TestResumingAChange takes the change of a published record up again that was dropped.
func TestResumingAChange(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, analyst, partner := account(t, d, "editor", "EDITOR"), account(t, d, "analyst", "ANALYST"), account(t, d, "partner", "PARTNER") // of JICA
	version := int(dig(ask(t, g, `{ node(id: "prj_1") { ... on Project { version } } }`, nil), "node", "version").(float64))
	edit := func(v *Viewer, spend int) any {
		t.Helper()
		out := done(t, g, v, `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { change { id state } `+errorsAsked+`} }`,
			m{"input": m{"id": "prj_1", "version": version, "project": m{"capitalSpend": spend}}})
		version++
		return dig(out, "change", "id")
	}
	act := func(v *Viewer, root string) string {
		t.Helper()
		out := do(t, g, v, step(root), m{"input": m{"id": "prj_1", "version": version}})
		if p := problems(out); p != "" {
			return p
		}
		version++
		return fmt.Sprint(dig(out, "change", "id"), " ", dig(out, "change", "state"))
	}
	first := fmt.Sprint(edit(editor, 7))
	for i, s := range []struct{ got, want string }{
		{act(editor, "resumeChange"), "input.id STATE: another change of the record waits"},
		{act(editor, "dropChange"), first + " DROPPED"},
		{act(partner, "resumeChange"), "input.id FORBIDDEN: this is not for you to do"}, // it is not his
		{act(editor, "resumeChange"), first + " DRAFT"},
		{act(editor, "submitRecord"), first + " SUBMITTED"},
		{act(editor, "dropChange"), first + " DROPPED"},
	} {
		if s.got != s.want {
			t.Errorf("step %d: %s, want %s", i, s.got, s.want)
		}
	}
	if r := call(WithViewer(t.Context(), analyst), g, step("resumeChange"), decoded(t, m{"input": m{"id": "prj_1", "version": version}})); len(r.Errors) != 1 {
		t.Errorf("an analyst took it up again: %s", r.Data)
	}
	// What was given up before another change came is not the last one.
	second := fmt.Sprint(edit(partner, 8))
	for i, s := range []struct{ got, want string }{
		{act(partner, "dropChange"), second + " DROPPED"},
		{act(partner, "resumeChange"), second + " DRAFT"},
	} {
		if s.got != s.want {
			t.Errorf("step %d of the second: %s, want %s", i, s.got, s.want)
		}
	}
}
