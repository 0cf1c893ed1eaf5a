package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"taawun/db"
)

// languages are those of the demonstration, in the order in which texts are written.
var languages = [...]string{"ar", "en", "fr"}

// wording is one text in the languages it may be written in or translated into.
type wording struct{ ar, en, fr string }

func (w wording) in(locale string) string {
	switch locale {
	case "ar":
		return w.ar
	case "en":
		return w.en
	default:
		return w.fr
	}
}

// subject is the record whose texts are written.
type subject struct {
	kind      string // type in the contract
	id        int64
	original  string // language in which it was first written
	published bool
	at        time.Time // when it was entered
	complete  bool      // Arabic and English are there and public; only some records of the demonstration are so fortunate
}

// text writes the rows of table translation for a field and returns what the triggers would project from them. About one record in
// five written in another language has no public Arabic; some translations are drafts, made by machine, or stale.
func (g *generator) text(s subject, field string, w wording) db.Texts {
	texts := db.Texts{}
	source := w.in(s.original)
	original := s.original
	if source == "" {
		original, source = "en", w.en
	}
	for _, locale := range languages {
		text := w.in(locale)
		if text == "" {
			continue
		}
		if locale == original {
			g.translation(s, field, locale, text, "ORIGINAL", "", "", 0)
			texts.Set(locale, text, "ORIGINAL")
			continue
		}
		status, stale := g.standing(locale, s.complete)
		if status == "" {
			continue
		}
		made := source
		if stale {
			made += " (first version)"
		}
		g.translation(s, field, locale, text, status, original, digest(made), 24*time.Hour*time.Duration(1+g.random.IntN(20)))
		switch status {
		case "REVIEWED", "CERTIFIED":
			if stale {
				status += "!"
			}
			texts.Set(locale, text, status)
		}
	}
	return texts
}

// standing is how far a translation has come; an empty status means that there is none.
func (g *generator) standing(locale string, complete bool) (status string, stale bool) {
	n := g.random.IntN(100)
	switch {
	case locale == "fr":
		return choose(n < 8, "REVIEWED", ""), n < 1
	case complete:
		return choose(n < 30, "CERTIFIED", "REVIEWED"), false
	case n < 12:
		return "", false
	case n < 22:
		return "DRAFT", false
	case n < 30:
		return "MACHINE", false
	case n < 40:
		return "CERTIFIED", false
	default:
		return "REVIEWED", n < 50
	}
}

func (g *generator) translation(s subject, field, locale, text, status, from, madeOf string, later time.Duration) {
	method := "HUMAN"
	var translator, reviewer, certifier optional
	switch status {
	case "MACHINE":
		method = "MACHINE"
	case "DRAFT":
		translator = optional(g.words.person(g).en)
	case "REVIEWED":
		translator, reviewer = optional(g.words.person(g).en), optional(g.words.person(g).en)
	case "CERTIFIED":
		translator, reviewer, certifier = optional(g.words.person(g).en), optional(g.words.person(g).en), "Certified Translation Section"
	}
	t := g.tables.translation
	t.add(t.next(), s.id, s.kind, field, locale, text, status, optional(from), optional(madeOf), method, translator, reviewer, certifier,
		s.at.Add(later), s.at.Add(later), s.published)
}

// digest is fn.digest.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func choose[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}
