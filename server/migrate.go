package main

import (
	"context"
	"fmt"
	"log/slog"
)

// migrateCommand prepares a database without serving it.
type migrateCommand struct{ storage }

// Help shows examples.
func (migrateCommand) Help() string {
	return `The server does the same when it starts. Several may run at once: they wait for each other.

Examples:
  taawun migrate
  DATABASE_URL=postgres://taawun:secret@db.example.org/taawun taawun migrate`
}

// Run applies the migrations that are missing and refreshes the reference data.
func (c *migrateCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.prepared(ctx, logger, func(source *source) error {
		_, err := fmt.Fprintf(to.out, "The %s is up to date.\n", source)
		return err
	})
}
