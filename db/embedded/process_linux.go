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

// killWithParent makes the kernel send a signal to the child when the thread that started it dies.
func killWithParent(cmd *exec.Cmd, s syscall.Signal) { cmd.SysProcAttr.Pdeathsig = s }

// passFolders lets a program that runs as another user than root pass through folders that are closed to that user, as
// root's own folder is: it keeps the capability to pass and to read, and nothing else. PostgreSQL looks at its programs by
// access(2), which takes capabilities into account only with no_setuid_fixup, hence setpriv of util-linux instead of Go's
// own means. A change of user takes back the signal on the parent's death, so setpriv has to ask for it anew.
func passFolders(cmd *exec.Cmd, a account) {
	setpriv, err := exec.LookPath("setpriv")
	if err != nil {
		cmd.Err = err
		return
	}
	cmd.Args = append([]string{setpriv, "--reuid", strconv.Itoa(int(a.uid)), "--regid", strconv.Itoa(int(a.gid)), "--clear-groups",
		"--inh-caps", "-all,+dac_read_search", "--ambient-caps", "-all,+dac_read_search", "--securebits", "+no_setuid_fixup",
		"--pdeathsig", map[syscall.Signal]string{syscall.SIGINT: "INT", syscall.SIGKILL: "KILL"}[cmd.SysProcAttr.Pdeathsig], "--", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = setpriv
	cmd.SysProcAttr.Credential = nil
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

// attached counts the processes that hold a segment of System V shared memory; 0 if there is none of this id.
func attached(id string) int {
	table, err := os.ReadFile("/proc/sysvipc/shm")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(table)) {
		columns := strings.Fields(line) // key shmid perms size cpid lpid nattch …
		if len(columns) > 6 && columns[1] == id {
			users, _ := strconv.Atoi(columns[6])
			return users
		}
	}
	return 0
}
