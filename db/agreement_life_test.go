package db_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

// life is how an agreement stands, in one line: status, dates that follow, and the day on which it changes by itself, all counted from today.
const life = `select coalesce((select a.status || coalesce(' signed ' || a.signed_on - current_date, '') || coalesce(' force ' || a.in_force_on - current_date, '')
	|| coalesce(' ended ' || a.ended_on - current_date, '') || coalesce(' term ' || a.term_ends_on - current_date || coalesce(' ' || lower(a.term_end), ''), '')
	|| coalesce(' notice ' || a.notice_on - current_date, '') || coalesce(' rolls ' || a.rolls_on - current_date, '') from agreement a where a.id = ?), 'none')`

// TestLife derives where agreements stand from what is stated and from their events; days are counted from today.
func TestLife(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, columns, values string
		events                string // KIND day [until], …
		want                  string
	}{
		{"nothing known", "", "", "", "IDEA"},
		{"only a signature, stated", "signed_on", "current_date - 9000", "", "SIGNED signed -9000"},
		{"only an entry into force, stated", "in_force_on", "current_date - 9000", "", "IN_FORCE force -9000"},
		{"a status without dates", "status", "'SUSPENDED'", "", "SUSPENDED"},
		{"a status that the dates do not tell", "status, signed_on", "'IN_FORCE', current_date - 5", "", "IN_FORCE signed -5"},
		{"only a signature, as an event", "", "", "SIGNED -9000", "SIGNED signed -9000"},
		{"only an entry into force, as an event", "", "", "ENTERED_INTO_FORCE -9000", "IN_FORCE force -9000"},
		{"only its end", "", "", "TERMINATED -10", "TERMINATED ended -10"},
		{"talks", "", "", "PROPOSED -100, NEGOTIATION_OPENED -90, INITIALLED -80, NEGOTIATION_OPENED -70", "NEGOTIATION"},
		{"a whole life", "", "", "PROPOSED -100, NEGOTIATION_OPENED -90, CLEARED -80, SIGNED -70, RATIFICATION_OPENED -60, RATIFIED -50, ENTERED_INTO_FORCE -40, SUSPENDED -30, RESUMED -20, TERMINATED -10",
			"TERMINATED signed -70 force -40 ended -10"},
		{"in force on signature, entered in whatever order", "", "", "ENTERED_INTO_FORCE -70, SIGNED -70", "IN_FORCE signed -70 force -70"},
		{"applied provisionally while it is ratified", "", "", "SIGNED -70, PROVISIONALLY_APPLIED -70, RATIFICATION_OPENED -60, RATIFIED -50", "PROVISIONALLY_APPLIED signed -70"},
		{"acceded to", "", "", "CLEARED -80, ACCEDED -70, ENTERED_INTO_FORCE -40", "IN_FORCE force -40"},
		{"a stated signature, an event after it", "signed_on", "current_date - 100", "ENTERED_INTO_FORCE -90", "IN_FORCE signed -100 force -90"},
		{"events that only accompany", "status, signed_on", "'IN_FORCE', current_date - 100", "AMENDED -50", "IN_FORCE signed -100"},
		{"an event outdoes what was stated before", "status, signed_on", "'NEGOTIATION', current_date - 100", "SIGNED -90", "SIGNED signed -90"},
		{"an entry into force ahead", "status, signed_on, in_force_on", "'SIGNED', current_date - 5, current_date + 5", "", "SIGNED signed -5 force 5 rolls 5"},
		{"an end ahead", "in_force_on, ended_on", "current_date - 5, current_date + 5", "", "IN_FORCE force -5 ended 5 rolls 5"},
		{"a term", "in_force_on, duration_months", "(current_date + 100) - interval '12 months', 12", "", fmt.Sprintf("IN_FORCE force %s term 100 expiry rolls 101", "DAYS")},
		{"a term does not run before the entry into force", "duration_months", "12", "SIGNED -3000", "SIGNED signed -3000"},
		{"run out", "in_force_on, expires_on", "current_date - 100, current_date - 1", "", "EXPIRED force -100 ended -1 term -1 expiry"},
		{"the last day", "in_force_on, expires_on", "current_date - 100, current_date", "", "IN_FORCE force -100 term 0 expiry rolls 1"},
		{"run out and entered", "expires_on", "current_date - 10", "SIGNED -100, EXPIRED -10", "EXPIRED signed -100 ended -10"},
		{"renewed until", "expires_on, renewal, renewal_months", "current_date - 10, 'EXPRESS', 12", "SIGNED -100, RENEWED -12 50", "SIGNED signed -100 term 50 renewal rolls 51"},
		{"renewed by months", "expires_on, renewal, renewal_months", "(current_date + 7) - interval '24 months', 'EXPRESS', 12", "SIGNED -1000, RENEWED -400, RENEWED -300", "SIGNED signed -1000 term 7 renewal rolls 8"},
		{"revived", "expires_on", "current_date - 100", "ENTERED_INTO_FORCE -900, EXPIRED -100, RENEWED -50 40", "IN_FORCE force -900 term 40 expiry rolls 41"},
		{"tacit renewal", "expires_on, renewal, renewal_months, notice_days", "(current_date + 40) - interval '24 months', 'TACIT', 12, 30", "SIGNED -900", "SIGNED signed -900 term 40 renewal notice 10 rolls 11"},
		{"notice in time ends it with the term", "expires_on, renewal, renewal_months, notice_days", "current_date + 40, 'TACIT', 12, 30", "SIGNED -900, NOTICE_GIVEN -1", "SIGNED signed -900 term 40 expiry rolls 41"},
		{"notice too late ends it with the next", "expires_on, renewal, renewal_months, notice_days", "(current_date - 10), 'TACIT', 1, 30", "SIGNED -900, NOTICE_GIVEN -20", "SIGNED signed -900 term NEXT expiry rolls AFTER"},
		{"notice that has taken effect", "expires_on", "current_date + 400", "SIGNED -900, NOTICE_GIVEN -100 -1", "TERMINATED signed -900 ended -1"},
		{"notice withdrawn by a renewal", "expires_on", "current_date + 40", "SIGNED -900, NOTICE_GIVEN -100 -1, RENEWED -50 90", "SIGNED signed -900 term 90 expiry rolls 91"},
	}
	o := dbtest.New(t).Owner()
	for i, test := range tests {
		id := i + 1
		if test.columns != "" {
			test.columns, test.values = ", "+test.columns, ", "+test.values
		}
		if _, err := o.ExecContext(t.Context(), fmt.Sprintf("insert into agreement (id, code, kind%s) values (%d, 'A%d', 'GRANT'%s)", test.columns, id, id, test.values)); err != nil {
			t.Fatal(test.name, err)
		}
		addEvents(t, o, id, test.events)
		want := test.want
		for word, expression := range map[string]string{"DAYS": "(current_date + 100 - interval '12 months')::date - current_date", "AFTER": "(current_date - 10 + interval '1 month')::date + 1 - current_date",
			"NEXT": "(current_date - 10 + interval '1 month')::date - current_date"} {
			if strings.Contains(want, word) {
				var days string
				if err := o.NewRaw("select ("+expression+")::text").Scan(t.Context(), &days); err != nil {
					t.Fatal(err)
				}
				want = strings.ReplaceAll(want, word, days)
			}
		}
		var got string
		if err := o.NewRaw(life, id).Scan(t.Context(), &got); err != nil {
			t.Fatal(test.name, err)
		}
		if got != want {
			t.Errorf("%s:\nwant %s\ngot  %s", test.name, want, got)
		}
	}
}

// addEvents enters events given as "KIND day [until], …", each by a statement of its own, the last first: the order of entry is of no meaning.
func addEvents(t *testing.T, o bun.IDB, agreement int, events string) {
	t.Helper()
	list := strings.Split(events, ", ")
	for i := len(list) - 1; i >= 0 && events != ""; i-- {
		word := append(strings.Fields(list[i]), "null::integer")
		if _, err := o.ExecContext(t.Context(), fmt.Sprintf("insert into agreement_event (agreement_id, kind, occurred_on, ends_on, published) values (%d, '%s', current_date + %s, current_date + %s, false)",
			agreement, word[0], word[1], word[2])); err != nil {
			t.Fatal(events, err)
		}
	}
}

// TestLifeChanges follows one agreement whose events are entered, corrected and taken back.
func TestLifeChanges(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	steps := []struct{ change, want string }{
		{`insert into agreement (id, code, kind, status) values (1, 'A', 'GRANT', 'NEGOTIATION')`, "NEGOTIATION"},
		{`insert into agreement_event (agreement_id, kind, occurred_on, published) values (1, 'SIGNED', current_date - 50, false), (1, 'ENTERED_INTO_FORCE', current_date - 20, false)`, "IN_FORCE signed -50 force -20"},
		{`update agreement_event set occurred_on = current_date - 60 where kind = 'SIGNED'`, "IN_FORCE signed -60 force -20"},
		{`update agreement_event set reference = '12/2026'`, "IN_FORCE signed -60 force -20"},
		{`delete from agreement_event where kind = 'ENTERED_INTO_FORCE'`, "SIGNED signed -60"},
		{`delete from agreement_event`, "NEGOTIATION"},
		{`update agreement set status = 'IN_FORCE', signed_on = current_date - 5`, "IN_FORCE signed -5"},
		{`update agreement set state = 'PUBLISHED'`, "IN_FORCE signed -5"},
		{`update agreement set expires_on = current_date - 1`, "EXPIRED signed -5 ended -1 term -1 expiry"},
		{`update agreement set expires_on = null`, "IN_FORCE signed -5"},
	}
	for _, step := range steps {
		if _, err := o.ExecContext(t.Context(), step.change); err != nil {
			t.Fatal(step.change, err)
		}
		var got string
		if err := o.NewRaw(life, 1).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != step.want {
			t.Errorf("%s:\nwant %s\ngot  %s", step.change, step.want, got)
		}
	}
	// History tells what people stated, not what followed.
	var fields string
	if err := o.NewRaw(`select string_agg(distinct field, ' ' order by field) from field_change where kind = 'Agreement' and action = 'UPDATE'`).Scan(t.Context(), &fields); err != nil {
		t.Fatal(err)
	}
	if fields != "expiresOn signedOn state status" {
		t.Error(fields)
	}
}

// TestLifeProblems refuses courses that cannot be, at the place of the event.
func TestLifeProblems(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, setup, events, want, says string }{
		{"ratified before it was signed", "", "RATIFIED -50, SIGNED -40", "events.SIGNED.occurredOn:DATES", `"SIGNED"`},
		{"in force before it was signed", "", "ENTERED_INTO_FORCE -50, SIGNED -40", "events.SIGNED.occurredOn:DATES", "cannot come after"},
		{"in force in the middle of talks", "", "NEGOTIATION_OPENED -50, ENTERED_INTO_FORCE -40", "events.ENTERED_INTO_FORCE.occurredOn:DATES", `"NEGOTIATION"`},
		{"in force before the signature that is stated", "update agreement set signed_on = current_date - 20 where id = 1", "ENTERED_INTO_FORCE -30", "signedOn:DATES", "SIGNED"},
		{"something after the end", "", "SIGNED -90, ENTERED_INTO_FORCE -80, TERMINATED -70, AMENDED -60", "events.AMENDED.occurredOn:DATES", "TERMINATED"},
		{"resumed, but never suspended", "", "SIGNED -90, ENTERED_INTO_FORCE -80, RESUMED -70", "events.RESUMED.occurredOn:DATES", "IN_FORCE"},
		{"a renewal after it was replaced", "", "SIGNED -90, SUPERSEDED -80, RENEWED -70", "events.RENEWED.occurredOn:DATES", "SUPERSEDED"},
		{"renewed after it ran out", "", "ENTERED_INTO_FORCE -90, EXPIRED -80, RENEWED -70", "", ""},
		{"an end before it happened", "", "SIGNED -90, RENEWED -70 -80", "events.RENEWED.endsOn:DATES", ""},
		{"an end of what has none", "", "SIGNED -90 -80", "events.SIGNED.endsOn:INVALID", ""},
		{"in the future", "", "SIGNED 30", "events.SIGNED.occurredOn:DATES", "future"},
	}
	o := dbtest.New(t).Owner()
	for _, test := range tests {
		tx, err := o.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), "insert into agreement (id, code, kind, title, original_locale) values (1, 'A', 'GRANT', '{}', 'en'); "+test.setup); err != nil {
			t.Fatal(test.name, err)
		}
		addEvents(t, tx, 1, test.events)
		var rows []struct{ Path, Code, Message, MessageAr string }
		if err := tx.NewRaw(`select array_to_string(array(select coalesce((select e.kind from agreement_event e where fn.public_id('AgreementEvent', e.id) = x), x) from unnest(p.path) with ordinality u(x, n) order by n), '.') as path,
			p.code, p.message, p.message_ar from fn.problems('Agreement', 1, 'EDIT') p`).Scan(t.Context(), &rows); err != nil {
			t.Fatal(test.name, err)
		}
		got, says := "", ""
		for _, r := range rows {
			got, says = strings.TrimSpace(got+" "+r.Path+":"+r.Code), says+r.Message
			if r.MessageAr == "" || r.MessageAr == r.Message {
				t.Errorf("%s: no Arabic message in %v", test.name, r)
			}
		}
		if got != test.want || !strings.Contains(says, test.says) {
			t.Errorf("%s: want %q saying %q, got %q: %s", test.name, test.want, test.says, got, says)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLifeOfOthers follows what agreements do to each other, and what a day brings.
func TestLifeOfOthers(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	const old = `insert into agreement (id, code, kind, state, in_force_on, expires_on, renewal) values (1, 'OLD', 'GRANT', 'PUBLISHED', current_date - 100, current_date + 30, 'EXPRESS');`
	tests := []struct{ name, change, want string }{
		{"replaced by one in force", `insert into agreement (id, code, kind, state, in_force_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', true)`,
			"SUPERSEDED force -100 ended -10"},
		{"a draft replaces nothing", `insert into agreement (id, code, kind, in_force_on) values (2, 'NEW', 'GRANT', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', false)`,
			"IN_FORCE force -100 term 30 renewal rolls 31"},
		{"it replaces once it is published", `insert into agreement (id, code, kind, in_force_on) values (2, 'NEW', 'GRANT', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', false);
			update agreement set state = 'PUBLISHED' where id = 2`, "SUPERSEDED force -100 ended -10"},
		{"replaced when the new one enters into force", `insert into agreement (id, code, kind, state, signed_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', true);
			insert into agreement_event (agreement_id, kind, occurred_on, published) values (2, 'ENTERED_INTO_FORCE', current_date - 3, true)`, "SUPERSEDED force -100 ended -3"},
		{"to be replaced", `insert into agreement (id, code, kind, state, status, in_force_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', 'SIGNED', current_date + 3); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', true)`,
			"IN_FORCE force -100 term 30 renewal rolls 3"},
		{"no longer replaced", `insert into agreement (id, code, kind, state, in_force_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', true);
			delete from agreement_relation`, "IN_FORCE force -100 term 30 renewal rolls 31"},
		{"renewed by an agreement", `insert into agreement (id, code, kind, state, in_force_on, expires_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10, current_date + 200); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'RENEWS', true)`,
			"IN_FORCE force -100 term 200 renewal rolls 201"},
		{"renewed without end", `insert into agreement (id, code, kind, state, in_force_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'RENEWS', true)`,
			"IN_FORCE force -100"},
		{"renewed by a chain", `insert into agreement (id, code, kind, state, in_force_on, expires_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 10, current_date + 60), (3, 'NEWER', 'GRANT', 'PUBLISHED', current_date - 5, current_date + 90);
			insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'RENEWS', true); insert into agreement_relation (agreement_id, related_id, kind, published) values (3, 2, 'RENEWS', true)`,
			"IN_FORCE force -100 term 90 renewal rolls 91"},
		{"an amendment moves the end", `insert into agreement (id, code, kind, state, in_force_on, expires_on) values (2, 'NEW', 'AMENDMENT', 'PUBLISHED', current_date - 10, current_date + 12); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'AMENDS', true)`,
			"IN_FORCE force -100 term 12 renewal rolls 13"},
		{"two that replace each other settle", `insert into agreement (id, code, kind, state, in_force_on) values (2, 'NEW', 'GRANT', 'PUBLISHED', current_date - 100); insert into agreement_relation (agreement_id, related_id, kind, published) values (2, 1, 'SUPERSEDES', true), (1, 2, 'SUPERSEDES', true)`,
			"SUPERSEDED force -100 ended -100"},
		{"enough consents", `update agreement set in_force_on = null, signed_on = current_date - 300, status = 'RATIFYING', entry_consents = 2, entry_days = 30; insert into agreement_party (agreement_id, consent_method, consent_on, published)
			values (1, 'RATIFICATION', current_date - 90, true), (1, 'ACCESSION', current_date - 80, true), (1, 'RATIFICATION', current_date - 70, true)`, "IN_FORCE signed -300 force -50 term 30 renewal rolls 31"},
		{"a consent too few", `update agreement set in_force_on = null, signed_on = current_date - 300, status = 'RATIFYING', entry_consents = 3; insert into agreement_party (agreement_id, consent_method, consent_on, published)
			values (1, 'RATIFICATION', current_date - 90, true), (1, 'ACCESSION', current_date - 80, true)`, "RATIFYING signed -300 term 30 renewal rolls 31"},
		{"the last consent is younger than the days", `update agreement set in_force_on = null, signed_on = current_date - 300, status = 'RATIFYING', entry_consents = 1, entry_days = 90; insert into agreement_party (agreement_id, consent_method, consent_on, published)
			values (1, 'RATIFICATION', current_date - 85, true)`, "RATIFYING signed -300 force 5 term 30 renewal rolls 5"},
	}
	for _, test := range tests {
		tx, err := o.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), old+test.change); err != nil {
			t.Fatal(test.name, err)
		}
		var got string
		if err := tx.NewRaw(life, 1).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != test.want {
			t.Errorf("%s:\nwant %s\ngot  %s", test.name, test.want, got)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRollAgreements lets the day come for agreements that change without anybody writing them.
func TestRollAgreements(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	if _, err := o.ExecContext(t.Context(), `
		insert into agreement (id, code, kind, state, in_force_on, expires_on) values (1, 'A', 'GRANT', 'PUBLISHED', current_date - 100, current_date + 1), (2, 'B', 'GRANT', 'PUBLISHED', current_date - 100, current_date + 1);
		insert into agreement (id, code, kind, state, status, in_force_on) values (3, 'C', 'GRANT', 'PUBLISHED', 'SIGNED', current_date + 1)`); err != nil {
		t.Fatal(err)
	}
	var rolled int
	if err := o.NewRaw("select base.roll_agreements()").Scan(t.Context(), &rolled); err != nil || rolled != 0 {
		t.Fatal(rolled, err)
	}
	// Time passes: what lay ahead of today lies behind it.
	if _, err := o.ExecContext(t.Context(), `alter table agreement disable trigger live; update agreement set expires_on = expires_on - 2, term_ends_on = term_ends_on - 2, rolls_on = rolls_on - 2,
		in_force_on = in_force_on - 2, stated_in_force_on = stated_in_force_on - 2, stated_at = stated_at - interval '2 days'; alter table agreement enable trigger live`); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{2, 1, 0} {
		if err := o.NewRaw("select base.roll_agreements(2)").Scan(t.Context(), &rolled); err != nil || rolled != want {
			t.Fatal(rolled, want, err)
		}
	}
	for id, want := range map[int]string{1: "EXPIRED force -102 ended -1 term -1 expiry", 2: "EXPIRED force -102 ended -1 term -1 expiry", 3: "IN_FORCE force -1"} {
		var got string
		if err := o.NewRaw(life, id).Scan(t.Context(), &got); err != nil || got != want {
			t.Errorf("want %s, got %s (%v)", want, got, err)
		}
	}
	var told string
	if err := o.NewRaw(`select string_agg(e.record_id || ' ' || e.action, ', ' order by e.record_id) from change_event e join revision r on r.id = e.revision_id where r.operation = 'roll'`).Scan(t.Context(), &told); err != nil {
		t.Fatal(err)
	}
	if told != "1 CHANGED, 2 CHANGED, 3 CHANGED" {
		t.Errorf("the feed tells %q", told)
	}
}

// TestObligationState looks where obligations stand that recur, and lets the years go by.
func TestObligationState(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	run := func(sql string) {
		t.Helper()
		if _, err := o.ExecContext(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	check := func(step, want string) {
		t.Helper()
		var got string
		// The views of readers compute the state.
		if err := o.NewRaw(`select string_agg(state || coalesce(' ' || next_due_on - current_date, ''), ', ' order by id) from staff.obligation`).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: want %s, got %s", step, want, got)
		}
	}
	run(`set taawun.actor = ''; insert into agreement (id, code, kind, state, status) values (1, 'A', 'GRANT', 'PUBLISHED', 'IN_FORCE');
		insert into obligation (id, agreement_id, kind, due_on, recurrence, lead_days, published) values (1, 1, 'REPORT', current_date - 10, 'FREQ=DAILY;INTERVAL=20;COUNT=3', 15, true),
			(2, 1, 'REPORT', current_date + 1, 'FREQ=YEARLY', 30, true), (3, 1, 'REPORT', null, null, 30, true)`)
	check("an open duty is overdue", "OVERDUE -10, DUE_SOON 1, PENDING")
	run(`update duty set outcome = 'DONE', settled_on = current_date where obligation_id = 1 and due_on < current_date`)
	check("it is settled", "DUE_SOON 10, DUE_SOON 1, PENDING")
	run(`update duty set outcome = 'WAIVED', settled_on = current_date where obligation_id = 1 and due_on = current_date + 10`)
	check("and the next", "PENDING 30, DUE_SOON 1, PENDING")
	run(`update duty set outcome = 'DONE', settled_on = current_date where obligation_id = 1 and outcome is null`)
	check("all are settled", "DONE, DUE_SOON 1, PENDING")
	run(`update obligation set outcome = 'WAIVED', settled_on = current_date where id = 2`)
	check("settled as a whole", "DONE, WAIVED, PENDING")
	run(`update obligation set outcome = null, settled_on = null where id = 2`)

	last := func() (days int) {
		t.Helper()
		if err := o.NewRaw(`select max(due_on) - current_date from duty where obligation_id = 2`).Scan(t.Context(), &days); err != nil {
			t.Fatal(err)
		}
		return days
	}
	full := last()
	// As it was laid out a year ago, when the horizon was nearer.
	run(`delete from duty where obligation_id = 2 and due_on > current_date + 4 * 365; update duty_horizon set laid_out_on = current_date - 365 where obligation_id = 2`)
	if last() >= full {
		t.Fatal("the horizon did not come nearer")
	}
	for _, want := range []int{1, 0} {
		var rolled int
		if err := o.NewRaw("select base.roll_duties()").Scan(t.Context(), &rolled); err != nil || rolled != want {
			t.Fatal(rolled, want, err)
		}
	}
	if last() != full {
		t.Errorf("laid out to day %d, not to day %d", last(), full)
	}
}
