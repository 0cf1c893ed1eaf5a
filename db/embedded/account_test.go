package embedded

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// owner is the uid of a file's owner.
func owner(t *testing.T, path string) uint32 {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return st.Sys().(*syscall.Stat_t).Uid
}

// TestOrdinaryUser runs everything as somebody who is not root, and then, if we are root, lets root take it over and give
// it back.
func TestOrdinaryUser(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	uid := uint32(os.Geteuid())
	unprivileged := func(*exec.Cmd) {}
	if uid == 0 {
		nobody, err := lookUp("nobody")
		if err != nil {
			t.Fatal(err)
		}
		uid = nobody.uid
		if err := nobody.own(dir); err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(tempDir(t), "helper")
		copyFor(t, os.Args[0], program) // the test binary is in a folder of root's
		installed, err := Locate(t.Context(), options(""))
		if err != nil {
			t.Fatal(err)
		}
		bin := installed.BinDir
		if nobody.closedFolder(bin) != "" { // and so may be PostgreSQL from npm
			native := filepath.Join(tempDir(t), "native")
			copyFor(t, filepath.Dir(bin), native)
			bin = filepath.Join(native, "bin")
		}
		unprivileged = func(cmd *exec.Cmd) {
			cmd.Path = program
			cmd.Env = append(cmd.Env, "TAAWUN_PG_BINDIR="+bin)
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: nobody.credential()}
		}
	}
	hold := func() {
		t.Helper()
		p := startHelper(t, "hold", filepath.Join(dir, "data"), unprivileged)
		p.await(t, "ready")
		if err := p.stdin.Close(); err != nil {
			t.Fatal(err)
		}
		if err := p.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	hold()
	if got := owner(t, filepath.Join(dir, "data", clusterFolder)); got != uid {
		t.Errorf("the cluster belongs to uid %d, want %d", got, uid)
	}
	c := start(t, options(filepath.Join(dir, "data")))
	run(t, c, "create table made_by_us (id int)")
	stop(t, c)
	if got := owner(t, filepath.Join(dir, "data", clusterFolder)); got != uid {
		t.Errorf("after us the cluster belongs to uid %d, want %d", got, uid)
	}
	hold()
}

// copyFor copies programs to where everybody can run them. Another process does it, because a file that a child of a
// parallel test still has open for writing cannot be executed.
func copyFor(t *testing.T, from, to string) {
	t.Helper()
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Chmod(to, 0o755); err != nil {
		t.Fatal(err)
	}
}

// TestClosedFolder has the data directory below a folder that only its owner may enter, as /root is.
func TestClosedFolder(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(dataDir(t), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	o := options(filepath.Join(closed, "data"))
	p := startHelper(t, "hold", o.Dir)
	p.await(t, "ready")
	if os.Geteuid() == 0 && owner(t, filepath.Join(o.Dir, clusterFolder)) == 0 {
		t.Error("PostgreSQL's folder belongs to root")
	}
	// Here too PostgreSQL ends by itself when the server is killed.
	kill9(t, p.Process.Pid)
	eventually(t, "end of the orphans", func() bool { return len(processes(filepath.Join(o.Dir, clusterFolder))) == 0 })
	if got := value(t, start(t, o), "select 1"); got != "1" {
		t.Error(got)
	}
}

func TestChooseAccount(t *testing.T) {
	t.Parallel()
	a, err := chooseAccount("", "/nonexistent")
	if err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() != 0 {
		if a.dropped || a.credential() != nil || a.uid != uint32(os.Geteuid()) {
			t.Errorf("an ordinary user became %+v", a)
		}
		return
	}
	if !a.dropped || a.uid == 0 {
		t.Errorf("root became %+v", a)
	}
	if a, err := chooseAccount("nobody", "/nonexistent"); err != nil || a.name != "nobody" {
		t.Errorf("setting nobody: %+v, %v", a, err)
	}
	for _, setting := range []string{"root", "no-such-user"} {
		if _, err := chooseAccount(setting, "/nonexistent"); err == nil || !strings.Contains(err.Error(), setting) {
			t.Errorf("setting %s: %v", setting, err)
		}
	}
}
