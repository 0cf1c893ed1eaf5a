package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
	"taawun/server/account"
)

// The cookies. The prefix __Host- makes browsers refuse one that a neighbouring host or plain http has set.
const (
	cookiePrefix  = "__Host-"
	cookieSession = "taawun"
	cookieOIDC    = "taawun-oidc" // the state of a sign-in at the provider
)

// visitor is who asks.
type visitor struct {
	*account.Identity
	session string // the cookie; "" for an API token
}

type visitorKey struct{}

// visitorOf is who asks; nil for nobody.
func visitorOf(ctx context.Context) *visitor {
	v, _ := ctx.Value(visitorKey{}).(*visitor)
	return v
}

// identify tells next who asks, by the bearer token or else by the cookie. A cookie that is not valid any more is forgotten: its
// person has been signed out. A token that is not valid is refused, since a program would take the answer for what it may see.
func (g *gate) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := g.proof(r)
		switch {
		case errors.Is(err, account.ErrNobody) && bearer(r) != "":
			w.Header().Set("WWW-Authenticate", `Bearer realm="taawun", error="invalid_token"`)
			writeProblem(w, r, &problem{
				http.StatusUnauthorized, graph.CodeUnauthenticated,
				"This token is not valid: it is unknown, has expired or has been revoked, or its account is disabled.",
				"هذا الرمز غير صالح: إما أنه مجهول أو منتهٍ أو ملغى، أو أن حسابه معطّل.",
			})
			return
		case errors.Is(err, account.ErrNobody):
			g.forget(w, cookieSession)
		case err != nil:
			g.fail(w, r, err)
			return
		}
		if who != nil {
			viewer := &graph.Viewer{Account: who.Account, Name: who.Name, Roles: who.Roles}
			if who.Token != nil {
				viewer.Token, viewer.ReadOnly = who.Token.ID, who.Token.ReadOnly
			}
			r = r.WithContext(graph.WithViewer(context.WithValue(r.Context(), visitorKey{}, who), viewer))
		}
		next.ServeHTTP(w, r)
	})
}

// proof looks at the proof of identity that a request carries; nil if there is none.
func (g *gate) proof(r *http.Request) (*visitor, error) {
	ctx, cancel := context.WithTimeout(r.Context(), g.deadline)
	defer cancel()
	if token := bearer(r); token != "" {
		who, err := g.accounts.ByToken(ctx, token)
		if err != nil {
			return nil, err
		}
		return &visitor{Identity: who}, nil
	}
	cookie, err := r.Cookie(g.cookieName(cookieSession))
	if err != nil || cookie.Value == "" {
		return nil, nil
	}
	who, err := g.accounts.BySession(ctx, cookie.Value)
	if err != nil {
		return nil, err
	}
	return &visitor{who, cookie.Value}, nil
}

// bearer is the token of the header Authorization (RFC 6750); "" without one.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	if token = strings.TrimSpace(token); token == "" {
		return "-" // an empty one is not valid either
	}
	return token
}

func (g *gate) cookieName(name string) string {
	if g.secure {
		return cookiePrefix + name
	}
	return name
}

// keep sets a cookie that only this server sees, and no script.
func (g *gate) keep(w http.ResponseWriter, name, value string, until time.Time) {
	http.SetCookie(w, &http.Cookie{
		Name: g.cookieName(name), Value: value, Path: "/", HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteLaxMode,
		Expires: until, MaxAge: max(1, int(time.Until(until).Seconds())),
	})
}

// forget ends a cookie.
func (g *gate) forget(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{Name: g.cookieName(name), Path: "/", HttpOnly: true, Secure: g.secure, SameSite: http.SameSiteLaxMode, MaxAge: -1})
}

// client is where a request comes from: the connection, or what a trusted proxy says of it.
func (g *gate) client(r *http.Request) account.Client {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	address, _ := netip.ParseAddr(host) // not valid behind a listener without addresses: all such are one
	forwarded := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(forwarded) {
		if !g.trusts(address) {
			break
		}
		before, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		address = before
	}
	return account.Client{Address: address, UserAgent: r.UserAgent()}
}

func (g *gate) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(g.proxies, func(p netip.Prefix) bool { return p.Contains(address.Unmap()) })
}

// fail answers what is no fault of the request: the database, mostly. The cause goes to the log.
func (g *gate) fail(w http.ResponseWriter, r *http.Request, err error) {
	presented := gqlerror.List{g.present(r.Context(), err)}
	status := statusOf(mediaGraphQL, presented)
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	writeErrors(w, r, status, presented)
}
