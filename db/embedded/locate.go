package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// MinMajor is the oldest major version of PostgreSQL that Taawun runs on.
const MinMajor = 15

// ErrNoPostgres is wrapped by every error that means "no usable PostgreSQL programs on this machine", so that callers can
// tell it from a broken cluster.
var ErrNoPostgres = errors.New("no usable PostgreSQL")

// Installation is a folder of PostgreSQL programs that was tried and can be used.
type Installation struct {
	BinDir  string // absolute folder that holds postgres and initdb
	Version string // as the program says it, for example "15.18"
	Major   int    // for example 15
	Source  string // where it was found, in words: "PATH", "npm package", …
}

// candidate is a folder that may hold PostgreSQL's programs.
type candidate struct{ dir, source string }

// places are the parts of a machine that are searched when no folder is named. Tests hide parts of it.
type places struct {
	path    string   // list of folders, as in $PATH
	folders []string // glob patterns of the usual install folders
}

// machine is where distributions and installers put PostgreSQL.
func machine() places {
	return places{
		path: os.Getenv("PATH"),
		folders: []string{
			"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
			"/usr/lib/postgresql*/bin",  // SUSE, Gentoo
			"/usr/libexec/postgresql*",  // Alpine
			"/usr/pgsql-*/bin",          // PostgreSQL's own packages for Red Hat
			"/usr/local/pgsql/bin",      // built from source
			"/opt/homebrew/opt/postgresql@*/bin",
			"/usr/local/opt/postgresql@*/bin",
			"/Applications/Postgres.app/Contents/Versions/*/bin",
		},
	}
}

// Locate finds PostgreSQL's programs for the data directory that the options name: the folder set explicitly (then nothing
// else is looked at), PATH, what pg_config says, the usual install folders (newest first), and last the npm package. The
// major version of a cluster that exists in the data directory must be matched; without one, any supported version serves.
// The error says what was looked at, why it was refused and what to do.
func Locate(ctx context.Context, o Options) (Installation, error) {
	want := 0
	if o.Dir != "" {
		dir, err := filepath.Abs(o.Dir)
		if err != nil {
			return Installation{}, fmt.Errorf("data directory %q: %w", o.Dir, err)
		}
		if want, _, err = clusterVersion(filepath.Join(dir, clusterFolder)); err != nil {
			return Installation{}, err
		}
	}
	return o.locate(ctx, want)
}

// locate is Locate for a known major version; want 0 accepts any supported one.
func (o Options) locate(ctx context.Context, want int) (Installation, error) {
	candidates := []candidate{{o.BinDir, "explicit setting"}}
	if o.BinDir == "" {
		p := machine()
		if o.places != nil {
			p = *o.places
		}
		candidates = append(p.candidates(ctx), o.npmCandidates()...)
	}
	var refused, tried []string
	for _, c := range candidates {
		dir, err := filepath.EvalSymlinks(c.dir)
		if err == nil {
			dir, err = filepath.Abs(dir)
		}
		if err != nil {
			if c.dir == o.BinDir {
				refused = append(refused, fmt.Sprintf("%s: %v", c.dir, err))
			}
			continue
		}
		if slices.Contains(tried, dir) {
			continue
		}
		tried = append(tried, dir)
		found, err := inspect(ctx, candidate{dir, c.source}, want)
		if err == nil {
			return found, nil
		}
		refused = append(refused, fmt.Sprintf("%s (%s): %v", dir, c.source, err))
	}
	looked := "nothing was found"
	if len(refused) > 0 {
		looked = "found but refused: " + strings.Join(refused, "; ")
	}
	if want > 0 {
		return Installation{}, fmt.Errorf("%w: the data directory was made by PostgreSQL %d and was left untouched; %s. "+
			"Install PostgreSQL %d, or name its folder of programs (TAAWUN_PG_BINDIR); to change to another version, dump with %d and load into a new data directory",
			ErrNoPostgres, want, looked, want, want)
	}
	return Installation{}, fmt.Errorf("%w, version %d or newer: %s. Install one (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql@17), "+
		"or name its folder of programs (TAAWUN_PG_BINDIR), or run: npm ci --prefix db/embedded/npm --ignore-scripts", ErrNoPostgres, MinMajor, looked)
}

// candidates lists the folders of the machine in the order in which they are preferred.
func (p places) candidates(ctx context.Context) []candidate {
	var list []candidate
	for _, dir := range filepath.SplitList(p.path) {
		if !filepath.IsAbs(dir) {
			continue // as exec.LookPath does: never run a program of the working directory by accident
		}
		// A link in /usr/local/bin points to the real folder, which also holds what the link's folder lacks.
		if program, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
			list = append(list, candidate{filepath.Dir(program), "PATH"})
		}
	}
	for _, dir := range filepath.SplitList(p.path) {
		config := filepath.Join(dir, "pg_config")
		if !filepath.IsAbs(dir) || !executable(config) {
			continue
		}
		if out, err := exec.CommandContext(ctx, config, "--bindir").Output(); err == nil {
			list = append(list, candidate{strings.TrimSpace(string(out)), "pg_config"})
		}
	}
	var usual []candidate
	for _, pattern := range p.folders {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			continue // only a malformed pattern fails, and ours are constants
		}
		for _, m := range matches {
			usual = append(usual, candidate{m, "usual install folder"})
		}
	}
	slices.SortStableFunc(usual, func(a, b candidate) int { return lastNumber(b.dir) - lastNumber(a.dir) })
	return append(list, usual...)
}

// lastNumber is the version in an install folder's name (16 in /usr/lib/postgresql/16/bin), 0 without one.
func lastNumber(path string) int {
	digits := strings.FieldsFunc(path, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		return 0
	}
	n, err := strconv.Atoi(digits[len(digits)-1])
	if err != nil {
		return 0
	}
	return n
}

// inspect asks the programs of a folder who they are and refuses what cannot serve.
func inspect(ctx context.Context, c candidate, want int) (Installation, error) {
	postgres := filepath.Join(c.dir, "postgres")
	for _, program := range []string{postgres, filepath.Join(c.dir, "initdb")} {
		if !executable(program) {
			return Installation{}, fmt.Errorf("no program %s", filepath.Base(program))
		}
	}
	if err := restoreLinks(filepath.Dir(c.dir)); err != nil {
		return Installation{}, err
	}
	cmd := exec.CommandContext(ctx, postgres, "-V")
	cmd.Env = environment()
	out, err := cmd.CombinedOutput()
	if err != nil {
		return Installation{}, fmt.Errorf("postgres -V: %w: %s", err, strings.TrimSpace(string(out)))
	}
	found := Installation{BinDir: c.dir, Source: c.source}
	if found.Version, found.Major, err = parseVersion(string(out)); err != nil {
		return Installation{}, err
	}
	switch {
	case found.Major < MinMajor:
		return Installation{}, fmt.Errorf("version %s is older than %d", found.Version, MinMajor)
	case want > 0 && found.Major != want:
		return Installation{}, fmt.Errorf("version %s", found.Version)
	}
	if dir := extensionFolder(ctx, found); dir != "" {
		for _, name := range []string{"pg_trgm", "btree_gin"} {
			if _, err := os.Stat(filepath.Join(dir, name+".control")); err != nil {
				return Installation{}, fmt.Errorf("version %s has no extension %s (install its contrib package)", found.Version, name)
			}
		}
	}
	return found, nil
}

// parseVersion reads the answer of `postgres -V`, such as "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)".
func parseVersion(answer string) (version string, major int, err error) {
	fields := strings.Fields(answer)
	if len(fields) < 3 {
		return "", 0, fmt.Errorf("unreadable version %q", strings.TrimSpace(answer))
	}
	version = fields[2]
	digits := version[:len(version)-len(strings.TrimLeft(version, "0123456789"))]
	if major, err = strconv.Atoi(digits); err != nil {
		return "", 0, fmt.Errorf("unreadable version %q", version)
	}
	return version, major, nil
}

// extensionFolder is where an installation keeps its extensions' control files; "" when it cannot be told, since the
// programs do not say it and a build may be laid out in its own way.
func extensionFolder(ctx context.Context, i Installation) string {
	var shares []string
	if config := filepath.Join(i.BinDir, "pg_config"); executable(config) {
		if out, err := exec.CommandContext(ctx, config, "--sharedir").Output(); err == nil {
			shares = append(shares, strings.TrimSpace(string(out)))
		}
	}
	prefix := filepath.Dir(i.BinDir)
	shares = append(shares,
		filepath.Join(prefix, "share", "postgresql"),
		filepath.Join(prefix, "share"),
		filepath.Join("/usr/share/postgresql", strconv.Itoa(i.Major)),
	)
	for _, share := range shares {
		dir := filepath.Join(share, "extension")
		if _, err := os.Stat(filepath.Join(dir, "plpgsql.control")); err == nil {
			return dir
		}
	}
	return ""
}

// executable tells whether a path is a file that may be run by somebody.
func executable(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular() && st.Mode()&0o111 != 0
}
