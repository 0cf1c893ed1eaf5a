package change

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"taawun/graph/compile"
)

// Subject is a field of a record in which there are texts in several languages.
type Subject struct {
	Kind  string
	Key   int64
	Field string
}

// Subject reads the record and the field to which a text belongs, at the places "subjectId" and "field" of an input. Whether the actor sees the record
// PostgreSQL says.
func (e *Engine) Subject(input map[string]any) (Subject, []Problem) {
	var kinds []*kind
	if union := e.model.contract.Types["Translatable"]; union != nil {
		for _, name := range union.Types {
			if k := e.model.kinds[name]; k != nil {
				kinds = append(kinds, k)
			}
		}
	}
	k, key, p := e.model.key(input["subjectId"], []string{"subjectId"}, kinds...)
	if p != nil {
		return Subject{}, []Problem{*p}
	}
	name, _ := input["field"].(string)
	var f *ast.FieldDefinition
	if d := e.model.contract.Types[k.name]; d != nil {
		f = d.Fields.ForName(name)
	}
	if f == nil || f.Type.Name() != "LocalizedText" || k.columns[snake(name)] == nil {
		return Subject{}, []Problem{refuse([]string{"field"}, Invalid, "%.100q is no text of a %s that is translated", "%.100q ليس نصاً مترجَماً من نصوص %s", name, k.name)}
	}
	return Subject{k.name, key, name}, nil
}

// Wording checks a text in the form in which it is kept: line breaks of one kind, no control characters, not empty, not too long.
func Wording(text string, path ...string) (string, []Problem) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if p := letters(text, textLength, true, path); p != nil {
		return "", p
	}
	if strings.TrimSpace(text) == "" {
		return "", []Problem{Refuse(Text, "an empty text is none", "النص الفارغ ليس نصاً", path...)}
	}
	return text, nil
}

// Remark checks what is said about a step; empty is nothing said.
func Remark(text string, path ...string) (string, []Problem) {
	return strings.TrimSpace(text), letters(text, nameLength, true, path)
}

// Locale reads a language tag in the spelling in which texts are kept.
func Locale(tag string, path ...string) (string, []Problem) {
	l, ok := compile.CanonicalLocale(tag)
	if !ok {
		return "", []Problem{refuse(path, Invalid, "%.100q is not a language tag such as ar or en-GB", "%.100q ليس رمز لغة مثل ar أو en-GB", tag)}
	}
	return l, nil
}
