package compile

import (
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// record writes the JSON object of the row with this alias.
func (c *compilation) record(r *record, alias string, ss ast.SelectionSet) string {
	var pairs []pair
	for _, f := range c.collect(r.name, ss) {
		pairs = append(pairs, pair{f.Alias, c.member(r, alias, f)})
	}
	return object(pairs)
}

// member writes one field of a row.
func (c *compilation) member(r *record, alias string, f *ast.Field) string {
	if f.Name == "__typename" {
		return text(r.name)
	}
	name, typ := plain(f.Name), f.Definition.Type
	if l := r.links[name]; l != nil {
		return c.link(l, alias, f)
	}
	if e := r.embeds[name]; e != nil {
		return c.embedded(e, alias, f)
	}
	if p := r.polys[name]; p != nil {
		return c.subject(p, alias, f)
	}
	if col := r.columns[name]; col != nil {
		if to := c.model.records[typ.Name()]; to != nil {
			return c.nested(col, to, alias, f)
		}
		if typ.Name() == localizedText {
			return c.text(col.sql(alias), f)
		}
		return c.output(col.sql(alias), col, typ)
	}
	return c.call(snake(r.name)+"_"+snake(f.Name), []string{r.key().sql(alias)}, f)
}

// output casts a scalar to what the contract's type promises in JSON. col is nil for the result of a function.
func (c *compilation) output(sql string, col *column, typ *ast.Type) string {
	if typ.Elem != nil {
		return "to_json(" + sql + ")"
	}
	switch typ.Name() {
	case "ID":
		if of := c.model.idOf(col); of != nil {
			return text(of.prefix+"_") + "||to_hex(" + sql + ")"
		}
	case "Decimal":
		return sql + "::text"
	case "DateTime": // the form that JSON gives a timestamp does not depend on the session
		return "(to_json(" + sql + " at time zone 'UTC')#>>'{}')||'Z'"
	}
	return sql
}

// idOf is the record whose key a column holds.
func (m *Model) idOf(col *column) *record {
	if col == nil {
		return nil
	}
	if col == col.owner.key() {
		return col.owner
	}
	for _, l := range col.owner.links {
		if l.kind == schema.BelongsToRelation && len(l.base) == 1 && l.base[0] == col {
			return l.to
		}
	}
	return nil
}

// embedded writes an object whose fields are columns of the row itself, null where its first column is.
func (c *compilation) embedded(e *embed, alias string, f *ast.Field) string {
	typ := f.Definition.Type
	var pairs []pair
	for _, x := range c.collect(typ.Name(), f.SelectionSet) {
		if x.Name == "__typename" {
			pairs = append(pairs, pair{x.Alias, text(typ.Name())})
			continue
		}
		col := e.columns[plain(x.Name)]
		pairs = append(pairs, pair{x.Alias, c.output(col.sql(alias), col, x.Definition.Type)})
	}
	if typ.NonNull {
		return object(pairs)
	}
	return "case when " + e.first.sql(alias) + " is not null then " + object(pairs) + " end"
}

// nested writes objects that a column holds as an array of a composite type or as JSON.
func (c *compilation) nested(col *column, to *record, alias string, f *ast.Field) string {
	row := c.alias()
	from := "unnest(" + col.sql(alias) + ") " + row
	if strings.HasPrefix(col.sqlType, "json") {
		var columns []string
		for _, x := range to.table.Fields {
			columns = append(columns, string(x.SQLName)+" "+to.byName(x.Name).sqlType)
		}
		value := col.sql(alias)
		if f.Definition.Type.Elem == nil {
			value = "case when " + value + " is not null then " + col.sqlType + "_build_array(" + value + ") end"
		}
		from = col.sqlType + "_to_recordset(" + value + ") " + row + "(" + strings.Join(columns, ",") + ")"
	}
	return c.rows(f, c.record(to, row, f.SelectionSet), from, "", "")
}

// rows wraps objects into a list, or gives the first one, as the field's type wants.
func (c *compilation) rows(f *ast.Field, object, from, where, order string) string {
	if where != "" && where != "true" {
		from += " where " + where
	}
	if f.Definition.Type.Elem == nil {
		if order != "" {
			from += " order by " + order
		}
		return "(select " + object + " from " + from + " limit 1)"
	}
	if order != "" {
		object += " order by " + order
	}
	return "(select coalesce(json_agg(" + object + "),'[]') from " + from + ")"
}

// subject writes the record behind a (type, key) pair: only the tables of the types met are read.
func (c *compilation) subject(p *poly, alias string, f *ast.Field) string {
	var b strings.Builder
	for _, r := range c.model.possible(f.Definition.Type.Name()) {
		row := c.alias()
		b.WriteString(" when " + text(r.name) + " then (select " + c.record(r, row, f.SelectionSet) + " from " + string(r.table.SQLName) + " " + row +
			" where " + r.key().sql(row) + "=" + p.key.sql(alias) + ")")
	}
	if b.Len() == 0 {
		return "null::json"
	}
	return "case " + p.kind.sql(alias) + b.String() + " end"
}

// origin is where the rows of a list come from: a link of the row with this alias, or the whole table if link is nil.
type origin struct {
	link  *link
	alias string
}

// holds is the condition that ties a row of the target to the row it comes from. A many-to-many link is a semi-join, so
// that two links to one record give it once.
func (o origin) holds(row string) string {
	l := o.link
	if l == nil {
		return "true"
	}
	if l.kind != schema.ManyToManyRelation {
		var on []string
		for i := range l.base {
			on = append(on, l.target[i].sql(row)+"="+l.base[i].sql(o.alias))
		}
		if l.kindColumn != "" {
			on = append(on, row+"."+l.kindColumn+"="+text(l.kindValue))
		}
		return and(on...)
	}
	j := row + "j"
	var target, between, on []string
	for i, t := range l.target {
		target = append(target, t.sql(row))
		between = append(between, j+"."+l.betweenTarget[i])
	}
	for i, b := range l.base {
		on = append(on, j+"."+l.betweenBase[i]+"="+b.sql(o.alias))
	}
	left := strings.Join(target, ",")
	if len(target) > 1 {
		left = "(" + left + ")"
	}
	return left + " in (select " + strings.Join(between, ",") + " from " + l.between + " " + j + " where " + and(on...) + ")"
}

// link writes the record or records behind a link.
func (c *compilation) link(l *link, alias string, f *ast.Field) string {
	from := origin{l, alias}
	if c.model.element(f.Definition.Type.Name()) != "" {
		return c.connection(f, l.to, from)
	}
	row := c.alias()
	table := string(l.to.table.SQLName) + " " + row
	if f.Definition.Type.Elem == nil {
		limit := ""
		if l.kind != schema.BelongsToRelation {
			limit = " limit 1"
		}
		return "(select " + c.record(l.to, row, f.SelectionSet) + " from " + table + " where " + from.holds(row) + limit + ")"
	}
	where := and(from.holds(row), c.where(c.argument(f, "where"), l.to, row))
	keys := l.order
	if asked := c.argument(f, "orderBy"); !asked.null() {
		keys = c.order(f, l.to)
	}
	return c.rows(f, c.record(l.to, row, f.SelectionSet), table, where, orderBy(keys, row, false))
}
