package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// unfinishedPrefix begins the names of folders in which initdb is at work; only a finished one is given the cluster's name.
const unfinishedPrefix = clusterFolder + ".unfinished-"

// clusterVersion tells which major version made the cluster in a folder, and whether there is one. A folder with something
// else in it is an error: nothing is ever initialised over it.
func clusterVersion(folder string) (major int, exists bool, err error) {
	text, err := os.ReadFile(filepath.Join(folder, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(folder)
		if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
			return 0, false, nil
		} else if err != nil {
			return 0, false, fmt.Errorf("cluster: %w", err)
		}
		return 0, false, fmt.Errorf("%s is not empty and holds no PostgreSQL cluster (no PG_VERSION); it was left untouched", folder)
	} else if err != nil {
		return 0, false, fmt.Errorf("cluster: %w", err)
	}
	version := strings.TrimSpace(string(text))
	if major, err = strconv.Atoi(strings.SplitN(version, ".", 2)[0]); err != nil || major <= 0 {
		return 0, false, fmt.Errorf("%s: unreadable version %q; the cluster was left untouched", filepath.Join(folder, "PG_VERSION"), version)
	}
	if major < MinMajor {
		return 0, false, fmt.Errorf("%w: the cluster in %s was made by PostgreSQL %s and was left untouched; Taawun needs %d or newer: "+
			"dump it with its own version and load that into a new data directory", ErrNoPostgres, folder, version, MinMajor)
	}
	return major, true, nil
}

// removeUnfinished deletes what an initdb that was killed has left behind.
func (c *Cluster) removeUnfinished(ctx context.Context) error {
	leftovers, err := filepath.Glob(filepath.Join(globQuote(c.dir), unfinishedPrefix+"*"))
	if err != nil {
		return fmt.Errorf("looking for unfinished clusters: %w", err)
	}
	for _, folder := range leftovers {
		c.log.Warn("removing a cluster whose creation was interrupted", "folder", folder)
		for pids := processes(folder); len(pids) > 0; pids = processes(folder) {
			for _, pid := range pids { // an initdb without its master: its folder is about to go
				if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
					return fmt.Errorf("ending an interrupted initdb (pid %d): %w", pid, err)
				}
			}
			if err := pause(ctx); err != nil {
				return fmt.Errorf("ending an interrupted initdb: %w", err)
			}
		}
		if err := os.RemoveAll(folder); err != nil {
			return fmt.Errorf("removing an unfinished cluster: %w", err)
		}
	}
	return nil
}

// globQuote makes a path literal in a glob pattern.
func globQuote(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// initialise makes a new cluster in a folder beside its place and moves it there when it is complete and on disk, so that a
// crash at any moment leaves either no cluster or a whole one.
func (c *Cluster) initialise(ctx context.Context) error {
	folder, err := os.MkdirTemp(c.dir, unfinishedPrefix)
	if err != nil {
		return fmt.Errorf("new cluster: %w", err)
	}
	if err := c.account.own(folder); err != nil {
		return fmt.Errorf("new cluster: %w", err)
	}
	if err := c.initdb(ctx, folder); err != nil {
		return errors.Join(err, os.RemoveAll(folder))
	}
	// An empty folder may stand in its place; rename replaces it and fails on any other.
	if err := os.Rename(folder, c.folder); err != nil {
		return errors.Join(fmt.Errorf("new cluster: %w", err), os.RemoveAll(folder))
	}
	if c.options.Throwaway {
		return nil
	}
	if err := syncFolder(c.dir); err != nil {
		return fmt.Errorf("new cluster: %w", err)
	}
	c.log.Info("made a new PostgreSQL cluster", "folder", c.folder, "version", c.install.Version, "programs", c.install.BinDir)
	return nil
}

// initdb fills a folder. Texts are ordered by ICU in the Arabic way where the build knows ICU. The character classes come
// from a UTF-8 locale of the system in any case: pg_trgm asks it what a letter is.
func (c *Cluster) initdb(ctx context.Context, folder string) error {
	var failures []error
	for _, collation := range [][]string{{"--locale-provider=icu", "--icu-locale=ar"}, nil} {
		for _, locale := range []string{"C.UTF-8", "en_US.UTF-8"} {
			args := append([]string{"-D", folder, "-U", User, "--encoding=UTF8", "--locale=" + locale, "--lc-messages=C",
				"--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions"}, collation...)
			if c.options.Throwaway {
				args = append(args, "--no-sync")
			}
			out, err := runBound(c.command(ctx, syscall.SIGKILL, folder, "initdb", args...))
			if err == nil {
				return nil
			}
			text := string(out)
			failures = append(failures, fmt.Errorf("initdb %s: %w\n%s", strings.Join(args[4:], " "), c.explain(err), strings.TrimSpace(text)))
			if ctx.Err() != nil || !strings.Contains(text, "ICU is not supported") && !strings.Contains(text, "invalid locale") {
				return errors.Join(failures...)
			}
			if err := empty(folder); err != nil {
				return errors.Join(append(failures, err)...)
			}
		}
	}
	return errors.Join(failures...)
}

// empty removes everything in a folder.
func empty(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("emptying %s: %w", folder, err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(folder, e.Name())); err != nil {
			return fmt.Errorf("emptying %s: %w", folder, err)
		}
	}
	return nil
}

// syncFolder makes a rename in a folder survive a crash of the machine.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
