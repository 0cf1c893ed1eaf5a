package oracle

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/text/language"
)

// text is a text in the best language for the reader: the language asked for, the fallbacks or else the reader's own
// languages, the original, any. A language stands for the wider ones too: ar for ar-SY.
func (x *execution) text(texts object, f *ast.Field) any {
	if len(texts) == 0 {
		return nil
	}
	locale, fallback := x.in.argument(f, "locale"), x.in.argument(f, "fallback")
	var wanted, tried []string
	if locale != nil {
		wanted = widened(locale.(string))
		if fallback == nil {
			tried = widened(x.locales...)
		}
	} else {
		wanted = widened(x.locales[0])
		tried = widened(x.locales...)
	}
	for _, l := range list(fallback) {
		tried = append(tried, widened(l.(string))...)
	}
	chosen := ""
	for _, l := range append(slices.Clone(wanted), tried...) {
		if chosen == "" && texts.get(l) != nil {
			chosen = l
		}
	}
	var have, originals []string
	for _, m := range texts {
		if strings.HasSuffix(m.name, "#") {
			continue
		}
		have = append(have, m.name)
		if status, _ := texts.get(m.name + "#").(string); strings.HasPrefix(status, "ORIGINAL") {
			originals = append(originals, m.name)
		}
	}
	slices.Sort(have)
	slices.Sort(originals)
	if chosen == "" {
		chosen = append(originals, have...)[0]
	}
	status := texts.get(chosen + "#").(string)
	out := object{}
	for _, c := range x.collect("LocalizedText", f.SelectionSet) {
		var v any
		switch c.Name {
		case "__typename":
			v = "LocalizedText"
		case "text":
			v = texts.get(chosen)
		case "locale":
			v = chosen
		case "direction":
			v = direction(chosen)
		case "status":
			v = strings.TrimSuffix(status, "!")
		case "isStale":
			v = strings.HasSuffix(status, "!")
		case "isFallback":
			v = !slices.Contains(wanted, chosen)
		}
		out = append(out, member{c.Alias, v})
	}
	return out
}

// widened are languages, each followed by its wider forms: ar-SY, ar.
func widened(locales ...string) (out []string) {
	for _, l := range locales {
		parts := strings.Split(l, "-")
		for n := len(parts); n > 0; n-- {
			out = append(out, strings.Join(parts[:n], "-"))
		}
	}
	return out
}

// direction is the direction of the script in which a language is written, as Unicode's likely subtags know it.
func direction(locale string) string {
	script, _ := language.Make(locale).Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Aran":
		return "RTL"
	}
	return "LTR"
}
