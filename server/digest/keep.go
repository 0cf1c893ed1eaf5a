package digest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// PathStop is where a digest is ended, below it each by its secret.
const PathStop = "/digest/stop/"

// A digest that was claimed belongs to one server for so long: longer than it takes to read and to send it.
const lease = 5 * time.Minute

// attempts is how often a digest is tried on one day.
const attempts = 8

// Service sends digests. Several servers on one database send each digest once.
type Service struct {
	Gate, Staff *bun.DB // of the roles db.Gate, writable, and db.Staff
	Mail        Server
	Origin      string // where people reach the portal
	Hour        int    // minutes after midnight from which the digests of a day go out
	Zone        *time.Location
	Logger      *slog.Logger
	Pause       time.Duration // between looks at what is to be sent; a minute unless told
	Retry       time.Duration // before the second attempt, doubled for each further one; a minute unless told
}

// Keep sends what is to be sent, each day from its hour on, until ctx ends.
func (s *Service) Keep(ctx context.Context) {
	pause := s.Pause
	if pause == 0 {
		pause = time.Minute
	}
	for tick := time.NewTicker(pause); ; {
		if now := time.Now().In(s.Zone); now.Hour()*60+now.Minute() >= s.Hour {
			if _, err := s.Run(ctx); err != nil && ctx.Err() == nil {
				s.Logger.WarnContext(ctx, "digests could not be looked for", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// Run sends the digests of today that have not been sent and whose time for another attempt has come. It returns how many went out.
func (s *Service) Run(ctx context.Context) (sent int, err error) {
	today := s.today()
	if _, err := s.Gate.ExecContext(ctx, "delete from digest_delivery where day < ?::date - 90", today.Format(time.DateOnly)); err != nil {
		return 0, fmt.Errorf("remove old digests: %w", err)
	}
	for after := int64(0); ; {
		who, attempt, err := s.claim(ctx, today, after)
		if errors.Is(err, sql.ErrNoRows) {
			return sent, nil
		}
		if err != nil {
			return sent, fmt.Errorf("claim a digest: %w", err)
		}
		if after = who.Account; attempt == 0 { // another server was faster
			continue
		}
		items, err := s.send(ctx, who, today)
		if ctx.Err() != nil { // the lease ends, and another server, or this one when it runs again, goes on
			return sent, ctx.Err()
		}
		if err := s.note(ctx, who, today, attempt, items, err); err != nil {
			return sent, err
		}
		if err == nil && items > 0 {
			sent++
		}
	}
}

func (s *Service) today() time.Time {
	now := time.Now().In(s.Zone)
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

// claim takes the next digest that is to be sent; sql.ErrNoRows if there is none. The attempt is 0 if another server has just taken it.
func (s *Service) claim(ctx context.Context, today time.Time, after int64) (who Person, attempt int, err error) {
	day := today.Format(time.DateOnly)
	err = s.Gate.QueryRowContext(ctx, `select r.id, r.name, r.email, r.locale from digest_reader r
		where r.id > ? and not exists (select from digest_delivery d where d.account_id = r.id and d.day = ?::date and (d.done_at is not null or d.next_at > now() or d.attempts >= ?))
		order by r.id limit 1`, after, day, attempts).Scan(&who.Account, &who.Name, &who.Email, &who.Locale)
	if err != nil {
		return who, 0, err
	}
	err = s.Gate.QueryRowContext(ctx, `insert into digest_delivery as d (account_id, day, next_at) values (?0, ?1::date, now() + ?2::float8 * interval '1 second')
		on conflict (account_id, day) do update set attempts = d.attempts + 1, next_at = excluded.next_at where d.done_at is null and d.next_at <= now() and d.attempts < ?3
		returning d.attempts`, who.Account, day, lease.Seconds(), attempts).Scan(&attempt)
	if errors.Is(err, sql.ErrNoRows) {
		return who, 0, nil
	}
	return who, attempt, err
}

// send reads a digest and sends it, if it tells of anything.
func (s *Service) send(ctx context.Context, who Person, today time.Time) (items int, err error) {
	d, err := Read(ctx, s.Staff, who, today)
	if err != nil || d.Items() == 0 {
		return 0, err
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails
	secret := base64.RawURLEncoding.EncodeToString(random)
	if _, err := s.Gate.ExecContext(ctx, "update digest_delivery set stop_hash = ? where account_id = ? and day = ?::date", digestOf(secret), who.Account, today.Format(time.DateOnly)); err != nil {
		return 0, fmt.Errorf("keep the link of a digest: %w", err)
	}
	stop := s.Origin + PathStop + secret
	message, err := d.Write(s.Origin, stop, today)
	if err != nil {
		return 0, err
	}
	return d.Items(), s.Mail.Send(ctx, who, message, stop)
}

func digestOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// note keeps what became of a digest.
func (s *Service) note(ctx context.Context, who Person, today time.Time, attempt, items int, failure error) error {
	day := today.Format(time.DateOnly)
	if failure == nil {
		if _, err := s.Gate.ExecContext(ctx, "update digest_delivery set done_at = now(), items = ?, error = null where account_id = ? and day = ?::date", items, who.Account, day); err != nil {
			return fmt.Errorf("note that a digest was sent: %w", err)
		}
		s.Logger.InfoContext(ctx, "digest", "account", who.Account, "items", items, "sent", items > 0)
		return nil
	}
	wait := s.Retry
	if wait == 0 {
		wait = time.Minute
	}
	wait <<= attempt - 1
	s.Logger.WarnContext(ctx, "a digest was not sent", "account", who.Account, "attempt", attempt, "of", attempts, "error", failure)
	text := []rune(failure.Error())
	if _, err := s.Gate.ExecContext(ctx, "update digest_delivery set next_at = now() + ?::float8 * interval '1 second', error = ? where account_id = ? and day = ?::date",
		wait.Seconds(), string(text[:min(len(text), 1000)]), who.Account, day); err != nil {
		return fmt.Errorf("note that a digest was not sent: %w", err)
	}
	return nil
}

// Preview gives each person who wants digests the message that would go out now; see is called for those to whom none would go too, with no message.
func (s *Service) Preview(ctx context.Context, see func(who Person, message *Message) error) error {
	var people []Person
	rows, err := s.Gate.QueryContext(ctx, "select r.id, r.name, r.email, r.locale from digest_reader r order by r.id")
	if err != nil {
		return fmt.Errorf("look who wants digests: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var who Person
		if err := rows.Scan(&who.Account, &who.Name, &who.Email, &who.Locale); err != nil {
			return fmt.Errorf("look who wants digests: %w", err)
		}
		people = append(people, who)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("look who wants digests: %w", err)
	}
	today := s.today()
	for _, who := range people {
		d, err := Read(ctx, s.Staff, who, today)
		if err != nil {
			return err
		}
		if d.Items() == 0 {
			if err := see(who, nil); err != nil {
				return err
			}
			continue
		}
		message, err := d.Write(s.Origin, s.Origin+PathStop+"…", today)
		if err != nil {
			return err
		}
		if err := see(who, &message); err != nil {
			return err
		}
	}
	return nil
}

// Stop ends the digests of who has a link of one of them; it says whether there is such a link.
func Stop(ctx context.Context, gate *bun.DB, secret string) (known bool, err error) {
	err = gate.RunInTx(db.WithActing(ctx, db.Acting{Operation: "stopDigest"}), nil, func(ctx context.Context, tx bun.Tx) error {
		return tx.QueryRowContext(ctx, "select stop_digest(?)", digestOf(secret)).Scan(&known)
	})
	if err != nil {
		return false, fmt.Errorf("end the digests of a person: %w", err)
	}
	return known, nil
}
