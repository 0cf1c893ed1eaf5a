package reference

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed codelists.tsv codelists pages units
var files embed.FS

// table is one file of tab-separated values: a header, records of as many values, remarks left out.
type table struct {
	name   string
	header []string
	rows   [][]string
}

// read reads a file of ours and checks that its columns are those expected.
func read(from fs.FS, name string, header ...string) (*table, error) {
	b, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, fmt.Errorf("reading reference data: %w", err)
	}
	t := &table{name: name}
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		values := strings.Split(line, "\t")
		switch {
		case t.header == nil:
			t.header = values
			if strings.Join(values, " ") != strings.Join(header, " ") {
				return nil, fmt.Errorf("reading reference data: %s: the columns are %q, not %q", name, values, header)
			}
		case len(values) != len(header):
			return nil, fmt.Errorf("reading reference data: %s: line %d has %d values, not %d", name, i+1, len(values), len(header))
		default:
			t.rows = append(t.rows, values)
		}
	}
	return t, nil
}

// digest changes whenever one of the files does, or the way they are loaded.
func digest(from fs.FS, paths ...string) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, "loaded as in version 1")
	for _, path := range paths {
		err := fs.WalkDir(from, path, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(from, name)
			fmt.Fprintln(h, name, len(b))
			h.Write(bytes.TrimSpace(b))
			return err
		})
		if err != nil {
			return "", fmt.Errorf("reading reference data: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
