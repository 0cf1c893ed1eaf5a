package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/vektah/gqlparser/v2/ast"
)

// enum is a value of an enum: a name in a literal, a string in a variable.
type enum string

// argument writes an argument with its value.
func (g *generator) argument(f *ast.FieldDefinition, name string, v any) string {
	return name + ": " + g.input(v, f.Arguments.ForName(name).Type)
}

// input writes a value as a literal, as a variable, or as a literal with variables in it.
func (g *generator) input(v any, t *ast.Type) string {
	if !odds(g.random, 30) {
		return g.literal(v, t, true)
	}
	name := g.next("v")
	declaration := "$" + name + ": " + t.String()
	g.operation.types[name] = t
	switch {
	case !t.NonNull && v != nil && odds(g.random, 15): // the default of the variable stands for it
		declaration += " = " + g.literal(v, t, false)
	case !t.NonNull && v != nil && odds(g.random, 10):
		declaration = "$" + name + ": " + t.String() + "!"
		required := *t
		required.NonNull = true
		g.operation.types[name] = &required
		g.operation.variables[name] = g.sendable(v)
	case !t.NonNull && odds(g.random, 8): // nothing is sent
	default:
		g.operation.variables[name] = g.sendable(v)
	}
	if sent := g.operation.variables[name]; sent != nil {
		g.sent[t.Name()+strconv.FormatBool(t.Elem != nil)] = append(g.sent[t.Name()+strconv.FormatBool(t.Elem != nil)], sent)
	}
	g.declarations = append(g.declarations, declaration)
	return "$" + name
}

// literal writes a value in the document; parts of it may be variables.
func (g *generator) literal(v any, t *ast.Type, variables bool) string {
	part := func(v any, t *ast.Type) string {
		if variables {
			return g.input(v, t)
		}
		return g.literal(v, t, false)
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case []any:
		if len(v) == 1 && v[0] != nil && odds(g.random, 20) { // one value stands for a list of one
			return g.literal(v[0], t.Elem, variables)
		}
		var items []string
		for _, x := range v {
			items = append(items, part(x, t.Elem))
		}
		return "[" + strings.Join(items, one(g.random, []string{", ", " "})) + "]"
	case object:
		d := g.Types[t.Name()]
		var fields []string
		for _, m := range v {
			ft := d.Fields.ForName(m.name).Type
			if d.Directives.ForName("oneOf") != nil { // a variable for one of them must not be null
				nonNull := *ft
				nonNull.NonNull = true
				ft = &nonNull
			}
			fields = append(fields, m.name+": "+part(m.value, ft))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case enum:
		return string(v)
	case bool, json.Number:
		return fmt.Sprint(v)
	case string:
		if v != "" && !strings.ContainsFunc(v, func(r rune) bool { return r == '"' || r == '\\' || unicode.IsControl(r) }) && strings.TrimSpace(v) == v && odds(g.random, 5) {
			return `"""` + v + `"""`
		}
		text, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return string(text)
	}
	panic(fmt.Sprintf("no literal of %T", v))
}

// sendable is a value as the JSON of a request holds it.
func (g *generator) sendable(v any) any {
	switch v := v.(type) {
	case []any:
		if len(v) == 1 && v[0] != nil && odds(g.random, 20) { // one value stands for a list of one
			return g.sendable(v[0])
		}
		out := []any{}
		for _, x := range v {
			out = append(out, g.sendable(x))
		}
		return out
	case object:
		out := map[string]any{}
		for _, m := range v {
			out[m.name] = g.sendable(m.value)
		}
		return out
	case enum:
		return string(v)
	}
	return v
}

// order makes up an order.
func (g *generator) order(e *entity) any {
	if odds(g.random, 4) {
		return nil
	}
	out := []any{}
	for range g.random.IntN(4) {
		o := object{{"field", enum(one(g.random, g.Types[e.name+"OrderField"].EnumValues).Name)}}
		if odds(g.random, 60) {
			o = append(o, member{"direction", enum(one(g.random, []string{"ASC", "DESC"}))})
		}
		if odds(g.random, 40) {
			o = append(o, member{"nulls", enum(one(g.random, []string{"FIRST", "LAST"}))})
		}
		out = append(out, o)
	}
	return out
}

// where makes up a condition.
func (g *generator) where(d *ast.Definition, e *entity, depth int) any {
	out := object{}
	for range g.random.IntN(3) + 1 - g.random.IntN(20)/19 {
		f := g.rarest(d.Name, d.Fields)
		if slices.ContainsFunc(out, func(m member) bool { return m.name == f.Name }) {
			continue
		}
		link := strings.HasSuffix(f.Type.Name(), "Where") || strings.HasSuffix(f.Type.Name(), "Links")
		if link && depth > 2 {
			continue
		}
		var v any
		if !odds(g.random, 3) {
			v = g.condition(f, e, depth)
		}
		out = append(out, member{f.Name, v})
	}
	return out
}

func (g *generator) condition(f *ast.FieldDefinition, e *entity, depth int) any {
	d := g.Types[f.Type.Name()]
	switch f.Name {
	case "and", "or":
		all := []any{}
		for range g.random.IntN(4) {
			all = append(all, g.where(d, e, depth+1))
		}
		return all
	case "not":
		return g.where(d, e, depth+1)
	case "search":
		return g.words(e)
	case "within":
		return g.idOf(g.target(e.place()))
	}
	rel := e.relation(f.Name)
	switch {
	case rel != nil && strings.HasSuffix(d.Name, "Where"):
		return g.where(d, g.target(rel), depth+1)
	case rel != nil:
		out := object{}
		for _, q := range []string{"some", "none", "every"} {
			if odds(g.random, 40) {
				out = append(out, member{q, g.where(g.Types[d.Fields.ForName(q).Type.Name()], g.target(rel), depth+1)})
			}
		}
		return out
	case d.Name == "MoneyFilter":
		out := object{}
		if odds(g.random, 60) {
			out = append(out, member{"amount", g.filter(g.Types["DecimalFilter"], e, "")})
		}
		if odds(g.random, 50) {
			out = append(out, member{"currency", object{{"eq", one(g.random, currencies)}}})
		}
		if odds(g.random, 20) {
			out = append(out, member{"isNull", odds(g.random, 50)})
		}
		return out
	case d.Name == "TextFilter":
		return g.textFilter(e, f.Name)
	}
	return g.filter(d, e, f.Name)
}

// filter makes up a condition on a column.
func (g *generator) filter(d *ast.Definition, e *entity, name string) any {
	out := object{}
	for range 1 + g.random.IntN(12)/8 {
		f := one(g.random, d.Fields)
		if slices.ContainsFunc(out, func(m member) bool { return m.name == f.Name }) {
			continue
		}
		var v any
		switch {
		case odds(g.random, 3):
		case f.Name == "isNull":
			v = odds(g.random, 50)
		case f.Type.Elem != nil:
			several := []any{}
			for range g.random.IntN(5) {
				several = append(several, g.drawn(e, name, f.Type.Name()))
			}
			v = several
		case f.Name == "contains":
			v = g.part(fmt.Sprint(g.drawn(e, name, f.Type.Name())), false)
		case f.Name == "startsWith":
			v = g.part(fmt.Sprint(g.drawn(e, name, f.Type.Name())), true)
		default:
			v = g.drawn(e, name, f.Type.Name())
		}
		out = append(out, member{f.Name, v})
	}
	return out
}

// drawn is a value of a column, mostly one that occurs, as an input of a type.
func (g *generator) drawn(e *entity, name, typeName string) any {
	if typeName == "ID" {
		return g.idOf(e)
	}
	if d := g.Types[typeName]; d.Kind == ast.Enum {
		return enum(one(g.random, d.EnumValues).Name)
	}
	if c := e.column(name); c != nil && len(g.rows[e.table.Name]) > 0 && odds(g.random, 80) {
		if r := one(g.random, g.rows[e.table.Name]); r[c.Name] != nil {
			if typeName == "DateTime" { // the same moment in another zone
				return instant(r[c.Name]).In(time.FixedZone("", one(g.random, []int{0, 0, 10800, -12600}))).Format(time.RFC3339Nano)
			}
			if n, ok := r[c.Name].(json.Number); ok && len(n) > 15 { // a whole number of a document has at most 64 bits
				return n.String()
			}
			return r[c.Name]
		}
	}
	switch typeName {
	case "String":
		return one(g.random, strange)
	case "Int":
		return json.Number(one(g.random, []string{"0", "1", "2", "3", "-7", "2147483647", "-2147483648"}))
	case "Boolean":
		return odds(g.random, 50)
	case "Decimal":
		n := one(g.random, append([]string{"1e2", "-1.50e1", "1e30"}, decimals...))
		if len(n) < 16 && odds(g.random, 50) {
			return json.Number(n)
		}
		return n
	case "Date":
		return one(g.random, dates)
	case "DateTime":
		return one(g.random, moments).Format(time.RFC3339Nano)
	}
	panic("no value of " + typeName)
}

func (g *generator) textFilter(e *entity, name string) any {
	out := object{}
	var texts object
	if rows := g.rows[e.table.Name]; len(rows) > 0 {
		texts, _ = one(g.random, rows)[e.column(name).Name].(object)
	}
	text := one(g.random, strange)
	locale := one(g.random, locales)
	if len(texts) > 0 && odds(g.random, 80) {
		m := one(g.random, texts)
		if locale = strings.TrimSuffix(m.name, "#"); !strings.HasSuffix(m.name, "#") {
			text = m.value.(string)
		}
	}
	for _, operator := range []string{"contains", "startsWith", "locale", "has", "missing"} {
		if !odds(g.random, 30) {
			continue
		}
		var v any
		switch operator {
		case "contains":
			v = g.part(text, false)
		case "startsWith":
			v = g.part(text, true)
		default:
			v = locale
		}
		out = append(out, member{operator, v})
	}
	return out
}

// part is a part of a text, written as another would write it.
func (g *generator) part(text string, start bool) string {
	runes := []rune(text)
	if n := len(runes); n > 0 {
		from := 0
		if !start {
			from = g.random.IntN(n)
		}
		runes = runes[from : from+g.random.IntN(min(n-from, 12)+1)]
	}
	out := string(runes)
	switch g.random.IntN(5) {
	case 0:
		out = strings.ToUpper(out)
	case 1:
		out = strings.NewReplacer("أ", "ا", "إ", "ا", "ى", "ي", "ة", "ه", "ا", "أ", "0", "٠").Replace(out)
	case 2:
		out = strings.ReplaceAll(out, "ه", "ة")
	}
	return out
}

// words are some words of a record, in any order.
func (g *generator) words(e *entity) string {
	text, _ := one(g.random, g.rows[e.table.Name])[e.searched().Name].(string)
	words := strings.Fields(text + " " + one(g.random, strange))
	var out []string
	for range g.random.IntN(4) {
		if len(words) > 0 {
			out = append(out, g.part(one(g.random, words), odds(g.random, 50)))
		}
	}
	return strings.Join(out, one(g.random, []string{" ", "  ", "\t"}))
}
