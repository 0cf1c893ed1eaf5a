package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"taawun/db"
	"taawun/server/account"
)

const goodPassword = "three brown olives"

// person is somebody with a browser: cookies, and nothing else, go along with what he sends.
type person struct {
	*instance
	cookies map[string]string
	header  http.Header
}

func (i *instance) visit() *person { return &person{i, map[string]string{}, http.Header{}} }

// send posts a JSON object and keeps the cookies of the answer.
func (p *person) send(t *testing.T, path string, body map[string]any) answer {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return p.request(t, http.MethodPost, path, http.Header{"Content-Type": {mediaJSON}}, string(text))
}

func (p *person) request(t *testing.T, method, path string, header http.Header, body string) answer {
	t.Helper()
	for name, values := range p.header {
		header[name] = values
	}
	for name, value := range p.cookies {
		header.Add("Cookie", name+"="+value)
	}
	got := p.do(t, method, path, header, body)
	for _, cookie := range cookies(got) {
		if cookie.MaxAge < 0 {
			delete(p.cookies, cookie.Name)
		} else {
			p.cookies[cookie.Name] = cookie.Value
		}
	}
	return got
}

func cookies(a answer) []*http.Cookie {
	return (&http.Response{Header: a.header}).Cookies()
}

// me is the login that the server takes a person for, with his roles.
func (p *person) me(t *testing.T) string {
	t.Helper()
	got := p.request(t, http.MethodGet, "/auth/me", http.Header{}, "")
	var who identityAnswer
	if err := json.Unmarshal([]byte(got.body), &who); err != nil || got.status != http.StatusOK {
		t.Fatalf("me: status %d: %s", got.status, got.body)
	}
	if who.Account == nil {
		return "nobody"
	}
	return who.Account.Login + " " + strings.Join(who.Roles, " ")
}

// wants compares a status and the code of an error.
func wants(t *testing.T, what string, got answer, status int, code string) {
	t.Helper()
	var codes []string
	if got.status >= 400 {
		codes = got.codes(t)
	}
	if got.status != status || code == "" && len(codes) > 0 || code != "" && !slices.Equal(codes, []string{code}) {
		t.Errorf("%s: status %d %v: %s; want %d %s", what, got.status, codes, got.body, status, code)
	}
}

// accounts is the sign-in of the database behind the server, for links that the server would print.
func (i *instance) accounts(t *testing.T) *account.Service {
	t.Helper()
	pool := i.database.Server().Open(db.Gate, db.Pool{Writable: true, Connections: 2})
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	service, err := account.New(account.Options{Gate: pool})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// administrator is the first administrator, who has just made his account with the login admin.
func (i *instance) administrator(t *testing.T) *person {
	t.Helper()
	link, err := i.accounts(t).SetupLink(t.Context())
	if err != nil || link == "" {
		t.Fatalf("set-up link %q: %v", link, err)
	}
	p := i.visit()
	got := p.send(t, pathSetUp, map[string]any{"link": link, "login": "admin", "name": "مدير النظام", "password": goodPassword})
	if got.status != http.StatusOK {
		t.Fatalf("set up: status %d: %s", got.status, got.body)
	}
	return p
}

// colleague is somebody with an account and roles, who has chosen the password goodPassword.
func (i *instance) colleague(t *testing.T, login string, roles ...string) *person {
	t.Helper()
	i.change(t, fmt.Sprintf("insert into account (login, name, email) values ('%[1]s', '%[1]s', '%[1]s@example.org')", login))
	for _, role := range roles {
		i.change(t, fmt.Sprintf("insert into account_role (account_id, role) select id, '%s' from account where login = '%s'", role, login))
	}
	link, err := i.accounts(t).ResetLink(t.Context(), 0, login)
	if err != nil {
		t.Fatal(err)
	}
	p := i.visit()
	if got := p.send(t, pathReset, map[string]any{"link": link, "password": goodPassword}); got.status != http.StatusOK {
		t.Fatalf("choose a password: status %d: %s", got.status, got.body)
	}
	return p
}

func (i *instance) change(t *testing.T, statement string) {
	t.Helper()
	if _, err := i.database.Owner().ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%v\n%s", err, statement)
	}
}

func TestTheLifeOfAnAccount(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := server.administrator(t)
	if got := admin.me(t); got != "admin ADMINISTRATOR" {
		t.Errorf("the first administrator is %s", got)
	}
	stranger := server.visit()
	wants(t, "a used link", stranger.send(t, pathSetUp, map[string]any{"link": "x", "login": "second", "name": "x", "password": goodPassword}), 404, "NOT_FOUND")
	wants(t, "a wrong password", stranger.send(t, "/auth/sign-in", map[string]any{"login": "admin", "password": "wrong"}), 401, "UNAUTHENTICATED")
	if got := stranger.me(t); got != "nobody" || len(stranger.cookies) != 0 {
		t.Errorf("the stranger is %s with %v", got, stranger.cookies)
	}

	dana := server.colleague(t, "dana", "ANALYST")
	if got := dana.me(t); got != "dana ANALYST" {
		t.Errorf("dana is %s", got)
	}
	second := server.visit()
	wants(t, "another browser", second.send(t, "/auth/sign-in", map[string]any{"login": "DANA", "password": goodPassword}), 200, "")
	before := second.cookies[cookieSession]
	wants(t, "signing in again", second.send(t, "/auth/sign-in", map[string]any{"login": "dana", "password": goodPassword}), 200, "")
	if second.cookies[cookieSession] == before {
		t.Error("the session was not replaced")
	}
	old := server.visit()
	old.cookies[cookieSession] = before
	if got := old.me(t); got != "nobody" {
		t.Errorf("the replaced session still is %s", got)
	}

	wants(t, "a bad password", dana.send(t, "/auth/password", map[string]any{"current": goodPassword, "password": "password1234"}), 400, "BAD_USER_INPUT")
	wants(t, "not the current password", dana.send(t, "/auth/password", map[string]any{"current": "x", "password": "four green almonds"}), 401, "UNAUTHENTICATED")
	wants(t, "a new password", dana.send(t, "/auth/password", map[string]any{"current": goodPassword, "password": "four green almonds"}), 200, "")
	if got := dana.me(t) + ", " + second.me(t); got != "dana ANALYST, nobody" {
		t.Errorf("after the change of password: %s", got)
	}
	wants(t, "the new password", second.send(t, "/auth/sign-in", map[string]any{"login": "dana", "password": "four green almonds"}), 200, "")
	wants(t, "out", second.send(t, "/auth/sign-out", map[string]any{}), 200, "")
	if got := second.me(t) + ", " + dana.me(t); got != "nobody, dana ANALYST" {
		t.Errorf("after signing out: %s", got)
	}
	wants(t, "out without being in", second.send(t, "/auth/sign-out", map[string]any{}), 200, "")
	wants(t, "in again", second.send(t, "/auth/sign-in", map[string]any{"login": "dana", "password": "four green almonds"}), 200, "")
	everywhere := second.send(t, "/auth/sign-out-everywhere", map[string]any{})
	wants(t, "out everywhere", everywhere, 200, "")
	if got := second.me(t) + ", " + dana.me(t) + ", " + admin.me(t); got != "nobody, nobody, admin ADMINISTRATOR" || everywhere.body != "{\"sessions\":2}\n" {
		t.Errorf("after signing out everywhere (%s): %s", everywhere.body, got)
	}

	wants(t, "a reset link by a stranger", stranger.send(t, "/auth/reset-link", map[string]any{"login": "dana"}), 401, "UNAUTHENTICATED")
	wants(t, "a reset link for nobody", admin.send(t, "/auth/reset-link", map[string]any{"login": "sami"}), 404, "NOT_FOUND")
	reset := admin.send(t, "/auth/reset-link", map[string]any{"login": "dana"})
	_, link, found := strings.Cut(reset.body, server.url+pathReset+"#")
	if !found {
		t.Fatalf("reset link: %s", reset.body)
	}
	link, _, _ = strings.Cut(link, `"`)
	wants(t, "reset", dana.send(t, pathReset, map[string]any{"link": link, "password": goodPassword}), 200, "")
	wants(t, "reset again", dana.send(t, pathReset, map[string]any{"link": link, "password": goodPassword}), 404, "NOT_FOUND")
	wants(t, "a reset link by an analyst", dana.send(t, "/auth/reset-link", map[string]any{"login": "admin"}), 403, "FORBIDDEN")
	if got := dana.me(t); got != "dana ANALYST" {
		t.Errorf("after the reset: %s", got)
	}
	server.change(t, "update account set disabled_at = now() where login = 'dana'")
	if got := dana.me(t); got != "nobody" || len(dana.cookies) != 0 {
		t.Errorf("disabled: %s with %v", got, dana.cookies)
	}
	if log := server.log.String(); strings.Contains(log, goodPassword) || strings.Contains(log, link) || strings.Contains(log, before) {
		t.Error("a secret stands in the log")
	}
}

func TestCookies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		flags  []string
		name   string
		secure bool
	}{
		{nil, "taawun", false},
		{[]string{"--public-url", "http://localhost:8080"}, "taawun", false},
		{[]string{"--public-url", "https://taawun.example.org"}, "__Host-taawun", true},
		{[]string{"--public-url", "http://taawun.example.org"}, "__Host-taawun", true},
	} {
		server := start(t, test.flags...)
		link, err := server.accounts(t).SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p := server.visit()
		got := p.send(t, pathSetUp, map[string]any{"link": link, "login": "admin", "name": "x", "password": goodPassword})
		set := cookies(got)
		if len(set) != 1 {
			t.Fatalf("%v: %d cookies: %s", test.flags, len(set), got.body)
		}
		c := set[0]
		if c.Name != test.name || c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge < 6*24*3600 {
			t.Errorf("%v: %s", test.flags, c)
		}
		if said := strings.Contains(server.log.String(), "cookies are not marked Secure"); said == test.secure {
			t.Errorf("%v: whether the log warns is %t", test.flags, said)
		}
		if strings.Contains(got.body, c.Value) {
			t.Errorf("%v: a script can read the session: %s", test.flags, got.body)
		}
		p.cookies[test.name] = "forged"
		got = p.request(t, http.MethodGet, "/auth/me", http.Header{}, "")
		if set := cookies(got); got.status != 200 || len(set) != 1 || set[0].MaxAge >= 0 || set[0].Name != test.name || set[0].Secure != test.secure {
			t.Errorf("%v: a cookie that is not valid is not taken back: %d %v", test.flags, got.status, set)
		}
	}
}

func TestForgedRequestsAreRefused(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := server.administrator(t)
	for _, path := range []string{"/auth/sign-in", "/auth/sign-out", "/auth/sign-out-everywhere", "/auth/password", pathSetUp, pathReset, "/auth/reset-link", "/auth/tokens", "/auth/tokens/revoke"} {
		for what, origin := range map[string]http.Header{
			"another site":             {"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}, "Content-Type": {mediaJSON}},
			"a neighbouring host":      {"Origin": {"https://other.example"}, "Sec-Fetch-Site": {"same-site"}, "Content-Type": {mediaJSON}},
			"an old browser elsewhere": {"Origin": {"https://evil.example"}, "Content-Type": {mediaJSON}},
		} {
			wants(t, path+" from "+what, admin.request(t, http.MethodPost, path, origin, "{}"), 403, "FORBIDDEN")
		}
		for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"} {
			wants(t, path+" as "+media, admin.request(t, http.MethodPost, path, http.Header{"Content-Type": {media}}, "{}"), 415, "BAD_USER_INPUT")
		}
		for _, body := range []string{"", "[]", "null x", "{", `"x"`} {
			wants(t, path+" with "+body, admin.request(t, http.MethodPost, path, http.Header{"Content-Type": {mediaJSON}}, body), 400, "BAD_USER_INPUT")
		}
		wants(t, path+", huge", admin.request(t, http.MethodPost, path, http.Header{"Content-Type": {mediaJSON}}, `{"login":"`+strings.Repeat("x", 1<<20)+`"}`), 413, "QUERY_TOO_COSTLY")
	}
	if got := admin.me(t); got != "admin ADMINISTRATOR" {
		t.Errorf("afterwards: %s", got)
	}
	wants(t, "nothing there", admin.request(t, http.MethodGet, "/auth/none", http.Header{}, ""), 404, "NOT_FOUND")
	wants(t, "another method", admin.request(t, http.MethodDelete, "/auth/sign-in", http.Header{}, ""), 404, "NOT_FOUND")
}

func TestThrottledSignIn(t *testing.T) {
	t.Parallel()
	server := start(t, "--trusted-proxies", "127.0.0.0/8,10.0.0.0/8")
	server.administrator(t)
	p := server.visit()
	try := func(login, forwarded string) answer {
		p.header.Set("X-Forwarded-For", forwarded)
		return p.send(t, "/auth/sign-in", map[string]any{"login": login, "password": "wrong password"})
	}
	for i := range 21 { // what stands before the last proxy that is not ours, anybody can write
		wants(t, "a guess", try(fmt.Sprintf("login-%d", i), fmt.Sprintf("192.0.2.%d, 198.51.100.1, 10.1.1.1", i)), 401, "UNAUTHENTICATED")
	}
	got := try("admin", "198.51.100.1")
	wants(t, "one too many", got, 429, "TOO_MANY_ATTEMPTS")
	if got.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	wants(t, "from another address", try("admin", "198.51.100.2"), 401, "UNAUTHENTICATED")
}

func TestProxiesThatNobodyTrusts(t *testing.T) {
	t.Parallel()
	server := start(t)
	p := server.administrator(t)
	p.header.Set("X-Forwarded-For", "203.0.113.9")
	wants(t, "sign in", p.send(t, "/auth/sign-in", map[string]any{"login": "admin", "password": goodPassword}), 200, "")
	var address string
	if err := server.database.Owner().QueryRowContext(t.Context(), "select string_agg(distinct address, ' ') from auth.session").Scan(&address); err != nil || address != "127.0.0.1" {
		t.Errorf("the address is %q: %v", address, err)
	}
}

func TestTokensOverHTTP(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := server.administrator(t)
	dana := server.colleague(t, "dana", "ANALYST", "EDITOR")
	wants(t, "somebody who is not signed in", server.visit().send(t, "/auth/tokens", map[string]any{"name": "x", "roles": []string{"ANALYST"}}), 401, "UNAUTHENTICATED")
	refused := dana.send(t, "/auth/tokens", map[string]any{"name": "x", "roles": []string{"ADMINISTRATOR"}})
	wants(t, "another's role", refused, 400, "BAD_USER_INPUT")
	if !strings.Contains(refused.body, `"argument":"roles"`) {
		t.Errorf("the input is not named: %s", refused.body)
	}
	var token struct{ ID, Secret, ExpiresAt string }
	made := dana.send(t, "/auth/tokens", map[string]any{"name": "dashboard", "roles": []string{"ANALYST"}, "readOnly": false, "days": 30})
	if err := json.Unmarshal([]byte(made.body), &token); err != nil || made.status != 200 || !strings.HasPrefix(token.Secret, "taawun_") || !strings.HasPrefix(token.ID, "tok_") {
		t.Fatalf("status %d: %s", made.status, made.body)
	}
	script := server.visit()
	script.header.Set("Authorization", "Bearer "+token.Secret)
	if got := script.me(t); got != "dana ANALYST" {
		t.Errorf("the script is %s", got)
	}
	if got := script.request(t, http.MethodGet, "/auth/me", http.Header{}, ""); !strings.Contains(got.body, `"token":{"id":"`+token.ID+`","name":"dashboard","readOnly":false}`) {
		t.Errorf("me: %s", got.body)
	}
	for _, path := range []string{"/auth/password", "/auth/tokens", "/auth/sign-out-everywhere", "/auth/reset-link"} {
		wants(t, path+" with a token", script.send(t, path, map[string]any{}), 403, "FORBIDDEN")
	}
	ask := func() answer {
		return script.send(t, pathGraphQL, map[string]any{"query": "{__typename}"})
	}
	wants(t, "GraphQL with the token", ask(), 200, "")
	for _, wrong := range []string{"Bearer", "Bearer x", "bearer taawun_x", "Bearer " + token.Secret + "x"} {
		thief := server.visit()
		thief.header.Set("Authorization", wrong)
		thief.cookies[cookieSession] = admin.cookies[cookieSession] // the token counts
		got := thief.send(t, pathGraphQL, map[string]any{"query": "{__typename}"})
		wants(t, wrong, got, 401, "UNAUTHENTICATED")
		if !strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s: no WWW-Authenticate", wrong)
		}
	}
	for _, id := range []string{"", "x", "acc_1", "tok_0x1", "tok_01", "tok_ffffffffffffffffff"} {
		wants(t, "revoke "+id, dana.send(t, "/auth/tokens/revoke", map[string]any{"id": id}), 400, "BAD_USER_INPUT")
	}
	wants(t, "revoke another", dana.send(t, "/auth/tokens/revoke", map[string]any{"id": "tok_fff"}), 404, "NOT_FOUND")
	wants(t, "revoke", dana.send(t, "/auth/tokens/revoke", map[string]any{"id": token.ID}), 200, "")
	wants(t, "the revoked token", ask(), 401, "UNAUTHENTICATED")

	made = dana.send(t, "/auth/tokens", map[string]any{"name": "another", "roles": []string{"ANALYST"}})
	if err := json.Unmarshal([]byte(made.body), &token); err != nil {
		t.Fatal(err)
	}
	script.header.Set("Authorization", "Bearer "+token.Secret)
	wants(t, "another token", ask(), 200, "")
	server.change(t, "update account set disabled_at = now() where login = 'dana'")
	wants(t, "the token of a disabled account", ask(), 401, "UNAUTHENTICATED")
}

func TestSignInPages(t *testing.T) {
	t.Parallel()
	server := start(t)
	for path, want := range map[string]string{pathSetUp: `name="login"`, pathReset: `name="password"`, "/auth/page/page.css": "--accent", "/auth/page/page.js": "location.hash"} {
		got := server.do(t, http.MethodGet, path, nil, "")
		policy := got.header.Get("Content-Security-Policy")
		if got.status != 200 || !strings.Contains(got.body, want) || !strings.Contains(policy, "default-src 'none'; script-src 'self'; style-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: status %d, policy %q: %s", path, got.status, policy, got.body)
		}
		if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && (strings.Contains(got.body, "<script>") || strings.Contains(got.body, "style=") || strings.Contains(got.body, " on")) && !strings.Contains(got.body, " one") {
			t.Errorf("%s: something inline, which the policy forbids", path)
		}
	}
	for _, path := range []string{"/auth/page/none.js", "/auth/page/message.html", "/auth/page/set-up.html", "/auth/page/..%2Fsign_in.go"} {
		wants(t, path, server.do(t, http.MethodGet, path, nil, ""), 404, "NOT_FOUND")
	}
}

func TestSignInSettings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ arguments, says string }{
		{"serve --public-url taawun.example.org", "--public-url"},
		{"serve --public-url https://taawun.example.org/path", "--public-url"},
		{"serve --trusted-proxies 10.0.0.1", "--trusted-proxies"},
		{"serve --session-idle 0s", "--session-idle must be a minute at least"},
		{"serve --oidc-issuer https://id.example.org", "belong together"},
		{"account reset-link", "expected \"<login>\""},
		{"account setup-link --public-url x", "--public-url"},
	} {
		out, log, status := runProgram(t, strings.Fields(test.arguments)...)
		if status != 2 || !strings.Contains(log, test.says) || out != "" {
			t.Errorf("taawun %s: status %d, printed %q, said %q; want 2 and %q", test.arguments, status, out, log, test.says)
		}
	}
}
