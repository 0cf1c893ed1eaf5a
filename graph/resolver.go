package graph

// Resolver is what the generated roots hold on to.
type Resolver struct{ Graph *Graph }
