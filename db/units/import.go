package units

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/imports"
	"taawun/db/reference/imported"
)

// Options say how a file is imported. The zero value will do.
type Options struct {
	DataSet   string // name of the data set; default: the name of the file
	Publisher string
	URL       string
	Licence   string
	MaxBytes  int64                   // size up to which a file is read; default 512 MB
	Progress  func(done, total int64) // called now and then with the bytes read, from the caller's goroutine
}

func (o *Options) defaults(path string) {
	if o.DataSet == "" {
		o.DataSet = filepath.Base(path)
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 512 << 20
	}
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
}

func (o *Options) dataSet(kind string) *db.DataSet {
	set := &db.DataSet{Name: o.DataSet, Kind: kind}
	for to, from := range map[**string]string{&set.Publisher: o.Publisher, &set.URL: o.URL, &set.Licence: o.Licence} {
		if from != "" {
			*to = &from
		}
	}
	return set
}

// Summary says what an import did.
type Summary struct {
	DataSet  string
	Encoding string   // of a CSV file: UTF-8, UTF-16 or Windows-1256
	Ignored  []string // columns of a CSV file that mean nothing here
	Outcome
}

func (s Summary) String() string { return s.Told().English }

// Told is the summary in both languages.
func (s Summary) Told() imports.Text {
	texts := []imports.Text{imports.Say("%s: %d new, %d changed, %d unchanged", "%s: الجديد %d، والمتغيّر %d، وما بقي كما كان %d", s.DataSet, s.New, s.Changed, s.Unchanged)}
	if s.Kept > 0 {
		texts = append(texts, imports.Say("%d values kept as entered here", "وقيم بقيت كما أُدخلت هنا: %d", s.Kept))
	}
	if s.Encoding != "" && s.Encoding != "UTF-8" {
		texts = append(texts, imports.Say("read as %s", "وقُرئ بترميز %s", s.Encoding))
	}
	if len(s.Ignored) > 0 {
		texts = append(texts, imports.Say("columns ignored: %s", "وأعمدة لم تؤخذ: %s", strings.Join(s.Ignored, ", ")))
	}
	return imports.Join(texts, ", ", "، ")
}

// lock is the advisory lock under which units change; the number has no meaning but must not change.
const lock = 7221065

// ImportCSV brings the administrative units of a CSV file into the database, in one transaction. The header names the columns: pcode, parent_pcode and
// names (name_ar, name_en, name_<language>) must be there; lat, lon, area_km2, population with population_year, iso_3166_2, wikidata,
// geonames and level may be. A parent stands in the file or in the database. What people changed in the database stays; nothing is
// removed; the same file again changes nothing. A file with a mistake is refused as a whole: the error is a *RefusedError that names the
// lines. The database must be opened as its owner.
func ImportCSV(ctx context.Context, owner *bun.DB, path string, options Options) (Summary, error) {
	options.defaults(path)
	b, err := readFile(path, options.MaxBytes)
	if err != nil {
		return Summary{}, err
	}
	text, encoding, err := decode(b)
	if err != nil {
		return Summary{}, refuse(path, imports.Told(err))
	}
	sheet, err := readSheet(path, text, options.Progress)
	if err != nil {
		return Summary{}, err
	}
	summary := Summary{DataSet: options.DataSet, Encoding: encoding, Ignored: sheet.ignored}
	err = inTransaction(ctx, owner, func(ctx context.Context, tx bun.Tx) error {
		standing, err := readTree(ctx, tx)
		if err != nil {
			return err
		}
		sheet.check(standing)
		if err := sheet.refused.orNil(); err != nil {
			slices.SortStableFunc(sheet.refused.Refusals, func(a, b Refusal) int { return a.Line - b.Line })
			return err
		}
		set := options.dataSet("UNITS")
		if err := imported.DataSet(ctx, tx, set); err != nil {
			return err
		}
		summary.Outcome, err = Apply(ctx, tx, set.ID, sheet.units, false)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	return summary, nil
}

// readTree reads where the units stand in the tree: P-code → unit with its key, parent and level.
func readTree(ctx context.Context, tx bun.IDB) (map[string]*db.AdministrativeUnit, error) {
	var rows []*db.AdministrativeUnit
	if err := tx.NewSelect().Model(&rows).Column("id", "pcode", "parent_id", "level", "latitude", "longitude", "state").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the units: %w", err)
	}
	tree := make(map[string]*db.AdministrativeUnit, len(rows))
	for _, r := range rows {
		tree[r.Pcode] = r
	}
	return tree, nil
}

// inTransaction does work on units, one at a time, all of it or nothing.
func inTransaction(ctx context.Context, owner *bun.DB, work func(context.Context, bun.Tx) error) error {
	return owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		if err := alone(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "select base.note_revision('import units')"); err != nil {
			return fmt.Errorf("beginning the import: %w", err)
		}
		return work(ctx, tx)
	})
}

// alone waits until no other transaction changes units.
func alone(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(?)", lock); err != nil {
		return fmt.Errorf("waiting for another import: %w", err)
	}
	return nil
}

func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	if info.IsDir() {
		return nil, refuse(path, imports.Say("it is a folder", "هو مجلد وليس ملفًا"))
	}
	if info.Size() > limit {
		return nil, refuse(path, imports.Say("it has %d MB; files of more than %d MB are not read", "حجمه %d ميغابايت؛ لا تُقرأ ملفات أكبر من %d ميغابايت", info.Size()>>20, limit>>20))
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	return b, nil
}
