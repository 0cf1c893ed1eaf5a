package main

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func TestPages(t *testing.T) {
	t.Parallel()
	built := fstest.MapFS{
		"app.html":                 {Data: []byte(`<!doctype html><div id="page"></div>`)},
		"playground.html":          {Data: []byte(`<!doctype html><script type="module" src="/assets/page-AbC123.js"></script>`)},
		"assets/page-AbC123.js":    {Data: []byte("export {};" + strings.Repeat(" ", 5000))},
		"assets/page-AbC123.css":   {Data: []byte("body {}")},
		"assets/font-AbC123.woff2": {Data: []byte("wOF2")},
		"secret.txt":               {Data: []byte("not a page")},
	}
	const immutable = "public, max-age=31536000, immutable"
	for _, test := range []struct {
		name, path string
		files      fstest.MapFS
		status     int
		contains   string
		headers    wantHeader
	}{
		{"the front door", "/", built, 302, "", wantHeader{"Location": pathPortal}},
		{"the portal", "/ar", built, 200, `id="page"`, wantHeader{"Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": portalPolicy}},
		{"a page of the portal", "/en/agreements/agr_1f", built, 200, `id="page"`, wantHeader{"Content-Security-Policy": portalPolicy}},
		{"a language without pages", "/xx/agreements", built, 404, "NOT_FOUND", nil},
		{"the page", pathPlayground, built, 200, "<script", wantHeader{"Cache-Control": "no-cache", "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": pagePolicy}},
		{"a script", "/assets/page-AbC123.js", built, 200, "export", wantHeader{"Cache-Control": immutable, "Content-Type": "text/javascript; charset=utf-8", "Content-Security-Policy": pagePolicy}},
		{"a style", "/assets/page-AbC123.css", built, 200, "body", wantHeader{"Cache-Control": immutable, "Content-Type": "text/css; charset=utf-8"}},
		{"a font", "/assets/font-AbC123.woff2", built, 200, "wOF2", wantHeader{"Cache-Control": immutable, "Content-Type": "font/woff2"}},
		{"an asset of an older build", "/assets/page-Old456.js", built, 404, "NOT_FOUND", wantHeader{"Cache-Control": "no-store"}},
		{"the folder of assets", "/assets/", built, 404, "NOT_FOUND", nil},
		{"out of the folder", "/assets/..%2fsecret.txt", built, 404, "NOT_FOUND", nil},
		{"a file beside the page", "/secret.txt", built, 404, "NOT_FOUND", nil},
		{"a page by its file name", "/playground.html", built, 404, "NOT_FOUND", nil},
		{"not built", pathPlayground, fstest.MapFS{".keep": {}}, 404, "make run", wantHeader{"Content-Type": "text/html; charset=utf-8"}},
		{"not built, in Arabic", pathPlayground, fstest.MapFS{".keep": {}}, 404, `<html lang="ar" dir="rtl">`, nil},
	} {
		handler, err := newHandler(site{graphql: http.NotFoundHandler(), health: &health{}, files: test.files, logger: logSettings{}.logger(&journal{})})
		if err != nil {
			t.Fatal(err)
		}
		got := record(handler, "GET", test.path, http.Header{})
		if got.status != test.status || !strings.Contains(got.body, test.contains) {
			t.Errorf("%s: status %d, want %d with %q\n%s", test.name, got.status, test.status, test.contains, got.body)
		}
		for name, value := range test.headers {
			if got.header.Get(name) != value {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got.header.Get(name), value)
			}
		}
	}
}

func TestPagesAreRevalidated(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"playground.html": {Data: []byte("<!doctype html>one")}}
	handler, err := newHandler(site{graphql: http.NotFoundHandler(), health: &health{}, files: files, logger: logSettings{}.logger(&journal{})})
	if err != nil {
		t.Fatal(err)
	}
	tag := record(handler, "GET", pathPlayground, http.Header{}).header.Get("ETag")
	if again := record(handler, "GET", pathPlayground, http.Header{"If-None-Match": {tag}}); again.status != 304 {
		t.Errorf("the same page: status %d", again.status)
	}
	files["playground.html"].Data = []byte("<!doctype html>two")
	if next := record(handler, "GET", pathPlayground, http.Header{"If-None-Match": {tag}}); next.status != 200 {
		t.Errorf("another page: status %d", next.status)
	}
}

// TestAssetsAreCompressed hands out what the build has compressed to whoever takes it, and the file itself to the others.
func TestAssetsAreCompressed(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"assets/a-1.js":    {Data: []byte("export {};" + strings.Repeat(" ", 5000))},
		"assets/a-1.js.gz": {Data: []byte("compressed by the build")},
		"assets/b-1.js":    {Data: []byte("small")},
	}
	handler, err := newHandler(site{graphql: http.NotFoundHandler(), health: &health{}, files: files, logger: logSettings{}.logger(&journal{})})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, accepted, encoding, body string
	}{
		{"/assets/a-1.js", "gzip, deflate, br", "gzip", "compressed by the build"},
		{"/assets/a-1.js", "br;q=1.0, GZIP;q=0.5", "gzip", "compressed by the build"},
		{"/assets/a-1.js", "br, gzip;q=0", "", "export"},
		{"/assets/a-1.js", "", "", "export"},
		{"/assets/b-1.js", "gzip", "", "small"},
	} {
		header := http.Header{}
		if c.accepted != "" {
			header.Set("Accept-Encoding", c.accepted)
		}
		got := record(handler, "GET", c.path, header)
		if got.status != 200 || got.header.Get("Content-Encoding") != c.encoding || !strings.HasPrefix(got.body, c.body) || got.header.Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("%s with %q: status %d, %v, %.40s", c.path, c.accepted, got.status, got.header, got.body)
		}
		if got.header.Get("Vary") != "Accept-Encoding" && strings.Count(strings.Join(got.header.Values("Vary"), ","), "Accept-Encoding") != 1 {
			t.Errorf("%s with %q varies by %q", c.path, c.accepted, got.header.Values("Vary"))
		}
	}
}
