package iati

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun/dialect/pgdialect"
)

// matcher recognises the parts of changed records, so that they are changed in place.
type matcher struct {
	*writer
	gone map[*table][]int64 // parts that the new version has no more, and the parts under them
}

// part is a part that stands.
type part struct {
	id    int64
	cells map[string]string
	taken bool
}

// match gives the rows of changed records the keys of the rows that stand for the same.
func (m *matcher) match(ctx context.Context, jobs []*job) error {
	m.gone = make(map[*table][]int64)
	fresh := make(map[*table]map[int64][]*row) // rows by the key of the row above
	var parents []int64
	var root *table
	above := make(map[*row][]*row)
	for _, j := range jobs {
		if !j.known {
			continue
		}
		parents = append(parents, j.root.id)
		root = j.root.table
		for _, r := range j.rows {
			if r.above != nil {
				above[r.above] = append(above[r.above], r)
			}
		}
	}
	if root == nil {
		return nil
	}
	for _, j := range jobs {
		if j.known {
			sortUnder(fresh, above, j.root)
		}
	}
	for _, t := range root.parts {
		if err := m.under(ctx, t, parents, fresh, above); err != nil {
			return err
		}
	}
	return nil
}

// sortUnder files the rows directly under a row that stands.
func sortUnder(fresh map[*table]map[int64][]*row, above map[*row][]*row, r *row) {
	for _, c := range above[r] {
		if fresh[c.table] == nil {
			fresh[c.table] = make(map[int64][]*row)
		}
		fresh[c.table][r.id] = append(fresh[c.table][r.id], c)
	}
}

// under matches the rows of a table under the rows given, then what stands under these.
func (m *matcher) under(ctx context.Context, t *table, parents []int64, fresh map[*table]map[int64][]*row, above map[*row][]*row) error {
	standing, err := m.read(ctx, t, parents)
	if err != nil {
		return err
	}
	var next []int64
	for _, parent := range parents {
		parts := standing[parent]
		for _, k := range t.keys {
			m.pair(k, fresh[t][parent], parts)
		}
		for _, p := range parts {
			next = append(next, p.id)
			if !p.taken {
				m.gone[t] = append(m.gone[t], p.id)
			}
		}
		for _, r := range fresh[t][parent] {
			if r.known {
				sortUnder(fresh, above, r)
			}
		}
	}
	if len(next) == 0 {
		return nil
	}
	for _, p := range t.parts {
		if err := m.under(ctx, p, next, fresh, above); err != nil {
			return err
		}
	}
	return nil
}

// pair matches by one key, in order.
func (m *matcher) pair(k key, fresh []*row, standing []*part) {
	open := make(map[string][]*part)
	for _, p := range standing {
		if p.taken {
			continue
		}
		if v, ok := k.of(func(column string) string { return p.cells[column] }); ok {
			open[v] = append(open[v], p)
		}
	}
	for _, r := range fresh {
		if r.known {
			continue
		}
		v, ok := k.of(func(column string) string { return m.cell(r, column) })
		if !ok || len(open[v]) == 0 {
			continue
		}
		p := open[v][0]
		open[v] = open[v][1:]
		p.taken = true
		r.id, r.known = p.id, true
	}
}

// of is the key as one text; false if a part that must be there is not.
func (k key) of(cell func(string) string) (string, bool) {
	var b strings.Builder
	for _, c := range k {
		name := strings.TrimSuffix(c, "!")
		v := cell(name)
		if v == "" && name != c {
			return "", false
		}
		b.WriteString(v)
		b.WriteByte(0)
	}
	return b.String(), true
}

// cell is a column of a new row as PostgreSQL would show it; of a text its original.
func (m *matcher) cell(r *row, column string) string {
	if column == "#" {
		return strconv.Itoa(r.place)
	}
	if i := slices.Index(r.table.shown, column); i >= 0 {
		return r.texts[i].original()
	}
	switch v := r.get(column).(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case code:
		return strconv.FormatInt(m.codes.id(v), 10)
	}
	return ""
}

// read reads the parts that stand, by the row above.
func (m *matcher) read(ctx context.Context, t *table, parents []int64) (map[int64][]*part, error) {
	var columns, selected []string
	for _, k := range t.keys {
		for _, c := range k {
			if c = strings.TrimSuffix(c, "!"); !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	order := "t.id"
	if slices.Contains(t.columns, "position") {
		order = "t.position, t.id"
	}
	for _, c := range columns {
		switch {
		case c == "#":
			group := fmt.Sprintf("t.%q", t.parent)
			if slices.Contains(t.columns, "kind") {
				group += ", t.kind"
			}
			selected = append(selected, fmt.Sprintf("(row_number() over (partition by %s order by %s) - 1)::text", group, order))
		case slices.Contains(t.shown, c):
			selected = append(selected, fmt.Sprintf("coalesce((select t.%[1]q ->> left(e.key, -1) from jsonb_each_text(t.%[1]q) e where e.value = 'ORIGINAL' and right(e.key, 1) = '#' limit 1), '')", c))
		default:
			selected = append(selected, fmt.Sprintf("coalesce(t.%q::text, '')", c))
		}
	}
	which := ""
	if t.of != "" {
		which = fmt.Sprintf(" and t.subject_kind = '%s'", t.of)
	}
	rows, err := m.tx.QueryContext(ctx, fmt.Sprintf("select t.id, t.%[1]q, array[%[2]s]::text[] from %[3]q t where t.%[1]q = any (?)%[4]s order by %[5]s",
		t.parent, strings.Join(selected, ", "), t.name, which, order), pgdialect.Array(parents))
	if err != nil {
		return nil, fmt.Errorf("reading the %s that stand: %w", t.name, err)
	}
	defer rows.Close()
	standing := make(map[int64][]*part)
	for rows.Next() {
		p := &part{cells: make(map[string]string, len(columns))}
		var parent int64
		var cells []string
		if err := rows.Scan(&p.id, &parent, pgdialect.Array(&cells)); err != nil {
			return nil, fmt.Errorf("reading the %s that stand: %w", t.name, err)
		}
		for i, c := range columns {
			p.cells[c] = cells[i]
		}
		standing[parent] = append(standing[parent], p)
	}
	return standing, rows.Err()
}

// remove removes the parts that the new versions have no more. A parent that followed from a relation goes with it.
func (m *matcher) remove(ctx context.Context) error {
	if ids := m.gone[m.tables.related]; len(ids) > 0 {
		_, err := m.tx.ExecContext(ctx, "update project p set parent_id = null from related_project r where r.id = any (?) and "+
			"(r.type = 'PARENT' and p.id = r.project_id and p.parent_id = r.related_id or r.type = 'CHILD' and p.id = r.related_id and p.parent_id = r.project_id)",
			pgdialect.Array(ids))
		if err != nil {
			return fmt.Errorf("taking projects from their parents: %w", err)
		}
	}
	for t, ids := range m.gone {
		if _, err := m.tx.ExecContext(ctx, fmt.Sprintf("delete from %q where id = any (?)", t.name), pgdialect.Array(ids)); err != nil {
			return fmt.Errorf("removing rows of %s: %w", t.name, err)
		}
	}
	return nil
}
