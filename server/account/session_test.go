package account

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestSetUpOnce(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	link, err := g.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other, err := g.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first := FirstAccount{Login: " Admin ", Name: "مدير", Password: good}
	for _, test := range []struct {
		field string
		with  FirstAccount
	}{
		{"login", FirstAccount{Login: "a b", Name: "x", Password: good}},
		{"login", FirstAccount{Login: "a\u0000b", Name: "x", Password: good}},
		{"login", FirstAccount{Login: "a", Name: "x", Password: good}},
		{"name", FirstAccount{Login: "admin", Name: " ", Password: good}},
		{"name", FirstAccount{Login: "admin", Name: "x\ny", Password: good}},
		{"locale", FirstAccount{Login: "admin", Name: "x", Password: good, Locale: "Arabic!"}},
		{"password", FirstAccount{Login: "admin", Name: "x", Password: "short"}},
	} {
		_, err := g.SetUp(t.Context(), link, test.with, here)
		var refused *Refusal
		if !errors.As(err, &refused) || refused.Field != test.field || refused.MessageAr == "" {
			t.Errorf("%+v: %v; want a refusal of %s", test.with, err, test.field)
		}
	}
	if _, err := g.SetUp(t.Context(), "guessed", first, here); !errors.Is(err, ErrLink) {
		t.Errorf("a link that was never given: %v", err)
	}
	session, err := g.SetUp(t.Context(), link, first, here)
	if err != nil {
		t.Fatal(err)
	}
	who, err := g.BySession(t.Context(), session.Secret)
	if err != nil || who.Login != "Admin" || who.Locale != "ar" || !slices.Equal(who.Roles, []string{"ADMINISTRATOR"}) || !slices.Equal(who.Grants, []Grant{{Role: "ADMINISTRATOR"}}) || who.Token != nil {
		t.Errorf("the first administrator: %+v %v", who, err)
	}
	for name, again := range map[string]string{"the used link": link, "another link": other} {
		if _, err := g.SetUp(t.Context(), again, FirstAccount{Login: "second", Name: "x", Password: good}, here); !errors.Is(err, ErrLink) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if link, err := g.SetupLink(t.Context()); err != nil || link != "" {
		t.Errorf("a set-up link beside accounts: %q %v", link, err)
	}
	if got := g.read(t, "select count(*) from account"); got != "1" {
		t.Errorf("%s accounts", got)
	}
}

func TestManySetUpsAtOnceMakeOneAdministrator(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	var made, refused int
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 6 {
		link, err := g.SetupLink(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			group.Go(func() {
				_, err := g.SetUp(t.Context(), link, FirstAccount{Login: "admin", Name: "x", Password: good}, here)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					made++
				case errors.Is(err, ErrLink):
					refused++
				default:
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	if made != 1 || refused != 11 {
		t.Errorf("%d made, %d refused", made, refused)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	g.setUp(t)
	disabled := g.join(t, "gone", "ANALYST")
	g.join(t, "دانة", "EDITOR")
	g.run(t, "update account set disabled_at = now() where login = 'gone'", "insert into account (login, name) values ('no-password', 'x')")
	for _, test := range []struct {
		login, password string
		fits            bool
	}{
		{"admin", good, true}, {"ADMIN", good, true}, {" admin ", good, true}, {"دانة", good, true},
		{"admin", good + " ", false}, {"admin", "Three brown olives", false}, {"admin", "", false}, {"nobody", good, false},
		{"gone", good, false}, {"no-password", good, false}, {"", good, false}, {"ad\u0000min", good, false}, {"\xff", good, false},
		{strings.Repeat("x", 10000), good, false},
	} {
		before := g.hashes.computed.Load()
		session, err := g.SignIn(t.Context(), test.login, test.password, here)
		if test.fits != (err == nil) || err != nil && !errors.Is(err, ErrWrong) {
			t.Errorf("%q %q: %v", clip(test.login, 20), test.password, err)
		}
		if n := g.hashes.computed.Load() - before; n != 1 {
			t.Errorf("%q: %d hashes; an answer that takes longer or shorter tells who has an account", clip(test.login, 20), n)
		}
		if err == nil && time.Until(session.ExpiresAt) < 6*24*time.Hour {
			t.Errorf("%q: the session ends at %s", test.login, session.ExpiresAt)
		}
	}
	if got := g.read(t, "select count(*) from auth.session where account_id = "+g.read(t, "select id from account where login = 'gone'")); got != "0" {
		t.Errorf("account %d, which is disabled, has %s sessions", disabled, got)
	}
}

func TestSecretsAreNotKept(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	session := g.setUp(t)
	who, err := g.BySession(t.Context(), session.Secret)
	if err != nil {
		t.Fatal(err)
	}
	token, err := g.CreateToken(t.Context(), who, NewToken{Name: "x", Roles: []string{"ADMINISTRATOR"}, Days: 1})
	if err != nil {
		t.Fatal(err)
	}
	dump := g.read(t, `select concat_ws(' ', (select string_agg(t::text, ' ') from auth.session t), (select string_agg(t::text, ' ') from auth.credential t),
		(select string_agg(t::text, ' ') from auth.one_time_link t), (select string_agg(t::text, ' ') from auth.token_secret t), (select string_agg(t::text, ' ') from api_token t))`)
	for _, secret := range []string{session.Secret, token.Secret, strings.TrimPrefix(token.Secret, tokenPrefix), good} {
		if strings.Contains(dump, secret) {
			t.Errorf("a secret is kept as it is: %s", dump)
		}
	}
	if !strings.Contains(dump, "$argon2id$v=19$m=47104,t=1,p=1$") {
		t.Errorf("no argon2id hash: %s", dump)
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, ending string }{
		{"idle", "update auth.session set last_seen_at = now() - interval '12 hours 1 minute'"},
		{"at the end of its life", "update auth.session set expires_at = now()"},
		{"account disabled", "update account set disabled_at = now() where login = 'person'"},
		{"account disabled and enabled again", "update account set disabled_at = now() where login = 'person'; update account set disabled_at = null where login = 'person'"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			g := open(t, Options{})
			g.setUp(t)
			g.join(t, "person", "ANALYST")
			session, err := g.SignIn(t.Context(), "person", good, here)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := g.BySession(t.Context(), session.Secret); err != nil {
				t.Fatal(err)
			}
			g.run(t, test.ending)
			if _, err := g.BySession(t.Context(), session.Secret); !errors.Is(err, ErrNobody) {
				t.Errorf("%v, want nobody", err)
			}
			if err := g.sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := g.read(t, "select count(*) from auth.session join account on account.id = account_id where login = 'person'"); got != "0" {
				t.Errorf("%s ended sessions are kept", got)
			}
		})
	}
}

func TestASessionThatIsUsedGoesOn(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	session := g.setUp(t)
	g.run(t, "update auth.session set last_seen_at = now() - interval '11 hours'", "update auth.presence set seen_at = now() - interval '11 hours'")
	if _, err := g.BySession(t.Context(), session.Secret); err != nil {
		t.Fatal(err)
	}
	if got := g.read(t, "select last_seen_at > now() - interval '1 minute' and (select seen_at from auth.presence) > now() - interval '1 minute' from auth.session"); got != "true" {
		t.Error("its use was not noted")
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	one := g.setUp(t)
	two, err := g.SignIn(t.Context(), "admin", good, here)
	if err != nil {
		t.Fatal(err)
	}
	three, err := g.SignIn(t.Context(), "admin", good, here)
	if err != nil {
		t.Fatal(err)
	}
	alive := func(s Session) bool {
		_, err := g.BySession(t.Context(), s.Secret)
		if err != nil && !errors.Is(err, ErrNobody) {
			t.Fatal(err)
		}
		return err == nil
	}
	if err := errors.Join(g.SignOut(t.Context(), one.Secret), g.SignOut(t.Context(), one.Secret), g.SignOut(t.Context(), "unknown")); err != nil {
		t.Error(err)
	}
	if alive(one) || !alive(two) || !alive(three) {
		t.Error("signing out ended another session than its own")
	}
	if n, err := g.SignOutEverywhere(t.Context(), two.Account); n != 2 || err != nil || alive(two) || alive(three) {
		t.Errorf("everywhere: %d sessions %v, alive %t %t", n, err, alive(two), alive(three))
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	old := g.setUp(t)
	who, err := g.BySession(t.Context(), old.Secret)
	if err != nil {
		t.Fatal(err)
	}
	const better = "four green almonds"
	var refused *Refusal
	if _, err := g.ChangePassword(t.Context(), who, good, "short", here); !errors.As(err, &refused) {
		t.Errorf("a short one: %v", err)
	}
	if _, err := g.ChangePassword(t.Context(), who, "not the old one", better, here); !errors.Is(err, ErrWrong) {
		t.Errorf("without the old one: %v", err)
	}
	if _, err := g.BySession(t.Context(), old.Secret); err != nil {
		t.Errorf("a refused change has ended the session: %v", err)
	}
	session, err := g.ChangePassword(t.Context(), who, good, better, here)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.BySession(t.Context(), old.Secret); !errors.Is(err, ErrNobody) {
		t.Errorf("the session from before: %v", err)
	}
	if _, err := g.BySession(t.Context(), session.Secret); err != nil {
		t.Errorf("the new session: %v", err)
	}
	if _, err := g.SignIn(t.Context(), "admin", good, here); !errors.Is(err, ErrWrong) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := g.SignIn(t.Context(), "admin", better, here); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	admin := g.setUp(t)
	g.join(t, "person")
	if _, err := g.ResetLink(t.Context(), admin.Account, "stranger"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a link for nobody: %v", err)
	}
	earlier, err := g.ResetLink(t.Context(), admin.Account, "person")
	if err != nil {
		t.Fatal(err)
	}
	link, err := g.ResetLink(t.Context(), admin.Account, "PERSON")
	if err != nil {
		t.Fatal(err)
	}
	old, err := g.SignIn(t.Context(), "person", good, here)
	if err != nil {
		t.Fatalf("the password must go on until the link is used: %v", err)
	}
	const better = "four green almonds"
	if _, err := g.Reset(t.Context(), earlier, better, here); !errors.Is(err, ErrLink) {
		t.Errorf("an earlier link: %v", err)
	}
	if _, err := g.SetUp(t.Context(), link, FirstAccount{Login: "x1", Name: "x", Password: good}, here); !errors.Is(err, ErrLink) {
		t.Errorf("a link of another purpose: %v", err)
	}
	var refused *Refusal
	if _, err := g.Reset(t.Context(), link, "short", here); !errors.As(err, &refused) {
		t.Errorf("a short password: %v", err)
	}
	if _, err := g.Reset(t.Context(), link, better, here); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Reset(t.Context(), link, "five white figs now", here); !errors.Is(err, ErrLink) {
		t.Errorf("the link again: %v", err)
	}
	if _, err := g.BySession(t.Context(), old.Secret); !errors.Is(err, ErrNobody) {
		t.Errorf("the session from before: %v", err)
	}
	if _, err := g.SignIn(t.Context(), "person", better, here); err != nil {
		t.Error(err)
	}
	late, err := g.ResetLink(t.Context(), 0, "person")
	if err != nil {
		t.Fatal(err)
	}
	g.run(t, "update auth.one_time_link set expires_at = now() where used_at is null")
	if _, err := g.Reset(t.Context(), late, good, here); !errors.Is(err, ErrLink) {
		t.Errorf("a link that has expired: %v", err)
	}
	fresh, err := g.ResetLink(t.Context(), 0, "person")
	if err != nil {
		t.Fatal(err)
	}
	g.run(t, "update account set disabled_at = now() where login = 'person'")
	if _, err := g.Reset(t.Context(), fresh, good, here); !errors.Is(err, ErrLink) {
		t.Errorf("a link of a disabled account: %v", err)
	}
	if _, err := g.ResetLink(t.Context(), 0, "person"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a link for a disabled account: %v", err)
	}
}
