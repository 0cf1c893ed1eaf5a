package main

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestOtherOrigins(t *testing.T) {
	t.Parallel()
	const friend = "https://reports.example.org"
	open, closed := start(t, "--cors-origins", friend+",http://localhost:5173"), start(t)
	preflight := func(origin string) http.Header {
		return http.Header{"Origin": {origin}, "Access-Control-Request-Method": {"POST"}, "Access-Control-Request-Headers": {"authorization,content-type"}}
	}
	browser := func(origin, site string) http.Header {
		return http.Header{"Origin": {origin}, "Sec-Fetch-Site": {site}, "Content-Type": {mediaJSON}}
	}
	const body = `{"query":"{__typename}"}`
	for _, test := range []struct {
		name    string
		server  *instance
		method  string
		header  http.Header
		status  int
		allowed string // Access-Control-Allow-Origin
	}{
		{"preflight of a friend", open, "OPTIONS", preflight(friend), 204, friend},
		{"preflight of a stranger", open, "OPTIONS", preflight("https://evil.example"), 204, ""},
		{"preflight of a subdomain", open, "OPTIONS", preflight("https://a.reports.example.org"), 204, ""},
		{"preflight by another scheme", open, "OPTIONS", preflight("http://reports.example.org"), 204, ""},
		{"preflight of the null origin", open, "OPTIONS", preflight("null"), 204, ""},
		{"preflight, none allowed", closed, "OPTIONS", preflight(friend), 204, ""},
		{"POST of a friend", open, "POST", browser(friend, "cross-site"), 200, friend},
		{"POST of another friend", open, "POST", browser("http://localhost:5173", "same-site"), 200, "http://localhost:5173"},
		{"POST of a stranger", open, "POST", browser("https://evil.example", "cross-site"), 403, ""},
		{"POST of a stranger without Sec-Fetch-Site", open, "POST", browser("https://evil.example", ""), 403, ""},
		{"POST, none allowed", closed, "POST", browser(friend, "cross-site"), 403, ""},
		{"POST of our own page", closed, "POST", browser(closed.url, "same-origin"), 200, ""},
		{"POST of a program", closed, "POST", http.Header{"Content-Type": {mediaJSON}}, 200, ""},
		{"GET of a stranger may be sent but not read", open, "GET", browser("https://evil.example", "cross-site"), 200, ""},
	} {
		path := pathGraphQL
		if test.method == "GET" {
			path += "?query={__typename}"
		}
		got := test.server.do(t, test.method, path, test.header, map[string]string{"POST": body}[test.method])
		if got.status != test.status || got.header.Get("Access-Control-Allow-Origin") != test.allowed {
			t.Errorf("%s: status %d, allowed %q; want %d, %q\n%s", test.name, got.status, got.header.Get("Access-Control-Allow-Origin"), test.status, test.allowed, got.body)
		}
		if got := got.header.Get("Access-Control-Allow-Credentials"); (got == "true") != (test.allowed != "") {
			t.Errorf("%s: credentials are allowed: %q", test.name, got)
		}
		if got.status == 403 && !slices.Equal(got.codes(t), []string{"FORBIDDEN"}) {
			t.Errorf("%s: %s", test.name, got.body)
		}
	}
}

func TestOriginsAreExact(t *testing.T) {
	t.Parallel()
	for origin, fine := range map[string]bool{
		"https://a.example": true, "http://127.0.0.1:5173": true,
		"*": false, "https://*.example": false, "https://a.example/": false, "https://a.example/path": false, "a.example": false,
		"ftp://a.example": false, "null": false, "https://u:p@a.example": false, "https://": false, "https://a.example?x": false,
	} {
		if err := checkOrigin(origin); (err == nil) != fine {
			t.Errorf("checkOrigin(%q) = %v", origin, err)
		}
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	t.Parallel()
	server := start(t)
	headers := wantHeader{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	}
	for _, path := range []string{"/", pathGraphQL, pathPlayground, pathLive, pathReady, "/assets/none.js", "/none"} {
		got := server.do(t, "GET", path, nil, "")
		for name, want := range headers {
			if got.header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, got.header.Get(name))
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		script := regexp.MustCompile(`script-src ([^;]*)`).FindStringSubmatch(policy)
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || (script != nil && script[1] != "'self'") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
	}
}

func TestPanicsAreMaskedAndLogged(t *testing.T) {
	t.Parallel()
	log := &journal{}
	logger := logSettings{Format: "json"}.logger(log)
	handler := logRequests(logger, recoverPanics(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the cause") })))
	recorded := record(handler, "POST", "/graphql", http.Header{headerRequestID: {"given-by-proxy"}})
	if codes := recorded.codes(t); recorded.status != 500 || !slices.Equal(codes, []string{"INTERNAL_SERVER_ERROR"}) || strings.Contains(recorded.body, "the cause") {
		t.Errorf("status %d: %s", recorded.status, recorded.body)
	}
	line, text := log.line(t, "given-by-proxy")
	if line["level"] != "ERROR" || !strings.Contains(text, "the cause") || !strings.Contains(recorded.body, "given-by-proxy") {
		t.Errorf("log: %s\nanswer: %s", text, recorded.body)
	}
}
