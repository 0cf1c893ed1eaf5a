package graph

import (
	"fmt"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// TestOriginalLanguage gives a record another original language: its texts in that language become the originals.
func TestOriginalLanguage(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, approver, translator, reviewer := account(t, d, "editor", "EDITOR"), account(t, d, "approver", "APPROVER"), account(t, d, "translator", "TRANSLATOR"), account(t, d, "reviewer", "REVIEWER")
	whole := m{"title": texts("ar", "مشروع", "en", "Project"), "description": texts("ar", "وصف"), "status": "IMPLEMENTATION", "plannedStart": "2026-01-01", "plannedEnd": "2027-01-01",
		"reportingOrganizationId": "org_1", "sectors": m{"save": []any{m{"sectorId": "cod_b", "percentage": 100}}}, "partners": m{"save": []any{m{"organizationId": "org_1", "role": "FUNDING"}}},
		"transactions": m{"save": []any{
			m{"type": "OUTGOING_COMMITMENT", "date": "2026-01-01", "value": m{"amount": "1", "currency": "USD"}, "description": texts("ar", "الأولى", "en", "The first")},
			m{"type": "OUTGOING_COMMITMENT", "date": "2026-01-01", "value": m{"amount": "2", "currency": "USD"}, "description": texts("ar", "الثانية")}}}}
	id := dig(done(t, g, editor, createProject, m{"input": m{"project": whole}}), "project", "id")
	done(t, g, translator, translate("writeTranslation"), m{"input": m{"subjectId": id, "field": "title", "locale": "fr", "text": "Projet"}})
	french := dig(askAs(t, g, editor, fmt.Sprintf(`{ node(id: %q) { ... on Project { translations(where: {locale: {eq: "fr"}}) { nodes { id version } } } } }`, id)), "node", "translations", "nodes", 0)
	done(t, g, reviewer, translate("reviewTranslation"), m{"input": m{"id": dig(french, "id"), "version": dig(french, "version")}})
	version := 1
	change := func(v *Viewer, input m) string {
		t.Helper()
		out := do(t, g, v, updateProject, m{"input": m{"id": id, "version": version, "project": input}})
		p := problems(out)
		if p == "" {
			version++
		}
		return p
	}
	const before = `ar:description=وصف:ORIGINAL title=مشروع:ORIGINAL Project:DRAFT Projet:REVIEWED transactions=الأولى:ORIGINAL The first:DRAFT الثانية:ORIGINAL`
	if got := wordings(t, d); got != before {
		t.Fatalf("at first %s", got)
	}
	for _, s := range []struct {
		input m
		want  string
	}{
		{m{"originalLocale": "en"}, "input.project.originalLocale INVALID: there is no text in the new original language (en) of: description; write it before, or in the same change"},
		{m{"originalLocale": "de"}, "input.project.originalLocale INVALID: there is no text in the new original language (de) of: description, title; write it before, or in the same change"},
		{m{"originalLocale": "english!"}, "input.project.originalLocale INVALID: "},
		{m{"originalLocale": "ar"}, ""},
	} {
		if got := change(editor, s.input); got != s.want && (s.want == "" || !strings.HasPrefix(got, s.want)) {
			t.Errorf("%v: %s, want %s", s.input, got, s.want)
		}
		if got := wordings(t, d); got != before {
			t.Errorf("%v: the texts are %s", s.input, got)
		}
	}

	// What is said in the same change counts; a part without a text in the language keeps its original; a translation of the former original is stale.
	if p := change(editor, m{"originalLocale": "en", "description": texts("en", "Description", "ar", "الوصف")}); p != "" {
		t.Fatal(p)
	}
	const after = `en:description=الوصف:REVIEWED Description:ORIGINAL title=مشروع:REVIEWED Project:ORIGINAL Projet:REVIEWED! transactions=الأولى:REVIEWED The first:ORIGINAL الثانية:ORIGINAL`
	if got := wordings(t, d); got != after {
		t.Errorf("exchanged: %s", got)
	}

	// Of a published record the exchange waits like any other change.
	done(t, g, approver, step("publishRecord"), m{"input": m{"id": id, "version": version}})
	version++
	if p := change(editor, m{"originalLocale": "ar"}); p != "" {
		t.Fatal(p)
	}
	public := func() string {
		at := dig(ask(t, g, `query($id: ID!) { node(id: $id) { ... on Project { originalLocale title(locale: "fr", fallback: ["xx"]) { locale } ar: title(locale: "ar") { status } en: title(locale: "en") { status } } } }`, m{"id": id}), "node")
		return fmt.Sprint(dig(at, "originalLocale"), dig(at, "ar", "status"), dig(at, "en", "status"))
	}
	if got := public(); got != "enREVIEWEDORIGINAL" {
		t.Errorf("the public sees %s while the change waits", got)
	}
	done(t, g, approver, step("publishRecord"), m{"input": m{"id": id, "version": version}})
	version++
	if got := public(); got != "arORIGINALREVIEWED" {
		t.Errorf("the public sees %s after the change was published", got)
	}

	// A newer text that waits for its review is decided about first.
	done(t, g, translator, translate("writeTranslation"), m{"input": m{"subjectId": id, "field": "title", "locale": "en", "text": "A project", "version": 3}})
	if got, want := change(editor, m{"originalLocale": "en"}), "input.project.originalLocale INVALID: a newer text of title waits for review in en; decide about it first"; got != want {
		t.Errorf("a text waits: %s, want %s", got, want)
	}
}

// wordings are the texts of the project that was made last and of its transactions: each with its status, and ! if it is stale; and the language of
// the record.
func wordings(t *testing.T, d *dbtest.DB) string {
	t.Helper()
	var locale, texts string
	if err := d.Owner().QueryRowContext(t.Context(), `select p.original_locale, (select string_agg(x.field || '=' || x.texts, ' ' order by x.field) from (
			select case x.subject_kind when 'Project' then x.field else 'transactions' end as field,
				string_agg(x.text || ':' || x.status || case when x.is_stale then '!' else '' end, ' ' order by x.subject_id, array_position('{ar,en,fr}', x.locale)) as texts
			from (select t.*, t.status <> 'ORIGINAL' and t.source_digest is distinct from (select o.digest from translation o where o.status = 'ORIGINAL' and (o.subject_kind, o.subject_id, o.field) = (t.subject_kind, t.subject_id, t.field)) as is_stale from translation t) x where x.subject_kind = 'Project' and x.subject_id = p.id or x.subject_kind = 'Transaction' and x.subject_id in (select r.id from transaction r where r.project_id = p.id)
			group by 1) x)
		from project p order by p.id desc limit 1`).Scan(&locale, &texts); err != nil {
		t.Fatal(err)
	}
	return locale + ":" + texts
}
