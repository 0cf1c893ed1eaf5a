package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/uptrace/bun"

	"taawun/db/iati"
	"taawun/db/imports"
	"taawun/db/units"
)

// importCommand groups the imports by what they bring in.
type importCommand struct {
	IATI       importIATICommand       `cmd:"" name:"iati" help:"Import IATI activity and organisation files, versions 2.01 to 2.03."`
	Units      importUnitsCommand      `cmd:"" help:"Import administrative units from a CSV file."`
	Boundaries importBoundariesCommand `cmd:"" help:"Import boundaries of administrative units from a GeoJSON file."`
	Rates      importRatesCommand      `cmd:"" help:"Import exchange rates of the ECB, the IMF or a plain list."`
}

// importIATICommand imports published aid data.
type importIATICommand struct {
	storage

	Dataset string   `placeholder:"NAME" help:"Name of the data set that the files belong to; the name of each file unless told."`
	Draft   bool     `help:"Enter new records as drafts, which only the staff sees, instead of publishing them."`
	Files   []string `arg:"" name:"file" type:"existingfile" help:"IATI XML files."`
}

// Help shows examples.
func (importIATICommand) Help() string {
	return `Activities are recognised by data set and identifier: importing a file again changes only what has changed. What cannot
be taken over is listed with its element, its activity and the reason. A file that cannot be trusted is refused as a whole.
It works while a server runs on the same data.

Examples:
  taawun import iati unicef-syria.xml
  taawun import iati --dataset sida-sy activities.xml organisation.xml`
}

// Run imports the files and prints what became of every activity, also of those before an error.
func (c *importIATICommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.change(ctx, logger, func(owner *bun.DB) error {
		return logged(ctx, owner, logger, "IATI", c.Dataset, c.Files, newProgress(to.err, "IATI", inBytes), func(report func(done, total int64)) (imports.Result, error) {
			options := iati.Options{DataSet: c.Dataset, Progress: report}
			if c.Draft {
				options.State = "DRAFT"
			}
			summary, err := iati.Import(ctx, owner, options, c.Files)
			if text := summary.String(); text != "" {
				fmt.Fprintln(to.out, text)
			}
			return ofActivities(summary, err), err
		})
	})
}

// importUnitsCommand imports the tree of places.
type importUnitsCommand struct {
	storage

	Dataset string `placeholder:"NAME" help:"Name of the data set; the name of the file unless told."`
	File    string `arg:"" type:"existingfile" help:"CSV file with one unit a line."`
}

// Help shows examples.
func (importUnitsCommand) Help() string {
	return `The columns pcode, parent_pcode and names (name_ar, name_en, ...) must be there; lat, lon, area_km2, population and
population_year may be. A unit with an unknown parent or a repeated code is refused with its line; then nothing of the file
is taken over.

Example:
  taawun import units communities.csv`
}

// Run imports the file and prints how many units are new, changed and unchanged.
func (c *importUnitsCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.importFile(ctx, logger, to, "UNITS", units.ImportCSV, c.File, c.Dataset)
}

// importBoundariesCommand imports the shapes of places.
type importBoundariesCommand struct {
	storage

	Dataset string `placeholder:"NAME" help:"Name of the data set; the name of the file unless told."`
	File    string `arg:"" type:"existingfile" help:"GeoJSON FeatureCollection whose features name their unit."`
}

// Help shows examples.
func (importBoundariesCommand) Help() string {
	return `A feature with an unknown unit or a broken polygon is refused with its number; then nothing of the file is taken over.

Example:
  taawun import boundaries districts.geojson`
}

// Run imports the file and prints how many boundaries are new, changed and unchanged.
func (c *importBoundariesCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.importFile(ctx, logger, to, "BOUNDARIES", units.ImportBoundaries, c.File, c.Dataset)
}

// unitsImport is one of the imports of package units: all of a file or nothing.
type unitsImport func(ctx context.Context, owner *bun.DB, path string, options units.Options) (units.Summary, error)

func (s storage) importFile(ctx context.Context, logger *slog.Logger, to console, kind string, read unitsImport, file, dataSet string) error {
	return s.change(ctx, logger, func(owner *bun.DB) error {
		return logged(ctx, owner, logger, kind, dataSet, []string{file}, newProgress(to.err, strings.ToLower(kind), inBytes), func(report func(done, total int64)) (imports.Result, error) {
			summary, err := read(ctx, owner, file, units.Options{DataSet: dataSet, Progress: report})
			if err == nil {
				_, err = fmt.Fprintln(to.out, summary)
			}
			return ofUnits(summary, err), err
		})
	})
}
