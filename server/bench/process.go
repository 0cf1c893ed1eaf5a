package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	log string // path of the file that takes what it says: nobody reads along while it is measured
	url string // http://127.0.0.1:port
}

var listening = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startProcess starts a server that prints its address, and waits for that.
func startProcess(ctx context.Context, name string, arguments ...string) (*process, error) {
	log, err := os.CreateTemp("", "taawun-bench-*.log")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &process{cmd: exec.Command(name, arguments...), log: log.Name()}
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, os.Remove(p.log))
	}
	ended := make(chan struct{})
	go func() {
		_ = p.cmd.Wait() // how it ended stands in what it said
		close(ended)
	}()
	for patience := time.After(2 * time.Minute); ; {
		said, err := os.ReadFile(p.log)
		if p.url = listening.FindString(string(said)); p.url != "" {
			return p, nil
		}
		if err == nil {
			select {
			case <-ended:
				err = fmt.Errorf("%s %s ended:\n%s", name, strings.Join(arguments, " "), said)
			case <-patience:
				err = fmt.Errorf("%s did not say where it listens", name)
			case <-ctx.Done():
				err = ctx.Err()
			case <-time.After(50 * time.Millisecond):
				continue
			}
		}
		p.stop()
		return nil, err
	}
}

func (p *process) stop() {
	defer os.Remove(p.log)
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

// cpu is the processor time that the server has used, and that PostgreSQL has for it; zero where the system does not tell.
func (p *process) cpu(postmaster int) (time.Duration, time.Duration) {
	own, _, _ := cpu(p.cmd.Process.Pid)
	all, _ := os.ReadDir("/proc")
	_, backends, _ := cpu(postmaster) // what sessions and parallel workers took that have ended meanwhile
	for _, d := range all {
		pid, err := strconv.Atoi(d.Name())
		if err != nil {
			continue
		}
		if used, _, parent := cpu(pid); parent == postmaster {
			backends += used
		}
	}
	return own, backends
}

// cpu is the processor time that a process has used, that of its children that have ended, and its parent.
func cpu(pid int) (used, children time.Duration, parent int) {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:])) // the name before it may hold spaces
	if len(f) < 15 {
		return 0, 0, 0
	}
	parent, _ = strconv.Atoi(f[1])
	const tick = time.Second / 100 // of Linux, whatever its clock
	var ticks [4]int64
	for i := range ticks {
		ticks[i], _ = strconv.ParseInt(f[11+i], 10, 64)
	}
	return time.Duration(ticks[0]+ticks[1]) * tick, time.Duration(ticks[2]+ticks[3]) * tick, parent
}

func runCommand(ctx context.Context, name string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}
