package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// stopOrphans ends what a killed process of ours has left running on the cluster, and waits for it: our lock proves that no
// living Taawun is its master. PostgreSQL's own lock files are touched only when nobody works on the cluster any more.
func (c *Cluster) stopOrphans(ctx context.Context) error {
	const (
		patience = 2 * time.Second // backends notice the death of their postmaster by themselves, unless they are busy
		limit    = time.Minute
	)
	asked := map[int]bool{}
	for began := time.Now(); ; {
		pids := processes(c.folder)
		if len(pids) == 0 && (c.sharedMemoryUsers() == 0 || time.Since(began) > limit) {
			break // PostgreSQL looks at the shared memory once more, and says what is wrong with it
		}
		postmaster, _ := c.pidFile()
		for _, pid := range pids {
			ask := syscall.SIGINT // postmaster: end in order
			if pid != postmaster {
				if slices.Contains(pids, postmaster) || time.Since(began) < patience {
					continue
				}
				ask = syscall.SIGQUIT // backend: end at once; what it acknowledged is in the write-ahead log
			}
			if asked[pid] {
				continue
			}
			asked[pid] = true
			c.log.Warn("ending a PostgreSQL process that an earlier run has left", "pid", pid, "folder", c.folder)
			if err := syscall.Kill(pid, ask); err != nil && !errors.Is(err, syscall.ESRCH) {
				return fmt.Errorf("PostgreSQL process %d of an earlier run: %w", pid, err)
			}
		}
		if time.Since(began) > limit {
			return fmt.Errorf("PostgreSQL processes of an earlier run do not end (pids %v); end them, then start again", pids)
		}
		if err := pause(ctx); err != nil {
			return fmt.Errorf("waiting for PostgreSQL processes of an earlier run (pids %v): %w", pids, err)
		}
	}
	return c.removeStalePidFiles()
}

// sharedMemoryUsers counts who still holds the shared memory that the lock file names. A process that is gone from the list can hold
// it a moment longer, while the kernel takes its memory apart; PostgreSQL would refuse to start.
func (c *Cluster) sharedMemoryUsers() int {
	lock, err := os.ReadFile(filepath.Join(c.folder, "postmaster.pid"))
	if err != nil {
		return 0
	}
	lines := strings.Split(string(lock), "\n")
	if len(lines) < sharedMemoryLine {
		return 0
	}
	segment := strings.Fields(lines[sharedMemoryLine-1]) // key and id
	if len(segment) != 2 {
		return 0
	}
	return attached(segment[1])
}

// sharedMemoryLine is the line of PostgreSQL's lock file with key and id of the shared memory.
const sharedMemoryLine = 7

// removeStalePidFiles removes the lock files of a postmaster that is gone when its pid is taken: by a stranger, as happens
// after a restart of a machine or container, or by its own remains that nobody has collected yet. PostgreSQL would take
// that for a postmaster and refuse to start. Every other stale file is left to PostgreSQL, which also checks for shared
// memory in use.
func (c *Cluster) removeStalePidFiles() error {
	pid, _ := c.pidFile()
	if !seesBackends || pid <= 0 || errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return nil
	}
	c.log.Warn("removing the lock file of a PostgreSQL that is gone but whose pid is taken", "pid", pid, "folder", c.folder)
	for _, path := range []string{c.socket, c.socket + ".lock", filepath.Join(c.folder, "postmaster.pid")} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("stale lock file: %w", err)
		}
	}
	return nil
}
