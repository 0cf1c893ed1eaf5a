package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far a long command has come: a bar on a terminal, a plain line every few seconds elsewhere. A total
// of zero or less means that nobody knows it.
type progress struct {
	title string
	out   io.Writer
	every time.Duration // between plain lines

	mu       sync.Mutex
	bar      *progressbar.ProgressBar // nil when out is no terminal
	reported time.Time
	done     int64
}

func newProgress(out io.Writer, title string) *progress {
	p := &progress{title: title, out: out, every: 5 * time.Second}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(title), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

// report may be called from any goroutine and as often as the work likes.
func (p *progress) report(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = done
	if p.bar != nil {
		if total > 0 && total != p.bar.GetMax64() {
			p.bar.ChangeMax64(total)
		}
		_ = p.bar.Set64(done) // it fails only where the terminal has gone
		return
	}
	if now := time.Now(); now.Sub(p.reported) >= p.every {
		p.reported = now
		p.line(done, total)
	}
}

func (p *progress) line(done, total int64) {
	if total > 0 {
		fmt.Fprintf(p.out, "%s: %d of %d (%d%%)\n", p.title, done, total, done*100/total)
		return
	}
	fmt.Fprintf(p.out, "%s: %d\n", p.title, done)
}

// finish clears the bar, so that the command's result stands alone.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
