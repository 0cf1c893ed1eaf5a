package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
	"taawun/server/account"
)

// signInSettings say how people sign in.
type signInSettings struct {
	PublicURL       string        `name:"public-url" env:"TAAWUN_PUBLIC_URL" placeholder:"URL" help:"Where people reach the server, such as https://taawun.example.org; the address that it listens on unless told."`
	TrustedProxies  []string      `env:"TAAWUN_TRUSTED_PROXIES" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For is believed, such as 127.0.0.1/32; none unless told."`
	SessionIdle     time.Duration `default:"12h" env:"TAAWUN_SESSION_IDLE" help:"Time after which an unused session ends."`
	SessionLifetime time.Duration `default:"168h" env:"TAAWUN_SESSION_LIFETIME" help:"Time after which any session ends."`

	OIDCIssuer       string `name:"oidc-issuer" env:"TAAWUN_OIDC_ISSUER" placeholder:"URL" help:"OpenID Connect provider by which people with an account may sign in, too."`
	OIDCClientID     string `name:"oidc-client-id" env:"TAAWUN_OIDC_CLIENT_ID" placeholder:"ID" help:"As whom the provider knows Taawun."`
	OIDCClientSecret string `name:"oidc-client-secret" env:"TAAWUN_OIDC_CLIENT_SECRET" placeholder:"SECRET" help:"Secret for the provider; better given by the environment."`
}

// validate refuses settings that would mean something else than they say.
func (s *signInSettings) validate() error {
	for name, value := range map[string]time.Duration{"--session-idle": s.SessionIdle, "--session-lifetime": s.SessionLifetime} {
		if value < time.Minute {
			return fmt.Errorf("%s must be a minute at least", name)
		}
	}
	if s.PublicURL != "" {
		if err := checkOrigin(s.PublicURL); err != nil {
			return fmt.Errorf("--public-url: %w", err)
		}
	}
	for _, proxy := range s.TrustedProxies {
		if _, err := netip.ParsePrefix(proxy); err != nil {
			return fmt.Errorf("--trusted-proxies: %q is no network, such as 10.0.0.0/8 or 127.0.0.1/32", proxy)
		}
	}
	if (s.OIDCIssuer == "") != (s.OIDCClientID == "") {
		return fmt.Errorf("--oidc-issuer and --oidc-client-id belong together")
	}
	return nil
}

// gate is how people sign in over HTTP, and how each request is told who asks.
type gate struct {
	accounts *account.Service
	public   string // origin by which people reach the server
	secure   bool   // cookies are for https only
	proxies  []netip.Prefix
	oidc     bool // a provider is configured
	mails    bool // a mail server is configured
	present  func(context.Context, error) *gqlerror.Error
	maxBody  int64
	deadline time.Duration
	logger   *slog.Logger
}

// openGate is the sign-in of a server that listens at an address. The pool is of the role db.Gate.
func (c *serveCommand) openGate(pool *bun.DB, address net.Addr, linked *graph.Graph, logger *slog.Logger) (*gate, error) {
	s := &c.SignIn
	g := &gate{public: s.origin(address), oidc: s.OIDCIssuer != "", mails: c.Mail.SMTPHost != "", present: linked.Present, maxBody: c.MaxBody, deadline: c.RequestTimeout, logger: logger}
	for _, proxy := range s.TrustedProxies {
		prefix, err := netip.ParsePrefix(proxy)
		if err != nil {
			return nil, fmt.Errorf("the network %q of a proxy: %w", proxy, err)
		}
		g.proxies = append(g.proxies, prefix.Masked())
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(g.public, "http://"), ":")
	g.secure = strings.HasPrefix(g.public, "https://") || !isLoopback(host)
	if !g.secure {
		logger.Warn("people sign in over plain http on this machine only: cookies are not marked Secure; give --public-url https://… where others reach the server", "address", g.public)
	}
	options := account.Options{Gate: pool, Idle: s.SessionIdle, Lifetime: s.SessionLifetime, Request: graph.RequestID, Logger: logger}
	if g.oidc {
		options.OIDC = &account.OIDC{Issuer: s.OIDCIssuer, ClientID: s.OIDCClientID, ClientSecret: s.OIDCClientSecret, RedirectURL: g.public + pathOIDCCallback}
	}
	var err error
	g.accounts, err = account.New(options)
	return g, err
}

// origin is where people reach the server.
func (s *signInSettings) origin(address net.Addr) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	host, port, err := net.SplitHostPort(address.String())
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}).String()
}

func isLoopback(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "[::1]") || net.ParseIP(host).IsLoopback()
}

// setupLink is where the first administrator makes his account; "" once there is one.
func (g *gate) setupLink(ctx context.Context) (string, error) {
	secret, err := g.accounts.SetupLink(ctx)
	if secret == "" || err != nil {
		return "", err
	}
	return linkTo(g.public, pathSetUp, secret), nil
}

// linkTo puts a secret behind #, where it is neither sent nor logged: the page hands it over.
func linkTo(origin, path, secret string) string { return origin + path + "#" + secret }
