package oracle

import (
	"bytes"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"
)

// shrink leaves out of a document whatever can be left out while it still fails, so that people can read it.
func shrink(text string, fails func(text string) bool) string {
	for range 400 {
		smaller, found := "", false
		for n := 0; !found; n++ {
			doc, err := parser.ParseQuery(&ast.Source{Input: text})
			if err != nil {
				return text
			}
			if !drop(doc, n) {
				return text
			}
			tidy(doc)
			var b bytes.Buffer
			formatter.NewFormatter(&b, formatter.WithIndent(" ")).FormatQueryDocument(doc)
			smaller = b.String()
			found = fails(smaller)
		}
		text = smaller
	}
	return text
}

// drop removes the n-th part of a document that can go: a selection, a directive or an argument; false if there is none.
func drop(doc *ast.QueryDocument, n int) bool {
	done := false
	next := func() bool {
		n--
		done = done || n < 0
		return n == -1
	}
	var walk func(set *ast.SelectionSet)
	walk = func(set *ast.SelectionSet) {
		for i := 0; i < len(*set) && !done; i++ {
			if len(*set) > 1 && next() {
				*set = slices.Delete(slices.Clone(*set), i, i+1)
				return
			}
			switch s := (*set)[i].(type) {
			case *ast.Field:
				for a := 0; a < len(s.Arguments) && !done; a++ {
					if next() {
						s.Arguments = slices.Delete(slices.Clone(s.Arguments), a, a+1)
						return
					}
					dropInput(s.Arguments[a].Value, next)
				}
				walk(&s.SelectionSet)
			case *ast.InlineFragment:
				if len(s.Directives) > 0 && next() {
					s.Directives = nil
					return
				}
				if !done && next() {
					*set = slices.Concat((*set)[:i], s.SelectionSet, (*set)[i+1:])
					return
				}
				walk(&s.SelectionSet)
			}
		}
	}
	for _, op := range doc.Operations {
		walk(&op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		walk(&f.SelectionSet)
	}
	return done
}

// dropInput removes a part of an input.
func dropInput(v *ast.Value, next func() bool) {
	for i := range v.Children {
		if next() {
			v.Children = slices.Delete(slices.Clone(v.Children), i, i+1)
			return
		}
		dropInput(v.Children[i].Value, next)
	}
}

// tidy removes variables and fragments that nothing uses any more.
func tidy(doc *ast.QueryDocument) {
	variables, fragments := map[string]bool{}, map[string]bool{}
	var input func(v *ast.Value)
	input = func(v *ast.Value) {
		if v.Kind == ast.Variable {
			variables[v.Raw] = true
		}
		for _, c := range v.Children {
			input(c.Value)
		}
	}
	directives := func(all ast.DirectiveList) {
		for _, d := range all {
			for _, a := range d.Arguments {
				input(a.Value)
			}
		}
	}
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				for _, a := range s.Arguments {
					input(a.Value)
				}
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				directives(s.Directives)
				if !fragments[s.Name] {
					fragments[s.Name] = true
					walk(doc.Fragments.ForName(s.Name).SelectionSet)
				}
			}
		}
	}
	for _, op := range doc.Operations {
		walk(op.SelectionSet)
		op.VariableDefinitions = slices.DeleteFunc(op.VariableDefinitions, func(d *ast.VariableDefinition) bool { return !variables[d.Variable] })
	}
	doc.Fragments = slices.DeleteFunc(doc.Fragments, func(f *ast.FragmentDefinition) bool { return !fragments[f.Name] })
}
