package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func repeat(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}

func TestLimitsAtAndAbove(t *testing.T) {
	t.Parallel()
	server := start(t, "--max-body", "5000", "--max-tokens", "200", "--max-depth", "4", "--max-aliases", "5", "--max-roots", "3", "--max-fields", "300",
		"--max-cost", "30", "--max-page", "25", "--max-where-depth", "6", "--max-where-size", "8")
	for _, test := range []struct {
		name  string
		limit int // the largest n that passes
		code  string
		query func(n int) string
	}{
		{"tokens", 200, "QUERY_TOO_COSTLY", func(n int) string {
			return "{administrativeUnits(first: 1) {nodes {" + strings.Repeat("id ", n-13) + "}}}"
		}},
		{"depth", 4, "QUERY_TOO_COSTLY", func(n int) string {
			return `{administrativeUnits(first: 1) {nodes {` + strings.Repeat("parent {", n-1) + "id" + strings.Repeat("}", n-1) + "}}}"
		}},
		{"aliases", 5, "QUERY_TOO_COSTLY", func(n int) string {
			return `{administrativeUnits(first: 1) {nodes {` + repeat(n, func(i int) string { return fmt.Sprintf("a%d: id ", i) }) + "}}}"
		}},
		{"aliases in a fragment", 5, "QUERY_TOO_COSTLY", func(n int) string {
			return `{administrativeUnits(first: 1) {nodes {...A}}} fragment A on AdministrativeUnit {` + repeat(n, func(i int) string { return fmt.Sprintf("a%d: id ", i) }) + "}"
		}},
		{"roots", 3, "QUERY_TOO_COSTLY", func(n int) string {
			return "{" + repeat(n, func(i int) string { return fmt.Sprintf("a%d: __typename ", i) }) + "}"
		}},
		{"fields", 300, "QUERY_TOO_COSTLY", func(n int) string {
			return "{administrativeUnits(first: 1) {nodes {" + strings.Repeat("...A ", (n-2)/10) + strings.Repeat("id ", (n-2)%10) + "}}} fragment A on AdministrativeUnit {" + strings.Repeat("id ", 10) + "}"
		}},
		{"cost", 30, "QUERY_TOO_COSTLY", func(n int) string {
			return fmt.Sprintf(`{a: administrativeUnits(first: 20) {nodes {id}} b: administrativeUnits(first: %d) {nodes {id}}}`, n-20)
		}},
		{"page", 25, "BAD_USER_INPUT", func(n int) string { return fmt.Sprintf(`{administrativeUnits(first: %d) {nodes {id}}}`, n) }},
		{"depth of a condition", 6, "QUERY_TOO_COSTLY", func(n int) string {
			return `{administrativeUnits(where: ` + strings.Repeat("{not: ", n-2) + `{pcode: {eq: "SY"}}` + strings.Repeat("}", n-2) + `) {totalCount}}`
		}},
		{"size of a condition", 8, "QUERY_TOO_COSTLY", func(n int) string {
			return `{administrativeUnits(where: {or: [` + strings.Repeat(`{},`, n-1) + `]}) {totalCount}}`
		}},
		{"bytes", 5000, "QUERY_TOO_COSTLY", func(n int) string {
			const frame = `{"query":"{__typename}","variables":null}` // what ask sends around the query
			return "{__typename}" + strings.Repeat(" ", n-len(frame))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if at := server.ask(t, test.query(test.limit), nil); at.status != http.StatusOK || len(at.codes(t)) > 0 {
				t.Errorf("at the limit of %d: status %d\n%s", test.limit, at.status, at.body)
			}
			above := server.ask(t, test.query(test.limit+1), nil)
			if codes := above.codes(t); !slices.Equal(codes, []string{test.code}) {
				t.Errorf("above the limit of %d: status %d, codes %v, want %s\n%s", test.limit, above.status, codes, test.code, above.body)
			}
		})
	}
}

// TestAttacks sends what is small to write and would be large to answer. Every one must be refused before anything is read,
// and ordinary requests must still be answered afterwards.
func TestAttacks(t *testing.T) {
	t.Parallel()
	server := start(t)
	bomb := func(width, levels int) string {
		return "{projects{nodes{...F0}}}" + repeat(levels, func(i int) string {
			return fmt.Sprintf(" fragment F%d on Project{%s}", i, strings.Repeat(fmt.Sprintf("...F%d ", i+1), width))
		}) + fmt.Sprintf(" fragment F%d on Project{id}", levels)
	}
	nested := func(width, levels int) string {
		return "{projects(first:1){nodes{...F0}}}" + repeat(levels, func(i int) string {
			return fmt.Sprintf(" fragment F%d on Project{%s}", i, repeat(width, func(j int) string {
				return fmt.Sprintf("p%d: parent{...F%d} ", j, i+1)
			}))
		}) + fmt.Sprintf(" fragment F%d on Project{id}", levels)
	}
	for _, test := range []struct {
		name  string
		query string
		codes []string
	}{
		{"fragments of one field, 3^100", bomb(3, 100), []string{"QUERY_TOO_COSTLY"}},
		{"nested fragments with links, 3^40", nested(3, 40), []string{"QUERY_TOO_COSTLY"}},
		{"fragments on each other", "{projects{nodes{...A}}} fragment A on Project{parent{...B}} fragment B on Project{parent{...A}}", []string{"GRAPHQL_VALIDATION_FAILED"}},
		{"a thousand aliases", "{" + repeat(300, func(i int) string { return fmt.Sprintf("a%d:__typename ", i) }) + "}", []string{"QUERY_TOO_COSTLY"}},
		{"ten thousand aliases", "{" + repeat(10_000, func(i int) string { return fmt.Sprintf("a%d:__typename ", i) }) + "}", []string{"QUERY_TOO_COSTLY"}},
		{"pages of pages", "{projects(first:100){nodes{children(first:100){nodes{id}}}}}", []string{"QUERY_TOO_COSTLY"}},
		{"a product that overflows", "{projects(first:2147483647){nodes{children(first:2147483647){nodes{children(first:2147483647){nodes{id}}}}}}}", []string{"QUERY_TOO_COSTLY"}},
		{"many pages side by side", "{" + repeat(20, func(i int) string {
			return fmt.Sprintf("a%d:projects(first:100){nodes{children(first:5){nodes{id}}}}", i)
		}) + "}", []string{"QUERY_TOO_COSTLY"}},
		{"a negative page", "{projects(first:-5){nodes{id}}}", []string{"BAD_USER_INPUT"}},
		{"a hundred thousand braces", strings.Repeat("{a", 100_000), []string{"QUERY_TOO_COSTLY"}},
		{"a deep list", "{projects(first:" + strings.Repeat("[", 100_000) + ")}", []string{"GRAPHQL_PARSE_FAILED"}},
		{"a deep condition", `{projects(where:` + strings.Repeat("{not:", 200) + "{}" + strings.Repeat("}", 200) + `){totalCount}}`, []string{"QUERY_TOO_COSTLY"}},
		{"a deep condition over links", `{projects(where:` + strings.Repeat("{parent:", 200) + "{}" + strings.Repeat("}", 200) + `){totalCount}}`, []string{"QUERY_TOO_COSTLY"}},
		{"a wide condition", `{projects(where:{or:[` + strings.Repeat("{},", 400) + `]}){totalCount}}`, []string{"QUERY_TOO_COSTLY"}},
		{"twenty thousand directives", "{__typename " + strings.Repeat("@skip(if:false) ", 15_000) + "}", []string{"QUERY_TOO_COSTLY"}},
		{"a hundred thousand fields", "{" + strings.Repeat("id ", 80_000) + "}", []string{"QUERY_TOO_COSTLY"}},
		{"a deep link", "{projects(first:1){nodes{" + strings.Repeat("parent{", 50) + "id" + strings.Repeat("}", 50) + "}}}", []string{"QUERY_TOO_COSTLY"}},
		{"the schema of the schema", "{__schema{types{fields{type{fields{type{fields{type{fields{name}}}}}}}}}}", []string{"GRAPHQL_VALIDATION_FAILED"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := server.ask(t, test.query, nil); !slices.Equal(slices.Compact(got.codes(t)), test.codes) {
				t.Errorf("status %d: %.300s; want %v", got.status, got.body, test.codes)
			}
		})
	}
	for _, harmless := range []struct{ name, query string }{
		{"fragments of one field, 2^8", bomb(2, 8)},
		{"one field five hundred times", "{projects(first:1){nodes{" + strings.Repeat("id ", 500) + "}}}"},
	} {
		t.Run(harmless.name, func(t *testing.T) {
			t.Parallel()
			if got := server.ask(t, harmless.query, nil); got.status != http.StatusOK || len(got.codes(t)) > 0 {
				t.Errorf("a document that is large but small to answer: status %d: %.300s", got.status, got.body)
			}
		})
	}
	t.Run("variables", func(t *testing.T) {
		t.Parallel()
		deep := map[string]any{}
		for range 200 {
			deep = map[string]any{"not": deep}
		}
		for name, variables := range map[string]map[string]any{
			"deep": {"where": deep},
			"wide": {"where": map[string]any{"or": slices.Repeat([]any{map[string]any{}}, 5000)}},
			"NUL":  {"where": map[string]any{"code": map[string]any{"eq": "a\x00b"}}},
			"huge": {"first": 1e18},
		} {
			got := server.ask(t, "query($where: ProjectWhere, $first: Int) {projects(where: $where, first: $first) {totalCount nodes {id}}}", variables)
			if codes := got.codes(t); len(codes) != 1 || !slices.Contains([]string{"QUERY_TOO_COSTLY", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}, codes[0]) {
				t.Errorf("%s: status %d: %.300s", name, got.status, got.body)
			}
		}
	})
}
