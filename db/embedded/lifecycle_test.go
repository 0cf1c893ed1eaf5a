package embedded

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestStartStopRestart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(tempDir(t), "data")
	c := start(t, options(dir))
	run(t, c, "create extension pg_trgm", "create extension btree_gin", "create table kept (name text)", "insert into kept values ('تعاون')")
	for setting, want := range map[string]string{
		"fsync": "on", "full_page_writes": "on", "data_checksums": "on", "listen_addresses": "", "TimeZone": "UTC", "server_encoding": "UTF8", "jit": "off",
	} {
		if got := value(t, c, "select current_setting('"+setting+"')"); got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
	if got := value(t, c, "select datlocprovider from pg_database where datname = 'taawun'"); got != "i" {
		t.Errorf("locale provider %q, want ICU", got)
	}
	if got := value(t, c, "select string_agg(w, ' ' order by w) from unnest('{water,ثاء,ألف,باء}'::text[]) w"); got != "ألف باء ثاء water" {
		t.Errorf("order of texts: %s", got)
	}
	if got := value(t, c, "select array_to_string(show_trgm('مياه'), ',') <> ''"); got != "true" {
		t.Error("pg_trgm sees no letters in an Arabic word")
	}
	st, err := os.Stat(filepath.Dir(c.Socket()))
	if err != nil || st.Mode().Perm() != 0o700 {
		t.Errorf("socket folder: %v, %v; want mode 0700", st.Mode(), err)
	}

	stop(t, c)
	if err, open := <-c.Exited(); err != nil || !open {
		t.Errorf("Exited after Stop: %v, %t; want one nil", err, open)
	}
	if pids := processes(filepath.Join(dir, clusterFolder)); len(pids) > 0 {
		t.Errorf("processes left: %v", pids)
	}

	o := options(dir)
	o.Settings = map[string]string{"work_mem": "5MB"}
	c = start(t, o)
	if got := value(t, c, "select name from kept"); got != "تعاون" {
		t.Errorf("kept %q", got)
	}
	if got := value(t, c, "show work_mem"); got != "5MB" {
		t.Errorf("work_mem %s", got)
	}
}

func TestOneDirectoryOneServer(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(dataDir(t), "data")
	ctx := t.Context()
	if _, err := Attach(ctx, dir); !errors.Is(err, ErrNotRunning) {
		t.Fatalf("attaching to nothing: %v", err)
	}
	// Attach waits for a cluster that is being made.
	attached := make(chan error)
	p := startHelper(t, "hold", dir)
	go func() {
		for {
			c, err := Attach(ctx, dir)
			if errors.Is(err, ErrNotRunning) {
				time.Sleep(time.Millisecond)
				continue
			}
			if err == nil {
				_, err = open(c).ExecContext(ctx, "select 1")
			}
			attached <- err
			return
		}
	}()
	p.await(t, "ready")
	if err := <-attached; err != nil {
		t.Fatalf("attaching during the start: %v", err)
	}

	_, err := Start(ctx, options(dir))
	inUse := (*InUseError)(nil)
	if !errors.As(err, &inUse) || inUse.PID != p.Process.Pid {
		t.Fatalf("second server: %v; want in use by pid %d", err, p.Process.Pid)
	}
	if want := fmt.Sprintf("(pid %d)", p.Process.Pid); !strings.Contains(err.Error(), want) {
		t.Errorf("message %q lacks %s", err, want)
	}

	c, err := Open(ctx, options(dir))
	if err != nil {
		t.Fatal(err)
	}
	if !c.Attached() || c.Socket() != filepath.Join(dir, "socket", socketName) {
		t.Errorf("attached: %t, socket %s", c.Attached(), c.Socket())
	}
	run(t, c, "create table shared (id int)")
	stop(t, c)
	if got := value(t, c, "select count(*) from shared"); got != "0" {
		t.Errorf("stopping an attached cluster must leave it alone: %s", got)
	}

	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Fatal(err)
	}
	if c, err = Open(ctx, options(dir)); err != nil {
		t.Fatal(err)
	}
	defer stop(t, c)
	if c.Attached() {
		t.Error("attached to a server that has ended")
	}
	if got := value(t, c, "select count(*) from shared"); got != "0" {
		t.Errorf("shared: %s", got)
	}
}

// TestLongPath has a data directory whose path does not fit into a socket address.
func TestLongPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(dataDir(t), strings.Repeat("long-", 20), "data")
	o := options(dir)
	o.Throwaway = true
	c := start(t, o)
	t.Cleanup(func() {
		if err := os.RemoveAll(filepath.Dir(c.Socket())); err != nil {
			t.Error(err)
		}
	})
	other, err := Attach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := value(t, other, "select current_user"); got != User {
		t.Errorf("user %s", got)
	}
}

// TestOddPath has a data directory whose name means something to shells, patterns and PostgreSQL's lists.
func TestOddPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(dataDir(t), `ours, "the [new]" $one's بيانات`)
	o := options(dir)
	o.Throwaway = true
	stop(t, start(t, o))
	c := start(t, o)
	if got, want := c.Socket(), filepath.Join(dir, "socket", socketName); got != want {
		t.Errorf("socket %s, want %s", got, want)
	}
	if got := value(t, c, "select current_database()"); got != Database {
		t.Error(got)
	}
}

// TestUnusableDirectory has data directories that nobody, root included, can write to, and leaves no trace of the attempt.
func TestUnusableDirectory(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "data"), "/proc/taawun"} {
		_, err := Start(t.Context(), options(dir))
		if err == nil || !strings.Contains(err.Error(), dir+" cannot be used") || !strings.Contains(err.Error(), "choose another one") {
			t.Errorf("%s: %v", dir, err)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "somebody's" {
		t.Errorf("the file became %q, %v", text, err)
	}
}

// TestForeignClusters shows that what was not made by this PostgreSQL is refused and left as it was.
func TestForeignClusters(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ version, message string }{
		"older":       {"9.6\n", "made by PostgreSQL 9.6"},
		"unsupported": {"14\n", "Taawun needs 15 or newer"},
		"newer":       {"99\n", "made by PostgreSQL 99"},
		"unreadable":  {"new\n", "unreadable version"},
		"no cluster":  {"", "holds no PostgreSQL cluster"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := dataDir(t)
			folder := filepath.Join(dir, clusterFolder)
			if err := os.MkdirAll(filepath.Join(folder, "base"), 0o700); err != nil {
				t.Fatal(err)
			}
			files := map[string]string{"base/1": "rows", "postgresql.conf": "port = 1"}
			if tc.version != "" {
				files["PG_VERSION"] = tc.version
			}
			for name, content := range files {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			before := fingerprint(t, folder)
			for range 2 {
				_, err := Start(t.Context(), options(dir))
				if err == nil || !strings.Contains(err.Error(), tc.message) || !strings.Contains(err.Error(), "untouched") {
					t.Fatalf("error %v; want %q", err, tc.message)
				}
				if _, err := Locate(t.Context(), options(dir)); err == nil {
					t.Error("Locate found programs for it")
				}
			}
			if after := fingerprint(t, folder); after != before {
				t.Error("the folder was changed")
			}
		})
	}
}

// fingerprint covers names, modes, owners, times of change and contents below a folder.
func fingerprint(t *testing.T, folder string) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, path, info.Mode(), info.ModTime(), owner(t, path))
		if d.IsDir() {
			return nil
		}
		text, err := os.ReadFile(path)
		sum.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// TestOtherCollationVersion moves a cluster to another version of the library that orders texts.
func TestOtherCollationVersion(t *testing.T) {
	t.Parallel()
	o := options(made(t))
	c := start(t, o)
	run(t, c, "create table names (name text primary key)", "insert into names values ('ب'), ('ا')",
		"update pg_database set datcollversion = '1'", "update pg_collation set collversion = '1' where collname = 'ar-x-icu'")
	stop(t, c)
	c = start(t, o)
	if got := value(t, c, "select datcollversion = pg_database_collation_actual_version(oid) from pg_database where datname = current_database()"); got != "true" {
		t.Errorf("version refreshed: %s", got)
	}
	if got := value(t, c, "select pg_relation_filenode('names_pkey') > (select oid from pg_class where relname = 'names_pkey')"); got != "true" {
		t.Error("the index was not rebuilt")
	}
}

func TestStartGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	dir := dataDir(t)
	if _, err := Start(ctx, options(dir)); err == nil {
		t.Fatal("a cluster in a tenth of a second")
	}
	// The same directory serves at once, whatever was half-done.
	c := start(t, options(dir))
	if got := value(t, c, "select 1"); got != "1" {
		t.Error(got)
	}
}
