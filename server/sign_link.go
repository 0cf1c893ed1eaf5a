package main

import (
	"embed"
	"html/template"
	"mime"
	"net/http"
	"path"
	"time"

	"taawun/graph"
	"taawun/server/account"
)

// signPages are the few pages that a person needs before there is any other: one for each kind of one-time link.
//
//go:embed sign_page
var signPages embed.FS

// signPolicy allows these pages their own style and script and requests to this server.
const signPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// linkPage serves the page of a link. The secret stands behind # and stays in the browser until the person sends the form.
func linkPage(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { servePageFile(w, r, name) }
}

// pageFile serves the style and the script of these pages.
func pageFile(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	if kind := path.Ext(name); kind != ".css" && kind != ".js" {
		notFound(w, r)
		return
	}
	servePageFile(w, r, name)
}

func servePageFile(w http.ResponseWriter, r *http.Request, name string) {
	text, err := signPages.ReadFile("sign_page/" + name)
	if err != nil {
		notFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	header.Set("Content-Security-Policy", signPolicy)
	header.Set("Cache-Control", "no-cache")
	_, _ = w.Write(text) // the client may have gone
}

// writeMessagePage says what went wrong where a browser has navigated and no script waits for an answer.
func writeMessagePage(w http.ResponseWriter, r *http.Request, p *problem) {
	page, err := template.ParseFS(signPages, "sign_page/message.html")
	if err != nil {
		entryOf(r.Context()).cause = err
		writeProblem(w, r, internalError())
		return
	}
	entryOf(r.Context()).failed(p.errors())
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", signPolicy)
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(p.status)
	_ = page.Execute(w, map[string]string{"English": p.message, "Arabic": p.arabic, "Request": graph.RequestID(r.Context())}) // the client may have gone
}

// setUp makes the first administrator.
func (g *gate) setUp(w http.ResponseWriter, r *http.Request) {
	var input struct{ Link, Login, Name, Password, Locale string }
	if wrong := g.readJSON(w, r, &input); wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	session, err := g.accounts.SetUp(r.Context(), input.Link,
		account.FirstAccount{Login: input.Login, Name: input.Name, Password: input.Password, Locale: input.Locale}, g.client(r))
	g.enter(w, r, session, err)
}

// reset gives an account the password that its person chooses.
func (g *gate) reset(w http.ResponseWriter, r *http.Request) {
	var input struct{ Link, Password string }
	if wrong := g.readJSON(w, r, &input); wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	session, err := g.accounts.Reset(r.Context(), input.Link, input.Password, g.client(r))
	g.enter(w, r, session, err)
}

// resetLink makes a link by which somebody chooses a password, for an administrator to hand over.
func (g *gate) resetLink(w http.ResponseWriter, r *http.Request) {
	var input struct{ Login string }
	who, wrong := g.asked(w, r, &input)
	if wrong == nil {
		wrong = administers(who)
	}
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	secret, err := g.accounts.ResetLink(r.Context(), who.Account, input.Login)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	writeJSON(w, map[string]any{"link": linkTo(g.public, pathReset, secret), "expiresAt": time.Now().Add(account.LinkLifetime).UTC().Truncate(time.Second)})
}

// flowEnd is until when a sign-in at the provider may take.
func flowEnd() time.Time { return time.Now().Add(account.FlowLifetime) }
