package iati

import (
	"reflect"
	"testing"

	"taawun/db/reference/imported"
)

func TestMerge(t *testing.T) {
	t.Parallel()
	en := standing{id: 1, locale: "en", text: "Water", status: original}
	fr := standing{id: 2, locale: "fr", text: "Eau", status: reviewed, sourceLocale: "en", sourceDigest: imported.Digest("Water")}
	ours := standing{id: 3, locale: "ar", text: "ماء", status: certified, sourceLocale: "en", sourceDigest: imported.Digest("Water"), ours: true}
	draft := standing{id: 4, locale: "ku", text: "Av", status: "DRAFT", ours: true}
	mine := standing{id: 5, locale: "en", text: "Water, corrected here", status: original, ours: true}
	for name, c := range map[string]struct {
		before []standing
		given  texts
		want   revision
		shown  map[string]string
	}{
		"nothing": {shown: map[string]string{}},
		"new": {given: texts{{"en", "Water"}, {"fr", "Eau"}},
			want:  revision{after: strip(en, fr), added: strip(en, fr)},
			shown: map[string]string{"en": "Water", "en#": "ORIGINAL", "fr": "Eau", "fr#": "REVIEWED"}},
		"same": {before: []standing{en, fr}, given: texts{{"en", "Water"}, {"fr", "Eau"}},
			want:  revision{after: []standing{en, fr}},
			shown: map[string]string{"en": "Water", "en#": "ORIGINAL", "fr": "Eau", "fr#": "REVIEWED"}},
		"changed under a text of ours": {before: []standing{en, ours, draft}, given: texts{{"en", "Clean water"}},
			want: revision{after: []standing{ours, draft, {id: 1, locale: "en", text: "Clean water", status: original}},
				changed: []standing{{id: 1, locale: "en", text: "Clean water", status: original}}},
			shown: map[string]string{"en": "Clean water", "en#": "ORIGINAL", "ar": "ماء", "ar#": "CERTIFIED!"}},
		"gone": {before: []standing{en, fr, ours}, given: nil,
			want:  revision{after: []standing{ours}, removed: []int64{1, 2}},
			shown: map[string]string{"ar": "ماء", "ar#": "CERTIFIED!"}},
		"original moves": {before: []standing{en, fr}, given: texts{{"fr", "Eau"}, {"en", "Water"}},
			want: revision{after: []standing{{id: 2, locale: "fr", text: "Eau", status: original},
				{id: 1, locale: "en", text: "Water", status: reviewed, sourceLocale: "fr", sourceDigest: imported.Digest("Eau")}},
				changed: []standing{{id: 2, locale: "fr", text: "Eau", status: original},
					{id: 1, locale: "en", text: "Water", status: reviewed, sourceLocale: "fr", sourceDigest: imported.Digest("Eau")}}},
			shown: map[string]string{"fr": "Eau", "fr#": "ORIGINAL", "en": "Water", "en#": "REVIEWED"}},
		"original of ours": {before: []standing{mine}, given: texts{{"en", "Water"}, {"fr", "Eau"}},
			want: revision{after: []standing{mine, {locale: "fr", text: "Eau", status: reviewed, sourceLocale: "en", sourceDigest: imported.Digest(mine.text)}},
				added: []standing{{locale: "fr", text: "Eau", status: reviewed, sourceLocale: "en", sourceDigest: imported.Digest(mine.text)}}},
			shown: map[string]string{"en": mine.text, "en#": "ORIGINAL", "fr": "Eau", "fr#": "REVIEWED"}},
		"given in a language of ours": {before: []standing{ours}, given: texts{{"ar", "مياه"}, {"en", "Water"}},
			want:  revision{after: append([]standing{ours}, strip(en)...), added: strip(en)},
			shown: map[string]string{"en": "Water", "en#": "ORIGINAL", "ar": "ماء", "ar#": "CERTIFIED"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := merge(c.before, c.given)
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			if shown := projection(got.after); !reflect.DeepEqual(shown, c.shown) {
				t.Errorf("projection %v, want %v", shown, c.shown)
			}
		})
	}
}

// strip takes the keys off, as texts have none before they are written.
func strip(all ...standing) []standing {
	for i := range all {
		all[i].id = 0
	}
	return all
}

func TestLocales(t *testing.T) {
	t.Parallel()
	l := make(locales)
	for declared, want := range map[string]string{"": "und", "EN": "en", " es ": "es", "ar-SY": "ar-SY", "AR_sy": "ar-SY", "English": "und", "spa": "es", "zz-zz-zz-zz": "und",
		"x-0123456789012345678901234567890123456789": "und", "iw": "he"} {
		if got := l.of(declared); got != want {
			t.Errorf("%q is %q, want %q", declared, got, want)
		}
	}
}
