package compile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

func digits(n int) string { return strconv.Itoa(n) }

// root writes one field of Query.
func (c *compilation) root(f *ast.Field) string {
	typ := f.Definition.Type
	if element := c.model.element(typ.Name()); element != "" {
		return c.connection(f, c.model.records[element], origin{})
	}
	switch f.Name {
	case "node":
		return c.node(f)
	case "nodes":
		return c.nodes(f)
	}
	if a := c.model.lookupArgument(f.Definition); a != nil {
		return c.lookup(f, c.model.records[typ.Name()], c.argument(f, a.Name))
	}
	sql := c.call(snake(f.Name), nil, f)
	if d := c.model.schema.Types[typ.Name()]; typ.Elem == nil && (d.Kind == ast.Scalar || d.Kind == ast.Enum) {
		return "to_json(" + sql + ")"
	}
	return sql
}

// lookupArgument is the argument of a root that finds one record by a key: an id, or an input object "by" of which exactly
// one field is given; nil for other roots.
func (m *Model) lookupArgument(f *ast.FieldDefinition) *ast.ArgumentDefinition {
	if r := m.records[f.Type.Name()]; r == nil || r.virtual || f.Type.Elem != nil {
		return nil
	}
	if a := f.Arguments.ForName("id"); a != nil && a.Type.NamedType == "ID" {
		return a
	}
	if a := f.Arguments.ForName("by"); a != nil && m.schema.Types[a.Type.Name()].Directives.ForName("oneOf") != nil {
		return a
	}
	return nil
}

// one writes the record that meets a condition.
func (c *compilation) one(f *ast.Field, r *record, condition func(row string) string) string {
	row := c.alias()
	return "(select " + c.record(r, row, f.SelectionSet) + " from " + string(r.table.SQLName) + " " + row + " where " + condition(row) + " limit 1)"
}

// lookup writes the record with a key: an id, or an input object of which exactly one field is given.
func (c *compilation) lookup(f *ast.Field, r *record, v value) string {
	if v.null() {
		return "null::json"
	}
	return c.one(f, r, func(row string) string { return c.keys(r, row, v, "id") })
}

// keys is the condition that a value states about a key of the row; an object states one for each of its fields.
func (c *compilation) keys(r *record, row string, v value, name string) string {
	d := c.model.schema.Types[v.typ.Name()]
	if d.Kind == ast.InputObject {
		var out []string
		for _, x := range d.Fields {
			if k := c.field(v, x); !k.null() {
				out = append(out, c.keys(r, row, k, x.Name))
			}
		}
		if len(out) == 0 {
			return "false"
		}
		return and(out...)
	}
	col := r.columns[plain(name)]
	m := maker{}
	if d.Name == "ID" {
		m = c.model.keyOf(c.model.idOf(col))
	}
	value := c.bind(v, operandType(col.sqlType), m)
	if col == r.key() {
		value = r.today(value)
	}
	return col.sql(row) + "=" + value
}

// node writes the record with an id of whatever type; the id's prefix says which, and is part of the shape.
func (c *compilation) node(f *ast.Field) string {
	v := c.argument(f, "id")
	s := c.source(v)
	now, _ := v.now.(string)
	if v.path == nil {
		now, _ = s.literal.(string)
	}
	if c.err != nil {
		return "null"
	}
	of, err := c.model.parseID(now, v.at)
	if err != nil {
		c.fail(err)
		return "null"
	}
	pk := of.of.key()
	return c.one(f, of.of, func(row string) string {
		return pk.sql(row) + "=" + of.of.today(c.bindSource(s, v.at, pk.sqlType, c.model.keyOf(of.of)))
	})
}

// nodes writes the records with these ids in their order, null where there is none. The types met are part of the shape;
// only their tables are read.
func (c *compilation) nodes(f *ast.Field) string {
	v := c.argument(f, "ids")
	s := c.source(v)
	if c.err != nil {
		return "null"
	}
	ids, _ := s.value(c.request).([]any)
	var met []*record
	for _, x := range ids {
		text, _ := x.(string)
		of, err := c.model.parseID(text, v.at)
		if err != nil {
			c.fail(err)
			return "null"
		}
		if !slices.Contains(met, of.of) {
			met = append(met, of.of)
		}
	}
	slices.SortFunc(met, func(a, b *record) int { return strings.Compare(a.prefix, b.prefix) })
	if len(met) == 0 {
		return "'[]'::json"
	}
	most := c.limits.PageSize
	part := func(name string, of func(id) any) maker {
		return maker{"ids " + name, func(v any, at string) (any, error) {
			list, _ := v.([]any)
			if len(list) > most {
				return nil, invalid(at, "at most %d ids may be asked for at once", "لا يجوز طلب أكثر من %d معرّف في المرة الواحدة", most)
			}
			out := make([]any, len(list))
			for i, x := range list {
				s, _ := x.(string)
				p, err := c.model.parseID(s, at+"."+strconv.Itoa(i))
				if err != nil {
					return nil, err
				}
				out[i] = of(p)
			}
			return out, nil
		}}
	}
	row := c.alias()
	var cases strings.Builder
	for _, r := range met {
		t := c.alias()
		cases.WriteString(" when " + text(r.prefix) + " then (select " + c.record(r, t, f.SelectionSet) + " from " + string(r.table.SQLName) + " " + t +
			" where " + r.key().sql(t) + "=" + r.today(row+".key") + ")")
	}
	kinds := c.bindSource(s, v.at, "text[]", part("kinds", func(p id) any { return p.of.prefix }))
	keys := c.bindSource(s, v.at, "bigint[]", part("keys", func(p id) any { return p.key }))
	return "(select coalesce(json_agg(case " + row + ".kind" + cases.String() + " end order by " + row + ".place),'[]') from unnest(" + kinds + "," + keys +
		") with ordinality " + row + "(kind,key,place))"
}

// call writes the result of an SQL function: a scalar, a record or a list of records. leading arguments come by position,
// the field's own by name; an absent or null one is left to the function's default.
func (c *compilation) call(function string, leading []string, f *ast.Field) string {
	args := slices.Clone(leading)
	for _, d := range functionArguments(f.Definition) {
		if v := c.argument(f, d.Name); !v.null() {
			args = append(args, c.functionArgument(function, f.Definition, d, v))
		}
	}
	call := function + "(" + strings.Join(args, ",") + ")"
	typ := f.Definition.Type
	possible := c.model.possible(typ.Name())
	row := c.alias()
	switch {
	case typ.Name() == localizedText:
		return "(select " + c.text(row+".v", f) + " from (select " + call + " v offset 0) " + row + ")"
	case len(possible) == 1:
		return c.rows(f, c.record(possible[0], row, f.SelectionSet), call+" "+row, "", "")
	case typ.Elem != nil:
		return "(select coalesce(json_agg(" + c.output(row+".v", nil, typ.Elem) + "),'[]') from " + call + " " + row + "(v))"
	}
	return c.output(call, nil, typ)
}

// functionArguments are the arguments that a function takes; those of a text in several languages say which to choose.
func functionArguments(f *ast.FieldDefinition) ast.ArgumentDefinitionList {
	if f.Type.Name() == localizedText {
		return slices.DeleteFunc(slices.Clone(f.Arguments), func(a *ast.ArgumentDefinition) bool { return a.Name == "locale" || a.Name == "fallback" })
	}
	return f.Arguments
}

// functionArgument is an argument of a function: a condition becomes the array of the keys of the records that meet it, another
// input object JSON, everything else a value of the type that the function wants. An id is a key, or a text where records of any type may be meant.
func (c *compilation) functionArgument(function string, f *ast.FieldDefinition, d *ast.ArgumentDefinition, v value) string {
	typ := c.model.schema.Types[d.Type.Name()]
	name := snake(d.Name)
	sqlType, _ := c.model.catalog.argumentType(function, name)
	m := maker{}
	switch {
	case typ.Kind == ast.InputObject:
		if r := c.model.conditionOf(typ.Name); r != nil {
			row := c.alias()
			return quote(name) + "=>array(select " + r.key().sql(row) + " from " + string(r.table.SQLName) + " " + row + " where " + c.where(v, r, row) + ")"
		}
	case typ.Name == "ID" && sqlType != "text":
		m = c.model.keyOf(c.model.argumentOf(f, d))
	case typ.Name == "Int" && d.Type.Elem == nil && (d.Name == "first" || d.Name == "last"):
		m = pageSize(c.limits.PageSize)
		if s := c.source(v); v.path == nil && c.err == nil {
			if _, err := m.make(s.literal, v.at); err != nil {
				c.fail(err)
			}
		}
	}
	return quote(name) + "=>" + c.bind(v, sqlType, m)
}

// conditionOf is the record that a where input speaks of; nil for other types.
func (m *Model) conditionOf(typeName string) *record {
	if name, ok := strings.CutSuffix(typeName, "Where"); ok {
		return m.records[name]
	}
	return nil
}

// argumentOf is the record whose ids an argument of a function takes: the one it is named after, else the one behind the link of that name in the
// rows that the function returns, or the administrative units.
func (m *Model) argumentOf(f *ast.FieldDefinition, d *ast.ArgumentDefinition) *record {
	if d.Name == "within" {
		return m.records["AdministrativeUnit"]
	}
	for name, r := range m.records {
		if strings.EqualFold(name, strings.TrimSuffix(strings.TrimSuffix(d.Name, "s"), "Id")) && r.prefix != "" {
			return r
		}
	}
	if rows := m.records[f.Type.Name()]; rows != nil {
		if l := rows.links[strings.ToLower(d.Name)]; l != nil {
			return l.to
		}
	}
	return nil
}
