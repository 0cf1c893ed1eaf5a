package embedded

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// socketName is what PostgreSQL calls the socket of its default port.
const socketName = ".s.PGSQL.5432"

// longestSocket is what fits into a socket address on every system (104 bytes on macOS, 108 on Linux, one of them the end).
const longestSocket = 103

// settings are for a small server that PostgreSQL shares with Taawun: about 2 GB of memory, a solid-state disk.
func settings(throwaway bool) map[string]string {
	s := map[string]string{
		"listen_addresses":        "",
		"port":                    "5432",
		"unix_socket_permissions": "0700",
		"logging_collector":       "off",
		"log_destination":         "stderr",
		"log_timezone":            "UTC",
		"timezone":                "UTC",
		"log_checkpoints":         "off",
		"log_min_error_statement": "panic", // statements hold people's data, and Taawun logs its own failures
		"fsync":                   "on",
		"full_page_writes":        "on",
		"max_connections":         "100",
		"shared_buffers":          "256MB",
		"effective_cache_size":    "1GB",
		"work_mem":                "16MB",
		"maintenance_work_mem":    "128MB",
		"max_wal_size":            "2GB",
		"random_page_cost":        "1.1",
		"jit":                     "off", // deep statements look costly and are not: compiling them takes longer than they do
	}
	if throwaway {
		maps.Copy(s, map[string]string{
			"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "wal_level": "minimal", "max_wal_senders": "0",
			"max_wal_size": "512MB", "autovacuum": "off", "max_connections": "400", "shared_buffers": "128MB",
		})
	}
	return s
}

// environment is what PostgreSQL's programs get to see: nothing of PGDATA, PGHOST and the like.
func environment() []string {
	env := []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	if libraries, ok := os.LookupEnv("LD_LIBRARY_PATH"); ok {
		env = append(env, "LD_LIBRARY_PATH="+libraries)
	}
	return env
}

// command prepares one of PostgreSQL's programs: as the server's account, in a folder of the cluster (by which its process
// is recognised later), and in a process group of its own, so that ^C in a terminal reaches Taawun alone, which stops it
// in order. When we die it gets the signal orphaned.
func (c *Cluster) command(ctx context.Context, orphaned syscall.Signal, folder, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(c.install.BinDir, program), args...)
	cmd.Dir = folder
	cmd.Env = environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.account.credential(), Setpgid: true}
	killWithParent(cmd, orphaned)
	if c.closed != "" {
		passFolders(cmd, c.account)
	}
	return cmd
}

// findClosedFolder looks for a folder on the way to the programs or the cluster that PostgreSQL's user may not enter.
func (c *Cluster) findClosedFolder() {
	for _, path := range []string{filepath.Join(c.install.BinDir, "postgres"), c.folder} {
		if c.closed = c.account.closedFolder(path); c.closed != "" {
			c.log.Warn("PostgreSQL's user may not enter a folder on its way and gets the right to read every file; "+
				"running Taawun as an ordinary user, or a data directory elsewhere, avoids it", "user", c.account.name, "folder", c.closed)
			return
		}
	}
}

// explain adds to an error of starting a program what most likely caused it.
func (c *Cluster) explain(err error) error {
	if err != nil && c.closed != "" {
		return fmt.Errorf("%w (user %s may not enter %s: run Taawun as an ordinary user, or choose a data directory elsewhere)", err, c.account.name, c.closed)
	}
	return err
}

// runBound runs a command to its end on a thread that lives as long, because a signal on a parent's death is sent when the
// parent's *thread* dies.
func runBound(cmd *exec.Cmd) (output []byte, err error) {
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(done)
		output, err = cmd.CombinedOutput()
	}()
	<-done
	return output, err
}

// makeSocketFolder makes the folder that only PostgreSQL's user can enter; who can connect is decided by that alone.
func (c *Cluster) makeSocketFolder() error {
	folder := filepath.Join(c.dir, "socket")
	if len(filepath.Join(folder, socketName)) > longestSocket {
		// The same name at every start, so that nothing piles up in the temporary folder.
		sum := sha256.Sum256([]byte(c.dir))
		folder = filepath.Join(os.TempDir(), "taawun-"+hex.EncodeToString(sum[:8]))
	}
	c.socket = filepath.Join(folder, socketName)
	if len(c.socket) > longestSocket {
		return fmt.Errorf("no folder with a path short enough for a socket: neither %s nor %s", c.dir, os.TempDir())
	}
	if err := os.Mkdir(folder, 0o700); err == nil {
		if err := c.account.own(folder); err != nil {
			return fmt.Errorf("socket folder: %w", err)
		}
		return nil
	}
	st, err := os.Lstat(folder)
	if err != nil {
		return fmt.Errorf("socket folder: %w", err)
	}
	owner, ok := st.Sys().(*syscall.Stat_t)
	if !st.IsDir() || !ok || owner.Uid != c.account.uid || st.Mode().Perm() != 0o700 {
		return fmt.Errorf("socket folder %s: not a folder with mode 0700 that belongs to %s", folder, c.account.name)
	}
	return nil
}

// run starts the postmaster and waits until it takes connections.
func (c *Cluster) run(ctx context.Context) error {
	values := settings(c.options.Throwaway)
	// A list, in which quotes keep the commas and spaces of a path.
	values["unix_socket_directories"] = `"` + strings.ReplaceAll(filepath.Dir(c.socket), `"`, `""`) + `"`
	maps.Copy(values, c.options.Settings)
	args := []string{"-D", c.folder}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		args = append(args, "-c", name+"="+values[name])
	}
	logFile, err := c.openLog()
	if err != nil {
		return err
	}
	// Not bound to the context, which bounds the start only.
	cmd := c.command(context.WithoutCancel(ctx), syscall.SIGINT, c.folder, "postgres", args...)
	cmd.Stdout, cmd.Stderr = logFile, logFile
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: see runBound
		err := cmd.Start()
		if err == nil {
			c.cmd = cmd
		}
		started <- err
		if err == nil {
			c.watch()
		}
	}()
	err = <-started
	if closeErr := logFile.Close(); closeErr != nil {
		c.log.Warn("closing PostgreSQL's log", "error", closeErr)
	}
	if err != nil {
		return fmt.Errorf("starting %s as %s: %w", cmd.Path, c.account.name, c.explain(err))
	}
	return c.awaitReady(ctx)
}

// openLog opens the log for one more run and sets a big one aside.
func (c *Cluster) openLog() (*os.File, error) {
	const big = 16 << 20
	if st, err := os.Stat(c.logPath()); err == nil && st.Size() > big {
		if err := os.Rename(c.logPath(), c.logPath()+".old"); err != nil {
			return nil, fmt.Errorf("PostgreSQL's log: %w", err)
		}
	}
	f, err := os.OpenFile(c.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL's log: %w", err)
	}
	st, err := f.Stat()
	if err == nil {
		err = c.account.own(c.logPath())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("PostgreSQL's log: %w", err), f.Close())
	}
	c.logStart = st.Size()
	return f, nil
}

// awaitReady waits until the postmaster writes into its pid file that it takes connections, however long a recovery from a
// crash needs.
func (c *Cluster) awaitReady(ctx context.Context) error {
	for {
		if lock := c.readLock(); lock.pid == c.cmd.Process.Pid && lock.status == "ready" {
			if err := answers(ctx, c.socket); err != nil {
				return fmt.Errorf("PostgreSQL's socket: %w", err)
			}
			return nil
		}
		select {
		case <-c.finished:
			if c.exit != nil {
				return c.exit
			}
			return errors.New("PostgreSQL ended while it was starting")
		default:
		}
		if err := pause(ctx); err != nil {
			return fmt.Errorf("PostgreSQL is not ready yet: %w%s", err, c.logTail())
		}
	}
}

// postmasterLock is what the postmaster says of itself in the file that it keeps in the cluster.
type postmasterLock struct {
	pid          int
	sharedMemory string // id of the segment
	status       string
}

// readLock reads the postmaster's lock file; zero values without one.
func (c *Cluster) readLock() (lock postmasterLock) {
	text, err := os.ReadFile(filepath.Join(c.folder, "postmaster.pid"))
	if err != nil {
		return postmasterLock{}
	}
	lines := strings.Split(string(text), "\n")
	if lock.pid, err = strconv.Atoi(strings.TrimSpace(lines[0])); err != nil {
		return postmasterLock{}
	}
	if len(lines) > 6 {
		if segment := strings.Fields(lines[6]); len(segment) == 2 { // key and id
			lock.sharedMemory = segment[1]
		}
	}
	if len(lines) > 7 {
		lock.status = strings.TrimSpace(lines[7])
	}
	return lock
}
