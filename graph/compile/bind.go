package compile

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Bind joins the object types of a contract to bun structs by name and checks both against the database that db is
// connected to. models are nil pointers or pointers to the structs, the tables between many-to-many links first, as
// bun wants them. Every disagreement is returned, joined into one error.
func Bind(ctx context.Context, contract *ast.Schema, db *bun.DB, models []any) (m *Model, err error) {
	catalog, err := readCatalog(ctx, db)
	if err != nil {
		return nil, err
	}
	m = &Model{schema: contract, records: map[string]*record{}, prefixes: map[string]*record{}, catalog: catalog}
	if err := register(db, models); err != nil {
		return nil, err
	}
	var problems []error
	for _, model := range models {
		t := db.Table(reflect.TypeOf(model).Elem())
		r, err := m.record(t)
		problems = append(problems, err...)
		m.records[r.name] = r
		if r.prefix == "" {
			continue
		}
		if other := m.prefixes[r.prefix]; other != nil {
			problems = append(problems, fmt.Errorf("%s and %s have the same id prefix %q", other.name, r.name, r.prefix))
		}
		m.prefixes[r.prefix] = r
	}
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range m.records {
			if !yield(name) {
				return
			}
		}
	})
	for _, name := range names {
		problems = append(problems, m.relate(m.records[name])...)
	}
	if problems = append(problems, m.conform()...); len(problems) > 0 {
		return nil, fmt.Errorf("contract, bun structs and database disagree:\n%w", errors.Join(problems...))
	}
	return m, nil
}

// register lets bun read the structs; bun panics where a tag is wrong.
func register(db *bun.DB, models []any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("read the tags of the bun structs: %v", r)
		}
	}()
	db.RegisterModel(models...)
	return nil
}

// record reads one struct: its columns, embedded objects and poly links. Links follow when all records are known.
func (m *Model) record(t *schema.Table) (*record, []error) {
	r := &record{name: t.TypeName, table: t, columns: map[string]*column{}, embeds: map[string]*embed{},
		links: map[string]*link{}, polys: map[string]*poly{}}
	var problems []error
	relation := m.catalog.relations[t.Name]
	r.virtual = relation == nil
	_, r.guarded = relation["published"]
	newColumn := func(f *schema.Field) *column {
		c := &column{field: f, name: string(f.SQLName), sqlType: bunType(f), nullable: !f.NotNull && !f.IsPK, owner: r,
			expr: option(f.StructField.Tag, "expr")}
		if found, ok := relation[f.Name]; ok && c.expr == "" {
			c.sqlType, c.nullable, c.missing = found.sqlType, !found.notNull && !f.NotNull && !f.IsPK, !found.readable
		} else {
			c.missing = !r.virtual && c.expr == ""
		}
		return c
	}
	for _, f := range t.FieldMap {
		if len(f.Index) > 1 && t.Type.Field(f.Index[0]).Tag.Get("bun") != "" {
			continue // part of an embedded object
		}
		c := newColumn(f)
		r.columns[plain(f.GoName)] = c
		if has(f.StructField.Tag, "search") {
			r.search = c
		}
	}
	for _, f := range t.PKs {
		r.keys = append(r.keys, r.columns[plain(f.GoName)])
	}
	for i := range t.Type.NumField() {
		sf := t.Type.Field(i)
		if sf.Name == "BaseModel" {
			r.prefix, r.now = option(sf.Tag, "id"), option(sf.Tag, "now")
		}
		if p := option(sf.Tag, "poly"); p != "" {
			kind, key, _ := strings.Cut(p, ";")
			k, i := r.byName(kind), r.byName(key)
			if k == nil || i == nil {
				problems = append(problems, fmt.Errorf("%s.%s: poly=%s names no columns of the struct", r.name, sf.Name, p))
				continue
			}
			r.polys[plain(sf.Name)] = &poly{k, i}
		}
		if !strings.HasPrefix(sf.Tag.Get("bun"), "embed:") {
			continue
		}
		e := &embed{columns: map[string]*column{}}
		for _, f := range t.Fields {
			if f.Index[0] != i {
				continue
			}
			c := newColumn(f)
			e.columns[plain(f.GoName)] = c
			if e.first == nil {
				e.first = c
			}
		}
		r.embeds[plain(sf.Name)] = e
	}
	return r, problems
}

// byName finds a column by its SQL name.
func (r *record) byName(name string) *column {
	for _, c := range r.columns {
		if c.field.Name == name {
			return c
		}
	}
	return nil
}

// relate reads the links of a record.
func (m *Model) relate(r *record) (problems []error) {
	for name, rel := range r.table.Relations {
		to := m.records[rel.JoinTable.TypeName]
		if to == nil {
			problems = append(problems, fmt.Errorf("%s.%s leads to %s, which is no registered struct", r.name, name, rel.JoinTable.TypeName))
			continue
		}
		if len(rel.Condition) > 0 {
			problems = append(problems, fmt.Errorf("%s.%s: join_on is not supported; use a view", r.name, name))
		}
		l := &link{name: name, kind: rel.Type, to: to}
		for _, f := range rel.BasePKs {
			l.base = append(l.base, r.byName(f.Name))
		}
		for _, f := range rel.JoinPKs {
			l.target = append(l.target, to.byName(f.Name))
		}
		if rel.Type == schema.ManyToManyRelation {
			l.between = string(rel.M2MTable.SQLName)
			for _, f := range rel.M2MBasePKs {
				l.betweenBase = append(l.betweenBase, string(f.SQLName))
			}
			for _, f := range rel.M2MJoinPKs {
				l.betweenTarget = append(l.betweenTarget, string(f.SQLName))
				l.betweenNullable = l.betweenNullable || !f.NotNull
			}
			l.betweenUnique = unique(rel)
			if m.catalog.relations[rel.M2MTable.Name] == nil {
				problems = append(problems, fmt.Errorf("%s.%s: the relation %s does not exist", r.name, name, rel.M2MTable.Name))
			}
		}
		if rel.PolymorphicField != nil {
			l.kindColumn, l.kindValue = string(rel.PolymorphicField.SQLName), rel.PolymorphicValue
		}
		tag := rel.Field.StructField.Tag
		if has(tag, "within") {
			r.within = l
		}
		for _, key := range strings.FieldsFunc(option(tag, "order"), func(r rune) bool { return r == ';' }) {
			col, direction, _ := strings.Cut(strings.TrimSpace(key), " ")
			c := to.byName(col)
			if c == nil || direction != "" && direction != "desc" {
				problems = append(problems, fmt.Errorf("%s.%s: order=%s is no column of %s", r.name, name, key, to.name))
				continue
			}
			l.order = append(l.order, order{c, direction == "desc", direction == "desc"})
		}
		for _, k := range to.keys {
			if !slices.ContainsFunc(l.order, func(o order) bool { return o.column == k }) {
				l.order = append(l.order, order{column: k})
			}
		}
		r.links[plain(name)] = l
	}
	return problems
}

// unique says whether the two sides of a many-to-many table are its primary key.
func unique(rel *schema.Relation) bool {
	pks := rel.M2MTable.PKs
	both := append(slices.Clone(rel.M2MBasePKs), rel.M2MJoinPKs...)
	return len(pks) == len(both) && !slices.ContainsFunc(pks, func(f *schema.Field) bool { return !slices.Contains(both, f) })
}

// bunType is the SQL type that bun's tags give a column, for rows that come from functions only.
func bunType(f *schema.Field) string {
	t := strings.ToLower(f.UserSQLType)
	if t == "" {
		t = strings.ToLower(f.DiscoveredSQLType)
	}
	if t == "varchar" {
		return "text"
	}
	return t
}

// option is the value of a key of the taawun tag, a list separated by commas outside of parentheses and quotes.
func option(tag reflect.StructTag, key string) string {
	for _, part := range split(tag.Get("taawun")) {
		if v, ok := strings.CutPrefix(part, key+"="); ok {
			return v
		}
	}
	return ""
}

// has says whether the taawun tag names a mark.
func has(tag reflect.StructTag, mark string) bool {
	return slices.Contains(split(tag.Get("taawun")), mark)
}

func split(tag string) (parts []string) {
	depth, quoted, start := 0, false, 0
	for i, r := range tag {
		switch {
		case r == '\'':
			quoted = !quoted
		case quoted:
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			parts, start = append(parts, strings.TrimSpace(tag[start:i])), i+1
		}
	}
	return append(parts, strings.TrimSpace(tag[start:]))
}
