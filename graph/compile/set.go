package compile

import (
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// set is the whole of a connection, of which the page shows a part: what totalCount, facets and figures speak of. Two or
// more of them share one materialised set of rows; a single one asks the table.
type set struct {
	c       *compilation
	f       *ast.Field
	r       *record
	from    origin
	name    string   // of the shared set; "" if it is not shared
	columns []string // SQL of the columns that the shared set must hold
	alias   string   // of the row inside the shared set
}

// column asks for a column of the whole and gives the SQL by which the caller reads it from row.
func (s *set) column(col *column, row string) string {
	if s.name == "" {
		return col.sql(row)
	}
	if s.alias == "" {
		s.alias = s.c.alias()
	}
	sql := col.sql(s.alias)
	if !slices.Contains(s.columns, sql) {
		s.columns = append(s.columns, sql)
	}
	return row + ".c" + digits(slices.Index(s.columns, sql))
}

// rows is the FROM and WHERE of the whole, its row named row.
func (s *set) rows(row string) (from, where string) {
	if s.name != "" {
		return s.name + " " + row, "true"
	}
	return string(s.r.table.SQLName) + " " + row, and(s.from.holds(row), s.c.where(s.c.argument(s.f, "where"), s.r, row))
}

// with is the shared set; "" if there is none. It comes last because the columns are known last, and stands first.
func (s *set) with() string {
	if s.name == "" {
		return ""
	}
	if s.alias == "" {
		s.alias = s.c.alias()
	}
	columns := make([]string, len(s.columns))
	for i, sql := range s.columns {
		columns[i] = sql + " c" + digits(i)
	}
	return "with " + s.name + " as materialized (select " + strings.Join(columns, ",") + " from " + string(s.r.table.SQLName) + " " + s.alias +
		" where " + and(s.from.holds(s.alias), s.c.where(s.c.argument(s.f, "where"), s.r, s.alias)) + ") "
}

// count is the number of all rows.
func (s *set) count() string {
	row := s.c.alias()
	from, where := s.rows(row)
	return "(select count(*) from " + from + " where " + where + ")"
}

// keys is the array of the keys of all rows.
func (s *set) keys() string {
	row := s.c.alias()
	from, where := s.rows(row)
	return "array(select " + s.column(s.r.key(), row) + " from " + from + " where " + where + ")"
}

// step is one field on the way of a facet.
type step struct {
	link   *link
	column *column
}

// path finds the fields that a facet's value names: its @path, or the field of the same name.
func (m *Model) path(r *record, v *ast.EnumValueDefinition) ([]step, bool) {
	names := []string{v.Name}
	if d := v.Directives.ForName("path"); d != nil {
		names = strings.Split(d.Arguments.ForName("to").Value.Raw, ".")
	}
	var out []step
	for i, name := range names {
		switch l, col := r.links[plain(name)], r.columns[plain(name)]; {
		case l != nil && len(l.target) == 1 && len(l.base) == 1:
			out = append(out, step{link: l})
			r = l.to
		case col != nil && i == len(names)-1:
			out = append(out, step{column: col})
		default:
			return nil, false
		}
	}
	return out, true
}

// facet counts the rows of the whole by a column or by a link. Counts come first, then the values in their own order.
func (s *set) facet(f *ast.Field) string {
	c := s.c
	by := c.argument(f, "by")
	v := c.model.schema.Types[by.typ.Name()].EnumValues.ForName(by.choice())
	if v == nil {
		c.fail(invalid(by.at, "say what to count by", "حدّد الحقل المطلوب العد بحسبه"))
		return "null"
	}
	path, _ := c.model.path(s.r, v)
	row := c.alias()
	from, where := s.rows(row)
	read := func(col *column) string { return s.column(col, row) } // a column of the row that the path has reached
	single, value, to := true, "", (*record)(nil)
	for i, p := range path {
		if p.column != nil {
			value = read(p.column)
			break
		}
		l, last := p.link, i == len(path)-1
		single = single && (l.toOne() || last && l.betweenUnique)
		if l.kind == schema.BelongsToRelation && last {
			value, to = read(l.base[0]), l.to
			break
		}
		next := c.alias()
		if l.kind == schema.ManyToManyRelation {
			from += " join " + l.between + " " + next + " on " + next + "." + l.betweenBase[0] + "=" + read(l.base[0])
			far := next + "." + l.betweenTarget[0]
			if last {
				value, to = far, l.to
				break
			}
			next = c.alias()
			from += " join " + string(l.to.table.SQLName) + " " + next + " on " + l.target[0].sql(next) + "=" + far
		} else {
			on := l.target[0].sql(next) + "=" + read(l.base[0])
			if l.kindColumn != "" {
				on += " and " + next + "." + l.kindColumn + "=" + text(l.kindValue)
			}
			from += " join " + string(l.to.table.SQLName) + " " + next + " on " + on
		}
		read = func(col *column) string { return col.sql(next) }
		if last {
			value, to = read(l.to.key()), l.to
		}
	}
	count := "count(*)"
	if !single {
		count = "count(distinct " + s.column(s.r.key(), row) + ")"
	}
	groups, g := "select "+value+" v,"+count+" n from "+from+" where "+and(where, value+" is not null")+" group by 1", c.alias()
	visible, byValue := "", g+`.v::text collate "C"`
	if to != nil {
		byValue = g + ".v"
		if to.guarded { // a record that the reader may not see is not counted by
			x := c.alias()
			visible = " where exists(select from " + string(to.table.SQLName) + " " + x + " where " + to.key().sql(x) + "=" + g + ".v)"
		}
	}
	return "(select coalesce(json_agg(" + c.facetCount(f, g, to) + "),'[]') from (select " + g + ".v," + g + ".n from (" + groups + ") " + g + visible +
		" order by " + g + ".n desc," + byValue + " limit " + c.size(f) + ") " + g + ")"
}

// size is the number of values of a facet.
func (c *compilation) size(f *ast.Field) string {
	v := c.argument(f, "first")
	if v.null() {
		return digits(c.limits.DefaultPageSize)
	}
	m := pageSize(c.limits.PageSize)
	s := c.source(v)
	if v.path == nil && c.err == nil {
		if _, err := m.make(s.literal, v.at); err != nil {
			c.fail(err)
		}
	}
	return c.bindSource(s, v.at, "integer", m)
}

func (c *compilation) facetCount(f *ast.Field, row string, to *record) string {
	var pairs []pair
	for _, x := range c.collect(f.Definition.Type.Name(), f.SelectionSet) {
		var sql string
		switch x.Name {
		case "value":
			sql = row + ".v::text"
			if to != nil && to.prefix != "" {
				sql = text(to.prefix+"_") + "||to_hex(" + row + ".v)"
			}
		case "count":
			sql = row + ".n"
		case "record":
			sql = "null::json"
			if to != nil && c.applies(x.Definition.Type.Name(), to.name) {
				t := c.alias()
				sql = "(select " + c.record(to, t, x.SelectionSet) + " from " + string(to.table.SQLName) + " " + t + " where " + to.key().sql(t) + "=" + row + ".v)"
			}
		default:
			sql = text(f.Definition.Type.Name())
		}
		pairs = append(pairs, pair{x.Alias, sql})
	}
	return object(pairs)
}
