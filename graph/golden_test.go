package graph

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden runs each testdata/golden/*.graphql, with its .variables.json, as the public and compares the answer with the
// .json of the same name. Each must take exactly one statement, and nothing secret may be in any answer.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/golden/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden queries", err)
	}
	g := open(t, load(t, "records.sql").Public(), Options{})
	for _, file := range files {
		base := strings.TrimSuffix(file, ".graphql")
		t.Run(filepath.Base(base), func(t *testing.T) {
			query := read(t, file)
			var variables map[string]any
			if raw, err := os.ReadFile(base + ".variables.json"); err == nil {
				d := json.NewDecoder(bytes.NewReader(raw))
				d.UseNumber()
				if err := d.Decode(&variables); err != nil {
					t.Fatal(err)
				}
			}
			before := g.Stats().Executed
			r := call(t.Context(), g, query, variables)
			if len(r.Errors) > 0 {
				t.Fatal(r.Errors)
			}
			if n := g.Stats().Executed - before; n != 1 {
				t.Errorf("%d statements", n)
			}
			var got bytes.Buffer
			if err := json.Indent(&got, r.Data, "", "  "); err != nil {
				t.Fatalf("%v\n%s", err, r.Data)
			}
			got.WriteByte('\n')
			if strings.Contains(strings.ToUpper(got.String()), "SECRET") {
				t.Error("a secret is out:", got.String())
			}
			if *update {
				if err := os.WriteFile(base+".json", got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := read(t, base+".json"); want != got.String() {
				t.Errorf("want\n%s\ngot\n%s", want, got.String())
			}
		})
	}
}

func read(t testing.TB, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
