package oracle

import (
	"encoding/json"

	"github.com/vektah/gqlparser/v2/ast"
)

// inputs are the arguments and input fields of one call: literals, variables and defaults brought into plain values.
// An absent value and null are the same in this contract.
type inputs struct {
	contract  *contract
	operation *ast.OperationDefinition
	variables map[string]any // as the request's JSON says them; numbers as json.Number
}

// argument is the value of an argument, nil if it is absent or null.
func (in *inputs) argument(f *ast.Field, name string) any {
	d := f.Definition.Arguments.ForName(name)
	if d == nil {
		return nil
	}
	if a := f.Arguments.ForName(name); a != nil {
		if v, given := in.value(a.Value, d.Type); given {
			return v
		}
	}
	v, _ := in.value(d.DefaultValue, d.Type)
	return v
}

// value evaluates a literal or a variable. It is not given if it is a variable for which nothing was sent.
func (in *inputs) value(v *ast.Value, t *ast.Type) (any, bool) {
	if v == nil {
		return nil, false
	}
	if v.Kind == ast.Variable {
		d := in.operation.VariableDefinitions.ForName(v.Raw)
		if sent, ok := in.variables[v.Raw]; ok {
			return in.sent(sent, d.Type), true
		}
		return in.value(d.DefaultValue, d.Type)
	}
	if v.Kind == ast.NullValue {
		return nil, true
	}
	if t.Elem != nil {
		if v.Kind != ast.ListValue {
			x, given := in.value(v, t.Elem)
			return []any{x}, given
		}
		list := []any{}
		for _, c := range v.Children {
			x, _ := in.value(c.Value, t.Elem)
			list = append(list, x)
		}
		return list, true
	}
	d := in.contract.Types[t.Name()]
	if d.Kind == ast.InputObject {
		o := map[string]any{}
		for _, f := range d.Fields {
			x, given := in.value(v.Children.ForName(f.Name), f.Type)
			if !given {
				x, given = in.value(f.DefaultValue, f.Type)
			}
			if given {
				o[f.Name] = x
			}
		}
		return o, true
	}
	switch v.Kind {
	case ast.IntValue, ast.FloatValue:
		return json.Number(v.Raw), true
	case ast.BooleanValue:
		return v.Raw == "true", true
	}
	return v.Raw, true
}

// sent brings the value of a variable into the form that value gives.
func (in *inputs) sent(v any, t *ast.Type) any {
	if v == nil {
		return nil
	}
	if t.Elem != nil {
		given, ok := v.([]any)
		if !ok {
			given = []any{v}
		}
		list := []any{}
		for _, x := range given {
			list = append(list, in.sent(x, t.Elem))
		}
		return list
	}
	d := in.contract.Types[t.Name()]
	given, ok := v.(map[string]any)
	if d.Kind != ast.InputObject || !ok {
		return v
	}
	o := map[string]any{}
	for _, f := range d.Fields {
		if x, ok := given[f.Name]; ok {
			o[f.Name] = in.sent(x, f.Type)
		} else if x, ok := in.value(f.DefaultValue, f.Type); ok {
			o[f.Name] = x
		}
	}
	return o
}

// field is a field of an input object, nil if it is absent or null or the object is.
func field(v any, name string) any {
	o, _ := v.(map[string]any)
	return o[name]
}

// list is a list, empty if it is absent or null.
func list(v any) []any {
	l, _ := v.([]any)
	return l
}
