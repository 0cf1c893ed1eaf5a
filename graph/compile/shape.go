package compile

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// defaultLocales are the languages of a reader who names none.
var defaultLocales = [...]string{"ar", "en"}

// Request is what one call of an operation brings along.
type Request struct {
	// Variables are the coerced variables of the operation. Shape makes the values in it ready for the database in place.
	Variables map[string]any
	// Locales are the languages the reader prefers, the best first, in canonical spelling; ar and en if empty.
	Locales []string
	// Key is that of the row which a statement of CompileRecord reads.
	Key int64

	locales []string // Locales, each followed by its wider ones
	first   int      // how many of them stand for the first one
}

// shape collects what the text of a statement may depend on.
type shape struct {
	model *Model
	out   []byte
}

// Shape reads and checks the variables of a request and returns everything about them that the text of the statement may
// depend on, and nothing else: which are null or absent, the keys of input objects, the lengths of lists of objects and
// of lists of locales, enums and booleans by value (but not where they are compared with a column), the types that ids
// belong to, the nulls of a cursor, the number of words of a search, the number of the reader's languages. It must be
// called before Compile or Args with the same request. Errors are *InputError.
func (m *Model) Shape(op *ast.OperationDefinition, r *Request) (string, error) {
	r.locales = r.locales[:0]
	wanted := r.Locales
	if len(wanted) == 0 {
		wanted = defaultLocales[:]
	}
	for i, l := range wanted {
		for _, x := range lookup(l) {
			if !slices.Contains(r.locales, x) {
				r.locales = append(r.locales, x)
			}
		}
		if i == 0 {
			r.first = len(r.locales)
		}
	}
	s := shape{m, make([]byte, 0, 64)}
	s.out = strconv.AppendInt(s.out, int64(r.first), 10)
	s.out = append(s.out, '/')
	s.out = strconv.AppendInt(s.out, int64(len(r.locales)), 10)
	for _, d := range op.VariableDefinitions {
		v, ok := r.Variables[d.Variable]
		if !ok {
			s.out = append(s.out, '-')
			continue
		}
		ready, err := s.value(d.Type, "", v, "$"+d.Variable)
		if err != nil {
			return "", err
		}
		r.Variables[d.Variable] = ready
	}
	return string(s.out), nil
}

// value checks one value, writes its shape and returns it ready for the database. name is the input field it stands in.
func (s *shape) value(t *ast.Type, name string, v any, at string) (any, error) {
	if v == nil {
		s.out = append(s.out, '0')
		return nil, nil
	}
	d := s.model.schema.Types[t.Name()]
	if t.Elem != nil {
		return s.list(t, d, name, v, at)
	}
	if d.Kind == ast.InputObject {
		return s.object(d, v, at)
	}
	ready, err := s.model.scalar(d, v, at)
	if err != nil {
		return nil, err
	}
	s.scalar(d, name, ready)
	return ready, nil
}

func (s *shape) scalar(d *ast.Definition, name string, v any) {
	compared := slices.Contains([]string{"eq", "ne", "in", "notIn"}, name)
	switch x := v.(type) {
	case *cursor:
		s.out = append(s.out, 'c')
		for _, k := range x.values {
			if k == nil {
				s.out = append(s.out, '0')
			} else {
				s.out = append(s.out, '1')
			}
		}
		s.out = append(s.out, ';')
		return
	case bool:
		if !compared {
			s.out = append(strconv.AppendBool(append(s.out, '='), x), ';')
			return
		}
	case string:
		switch {
		case compared && d.Name != "ID":
		case d.Kind == ast.Enum:
			s.out = append(append(append(s.out, '='), x...), ';')
			return
		case d.Name == "ID":
			prefix, _, _ := strings.Cut(x, "_")
			s.out = append(append(append(s.out, '#'), prefix...), ';')
			return
		case d.Name == "Locale":
			s.out = append(strconv.AppendInt(append(s.out, 'l'), int64(strings.Count(x, "-")), 10), ';')
			return
		case d.Name == "String" && (name == "search" || name == ""): // a variable may stand for the search text
			s.out = append(strconv.AppendInt(append(s.out, 'w'), int64(len(words(x))), 10), ';')
			return
		}
	}
	s.out = append(s.out, '.')
}

func (s *shape) list(t *ast.Type, d *ast.Definition, name string, v any, at string) (any, error) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
		if typed, ok := v.([]string); ok { // gqlparser wraps a single value into a typed slice
			list = list[:0]
			for _, x := range typed {
				list = append(list, x)
			}
		} else if typed, ok := wrapped(v); ok {
			list = typed
		}
	}
	each := d.Kind == ast.InputObject || d.Name == "Locale"
	s.out = append(s.out, '[')
	mark := len(s.out)
	var prefixes []string
	for i, x := range list {
		place := at + "." + strconv.Itoa(i)
		if x == nil && t.Elem.NonNull {
			return nil, invalid(place, "the list must not hold null", "لا يجوز أن تحتوي القائمة على null")
		}
		ready, err := s.value(t.Elem, name, x, place)
		if err != nil {
			return nil, err
		}
		list[i] = ready
		if !each { // the shape of the items says nothing, but for the types of ids
			s.out = s.out[:mark]
		}
		if id, ok := ready.(string); ok && d.Name == "ID" {
			prefix, _, _ := strings.Cut(id, "_")
			if !slices.Contains(prefixes, prefix) {
				prefixes = append(prefixes, prefix)
			}
		}
	}
	slices.Sort(prefixes)
	for _, p := range prefixes {
		s.out = append(append(s.out, p...), ',')
	}
	s.out = append(s.out, ']')
	return list, nil
}

// wrapped undoes the typed slices into which gqlparser wraps a single value.
func wrapped(v any) ([]any, bool) {
	switch v := v.(type) {
	case []map[string]any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = x
		}
		return out, true
	case []int64:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = x
		}
		return out, true
	case []float64:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = x
		}
		return out, true
	case []bool:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = x
		}
		return out, true
	case []json.Number:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = x
		}
		return out, true
	}
	return nil, false
}

func (s *shape) object(d *ast.Definition, v any, at string) (any, error) {
	in, ok := v.(map[string]any)
	if !ok {
		return nil, invalid(at, "an object of the type %s is wanted", "المطلوب كائن من النوع %s", d.Name)
	}
	if err := oneOf(d, at, func(yield func(string, bool)) {
		for name, x := range in {
			yield(name, x == nil)
		}
	}); err != nil {
		return nil, err
	}
	s.out = append(s.out, '{')
	for _, f := range d.Fields {
		x, ok := in[f.Name]
		if !ok {
			continue
		}
		s.out = append(append(s.out, f.Name...), ':')
		ready, err := s.value(f.Type, f.Name, x, at+"."+f.Name)
		if err != nil {
			return nil, err
		}
		in[f.Name] = ready
	}
	s.out = append(s.out, '}')
	return in, nil
}

// oneOf checks an input object of which exactly one field must be given; gqlparser does so for literals only.
func oneOf(d *ast.Definition, at string, fields func(yield func(name string, null bool))) error {
	if d.Directives.ForName("oneOf") == nil {
		return nil
	}
	var given []string
	nulls := false
	fields(func(name string, null bool) {
		given = append(given, name)
		nulls = nulls || null
	})
	if len(given) != 1 || nulls {
		return invalid(at, "exactly one field of %s must be given", "يجب تحديد حقل واحد فقط من %s", d.Name)
	}
	return nil
}

// literals checks every literal of an operation, used or not, before any of it is compiled.
func (m *Model) literals(op *ast.OperationDefinition) error {
	seen := map[*ast.FragmentDefinition]bool{}
	var walk func(ss ast.SelectionSet) error
	walk = func(ss ast.SelectionSet) error {
		for _, s := range ss {
			var err error
			switch s := s.(type) {
			case *ast.Field:
				for _, a := range s.Arguments {
					if d := s.Definition.Arguments.ForName(a.Name); d != nil && err == nil {
						err = m.literal(a.Value, d.Type, a.Name)
					}
				}
				if err == nil {
					err = walk(s.SelectionSet)
				}
			case *ast.InlineFragment:
				err = walk(s.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[s.Definition] {
					seen[s.Definition] = true
					err = walk(s.Definition.SelectionSet)
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	return walk(op.SelectionSet)
}

func (m *Model) literal(v *ast.Value, t *ast.Type, at string) error {
	d := m.schema.Types[t.Name()]
	switch {
	case v.Kind == ast.Variable || v.Kind == ast.NullValue:
		return nil
	case v.Kind == ast.ListValue && t.Elem != nil:
		for i, x := range v.Children {
			if err := m.literal(x.Value, t.Elem, at+"."+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	case d.Kind == ast.InputObject:
		for _, x := range v.Children {
			if f := d.Fields.ForName(x.Name); f != nil {
				if err := m.literal(x.Value, f.Type, at+"."+x.Name); err != nil {
					return err
				}
			}
		}
		return nil
	}
	raw, err := literal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", at, err)
	}
	_, err = m.scalar(d, raw, at)
	return err
}
