package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/graph"
)

// feed is a server of the change feed over HTTP, with time-outs of its own; the viewer is named by a header.
type feed struct {
	url   string
	data  *dbtest.DB
	graph *graph.Graph
	log   *journal
}

func serveFeed(t *testing.T, viewers map[string]*graph.Viewer, followers int, settings eventSettings) *feed {
	t.Helper()
	data := dbtest.New(t)
	staff := data.Server().Open(db.Staff, db.Pool{Connections: 4})
	t.Cleanup(func() { _ = staff.Close() })
	log := &journal{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	g, err := graph.New(t.Context(), graph.Options{DB: data.Public(), Staff: staff, Followers: followers, Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	server := g.Server()
	transport := newTransport(1<<20, 2*time.Second, logger)
	transport.events = settings
	server.AddTransport(transport)
	compress, err := compressor()
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewUnstartedServer(logRequests(logger, compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server.ServeHTTP(w, r.WithContext(graph.WithViewer(r.Context(), viewers[r.Header.Get("X-Viewer")])))
	}))))
	h.Config.ReadTimeout, h.Config.WriteTimeout = time.Second, time.Second // streams outlive them
	h.Start()
	t.Cleanup(h.Close)
	return &feed{h.URL, data, g, log}
}

func ordinary() eventSettings {
	return eventSettings{keepAlive: 100 * time.Millisecond, patience: 5 * time.Second, lifetime: time.Minute}
}

// write changes something as a transaction of its own.
func (f *feed) write(t *testing.T, statement string, args ...any) {
	t.Helper()
	if _, err := f.data.Owner().ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// project adds a project in a state.
func (f *feed) project(t *testing.T, code, state string) {
	t.Helper()
	f.write(t, `insert into project (code, state, status, kind) values (?, ?, 'PIPELINE', 'PROJECT')`, code, state)
}

// analyst makes an account that reads drafts.
func (f *feed) analyst(t *testing.T) *graph.Viewer {
	t.Helper()
	v := &graph.Viewer{Roles: []string{"ANALYST"}}
	if err := f.data.Owner().QueryRowContext(t.Context(), `with a as (insert into account (login, name) values ('analyst', 'Analyst') returning id),
		r as (insert into account_role (account_id, role) select id, 'ANALYST' from a) select id from a`).Scan(&v.Account); err != nil {
		t.Fatal(err)
	}
	return v
}

// listener is one open stream.
type listener struct {
	t        *testing.T
	response *http.Response
	lines    *bufio.Reader
	cancel   context.CancelFunc
	last     string // id
}

const followQuery = `subscription { changes { position kind action subject { ... on Project { code } } } }`

// follow opens a stream and returns once it is open.
func (f *feed) follow(t *testing.T, viewer, query, last string) *listener {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.url+"?query="+url.QueryEscape(query), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = http.Header{"Accept": {mediaEvents}, "X-Viewer": {viewer}, headerLastEventID: {last}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = response.Body.Close()
	})
	return &listener{t: t, response: response, lines: bufio.NewReader(response.Body), cancel: cancel, last: last}
}

// event is the next event, comments passed over; "" is the end of the stream.
func (l *listener) event() (name, data string) {
	for {
		line, err := l.lines.ReadString('\n')
		if err != nil {
			return "", ""
		}
		switch key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); key {
		case "id":
			l.last = value
		case "event":
			name = value
		case "data":
			data = value
		case "data:":
		case "":
			if name != "" {
				return name, data
			}
		}
	}
}

func (l *listener) wants(parts ...string) {
	l.t.Helper()
	name, data := l.event()
	if name != "next" {
		l.t.Fatalf("wanted %v, got the event %q %s", parts, name, data)
	}
	for _, part := range parts {
		if !strings.Contains(strings.ReplaceAll(data, `" : `, `":`), part) {
			l.t.Fatalf("wanted %v, got %s", parts, data)
		}
	}
}

// TestEventsFollowWrites: each reader is told of what he may see, over connections that the server's time-outs do not cut; a reader cut off
// resumes and misses nothing.
func TestEventsFollowWrites(t *testing.T) {
	t.Parallel()
	viewers := map[string]*graph.Viewer{}
	f := serveFeed(t, viewers, 10, ordinary())
	viewers["analyst"] = f.analyst(t)

	f.project(t, "BEFORE", "PUBLISHED") // before anybody follows
	public, staff := f.follow(t, "", followQuery, ""), f.follow(t, "analyst", followQuery, "")
	if got := public.response.Header.Get("Content-Type"); !strings.HasPrefix(got, mediaEvents) {
		t.Fatalf("the stream is of the type %s", got)
	}
	// An idle stream outlives the time-outs of the server: comments come.
	for range 15 {
		if line, err := public.lines.ReadString('\n'); err != nil || strings.TrimSpace(line) != ":" && strings.TrimSpace(line) != "" {
			t.Fatalf("waiting, got %q: %v", line, err)
		}
	}
	f.project(t, "DRAFT", "DRAFT")
	staff.wants(`"code":"DRAFT"`, `"action":"CREATED"`)
	f.project(t, "OPEN", "PUBLISHED")
	public.wants(`"code":"OPEN"`, `"kind":"Project"`, `"extensions":{"position":"`+public.last) // nothing of the draft
	staff.wants(`"code":"OPEN"`)

	public.cancel()
	f.write(t, `insert into project (code, state, status, kind) select 'AWAY-' || n, 'PUBLISHED', 'PIPELINE', 'PROJECT' from generate_series(1, 3) n`) // one revision
	resumed := f.follow(t, "", followQuery, public.last)
	resumed.wants(`AWAY-`)
	resumed.cancel() // in the middle of a revision
	again := f.follow(t, "", fmt.Sprintf(`subscription { changes(after: "%s", kinds: ["Project"]) { subject { ... on Project { code } } } }`, resumed.last), "")
	again.wants(`AWAY-`)
	again.wants(`AWAY-`)
	units := f.follow(t, "", `subscription { changes(kinds: ["AdministrativeUnit"]) { kind } }`, "")
	f.project(t, "OTHER", "PUBLISHED")
	f.write(t, `insert into administrative_unit (pcode, level) values ('SY99', 1)`)
	units.wants(`"kind":"AdministrativeUnit"`)

	// The connection that listens is lost: it is made anew, and what happened meanwhile is told.
	f.write(t, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'`)
	f.project(t, "LATER", "PUBLISHED")
	again.wants(`"code":"OTHER"`)
	again.wants(`"code":"LATER"`)

	f.graph.EndStreams()
	if name, _ := again.event(); name != "complete" {
		t.Errorf("at the end the event %q came", name)
	}
	late := f.follow(t, "", followQuery, "")
	if name, data := late.event(); name != "next" || !strings.Contains(data, "UNAVAILABLE") {
		t.Errorf("after the end: %s %s", name, data)
	}
}

// TestEventsRefused: what cannot be followed is refused by status, or by one event with errors and the end.
func TestEventsRefused(t *testing.T) {
	t.Parallel()
	f := serveFeed(t, nil, 1, ordinary())
	for query, want := range map[string]string{
		`subscription { changes(after: "soon") { kind } }`:     "BAD_USER_INPUT",
		`subscription { changes(kinds: ["Planet"]) { kind } }`: "BAD_USER_INPUT",
	} {
		l := f.follow(t, "", query, "")
		name, data := l.event()
		if end, _ := l.event(); name != "next" || !strings.Contains(data, want) || end != "complete" {
			t.Errorf("%s: %s %s %s", query, name, data, end)
		}
	}
	if l := f.follow(t, "", `subscription { planets }`, ""); l.response.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown field is answered by %s", l.response.Status)
	}
	response, err := http.Get(f.url + "?query=" + url.QueryEscape(followQuery))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotAcceptable {
		t.Errorf("without Accept: %s", response.Status)
	}
	f.follow(t, "", followQuery, "")
	eventually(t, "the second is refused", func() bool {
		_, data := f.follow(t, "", followQuery, "").event()
		return strings.Contains(data, "UNAVAILABLE")
	})
	query := f.follow(t, "", `{ __typename }`, "")
	query.wants(`"__typename":"Query"`)
	if name, _ := query.event(); name != "complete" {
		t.Errorf("a query ends with %q", name)
	}
}

// TestSlowReader: a client that takes nothing is dropped, and the place it had is free again.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	settings := ordinary()
	settings.patience = 300 * time.Millisecond
	f := serveFeed(t, nil, 1, settings)
	f.write(t, `insert into organization (code, state, kind, website) select 'ORG-' || n, 'PUBLISHED', 'OTHER', 'https://example.org/' || repeat('x', 1900) from generate_series(1, 400) n`)
	wide := ""
	for i := range 45 { // more altogether than sockets hold
		wide += fmt.Sprintf(" w%d: website", i)
	}
	query := `subscription { changes(after: "0") { subject { ... on Organization { code` + wide + ` } } } }`
	slow := f.follow(t, "", query, "")
	eventually(t, "the slow reader is dropped", func() bool { return strings.Contains(f.log.String(), "took no event for too long") })
	slow.cancel()
	eventually(t, "another may follow", func() bool {
		l := f.follow(t, "", query, "")
		defer l.cancel()
		_, data := l.event()
		return strings.Contains(data, `ORG-`)
	})
}
