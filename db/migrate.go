package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"reflect"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/migrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock under which a database is migrated; the number has no meaning but must not change.
const migrationLock = 7221063

// Migrate brings the database to the form this program needs. Programs that start at the same moment wait for each other. Each
// migration is a transaction of its own: it is there wholly or not at all.
func Migrate(ctx context.Context, owner *bun.DB) error {
	conn, err := owner.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to migrate: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock(?)", migrationLock); err != nil {
		return fmt.Errorf("waiting for another migration: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "select pg_advisory_unlock(?)", migrationLock)

	var version int
	if err := conn.QueryRowContext(ctx, "select current_setting('server_version_num')::int / 10000").Scan(&version); err != nil {
		return fmt.Errorf("asking for the version of PostgreSQL: %w", err)
	}
	if version < 15 {
		return fmt.Errorf("PostgreSQL %d is too old: version 15 or newer is needed", version)
	}
	ms := migrate.NewMigrations()
	if err := ms.Discover(migrations); err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	m := migrate.NewMigrator(owner, ms, migrate.WithTableName("public.taawun_migrations"), migrate.WithLocksTableName("public.taawun_migration_locks"),
		migrate.WithMarkAppliedOnSuccess(true))
	if err := m.Init(ctx); err != nil {
		return fmt.Errorf("preparing to migrate: %w", err)
	}
	group, err := m.Migrate(ctx)
	if err != nil {
		return fmt.Errorf("migrating the database (%s): %w", group, err)
	}
	if err := notePrefixes(ctx, conn); err != nil {
		return fmt.Errorf("noting the prefixes of ids: %w", err)
	}
	return nil
}

// notePrefixes tells the database how the public ids of each type begin, which the bun structs say.
func notePrefixes(ctx context.Context, conn bun.Conn) error {
	for _, m := range Models() {
		t := reflect.TypeOf(m).Elem()
		base, _ := t.FieldByName("BaseModel")
		for part := range strings.SplitSeq(base.Tag.Get("taawun"), ",") {
			prefix, ok := strings.CutPrefix(part, "id=")
			if !ok {
				continue
			}
			if _, err := conn.ExecContext(ctx, "update base.record_kind set prefix = ? where kind = ? and prefix is distinct from ?", prefix, t.Name(), prefix); err != nil {
				return err
			}
		}
	}
	return nil
}

// MigrationHash changes whenever a migration does.
func MigrationHash() string {
	h := sha256.New()
	entries, _ := fs.ReadDir(migrations, "migrations") // embedded: it is there
	for _, e := range entries {
		b, _ := fs.ReadFile(migrations, "migrations/"+e.Name())
		fmt.Fprintf(h, "%s %d\n", e.Name(), len(b))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
