// Package account signs people in: passwords, sessions, API tokens, one-time links, and sign-in by an OpenID Connect provider. It
// works as the database role taawun_gate, which reaches the proofs (schema auth) and no records; what an account may see and do is
// decided by PostgreSQL from its roles.
//
// Secrets (cookies, tokens, links) are 32 random bytes of which only the SHA-256 is kept, passwords argon2id hashes.
package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"runtime"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// Options say how a Service works. Zero values mean the defaults.
type Options struct {
	// Gate is a writable pool of the role db.Gate; the caller closes it.
	Gate *bun.DB
	// Idle is how long a session lasts without being used (default 12 h), Lifetime how long at most (default 7 days).
	Idle, Lifetime time.Duration
	// Hashes is how many passwords are hashed at the same moment; each takes 46 MiB. Default: one for each core.
	Hashes int
	// OIDC is the provider by which people may sign in, if there is one.
	OIDC *OIDC
	// Request is the id of the request that a context belongs to, for the history; default none.
	Request func(context.Context) string
	// Logger is told of what a person who runs the server should know; default slog.Default.
	Logger *slog.Logger
}

// Service signs people in. It is safe for concurrent use.
type Service struct {
	gate           *bun.DB
	hashes         *hasher
	idle, lifetime time.Duration
	oidc           *relyingParty // nil without a provider
	request        func(context.Context) string
	logger         *slog.Logger
}

// New returns a service on a pool of connections. It connects to nothing yet.
func New(o Options) (*Service, error) {
	if o.Gate == nil {
		return nil, errors.New("account: no database")
	}
	s := &Service{gate: o.Gate, idle: o.Idle, lifetime: o.Lifetime, request: o.Request, logger: o.Logger}
	if s.idle == 0 {
		s.idle = 12 * time.Hour
	}
	if s.lifetime == 0 {
		s.lifetime = 7 * 24 * time.Hour
	}
	if s.request == nil {
		s.request = func(context.Context) string { return "" }
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if o.Hashes == 0 {
		o.Hashes = runtime.NumCPU()
	}
	s.hashes = newHasher(o.Hashes)
	if o.OIDC != nil {
		var err error
		if s.oidc, err = newRelyingParty(*o.OIDC); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Errors that say what is wrong with a request; what else goes wrong is an error of the database or of the provider.
var (
	// ErrWrong is a login that does not exist, is disabled, or has another password: nobody learns which.
	ErrWrong = errors.New("the login or the password is wrong")
	// ErrNobody is a cookie, token or state that is unknown, has expired, or belongs to a disabled account.
	ErrNobody = errors.New("this proof of identity is not valid, or not any more")
	// ErrLink is a one-time link that is unknown, used, or has expired.
	ErrLink = errors.New("this link is not valid, or not any more")
	// ErrUnknown is an account, session or token that is not there.
	ErrUnknown = errors.New("there is no such account, session or token")
	// ErrBusy says that too many passwords wait for being hashed.
	ErrBusy = errors.New("too many sign-ins at this moment")
	// ErrNotConfigured says that there is no OpenID Connect provider.
	ErrNotConfigured = errors.New("no OpenID Connect provider is configured")
)

// Refusal is an input that cannot be used.
type Refusal struct {
	Field              string // name of the input in the request
	Message, MessageAr string // why, for people
}

// Error is the English message.
func (r *Refusal) Error() string { return r.Message }

// Identity is who somebody has proved to be.
type Identity struct {
	Account   int64
	Login     string
	Name      string
	Email     string // "" if none is known
	Locale    string // BCP-47
	Roles     []string
	Grants    []Grant // the roles with what they are for
	Token     *Token  // nil for a session
	ExpiresAt time.Time
}

// Has says whether the identity has a role and may use it.
func (i *Identity) Has(role string) bool { return slices.Contains(i.Roles, role) }

// Grant is a role and what it is for: the whole ministry, one of its units, or an organization, by their public ids.
type Grant struct {
	Role         string `json:"role"`
	MinistryUnit string `json:"ministryUnit,omitempty"`
	Organization string `json:"organization,omitempty"`
}

// Client is where a sign-in comes from.
type Client struct {
	Address   netip.Addr
	UserAgent string
}

// Session is what a browser keeps.
type Session struct {
	Secret    string // value of the cookie
	ExpiresAt time.Time
	Account   int64
}

// change runs a transaction of the gate. The history of what it changes names the operation and who did it, 0 for nobody.
func (s *Service) change(ctx context.Context, operation string, actor int64, do func(ctx context.Context, tx bun.Tx) error) error {
	return s.gate.RunInTx(db.WithActing(ctx, db.Acting{Account: actor, Operation: operation, Request: s.request(ctx)}), nil, do)
}

// Keep removes now and then what is of no use any more, until ctx ends.
func (s *Service) Keep(ctx context.Context) {
	const pause = 10 * time.Minute
	for tick := time.NewTicker(pause); ; {
		if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
			s.logger.WarnContext(ctx, "removing expired sessions", "error", err)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

func (s *Service) sweep(ctx context.Context) error {
	return s.change(ctx, "sweep", 0, func(ctx context.Context, tx bun.Tx) error {
		for _, statement := range []string{
			"delete from session where expires_at < now() or last_seen_at < now() - ?0::float8 * interval '1 second'",
			"delete from one_time_link where expires_at < now() - interval '30 days'",
			"delete from attempt where last_at < now() - interval '1 day'",
			"delete from oidc_flow where expires_at < now()",
		} {
			if _, err := tx.ExecContext(ctx, statement, s.idle.Seconds()); err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
		}
		return nil
	})
}
