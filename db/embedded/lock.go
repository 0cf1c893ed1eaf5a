package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// lockFile is the name of the lock in the data directory.
const lockFile = "taawun.lock"

// ErrNotRunning is what Attach returns when no process runs the data directory's cluster.
var ErrNotRunning = errors.New("no private PostgreSQL is running")

// InUseError says that another process runs the cluster of a data directory.
type InUseError struct {
	Dir string
	PID int // of that process; 0 if it has not said it yet
}

func (e *InUseError) Error() string {
	return fmt.Sprintf("the data directory %s is in use by another taawun process (pid %d); stop it first, or choose another directory", e.Dir, e.PID)
}

// Open uses the cluster that another process runs on the data directory, or else starts it: what a command needs that
// works beside a server as well as without one.
func Open(ctx context.Context, o Options) (*Cluster, error) {
	for {
		c, err := Attach(ctx, o.Dir)
		if !errors.Is(err, ErrNotRunning) {
			return c, err
		}
		c, err = Start(ctx, o)
		if inUse := (*InUseError)(nil); !errors.As(err, &inUse) {
			return c, err
		}
		// Somebody was faster: attach to theirs.
		if err := pause(ctx); err != nil {
			return nil, fmt.Errorf("waiting for the private PostgreSQL in %s: %w", o.Dir, err)
		}
	}
}

// Attach uses the cluster that another process runs on the data directory, and waits while that process is still starting
// it. The error wraps ErrNotRunning when there is none.
func Attach(ctx context.Context, dir string) (*Cluster, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	const mostDials = 500 // five seconds: a process that is ending has a socket that does not answer, but not for long
	for dials := 0; ; {
		running, err := locked(dir)
		if err != nil {
			return nil, err
		}
		if !running {
			return nil, fmt.Errorf("%w in %s", ErrNotRunning, dir)
		}
		if _, socket := published(dir); socket != "" {
			err := answers(ctx, socket)
			if err == nil {
				return &Cluster{dir: dir, folder: filepath.Join(dir, clusterFolder), socket: socket}, nil
			}
			if dials++; dials == mostDials {
				return nil, fmt.Errorf("the private PostgreSQL of another process in %s: %w", dir, err)
			}
		}
		if err := pause(ctx); err != nil {
			return nil, fmt.Errorf("waiting for another process to start the private PostgreSQL in %s: %w", dir, err)
		}
	}
}

// answers tells by nil that somebody listens on a socket.
func answers(ctx context.Context, socket string) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
	if err != nil {
		return err
	}
	return conn.Close()
}

// unusable says that we may not use a data directory, and what to do about it.
func unusable(dir string, err error) error {
	return fmt.Errorf("the data directory %s cannot be used: %w; make it a folder that this user may write to, or choose another one", dir, err)
}

// acquire takes the lock of a data directory and writes our pid into it. The lock ends with this process, however it ends;
// PostgreSQL does not inherit it.
func acquire(ctx context.Context, dir string, owner account) (*os.File, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, unusable(dir, err)
	}
	fail := func(err error) (*os.File, error) { return nil, errors.Join(err, f.Close()) }
	// Attach of another process holds the lock for an instant to see whether it is free, so one refusal proves nothing.
	for attempt := 0; ; attempt++ {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return fail(fmt.Errorf("locking the data directory: %w", err))
		}
		if attempt == 20 {
			pid, _ := published(dir)
			return fail(&InUseError{Dir: dir, PID: pid})
		}
		if err := pause(ctx); err != nil {
			return fail(fmt.Errorf("locking the data directory: %w", err))
		}
	}
	if err := f.Truncate(0); err != nil {
		return fail(fmt.Errorf("locking the data directory: %w", err))
	}
	if _, err := fmt.Fprintf(f, "%d\n", os.Getpid()); err != nil {
		return fail(fmt.Errorf("locking the data directory: %w", err))
	}
	if err := owner.own(path); err != nil {
		return fail(fmt.Errorf("locking the data directory: %w", err))
	}
	return f, nil
}

// publish adds the socket to a lock that we hold: from then on other processes may attach.
func publish(lock *os.File, socket string) error {
	if _, err := lock.WriteString(socket + "\n"); err != nil {
		return fmt.Errorf("writing the socket into the lock file: %w", err)
	}
	return nil
}

// locked tells whether some process holds the lock of a data directory.
func locked(dir string) (bool, error) {
	f, err := os.Open(filepath.Join(dir, lockFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, fmt.Errorf("data directory: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if closeErr := f.Close(); err == nil && closeErr != nil { // closing frees the lock that we may have got
		return false, fmt.Errorf("data directory: %w", closeErr)
	}
	if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
		return false, fmt.Errorf("data directory: %w", err)
	}
	return err != nil, nil
}

// published reads the pid and the socket from a lock file; zero values for what is not (completely) there yet.
func published(dir string) (pid int, socket string) {
	text, err := os.ReadFile(filepath.Join(dir, lockFile))
	if err != nil {
		return 0, ""
	}
	lines := strings.SplitAfter(string(text), "\n")
	if strings.HasSuffix(lines[0], "\n") {
		// A file that somebody else wrote into has no pid to tell.
		pid, _ = strconv.Atoi(strings.TrimSpace(lines[0]))
	}
	if len(lines) > 1 && strings.HasSuffix(lines[1], "\n") {
		socket = strings.TrimSpace(lines[1])
	}
	return pid, socket
}
