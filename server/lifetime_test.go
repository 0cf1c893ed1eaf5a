package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// pending is a request that has been sent and not answered yet.
func (i *instance) pending(t *testing.T, ctx context.Context, query string) <-chan answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, i.url+pathGraphQL, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", mediaJSON)
	answered := make(chan answer, 1)
	go func() {
		defer close(answered)
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			return
		}
		defer response.Body.Close()
		text, _ := io.ReadAll(response.Body)
		answered <- answer{response.StatusCode, response.Header, string(text)}
	}()
	return answered
}

func TestAClientThatGoesLeavesNoQueryBehind(t *testing.T) {
	t.Parallel()
	server := start(t, "--request-timeout", "10m", "--statement-timeout", "10m")
	server.hold(t, "pg_sleep(600)::text is not null")
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	answered := server.pending(t, ctx, unitsQuery)
	eventually(t, "the query runs", func() bool { return server.backends(t) == 1 })
	leave()
	eventually(t, "the query has ended", func() bool { return server.backends(t) == 0 })
	if got, ok := <-answered; ok {
		t.Errorf("the request was answered: %v", got)
	}
	if got := server.ask(t, "{codeLists(first: 1) {totalCount}}", nil); got.status != http.StatusOK || len(got.codes(t)) > 0 {
		t.Errorf("afterwards: status %d: %.300s", got.status, got.body)
	}
}

func TestASlowQueryEndsWithTimeout(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{
		"the request's time":   {"--request-timeout", "300ms", "--statement-timeout", "10m"},
		"the statement's time": {"--request-timeout", "10m", "--statement-timeout", "300ms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, flags...)
			server.hold(t, "pg_sleep(600)::text is not null")
			got := server.ask(t, unitsQuery, nil)
			if codes := got.codes(t); !slices.Equal(codes, []string{"TIMEOUT"}) || got.status != http.StatusGatewayTimeout {
				t.Errorf("status %d: %s", got.status, got.body)
			}
			eventually(t, "the query has ended", func() bool { return server.backends(t) == 0 })
		})
	}
}

func TestStoppingAnswersTheRequestsInFlight(t *testing.T) {
	t.Parallel()
	server := start(t)
	gate, err := server.database.Owner().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer gate.Close()
	if _, err := gate.ExecContext(t.Context(), "select pg_advisory_lock(1)"); err != nil {
		t.Fatal(err)
	}
	server.hold(t, "pg_advisory_xact_lock_shared(1)::text is not null")
	answered := server.pending(t, t.Context(), unitsQuery)
	eventually(t, "the query waits", func() bool { return server.backends(t) == 1 })
	server.stop()
	eventually(t, "no new connection is taken", func() bool {
		connection, err := net.Dial("tcp", server.address)
		if err == nil {
			connection.Close()
		}
		return err != nil
	})
	if _, err := gate.ExecContext(t.Context(), "select pg_advisory_unlock(1)"); err != nil {
		t.Fatal(err)
	}
	if got, ok := <-answered; !ok || got.status != http.StatusOK || len(got.codes(t)) > 0 {
		t.Errorf("the request in flight was answered with %+v", got)
	}
	if err, ended := <-server.stopped; err != nil || !ended {
		t.Errorf("the server stopped with: %v", err)
	}
}

func TestRequestsThatOutlastTheDrainAreCutOffAndReported(t *testing.T) {
	t.Parallel()
	server := start(t, "--drain-timeout", "100ms", "--request-timeout", "10m", "--statement-timeout", "10m")
	server.hold(t, "pg_sleep(600)::text is not null")
	answered := server.pending(t, t.Context(), unitsQuery)
	eventually(t, "the query runs", func() bool { return server.backends(t) == 1 })
	server.stop()
	if err := <-server.stopped; err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("the server stopped with: %v", err)
	}
	if got, ok := <-answered; ok {
		t.Errorf("the request was answered: %v", got)
	}
	eventually(t, "the query has ended", func() bool { return server.backends(t) == 0 })
}

func TestASlowBodyIsRefused(t *testing.T) {
	t.Parallel()
	server := start(t, "--read-timeout", "300ms")
	connection, err := net.Dial("tcp", server.address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := answer{response.StatusCode, response.Header, string(text)}
	if !slices.Equal(got.codes(t), []string{"TIMEOUT"}) || got.status != http.StatusRequestTimeout {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

func TestABodyThatBreaksOffIsRefused(t *testing.T) {
	t.Parallel()
	server := start(t)
	connection, err := net.Dial("tcp", server.address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	fmt.Fprintf(connection, "POST /graphql HTTP/1.1\r\nHost: x\r\nX-Request-Id: broken-off\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if line, text := server.log.line(t, "broken-off"); line["status"] != float64(http.StatusBadRequest) {
		t.Errorf("log: %s", text)
	}
	if got := server.ask(t, "{__typename}", nil); got.status != http.StatusOK {
		t.Errorf("afterwards: status %d", got.status)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	server := start(t)
	if got := server.do(t, "GET", pathLive, nil, ""); got.status != 200 || !strings.Contains(got.body, `"ok"`) {
		t.Errorf("alive: status %d: %s", got.status, got.body)
	}
	for name, test := range map[string]struct {
		health  *health
		problem string
	}{
		"stopping": {func() *health { h := &health{}; h.stopping.Store(true); return h }(), "stopping"},
		"no database": {&health{ping: func(ctx context.Context) error {
			_, err := (&net.Dialer{}).DialContext(ctx, "tcp", "127.0.0.1:1")
			return err
		}}, "cannot be reached"},
		"a database that hangs": {&health{ping: func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}}, "did not answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.health.logger = logSettings{}.logger(&journal{})
			got := record(http.HandlerFunc(test.health.ready), "GET", pathReady, nil)
			var body state
			if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != 503 || !strings.Contains(body.Problem, test.problem) {
				t.Errorf("status %d: %s", got.status, got.body)
			}
		})
	}
}
