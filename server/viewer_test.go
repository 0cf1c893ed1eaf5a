package main

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"taawun/graph"
)

// TestAnswersOfViewers: refusals have the statuses of HTTP, and what a viewer is answered is kept for nobody else.
func TestAnswersOfViewers(t *testing.T) {
	t.Parallel()
	viewers := map[string]*graph.Viewer{"person": {Account: 4711}}
	f := serveFeed(t, viewers, 1, ordinary())
	viewers["analyst"] = f.analyst(t)
	f.project(t, "DRAFT", "DRAFT")
	get := func(query, viewer, accept, match string) (*http.Response, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.url+"?query="+url.QueryEscape(query), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header = http.Header{"Accept": {accept}, "X-Viewer": {viewer}, "If-None-Match": {match}}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, string(body)
	}
	const draft = `{ project(by: {code: "DRAFT"}) { code } }`
	staff, body := get(draft, "analyst", mediaGraphQL, "")
	if !strings.Contains(body, "DRAFT") || staff.Header.Get("Cache-Control") != "private, no-cache" || !strings.Contains(strings.Join(staff.Header.Values("Vary"), ", "), "Cookie") {
		t.Errorf("the analyst got %s %v", body, staff.Header)
	}
	tag := staff.Header.Get("ETag")
	if again, _ := get(draft, "analyst", mediaGraphQL, tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same answer again: %s", again.Status)
	}
	for _, viewer := range []string{"", "person"} {
		if other, body := get(draft, viewer, mediaGraphQL, tag); other.StatusCode != http.StatusOK || strings.Contains(body, "DRAFT") {
			t.Errorf("%q got %s %s", viewer, other.Status, body)
		}
	}
	const history = `{ fieldChanges(first: 1) { totalCount } }`
	for _, c := range []struct {
		viewer, accept string
		status         int
		code           string
	}{
		{"", mediaGraphQL, http.StatusUnauthorized, "UNAUTHENTICATED"}, {"", mediaJSON, http.StatusOK, "UNAUTHENTICATED"},
		{"person", mediaGraphQL, http.StatusForbidden, "FORBIDDEN"}, {"analyst", mediaGraphQL, http.StatusOK, "totalCount"},
	} {
		response, body := get(history, c.viewer, c.accept, "")
		if response.StatusCode != c.status || !strings.Contains(body, c.code) || (c.status == http.StatusUnauthorized) != (response.Header.Get("WWW-Authenticate") != "") {
			t.Errorf("%q, %s: %s %s", c.viewer, c.accept, response.Status, body)
		}
	}
}
