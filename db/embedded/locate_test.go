package embedded

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// install writes programs that answer like an installation of PostgreSQL, without anything behind them.
func install(t *testing.T, folder, version string, extensions ...string) {
	t.Helper()
	files := map[string]string{
		"bin/postgres": "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + " (Somewhere 1)'\n",
		"bin/initdb":   "#!/bin/sh\nexit 1\n",
	}
	for _, name := range extensions {
		files["share/extension/"+name+".control"] = ""
	}
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLocate(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	all := []string{"plpgsql", "pg_trgm", "btree_gin"}
	install(t, filepath.Join(root, "lib/9.6"), "9.6.24", all...)
	install(t, filepath.Join(root, "lib/14"), "14.2", all...)
	install(t, filepath.Join(root, "lib/16"), "16.1", all...)
	install(t, filepath.Join(root, "lib/17"), "17rc1", all...)
	install(t, filepath.Join(root, "bare/18"), "18.0", "plpgsql")
	install(t, filepath.Join(root, "own"), "19devel") // lays its extensions out in a way we cannot know
	install(t, npmNative(root+"/npm"), "18.4", all...)
	install(t, npmNative(root+"/db/embedded/npm"), "18.5", all...)
	linked := filepath.Join(root, "linked")
	config := filepath.Join(root, "config")
	for _, dir := range []string{linked, config} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(root, "lib/16/bin/postgres"), filepath.Join(linked, "postgres")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "pg_config"), []byte("#!/bin/sh\necho "+root+"/lib/17/bin\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	folders := []string{root + "/lib/*/bin"}

	for name, tc := range map[string]struct {
		options Options
		want    int // major version
		bin     string
		source  string
		refused string // part of the error
	}{
		"explicit":               {options: Options{BinDir: root + "/lib/16/bin"}, bin: "lib/16/bin", source: "explicit setting"},
		"explicit and unfit":     {options: Options{BinDir: root + "/lib/14/bin", places: &places{folders: folders}}, refused: "version 14.2 is older than 15"},
		"explicit and missing":   {options: Options{BinDir: root + "/nowhere"}, refused: "no such file"},
		"explicit and empty":     {options: Options{BinDir: config}, refused: "no program postgres"},
		"unknown layout":         {options: Options{BinDir: root + "/own/bin"}, bin: "own/bin", source: "explicit setting"},
		"PATH":                   {options: Options{places: &places{path: "relative:" + linked, folders: folders}}, bin: "lib/16/bin", source: "PATH"},
		"pg_config":              {options: Options{places: &places{path: config, folders: folders}}, bin: "lib/17/bin", source: "pg_config"},
		"newest usual folder":    {options: Options{places: &places{folders: folders}}, bin: "lib/17/bin", source: "usual install folder"},
		"version of the cluster": {options: Options{places: &places{path: config, folders: folders}}, want: 16, bin: "lib/16/bin", source: "usual install folder"},
		"without contrib":        {options: Options{places: &places{folders: []string{root + "/bare/*/bin"}}}, refused: "no extension pg_trgm"},
		"npm last":               {options: Options{NPM: root + "/npm", places: &places{folders: folders}}, bin: "lib/17/bin", source: "usual install folder"},
		"npm by version":         {options: Options{NPM: root + "/npm", places: &places{folders: folders}}, want: 18, bin: npmNative("npm") + "/bin", source: "npm package"},
		"npm beside the data":    {options: Options{Dir: root + "/data", places: &places{}}, bin: npmNative("db/embedded/npm") + "/bin", source: "npm package"},
		"nothing":                {options: Options{places: &places{}}, refused: "nothing was found. Install one"},
		"nothing of the version": {options: Options{places: &places{folders: folders}}, want: 15, refused: "Install PostgreSQL 15"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := tc.options.locate(t.Context(), tc.want)
			if tc.refused != "" {
				if !errors.Is(err, ErrNoPostgres) || !strings.Contains(err.Error(), tc.refused) {
					t.Fatalf("%+v, %v; want an error with %q", found, err, tc.refused)
				}
				return
			}
			real, evalErr := filepath.EvalSymlinks(filepath.Join(root, tc.bin))
			if err != nil || evalErr != nil || found.BinDir != real || found.Source != tc.source {
				t.Errorf("%+v, %v; want %s by %s", found, err, tc.bin, tc.source)
			}
		})
	}
}

func TestParseVersion(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]struct {
		version string
		major   int
	}{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": {"15.18", 15},
		"postgres (PostgreSQL) 19devel\n":                        {"19devel", 19},
		"postgres (PostgreSQL) 17beta2":                          {"17beta2", 17},
		"postgres (PostgreSQL) 9.6.24":                           {"9.6.24", 9},
		"postgres (PostgreSQL) soon":                             {},
		"command not found":                                      {},
		"":                                                       {},
	} {
		version, major, err := parseVersion(answer)
		if major != want.major || (err != nil) != (want.major == 0) || err == nil && version != want.version {
			t.Errorf("%q: %s, %d, %v", answer, version, major, err)
		}
	}
}
