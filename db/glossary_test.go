package db_test

import (
	"strings"
	"testing"
)

func TestTranslationMemory(t *testing.T) {
	t.Parallel()
	d := office(t)
	const source = "تأهيل شبكة المياه في مدينة حلب ومحيطها"
	add := `insert into translation (subject_kind, subject_id, field, locale, text, status, source_digest) values `
	run(t, d.Owner(), add+`('Project', 2, 'description', 'ar', '`+source+`', 'ORIGINAL', null)`, add+`('Project', 3, 'description', 'ar', 'سر من أسرار الوزارة', 'ORIGINAL', null)`)
	suggestions := func(account int, text string) string {
		t.Helper()
		return seen(t, d, account, "", `select concat_ws(' ', text, case when similarity = 1 then 'same' when similarity >= 0.4 then 'similar' end, status, uses)
			from fn.translation_suggestions('`+text+`', 'ar', 'en')`)
	}
	draft := func(project int) string {
		return strings.NewReplacer("1, 'title', 'ar', 'ماء'", map[int]string{2: "2, 'description', 'en', 'Rehabilitation of the water network'", 3: "3, 'description', 'en', 'A secret'"}[project]).Replace(draftOfOne)
	}
	english := func(statement string) string {
		return strings.Replace(strings.Replace(statement, "subject_id = 1", "subject_id in (2, 3) and field = 'description'", 1), "'ar'", "'en'", 1)
	}
	does(t, d, translator, "", draft(2))
	does(t, d, anEditor, "", draft(3))
	if got := suggestions(translator, source); got != "" {
		t.Errorf("a draft is suggested: %s", got)
	}
	does(t, d, reviewer, "", english(review))
	run(t, d.Owner(), `update translation set status = 'DRAFT' where subject_id = 3 and locale = 'en'`)
	for _, q := range []struct{ text, want string }{
		{source, "Rehabilitation of the water network same REVIEWED 1"},
		{"تاهيل شبكه المياه فى مدينة حَلَب ومحيطها", "Rehabilitation of the water network similar REVIEWED 1"}, // another spelling
		{"تأهيل شبكة المياه في مدينة حماة", "Rehabilitation of the water network similar REVIEWED 1"},
		{"بناء مدرسة في درعا", ""},
		{"سر من أسرار الوزارة", ""},
	} {
		if got := suggestions(translator, q.text); got != q.want {
			t.Errorf("%s: suggested %q, want %q", q.text, got, q.want)
		}
	}
	does(t, d, certifier, "", english(certify))
	if got := suggestions(translator, source); got != "Rehabilitation of the water network same CERTIFIED 1" {
		t.Errorf("certified: %s", got)
	}
	// A confidential record is not remembered, whoever reviews it.
	does(t, d, everything, "", `update base.translation set text = 'A great secret' where subject_id = 3 and locale = 'en'`)
	run(t, d.Owner(), `insert into account_role (account_id, role) values (13, 'EDITOR')`)
	does(t, d, reviewer, "", `update base.translation set status = 'REVIEWED' where subject_id = 3 and locale = 'en'`)
	if got := suggestions(everything, "سر من أسرار الوزارة"); got != "" {
		t.Errorf("a secret is suggested: %s", got)
	}
	does(t, d, certifier, "", `update base.translation set status = 'DRAFT', comment = 'wrong' where subject_id = 2 and locale = 'en' and field = 'description'`)
	if got := suggestions(translator, source); got != "" {
		t.Errorf("what was taken back is suggested: %s", got)
	}

	// A load of data is remembered when the memory is filled, once.
	run(t, d.Owner(), `begin; select base.note_revision('import'); insert into organization (id, code, state) values (1, 'O1', 'PUBLISHED'), (2, 'O2', 'PUBLISHED');`+
		add+`('Organization', 1, 'name', 'ar', 'وزارة الخارجية', 'ORIGINAL', null), ('Organization', 2, 'name', 'ar', 'وزارة الخارجية', 'ORIGINAL', null),
			('Organization', 1, 'name', 'en', 'Ministry of Foreign Affairs', 'REVIEWED', fn.digest('وزارة الخارجية')), ('Organization', 2, 'name', 'en', 'Ministry of Foreign Affairs', 'REVIEWED', fn.digest('وزارة الخارجية'));
		commit`)
	if got := read(t, d.Owner(), `select base.fill_translation_memory()::text`); got != "1" {
		t.Errorf("filled with %s", got)
	}
	if got := suggestions(analyst, "وزارة الخارجيّة"); got != "Ministry of Foreign Affairs similar REVIEWED 2" {
		t.Errorf("after the load: %s", got)
	}
	if got := read(t, d.Owner(), `select base.fill_translation_memory()::text`); got != "0" {
		t.Errorf("filled again with %s", got)
	}
	if got := seen(t, d, 4711, "", `select count(*)::text from fn.translation_suggestions('وزارة الخارجية', 'ar', 'en')`); got != "0" {
		t.Errorf("somebody without an account is told %s suggestions", got)
	}
	if _, err := d.Staff().ExecContext(t.Context(), `select from base.translation_memory`); err == nil {
		t.Error("the memory is open to everybody")
	}
	does(t, d, translator, "must lie between", `select from fn.translation_suggestions('x', 'ar', 'en', 101)`)
}

func TestGlossary(t *testing.T) {
	t.Parallel()
	d := office(t)
	does(t, d, translator, "", `insert into base.glossary_term (source_locale, term, locale, translation, is_forbidden) values ('ar', 'الأمم المتحدة', 'en', 'United Nations', false), ('ar', 'مذكّرة تفاهم', 'en', 'memorandum of understanding', false),
		('ar', 'مذكرة تفاهم', 'en', 'note of agreement', true), ('ar', 'لد', 'en', 'Lod', false), ('ar', 'شريك', 'en', 'partner', false), ('en', 'grant', 'ar', 'منحة', false), ('en', 'C++ (code)', 'ar', 'رماز', false)`)
	does(t, d, analyst, "row-level security", `insert into base.glossary_term (source_locale, term, locale, translation) values ('ar', 'س', 'en', 'x')`)
	does(t, d, translator, "glossary_term_once", `insert into base.glossary_term (source_locale, term, locale, translation) values ('ar', 'الامم المتحده', 'en', 'United Nations')`)
	does(t, d, translator, "glossary_term_locales", `insert into base.glossary_term (source_locale, term, locale, translation) values ('ar', 'س', 'ar', 'x')`)
	for _, q := range []struct{ text, from, to, want string }{
		{"وقّعت الأمم المتحدة المذكرة", "ar", "en", "United Nations"},
		{"مُذكرة تفاهم مع الأمم المتّحدة", "ar", "en", "memorandum of understanding, note of agreement, United Nations"},
		{"للأمم المتحدة، وبالأمم المتحدة", "ar-SY", "en-GB", "United Nations"},
		{"وللأمم المتحدة", "ar", "en", "United Nations"},
		{"كالشريك", "ar", "en", "partner"},
		{"(الشريك)", "ar", "en", "partner"},
		{"ولشريكه", "ar", "en", ""},
		{"بلد الأمم", "ar", "en", "Lod"}, // which might be read as "in Lod"
		{"خالد", "ar", "en", ""},
		{"Grants and a grant.", "en", "ar", "منحة"},
		{"migrant", "en", "ar", ""},
		{"c++ code", "en", "ar", "رماز"},
		{"الأمم المتحدة", "ar", "fr", ""},
		{"", "ar", "en", ""},
	} {
		if got := seen(t, d, analyst, "", `select coalesce(string_agg(translation, ', '), '') from fn.glossary_hits('`+q.text+`', '`+q.from+`', '`+q.to+`')`); got != q.want {
			t.Errorf("%s: %q, want %q", q.text, got, q.want)
		}
	}
	if got := read(t, d.Public(), `select count(*)::text from glossary_term`); got != "0" {
		t.Errorf("the public sees %s terms", got)
	}
}
