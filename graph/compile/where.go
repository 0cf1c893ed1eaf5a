package compile

import (
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// where is the condition that an input object states over the row with this alias. It walks the input type, not the input,
// so that equal shapes give equal texts. Null means "not said".
func (c *compilation) where(v value, r *record, alias string) string {
	if v.null() {
		return "true"
	}
	var out []string
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		out = append(out, c.condition(x, d, r, alias))
	}
	return and(out...)
}

// condition is one field of a where input.
func (c *compilation) condition(x value, d *ast.FieldDefinition, r *record, alias string) string {
	name := plain(d.Name)
	switch d.Name {
	case "and":
		var parts []string
		for _, i := range c.items(x) {
			parts = append(parts, "("+c.where(i, r, alias)+")")
		}
		return and(parts...)
	case "or":
		var parts []string
		for _, i := range c.items(x) {
			parts = append(parts, "("+c.where(i, r, alias)+")")
		}
		if len(parts) == 0 {
			return "false"
		}
		return "(" + strings.Join(parts, " or ") + ")"
	case "not":
		return "(" + c.where(x, r, alias) + ") is not true"
	case "within":
		return c.linked(r.within, alias, func(l *link, key string) string {
			return key + "=" + c.seen(x, l)
		})
	case "search":
		return c.search(x, r, alias)
	}
	if l := r.links[name]; l != nil && c.model.schema.Types[d.Type.Name()].Kind == ast.InputObject && !strings.HasSuffix(d.Type.Name(), "Filter") {
		return c.linkCondition(x, l, alias)
	}
	if e := r.embeds[name]; e != nil {
		return c.embeddedCondition(x, e, alias)
	}
	col := r.columns[name]
	if d.Type.Name() == "TextFilter" {
		return c.textCondition(x, col.sql(alias))
	}
	return c.compare(x, col, col.sql(alias))
}

// linkCondition is a condition on the record or records behind a link.
func (c *compilation) linkCondition(v value, l *link, alias string) string {
	if l.toOne() {
		return c.exists(v, l, alias, false)
	}
	var out []string
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		switch d.Name {
		case "some":
			out = append(out, c.exists(x, l, alias, false))
		case "none":
			out = append(out, "not "+c.exists(x, l, alias, false))
		case "every":
			out = append(out, "not "+c.exists(x, l, alias, true))
		}
	}
	return and(out...)
}

// exists says that a linked record meets a condition, or fails it. Where the condition names the target by its key alone,
// the foreign key or the link table is asked, not the target.
func (c *compilation) exists(v value, l *link, alias string, fails bool) string {
	if !fails {
		if sql, ok := c.byKey(v, l, alias); ok {
			return "(" + sql + ")"
		}
	}
	row := c.alias()
	from, on := string(l.to.table.SQLName)+" "+row, ""
	if l.kind == schema.ManyToManyRelation {
		j := c.alias()
		var to, base []string
		for i, t := range l.target {
			to = append(to, t.sql(row)+"="+j+"."+l.betweenTarget[i])
		}
		for i, b := range l.base {
			base = append(base, j+"."+l.betweenBase[i]+"="+b.sql(alias))
		}
		from, on = l.between+" "+j+" join "+from+" on "+and(to...), and(base...)
	} else {
		on = origin{l, alias}.holds(row)
	}
	condition := c.where(v, l.to, row)
	if fails {
		condition = "(" + condition + ") is not true"
	}
	return "exists(select from " + from + " where " + and(on, condition) + ")"
}

// byKey is the short form of a condition that says nothing but which record the target is (id: {eq: …} or id: {in: […]}).
func (c *compilation) byKey(v value, l *link, alias string) (string, bool) {
	if l.kind == schema.HasManyRelation || len(l.target) != 1 || l.target[0] != l.to.key() {
		return "", false
	}
	var filter value
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		if d.Name != "id" {
			return "", false
		}
		filter = x
	}
	if !filter.set {
		return "", false
	}
	var operator string
	var operand value
	for _, d := range c.model.schema.Types[filter.typ.Name()].Fields {
		x := c.field(filter, d)
		if x.null() {
			continue
		}
		if operator != "" || d.Name != "eq" && d.Name != "in" {
			return "", false
		}
		operator, operand = d.Name, x
	}
	if operator == "" {
		return "", false
	}
	return c.linked(l, alias, func(l *link, key string) string {
		pk := l.target[0]
		if operator == "eq" {
			return key + "=" + c.seen(operand, l)
		}
		ids := c.bind(operand, pk.sqlType+"[]", c.model.keyOf(l.to))
		if l.to.guarded {
			x := c.alias()
			ids = "array(select " + pk.sql(x) + " from " + string(l.to.table.SQLName) + " " + x + " where " + pk.sql(x) + "=any(" + ids + "))"
		}
		return key + "=any(" + ids + ")"
	}), true
}

// seen is the key that an id names, null if the reader may not see the record: asked once, before the rows.
func (c *compilation) seen(id value, l *link) string {
	pk := l.target[0]
	key := c.bind(id, pk.sqlType, c.model.keyOf(l.to))
	if !l.to.guarded {
		return key
	}
	x := c.alias()
	return "(select " + pk.sql(x) + " from " + string(l.to.table.SQLName) + " " + x + " where " + pk.sql(x) + "=" + key + ")"
}

// linked states a condition on the key of the target without reading the target: on the foreign key of a to-one link, on
// the table between of a many-to-many link.
func (c *compilation) linked(l *link, alias string, condition func(l *link, key string) string) string {
	if l.kind != schema.ManyToManyRelation {
		return condition(l, l.base[0].sql(alias))
	}
	j := c.alias()
	var on []string
	for i, b := range l.base {
		on = append(on, j+"."+l.betweenBase[i]+"="+b.sql(alias))
	}
	return "exists(select from " + l.between + " " + j + " where " + and(and(on...), condition(l, j+"."+l.betweenTarget[0])) + ")"
}

// normalize is the SQL function that brings a text into the form in which texts are searched.
const normalize = "norm"

// search asks that every word occurs in the normalised text of the row.
func (c *compilation) search(v value, r *record, alias string) string {
	s := c.source(v)
	now, _ := v.now.(string)
	if v.path == nil {
		now, _ = s.literal.(string)
	}
	n := len(words(now))
	if n > maxWords {
		c.fail(invalid(v.at, "a search may have at most %d words", "لا يجوز أن تزيد كلمات البحث على %d", maxWords))
		return "false"
	}
	var out []string
	for i := range n {
		out = append(out, r.search.sql(alias)+" like "+c.pattern("'%'||", c.bindSource(s, v.at, "text", word(i)), "||'%'"))
	}
	return and(out...)
}

// pattern is the LIKE pattern of a text in the form in which texts are searched, its wildcards without meaning. It is made
// once for all rows, in a sub-select: normalising is dear.
func (c *compilation) pattern(before, sql, after string) string {
	return "(select " + before + `replace(replace(replace(` + normalize + "(" + sql + `),'\','\\'),'%','\%'),'_','\_')` + after + ")"
}

// textCondition is a condition on a text in several languages.
func (c *compilation) textCondition(v value, sql string) string {
	locale := c.named(v, "locale")
	var out, patterns []string
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		switch d.Name {
		case "contains":
			patterns = append(patterns, c.pattern("'%'||", c.bind(x, "text", maker{}), "||'%'"))
		case "startsWith":
			patterns = append(patterns, c.pattern("", c.bind(x, "text", maker{}), "||'%'"))
		case "has":
			out = append(out, sql+" ? "+c.bind(x, "text", maker{}))
		case "missing":
			out = append(out, "not "+sql+" ? "+c.bind(x, "text", maker{}))
		}
	}
	if len(patterns) == 0 {
		return and(out...)
	}
	var likes []string
	if !locale.null() {
		for _, p := range patterns {
			likes = append(likes, normalize+"("+sql+"->>"+c.bind(locale, "text", maker{})+") like "+p)
		}
		return and(append(out, likes...)...)
	}
	row := c.alias()
	for _, p := range patterns {
		likes = append(likes, normalize+"("+row+".value) like "+p)
	}
	return and(append(out, "exists(select from jsonb_each_text("+sql+") "+row+" where "+row+".key not like '%#' and "+and(likes...)+")")...)
}

// embeddedCondition is a condition on an object whose fields are columns of the row itself.
func (c *compilation) embeddedCondition(v value, e *embed, alias string) string {
	var out []string
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		if d.Name == "isNull" {
			out = append(out, nullTest(e.first.sql(alias), x))
			continue
		}
		col := e.columns[plain(d.Name)]
		out = append(out, c.compare(x, col, col.sql(alias)))
	}
	return and(out...)
}

func nullTest(sql string, v value) string {
	if v.choice() == "true" {
		return sql + " is null"
	}
	return sql + " is not null"
}

// compare is a condition on a column. Null operands say nothing; a missing value is different from every value.
func (c *compilation) compare(v value, col *column, sql string) string {
	var m maker
	if v.typ.Name() == "IDFilter" {
		m = c.model.keyOf(c.model.idOf(col))
	}
	typ := operandType(col.sqlType)
	var out []string
	for _, d := range c.model.schema.Types[v.typ.Name()].Fields {
		x := c.field(v, d)
		if x.null() {
			continue
		}
		switch d.Name {
		case "eq":
			out = append(out, sql+"="+c.bind(x, typ, m))
		case "ne":
			out = append(out, sql+" is distinct from "+c.bind(x, typ, m))
		case "gt":
			out = append(out, sql+">"+c.bind(x, typ, m))
		case "gte":
			out = append(out, sql+">="+c.bind(x, typ, m))
		case "lt":
			out = append(out, sql+"<"+c.bind(x, typ, m))
		case "lte":
			out = append(out, sql+"<="+c.bind(x, typ, m))
		case "in":
			out = append(out, sql+"=any("+c.bind(x, typ+"[]", m)+")")
		case "notIn":
			out = append(out, "("+sql+"=any("+c.bind(x, typ+"[]", m)+")) is not true")
		case "contains":
			out = append(out, sql+" ilike "+c.bind(x, "text", pattern("%", "%")))
		case "startsWith":
			out = append(out, sql+" ilike "+c.bind(x, "text", pattern("", "%")))
		case "isNull":
			out = append(out, nullTest(sql, x))
		}
	}
	return and(out...)
}

// operandType is the type to which an operand is cast: wide enough for every value that the contract lets through, and of
// the column's operator family, so that an index serves.
func operandType(columnType string) string {
	switch columnType {
	case "smallint":
		return "integer"
	case "real":
		return "double precision"
	case "character varying", "character":
		return "text"
	}
	return columnType
}
