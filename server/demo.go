package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"

	"taawun/db/demo"
)

// demoCommand writes the demonstration data set.
type demoCommand struct {
	storage

	Projects int    `default:"1000" help:"Number of projects; everything else grows with it."`
	Seed     uint64 `default:"1" help:"The same seed writes the same data."`
}

// Help shows examples.
func (demoCommand) Help() string {
	return `Every record is invented and marked as demonstration. A database with other data is left alone.

Examples:
  taawun demo
  taawun demo --projects 50000 --seed 7`
}

// Validate refuses a data set without projects.
func (c *demoCommand) Validate() error {
	if c.Projects <= 0 {
		return errors.New("--projects must be greater than zero")
	}
	return nil
}

// Run writes the data set and prints what it holds.
func (c *demoCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.change(ctx, logger, func(owner *bun.DB) error {
		return writeDemo(ctx, owner, demo.Options{Projects: c.Projects, Seed: c.Seed}, to)
	})
}

func writeDemo(ctx context.Context, owner *bun.DB, options demo.Options, to console) error {
	bar := newProgress(to.err, "demonstration data, projects", inRecords)
	options.Progress = bar.report
	summary, err := demo.Write(ctx, owner, options)
	bar.finish()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, summary)
	return err
}

// The demonstration that serve loads: enough to try every question, loaded in seconds.
const (
	smallDemoProjects = 1000
	smallDemoSeed     = 1
)

// loadSmallDemo writes a small demonstration into a database that has no data but reference data; others stay as they are.
func loadSmallDemo(ctx context.Context, owner *bun.DB, to console) error {
	empty, err := demo.Empty(ctx, owner)
	if err != nil || !empty {
		return err
	}
	return writeDemo(ctx, owner, demo.Options{Projects: smallDemoProjects, Seed: smallDemoSeed}, to)
}
