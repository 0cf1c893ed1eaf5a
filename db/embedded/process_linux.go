package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// seesBackends tells whether processes sees every process on a cluster.
const seesBackends = true

// capDACReadSearch is CAP_DAC_READ_SEARCH of capabilities(7): pass through folders and read files of others.
const capDACReadSearch = 2

// killWithParent makes the kernel send a signal to the child when the thread that started it dies.
func killWithParent(attr *syscall.SysProcAttr, s syscall.Signal) { attr.Pdeathsig = s }

// passFolders lets a program whose user is not root pass through folders that are closed to it, as root's own folder is. The
// right is in force only once a program has been executed, so a shell enters the folder and executes the real one.
func passFolders(cmd *exec.Cmd) {
	cmd.Args = append([]string{"sh", "-c", `cd "$0" && exec "$@"`, cmd.Dir, cmd.Path}, cmd.Args[1:]...)
	cmd.Path, cmd.Dir = "/bin/sh", "/"
	cmd.SysProcAttr.AmbientCaps = []uintptr{capDACReadSearch}
}

// processes lists the living PostgreSQL processes that work in a folder: postmaster and backends stay in their cluster's
// folder, initdb is started in its own. A zombie has no working directory any more.
func processes(folder string) []int {
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		where, err := os.Readlink(filepath.Join("/proc", e.Name(), "cwd"))
		if err != nil || where != folder && !strings.HasPrefix(where, folder+"/") {
			continue
		}
		program, err := os.Readlink(filepath.Join("/proc", e.Name(), "exe"))
		if err != nil {
			continue
		}
		switch filepath.Base(strings.TrimSuffix(program, " (deleted)")) {
		case "postgres", "initdb":
			pids = append(pids, pid)
		}
	}
	return pids
}
