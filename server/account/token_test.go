package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	admin := g.setUp(t)
	g.join(t, "person", "ANALYST", "EDITOR")
	session, err := g.SignIn(t.Context(), "person", good, here)
	if err != nil {
		t.Fatal(err)
	}
	who, err := g.BySession(t.Context(), session.Secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		field string
		with  NewToken
	}{
		{"name", NewToken{Name: " ", Roles: []string{"ANALYST"}, Days: 1}},
		{"name", NewToken{Name: "a\x00", Roles: []string{"ANALYST"}, Days: 1}},
		{"name", NewToken{Name: strings.Repeat("x", 201), Roles: []string{"ANALYST"}, Days: 1}},
		{"roles", NewToken{Name: "x", Days: 1}},
		{"roles", NewToken{Name: "x", Roles: []string{"ADMINISTRATOR"}, Days: 1}},
		{"roles", NewToken{Name: "x", Roles: []string{"ANALYST", "KING"}, Days: 1}},
		{"days", NewToken{Name: "x", Roles: []string{"ANALYST"}, Days: 0}},
		{"days", NewToken{Name: "x", Roles: []string{"ANALYST"}, Days: 367}},
	} {
		_, err := g.CreateToken(t.Context(), who, test.with)
		var refused *Refusal
		if !errors.As(err, &refused) || refused.Field != test.field {
			t.Errorf("%+v: %v", test.with, err)
		}
	}
	token, err := g.CreateToken(t.Context(), who, NewToken{Name: "dashboard", Roles: []string{"ANALYST", "ANALYST"}, ReadOnly: true, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	if days := time.Until(token.ExpiresAt).Hours() / 24; !strings.HasPrefix(token.Secret, "taawun_") || days < 29 || days > 31 {
		t.Errorf("%+v", token)
	}
	bearer, err := g.ByToken(t.Context(), token.Secret)
	if err != nil || bearer.Account != who.Account || !slices.Equal(bearer.Roles, []string{"ANALYST"}) || len(bearer.Grants) != 1 || *bearer.Token != (Token{token.ID, "dashboard", true}) {
		t.Fatalf("%+v %v", bearer, err)
	}
	if got := g.read(t, "select last_used_at > now() - interval '1 minute' from auth.token_secret"); got != "true" {
		t.Error("its use was not noted")
	}
	for name, secret := range map[string]string{"nothing": "", "only the prefix": "taawun_", "another": "taawun_" + newSecret(), "without its prefix": strings.TrimPrefix(token.Secret, "taawun_"), "a session": session.Secret} {
		if _, err := g.ByToken(t.Context(), secret); !errors.Is(err, ErrNobody) {
			t.Errorf("%s: %v", name, err)
		}
	}
	g.run(t, "delete from account_role where role = 'ANALYST'")
	if bearer, err := g.ByToken(t.Context(), token.Secret); err != nil || len(bearer.Roles) != 0 || len(bearer.Grants) != 0 {
		t.Errorf("the account has lost the role: %+v %v", bearer, err)
	}
	stranger := &Identity{Account: g.join(t, "stranger")}
	if err := g.RevokeToken(t.Context(), stranger, token.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoked by a stranger: %v", err)
	}
	if err := g.RevokeToken(t.Context(), &Identity{Account: admin.Account}, token.ID); err != nil {
		t.Errorf("revoked by an administrator: %v", err)
	}
	if err := g.RevokeToken(t.Context(), who, token.ID); !errors.Is(err, ErrUnknown) {
		t.Errorf("revoked again: %v", err)
	}
	if _, err := g.ByToken(t.Context(), token.Secret); !errors.Is(err, ErrNobody) {
		t.Errorf("a revoked token: %v", err)
	}
}

func TestTokensEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, ending string }{
		{"expired", "update api_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'"},
		{"account disabled", "update account set disabled_at = now() where login = 'person'"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			g := open(t, Options{})
			g.setUp(t)
			who := &Identity{Account: g.join(t, "person", "ANALYST"), Roles: []string{"ANALYST"}}
			token, err := g.CreateToken(t.Context(), who, NewToken{Name: "x", Roles: []string{"ANALYST"}, Days: 1})
			if err != nil {
				t.Fatal(err)
			}
			g.run(t, test.ending)
			if _, err := g.ByToken(t.Context(), token.Secret); !errors.Is(err, ErrNobody) {
				t.Errorf("%v, want nobody", err)
			}
		})
	}
}

// A role that is lost between asking and making must not end in a token.
func TestPostgreSQLChecksTheRolesOfAToken(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	pretender := &Identity{Account: g.join(t, "person", "ANALYST"), Roles: []string{"ANALYST", "ADMINISTRATOR"}}
	var refused *Refusal
	if _, err := g.CreateToken(t.Context(), pretender, NewToken{Name: "x", Roles: []string{"ADMINISTRATOR"}, Days: 1}); !errors.As(err, &refused) {
		t.Errorf("%v, want a refusal", err)
	}
	if got := g.read(t, "select count(*) from api_token"); got != "0" {
		t.Errorf("%s tokens", got)
	}
}

func TestListAndDisable(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	g.setUp(t)
	g.join(t, "Person", "EDITOR", "ANALYST")
	if err := Disable(t.Context(), g.owner, "person"); err != nil {
		t.Fatal(err)
	}
	if err := Disable(t.Context(), g.owner, "stranger"); !errors.Is(err, ErrUnknown) {
		t.Errorf("nobody: %v", err)
	}
	if err := Disable(t.Context(), g.owner, "admin"); err == nil || !strings.Contains(err.Error(), "last administrator") {
		t.Errorf("the last administrator: %v", err)
	}
	all, err := List(t.Context(), g.owner)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	if a, p := all[0], all[1]; a.Login != "admin" || a.Disabled || a.LastSeen == nil || p.Login != "Person" || !p.Disabled || p.LastSeen != nil || !slices.Equal(p.Roles, []string{"ANALYST", "EDITOR"}) {
		t.Errorf("%+v", all)
	}
}
