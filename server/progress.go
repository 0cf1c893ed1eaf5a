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

// progress shows how far a long command has come: a bar on a terminal, a plain line every few seconds elsewhere.
type progress struct {
	title string
	out   io.Writer
	unit  countedIn
	every time.Duration // between plain lines

	mu       sync.Mutex
	bar      *progressbar.ProgressBar // nil when out is no terminal
	reported time.Time
}

// countedIn is the unit of a progress.
type countedIn int

const (
	inRecords countedIn = iota
	inBytes
)

func newProgress(out io.Writer, title string, unit countedIn) *progress {
	p := &progress{title: title, out: out, unit: unit, every: 5 * time.Second, reported: time.Now()}
	if file, ok := out.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		p.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(title),
			progressbar.OptionShowBytes(unit == inBytes), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	return p
}

// report says that done of total is done; a total of zero means that nobody knows it. It may be called from any goroutine
// and as often as the work likes.
func (p *progress) report(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
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
	text := p.title + ": " + p.amount(done)
	if total > 0 {
		text += fmt.Sprintf(" of %s (%d%%)", p.amount(total), done*100/total)
	}
	fmt.Fprintln(p.out, text)
}

func (p *progress) amount(n int64) string {
	if p.unit == inBytes {
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprint(n)
}

// finish clears the bar, so that the command's result stands alone.
func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
