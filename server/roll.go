package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// rollInterval is how often the server looks for what a new day has brought. A look that finds nothing reads one index.
const rollInterval = 15 * time.Minute

// rollAgreements lets come true what follows from the date alone, at the start and from then on: terms of agreements run out or renew
// themselves, agreements enter into force on the day stated. Of several servers on one database one does it.
func rollAgreements(ctx context.Context, source *source, logger *slog.Logger) {
	for {
		started := time.Now()
		agreements, err := rollOnce(ctx, source, "select base.roll_agreements()")
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			logger.Warn("agreements were not brought up to date", "error", err)
		case agreements > 0:
			logger.Info("agreements were brought up to date", "agreements", agreements, "took", time.Since(started).Round(time.Millisecond))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(rollInterval):
		}
	}
}

// rollOnce calls a function, which does a part of its work in a transaction of its own and says how much that was, until nothing is left.
func rollOnce(ctx context.Context, source *source, call string) (total int, err error) {
	err = source.asOwner(func(owner *bun.DB) error {
		for {
			var done int
			if err := owner.QueryRowContext(ctx, call).Scan(&done); err != nil || done == 0 {
				return err
			}
			total += done
		}
	})
	return total, err
}
