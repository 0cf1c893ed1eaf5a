package main

import (
	"net/http"
	"time"
)

// setProfile changes one's own name and language.
func (g *gate) setProfile(w http.ResponseWriter, r *http.Request) {
	var input struct{ Name, Locale string }
	who, wrong := g.asked(w, r, &input)
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	if err := g.accounts.SetProfile(r.Context(), who.Account, input.Name, input.Locale); err != nil {
		g.refuse(w, r, err)
		return
	}
	again, err := g.accounts.BySession(r.Context(), who.session)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	writeJSON(w, g.describe(again))
}

// sessionAnswer is a browser in which one is signed in.
type sessionAnswer struct {
	ID         string    `json:"id"`
	CreatedAt  time.Time `json:"createdAt"`
	LastSeenAt time.Time `json:"lastSeenAt"`
	ExpiresAt  time.Time `json:"expiresAt"`
	UserAgent  string    `json:"userAgent,omitempty"`
	Address    string    `json:"address,omitempty"`
	IsCurrent  bool      `json:"isCurrent"`
}

// sessions lists one's own sessions.
func (g *gate) sessions(w http.ResponseWriter, r *http.Request) {
	who, nobody := signedIn(r)
	if nobody != nil {
		writeProblem(w, r, nobody)
		return
	}
	open, err := g.accounts.Sessions(r.Context(), who.Account, who.session)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	all := make([]sessionAnswer, 0, len(open))
	for _, s := range open {
		all = append(all, sessionAnswer{s.ID, s.CreatedAt, s.LastSeen, s.ExpiresAt, s.UserAgent, s.Address, s.IsCurrent})
	}
	writeJSON(w, map[string]any{"sessions": all})
}

// endSession ends one of one's own sessions.
func (g *gate) endSession(w http.ResponseWriter, r *http.Request) {
	var input struct{ ID string }
	who, wrong := g.asked(w, r, &input)
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	if err := g.accounts.EndSession(r.Context(), who.Account, input.ID); err != nil {
		g.refuse(w, r, err)
		return
	}
	writeJSON(w, map[string]string{"id": input.ID})
}
