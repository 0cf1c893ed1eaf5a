package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
		lock := c.readLock()
		// A process that is gone from the list can hold the shared memory a moment longer, while the kernel takes its memory apart;
		// PostgreSQL would refuse to start. After the limit it says itself what is wrong.
		if len(pids) == 0 && (attached(lock.sharedMemory) == 0 || time.Since(began) > limit) {
			break
		}
		for _, pid := range pids {
			ask := syscall.SIGINT // postmaster: end in order
			if pid != lock.pid {
				if slices.Contains(pids, lock.pid) || time.Since(began) < patience {
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

// removeStalePidFiles removes the lock files of a postmaster that is gone when its pid is taken: by a stranger, as happens
// after a restart of a machine or container, or by its own remains that nobody has collected yet. PostgreSQL would take
// that for a postmaster and refuse to start. Every other stale file is left to PostgreSQL, which also checks for shared
// memory in use.
func (c *Cluster) removeStalePidFiles() error {
	pid := c.readLock().pid
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
