package graph

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
)

// standardIntrospection is the query by which GraphiQL and others read the schema.
const standardIntrospection = `query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind }
  types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL isOneOf fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`

// TestLimits asks each limit at its bound and one above.
func TestLimits(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	defaults := open(t, d.Public(), Options{})
	links := func(n int) string { // n objects within each other
		q := "code"
		for range n - 1 {
			q = "parent { " + q + " }"
		}
		return `{ project(by: {code: "x"}) { ` + q + ` } }`
	}
	aliases := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, " a%d: code", i)
		}
		return `{ project(by: {code: "x"}) {` + b.String() + ` } }`
	}
	roots := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ` a%d: project(by: {code: "x"}) { id }`, i)
		}
		return `{` + b.String() + ` }`
	}
	fields := func(n int) string { // 10 roots, each with the same hundreds of fields, and what is missing to n
		var b strings.Builder
		for i := range 10 {
			fmt.Fprintf(&b, ` a%d: project(by: {code: "x"}) { ...F }`, i)
		}
		return `{` + b.String() + strings.Repeat(" __typename", n%10) + ` } fragment F on Project {` + strings.Repeat(" id", n/10-1) + ` }`
	}
	where := func(n int) string { // n input objects within each other
		return `{ projects(where: ` + strings.Repeat("{not: ", n-1) + "{}" + strings.Repeat("}", n-1) + `) { totalCount } }`
	}
	wide := func(n int) string {
		return `{ projects(where: {or: [` + strings.Repeat("{}, ", n-1) + `]}) { totalCount } }`
	}
	tokens := func(n int) string { // 14 tokens stand around the fields
		return `{ project(by: {code: "x"}) {` + strings.Repeat(" id", n-14) + ` } }`
	}
	pages := func(n int) map[string]any { return map[string]any{"n": n} }
	const nested = `query($n: Int) { projects(first: $n) { nodes { agreements(first: 49) { nodes { code } } } } }`
	for name, x := range map[string]struct {
		limits      Limits
		query       string
		variables   map[string]any
		tooMuch     string
		tooMuchVars map[string]any
		message     string
	}{
		"depth":            {Limits{}, links(12), nil, links(13), nil, "13 levels of links; the limit is 12"},
		"depth, wrappers":  {Limits{Depth: 2}, `{ projects { edges { node { agreements { nodes { code } } } } } }`, nil, `{ projects { nodes { agreements { nodes { owner { code } } } } } }`, nil, "3 levels"},
		"aliases":          {Limits{}, aliases(50), nil, aliases(51), nil, "51 aliases; the limit is 50"},
		"fields":           {Limits{}, fields(3000), nil, fields(3001), nil, "3001 fields; the limit is 3000"},
		"roots":            {Limits{}, roots(20), nil, roots(21), nil, "21 root fields; the limit is 20"},
		"cost, variables":  {Limits{}, nested, pages(100), strings.Replace(nested, "49", "50", 1), pages(100), "5100 records; the limit is 5000"},
		"cost, small":      {Limits{Cost: 100}, `{ projects(first: 100) { nodes { code } } }`, nil, `{ projects(last: 100) { nodes { code } totalCount } a: projects(first: 1) { nodes { code } } }`, nil, "101 records; the limit is 100"},
		"cost, by default": {Limits{Cost: 20}, `{ projects { nodes { code } } }`, nil, `{ projects { nodes { owner { code } } } }`, nil, "40 records"},
		"cost, ids":        {Limits{Cost: 2}, `{ nodes(ids: ["prj_1", "prj_2"]) { id } }`, nil, `{ nodes(ids: ["prj_1", "prj_2", "prj_3"]) { id } }`, nil, "3 records"},
		"where depth":      {Limits{}, where(12), nil, where(13), nil, "13 levels of a condition; the limit is 12"},
		"where depth, variables": {Limits{WhereDepth: 2}, `query($w: ProjectWhere) { projects(where: $w) { totalCount } }`, map[string]any{"w": map[string]any{"not": map[string]any{}}},
			`query($w: ProjectWhere) { projects(where: {not: $w}) { totalCount } }`, map[string]any{"w": map[string]any{"and": []any{map[string]any{}}}}, "levels of a condition"},
		"where size": {Limits{}, wide(100), nil, wide(101), nil, "101 parts of a condition; the limit is 100"},
		"tokens":     {Limits{Tokens: 100, Aliases: 1000}, tokens(100), nil, tokens(101), nil, "more than 100 tokens; the limit is 100"},
		"page size":  {Limits{PageSize: 5}, `{ projects(first: 5) { nodes { id } } }`, nil, "", nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := defaults
			if x.limits != (Limits{}) {
				g = open(t, d.Public(), Options{Limits: x.limits})
			}
			ask(t, g, x.query, x.variables)
			if x.tooMuch == "" {
				return
			}
			before := g.Stats()
			if m := refused(t, g, CodeTooCostly, x.tooMuch, x.tooMuchVars); !strings.Contains(m, x.message) {
				t.Errorf("got %q", m)
			}
			if after := g.Stats(); after != before {
				t.Errorf("something was done: %v %v", before, after)
			}
		})
	}
	small := open(t, d.Public(), Options{Limits: Limits{PageSize: 5}})
	refused(t, small, CodeBadUserInput, `{ projects(first: 6) { nodes { id } } }`, nil)
	if got := dig(ask(t, small, `{ projects { nodes { id } } }`, nil), "projects", "nodes"); len(got.([]any)) != 4 {
		t.Errorf("got %v", got)
	}
}

// TestFragmentBomb: fragments that spread each other twice expand to 2^60 fields; measuring them takes no longer than reading
// them, and they are refused.
func TestFragmentBomb(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	var b strings.Builder
	b.WriteString("{ projects { nodes { ...F0 } } }")
	for i := range 60 {
		fmt.Fprintf(&b, " fragment F%d on Project { a%d: code ...F%d b%d: code ...F%d }", i, i, i+1, i, i+1)
	}
	b.WriteString(" fragment F60 on Project { code }")
	doc, errs := gqlparser.LoadQueryWithRules(g.Schema(), b.String(), nil)
	if errs != nil {
		t.Fatal(errs)
	}
	start := time.Now()
	err := g.limits.check(doc.Operations[0], nil, nil)
	if err == nil || !strings.Contains(err.Error(), "aliases") {
		t.Errorf("got %v", err)
	}
	if d := time.Since(start); d > time.Minute { // it would not end otherwise
		t.Errorf("it took %v", d)
	}
}

// TestIntrospection: the standard query passes the limits and shows the whole contract, alone and beside data, which then
// comes from the same single statement.
func TestIntrospection(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	types := dig(ask(t, g, standardIntrospection, nil), "__schema", "types").([]any)
	shown := map[string]int{}
	for _, x := range types {
		fields, _ := dig(x, "fields").([]any)
		shown[dig(x, "name").(string)] = len(fields)
	}
	for name, d := range g.Schema().Types {
		if _, ok := shown[name]; !ok {
			t.Errorf("%s is not shown", name)
		}
		if name == "Project" && shown[name] != len(d.Fields) {
			t.Errorf("%s has %d fields, %d are shown", name, len(d.Fields), shown[name])
		}
	}
	before := g.Stats().Executed
	got := ask(t, g, `query($c: String!) { __typename __type(name: "Money") { name } a: project(by: {code: $c}) { code } none: project(by: {code: "?"}) { id } nodes(ids: ["prj_1", "prj_fff"]) { id } search(text: "Aleppo") { kind } }`, map[string]any{"c": "PRJ-1"})
	if n := g.Stats().Executed - before; n != 1 {
		t.Errorf("%d statements", n)
	}
	if dig(got, "__typename") != "Query" || dig(got, "__type", "name") != "Money" || dig(got, "a", "code") != "PRJ-1" || got["none"] != nil || dig(got, "nodes", 0, "id") != "prj_1" || dig(got, "nodes", 1) != nil || dig(got, "search", 0, "kind") == nil {
		t.Errorf("got %v", got)
	}
	only := g.Stats().Executed
	if got := ask(t, g, `{ __typename a: __typename }`, nil); dig(got, "a") != "Query" || g.Stats().Executed != only {
		t.Errorf("got %v", got)
	}
	refused(t, g, CodeBadUserInput, `{ __schema { queryType { name } } node(id: "x") { id } }`, nil)
}
