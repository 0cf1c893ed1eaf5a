package graph

import (
	"context"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// Fragment is a piece of an answer: JSON that PostgreSQL has already written. In the generated code it stands for every
// object type of the contract.
type Fragment []byte

// MarshalGQLContext writes the bytes as they are.
func (f Fragment) MarshalGQLContext(_ context.Context, w io.Writer) error {
	_, err := w.Write(f)
	return err
}

// UnmarshalGQLContext is never used: fragments are no input. gqlgen wants both directions of a scalar.
func (f *Fragment) UnmarshalGQLContext(context.Context, any) error { return nil }

type answerKey struct{}

// fragment is the part of the operation's answer that belongs to the root field being resolved. The first root to ask runs
// the statement of the whole operation.
func (g *Graph) fragment(ctx context.Context) (Fragment, error) {
	a, ok := ctx.Value(answerKey{}).(*answer)
	if !ok {
		return nil, errNoAnswer
	}
	return a.root(ctx, graphql.GetFieldContext(ctx).Field.Alias)
}
