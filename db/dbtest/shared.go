package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"taawun/db/embedded"
)

const (
	// folderVariable tells New where the cluster is that Main has joined.
	folderVariable = "TAAWUN_DBTEST"
	// keeperVariable makes the test binary the process that runs the cluster of a folder.
	keeperVariable = "TAAWUN_DBTEST_KEEPER"
	// linger is how long the cluster outlives its last user: `go test` starts one package after another.
	linger = 5 * time.Second
)

// Main runs the tests of a package with the shared cluster and exits with their code. Without a PostgreSQL it says on
// standard error what to do, and fails.
func Main(m *testing.M) {
	ctx := context.Background()
	if folder := os.Getenv(keeperVariable); folder != "" {
		if err := keep(ctx, folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	joined, err := join(ctx)
	if err != nil {
		fmt.Fprintln(os.Stderr, "dbtest: no database to test with:", err)
		os.Exit(1)
	}
	code := m.Run()
	if err := joined.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "dbtest: leaving the shared cluster:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// joined is the cluster that Main has joined.
func joined(ctx context.Context) (cluster, error) {
	folder := os.Getenv(folderVariable)
	if folder == "" {
		return cluster{}, errors.New("no shared cluster: the package needs `func TestMain(m *testing.M) { dbtest.Main(m) }`")
	}
	c, err := embedded.Attach(ctx, dataFolder(folder))
	if err != nil {
		return cluster{}, fmt.Errorf("shared cluster: %w", err)
	}
	return cluster{c.Socket()}, nil
}

// join makes this process a user of the shared cluster, starting it if need be. The cluster stays at least until the file
// that it returns is closed.
func join(ctx context.Context) (users *os.File, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	folder, err := sharedFolder()
	if err != nil {
		return nil, err
	}
	start, err := lock(folder, "start.lock", syscall.LOCK_EX)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, start.Close()) }()
	if users, err = lock(folder, "users.lock", syscall.LOCK_SH); err != nil {
		return nil, err
	}
	_, err = embedded.Attach(ctx, dataFolder(folder))
	if errors.Is(err, embedded.ErrNotRunning) {
		err = startKeeper(ctx, folder)
	}
	if err == nil {
		err = os.Setenv(folderVariable, folder)
	}
	if err != nil {
		return nil, errors.Join(err, users.Close())
	}
	return users, nil
}

// startKeeper starts the process that runs the cluster: this program once more, in a session of its own, because any test
// process may end before the others. It returns when the cluster takes connections.
func startKeeper(ctx context.Context, folder string) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("shared cluster: %w", err)
	}
	npm, err := npmFolder()
	if err != nil {
		return err
	}
	logPath := filepath.Join(folder, "keeper.log")
	log, err := os.Create(logPath)
	if err != nil {
		return fmt.Errorf("shared cluster: %w", err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), keeperVariable+"="+folder, "TAAWUN_PG_NPM="+npm)
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = log, log // not ours: `go test` waits until nobody holds them
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	err = cmd.Start()
	if err = errors.Join(err, log.Close()); err != nil {
		return fmt.Errorf("shared cluster: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		_, err := embedded.Attach(ctx, dataFolder(folder))
		if !errors.Is(err, embedded.ErrNotRunning) {
			return err
		}
		select {
		case err := <-ended:
			text, readErr := os.ReadFile(logPath)
			return errors.Join(fmt.Errorf("shared cluster: %w: %s", err, strings.TrimSpace(string(text))), readErr)
		case <-ctx.Done():
			return fmt.Errorf("shared cluster: %w", ctx.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// keep runs the shared cluster until it has had no user for a while, and leaves nothing of it.
func keep(ctx context.Context, folder string) error {
	o := embedded.Options{
		Dir:       dataFolder(folder),
		BinDir:    os.Getenv("TAAWUN_PG_BINDIR"),
		NPM:       os.Getenv("TAAWUN_PG_NPM"),
		User:      os.Getenv("TAAWUN_PG_USER"),
		Throwaway: true,
	}
	c, err := embedded.Start(ctx, o)
	if err != nil {
		// What a killed keeper or an older PostgreSQL has left is of no use to anybody.
		if removeErr := os.RemoveAll(o.Dir); removeErr != nil {
			return errors.Join(err, removeErr)
		}
		if c, err = embedded.Start(ctx, o); err != nil {
			return err
		}
	}
	for {
		idle, err := lock(folder, "users.lock", syscall.LOCK_EX) // waits for the last user
		if err != nil {
			return errors.Join(err, c.Stop(ctx))
		}
		if err := idle.Close(); err != nil {
			return errors.Join(err, c.Stop(ctx))
		}
		select {
		case err := <-c.Exited():
			return err
		case <-time.After(linger):
		}
		if ended, err := end(ctx, c, folder); ended || err != nil {
			return err
		}
	}
}

// end stops the cluster and removes it, unless somebody has joined. Nobody can join meanwhile.
func end(ctx context.Context, c *embedded.Cluster, folder string) (ended bool, err error) {
	start, err := lock(folder, "start.lock", syscall.LOCK_EX)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, start.Close()) }()
	idle, err := lock(folder, "users.lock", syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, errors.Join(c.Stop(ctx), os.RemoveAll(dataFolder(folder)), idle.Close())
}

// lock opens a file of the shared folder and locks it; closing the file, or the end of the process, unlocks it.
func lock(folder, name string, how int) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(folder, name), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("shared cluster: %w", err)
	}
	for {
		err := syscall.Flock(int(f.Fd()), how)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, syscall.EINTR) {
			return nil, errors.Join(fmt.Errorf("shared cluster: locking %s: %w", name, err), f.Close())
		}
	}
}

func dataFolder(folder string) string { return filepath.Join(folder, "data") }

// sharedFolder is where the test processes of one user meet: in memory if there is plenty of it, else in the temporary
// folder. Processes that choose another PostgreSQL have another one.
func sharedFolder() (string, error) {
	base := os.TempDir()
	const plenty = 2 << 30
	var space syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &space); err == nil && uint64(space.Bavail)*uint64(space.Bsize) > plenty {
		base = "/dev/shm"
	}
	folder := filepath.Join(base, "taawun-dbtest-"+strconv.Itoa(os.Geteuid()))
	if choice := os.Getenv("TAAWUN_PG_BINDIR") + "\n" + os.Getenv("TAAWUN_PG_NPM") + "\n" + os.Getenv("TAAWUN_PG_USER"); choice != "\n\n" {
		sum := sha256.Sum256([]byte(choice))
		folder += "-" + hex.EncodeToString(sum[:4])
	}
	// Others may pass through: as root, PostgreSQL is one of them.
	if err := os.Mkdir(folder, 0o711); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("folder of the shared cluster: %w", err)
	}
	st, err := os.Lstat(folder)
	if err != nil {
		return "", fmt.Errorf("folder of the shared cluster: %w", err)
	}
	if owner, ok := st.Sys().(*syscall.Stat_t); !ok || !st.IsDir() || int(owner.Uid) != os.Geteuid() {
		return "", fmt.Errorf("folder of the shared cluster: %s is not a folder of ours", folder)
	}
	return folder, nil
}

// npmFolder is the explicit setting, or the folder of the repository that the tests are run in.
func npmFolder() (string, error) {
	if folder := os.Getenv("TAAWUN_PG_NPM"); folder != "" {
		return filepath.Abs(folder)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("working directory: %w", err)
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "db", "embedded", "npm"), nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no go.mod at or above %s", dir)
		}
	}
}
