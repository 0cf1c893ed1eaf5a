package oracle

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// vary gives some variables of an operation other values, of the same shape or of another, as the next call of a client
// would; false if there is nothing to vary.
func (g *generator) vary(made *operation) bool {
	varied := false
	for _, name := range sortedNames(made.types) {
		t := made.types[name]
		if !odds(g.random, 50) || len(made.pages) > 0 && strings.Contains(t.Name(), "Order") { // a cursor belongs to its order
			continue
		}
		if !t.NonNull && odds(g.random, 15) {
			delete(made.variables, name)
			if odds(g.random, 50) {
				made.variables[name] = nil
			}
			varied = true
			continue
		}
		other := one(g.random, append(g.sent[t.Name()+strconv.FormatBool(t.Elem != nil)], nil))
		if other != nil && fits(t, made.variables[name], other) {
			made.variables[name] = other
			varied = true
		}
	}
	return varied
}

// fits says whether another value of a type can stand where a value stood: ids must be of the same kind of record, pages
// small, words few.
func fits(t *ast.Type, v, other any) bool {
	switch t.Name() {
	case "ID", "IDFilter":
		had, has := map[string]bool{}, map[string]bool{}
		prefixes(v, had)
		prefixes(other, has)
		for prefix := range has {
			if !had[prefix] {
				return false
			}
		}
	case "Int":
		n, ok := other.(json.Number)
		return ok && len(n) < 3 && n[0] != '-'
	case "String":
		text, ok := other.(string)
		return ok && len(strings.Fields(text)) < 5
	}
	return true
}

// prefixes are the prefixes of the ids in a value.
func prefixes(v any, found map[string]bool) {
	switch v := v.(type) {
	case string:
		prefix, _, _ := strings.Cut(v, "_")
		found[prefix] = true
	case []any:
		for _, x := range v {
			prefixes(x, found)
		}
	case map[string]any:
		for _, x := range v {
			prefixes(x, found)
		}
	}
}
