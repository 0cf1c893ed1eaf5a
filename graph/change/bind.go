package change

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Bind joins the input types of a contract to bun structs by name and checks both against the database, read through the pool of
// those who write. models are nil pointers to the structs, the tables between many-to-many links first, as bun wants them. Every
// disagreement is returned, joined into one error.
func Bind(ctx context.Context, contract *ast.Schema, writer *bun.DB, models []any) (*Model, error) {
	m := &Model{contract: contract, kinds: map[string]*kind{}, prefixes: map[string]*kind{}, checks: map[string]check{}, codes: map[string]bool{}}
	tables, err := m.readCatalog(ctx, writer)
	if err != nil {
		return nil, fmt.Errorf("bind the inputs of the contract: %w", err)
	}
	writer.RegisterModel(models...)
	structs := map[string]*schema.Table{}
	for _, model := range models {
		t := writer.Table(reflect.TypeOf(model).Elem())
		k := &kind{name: t.TypeName, table: t.Name, prefix: prefixOf(t.Type), columns: tables[t.Name]}
		k.core = k.has("state") && k.has("published") && k.has("version") && k.has("original_locale")
		k.position = k.has("position")
		m.kinds[k.name], structs[k.name] = k, t
		if k.prefix != "" {
			m.prefixes[k.prefix] = k
		}
	}
	b := &binding{model: m, structs: structs}
	for _, name := range b.names() {
		k, d := m.kinds[name], contract.Types[name+"Input"]
		if d == nil || d.Kind != ast.InputObject {
			continue
		}
		if k.columns == nil || k.prefix == "" || !k.has("id") {
			b.say("%sInput: %s has no table with ids of its own", name, name)
			continue
		}
		for _, f := range d.Fields {
			if f.Name == "id" {
				continue
			}
			if bound := b.field(k, f); bound != nil {
				k.fields = append(k.fields, bound)
			}
		}
	}
	b.roots()
	if len(b.problems) > 0 {
		return nil, fmt.Errorf("inputs of the contract, bun structs and database disagree:\n%w", errors.Join(b.problems...))
	}
	return m, nil
}

// prefixOf is the prefix of the public ids of a struct.
func prefixOf(t reflect.Type) string {
	f, ok := t.FieldByName("BaseModel")
	if !ok {
		return ""
	}
	for part := range strings.SplitSeq(f.Tag.Get("taawun"), ",") {
		if p, ok := strings.CutPrefix(strings.TrimSpace(part), "id="); ok {
			return p
		}
	}
	return ""
}

// readCatalog reads the columns and constraints of all tables, and which of them number their records.
func (m *Model) readCatalog(ctx context.Context, pool *bun.DB) (map[string]map[string]*column, error) {
	tables := map[string]map[string]*column{}
	if err := each(ctx, pool, `select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef or a.attidentity <> '' or a.attgenerated <> ''
		from pg_attribute a join pg_class c on c.oid = a.attrelid
		where c.relnamespace = 'base'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`, func(r *sql.Rows) error {
		var table string
		var hasDefault bool
		c := &column{}
		if err := r.Scan(&table, &c.name, &c.sqlType, &c.notNull, &hasDefault); err != nil {
			return err
		}
		c.required = c.notNull && !hasDefault
		if tables[table] == nil {
			tables[table] = map[string]*column{}
		}
		tables[table][c.name] = c
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read the columns: %w", err)
	}
	if err := each(ctx, pool, `select c.conname, r.relname, case c.contype when 'p' then 'u' else c.contype::text end,
			coalesce((select string_agg(a.attname, ' ' order by a.attnum) from pg_attribute a where a.attrelid = r.oid and a.attnum = any (c.conkey)), '')
		from pg_constraint c join pg_class r on r.oid = c.conrelid where c.connamespace = 'base'::regnamespace and c.contype in ('c', 'f', 'u', 'p')
		union all
		select i.relname, r.relname, 'u', coalesce((select string_agg(a.attname, ' ' order by a.attnum) from pg_attribute a
			where a.attrelid = r.oid and a.attnum > 0 and pg_get_indexdef(i.oid) ~ ('[( ]' || a.attname || '[), ]')), '')
		from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class r on r.oid = x.indrelid
		where x.indisunique and r.relnamespace = 'base'::regnamespace and not exists (select from pg_constraint p where p.conindid = i.oid)`, func(r *sql.Rows) error {
		var name, columns, kind string
		var c check
		if err := r.Scan(&name, &c.table, &kind, &columns); err != nil {
			return err
		}
		c.columns, c.kind = strings.Fields(columns), kind[0]
		m.checks[name] = c
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read the constraints: %w", err)
	}
	if err := each(ctx, pool, `select left(relname, -5) from pg_class where relkind = 'S' and relnamespace = 'base'::regnamespace and relname like '%\_code'`, func(r *sql.Rows) error {
		var table string
		err := r.Scan(&table)
		m.codes[table] = true
		return err
	}); err != nil {
		return nil, fmt.Errorf("read which records are numbered: %w", err)
	}
	return tables, nil
}

// each runs a query and hands its rows on.
func each(ctx context.Context, pool *bun.DB, query string, row func(*sql.Rows) error) error {
	rows, err := pool.DB.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// binding is the work of Bind.
type binding struct {
	model    *Model
	structs  map[string]*schema.Table
	problems []error
}

func (b *binding) say(format string, args ...any) {
	b.problems = append(b.problems, fmt.Errorf(format, args...))
}

func (b *binding) names() []string {
	names := make([]string, 0, len(b.model.kinds))
	for name := range b.model.kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// inList finds in the description of a field to which code list its code must belong.
var inList = regexp.MustCompile(`(?i)\bfrom the code list ([A-Za-z-]+)\b|\bof the IATI code list ([A-Za-z-]+)\b`)

// field binds one field of an input.
func (b *binding) field(k *kind, d *ast.FieldDefinition) *field {
	at := k.name + "Input." + d.Name
	f := &field{name: d.Name, typ: d.Type, limit: lengthOf(d)}
	if g := inList.FindStringSubmatch(d.Description); g != nil {
		f.list = g[1] + g[2]
	}
	t, target := b.structs[k.name], d.Type.Name()
	switch {
	case target == "TextInput":
		f.form = textsForm
	case target == "MoneyInput":
		f.form = moneyForm
		f.amount, f.currency = k.columns[snake(d.Name)+"_amount"], k.columns[snake(d.Name)+"_currency"]
		if f.amount == nil || f.currency == nil {
			b.say("%s: the table %s has no columns for an amount of money of this name", at, k.table)
			return nil
		}
		return f
	case target == "LinkChanges":
		return b.links(at, k, f, relation(t, d.Name))
	case strings.HasSuffix(target, "Changes"):
		return b.parts(at, k, f, relation(t, d.Name))
	case target == "ID":
		f.form = linkForm
		name, ok := strings.CutSuffix(d.Name, "Id")
		r := relation(t, name)
		if !ok || r == nil || r.Type != schema.BelongsToRelation || len(r.BasePKs) != 1 {
			b.say("%s: %s has no link of this name to one record", at, k.name)
			return nil
		}
		f.to, f.column = b.model.kinds[r.JoinTable.TypeName], k.columns[r.BasePKs[0].Name]
		if f.to.prefix == "" {
			b.say("%s: %s has no ids", at, f.to.name)
		}
		if f.column == nil {
			b.say("%s: the table %s has no column %s", at, k.table, r.BasePKs[0].Name)
			return nil
		}
		return f
	}
	for _, c := range t.Fields {
		if plain(c.GoName) == plain(d.Name) && k.columns[c.Name] != nil {
			f.column = k.columns[c.Name]
		}
	}
	if f.column == nil {
		b.say("%s: %s has no column of this name", at, k.name)
		return nil
	}
	b.fits(at, f)
	return f
}

// fits checks the type of a column.
func (b *binding) fits(at string, f *field) {
	want := map[string][]string{
		"Int": {"smallint", "integer", "bigint"}, "Float": {"real", "double precision", "numeric"}, "String": {"text"}, "Boolean": {"boolean"}, "Date": {"date"},
		"DateTime": {"timestamp with time zone"}, "Decimal": {"numeric"}, "Locale": {"text"}, "URL": {"text"}, "GeoJSON": {"json", "jsonb"}, "JSON": {"json", "jsonb"}, "TextInput": {"jsonb"},
	}[f.typ.Name()]
	if d := b.model.contract.Types[f.typ.Name()]; d.Kind == ast.Enum {
		want = []string{"text"}
	}
	sqlType := f.column.sqlType
	if f.typ.Elem != nil && f.form != textsForm {
		elem, ok := strings.CutSuffix(sqlType, "[]")
		if !ok {
			b.say("%s is a list, but the column has the type %s", at, sqlType)
			return
		}
		sqlType = elem
	}
	if !slices.Contains(want, sqlType) {
		b.say("%s is %s, but the column has the type %s", at, f.typ.Name(), f.column.sqlType)
	}
}

// relation finds a bun relation by the contract's name.
func relation(t *schema.Table, name string) *schema.Relation {
	for n, r := range t.Relations {
		if plain(n) == plain(name) {
			return r
		}
	}
	return nil
}

// parts binds a list of parts.
func (b *binding) parts(at string, k *kind, f *field, r *schema.Relation) *field {
	f.form = partsForm
	if r == nil || r.Type != schema.HasManyRelation || len(r.JoinPKs) != 1 {
		b.say("%s: %s has no list of parts of this name", at, k.name)
		return nil
	}
	f.to, f.foreign = b.model.kinds[r.JoinTable.TypeName], r.JoinPKs[0].Name
	if want := f.to.name + "Changes"; f.typ.Name() != want {
		b.say("%s is %s, but the relation wants %s", at, f.typ.Name(), want)
	}
	if b.model.contract.Types[f.to.name+"Input"] == nil {
		b.say("%s: the contract has no %sInput", at, f.to.name)
	}
	if r.PolymorphicField != nil {
		f.kindColumn, f.kindValue = r.PolymorphicField.Name, r.PolymorphicValue
	}
	return f
}

// links binds a list of links.
func (b *binding) links(at string, k *kind, f *field, r *schema.Relation) *field {
	f.form = linksForm
	if r == nil || r.Type != schema.ManyToManyRelation || len(r.M2MBasePKs) != 1 || len(r.M2MJoinPKs) != 1 {
		b.say("%s: %s has no links of this name", at, k.name)
		return nil
	}
	f.to, f.between = b.model.kinds[r.JoinTable.TypeName], r.M2MTable.Name
	f.betweenBase, f.betweenTarget = r.M2MBasePKs[0].Name, r.M2MJoinPKs[0].Name
	between := b.model.kinds[r.M2MTable.TypeName]
	if between.columns == nil {
		b.say("%s: links can only be written into a table, not into %s", at, f.between)
		return nil
	}
	f.betweenPublished = between.has("published")
	return f
}

// roots checks the mutations that follow from a type.
func (b *binding) roots() {
	if b.model.contract.Mutation == nil {
		return
	}
	for _, f := range b.model.contract.Mutation.Fields {
		r, ok := b.model.Root(f.Name)
		if !ok || r.Action != Create && r.Action != Update {
			continue
		}
		k := b.model.kinds[r.Kind]
		if k == nil || k.fields == nil {
			b.say("Mutation.%s: %s is not bound to a table", f.Name, r.Kind)
			continue
		}
		if !k.has("version") {
			b.say("Mutation.%s: the table %s does not count its versions", f.Name, k.table)
		}
		input := b.model.contract.Types[f.Arguments.ForName("input").Type.Name()]
		if input == nil || input.Fields.ForName(lower(r.Kind)) == nil {
			b.say("Mutation.%s: the input has no field %s", f.Name, lower(r.Kind))
		}
	}
}
