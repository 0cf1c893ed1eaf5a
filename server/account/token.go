package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/driver/pgdriver"
)

// tokenPrefix lets people and scanners of source code recognise a token.
const tokenPrefix = "taawun_"

// longestToken is how long a token lasts at most, in days.
const longestToken = 366

// Token is with what a program acts for an account.
type Token struct {
	ID       int64
	Name     string
	ReadOnly bool
}

// NewToken is what a new token shall be.
type NewToken struct {
	Name     string
	Roles    []string // of the account's
	ReadOnly bool
	Days     int
}

// IssuedToken is a new token with its secret, which nobody sees again.
type IssuedToken struct {
	ID        int64
	Secret    string
	ExpiresAt time.Time
}

// CreateToken makes a token for an account, with roles that the account has.
func (s *Service) CreateToken(ctx context.Context, who *Identity, wanted NewToken) (IssuedToken, error) {
	wanted.Name = strings.TrimSpace(wanted.Name)
	slices.Sort(wanted.Roles)
	wanted.Roles = slices.Compact(wanted.Roles)
	switch missing := slices.IndexFunc(wanted.Roles, func(role string) bool { return !who.Has(role) }); {
	case wanted.Name == "" || utf8.RuneCountInString(wanted.Name) > 200 || !printable(wanted.Name):
		return IssuedToken{}, &Refusal{"name", "Give the token a name of 1 to 200 characters, by which you will know it.", "سمِّ الرمز باسم من 1 إلى 200 محرف تعرفه به."}
	case len(wanted.Roles) == 0:
		return IssuedToken{}, &Refusal{"roles", "Choose at least one of your roles.", "اختر دوراً واحداً على الأقل من أدوارك."}
	case missing >= 0:
		return IssuedToken{}, &Refusal{"roles", fmt.Sprintf("You do not have the role %q.", clip(wanted.Roles[missing], 40)), "لا تملك أحد هذه الأدوار."}
	case wanted.Days < 1 || wanted.Days > longestToken:
		return IssuedToken{}, &Refusal{"days", "A token lasts from 1 to 366 days.", "مدة الرمز من 1 إلى 366 يوماً."}
	}
	out := IssuedToken{Secret: tokenPrefix + newSecret()}
	err := s.change(ctx, "createToken", who.Account, func(ctx context.Context, tx bun.Tx) error {
		err := tx.QueryRowContext(ctx, "select create_token(?, ?, ?, ?, ? * interval '1 day')", who.Account, wanted.Name, pgdialect.Array(wanted.Roles), wanted.ReadOnly, wanted.Days).Scan(&out.ID)
		if state(err) == "42501" { // a role was taken away meanwhile
			return &Refusal{"roles", "You do not have these roles any more.", "لم تعد تملك هذه الأدوار."}
		}
		if err != nil {
			return fmt.Errorf("making a token: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "insert into token_secret (token_hash, api_token_id) values (?, ?)", digest(out.Secret), out.ID); err != nil {
			return fmt.Errorf("keeping a token: %w", err)
		}
		return wrap(tx.QueryRowContext(ctx, "select expires_at from api_token where id = ?", out.ID).Scan(&out.ExpiresAt), "reading a token")
	})
	if err != nil {
		return IssuedToken{}, err
	}
	out.ExpiresAt = at(out.ExpiresAt)
	return out, nil
}

func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// state is the SQLSTATE of PostgreSQL's refusal, or "".
func state(err error) string {
	var pg pgdriver.Error
	if errors.As(err, &pg) {
		return pg.Field('C')
	}
	return ""
}

// RevokeToken ends a token of one's own, or anybody's for an administrator; ErrUnknown if there is none to end.
func (s *Service) RevokeToken(ctx context.Context, who *Identity, token int64) error {
	return s.change(ctx, "revokeToken", who.Account, func(ctx context.Context, tx bun.Tx) error {
		var done bool
		if err := tx.QueryRowContext(ctx, "select revoke_token(?, ?)", who.Account, token).Scan(&done); err != nil {
			return fmt.Errorf("revoking a token: %w", err)
		}
		if !done {
			return ErrUnknown
		}
		return nil
	})
}

// ByToken is for whom a token acts; ErrNobody if it is unknown, revoked or has expired, or its account is disabled. The roles are
// those of the token that the account still has.
func (s *Service) ByToken(ctx context.Context, secret string) (*Identity, error) {
	if !strings.HasPrefix(secret, tokenPrefix) {
		return nil, ErrNobody
	}
	who := &Identity{Token: &Token{}}
	err := s.gate.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var email sql.NullString
		var grants []byte
		var allowed []string
		var stale bool
		err := tx.QueryRowContext(ctx, `select a.id, a.login, a.name, a.email, a.locale, a.roles, a.grants, t.expires_at, t.id, t.name, t.read_only, t.roles,
				s.last_used_at is null or s.last_used_at < now() - interval '1 minute'
			from token_secret s join api_token t on t.id = s.api_token_id join account a on a.id = t.account_id
			where s.token_hash = ? and t.revoked_at is null and t.expires_at > now() and not a.is_disabled`, digest(secret)).
			Scan(&who.Account, &who.Login, &who.Name, &email, &who.Locale, pgdialect.Array(&who.Roles), &grants, &who.ExpiresAt,
				&who.Token.ID, &who.Token.Name, &who.Token.ReadOnly, pgdialect.Array(&allowed), &stale)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNobody
		}
		if err != nil {
			return fmt.Errorf("looking for a token: %w", err)
		}
		who.Email = email.String
		if err := json.Unmarshal(grants, &who.Grants); err != nil {
			return fmt.Errorf("reading the roles of an account: %w", err)
		}
		who.Roles = slices.DeleteFunc(who.Roles, func(role string) bool { return !slices.Contains(allowed, role) })
		who.Grants = slices.DeleteFunc(who.Grants, func(grant Grant) bool { return !slices.Contains(allowed, grant.Role) })
		if !stale {
			return nil
		}
		if _, err := tx.ExecContext(ctx, "update token_secret set last_used_at = now() where token_hash = ?", digest(secret)); err != nil {
			return fmt.Errorf("noting that a token was used: %w", err)
		}
		return s.seen(ctx, tx, who.Account)
	})
	if err != nil {
		return nil, err
	}
	return who, nil
}
