// Package embedded runs the private PostgreSQL that Taawun starts when no DATABASE_URL is given: one cluster per data
// directory, reached only through a Unix socket that nobody but its owner can open. It uses the PostgreSQL programs that
// the machine has, or those of an npm package; it never changes the major version of a cluster, never initialises over
// anything, and whatever is killed when, acknowledged writes are there at the next start.
//
// A data directory holds
//
//	taawun.lock    who runs the cluster: the process's pid and, once ready, the socket; locked while that process lives
//	postgres/      the cluster
//	postgres.log   what PostgreSQL said (postgres.log.old: before that)
//	socket/        the socket (in the temporary folder when its path would be too long for a socket)
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// User is the superuser of a private cluster, who needs no password on its socket.
const User = "taawun"

// Database is the database that the first start creates.
const Database = "taawun"

// clusterFolder is the cluster's name in the data directory.
const clusterFolder = "postgres"

// Options say where a cluster lives and which programs run it. Only Dir is required.
type Options struct {
	// Dir is the data directory; it is made when it does not exist.
	Dir string
	// BinDir is the folder with PostgreSQL's programs (TAAWUN_PG_BINDIR). Empty: Locate searches the machine.
	BinDir string
	// NPM is the folder in which `npm ci` installed PostgreSQL's package (TAAWUN_PG_NPM). Empty: db/embedded/npm, seen from
	// the working directory, the executable and the data directory's parent.
	NPM string
	// User is the operating-system user for the server when we are root (TAAWUN_PG_USER). Empty: the owner of the cluster,
	// postgres, or nobody. It means nothing for an ordinary user.
	User string
	// Settings are PostgreSQL settings (name → value) that win over those of this package and of postgresql.conf.
	Settings map[string]string
	// Throwaway gives up every protection against a crash of the machine for speed: for test databases only.
	Throwaway bool
	// Logger gets the rare events worth telling: a new cluster, leftovers of a crash. Nil: slog.Default.
	Logger *slog.Logger

	places *places // nil: the machine's
}

// Cluster is a running private PostgreSQL: one that this process started, or one of another process (see Attach).
type Cluster struct {
	dir      string // absolute data directory
	folder   string // dir/postgres
	socket   string
	install  Installation
	account  account
	closed   string // a folder on its way that the account may not enter
	options  Options
	log      *slog.Logger
	lock     *os.File
	cmd      *exec.Cmd     // nil when another process runs the cluster
	finished chan struct{} // closed once PostgreSQL has ended
	exited   chan error    // its end, for Exited
	exit     error         // its end, valid after finished
	ending   atomic.Int32  // what we asked of it, see the constants
	logStart int64         // where this run begins in the log
}

// What this process has asked PostgreSQL to do, which tells an end that was wanted from one that was not.
const (
	keepRunning = iota
	endInOrder
	endAtOnce
)

// Start runs the cluster of a data directory and returns once it takes connections; a new directory gets a new cluster
// with the database taawun. It returns an *InUseError when another process runs it already, and an error that wraps
// ErrNoPostgres, with the directory untouched, when no programs fit the cluster's version. Leftovers of killed processes
// are waited for and cleaned up. The context bounds the start only; a crash recovery may need its time.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	dir, err := filepath.Abs(o.Dir)
	if err != nil || o.Dir == "" {
		return nil, fmt.Errorf("data directory %q: not a usable path", o.Dir)
	}
	c := &Cluster{dir: dir, folder: filepath.Join(dir, clusterFolder), options: o, log: o.Logger,
		finished: make(chan struct{}), exited: make(chan error, 1)}
	if c.log == nil {
		c.log = slog.Default()
	}
	if c.account, err = chooseAccount(o.User, c.folder); err != nil {
		return nil, err
	}
	if err := c.makeDir(); err != nil {
		return nil, err
	}
	if c.lock, err = acquire(ctx, dir, c.account); err != nil {
		return nil, err
	}
	if err := c.start(ctx); err != nil {
		err = fmt.Errorf("private PostgreSQL in %s: %w", dir, err)
		if c.cmd != nil {
			return nil, errors.Join(err, c.kill())
		}
		return nil, errors.Join(err, c.lock.Close())
	}
	return c, nil
}

// makeDir makes the data directory. PostgreSQL's user must be able to pass through it when it is not our own.
func (c *Cluster) makeDir() error {
	if _, err := os.Stat(c.dir); err == nil {
		return nil
	}
	mode := os.FileMode(0o700)
	if c.account.dropped {
		mode = 0o711
	}
	if err := os.MkdirAll(c.dir, mode); err != nil {
		return unusable(c.dir, err)
	}
	return nil
}

// start does what Start does under the lock.
func (c *Cluster) start(ctx context.Context) error {
	major, exists, err := clusterVersion(c.folder)
	if err != nil {
		return err
	}
	if c.install, err = c.options.locate(ctx, major); err != nil {
		return err
	}
	c.findClosedFolder()
	if err := c.removeUnfinished(ctx); err != nil {
		return err
	}
	if !exists {
		if err := c.initialise(ctx); err != nil {
			return err
		}
	}
	if err := c.makeSocketFolder(); err != nil {
		return err
	}
	if err := c.stopOrphans(ctx); err != nil {
		return err
	}
	if err := c.run(ctx); err != nil {
		return err
	}
	if err := c.prepareDatabase(ctx); err != nil {
		return err
	}
	return publish(c.lock, c.socket)
}

// Socket is the path of the Unix socket, as pgdriver takes it (WithNetwork("unix"), WithAddr).
func (c *Cluster) Socket() string { return c.socket }

// Installation tells which programs run the cluster; it is empty for a cluster of another process.
func (c *Cluster) Installation() Installation { return c.install }

// Attached tells whether the cluster belongs to another process: then Stop leaves it alone and Exited never reports.
func (c *Cluster) Attached() bool { return c.cmd == nil }

// Exited delivers one value when PostgreSQL ends, nil after Stop and else the reason. By then the data directory is free,
// and Start may be called for it again.
func (c *Cluster) Exited() <-chan error { return c.exited }

// Stop ends PostgreSQL in order: connections are cut, a checkpoint is written. When the context ends first, PostgreSQL is
// made to end at once, which loses nothing but lets the next start recover, and the context's error is returned.
func (c *Cluster) Stop(ctx context.Context) error {
	if c.Attached() {
		return nil
	}
	select {
	case <-c.finished:
		return nil // Exited has told why
	default:
	}
	if err := c.end(endInOrder, syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-c.finished:
		return c.exit
	case <-ctx.Done():
		return errors.Join(fmt.Errorf("stopping the private PostgreSQL in order: %w", ctx.Err()), c.kill())
	}
}

// kill ends PostgreSQL at once and waits for it.
func (c *Cluster) kill() error {
	if err := c.end(endAtOnce, syscall.SIGQUIT); err != nil {
		return err
	}
	<-c.finished
	return nil
}

// end sends the postmaster the signal that asks for an end; a postmaster that has ended already is no error.
func (c *Cluster) end(how int32, s syscall.Signal) error {
	c.ending.Store(how)
	if err := c.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stopping PostgreSQL (pid %d): %w", c.cmd.Process.Pid, err)
	}
	return nil
}

// watch waits for the postmaster's end, frees the data directory and reports.
func (c *Cluster) watch() {
	err := c.cmd.Wait()
	switch how := c.ending.Load(); {
	case err != nil && how != endAtOnce:
		c.exit = fmt.Errorf("PostgreSQL ended: %w%s", err, c.logTail())
	case err == nil && how == keepRunning:
		c.exit = errors.New("PostgreSQL was stopped by somebody else")
	}
	if err := c.lock.Close(); err != nil {
		c.log.Error("freeing the data directory", "error", err)
	}
	c.exited <- c.exit
	close(c.exited)
	close(c.finished)
}

// logTail is the end of what this run wrote to PostgreSQL's log, to stand below an error.
func (c *Cluster) logTail() string {
	const most = 2000
	text, err := os.ReadFile(c.logPath())
	if err != nil || int64(len(text)) <= c.logStart {
		return ""
	}
	if text = text[c.logStart:]; len(text) > most {
		text = text[len(text)-most:]
	}
	return "\n" + strings.TrimSpace(string(text))
}

func (c *Cluster) logPath() string { return filepath.Join(c.dir, "postgres.log") }

// pause waits a moment for another process, or returns the context's error.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(10 * time.Millisecond):
		return nil
	}
}
