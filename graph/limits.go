package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Limits bound what one operation may cost. They are checked before anything is compiled or read.
type Limits struct {
	// Tokens of the document.
	Tokens int
	// Depth of links followed: objects within objects. The wrappers edges, node and nodes do not count, nor does the schema
	// when it is asked about itself.
	Depth int
	// Aliases, fragments counted wherever they are spread.
	Aliases int
	// Roots of the operation.
	Roots int
	// Fields of the whole operation, fragments counted wherever they are spread.
	Fields int
	// Cost is the number of records that the answer may hold: page sizes multiply along the path and add up side by side.
	Cost int
	// WhereDepth is how many input objects of an argument may stand within each other.
	WhereDepth int
	// WhereSize is how many input objects an argument may hold.
	WhereSize int
	// PageSize is the largest page; a page is of DefaultPageSize where none is asked for.
	PageSize int
}

const (
	// DefaultPageSize is the size of a page for which none is given.
	DefaultPageSize = 20
	// wholeList is how many records a list that has no pages is taken to hold.
	wholeList = 3
	// saturated stands for a count too large to matter.
	saturated = 1 << 30
)

// DefaultLimits are the limits for readers who have not signed in.
func DefaultLimits() Limits {
	return Limits{Tokens: 1500, Depth: 12, Aliases: 50, Roots: 20, Fields: 3000, Cost: 5000, WhereDepth: 12, WhereSize: 100, PageSize: 100}
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits()
	return Limits{
		Tokens: cmp.Or(l.Tokens, d.Tokens), Depth: cmp.Or(l.Depth, d.Depth), Aliases: cmp.Or(l.Aliases, d.Aliases), Roots: cmp.Or(l.Roots, d.Roots), Fields: cmp.Or(l.Fields, d.Fields),
		Cost: cmp.Or(l.Cost, d.Cost), WhereDepth: cmp.Or(l.WhereDepth, d.WhereDepth), WhereSize: cmp.Or(l.WhereSize, d.WhereSize),
		PageSize: cmp.Or(l.PageSize, d.PageSize),
	}
}

// limitNames are the names of the limits in messages, in English and in Arabic.
var limitNames = map[string][2]string{
	"tokens":     {"tokens", "عدد رموز النص"},
	"depth":      {"levels of links", "عمق الروابط"},
	"aliases":    {"aliases", "عدد الأسماء البديلة"},
	"fields":     {"fields", "عدد الحقول"},
	"roots":      {"root fields", "عدد الحقول الجذرية"},
	"cost":       {"records", "عدد السجلات"},
	"whereDepth": {"levels of a condition", "عمق الشرط"},
	"whereSize":  {"parts of a condition", "عدد أجزاء الشرط"},
}

func tooCostly(what string, got, limit int) *Error {
	n, number := limitNames[what], strconv.Itoa(got)
	numberAr := number
	if got >= saturated || what == "tokens" {
		number, numberAr = "more than "+strconv.Itoa(limit), "أكثر من "+strconv.Itoa(limit)
	}
	return &Error{Code: CodeTooCostly,
		Message:   fmt.Sprintf("The operation has %s %s; the limit is %d.", number, n[0], limit),
		MessageAr: fmt.Sprintf("تجاوز الاستعلام الحد المسموح به (%s): العدد %s والحد %d.", n[1], numberAr, limit)}
}

// guard is the gqlgen extension that enforces Limits and who may ask for what. It must be the first one: others may walk the document
// in more than linear time.
type guard struct{ graph *Graph }

var _ interface {
	graphql.HandlerExtension
	graphql.OperationContextMutator
} = guard{}

// Guard enforces the limits of the graph and who may ask for what. It must be the first extension of a server.
func (g *Graph) Guard() graphql.HandlerExtension { return guard{g} }

// ExtensionName names the extension.
func (guard) ExtensionName() string { return "Guard" }

// Validate accepts every schema.
func (guard) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation that exceeds a limit or asks for what is not for the viewer.
func (x guard) MutateOperationContext(ctx context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	err := x.graph.admitOperation(ctx, oc.Operation)
	if err == nil {
		err = x.graph.limits.check(oc.Operation, oc.Variables, ViewerOf(ctx))
	}
	if err != nil {
		return x.graph.Present(ctx, err)
	}
	return nil
}

// measure is what a part of a document amounts to.
type measure struct{ beside, fields, depth, aliases, cost int }

// add takes in a part that stands beside others.
func (m *measure) add(o measure) {
	m.beside = min(m.beside+o.beside, saturated)
	m.fields = min(m.fields+o.fields, saturated)
	m.depth = max(m.depth, o.depth)
	m.aliases = min(m.aliases+o.aliases, saturated)
	m.cost = min(m.cost+o.cost, saturated)
}

// meter measures an operation; each fragment is measured once, so the work is linear in the document.
type meter struct {
	limits    Limits
	variables map[string]any
	fragments map[string]measure
	where     [2]int // the deepest and the largest input object
	viewer    *Viewer
	refused   *ast.Field // the first field that is not for the viewer
}

// check refuses an operation that asks for what is not for the viewer or exceeds a limit.
func (l Limits) check(op *ast.OperationDefinition, variables map[string]any, v *Viewer) error {
	m := &meter{limits: l, variables: variables, fragments: map[string]measure{}, viewer: v}
	total := m.selection(op.SelectionSet)
	if m.refused != nil {
		return notAdmitted(v, m.refused)
	}
	for _, x := range []struct {
		what       string
		got, limit int
	}{
		{"roots", total.beside, l.Roots}, {"depth", total.depth, l.Depth}, {"aliases", total.aliases, l.Aliases},
		{"fields", total.fields, l.Fields},
		{"cost", total.cost, l.Cost}, {"whereDepth", m.where[0], l.WhereDepth}, {"whereSize", m.where[1], l.WhereSize},
	} {
		if x.got > x.limit {
			return tooCostly(x.what, x.got, x.limit)
		}
	}
	return nil
}

func (m *meter) selection(ss ast.SelectionSet) (sum measure) {
	for _, s := range ss {
		switch s := s.(type) {
		case *ast.Field:
			sum.add(m.field(s))
		case *ast.InlineFragment:
			sum.add(m.selection(s.SelectionSet))
		case *ast.FragmentSpread: // validation has refused cycles
			part, ok := m.fragments[s.Name]
			if !ok {
				part = m.selection(s.Definition.SelectionSet)
				m.fragments[s.Name] = part
			}
			sum.add(part)
		}
	}
	return sum
}

func (m *meter) field(f *ast.Field) measure {
	out := measure{beside: 1, fields: 1}
	if m.refused == nil && !admit(m.viewer, f.Definition) {
		m.refused = f
	}
	if f.Alias != f.Name {
		out.aliases = 1
	}
	if f.Name == "__schema" || f.Name == "__type" {
		return out // gqlparser bounds these
	}
	for _, a := range f.Arguments {
		depth, size := m.input(a.Value)
		m.where = [2]int{max(m.where[0], depth), max(m.where[1], size)}
	}
	if len(f.SelectionSet) == 0 {
		return out
	}
	below := m.selection(f.SelectionSet)
	out.aliases = min(out.aliases+below.aliases, saturated)
	out.fields = min(out.fields+below.fields, saturated)
	out.depth = below.depth
	wrapper := f.ObjectDefinition != nil && (strings.HasSuffix(f.ObjectDefinition.Name, "Connection") && (f.Name == "nodes" || f.Name == "edges") ||
		strings.HasSuffix(f.ObjectDefinition.Name, "Edge") && f.Name == "node")
	switch {
	case wrapper && f.Name == "node":
		out.cost = below.cost
	case wrapper: // the connection says how often
		out.cost = below.cost + 1
	default:
		out.depth++
		n := m.records(f)
		if strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
			out.cost = max(1, product(n, below.cost))
		} else {
			out.cost = product(n, below.cost+1)
		}
	}
	return out
}

func product(a, b int) int {
	if a > 0 && b > saturated/a {
		return saturated
	}
	return a * b
}

// records is how many records a field may give: its page size, the number of ids asked for, or a guess for a whole list.
func (m *meter) records(f *ast.Field) int {
	n, paged := -1, false
	for _, name := range []string{"first", "last"} {
		d := f.Definition.Arguments.ForName(name)
		if d == nil {
			continue
		}
		paged = true
		v := d.DefaultValue
		if a := f.Arguments.ForName(name); a != nil {
			v = a.Value
		}
		if size, ok := m.integer(v); ok {
			n = max(n, size)
		}
	}
	if a := f.Arguments.ForName("ids"); a != nil {
		if a.Value.Kind == ast.Variable {
			list, _ := m.variables[a.Value.Raw].([]any)
			return max(1, len(list))
		}
		return max(1, len(a.Value.Children))
	}
	switch {
	case n >= 0:
		return n
	case paged:
		return DefaultPageSize
	case f.Definition.Type.Elem != nil:
		return wholeList
	}
	return 1
}

func (m *meter) integer(v *ast.Value) (int, bool) {
	if v == nil {
		return 0, false
	}
	raw := v.Raw
	if v.Kind == ast.Variable {
		switch x := m.variables[v.Raw].(type) {
		case int64:
			raw = strconv.FormatInt(x, 10)
		case json.Number:
			raw = x.String()
		case string:
			raw = x
		case float64:
			raw = strconv.FormatFloat(x, 'f', 0, 64)
		case int:
			raw = strconv.Itoa(x)
		default:
			return 0, false
		}
	}
	n, err := strconv.Atoi(raw)
	return n, err == nil
}

// input measures an argument: how deep input objects stand within each other, and how many there are.
func (m *meter) input(v *ast.Value) (depth, size int) {
	if v.Kind == ast.Variable {
		return inputValue(m.variables[v.Raw])
	}
	for _, c := range v.Children {
		d, s := m.input(c.Value)
		depth, size = max(depth, d), min(size+s, saturated)
	}
	if v.Kind == ast.ObjectValue {
		depth, size = depth+1, size+1
	}
	return depth, size
}

func inputValue(v any) (depth, size int) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			d, s := inputValue(x)
			depth, size = max(depth, d), min(size+s, saturated)
		}
		return depth + 1, size + 1
	case []any:
		for _, x := range v {
			d, s := inputValue(x)
			depth, size = max(depth, d), min(size+s, saturated)
		}
	}
	return depth, size
}
