package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"
)

// LinkLifetime is how long a one-time link can be used.
const LinkLifetime = 24 * time.Hour

// SetupLink makes the secret of a link by which the first administrator is made; "" when there are accounts. Links that were made
// before stay valid, since several servers may start at once.
func (s *Service) SetupLink(ctx context.Context) (secret string, err error) {
	err = s.change(ctx, "setupLink", 0, func(ctx context.Context, tx bun.Tx) error {
		var any bool
		if err := tx.QueryRowContext(ctx, "select exists (select from account)").Scan(&any); err != nil || any {
			return wrap(err, "looking for accounts")
		}
		secret = newSecret()
		return addLink(ctx, tx, secret, "SETUP", sql.NullInt64{})
	})
	return secret, err
}

// ResetLink makes the secret of a link by which the person of an account chooses a password; earlier ones end. The password that he
// has goes on until then. By is the administrator who asks, 0 for whoever runs the server.
func (s *Service) ResetLink(ctx context.Context, by int64, login string) (secret string, err error) {
	err = s.change(ctx, "resetLink", by, func(ctx context.Context, tx bun.Tx) error {
		var account int64
		err := tx.QueryRowContext(ctx, "select id from account where lower(login) = lower(?) and not is_disabled", canonicalLogin(login)).Scan(&account)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrUnknown
		}
		if err != nil {
			return fmt.Errorf("looking for an account: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "delete from one_time_link where account_id = ? and used_at is null", account); err != nil {
			return fmt.Errorf("ending earlier links: %w", err)
		}
		secret = newSecret()
		return addLink(ctx, tx, secret, "RESET", sql.NullInt64{Int64: account, Valid: true})
	})
	return secret, err
}

func addLink(ctx context.Context, tx bun.Tx, secret, purpose string, account sql.NullInt64) error {
	_, err := tx.ExecContext(ctx, "insert into one_time_link (token_hash, account_id, purpose, expires_at) values (?, ?, ?, now() + ?::float8 * interval '1 second')",
		digest(secret), account, purpose, LinkLifetime.Seconds())
	return wrap(err, "keeping a link")
}

// look is the account of a link that can still be used. It takes no hash to refuse one.
func (s *Service) look(ctx context.Context, secret, purpose string) (account sql.NullInt64, err error) {
	err = s.gate.QueryRowContext(ctx, "select account_id from one_time_link where token_hash = ? and purpose = ? and used_at is null and expires_at > now()",
		digest(secret), purpose).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return account, ErrLink
	}
	return account, wrap(err, "looking for a link")
}

// use ends a link; of several who use it at the same moment one succeeds.
func use(ctx context.Context, tx bun.Tx, secret, purpose string) error {
	result, err := tx.ExecContext(ctx, "update one_time_link set used_at = now() where token_hash = ? and purpose = ? and used_at is null and expires_at > now()", digest(secret), purpose)
	if err != nil {
		return fmt.Errorf("using a link: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, ErrLink)
	}
	return nil
}

// FirstAccount is what the first administrator chooses.
type FirstAccount struct{ Login, Name, Password, Locale string }

var (
	loginForm  = regexp.MustCompile(`^[^\s\p{C}]{2,100}$`)
	localeForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

func (f *FirstAccount) check() error {
	f.Login, f.Name = norm.NFC.String(strings.TrimSpace(f.Login)), norm.NFC.String(strings.TrimSpace(f.Name))
	if f.Locale == "" {
		f.Locale = "ar"
	}
	switch {
	case !loginForm.MatchString(f.Login):
		return &Refusal{"login", "The login must have 2 to 100 characters and no spaces.", "يجب أن يكون اسم الدخول من 2 إلى 100 محرف بلا مسافات."}
	case f.Name == "" || utf8.RuneCountInString(f.Name) > 200 || !printable(f.Name):
		return &Refusal{"name", "The name must have 1 to 200 characters.", "يجب أن يكون الاسم من 1 إلى 200 محرف."}
	case !localeForm.MatchString(f.Locale):
		return &Refusal{"locale", "The locale must be a language tag such as ar or en.", "يجب أن تكون اللغة رمزاً مثل ar أو en."}
	}
	return CheckPassword(f.Password, f.Login, f.Name)
}

// SetUp makes the first administrator by a set-up link, and signs him in.
func (s *Service) SetUp(ctx context.Context, secret string, first FirstAccount, from Client) (Session, error) {
	if _, err := s.look(ctx, secret, "SETUP"); err != nil {
		return Session{}, err
	}
	if err := first.check(); err != nil {
		return Session{}, err
	}
	hash, err := s.hashes.hash(ctx, canonicalPassword(first.Password))
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.change(ctx, "setUp", 0, func(ctx context.Context, tx bun.Tx) error {
		if err := use(ctx, tx, secret, "SETUP"); err != nil {
			return err
		}
		var account int64
		err := tx.QueryRowContext(ctx, "select create_administrator(?, ?, ?)", first.Login, first.Name, first.Locale).Scan(&account)
		if state(err) == "55000" { // by another link
			return ErrLink
		}
		if err != nil {
			return fmt.Errorf("making the first account: %w", err)
		}
		out, err = s.replacePassword(ctx, tx, account, hash, from)
		return err
	})
	return out, err
}

// Reset gives an account the password that its person has chosen by a link, ends its sessions and opens a new one.
func (s *Service) Reset(ctx context.Context, secret, password string, from Client) (Session, error) {
	account, err := s.look(ctx, secret, "RESET")
	if err != nil {
		return Session{}, err
	}
	var login, name string
	var disabled bool
	if err := s.gate.QueryRowContext(ctx, "select login, name, is_disabled from account where id = ?", account.Int64).Scan(&login, &name, &disabled); err != nil {
		return Session{}, fmt.Errorf("looking for an account: %w", err)
	}
	if disabled {
		return Session{}, ErrLink
	}
	if err := CheckPassword(password, login, name); err != nil {
		return Session{}, err
	}
	hash, err := s.hashes.hash(ctx, canonicalPassword(password))
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.change(ctx, "resetPassword", account.Int64, func(ctx context.Context, tx bun.Tx) error {
		if err := use(ctx, tx, secret, "RESET"); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "delete from attempt where key = ?", throttles(login, from.Address)[1].key); err != nil {
			return fmt.Errorf("forgiving earlier attempts: %w", err)
		}
		out, err = s.replacePassword(ctx, tx, account.Int64, hash, from)
		return err
	})
	return out, err
}
