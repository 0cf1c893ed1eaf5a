package account

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestHashes(t *testing.T) {
	t.Parallel()
	h := newHasher(1)
	one, err := h.hash(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.hash(t.Context(), good)
	if err != nil || one == two {
		t.Errorf("the same password has the same hash twice: %s %v", one, err)
	}
	// Made by the reference implementation: echo -n "password" | argon2 somesalt -id -t 2 -k 65536 -p 1
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	for _, test := range []struct {
		hash, password string
		fits, outdated bool
	}{
		{one, good, true, false}, {one, good + "x", false, false}, {one, "", false, false},
		{reference, "password", true, true}, {reference, "Password", false, true},
		{"", good, false, false}, {"", "", false, false},
	} {
		fits, outdated, err := h.verify(t.Context(), test.hash, test.password)
		if fits != test.fits || outdated != test.outdated || err != nil {
			t.Errorf("%q %q: %t %t %v", test.hash, test.password, fits, outdated, err)
		}
	}
	for _, broken := range []string{"x", "$2a$10$abc", "$argon2id$v=16$m=8,t=1,p=1$c29t$c29t", "$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$YQ", "$argon2id$v=19$m=8,t=1,p=1$!$YQ", "$argon2id$v=19$x$c29t$YQ"} {
		if fits, _, err := h.verify(t.Context(), broken, "password"); fits || err == nil {
			t.Errorf("%q: %t %v", broken, fits, err)
		}
	}
}

func TestOutdatedHashesAreRenewed(t *testing.T) {
	t.Parallel()
	g := open(t, Options{})
	account := g.join(t, "person")
	g.run(t, `update auth.credential set password_hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'`)
	if _, err := g.SignIn(t.Context(), "person", "password", here); err != nil {
		t.Fatal(err)
	}
	if got := g.read(t, "select password_hash from auth.credential"); !strings.Contains(got, "m=47104,t=1,p=1") {
		t.Errorf("account %d: %s", account, got)
	}
	if _, err := g.SignIn(t.Context(), "person", "password", here); err != nil {
		t.Errorf("with the renewed hash: %v", err)
	}
}

func TestHashingIsBounded(t *testing.T) {
	t.Parallel()
	h := newHasher(2)
	h.turns <- struct{}{} // both places are taken
	h.turns <- struct{}{}
	before := h.computed.Load()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 * (1 + waiting) {
		group.Go(func() {
			if _, err := h.hash(ctx, good); !errors.Is(err, context.Canceled) {
				t.Errorf("one that waits: %v", err)
			}
		})
	}
	for h.queued.Load() < 2*(1+waiting) {
		time.Sleep(time.Millisecond)
	}
	if _, err := h.hash(t.Context(), good); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many: %v", err)
	}
	cancel()
	group.Wait()
	if n := h.computed.Load() - before; n != 0 {
		t.Errorf("%d were computed without their turn", n)
	}
	<-h.turns
	<-h.turns
	if _, err := h.hash(t.Context(), good); err != nil || h.queued.Load() != 0 {
		t.Errorf("afterwards: %v, %d queued", err, h.queued.Load())
	}
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for password, fine := range map[string]bool{
		good: true, "ثلاث زيتونات بنية": true, "correct horse battery staple": true, strings.Repeat("ab cdefgh", 28): true,
		"": false, "elevenchars": false, "زيتونة": false, "aaaaaaaaaaaaaaaa": false, "abababababab": false, "abcdefghijklmnop": false, "ABCDEFGHIJKL1": false,
		"9876543210987": false, "password-1234": false, "Pass Word 1234": false, "PASSWORDPASSWORD": false, "كلمة المرور 123": false, "qwerty.uiop.123": false,
		"olive-harvest": false, "Olive-Harvest1": false, "Dana Haddad Dana": false, "three\x00brown olives": false, "three\nbrown olives": false, "\xff\xfe three brown": false,
		strings.Repeat("abcde fghij ", 22): false,
	} {
		err := CheckPassword(password, "olive-harvest", "Dana Haddad")
		var refused *Refusal
		if fine != (err == nil) || err != nil && (!errors.As(err, &refused) || refused.Message == "" || refused.MessageAr == "" || refused.Field != "password") {
			t.Errorf("%q: %v", password, err)
		}
	}
}
