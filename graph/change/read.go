package change

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"taawun/graph/compile"
)

// newKey stands, in the input that a waiting change keeps, beside the fields of a row that was added by it: the key it was given, by
// which later steps may speak of it. It is no name of GraphQL, so no client can write it.
const newKey = "+"

// row is a row to be added or changed, with its parts.
type row struct {
	kind   *kind
	path   []string
	key    int64
	isNew  bool
	parent *row
	via    *field // of the parent
	place  int    // among the new rows of its list
	depth  int
	input  map[string]any

	values  []value
	texts   []words
	parts   []*row
	removed []removal
	links   []linking
}

// value is what a column becomes.
type value struct {
	column *column
	field  string
	v      any
}

// words are the text of a field in one language.
type words struct {
	field  *field
	locale string
	text   *string // nil removes it
	path   []string
}

// removal is a part to be removed.
type removal struct {
	via  *field
	key  int64
	path []string
}

// linking is a link to be made or undone.
type linking struct {
	via    *field
	key    int64
	unlink bool
	path   []string
}

// reference is an id of another record in the input.
type reference struct {
	kind *kind
	key  int64
	list string // code list to which the code must belong
	path []string
}

// reading turns an input into rows, and collects all that is wrong with it.
type reading struct {
	model      *Model
	problems   []Problem
	references []reference
	rows       []*row // all of them, parents before their parts
}

// size is how many items the lists of an input hold.
func size(v any) (n int) {
	switch v := v.(type) {
	case []any:
		n = len(v)
		for _, x := range v {
			n += size(x)
		}
	case map[string]any:
		for _, x := range v {
			n += size(x)
		}
	}
	return n
}

func (r *reading) say(path []string, code, en, ar string, args ...any) {
	r.problems = append(r.problems, refuse(path, code, en, ar, args...))
}

// element reads one input object.
func (r *reading) element(w *row) {
	r.rows = append(r.rows, w)
	given := map[string]bool{}
	for _, f := range w.kind.fields {
		v, ok := w.input[f.name]
		if !ok {
			continue
		}
		path := below(w.path, f.name)
		switch f.form {
		case plainForm, linkForm:
			if r.one(w, f, v, path) {
				given[f.column.name] = true
			}
		case moneyForm:
			if r.money(w, f, v, path) {
				given[f.amount.name], given[f.currency.name] = true, true
			}
		case textsForm:
			r.texts(w, f, v, path)
		case partsForm:
			r.partList(w, f, v, path)
		case linksForm:
			r.linkList(w, f, v, path)
		}
	}
	if !w.isNew {
		return
	}
	for _, f := range w.kind.fields {
		c := f.column
		if f.form == moneyForm {
			c = f.amount
		}
		if c != nil && f.form != textsForm && c.required && !given[c.name] && !(c.name == "code" && r.model.codes[w.kind.table]) && !(w.via != nil && w.via.foreign == c.name) {
			r.required(below(w.path, f.name))
		}
	}
}

func (r *reading) required(path []string) {
	r.say(path, Required, "%s must be given", "القيمة %s مطلوبة", path[len(path)-1])
}

// one reads a column. It says whether the column has been dealt with, be it by a problem.
func (r *reading) one(w *row, f *field, v any, path []string) bool {
	if v != nil && f.form == linkForm {
		k, key, p := r.model.key(v, path, f.to)
		if p != nil {
			r.problems = append(r.problems, *p)
			return true
		}
		r.references = append(r.references, reference{k, key, f.list, path})
		v = key
	} else if v != nil {
		ready, problems := r.model.scalar(f, v, path)
		if len(problems) > 0 {
			r.problems = append(r.problems, problems...)
			return true
		}
		v = ready
	}
	if v == nil && f.column.notNull {
		if w.isNew {
			return false // as if it were absent: the default, or a problem if there is none
		}
		r.required(path)
		return true
	}
	w.values = append(w.values, value{f.column, f.name, v})
	return true
}

func (r *reading) money(w *row, f *field, v any, path []string) bool {
	if v == nil {
		if f.amount.notNull {
			if !w.isNew {
				r.required(path)
			}
			return !w.isNew
		}
		w.values = append(w.values, value{f.amount, f.name, nil}, value{f.currency, f.name, nil})
		return true
	}
	m, _ := v.(map[string]any)
	amount, problems := decimal("amount", m["amount"], below(path, "amount"))
	r.problems = append(r.problems, problems...)
	currency, _ := m["currency"].(string)
	if !currencyForm.MatchString(currency) {
		r.problems = append(r.problems, currencyProblem(currency, below(path, "currency")))
	}
	w.values = append(w.values, value{f.amount, f.name, amount}, value{f.currency, f.name, currency})
	return true
}

func (r *reading) texts(w *row, f *field, v any, path []string) {
	seen := map[string]bool{}
	for i, x := range list(v) {
		at := below(path, strconv.Itoa(i))
		m, _ := x.(map[string]any)
		tag, _ := m["locale"].(string)
		locale, ok := compile.CanonicalLocale(tag)
		if !ok {
			r.say(below(at, "locale"), Invalid, "%q is not a language tag such as ar or en-GB", "%q ليس رمز لغة مثل ar أو en-GB", tag)
			continue
		}
		if seen[locale] {
			r.say(below(at, "locale"), Invalid, "there are two texts in the language %s", "ورد نصّان باللغة %s", locale)
			continue
		}
		seen[locale] = true
		t := words{field: f, locale: locale, path: below(at, "text")}
		if s, ok := m["text"].(string); ok {
			s = strings.ReplaceAll(s, "\r\n", "\n")
			if p := letters(s, f.limit, true, t.path); p != nil {
				r.problems = append(r.problems, p...)
				continue
			}
			if strings.TrimSpace(s) == "" {
				r.say(t.path, Text, "an empty text is none: give null to remove it", "النص الفارغ ليس نصاً: أعطِ null لحذفه")
				continue
			}
			t.text = &s
		}
		w.texts = append(w.texts, t)
	}
}

func (r *reading) partList(w *row, f *field, v any, path []string) {
	m, _ := v.(map[string]any)
	place := 0
	touched := map[int64]bool{}
	for i, x := range list(m["save"]) {
		part := &row{kind: f.to, path: below(path, "save", strconv.Itoa(i)), parent: w, via: f, depth: w.depth + 1}
		part.input, _ = x.(map[string]any)
		switch id := part.input["id"]; {
		case id != nil:
			_, key, p := r.model.key(id, below(part.path, "id"), f.to)
			if p != nil {
				r.problems = append(r.problems, *p)
				continue
			}
			if touched[key] {
				r.say(below(part.path, "id"), Invalid, "this one is already changed above", "هذا العنصر معدَّل أعلاه في الطلب نفسه")
				continue
			}
			touched[key] = true
			part.key = key
			if w.isNew && part.input[newKey] == nil {
				r.notFound(below(part.path, "id"))
				continue
			}
		default:
			part.isNew, part.place = true, place
			place++
			if key, ok := part.input[newKey].(string); ok {
				part.key, _ = strconv.ParseInt(key, 10, 64)
			}
		}
		w.parts = append(w.parts, part)
		r.element(part)
	}
	for i, x := range list(m["remove"]) {
		at := below(path, "remove", strconv.Itoa(i))
		_, key, p := r.model.key(x, at, f.to)
		switch {
		case p != nil:
			r.problems = append(r.problems, *p)
		case touched[key]:
			r.say(at, Invalid, "this one is changed or removed above", "هذا العنصر معدَّل أو محذوف أعلاه في الطلب نفسه")
		case w.isNew:
			r.notFound(at)
		default:
			touched[key] = true
			w.removed = append(w.removed, removal{f, key, at})
		}
	}
}

func (r *reading) linkList(w *row, f *field, v any, path []string) {
	m, _ := v.(map[string]any)
	for _, name := range []string{"unlink", "link"} {
		for i, x := range list(m[name]) {
			at := below(path, name, strconv.Itoa(i))
			_, key, p := r.model.key(x, at, f.to)
			if p != nil {
				r.problems = append(r.problems, *p)
				continue
			}
			if name == "link" {
				r.references = append(r.references, reference{f.to, key, f.list, at})
			}
			w.links = append(w.links, linking{f, key, name == "unlink", at})
		}
	}
}

func (r *reading) notFound(path []string) {
	r.say(path, NotFound, "there is no such record", "لا يوجد سجل بهذا المعرّف")
}

// list is a list of an input; one value stands for a list of one.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// Plain brings an input into the form in which a waiting change keeps it: maps, lists, strings, numbers as they were written. The
// copy is the caller's own.
func Plain(input map[string]any) (map[string]any, error) {
	raw, err := json.Marshal(input)
	if err != nil {
		return nil, fmt.Errorf("copy an input: %w", err)
	}
	return decode(raw)
}

func decode(raw []byte) (map[string]any, error) {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("read an input: %w", err)
	}
	return out, nil
}
