package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// conform compares the contract with what was bound and returns every disagreement.
func (m *Model) conform() []error {
	k := &conformance{model: m}
	for name, what := range map[string]string{normalize: "brings texts into the form in which they are searched", lastLocale: "names a text's language of last resort"} {
		if len(m.catalog.functions[name]) == 0 {
			k.say("the database has no function %s, which %s", name, what)
		}
	}
	for _, name := range sortedTypes(m.schema) {
		d := m.schema.Types[name]
		switch {
		case strings.HasPrefix(name, "__") || d.BuiltIn:
		case d == m.schema.Query:
			for _, f := range d.Fields {
				if !strings.HasPrefix(f.Name, "__") {
					k.root(f)
				}
			}
		case d.Kind == ast.Object && m.records[name] != nil:
			for _, f := range d.Fields {
				k.field(m.records[name], f)
			}
		case d.Kind == ast.Object && m.element(name) != "":
			k.connection(d)
		case d.Kind == ast.InputObject:
			k.input(d)
		case d.Kind == ast.Enum:
			k.enum(d)
		}
	}
	return k.problems
}

func sortedTypes(s *ast.Schema) []string {
	names := make([]string, 0, len(s.Types))
	for name := range s.Types {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// conformance collects disagreements.
type conformance struct {
	model    *Model
	problems []error
}

func (k *conformance) say(format string, args ...any) {
	k.problems = append(k.problems, fmt.Errorf(format, args...))
}

// field checks that a field of a record has a source and that the source keeps what the field promises.
func (k *conformance) field(r *record, f *ast.FieldDefinition) {
	at, name, typ := r.name+"."+f.Name, plain(f.Name), f.Type
	if l := r.links[name]; l != nil {
		k.link(at, l, typ)
		return
	}
	if e := r.embeds[name]; e != nil {
		k.embedded(at, e, typ)
		return
	}
	if r.polys[name] != nil {
		k.subject(at, typ)
		return
	}
	col := r.columns[name]
	if col == nil {
		if r.key() == nil {
			k.say("%s has neither a column nor a relation, and %s has no single key that a function could be called with", at, r.name)
			return
		}
		k.function(at, snake(r.name)+"_"+snake(f.Name), f)
		return
	}
	k.present(at, col)
	if to := k.model.records[typ.Name()]; to != nil {
		if !strings.HasSuffix(col.sqlType, "[]") && !strings.HasPrefix(col.sqlType, "json") {
			k.say("%s: objects cannot be read from a column of type %s", at, col.sqlType)
		}
		return
	}
	if typ.NonNull && col.nullable {
		k.say("%s must not be null in the contract, but the column %s may be", at, col.field.Name)
	}
	k.scalar(at, col, typ)
}

// present checks that the reader may read a column.
func (k *conformance) present(at string, col *column) {
	if col.missing {
		k.say("%s: the relation %s has no column %s that this role may read", at, col.owner.table.Name, col.field.Name)
	}
}

func (k *conformance) link(at string, l *link, typ *ast.Type) {
	target := typ.Name()
	if element := k.model.element(target); element != "" {
		if l.toOne() {
			k.say("%s is a connection, but the relation leads to one record", at)
		}
		target = element
	} else if (typ.Elem != nil) == l.toOne() {
		k.say("%s: the relation and the contract disagree whether there is one record or many", at)
	}
	if target != l.to.name && !slices.Contains(k.model.possible(target), l.to) {
		k.say("%s is %s in the contract, but the relation leads to %s", at, target, l.to.name)
	}
	if typ.Elem == nil && typ.NonNull && l.kind == schema.BelongsToRelation && slices.ContainsFunc(l.base, func(c *column) bool { return c.nullable }) {
		k.say("%s must not be null in the contract, but its foreign key may be", at)
	}
	if l.to.virtual {
		k.say("%s leads to %s, but the relation %s does not exist", at, l.to.name, l.to.table.Name)
	}
	for _, c := range l.base {
		k.present(at, c)
	}
}

func (k *conformance) embedded(at string, e *embed, typ *ast.Type) {
	d := k.model.schema.Types[typ.Name()]
	if d.Kind != ast.Object {
		k.say("%s is an embedded struct, but %s is no object type", at, d.Name)
		return
	}
	if typ.NonNull && e.first.nullable {
		k.say("%s must not be null in the contract, but the column %s may be", at, e.first.field.Name)
	}
	for _, f := range d.Fields {
		col := e.columns[plain(f.Name)]
		if col == nil {
			k.say("%s: the embedded struct has no field for %s.%s", at, d.Name, f.Name)
			continue
		}
		k.present(at, col)
		k.scalar(at+"."+f.Name, col, f.Type)
	}
}

func (k *conformance) subject(at string, typ *ast.Type) {
	d := k.model.schema.Types[typ.Name()]
	if d.Kind != ast.Interface && d.Kind != ast.Union {
		k.say("%s may lead to several types, but %s is no interface or union", at, d.Name)
	}
	if typ.NonNull {
		k.say("%s must not be null in the contract, but the record it leads to may be invisible", at)
	}
	for _, p := range k.model.schema.PossibleTypes[d.Name] {
		if r := k.model.records[p.Name]; r == nil || r.key() == nil || r.virtual {
			k.say("%s: %s has no table with a single key", at, p.Name)
		}
	}
}

// fitting says which SQL types a scalar of the contract may be read from.
var fitting = map[string][]string{
	"Int":      {"smallint", "integer", "bigint"},
	"Float":    {"real", "double precision", "numeric"},
	"String":   {"text", "character varying", "character", "uuid"},
	"Boolean":  {"boolean"},
	"Date":     {"date"},
	"DateTime": {"timestamp with time zone"},
	"Decimal":  {"numeric"},
	"Locale":   {"text", "character varying"},
	"URL":      {"text", "character varying"},
	"GeoJSON":  {"json", "jsonb"},
	"JSON":     {"json", "jsonb"},
	"ID":       {"bigint", "integer", "text"}, // text holds finished ids
}

func (k *conformance) scalar(at string, col *column, typ *ast.Type) {
	d := k.model.schema.Types[typ.Name()]
	sqlType := col.sqlType
	if typ.Elem != nil {
		elem, ok := strings.CutSuffix(sqlType, "[]")
		if !ok {
			k.say("%s is a list, but the column has the type %s", at, sqlType)
			return
		}
		sqlType = elem
	}
	if sqlType == "timestamptz" {
		sqlType = "timestamp with time zone"
	}
	want, known := fitting[d.Name]
	switch {
	case d.Name == localizedText:
		want, known = []string{"jsonb"}, true
	case d.Kind == ast.Enum:
		want, known = []string{"text", "character varying"}, true
	}
	if !known || d.Kind != ast.Scalar && d.Kind != ast.Enum && d.Name != localizedText {
		k.say("%s: %s cannot be read from a column", at, d.Name)
		return
	}
	if !slices.Contains(want, sqlType) {
		k.say("%s is %s, but the column has the type %s", at, d.Name, col.sqlType)
	}
	if d.Name == "ID" && sqlType != "text" {
		if of := k.model.idOf(col); of == nil || of.prefix == "" {
			k.say("%s: it cannot be told which type's id the column %s holds", at, col.field.Name)
		}
	}
}

// function checks that an SQL function answers a field.
func (k *conformance) function(at, name string, f *ast.FieldDefinition) {
	overloads := k.model.catalog.functions[name]
	if len(overloads) == 0 {
		k.say("%s has neither a column nor a relation nor a function %s", at, name)
		return
	}
	for _, a := range functionArguments(f) {
		if arg := snake(a.Name); !k.model.catalog.hasArgument(name, arg) {
			k.say("%s: the function %s has no argument %s", at, name, arg)
		}
		if sqlType, _ := k.model.catalog.argumentType(name, snake(a.Name)); a.Type.Name() == "ID" && sqlType != "text" && k.model.argumentOf(f, a) == nil {
			k.say("%s: the argument %s is named after no type whose ids it could take", at, a.Name)
		}
	}
	if f.Type.Elem != nil && !overloads[0].set {
		k.say("%s is a list, but the function %s does not return a set", at, name)
	}
	d := k.model.schema.Types[f.Type.Name()]
	if d.Kind == ast.Scalar || d.Kind == ast.Enum || d.Name == localizedText {
		return
	}
	if k.model.records[d.Name] == nil {
		k.say("%s: no bun struct is registered for %s, the rows of the function %s", at, d.Name, name)
	}
}

func (k *conformance) root(f *ast.FieldDefinition) {
	at, typ := "Query."+f.Name, f.Type
	switch element := k.model.element(typ.Name()); {
	case element != "":
		if r := k.model.records[element]; r == nil || r.virtual || len(r.keys) == 0 {
			k.say("%s: %s has no table with a key", at, element)
		}
		return
	case f.Name == "node" || f.Name == "nodes":
		for _, r := range k.model.possible(typ.Name()) {
			if r.prefix == "" || r.key() == nil || r.virtual {
				k.say("%s: %s is a %s, but has no id prefix, no table or no single key", at, r.name, typ.Name())
			}
		}
		for _, d := range k.model.schema.PossibleTypes[typ.Name()] {
			if k.model.records[d.Name] == nil {
				k.say("%s: no bun struct is registered for %s", at, d.Name)
			}
		}
		return
	}
	if a := k.model.lookupArgument(f); a != nil {
		k.keys(at, k.model.records[typ.Name()], a.Type, "id")
		return
	}
	k.function(at, snake(f.Name), f)
}

// keys checks the columns of a look-up.
func (k *conformance) keys(at string, r *record, typ *ast.Type, name string) {
	d := k.model.schema.Types[typ.Name()]
	if d.Kind == ast.InputObject {
		for _, f := range d.Fields {
			k.keys(at+"."+f.Name, r, f.Type, f.Name)
		}
		return
	}
	col := r.columns[plain(name)]
	if col == nil {
		k.say("%s: %s has no column %s to be found by", at, r.name, name)
		return
	}
	k.present(at, col)
	k.scalar(at, col, typ)
}

func (k *conformance) connection(d *ast.Definition) {
	r := k.model.records[k.model.element(d.Name)]
	if r == nil {
		k.say("%s: no bun struct is registered for its records", d.Name)
		return
	}
	for _, f := range d.Fields {
		if slices.Contains([]string{"edges", "nodes", "pageInfo", "totalCount"}, f.Name) || strings.HasPrefix(f.Name, "__") {
			continue
		}
		if r.key() == nil {
			k.say("%s.%s: %s has no single key to be counted by", d.Name, f.Name, r.name)
		}
		if f.Name == "facet" {
			continue
		}
		k.function(d.Name+"."+f.Name, snake(d.Name)+"_"+snake(f.Name), f)
	}
}

// input checks the inputs that state conditions.
func (k *conformance) input(d *ast.Definition) {
	name, ok := strings.CutSuffix(d.Name, "Where")
	r := k.model.records[name]
	if !ok || r == nil {
		return
	}
	for _, f := range d.Fields {
		k.condition(d.Name+"."+f.Name, r, f)
	}
}

func (k *conformance) condition(at string, r *record, f *ast.FieldDefinition) {
	typ, name := k.model.schema.Types[f.Type.Name()], plain(f.Name)
	switch f.Name {
	case "and", "or", "not":
		return
	case "search":
		if r.search == nil {
			k.say(`%s: no column of %s has the tag taawun:"search"`, at, r.name)
		} else {
			k.present(at, r.search)
		}
		return
	case "within":
		if r.within == nil || r.within.kind != schema.ManyToManyRelation {
			k.say(`%s: no many-to-many relation of %s has the tag taawun:"within"`, at, r.name)
		}
		return
	}
	filter := strings.HasSuffix(typ.Name, "Filter")
	if l := r.links[name]; l != nil && !filter {
		if want := l.to.name + map[bool]string{true: "Where", false: "Links"}[l.toOne()]; typ.Name != want {
			k.say("%s is %s, but the relation wants %s", at, typ.Name, want)
		}
		return
	}
	if e := r.embeds[name]; e != nil {
		for _, x := range typ.Fields {
			if x.Name != "isNull" && e.columns[plain(x.Name)] == nil {
				k.say("%s: the embedded struct has no field for %s.%s", at, typ.Name, x.Name)
			}
		}
		return
	}
	col := r.columns[name]
	if col == nil || !filter {
		k.say("%s has neither a column nor a relation of %s", at, r.name)
		return
	}
	k.present(at, col)
	if typ.Name == "TextFilter" {
		if col.sqlType != "jsonb" {
			k.say("%s is a TextFilter, but the column has the type %s", at, col.sqlType)
		}
		return
	}
	if eq := typ.Fields.ForName("eq"); eq != nil {
		k.scalar(at, col, eq.Type)
	}
}

// enum checks the values by which records are ordered and counted.
func (k *conformance) enum(d *ast.Definition) {
	if name, ok := strings.CutSuffix(d.Name, "OrderField"); ok && k.model.records[name] != nil {
		r := k.model.records[name]
		for _, v := range d.EnumValues {
			col := r.orderColumn(v.Name)
			switch {
			case col == nil:
				k.say("%s.%s: %s has no such column", d.Name, v.Name, r.name)
			case strings.HasPrefix(col.sqlType, "json") || strings.HasSuffix(col.sqlType, "[]"):
				k.say("%s.%s: a column of type %s has no order for people", d.Name, v.Name, col.sqlType)
			default:
				k.present(d.Name+"."+v.Name, col)
			}
		}
	}
	if name, ok := strings.CutSuffix(d.Name, "Facet"); ok && k.model.records[name] != nil {
		for _, v := range d.EnumValues {
			path, ok := k.model.path(k.model.records[name], v)
			if !ok {
				k.say("%s.%s leads to no column and no relation", d.Name, v.Name)
				continue
			}
			if last := path[len(path)-1]; last.link != nil && last.link.to.key() == nil {
				k.say("%s.%s: %s has no single key", d.Name, v.Name, last.link.to.name)
			}
		}
	}
}
