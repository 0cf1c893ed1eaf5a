package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"
)

// Throttled refuses an attempt because others failed shortly before.
type Throttled struct {
	Wait time.Duration // until the next attempt is looked at
}

// Error says how long to wait.
func (t *Throttled) Error() string {
	return fmt.Sprintf("too many attempts have failed: wait %d seconds", t.Seconds())
}

// Seconds is Wait rounded up, as the header Retry-After wants it.
func (t *Throttled) Seconds() int { return max(1, int(math.Ceil(t.Wait.Seconds()))) }

// throttle is what is counted: failures of a login and failures from an address. After some, each more doubles the delay. What is
// forgotten within an hour of quiet. The delay of a login stays short, so that nobody can lock somebody else out for long.
type throttle struct {
	key     string
	free    int           // failures that cost nothing
	longest time.Duration // delay
}

// throttles are those of an attempt, always in this order, so that two attempts never wait for each other.
func throttles(login string, from netip.Addr) []throttle {
	address := from.Unmap().WithZone("")
	if address.Is6() { // one person has a whole network of these
		network, _ := address.Prefix(64) // no error: 64 is a length of it
		address = network.Masked().Addr()
	}
	return []throttle{
		{"address:" + address.String(), 20, 15 * time.Minute},
		{"login:" + clip(strings.ToLower(canonicalLogin(login)), 100), 5, time.Minute},
	}
}

// canonicalLogin is the form in which logins are compared, whatever their case. Control characters, which no login has and some of
// which PostgreSQL does not take, become a character that no login has either.
func canonicalLogin(login string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.TrimSpace(strings.ToValidUTF8(login, " "))))
}

func clip(text string, longest int) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest])
	}
	return text
}

// begin counts an attempt as failed before its password is looked at, so that attempts at the same moment count too, or refuses
// it. Success takes the count back.
func (s *Service) begin(ctx context.Context, counted []throttle) error {
	refused := false
	err := s.change(ctx, "signIn", 0, func(ctx context.Context, tx bun.Tx) error {
		for _, t := range counted {
			var failures int
			err := tx.QueryRowContext(ctx, `insert into attempt as a values (?0, 1, clock_timestamp(), clock_timestamp())
				on conflict (key) do update set last_at = clock_timestamp(),
					failures = case when a.last_at < clock_timestamp() - interval '1 hour' then 1 else a.failures + 1 end
				where a.blocked_until <= clock_timestamp() returning failures`, t.key).Scan(&failures)
			if errors.Is(err, sql.ErrNoRows) {
				refused = true
				return &Throttled{} // undoes what was counted
			}
			if err != nil {
				return fmt.Errorf("counting an attempt: %w", err)
			}
			if delay := t.delay(failures); delay > 0 {
				if _, err := tx.ExecContext(ctx, "update attempt set blocked_until = clock_timestamp() + ?::float8 * interval '1 second' where key = ?", delay.Seconds(), t.key); err != nil {
					return fmt.Errorf("delaying the next attempt: %w", err)
				}
			}
		}
		return nil
	})
	if !refused {
		return err
	}
	var longest float64
	for _, t := range counted {
		var wait float64
		err := s.gate.QueryRowContext(ctx, "select coalesce(max(extract(epoch from blocked_until - clock_timestamp())), 0)::float8 from attempt where key = ?", t.key).Scan(&wait)
		if err != nil {
			return fmt.Errorf("asking how long to wait: %w", err)
		}
		longest = max(longest, wait)
	}
	return &Throttled{Wait: time.Duration(longest * float64(time.Second))}
}

// delay is how long the next attempt has to wait after so many failures.
func (t throttle) delay(failures int) time.Duration {
	over := failures - t.free
	if over <= 0 {
		return 0
	}
	if over > 30 {
		return t.longest
	}
	return min(t.longest, time.Second<<(over-1))
}

// forgive takes the count of an attempt back that has succeeded: all failures of the login, one of the address, from where somebody
// may try many logins of which he knows one.
func (s *Service) forgive(ctx context.Context, tx bun.Tx, counted []throttle) error {
	for _, t := range counted {
		statement := "update attempt set failures = greatest(failures - 1, 0), blocked_until = case when failures - 1 <= ?1 then clock_timestamp() else blocked_until end where key = ?0"
		if strings.HasPrefix(t.key, "login:") {
			statement = "delete from attempt where key = ?0"
		}
		if _, err := tx.ExecContext(ctx, statement, t.key, t.free); err != nil {
			return fmt.Errorf("forgiving earlier attempts: %w", err)
		}
	}
	return nil
}
