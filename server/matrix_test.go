package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"taawun/graph"
)

// matrix asks a server for everything in the contract, and knows from the contract who is to be answered.
type matrix struct {
	*instance
	contract *ast.Schema
	person   *person
	audience []string // of the person: PUBLIC, SIGNED_IN and his roles
	refused  int
	answered int
}

// TestAccessMatrix asks, as everybody, for every root, makes every change, and asks for every field that has a rule, of each record and behind
// each link that leads to one: each is answered or refused as @access in the contract declares, over HTTP. Fields without a rule are asked for by
// nobody and by an administrator. What is asked is made from the contract, so that a new root or field is covered as it comes. Subscriptions,
// which are streams, have tests of their own.
func TestAccessMatrix(t *testing.T) {
	t.Parallel()
	server := start(t)
	contract := graph.NewExecutableSchema(graph.Config{}).Schema()
	people := server.everybody(t)
	for _, v := range contract.Types["Audience"].EnumValues {
		if v.Name != "PUBLIC" && v.Name != "SIGNED_IN" && people[v.Name] == nil {
			t.Errorf("nobody is %s", v.Name)
		}
	}
	for name, p := range people {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := &matrix{instance: server, contract: contract, person: p, audience: []string{"PUBLIC"}}
			if name != nobody {
				m.audience = append(m.audience, "SIGNED_IN", name)
			}
			for _, f := range contract.Query.Fields {
				if !strings.HasPrefix(f.Name, "__") {
					m.expect(t, "{ "+m.field(f)+" }", m.open(f), f.Name)
				}
			}
			for _, f := range contract.Mutation.Fields { // with the least input that the contract takes; of most the records do not exist
				m.expect(t, "mutation { "+m.field(f)+" }", m.open(f), f.Name)
			}
			m.reads(t, name == nobody || name == "ADMINISTRATOR")
			t.Logf("%d fields answered, %d refused", m.answered, m.refused)
			if m.answered < 50 || m.refused < 10 {
				t.Error("too little was asked")
			}
		})
	}
}

// nobody has not signed in.
const nobody = "nobody"

// everybody is a person of each role by the name of the role, one with none, and nobody. The partner acts for the organization PARTNER.
func (i *instance) everybody(t *testing.T) map[string]*person {
	t.Helper()
	i.change(t, `insert into organization (id, code, state) values (4711, 'PARTNER', 'PUBLISHED')`)
	people := map[string]*person{nobody: i.visit(), "no role": i.colleague(t, "plain"), "PARTNER": i.colleague(t, "partner")}
	i.change(t, `insert into account_role (account_id, role, organization_id) select id, 'PARTNER', 4711 from account where login = 'partner'`)
	for _, role := range []string{"ANALYST", "EDITOR", "TRANSLATOR", "REVIEWER", "CERTIFIER", "APPROVER", "ADMINISTRATOR"} {
		people[role] = i.colleague(t, strings.ToLower(role), role)
	}
	return people
}

// open says whether a field is for the person.
func (m *matrix) open(f *ast.FieldDefinition) bool {
	d := f.Directives.ForName("access")
	return d == nil || slices.ContainsFunc(d.Arguments.ForName("to").Value.Children, func(c *ast.ChildValue) bool { return slices.Contains(m.audience, c.Value.Raw) })
}

// reads asks for fields of every record, and of what every link of a record leads to: for those that have a rule or, if whole, for all.
func (m *matrix) reads(t *testing.T, whole bool) {
	for _, record := range m.contract.PossibleTypes["Node"] {
		in := func(inner string) string {
			return `{ node(id: "prj_7fffffff") { ... on ` + record.Name + ` { ` + inner + ` } } }`
		}
		m.asks(t, record, whole, record.Name, in)
		for _, f := range record.Fields {
			if path, to := m.behind(f); to != nil && m.open(f) {
				m.asks(t, to, whole, record.Name+"."+f.Name, func(inner string) string { return in(f.Name + required(m.contract, f) + fmt.Sprintf(path, inner)) })
			}
		}
	}
}

// asks asks for fields of a type, by a query around them: one by one for those that must be refused, the others together.
func (m *matrix) asks(t *testing.T, of *ast.Definition, whole bool, at string, in func(string) string) {
	var admitted []string
	for _, f := range of.Fields {
		switch {
		case !m.open(f):
			m.expect(t, in(m.field(f)), false, at+"."+f.Name)
		case whole || f.Directives.ForName("access") != nil:
			admitted = append(admitted, m.field(f))
		}
	}
	for part := range slices.Chunk(admitted, 20) {
		m.expect(t, in(strings.Join(part, " ")), true, at+"…")
		m.answered += len(part) - 1
	}
}

// behind is the type of record that a field leads to, with the selections on the way as a format; nil if it leads to none.
func (m *matrix) behind(f *ast.FieldDefinition) (path string, to *ast.Definition) {
	d := m.contract.Types[f.Type.Name()]
	if nodes := d.Fields.ForName("nodes"); nodes != nil {
		return " { nodes { %s } }", m.contract.Types[nodes.Type.Name()]
	}
	if d.Kind == ast.Object {
		return " { %s }", d
	}
	return "", nil
}

// field is a field with the arguments that it requires and the least that can be selected of it.
func (m *matrix) field(f *ast.FieldDefinition) string {
	out := f.Name + required(m.contract, f)
	if m.contract.Types[f.Type.Name()].IsCompositeType() {
		out += " { __typename }"
	}
	return out
}

// required are the arguments that a field requires, with some value of their types.
func required(contract *ast.Schema, f *ast.FieldDefinition) string {
	var out []string
	for _, a := range f.Arguments {
		if a.Type.NonNull && a.DefaultValue == nil {
			out = append(out, a.Name+": "+some(contract, a.Type))
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// some is a value of a type.
func some(contract *ast.Schema, t *ast.Type) string {
	if t.Elem != nil {
		return "[]"
	}
	d := contract.Types[t.Name()]
	switch {
	case d.Kind == ast.Enum:
		return d.EnumValues[0].Name
	case d.Kind == ast.InputObject:
		var fields []string
		for _, f := range d.Fields {
			if f.Type.NonNull && f.DefaultValue == nil || d.Directives.ForName("oneOf") != nil && len(fields) == 0 {
				fields = append(fields, f.Name+": "+some(contract, f.Type))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	if v, ok := map[string]string{"ID": `"prj_7fffffff"`, "Int": "1", "Float": "1", "Boolean": "false", "Date": `"2026-01-01"`, "DateTime": `"2026-01-01T00:00:00Z"`,
		"Decimal": `"1"`, "Locale": `"ar"`, "URL": `"https://example.org/"`, "JSON": "{}", "GeoJSON": "{}"}[t.Name()]; ok {
		return v
	}
	return `"x"`
}

// expect asks, and compares whether the person is answered; what else may be wrong with a made-up question is another matter.
func (m *matrix) expect(t *testing.T, query string, open bool, what string) {
	t.Helper()
	text, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	got := m.person.request(t, http.MethodPost, pathGraphQL, http.Header{"Content-Type": {mediaJSON}, "Accept": {mediaGraphQL}}, string(text))
	codes := got.codes(t)
	want, status := "FORBIDDEN", http.StatusForbidden
	if len(m.audience) == 1 {
		want, status = "UNAUTHENTICATED", http.StatusUnauthorized
	}
	if !open {
		m.refused++
		if got.status != status || !slices.Equal(codes, []string{want}) || strings.Contains(got.body, `"data"`) {
			t.Errorf("%s: want %s, got %d %s", what, want, got.status, got.body)
		}
		return
	}
	m.answered++
	for _, code := range codes {
		if code != "BAD_USER_INPUT" {
			t.Errorf("%s: want an answer, got %d %s\n%s", what, got.status, got.body, query)
		}
	}
}
