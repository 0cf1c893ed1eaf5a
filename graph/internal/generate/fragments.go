package main

import (
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

// fragments is a gqlgen plugin. It tells gqlgen, while it generates, that every object type of the contract is a scalar
// whose value is JSON that PostgreSQL has written (graph.Fragment), and that query roots have no arguments: the compiler
// reads those. So the generated code holds the roots, and the inputs and enums of mutations; nothing per type. The schema
// that the server validates against and shows at run time is the whole contract.
type fragments struct{}

func (fragments) Name() string { return "fragments" }

// MutateSchema leaves of the contract what gqlgen must know.
func (fragments) MutateSchema(s *ast.Schema) error {
	for _, f := range s.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		f.Arguments = nil
		if f.Type.Elem != nil { // a list, too, is written by PostgreSQL
			f.Type = &ast.Type{NamedType: f.Type.Name(), NonNull: f.Type.NonNull}
		}
	}
	needed := map[string]bool{}
	if s.Mutation != nil {
		for _, f := range s.Mutation.Fields {
			for _, a := range f.Arguments {
				reach(s, a.Type.Name(), needed)
			}
		}
	}
	for name, t := range s.Types {
		if strings.HasPrefix(name, "__") || t.BuiltIn || t == s.Query || t == s.Mutation || t == s.Subscription {
			continue
		}
		switch t.Kind {
		case ast.Object, ast.Interface, ast.Union:
			t.Kind, t.Fields, t.Interfaces, t.Types = ast.Scalar, nil, nil, nil
		case ast.InputObject, ast.Enum:
			if !needed[name] {
				delete(s.Types, name)
			}
		}
	}
	return nil
}

// reach marks an input type and everything below it.
func reach(s *ast.Schema, name string, needed map[string]bool) {
	if needed[name] {
		return
	}
	needed[name] = true
	for _, f := range s.Types[name].Fields {
		reach(s, f.Type.Name(), needed)
	}
}

// MutateConfig says in Go what the object types have become.
func (fragments) MutateConfig(cfg *config.Config) error {
	for name, t := range cfg.Schema.Types {
		if t.Kind == ast.Scalar && !t.BuiltIn && !cfg.Models.Exists(name) {
			cfg.Models.Add(name, "taawun/graph.Fragment")
		}
	}
	return nil
}

// Implement is the body of a root resolver.
func (fragments) Implement(_ string, f *codegen.Field) string {
	if f.Object.Name == "Query" {
		return "return r.Graph.fragment(ctx)"
	}
	args := []string{"ctx"}
	for _, a := range f.Args {
		args = append(args, a.VarName)
	}
	return "return r.Graph." + f.GoFieldName + "(" + strings.Join(args, ", ") + ")"
}
