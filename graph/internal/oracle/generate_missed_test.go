package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// way is how a condition on an entity is asked: the list, and the links from its records there.
type way struct {
	root  *ast.FieldDefinition
	links []*ast.FieldDefinition // of the inputs of conditions
}

// ways are the shortest ways to ask conditions, by the name of the entity; of the others no list takes any.
func (c *contract) ways() map[string]*way {
	ways := map[string]*way{}
	var found []*entity
	for _, f := range c.Query.Fields {
		if e := c.element(f.Type.Name()); e != nil && f.Arguments.ForName("where") != nil && ways[e.name] == nil {
			ways[e.name] = &way{root: f}
			found = append(found, e)
		}
	}
	for len(found) > 0 {
		e := found[0]
		found = found[1:]
		for _, f := range c.Types[e.name+"Where"].Fields {
			rel := e.relation(f.Name)
			if rel == nil {
				continue
			}
			to := c.target(rel)
			if ways[to.name] == nil && c.Types[to.name+"Where"] != nil {
				ways[to.name] = &way{ways[e.name].root, append(slices.Clone(ways[e.name].links), f)}
				found = append(found, to)
			}
		}
	}
	return ways
}

// missed makes up operations for what has not been met: the fields that were never answered, of records that have something there, and the
// conditions that held or failed always.
func (g *generator) missed(met *coverage, seen *tables) (out []*operation) {
	ways := g.ways()
	for _, name := range sortedNames(g.entities) {
		e := g.entities[name]
		if g.Types[name] == nil || len(seen.rows[e.table.Name]) == 0 {
			continue
		}
		leaves, links := g.answerable(e)
		for _, f := range append(leaves, links...) {
			if met.fields[name+"."+f.Name] == 0 && e.prefix != "" {
				out = append(out, g.begin(func() string {
					return fmt.Sprintf("a: nodes(ids: %s) { ... on %s { %s } }", g.literal(g.having(e, f.Name, seen), ast.ListType(ast.NamedType("ID", nil), nil), false), name, g.field(e, f, scope{rows: 5, depth: 7}))
				}))
			}
		}
		where, w := g.Types[name+"Where"], ways[name]
		if where == nil || w == nil {
			continue
		}
		for _, f := range where.Fields {
			if met.both(name, f.Name) {
				continue
			}
			out = append(out, g.begin(func() string {
				condition := any(object{{f.Name, g.condition(f, e, 1)}})
				for _, link := range slices.Backward(w.links) {
					if strings.HasSuffix(link.Type.Name(), "Links") {
						condition = object{{"some", condition}}
					}
					condition = object{{link.Name, condition}}
				}
				return fmt.Sprintf("a: %s(first: 3, %s) { totalCount }", w.root.Name, g.argument(w.root, "where", condition))
			}))
		}
	}
	return out
}

// having are the ids of some records that have something in a column; of any, if the field is no column.
func (g *generator) having(e *entity, field string, seen *tables) []any {
	ids := []any{}
	for _, n := range g.random.Perm(len(seen.rows[e.table.Name])) {
		r := seen.rows[e.table.Name][n]
		if c := e.column(field); (c == nil || r[c.Name] != nil) && len(ids) < 20 {
			ids = append(ids, e.id(r))
		}
	}
	return ids
}
