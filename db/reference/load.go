// Package reference carries the reference data of Taawun, in files of its own, and loads them into the database: the code lists of the
// standards that the product uses and of its own enumerations, with Arabic names, and the administrative units of Syria down to
// the subdistricts. The README beside the files names their sources.
package reference

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/reference/imported"
	"taawun/db/units"
)

// lock is the advisory lock under which reference data are loaded; the number has no meaning but must not change.
const lock = 7221064

// Load brings the code lists and the units of this package into the database, in one transaction. It is meant to run at every
// start, after the migrations: when nothing has changed since the last time, it reads two digests and is done. Texts and
// figures that people changed in the database stay; nothing is removed. The database must be opened as its owner.
func Load(ctx context.Context, owner *bun.DB, log *slog.Logger) error {
	return load(ctx, owner, log, files)
}

// part is a data set that these files bring.
type part struct {
	set   db.DataSet
	paths []string
	load  func(ctx context.Context, tx bun.Tx, dataSet int64, from fs.FS) (units.Outcome, error)
}

func parts() []part {
	text := func(s string) *string { return &s }
	return []part{{
		set: db.DataSet{Name: "Code lists", Kind: "REFERENCE", Publisher: text("IATI, OECD DAC, United Nations, ISO; Arabic names by Taawun"),
			URL: text("https://iatistandard.org/en/iati-standard/203/codelists/")},
		paths: []string{"codelists.tsv", "codelists"},
		load:  loadLists,
	}, {
		set: db.DataSet{Name: "Administrative units of Syria", Kind: "REFERENCE", Publisher: text("OCHA (COD-AB Syria), OpenSyria Data"),
			URL: text("https://data.humdata.org/dataset/cod-ab-syr"), Licence: text("CC BY 3.0 IGO; CC BY 4.0")},
		paths: []string{"units"},
		load:  loadUnits,
	}, {
		set:   db.DataSet{Name: "Pages of the portal", Kind: "REFERENCE", Publisher: text("Taawun")},
		paths: []string{"pages"},
		load:  loadPages,
	}}
}

func load(ctx context.Context, owner *bun.DB, log *slog.Logger, from fs.FS) error {
	for _, p := range parts() {
		start := time.Now()
		hash, err := digest(from, p.paths...)
		if err != nil {
			return err
		}
		if loaded, err := loadedDigest(ctx, owner, p.set.Name); err != nil {
			return err
		} else if loaded == hash {
			continue
		}
		var outcome units.Outcome
		err = owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock(?)", lock); err != nil {
				return fmt.Errorf("waiting for another load: %w", err)
			}
			if loaded, err := loadedDigest(ctx, tx, p.set.Name); err != nil || loaded == hash {
				return err
			}
			if _, err := tx.ExecContext(ctx, "select base.note_revision('load reference data')"); err != nil {
				return fmt.Errorf("beginning to load: %w", err)
			}
			if err := imported.DataSet(ctx, tx, &p.set); err != nil {
				return err
			}
			if outcome, err = p.load(ctx, tx, p.set.ID, from); err != nil {
				return err
			}
			return imported.WriteSources(ctx, tx, []*db.Source{{SubjectKind: "DataSet", SubjectID: p.set.ID, DataSetID: p.set.ID, Identifier: p.set.Name,
				Hash: &hash, FetchedAt: time.Now().UTC(), Published: true}})
		})
		if err != nil {
			return fmt.Errorf("loading reference data %q: %w", p.set.Name, err)
		}
		log.InfoContext(ctx, "reference data loaded", "data_set", p.set.Name, "new", outcome.New, "changed", outcome.Changed,
			"unchanged", outcome.Unchanged, "kept", outcome.Kept, "took", time.Since(start).Round(time.Millisecond))
	}
	return nil
}

// loadedDigest is the digest of the files that were loaded last; empty if none were.
func loadedDigest(ctx context.Context, tx bun.IDB, dataSet string) (string, error) {
	var hash string
	err := tx.NewSelect().Model((*db.Source)(nil)).Column("hash").Join("JOIN data_set AS d ON d.id = source.data_set_id").
		Where("d.name = ?", dataSet).Where("source.subject_kind = 'DataSet'").Where("source.identifier = d.name").Scan(ctx, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("asking which reference data are loaded: %w", err)
	}
	return hash, nil
}

func loadUnits(ctx context.Context, tx bun.Tx, dataSet int64, from fs.FS) (units.Outcome, error) {
	all, err := readUnits(from)
	if err != nil {
		return units.Outcome{}, err
	}
	return units.Apply(ctx, tx, dataSet, all, true)
}
