package account

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"
)

// SetProfile changes what an account says of its person: the name and the language. Login, e-mail address and roles are not one's own to change.
func (s *Service) SetProfile(ctx context.Context, account int64, name, locale string) error {
	name = norm.NFC.String(strings.TrimSpace(name))
	switch {
	case name == "" || utf8.RuneCountInString(name) > 200 || !printable(name):
		return &Refusal{"name", "The name must have 1 to 200 characters.", "يجب أن يكون الاسم من 1 إلى 200 محرف."}
	case !localeForm.MatchString(locale):
		return &Refusal{"locale", "The locale must be a language tag such as ar or en.", "يجب أن تكون اللغة رمزاً مثل ar أو en."}
	}
	return s.change(ctx, "setProfile", account, func(ctx context.Context, tx bun.Tx) error {
		var done bool
		if err := tx.QueryRowContext(ctx, "select set_profile(?, ?, ?)", account, name, locale).Scan(&done); err != nil {
			return fmt.Errorf("changing the name of an account: %w", err)
		}
		if !done {
			return ErrUnknown
		}
		return nil
	})
}

// OpenSession is a browser in which somebody is signed in.
type OpenSession struct {
	ID        string // tells it from the others; worth nothing as a cookie
	CreatedAt time.Time
	LastSeen  time.Time // to the minute
	ExpiresAt time.Time
	UserAgent string
	Address   string
	IsCurrent bool // the one that asks
}

// sessionID names a session by the beginning of the hash of its secret, from which nobody comes back to the secret.
func sessionID(hash []byte) string { return hex.EncodeToString(hash[:16]) }

// Sessions are the browsers in which an account is signed in, the one last used first. Current is the secret of the one that asks.
func (s *Service) Sessions(ctx context.Context, account int64, current string) ([]OpenSession, error) {
	all := []OpenSession{}
	own := sessionID(digest(current))
	err := s.gate.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		rows, err := tx.QueryContext(ctx, `select token_hash, created_at, last_seen_at, expires_at, user_agent, address from session
			where account_id = ? and expires_at > now() and last_seen_at > now() - ?::float8 * interval '1 second' order by last_seen_at desc, created_at desc`, account, s.idle.Seconds())
		if err != nil {
			return fmt.Errorf("listing sessions: %w", err)
		}
		for rows.Next() {
			var hash []byte
			var agent, address sql.NullString
			var one OpenSession
			if err := rows.Scan(&hash, &one.CreatedAt, &one.LastSeen, &one.ExpiresAt, &agent, &address); err != nil {
				return fmt.Errorf("listing sessions: %w", err)
			}
			one.ID, one.UserAgent, one.Address = sessionID(hash), agent.String, address.String
			one.CreatedAt, one.LastSeen, one.ExpiresAt = at(one.CreatedAt), at(one.LastSeen), at(one.ExpiresAt)
			one.IsCurrent = one.ID == own
			all = append(all, one)
		}
		return wrap(rows.Err(), "listing sessions")
	})
	return all, err
}

// EndSession ends one session of an account; ErrUnknown if there is none of that id.
func (s *Service) EndSession(ctx context.Context, account int64, id string) error {
	return s.change(ctx, "endSession", account, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.ExecContext(ctx, "delete from session where account_id = ? and encode(substr(token_hash, 1, 16), 'hex') = ?", account, id)
		if err != nil {
			return fmt.Errorf("ending a session: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrUnknown)
		}
		return nil
	})
}

// SignOutAccount ends every session of the account with that login, for an administrator, and says how many there were.
func (s *Service) SignOutAccount(ctx context.Context, by int64, login string) (sessions int64, err error) {
	err = s.change(ctx, "signOutEverywhere", by, func(ctx context.Context, tx bun.Tx) error {
		var account int64
		err := tx.QueryRowContext(ctx, "select id from account where lower(login) = lower(?)", canonicalLogin(login)).Scan(&account)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrUnknown
		}
		if err != nil {
			return fmt.Errorf("looking for an account: %w", err)
		}
		sessions, err = endSessions(ctx, tx, account)
		return err
	})
	return sessions, err
}
