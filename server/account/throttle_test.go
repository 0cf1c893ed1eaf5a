package account

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestDelaysGrow(t *testing.T) {
	t.Parallel()
	login := throttles("x", here.Address)[1]
	var got []time.Duration
	for failures := range 14 {
		got = append(got, login.delay(failures))
	}
	want := []time.Duration{0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60}
	for i := range want {
		if got[i] != want[i]*time.Second {
			t.Errorf("after %d failures %s, want %d s", i, got[i], want[i])
		}
	}
	if got := login.delay(1 << 30); got != time.Minute {
		t.Errorf("after very many: %s", got)
	}
}

// delayedAnew begins the delays of today anew: on a busy machine a hash takes longer than they last.
const delayedAnew = "update auth.attempt set blocked_until = clock_timestamp() + make_interval(secs => round(extract(epoch from blocked_until - last_at)))"

func TestFailuresOfALoginAreThrottled(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	g.setUp(t)
	attempt := func(login, password string, from Client) error {
		_, err := g.SignIn(t.Context(), login, password, from)
		return err
	}
	for i := range 6 {
		if err := attempt("Admin", "wrong password", client(fmt.Sprintf("192.0.2.%d", 10+i))); !errors.Is(err, ErrWrong) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	before := g.hashes.computed.Load()
	g.run(t, delayedAnew)
	var throttled *Throttled
	if err := attempt("aDMIN", good, client("192.0.2.99")); !errors.As(err, &throttled) || throttled.Seconds() != 1 || throttled.Wait > time.Second {
		t.Errorf("from another address, with the right password: %v", err)
	}
	if g.hashes.computed.Load() != before {
		t.Error("a refused attempt costs a hash")
	}
	if got := g.read(t, "select failures from auth.attempt where key = 'login:admin'"); got != "6" {
		t.Errorf("%s failures are counted", got)
	}
	if err := attempt("someone-else", "wrong password", here); !errors.Is(err, ErrWrong) {
		t.Errorf("another login: %v", err)
	}
	g.run(t, "update auth.attempt set blocked_until = now()")
	if err := attempt("admin", "wrong password", here); !errors.Is(err, ErrWrong) {
		t.Errorf("after the delay: %v", err)
	}
	g.run(t, delayedAnew)
	if err := attempt("admin", good, here); !errors.As(err, &throttled) || throttled.Seconds() != 2 {
		t.Errorf("the next delay: %v", err)
	}
	g.run(t, "update auth.attempt set blocked_until = now()")
	if err := attempt("admin", good, here); err != nil {
		t.Errorf("the right password after the delay: %v", err)
	}
	if got := g.read(t, "select count(*) from auth.attempt where key = 'login:admin'"); got != "0" {
		t.Error("success does not end the count")
	}
}

func TestFailuresFromAnAddressAreThrottled(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	g.setUp(t)
	// 64 bits of an IPv6 address belong to one person.
	from := func(i int) Client { return client(fmt.Sprintf("2001:db8::%x", i)) }
	for i := range 21 {
		if _, err := g.SignIn(t.Context(), fmt.Sprintf("login-%d", i), "wrong password", from(i)); !errors.Is(err, ErrWrong) {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	g.run(t, delayedAnew)
	var throttled *Throttled
	if _, err := g.SignIn(t.Context(), "admin", good, from(99)); !errors.As(err, &throttled) {
		t.Errorf("from the address: %v", err)
	}
	if _, err := g.SignIn(t.Context(), "admin", good, client("2001:db8:0:1::1")); err != nil {
		t.Errorf("from another network: %v", err)
	}
	g.run(t, "update auth.attempt set blocked_until = now(), last_at = now() - interval '61 minutes'")
	if _, err := g.SignIn(t.Context(), "nobody", "wrong password", from(1)); !errors.Is(err, ErrWrong) {
		t.Error(err)
	}
	if got := g.read(t, "select failures from auth.attempt where key like 'address:2001:db8::%'"); got != "1" {
		t.Errorf("an hour later %s failures are remembered", got)
	}
}

// Attempts that arrive at the same moment must not all be looked at before the first has failed.
func TestParallelGuessesAreCounted(t *testing.T) {
	t.Parallel()
	g := open(t, Options{Hashes: 4})
	g.setUp(t)
	var mu sync.Mutex
	looked, refused := 0, 0
	var group sync.WaitGroup
	for i := range 30 {
		group.Go(func() {
			_, err := g.SignIn(t.Context(), "admin", "wrong password", client(fmt.Sprintf("192.0.2.%d", i)))
			mu.Lock()
			defer mu.Unlock()
			var throttled *Throttled
			switch {
			case errors.Is(err, ErrWrong):
				looked++
			case errors.As(err, &throttled):
				refused++
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if looked > 8 || looked < 6 || looked+refused != 30 { // a delay of a second may pass meanwhile
		t.Errorf("%d guesses were looked at, %d refused", looked, refused)
	}
}
