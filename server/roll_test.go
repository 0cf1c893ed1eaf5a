package main

import (
	"net/http"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// overnight is a register as it stood yesterday evening: an agreement whose term ended with that day, one that runs, and its obligation, laid out for
// the last time a year ago.
const overnight = `
	insert into agreement (id, code, kind, state, in_force_on, expires_on) values (1, 'ENDED', 'GRANT', 'PUBLISHED', current_date - 100, current_date), (2, 'RUNS', 'GRANT', 'PUBLISHED', current_date - 100, null);
	insert into obligation (id, agreement_id, kind, due_on, recurrence, lead_days, published) values (1, 2, 'REPORT', current_date + 1, 'FREQ=YEARLY', 30, true);
	alter table agreement disable trigger live;
	update agreement set expires_on = expires_on - 1, term_ends_on = term_ends_on - 1, rolls_on = rolls_on - 1 where id = 1;
	alter table agreement enable trigger live;
	delete from duty where obligation_id = 1 and due_on > current_date + 4 * 365;
	update duty_horizon set laid_out_on = current_date - 365 where obligation_id = 1`

// TestTheDayComes starts two servers at once on a register of yesterday. What the date brings is there soon, as readers see it, and was done by one.
func TestTheDayComes(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	owner := database.Owner()
	if _, err := owner.ExecContext(t.Context(), overnight); err != nil {
		t.Fatal(err)
	}
	servers := make(chan *instance, 2)
	for range 2 {
		go func() { servers <- serveOn(t, database) }()
	}
	one, other := <-servers, <-servers
	for _, i := range []*instance{one, other} {
		eventually(t, "the agreement has expired", func() bool {
			got := i.ask(t, `{ agreement(by: {code: "ENDED"}) { status } }`, nil)
			return got.status == http.StatusOK && strings.Contains(got.body, `"EXPIRED"`)
		})
		eventually(t, "the duties of the next years are laid out", func() bool {
			got := i.ask(t, `{ agreement(by: {code: "RUNS"}) { status obligations { nodes { duties { dueOn } } } } }`, nil)
			if got.status != http.StatusOK || strings.Contains(got.body, `"errors"`) {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			return strings.Contains(got.body, `"IN_FORCE"`) && strings.Count(got.body, "dueOn") == 6
		})
	}
	// The feed tells it once.
	ask := func(query string) (answer string) {
		t.Helper()
		if err := owner.QueryRowContext(t.Context(), query).Scan(&answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
	const told = `select coalesce(string_agg(e.kind || ' ' || e.record_id || ' ' || e.action, ', ' order by e.record_id, e.kind), '') from change_event e join revision r on r.id = e.revision_id where r.operation = 'roll'`
	if got := ask(told); strings.Count(got, "Agreement 1 CHANGED") != 1 {
		t.Errorf("the feed tells %q", got)
	}
	if got := ask(`select count(*)::text from duty where obligation_id = 1`); got != "6" {
		t.Errorf("%s duties are laid out", got)
	}
}

// TestOneServerAtATime holds the lock of a server at work: another leaves the register to it, and does what is left once the first is gone.
func TestOneServerAtATime(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	owner := database.Owner()
	if _, err := owner.ExecContext(t.Context(), overnight); err != nil {
		t.Fatal(err)
	}
	first, err := owner.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Rollback()
	if _, err := first.ExecContext(t.Context(), "select pg_advisory_xact_lock(7221075)"); err != nil {
		t.Fatal(err)
	}
	second := &source{Server: database.Server()}
	rolled := func() (total int) {
		t.Helper()
		for _, r := range rolls {
			n, err := rollAll(t.Context(), second, r.call)
			if err != nil {
				t.Fatal(err)
			}
			total += n
		}
		return total
	}
	if n := rolled(); n != 0 {
		t.Errorf("%d records were brought up to date while another server was at it", n)
	}
	if err := first.Rollback(); err != nil {
		t.Fatal(err)
	}
	if n := rolled(); n != 2 {
		t.Errorf("%d records were brought up to date, want the agreement and the obligation", n)
	}
	if n := rolled(); n != 0 {
		t.Errorf("%d records were brought up to date again", n)
	}
}
