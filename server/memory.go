package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/uptrace/bun"
)

// The server looks for loads of data that have brought translations to be remembered: soon after its start, and from then on now and then.
const (
	memoryDelay    = 30 * time.Second
	memoryInterval = 5 * time.Minute
)

// keepMemory brings the translations that imports deliver into the translation memory, until ctx ends. Imports do not wait for it.
func keepMemory(ctx context.Context, source *source, logger *slog.Logger) {
	for wait := memoryDelay; ; wait = memoryInterval {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		var added int64
		started := time.Now()
		err := source.asOwner(func(owner *bun.DB) error {
			return owner.QueryRowContext(ctx, "select base.fill_translation_memory()").Scan(&added)
		})
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			logger.Warn("the translation memory was not filled", "error", err)
		case added > 0:
			logger.Info("the translation memory was filled", "translations", added, "took", time.Since(started).Round(time.Millisecond))
		}
	}
}
