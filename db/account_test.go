package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

// accountHolders are accounts 1 to 4: an administrator, an editor of unit 2 who is a partner of organization 1, an analyst, and one without roles.
// Unit 1 is above 2, which is above 3; 4 is apart. Tokens of the editor: 1 for all his roles, 2 as partner, which may change nothing,
// 3 revoked, 4 expired.
func accountHolders(t *testing.T, d *dbtest.DB) {
	t.Helper()
	run(t, d.Owner(), `insert into ministry_unit (id, code, parent_id) values (1, 'A', null), (2, 'B', 1), (3, 'C', 2), (4, 'D', null)`,
		`insert into organization (id, code) values (1, 'O1'), (2, 'O2')`,
		`insert into account (id, login, name) values (1, 'admin', 'a'), (2, 'editor', 'e'), (3, 'analyst', 'n'), (4, 'nothing', 'x')`,
		`insert into account_role (account_id, role, ministry_unit_id, organization_id) values (1, 'ADMINISTRATOR', null, null), (2, 'EDITOR', 2, null), (2, 'PARTNER', null, 1), (3, 'ANALYST', null, null)`,
		`insert into api_token (id, account_id, name, roles, read_only, created_at, expires_at, revoked_at) values
			(1, 2, 'all', '{EDITOR,PARTNER}', false, now(), now() + interval '1 day', null),
			(2, 2, 'partner', '{PARTNER}', true, now(), now() + interval '1 day', null),
			(3, 2, 'revoked', '{EDITOR}', false, now(), now() + interval '1 day', now()),
			(4, 2, 'expired', '{EDITOR}', false, now() - interval '2 days', now() - interval '1 day', null),
			(5, 1, 'reader', '{ADMINISTRATOR}', true, now(), now() + interval '1 day', null)`,
		"alter table account alter id restart with 100", "alter table account_role alter id restart with 100", "alter table api_token alter id restart with 100")
}

// acting runs statements as the staff on behalf of an account, in one transaction that writes if commit says so.
func acting(t *testing.T, pool *bun.DB, a db.Acting, do func(ctx context.Context, tx bun.Tx) error) error {
	t.Helper()
	return pool.RunInTx(db.WithActing(t.Context(), a), nil, do)
}

func writers(t *testing.T, d *dbtest.DB) *bun.DB {
	t.Helper()
	pool := d.Server().Open(db.Staff, db.Pool{Connections: 4, Writable: true})
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return pool
}

func TestTheActorOfATransaction(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	accountHolders(t, d)
	pool := writers(t, d)
	const question = `select concat_ws(' ', coalesce(fn.actor()::text, '-'), fn.acts_as('EDITOR'), fn.acts_as('EDITOR', 1), fn.acts_as('EDITOR', 2), fn.acts_as('EDITOR', 3),
		fn.acts_as('EDITOR', 4), fn.acts_for(1), fn.acts_for(2), fn.acts_as('ADMINISTRATOR', 4), fn.acts_read_only(), coalesce((select login from fn.me()), '-'))`
	for _, test := range []struct {
		name, first, want string
		as                db.Acting
	}{
		{"nobody", "", "- f f f f f f f f f -", db.Acting{}},
		{"administrator", "", "1 f f f f f f f t f admin", db.Acting{Account: 1}},
		{"editor of a unit and those below", "", "2 t f t t f t f f f editor", db.Acting{Account: 2}},
		{"analyst", "", "3 f f f f f f f f f analyst", db.Acting{Account: 3}},
		{"no such account", "", "- f f f f f f f f f -", db.Acting{Account: 99}},
		{"token for all roles", "", "2 t f t t f t f f f editor", db.Acting{Account: 2, Token: 1}},
		{"token as partner", "", "2 f f f f f t f f t editor", db.Acting{Account: 2, Token: 2}},
		{"revoked token", "", "- f f f f f f f f f -", db.Acting{Account: 2, Token: 3}},
		{"expired token", "", "- f f f f f f f f f -", db.Acting{Account: 2, Token: 4}},
		{"token of somebody else", "", "- f f f f f f f f f -", db.Acting{Account: 1, Token: 1}},
		{"no such token", "", "- f f f f f f f f t -", db.Acting{Account: 2, Token: 99}},
		{"a role taken away", "delete from account_role where account_id = 2 and role = 'EDITOR'", "2 f f f f f t f f f editor", db.Acting{Account: 2, Token: 1}},
		{"disabled", "update account set disabled_at = now() where id = 2", "- f f f f f f f f f -", db.Acting{Account: 2}},
		{"token of a disabled account", "", "- f f f f f f f f f -", db.Acting{Account: 2, Token: 1}},
		{"a circle of units", "update ministry_unit set parent_id = 3 where id = 1; insert into account_role (account_id, role, ministry_unit_id) values (3, 'EDITOR', 4)",
			"3 t f f f t f f f f analyst", db.Acting{Account: 3}},
	} {
		if test.first != "" {
			run(t, d.Owner(), test.first)
		}
		var got string
		err := acting(t, pool, test.as, func(ctx context.Context, tx bun.Tx) error { return tx.QueryRowContext(ctx, question).Scan(&got) })
		if err != nil || got != test.want {
			t.Errorf("%s: %s %v, want %s", test.name, got, err, test.want)
		}
	}
	if got := read(t, d.Public(), "select count(*) from account, account_role, api_token"); got != "0" {
		t.Errorf("the public sees %s accounts", got)
	}
}

func TestWhoSeesAndWritesAccounts(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	accountHolders(t, d)
	pool := writers(t, d)
	const seen = `select (select string_agg(id::text, ',' order by id) from account) || ' ' || (select count(*) from account_role) || ' ' || (select count(*) from api_token)`
	admin, editor, analyst := db.Acting{Account: 1}, db.Acting{Account: 2}, db.Acting{Account: 3}
	for _, test := range []struct {
		as   db.Acting
		want string
	}{{admin, "1,2,3,4 4 5"}, {editor, "2 2 4"}, {analyst, "3 1 0"}, {db.Acting{Account: 2, Token: 2}, "2 2 4"}} {
		var got string
		if err := acting(t, pool, test.as, func(ctx context.Context, tx bun.Tx) error { return tx.QueryRowContext(ctx, seen).Scan(&got) }); err != nil || got != test.want {
			t.Errorf("%+v sees %s %v, want %s", test.as, got, err, test.want)
		}
	}
	undo := errors.New("undo")
	for _, test := range []struct {
		statement string
		allowed   []db.Acting // 1 row changed
		refused   []db.Acting // error, or no row
	}{
		{`insert into base.account (login, name) values ('new', 'n')`, []db.Acting{admin}, []db.Acting{editor, analyst, {}, {Account: 1, Token: 5}}},
		{`update base.account set name = 'other' where id = 3`, []db.Acting{admin}, []db.Acting{editor, analyst, {}, {Account: 1, Token: 5}}},
		{`delete from base.account where id = 4`, nil, []db.Acting{admin, editor}},
		{`insert into base.account_role (account_id, role) values (3, 'ADMINISTRATOR')`, []db.Acting{admin}, []db.Acting{editor, analyst, {}}},
		{`update base.account_role set role = 'ADMINISTRATOR' where account_id = 3`, []db.Acting{admin}, []db.Acting{editor, analyst, {}}},
		{`delete from base.account_role where account_id = 2 and role = 'EDITOR'`, []db.Acting{admin}, []db.Acting{editor, analyst, {}}},
		{`insert into base.api_token (account_id, name, roles, expires_at) values (3, 'x', '{ANALYST}', now() + interval '1 day')`, nil, []db.Acting{admin, analyst}},
		{`update base.api_token set revoked_at = now() where id = 1`, []db.Acting{admin, editor, {Account: 2, Token: 1}}, []db.Acting{analyst, {}, {Account: 2, Token: 2}}},
		{`update base.api_token set roles = '{ADMINISTRATOR}' where id = 1`, nil, []db.Acting{admin, editor}},
		{`update base.api_token set revoked_at = null where id = 3`, nil, []db.Acting{admin, editor}},
	} {
		try := func(as db.Acting) (changed int64, err error) {
			failure := acting(t, pool, as, func(ctx context.Context, tx bun.Tx) error {
				result, failure := tx.ExecContext(ctx, test.statement)
				if failure != nil {
					return failure
				}
				changed, err = result.RowsAffected()
				return undo
			})
			if !errors.Is(failure, undo) {
				return 0, failure
			}
			return changed, err
		}
		for _, as := range test.allowed {
			if n, err := try(as); n != 1 || err != nil {
				t.Errorf("%+v: %s: %d rows, %v", as, test.statement, n, err)
			}
		}
		for _, as := range test.refused {
			if n, err := try(as); n != 0 {
				t.Errorf("%+v: %s: %d rows, %v; want none", as, test.statement, n, err)
			}
		}
	}
}

func TestAnAdministratorIsLeft(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	accountHolders(t, d)
	const last = "the last administrator cannot"
	refused(t, d.Owner(), last, "update account set disabled_at = now() where id = 1")
	refused(t, d.Owner(), last, "delete from account_role where account_id = 1")
	refused(t, d.Owner(), last, "update account_role set role = 'ANALYST' where account_id = 1")
	run(t, d.Owner(), "insert into account_role (account_id, role) values (3, 'ADMINISTRATOR')")
	var failed []string
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, statement := range []string{"update account set disabled_at = now() where id = 1", "delete from account_role where account_id = 3 and role = 'ADMINISTRATOR'"} {
		group.Go(func() {
			if _, err := d.Owner().ExecContext(t.Context(), statement); err != nil {
				mu.Lock()
				failed = append(failed, err.Error())
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if len(failed) != 1 || !strings.Contains(failed[0], last) && !strings.Contains(failed[0], "deadlock") {
		t.Errorf("two administrators remove each other at the same moment: %q", failed)
	}
	if got := read(t, d.Owner(), "select count(*) from account_role r join account a on a.id = r.account_id where r.role = 'ADMINISTRATOR' and a.disabled_at is null"); got != "1" {
		t.Errorf("%s administrators are left", got)
	}
}

func TestAccountsAreWellFormed(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	accountHolders(t, d)
	for statement, words := range map[string]string{
		`insert into account (login, name) values ('ADMIN', 'x')`:                                                    "account_login",
		`insert into account (login, name) values ('a b', 'x')`:                                                      "account_login_check",
		`insert into account (login, name) values (E'a\u0301b', 'x')`:                                                "account_login_check",
		`insert into account (login, name) values ('fine', ' ')`:                                                     "account_name_check",
		`insert into account (login, name, email) values ('fine', 'x', 'nobody')`:                                    "account_email_check",
		`insert into account (login, name, locale) values ('fine', 'x', 'Arabic!')`:                                  "account_locale_check",
		`insert into account_role (account_id, role) values (3, 'KING')`:                                             "account_role_role_check",
		`insert into account_role (account_id, role) values (3, 'ANALYST')`:                                          "account_role_once",
		`insert into account_role (account_id, role) values (3, 'PARTNER')`:                                          "account_role_organization",
		`insert into account_role (account_id, role, organization_id) values (3, 'EDITOR', 1)`:                       "account_role_organization",
		`insert into api_token (account_id, name, roles, expires_at) values (3, 'x', '{KING}', now() + '1 d')`:       "api_token_roles_check",
		`insert into api_token (account_id, name, roles, expires_at) values (3, 'x', '{}', now() - '1 d'::interval)`: "api_token_expires",
		`update api_token set revoked_at = null where id = 3`:                                                        "cannot be used again",
	} {
		refused(t, d.Owner(), words, statement)
	}
}

func TestTheGateReachesNoRecords(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	gate := d.Server().Open(db.Gate, db.Pool{Connections: 1, Writable: true})
	defer gate.Close()
	tables := strings.Fields(read(t, d.Owner(), `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname in ('base', 'pub', 'staff', 'history', 'asof') and c.relkind in ('r', 'v')`))
	if len(tables) < 150 {
		t.Fatalf("only %d tables were found", len(tables))
	}
	for _, table := range tables {
		schema, name, _ := strings.Cut(table, ".")
		refused(t, gate, "permission denied", `select 1 from `+schema+`."`+name+`"`)
	}
	for _, statement := range []string{"create table auth.mine (id int)", "create table public.mine (id int)", "set role taawun", "call base.expose('Project', 'project')"} {
		if _, err := gate.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("the gate may: %s", statement)
		}
	}
	pool := writers(t, d)
	proofs := strings.Fields(read(t, d.Owner(), `select c.relname from pg_class c where c.relnamespace = 'auth'::regnamespace and c.relkind in ('r', 'v')`))
	if len(proofs) < 10 {
		t.Fatalf("only %d tables of the sign-in were found", len(proofs))
	}
	for _, table := range proofs {
		refused(t, pool, "permission denied", "select 1 from auth."+table)
		refused(t, d.Public(), "permission denied", "select 1 from auth."+table)
	}
	for _, call := range []string{"auth.create_administrator('x1', 'x', 'ar')", "auth.create_token(1, 'x', '{ADMINISTRATOR}', false, interval '1 day')", "auth.revoke_token(1, 1)"} {
		refused(t, pool, "permission denied", "select "+call)
		refused(t, d.Public(), "permission denied", "select "+call)
	}
}
