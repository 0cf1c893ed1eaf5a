package main

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"taawun/server/account/providertest"
)

// freeOrigin is an origin that the server of a test pretends to be reached at: the provider must know it beforehand.
const freeOrigin = "http://localhost:4199"

func TestSignInByAProviderOverHTTP(t *testing.T) {
	t.Parallel()
	provider := providertest.Start(t, freeOrigin+pathOIDCCallback,
		providertest.User{Subject: "u1", Username: "dana", Email: "dana@example.org", Verified: true},
		providertest.User{Subject: "u2", Username: "stranger", Email: "stranger@example.org", Verified: true})
	server := start(t, "--public-url", freeOrigin, "--oidc-issuer", provider.Issuer, "--oidc-client-id", provider.ClientID, "--oidc-client-secret", provider.ClientSecret)
	server.colleague(t, "dana", "ANALYST")
	begin := func(p *person) string {
		got := p.request(t, http.MethodGet, "/auth/oidc/start", http.Header{}, "")
		set := cookies(got)
		if got.status != http.StatusSeeOther || len(set) != 1 || set[0].Name != cookieOIDC || !set[0].HttpOnly || set[0].SameSite != http.SameSiteLaxMode || set[0].MaxAge > 600 {
			t.Fatalf("start: status %d %v: %s", got.status, set, got.body)
		}
		return got.header.Get("Location")
	}
	back := func(p *person, username string) answer {
		came := provider.SignIn(t, begin(p), username)
		return p.request(t, http.MethodGet, came.RequestURI(), http.Header{"Accept": {"text/html"}, "Sec-Fetch-Site": {"cross-site"}}, "")
	}
	dana := server.visit()
	if got := back(dana, "dana"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
		t.Errorf("dana comes back: status %d to %q: %s", got.status, got.header.Get("Location"), got.body)
	}
	if got := dana.me(t); got != "dana ANALYST" || len(dana.cookies) != 1 {
		t.Errorf("dana is %s with %v", got, dana.cookies)
	}
	stranger := server.visit()
	got := back(stranger, "stranger")
	if got.status != http.StatusForbidden || !strings.Contains(got.body, "لا يوجد حساب لك هنا") || !strings.Contains(got.header.Get("Content-Type"), "text/html") || stranger.me(t) != "nobody" {
		t.Errorf("the stranger: status %d: %s", got.status, got.body)
	}
	// The answer of one browser's sign-in, brought to another browser.
	victim := server.visit()
	begin(victim)
	came := provider.SignIn(t, begin(server.visit()), "dana")
	wants(t, "the sign-in of somebody else", victim.request(t, http.MethodGet, came.RequestURI(), http.Header{}, ""), 401, "UNAUTHENTICATED")
	wants(t, "refused at the provider", victim.request(t, http.MethodGet, pathOIDCCallback+"?error=access_denied", http.Header{}, ""), 401, "UNAUTHENTICATED")
	if got := victim.me(t); got != "nobody" {
		t.Errorf("the victim is %s", got)
	}
}

func TestSignInWithoutAProvider(t *testing.T) {
	t.Parallel()
	server := start(t)
	wants(t, "start", server.do(t, http.MethodGet, "/auth/oidc/start", nil, ""), 404, "NOT_FOUND")
	wants(t, "callback", server.do(t, http.MethodGet, pathOIDCCallback+"?state=a&code=b", http.Header{"Cookie": {cookieOIDC + "=a"}}, ""), 404, "NOT_FOUND")
	nowhere, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := nowhere.Addr().String()
	if err := nowhere.Close(); err != nil {
		t.Fatal(err)
	}
	down := start(t, "--oidc-issuer", "http://"+address, "--oidc-client-id", "us")
	wants(t, "a provider that is down", down.do(t, http.MethodGet, "/auth/oidc/start", nil, ""), 502, "UNAVAILABLE")
	if got := down.visit().me(t); got != "nobody" {
		t.Errorf("beside it: %s", got)
	}
}
