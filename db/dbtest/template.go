package dbtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"taawun/db"
)

// cluster is the shared cluster, reached through its socket.
type cluster struct{ socket string }

// open is a handle for a database of the cluster; nothing is connected yet.
func (c cluster) open(database string) *DB {
	return &DB{server: db.Private(c.socket, database), pools: map[db.Role]*bun.DB{}}
}

// execute runs one statement about databases.
func (c cluster) execute(ctx context.Context, statement string) error {
	admin := c.open("postgres")
	_, err := admin.Owner().ExecContext(ctx, statement)
	return errors.Join(err, admin.close())
}

// migrated is the template that holds the schema of the migrations.
func (c cluster) migrated(ctx context.Context) (string, error) {
	return c.template(ctx, name("schema", db.MigrationHash()), "template1", func(ctx context.Context, d *DB) error {
		return db.Migrate(ctx, d.Owner())
	})
}

// template makes a template database from another one unless it is there, and returns its name. Everybody else who wants it
// waits; one whose making was interrupted is made anew, since only a finished one is marked as a template.
func (c cluster) template(ctx context.Context, name, source string, fill func(context.Context, *DB) error) (_ string, err error) {
	admin := c.open("postgres")
	defer func() { err = errors.Join(err, admin.close()) }()
	conn, err := admin.Owner().Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()

	finished := func() (yes bool, err error) {
		err = conn.QueryRowContext(ctx, "select exists (select from pg_database where datname = ? and datistemplate)", name).Scan(&yes)
		return yes, err
	}
	if yes, err := finished(); err != nil || yes {
		return name, err
	}
	// The lock ends with the pool's connection, which closes on return.
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock(hashtext(?))", name); err != nil {
		return "", fmt.Errorf("waiting for another process to make %s: %w", name, err)
	}
	if yes, err := finished(); err != nil || yes {
		return name, err
	}
	for _, statement := range []string{"drop database if exists " + name + " with (force)", "create database " + name + " template " + source + " strategy file_copy"} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return "", fmt.Errorf("%s: %w", statement, err)
		}
	}
	d := c.open(name)
	if err := errors.Join(fill(ctx, d), d.close()); err != nil {
		return "", err
	}
	if _, err := conn.ExecContext(ctx, "alter database "+name+" with is_template true allow_connections false"); err != nil {
		return "", fmt.Errorf("finishing %s: %w", name, err)
	}
	return name, nil
}
