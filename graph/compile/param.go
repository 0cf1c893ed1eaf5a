package compile

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// source says where the value of a parameter comes from in each call.
type source struct {
	literal any
	path    []any // in the variables
	items   []source
	fields  map[string]source
	locale  int  // 1 + position in the request's locales
	key     bool // of the record that a statement of CompileRecord reads
}

// value is the value in one call.
func (s source) value(r *Request) any {
	switch {
	case s.path != nil:
		var v any = r.Variables[s.path[0].(string)]
		for _, step := range s.path[1:] {
			switch at := step.(type) {
			case string:
				m, _ := v.(map[string]any)
				v = m[at]
			case int:
				if l, ok := v.([]any); ok && at < len(l) {
					v = l[at]
				}
			}
		}
		return v
	case s.items != nil:
		out := make([]any, len(s.items))
		for i, x := range s.items {
			out[i] = x.value(r)
		}
		return out
	case s.fields != nil:
		out := make(map[string]any, len(s.fields))
		for k, x := range s.fields {
			out[k] = x.value(r)
		}
		return out
	case s.locale > 0:
		return r.locales[s.locale-1]
	case s.key:
		return r.Key
	}
	return s.literal
}

// source of a value; literals are made ready here, once.
func (c *compilation) source(v value) source {
	if v.path != nil {
		return source{path: v.path}
	}
	if v.lit == nil || v.lit.Kind == ast.NullValue {
		return source{}
	}
	switch v.lit.Kind {
	case ast.ListValue:
		s := source{items: []source{}}
		for _, x := range c.items(v) {
			s.items = append(s.items, c.source(x))
		}
		return s
	case ast.ObjectValue:
		d := c.model.schema.Types[v.typ.Name()]
		if d.Kind != ast.InputObject {
			break
		}
		s := source{fields: map[string]source{}}
		for _, f := range d.Fields {
			if x := c.field(v, f); x.set {
				s.fields[f.Name] = c.source(x)
			}
		}
		return s
	}
	raw, err := literal(v.lit)
	if err != nil {
		c.fail(err)
		return source{}
	}
	x, err := c.model.scalar(c.model.schema.Types[v.typ.Name()], raw, v.at)
	if err != nil {
		c.fail(err)
		return source{}
	}
	if v.typ.Elem != nil { // one value stands for a list of one
		return source{items: []source{{literal: x}}}
	}
	return source{literal: x}
}

// maker makes the value of a parameter ready for the driver. Parameters with the same source, type and maker are sent once.
type maker struct {
	name string
	make func(v any, at string) (any, error)
}

// param is one $n of a statement.
type param struct {
	source source
	maker  maker
	at     string
}

// check is a value that must be good although no SQL asks for it.
type check = param

// bind makes the value a parameter and returns its placeholder, cast to the SQL type it is compared with.
func (c *compilation) bind(v value, sqlType string, m maker) string {
	return c.bindSource(c.source(v), v.at, sqlType, m)
}

func (c *compilation) bindSource(s source, at, sqlType string, m maker) string {
	if m.make == nil {
		m = maker{"", func(v any, _ string) (any, error) { return v, nil }}
	}
	key := fmt.Sprintf("%#v|%s|%s", s, sqlType, m.name)
	if n, ok := c.bound[key]; ok {
		return n
	}
	c.params = append(c.params, param{s, m, at})
	n := "$" + strconv.Itoa(len(c.params)) + "::" + sqlType
	c.bound[key] = n
	return n
}

// driverValue turns a value into what the driver sends; lists become array literals.
func driverValue(v any) (any, error) {
	switch v := v.(type) {
	case nil, string, int64, float64, bool:
		return v, nil
	case json.RawMessage:
		return string(v), nil
	case json.Number:
		return v.String(), nil
	case map[string]any:
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("write an input object as JSON: %w", err)
		}
		return string(raw), nil
	case []any:
		return arrayLiteral(v)
	case []int64:
		b := []byte{'{'}
		for i, n := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, n, 10)
		}
		return string(append(b, '}')), nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be sent to the database", v)
}

// arrayEscape escapes an element of an array literal, which stands in double quotes.
var arrayEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

func arrayLiteral(list []any) (string, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, x := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		if x == nil {
			b.WriteString("NULL")
			continue
		}
		d, err := driverValue(x)
		if err != nil {
			return "", err
		}
		b.WriteByte('"')
		if _, err := arrayEscape.WriteString(&b, fmt.Sprint(d)); err != nil {
			return "", fmt.Errorf("write an array: %w", err)
		}
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String(), nil
}

// keyOf takes a public id, or each of a list of them, to the key of a record of one type. An id of another type is refused.
func (m *Model) keyOf(r *record) maker {
	one := func(v any, at string) (int64, error) {
		s, _ := v.(string)
		x, err := m.parseID(s, at)
		if err != nil {
			return 0, err
		}
		if x.of != r {
			return 0, invalid(at, "%q is the id of %s, not of %s", "%q معرّف سجل من النوع %s وليس من النوع %s", s, x.of.name, r.name)
		}
		return x.key, nil
	}
	return maker{"key of " + r.name, func(v any, at string) (any, error) {
		switch v := v.(type) {
		case nil:
			return nil, nil
		case []any:
			out := make([]int64, 0, len(v))
			for _, x := range v {
				k, err := one(x, at)
				if err != nil {
					return nil, err
				}
				out = append(out, k)
			}
			return out, nil
		}
		return one(v, at)
	}}
}

// likeEscape takes the meaning of the wildcards away.
var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// pattern makes a LIKE pattern of a text.
func pattern(before, after string) maker {
	return maker{"pattern " + before + after, func(v any, _ string) (any, error) {
		s, _ := v.(string)
		return before + likeEscape.Replace(s) + after, nil
	}}
}

// word is one word of a search text, by its number.
func word(n int) maker {
	return maker{"word " + strconv.Itoa(n), func(v any, _ string) (any, error) {
		s, _ := v.(string)
		if w := words(s); n < len(w) {
			return w[n], nil
		}
		return "", nil
	}}
}

// wider is a locale without its last n subtags.
func wider(n int) maker {
	return maker{"wider " + strconv.Itoa(n), func(v any, _ string) (any, error) {
		s, _ := v.(string)
		if l := lookup(s); n < len(l) {
			return l[n], nil
		}
		return "", nil
	}}
}

// pageSize is a number of records, checked.
func pageSize(most int) maker {
	return maker{"page", func(v any, at string) (any, error) {
		n, ok := v.(int64)
		if !ok {
			return v, nil
		}
		if n < 0 {
			return nil, invalid(at, "%d is negative", "القيمة %d سالبة", n)
		}
		if n > int64(most) {
			return nil, invalid(at, "%d is more than the %d that may be asked for at once", "القيمة %d أكبر من الحد المسموح به في الطلب الواحد وهو %d", n, most)
		}
		return n, nil
	}}
}
