package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that the benchmark has started and will stop.
type process struct {
	cmd *exec.Cmd
	url string // http://127.0.0.1:port
}

var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startProcess starts a server that prints its address, and waits for that.
func startProcess(ctx context.Context, name string, arguments ...string) (*process, error) {
	cmd := exec.Command(name, arguments...)
	out, in := io.Pipe()
	cmd.Stdout, cmd.Stderr = in, in
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	found := make(chan string, 1)
	go func() {
		var seen strings.Builder
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if u := listening.FindString(lines.Text()); u != "" && p.url == "" {
				p.url = u
				found <- ""
			} else if p.url == "" {
				seen.WriteString(lines.Text() + "\n")
			}
		}
		found <- seen.String()
	}()
	go func() { in.CloseWithError(cmd.Wait()) }()
	select {
	case said := <-found:
		if p.url == "" {
			return nil, fmt.Errorf("%s %s ended:\n%s", name, strings.Join(arguments, " "), said)
		}
		return p, nil
	case <-time.After(2 * time.Minute):
		p.stop()
		return nil, fmt.Errorf("%s did not say where it listens", name)
	case <-ctx.Done():
		p.stop()
		return nil, ctx.Err()
	}
}

func (p *process) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	for range 200 {
		if p.cmd.Process.Signal(syscall.Signal(0)) != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.cmd.Process.Kill()
}

// memory is the resident memory of the server now and at its peak, in MB; zero where the system does not tell.
func (p *process) memory() (now, peak float64) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		kb, _ := strconv.ParseFloat(f[1], 64)
		switch f[0] {
		case "VmRSS:":
			now = kb / 1024
		case "VmHWM:":
			peak = kb / 1024
		}
	}
	return
}

func runCommand(ctx context.Context, name string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}
