package iati

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

// Records are written in batches of about this size; two are in memory at a time.
const (
	batchBytes   = 1 << 20
	batchRecords = 400
)

// batch are records of a file that are written together.
type batch struct {
	element string // the name of the elements of the file: iati-activity or iati-organisation
	records []*record
	read    int64 // bytes of the file up to here
}

// feed reads a file while the batch before, of this file or of the one before, is written.
type feed struct {
	path    string
	batches chan batch    // at least one, unless err
	err     error         // once batches is closed
	left    chan struct{} // closed when nobody takes batches any more
}

func newFeed(path string) *feed {
	return &feed{path: path, batches: make(chan batch), left: make(chan struct{})}
}

// leave says that no more batches are wanted.
func (f *feed) leave() { close(f.left) }

func (f *feed) name() string { return filepath.Base(f.path) }

// run reads the file to its end.
func (f *feed) run(ctx context.Context, t *tables, state string) {
	defer close(f.batches)
	if f.err = ctx.Err(); f.err == nil {
		f.err = f.read(ctx, t, state)
	}
}

func (f *feed) read(ctx context.Context, t *tables, state string) error {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	in := &counter{from: file}
	r, err := newReader(in)
	if err != nil {
		return err
	}
	p := &parser{tables: t, state: state, file: f.name(), locales: make(locales)}
	next, size := batch{element: r.record}, 0
	send := func() (wanted bool, err error) {
		next.read = in.n
		select {
		case f.batches <- next:
			next, size = batch{element: r.record}, 0
			return true, nil
		case <-f.left:
			return false, nil
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	for {
		e, err := r.next()
		if err == io.EOF {
			_, err := send()
			return err
		}
		if err != nil {
			return err
		}
		next.records = append(next.records, p.parse(e))
		if size += len(e.content); size >= batchBytes || len(next.records) >= batchRecords {
			if wanted, err := send(); !wanted {
				return err
			}
		}
	}
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
