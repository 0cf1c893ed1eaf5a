package graph

import (
	"fmt"
	"strings"
	"testing"
)

// TestDutiesAreSettled enters an obligation that recurs, settles one of its dates and waives another, and refuses what is not whole.
func TestDutiesAreSettled(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	made := done(t, g, editor, `mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { id version obligations { nodes { id duties { id dueOn state } } } } `+errorsAsked+` } }`,
		m{"input": m{"agreement": m{"title": texts("ar", "اتفاق", "en", "Agreement"), "kind": "GRANT", "status": "IN_FORCE", "expiresOn": "2024-12-31",
			"obligations": m{"save": []any{m{"kind": "REPORT", "text": texts("en", "Report"), "dueOn": "2024-03-31", "recurrence": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1"}}}}}})
	record, version := dig(made, "agreement", "id"), dig(made, "agreement", "version")
	obligation := dig(made, "agreement", "obligations", "nodes").([]any)[0].(m)
	duties := obligation["duties"].([]any)
	if len(duties) != 4 || dig(duties[3].(m), "dueOn") != "2024-12-31" || dig(duties[0].(m), "state") != "OVERDUE" {
		t.Fatal(duties)
	}
	const change = `mutation($input: UpdateAgreementInput!) { updateAgreement(input: $input) { agreement { version obligations { nodes { duties { dueOn state settledOn evidence { text } } } } } ` + errorsAsked + ` } }`
	update := func(obligation m) m {
		return m{"input": m{"id": record, "version": version, "agreement": m{"obligations": m{"save": []any{obligation}}}}}
	}
	settle := func(duties ...any) m { return update(m{"id": obligation["id"], "duties": m{"save": duties}}) }
	id := func(n int) any { return dig(duties[n].(m), "id") }

	for name, c := range map[string]struct {
		input m
		want  string
	}{
		"waived without a reason": {settle(m{"id": id(1), "outcome": "WAIVED", "settledOn": "2024-05-01"}), "REQUIRED"},
		"done, but when":          {settle(m{"id": id(1), "outcome": "DONE"}), "REQUIRED"},
		"no such rule":            {update(m{"id": obligation["id"], "recurrence": "FREQ=HOURLY"}), "INVALID"},
	} {
		if got := problems(do(t, g, editor, change, c.input)); !strings.Contains(got, c.want) {
			t.Errorf("%s: want %s, got %s", name, c.want, got)
		}
	}
	after := done(t, g, editor, change, settle(m{"id": id(0), "outcome": "DONE", "settledOn": "2024-03-30", "evidence": texts("en", "Letter 5")},
		m{"id": id(1), "outcome": "WAIVED", "settledOn": "2024-05-01", "evidence": texts("en", "By agreement")}))
	got := fmt.Sprint(dig(after, "agreement", "obligations", "nodes").([]any)[0].(m)["duties"])
	want := "[map[dueOn:2024-03-31 evidence:map[text:Letter 5] settledOn:2024-03-30 state:DONE] map[dueOn:2024-06-30 evidence:map[text:By agreement] settledOn:2024-05-01 state:WAIVED]" +
		" map[dueOn:2024-09-30 evidence:<nil> settledOn:<nil> state:OVERDUE] map[dueOn:2024-12-31 evidence:<nil> settledOn:<nil> state:OVERDUE]]"
	if got != want {
		t.Errorf("want %s\ngot  %s", want, got)
	}
}
