package embedded

import (
	"bufio"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// helperVariable makes the test binary a process of its own that starts a cluster, to be killed by a test.
const helperVariable = "TAAWUN_EMBEDDED_HELPER"

func TestMain(m *testing.M) {
	if os.Getenv(helperVariable) == "" {
		code := m.Run()
		if err := os.RemoveAll(stockDir()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		os.Exit(code)
	}
	if err := helper(context.Background(), os.Args[1], options(os.Args[2])); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

// helper is the body of a helper process: "write" writes until the cluster ends, restarts it and checks what was
// acknowledged; "hold" runs the cluster until standard input ends.
func helper(ctx context.Context, work string, o Options) error {
	c, err := Start(ctx, o)
	if err != nil {
		return err
	}
	switch work {
	case "hold":
		fmt.Println("ready")
		if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
			return err
		}
		return c.Stop(ctx)
	case "write":
		db := open(c)
		if _, err := db.ExecContext(ctx, "create table if not exists written (id bigint primary key)"); err != nil {
			return err
		}
		fmt.Println("ready")
		acknowledged := write(ctx, db)
		if err := errors.Join(<-c.Exited(), db.Close()); err == nil {
			return errors.New("PostgreSQL ended and said nothing")
		}
		if c, err = Start(ctx, o); err != nil {
			return err
		}
		db = open(c)
		defer db.Close()
		for _, id := range acknowledged {
			var there bool
			if err := db.QueryRowContext(ctx, "select exists (select from written where id = $1)", id).Scan(&there); err != nil || !there {
				return fmt.Errorf("row %d was acknowledged: %t, %v", id, there, err)
			}
		}
		fmt.Println("restarted")
		return c.Stop(ctx)
	}
	return fmt.Errorf("unknown work %q", work)
}

// write inserts rows from four connections until the database is gone, prints "ack ID" after each commit, and returns
// what was acknowledged.
func write(ctx context.Context, db *sql.DB) (acknowledged []int) {
	var (
		mu      sync.Mutex
		writers sync.WaitGroup
	)
	for w := range 4 {
		writers.Go(func() {
			for id := w; ; id += 4 {
				if _, err := db.ExecContext(ctx, "insert into written values ($1)", id); err != nil {
					return
				}
				mu.Lock()
				fmt.Println("ack", id)
				acknowledged = append(acknowledged, id)
				mu.Unlock()
			}
		})
	}
	writers.Wait()
	return acknowledged
}

// process is a running helper.
type process struct {
	*exec.Cmd
	stdin io.WriteCloser
	lines *bufio.Scanner
}

// startHelper runs a helper process on a data directory; change may alter the command before.
func startHelper(t *testing.T, work, dir string, change ...func(*exec.Cmd)) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], work, dir)
	cmd.Env = append(os.Environ(), helperVariable+"=1")
	cmd.Stderr = t.Output()
	for _, f := range change {
		f(cmd)
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			if err := cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
			cmd.Wait()
		}
	})
	return &process{Cmd: cmd, stdin: stdin, lines: bufio.NewScanner(stdout)}
}

// await reads the helper's output up to a line.
func (p *process) await(t *testing.T, line string) {
	t.Helper()
	for p.lines.Scan() {
		if p.lines.Text() == line {
			return
		}
		if strings.HasPrefix(p.lines.Text(), "error ") {
			break
		}
	}
	t.Fatalf("helper said %q, want %q", p.lines.Text(), line)
}

// tempDir is a folder that a PostgreSQL user other than root can pass through, unlike t.TempDir.
func tempDir(t *testing.T) string {
	t.Helper()
	return folderIn(t, "")
}

// dataDir is a tempDir in memory where there is such a place: most of the time of these tests is the making of thousands of
// files, and a process that is killed loses no more there than on a disk.
func dataDir(t *testing.T) string {
	t.Helper()
	return folderIn(t, fastFolder())
}

// fastFolder is where data directories of tests go, "" for the usual temporary folder.
func fastFolder() string {
	const plenty = 2 << 30
	var space syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &space); err == nil && uint64(space.Bavail)*uint64(space.Bsize) > plenty {
		return "/dev/shm"
	}
	return ""
}

func folderIn(t *testing.T, base string) string {
	t.Helper()
	dir, err := os.MkdirTemp(base, "taawun-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// stockDir is where this process keeps the cluster that made copies.
func stockDir() string {
	return filepath.Join(cmp.Or(fastFolder(), os.TempDir()), "taawun-embedded-stock-"+strconv.Itoa(os.Getpid()))
}

// stock makes a cluster and stops it; initdb is the slowest part of most tests, and not what they are about.
var stock = sync.OnceValue(func() error {
	if err := os.Mkdir(stockDir(), 0o711); err != nil {
		return err
	}
	c, err := Start(context.Background(), options(stockDir()))
	if err != nil {
		return err
	}
	return c.Stop(context.Background())
})

// made is a data directory with a cluster that was made, and stopped in order.
func made(t *testing.T) string {
	t.Helper()
	if err := stock(); err != nil {
		t.Fatal(err)
	}
	dir := dataDir(t)
	if out, err := exec.Command("cp", "-a", filepath.Join(stockDir(), clusterFolder), dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// options are the ones for tests on the PostgreSQL of this machine.
func options(dir string) Options {
	return Options{Dir: dir, BinDir: os.Getenv("TAAWUN_PG_BINDIR"), NPM: cmp.Or(os.Getenv("TAAWUN_PG_NPM"), "npm")}
}

// start starts a cluster that is stopped at the end of the test.
func start(t *testing.T, o Options) *Cluster {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	c, err := Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, c) })
	return c
}

// stop stops a cluster; one that has ended already is fine.
func stop(t *testing.T, c *Cluster) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := c.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// open opens the database of a cluster.
func open(c *Cluster) *sql.DB {
	return sql.OpenDB(pgdriver.NewConnector(pgdriver.WithNetwork("unix"), pgdriver.WithAddr(c.Socket()), pgdriver.WithInsecure(true),
		pgdriver.WithUser(User), pgdriver.WithDatabase(Database)))
}

// run executes statements on a cluster.
func run(t *testing.T, c *Cluster, statements ...string) {
	t.Helper()
	db := open(c)
	defer db.Close()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// value reads one value as text.
func value(t *testing.T, c *Cluster, query string) string {
	t.Helper()
	db := open(c)
	defer db.Close()
	var v string
	if err := db.QueryRowContext(t.Context(), query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// eventually waits for something that other processes do; a minute without it is a failure.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within a minute", what)
		}
	}
}

// postmaster is the pid in the cluster's own pid file.
func postmaster(t *testing.T, dir string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, clusterFolder, "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// kill9 kills processes and does not ask.
func kill9(t *testing.T, pids ...int) {
	t.Helper()
	for _, pid := range pids {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
	}
}
