package oracle

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/graph"
)

// unlimited are limits that let through the long operations of these tests.
var unlimited = graph.Limits{Tokens: 1 << 20, Depth: 100, Aliases: 1 << 20, Roots: 1 << 20, Cost: 1 << 29, WhereDepth: 100, WhereSize: 10000}

// TestAccess asks, as the real roles, for everything that the contract offers and looks for what the public may not see: a
// record, a text, a currency, a number. What is asked is read from the contract, so a new entity is covered as it comes.
func TestAccess(t *testing.T) {
	p := prepare(t, usualSeed, unlimited)
	t.Run("rows", p.testRows)
	t.Run("lookups", p.testLookups)
	t.Run("paths", p.testPaths)
	t.Run("conditions", p.testConditions)
	t.Run("functions", p.testFunctions)
}

var publicID = regexp.MustCompile(`^([a-z]{3})_([0-9a-f]+)$`)

// must asks a question that has an answer.
func (r *reader) must(t *testing.T, query string) object {
	t.Helper()
	r.log.Reset()
	answer, err := r.ask(t.Context(), query, "", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.get("errors") != nil {
		text, _ := json.Marshal(plainJSON(answer.get("errors")))
		t.Fatalf("as %s: %.1000s %.1000s\n%.2000s", r.role, text, r.log, query)
	}
	return answer.get("data").(object)
}

// ids are all public ids in an answer.
func ids(v any, found map[string]bool) {
	switch v := v.(type) {
	case object:
		for _, m := range v {
			ids(m.value, found)
		}
	case []any:
		for _, x := range v {
			ids(x, found)
		}
	case string:
		if publicID.MatchString(v) {
			found[v] = true
		}
	}
}

// recordIDs are the ids of all rows of an entity, and of those that the public may see.
func (p *prepared) recordIDs(e *entity) (all, visible []string) {
	for _, key := range p.sample.keys[e.table.Name] {
		id := fmt.Sprintf("%s_%x", e.prefix, key)
		all = append(all, id)
		if p.sample.visible[e.table.Name][key] {
			visible = append(visible, id)
		}
	}
	return all, visible
}

// checkSeen fails if an answer to the public holds what the public may not see.
func (p *prepared) checkSeen(t *testing.T, query string, answer any) {
	t.Helper()
	found := map[string]bool{}
	ids(answer, found)
	for id := range found {
		parts := publicID.FindStringSubmatch(id)
		e := p.contract.prefixes[parts[1]]
		if e == nil {
			continue // a text that looks like an id
		}
		if _, visible := p.recordIDs(e); !slices.Contains(visible, id) {
			t.Errorf("the public sees %s\n%.1500s", id, query)
		}
	}
	text, err := json.Marshal(plainJSON(answer))
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{hidden, hiddenCurrency} {
		if i := strings.Index(string(text), mark); i >= 0 {
			t.Errorf("the public sees a hidden value: …%s…\n%.1500s", text[max(0, i-200):min(len(text), i+50)], query)
		}
	}
}

// testRows compares what each role's views hold with what was written.
func (p *prepared) testRows(t *testing.T) {
	for _, name := range sortedNames(p.contract.entities) {
		e := p.contract.entities[name]
		if len(p.sample.keys[e.table.Name]) == 0 {
			continue
		}
		visible := 0
		for _, v := range p.sample.visible[e.table.Name] {
			if v {
				visible++
			}
		}
		for role, want := range map[db.Role]int{db.Staff: len(p.sample.keys[e.table.Name]), db.Public: visible} {
			if got := len(p.readers[role].seen.rows[e.table.Name]); got != want {
				t.Errorf("%s sees %d rows of %s, want %d", role, got, name, want)
			}
		}
		if list := p.root(e); list != nil {
			query := fmt.Sprintf("{ x: %s { totalCount } }", list.Name)
			for role, want := range map[db.Role]int{db.Staff: len(p.sample.keys[e.table.Name]), db.Public: visible} {
				if got := p.readers[role].must(t, query).get("x").(object).get("totalCount"); got != count(want) {
					t.Errorf("%s counts %v of %s, want %d", role, got, list.Name, want)
				}
			}
		}
	}
}

// root is the root field that lists an entity, nil if there is none.
func (p *prepared) root(e *entity) *ast.FieldDefinition {
	for _, f := range p.contract.Query.Fields {
		if p.contract.element(f.Type.Name()) == e {
			return f
		}
	}
	return nil
}

// testLookups asks for each record by each of its keys, alone and among others.
func (p *prepared) testLookups(t *testing.T) {
	for _, prefix := range sortedNames(p.contract.prefixes) {
		e := p.contract.prefixes[prefix]
		all, visible := p.recordIDs(e)
		if len(all) == 0 {
			continue
		}
		var roots []string
		for n, chunk := range slices.Collect(slices.Chunk(all, 100)) {
			quoted, _ := json.Marshal(chunk)
			roots = append(roots, fmt.Sprintf("n%d: nodes(ids: %s) { id }", n, quoted))
		}
		for n, id := range all[:min(len(all), 60)] {
			roots = append(roots, fmt.Sprintf("i%d: node(id: %q) { id }", n, id))
		}
		query := "{ " + strings.Join(roots, " ") + " }"
		for role, seen := range map[db.Role][]string{db.Staff: all, db.Public: visible} {
			var want []string // a record that became a part of another is answered by that one
			for _, key := range p.sample.keys[e.table.Name] {
				if id := fmt.Sprintf("%s_%x", e.prefix, p.readers[role].seen.today(e, key)); slices.Contains(seen, id) && !slices.Contains(want, id) {
					want = append(want, id)
				}
			}
			found := map[string]bool{}
			ids(p.readers[role].must(t, query), found)
			if got := sortedNames(found); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
				t.Errorf("%s finds %d of %d records of %s by id", role, len(got), len(want), e.name)
			}
		}
		for _, f := range p.contract.Query.Fields {
			if p.contract.entities[f.Type.Name()] != e || f.Arguments.ForName("by") == nil {
				continue
			}
			for _, key := range p.contract.Types[f.Arguments.ForName("by").Type.Name()].Fields {
				p.testKey(t, e, f, key.Name)
			}
		}
	}
}

// testKey asks for each record by one of its natural keys.
func (p *prepared) testKey(t *testing.T, e *entity, f *ast.FieldDefinition, key string) {
	var roots []string
	for n, r := range p.readers[db.Staff].seen.rows[e.table.Name] {
		value := r[e.column(key).Name]
		if e.column(key) == e.key() {
			value = e.id(r)
		}
		if value != nil {
			text, _ := json.Marshal(value)
			roots = append(roots, fmt.Sprintf("k%d: %s(by: {%s: %s}) { id }", n, f.Name, key, text))
		}
	}
	query := "{ " + strings.Join(roots, " ") + " }"
	p.checkSeen(t, query, p.readers[db.Public].must(t, query))
	for _, m := range p.readers[db.Staff].must(t, query) {
		if m.value == nil {
			t.Errorf("the staff does not find a %s by %s", e.name, key)
		}
	}
}

// leaves are the fields of a type that hold values of its own.
func (p *prepared) leaves(e *entity) string {
	var parts []string
	leaves, _ := p.contract.answerable(e)
	for _, f := range leaves {
		switch d := p.contract.Types[f.Type.Name()]; {
		case f.Type.Name() == "LocalizedText":
			parts = append(parts, f.Name+" { text locale }")
		case d.IsCompositeType():
			parts = append(parts, f.Name+" { amount currency }")
		default:
			parts = append(parts, f.Name)
		}
	}
	return strings.Join(parts, " ")
}

// follow is the selection of a link and of what lies behind it, selected by inner; with facets if so wanted.
func (p *prepared) follow(f *ast.FieldDefinition, page string, counted bool, inner func(e *entity) string) string {
	name := f.Type.Name()
	if e := p.contract.element(name); e != nil {
		facets := ""
		if facet := p.contract.Types[name].Fields.ForName("facet"); facet != nil && counted {
			for n, v := range p.contract.Types[facet.Arguments.ForName("by").Type.Name()].EnumValues {
				facets += fmt.Sprintf(" f%d: facet(by: %s, first: 100) { value count record { id } }", n, v.Name)
			}
		}
		return fmt.Sprintf("%s(%s) { totalCount%s nodes { %s } edges { cursor } }", f.Name, page, facets, inner(e))
	}
	if e := p.contract.entities[name]; e != nil {
		return f.Name + " { " + inner(e) + " }"
	}
	var parts []string
	for _, of := range p.contract.possible(name) {
		e := p.contract.entities[of]
		selected := "__typename"
		if e.prefix != "" {
			selected = "id"
		}
		parts = append(parts, "... on "+of+" { "+selected+" }")
	}
	return f.Name + " { " + strings.Join(parts, " ") + " }"
}

// testPaths follows every path of three steps: from each kind of record to each link of it and each link of what is there,
// with all values, counts and facets on the way.
func (p *prepared) testPaths(t *testing.T) {
	paths := 0
	for _, name := range sortedNames(p.contract.entities) {
		e := p.contract.entities[name]
		if p.contract.Types[name] == nil || e.prefix == "" {
			continue
		}
		last := func(e *entity) string { return p.leaves(e) + " __typename" }
		middle := func(e *entity) string {
			_, links := p.contract.answerable(e)
			parts := []string{p.leaves(e)}
			for _, f := range links {
				parts = append(parts, p.follow(f, "first: 2", false, last))
				paths++
			}
			return strings.Join(parts, " ")
		}
		all, _ := p.recordIDs(e)
		if len(all) == 0 {
			continue
		}
		some, _ := json.Marshal(all[:min(len(all), 40)])
		_, links := p.contract.answerable(e)
		for _, f := range links {
			start := fmt.Sprintf("nodes(ids: %s) { ... on %s { ", some, name)
			end := " } }"
			if root := p.root(e); root != nil {
				start, end = root.Name+"(first: 40) { totalCount nodes { ", " } }"
			}
			query := "{ " + start + p.follow(f, "first: 3", true, middle) + end + " }"
			p.checkSeen(t, query, p.readers[db.Public].must(t, query))
		}
	}
	t.Logf("%d paths", paths)
}

// testConditions asks with conditions that only what is hidden could meet: through no filter, link or search does the
// public learn that it is there.
func (p *prepared) testConditions(t *testing.T) {
	asked, met := 0, 0
	for _, name := range sortedNames(p.contract.entities) {
		e := p.contract.entities[name]
		root := p.root(e)
		where := p.contract.Types[name+"Where"]
		if root == nil || where == nil {
			continue
		}
		var roots []string
		add := func(condition string) {
			roots = append(roots, fmt.Sprintf("c%d: %s(where: %s) { totalCount }", len(roots), root.Name, condition))
		}
		for _, c := range p.probes(where) {
			add(c)
		}
		for _, f := range where.Fields {
			rel := e.relation(f.Name)
			if rel == nil {
				continue
			}
			for _, c := range p.probes(p.contract.Types[p.contract.target(rel).name+"Where"]) {
				if strings.HasSuffix(f.Type.Name(), "Links") {
					c = "{some: " + c + "}"
				}
				add("{" + f.Name + ": " + c + "}")
			}
			to := p.contract.target(rel)
			all, visible := p.recordIDs(to)
			secret := slices.DeleteFunc(all, func(id string) bool { return slices.Contains(visible, id) })
			if p.contract.Types[to.name+"Where"].Fields.ForName("id") != nil && len(secret) > 0 {
				quoted, _ := json.Marshal(secret)
				for _, c := range []string{fmt.Sprintf("{id: {in: %s}}", quoted), fmt.Sprintf("{id: {eq: %q}}", secret[0]), fmt.Sprintf("{id: {notIn: []}, or: [{id: {in: %s}}]}", quoted)} {
					if strings.HasSuffix(f.Type.Name(), "Links") {
						c = "{some: " + c + "}"
					}
					add("{" + f.Name + ": " + c + "}")
				}
			}
		}
		if e.place() != nil {
			all, visible := p.recordIDs(p.contract.target(e.place()))
			for _, id := range all {
				if !slices.Contains(visible, id) {
					add(fmt.Sprintf("{within: %q}", id))
				}
			}
		}
		for chunk := range slices.Chunk(roots, 40) {
			query := "{ " + strings.Join(chunk, "\n") + " }"
			for i, m := range p.readers[db.Public].must(t, query) {
				asked++
				if m.value.(object).get("totalCount") != count(0) {
					t.Errorf("the public learns of what is hidden: %s", chunk[i])
				}
			}
			for _, m := range p.readers[db.Staff].must(t, query) {
				if m.value.(object).get("totalCount") != count(0) {
					met++
				}
			}
		}
	}
	t.Logf("%d conditions, of which %d are met by records that the staff sees", asked, met)
	if met == 0 {
		t.Error("no condition is met by anything")
	}
}

// probes are conditions on the texts of a type that look for the mark of what is hidden.
func (p *prepared) probes(where *ast.Definition) (out []string) {
	if where == nil {
		return nil
	}
	for _, f := range where.Fields {
		switch {
		case f.Name == "search":
			out = append(out, fmt.Sprintf("{search: %q}", hidden))
		case f.Type.Name() == "StringFilter" || f.Type.Name() == "TextFilter":
			out = append(out, fmt.Sprintf("{%s: {contains: %q}}", f.Name, hidden))
		case f.Type.Name() == "MoneyFilter":
			out = append(out, fmt.Sprintf("{%s: {currency: {eq: %q}}}", f.Name, hiddenCurrency))
		}
	}
	return out
}

// testFunctions asks what SQL functions answer: search, tables of funding and totals.
func (p *prepared) testFunctions(t *testing.T) {
	values := func(name string) (out []string) {
		for _, v := range p.contract.Types[name].EnumValues {
			out = append(out, v.Name)
		}
		return out
	}
	row := "year quarter sector { id } sdg { id } governorate { id } district { id } funder { id } implementer { id } agreement { id } financeType { id } status currency amount count"
	seen := map[db.Role]string{}
	var queries []string
	for _, measure := range values("FundingMeasure") {
		for _, by := range values("FundingDimension") {
			queries = append(queries, fmt.Sprintf("{ funding(measure: %s, by: [%s]) { rows { %s } totals { currency amount count } excluded { reason currency amount count } } }", measure, by, row))
		}
		queries = append(queries, fmt.Sprintf("{ projects { total(measure: %[1]s) { currency amount count } } administrativeUnits(first: 100) { nodes { id total(measure: %[1]s) { currency amount count } } } }", measure))
	}
	queries = append(queries, fmt.Sprintf("{ search(text: %q, first: 100) { highlight record { ... on Node { id } } } }", hidden))
	for _, text := range strange {
		if strings.TrimSpace(text) != "" {
			quoted, _ := json.Marshal(text[:min(len(text), 100)])
			queries = append(queries, fmt.Sprintf("{ search(text: %s, first: 100) { highlight record { ... on Node { id } } } }", strings.ToValidUTF8(string(quoted), "")))
		}
	}
	for _, query := range queries {
		p.checkSeen(t, query, p.readers[db.Public].must(t, query))
		text, _ := json.Marshal(plainJSON(p.readers[db.Staff].must(t, query)))
		seen[db.Staff] += string(text)
	}
	for _, mark := range []string{hidden, hiddenCurrency} {
		if !strings.Contains(seen[db.Staff], mark) {
			t.Errorf("the staff does not see %s either: the test proves nothing", mark)
		}
	}
}
