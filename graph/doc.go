// Package graph is the contract made to run: it answers GraphQL operations from PostgreSQL, one statement each.
//
// gqlgen parses, validates and coerces; package compile turns the selection set into SQL; the bytes that PostgreSQL returns
// go to the client as they are. Operations that also ask about the schema itself pass through gqlgen's generated code, whose
// roots read the same statement.
package graph

//go:generate go run ./internal/generate
