package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// execution answers one operation from tables in memory, in the most obvious way.
type execution struct {
	*contract
	*tables
	in      *inputs
	locales []string // of the reader, the best first
	cursors *cursors
	// shown are the records of each connection by its name in the answer, for the pages to ask next.
	shown map[string][]*mark
	met   *coverage
}

// moment is a moment in time of an answer, which may be written in several ways.
type moment time.Time

// answer is the object that the operation asks for.
func (x *execution) answer() (out object, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the oracle does not know how: %v", r)
		}
	}()
	for _, f := range x.collect(x.Query.Name, x.in.operation.SelectionSet) {
		out = append(out, member{f.Alias, x.root(f)})
	}
	return out, nil
}

func (x *execution) root(f *ast.Field) any {
	if f.Name == "__typename" {
		return x.Query.Name
	}
	name := f.Definition.Type.Name()
	if e := x.element(name); e != nil {
		return x.connection(e, x.rows[e.table.Name], f)
	}
	switch f.Name {
	case "node":
		return x.node(x.in.argument(f, "id"), f.SelectionSet)
	case "nodes":
		out := []any{}
		for _, id := range list(x.in.argument(f, "ids")) {
			out = append(out, x.node(id, f.SelectionSet))
		}
		return out
	}
	e := x.entities[name]
	for key, value := range x.in.argument(f, "by").(map[string]any) {
		if value == nil {
			continue
		}
		if e.column(key) == e.key() {
			return x.node(value, f.SelectionSet)
		}
		for _, r := range x.rows[e.table.Name] {
			if r[e.column(key).Name] == value {
				return x.object(e, r, f.SelectionSet)
			}
		}
	}
	return nil
}

// node is the record with a public id.
func (x *execution) node(id any, ss ast.SelectionSet) any {
	prefix, key, _ := strings.Cut(id.(string), "_")
	n, err := strconv.ParseInt(key, 16, 64)
	if err != nil {
		panic(err)
	}
	e := x.prefixes[prefix]
	for _, r := range x.where(e.table.Name, e.key().Name, x.today(e, n)) {
		return x.object(e, r, ss)
	}
	return nil
}

// object is a row with the fields asked for.
func (x *execution) object(e *entity, r row, ss ast.SelectionSet) object {
	out := object{}
	for _, f := range x.collect(e.name, ss) {
		out = append(out, member{f.Alias, x.field(e, r, f)})
	}
	return out
}

func (x *execution) field(e *entity, r row, f *ast.Field) any {
	if f.Name == "__typename" {
		return e.name
	}
	v := x.present(e, r, f)
	x.met.answered(e, f.Name, v)
	return v
}

func (x *execution) present(e *entity, r row, f *ast.Field) any {
	t := f.Definition.Type
	if rel := e.relation(f.Name); rel != nil {
		return x.link(e, r, rel, f)
	}
	if parts := e.embedded(f.Name); parts != nil {
		return x.embedded(parts, r, f)
	}
	if kind, key := e.subject(f.Name); kind != "" {
		to := x.entities[r[kind].(string)]
		if to == nil || !slices.Contains(x.possible(t.Name()), to.name) {
			return nil
		}
		for _, s := range x.where(to.table.Name, to.key().Name, r[key]) {
			return x.object(to, s, f.SelectionSet)
		}
		return nil
	}
	c := e.column(f.Name)
	if c == nil {
		panic(fmt.Sprintf("%s.%s has neither column nor link", e.name, f.Name))
	}
	if t.Name() == "LocalizedText" {
		return x.text(r[c.Name].(object), f)
	}
	if of := x.entities[t.Name()]; of != nil { // rows that the column holds as a list
		out := []any{}
		for _, item := range list(r[c.Name]) {
			held := row{}
			for _, m := range item.(object) {
				held[m.name] = m.value
			}
			out = append(out, x.object(of, held, f.SelectionSet))
		}
		return out
	}
	return leaf(e, c, r[c.Name], t)
}

// leaf is the value of a column as its type wants it in the answer.
func leaf(e *entity, c *schema.Field, v any, t *ast.Type) any {
	if v == nil {
		return nil
	}
	if items, ok := v.([]any); ok && t.Elem != nil {
		return items
	}
	switch t.Name() {
	case "ID":
		if e != nil && e.prefix != "" && c == e.key() {
			return fmt.Sprintf("%s_%x", e.prefix, integer(v))
		}
	case "Decimal":
		return fmt.Sprint(v)
	case "DateTime":
		return moment(instant(v))
	}
	return v
}

// instant reads a moment in time.
func instant(v any) time.Time {
	t, err := time.Parse(time.RFC3339Nano, fmt.Sprint(v))
	if err != nil {
		panic(err)
	}
	return t
}

func (x *execution) embedded(parts []*schema.Field, r row, f *ast.Field) any {
	if r[parts[0].Name] == nil {
		return nil
	}
	out := object{}
	for _, sub := range x.collect(f.Definition.Type.Name(), f.SelectionSet) {
		if sub.Name == "__typename" {
			out = append(out, member{sub.Alias, f.Definition.Type.Name()})
			continue
		}
		for _, p := range parts {
			if same(sub.Name, p.GoName) {
				out = append(out, member{sub.Alias, leaf(nil, p, r[p.Name], sub.Definition.Type)})
			}
		}
	}
	return out
}

// link is the record or the records behind a link.
func (x *execution) link(e *entity, r row, rel *schema.Relation, f *ast.Field) any {
	to, found := x.target(rel), x.linked(r, rel)
	if x.element(f.Definition.Type.Name()) != nil {
		return x.connection(to, found, f)
	}
	if f.Definition.Type.Elem == nil {
		if len(found) == 0 {
			return nil
		}
		return x.object(to, found[0], f.SelectionSet)
	}
	keys := x.listOrder(to, rel)
	found = slices.Clone(found)
	slices.SortFunc(found, func(a, b row) int { return x.compareRows(to, keys, a, b) })
	out := []any{}
	for _, l := range found {
		out = append(out, x.object(to, l, f.SelectionSet))
	}
	return out
}

// linked are the rows behind a link, each once.
func (x *execution) linked(r row, rel *schema.Relation) (out []row) {
	to := rel.JoinTable.Name
	if rel.Type == schema.ManyToManyRelation {
		seen := map[string]bool{}
		for _, between := range x.where(rel.M2MTable.Name, rel.M2MBasePKs[0].Name, r[rel.BasePKs[0].Name]) {
			for _, target := range x.where(to, rel.JoinPKs[0].Name, between[rel.M2MJoinPKs[0].Name]) {
				key := fmt.Sprint(target[rel.JoinPKs[0].Name])
				if !seen[key] {
					out = append(out, target)
				}
				seen[key] = true
			}
		}
		return out
	}
	for _, target := range x.where(to, rel.JoinPKs[0].Name, r[rel.BasePKs[0].Name]) {
		if rel.PolymorphicField == nil || target[rel.PolymorphicField.Name] == rel.PolymorphicValue {
			out = append(out, target)
		}
	}
	return out
}

// collect are the fields of an object of a type: fragments opened, @skip and @include obeyed, equal names merged.
func (x *execution) collect(typeName string, ss ast.SelectionSet) (out []*ast.Field) {
	var all []*ast.Field
	x.open(typeName, ss, &all)
	for _, f := range all {
		i := slices.IndexFunc(out, func(o *ast.Field) bool { return o.Alias == f.Alias })
		if i < 0 {
			out = append(out, f)
			continue
		}
		if len(f.SelectionSet) > 0 {
			merged := *out[i]
			merged.SelectionSet = append(slices.Clone(merged.SelectionSet), f.SelectionSet...)
			out[i] = &merged
		}
	}
	return out
}

func (x *execution) open(typeName string, ss ast.SelectionSet, out *[]*ast.Field) {
	for _, s := range ss {
		switch s := s.(type) {
		case *ast.Field:
			if x.wanted(s.Directives) {
				*out = append(*out, s)
			}
		case *ast.InlineFragment:
			if x.wanted(s.Directives) && x.applies(s.TypeCondition, typeName) {
				x.open(typeName, s.SelectionSet, out)
			}
		case *ast.FragmentSpread:
			if x.wanted(s.Directives) && x.applies(s.Definition.TypeCondition, typeName) {
				x.open(typeName, s.Definition.SelectionSet, out)
			}
		}
	}
}

func (x *execution) wanted(directives ast.DirectiveList) bool {
	for _, d := range directives {
		condition, _ := x.in.value(d.Arguments.ForName("if").Value, d.Definition.Arguments.ForName("if").Type)
		if d.Name == "skip" && condition == true || d.Name == "include" && condition == false {
			return false
		}
	}
	return true
}

func (x *execution) applies(condition, typeName string) bool {
	return condition == "" || condition == typeName || slices.Contains(x.possible(condition), typeName)
}

// possible are the names of the object types of an interface or union.
func (c *contract) possible(abstract string) (names []string) {
	for _, d := range c.PossibleTypes[abstract] {
		names = append(names, d.Name)
	}
	return names
}

// number is the float nearest to a number of JSON.
func number(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}
