package compile

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Statement is the SQL of an operation for one shape of its variables.
type Statement struct {
	// SQL returns one row with one json column for each root that has one; empty if no root needs the database.
	SQL string
	// Roots are the fields of the answer in their order.
	Roots []Root

	params []param
	checks []check
}

// Root is one field of the answer.
type Root struct {
	Alias    string
	Column   int    // of the row; -1 if the database is not asked
	Constant string // the JSON of a root that needs no database
	// Introspection says that the root speaks of the schema, which package graph hands to gqlgen.
	Introspection bool
}

// Limits bound what a single value may ask for.
type Limits struct {
	// PageSize is the largest page.
	PageSize int
	// DefaultPageSize is the size of a page for which none is given.
	DefaultPageSize int
}

// compilation is the work on one statement. The first error is kept; the text written after it is never used.
type compilation struct {
	model   *Model
	request *Request
	limits  Limits
	params  []param
	checks  []check
	bound   map[string]string
	aliases int
	err     error
}

func (c *compilation) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// alias is a fresh name for a row.
func (c *compilation) alias() string {
	c.aliases++
	return "t" + strconv.Itoa(c.aliases)
}

// Compile writes the statement of a query for a request that Shape has read. Errors are *InputError where a value is to blame.
func (m *Model) Compile(op *ast.OperationDefinition, r *Request, limits Limits) (*Statement, error) {
	if err := m.literals(op); err != nil {
		return nil, err
	}
	c := &compilation{model: m, request: r, limits: limits, bound: map[string]string{}}
	st := &Statement{}
	var columns []string
	for _, f := range c.collect(m.schema.Query.Name, op.SelectionSet) {
		root := Root{Alias: f.Alias, Column: -1}
		switch f.Name {
		case "__typename":
			root.Constant = `"` + m.schema.Query.Name + `"`
		case "__schema", "__type":
			root.Introspection = true
		default:
			root.Column = len(columns)
			columns = append(columns, c.root(f)+"::json")
		}
		st.Roots = append(st.Roots, root)
	}
	if c.err != nil {
		return nil, c.err
	}
	if len(columns) > 0 {
		st.SQL = "select " + strings.Join(columns, ",")
	}
	st.params, st.checks = c.params, c.checks
	return st, nil
}

// Args are the values of the statement's parameters for one request that Shape has read. Errors are *InputError.
func (s *Statement) Args(r *Request) ([]any, error) {
	for _, k := range s.checks {
		if _, err := k.maker.make(k.source.value(r), k.at); err != nil {
			return nil, err
		}
	}
	out := make([]any, len(s.params))
	for i, p := range s.params {
		v, err := p.maker.make(p.source.value(r), p.at)
		if err != nil {
			return nil, err
		}
		if out[i], err = driverValue(v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Moment is the moment at which an operation with the directive @asOf reads, in UTC as RFC 3339 has it, for a request that Shape has read.
// Errors are *InputError.
func (m *Model) Moment(op *ast.OperationDefinition, r *Request) (string, error) {
	d := op.Directives.ForName("asOf")
	c := &compilation{model: m, request: r}
	v := c.read(d.Arguments.ForName("at").Value, d.Definition.Arguments.ForName("at").Type, "at")
	moment, _ := c.source(v).value(r).(string)
	if moment == "" && c.err == nil {
		c.fail(invalid(v.at, "say at which moment to read", "حدّد الوقت المطلوب القراءة عنده"))
	}
	return moment, c.err
}

// collect is the specification's CollectFields for one concrete type: fragments opened, @skip and @include obeyed, fields
// of the same response name merged.
func (c *compilation) collect(typeName string, ss ast.SelectionSet) (out []*ast.Field) {
	at := map[string]int{}
	merged := map[int]bool{}
	spread := map[*ast.FragmentDefinition]bool{} // once is enough, and keeps fragments within fragments from growing without bound
	var walk func(ast.SelectionSet)
	walk = func(ss ast.SelectionSet) {
		for _, s := range ss {
			switch s := s.(type) {
			case *ast.Field:
				if !c.included(s.Directives) {
					continue
				}
				i, ok := at[s.Alias]
				if !ok {
					at[s.Alias] = len(out)
					out = append(out, s)
					continue
				}
				if len(s.SelectionSet) == 0 {
					continue
				}
				if !merged[i] { // the document is shared between requests: work on a copy
					f := *out[i]
					f.SelectionSet = append(ast.SelectionSet{}, f.SelectionSet...)
					out[i], merged[i] = &f, true
				}
				out[i].SelectionSet = append(out[i].SelectionSet, s.SelectionSet...)
			case *ast.InlineFragment:
				if c.included(s.Directives) && c.applies(s.TypeCondition, typeName) {
					walk(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				if !spread[s.Definition] && c.included(s.Directives) && c.applies(s.Definition.TypeCondition, typeName) {
					spread[s.Definition] = true
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	walk(ss)
	return out
}

func (c *compilation) included(ds ast.DirectiveList) bool {
	for _, d := range ds {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		if a := d.Arguments.ForName("if"); a != nil {
			if (c.read(a.Value, d.Definition.Arguments.ForName("if").Type, "if").choice() == "true") != (d.Name == "include") {
				return false
			}
		}
	}
	return true
}

// applies says whether a fragment's type condition holds for a concrete type.
func (c *compilation) applies(condition, typeName string) bool {
	if condition == "" || condition == typeName {
		return true
	}
	for _, d := range c.model.schema.PossibleTypes[condition] {
		if d.Name == typeName {
			return true
		}
	}
	return false
}

// pair is one field of a JSON object: its response name and its SQL.
type pair struct{ name, sql string }

// maxPairs is what json_build_object takes: PostgreSQL allows 100 arguments.
const maxPairs = 50

// object writes a JSON object. Response names are GraphQL names, so they need no escaping, and they are never SQL
// identifiers, which are cut at 63 bytes. More pairs than one call takes are built in several and joined as text; unlike a
// row of a sub-select, that may hold aggregates.
func object(pairs []pair) string {
	if len(pairs) == 0 {
		return "'{}'::json"
	}
	if len(pairs) <= maxPairs {
		var b strings.Builder
		b.WriteString("json_build_object(")
		for i, p := range pairs {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("'" + p.name + "'," + p.sql)
		}
		b.WriteByte(')')
		return b.String()
	}
	var parts []string
	for len(pairs) > 0 {
		n := min(maxPairs, len(pairs))
		part := object(pairs[:n]) + "::text"
		if len(parts) > 0 {
			part = "substr(" + part + ",2)"
		}
		if pairs = pairs[n:]; len(pairs) > 0 {
			part = "left(" + part + ",-1)"
		}
		parts = append(parts, part)
	}
	return "(" + strings.Join(parts, "||','||") + ")::json"
}

// and joins conditions; true ones are left out.
func and(conditions ...string) string {
	var out []string
	for _, c := range conditions {
		if c != "" && c != "true" {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return "true"
	}
	return strings.Join(out, " and ")
}
