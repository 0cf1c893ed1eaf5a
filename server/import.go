package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"

	"taawun/db/units"
)

// importCommand groups the imports by what they bring in.
type importCommand struct {
	Units      importUnitsCommand      `cmd:"" help:"Import administrative units from a CSV file."`
	Boundaries importBoundariesCommand `cmd:"" help:"Import boundaries of administrative units from a GeoJSON file."`
}

// importUnitsCommand imports the tree of places.
type importUnitsCommand struct {
	storage

	File string `arg:"" type:"existingfile" help:"CSV file with one unit a line."`
}

// Help shows examples.
func (importUnitsCommand) Help() string {
	return `A unit with an unknown parent or a repeated code is refused with its line; then nothing of the file is taken over.

Example:
  taawun import units communities.csv`
}

// Run imports the file and prints how many units are new, changed and unchanged.
func (c *importUnitsCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	bar := newProgress(to.err, "units")
	defer bar.finish()
	return c.change(ctx, logger, func(owner *bun.DB) error {
		summary, err := units.ImportCSV(ctx, owner, c.File, units.Options{Progress: bar.report})
		bar.finish()
		return report(to, summary, err)
	})
}

// importBoundariesCommand imports the shapes of places.
type importBoundariesCommand struct {
	storage

	File string `arg:"" type:"existingfile" help:"GeoJSON FeatureCollection whose features name their unit."`
}

// Help shows examples.
func (importBoundariesCommand) Help() string {
	return `A feature with an unknown unit or a broken polygon is refused with its number; then nothing of the file is taken over.

Example:
  taawun import boundaries districts.geojson`
}

// Run imports the file and prints how many boundaries are new, changed and unchanged.
func (c *importBoundariesCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	bar := newProgress(to.err, "boundaries")
	defer bar.finish()
	return c.change(ctx, logger, func(owner *bun.DB) error {
		summary, err := units.ImportBoundaries(ctx, owner, c.File, units.Options{Progress: bar.report})
		bar.finish()
		return report(to, summary, err)
	})
}

// change opens the storage, prepares the database and lends it to work as the owner of the tables.
func (s storage) change(ctx context.Context, logger *slog.Logger, work func(owner *bun.DB) error) (err error) {
	source, err := s.attach(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if err := source.prepare(ctx); err != nil {
		return err
	}
	return source.asOwner(work)
}

// report prints the summary even beside an error: it says how far the work came.
func report(to console, summary fmt.Stringer, err error) error {
	_, written := fmt.Fprintln(to.out, summary)
	return errors.Join(err, written)
}
