package compile

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// localizedText is the type of a text in several languages. Its column is a jsonb object, locale → text, with the status of
// each text under <locale>#, followed by ! where the text is stale.
const localizedText = "LocalizedText"

// lastLocale is the SQL function that names the language of last resort: the original's, else any.
const lastLocale = "fallback_locale"

// rightToLeftScript finds a script written from right to left that a tag names, anyScript any script.
const rightToLeftScript, anyScript = "'-(Arab|Aran|Hebr|Syrc|Thaa|Nkoo)(-|$)'", "'-[A-Z][a-z]{3}(-|$)'"

// rightToLeft are the languages written from right to left in their usual script.
const rightToLeft = "'ar','arc','ckb','dv','fa','he','ks','ps','sd','syr','ug','ur','yi'"

// text writes the text that suits the reader best: in the language asked for, then the fallbacks (or the reader's own
// languages), then the original, then any.
func (c *compilation) text(sql string, f *ast.Field) string {
	tried, first := c.locales(f)
	last := lastLocale + "(" + sql + ")"
	fields := c.collect(localizedText, f.SelectionSet)
	uses, needed := 0, 0 // a parameter that nothing refers to has no type: bind only what is written
	for _, x := range fields {
		switch x.Name {
		case "locale", "direction", "status", "isStale":
			uses++
			needed = len(tried)
		case "text":
			needed = len(tried)
		case "isFallback":
			needed = max(needed, first)
		}
	}
	var whens, texts, wanted []string
	for i, bind := range tried[:needed] {
		l := bind()
		whens = append(whens, "when "+sql+" ? "+l+" then "+l)
		texts = append(texts, sql+"->>"+l)
		if i < first {
			wanted = append(wanted, sql+" ? "+l)
		}
	}
	locale := "case " + strings.Join(whens, " ") + " else " + last + " end"
	from := ""
	if uses > 2 { // found once for all fields
		row := c.alias()
		from, locale = " from (select "+locale+" l offset 0) "+row, row+".l"
	}
	status := "(" + sql + "->>(" + locale + "||'#'))"
	value := "coalesce(" + strings.Join(texts, ",") + "," + sql + "->>" + last + ")"
	var pairs []pair
	for _, x := range fields {
		var e string
		switch x.Name {
		case "text":
			e = value
			if f.Definition.Type.NonNull {
				e = "coalesce(" + value + ",'')"
			}
		case "locale":
			e = locale
			if f.Definition.Type.NonNull {
				e = "coalesce(" + locale + ",'und')"
			}
		case "direction":
			e = "case when " + locale + " ~ " + rightToLeftScript + " or split_part(" + locale + ",'-',1) in (" + rightToLeft + ") and " + locale + " !~ " + anyScript +
				" then 'RTL' else 'LTR' end"
		case "status":
			e = "coalesce(rtrim(" + status + ",'!'),'ORIGINAL')"
		case "isStale":
			e = "coalesce(right(" + status + ",1)='!',false)"
		case "isFallback":
			e = "not (" + strings.Join(wanted, " or ") + ")"
		default:
			e = text(localizedText)
		}
		pairs = append(pairs, pair{x.Alias, e})
	}
	result := object(pairs)
	if from != "" {
		result = "(select " + result + from + ")"
	}
	if f.Definition.Type.NonNull {
		return result
	}
	return "case when " + sql + "<>'{}' then " + result + " end"
}

// locales give the placeholders of the languages to try, wider ones after each, and how many stand for the one asked for.
func (c *compilation) locales(f *ast.Field) (placeholders []func() string, first int) {
	add := func(v value) {
		s := c.source(v)
		now, _ := v.now.(string)
		if v.path == nil {
			now, _ = s.literal.(string)
		}
		for i := range lookup(now) {
			placeholders = append(placeholders, func() string { return c.bindSource(s, v.at, "text", wider(i)) })
		}
	}
	own := func() {
		for i := range c.request.locales {
			placeholders = append(placeholders, func() string { return c.bindSource(source{locale: i + 1}, "locale", "text", maker{}) })
		}
	}
	locale, fallback := c.argument(f, "locale"), c.argument(f, "fallback")
	if locale.null() {
		own()
		first = c.request.first
	} else {
		add(locale)
		first = len(placeholders)
	}
	if !fallback.null() {
		for _, x := range c.items(fallback) {
			if !x.null() {
				add(x)
			}
		}
	} else if !locale.null() {
		own()
	}
	return placeholders, first
}
