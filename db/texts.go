package db

import "strings"

// Texts are the publishable texts of one field of one record: language tag → text, and "<tag>#" → how far the text can be trusted, with "!" where
// the source text has changed since. They are a projection of the table translation, kept by its triggers; a loader that writes
// both itself (COPY of a large set) says "set local taawun.projection = off" and must write what the triggers would.
type Texts map[string]string

// Set puts a text and its status, which the public may read: ORIGINAL, REVIEWED or CERTIFIED.
func (t Texts) Set(locale, text, status string) {
	t[locale], t[locale+"#"] = text, status
}

// Get is the first text that exists among the languages, or any at all; empty if there is none.
func (t Texts) Get(locales ...string) string {
	for _, l := range locales {
		if s, ok := t[l]; ok {
			return s
		}
	}
	for l, s := range t {
		if !strings.HasSuffix(l, "#") {
			return s
		}
	}
	return ""
}
