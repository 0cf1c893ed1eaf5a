package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// SignIn opens a session for who knows the password of a login: ErrWrong, *Throttled or ErrBusy otherwise. Whatever is wrong, it
// takes one hash to say so.
func (s *Service) SignIn(ctx context.Context, login, password string, from Client) (Session, error) {
	counted := throttles(login, from.Address)
	if err := s.begin(ctx, counted); err != nil {
		return Session{}, err
	}
	account, renewed, err := s.prove(ctx, login, password)
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.change(ctx, "signIn", account, func(ctx context.Context, tx bun.Tx) error {
		if err := s.forgive(ctx, tx, counted); err != nil {
			return err
		}
		if renewed != "" {
			if err := setPassword(ctx, tx, account, renewed); err != nil {
				return err
			}
		}
		out, err = s.open(ctx, tx, account, from)
		return err
	})
	return out, err
}

// prove is the account of a login whose password this is. Renewed is a hash with today's parameters, if the one that is kept has others.
func (s *Service) prove(ctx context.Context, login, password string) (account int64, renewed string, err error) {
	var hash sql.NullString
	err = s.gate.QueryRowContext(ctx, "select a.id, c.password_hash from account a join credential c on c.account_id = a.id where lower(a.login) = lower(?) and not a.is_disabled",
		canonicalLogin(login)).Scan(&account, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("looking for an account: %w", err)
	}
	password = canonicalPassword(password)
	fits, outdated, err := s.hashes.verify(ctx, hash.String, password)
	if err != nil {
		return 0, "", err
	}
	if !fits {
		return 0, "", ErrWrong
	}
	if outdated {
		if renewed, err = s.hashes.hash(ctx, password); err != nil {
			return 0, "", err
		}
	}
	return account, renewed, nil
}

func setPassword(ctx context.Context, tx bun.Tx, account int64, hash string) error {
	_, err := tx.ExecContext(ctx, `insert into credential (account_id, password_hash) values (?, ?)
		on conflict (account_id) do update set password_hash = excluded.password_hash, changed_at = now()`, account, hash)
	if err != nil {
		return fmt.Errorf("keeping a password: %w", err)
	}
	return nil
}

// open makes a session.
func (s *Service) open(ctx context.Context, tx bun.Tx, account int64, from Client) (Session, error) {
	out := Session{Secret: newSecret(), Account: account}
	err := tx.QueryRowContext(ctx, `insert into session (token_hash, account_id, expires_at, user_agent, address)
		select ?, a.id, now() + ?::float8 * interval '1 second', ?, ? from account a where a.id = ? and not a.is_disabled returning expires_at`,
		digest(out.Secret), s.lifetime.Seconds(), text(clip(strings.ToValidUTF8(from.UserAgent, "?"), 300)), text(address(from)), account).Scan(&out.ExpiresAt)
	if errors.Is(err, sql.ErrNoRows) { // disabled at this moment
		return Session{}, ErrWrong
	}
	if err != nil {
		return Session{}, fmt.Errorf("opening a session: %w", err)
	}
	return out, s.seen(ctx, tx, account)
}

// text is null for a text that is empty.
func text(value string) sql.NullString {
	return sql.NullString{String: value, Valid: value != ""}
}

func address(from Client) string {
	if !from.Address.IsValid() {
		return ""
	}
	return from.Address.Unmap().String()
}

func (s *Service) seen(ctx context.Context, tx bun.Tx, account int64) error {
	_, err := tx.ExecContext(ctx, `insert into presence as p values (?, now())
		on conflict (account_id) do update set seen_at = now() where p.seen_at < now() - interval '1 minute'`, account)
	if err != nil {
		return fmt.Errorf("noting that an account was seen: %w", err)
	}
	return nil
}

// BySession is who a session belongs to; ErrNobody if it has ended.
func (s *Service) BySession(ctx context.Context, secret string) (*Identity, error) {
	who := &Identity{}
	err := s.gate.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var email sql.NullString
		var grants []byte
		var stale bool
		err := tx.QueryRowContext(ctx, `select a.id, a.login, a.name, a.email, a.locale, a.roles, a.grants, s.expires_at, s.last_seen_at < now() - interval '1 minute'
			from session s join account a on a.id = s.account_id
			where s.token_hash = ? and s.expires_at > now() and s.last_seen_at > now() - ?::float8 * interval '1 second' and not a.is_disabled`,
			digest(secret), s.idle.Seconds()).
			Scan(&who.Account, &who.Login, &who.Name, &email, &who.Locale, pgdialect.Array(&who.Roles), &grants, &who.ExpiresAt, &stale)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNobody
		}
		if err != nil {
			return fmt.Errorf("looking for a session: %w", err)
		}
		who.Email = email.String
		if err := json.Unmarshal(grants, &who.Grants); err != nil {
			return fmt.Errorf("reading the roles of an account: %w", err)
		}
		if !stale {
			return nil
		}
		if _, err := tx.ExecContext(ctx, "update session set last_seen_at = now() where token_hash = ?", digest(secret)); err != nil {
			return fmt.Errorf("keeping a session: %w", err)
		}
		return s.seen(ctx, tx, who.Account)
	})
	if err != nil {
		return nil, err
	}
	return who, nil
}

// SignOut ends a session. One that has ended already is no error.
func (s *Service) SignOut(ctx context.Context, secret string) error {
	return s.change(ctx, "signOut", 0, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "delete from session where token_hash = ?", digest(secret))
		return wrap(err, "ending a session")
	})
}

// SignOutEverywhere ends every session of an account, and says how many there were. Tokens of programs go on.
func (s *Service) SignOutEverywhere(ctx context.Context, account int64) (sessions int64, err error) {
	err = s.change(ctx, "signOutEverywhere", account, func(ctx context.Context, tx bun.Tx) error {
		sessions, err = endSessions(ctx, tx, account)
		return err
	})
	return sessions, err
}

func endSessions(ctx context.Context, tx bun.Tx, account int64) (int64, error) {
	result, err := tx.ExecContext(ctx, "delete from session where account_id = ?", account)
	if err != nil {
		return 0, fmt.Errorf("ending sessions: %w", err)
	}
	return result.RowsAffected()
}

// ChangePassword gives an account another password, ends all its sessions and opens a new one.
func (s *Service) ChangePassword(ctx context.Context, who *Identity, old, password string, from Client) (Session, error) {
	if err := CheckPassword(password, who.Login, who.Name); err != nil {
		return Session{}, err
	}
	counted := throttles(who.Login, from.Address)
	if err := s.begin(ctx, counted); err != nil {
		return Session{}, err
	}
	account, _, err := s.prove(ctx, who.Login, old)
	if err != nil {
		return Session{}, err
	}
	hash, err := s.hashes.hash(ctx, canonicalPassword(password))
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.change(ctx, "changePassword", account, func(ctx context.Context, tx bun.Tx) error {
		if err := s.forgive(ctx, tx, counted); err != nil {
			return err
		}
		out, err = s.replacePassword(ctx, tx, account, hash, from)
		return err
	})
	return out, err
}

// replacePassword sets a password that somebody has chosen: whoever was signed in with the old one is not any more.
func (s *Service) replacePassword(ctx context.Context, tx bun.Tx, account int64, hash string, from Client) (Session, error) {
	if err := setPassword(ctx, tx, account, hash); err != nil {
		return Session{}, err
	}
	if _, err := endSessions(ctx, tx, account); err != nil {
		return Session{}, err
	}
	return s.open(ctx, tx, account, from)
}

func wrap(err error, doing string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// at is a moment as answers give it.
func at(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
