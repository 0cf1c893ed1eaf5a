package graph

import (
	"context"

	"taawun/db"
)

// New binds the contract, the bun structs of package db and the database to each other. Every disagreement between them is
// in the error. The caller closes the graph.
func New(ctx context.Context, o Options) (*Graph, error) {
	resolver := &Resolver{}
	generated := NewExecutableSchema(Config{Resolvers: resolver})
	g, err := build(ctx, generated.Schema(), SDL(), db.Models(), o)
	if err != nil {
		return nil, err
	}
	if err := g.bindChanges(ctx, o.Writer); err != nil {
		return nil, err
	}
	g.generated, resolver.Graph = generated, g
	return g, nil
}

// SDL is the contract as people wrote it, with all descriptions.
func SDL() string { return sources[0].Input }
