// Package compile turns the selection set of a GraphQL operation into one SQL statement whose columns are the JSON of
// the operation's root fields.
//
// It is driven by two things only: the contract (a gqlparser schema) and the bun structs that map its types to tables.
// Bind joins the two by name and checks them against the database's catalog; Model.Shape reads a request's variables and
// says everything about them that the text of a statement may depend on; Model.Compile writes the statement; and
// Statement.Args gives the parameters of one call. Values never become part of the text: identifiers come from bun's
// metadata, names of the answer from the document (GraphQL names hold no character that SQL could misread), everything
// else is a parameter.
package compile
