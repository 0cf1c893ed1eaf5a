package units

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/imports"
	"taawun/db/reference/imported"
)

// ImportBoundaries brings the boundaries of a GeoJSON file into the database, in one transaction: a FeatureCollection of polygons and
// multipolygons in longitude and latitude on WGS 84, each with its P-code in the property pcode or adm<level>_pcode. The units are in the
// database already. The same file again changes nothing. A file with a mistake (a unit that is unknown or stands twice, a ring that is not closed,
// too short or crosses itself, coordinates out of range) is refused as a whole: the error is a *RefusedError that names the
// features. The database must be opened as its owner.
func ImportBoundaries(ctx context.Context, owner *bun.DB, path string, options Options) (Summary, error) {
	options.defaults(path)
	boundaries, refused, err := readBoundaryFile(path, options)
	if err != nil {
		return Summary{}, err
	}
	summary := Summary{DataSet: options.DataSet}
	err = inTransaction(ctx, owner, func(ctx context.Context, tx bun.Tx) error {
		tree, err := readTree(ctx, tx)
		if err != nil {
			return err
		}
		seen := make(map[string]int, len(boundaries))
		for _, b := range boundaries {
			var reason imports.Text
			wrong := true
			if row := tree[b.pcode]; row == nil {
				reason = imports.Say("the unit is unknown; import the units first", "الوحدة غير معروفة؛ استورد الوحدات أولًا")
			} else if first := seen[b.pcode]; first > 0 {
				reason = imports.Say("the unit is repeated; it has feature %d already", "الوحدة مكررة؛ لها من قبل العنصر %d", first)
			} else {
				reason, wrong = b.strayed(row.Latitude, row.Longitude)
			}
			if wrong {
				refused.add(Refusal{Feature: b.feature, Code: b.pcode, Reason: reason})
			}
			seen[b.pcode] = b.feature
		}
		if err := refused.orNil(); err != nil {
			slices.SortStableFunc(refused.Refusals, func(a, b Refusal) int { return a.Feature - b.Feature })
			return err
		}
		set := options.dataSet("BOUNDARIES")
		if err := imported.DataSet(ctx, tx, set); err != nil {
			return err
		}
		summary.Outcome, err = writeBoundaries(ctx, tx, set.ID, boundaries, tree)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	return summary, nil
}

// readBoundaryFile reads and checks the features of a file by themselves.
func readBoundaryFile(path string, options Options) ([]*boundary, *RefusedError, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("opening the file: %w", err)
	}
	if info.IsDir() {
		return nil, nil, refuse(path, imports.Say("it is a folder", "هو مجلد وليس ملفًا"))
	}
	if info.Size() > options.MaxBytes {
		return nil, nil, refuse(path, imports.Say("it has %d MB; files of more than %d MB are not read", "حجمه %d ميغابايت؛ لا تُقرأ ملفات أكبر من %d ميغابايت",
			info.Size()>>20, options.MaxBytes>>20))
	}
	counted := &counter{Reader: f}
	r := bufio.NewReaderSize(counted, 1<<16)
	if mark, err := r.Peek(3); err == nil && string(mark) == "\uFEFF" {
		r.Discard(3)
	}
	refused := &RefusedError{Path: path}
	var boundaries []*boundary
	err = readBoundaries(path, r, func(n int, d document) {
		b, err := d.read(n)
		if err != nil {
			refused.add(Refusal{Feature: n, Code: b.pcode, Reason: imports.Told(err)})
		} else {
			boundaries = append(boundaries, b)
		}
		options.Progress(counted.n, info.Size())
	})
	return boundaries, refused, err
}

// counter counts the bytes read.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// writeBoundaries writes the boundaries that differ from those that stand.
func writeBoundaries(ctx context.Context, tx bun.Tx, dataSet int64, boundaries []*boundary, tree map[string]*db.AdministrativeUnit) (Outcome, error) {
	var outcome Outcome
	now := time.Now().UTC()
	sources := make([]*db.Source, 0, len(boundaries))
	for _, b := range boundaries {
		row := tree[b.pcode]
		text, err := b.json()
		if err != nil {
			return outcome, err
		}
		var exists, differs bool
		err = tx.NewSelect().Model((*db.AdministrativeUnit)(nil)).ColumnExpr("boundary is not null, boundary is distinct from ?::jsonb", string(text)).
			Where("id = ?", row.ID).Scan(ctx, &exists, &differs)
		if err != nil {
			return outcome, fmt.Errorf("comparing the boundary of %s: %w", b.pcode, err)
		}
		switch {
		case !exists:
			outcome.New++
		case differs:
			outcome.Changed++
		default:
			outcome.Unchanged++
			continue
		}
		_, err = tx.NewUpdate().Model((*db.AdministrativeUnit)(nil)).Set("boundary = ?::jsonb", string(text)).Set("version = version + 1").
			Set("updated_at = ?", now).Where("id = ?", row.ID).Exec(ctx)
		if err != nil {
			return outcome, fmt.Errorf("writing the boundary of %s: %w", b.pcode, err)
		}
		hash := imported.Digest(string(text))
		sources = append(sources, &db.Source{SubjectKind: Kind, SubjectID: row.ID, DataSetID: dataSet, Identifier: b.pcode, Hash: &hash, FetchedAt: now,
			Published: row.State == published})
	}
	return outcome, imported.WriteSources(ctx, tx, sources)
}
