package oracle

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// defaultPage is the size of a page, and of a facet, for which none is given.
const defaultPage = 20

// orderKey is one key of an order.
type orderKey struct {
	column           *schema.Field
	desc, nullsFirst bool
}

// mark is what a cursor says: a row and the order it is a place in.
type mark struct {
	of   *entity
	keys []orderKey
	row  row
}

// String names the place: two marks are the same if it is.
func (m *mark) String() string {
	var b strings.Builder
	b.WriteString(m.of.name)
	for _, k := range m.keys {
		fmt.Fprintf(&b, "|%s %t %t %v", k.column.Name, k.desc, k.nullsFirst, m.row[k.column.Name])
	}
	return b.String()
}

// asked is the order that a connection is asked for; the key closes it, in the direction of the last key before it.
func (x *execution) asked(e *entity, f *ast.Field) (keys []orderKey) {
	desc := false
	has := func(c *schema.Field) bool {
		return slices.ContainsFunc(keys, func(k orderKey) bool { return k.column == c })
	}
	for _, o := range list(x.in.argument(f, "orderBy")) {
		name := field(o, "field").(string)
		c := e.column(name)
		if c == nil {
			c = e.embedded(name)[0]
		}
		if has(c) {
			continue
		}
		desc = field(o, "direction") == "DESC"
		k := orderKey{c, desc, desc} // a missing value is larger than all others unless told otherwise
		if n := field(o, "nulls"); n != nil && !c.NotNull && !c.IsPK && !x.required[e.table.Name][c.Name] {
			k.nullsFirst = n == "FIRST"
		}
		keys = append(keys, k)
	}
	if !has(e.key()) {
		keys = append(keys, orderKey{e.key(), desc, desc})
	}
	return keys
}

// listOrder is the order of a list that is not paged.
func (x *execution) listOrder(e *entity, rel *schema.Relation) (keys []orderKey) {
	for part := range strings.SplitSeq(tagged(rel.Field.StructField.Tag, "order"), ";") {
		name, direction, _ := strings.Cut(part, " ")
		for _, c := range e.table.FieldMap {
			if c.Name == name {
				keys = append(keys, orderKey{c, direction == "desc", direction == "desc"})
			}
		}
	}
	return append(keys, orderKey{column: e.key()})
}

func (x *execution) compareRows(e *entity, keys []orderKey, a, b row) int {
	for _, k := range keys {
		va, vb := a[k.column.Name], b[k.column.Name]
		switch {
		case va == nil && vb == nil:
			continue
		case va == nil || vb == nil:
			if (va == nil) == k.nullsFirst {
				return -1
			}
			return 1
		}
		c := x.compareValues(e, k.column, va, vb)
		if k.desc {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// compareValues puts two values of a column into order.
func (x *execution) compareValues(e *entity, c *schema.Field, a, b any) int {
	switch sqlType(c) {
	case "text":
		ranks := x.ranks[e.table.Name][c.Name]
		return cmp.Compare(ranks[a.(string)], ranks[b.(string)])
	case "date":
		return strings.Compare(a.(string), b.(string))
	case "timestamptz":
		return instant(a).Compare(instant(b))
	case "boolean":
		return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
	case "bigint", "integer":
		return cmp.Compare(integer(a), integer(b))
	}
	return rational(a).Cmp(rational(b))
}

// rational is the exact value of a number, however it is written.
func rational(v any) *big.Rat {
	n, ok := new(big.Rat).SetString(fmt.Sprint(v))
	if !ok {
		panic(fmt.Sprintf("%v is no number", v))
	}
	return n
}

// connection is a page of rows, with what is said about the whole.
func (x *execution) connection(e *entity, from []row, f *ast.Field) object {
	var whole []row
	condition := x.in.argument(f, "where")
	for _, r := range from {
		if x.meets(e, r, condition) {
			whole = append(whole, r)
		}
	}
	keys := x.asked(e, f)
	slices.SortFunc(whole, func(a, b row) int { return x.compareRows(e, keys, a, b) })

	var page []row
	precede, follow := false, false // records outside of the page
	after, before := x.cursors.mark(x.in.argument(f, "after")), x.cursors.mark(x.in.argument(f, "before"))
	for _, r := range whole {
		switch {
		case after != nil && x.compareRows(e, keys, r, after.row) <= 0:
			precede = true
			follow = follow || before != nil && x.compareRows(e, keys, r, before.row) >= 0
		case before != nil && x.compareRows(e, keys, r, before.row) >= 0:
			follow = true
		default:
			page = append(page, r)
		}
	}
	first, last := x.in.argument(f, "first"), x.in.argument(f, "last")
	if first == nil && last == nil {
		first = defaultPage
	}
	if first != nil {
		n := min(len(page), int(integer(first)))
		page, follow = page[:n], follow || n < len(page)
	} else {
		n := min(len(page), int(integer(last)))
		page, precede = page[len(page)-n:], precede || n < len(page)
	}
	for _, r := range page {
		x.shown[f.Alias] = append(x.shown[f.Alias], &mark{e, keys, r})
	}

	out := object{}
	for _, c := range x.collect(f.Definition.Type.Name(), f.SelectionSet) {
		var v any
		switch c.Name {
		case "__typename":
			v = f.Definition.Type.Name()
		case "nodes":
			nodes := []any{}
			for _, r := range page {
				nodes = append(nodes, x.object(e, r, c.SelectionSet))
			}
			v = nodes
		case "edges":
			edges := []any{}
			for _, r := range page {
				edges = append(edges, x.edge(e, keys, r, c))
			}
			v = edges
		case "pageInfo":
			info := object{}
			for _, i := range x.collect("PageInfo", c.SelectionSet) {
				var v any
				switch i.Name {
				case "__typename":
					v = "PageInfo"
				case "hasPreviousPage":
					v = precede
				case "hasNextPage":
					v = follow
				case "startCursor":
					if len(page) > 0 {
						v = &mark{e, keys, page[0]}
					}
				case "endCursor":
					if len(page) > 0 {
						v = &mark{e, keys, page[len(page)-1]}
					}
				}
				info = append(info, member{i.Alias, v})
			}
			v = info
		case "totalCount":
			v = count(len(whole))
		case "facet":
			v = x.facet(e, whole, c)
		default:
			panic("no field of a connection: " + c.Name)
		}
		out = append(out, member{c.Alias, v})
	}
	return out
}

func (x *execution) edge(e *entity, keys []orderKey, r row, f *ast.Field) object {
	out := object{}
	for _, c := range x.collect(f.Definition.Type.Name(), f.SelectionSet) {
		var v any
		switch c.Name {
		case "__typename":
			v = f.Definition.Type.Name()
		case "cursor":
			v = &mark{e, keys, r}
		case "node":
			v = x.object(e, r, c.SelectionSet)
		}
		out = append(out, member{c.Alias, v})
	}
	return out
}
