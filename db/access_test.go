package db_test

import (
	"fmt"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

// grant is a role of an account: for the whole ministry, for one of its units, or of a partner for an organization.
type grant struct {
	role               string
	unit, organization int64
}

// actAs makes an account with roles and returns the database as this person sees and writes it: search_path "staff".
func actAs(t *testing.T, d *dbtest.DB, grants ...grant) *bun.DB {
	t.Helper()
	var id int64
	if err := d.Owner().QueryRowContext(t.Context(), `insert into account (login, name) select 'person'||count(*), 'A person' from account returning id`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		if _, err := d.Owner().ExecContext(t.Context(), `insert into account_role (account_id, role, ministry_unit_id, organization_id) values (?, ?, nullif(?, 0), nullif(?, 0))`,
			id, g.role, g.unit, g.organization); err != nil {
			t.Fatal(err)
		}
	}
	return signedIn(t, d, fmt.Sprint(id))
}

// signedIn is a session of the staff by whom the setting names; "" is nobody.
func signedIn(t *testing.T, d *dbtest.DB, actor string) *bun.DB {
	t.Helper()
	pool := d.Server().Open(db.Staff, db.Pool{Connections: 1, Writable: true})
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	run(t, pool, fmt.Sprintf("set taawun.actor = '%s'", actor))
	return pool
}
