package compile

import (
	"strings"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Model is the contract bound to the database: where each field of each type comes from. It does not change after Bind
// and may be used by many requests at once.
type Model struct {
	schema   *ast.Schema
	records  map[string]*record // by the name of the object type
	prefixes map[string]*record // by the prefix of their ids
	catalog  *catalog
}

// record is an object type of the contract that is bound to a bun struct.
type record struct {
	name    string
	prefix  string // of its public ids; "" if it has none
	now     string // function that leads from the key of a record that became a part of another to that one; "" if none does
	table   *schema.Table
	keys    []*column
	columns map[string]*column // by lower-case Go name, as are embeds, links and polys
	embeds  map[string]*embed
	links   map[string]*link
	polys   map[string]*poly
	search  *column // the normalised text that where.search looks at
	within  *link   // the link that where.within asks
	guarded bool    // rows of it can be invisible to the reader: a published flag decides
	virtual bool    // rows come from functions only; there is no table
}

// column is a column of a record, or an expression over its row.
type column struct {
	field    *schema.Field
	name     string // quoted
	sqlType  string
	nullable bool
	missing  bool   // the relation has no such column, or hides it from this role
	expr     string // computed column: SQL with ? for the row's alias
	owner    *record
}

// sql is the column of the row with this alias.
func (c *column) sql(alias string) string {
	if c.expr != "" {
		return "(" + strings.ReplaceAll(c.expr, "?", alias) + ")"
	}
	return alias + "." + c.name
}

// embed is an object whose fields are columns of the record itself, such as an amount with its currency.
type embed struct {
	columns map[string]*column
	first   *column // decides whether the object is there
}

// link is a bun relation to other records.
type link struct {
	name   string
	kind   int // a bun relation type
	to     *record
	base   []*column // of the record itself
	target []*column // of the record linked to
	// many-to-many: the table between and its columns towards either side
	between               string
	betweenBase           []string
	betweenTarget         []string
	betweenUnique         bool    // a pair of records occurs once
	kindColumn, kindValue string  // polymorphic has-many
	order                 []order // of a whole list
	betweenNullable       bool    // the far key may be null
}

// toOne says whether the link leads to one record at most.
func (l *link) toOne() bool {
	return l.kind == schema.BelongsToRelation || l.kind == schema.HasOneRelation
}

// poly is a link to one of several types, kept as the type's name and the record's key.
type poly struct {
	kind, key *column
}

// order is one key of an order.
type order struct {
	column           *column
	desc, nullsFirst bool
}

// key is the primary key of a record with one key column, nil for others.
func (r *record) key() *column {
	if len(r.keys) != 1 {
		return nil
	}
	return r.keys[0]
}

// today is the key under which a record that is asked for by its id is found.
func (r *record) today(key string) string {
	if r.now == "" {
		return key
	}
	return r.now + "(" + key + ")"
}

// plain is the form in which names are compared: letters and digits only, in lower case.
func plain(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, "_", ""))
}

// element is the name of the object type behind a connection type, "" if the type is not a connection.
func (m *Model) element(typeName string) string {
	name, ok := strings.CutSuffix(typeName, "Connection")
	if !ok || m.schema.Types[typeName] == nil || m.schema.Types[typeName].Fields.ForName("pageInfo") == nil {
		return ""
	}
	return name
}

// possible are the bound records of an object, interface or union type, in the order of the contract.
func (m *Model) possible(typeName string) []*record {
	if r := m.records[typeName]; r != nil {
		return []*record{r}
	}
	var out []*record
	for _, d := range m.schema.PossibleTypes[typeName] {
		if r := m.records[d.Name]; r != nil {
			out = append(out, r)
		}
	}
	return out
}

// snake is the SQL spelling of a name of the contract.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quote makes an SQL identifier of a name that comes from bun's metadata or the contract.
func quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// text makes an SQL string constant of a name that comes from bun's metadata or the contract, never of a value.
func text(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
