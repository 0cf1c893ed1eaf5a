package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestKilledWhileWriting kills what runs a cluster while four connections write, and looks for every row whose commit was
// acknowledged.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	for _, victims := range []string{"server", "postmaster", "both"} {
		t.Run(victims, func(t *testing.T) {
			t.Parallel()
			dir := made(t)
			p := startHelper(t, "write", dir)
			p.await(t, "ready")
			var acknowledged []int
			restarted := false
			for p.lines.Scan() {
				line := p.lines.Text()
				if line == "restarted" {
					restarted = true
					continue
				}
				id, err := strconv.Atoi(strings.TrimPrefix(line, "ack "))
				if err != nil {
					t.Fatalf("helper: %s", line)
				}
				acknowledged = append(acknowledged, id)
				if len(acknowledged) == 300 {
					switch master := postmaster(t, dir); victims {
					case "server":
						kill9(t, p.Process.Pid)
					case "postmaster":
						kill9(t, master)
					case "both":
						kill9(t, master, p.Process.Pid)
					}
				}
			}
			err := p.Wait()
			if victims == "postmaster" && (err != nil || !restarted) {
				t.Fatalf("the server did not start its killed PostgreSQL again: %v", err)
			}
			c := start(t, options(dir))
			db := open(c)
			defer db.Close()
			rows, err := db.Query("select id from written")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			there := map[int]bool{}
			for rows.Next() {
				var id int
				if err := rows.Scan(&id); err != nil {
					t.Fatal(err)
				}
				there[id] = true
			}
			if err := rows.Err(); err != nil {
				t.Fatal(err)
			}
			for _, id := range acknowledged {
				if !there[id] {
					t.Errorf("row %d was acknowledged and is gone", id)
				}
			}
			t.Logf("%d acknowledged, %d there", len(acknowledged), len(there))
		})
	}
}

// TestBusyBackendOutlivesItsPostmaster has a backend that does not notice the death of its postmaster.
func TestBusyBackendOutlivesItsPostmaster(t *testing.T) {
	t.Parallel()
	dir := made(t)
	p := startHelper(t, "hold", dir)
	p.await(t, "ready")
	other, err := Attach(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	db := open(other)
	defer db.Close()
	busy := make(chan error)
	go func() {
		_, err := db.Exec("do $$ begin perform count(*) from generate_series(1, 1000000000); end $$")
		busy <- err
	}()
	eventually(t, "busy backend", func() bool {
		return value(t, other, "select count(*) from pg_stat_activity where query like 'do $$ begin%' and state = 'active'") == "1"
	})
	kill9(t, postmaster(t, dir), p.Process.Pid)
	if len(processes(filepath.Join(dir, clusterFolder))) == 0 {
		t.Fatal("the busy backend is gone, so this shows nothing")
	}
	c := start(t, options(dir))
	if err := <-busy; err == nil {
		t.Error("the orphan was left to finish")
	}
	if got := value(t, c, "select 1"); got != "1" {
		t.Error(got)
	}
}

// TestStrangerWithThePostmastersPID leaves a lock file whose pid belongs to another program now, as after a restart of a
// container.
func TestStrangerWithThePostmastersPID(t *testing.T) {
	t.Parallel()
	dir := made(t)
	c := start(t, options(dir))
	kill9(t, postmaster(t, dir))
	if err := <-c.Exited(); err == nil {
		t.Error("no reason for a killed PostgreSQL")
	}
	stranger := exec.Command("sleep", "60")
	stranger.SysProcAttr = c.command(t.Context(), syscall.SIGKILL, dir, "postgres").SysProcAttr
	if err := stranger.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		kill9(t, stranger.Process.Pid)
		stranger.Wait()
	}()
	for _, path := range []string{filepath.Join(dir, clusterFolder, "postmaster.pid"), c.Socket() + ".lock"} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "\n")
		if err := os.WriteFile(path, fmt.Appendf(nil, "%d\n%s", stranger.Process.Pid, rest), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c = start(t, options(dir))
	if got := value(t, c, "select 1"); got != "1" {
		t.Error(got)
	}
}

// TestKilledDuringInitdb kills the server while initdb is at work and when it has just finished.
func TestKilledDuringInitdb(t *testing.T) {
	t.Parallel()
	real, err := Locate(t.Context(), options(""))
	if err != nil {
		t.Fatal(err)
	}
	for stage, script := range map[string]string{
		// A half-made cluster with a real initdb still running in it.
		"half": `"$REAL/initdb" "$@" & until [ -s "$2/PG_VERSION" ]; do kill -0 $! || exit 1; done; kill -STOP $!; echo ready >> "$2/../stage"; exec sleep 60`,
		// A whole one that was not put in its place yet.
		"done": `"$REAL/initdb" "$@"; echo ready >> "$2/../stage"; exec sleep 60`,
	} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			dir, bin := dataDir(t), tempDir(t)
			if err := os.Chmod(dir, 0o777); err != nil { // for the script, which may run as another user
				t.Fatal(err)
			}
			if nobody, err := lookUp("nobody"); err == nil && nobody.closedFolder(real.BinDir) != "" {
				// Then the script needs the right to pass too, which it gets for a closed folder of its own.
				if err := os.Chmod(bin, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(filepath.Join(real.BinDir, "postgres"), filepath.Join(bin, "postgres")); err != nil {
				t.Fatal(err)
			}
			script = "#!/bin/sh\nREAL=" + real.BinDir + "\n" + script + "\n"
			if err := os.WriteFile(filepath.Join(bin, "initdb"), []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
			p := startHelper(t, "hold", dir, func(cmd *exec.Cmd) { cmd.Env = append(cmd.Env, "TAAWUN_PG_BINDIR="+bin) })
			eventually(t, "initdb at work", func() bool {
				text, err := os.ReadFile(filepath.Join(dir, "stage"))
				return err == nil && len(text) > 0
			})
			kill9(t, p.Process.Pid)
			p.Wait()
			leftovers, err := filepath.Glob(filepath.Join(dir, unfinishedPrefix+"*"))
			if err != nil || len(leftovers) != 1 {
				t.Fatalf("leftovers %v, %v; want one", leftovers, err)
			}
			if _, err := os.Stat(filepath.Join(dir, clusterFolder)); err == nil {
				t.Fatal("the half-made cluster stands in the place of a whole one")
			}
			c := start(t, options(dir))
			if got := value(t, c, "select current_database()"); got != Database {
				t.Error(got)
			}
			if _, err := os.Stat(leftovers[0]); err == nil {
				t.Error("the leftover is still there")
			}
			if pids := processes(leftovers[0]); len(pids) > 0 {
				t.Errorf("an initdb is still at work: %v", pids)
			}
		})
	}
}

// TestKilledBeforeTheDatabase has a whole cluster without the database taawun.
func TestKilledBeforeTheDatabase(t *testing.T) {
	t.Parallel()
	o := options(made(t))
	c := start(t, o)
	admin := c.connect("postgres")
	if _, err := admin.Exec("drop database " + Database); err != nil {
		t.Fatal(err)
	}
	if err := admin.Close(); err != nil {
		t.Fatal(err)
	}
	stop(t, c)
	if got := value(t, start(t, o), "select current_database()"); got != Database {
		t.Error(got)
	}
}
