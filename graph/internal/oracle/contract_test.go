package oracle

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
)

// contract is the text of the contract, parsed, beside the structs that it is about.
type contract struct {
	*ast.Schema
	entities map[string]*entity // by the name of the type
	prefixes map[string]*entity // by the prefix of their ids
}

// entity is a type of the contract with the struct of the same name.
type entity struct {
	name   string
	prefix string // of its ids; "" if it has none
	table  *schema.Table
}

var readContract = sync.OnceValues(func() (*ast.Schema, error) {
	text, err := os.ReadFile("../../../schema.graphqls")
	if err != nil {
		return nil, err
	}
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(text)})
	if err != nil {
		return nil, err
	}
	return s, nil
})

// newContract joins contract and structs; reader is any pool, whose dialect reads the tags.
func newContract(t testing.TB, reader *bun.DB) *contract {
	t.Helper()
	s, err := readContract()
	if err != nil {
		t.Fatalf("reading the contract: %v", err)
	}
	forPublic(s)
	reader.RegisterModel(db.Models()...)
	c := &contract{Schema: s, entities: map[string]*entity{}, prefixes: map[string]*entity{}}
	for _, m := range db.Models() {
		table := reader.Table(reflect.TypeOf(m).Elem())
		e := &entity{name: table.TypeName, table: table}
		base, _ := table.Type.FieldByName("BaseModel")
		e.prefix = tagged(base.Tag, "id")
		c.entities[e.name] = e
		if e.prefix != "" {
			c.prefixes[e.prefix] = e
		}
	}
	return c
}

// forPublic leaves of the contract what everyone may ask for. The oracle reads as the public and, in PostgreSQL, as an administrator, but the
// graph knows of no viewer: the guard refuses the rest before it is compiled. What the roles see and may do is tested where it is written.
func forPublic(s *ast.Schema) {
	for _, d := range s.Types {
		if d.Kind == ast.Object {
			d.Fields = slices.DeleteFunc(d.Fields, func(f *ast.FieldDefinition) bool {
				a := f.Directives.ForName("access")
				return a != nil && !slices.ContainsFunc(a.Arguments.ForName("to").Value.Children, func(v *ast.ChildValue) bool { return v.Value.Raw == "PUBLIC" })
			})
		}
	}
	s.Mutation, s.Subscription = nil, nil
}

// tagged is the value of a key of the tag taawun, "" if it is not there.
func tagged(tag reflect.StructTag, key string) string {
	for part := range strings.SplitSeq(tag.Get("taawun"), ",") {
		if k, v, _ := strings.Cut(part, "="); k == key && v != "" {
			return v
		}
	}
	return ""
}

// marked says whether the tag taawun holds a word.
func marked(tag reflect.StructTag, word string) bool {
	for part := range strings.SplitSeq(tag.Get("taawun"), ",") {
		if part == word {
			return true
		}
	}
	return false
}

// same compares a name of the contract with a name of Go: startDate and StartDate, START_DATE and StartDate.
func same(contractName, goName string) bool {
	return strings.EqualFold(strings.ReplaceAll(contractName, "_", ""), goName)
}

// column is the column behind a field, nil if the field is something else.
func (e *entity) column(name string) *schema.Field {
	for _, f := range e.table.FieldMap {
		if same(name, f.GoName) && len(f.Index) == 1 {
			return f
		}
	}
	return nil
}

// embedded are the columns of an object that the row itself holds, such as money; none if the field is something else.
func (e *entity) embedded(name string) (fields []*schema.Field) {
	for i := range e.table.Type.NumField() {
		outer := e.table.Type.Field(i)
		if !same(name, outer.Name) || !strings.HasPrefix(outer.Tag.Get("bun"), "embed:") {
			continue
		}
		for _, f := range e.table.Fields {
			if f.Index[0] == i {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// relation is the link behind a field, nil if the field is something else.
func (e *entity) relation(name string) *schema.Relation {
	for goName, r := range e.table.Relations {
		if same(name, goName) {
			return r
		}
	}
	return nil
}

// subject are the columns of the kind and the key of a link to one of several types, "" if the field is something else.
func (e *entity) subject(name string) (kind, key string) {
	for i := range e.table.Type.NumField() {
		f := e.table.Type.Field(i)
		if p := tagged(f.Tag, "poly"); p != "" && same(name, f.Name) {
			kind, key, _ = strings.Cut(p, ";")
		}
	}
	return kind, key
}

// key is the column of the primary key.
func (e *entity) key() *schema.Field { return e.table.PKs[0] }

// searched is the column that where.search looks at.
func (e *entity) searched() *schema.Field {
	for _, f := range e.table.FieldMap {
		if marked(f.StructField.Tag, "search") {
			return f
		}
	}
	return nil
}

// place is the link that where.within asks.
func (e *entity) place() *schema.Relation {
	for _, r := range e.table.Relations {
		if marked(r.Field.StructField.Tag, "within") {
			return r
		}
	}
	return nil
}

// element is the type behind a connection type, nil if the type is no connection.
func (c *contract) element(typeName string) *entity {
	name, ok := strings.CutSuffix(typeName, "Connection")
	if !ok {
		return nil
	}
	return c.entities[name]
}

// target is the entity that a link leads to.
func (c *contract) target(r *schema.Relation) *entity { return c.entities[r.JoinTable.TypeName] }

// sqlType is the type of a column as the struct says it.
func sqlType(f *schema.Field) string {
	if f.UserSQLType != "" {
		return strings.ToLower(f.UserSQLType)
	}
	return strings.ToLower(f.DiscoveredSQLType)
}

// id is the public id of a row.
func (e *entity) id(r row) string { return fmt.Sprintf("%s_%x", e.prefix, integer(r[e.key().Name])) }
