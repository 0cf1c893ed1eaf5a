package graph

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestEvaluationsAreFollowed enters an evaluation with all its parts, refuses what contradicts itself, publishes it, and finds its action in the agenda.
func TestEvaluationsAreFollowed(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER")
	late := time.Now().UTC().AddDate(0, 0, -9).Format(time.DateOnly)
	made := done(t, g, editor, `mutation($input: CreateEvaluationInput!) { createEvaluation(input: $input) { evaluation { id code version scores { id } recommendations { id actions { id } } } `+errorsAsked+` } }`,
		m{"input": m{"evaluation": m{"title": texts("ar", "تقييم منتصف المدة", "en", "Mid-term evaluation"), "kind": "MID_TERM", "agreementId": "agr_1", "ownerId": "min_1",
			"scores":   m{"save": []any{m{"criterion": "RELEVANCE", "score": 5}, m{"criterion": "IMPACT"}}},
			"findings": m{"save": []any{m{"text": texts("ar", "تحسّن الوصول إلى المياه"), "criterion": "EFFECTIVENESS"}}},
			"recommendations": m{"save": []any{m{"text": texts("ar", "خطة صيانة"), "priority": "HIGH", "addresseeId": "org_1",
				"actions": m{"save": []any{m{"text": texts("ar", "إرسال الخطة", "en", "Send the plan"), "dueOn": late, "responsibleId": "min_1"}}}}}}}}})
	if code := fmt.Sprint(dig(made, "evaluation", "code")); !strings.HasPrefix(code, "EVL-") {
		t.Errorf("code %s", code)
	}
	record, version := dig(made, "evaluation", "id"), dig(made, "evaluation", "version")
	first := func(part string) m { return dig(made, "evaluation", part).([]any)[0].(m) }
	score, advice := first("scores")["id"], first("recommendations")
	action := advice["actions"].([]any)[0].(m)["id"]
	const change = `mutation($input: UpdateEvaluationInput!) { updateEvaluation(input: $input) { evaluation { version } ` + errorsAsked + ` } }`
	update := func(what m) m { return m{"input": m{"id": record, "version": version, "evaluation": what}} }
	respond := func(what m) m {
		what["id"] = advice["id"]
		return update(m{"recommendations": m{"save": []any{what}}})
	}
	for name, c := range map[string]struct {
		input m
		want  string
	}{
		"of two subjects":           {update(m{"projectId": "prj_1"}), "evaluation.agreementId INVALID"},
		"beyond the scale":          {update(m{"scores": m{"save": []any{m{"id": score, "score": 7}}}}), "score INVALID"},
		"below the scale":           {update(m{"scale": 4}), "score INVALID"},
		"a scale of one":            {update(m{"scale": 1}), "evaluation.scale INVALID"},
		"one criterion twice":       {update(m{"scores": m{"save": []any{m{"criterion": "IMPACT", "score": 1}}}}), "DUPLICATE"},
		"rejected, but why":         {respond(m{"response": "PARTLY_ACCEPTED", "respondedOn": "2026-02-01", "respondedBy": "Director"}), "responseReason REQUIRED"},
		"accepted, but when":        {respond(m{"response": "ACCEPTED", "respondedBy": "Director"}), "respondedOn REQUIRED"},
		"accepted, but by whom":     {respond(m{"response": "ACCEPTED", "respondedOn": "2026-02-01"}), "respondedBy REQUIRED"},
		"rejected, but to be done":  {respond(m{"response": "REJECTED", "respondedOn": "2026-02-01", "respondedBy": "Director", "responseReason": texts("ar", "لا")}), "actions INVALID"},
		"done, but when":            {respond(m{"actions": m{"save": []any{m{"id": action, "outcome": "DONE"}}}}), "settledOn REQUIRED"},
		"waived, but why":           {respond(m{"actions": m{"save": []any{m{"id": action, "outcome": "WAIVED", "settledOn": "2026-02-01"}}}}), "evidence REQUIRED"},
		"completed before it began": {update(m{"startedOn": "2026-03-01", "completedOn": "2026-02-01"}), "completedOn DATES"},
	} {
		if got := problems(do(t, g, editor, change, c.input)); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %s, got %s", name, c.want, got)
		}
	}
	if got := problems(do(t, g, approver, step("publishRecord"), m{"input": m{"id": record, "version": version}})); !strings.Contains(got, "reason REQUIRED") {
		t.Errorf("published with a score without a reason: %s", got)
	}
	after := done(t, g, editor, change, update(m{"scores": m{"save": []any{m{"id": score, "reason": texts("ar", "حاجة قائمة")}}},
		"recommendations": m{"save": []any{m{"id": advice["id"], "response": "PARTLY_ACCEPTED", "responseReason": texts("ar", "بحسب الموازنة"), "respondedBy": "Director", "respondedOn": "2026-02-01"}}}}))
	done(t, g, approver, step("publishRecord"), m{"input": m{"id": record, "version": dig(after, "evaluation", "version")}})

	got := ask(t, g, `{ agreement(by: {id: "agr_1"}) { evaluations { nodes { title(locale: "en") { text } meanScore scale scores { criterion score reason { text } } findings { text { text } }
		recommendations { response responseReason { text } actions { state responsible { id } } } } } }
		agenda(kinds: [ACTION]) { kind state daysLeft title(locale: "en") { text } agreement { id } organization { id } owner { id } record { ... on RecommendationAction { recommendation { evaluation { id } } } } } }`, nil)
	want := "[map[findings:[map[text:map[text:تحسّن الوصول إلى المياه]]] meanScore:5 recommendations:[map[actions:[map[responsible:map[id:min_1] state:OVERDUE]] response:PARTLY_ACCEPTED responseReason:map[text:بحسب الموازنة]]]" +
		" scale:6 scores:[map[criterion:RELEVANCE reason:map[text:حاجة قائمة] score:5] map[criterion:IMPACT reason:<nil> score:<nil>]] title:map[text:تقييم منتصف المدة]]]"
	if s := fmt.Sprint(dig(got, "agreement", "evaluations", "nodes")); s != want {
		t.Errorf("want %s\ngot  %s", want, s)
	}
	want = fmt.Sprintf("[map[agreement:map[id:agr_1] daysLeft:-9 kind:ACTION organization:map[id:org_1] owner:map[id:min_1] record:map[recommendation:map[evaluation:map[id:%v]]] state:OVERDUE title:map[text:إرسال الخطة]]]", record)
	if s := fmt.Sprint(got["agenda"]); s != want {
		t.Errorf("want %s\ngot  %s", want, s)
	}
	// Who neither edits nor approves sees the history; the public does not, and nobody but an approver changes what is published at once.
	waits := done(t, g, editor, `mutation($input: UpdateEvaluationInput!) { updateEvaluation(input: $input) { change { state fields { field after } } `+errorsAsked+` } }`,
		m{"input": m{"id": record, "version": dig(after, "evaluation", "version").(float64) + 1, "evaluation": m{"status": "CANCELLED"}}})
	if s := fmt.Sprint(dig(waits, "change", "state"), dig(waits, "change", "fields")); !strings.Contains(s, "DRAFT") || !strings.Contains(s, "CANCELLED") {
		t.Errorf("a change of a published evaluation: %s", s)
	}
}
