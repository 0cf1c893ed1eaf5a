package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Summary is an account as whoever runs the server sees it.
type Summary struct {
	Login, Name string
	Roles       []string
	Disabled    bool
	LastSeen    *time.Time
}

// List is every account, by login. Owner is a pool of the role that owns the tables.
func List(ctx context.Context, owner *bun.DB) (all []Summary, err error) {
	rows, err := owner.QueryContext(ctx, `select a.login, a.name, array(select distinct r.role from account_role r where r.account_id = a.id order by 1), a.is_disabled, p.seen_at
		from account a left join auth.presence p on p.account_id = a.id order by lower(a.login)`)
	if err != nil {
		return nil, fmt.Errorf("listing accounts: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s Summary
		if err := rows.Scan(&s.Login, &s.Name, pgdialect.Array(&s.Roles), &s.Disabled, &s.LastSeen); err != nil {
			return nil, fmt.Errorf("listing accounts: %w", err)
		}
		all = append(all, s)
	}
	return all, wrap(rows.Err(), "listing accounts")
}

// Disable ends an account: its sessions and tokens are worth nothing from now on. ErrUnknown if there is none; the last
// administrator cannot be disabled. Owner is a pool of the role that owns the tables.
func Disable(ctx context.Context, owner *bun.DB, login string) error {
	return owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "select set_config('taawun.operation', 'account disable', true)"); err != nil {
			return fmt.Errorf("disabling an account: %w", err)
		}
		result, err := tx.ExecContext(ctx, `update account set disabled_at = coalesce(disabled_at, now()), version = version + 1, updated_at = now()
			where lower(login) = lower(?)`, canonicalLogin(login))
		if err != nil {
			return fmt.Errorf("disabling an account: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrUnknown)
		}
		return nil
	})
}
