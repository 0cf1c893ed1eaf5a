package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db/iati/export"
	"taawun/graph"
)

const (
	pathIATIActivities    = "/iati/activities.xml"
	pathIATIOrganisations = "/iati/organisations.xml"
)

// iatiSettings say how records are published as IATI files.
type iatiSettings struct {
	Publisher string `name:"iati-publisher" env:"TAAWUN_IATI_PUBLISHER" placeholder:"REF" help:"IATI identifier of the ministry as a publisher; it reports organizations, and projects that name no reporting organization."`
}

// iatiSlots is how many files may be written at once: each reads all records.
const iatiSlots = 2

// iatiFiles hands out published records as IATI files.
type iatiFiles struct {
	public    *bun.DB
	gate      *gate
	publisher string
	deadline  time.Duration // for a client to take the next piece
	slots     chan struct{}
}

func newIATIFiles(public *bun.DB, gate *gate, publisher string, deadline time.Duration) *iatiFiles {
	return &iatiFiles{public: public, gate: gate, publisher: publisher, deadline: deadline, slots: make(chan struct{}, iatiSlots)}
}

// activities answers with the file of activities.
func (f *iatiFiles) activities(w http.ResponseWriter, r *http.Request) {
	f.file(w, r, "activities.xml", []string{"all", "reporting-org", "project"}, func(query url.Values, pause func(int64) error) error {
		_, err := export.Activities(r.Context(), f.public, w, export.Options{All: query.Get("all") == "true", Reporter: query.Get("reporting-org"), Project: query.Get("project"),
			Publisher: f.publisher, Pause: pause})
		return err
	})
}

// organisations answers with the file of organisations.
func (f *iatiFiles) organisations(w http.ResponseWriter, r *http.Request) {
	f.file(w, r, "organisations.xml", []string{"all", "organisation"}, func(query url.Values, pause func(int64) error) error {
		_, err := export.Organisations(r.Context(), f.public, w, export.OrganisationOptions{All: query.Get("all") == "true", Organization: query.Get("organisation"),
			Publisher: f.publisher, Pause: pause})
		return err
	})
}

// file writes a file while it is read from PostgreSQL, a few records at a time. What narrows it stands in the address under the names given.
func (f *iatiFiles) file(w http.ResponseWriter, r *http.Request, name string, narrowed []string, written func(query url.Values, pause func(int64) error) error) {
	query := r.URL.Query()
	for asked := range query {
		if !slices.Contains(narrowed, asked) {
			last := len(narrowed) - 1
			writeProblem(w, r, badRequest("Only "+strings.Join(narrowed[:last], ", ")+" and "+narrowed[last]+" may stand in the address.",
				"لا يُقبل في العنوان إلا "+strings.Join(narrowed, " و")+"."))
			return
		}
	}
	ctx, cancel := context.WithTimeout(r.Context(), f.gate.deadline)
	state, err := export.StateOf(ctx, f.public)
	cancel()
	if err != nil {
		f.gate.fail(w, r, err)
		return
	}
	kind := []string{name, f.publisher}
	for _, n := range narrowed {
		kind = append(kind, query.Get(n))
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %+q", state.Position, kind))
	tag := `W/"` + hex.EncodeToString(sum[:16]) + `"`
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Last-Modified", state.At.UTC().Format(http.TimeFormat))
	header.Set("Cache-Control", "public, no-cache")
	if unchanged(r, tag, state.At) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	header.Set("Content-Type", "application/xml; charset=utf-8")
	header.Set("Content-Disposition", `inline; filename="`+name+`"`)
	if r.Method == http.MethodHead {
		return
	}
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	default:
		withoutFile(header)
		header.Set("Retry-After", "10")
		writeProblem(w, r, &problem{http.StatusServiceUnavailable, graph.CodeUnavailable, "Others are taking this file at this moment. Try again in a few seconds.",
			"يُحمَّل هذا الملف الآن لآخرين. حاول من جديد بعد ثوانٍ."})
		return
	}
	control := http.NewResponseController(w)
	begun := false
	err = written(query, func(int64) error {
		begun = true
		return control.SetWriteDeadline(time.Now().Add(f.deadline)) // as long as the client takes what it asked for
	})
	if err != nil {
		if !begun {
			withoutFile(header)
			f.gate.fail(w, r, err)
			return
		}
		// The status has been told. A file that is not well-formed to its end cannot be taken for a whole one.
		if r.Context().Err() == nil {
			entryOf(r.Context()).cause = err
		}
	}
}

// withoutFile takes back what was said of a file that does not come.
func withoutFile(header http.Header) {
	for _, name := range []string{"ETag", "Last-Modified", "Cache-Control", "Content-Type", "Content-Disposition"} {
		header.Del(name)
	}
}

// unchanged says whether the client has what it asks for already (RFC 9110, 13.2.2).
func unchanged(r *http.Request, tag string, at time.Time) bool {
	if given := r.Header.Get("If-None-Match"); given != "" {
		return matches(given, tag)
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && !at.Truncate(time.Second).After(since)
}
