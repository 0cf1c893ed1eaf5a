package graph

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/graph/change"
)

// The types that a payload consists of, beside the record.
const (
	userErrorType     = "UserError"
	pendingChangeType = "PendingChange"
)

// payload is the answer of a mutation while it comes into being.
type payload struct {
	graph  *Graph
	oc     *graphql.OperationContext
	fields []graphql.CollectedField
	typ    string
	input  map[string]any
	values map[string][]byte // by response name
}

// newPayload collects what is asked of a payload: fragments opened, @skip and @include obeyed, fields of one response name merged.
func newPayload(g *Graph, ctx context.Context, root graphql.CollectedField, input map[string]any) *payload {
	p := &payload{graph: g, oc: graphql.GetOperationContext(ctx), typ: root.Definition.Type.Name(), input: input, values: map[string][]byte{}}
	p.fields = graphql.CollectFields(p.oc, root.Selections, []string{p.typ})
	return p
}

// readRecord reads the record of the payload.
func (p *payload) readRecord(ctx context.Context, tx *sql.Tx, kind string, key int64) error {
	return p.readFields(ctx, tx, kind, key, func(t string) bool { return t != userErrorType && t != pendingChangeType })
}

// readChange reads the waiting change of the payload.
func (p *payload) readChange(ctx context.Context, tx *sql.Tx, key int64) error {
	return p.readFields(ctx, tx, pendingChangeType, key, func(t string) bool { return t == pendingChangeType })
}

func (p *payload) read(ctx context.Context, tx *sql.Tx, out outcome) error {
	return errors.Join(p.readRecord(ctx, tx, out.Kind, out.Key), p.readChange(ctx, tx, out.Change))
}

// readToday reads the record as it is after nothing was changed.
func (p *payload) readToday(ctx context.Context, out outcome) error {
	p.values = map[string][]byte{}
	if out.Key == 0 || p.graph.staff == nil {
		return nil
	}
	tx, err := p.graph.staff.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read a record after a refusal: %w", err)
	}
	return errors.Join(p.readRecord(ctx, tx, out.Kind, out.Key), tx.Rollback())
}

func (p *payload) readFields(ctx context.Context, tx *sql.Tx, kind string, key int64, of func(typeName string) bool) error {
	for _, f := range p.fields {
		if f.Definition == nil || f.Name == "__typename" || !of(f.Definition.Type.Name()) {
			continue
		}
		if d := p.graph.schema.Types[f.Definition.Type.Name()]; key == 0 || !d.IsCompositeType() {
			continue
		}
		oc, field := p.operation(f)
		data, err := p.graph.readRecord(ctx, tx, oc, field, kind, key)
		if err != nil {
			return err
		}
		p.values[f.Alias] = data
	}
	return nil
}

// operation is the part of the mutation that asks for one field of the payload, as an operation of its own: the values of the input are
// none of its business.
func (p *payload) operation(f graphql.CollectedField) (*graphql.OperationContext, *ast.Field) {
	field := *f.Field
	field.SelectionSet = f.Selections
	op := *p.oc.Operation
	op.SelectionSet = ast.SelectionSet{&field}
	used := map[string]bool{}
	variablesOf(op.SelectionSet, used, map[*ast.FragmentDefinition]bool{})
	op.VariableDefinitions = nil
	variables := map[string]any{}
	for _, d := range p.oc.Operation.VariableDefinitions {
		if !used[d.Variable] {
			continue
		}
		op.VariableDefinitions = append(op.VariableDefinitions, d)
		if v, ok := p.oc.Variables[d.Variable]; ok {
			variables[d.Variable] = v
		}
	}
	return &graphql.OperationContext{RawQuery: p.oc.RawQuery, Doc: p.oc.Doc, Operation: &op, Variables: variables}, &field
}

// variablesOf notes the variables that a selection uses.
func variablesOf(ss ast.SelectionSet, used map[string]bool, seen map[*ast.FragmentDefinition]bool) {
	var value func(v *ast.Value)
	value = func(v *ast.Value) {
		if v == nil {
			return
		}
		if v.Kind == ast.Variable {
			used[v.Raw] = true
		}
		for _, c := range v.Children {
			value(c.Value)
		}
	}
	directives := func(ds ast.DirectiveList) {
		for _, d := range ds {
			for _, a := range d.Arguments {
				value(a.Value)
			}
		}
	}
	for _, s := range ss {
		switch s := s.(type) {
		case *ast.Field:
			for _, a := range s.Arguments {
				value(a.Value)
			}
			directives(s.Directives)
			variablesOf(s.SelectionSet, used, seen)
		case *ast.InlineFragment:
			directives(s.Directives)
			variablesOf(s.SelectionSet, used, seen)
		case *ast.FragmentSpread:
			directives(s.Directives)
			if !seen[s.Definition] {
				seen[s.Definition] = true
				variablesOf(s.Definition.SelectionSet, used, seen)
			}
		}
	}
}

// write writes the payload.
func (p *payload) write(out outcome) Fragment {
	b := []byte{'{'}
	for i, f := range p.fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), f.Alias...), `":`...)
		switch {
		case f.Name == "__typename":
			b = append(append(append(b, '"'), p.typ...), '"')
		case f.Name == "clientMutationId":
			b = append(b, text(p.input["clientMutationId"])...)
		case f.Definition.Type.Name() == userErrorType:
			b = append(b, p.problems(f, out.Problems)...)
		case out.Shown[f.Name] != "":
			b = append(b, text(out.Shown[f.Name])...)
		case p.values[f.Alias] != nil:
			b = append(b, p.values[f.Alias]...)
		default:
			b = append(b, "null"...)
		}
	}
	return append(b, '}')
}

// text is a value as JSON; of strings, lists of them and nil it always is one.
func text(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return raw
}

// problems writes why a change was refused. Places in the input start with the argument's name.
func (p *payload) problems(f graphql.CollectedField, list []change.Problem) []byte {
	b := []byte{'['}
	for i, x := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		path := x.Path
		if len(path) == 0 || path[0] != "input" {
			path = append([]string{"input"}, path...)
		}
		for j, c := range graphql.CollectFields(p.oc, f.Selections, []string{userErrorType}) {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(append(append(b, '"'), c.Alias...), `":`...)
			b = append(b, text(map[string]any{"path": path, "code": x.Code, "message": x.Message, "messageAr": x.MessageAr,
				"__typename": userErrorType}[c.Name])...)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}
