package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"

	"taawun/db/imports"
	"taawun/db/rates"
)

// importRatesCommand imports published exchange rates.
type importRatesCommand struct {
	storage

	Dataset string   `placeholder:"NAME" help:"Name of the data set; the name of each file unless told."`
	Source  string   `placeholder:"NAME" help:"Publisher of the rates; ECB or IMF where the layout is theirs."`
	Base    string   `placeholder:"CODE" help:"Base currency of a file that does not name it, such as USD."`
	Files   []string `arg:"" name:"file" type:"existingfile" help:"CSV or tab-separated files of exchange rates."`
}

// Help shows examples.
func (importRatesCommand) Help() string {
	return `Read are the reference rates of the ECB (eurofxref-hist.csv), the tables of the IMF (representative rates; SDRs per currency
unit and currency units per SDR) and lists with the columns Date, Currency, Rate and, if need be, Base. If a line is refused
nothing of any file is taken over. Importing a file again changes only what its publisher has changed.

Examples:
  taawun import rates eurofxref-hist.csv
  taawun import rates --source "Central Bank of Syria" --base USD syp.csv`
}

// Run imports the files and prints how many rates of each are new, changed and unchanged.
func (c *importRatesCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.change(ctx, logger, func(owner *bun.DB) error {
		return logged(ctx, owner, logger, "EXCHANGE_RATES", c.Dataset, c.Files, newProgress(to.err, "rates", inRecords), func(report func(done, total int64)) (imports.Result, error) {
			summaries, err := rates.Import(ctx, owner, c.Files, rates.Options{DataSet: c.Dataset, Source: c.Source, Base: c.Base, Progress: report})
			for _, s := range summaries {
				fmt.Fprintln(to.out, s)
			}
			return ofRates(summaries, err), err
		})
	})
}
