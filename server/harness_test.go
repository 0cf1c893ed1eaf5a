package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/reference"
)

// programVariable makes the test binary the program itself, so that tests can start, signal and kill it.
const programVariable = "TAAWUN_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
	}
	dbtest.Main(m)
}

// instance is a server that a test talks to: the real handler, listener, graph and database.
type instance struct {
	url      string
	address  string
	database *dbtest.DB
	log      *journal
	stop     context.CancelFunc
	stopped  chan error
}

// start serves a database with the reference data, with the flags of `taawun serve`.
func start(t *testing.T, flags ...string) *instance {
	t.Helper()
	database := dbtest.NewFrom(t, "server", func(ctx context.Context, d *dbtest.DB) error {
		owner := &source{Server: d.Server(), logger: slog.New(slog.DiscardHandler)}
		return owner.asOwner(func(owner *bun.DB) error {
			return reference.Load(ctx, owner, slog.New(slog.DiscardHandler))
		})
	})
	return serveOn(t, database, flags...)
}

// serveOn serves a database that a test has prepared.
func serveOn(t *testing.T, database *dbtest.DB, flags ...string) *instance {
	t.Helper()
	command := parseServe(t, flags...)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	log := &journal{}
	logger := logSettings{Level: slog.LevelDebug, Format: "json"}.logger(log)
	i := &instance{
		url: "http://" + listener.Addr().String(), address: listener.Addr().String(),
		database: database, log: log, stop: stop, stopped: make(chan error, 1),
	}
	go func() {
		i.stopped <- command.serve(ctx, &source{Server: database.Server(), logger: logger}, listener, logger, console{io.Discard, io.Discard})
		close(i.stopped)
	}()
	t.Cleanup(func() {
		stop()
		if err := <-i.stopped; err != nil {
			t.Errorf("the server stopped with: %v", err)
		}
		http.DefaultClient.CloseIdleConnections()
	})
	i.await(t)
	return i
}

func parseServe(t *testing.T, flags ...string) *serveCommand {
	t.Helper()
	var line commands
	parser, err := kong.New(&line, limitDefaults())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"serve"}, flags...)); err != nil {
		t.Fatal(err)
	}
	return &line.Serve
}

// await returns once the server is ready.
func (i *instance) await(t *testing.T) {
	t.Helper()
	eventually(t, "the server is ready", func() bool {
		select {
		case err := <-i.stopped:
			t.Fatalf("the server ended: %v", err)
		default:
		}
		response, err := http.Get(i.url + pathReady)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}

// eventually waits for something that other processes bring about.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !happened(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never happened: %s", what)
		}
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// codes are the error codes of a GraphQL answer.
func (a answer) codes(t *testing.T) []string {
	t.Helper()
	var body struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code, MessageAr string }
		}
	}
	if err := json.Unmarshal([]byte(a.body), &body); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, a.body)
	}
	var codes []string
	for _, e := range body.Errors {
		if e.Message == "" || e.Extensions.MessageAr == "" {
			t.Errorf("an error lacks its message in English or Arabic: %s", a.body)
		}
		codes = append(codes, e.Extensions.Code)
	}
	return codes
}

func (i *instance) do(t *testing.T, method, path string, header http.Header, body string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, i.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// ask posts an operation as JSON and wants the specification's own media type back.
func (i *instance) ask(t *testing.T, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	return i.do(t, http.MethodPost, pathGraphQL, http.Header{"Content-Type": {mediaJSON}, "Accept": {mediaGraphQL}}, string(body))
}

// get asks by URL.
func (i *instance) get(t *testing.T, query string, header http.Header) answer {
	t.Helper()
	return i.do(t, http.MethodGet, pathGraphQL+"?query="+url.QueryEscape(query), header, "")
}

// journal is a log that tests read while the server writes.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// line waits for the log line of a request.
func (j *journal) line(t *testing.T, request string) (line map[string]any, text string) {
	t.Helper()
	eventually(t, "the log has a line about "+request, func() bool {
		lines := bufio.NewScanner(strings.NewReader(j.String()))
		for lines.Scan() {
			text = lines.Text()
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				t.Fatalf("a log line is not JSON: %s", text)
			}
			if line["msg"] == "request" && line["request_id"] == request {
				return true
			}
			line = nil
		}
		return false
	})
	return line, text
}

// hold makes every read of the administrative units wait for what condition says, a boolean SQL expression.
func (i *instance) hold(t *testing.T, condition string) {
	t.Helper()
	_, err := i.database.Owner().ExecContext(t.Context(), `do $do$
	begin
		execute 'create or replace view pub.administrative_unit as select held.* from ('
			|| rtrim(pg_get_viewdef('pub.administrative_unit'::regclass), ';') || ') held where `+condition+`';
	end $do$`)
	if err != nil {
		t.Fatalf("hold the administrative units: %v", err)
	}
}

// backends counts the connections that run a query on the administrative units now.
func (i *instance) backends(t *testing.T) (n int) {
	t.Helper()
	err := i.database.Owner().QueryRowContext(t.Context(), `select count(*) from pg_stat_activity
		where datname = current_database() and usename = 'taawun_public' and state = 'active' and query like '%administrative_unit%'`).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// unitsQuery reads what hold holds.
const unitsQuery = `{administrativeUnits(first: 1) {nodes {id}}}`
