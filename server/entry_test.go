package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// record runs a handler without a network.
func record(handler http.Handler, method, path string, header http.Header) answer {
	request := httptest.NewRequest(method, path, nil)
	request.Header = header
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return answer{recorder.Code, recorder.Header(), recorder.Body.String()}
}

func TestRequestIDs(t *testing.T) {
	t.Parallel()
	server := start(t)
	for _, test := range []struct {
		name, given string
		kept        bool
	}{
		{"none", "", false},
		{"a token", "proxy-0123.ABC_def", true},
		{"a UUID", "0b0e7a52-6b1c-4c52-9d3b-2f3f9f3f1c11", true},
		{"too short", "short", false},
		{"as long as may be", strings.Repeat("a", 64), true},
		{"too long", strings.Repeat("a", 65), false},
		{"markup", "<script>alert(1)</script>", false},
		{"spaces", "two words here", false},
	} {
		header := http.Header{}
		if test.given != "" {
			header.Set(headerRequestID, test.given)
		}
		got := server.do(t, "GET", pathLive, header, "").header.Get(headerRequestID)
		if (got == test.given) != test.kept || len(got) < 8 {
			t.Errorf("%s: given %q, answered %q", test.name, test.given, got)
		}
	}
}

func TestTheLogTellsOfARequestWithoutItsValues(t *testing.T) {
	t.Parallel()
	server := start(t)
	const secret = "a secret value"
	got := server.ask(t, `query Find($words: String!) { administrativeUnits(where: {search: $words, pcode: {ne: "another secret"}}) { totalCount } }`, map[string]any{"words": secret})
	if got.status != http.StatusOK {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	line, text := server.log.line(t, got.header.Get(headerRequestID))
	for name, want := range map[string]any{
		"level": "INFO", "method": "POST", "path": pathGraphQL, "operation": "Find", "kind": "query",
		"status": float64(200), "bytes": float64(len(got.body)),
	} {
		if line[name] != want {
			t.Errorf("%s: %v, want %v", name, line[name], want)
		}
	}
	if _, timed := line["ms"].(float64); !timed {
		t.Errorf("the line has no duration: %s", text)
	}
	if whole := server.log.String(); strings.Contains(whole, secret) || strings.Contains(whole, "another secret") {
		t.Errorf("the log has a value of the request: %s", whole)
	}

	refused := server.ask(t, `{ bogus }`, nil)
	line, text = server.log.line(t, refused.header.Get(headerRequestID))
	if codes, _ := line["codes"].([]any); len(codes) != 1 || codes[0] != "GRAPHQL_VALIDATION_FAILED" {
		t.Errorf("the line lacks the code: %s", text)
	}

	long := server.ask(t, "query "+strings.Repeat("N", 5000)+" { __typename }", nil)
	if _, text = server.log.line(t, long.header.Get(headerRequestID)); len(text) > 1000 {
		t.Errorf("a client wrote %d bytes into the log", len(text))
	}
}
