package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun/schema"
	"golang.org/x/text/unicode/norm"
)

// meets says whether a row meets a condition. Everything said must hold; null says nothing.
func (x *execution) meets(e *entity, r row, condition any) bool {
	said, _ := condition.(map[string]any)
	for name, v := range said {
		if v == nil {
			continue
		}
		holds := x.holds(e, r, name, v)
		x.met.decided(e, name, holds)
		if !holds {
			return false
		}
	}
	return true
}

func (x *execution) holds(e *entity, r row, name string, v any) bool {
	switch name {
	case "and":
		return !slices.ContainsFunc(list(v), func(c any) bool { return !x.meets(e, r, c) })
	case "or":
		return slices.ContainsFunc(list(v), func(c any) bool { return x.meets(e, r, c) })
	case "not":
		return !x.meets(e, r, v)
	case "search":
		for word := range strings.FieldsSeq(v.(string)) {
			if !strings.Contains(r[e.searched().Name].(string), normal(word)) {
				return false
			}
		}
		return true
	case "within":
		to := x.target(e.place())
		return slices.ContainsFunc(x.linked(r, e.place()), func(l row) bool { return to.id(l) == v })
	}
	if rel := e.relation(name); rel != nil {
		return x.linkHolds(r, rel, v)
	}
	if parts := e.embedded(name); parts != nil {
		return moneyHolds(parts, r, v)
	}
	c := e.column(name)
	if texts, ok := r[c.Name].(object); ok {
		return textHolds(texts, v)
	}
	filter := x.Types[e.name+"Where"].Fields.ForName(name).Type.Name()
	value := r[c.Name]
	if filter == "IDFilter" {
		value = e.id(r)
	}
	return columnHolds(filter, value, v)
}

func (x *execution) linkHolds(r row, rel *schema.Relation, v any) bool {
	to, found := x.target(rel), x.linked(r, rel)
	some := func(condition any) bool {
		return slices.ContainsFunc(found, func(l row) bool { return x.meets(to, l, condition) })
	}
	if rel.Type == schema.BelongsToRelation || rel.Type == schema.HasOneRelation {
		return some(v)
	}
	if c := field(v, "some"); c != nil && !some(c) {
		return false
	}
	if c := field(v, "none"); c != nil && some(c) {
		return false
	}
	if c := field(v, "every"); c != nil && slices.ContainsFunc(found, func(l row) bool { return !x.meets(to, l, c) }) {
		return false
	}
	return true
}

func moneyHolds(parts []*schema.Field, r row, v any) bool {
	for _, p := range parts {
		filter := map[string]string{"numeric": "DecimalFilter", "text": "StringFilter"}[sqlType(p)]
		if c := field(v, strings.ToLower(p.GoName)); c != nil && !columnHolds(filter, r[p.Name], c) {
			return false
		}
	}
	absent := field(v, "isNull")
	return absent == nil || absent == (r[parts[0].Name] == nil)
}

// columnHolds says whether a value meets a filter. A missing value equals nothing and differs from everything.
func columnHolds(filter string, value, v any) bool {
	is := func(operand any) bool { return value != nil && compareScalars(filter, value, operand) == 0 }
	for operator, operand := range v.(map[string]any) {
		if operand == nil {
			continue
		}
		ok := false
		switch operator {
		case "eq":
			ok = is(operand)
		case "ne":
			ok = !is(operand)
		case "in":
			ok = slices.ContainsFunc(list(operand), is)
		case "notIn":
			ok = !slices.ContainsFunc(list(operand), is)
		case "gt":
			ok = value != nil && compareScalars(filter, value, operand) > 0
		case "gte":
			ok = value != nil && compareScalars(filter, value, operand) >= 0
		case "lt":
			ok = value != nil && compareScalars(filter, value, operand) < 0
		case "lte":
			ok = value != nil && compareScalars(filter, value, operand) <= 0
		case "contains":
			ok = value != nil && strings.Contains(strings.ToLower(value.(string)), strings.ToLower(operand.(string)))
		case "startsWith":
			ok = value != nil && strings.HasPrefix(strings.ToLower(value.(string)), strings.ToLower(operand.(string)))
		case "isNull":
			ok = operand == (value == nil)
		}
		if !ok {
			return false
		}
	}
	return true
}

func compareScalars(filter string, a, b any) int {
	switch filter {
	case "IntFilter", "DecimalFilter":
		return rational(a).Cmp(rational(b))
	case "DateTimeFilter":
		return instant(a).Compare(instant(b))
	}
	return strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
}

// textHolds says whether a text in several languages meets a filter; contains and startsWith speak of one and the same language.
func textHolds(texts object, v any) bool {
	if has := field(v, "has"); has != nil && texts.get(has.(string)) == nil {
		return false
	}
	if missing := field(v, "missing"); missing != nil && texts.get(missing.(string)) != nil {
		return false
	}
	contains, starts, locale := field(v, "contains"), field(v, "startsWith"), field(v, "locale")
	if contains == nil && starts == nil {
		return true
	}
	return slices.ContainsFunc(texts, func(m member) bool {
		if strings.HasSuffix(m.name, "#") || locale != nil && locale != m.name {
			return false
		}
		text := normal(m.value.(string))
		return (contains == nil || strings.Contains(text, normal(contains.(string)))) && (starts == nil || strings.HasPrefix(text, normal(starts.(string))))
	})
}

// normal is the form of a text in which spelling does not matter: case, compatibility forms, marks, tatweel, and the
// letters and digits that people write for one another.
func normal(s string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case c >= 0x0300 && c <= 0x036f, c == 'ـ', c >= 0x064b && c <= 0x065f, c == 0x0670, c >= 0x06d6 && c <= 0x06ed,
			c >= 0x200c && c <= 0x200f, c == 'ء':
			continue // marks, joiners, tatweel, hamza on the line
		case c == 'ى' || c == 'ی':
			c = 'ي'
		case c == 'ة' || c == 'ھ' || c == 'ہ':
			c = 'ه'
		case c == 'ٱ':
			c = 'ا'
		case c == 'ک':
			c = 'ك'
		case c >= 0x0660 && c <= 0x0669:
			c = '0' + c - 0x0660
		case c >= 0x06f0 && c <= 0x06f9:
			c = '0' + c - 0x06f0
		}
		b.WriteRune(c)
	}
	return b.String()
}
