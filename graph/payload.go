package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/graph/compile"
)

// readRecord answers a field of a mutation's payload with the record of the type typeName that has this key, as the transaction sees it: what it
// has written is there already, and nothing that its actor may not see. The JSON is null if there is no such row. field.Alias is not part of it.
func (g *Graph) readRecord(ctx context.Context, tx *sql.Tx, oc *graphql.OperationContext, field *ast.Field, typeName string, key int64) ([]byte, error) {
	r := &compile.Request{Variables: oc.Variables, Locales: locales(ctx), Key: key}
	if _, err := g.staff.model.Shape(oc.Operation, r); err != nil {
		return nil, err
	}
	st, err := g.staff.model.CompileRecord(oc.Operation, field, typeName, r, g.staff.pages)
	if err != nil {
		return nil, err
	}
	args, err := st.Args(r)
	if err != nil {
		return nil, err
	}
	// Prepared for this once: statements kept in the pool would have to be prepared on a second connection while this transaction holds one.
	prepared, err := tx.PrepareContext(ctx, st.SQL)
	if err != nil {
		return nil, fmt.Errorf("prepare the reading of a %s: %w\n%s", typeName, err, st.SQL)
	}
	var data []byte
	err = prepared.QueryRowContext(ctx, args...).Scan(&data)
	if err = errors.Join(err, prepared.Close()); err != nil {
		return nil, fmt.Errorf("read a %s back: %w", typeName, err)
	}
	if data == nil {
		return []byte("null"), nil
	}
	return data, nil
}
