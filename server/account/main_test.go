package account

import (
	"context"
	"log/slog"
	"net/netip"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// good is a password that nobody refuses.
const good = "three brown olives"

// gatehouse is a service on a database of its own.
type gatehouse struct {
	*Service
	owner *bun.DB
	data  *dbtest.DB
}

func open(t *testing.T, o Options) *gatehouse {
	t.Helper()
	d := dbtest.New(t)
	o.Gate = d.Server().Open(db.Gate, db.Pool{Writable: true, Connections: 8})
	o.Logger = slog.New(slog.DiscardHandler)
	t.Cleanup(func() {
		if err := o.Gate.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return &gatehouse{s, d.Owner(), d}
}

// client is somebody at an address.
func client(address string) Client {
	return Client{Address: netip.MustParseAddr(address), UserAgent: "test"}
}

var here = client("192.0.2.1")

// run executes statements as the owner.
func (g *gatehouse) run(t *testing.T, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := g.owner.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
}

// read is one value as text.
func (g *gatehouse) read(t *testing.T, query string) (value string) {
	t.Helper()
	if err := g.owner.QueryRowContext(t.Context(), query).Scan(&value); err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return value
}

// setUp makes the first administrator, with the login admin and the password good.
func (g *gatehouse) setUp(t *testing.T) Session {
	t.Helper()
	link, err := g.SetupLink(t.Context())
	if err != nil || link == "" {
		t.Fatalf("set-up link %q: %v", link, err)
	}
	session, err := g.SetUp(t.Context(), link, FirstAccount{Login: "admin", Name: "مدير النظام", Password: good}, here)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// join makes an account with roles and the password good, and returns its key.
func (g *gatehouse) join(t *testing.T, login string, roles ...string) (account int64) {
	t.Helper()
	ctx := context.Background()
	if err := g.owner.QueryRowContext(ctx, "insert into account (login, name) values (?, ?) returning id", login, "Name of "+login).Scan(&account); err != nil {
		t.Fatal(err)
	}
	for _, role := range roles {
		if _, err := g.owner.ExecContext(ctx, "insert into account_role (account_id, role) values (?, ?)", account, role); err != nil {
			t.Fatal(err)
		}
	}
	hash, err := g.hashes.hash(ctx, good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.owner.ExecContext(ctx, "insert into auth.credential (account_id, password_hash) values (?, ?)", account, hash); err != nil {
		t.Fatal(err)
	}
	return account
}
