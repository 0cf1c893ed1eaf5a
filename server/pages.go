package main

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"taawun/graph"
)

const (
	pathGraphQL    = "/graphql"
	pathPlayground = "/playground"
	pathAssets     = "/assets/"
	pathPortal     = "/ar" // Arabic is the first language
)

// portalLanguages are the languages that the addresses of the portal and the desk begin with.
var portalLanguages = [...]string{"ar", "en"}

// pages serves what the web build has left: one HTML file per page, and assets whose names carry a hash of their content.
// Only files that exist are served; a missing asset is 404, never a page, so that an old page fails visibly.
type pages struct{ files fs.FS }

// pagePolicy allows a page what it brings along and its own API, nothing inline and nothing foreign. Styles are the one
// exception: the editor of the playground sets them from its script, which a page cannot do under a stricter rule.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// portalPolicy is the policy of the portal and the desk, which need no exception.
const portalPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// page serves one HTML file under a policy; until the web build has made it, it says how to build it.
func (p pages) page(name, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Type", "text/html; charset=utf-8")
		header.Set("Cache-Control", "no-cache")
		text, err := fs.ReadFile(p.files, name)
		if err != nil {
			header.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, pageNotBuilt)
			return
		}
		sum := sha256.Sum256(text)
		header.Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:18])+`"`)
		header.Set("Content-Security-Policy", policy)
		http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(text)))
	})
}

// asset serves a hashed file, which a browser may keep for good; compressed as the build has left it, where there is such a file and the
// reader takes it.
func (p pages) asset(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	content, err := p.open(name)
	if err != nil {
		notFound(w, r)
		return
	}
	defer content.Close()
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Security-Policy", pagePolicy) // a worker lives under the policy of its own file
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		if small, err := p.open(name + ".gz"); err == nil {
			defer small.Close()
			header.Set("Content-Encoding", "gzip")
			header.Add("Vary", "Accept-Encoding")
			content = small
		}
	}
	http.ServeContent(w, r, name, time.Time{}, content)
}

// open opens a file that is no folder.
func (p pages) open(name string) (io.ReadSeekCloser, error) {
	file, err := p.files.Open(name)
	if err != nil {
		return nil, err
	}
	content, seekable := file.(io.ReadSeekCloser)
	if info, err := file.Stat(); err != nil || info.IsDir() || !seekable {
		file.Close()
		return nil, fs.ErrNotExist
	}
	return content, nil
}

// takesGzip says whether a reader who sends this header takes gzip (RFC 9110, 12.5.3).
func takesGzip(accepted string) bool {
	for part := range strings.SplitSeq(accepted, ",") {
		coding, weight, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(coding, "gzip") {
			q, err := strconv.ParseFloat(strings.TrimPrefix(weight, "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}

func notFound(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, r, &problem{
		http.StatusNotFound, graph.CodeNotFound,
		"There is nothing at this address. The pages begin at " + pathPortal + ", the API is at " + pathGraphQL + ", the playground at " + pathPlayground + ".",
		"لا يوجد شيء في هذا العنوان. الصفحات تبدأ من " + pathPortal + " والواجهة البرمجية في " + pathGraphQL + " وساحة التجربة في " + pathPlayground + ".",
	})
}

const pageNotBuilt = `<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>تعاون · Taawun</title>
<main>
<h1>لم تُبنَ صفحات تعاون بعد</h1>
<p>الواجهة البرمجية تعمل في <a href="/graphql"><bdi>/graphql</bdi></a>. لبناء الصفحات وتشغيل الخادم معها نفّذ في مجلد المصدر:</p>
<pre dir="ltr">make run</pre>
<section lang="en" dir="ltr">
<h1>The pages of Taawun have not been built yet</h1>
<p>The API is served at <a href="/graphql">/graphql</a>. To build the pages and start the server with them, run this in the source folder:</p>
<pre>make run</pre>
</section>
</main>
</html>
`
