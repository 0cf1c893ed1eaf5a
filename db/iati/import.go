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
	"io"
	"os"
	"path/filepath"

	"github.com/uptrace/bun"
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
func (e *FileError) Error() string { return fmt.Sprintf("%s: %v", e.File, e.Err) }

// Unwrap gives the reason.
func (e *FileError) Unwrap() error { return e.Err }

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
	var errs []error
	for i, f := range files {
		progress := func(n int64) {
			if o.Progress != nil {
				o.Progress(done+min(n, sizes[i]), total)
			}
		}
		s, err := importFile(ctx, owner, o, f, progress)
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

// Records are written in batches of about this size; two are in memory at a time.
const (
	batchBytes   = 1 << 20
	batchRecords = 400
)

// lock is the advisory lock under which files are imported, one after another: two imports may speak of the same organizations.
const lock = 7221070

func importFile(ctx context.Context, owner *bun.DB, o Options, path string, progress func(int64)) (*Summary, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	name := filepath.Base(path)
	in := &counter{from: file}
	r, err := newReader(in)
	if err != nil {
		return nil, err
	}
	set := o.DataSet
	if set == "" {
		set = name
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
	w, err := newWriter(ctx, conn, tx, set, r.record, o.State, name)
	if err != nil {
		return nil, err
	}
	p := &parser{tables: w.tables, state: o.State, file: name, locales: make(locales)}
	if err := pump(ctx, r, p, in, w.write, progress); err != nil {
		return nil, err
	}
	if err := w.finish(ctx); err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("committing: %w", err)
	}
	return &w.sum, nil
}

// pump reads while the batch before is written.
func pump(ctx context.Context, r *reader, p *parser, in *counter, write func(context.Context, []*record) error, progress func(int64)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	type batch struct {
		records []*record
		read    int64
	}
	batches := make(chan batch)
	go func() {
		defer close(batches)
		next := batch{}
		size := 0
		send := func() bool {
			next.read = in.n
			select {
			case batches <- next:
				next, size = batch{}, 0
				return true
			case <-ctx.Done():
				return false
			}
		}
		for {
			e, err := r.next()
			if err == io.EOF {
				send()
				return
			}
			if err != nil {
				cancel(err)
				return
			}
			next.records = append(next.records, p.parse(e))
			if size += len(e.content); size >= batchBytes || len(next.records) >= batchRecords {
				if !send() {
					return
				}
			}
		}
	}()
	for b := range batches {
		if context.Cause(ctx) != nil {
			continue
		}
		if err := write(ctx, b.records); err != nil {
			cancel(err)
			continue
		}
		progress(b.read)
	}
	return context.Cause(ctx)
}

// counter counts the bytes read.
type counter struct {
	from io.Reader
	n    int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}
