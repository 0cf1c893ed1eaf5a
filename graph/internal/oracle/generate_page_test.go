package oracle

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// connection makes up a connection: condition, order, page, and what is asked of it.
func (g *generator) connection(e *entity, f *ast.FieldDefinition, s scope) string {
	g.fields -= 2
	name := g.next("a")
	var arguments []string
	if d := f.Arguments.ForName("where"); d != nil && odds(g.random, 60-15*min(s.depth, 2)) {
		arguments = append(arguments, g.argument(f, "where", g.where(g.Types[d.Type.Name()], e, 0)))
	}
	if f.Arguments.ForName("orderBy") != nil && odds(g.random, 45) {
		arguments = append(arguments, g.argument(f, "orderBy", g.order(e)))
	}
	size := defaultPage
	if s.rows < 60 || odds(g.random, 75) {
		size = 1 + g.random.IntN(min(6, s.rows))
		if odds(g.random, 5) {
			size = 0
		}
		if s.depth == 0 && odds(g.random, 30) {
			size = one(g.random, []int{7, 13, 100})
		}
		page := []string{"first", "last"}[g.random.IntN(2)]
		arguments = append(arguments, g.argument(f, page, count(size)))
	} else if odds(g.random, 10) {
		arguments = append(arguments, g.argument(f, one(g.random, []string{"first", "last"}), nil))
	}
	for _, end := range []string{"after", "before"} {
		if odds(g.random, 35) {
			variable := g.next("c")
			g.declarations = append(g.declarations, "$"+variable+": Cursor")
			arguments = append(arguments, end+": $"+variable)
			g.operation.pages = append(g.operation.pages, cursorVariable{name, variable})
		}
	}
	g.random.Shuffle(len(arguments), func(i, j int) { arguments[i], arguments[j] = arguments[j], arguments[i] })
	text := name + ": " + f.Name
	if len(arguments) > 0 {
		text += "(" + strings.Join(arguments, ", ") + ")"
	}
	return text + " { " + g.page(e, f, s.below(size)) + " }"
}

// page makes up what is asked of a connection.
func (g *generator) page(e *entity, f *ast.FieldDefinition, s scope) string {
	var parts []string
	connection := g.Types[f.Type.Name()]
	if g.fields > 0 && odds(g.random, 75) {
		parts = append(parts, "nodes { "+g.body(e, s)+" }")
	}
	if odds(g.random, 35) {
		node := ""
		if g.fields > 0 && odds(g.random, 60) {
			node = " node { " + g.body(e, scope{depth: s.depth + 1, rows: s.rows}) + " }"
		}
		parts = append(parts, "edges { cursor"+node+" }")
	}
	if odds(g.random, 45) {
		parts = append(parts, "pageInfo { "+one(g.random, []string{"startCursor endCursor", "hasNextPage hasPreviousPage startCursor endCursor", "hasNextPage", "hasPreviousPage __typename",
			"endCursor hasNextPage", "x: hasNextPage startCursor"})+" }")
	}
	if odds(g.random, 40) {
		parts = append(parts, "totalCount")
	}
	if facet := connection.Fields.ForName("facet"); facet != nil {
		for range g.random.IntN(3) * g.random.IntN(2) {
			parts = append(parts, g.facet(e, facet, s))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, one(g.random, []string{"totalCount", "__typename", "pageInfo { hasNextPage }"}))
	}
	g.random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, " ")
}

func (g *generator) facet(e *entity, f *ast.FieldDefinition, s scope) string {
	by := f.Arguments.ForName("by").Type
	v := one(g.random, g.Types[by.Name()].EnumValues)
	arguments := "by: " + g.input(enum(v.Name), by)
	size := defaultPage
	if s.rows < 60 || odds(g.random, 40) {
		size = g.random.IntN(6)
		arguments += ", " + g.argument(f, "first", count(size))
	}
	sub := "value count"
	if g.fields > 0 && s.depth < 7 && odds(g.random, 40) {
		below := s.below(size)
		// A link whose rows are no type of the contract is only a way to a value.
		if rel := e.relation(facetPath(v)[0]); rel != nil && g.Types[g.target(rel).name] != nil {
			below.likely = g.target(rel).name
		}
		sub += " record " + g.selection("Node", below)
	}
	return g.next("a") + ": facet(" + arguments + ") { " + sub + " }"
}
