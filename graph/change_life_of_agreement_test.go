package graph

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// listed asks for a root that is a list, as somebody (nil is the public), and gives it as text.
func listed(t testing.TB, g *Graph, v *Viewer, query string) string {
	t.Helper()
	ctx := t.Context()
	if v != nil {
		ctx = WithViewer(ctx, v)
	}
	r := call(ctx, g, query, nil)
	if len(r.Errors) > 0 {
		t.Fatalf("%s\n%v", query, r.Errors)
	}
	var out map[string]any
	if err := json.Unmarshal(r.Data, &out); err != nil {
		t.Fatal(err)
	}
	for _, list := range out {
		return fmt.Sprint(list)
	}
	return ""
}

// TestEventsAreEntered enters the life of an agreement by its events: what follows is in the payload, what cannot be is refused at the event.
func TestEventsAreEntered(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	event := func(kind, on string) m { return m{"kind": kind, "occurredOn": on} }
	const asked = ` { agreement { id version status signedOn inForceOn termEndsOn consentsGiven parties { state } } ` + errorsAsked + ` } }`
	create := func(more m) map[string]any {
		agreement := m{"title": texts("ar", "اتفاق"), "kind": "TREATY"}
		for k, v := range more {
			agreement[k] = v
		}
		return do(t, g, editor, `mutation($input: CreateAgreementInput!) { createAgreement(input: $input)`+asked, m{"input": m{"agreement": agreement}})
	}
	made := create(m{"events": m{"save": []any{event("SIGNED", "2020-05-01"), event("RATIFIED", "2021-01-01"), event("ENTERED_INTO_FORCE", "2021-02-01")}}, "durationMonths": 1200,
		"parties": m{"save": []any{m{"organizationId": "org_1", "signedOn": "2020-05-01", "consentMethod": "RATIFICATION", "consentOn": "2021-01-01", "inForceOn": "2021-02-01"}, m{"organizationId": "org_2", "signedOn": "2020-05-01"}}}})
	if got := fmt.Sprintln(problems(made), dig(made, "agreement", "status"), dig(made, "agreement", "signedOn"), dig(made, "agreement", "inForceOn"), dig(made, "agreement", "termEndsOn"),
		dig(made, "agreement", "consentsGiven"), dig(made, "agreement", "parties")); got != " IN_FORCE 2020-05-01 2021-02-01 2121-02-01 1 [map[state:IN_FORCE] map[state:SIGNED]]\n" {
		t.Error(got)
	}
	update := func(agreement m) map[string]any {
		return do(t, g, editor, `mutation($input: UpdateAgreementInput!) { updateAgreement(input: $input)`+asked,
			m{"input": m{"id": dig(made, "agreement", "id"), "version": dig(made, "agreement", "version"), "agreement": agreement}})
	}
	for name, c := range map[string]struct {
		got  map[string]any
		want string
	}{
		"ratified before it was signed": {create(m{"events": m{"save": []any{event("SIGNED", "2020-05-01"), event("RATIFIED", "2020-04-01")}}}), "input.agreement.events.save.0.occurredOn DATES"},
		"after the end":                 {update(m{"events": m{"save": []any{event("TERMINATED", "2022-01-01"), event("SUSPENDED", "2023-01-01")}}}), "input.agreement.events.save.1.occurredOn DATES"},
		"a status against the events":   {update(m{"status": "SUSPENDED"}), "input.agreement.status INVALID"},
		"a date against the events":     {update(m{"signedOn": "2020-05-02"}), "input.agreement.signedOn INVALID"},
		"a party bound before it signed": {update(m{"parties": m{"save": []any{m{"organizationId": "org_3", "signedOn": "2020-05-01", "consentOn": "2020-04-01"}}}}),
			"input.agreement.parties.save.0.consentOn DATES"},
		"replaces itself": {update(m{"relations": m{"save": []any{m{"relatedId": dig(made, "agreement", "id"), "kind": "SUPERSEDES"}}}}), "input.agreement.relations.save.0.relatedId INVALID"},
	} {
		if got := problems(c.got); !strings.HasPrefix(strings.TrimPrefix(got, "input."), strings.TrimPrefix(c.want, "input.")) {
			t.Errorf("%s: want %s, got %s", name, c.want, got)
		}
	}
	ended := update(m{"events": m{"save": []any{event("TERMINATED", "2022-01-01")}}, "status": "TERMINATED"})
	if got := fmt.Sprintln(problems(ended), dig(ended, "agreement", "status"), dig(ended, "agreement", "termEndsOn")); got != " TERMINATED <nil>\n" {
		t.Error(got)
	}
	if got := listed(t, g, nil, `{ agreementSteps { kind leadsTo follows } }`); !strings.Contains(got, "map[follows:[PROVISIONALLY_APPLIED RATIFYING SIGNED] kind:ENTERED_INTO_FORCE leadsTo:IN_FORCE]") {
		t.Error(got)
	}
}

// TestFollowUps enters what was done about an obligation of a published agreement: it is there at once, for the desk alone, and its next step is on the agenda.
func TestFollowUps(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	day := func(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format(time.DateOnly) }
	const create = `mutation($input: CreateObligationFollowUpInput!) { createObligationFollowUp(input: $input) { obligationFollowUp { id version nextState obligation { id } } ` + errorsAsked + ` } }`
	enter := func(followUp m) map[string]any {
		return do(t, g, editor, create, m{"input": m{"obligationFollowUp": followUp}})
	}
	for name, c := range map[string]struct {
		followUp m
		want     string
	}{
		"of nothing":                  {m{"occurredOn": day(-1), "action": texts("en", "Called")}, "obligationId REQUIRED"},
		"of what there is not":        {m{"obligationId": "obl_ffff", "occurredOn": day(-1), "action": texts("en", "Called")}, "obligationId NOT_FOUND"},
		"of tomorrow":                 {m{"obligationId": "obl_1", "occurredOn": day(5), "action": texts("en", "Called")}, "occurredOn DATES"},
		"a day and nothing to do":     {m{"obligationId": "obl_1", "occurredOn": day(-1), "action": texts("en", "Called"), "nextOn": day(3)}, "nextStep REQUIRED"},
		"a next step before the last": {m{"obligationId": "obl_1", "occurredOn": day(-1), "action": texts("en", "Called"), "nextStep": texts("en", "Call"), "nextOn": day(-3)}, "nextOn DATES"},
		"nothing done":                {m{"obligationId": "obl_1", "occurredOn": day(-1)}, "action REQUIRED"},
	} {
		if got := problems(enter(c.followUp)); !strings.Contains(got, "obligationFollowUp."+c.want) {
			t.Errorf("%s: want %s, got %s", name, c.want, got)
		}
	}
	made := enter(m{"obligationId": "obl_1", "occurredOn": day(-2), "doneBy": "Desk", "action": texts("en", "Called", "ar", "اتصال"), "result": texts("en", "Promised"), "nextStep": texts("en", "Call again"), "nextOn": day(3)})
	if got := fmt.Sprintln(problems(made), dig(made, "obligationFollowUp", "nextState"), dig(made, "obligationFollowUp", "obligation", "id")); got != " DUE_SOON obl_1\n" {
		t.Fatal(got)
	}
	const agenda = `{ agenda(kinds: [FOLLOW_UP]) { kind dueOn daysLeft title { text } agreement { code } record { ... on ObligationFollowUp { doneBy } } } }`
	want := "[map[agreement:map[code:AGR-1] daysLeft:3 dueOn:" + day(3) + " kind:FOLLOW_UP record:map[doneBy:Desk] title:map[text:Call again]]]"
	if got := listed(t, g, editor, agenda); got != want {
		t.Errorf("want %s\ngot  %s", want, got)
	}
	if got := listed(t, g, nil, agenda); got != "[]" {
		t.Error("the public reads", got)
	}
	id := dig(made, "obligationFollowUp", "id")
	changed := done(t, g, editor, `mutation($input: UpdateObligationFollowUpInput!) { updateObligationFollowUp(input: $input) { obligationFollowUp { version doneBy } `+errorsAsked+` } }`,
		m{"input": m{"id": id, "version": dig(made, "obligationFollowUp", "version"), "obligationFollowUp": m{"doneBy": "Director"}}})
	if dig(changed, "obligationFollowUp", "doneBy") != "Director" {
		t.Error(changed)
	}
	done(t, g, editor, create, m{"input": m{"obligationFollowUp": m{"obligationId": "obl_1", "occurredOn": day(-1), "action": texts("en", "Report received")}}})
	if got := listed(t, g, editor, agenda); got != "[]" {
		t.Error("the next step has been taken and still is due:", got)
	}
	if got := fmt.Sprint(do(t, g, editor, `{ node(id: "obl_1") { ... on Obligation { followUps { doneBy nextState action { text } } } } }`, nil)); got !=
		"map[followUps:[map[action:map[text:Report received] doneBy:<nil> nextState:<nil>] map[action:map[text:اتصال] doneBy:Director nextState:DONE]]]" {
		t.Error(got)
	}
	// With its obligation, in a draft.
	draft := done(t, g, editor, `mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { obligations { nodes { followUps { action { text } nextOn } } } } `+errorsAsked+` } }`,
		m{"input": m{"agreement": m{"title": texts("ar", "اتفاق"), "kind": "GRANT", "obligations": m{"save": []any{m{"kind": "REPORT", "text": texts("en", "Report"), "dueOn": day(9),
			"followUps": m{"save": []any{m{"occurredOn": day(-3), "action": texts("en", "Asked"), "nextStep": texts("en", "Ask again"), "nextOn": day(2)}}}}}}}}})
	if got := fmt.Sprint(dig(draft, "agreement", "obligations", "nodes")); !strings.Contains(got, "map[action:map[text:Asked] nextOn:"+day(2)+"]") {
		t.Error(got)
	}
	removed := done(t, g, editor, `mutation($input: RecordInput!) { removeObligationFollowUp(input: $input) { record { id } `+errorsAsked+` } }`,
		m{"input": m{"id": id, "version": dig(changed, "obligationFollowUp", "version")}})
	if removed["record"] != nil {
		t.Error(removed)
	}
}

// TestReportingSets adds ready sets of reporting duties, to a draft at once and to a published agreement as a change that waits, and never twice.
func TestReportingSets(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	if got := listed(t, g, nil, `{ reportingDuties(set: "MONTREAL") { code setName(locale: "en") { text } text(locale: "ar") { text } kind source recurrence dueOn } }`); !strings.Contains(got, "code:MONTREAL-A7") ||
		!strings.Contains(got, "-09-30") || !strings.Contains(got, "تقديم البيانات السنوية") || !strings.Contains(got, "article 7") {
		t.Error(got)
	}
	const adopt = `mutation($input: AdoptReportingSetInput!) { adoptReportingSet(input: $input) { agreement { id version obligations { nodes { reportingDuty recurrence nextDueOn state obligor { id } duties { dueOn } } } } change { id state } ` + errorsAsked + ` } }`
	made := done(t, g, editor, `mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { id version } `+errorsAsked+` } }`,
		m{"input": m{"agreement": m{"title": texts("ar", "اتفاقية بازل"), "kind": "CONVENTION", "events": m{"save": []any{m{"kind": "ACCEDED", "occurredOn": "1992-01-22"}}}}}})
	input := func(id, version any, set string) m {
		return m{"input": m{"id": id, "version": version, "set": set, "obligorId": "org_3"}}
	}
	basel := done(t, g, editor, adopt, input(dig(made, "agreement", "id"), dig(made, "agreement", "version"), "BASEL"))
	o := dig(basel, "agreement", "obligations", "nodes", 0)
	if dig(o, "reportingDuty") != "BASEL-NR" || dig(o, "obligor", "id") != "org_3" || len(dig(o, "duties").([]any)) < 5 || !strings.HasSuffix(fmt.Sprint(dig(o, "nextDueOn")), "-12-31") || basel["change"] != nil {
		t.Error(basel)
	}
	version := dig(basel, "agreement", "version")
	if got := problems(do(t, g, editor, adopt, input(dig(made, "agreement", "id"), version, "BASEL"))); !strings.Contains(got, "set DUPLICATE") {
		t.Error("twice:", got)
	}
	if got := problems(do(t, g, editor, adopt, input(dig(made, "agreement", "id"), version, "NONE"))); !strings.Contains(got, "set NOT_FOUND") {
		t.Error("no such set:", got)
	}
	if got := problems(do(t, g, editor, adopt, input(dig(made, "agreement", "id"), 99, "CITES"))); !strings.Contains(got, "version CONFLICT") {
		t.Error("another version:", got)
	}
	published := do(t, g, editor, `{ node(id: "agr_1") { ... on Agreement { version } } }`, nil)
	waits := done(t, g, editor, adopt, input("agr_1", published["version"], "CITES"))
	if dig(waits, "change", "state") != "DRAFT" {
		t.Error(waits)
	}
	published = do(t, g, editor, `{ node(id: "agr_1") { ... on Agreement { version obligations { nodes { reportingDuty } } } } }`, nil)
	if strings.Contains(fmt.Sprint(published), "CITES") {
		t.Error("it did not wait:", published)
	}
	if got := problems(do(t, g, editor, adopt, input("agr_1", published["version"], "CITES"))); !strings.Contains(got, "set DUPLICATE") {
		t.Error("twice in a change that waits:", got)
	}
}
