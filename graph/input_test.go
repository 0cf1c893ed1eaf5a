package graph

import (
	"strings"
	"testing"
)

// TestBadInput refuses values that cannot be used, as literals and as variables, before any SQL runs.
func TestBadInput(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := open(t, d.Public(), Options{})
	orderedByCode := dig(ask(t, g, `{ projects(first: 1, orderBy: [{field: CODE}]) { pageInfo { endCursor } } }`, nil), "projects", "pageInfo", "endCursor").(string)
	projectsWhere := func(where string) string { return `{ projects(where: ` + where + `) { totalCount } }` }
	const byVariable = `query($w: ProjectWhere) { projects(where: $w) { totalCount } }`
	w := func(v map[string]any) map[string]any { return map[string]any{"w": v} }
	for name, x := range map[string]struct {
		query     string
		variables map[string]any
		argument  string
		message   string
	}{
		"malformed id":          {`{ node(id: "prj-1") { id } }`, nil, "id", "not an id"},
		"unknown prefix":        {`{ node(id: "xyz_1") { id } }`, nil, "id", "not an id"},
		"leading zero":          {`{ node(id: "prj_01") { id } }`, nil, "id", "not an id"},
		"too large":             {`{ node(id: "prj_ffffffffffffffff") { id } }`, nil, "id", "not an id"},
		"other type":            {`{ project(by: {id: "org_1"}) { id } }`, nil, "by.id", "the id of Organization, not of Project"},
		"other type in filter":  {projectsWhere(`{id: {in: ["prj_1", "org_1"]}}`), nil, "where.id.in", "not of Project"},
		"id variable":           {`query($id: ID!) { node(id: $id) { id } }`, map[string]any{"id": "prj_"}, "$id", "not an id"},
		"id in list":            {`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": []any{"prj_1", "x"}}, "$ids.1", "not an id"},
		"other type, variable":  {byVariable, w(map[string]any{"organizations": map[string]any{"some": map[string]any{"id": map[string]any{"eq": "prj_1"}}}}), "$w.organizations.some.id.eq", "not of Organization"},
		"within other type":     {projectsWhere(`{within: "prj_1"}`), nil, "where.within", "not of AdministrativeUnit"},
		"date":                  {projectsWhere(`{startDate: {gte: "2020-02-30"}}`), nil, "where.startDate.gte", "not a date"},
		"date with time":        {byVariable, w(map[string]any{"startDate": map[string]any{"lt": "2020-01-01T00:00:00Z"}}), "$w.startDate.lt", "not a date"},
		"date that is no text":  {byVariable, w(map[string]any{"startDate": map[string]any{"lt": 2020}}), "$w.startDate.lt", "cannot be used as Date"},
		"moment without zone":   {projectsWhere(`{createdAt: {lt: "2020-01-01T00:00:00"}}`), nil, "where.createdAt.lt", "moment"},
		"decimal":               {`{ transactions(where: {value: {amount: {gt: "12,5"}}}) { totalCount } }`, nil, "where.value.amount.gt", "decimal"},
		"decimal too long":      {`{ transactions(where: {value: {amount: {gt: "` + strings.Repeat("9", 65) + `"}}}) { totalCount } }`, nil, "where.value.amount.gt", "decimal"},
		"NUL":                   {byVariable, w(map[string]any{"code": map[string]any{"eq": "a\x00b"}}), "$w.code.eq", "NUL"},
		"NUL in a literal":      {projectsWhere(`{code: {in: ["x", "a\u0000b"]}}`), nil, "where.code.in.1", "NUL"},
		"not UTF-8 allowed":     {projectsWhere(`{code: {eq: "` + strings.Repeat("x", 8193) + `"}}`), nil, "where.code.eq", "at most"},
		"locale":                {`{ projects { nodes { title(locale: "a b") { text } } } }`, nil, "locale", "language tag"},
		"locale not asked for":  {`{ projects { nodes { title(locale: "en", fallback: ["_"]) { __typename } } } }`, nil, "fallback.0", "language tag"},
		"skipped literal":       {`{ projects @skip(if: true) { nodes { title(locale: "?") { text } } } __typename }`, nil, "locale", "language tag"},
		"negative page":         {`{ projects(first: -1) { totalCount } }`, nil, "first", "negative"},
		"page too large":        {`query($n: Int) { projects(first: $n) { totalCount } }`, map[string]any{"n": 101}, "$n", "more than the 100"},
		"both ends":             {`{ projects(first: 1, last: 1) { totalCount } }`, nil, "last", "not for both"},
		"many facet values":     {`{ projects { facet(by: STATUS, first: 101) { value } } }`, nil, "first", "more than the 100"},
		"int too large":         {`query($n: Int) { projects(first: $n) { totalCount } }`, map[string]any{"n": 1 << 31}, "$n", "32 bits"},
		"cursor":                {`{ projects(after: "%%%") { nodes { id } } }`, nil, "after", "malformed"},
		"cursor of nothing":     {`query($c: Cursor) { projects(after: $c) { nodes { id } } }`, map[string]any{"c": "bnVsbA"}, "$c", "malformed"},
		"other order's cursor":  {`query($c: Cursor) { projects(after: $c, orderBy: [{field: ID}]) { nodes { id } } }`, map[string]any{"c": orderedByCode}, "$c", "does not belong"},
		"other type's cursor":   {`query($c: Cursor) { organizations(after: $c, orderBy: [{field: CODE}]) { totalCount } }`, map[string]any{"c": orderedByCode}, "$c", "does not belong"},
		"no key":                {`query($by: ProjectBy!) { project(by: $by) { id } }`, map[string]any{"by": map[string]any{}}, "$by", "exactly one"},
		"two keys":              {`query($by: ProjectBy!) { project(by: $by) { id } }`, map[string]any{"by": map[string]any{"id": "prj_1", "code": "x"}}, "$by", "exactly one"},
		"null key":              {`query($by: ProjectBy!) { project(by: $by) { id } }`, map[string]any{"by": map[string]any{"id": nil}}, "$by", "exactly one"},
		"enum in another case":  {byVariable, w(map[string]any{"status": map[string]any{"eq": "closed"}}), "$w.status.eq", "not a value of ProjectStatus"},
		"too many words":        {projectsWhere(`{search: "a b c d e f g h i j k"}`), nil, "where.search", "at most 10 words"},
		"too many words by var": {`query($q: String) { projects(where: {search: $q}) { totalCount } }`, map[string]any{"q": "a b c d e f g h i j k"}, "$q", "at most 10 words"},
	} {
		t.Run(name, func(t *testing.T) {
			before := g.Stats().Executed
			r := call(t.Context(), g, x.query, decoded(t, x.variables))
			if len(r.Errors) != 1 {
				t.Fatalf("answered: %s", r.Data)
			}
			e := r.Errors[0]
			if e.Extensions["code"] != CodeBadUserInput || e.Extensions["argument"] != x.argument || !strings.Contains(e.Message, x.message) ||
				!strings.ContainsAny(e.Extensions["messageAr"].(string), "ابتثجحخدذرزسشصضطظعغفقكلمنهوي") {
				t.Errorf("got %q %v", e.Message, e.Extensions)
			}
			if g.Stats().Executed != before {
				t.Error("SQL was run")
			}
		})
	}
}

// TestForgedCursors refuses cursors with the right mark and values that do not fit.
func TestForgedCursors(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	const query = `query($c: Cursor) { projects(after: $c, first: 1, orderBy: [{field: START_DATE}]) { pageInfo { endCursor } } }`
	good := dig(ask(t, g, query, nil), "projects", "pageInfo", "endCursor").(string)
	ask(t, g, query, map[string]any{"c": good})
	for _, values := range []string{`"2020-13-01",1`, `"2020-01-01","x"`, `"2020-01-01",null`, `"2020-01-01"`, `"2020-01-01",1,2`, `"2020-01-01",1.5`, `"2020-01-01",99999999999999999999`, `{},1`, `"'; drop table x",1`} {
		forged := forge(t, good, values)
		if m := refused(t, g, CodeBadUserInput, query, map[string]any{"c": forged}); !strings.Contains(m, "cursor") {
			t.Errorf("%s: %s", values, m)
		}
	}
}

// TestShape: the text of a statement depends on the shape of the variables and on nothing else; no value, not even a literal
// of the document, is ever part of it.
func TestShape(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	const query = `query($w: ProjectWhere, $o: [ProjectOrder!], $n: Int, $l: Locale, $f: [Locale!], $b: Boolean!, $q: String!) {
	  projects(where: $w, orderBy: $o, first: $n) { totalCount nodes { id code @skip(if: $b) title(locale: $l, fallback: $f) { text isFallback } } facet(by: STATUS) { value } }
	  search(text: $q) { score } }`
	vars := func(code, status, term, date string, in []any, n int, l, direction string, b bool) map[string]any {
		return map[string]any{"w": map[string]any{"search": term, "code": map[string]any{"startsWith": code, "in": in}, "status": map[string]any{"ne": status},
			"startDate": map[string]any{"gt": date}, "organizations": map[string]any{"some": map[string]any{"id": map[string]any{"eq": "org_1"}}}},
			"n": n, "o": []any{map[string]any{"field": "START_DATE", "direction": direction}}, "l": l, "f": []any{l, "en"}, "b": b, "q": term}
	}
	explain := func(v map[string]any) Statement {
		t.Helper()
		st, err := g.Explain(query, "", decoded(t, v), nil)
		if err != nil {
			t.Fatal(err)
		}
		ask(t, g, query, v)
		return st
	}
	base := explain(vars("P-4", "CLOSED", "شبكة", "2020-01-01", []any{"a"}, 5, "ar", "ASC", false))
	same := explain(vars(`ZZZ'";--\$1%_`, "PIPELINE", `ZZZ'\`, "1999-09-09", []any{`ZZZ",}{`, "ZZZ", `\`, ""}, 7, "de", "ASC", false))
	if base.SQL != same.SQL || base.Shape != same.Shape {
		t.Error("values reach the text or the shape")
	}
	if strings.Contains(same.SQL, "ZZZ") || strings.Contains(same.Shape, "ZZZ") || strings.Contains(same.SQL, "1999") {
		t.Error("a value is part of the text")
	}
	for name, v := range map[string]map[string]any{
		"direction":       vars("P-4", "CLOSED", "x", "2020-01-01", []any{"a"}, 5, "ar", "DESC", false),
		"skip":            vars("P-4", "CLOSED", "x", "2020-01-01", []any{"a"}, 5, "ar", "ASC", true),
		"number of words": vars("P-4", "CLOSED", "x y", "2020-01-01", []any{"a"}, 5, "ar", "ASC", false),
		"wider locale":    vars("P-4", "CLOSED", "x", "2020-01-01", []any{"a"}, 5, "ar-SY", "ASC", false),
	} {
		if other := explain(v); other.SQL == base.SQL || other.Shape == base.Shape {
			t.Errorf("%s does not change text and shape", name)
		}
	}
	null := vars("P-4", "CLOSED", "x", "2020-01-01", []any{"a"}, 5, "ar", "ASC", false)
	null["w"].(map[string]any)["code"] = nil
	if other := explain(null); other.SQL == base.SQL || other.Shape == base.Shape {
		t.Error("null does not change text and shape")
	}
	if more, err := g.Explain(query, "", decoded(t, vars("P-4", "CLOSED", "x", "2020-01-01", []any{"a"}, 5, "ar", "ASC", false)), []string{"de", "fr", "en"}); err != nil || more.Shape == base.Shape {
		t.Error("the number of the reader's languages does not change the shape", err)
	}
	literal, err := g.Explain(`{ projects(where: {or: [{search: "ZZZ'"}, {code: {in: ["ZZZ\"'"], contains: "ZZZ"}}, {title: {has: "zzz"}}]}, first: 3) { nodes { title(locale: "zzz") { text } } } search(text: "ZZZ") { score } }`, "", nil, nil)
	if err != nil || strings.Contains(strings.ToUpper(literal.SQL), "ZZZ") {
		t.Error("a literal reaches the text", err)
	}
}

// TestHostileValues: whatever a value holds, it is compared as it is.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := open(t, d.Public(), Options{})
	for i, s := range []string{`'; drop table project; --`, `\`, `"`, `%`, `_`, `{a,b}`, `$1`, `?`, "a\nb\tc", `NULL`, "\u200fشبكة", `\u0027`, "\U0001F600"} {
		id := 1000 + i
		if _, err := d.Owner().NewRaw("insert into base.project (id, code, status, state) values (?, ?, 'CLOSED', 'PUBLISHED')", id, s).Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		for name, where := range map[string]map[string]any{
			"eq": {"eq": s}, "in": {"in": []any{"other", s}}, "startsWith": {"startsWith": s}, "contains": {"contains": s, "eq": s},
		} {
			got := ask(t, g, `query($c: StringFilter) { projects(where: {code: $c}) { nodes { code } } }`, map[string]any{"c": where})
			if code := dig(got, "projects", "nodes", 0, "code"); code != s {
				t.Errorf("%q by %s: got %v", s, name, code)
			}
		}
		if got := ask(t, g, `query($c: StringFilter) { projects(where: {code: $c}) { totalCount } }`, map[string]any{"c": map[string]any{"notIn": []any{s}, "eq": s}}); dig(got, "projects", "totalCount") != float64(0) {
			t.Errorf("%q by notIn: got %v", s, got)
		}
		order := []any{map[string]any{"field": "CODE"}}
		page := ask(t, g, `query($c: StringFilter, $o: [ProjectOrder!]) { projects(where: {code: $c}, orderBy: $o) { pageInfo { endCursor } } }`, map[string]any{"c": map[string]any{"eq": s}, "o": order})
		got := ask(t, g, `query($c: Cursor, $o: [ProjectOrder!]) { projects(before: $c, orderBy: $o, last: 100) { totalCount nodes { code } } }`, map[string]any{"c": dig(page, "projects", "pageInfo", "endCursor"), "o": order})
		for _, n := range dig(got, "projects", "nodes").([]any) {
			if dig(n, "code") == s {
				t.Errorf("%q stands before itself", s)
			}
		}
	}
}
