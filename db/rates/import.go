// Package rates brings published exchange rates into the database: the reference rates of the European Central Bank, the tables of the
// International Monetary Fund, and plain lists. A rate is kept as its publisher quotes it, neither inverted nor crossed.
package rates

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db"
	"taawun/db/imports"
	"taawun/db/reference/imported"
)

// Options say how files are imported. The zero value will do.
type Options struct {
	DataSet  string // name of the data set; default: the name of each file
	Source   string // publisher; default: the one whose layout the file has
	Base     string // base currency of a list that does not name it, as an ISO 4217 code
	Progress func(done, total int64)
}

// Summary says what became of the rates of one file.
type Summary struct {
	DataSet                 string
	New, Changed, Unchanged int
	Missing                 int // values that the publisher leaves open
}

func (s Summary) String() string { return s.Told().English }

// Told is the summary in both languages.
func (s Summary) Told() imports.Text {
	texts := []imports.Text{imports.Say("%s: %d new, %d changed, %d unchanged", "%s: الجديد %d، والمتغيّر %d، وما بقي كما كان %d", s.DataSet, s.New, s.Changed, s.Unchanged)}
	if s.Missing > 0 {
		texts = append(texts, imports.Say("%d values not given", "وقيم تركها الناشر: %d", s.Missing))
	}
	return imports.Join(texts, ", ", "، ")
}

const (
	lock     = 7221066   // advisory lock under which rates change; the number has no meaning but must not change
	maxBytes = 256 << 20 // of a file
	batch    = 10000     // rates written at once
)

// Import brings the rates of files into the database, in one transaction: all of them or, if a line of any file is refused, none. The error is
// then a *RefusedError that names the lines. The same file again changes nothing; a rate that its publisher corrected is corrected. The
// database must be opened as its owner.
func Import(ctx context.Context, owner *bun.DB, files []string, o Options) ([]Summary, error) {
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	var sheets []*sheet
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("opening the file: %w", err)
		}
		if info.IsDir() || info.Size() > maxBytes {
			return nil, &RefusedError{Path: path, Refusals: []Refusal{{Reason: imports.Say("it is a folder, or has more than %d MB", "هو مجلد، أو حجمه أكثر من %d ميغابايت", maxBytes>>20)}}}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading the file: %w", err)
		}
		s, err := readSheet(path, b, o)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	var total, done int64
	for _, s := range sheets {
		total += int64(len(s.quotes))
	}
	var summaries []Summary
	err := owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(?), base.note_revision('import rates')", lock); err != nil {
			return fmt.Errorf("beginning the import: %w", err)
		}
		for _, s := range sheets {
			name := o.DataSet
			if name == "" {
				name = filepath.Base(s.path)
			}
			set := &db.DataSet{Name: name, Kind: "EXCHANGE_RATES", Publisher: &s.source}
			if err := imported.DataSet(ctx, tx, set); err != nil {
				return err
			}
			summary := Summary{DataSet: name, Missing: s.missing}
			for rest := s.quotes; len(rest) > 0; {
				n := min(batch, len(rest))
				if err := write(ctx, tx, set.ID, s.source, rest[:n], &summary); err != nil {
					return err
				}
				rest, done = rest[n:], done+int64(n)
				o.Progress(done, total)
			}
			summaries = append(summaries, summary)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return summaries, nil
}

// write enters new rates and corrects those that differ.
func write(ctx context.Context, tx bun.Tx, dataSet int64, source string, quotes []quote, s *Summary) error {
	columns := [4][]string{}
	for _, q := range quotes {
		for i, v := range []string{q.base, q.currency, q.date, q.rate} {
			columns[i] = append(columns[i], v)
		}
	}
	var fresh, changed int
	err := tx.NewRaw(`with written as (
			insert into base.exchange_rate as t (data_set_id, base_currency, currency, date, rate, source)
			select ?, x.base, x.currency, x.date, x.rate, ? from unnest(?::text[], ?::text[], ?::date[], ?::numeric[]) x(base, currency, date, rate)
			on conflict (data_set_id, base_currency, currency, date) do update set rate = excluded.rate, source = excluded.source
				where (t.rate, t.source) is distinct from (excluded.rate, excluded.source)
			returning xmax = 0 as fresh
		) select count(*) filter (where fresh), count(*) filter (where not fresh) from written`,
		dataSet, source, pgdialect.Array(columns[0]), pgdialect.Array(columns[1]), pgdialect.Array(columns[2]), pgdialect.Array(columns[3])).Scan(ctx, &fresh, &changed)
	if err != nil {
		return fmt.Errorf("writing %d rates: %w", len(quotes), err)
	}
	s.New, s.Changed, s.Unchanged = s.New+fresh, s.Changed+changed, s.Unchanged+len(quotes)-fresh-changed
	return nil
}

// Refusal is a reason for which a file is not imported.
type Refusal struct {
	Line   int // from 1; 0 if the file as a whole is meant
	Reason imports.Text
}

// RefusedError says why a file was not imported. Nothing was written, of no file.
type RefusedError struct {
	Path     string
	Refusals []Refusal // in the order of the file
}

const shown = 20 // refusals in a message

func (e *RefusedError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s was refused, nothing was imported:", e.Path)
	for _, r := range e.Refusals[:min(shown, len(e.Refusals))] {
		if r.Line > 0 {
			fmt.Fprintf(&b, "\n  line %d: %s", r.Line, r.Reason.English)
		} else {
			fmt.Fprintf(&b, "\n  %s", r.Reason.English)
		}
	}
	if more := len(e.Refusals) - shown; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return b.String()
}
