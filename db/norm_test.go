package db_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db/dbtest"
)

// The definitions with which the first release wrote its search columns and digests. What is written today must be the same to the letter.
const firstNorm = `
	create function fn.first_norm(value text) returns text language sql immutable strict as $$
		select case when octet_length(value) = length(value) then lower(value) else translate(
			regexp_replace(normalize(lower(value), NFKD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]', '', 'g'),
			'ىةٱکیھہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ء', 'يهاكيهه01234567890123456789') end
	$$`

const firstDigest = `
	create function fn.first_digest(value text) returns text language plpgsql immutable strict as $$
	begin
		return encode(sha256(convert_to(value, 'UTF8')), 'hex');
	end $$`

// TestNormOfEveryLetter compares over every letter and mark of the planes in use: alone, between letters of two scripts, and before a mark.
func TestNormOfEveryLetter(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, firstNorm)
	wrong := read(t, d, `
		select to_hex(c) || ' ' || w from generate_series(1, 131071) c, lateral (values (chr(c)), ('Ab' || chr(c) || 'يE9٣'), (chr(c) || U&'\0651\0301ة')) x(w)
		where c not between 55296 and 57343 and (c < 12288 or w = chr(c)) and fn.norm(w) is distinct from fn.first_norm(w) limit 20`)
	if wrong != "" {
		t.Errorf("another normal form than before:\n%s", wrong)
	}
}

// TestTextsAsBefore compares over texts: made ones, and those of published files where they are present.
func TestTextsAsBefore(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, firstNorm, firstDigest)
	same(t, d, []string{"", " ", "Water", "WATER 12", `C:\new\x41\101`, `\x414243`, `\`, `\\`, `'"`, "a\tb\nc\r", "Ωmega ﬁn ½ ＡＢＣ İstanbul ǅ ẞ", "a\u0301\u0328e\u0308 Ế",
		"مُحَمَّد ـ المـــياه", "أإآٱؤئء ىة", "کیھہ ۱۲۳ ٤٥٦ 789", "ﻻ ﷲ ﷺ", "می\u200cخواهم\u200f", "مشروع Water ١٢ – “Phase Ⅱ”", "दिल्ली 水 한글 🚰", "\u06dd\u06d6\u0600",
		strings.Repeat("Réhabilitation de l'école n° 5 / إعادة تأهيل المدرسة ", 500)})
	files, err := filepath.Glob("iati/testdata/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	published, err := filepath.Glob("../../shared/data/iati/published/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, published...) {
		same(t, d, words(t, path))
	}
}

// words are the distinct texts of an XML file, up to where it may be broken.
func words(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dec := xml.NewDecoder(f)
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	seen := make(map[string]bool)
	var all []string
	for {
		tok, err := dec.Token()
		var broken *xml.SyntaxError
		if err == io.EOF || errors.As(err, &broken) {
			return all
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if text, ok := tok.(xml.CharData); ok && !seen[string(text)] {
			seen[string(text)] = true
			all = append(all, string(text))
		}
	}
}

func same(t *testing.T, d *bun.DB, texts []string) {
	t.Helper()
	var wrong []string
	err := d.NewRaw(`select left(w, 200) from unnest(?::text[]) w where fn.norm(w) is distinct from fn.first_norm(w) or fn.digest(w) is distinct from fn.first_digest(w) limit 20`,
		pgdialect.Array(texts)).Scan(t.Context(), &wrong)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrong {
		t.Errorf("%q is normalised or digested otherwise than before", w)
	}
}
