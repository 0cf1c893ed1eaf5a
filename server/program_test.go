package main

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// program is taawun as a process of its own.
type program struct {
	*instance
	command *exec.Cmd
	out     *journal
	ended   chan error
}

// runProgram runs taawun to its end, and returns what it printed and its exit status.
func runProgram(t *testing.T, arguments ...string) (out, log string, status int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command := programCommand(t, arguments...)
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), command.ProcessState.ExitCode()
}

func programCommand(t *testing.T, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(t.Context(), os.Args[0], arguments...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.Env = append(slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return name == "DATABASE_URL" || strings.HasPrefix(name, "TAAWUN_") && !strings.HasPrefix(name, "TAAWUN_PG_")
	}), programVariable+"=1")
	return command
}

// serveProgram starts `taawun serve` on a data directory and returns once it is ready.
func serveProgram(t *testing.T, data string, flags ...string) *program {
	t.Helper()
	p := &program{out: &journal{}, ended: make(chan error, 1)}
	p.instance = &instance{log: &journal{}, stopped: make(chan error)}
	p.command = programCommand(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data, "--log-format", "json"}, flags...)...)
	p.command.Stdout, p.command.Stderr = p.out, p.log
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		p.ended <- p.command.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
		<-p.ended
	})
	address := regexp.MustCompile(`http://(127\.0\.0\.1:\d+)` + pathGraphQL)
	eventually(t, "the program says where it serves", func() bool {
		select {
		case err := <-p.ended:
			t.Fatalf("it ended: %v\n%s", err, p.log)
		default:
		}
		found := address.FindStringSubmatch(p.out.String())
		if found != nil {
			p.address, p.url = found[1], "http://"+found[1]
		}
		return found != nil
	})
	p.await(t)
	return p
}

// dataDir is a folder that PostgreSQL's user can reach, unlike t.TempDir.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "taawun-server-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return filepath.Join(dir, "data")
}

func killPostgreSQL(t *testing.T, data string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "postgres", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func TestHelpOfEveryCommand(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "migrate", "import iati", "import units", "import boundaries", "import rates", "demo", "audit verify", "audit export", "schema"} {
		out, _, status := runProgram(t, append(strings.Fields(command), "--help")...)
		if status != 0 || !strings.Contains(out, "taawun "+command) || !strings.Contains(out, "Example") {
			t.Errorf("taawun %s --help: status %d\n%s", command, status, out)
		}
	}
	if out, _, status := runProgram(t, "version"); status != 0 || !strings.HasPrefix(out, "taawun ") {
		t.Errorf("version: status %d: %s", status, out)
	}
	written, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	if out, _, status := runProgram(t, "schema"); status != 0 || out != string(written) {
		t.Errorf("schema: status %d, %d bytes; want the %d bytes of schema.graphqls", status, len(out), len(written))
	}
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ arguments, says string }{
		{"bogus", "unexpected argument bogus"},
		{"serve --bogus", "unknown flag --bogus"},
		{"serve --max-cost 0", "--max-cost must be greater than zero"},
		{"serve --request-timeout=-1s", "--request-timeout must be greater than zero"},
		{"serve --cors-origins *", "is not an origin"},
		{"serve --log-format xml", "--log-format"},
		{"serve --log-level loud", "--log-level"},
		{"demo --projects 0", "--projects must be greater than zero"},
		{"import iati", "expected \"<file> ...\""},
		{"import units /nonexistent.csv", "no such file"},
	} {
		out, log, status := runProgram(t, strings.Fields(test.arguments)...)
		if status != 2 || !strings.Contains(log, test.says) || out != "" {
			t.Errorf("taawun %s: status %d, printed %q, said %q; want 2 and %q", test.arguments, status, out, log, test.says)
		}
	}
	for _, test := range []struct{ arguments, says string }{
		{"serve --addr nowhere", "listen on nowhere"},
		{"migrate --database-url mysql://host/db", "DATABASE_URL is not of the form"},
		{"migrate --database-url postgres://user:secret-word@127.0.0.1:1/db", "connection refused"},
	} {
		_, log, status := runProgram(t, strings.Fields(test.arguments)...)
		if status != 1 || !strings.Contains(log, test.says) || strings.Contains(log, "secret-word") {
			t.Errorf("taawun %s: status %d, said %q; want 1 and %q", test.arguments, status, log, test.says)
		}
	}
}

// TestProgram walks through the life of one data directory: one cluster is costly to make.
func TestProgram(t *testing.T) {
	t.Parallel()
	data := dataDir(t)
	if out, log, status := runProgram(t, "migrate", "--data", data); status != 0 || !strings.Contains(out, "up to date") {
		t.Fatalf("migrate: status %d: %s%s", status, out, log)
	}
	served := serveProgram(t, data, "--demo")
	const projects = `{projects(where: {isDemonstration: {eq: true}}) {totalCount}}`
	if got := served.ask(t, projects, nil); !regexp.MustCompile(`"totalCount" ?: ?[1-9]`).MatchString(got.body) {
		t.Errorf("--demo loaded nothing: %s", got.body)
	}

	if _, log, status := runProgram(t, "serve", "--addr", "127.0.0.1:0", "--data", data); status != 1 || !strings.Contains(log, "is in use by another taawun process") {
		t.Errorf("a second server: status %d: %s", status, log)
	}
	if _, log, status := runProgram(t, "serve", "--addr", served.address, "--data", dataDir(t)); status != 1 || !strings.Contains(log, "address already in use") {
		t.Errorf("the same address: status %d: %s", status, log)
	}
	if _, log, status := runProgram(t, "demo", "--data", data, "--projects", "5"); status != 1 || !strings.Contains(log, "other data") {
		t.Errorf("a second demonstration: status %d: %s", status, log)
	}
	file := filepath.Join(t.TempDir(), "quarter.csv")
	if err := os.WriteFile(file, []byte("pcode,parent_pcode,name_ar,name_en\nSY0199,SY01,حي الاختبار,Test Quarter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, log, status := runProgram(t, "import", "units", "--data", data, file); status != 0 || !strings.Contains(out, "1 new") {
		t.Errorf("import units beside a server: status %d: %s%s", status, out, log)
	}
	if got := served.ask(t, `{administrativeUnit(by: {pcode: "SY0199"}) {name(locale: "en") {text}}}`, nil); !strings.Contains(got.body, "Test Quarter") {
		t.Errorf("the server does not show what was imported: %s", got.body)
	}

	killPostgreSQL(t, data)
	eventually(t, "the server has noticed", func() bool { return strings.Contains(served.log.String(), "the private PostgreSQL has ended") })
	eventually(t, "the server answers again", func() bool {
		got := served.ask(t, projects, nil)
		codes := got.codes(t)
		if len(codes) > 0 && (!slices.Equal(codes, []string{"UNAVAILABLE"}) || got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "") {
			t.Errorf("during the outage: status %d: %s", got.status, got.body)
		}
		return len(codes) == 0
	})
	served.await(t)
	if got := served.ask(t, `{administrativeUnit(by: {pcode: "SY0199"}) {id}}`, nil); !strings.Contains(got.body, "unt_") {
		t.Errorf("what was acknowledged before the crash is gone: %s", got.body)
	}
	eventually(t, "the restart is over", func() bool { return strings.Contains(served.log.String(), "the private PostgreSQL runs again") })
	killPostgreSQL(t, data)
	if err := <-served.ended; err == nil || served.command.ProcessState.ExitCode() != 1 || !strings.Contains(served.log.String(), "twice within a minute") {
		t.Errorf("PostgreSQL died twice: %v\n%s", err, served.log)
	}

	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		again := serveProgram(t, data, "--demo")
		if strings.Contains(again.out.String(), "organizations") {
			t.Errorf("--demo wrote beside other data: %s", again.out)
		}
		if err := again.command.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := <-again.ended; err != nil {
			t.Errorf("%s: %v\n%s", signal, err, again.log)
		}
		if _, err := os.Stat(filepath.Join(data, "postgres", "postmaster.pid")); !os.IsNotExist(err) {
			t.Errorf("%s: PostgreSQL was not stopped: %v", signal, err)
		}
	}
}

func TestSettingsByEnvironment(t *testing.T) {
	t.Parallel()
	command := programCommand(t, "serve")
	var log bytes.Buffer
	command.Stderr = &log
	command.Env = append(command.Env, "TAAWUN_ADDR=from-the-environment", "TAAWUN_LOG_FORMAT=json", "TAAWUN_DATA="+dataDir(t))
	if err := command.Run(); err == nil || !strings.Contains(log.String(), "listen on from-the-environment") {
		t.Errorf("%v: %s", err, log.String())
	}
	flags := programCommand(t, "serve", "--addr", "from-a-flag")
	log.Reset()
	flags.Stderr = &log
	flags.Env = append(flags.Env, "TAAWUN_ADDR=from-the-environment")
	if err := flags.Run(); err == nil || !strings.Contains(log.String(), "listen on from-a-flag") {
		t.Errorf("a flag does not win: %v: %s", err, log.String())
	}
}
