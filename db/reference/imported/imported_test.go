package imported

import (
	"testing"

	"taawun/db"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given, current string
		before         Values
		others         []Values
		onlyNews       bool
		want           Verdict
	}{
		"nothing given":                        {given: "", current: "a", want: Same},
		"what stands is given":                 {given: "a", current: "a", want: Same},
		"nothing stands":                       {given: "a", want: Take},
		"untouched since":                      {given: "b", current: "a", before: Values{"k": "a"}, want: Take},
		"changed by people":                    {given: "b", current: "x", before: Values{"k": "a"}, want: Keep},
		"entered by people":                    {given: "b", current: "x", want: Keep},
		"given by another source":              {given: "b", current: "a", others: []Values{{"j": "a"}, {"k": "a"}}, want: Take},
		"given by another source, edited":      {given: "b", current: "x", others: []Values{{"k": "a"}}, want: Keep},
		"again, after another source":          {given: "a", current: "b", before: Values{"k": "a"}, others: []Values{{"k": "b"}}, want: Take},
		"again, after another source, no news": {given: "a", current: "b", before: Values{"k": "a"}, others: []Values{{"k": "b"}}, onlyNews: true, want: Same},
		"again, after people removed, no news": {given: "a", before: Values{"k": "a"}, onlyNews: true, want: Same},
		"news":                                 {given: "c", current: "a", before: Values{"k": "a"}, onlyNews: true, want: Take},
		"news, after people changed the value": {given: "c", current: "x", before: Values{"k": "a"}, onlyNews: true, want: Keep},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Judge("k", c.given, c.current, c.before, c.others, c.onlyNews); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// standing is a text as it stands in the database.
func standing(locale, text, status, method, source string) *db.Translation {
	r := &db.Translation{ID: 1, Locale: locale, Text: text, Status: status, Method: method, Version: 1}
	if source != "" {
		digest := Digest(source)
		r.SourceDigest = &digest
	}
	return r
}

func TestMerge(t *testing.T) {
	t.Parallel()
	before := Values{"en": "Water", "ar": "مياه"}
	for name, c := range map[string]struct {
		texts          Values
		current        []*db.Translation
		added, updated map[string]string // language → text, status and source of the digest
		kept           int
	}{
		"new record":  {texts: before, added: map[string]string{"en": "Water ORIGINAL ", "ar": "مياه REVIEWED Water"}},
		"nothing new": {texts: before, current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, ""), standing("ar", "مياه", "REVIEWED", Method, "Water")}},
		"new original, same translation": {texts: Values{"en": "Water supply", "ar": "مياه"},
			current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, ""), standing("ar", "مياه", "REVIEWED", Method, "Water")},
			updated: map[string]string{"en": "Water supply ORIGINAL ", "ar": "مياه REVIEWED Water supply"}},
		"new original, a person's translation grows stale": {texts: Values{"en": "Water supply", "ar": "مياه"},
			current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, ""), standing("ar", "ماء", "REVIEWED", "HUMAN", "Water")},
			updated: map[string]string{"en": "Water supply ORIGINAL "}, kept: 1},
		"a person's original, new translation is of the source's original": {texts: Values{"en": "Water", "ar": "إمدادات المياه"},
			current: []*db.Translation{standing("en", "Waters", "ORIGINAL", "HUMAN", ""), standing("ar", "مياه", "REVIEWED", Method, "Water")},
			updated: map[string]string{"ar": "إمدادات المياه REVIEWED Water"}, kept: 1},
		"a certified text": {texts: Values{"ar": "إمدادات المياه"},
			current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, ""), standing("ar", "مياه", "CERTIFIED", Method, "Water")}, kept: 1},
		"another language": {texts: Values{"fr": "Eau"}, current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, "")},
			added: map[string]string{"fr": "Eau REVIEWED Water"}},
		"a draft stays a draft": {texts: Values{"ar": "إمدادات المياه"},
			current: []*db.Translation{standing("en", "Water", "ORIGINAL", Method, ""), standing("ar", "مياه", "DRAFT", Method, "Water")},
			updated: map[string]string{"ar": "إمدادات المياه DRAFT Water"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes Changes
			changed := changes.Merge(Field{Kind: "CodeListItem", ID: 7, Name: "name", Original: "en", Texts: c.texts, Before: before, Current: c.current})
			if changed != (len(c.added)+len(c.updated) > 0) || changes.Kept != c.kept {
				t.Errorf("changed %v, kept %d", changed, changes.Kept)
			}
			compare(t, "added", changes.Added, c.added)
			compare(t, "updated", changes.Updated, c.updated)
			for _, u := range changes.Updated {
				if u.Version != 2 {
					t.Errorf("version %d of an updated text", u.Version)
				}
			}
		})
	}
}

func compare(t *testing.T, what string, got []*db.Translation, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%d texts %s, want %d", len(got), what, len(want))
	}
	for _, r := range got {
		source := ""
		for _, s := range []string{"Water", "Water supply", "Waters"} {
			if r.SourceDigest != nil && *r.SourceDigest == Digest(s) {
				source = s
			}
		}
		if text := r.Text + " " + r.Status + " " + source; text != want[r.Locale] {
			t.Errorf("%s %s: %q, want %q", what, r.Locale, text, want[r.Locale])
		}
	}
}

func TestProjection(t *testing.T) {
	t.Parallel()
	p := Projection("ar", Values{"ar": "مياه", "en": "Water"})
	if p["ar"] != "مياه" || p["ar#"] != "ORIGINAL" || p["en#"] != "REVIEWED" || len(p) != 4 {
		t.Errorf("%v", p)
	}
	if p := Projection("ar", Values{"en": "Water"}); p["en#"] != "REVIEWED!" {
		t.Errorf("%v", p)
	}
	if p := Projection("ar", nil); p != nil {
		t.Errorf("%v", p)
	}
}
