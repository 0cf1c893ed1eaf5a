package main

import (
	"bytes"
	"testing"
)

func TestProgressWithoutATerminal(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		unit        countedIn
		done, total int64
		want        string
	}{
		{inRecords, 50, 200, "work: 50 of 200 (25%)\n"},
		{inRecords, 50, 0, "work: 50\n"},
		{inBytes, 1_500_000, 3_000_000, "work: 1.5 MB of 3.0 MB (50%)\n"},
	} {
		var out bytes.Buffer
		p := newProgress(&out, "work", test.unit)
		p.every = 0
		p.report(test.done, test.total)
		p.finish()
		if out.String() != test.want {
			t.Errorf("%s, want %s", out.String(), test.want)
		}
	}
	var quiet bytes.Buffer
	p := newProgress(&quiet, "work", inRecords)
	for i := range int64(1000) {
		p.report(i, 1000)
	}
	if quiet.Len() > 0 {
		t.Errorf("a short work was reported: %s", quiet.String())
	}
}
