package account

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"taawun/server/account/providertest"
)

const back = "http://127.0.0.1:1/auth/oidc/callback"

func openWith(t *testing.T, p *providertest.Provider) *gatehouse {
	t.Helper()
	return open(t, Options{OIDC: &OIDC{Issuer: p.Issuer, ClientID: p.ClientID, ClientSecret: p.ClientSecret, RedirectURL: back}})
}

func TestSignInByAProvider(t *testing.T) {
	t.Parallel()
	provider := providertest.Start(t, back,
		providertest.User{Subject: "u1", Username: "dana", Email: "Dana@example.org", Verified: true},
		providertest.User{Subject: "u2", Username: "other-dana", Email: "dana@example.org", Verified: true},
		providertest.User{Subject: "u3", Username: "unverified", Email: "sami@example.org"},
		providertest.User{Subject: "u4", Username: "stranger", Email: "stranger@example.org", Verified: true},
		providertest.User{Subject: "u5", Username: "disabled", Email: "gone@example.org", Verified: true})
	g := openWith(t, provider)
	g.run(t, "insert into account (login, name, email) values ('dana', 'Dana', 'dana@EXAMPLE.org'), ('sami', 'Sami', 'sami@example.org'), ('gone', 'Gone', 'gone@example.org')",
		"update account set disabled_at = now() where login = 'gone'")
	enter := func(username string) (Session, error) {
		address, state, err := g.StartOIDC(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if q := query(t, address); q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") != state {
			t.Errorf("the provider is asked with %v", q)
		}
		came := provider.SignIn(t, address, username).Query()
		return g.FinishOIDC(t.Context(), state, came.Get("state"), came.Get("code"), here)
	}
	login := func(s Session, err error) string {
		if err != nil {
			return err.Error()
		}
		who, err := g.BySession(t.Context(), s.Secret)
		if err != nil {
			return err.Error()
		}
		return who.Login
	}
	for _, test := range []struct{ name, username, want string }{
		{"linked by the e-mail address", "dana", "dana"},
		{"known by the subject", "dana", "dana"},
		{"another identity with the same address", "other-dana", ErrStranger.Error()},
		{"an address that nobody has verified", "unverified", ErrStranger.Error()},
		{"somebody without an account", "stranger", ErrStranger.Error()},
		{"a disabled account", "disabled", ErrStranger.Error()},
	} {
		if got := login(enter(test.username)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	g.run(t, "update account set email = null where login = 'dana'")
	if got := login(enter("dana")); got != "dana" {
		t.Errorf("the address has changed, the identity has not: %s", got)
	}
	g.run(t, "update account set disabled_at = now() where login = 'dana'")
	if got := login(enter("dana")); got != ErrStranger.Error() {
		t.Errorf("a linked account that is disabled: %s", got)
	}
	if got := g.read(t, "select count(*) || ' ' || (select count(*) from auth.oidc_identity) || ' ' || (select count(*) from auth.oidc_flow) from account"); got != "3 1 0" {
		t.Errorf("accounts, identities, open sign-ins: %s", got)
	}
}

func query(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func TestStatesAreForOneBrowserAndOnce(t *testing.T) {
	t.Parallel()
	provider := providertest.Start(t, back, providertest.User{Subject: "u1", Username: "dana", Email: "dana@example.org", Verified: true})
	g := openWith(t, provider)
	g.run(t, "insert into account (login, name, email) values ('dana', 'Dana', 'dana@example.org')")
	begin := func() (state, code string) {
		address, state, err := g.StartOIDC(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return state, provider.SignIn(t, address, "dana").Query().Get("code")
	}
	mine, _ := begin()
	theirs, code := begin()
	for name, try := range map[string][3]string{
		"the sign-in of somebody else":  {mine, theirs, code},
		"a browser that kept nothing":   {"", theirs, code},
		"nothing at all":                {"", "", ""},
		"a state that was never given":  {"guessed", "guessed", code},
		"the code of another sign-in":   {mine, mine, code},
		"a state that has been used up": {mine, mine, code},
	} {
		if _, err := g.FinishOIDC(t.Context(), try[0], try[1], try[2], here); !errors.Is(err, ErrNobody) {
			t.Errorf("%s: %v", name, err)
		}
	}
	late, code := begin()
	g.run(t, "update auth.oidc_flow set expires_at = now()")
	if _, err := g.FinishOIDC(t.Context(), late, late, code, here); !errors.Is(err, ErrNobody) {
		t.Errorf("a sign-in that took too long: %v", err)
	}
	state, code := begin()
	if _, err := g.FinishOIDC(t.Context(), state, state, code, here); err != nil {
		t.Fatal(err)
	}
	if _, err := g.FinishOIDC(t.Context(), state, state, code, here); !errors.Is(err, ErrNobody) {
		t.Errorf("the same answer again: %v", err)
	}
}

// A provider that is broken, or not the provider, gives ID tokens that must not be believed.
func TestIDTokensThatAreNotBelieved(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	discovery := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: "RS256"}}}
	var mu sync.Mutex
	var answer func(form url.Values) (status int, body map[string]any)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/token" {
			discovery.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		status, body := answer(r.Form)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(body); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	discovery.SetIssuer(server.URL)
	g := open(t, Options{OIDC: &OIDC{Issuer: server.URL, ClientID: "us", RedirectURL: back}})
	g.run(t, "insert into account (login, name, email) values ('dana', 'Dana', 'dana@example.org')")

	good := func(nonce string) map[string]any {
		return map[string]any{"iss": server.URL, "aud": "us", "sub": "u1", "nonce": nonce, "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
			"email": "dana@example.org", "email_verified": "true"}
	}
	signed := func(by *rsa.PrivateKey, claims map[string]any) map[string]any {
		text, err := json.Marshal(claims)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": oidctest.SignIDToken(by, "k", "RS256", string(text))}
	}
	with := func(change func(claims map[string]any)) func(nonce string) (int, map[string]any) {
		return func(nonce string) (int, map[string]any) {
			claims := good(nonce)
			change(claims)
			return 200, signed(key, claims)
		}
	}
	for _, test := range []struct {
		name   string
		answer func(nonce string) (int, map[string]any)
		want   error
	}{
		{"a good one", with(func(map[string]any) {}), nil},
		{"another nonce", with(func(c map[string]any) { c["nonce"] = "x" }), ErrNobody},
		{"no nonce", with(func(c map[string]any) { delete(c, "nonce") }), ErrNobody},
		{"for somebody else", with(func(c map[string]any) { c["aud"] = "them" }), ErrNobody},
		{"of another issuer", with(func(c map[string]any) { c["iss"] = "https://evil.example" }), ErrNobody},
		{"expired", with(func(c map[string]any) { c["exp"] = time.Now().Add(-time.Hour).Unix() }), ErrNobody},
		{"of nobody", with(func(c map[string]any) { c["sub"] = "" }), ErrNobody},
		{"not verified", with(func(c map[string]any) { c["sub"], c["email_verified"] = "u2", false }), ErrStranger},
		{"signed by somebody else", func(nonce string) (int, map[string]any) { return 200, signed(foreign, good(nonce)) }, ErrNobody},
		{"without a signature", func(nonce string) (int, map[string]any) {
			body := signed(key, good(nonce))
			parts := strings.Split(body["id_token"].(string), ".")
			body["id_token"] = "eyJhbGciOiJub25lIn0." + parts[1] + "."
			return 200, body
		}, ErrNobody},
		{"no ID token", func(string) (int, map[string]any) {
			return 200, map[string]any{"access_token": "a", "token_type": "Bearer"}
		}, ErrProvider},
		{"the code is refused", func(string) (int, map[string]any) { return 400, map[string]any{"error": "invalid_grant"} }, ErrNobody},
		{"the provider fails", func(string) (int, map[string]any) { return 500, map[string]any{} }, ErrProvider},
	} {
		address, state, err := g.StartOIDC(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		q := query(t, address)
		mu.Lock()
		answer = func(form url.Values) (int, map[string]any) {
			if form.Get("code_verifier") == "" || form.Get("code") != "the code" {
				t.Errorf("%s: asked with %v", test.name, form)
			}
			return test.answer(q.Get("nonce"))
		}
		mu.Unlock()
		if _, err := g.FinishOIDC(t.Context(), state, state, "the code", here); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

func TestAProviderThatIsDown(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	address := server.URL
	server.Close()
	g := open(t, Options{OIDC: &OIDC{Issuer: address, ClientID: "us", RedirectURL: back}})
	if _, _, err := g.StartOIDC(t.Context()); !errors.Is(err, ErrProvider) {
		t.Errorf("%v", err)
	}
	without := open(t, Options{})
	if _, _, err := without.StartOIDC(t.Context()); !errors.Is(err, ErrNotConfigured) {
		t.Errorf("none configured: %v", err)
	}
	if _, err := without.FinishOIDC(t.Context(), "a", "a", "b", here); !errors.Is(err, ErrNotConfigured) {
		t.Errorf("none configured: %v", err)
	}
	for _, issuer := range []string{"", "id.example.org", "http://id.example.org", "ftp://id.example.org", "https://", "://"} {
		if _, err := New(Options{Gate: g.gate, OIDC: &OIDC{Issuer: issuer, ClientID: "us", RedirectURL: back}}); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", issuer)) {
			t.Errorf("the issuer %q: %v", issuer, err)
		}
	}
}
