package iati

import (
	"strings"

	"golang.org/x/text/language"

	"taawun/db/reference/imported"
)

// undetermined is the language of a text for which the file names none.
const undetermined = "und"

const (
	original  = "ORIGINAL"
	reviewed  = "REVIEWED"
	certified = "CERTIFIED"
)

// text is one text in one language.
type text struct{ locale, text string }

// texts are the texts of one field in several languages, the original first.
type texts []text

// original is the text that the publisher wrote first; empty if there is none.
func (t texts) original() string {
	if len(t) == 0 {
		return ""
	}
	return t[0].text
}

// locales canonicalises the languages that files declare: ES, es and spa are one.
type locales map[string]string

func (l locales) of(declared string) string {
	const maxTag = 35 // the length that BCP 47 asks programs to hold at least
	tag, known := l[declared]
	if known {
		return tag
	}
	tag = undetermined
	if declared = strings.TrimSpace(declared); len(declared) <= maxTag {
		if parsed, err := language.Parse(declared); err == nil {
			tag = parsed.String()
		}
	}
	if len(l) < 1000 { // an honest file has a few
		l[declared] = tag
	}
	return tag
}

// Narratives says what became of the narrative elements of a file. Together they are all of them.
type Narratives struct {
	Stored   int // stand as a text of their own
	Joined   int // continue a text of the same element in the same language
	Repeated int // say again what stands already
	Empty    int // say nothing
	Verbatim int // stand in elements that are kept as XML only
}

func (n *Narratives) add(m Narratives) {
	n.Stored += m.Stored
	n.Joined += m.Joined
	n.Repeated += m.Repeated
	n.Empty += m.Empty
	n.Verbatim += m.Verbatim
}

// Several narratives of one field in one language are one text. Names and titles are joined on one line.
const (
	sameLine = " / "
	newLine  = "\n\n"
)

// gather collects the narratives of the elements as the texts of one field. The original is the text in the record's own language,
// or else the first one.
func (p *parser) gather(join string, elements ...*element) texts {
	var found texts
	for _, e := range elements {
		if e == nil {
			continue
		}
		fallback := p.locale
		if l := e.lang(); l != "" { // not foreseen by the standard, but several publishers write it
			fallback = p.locales.of(l)
		}
		for _, n := range e.all("narrative") {
			p.add(&found, join, fallback, n)
		}
	}
	for i := range found {
		if found[i].locale == p.locale {
			found[0], found[i] = found[i], found[0]
			break
		}
	}
	return found
}

// peek gathers the texts of an element that are told elsewhere too, without counting its narratives.
func (p *parser) peek(e *element) texts {
	counted := p.rec.narratives
	found := p.gather(sameLine, e)
	p.rec.narratives = counted
	return found
}

func (p *parser) add(found *texts, join, locale string, n *element) {
	words := n.value()
	if words == "" {
		p.rec.narratives.Empty++
		return
	}
	if l := n.lang(); strings.TrimSpace(l) != "" {
		locale = p.locales.of(l)
	}
	for i := range *found {
		t := &(*found)[i]
		if t.locale != locale {
			continue
		}
		for part := range strings.SplitSeq(t.text, join) {
			if part == words {
				p.rec.narratives.Repeated++
				return
			}
		}
		t.text += join + words
		p.rec.narratives.Joined++
		return
	}
	*found = append(*found, text{locale, words})
	p.rec.narratives.Stored++
}

// standing is a translation as it stands, or is to stand, in the database.
type standing struct {
	id           int64
	locale       string
	text         string
	status       string
	sourceLocale string
	sourceDigest string
	ours         bool // written or approved by people here: an import never touches it
}

func (s *standing) same(o *standing) bool {
	return s.text == o.text && s.status == o.status && s.sourceLocale == o.sourceLocale && s.sourceDigest == o.sourceDigest
}

// revision is what an import changes of the texts of one field.
type revision struct {
	after   []standing // all texts of the field after the import
	added   []standing
	changed []standing
	removed []int64
}

// merge brings the texts of a publisher into a field. Texts of people here stay as they are, in their language and, if one of them is
// the original, as the original; texts of earlier imports follow the publisher.
func merge(before []standing, given texts) revision {
	var r revision
	source, ours := standing{}, make(map[string]bool)
	for _, s := range before {
		if s.ours {
			ours[s.locale] = true
			r.after = append(r.after, s)
			if s.status == original {
				source = s
			}
		}
	}
	earlier := make(map[string]standing)
	for _, s := range before {
		if !s.ours {
			earlier[s.locale] = s
		}
	}
	for _, t := range given {
		if ours[t.locale] {
			continue
		}
		next := standing{locale: t.locale, text: t.text, status: original}
		if source.locale != "" {
			next.status, next.sourceLocale, next.sourceDigest = reviewed, source.locale, imported.Digest(source.text)
		} else {
			source = next
		}
		if was, ok := earlier[t.locale]; ok {
			next.id = was.id
			delete(earlier, t.locale)
			if !next.same(&was) {
				r.changed = append(r.changed, next)
			}
		} else {
			r.added = append(r.added, next)
		}
		r.after = append(r.after, next)
	}
	for _, s := range before {
		if _, gone := earlier[s.locale]; gone && !s.ours {
			r.removed = append(r.removed, s.id)
		}
	}
	return r
}

// projection is the column that shows the publishable texts to readers; the same as the triggers of the table translation would write.
func projection(all []standing) map[string]string {
	shown := make(map[string]string, 2*len(all))
	for _, s := range all {
		switch s.status {
		case original:
			shown[s.locale], shown[s.locale+"#"] = s.text, s.status
		case reviewed, certified:
			shown[s.locale], shown[s.locale+"#"] = s.text, s.status
			if s.sourceDigest != originalDigest(all) {
				shown[s.locale+"#"] += "!"
			}
		}
	}
	return shown
}

// originalDigest is the digest of the original; empty if there is none.
func originalDigest(all []standing) string {
	for _, s := range all {
		if s.status == original {
			return imported.Digest(s.text)
		}
	}
	return ""
}
