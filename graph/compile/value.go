package compile

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// value is an argument or a part of one: a literal of the document, or a place in the variables. What the compiler may
// ask of a variable's value is limited to what Shape holds.
type value struct {
	set  bool
	lit  *ast.Value
	path []any // of the variables: the variable's name, then names of fields and numbers of items; nil for a literal
	now  any   // what stands there in this call
	typ  *ast.Type
	at   string // for messages
}

// read makes a value of a literal or of the variable that stands for it.
func (c *compilation) read(v *ast.Value, typ *ast.Type, at string) value {
	if v == nil {
		return value{}
	}
	if v.Kind != ast.Variable {
		return value{set: true, lit: v, typ: typ, at: at}
	}
	now, ok := c.request.Variables[v.Raw]
	return value{set: ok, path: []any{v.Raw}, now: now, typ: typ, at: "$" + v.Raw}
}

// argument is an argument of a field, or its default.
func (c *compilation) argument(f *ast.Field, name string) value {
	d := f.Definition.Arguments.ForName(name)
	if d == nil {
		return value{}
	}
	if a := f.Arguments.ForName(name); a != nil {
		if v := c.read(a.Value, d.Type, name); v.set {
			return v
		}
	}
	return c.read(d.DefaultValue, d.Type, name)
}

// null says whether the value is absent or null; both mean "not said".
func (v value) null() bool {
	switch {
	case !v.set:
		return true
	case v.path != nil:
		return v.now == nil
	}
	return v.lit.Kind == ast.NullValue
}

// field is a field of an input object, or its default.
func (c *compilation) field(v value, d *ast.FieldDefinition) value {
	at := v.at + "." + d.Name
	if v.path == nil {
		if v.lit != nil {
			if x := c.read(v.lit.Children.ForName(d.Name), d.Type, at); x.set {
				return x
			}
		}
		return c.read(d.DefaultValue, d.Type, at)
	}
	m, _ := v.now.(map[string]any)
	if x, ok := m[d.Name]; ok {
		return value{set: true, path: append(v.path[:len(v.path):len(v.path)], d.Name), now: x, typ: d.Type, at: at}
	}
	return c.read(d.DefaultValue, d.Type, at)
}

// named is a field of an input object by its name.
func (c *compilation) named(v value, name string) value {
	if v.typ == nil {
		return value{}
	}
	d := c.model.schema.Types[v.typ.Name()].Fields.ForName(name)
	if d == nil {
		return value{}
	}
	return c.field(v, d)
}

// items are the items of a list; a single value stands for a list of one.
func (c *compilation) items(v value) (out []value) {
	if v.null() {
		return nil
	}
	elem := v.typ
	if elem.Elem != nil {
		elem = elem.Elem
	}
	if v.path == nil {
		if v.lit.Kind != ast.ListValue {
			v.typ = elem
			return []value{v}
		}
		for i, x := range v.lit.Children {
			out = append(out, c.read(x.Value, elem, v.at+"."+strconv.Itoa(i)))
		}
		return out
	}
	list, ok := v.now.([]any)
	if !ok {
		v.typ = elem
		return []value{v}
	}
	for i, x := range list {
		out = append(out, value{set: true, path: append(v.path[:len(v.path):len(v.path)], i), now: x, typ: elem, at: v.at + "." + strconv.Itoa(i)})
	}
	return out
}

// choice reads an enum or boolean on which the text of the statement depends; Shape holds it.
func (v value) choice() string {
	switch {
	case v.null():
		return ""
	case v.path == nil:
		return v.lit.Raw
	}
	switch x := v.now.(type) {
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}
