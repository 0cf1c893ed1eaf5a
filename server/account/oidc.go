package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/uptrace/bun"
	"golang.org/x/oauth2"
)

// OIDC is an OpenID Connect provider by which people may sign in.
type OIDC struct {
	Issuer                 string // as the provider names itself: https://id.example.org
	ClientID, ClientSecret string // as whom the provider knows us; a public client has no secret
	RedirectURL            string // where the provider sends people back to: <public URL>/auth/oidc/callback
	Client                 *http.Client
}

// FlowLifetime is how long somebody may take to sign in at the provider.
const FlowLifetime = 10 * time.Minute

// ErrProvider says that the provider cannot be reached or answers something else than it should.
var ErrProvider = errors.New("the OpenID Connect provider does not answer as it should")

// ErrStranger is somebody whom the provider knows and we do not: accounts are made by administrators only.
var ErrStranger = errors.New("there is no account for this identity")

// relyingParty is our side of OpenID Connect. The provider is asked for its addresses and keys when somebody first wants to sign
// in by it: a provider that is down must not keep us from starting.
type relyingParty struct {
	settings OIDC
	client   *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

func newRelyingParty(o OIDC) (*relyingParty, error) {
	if issuer, err := url.Parse(o.Issuer); err != nil || issuer.Host == "" || issuer.Scheme != "https" && (issuer.Scheme != "http" || !loopback(issuer.Hostname())) {
		return nil, fmt.Errorf("the issuer %q of OpenID Connect must be an https URL", o.Issuer)
	}
	if o.ClientID == "" || o.RedirectURL == "" {
		return nil, errors.New("OpenID Connect needs a client id and a redirect URL")
	}
	r := &relyingParty{settings: o, client: o.Client}
	if r.client == nil {
		r.client = &http.Client{Timeout: 10 * time.Second}
	}
	return r, nil
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// discovered is the provider with its addresses and keys. The keys are fetched again when they change, with the context kept here.
func (r *relyingParty) discovered(ctx context.Context) (*oidc.Provider, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.provider != nil {
		return r.provider, nil
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), r.client), r.settings.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	r.provider = provider
	return provider, nil
}

func (r *relyingParty) oauth(provider *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: r.settings.ClientID, ClientSecret: r.settings.ClientSecret, RedirectURL: r.settings.RedirectURL,
		Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// StartOIDC begins a sign-in by the provider: the address to send the browser to, and the state that the browser must keep until
// it comes back, so that nobody can be made to finish the sign-in of somebody else.
func (s *Service) StartOIDC(ctx context.Context) (address, state string, err error) {
	if s.oidc == nil {
		return "", "", ErrNotConfigured
	}
	provider, err := s.oidc.discovered(ctx)
	if err != nil {
		return "", "", err
	}
	state, nonce, verifier := newSecret(), newSecret(), oauth2.GenerateVerifier()
	err = s.change(ctx, "startOIDC", 0, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "insert into oidc_flow values (?, ?, ?, now() + ?::float8 * interval '1 second')", digest(state), nonce, verifier, FlowLifetime.Seconds())
		return wrap(err, "keeping a sign-in that has begun")
	})
	if err != nil {
		return "", "", err
	}
	return s.oidc.oauth(provider).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), state, nil
}

// FinishOIDC ends a sign-in that has come back from the provider with a code and a state; kept is the state that the browser kept.
// It opens a session for the account that is linked to the identity, or that has its verified e-mail address and is linked now.
func (s *Service) FinishOIDC(ctx context.Context, kept, state, code string, from Client) (Session, error) {
	if s.oidc == nil {
		return Session{}, ErrNotConfigured
	}
	if kept == "" || kept != state { // both come from this browser: there is nothing to learn from the time
		return Session{}, ErrNobody
	}
	var nonce, verifier string
	err := s.change(ctx, "finishOIDC", 0, func(ctx context.Context, tx bun.Tx) error { // used up, whatever comes of it
		return tx.QueryRowContext(ctx, "delete from oidc_flow where state_hash = ? returning nonce, case when expires_at > now() then verifier else '' end", digest(state)).Scan(&nonce, &verifier)
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && verifier == "" {
		return Session{}, ErrNobody
	}
	if err != nil {
		return Session{}, fmt.Errorf("looking for a sign-in that has begun: %w", err)
	}
	who, err := s.oidc.redeem(ctx, code, nonce, verifier)
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.change(ctx, "signIn", 0, func(ctx context.Context, tx bun.Tx) error {
		account, err := linked(ctx, tx, who)
		if err != nil {
			return err
		}
		if out, err = s.open(ctx, tx, account, from); errors.Is(err, ErrWrong) {
			return ErrStranger
		}
		return err
	})
	return out, err
}

// person is who the provider says that somebody is.
type person struct {
	issuer, subject string
	email           string // "" unless the provider has verified it
}

// claims are what we read of an ID token. Some providers write booleans as strings.
type claims struct {
	Email         string   `json:"email"`
	EmailVerified flexible `json:"email_verified"`
}

type flexible bool

// UnmarshalJSON reads true and "true".
func (f *flexible) UnmarshalJSON(text []byte) error {
	*f = flexible(strings.Trim(string(text), `"`) == "true")
	return nil
}

var _ json.Unmarshaler = (*flexible)(nil)

// redeem exchanges the code and checks what comes back: signature, issuer, audience, time and nonce.
func (r *relyingParty) redeem(ctx context.Context, code, nonce, verifier string) (person, error) {
	provider, err := r.discovered(ctx)
	if err != nil {
		return person{}, err
	}
	ctx = oidc.ClientContext(ctx, r.client)
	config := r.oauth(provider)
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode < http.StatusInternalServerError {
		return person{}, fmt.Errorf("%w: the provider refuses the code: %s", ErrNobody, refused.ErrorCode)
	}
	if err != nil {
		return person{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return person{}, fmt.Errorf("%w: its answer has no ID token", ErrProvider)
	}
	id, err := provider.VerifierContext(ctx, &oidc.Config{ClientID: r.settings.ClientID}).Verify(ctx, raw)
	if err != nil {
		return person{}, fmt.Errorf("%w: %w", ErrNobody, err)
	}
	if id.Nonce != nonce || id.Subject == "" {
		return person{}, fmt.Errorf("%w: the ID token is not for this sign-in", ErrNobody)
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return person{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	if said.Email == "" && provider.UserInfoEndpoint() != "" {
		info, err := provider.UserInfo(ctx, config.TokenSource(ctx, token))
		if err != nil || info.Subject != id.Subject {
			return person{}, fmt.Errorf("%w: user info: %w", ErrProvider, err)
		}
		said = claims{info.Email, flexible(info.EmailVerified)}
	}
	out := person{issuer: id.Issuer, subject: id.Subject}
	if said.EmailVerified {
		out.email = said.Email
	}
	return out, nil
}

// linked is the account of an identity. One that is not known yet is linked to the account with its verified e-mail address, unless
// that account is linked to another identity of the same provider.
func linked(ctx context.Context, tx bun.Tx, who person) (account int64, err error) {
	err = tx.QueryRowContext(ctx, "select account_id from oidc_identity where issuer = ? and subject = ?", who.issuer, who.subject).Scan(&account)
	if !errors.Is(err, sql.ErrNoRows) {
		return account, wrap(err, "looking for an identity")
	}
	if who.email == "" || !printable(who.email) || !printable(who.subject) {
		return 0, ErrStranger
	}
	err = tx.QueryRowContext(ctx, `insert into oidc_identity (issuer, subject, account_id)
		select ?, ?, a.id from account a where lower(a.email) = lower(?) and not a.is_disabled on conflict do nothing returning account_id`,
		who.issuer, who.subject, who.email).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrStranger
	}
	return account, wrap(err, "linking an identity")
}
