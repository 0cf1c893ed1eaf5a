package change

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// textOf is a text of a record, in whatever language.
type textOf struct {
	kind  string
	key   int64
	field string
}

// translation is a text as it is kept.
type translation struct{ locale, status, text string }

const (
	original = "ORIGINAL"
	draft    = "DRAFT"
	reviewed = "REVIEWED"
)

// digest tells one source text from another, as fn.digest does.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// wording turns the texts of the input into statements, and into additions. Of each field one text is the original, in the language of the record or, if the
// field has none in it, the first; the others are drafts of translations, which keep the digest of the original.
func (w *writing) wording() []statement {
	var gone, changed []statement
	for _, r := range w.rows {
		for len(r.texts) > 0 {
			n := 1
			for n < len(r.texts) && r.texts[n].field == r.texts[0].field {
				n++
			}
			w.wordsOf(r, r.texts[:n], &gone, &changed)
			r.texts = r.texts[n:]
		}
	}
	return append(gone, changed...)
}

// addition is a text in a language in which there was none.
type addition struct {
	of                   textOf
	locale, text, status string
	source, digest       any // of a translation
	path                 []string
}

// addTexts adds texts.
func (w *writing) addTexts(b *batch, list []addition) {
	b.add("insert into base.translation (subject_kind, subject_id, field, locale, text, status, source_locale, source_digest, translator) values ")
	for i, a := range list {
		b.add(map[bool]string{true: ", (", false: "("}[i > 0], b.typed(a.of.kind, "text"), ", ", b.typed(a.of.key, "bigint"), ", ", b.typed(a.of.field, "text"), ", ",
			b.typed(a.locale, "text"), ", ", b.typed(a.text, "text"), ", ", b.typed(a.status, "text"), ", ", b.typed(a.source, "text"), ", ", b.typed(a.digest, "text"), ", ",
			b.typed(w.author, "text"), ")")
	}
}

// wordsOf turns the texts of one field.
func (w *writing) wordsOf(r *row, given []words, gone, changed *[]statement) {
	of := textOf{r.kind.name, r.key, given[0].field.name}
	there := w.texts[of]
	if w.swaps() {
		there = swapped(there, w.locale)
	}
	source := w.locale
	if i := slices.IndexFunc(there, func(t translation) bool { return t.status == original }); i >= 0 {
		source = there[i].locale
	} else if !slices.ContainsFunc(given, func(t words) bool { return t.locale == source && t.text != nil }) {
		source = ""
		for _, t := range given {
			if t.text != nil && source == "" {
				source = t.locale
			}
		}
	}
	now := map[string]string{} // the texts as they will be
	for _, t := range there {
		now[t.locale] = t.text
	}
	for _, t := range given {
		if delete(now, t.locale); t.text != nil {
			now[t.locale] = *t.text
		}
	}
	text, ok := now[source]
	if !ok && len(now) > 0 {
		for _, t := range given {
			if t.locale == source {
				w.say(t.path, Invalid, "the original cannot be removed while there are translations of it", "لا يمكن حذف النص الأصلي ما دامت له ترجمات")
			}
		}
		return
	}
	for _, t := range given {
		i := slices.IndexFunc(there, func(x translation) bool { return x.locale == t.locale })
		switch {
		case t.text == nil && i >= 0:
			*gone = append(*gone, statement{path: t.path, write: func(b *batch) {
				b.add("delete from base.translation where ")
				where(b, of, t.locale)
			}})
		case t.text == nil:
		case i < 0:
			a := addition{of: of, locale: t.locale, text: *t.text, status: draft, source: source, digest: digest(text), path: t.path}
			if t.locale == source {
				a.status, a.source, a.digest = original, nil, nil
			}
			w.added = append(w.added, a)
		case there[i].text == *t.text:
		case there[i].status == original:
			*changed = append(*changed, statement{path: t.path, write: func(b *batch) {
				b.add("update base.translation set text = ", b.typed(*t.text, "text"), ", translator = ", b.typed(w.author, "text"), ", version = version + 1, updated_at = now() where ")
				where(b, of, t.locale)
			}})
		default: // the text of one that is reviewed stays: the table keeps the new one beside it
			*changed = append(*changed, statement{path: t.path, write: func(b *batch) {
				b.add("update base.translation set text = ", b.typed(*t.text, "text"), ", status = 'DRAFT', source_locale = ", b.typed(source, "text"), ", source_digest = ",
					b.typed(digest(text), "text"), ", method = 'HUMAN', translator = ", b.typed(w.author, "text"), ", version = version + 1, updated_at = now() where ")
				where(b, of, t.locale)
			}})
		}
	}
}

// swaps says whether the record gets another original language, so that its texts in that language become the originals.
func (w *writing) swaps() bool { return w.was != "" && w.was != w.locale }

// swap exchanges originals and translations in the database, as swapped does here; at the end of the change nothing may be left to exchange.
func (w *writing) swap(atEnd bool) statement {
	return statement{path: below(w.root.path, "originalLocale"), write: func(b *batch) {
		b.add("select base.swap_originals(", b.typed(w.root.kind.name, "text"), ", ", b.typed(w.root.key, "bigint"), ", ", b.typed(w.locale, "text"), ", ", b.typed(atEnd, "boolean"), ")")
	}}
}

// swapped are the texts of a field once that of a language is the original, if there is one.
func swapped(there []translation, locale string) []translation {
	next := slices.IndexFunc(there, func(t translation) bool { return t.locale == locale })
	former := slices.IndexFunc(there, func(t translation) bool { return t.status == original })
	if next < 0 || former < 0 || next == former {
		return there
	}
	out := slices.Clone(there)
	out[next].status, out[former].status = original, reviewed
	return out
}

// where is the condition on one text.
func where(b *batch, of textOf, locale string) {
	b.add("subject_kind = ", b.typed(of.kind, "text"), " and subject_id = ", b.typed(of.key, "bigint"), " and field = ", b.typed(of.field, "text"), " and locale = ", b.typed(locale, "text"))
}
