package main

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"taawun/server/account"
)

const (
	pathAuth         = "/auth/"
	pathSetUp        = "/auth/set-up"
	pathReset        = "/auth/reset"
	pathOIDCCallback = "/auth/oidc/callback"
)

// routes are the addresses of the sign-in, all below pathAuth.
func (g *gate) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /auth/me", g.me)
	mux.HandleFunc("POST /auth/me", g.setProfile)
	mux.HandleFunc("GET /auth/sessions", g.sessions)
	mux.HandleFunc("POST /auth/sessions/end", g.endSession)
	mux.HandleFunc("POST /auth/sign-in", g.signIn)
	mux.HandleFunc("POST /auth/sign-out", g.signOut)
	mux.HandleFunc("POST /auth/sign-out-everywhere", g.signOutEverywhere)
	mux.HandleFunc("POST /auth/password", g.password)
	mux.HandleFunc("POST /auth/tokens", g.createToken)
	mux.HandleFunc("POST /auth/tokens/revoke", g.revokeToken)
	mux.HandleFunc("GET "+pathSetUp, linkPage("set-up.html"))
	mux.HandleFunc("POST "+pathSetUp, g.setUp)
	mux.HandleFunc("GET "+pathReset, linkPage("reset.html"))
	mux.HandleFunc("POST "+pathReset, g.reset)
	mux.HandleFunc("POST /auth/reset-link", g.resetLink)
	mux.HandleFunc("GET /auth/page/{file}", pageFile)
	mux.HandleFunc("GET /auth/oidc/start", g.startOIDC)
	mux.HandleFunc("GET "+pathOIDCCallback, g.finishOIDC)
	mux.HandleFunc(pathAuth, notFound)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), g.deadline)
		defer cancel()
		w.Header().Add("Vary", "Authorization, Cookie")
		mux.ServeHTTP(w, r.WithContext(ctx))
	})
}

// me says who asks.
func (g *gate) me(w http.ResponseWriter, r *http.Request) {
	var who *account.Identity
	if v := visitorOf(r.Context()); v != nil {
		who = v.Identity
	}
	writeJSON(w, g.describe(who))
}

// signIn opens a session by login and password.
func (g *gate) signIn(w http.ResponseWriter, r *http.Request) {
	var input struct{ Login, Password string }
	if wrong := g.readJSON(w, r, &input); wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	session, err := g.accounts.SignIn(r.Context(), input.Login, input.Password, g.client(r))
	g.enter(w, r, session, err)
}

// enter hands a session over to the browser, in place of the one that it had.
func (g *gate) enter(w http.ResponseWriter, r *http.Request, session account.Session, err error) {
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	who, err := g.accounts.BySession(r.Context(), session.Secret)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	if err := g.leave(r); err != nil {
		g.refuse(w, r, err)
		return
	}
	g.keep(w, cookieSession, session.Secret, session.ExpiresAt)
	writeJSON(w, g.describe(who))
}

// leave ends the session of a request, if it has one.
func (g *gate) leave(r *http.Request) error {
	cookie, err := r.Cookie(g.cookieName(cookieSession))
	if err != nil {
		return nil
	}
	return g.accounts.SignOut(r.Context(), cookie.Value)
}

// signOut ends the session; without one there is nothing to do.
func (g *gate) signOut(w http.ResponseWriter, r *http.Request) {
	if wrong := g.readJSON(w, r, &struct{}{}); wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	if err := g.leave(r); err != nil {
		g.refuse(w, r, err)
		return
	}
	g.forget(w, cookieSession)
	writeJSON(w, g.describe(nil))
}

// signOutEverywhere ends every session of the account, or of the one with the login that an administrator gives.
func (g *gate) signOutEverywhere(w http.ResponseWriter, r *http.Request) {
	var input struct{ Login string }
	who, wrong := g.asked(w, r, &input)
	if wrong == nil && input.Login != "" {
		wrong = administers(who)
	}
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	if input.Login != "" {
		sessions, err := g.accounts.SignOutAccount(r.Context(), who.Account, input.Login)
		if err != nil {
			g.refuse(w, r, err)
			return
		}
		writeJSON(w, map[string]int64{"sessions": sessions})
		return
	}
	sessions, err := g.accounts.SignOutEverywhere(r.Context(), who.Account)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	g.forget(w, cookieSession)
	writeJSON(w, map[string]int64{"sessions": sessions})
}

// password changes the password: the current one proves that it is not just somebody at an open screen.
func (g *gate) password(w http.ResponseWriter, r *http.Request) {
	var input struct{ Current, Password string }
	who, wrong := g.asked(w, r, &input)
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	session, err := g.accounts.ChangePassword(r.Context(), who.Identity, input.Current, input.Password, g.client(r))
	g.enter(w, r, session, err)
}

// createToken makes an API token and shows its secret, this once.
func (g *gate) createToken(w http.ResponseWriter, r *http.Request) {
	input := struct {
		Name     string
		Roles    []string
		ReadOnly bool
		Days     int
	}{ReadOnly: true, Days: 90}
	who, wrong := g.asked(w, r, &input)
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	token, err := g.accounts.CreateToken(r.Context(), who.Identity, account.NewToken{Name: input.Name, Roles: input.Roles, ReadOnly: input.ReadOnly, Days: input.Days})
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	writeJSON(w, map[string]any{"id": publicID(prefixToken, token.ID), "secret": token.Secret, "expiresAt": token.ExpiresAt})
}

// revokeToken ends an API token.
func (g *gate) revokeToken(w http.ResponseWriter, r *http.Request) {
	var input struct{ ID string }
	who, wrong := g.asked(w, r, &input)
	digits, ours := strings.CutPrefix(input.ID, prefixToken)
	key, err := strconv.ParseInt(digits, 16, 64)
	if wrong == nil && (!ours || err != nil || publicID(prefixToken, key) != input.ID) {
		wrong = badRequest("This is not the id of a token.", "هذا ليس معرّف رمز.")
	}
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	if err := g.accounts.RevokeToken(r.Context(), who.Identity, key); err != nil {
		g.refuse(w, r, err)
		return
	}
	writeJSON(w, map[string]string{"id": input.ID})
}

// startOIDC sends the browser to the provider.
func (g *gate) startOIDC(w http.ResponseWriter, r *http.Request) {
	address, state, err := g.accounts.StartOIDC(r.Context())
	if err != nil {
		g.turnAway(w, r, err)
		return
	}
	g.keep(w, cookieOIDC, state, flowEnd())
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// finishOIDC takes somebody who comes back from the provider.
func (g *gate) finishOIDC(w http.ResponseWriter, r *http.Request) {
	kept := ""
	if cookie, err := r.Cookie(g.cookieName(cookieOIDC)); err == nil {
		kept = cookie.Value
	}
	g.forget(w, cookieOIDC)
	query := r.URL.Query()
	session, err := g.accounts.FinishOIDC(r.Context(), kept, query.Get("state"), query.Get("code"), g.client(r))
	if err == nil {
		err = g.leave(r)
	}
	if err != nil {
		g.turnAway(w, r, err)
		return
	}
	g.keep(w, cookieSession, session.Secret, session.ExpiresAt)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// turnAway answers a sign-in by the provider that has failed: a page for people, an error for programs.
func (g *gate) turnAway(w http.ResponseWriter, r *http.Request, err error) {
	p, _ := explainRefusal(err)
	if p == nil || !strings.Contains(r.Header.Get("Accept"), "text/html") {
		g.refuse(w, r, err)
		return
	}
	if errors.Is(err, account.ErrProvider) {
		entryOf(r.Context()).cause = err
	}
	writeMessagePage(w, r, p)
}
