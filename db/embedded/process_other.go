//go:build !linux

package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// seesBackends tells whether processes sees every process on a cluster. Here it sees the postmaster only, and PostgreSQL's
// own check for shared memory in use guards against backends without one.
const seesBackends = false

// killWithParent does nothing: this system has no signal on a parent's death. The next start ends what was left.
func killWithParent(*exec.Cmd, syscall.Signal) {}

// passFolders does nothing: this system has no capabilities, so starting the program says what is closed.
func passFolders(*exec.Cmd, account) {}

// processes lists the living postmaster of a cluster's folder, if there is one.
func processes(folder string) []int {
	text, err := os.ReadFile(filepath.Join(folder, "postmaster.pid"))
	if err != nil {
		return nil
	}
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(string(text), "\n", 2)[0]))
	if err != nil || pid <= 0 {
		return nil
	}
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil || !strings.Contains(string(out), "postgres -D "+folder+" ") {
		return nil
	}
	return []int{pid}
}

// attached counts nobody: PostgreSQL's own check stands alone here.
func attached(string) int { return 0 }
