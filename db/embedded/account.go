package embedded

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the operating-system user that the server runs as.
type account struct {
	name     string
	uid, gid uint32
	dropped  bool // we are root and PostgreSQL is not
}

// chooseAccount picks the user for the server. PostgreSQL refuses to run as root, so root gives it to the user that is set,
// to the owner of the cluster that exists, to postgres, or to nobody; anybody else keeps it.
func chooseAccount(setting, cluster string) (account, error) {
	if os.Geteuid() != 0 {
		return account{name: "uid " + strconv.Itoa(os.Geteuid()), uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}, nil
	}
	if setting != "" {
		a, err := lookUp(setting)
		if err != nil {
			return account{}, fmt.Errorf("the user set for PostgreSQL (TAAWUN_PG_USER): %w", err)
		}
		return a, nil
	}
	if st, err := os.Stat(cluster); err == nil {
		if owner, ok := st.Sys().(*syscall.Stat_t); ok && owner.Uid != 0 {
			return account{name: "uid " + strconv.Itoa(int(owner.Uid)), uid: owner.Uid, gid: owner.Gid, dropped: true}, nil
		}
	}
	for _, name := range []string{"postgres", "nobody"} {
		if a, err := lookUp(name); err == nil {
			return a, nil
		}
	}
	return account{}, fmt.Errorf("running as root, PostgreSQL does not, and there is neither a user postgres nor nobody: name one (TAAWUN_PG_USER)")
}

// lookUp finds an unprivileged user by name.
func lookUp(name string) (account, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, fmt.Errorf("user %s: uid %q: %w", name, u.Uid, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return account{}, fmt.Errorf("user %s: gid %q: %w", name, u.Gid, err)
	}
	if uid == 0 {
		return account{}, fmt.Errorf("user %s is root, and PostgreSQL refuses to run as root", name)
	}
	return account{name: name, uid: uint32(uid), gid: uint32(gid), dropped: true}, nil
}

// own gives a file or folder to the account; it does nothing when the account is our own.
func (a account) own(path string) error {
	if !a.dropped {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// credential makes a child process run as the account, without the groups of root; nil when the account is our own.
func (a account) credential() *syscall.Credential {
	if !a.dropped {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid}
}

// closedFolder returns the first folder on the way to path that the account may not enter (such as /root), "" if it can
// reach it. Only permission bits are looked at.
func (a account) closedFolder(path string) string {
	if !a.dropped {
		return ""
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if st, err := os.Stat(dir); err == nil {
			enter := os.FileMode(0o001)
			if owner, ok := st.Sys().(*syscall.Stat_t); ok {
				switch {
				case owner.Uid == a.uid:
					enter = 0o100
				case owner.Gid == a.gid:
					enter = 0o010
				}
			}
			if st.Mode()&enter == 0 {
				return dir
			}
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
