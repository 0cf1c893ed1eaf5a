package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// TestEveryRootSaysWhoMayAsk: a root of the contract without a rule would be open to everybody by accident.
func TestEveryRootSaysWhoMayAsk(t *testing.T) {
	t.Parallel()
	s := NewExecutableSchema(Config{}).Schema()
	roots := 0
	for _, d := range []*ast.Definition{s.Query, s.Mutation, s.Subscription} {
		if d == nil {
			continue
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			roots++
			if f.Directives.ForName(access) == nil {
				t.Errorf("%s.%s has no @access", d.Name, f.Name)
			}
			if d == s.Mutation && admit(nil, f) {
				t.Errorf("%s.%s is for everybody", d.Name, f.Name)
			}
		}
	}
	if roots == 0 {
		t.Error("no root was looked at")
	}
}

// TestInterfacesHideNoRule: a field asked for through an interface must have the rule that it has in each type.
func TestInterfacesHideNoRule(t *testing.T) {
	t.Parallel()
	s := NewExecutableSchema(Config{}).Schema()
	rule := func(f *ast.FieldDefinition) string {
		d := f.Directives.ForName(access)
		if d == nil {
			return ""
		}
		return d.Arguments.ForName("to").Value.String()
	}
	for _, d := range s.Types {
		for _, name := range d.Interfaces {
			for _, f := range s.Types[name].Fields {
				if in := d.Fields.ForName(f.Name); rule(in) != rule(f) {
					t.Errorf("%s.%s has the rule %q, %s.%s %q", d.Name, f.Name, rule(in), name, f.Name, rule(f))
				}
			}
		}
	}
}

// guarded is a contract with rules at depth.
const guarded = `
directive @access(to: [Audience!]!) on FIELD_DEFINITION
directive @asOf(at: DateTime!) on QUERY
scalar DateTime
enum Audience { PUBLIC SIGNED_IN ANALYST EDITOR ADMINISTRATOR }
interface Node { id: ID! }
type Query {
  open: Thing @access(to: [PUBLIC])
  mine: Thing @access(to: [SIGNED_IN])
  drafts: Thing @access(to: [ANALYST, EDITOR])
  node: Node @access(to: [PUBLIC])
}
type Mutation { change: Thing @access(to: [EDITOR]) }
type Thing implements Node { id: ID! name: String secret: String @access(to: [ADMINISTRATOR]) below: Thing }
`

// TestAccess: each field at any depth is for its audiences only, and the refusal names it.
func TestAccess(t *testing.T) {
	t.Parallel()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "guarded", Input: guarded})
	if err != nil {
		t.Fatal(err)
	}
	viewers := map[string]*Viewer{
		"nobody": nil, "person": {Account: 1}, "analyst": {Account: 2, Roles: []string{"ANALYST"}}, "editor": {Account: 3, Roles: []string{"EDITOR"}},
		"administrator": {Account: 4, Roles: []string{"ADMINISTRATOR"}}, "both": {Account: 5, Roles: []string{"ANALYST", "ADMINISTRATOR"}},
		"reader": {Account: 6, Roles: []string{"EDITOR", "ADMINISTRATOR"}, ReadOnly: true},
	}
	all := []string{"administrator", "analyst", "both", "editor", "nobody", "person", "reader"}
	anyone := all[:4:4]
	anyone = append(anyone, "person", "reader")
	administrators := []string{"administrator", "both", "reader"}
	for _, c := range []struct {
		query   string
		allowed []string
		names   string
	}{
		{`{ open { name below { name } } __typename }`, all, ""},
		{`{ mine { name } }`, anyone, "Query.mine"},
		{`{ drafts { name } }`, []string{"analyst", "both", "editor", "reader"}, "Query.drafts"},
		{`{ open { below { below { hidden: secret } } } }`, administrators, "Thing.secret"},
		{`{ node { ... on Thing { below { secret } } } }`, administrators, "Thing.secret"},
		{`{ open { ...a } mine { ...a } } fragment a on Thing { below { ...b } } fragment b on Thing { name secret }`, administrators, "Thing.secret"},
		{`query($no: Boolean = false) { open { secret @include(if: $no) } }`, administrators, "Thing.secret"},
		{`mutation { change { name } }`, []string{"editor"}, "change"},
		{`query @asOf(at: "2024-01-01T00:00:00Z") { open { name } }`, []string{"administrator", "analyst", "both", "editor", "reader"}, "past"},
	} {
		doc, list := gqlparser.LoadQueryWithRules(s, c.query, nil)
		if list != nil {
			t.Fatal(list)
		}
		for name, v := range viewers {
			g := &Graph{limits: DefaultLimits(), past: &statements{}}
			ctx := WithViewer(t.Context(), v)
			err := g.admitOperation(ctx, doc.Operations[0])
			if err == nil {
				err = g.limits.check(doc.Operations[0], nil, v)
			}
			if slices.Contains(c.allowed, name) {
				if err != nil {
					t.Errorf("%s of %s: %v", c.query, name, err)
				}
				continue
			}
			want := CodeForbidden
			if v == nil {
				want = CodeUnauthenticated
			}
			var refusal *Error
			if !errors.As(err, &refusal) || refusal.Code != want || !strings.Contains(refusal.Message, c.names) || refusal.MessageAr == "" {
				t.Errorf("%s of %s: want %s, got %v", c.query, name, want, err)
			}
			if e := g.Present(ctx, err); len(e.Locations) != 1 || fmt.Sprint(e.Extensions["code"]) != string(want) {
				t.Errorf("%s of %s is presented as %v %v", c.query, name, e, e.Locations)
			}
		}
	}
}
