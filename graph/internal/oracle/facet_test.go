package oracle

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// count is a whole number of an answer.
func count(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// group are the rows of a facet that share a value: a value of a column, or a linked record.
type group struct {
	value  string
	count  int
	of     *entity // of the linked record
	record row
}

// facet counts rows by a value of theirs. A row with several values counts for each, and once for each.
func (x *execution) facet(e *entity, whole []row, f *ast.Field) any {
	groups := map[string]*group{}
	by := x.Types[f.Definition.Arguments.ForName("by").Type.Name()].EnumValues.ForName(x.in.argument(f, "by").(string))
	for _, r := range whole {
		seen := map[string]bool{}
		for _, g := range x.values(e, r, facetPath(by)) {
			if seen[g.value] {
				continue
			}
			seen[g.value] = true
			if groups[g.value] == nil {
				groups[g.value] = &g
			}
			groups[g.value].count++
		}
	}
	var sorted []*group
	for _, g := range groups {
		sorted = append(sorted, g)
	}
	slices.SortFunc(sorted, func(a, b *group) int { // the most frequent first, then by value
		if c := cmp.Compare(b.count, a.count); c != 0 {
			return c
		}
		if a.of != nil {
			return cmp.Compare(integer(a.record[a.of.key().Name]), integer(b.record[b.of.key().Name]))
		}
		return strings.Compare(a.value, b.value)
	})
	size := defaultPage
	if first := x.in.argument(f, "first"); first != nil {
		size = int(integer(first))
	}
	out := []any{}
	for _, g := range sorted[:min(size, len(sorted))] {
		o := object{}
		for _, c := range x.collect("FacetCount", f.SelectionSet) {
			var v any
			switch c.Name {
			case "__typename":
				v = "FacetCount"
			case "value":
				v = g.value
			case "count":
				v = count(g.count)
			case "record":
				if g.of != nil {
					v = x.object(g.of, g.record, c.SelectionSet)
				}
			}
			o = append(o, member{c.Alias, v})
		}
		out = append(out, o)
	}
	return out
}

// facetPath are the fields that lead from the record to the value of a facet.
func facetPath(v *ast.EnumValueDefinition) []string {
	if d := v.Directives.ForName("path"); d != nil {
		return strings.Split(d.Arguments.ForName("to").Value.Raw, ".")
	}
	return []string{v.Name}
}

// values are the values of a row at the end of a path.
func (x *execution) values(e *entity, r row, path []string) (out []group) {
	if rel := e.relation(path[0]); rel != nil {
		to := x.target(rel)
		for _, l := range x.linked(r, rel) {
			if len(path) > 1 {
				out = append(out, x.values(to, l, path[1:])...)
			} else {
				out = append(out, group{value: to.id(l), of: to, record: l})
			}
		}
		return out
	}
	if v := r[e.column(path[0]).Name]; v != nil {
		out = append(out, group{value: fmt.Sprint(v)})
	}
	return out
}
