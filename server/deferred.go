package main

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// deferred tells whether a document asks for its answer in parts by @defer. gqlgen declares the directive, but drops the
// deferred data where the answer is a single one, as here: such a document is refused rather than answered in part.
func deferred(document *ast.QueryDocument) bool {
	for _, operation := range document.Operations {
		if selectsDeferred(operation.SelectionSet) {
			return true
		}
	}
	return slices.ContainsFunc(document.Fragments, func(fragment *ast.FragmentDefinition) bool {
		return selectsDeferred(fragment.SelectionSet)
	})
}

// selectsDeferred looks at each selection once: fragments are looked at where they are defined.
func selectsDeferred(selections ast.SelectionSet) bool {
	return slices.ContainsFunc(selections, func(selection ast.Selection) bool {
		switch selection := selection.(type) {
		case *ast.Field:
			return selectsDeferred(selection.SelectionSet)
		case *ast.InlineFragment:
			return selection.Directives.ForName("defer") != nil || selectsDeferred(selection.SelectionSet)
		case *ast.FragmentSpread:
			return selection.Directives.ForName("defer") != nil
		}
		return false
	})
}
