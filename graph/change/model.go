package change

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Model is the inputs of the contract bound to the database: where each field of each input is written. It does not change after Bind
// and may be used by many requests at once.
type Model struct {
	contract *ast.Schema
	kinds    map[string]*kind // by name of the object type
	prefixes map[string]*kind // by the prefix of their ids
	checks   map[string]check // by name of the constraint
	codes    map[string]bool  // tables whose records are given a code by a sequence
}

// kind is a type of record, bound to its bun struct and its table.
type kind struct {
	name, prefix, table string
	columns             map[string]*column // by SQL name
	fields              []*field           // of <Type>Input, in the contract's order; nil for types that are not written
	core                bool               // goes from draft to publication
	position            bool               // has its place in a list
}

// has says whether the table has a column.
func (k *kind) has(column string) bool { return k.columns[column] != nil }

// sql is the table, qualified: the views of the reader's schema are for reading.
func (k *kind) sql() string { return "base." + quote(k.table) }

// writer is the name of the field that writes a column; "" if no field does.
func (k *kind) writer(column string) string {
	for _, f := range k.fields {
		switch {
		case f.column != nil && f.column.name == column:
			return f.name
		case f.form == moneyForm && (f.amount.name == column || f.currency.name == column):
			return f.name
		}
	}
	return ""
}

// column is a column of a table as the database has it.
type column struct {
	name, sqlType string
	required      bool // not null and without a default
	notNull       bool
}

// check is a constraint of the database, by which a refusal is led back to the input.
type check struct {
	table   string
	columns []string
	kind    byte // c check, f foreign key, u unique or p primary key
}

// form is how a field of an input is written.
type form int

const (
	plainForm form = iota // a column
	linkForm              // a column that holds the key of another record, given by its id
	textsForm             // texts in several languages, rows of the table translation
	moneyForm             // amount and currency
	partsForm             // rows of another table that belong to this record
	linksForm             // links to records that exist on their own, in a table between
)

// field is a field of an input.
type field struct {
	name string
	form form
	typ  *ast.Type

	column           *column // plainForm, linkForm, textsForm
	amount, currency *column // moneyForm
	to               *kind   // linkForm, partsForm, linksForm
	list             string  // linkForm, linksForm: code list to which the code must belong; "" for any
	limit            int     // characters of a text

	foreign               string // partsForm: column of the part that leads back
	kindColumn, kindValue string // partsForm: constant column of the part

	between, betweenBase, betweenTarget string // linksForm
	betweenPublished                    bool
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

// plain is the form in which names are compared: letters and digits only, in lower case.
func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// lower is a name of a type as a name of a field.
func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// quote makes an SQL identifier of a name that comes from the catalog or bun's metadata.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
