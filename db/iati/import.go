// Package iati imports published aid data: activity and organisation files of the IATI standard, versions 2.01 to 2.03.
//
// A file is read as a stream and written in one transaction: it is there wholly or not at all. An activity is recognised by data set
// and iati-identifier. If its XML has not changed since, it is not touched; if it has, its parts are matched with those that stand
// and changed in place, so that their ids and what people wrote about them stay. The XML of each activity is kept with its source,
// elements of other namespaces included.
package iati

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/uptrace/bun"

	"taawun/db/imports"
)

// published is the state of a record that everybody may see.
const published = "PUBLISHED"

// Options says how files are imported.
type Options struct {
	// DataSet names the set to which the files belong; each file's own name unless told.
	DataSet string
	// State of the records that are new: PUBLISHED unless told, since the files are public already, or DRAFT.
	State string
	// Progress is told how many bytes of all files are done. It may be nil.
	Progress func(done, total int64)
}

// FileError says why a whole file was refused. Nothing of it has been imported.
type FileError struct {
	File string
	Err  error
}

// Error names the file and the reason.
func (e *FileError) Error() string { return e.Told().English }

// Unwrap gives the reason.
func (e *FileError) Unwrap() error { return e.Err }

// Told is the error in both languages.
func (e *FileError) Told() imports.Text {
	return imports.Say("%s: %v", "الملف %s: %v", e.File, imports.Told(e.Err))
}

// Import imports the files, one transaction each, as the owner of the tables. A file that cannot be trusted is refused as a whole
// (a FileError); the other files are imported all the same. The summary tells what was imported even where there is an error.
func Import(ctx context.Context, owner *bun.DB, o Options, files []string) (Summary, error) {
	all := Summary{Parts: map[string]int{}}
	switch o.State {
	case "":
		o.State = published
	case published, "DRAFT":
	default:
		return all, fmt.Errorf("the state %q is neither PUBLISHED nor DRAFT", o.State)
	}
	sizes := make([]int64, len(files))
	var total, done int64
	for i, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return all, fmt.Errorf("looking for the files: %w", err)
		}
		if info.IsDir() {
			return all, fmt.Errorf("%s is a directory, not a file", f)
		}
		sizes[i] = info.Size()
		total += info.Size()
	}
	t := newTables()
	feeds := make([]*feed, len(files))
	for i, f := range files {
		feeds[i] = newFeed(f)
	}
	reading, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for _, f := range feeds {
			f.run(reading, t, o.State)
		}
	}()
	defer func() {
		stop()
		<-ended
	}()
	var errs []error
	for i, f := range files {
		progress := func(n int64) {
			if o.Progress != nil {
				o.Progress(done+min(n, sizes[i]), total)
			}
		}
		s, err := importFile(ctx, owner, o, feeds[i], t, progress)
		if ctx.Err() != nil {
			return all, fmt.Errorf("importing %s: %w", f, ctx.Err())
		}
		if err != nil {
			errs = append(errs, &FileError{f, err})
		} else {
			all.add(s)
		}
		done += sizes[i]
		progress(0)
	}
	return all, errors.Join(errs...)
}

// lock is the advisory lock under which files are imported, one after another: two imports may speak of the same organizations.
const lock = 7221070

// importFile writes what a feed reads, in one transaction.
func importFile(ctx context.Context, owner *bun.DB, o Options, f *feed, t *tables, progress func(int64)) (*Summary, error) {
	defer f.leave()
	first, ok := <-f.batches
	if !ok {
		return nil, f.err
	}
	set := o.DataSet
	if set == "" {
		set = f.name()
	}
	conn, err := owner.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("beginning a transaction: %w", err)
	}
	defer tx.Rollback()
	w, err := newWriter(ctx, conn, tx, t, set, first.element, o.State, f.name())
	if err != nil {
		return nil, err
	}
	for b, more := first, true; more; b, more = <-f.batches {
		if err := w.write(ctx, b.records); err != nil {
			return nil, err
		}
		progress(b.read)
	}
	if f.err != nil {
		return nil, f.err
	}
	if err := w.finish(ctx); err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("committing: %w", err)
	}
	return &w.sum, nil
}
