package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// connect opens a pool of connections as the superuser. Rebuilding the indexes of a big database takes its time.
func (c *Cluster) connect(database string) *sql.DB {
	return sql.OpenDB(pgdriver.NewConnector(pgdriver.WithNetwork("unix"), pgdriver.WithAddr(c.socket), pgdriver.WithInsecure(true),
		pgdriver.WithUser(User), pgdriver.WithDatabase(database), pgdriver.WithApplicationName("taawun start"), pgdriver.WithTimeout(time.Hour)))
}

// prepareDatabase creates the database taawun when the cluster has none, and looks after its collations. It runs at every
// start: a crash may have come between making the cluster and making the database.
func (c *Cluster) prepareDatabase(ctx context.Context) (err error) {
	admin := c.connect("postgres")
	defer func() { err = errors.Join(err, admin.Close()) }()
	var exists bool
	if err := admin.QueryRowContext(ctx, "select exists (select from pg_database where datname = $1)", Database).Scan(&exists); err != nil {
		return fmt.Errorf("looking for the database %s: %w", Database, err)
	}
	if !exists {
		if _, err := admin.ExecContext(ctx, "create database "+Database); err != nil {
			return fmt.Errorf("creating the database %s: %w", Database, err)
		}
		return nil
	}
	return c.refreshCollations(ctx)
}

// refreshCollations rebuilds the indexes when the library that orders texts is another one than they were built with (an
// upgrade of the system, or the programs of the npm package after installed ones): PostgreSQL only warns of it, and an
// index in another order does not find what it holds.
func (c *Cluster) refreshCollations(ctx context.Context) (err error) {
	db := c.connect(Database)
	defer func() { err = errors.Join(err, db.Close()) }()
	var before, now sql.NullString
	if err := db.QueryRowContext(ctx, `select datcollversion, pg_database_collation_actual_version(oid)
		from pg_database where datname = current_database()`).Scan(&before, &now); err != nil {
		return fmt.Errorf("version of the collations: %w", err)
	}
	if before == now {
		return nil
	}
	c.log.Warn("texts are ordered by another version of the library than before: rebuilding the indexes", "before", before.String, "now", now.String)
	for _, statement := range []string{
		"reindex database " + Database,
		`do $$ declare c record; begin
			for c in select n.nspname, l.collname from pg_collation l join pg_namespace n on n.oid = l.collnamespace
				where l.collversion <> pg_collation_actual_version(l.oid) loop
				execute format('alter collation %I.%I refresh version', c.nspname, c.collname);
			end loop;
		end $$`,
		"alter database template1 refresh collation version",
		"alter database postgres refresh collation version",
		"alter database " + Database + " refresh collation version", // last: a crash before it begins anew
	} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("rebuilding the indexes for another version of the collations: %w", err)
		}
	}
	return nil
}
