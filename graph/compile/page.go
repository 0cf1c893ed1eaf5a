package compile

import (
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// sql writes the key of an order, the other way round for pages read from the end.
func (k order) sql(alias string, reverse bool) string {
	s := k.column.sql(alias)
	if k.desc != reverse {
		s += " desc"
	}
	if first := k.nullsFirst != reverse; k.column.nullable && first != (k.desc != reverse) { // said only where it is not PostgreSQL's default
		if first {
			return s + " nulls first"
		}
		return s + " nulls last"
	}
	return s
}

func orderBy(keys []order, alias string, reverse bool) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.sql(alias, reverse)
	}
	return strings.Join(out, ",")
}

// order reads orderBy. The key always closes it, in the direction of the last key so that one index serves.
func (c *compilation) order(f *ast.Field, r *record) (keys []order) {
	desc := false
	for _, o := range c.items(c.argument(f, "orderBy")) {
		if o.null() {
			continue
		}
		col := r.orderColumn(c.named(o, "field").choice())
		if col == nil || slices.ContainsFunc(keys, func(k order) bool { return k.column == col }) {
			continue
		}
		desc = c.named(o, "direction").choice() == "DESC"
		k := order{column: col, desc: desc, nullsFirst: desc}
		if n := c.named(o, "nulls").choice(); n != "" {
			k.nullsFirst = n == "FIRST"
		}
		if !col.nullable {
			k.nullsFirst = desc
		}
		keys = append(keys, k)
	}
	for _, col := range r.keys {
		if !slices.ContainsFunc(keys, func(k order) bool { return k.column == col }) {
			keys = append(keys, order{col, desc, desc})
		}
	}
	return keys
}

// orderColumn is the column behind a value of an order's enum; for money, the amount.
func (r *record) orderColumn(value string) *column {
	if col := r.columns[plain(value)]; col != nil {
		return col
	}
	if e := r.embeds[plain(value)]; e != nil {
		return e.first
	}
	return nil
}

// cursor reads a cursor argument; nil if it does not belong to the order.
func (c *compilation) cursor(v value, r *record, keys []order) (*cursor, source) {
	s := c.source(v)
	now := v.now
	if v.path == nil {
		now = s.literal
	}
	if _, err := cursorOf(r, keys).make(now, v.at); err != nil {
		c.fail(err)
		return nil, s
	}
	return now.(*cursor), s
}

// cursorOf checks that a cursor belongs to an order.
func cursorOf(r *record, keys []order) maker {
	mark := mark(r, keys)
	return maker{"cursor " + mark, func(v any, at string) (any, error) {
		x, ok := v.(*cursor)
		if !ok {
			return nil, invalid(at, "the cursor is malformed", "مؤشر الصفحة غير صحيح")
		}
		return nil, x.check(r, keys, mark, at)
	}}
}

// beyond is the keyset condition: the rows after the cursor in the order, or before it; with the place of the cursor itself
// if it is to be included.
func (c *compilation) beyond(v value, r *record, keys []order, alias string, before, included bool) string {
	now, s := c.cursor(v, r, keys)
	if now == nil {
		return "false" // the error is kept
	}
	c.checks = append(c.checks, check{s, cursorOf(r, keys), v.at}) // before any value of it is taken
	params := make([]string, len(keys))
	uniform := true
	for i, k := range keys {
		uniform = uniform && k.desc == keys[0].desc && now.values[i] != nil && (!k.column.nullable || k.nullsFirst != before)
		if now.values[i] == nil {
			continue
		}
		params[i] = c.bindSource(s, v.at, k.column.sqlType, maker{"cursor " + strconv.Itoa(i), func(v any, _ string) (any, error) {
			return v.(*cursor).values[i], nil
		}})
	}
	compare := func(k order) string {
		if k.desc != before {
			return "<"
		}
		return ">"
	}
	if uniform { // a row comparison is one range of an index; it leaves nulls out, and here none lie beyond
		columns := make([]string, len(keys))
		for i, k := range keys {
			columns[i] = k.column.sql(alias)
		}
		operator := compare(keys[0])
		if included {
			operator += "="
		}
		return "(" + strings.Join(columns, ",") + ")" + operator + "(" + strings.Join(params, ",") + ")"
	}
	var ladder []string
	equal := ""
	for i, k := range keys {
		col, nullsFirst := k.column.sql(alias), k.nullsFirst != before
		switch {
		case params[i] == "" && nullsFirst:
			ladder = append(ladder, equal+col+" is not null")
		case params[i] == "": // nothing lies beyond the nulls
		case k.column.nullable && !nullsFirst:
			ladder = append(ladder, equal+"("+col+compare(k)+params[i]+" or "+col+" is null)")
		default:
			ladder = append(ladder, equal+col+compare(k)+params[i])
		}
		if params[i] == "" {
			equal += col + " is null and "
		} else {
			equal += col + "=" + params[i] + " and "
		}
	}
	if included {
		ladder = append(ladder, strings.TrimSuffix(equal, " and "))
	}
	sql := "(" + strings.Join(ladder, " or ") + ")"
	if k := keys[0]; params[0] != "" && (!k.column.nullable || k.nullsFirst != before) { // the first key bounds the scan of an index
		sql = k.column.sql(alias) + compare(k) + "=" + params[0] + " and " + sql
	}
	return sql
}

// page is what the arguments of a connection ask for.
type page struct {
	size          string // SQL of the number of records: a number, or a parameter
	constant      bool   // it is a number
	backward      bool
	after, before value
}

// page reads first, last, after and before, and refuses what cannot be meant even if no record is asked for.
func (c *compilation) page(f *ast.Field, needed bool) page {
	first, last := c.argument(f, "first"), c.argument(f, "last")
	p := page{after: c.argument(f, "after"), before: c.argument(f, "before"), size: strconv.Itoa(c.limits.DefaultPageSize), constant: true}
	if !first.null() && !last.null() {
		c.fail(invalid(last.at, "ask for first or for last, not for both", "استعمل first أو last وليس كليهما"))
	}
	size := first
	if !last.null() {
		size, p.backward = last, true
	}
	if size.null() {
		return p
	}
	m := pageSize(c.limits.PageSize)
	s := c.source(size)
	if size.path == nil { // a number of the document, checked: written as it is, it spares the statement a level
		n, err := m.make(s.literal, size.at)
		if err != nil {
			c.fail(err)
		} else if n, ok := n.(int64); ok {
			p.size = strconv.FormatInt(n, 10)
		}
		return p
	}
	p.constant = false
	if !needed {
		c.checks = append(c.checks, check{s, m, size.at})
		return p
	}
	p.size = c.bindSource(s, size.at, "integer", m)
	return p
}

// connection writes a connection: it pages first and builds the JSON of the page only, and counts only what is asked.
func (c *compilation) connection(f *ast.Field, r *record, from origin) string {
	fields := c.collect(f.Definition.Type.Name(), f.SelectionSet)
	rows, info, counts := false, false, 0
	for _, x := range fields {
		switch x.Name {
		case "nodes", "edges":
			rows = true
		case "pageInfo":
			info = true
		case "__typename":
		default:
			counts++
		}
	}
	p := c.page(f, rows || info)
	keys := c.order(f, r)
	whole := &set{c: c, f: f, r: r, from: from}
	if counts > 1 {
		whole.name = c.alias()
	}
	row := c.alias()
	list := func(object string) string { // in the order asked, without the row that only tells of a next page
		s := "json_agg(" + object
		if p.backward {
			s += " order by " + row + ".page_row desc"
		}
		s += ")"
		if info {
			s += " filter (where " + row + ".page_row<=" + p.size + ")"
		}
		return "coalesce(" + s + ",'[]')"
	}
	var pairs []pair
	for _, x := range fields {
		var sql string
		switch x.Name {
		case "__typename":
			sql = text(f.Definition.Type.Name())
		case "nodes":
			sql = list(c.record(r, row, x.SelectionSet))
		case "edges":
			sql = list(c.edge(x, r, keys, row))
		case "pageInfo":
			sql = c.pageInfo(x, f, r, from, keys, row, p)
		case "totalCount":
			sql = whole.count()
		case "facet":
			sql = whole.facet(x)
		default:
			sql = c.call(snake(f.Definition.Type.Name())+"_"+snake(x.Name), []string{whole.keys()}, x)
		}
		pairs = append(pairs, pair{x.Alias, sql})
	}
	result := object(pairs)
	if rows || info {
		// "having true" gives one row even where nothing is aggregated
		result += " from (" + c.pageRows(f, r, from, p, keys, info) + ") " + row + " having true"
	} else {
		c.checkCursors(p, r, keys)
	}
	return "(" + whole.with() + "select " + result + ")"
}

// checkCursors refuses a wrong cursor where no page is read.
func (c *compilation) checkCursors(p page, r *record, keys []order) {
	for _, v := range []value{p.after, p.before} {
		if v.null() {
			continue
		}
		_, s := c.cursor(v, r, keys)
		c.checks = append(c.checks, check{s, cursorOf(r, keys), v.at})
	}
}

// pageRows reads the rows of the page, one more than asked if pageInfo wants to know what follows.
func (c *compilation) pageRows(f *ast.Field, r *record, from origin, p page, keys []order, info bool) string {
	t := c.alias()
	where := c.where(c.argument(f, "where"), r, t)
	conditions := []string{from.holds(t), where}
	table := string(r.table.SQLName) + " " + t
	if l := from.link; l != nil && l.kind == schema.ManyToManyRelation && where == "true" && p.after.null() && p.before.null() &&
		len(keys) == 1 && len(l.target) == 1 && keys[0].column == l.target[0] {
		// by key alone: the link table knows the page's keys
		x, j := c.alias(), c.alias()
		var on []string
		for i, b := range l.base {
			on = append(on, j+"."+l.betweenBase[i]+"="+b.sql(from.alias))
		}
		if l.betweenNullable {
			on = append(on, j+"."+l.betweenTarget[0]+" is not null")
		}
		table = "(select distinct " + j + "." + l.betweenTarget[0] + " k from " + l.between + " " + j + " where " + and(on...) + " order by 1) " + x +
			" join " + table + " on " + l.target[0].sql(t) + "=" + x + ".k"
		conditions = nil
	}
	if !p.after.null() {
		conditions = append(conditions, c.beyond(p.after, r, keys, t, false, false))
	}
	if !p.before.null() {
		conditions = append(conditions, c.beyond(p.before, r, keys, t, true, false))
	}
	sql := "select " + t + ".* from " + table + " where " + and(conditions...) + " order by " + orderBy(keys, t, p.backward)
	if !p.constant { // the planner sees a page, not a tenth of the table; the parameter then cuts it to size
		sql = "select * from (" + sql + " limit " + strconv.Itoa(c.limits.PageSize+1) + ") " + c.alias()
	}
	sql += " limit " + p.size
	if info {
		sql += "+1"
	}
	if info || p.backward {
		sql = "select *,row_number() over () page_row,count(*) over () page_rows from (" + sql + ") " + c.alias()
	}
	return sql
}

func (c *compilation) edge(f *ast.Field, r *record, keys []order, row string) string {
	var pairs []pair
	for _, x := range c.collect(f.Definition.Type.Name(), f.SelectionSet) {
		switch x.Name {
		case "cursor":
			pairs = append(pairs, pair{x.Alias, cursorSQL(r, keys, row)})
		case "node":
			pairs = append(pairs, pair{x.Alias, c.record(r, row, x.SelectionSet)})
		default:
			pairs = append(pairs, pair{x.Alias, text(f.Definition.Type.Name())})
		}
	}
	return object(pairs)
}

// pageInfo says where the page of the connection stands.
func (c *compilation) pageInfo(f, connection *ast.Field, r *record, from origin, keys []order, row string, p page) string {
	cursorAt := func(at string) string {
		return "max(" + cursorSQL(r, keys, row) + ") filter (where " + row + ".page_row=" + at + ")"
	}
	// more says whether records lie on one side of the page: cut off by its size, or at and beyond the cursor that it stops
	// at. The cursor may be of another list in the same order, so its being given says nothing.
	more := func(cut bool, cursor value, before bool) string {
		var out []string
		if cut {
			out = append(out, "count(*)>"+p.size)
		}
		if !cursor.null() {
			t := c.alias()
			out = append(out, "exists(select from "+string(r.table.SQLName)+" "+t+" where "+
				and(from.holds(t), c.where(c.argument(connection, "where"), r, t), c.beyond(cursor, r, keys, t, before, true))+")")
		}
		if len(out) == 0 {
			return "false"
		}
		return strings.Join(out, " or ")
	}
	var pairs []pair
	for _, x := range c.collect(f.Definition.Type.Name(), f.SelectionSet) {
		var sql string
		switch x.Name {
		case "startCursor", "endCursor":
			if (x.Name == "startCursor") != p.backward {
				sql = cursorAt("least(1," + p.size + ")")
			} else {
				sql = cursorAt("least(" + row + ".page_rows," + p.size + ")")
			}
		case "hasNextPage":
			sql = more(!p.backward, p.before, false)
		case "hasPreviousPage":
			sql = more(p.backward, p.after, true)
		default:
			sql = text(f.Definition.Type.Name())
		}
		pairs = append(pairs, pair{x.Alias, sql})
	}
	return object(pairs)
}
