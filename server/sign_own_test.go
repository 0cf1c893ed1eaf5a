package main

import (
	"encoding/json"
	"net/http"
	"testing"
)

// open lists one's own sessions.
func (p *person) open(t *testing.T) []sessionAnswer {
	t.Helper()
	got := p.request(t, http.MethodGet, "/auth/sessions", http.Header{}, "")
	var list struct{ Sessions []sessionAnswer }
	if err := json.Unmarshal([]byte(got.body), &list); err != nil || got.status != http.StatusOK {
		t.Fatalf("sessions: status %d: %s", got.status, got.body)
	}
	return list.Sessions
}

func TestOnesOwnAccount(t *testing.T) {
	t.Parallel()
	server := start(t)
	admin := server.administrator(t)
	dana := server.colleague(t, "dana", "EDITOR")

	wants(t, "a name of nothing", dana.send(t, "/auth/me", map[string]any{"name": " ", "locale": "ar"}), 400, "BAD_USER_INPUT")
	wants(t, "a language that is none", dana.send(t, "/auth/me", map[string]any{"name": "Dana", "locale": "?"}), 400, "BAD_USER_INPUT")
	wants(t, "a name by a stranger", server.visit().send(t, "/auth/me", map[string]any{"name": "Dana", "locale": "ar"}), 401, "UNAUTHENTICATED")
	got := dana.send(t, "/auth/me", map[string]any{"name": "  دانا الخطيب ", "locale": "ar"})
	wants(t, "a name", got, 200, "")
	var who identityAnswer
	if err := json.Unmarshal([]byte(got.body), &who); err != nil || who.Account == nil || who.Account.Name != "دانا الخطيب" || who.Account.Locale != "ar" || who.Account.Login != "dana" {
		t.Errorf("after the change: %s", got.body)
	}
	var operation, actor string
	if err := server.database.Owner().QueryRowContext(t.Context(), `select r.operation, coalesce(r.actor_name, '') from field_change f join revision r on r.id = f.revision_id
		where f.kind = 'Account' and f.field = 'name' and f.action = 'UPDATE'`).Scan(&operation, &actor); err != nil || operation != "setProfile" {
		t.Errorf("the history says %q by %q: %v", operation, actor, err)
	}

	second := server.visit()
	wants(t, "another browser", second.send(t, "/auth/sign-in", map[string]any{"login": "dana", "password": goodPassword}), 200, "")
	open := dana.open(t)
	if len(open) != 2 || open[0].IsCurrent == open[1].IsCurrent {
		t.Fatalf("sessions: %+v", open)
	}
	other := open[0]
	if other.IsCurrent {
		other = open[1]
	}
	wants(t, "a session of somebody else", admin.send(t, "/auth/sessions/end", map[string]any{"id": other.ID}), 404, "NOT_FOUND")
	wants(t, "a session", dana.send(t, "/auth/sessions/end", map[string]any{"id": other.ID}), 200, "")
	if got := second.me(t) + ", " + dana.me(t); got != "nobody, dana EDITOR" {
		t.Errorf("after ending the other session: %s", got)
	}
	wants(t, "a session by its cookie", dana.send(t, "/auth/sessions/end", map[string]any{"id": dana.cookies[cookieSession]}), 404, "NOT_FOUND")

	wants(t, "somebody else out, by an editor", dana.send(t, "/auth/sign-out-everywhere", map[string]any{"login": "admin"}), 403, "FORBIDDEN")
	wants(t, "nobody out", admin.send(t, "/auth/sign-out-everywhere", map[string]any{"login": "sami"}), 404, "NOT_FOUND")
	out := admin.send(t, "/auth/sign-out-everywhere", map[string]any{"login": "DANA"})
	if got := dana.me(t) + ", " + admin.me(t); got != "nobody, admin ADMINISTRATOR" || out.body != "{\"sessions\":1}\n" {
		t.Errorf("after an administrator has ended them all (%s): %s", out.body, got)
	}
}
