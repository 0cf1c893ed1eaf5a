package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// operation is a query made up at random.
type operation struct {
	text      string
	name      string // of the operation to run; "" if there is one only
	variables map[string]any
	types     map[string]*ast.Type // of the variables that do not stand for cursors
	pages     []cursorVariable
}

// cursorVariable is a variable that stands for a cursor of a connection. It is absent at first; the connection's own
// answer gives the cursors for the next run.
type cursorVariable struct{ connection, variable string }

// generator makes up valid operations over the contract, with values drawn from the data.
type generator struct {
	*contract
	*tables // rows of all states
	random  *rand.Rand

	operation    *operation
	declarations []string
	fragments    []fragment
	number       int // of the last alias or variable
	fields       int // that may still be asked for

	idFields []*ast.FieldDefinition // one for each prefix of ids
	sent     map[string][]any       // values of variables so far, by type: see vary
	chosen   map[string]int         // how often, by type.field: what was asked less comes next
}

type fragment struct {
	name, on, text string
	unique         bool // no field of it has its own name in the answer
}

// scope is where a selection stands.
type scope struct {
	depth  int
	rows   int    // that may still be multiplied by pages below
	unique bool   // fields of other types may stand beside these: every field has a name of its own
	likely string // the type that is there, where an interface is selected; "" if it is not known
}

func (s scope) below(rows int) scope {
	return scope{depth: s.depth + 1, rows: max(1, s.rows/max(1, rows))}
}

func newGenerator(c *contract, rows *tables, random *rand.Rand) *generator {
	g := &generator{contract: c, tables: rows, random: random, sent: map[string][]any{}, chosen: map[string]int{}}
	for _, prefix := range sortedNames(c.prefixes) {
		g.idFields = append(g.idFields, &ast.FieldDefinition{Name: prefix})
	}
	return g
}

// generate makes up the next operation.
func (g *generator) generate() *operation {
	return g.begin(func() string {
		g.fields = 8 + g.random.IntN(50)
		var roots []string
		for range 1 + g.random.IntN(3)*g.random.IntN(2) {
			roots = append(roots, g.directed(g.root()))
		}
		if odds(g.random, 5) {
			roots = append(roots, "__typename")
		}
		return strings.Join(roots, "\n  ")
	})
}

// begin makes up an operation with the roots that are made up within.
func (g *generator) begin(roots func() string) *operation {
	g.operation = &operation{variables: map[string]any{}, types: map[string]*ast.Type{}}
	g.declarations, g.fragments, g.fields = nil, nil, 0
	selection := roots()
	head := "query"
	if odds(g.random, 30) || len(g.declarations) > 0 {
		g.operation.name = "Q"
		head += " Q"
	}
	if len(g.declarations) > 0 {
		head += "(" + strings.Join(g.declarations, ", ") + ")"
	}
	text := head + " {\n  " + selection + "\n}\n"
	for _, f := range g.fragments {
		text += "fragment " + f.name + " on " + f.on + " { " + f.text + " }\n"
	}
	if g.operation.name != "" && odds(g.random, 10) {
		text = "query Another { __typename }\n" + text
	}
	g.operation.text = text
	return g.operation
}

// rarest picks one of some fields of a type, likelier one that was picked less before.
func (g *generator) rarest(typeName string, fields []*ast.FieldDefinition) *ast.FieldDefinition {
	f := one(g.random, fields)
	for range 3 {
		if other := one(g.random, fields); g.chosen[typeName+"."+other.Name] < g.chosen[typeName+"."+f.Name] {
			f = other
		}
	}
	g.chosen[typeName+"."+f.Name]++
	return f
}

func (g *generator) next(prefix string) string {
	g.number++
	return fmt.Sprintf("%s%d", prefix, g.number)
}

// root makes up a field of Query.
func (g *generator) root() string {
	var fields []*ast.FieldDefinition
	for _, f := range g.Query.Fields {
		if !strings.HasPrefix(f.Name, "__") && (g.element(f.Type.Name()) != nil || f.Name == "node" || f.Name == "nodes" || g.lookedUp(f) != nil) {
			fields = append(fields, f)
		}
	}
	f := g.rarest("Query", fields)
	if odds(g.random, 20) { // not every kind of record has a root of its own
		f = g.Query.Fields.ForName("node")
	}
	if e := g.element(f.Type.Name()); e != nil {
		return g.connection(e, f, scope{rows: 150})
	}
	d := f.Arguments[0]
	var argument any
	s := scope{rows: 150, depth: 1}
	switch f.Name {
	case "node":
		argument, s.likely = g.anyID()
	case "nodes":
		ids := []any{}
		for range g.random.IntN(5) {
			id, of := g.anyID()
			ids, s.likely = append(ids, id), of
		}
		argument = ids
	default:
		e := g.entities[f.Type.Name()]
		key := one(g.random, g.Types[d.Type.Name()].Fields)
		value := g.drawn(e, key.Name, key.Type.Name())
		argument = object{{key.Name, value}}
	}
	return fmt.Sprintf("%s: %s(%s: %s) %s", g.next("a"), f.Name, d.Name, g.input(argument, d.Type), g.selection(f.Type.Name(), s))
}

// lookedUp is the entity of which a root gives the record with a key, nil for other roots.
func (g *generator) lookedUp(f *ast.FieldDefinition) *entity {
	by := f.Arguments.ForName("by")
	if by == nil || g.Types[by.Type.Name()].Directives.ForName("oneOf") == nil {
		return nil
	}
	return g.entities[f.Type.Name()]
}

// anyID is the id of a record of any type, of whatever state, or of none, and the name of the type.
func (g *generator) anyID() (id, of string) {
	e := g.prefixes[g.rarest("Node", g.idFields).Name]
	return g.idOf(e), e.name
}

func (g *generator) idOf(e *entity) string {
	rows := g.rows[e.table.Name]
	if len(rows) == 0 || odds(g.random, 5) {
		return e.prefix + "_" + one(g.random, []string{"0", "7fffffffffffffff", "abcdef"})
	}
	return e.id(one(g.random, rows))
}

// directed gives a field a condition now and then.
func (g *generator) directed(selected string) string {
	if !odds(g.random, 6) {
		return selected
	}
	directive := one(g.random, []string{"skip", "include"})
	condition := g.input(odds(g.random, 50), ast.NonNullNamedType("Boolean", nil))
	if strings.HasPrefix(selected, "...") {
		head, rest, ok := strings.Cut(selected, "{")
		if !ok {
			return selected + " @" + directive + "(if: " + condition + ")"
		}
		return head + "@" + directive + "(if: " + condition + ") {" + rest
	}
	return "... @" + directive + "(if: " + condition + ") { " + selected + " }"
}

// selection makes up the selection set of a type.
func (g *generator) selection(typeName string, s scope) string {
	if e := g.entities[typeName]; e != nil && g.Types[typeName].Kind == ast.Object {
		return "{ " + g.body(e, s) + " }"
	}
	switch d := g.Types[typeName]; d.Kind {
	case ast.Interface, ast.Union:
		parts := []string{"__typename"}
		if d.Kind == ast.Interface && odds(g.random, 70) {
			parts = append(parts, "id")
		}
		concrete := g.possible(typeName)
		if s.likely != "" {
			inner := s
			inner.unique, inner.likely = true, ""
			parts = append(parts, g.fragment(s.likely, inner))
		}
		for range 1 + g.random.IntN(3) {
			inner := s
			inner.unique, inner.likely = true, ""
			parts = append(parts, g.fragment(one(g.random, concrete), inner))
		}
		return "{ " + strings.Join(parts, " ") + " }"
	default:
		return "{ " + g.plain(d, s) + " }"
	}
}

// plain picks fields of a type all of whose fields are leaves.
func (g *generator) plain(d *ast.Definition, s scope) string {
	var parts []string
	for range 1 + g.random.IntN(4) {
		if f := one(g.random, d.Fields); !strings.HasPrefix(f.Name, "__") {
			parts = append(parts, g.named(f.Name, s))
		}
	}
	if len(parts) == 0 || odds(g.random, 10) {
		parts = append(parts, "__typename")
	}
	return strings.Join(parts, " ")
}

// named is a leaf without arguments, under its own name or another.
func (g *generator) named(name string, s scope) string {
	g.fields--
	if s.unique || odds(g.random, 10) {
		return g.next("a") + ": " + name
	}
	return name
}

// body makes up what stands between the braces of an object's selection.
func (g *generator) body(e *entity, s scope) string {
	var parts []string
	leaves, links := g.answerable(e)
	for range 1 + g.random.IntN(5) {
		fields := leaves
		if len(links) > 0 && s.depth < 8 && g.fields > 0 && odds(g.random, 45) {
			fields = links
		}
		part := g.field(e, g.rarest(e.name, fields), s)
		parts = append(parts, g.directed(part))
		if odds(g.random, 4) { // merged with itself
			parts = append(parts, part)
		}
	}
	if g.fields > 0 && odds(g.random, 12) {
		parts = append(parts, g.directed(g.fragment(e.name, s)))
	}
	if odds(g.random, 12) && slices.Contains(g.possible("Node"), e.name) {
		parts = append(parts, "... on Node { id }")
	}
	for _, f := range g.fragments {
		if f.on == e.name && (f.unique || !s.unique) && odds(g.random, 15) {
			parts = append(parts, g.directed("..."+f.name))
		}
	}
	if len(parts) == 0 || odds(g.random, 10) {
		parts = append(parts, "__typename")
	}
	return strings.Join(parts, " ")
}

// fragment makes up a fragment on a type, inline or with a name.
func (g *generator) fragment(typeName string, s scope) string {
	s.depth++
	text := g.body(g.entities[typeName], s)
	switch {
	case odds(g.random, 35):
		f := fragment{g.next("F"), typeName, text, s.unique}
		g.fragments = append(g.fragments, f)
		return "..." + f.name
	case odds(g.random, 20) && !s.unique:
		return "... { " + text + " }"
	}
	return "... on " + typeName + " { " + text + " }"
}

// answerable are the fields that the oracle can answer: columns and links, but no functions.
func (c *contract) answerable(e *entity) (leaves, links []*ast.FieldDefinition) {
	for _, f := range c.Types[e.name].Fields {
		kind, _ := e.subject(f.Name)
		switch {
		case e.relation(f.Name) != nil || kind != "":
			links = append(links, f)
		case e.column(f.Name) != nil || e.embedded(f.Name) != nil:
			leaves = append(leaves, f)
		}
	}
	return leaves, links
}

// field makes up the selection of one field of an object.
func (g *generator) field(e *entity, f *ast.FieldDefinition, s scope) string {
	if to := g.element(f.Type.Name()); to != nil {
		return g.connection(to, f, s)
	}
	if f.Type.Name() == "LocalizedText" {
		return g.text(f, s)
	}
	if !g.Types[f.Type.Name()].IsCompositeType() {
		return g.named(f.Name, s)
	}
	rows := 1
	if f.Type.Elem != nil {
		rows = 4
	}
	return g.named(f.Name, s) + " " + g.selection(f.Type.Name(), s.below(rows))
}

// text makes up the selection of a text, with languages.
func (g *generator) text(f *ast.FieldDefinition, s scope) string {
	var arguments []string
	if odds(g.random, 50) {
		arguments = append(arguments, g.argument(f, "locale", one(g.random, append(locales, "de", "en-US"))))
	}
	if odds(g.random, 40) {
		wanted := []any{}
		for range g.random.IntN(4) {
			wanted = append(wanted, one(g.random, locales))
		}
		arguments = append(arguments, g.argument(f, "fallback", wanted))
	}
	sub := " { " + g.plain(g.Types["LocalizedText"], scope{}) + " }"
	if len(arguments) == 0 {
		return g.named(f.Name, s) + sub
	}
	g.fields--
	return g.next("a") + ": " + f.Name + "(" + strings.Join(arguments, ", ") + ")" + sub
}
