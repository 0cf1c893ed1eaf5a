package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// rollInterval is how often the server looks for what a new day has brought. A look that finds nothing reads one index.
const rollInterval = 15 * time.Minute

// rolls are what a day brings: each function does a part in a transaction of its own and says how much that was. Of several servers on one
// database one does it.
var rolls = []struct{ name, call string }{
	{"agreements", "select base.roll_agreements()"}, // terms run out or renew themselves, agreements enter into force on the day stated
	{"obligations", "select base.roll_duties()"},    // duties of the next years are laid out
}

// keepCurrent lets come true what follows from the date alone, at the start and from then on, until ctx ends.
func keepCurrent(ctx context.Context, source *source, logger *slog.Logger) {
	for {
		for _, r := range rolls {
			started := time.Now()
			total, err := rollAll(ctx, source, r.call)
			switch {
			case ctx.Err() != nil:
				return
			case err != nil:
				logger.Warn("what follows from the date was not brought up to date", "of", r.name, "error", err)
			case total > 0:
				logger.Info("what follows from the date was brought up to date", "of", r.name, "records", total, "took", time.Since(started).Round(time.Millisecond))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(rollInterval):
		}
	}
}

// rollAll calls a function until nothing is left to do.
func rollAll(ctx context.Context, source *source, call string) (total int, err error) {
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
