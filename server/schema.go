package main

import (
	"fmt"

	"taawun/graph"
)

// schemaCommand prints the contract.
type schemaCommand struct{}

// Help shows examples.
func (schemaCommand) Help() string {
	return `It needs no database.

Example:
  taawun schema > schema.graphqls`
}

// Run prints the contract as it was written, with its descriptions.
func (schemaCommand) Run(to console) error {
	_, err := fmt.Fprint(to.out, graph.SDL())
	return err
}
