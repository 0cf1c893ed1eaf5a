package oracle

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNewEntity adds an entity to a copy of the repository by its three declarations and nothing else, generates, and has
// the copy answer: by a test that asks over HTTP, and by the conformance and oracle tests of this package.
func TestNewEntity(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	for _, part := range []string{"go.mod", "go.sum", "gqlgen.yml", "schema.graphqls", "db", "graph"} {
		copyTree(t, filepath.Join(root, part), filepath.Join(scratch, part))
	}
	// declare adds a file, or the end of one that is there.
	declare := func(declaration, path string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join("testdata", "visit", declaration))
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(scratch, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	declare("visit.graphqls", "schema.graphqls")
	declare("visit.go", "db/visit.go")
	declare("visits.sql", "db/migrations/20991231000000_visits.tx.up.sql")
	declared := digests(t, scratch)

	run := func(arguments ...string) {
		t.Helper()
		command := exec.CommandContext(t.Context(), "go", arguments...)
		command.Dir = scratch
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)
		}
	}
	run("generate", "./graph")
	generated := digests(t, scratch)
	for _, path := range slices.Sorted(maps.Keys(generated)) {
		if declared[path] != generated[path] && !strings.HasSuffix(path, "generated.go") {
			t.Errorf("the generator changed %s", path)
		}
	}
	declare("visit_test.go", "visit/visit_test.go")
	run("vet", "./db", "./graph")
	run("test", "./visit")
	run("test", "./graph/internal/oracle", "-run", "^(TestContractIsDescribed|TestConformance|TestAgreement)$", "-queries", "40")
}

// copyTree copies a file or folder, without what is fetched or built.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, relative)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// digests are the digests of all files below a folder.
func digests(t *testing.T, root string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		out[path] = sha256.Sum256(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
