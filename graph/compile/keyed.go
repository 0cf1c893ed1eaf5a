package compile

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// CompileRecord writes the statement that answers one field with one record: the row of the type typeName whose key is Request.Key when Args is
// called. The field's type is that type, or an interface or union that it belongs to. It serves where the record is found otherwise than by the
// operation: payloads of mutations and events. The statement has one column, null if the reader may not see the row. Errors are *InputError
// where a value is to blame.
func (m *Model) CompileRecord(op *ast.OperationDefinition, f *ast.Field, typeName string, r *Request, limits Limits) (*Statement, error) {
	of := m.records[typeName]
	if of == nil || of.virtual || of.key() == nil {
		return nil, fmt.Errorf("compile %s: %s is no type whose records have a key", f.Name, typeName)
	}
	if err := m.literals(op); err != nil {
		return nil, err
	}
	c := &compilation{model: m, request: r, limits: limits, bound: map[string]string{}}
	if !c.applies(f.Definition.Type.Name(), typeName) {
		return nil, fmt.Errorf("compile %s: its type %s cannot be %s", f.Name, f.Definition.Type.Name(), typeName)
	}
	column := c.one(f, of, func(row string) string {
		pk := of.key()
		return pk.sql(row) + "=" + c.bindSource(source{key: true}, "", pk.sqlType, maker{})
	})
	if c.err != nil {
		return nil, c.err
	}
	return &Statement{SQL: "select " + column + "::json", Roots: []Root{{Alias: f.Alias}}, params: c.params, checks: c.checks}, nil
}
