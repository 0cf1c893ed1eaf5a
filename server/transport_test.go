package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// wantHeader is a header that an answer must have; an empty value stands for a header that it must not have.
type wantHeader = map[string]string

func TestGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	server := start(t)
	post := func(media string) http.Header { return http.Header{"Content-Type": {media}} }
	standard := http.Header{"Content-Type": {mediaJSON}, "Accept": {mediaGraphQL}}
	query := url.QueryEscape("{__typename}")
	const ok = `{"data":{"__typename":"Query"}}`
	for _, test := range []struct {
		name, method, path string
		header             http.Header
		body               string
		status             int
		want               string // body, or code of the error
		headers            wantHeader
	}{
		{"POST", "POST", "/graphql", post(mediaJSON), `{"query":"{__typename}"}`, 200, ok,
			wantHeader{"Content-Type": "application/json; charset=utf-8", "Etag": "", "Cache-Control": "no-store"}},
		{"POST with a charset", "POST", "/graphql", post(mediaJSON + "; charset=UTF-8"), `{"query":"{__typename}"}`, 200, ok, nil},
		{"POST, own media type", "POST", "/graphql", standard, `{"query":"{__typename}"}`, 200, ok,
			wantHeader{"Content-Type": mediaGraphQL + "; charset=utf-8"}},
		{"POST with everything", "POST", "/graphql", post(mediaJSON),
			`{"query":"query A($a: Boolean!){__typename @include(if: $a)} query B{a: __typename}","operationName":"A","variables":{"a":true},"extensions":{}}`, 200, ok, nil},
		{"POST with nulls", "POST", "/graphql", post(mediaJSON), `{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}`, 200, ok, nil},
		{"GET", "GET", "/graphql?query=" + query, nil, "", 200, ok, wantHeader{"Cache-Control": "no-cache"}},
		{"GET with variables", "GET", "/graphql?variables=%7B%22a%22%3Atrue%7D&query=" + url.QueryEscape("query A($a: Boolean!){__typename @include(if: $a)}"), nil, "", 200, ok, nil},
		{"HEAD", "HEAD", "/graphql?query=" + query, nil, "", 200, "", nil},
		{"OPTIONS", "OPTIONS", "/graphql", nil, "", 204, "", wantHeader{"Allow": "GET, HEAD, POST, OPTIONS"}},
		{"PUT", "PUT", "/graphql", post(mediaJSON), `{"query":"{__typename}"}`, 405, "BAD_USER_INPUT", wantHeader{"Allow": "GET, HEAD, POST, OPTIONS"}},
		{"DELETE", "DELETE", "/graphql?query=" + query, nil, "", 405, "BAD_USER_INPUT", nil},
		{"GET without a query", "GET", "/graphql", nil, "", 400, "BAD_USER_INPUT", nil},
		{"GET with bad variables", "GET", "/graphql?variables=%5B1%5D&query=" + query, nil, "", 400, "BAD_USER_INPUT", nil},
		{"GET with bad extensions", "GET", "/graphql?extensions=x&query=" + query, nil, "", 400, "BAD_USER_INPUT", nil},
		{"no Content-Type", "POST", "/graphql", http.Header{}, `{"query":"{__typename}"}`, 415, "BAD_USER_INPUT", nil},
		{"a form", "POST", "/graphql", post("application/x-www-form-urlencoded"), "query=" + query, 415, "BAD_USER_INPUT", nil},
		{"text/plain", "POST", "/graphql", post("text/plain"), `{"query":"{__typename}"}`, 415, "BAD_USER_INPUT", nil},
		{"another charset", "POST", "/graphql", post(mediaJSON + "; charset=windows-1256"), `{"query":"{__typename}"}`, 415, "BAD_USER_INPUT", nil},
		{"a compressed body", "POST", "/graphql", http.Header{"Content-Type": {mediaJSON}, "Content-Encoding": {"gzip"}}, "\x1f\x8b", 415, "BAD_USER_INPUT", nil},
		{"an upgrade is declined", "GET", "/graphql?query=" + query, http.Header{"Upgrade": {"websocket"}, "Connection": {"Upgrade"}}, "", 200, ok, nil},
		{"an empty body", "POST", "/graphql", standard, "", 400, "BAD_USER_INPUT", nil},
		{"no JSON", "POST", "/graphql", standard, `{"query": secret-in-body`, 400, "BAD_USER_INPUT", nil},
		{"JSON and more", "POST", "/graphql", standard, `{"query":"{__typename}"} {}`, 400, "BAD_USER_INPUT", nil},
		{"a JSON string", "POST", "/graphql", standard, `"{__typename}"`, 400, "BAD_USER_INPUT", nil},
		{"a batch", "POST", "/graphql", standard, ` [{"query":"{__typename}"}]`, 400, "BAD_USER_INPUT", nil},
		{"an empty query", "POST", "/graphql", standard, `{"query":""}`, 400, "BAD_USER_INPUT", nil},
		{"query is no string", "POST", "/graphql", standard, `{"query":{"a":1}}`, 400, "BAD_USER_INPUT", nil},
		{"variables are no object", "POST", "/graphql", standard, `{"query":"{__typename}","variables":"x"}`, 400, "BAD_USER_INPUT", nil},
		{"a NUL in the query", "POST", "/graphql", standard, `{"query":"{__typename} # \u0000"}`, 400, "BAD_USER_INPUT", nil},
		{"syntax", "POST", "/graphql", standard, `{"query":"{"}`, 400, "GRAPHQL_PARSE_FAILED", nil},
		{"syntax, old media type", "POST", "/graphql", post(mediaJSON), `{"query":"{"}`, 200, "GRAPHQL_PARSE_FAILED", nil},
		{"an unknown field", "POST", "/graphql", standard, `{"query":"{bogus}"}`, 400, "GRAPHQL_VALIDATION_FAILED", nil},
		{"an unknown operation", "POST", "/graphql", standard, `{"query":"query A{__typename}","operationName":"B"}`, 400, "GRAPHQL_VALIDATION_FAILED", nil},
		{"which of two operations", "POST", "/graphql", standard, `{"query":"query A{__typename} query B{__typename}"}`, 400, "GRAPHQL_VALIDATION_FAILED", nil},
		{"a wrong variable", "POST", "/graphql", standard, `{"query":"query($n:Int){projects(first:$n){totalCount}}","variables":{"n":"abc"}}`, 400, "GRAPHQL_VALIDATION_FAILED", nil},
		{"a subscription", "POST", "/graphql", standard, `{"query":"subscription{a}"}`, 400, "GRAPHQL_VALIDATION_FAILED", nil},
		{"a mutation by GET", "GET", "/graphql?query=" + url.QueryEscape("mutation{__typename}"), http.Header{"Accept": {mediaGraphQL}}, "", 405, "BAD_USER_INPUT", nil},
		{"@defer", "POST", "/graphql", standard, `{"query":"{...@defer{__typename}}"}`, 400, "BAD_USER_INPUT", nil},
		{"@defer in a fragment", "POST", "/graphql", standard, `{"query":"{...A} fragment A on Query{projects(first:1){nodes{...B @defer}}} fragment B on Project{id}"}`, 400, "BAD_USER_INPUT", nil},
		{"a wrong id", "POST", "/graphql", standard, `{"query":"{node(id:\"x\"){id}}"}`, 400, "BAD_USER_INPUT", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := server.do(t, test.method, test.path, test.header, test.body)
			if got.status != test.status {
				t.Errorf("status %d, want %d\n%s", got.status, test.status, got.body)
			}
			if strings.Contains(got.body, "secret-in-body") {
				t.Errorf("the answer repeats the body: %s", got.body)
			}
			switch {
			case test.want == "" || strings.HasPrefix(test.want, "{"):
				if strings.TrimSpace(got.body) != test.want {
					t.Errorf("body %q, want %q", got.body, test.want)
				}
			case !slices.Equal(got.codes(t), []string{test.want}):
				t.Errorf("codes %v, want %s\n%s", got.codes(t), test.want, got.body)
			}
			for name, value := range test.headers {
				if got.header.Get(name) != value {
					t.Errorf("%s: %q, want %q", name, got.header.Get(name), value)
				}
			}
		})
	}
}

func TestETagOfQueriesByGET(t *testing.T) {
	t.Parallel()
	server := start(t)
	first := server.get(t, unitsQuery, nil)
	tag := first.header.Get("ETag")
	if first.status != 200 || !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("status %d, ETag %q", first.status, tag)
	}
	for _, test := range []struct {
		name, query, header string
		status              int
	}{
		{"the same answer", unitsQuery, tag, 304},
		{"as a strong tag", unitsQuery, strings.TrimPrefix(tag, "W/"), 304},
		{"one of several", unitsQuery, `"other", ` + tag, 304},
		{"any", unitsQuery, "*", 304},
		{"another tag", unitsQuery, `W/"other"`, 200},
		{"another answer", `{administrativeUnits(first: 2) {nodes {id}}}`, tag, 200},
	} {
		got := server.get(t, test.query, http.Header{"If-None-Match": {test.header}})
		if got.status != test.status || (got.status == 304) != (got.body == "") {
			t.Errorf("%s: status %d with %d bytes, want %d", test.name, got.status, len(got.body), test.status)
		}
	}
	if failed := server.get(t, `{bogus}`, http.Header{"If-None-Match": {"*"}}); failed.status == 304 || failed.header.Get("ETag") != "" {
		t.Errorf("an error was answered with status %d and ETag %q", failed.status, failed.header.Get("ETag"))
	}
}

func TestAcceptLanguageChoosesTheTexts(t *testing.T) {
	t.Parallel()
	server := start(t)
	for language, want := range map[string]string{
		"":                        "دمشق",
		"ar-SY,ar;q=0.9,en;q=0.5": "دمشق",
		"en-GB,en;q=0.9":          "Damascus",
		"fr;q=0.9, en;q=0.8":      "Damascus",
		"not a language;;":        "دمشق",
	} {
		got := server.get(t, `{administrativeUnit(by: {pcode: "SY01"}) {name {text}}}`, http.Header{"Accept-Language": {language}})
		if !strings.Contains(got.body, `"`+want+`"`) || !slices.ContainsFunc(got.header.Values("Vary"), func(v string) bool { return strings.Contains(v, "Accept-Language") }) {
			t.Errorf("Accept-Language %q: %s; want %s", language, got.body, want)
		}
	}
}

func TestCompressionSparesSmallAnswers(t *testing.T) {
	t.Parallel()
	server := start(t)
	header := http.Header{"Accept-Encoding": {"gzip"}}
	if small := server.get(t, unitsQuery, header.Clone()); small.header.Get("Content-Encoding") != "" {
		t.Errorf("an answer of %d bytes was compressed", len(small.body))
	}
	large := server.get(t, `{administrativeUnits(first: 100) {nodes {id pcode name {text locale}}}}`, header.Clone())
	if large.header.Get("Content-Encoding") != "gzip" || large.header.Get("ETag") == "" {
		t.Errorf("a large answer: Content-Encoding %q, ETag %q", large.header.Get("Content-Encoding"), large.header.Get("ETag"))
	}
}

func TestAnswersAreTheStatementsBytes(t *testing.T) {
	t.Parallel()
	server := start(t)
	got := server.ask(t, `query Two { one: administrativeUnit(by: {pcode: "SY"}) { pcode level } none: node(id: "unt_ffffff") { id } __typename }`, nil)
	var answer struct {
		Data map[string]json.RawMessage
	}
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil {
		t.Fatalf("%v: %s", err, got.body)
	}
	if string(answer.Data["none"]) != "null" || string(answer.Data["__typename"]) != `"Query"` || !strings.Contains(string(answer.Data["one"]), `"SY"`) {
		t.Errorf("got %s", got.body)
	}
}
