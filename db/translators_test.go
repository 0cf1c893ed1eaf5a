package db_test

import (
	"testing"
)

// The text that a translation was made from is told once its source has changed, also of a newer text that waits beside one that readers see.
func TestSourceThen(t *testing.T) {
	t.Parallel()
	d := office(t)
	const asked = `select coalesce(string_agg(concat_ws(' ', task, coalesce(source_then, '-'), source_text), '|'), '') from translation_task where subject_kind = 'Project' and subject_id = 1 and locale = 'ar'`
	does(t, d, translator, "", draftOfOne)
	if got := seen(t, d, translator, "", asked); got != "REVIEW - Water" {
		t.Errorf("a fresh translation: %s", got)
	}
	change := func(text string) {
		t.Helper()
		if _, err := d.Owner().ExecContext(t.Context(), `update translation set text = ? where subject_id = 1 and locale = 'en'`, text); err != nil {
			t.Fatal(err)
		}
	}
	change("Drinking water")
	change("Drinking water and sewage")
	if got := seen(t, d, translator, "", asked); got != "STALE Water Drinking water and sewage" {
		t.Errorf("after two changes of the source: %s", got)
	}
	does(t, d, reviewer, "", review)
	// A new text that was made from the text in between.
	does(t, d, translator, "", `update base.translation set text = 'مياه الشرب', status = 'DRAFT', source_digest = fn.digest('Drinking water') where subject_id = 1 and locale = 'ar'`)
	if got := seen(t, d, translator, "", asked); got != "STALE Drinking water Drinking water and sewage" {
		t.Errorf("a new text from an old source: %s", got)
	}
	// The text that readers see, said to be still right: it was made from the first source, and whoever reviews that is shown what changed since.
	does(t, d, translator, "", `update base.translation set status = 'DRAFT', source_digest = fn.digest('Drinking water and sewage') where subject_id = 1 and locale = 'ar'`)
	if got := seen(t, d, translator, "", asked); got != "REVIEW Water Drinking water and sewage" {
		t.Errorf("a text that is still right: %s", got)
	}
	does(t, d, translator, "", `update base.translation set text = 'ماء نقي', status = 'DRAFT', source_digest = fn.digest('never written') where subject_id = 1 and locale = 'ar'`)
	if got := seen(t, d, translator, "", asked); got != "STALE - Drinking water and sewage" {
		t.Errorf("from a source that nobody knows: %s", got)
	}
}

// Whoever gives requests out is told who there is, and everybody who sees a request who has it.
func TestTranslators(t *testing.T) {
	t.Parallel()
	d := office(t)
	does(t, d, anEditor, "", `insert into base.translation_request (code, source_locale, locale) values ('T-1', 'en', 'ar')`)
	does(t, d, reviewer, "", `update base.translation_request set status = 'ASSIGNED', assignee_id = 12 where code = 'T-1'`)
	if _, err := d.Owner().ExecContext(t.Context(), `update account set disabled_at = now() where id = 16`); err != nil {
		t.Fatal(err)
	}
	const asked = `select coalesce(string_agg(concat_ws(' ', account_id, name, array_to_string(roles, '+'), open_requests), '|'), '') from fn.translators()`
	const all = "acc_e Karim CERTIFIER 0|acc_d Rima REVIEWER 0|acc_b Tara TRANSLATOR 0|acc_c Tim TRANSLATOR 1"
	for account, want := range map[int]string{reviewer: all, certifier: all, translator: "", anEditor: "", analyst: ""} {
		if got := seen(t, d, account, "", asked); got != want {
			t.Errorf("account %d: %s", account, got)
		}
	}
	for _, account := range []int{anEditor, translator, analyst, reviewer} {
		if got := seen(t, d, account, "", `select assignee_name from translation_request`); got != "Tim" {
			t.Errorf("account %d sees %q", account, got)
		}
	}
}
