package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// What follows from records and costs too much to be found each time somebody asks is brought up to date this often. When nothing has
// changed, looking costs next to nothing.
const derivePause = 3 * time.Second

// keepDerived brings up to date what follows from records, soon after they change, until ctx ends. Neither people nor imports wait for it.
func keepDerived(ctx context.Context, source *source, logger *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(derivePause):
		}
		if err := source.asOwner(func(owner *bun.DB) error { return derive(ctx, owner) }); err != nil && ctx.Err() == nil {
			logger.Warn("what follows from records was not brought up to date", "error", err)
		}
	}
}

// derive calls the functions that bring it up to date: each does a piece at a time and returns how many records it has looked at, 0 when
// all is done.
func derive(ctx context.Context, owner *bun.DB) error {
	for _, call := range []string{"base.pair_organizations()", "base.judge_records()"} {
		for looked := 1; looked > 0; {
			if err := owner.QueryRowContext(ctx, "select "+call).Scan(&looked); err != nil {
				return fmt.Errorf("%s: %w", call, err)
			}
		}
	}
	return nil
}
