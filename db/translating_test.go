package db_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// The people of these tests, by the keys of their accounts.
const (
	anEditor, translator, translator2, reviewer, certifier, analyst, everything = 10, 11, 12, 13, 14, 15, 16
)

// office is a database with people who translate and a few records.
func office(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "office", func(ctx context.Context, d *dbtest.DB) error {
		for _, s := range []string{
			`insert into account (id, login, name) values (10, 'editor', 'Editor'), (11, 'tara', 'Tara'), (12, 'tim', 'Tim'), (13, 'rima', 'Rima'), (14, 'karim', 'Karim'), (15, 'anas', 'Anas'), (16, 'all', 'All')`,
			`insert into account_role (account_id, role) values (10, 'EDITOR'), (11, 'TRANSLATOR'), (12, 'TRANSLATOR'), (13, 'REVIEWER'), (14, 'CERTIFIER'), (15, 'ANALYST'),
				(16, 'EDITOR'), (16, 'TRANSLATOR'), (16, 'REVIEWER'), (16, 'CERTIFIER'), (16, 'APPROVER')`,
			`insert into ministry_unit (id, code) values (1, 'A')`,
			`insert into project (id, code, status, state) values (1, 'P1', 'PIPELINE', 'PUBLISHED'), (2, 'P2', 'PIPELINE', 'DRAFT')`,
			`insert into project (id, code, status, state, owner_id, confidential) values (3, 'P3', 'PIPELINE', 'DRAFT', 1, true)`,
			`insert into translation (subject_kind, subject_id, field, locale, text, status, method) values ('Project', 1, 'title', 'en', 'Water', 'ORIGINAL', 'IMPORT'),
				('Project', 2, 'title', 'fr', 'Eau', 'ORIGINAL', 'HUMAN'), ('Project', 3, 'title', 'en', 'Secret', 'ORIGINAL', 'HUMAN')`,
		} {
			if _, err := d.Owner().ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%w\n%s", err, s)
			}
		}
		return nil
	})
}

// does runs statements as a person and wants them to be refused with a message that holds the words, or to succeed if there are none.
func does(t *testing.T, d *dbtest.DB, account int, words string, statements ...string) {
	t.Helper()
	err := as(t, d, account, "", statements...)
	if words == "" && err != nil {
		t.Fatalf("account %d: %v\n%s", account, err, statements)
	}
	if words != "" && (err == nil || !strings.Contains(err.Error(), words)) {
		t.Errorf("account %d: got %v, want a refusal with %q\n%s", account, err, words, statements)
	}
}

// writes is the statement by which a person writes a text over one.
func writes(text string) string {
	return `update base.translation set text = '` + text + `', status = 'DRAFT' where subject_id = 1 and locale = 'ar'`
}

const (
	draftOfOne = `insert into base.translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 1, 'title', 'ar', 'ماء', 'DRAFT')`
	review     = `update base.translation set status = 'REVIEWED' where subject_id = 1 and locale = 'ar'`
	certify    = `update base.translation set status = 'CERTIFIED' where subject_id = 1 and locale = 'ar'`
	accept     = `update base.translation set text = proposal_text, source_digest = proposal_source_digest, proposal_text = null, status = 'REVIEWED' where subject_id = 1 and locale = 'ar'`
	giveUp     = `update base.translation set proposal_text = null where subject_id = 1 and locale = 'ar'`
	titleOfOne = `select coalesce(title::text, '') from project where id = 1`
)

func TestLifeOfATranslation(t *testing.T) {
	t.Parallel()
	d := office(t)
	state := func(want string) {
		t.Helper()
		if got := read(t, d.Owner(), `select concat_ws(' ', text, status, translator, reviewer, certifier, proposal_text, proposal_translator, comment) from translation where subject_id = 1 and locale = 'ar'`); got != want {
			t.Fatalf("the translation is %q, want %q", got, want)
		}
	}
	public := func(want string) {
		t.Helper()
		if got := read(t, d.Public(), titleOfOne); got != want {
			t.Fatalf("the public reads %s, want %s", got, want)
		}
	}
	const english = `{"en": "Water", "en#": "ORIGINAL"}`

	does(t, d, analyst, "may not enter", draftOfOne)
	does(t, d, reviewer, "may not enter", draftOfOne)
	does(t, d, translator, "may not enter", strings.Replace(draftOfOne, "'DRAFT'", "'REVIEWED'", 1))
	does(t, d, translator, "may not enter", strings.Replace(strings.Replace(draftOfOne, "'DRAFT'", "'ORIGINAL'", 1), "'title'", "'description'", 1))
	does(t, d, translator, "row-level security", strings.Replace(draftOfOne, "1, 'title'", "3, 'title'", 1))
	does(t, d, translator, "", strings.Replace(strings.Replace(draftOfOne, "status)", "status, method, translator, translator_id, reviewer)", 1), "'DRAFT')", "'DRAFT', 'IMPORT', 'Nobody', 12, 'Nobody')", 1))
	state("ماء DRAFT Tara")
	if got := read(t, d.Owner(), `select method || source_locale || (source_digest = fn.digest('Water')) || translator_id from translation where locale = 'ar'`); got != "HUMANentrue11" {
		t.Errorf("the draft was made %s", got)
	}
	public(english)

	// Whoever translated neither reviews nor certifies, whatever else he may.
	does(t, d, translator, "may not bring", review)
	does(t, d, translator2, "", writes("مياه"))
	state("مياه DRAFT Tim")
	does(t, d, everything, "", writes("المياه"))
	does(t, d, everything, "neither review nor certify", review)
	does(t, d, everything, "may not bring", certify)
	does(t, d, everything, "neither review nor certify", strings.Replace(writes("ماء"), "DRAFT", "REVIEWED", 1))
	does(t, d, translator, "", writes("ماء"), `update base.translation set translator_id = 12, translator = 'Tim' where subject_id = 1 and locale = 'ar'`)
	state("ماء DRAFT Tara")
	does(t, d, reviewer, "", `update base.translation set comment = 'which water?' where subject_id = 1 and locale = 'ar'`)
	state("ماء DRAFT Tara which water?")
	does(t, d, reviewer, "", review)
	state("ماء REVIEWED Tara Rima")
	public(`{"ar": "ماء", "en": "Water", "ar#": "REVIEWED", "en#": "ORIGINAL"}`)
	does(t, d, reviewer, "may not bring", certify)
	does(t, d, certifier, "", certify)
	state("ماء CERTIFIED Tara Rima Karim")

	// A new text waits beside the certified one.
	does(t, d, reviewer, "not yours to translate", writes("مياه الشرب"))
	does(t, d, translator2, "neither review nor certify", strings.Replace(writes("مياه الشرب"), "DRAFT", "REVIEWED", 1))
	does(t, d, translator2, "", writes("مياه الشرب"))
	state("ماء CERTIFIED Tara Rima Karim مياه الشرب Tim")
	public(`{"ar": "ماء", "en": "Water", "ar#": "CERTIFIED", "en#": "ORIGINAL"}`)
	does(t, d, translator, "not yours to remove", giveUp)
	does(t, d, translator2, "may not bring", accept)
	does(t, d, translator2, "", giveUp)
	state("ماء CERTIFIED Tara Rima Karim")
	does(t, d, everything, "", writes("مياه الشرب"))
	does(t, d, everything, "neither review nor certify", accept)
	does(t, d, certifier, "", accept)
	state("مياه الشرب REVIEWED All Karim")
	public(`{"ar": "مياه الشرب", "en": "Water", "ar#": "REVIEWED", "en#": "ORIGINAL"}`)
	does(t, d, everything, "neither review nor certify", certify)

	// Taken back, with a comment.
	back := `update base.translation set status = 'DRAFT', comment = %s where subject_id = 1 and locale = 'ar'`
	does(t, d, reviewer, "with a comment", fmt.Sprintf(back, "' '"))
	does(t, d, translator, "may not bring", fmt.Sprintf(back, "'no'"))
	does(t, d, reviewer, "", fmt.Sprintf(back, "'too long'"))
	state("مياه الشرب DRAFT All too long")
	public(english)
	does(t, d, translator, "", writes("ماء"))
	state("ماء DRAFT Tara")

	// A text made from an old source is taken, and stale.
	run(t, d.Owner(), `update translation set text = 'Clean water' where status = 'ORIGINAL' and subject_id = 1`)
	does(t, d, reviewer, "", review)
	public(`{"ar": "ماء", "en": "Clean water", "ar#": "REVIEWED!", "en#": "ORIGINAL"}`)
	does(t, d, translator2, "", `update base.translation set source_digest = fn.digest('Clean water') where subject_id = 1 and locale = 'ar'`)
	public(`{"ar": "ماء", "en": "Clean water", "ar#": "REVIEWED!", "en#": "ORIGINAL"}`)
	does(t, d, reviewer, "", accept)
	public(`{"ar": "ماء", "en": "Clean water", "ar#": "REVIEWED", "en#": "ORIGINAL"}`)
	does(t, d, translator, "not yours to remove", `delete from base.translation where subject_id = 1 and locale = 'ar'`)
	does(t, d, reviewer, "", fmt.Sprintf(back, "'again'"))
	does(t, d, translator, "", `delete from base.translation where subject_id = 1 and locale = 'ar'`)
	public(`{"en": "Clean water", "en#": "ORIGINAL"}`)
	does(t, d, translator, "not yours to remove", `delete from base.translation where subject_id = 1`)
	does(t, d, translator, "written by those who edit", `update base.translation set text = 'x' where subject_id = 1`)
	does(t, d, anEditor, "is published", `update base.translation set text = 'x' where subject_id = 1`)
	if got := read(t, d.Public(), `select string_agg(coalesce(translator_id::text, comment, proposal_text, 'nothing'), '') from translation`); got != "nothing" {
		t.Errorf("the public reads of who translated: %s", got)
	}
}

func TestTranslationTasks(t *testing.T) {
	t.Parallel()
	d := office(t)
	tasks := func(account int, want string) {
		t.Helper()
		if got := seen(t, d, account, "", `select coalesce(string_agg(task || ' ' || subject_id || ' ' || locale, ', ' order by subject_id, locale), '') from translation_task`); got != want {
			t.Fatalf("to be done: %s; want %s", got, want)
		}
	}
	const two = ", MISSING 2 ar, MISSING 2 en"
	tasks(translator, "MISSING 1 ar"+two)
	tasks(everything, "MISSING 1 ar"+two+", MISSING 3 ar")
	does(t, d, translator, "", draftOfOne)
	tasks(translator, "REVIEW 1 ar"+two)
	key := seen(t, d, translator, "", `select string_agg(id::text, ' ') from translation_task where subject_id = 1`)
	does(t, d, reviewer, "", `update base.translation set comment = 'why?' where subject_id = 1 and locale = 'ar'`)
	tasks(translator, "RETURNED 1 ar"+two)
	does(t, d, translator, "", writes("مياه"))
	tasks(translator, "REVIEW 1 ar"+two)
	does(t, d, reviewer, "", review)
	tasks(translator, "CERTIFY 1 ar"+two)
	does(t, d, certifier, "", certify)
	tasks(translator, strings.TrimPrefix(two, ", "))
	run(t, d.Owner(), `update translation set text = 'Clean water' where status = 'ORIGINAL' and subject_id = 1`)
	tasks(translator, "STALE 1 ar"+two)
	does(t, d, translator, "", `update base.translation set text = 'مياه نظيفة', source_digest = fn.digest('Clean water') where subject_id = 1 and locale = 'ar'`)
	tasks(translator, "REVIEW 1 ar"+two)
	does(t, d, reviewer, "", `update base.translation set comment = 'no' where subject_id = 1 and locale = 'ar'`)
	tasks(translator, "RETURNED 1 ar"+two)
	does(t, d, translator, "", giveUp)
	tasks(translator, "STALE 1 ar"+two)
	if got := seen(t, d, translator, "", `select string_agg(id::text, ' ') from translation_task where subject_id = 1`); got != key {
		t.Errorf("the task's key was %s and is %s", key, got)
	}
	does(t, d, certifier, "row-level security", `insert into base.working_locale (locale) values ('ku')`)
	run(t, d.Owner(), `insert into account (id, login, name) values (20, 'admin', 'Admin')`, `insert into account_role (account_id, role) values (20, 'ADMINISTRATOR')`)
	does(t, d, 20, "", `insert into base.working_locale (locale) values ('ku')`)
	tasks(translator, "STALE 1 ar, MISSING 1 ku, MISSING 2 ar, MISSING 2 en, MISSING 2 ku")
	if got := read(t, d.Public(), `select count(*)::text from translation_task`); got != "0" {
		t.Errorf("the public sees %s tasks", got)
	}

	kept := func(when string) {
		t.Helper()
		if got := read(t, d.Owner(), `select count(*) from translation_state s full join translation_due d on d.id = s.id where s.id is null or d.id is null or to_jsonb(s) is distinct from to_jsonb(d)`); got != "0" {
			t.Errorf("%s: %s states are not what follows from the texts", when, got)
		}
	}
	kept("after the life of a text")

	// Coverage, against a count of the rows as the reader sees them.
	run(t, d.Owner(), `insert into translation (subject_kind, subject_id, field, locale, text, status, source_digest) values
		('Project', 2, 'title', 'en', 'Water', 'MACHINE', fn.digest('Eau')), ('Project', 2, 'title', 'ku', 'Av', 'DRAFT', 'old'), ('Project', 2, 'description', 'ar', 'وصف', 'ORIGINAL', null)`)
	for _, account := range []int{translator, everything} {
		got := seen(t, d, account, "", `select concat_ws(' ', subject_kind, locale, total, missing, stale, machine, draft, reviewed, certified) from fn.translation_coverage() order by 1`)
		want := seen(t, d, account, "", `select concat_ws(' ', o.subject_kind, w.locale, count(*),
				sum((not exists (select from translation t where t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale))::int),
				sum(x.stale), sum(x.machine), sum(x.draft), sum(x.reviewed), sum(x.certified))
			from translation o cross join working_locale w, lateral (select count(*) filter (where is_stale) stale, count(*) filter (where status = 'MACHINE') machine, count(*) filter (where status = 'DRAFT') draft,
				count(*) filter (where status = 'REVIEWED') reviewed, count(*) filter (where status = 'CERTIFIED') certified
				from translation t where t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale) x
			where o.status = 'ORIGINAL' and o.locale <> w.locale group by o.subject_kind, w.locale order by 1`)
		if got != want || strings.Count(got, "\n") != 2 {
			t.Errorf("coverage of %d:\n%s\nwant\n%s", account, got, want)
		}
	}
	if got := seen(t, d, translator, "", `select concat_ws(' ', locale, total, missing, stale) from fn.translation_coverage(locale => 'tr', subject_kind => 'Project')`); got != "tr 3 3 0" {
		t.Errorf("coverage of a language that is not worked in: %s", got)
	}
	kept("after texts were added")
	for _, change := range []string{`update project set state = 'PUBLISHED' where id = 2`, `delete from translation where subject_id = 2 and locale = 'ku'`,
		`update translation set status = 'DRAFT' where subject_id = 2 and field = 'title' and status = 'ORIGINAL'`, `delete from translation where subject_id = 1`,
		`delete from working_locale where locale = 'ku'`, `update working_locale set locale = 'tr' where locale = 'en'`} {
		run(t, d.Owner(), change)
		kept(change)
	}
}

// TestStatesOfALoad writes few texts and then many, in one session as a load does: the state of each is looked up, whatever was there when the
// session planned how.
func TestStatesOfALoad(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	tx, err := d.Owner().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	const portion = 2000
	load := func(from, to int) {
		t.Helper()
		if _, err := tx.ExecContext(t.Context(), `insert into translation (subject_kind, subject_id, field, locale, text, status, source_digest, method)
			select 'Project', n, 'title', l.locale, l.locale || n, l.status, l.digest, 'IMPORT' from generate_series(?::int, ?) n,
				(values ('en', 'ORIGINAL', null), ('ar', 'REVIEWED', 'old'), ('fr', 'REVIEWED', 'old')) l(locale, status, digest)`, from, to); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tx.ExecContext(t.Context(), `set local taawun.projection = off; set local taawun.bulk = on`); err != nil {
		t.Fatal(err)
	}
	for n := range 8 { // as many as make PostgreSQL keep a plan
		load(n, n)
	}
	load(8, portion-1)
	load(portion, 2*portion-1)
	if _, err := tx.ExecContext(t.Context(), `update translation set text = text || '!' where subject_id >= ? and locale = 'en'`, portion); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), `delete from translation where subject_id >= ? and locale = 'ar'`, portion); err != nil {
		t.Fatal(err)
	}
	var read int
	if err := tx.QueryRowContext(t.Context(), `select seq_tup_read + idx_tup_fetch from pg_stat_xact_all_tables where relid = 'base.translation'::regclass`).Scan(&read); err != nil {
		t.Fatal(err)
	}
	var stale, missing int
	if err := tx.QueryRowContext(t.Context(), `select count(*) filter (where task = 'STALE'), count(*) filter (where task = 'MISSING') from translation_state where locale = 'ar'`).Scan(&stale, &missing); err != nil {
		t.Fatal(err)
	}
	if stale != portion || missing != portion {
		t.Errorf("%d stale and %d missing, want %d of each", stale, missing, portion)
	}
	const bound = 40 * 2 * portion // 40 for each text in its languages
	if read > bound {
		t.Errorf("%d rows were read of the texts of %d records, bound %d", read, 2*portion, bound)
	}
	t.Logf("%d rows read", read)
}
