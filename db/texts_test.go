package db_test

import (
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

func TestTextsFollowTranslations(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d,
		`insert into project (id, code, status, original_locale) values (1, 'P1', 'IMPLEMENTATION', 'en'), (2, 'P2', 'PIPELINE', 'en')`,
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values
			('Project', 1, 'title', 'en', 'Water', 'ORIGINAL'), ('Project', 2, 'title', 'en', 'Roads', 'ORIGINAL'), ('Project', 1, 'targetGroups', 'en', 'Farmers', 'ORIGINAL')`)
	const title = `select title::text from project where id = 1`
	steps := []struct{ name, do, want string }{
		{"a reviewed translation is shown", `insert into translation (subject_kind, subject_id, field, locale, text, status, source_digest)
			values ('Project', 1, 'title', 'ar', 'مياه', 'REVIEWED', fn.digest('Water'))`, `{"ar": "مياه", "en": "Water", "ar#": "REVIEWED", "en#": "ORIGINAL"}`},
		{"a draft is not", `insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'title', 'fr', 'Eau', 'DRAFT')`,
			`{"ar": "مياه", "en": "Water", "ar#": "REVIEWED", "en#": "ORIGINAL"}`},
		{"a changed source makes it stale", `update translation set text = 'Water supply' where subject_id = 1 and field = 'title' and locale = 'en'`,
			`{"ar": "مياه", "en": "Water supply", "ar#": "REVIEWED!", "en#": "ORIGINAL"}`},
		{"a new translation is fresh again", `update translation set text = 'إمداد المياه', status = 'CERTIFIED', source_digest = fn.digest('Water supply') where subject_id = 1 and locale = 'ar'`,
			`{"ar": "إمداد المياه", "en": "Water supply", "ar#": "CERTIFIED", "en#": "ORIGINAL"}`},
		{"a removed one goes", `delete from translation where subject_id = 1 and locale = 'ar'`, `{"en": "Water supply", "en#": "ORIGINAL"}`},
	}
	for _, s := range steps {
		run(t, d, s.do)
		if got := read(t, d, title); got != s.want {
			t.Errorf("%s: %s, want %s", s.name, got, s.want)
		}
	}
	if got := read(t, d, `select target_groups->>'en' || ' ' || (title->>'en') from project order by id limit 1`); got != "Farmers Water supply" {
		t.Errorf("a field of two words and one of one: %s", got)
	}
	if got := read(t, d, `select title->>'en' from project where id = 2`); got != "Roads" {
		t.Errorf("another record: %s", got)
	}
	refused(t, d, "no field colour of Project can be translated",
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'colour', 'en', 'x', 'ORIGINAL')`)
	refused(t, d, "no record of kind Prospect can be spoken of",
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Prospect', 1, 'title', 'en', 'x', 'ORIGINAL')`)
	refused(t, d, "duplicate key", `insert into translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 2, 'title', 'fr', 'x', 'ORIGINAL')`)
	run(t, d, `delete from project where id = 1`)
	if got := read(t, d, `select count(*) from translation`); got != "1" {
		t.Errorf("%s translations are left after a record went; want the other record's", got)
	}
}

func TestTextsGet(t *testing.T) {
	t.Parallel()
	texts := db.Texts{}
	texts.Set("en", "Water", "ORIGINAL")
	texts.Set("ar", "مياه", "REVIEWED")
	for _, c := range []struct {
		locales []string
		want    string
	}{{[]string{"ar", "en"}, "مياه"}, {[]string{"fr", "en"}, "Water"}} {
		if got := texts.Get(c.locales...); got != c.want {
			t.Errorf("Get(%v) = %q, want %q", c.locales, got, c.want)
		}
	}
	if got := texts.Get("fr"); got != "Water" && got != "مياه" {
		t.Errorf("Get of a language that is missing = %q, want any text", got)
	}
	if got := (db.Texts{}).Get("ar"); got != "" {
		t.Errorf("Get of nothing = %q", got)
	}
}

func TestNormalForm(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	for _, c := range []struct{ a, b string }{
		{"إدارة", "اداره"}, {"أمل", "امل"}, {"آثار", "اثار"}, {"ٱلماء", "الماء"}, {"مستشفى", "مستشفي"}, {"مسؤول", "مسوول"}, {"رئيس", "رييس"},
		{"مُحَافَظَةٌ", "محافظة"}, {"الـمـيـاه", "المياه"}, {"٢٠٢٤", "2024"}, {"۲۰۲۴", "2024"}, {"کهرباء", "كهرباء"}, {"Énergie", "energie"}, {"WATER", "water"}, {"ﻻ", "لا"},
	} {
		if a, b := norm(t, d, c.a), norm(t, d, c.b); a != b || strings.TrimSpace(a) == "" {
			t.Errorf("%q becomes %q and %q becomes %q; want one form", c.a, a, c.b, b)
		}
	}
	for _, c := range []struct{ a, b string }{{"حلب", "حماة"}, {"ماء", "مياه"}, {"سد", "شد"}} {
		if a, b := norm(t, d, c.a), norm(t, d, c.b); a == b {
			t.Errorf("%q and %q both become %q", c.a, c.b, a)
		}
	}
}

func norm(t *testing.T, d *bun.DB, s string) (out string) {
	t.Helper()
	if err := d.QueryRowContext(t.Context(), "select fn.norm(?)", s).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
