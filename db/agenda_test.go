package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

// TestRuleDates lays out hundreds of rules and compares with what a library for RFC 5545 makes of them.
func TestRuleDates(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	r := rand.New(rand.NewPCG(5545, 1))
	weekdays := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	some := func(most int, value func() string) string {
		var all []string
		for range 1 + r.IntN(most) {
			if v := value(); !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
		return strings.Join(all, ",")
	}
	for n := range 600 {
		first := time.Date(2015+r.IntN(10), time.Month(1+r.IntN(12)), 1+r.IntN(31), 0, 0, 0, 0, time.UTC)
		freq := []string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}[r.IntN(4)]
		rule, by := "FREQ="+freq, false
		if r.IntN(2) == 0 {
			rule += fmt.Sprintf(";INTERVAL=%d", 1+r.IntN(5))
		}
		if r.IntN(3) == 0 {
			rule, by = rule+";BYMONTH="+some(3, func() string { return fmt.Sprint(1 + r.IntN(12)) }), true
		}
		if freq != "WEEKLY" && r.IntN(3) == 0 {
			rule, by = rule+";BYMONTHDAY="+some(3, func() string {
				if r.IntN(3) == 0 {
					return fmt.Sprint(-1 - r.IntN(31))
				}
				return fmt.Sprint(1 + r.IntN(31))
			}), true
		}
		if r.IntN(3) == 0 {
			numbered := (freq == "MONTHLY" || freq == "YEARLY") && r.IntN(2) == 0
			rule, by = rule+";BYDAY="+some(3, func() string {
				day := weekdays[r.IntN(7)]
				if !numbered {
					return day
				}
				return fmt.Sprintf("%d%s", []int{1, 2, 3, 4, 5, -1, -2}[r.IntN(7)], day)
			}), true
		}
		if by && freq != "WEEKLY" && r.IntN(3) == 0 { // the library cuts the first week
			rule += ";BYSETPOS=" + some(2, func() string { return []string{"1", "2", "-1", "-2"}[r.IntN(4)] })
		}
		switch r.IntN(3) {
		case 0:
			rule += fmt.Sprintf(";COUNT=%d", 1+r.IntN(20))
		case 1:
			rule += ";UNTIL=" + first.AddDate(0, 0, r.IntN(2000)).Format("20060102")
		}
		last := first.AddDate(4, 0, r.IntN(300))
		option, err := rrule.StrToROption(rule)
		if err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		option.Dtstart = first
		known, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		var want []string
		for _, at := range known.Between(first, last, true) {
			want = append(want, at.Format(time.DateOnly))
		}
		var got []string
		if err := o.NewRaw(`select d::text from fn.rrule_dates(?, ?, ?) d order by d`, rule, first.Format(time.DateOnly), last.Format(time.DateOnly)).Scan(t.Context(), &got); err != nil {
			t.Fatalf("%s: %v", rule, err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: %s from %s to %s: want %v, got %v", n, rule, first.Format(time.DateOnly), last.Format(time.DateOnly), want, got)
		}
	}
}

// TestRuleProblems asks why rules cannot be followed.
func TestRuleProblems(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	tests := []struct{ rule, want string }{
		{"FREQ=MONTHLY;INTERVAL=3", ""},
		{"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1FR", ""},
		{"every month", "A rule is a list"},
		{"FREQ=MONTHLY;FREQ=DAILY", "A rule is a list"},
		{"INTERVAL=3", "The rule needs FREQ"},
		{"FREQ=HOURLY", "FREQ=HOURLY"},
		{"FREQ=MONTHLY;BYHOUR=3", "BYHOUR=3"},
		{"FREQ=MONTHLY;INTERVAL=0", "INTERVAL=0"},
		{"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"},
		{"FREQ=MONTHLY;COUNT=3;UNTIL=20270101", "not both"},
		{"FREQ=MONTHLY;UNTIL=20270231", "not a day of the calendar"},
		{"FREQ=WEEKLY;BYDAY=1MO", "numbered weekday"},
		{"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go"},
		{"FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses"},
	}
	for _, test := range tests {
		var got struct{ En, Ar string }
		if err := o.NewRaw(`select coalesce(p[1], '') as en, coalesce(p[2], '') as ar from fn.rrule_problem(?) p`, test.rule).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(got.En, test.want) || (got.En == "") != (test.want == "") || (got.Ar == "") != (got.En == "") {
			t.Errorf("%s: %q, %q", test.rule, got.En, got.Ar)
		}
	}
}

// TestDuties follows the duties of an obligation whose rule, term and outcome change.
func TestDuties(t *testing.T) {
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
		if err := o.NewRaw(`select coalesce(string_agg(due_on || coalesce(' ' || outcome, '') || ' ' || published, ', ' order by due_on), '') from duty`).Scan(t.Context(), &got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: want %s, got %s", step, want, got)
		}
	}
	run(`insert into agreement (id, code, kind, status, title) values (1, 'A', 'GRANT', 'IN_FORCE', '{}');
		insert into obligation (id, agreement_id, kind, due_on, recurrence, published) values (1, 1, 'REPORT', '2024-01-31', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3', false), (2, 1, 'REPORT', '2024-01-31', null, false)`)
	check("laid out", "2024-01-31 false, 2024-02-29 false, 2024-03-31 false")
	run(`update duty set outcome = 'DONE', settled_on = '2024-02-20' where due_on = '2024-02-29'`)
	run(`update obligation set recurrence = 'FREQ=YEARLY;COUNT=2' where id = 1`)
	check("another rule", "2024-01-31 false, 2024-02-29 DONE false, 2025-01-31 false")
	run(`update agreement set expires_on = '2024-12-31' where id = 1`)
	check("a shorter term", "2024-01-31 false, 2024-02-29 DONE false")
	run(`update agreement set renewal = 'TACIT', state = 'PUBLISHED' where id = 1`)
	check("renewed and published", "2024-01-31 true, 2024-02-29 DONE true, 2025-01-31 true")
	run(`update obligation set recurrence = 'whenever' where id = 1`)
	check("no rule", "2024-02-29 DONE true")
	run(`update obligation set recurrence = 'FREQ=YEARLY;COUNT=1' where id = 1; update obligation set outcome = 'DONE', settled_on = '2024-05-01' where id = 1`)
	check("settled as a whole", "2024-02-29 DONE true")
}

// TestDeadlines compares the deadlines of agreements with a table made by hand; days are counted from today.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	o := dbtest.New(t).Owner()
	tests := []struct{ name, columns, values, want string }{
		{"it says when it ends", "expires_on", "current_date + 10", "EXPIRY 10 DUE_SOON"},
		{"a duration from the entry into force", "signed_on, in_force_on, duration_months", "current_date - 400, (current_date + 100) - interval '12 months', 12", "EXPIRY 100 PENDING"},
		{"nothing said", "signed_on", "current_date - 400", ""},
		{"past and not closed", "expires_on", "current_date - 5", "EXPIRY -5 OVERDUE"},
		{"notice", "expires_on, notice_days", "current_date + 100, 30", "NOTICE 70 DUE_SOON, EXPIRY 100 PENDING"},
		{"too late for notice", "expires_on, notice_days", "current_date + 20, 30", "EXPIRY 20 DUE_SOON"},
		{"express renewal", "expires_on, renewal, renewal_months", "current_date - 5, 'EXPRESS', 12", "RENEWAL -5 OVERDUE"},
		{"tacit renewal ahead", "expires_on, renewal, renewal_months", "current_date + 5, 'TACIT', 12", "RENEWAL 5 DUE_SOON"},
		{"renewed tacitly three times", "expires_on, renewal, renewal_months", "(current_date + 7) - interval '36 months', 'TACIT', 12", "RENEWAL 7 DUE_SOON"},
		{"ended", "expires_on, ended_on", "current_date + 5, current_date - 1", ""},
	}
	for i, test := range tests {
		if _, err := o.ExecContext(t.Context(), fmt.Sprintf(`insert into agreement (id, code, kind, status, %s) values (%d, 'A%[2]d', 'GRANT', 'IN_FORCE', %s)`, test.columns, i+1, test.values)); err != nil {
			t.Fatal(test.name, err)
		}
		var got string
		if err := o.NewRaw(`select coalesce(string_agg(kind || ' ' || days_left || ' ' || state, ', ' order by due_on), '') from fn.agreement_deadlines(?)`, i+1).Scan(t.Context(), &got); err != nil {
			t.Fatal(test.name, err)
		}
		if got != test.want {
			t.Errorf("%s: want %q, got %q", test.name, test.want, got)
		}
	}
}

// TestAgenda asks the agenda as the public and as the owner, with each of its conditions.
func TestAgenda(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	if _, err := d.Owner().ExecContext(t.Context(), `
		insert into ministry_unit (id, code, name, parent_id) values (1, 'M', '{}', null), (2, 'M1', '{}', 1);
		insert into organization (id, code) values (1, 'O1'), (2, 'O2'), (3, 'O3');
		insert into agreement (id, code, kind, status, state, owner_id, title, expires_on, notice_days) values
			(1, 'A1', 'GRANT', 'IN_FORCE', 'PUBLISHED', 2, '{"en": "First"}', current_date + 60, 30), (2, 'A2', 'GRANT', 'IN_FORCE', 'DRAFT', 1, '{"en": "Second"}', current_date + 50, null);
		insert into agreement_party (agreement_id, organization_id, published) values (1, 3, true);
		insert into obligation (id, agreement_id, kind, obligor_id, due_on, recurrence, published, outcome, settled_on) values
			(1, 1, 'REPORT', 1, current_date - 10, 'FREQ=DAILY;INTERVAL=20;COUNT=3', true, null, null), (2, 1, 'PAYMENT', 2, current_date + 5, null, true, null, null),
			(3, 1, 'PAYMENT', 2, current_date - 5, null, true, 'DONE', current_date), (4, 2, 'PAYMENT', 1, current_date + 1, null, false, null, null);
		insert into account (id, login, name) values (9, 'analyst', 'Analyst'); insert into account_role (account_id, role) values (9, 'ANALYST');
		insert into translation_request (id, code, source_locale, locale, due_on, agreement_id) values (1, 'T', 'en', 'ar', current_date + 3, 1);
		insert into evaluation (id, code, kind, state, agreement_id, owner_id) values (1, 'E', 'FINAL', 'PUBLISHED', 1, 1), (2, 'F', 'FINAL', 'DRAFT', null, 1);
		insert into recommendation (id, evaluation_id, addressee_id, published) values (1, 1, 2, true), (2, 2, null, false);
		insert into recommendation_action (recommendation_id, responsible_id, due_on, outcome, settled_on, published) values (1, 2, current_date + 7, null, null, true),
			(1, 2, current_date - 70, 'DONE', current_date, true), (2, null, current_date - 6, null, null, false)`); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, arguments, want string
		public                bool
	}{
		{"the public", "", "DUTY -10 OVERDUE, DUTY 5 DUE_SOON, ACTION 7 DUE_SOON, DUTY 10 DUE_SOON, DUTY 30 DUE_SOON, NOTICE 30 DUE_SOON, EXPIRY 60 DUE_SOON", true},
		{"all", "", "DUTY -10 OVERDUE, ACTION -6 OVERDUE, DUTY 1 DUE_SOON, TRANSLATION 3 DUE_SOON, DUTY 5 DUE_SOON, ACTION 7 DUE_SOON, DUTY 10 DUE_SOON, DUTY 30 DUE_SOON, NOTICE 30 DUE_SOON, EXPIRY 50 DUE_SOON, EXPIRY 60 DUE_SOON", false},
		{"a week", `"from" => current_date, "to" => current_date + 7`, "DUTY 1 DUE_SOON, TRANSLATION 3 DUE_SOON, DUTY 5 DUE_SOON, ACTION 7 DUE_SOON", false},
		{"a unit", `owner => 2, kinds => '{EXPIRY}'`, "EXPIRY 60 DUE_SOON", false},
		{"a unit and those below", `owner => 1, kinds => '{EXPIRY}'`, "EXPIRY 50 DUE_SOON, EXPIRY 60 DUE_SOON", false},
		{"who must act", `organization => 2`, "DUTY 5 DUE_SOON, ACTION 7 DUE_SOON", false},
		{"actions of the unit that is responsible", `owner => 2, kinds => '{ACTION}'`, "ACTION 7 DUE_SOON", false},
		{"actions that were done", `kinds => '{ACTION}', states => '{DONE}'`, "ACTION -70 DONE", false},
		{"a party", `organization => 3, kinds => '{NOTICE,TRANSLATION}'`, "TRANSLATION 3 DUE_SOON, NOTICE 30 DUE_SOON", false},
		{"what is done", `states => '{DONE}'`, "ACTION -70 DONE, DUTY -5 DONE", false},
		{"overdue", `states => '{OVERDUE}'`, "DUTY -10 OVERDUE, ACTION -6 OVERDUE", false},
		{"the first two", `first => 2`, "DUTY -10 OVERDUE, ACTION -6 OVERDUE", false},
	}
	for _, test := range tests {
		reader := d.Staff()
		if test.public {
			reader = d.Public()
		}
		var got string
		if err := reader.RunInTx(db.WithActing(t.Context(), db.Acting{Account: 9}), nil, func(ctx context.Context, tx bun.Tx) error {
			return tx.NewRaw(`select coalesce(string_agg(kind || ' ' || days_left || ' ' || state, ', ' order by n), '') from fn.agenda(`+test.arguments+`) with ordinality as a(id, kind, due_on, state, days_left, title, record_type, record_id, agreement_id, organization_id, owner_id, n)`).Scan(ctx, &got)
		}); err != nil {
			t.Fatal(test.name, err)
		}
		if got != test.want {
			t.Errorf("%s:\nwant %s\ngot  %s", test.name, test.want, got)
		}
	}
	for _, arguments := range []string{`"from" => '2027-01-02', "to" => '2027-01-01'`, `first => -1`, `first => 1001`} {
		if _, err := d.Public().ExecContext(t.Context(), `select from fn.agenda(`+arguments+`)`); err == nil {
			t.Error(arguments, "is taken")
		}
	}
}
