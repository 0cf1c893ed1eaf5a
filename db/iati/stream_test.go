package iati_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

// repeated writes a file of about that many bytes: the first activity of testdata/full.xml over and over, each with its own identifier
// and its own words, so that no two rows are alike.
func repeated(t testing.TB, size int64) string {
	t.Helper()
	b, err := os.ReadFile("testdata/full.xml")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(b), "<iati-activity ")
	one, _, _ := strings.Cut(rest, "</iati-activity>")
	one = "<iati-activity " + one + "</iati-activity>\n"
	path := filepath.Join(t.TempDir(), "repeated.xml")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	_, _ = w.WriteString(head) // the writer keeps the first error for Flush
	for n, written := 0, int64(0); written < size; n++ {
		i := strconv.Itoa(n)
		k, _ := strings.NewReplacer("XM-TEST-1-PROGRAMME", "XM-TEST-1-PROGRAMME-"+i, "Repairs wells.", "Repairs wells in village "+i+".", "T-1", "T-1-"+i,
			`code="XM-TEST-1-COMPONENT"`, `code="XM-TEST-1-COMPONENT-`+i+`"`).WriteString(w, one)
		written += int64(k)
	}
	_, _ = w.WriteString("</iati-activities>\n")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// sizeVariable makes TestMemory import a file of so many megabytes: TAAWUN_IATI_MB=300 go test -run TestMemory -timeout 1h ./db/iati.
const sizeVariable = "TAAWUN_IATI_MB"

// TestMemory imports a file that, held in memory as elements, would take several times its size, and looks at what is alive on the way.
// Not parallel: other tests' memory would count.
func TestMemory(t *testing.T) {
	megabytes := int64(12)
	if v := os.Getenv(sizeVariable); v != "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", sizeVariable, err)
		}
		megabytes = n
	}
	path := repeated(t, megabytes<<20)
	alive := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, peak, steps := alive(), uint64(0), 0
	_, err := iati.Import(t.Context(), dbtest.New(t).Owner(), iati.Options{Progress: func(_, _ int64) {
		peak = max(peak, alive())
		steps++
	}}, []string{path})
	if err != nil {
		t.Fatal(err)
	}
	const bound = 24 << 20 // two batches of 1 MB of XML as elements and rows, and what is to be written of one
	t.Logf("%d MB: %.1f MB alive at most, in %d batches", megabytes, float64(peak-before)/(1<<20), steps)
	if peak > before+bound {
		t.Errorf("%d bytes are alive in the middle of the import, %d before it; bound %d", peak, before, bound)
	}
	if steps < 5 {
		t.Errorf("progress was told %d times, too seldom for the measurement", steps)
	}
}

// BenchmarkImport tells how many times longer an import takes than a bare walk over the same tokens; both alternate, so that other work
// on the machine weighs on both. The published files are imported, or, where they are absent, a file of 8 MB made by repetition. What the
// walk, this process and PostgreSQL take of a processor is told too: it says what to expect where nothing else runs.
func BenchmarkImport(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(published, "*.xml"))
	if err != nil {
		b.Fatal(err)
	}
	if len(files) == 0 {
		files = []string{repeated(b, 8<<20)}
	}
	size := int64(0)
	var walked, imported, walkCPU, ownCPU, postgresCPU time.Duration
	walk := func() {
		start, cpu := time.Now(), processor(b)
		for _, path := range files {
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			d := xml.NewDecoder(bufio.NewReader(f))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
			size += d.InputOffset()
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
		walked += time.Since(start)
		walkCPU += processor(b) - cpu
	}
	for b.Loop() {
		owner := dbtest.New(b).Owner()
		walk()
		start, cpu := time.Now(), processor(b)
		if _, err := iati.Import(b.Context(), owner, iati.Options{}, files); err != nil {
			b.Fatal(err)
		}
		imported += time.Since(start)
		ownCPU += processor(b) - cpu
		postgresCPU += processorOfSessions(b, owner)
		walk()
	}
	walked, walkCPU, size = walked/2, walkCPU/2, size/2
	b.ReportMetric(ownCPU.Seconds()/walkCPU.Seconds(), "own-cpu/walk")
	b.ReportMetric(postgresCPU.Seconds()/walkCPU.Seconds(), "postgres-cpu/walk")
	b.ReportMetric(imported.Seconds()/walked.Seconds(), "import/walk")
	b.ReportMetric(float64(size)/imported.Seconds()/1e6, "MB/s")
	b.Logf("processor time of each: walk %v, this process %v, PostgreSQL %v", walkCPU/time.Duration(b.N), ownCPU/time.Duration(b.N), postgresCPU/time.Duration(b.N))
	b.Logf("walked at %.1f MB/s, imported at %.1f MB/s", float64(size)/walked.Seconds()/1e6, float64(size)/imported.Seconds()/1e6)
}

// processor is what this process has taken of the processors so far.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// processorOfSessions is what the sessions of a database have taken, by Linux's account of their processes, in hundredths of a second.
func processorOfSessions(b *testing.B, owner *bun.DB) time.Duration {
	b.Helper()
	var pids []int
	if err := owner.QueryRowContext(b.Context(), "select array_agg(pid) from pg_stat_activity where datname = current_database()").Scan(pgdialect.Array(&pids)); err != nil {
		b.Fatal(err)
	}
	ticks := 0
	for _, pid := range pids {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			b.Skip("processor time of PostgreSQL: ", err)
		}
		fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		for _, f := range fields[11:13] { // utime and stime
			n, err := strconv.Atoi(f)
			if err != nil {
				b.Fatal(err)
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// TestStopped stops an import in the middle: nothing of the file is there.
func TestStopped(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	_, err := iati.Import(ctx, owner, iati.Options{Progress: func(int64, int64) { stop() }}, []string{repeated(t, 4<<20)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if n := one[int](t, owner, "select (select count(*) from project) + (select count(*) from data_set)"); n != 0 {
		t.Errorf("%d rows are there of an import that was stopped", n)
	}
}

// TestTogether imports one file from two sides at the same time: one waits for the other and finds nothing to do.
func TestTogether(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	sums := make(chan iati.Counts, 2)
	for range 2 {
		go func() {
			s, err := iati.Import(t.Context(), owner, iati.Options{DataSet: "test"}, []string{"testdata/full.xml"})
			if err != nil {
				t.Error(err)
			}
			sums <- s.Activities
		}()
	}
	a, b := <-sums, <-sums
	if a.New+b.New != 2 || a.Unchanged+b.Unchanged != 2 {
		t.Errorf("%+v and %+v, want 2 new and 2 unchanged", a, b)
	}
}
