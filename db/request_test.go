package db_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var requestStates = []string{"REQUESTED", "ASSIGNED", "IN_TRANSLATION", "REVISION", "RETURNED", "CERTIFIED", "DELIVERED", "CANCELLED"}

// TestRequestSteps takes every step from every status, legal or not, as somebody who may take all that anybody may.
func TestRequestSteps(t *testing.T) {
	t.Parallel()
	d := office(t)
	legal := map[string]string{"REQUESTED": "ASSIGNED CANCELLED", "ASSIGNED": "IN_TRANSLATION CANCELLED", "IN_TRANSLATION": "REVISION CANCELLED", "REVISION": "RETURNED CERTIFIED CANCELLED",
		"RETURNED": "IN_TRANSLATION CANCELLED", "CERTIFIED": "DELIVERED"}
	for i, from := range requestStates {
		for j, to := range requestStates {
			key := 100 + i*10 + j
			run(t, d.Owner(), fmt.Sprintf(`insert into translation_request (id, code, source_locale, locale, assignee_id, status) values (%[1]d, 'R%[1]d', 'en', 'ar', 11, '%[2]s')`, key, from))
			err := as(t, d, map[bool]int{true: translator, false: certifier}[slices.Contains([]string{"IN_TRANSLATION", "REVISION"}, to)], "",
				fmt.Sprintf(`update base.translation_request set status = '%s', comment = 'because' where id = %d`, to, key))
			want := ""
			switch {
			case from == to && (from == "DELIVERED" || from == "CANCELLED"):
				want = "does not change"
			case from != to && !slices.Contains(strings.Fields(legal[from]), to):
				want = "cannot become"
			}
			if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
				t.Errorf("from %s to %s: %v, want %q", from, to, err, want)
			}
		}
	}
}

// TestRequestPeople is the life of a request, with those who may not take a step trying it first.
func TestRequestPeople(t *testing.T) {
	t.Parallel()
	d := office(t)
	does(t, d, analyst, "row-level security", `insert into base.translation_request (code, source_locale, locale) values ('R0', 'en', 'ar')`)
	does(t, d, anEditor, "", `insert into base.translation_request (id, code, source_locale, locale, status, requester_id, is_confidential) values (1, 'R1', 'en', 'ar', 'DELIVERED', 15, false)`)
	if got := read(t, d.Owner(), `select status || requester_id from translation_request`); got != "REQUESTED10" {
		t.Fatalf("entered as %s", got)
	}
	move := func(to, more string) string {
		return `update base.translation_request set status = '` + to + `', comment = null` + more + ` where id = 1`
	}
	const notYours = "not yours"
	for _, s := range []struct {
		account   int
		words, do string
	}{
		{anEditor, notYours, move("ASSIGNED", ", assignee_id = 11")},
		{translator, notYours, move("ASSIGNED", ", assignee_id = 12")},
		{reviewer, "does not translate", move("ASSIGNED", ", assignee_id = 15")},
		{reviewer, "translation_request_assignee", move("ASSIGNED", "")},
		{translator, notYours, `update base.translation_request set assignee_id = 11 where id = 1`},
		{translator, "", move("ASSIGNED", ", assignee_id = 11")},
		{translator2, notYours, move("IN_TRANSLATION", "")},
		{anEditor, notYours, move("IN_TRANSLATION", "")},
		{translator, "", move("IN_TRANSLATION", "")},
		{reviewer, notYours, `update base.translation_request set assignee_id = 12 where id = 1`},
		{translator, notYours, `update base.translation_request set due_on = '2030-01-01' where id = 1`},
		{translator, "", `update base.translation_request set pages = 3 where id = 1`},
		{anEditor, "", `update base.translation_request set due_on = '2030-01-01', requester_id = 11 where id = 1`},
		{translator, "", move("REVISION", "")},
		{translator, notYours, move("CERTIFIED", "")},
		{reviewer, "with a comment", move("RETURNED", "")},
		{reviewer, "", `update base.translation_request set status = 'RETURNED', comment = 'page 2' where id = 1`},
		{translator, "", move("IN_TRANSLATION", "")},
		{translator, "", move("REVISION", "")},
		{reviewer, notYours, move("CERTIFIED", "")},
		{certifier, "", move("CERTIFIED", "")},
		{translator2, notYours, move("DELIVERED", "")},
		{anEditor, "", move("DELIVERED", "")},
		{certifier, "does not change", `update base.translation_request set pages = 4 where id = 1`},
	} {
		does(t, d, s.account, s.words, s.do)
	}
	if got := seen(t, d, analyst, "", `select string_agg(concat_ws(' ', actor_name, status, comment), ', ' order by id) from translation_request_event`); got != "Editor REQUESTED, Tara ASSIGNED, Tara IN_TRANSLATION, "+
		"Tara REVISION, Rima RETURNED page 2, Tara IN_TRANSLATION, Tara REVISION, Karim CERTIFIED, Editor DELIVERED" {
		t.Errorf("steps: %s", got)
	}
	does(t, d, certifier, "permission denied", `insert into base.translation_request_event (request_id, status) values (1, 'CANCELLED')`)

	// A confidential one is seen by few, and what is said of it too.
	run(t, d.Owner(), `insert into translation_request (id, code, source_locale, locale, requester_id, assignee_id, status, is_confidential) values (2, 'R2', 'en', 'ar', 10, 11, 'REVISION', true)`,
		`insert into translation (subject_kind, subject_id, field, locale, text, status) values ('TranslationRequest', 2, 'title', 'en', 'A secret', 'ORIGINAL')`)
	for account, sees := range map[int]bool{anEditor: true, translator: true, certifier: true, translator2: false, reviewer: false, analyst: false} {
		want := map[bool]string{true: "1 1 1", false: "0 0 0"}[sees]
		if got := seen(t, d, account, "", `select concat_ws(' ', (select count(*) from translation_request where id = 2), (select count(*) from translation_request_event where request_id = 2),
			(select count(*) from translation where subject_kind = 'TranslationRequest'))`); got != want {
			t.Errorf("account %d sees of the confidential request %s, want %s", account, got, want)
		}
	}
	if err := as(t, d, reviewer, "", `update base.translation_request set status = 'CANCELLED' where id = 2`); err != nil {
		t.Error(err)
	}
	if got := read(t, d.Owner(), `select status from translation_request where id = 2`); got != "REVISION" {
		t.Errorf("somebody who does not see the request has made it %s", got)
	}
}

// TestFilesAreNotGivenAway: nobody lets others read, by a record of his own, a file that he may not read himself.
func TestFilesAreNotGivenAway(t *testing.T) {
	t.Parallel()
	d := office(t)
	does(t, d, analyst, "may not store", `select base.store_file('a.txt', 'text/plain', 'x')`)
	does(t, d, certifier, "", `select base.store_file('a.txt', 'text/plain', 'hello')`)
	does(t, d, certifier, "stored_file_media_type", `select base.store_file('a.html', 'text/html', 'hello')`)
	file := read(t, d.Owner(), `select id::text from stored_file`)
	run(t, d.Owner(), `insert into agreement (id, code, kind, status) values (1, 'A1', 'MEMORANDUM', 'SIGNED')`)
	text := `insert into base.agreement_text (agreement_id, locale, role, is_prevailing, file_id, byte_size, published) values (1, 'ar', 'AUTHENTIC', false, ` + file + `, 99, false)`
	request := `insert into base.translation_request (code, source_locale, locale, file_id) values ('R1', 'en', 'ar', ` + file + `)`
	does(t, d, anEditor, "no such file", text)
	does(t, d, anEditor, "no such file", request)
	if got := seen(t, d, anEditor, "", `select count(*)::text from file_content`); got != "0" {
		t.Errorf("an editor reads %s files of others", got)
	}
	does(t, d, certifier, "", request)
	does(t, d, anEditor, "", text) // now he sees it, by the request
	if got := read(t, d.Owner(), `select byte_size || media_type || (sha256 = encode(sha256('hello'), 'hex')) from agreement_text`); got != "5text/plaintrue" {
		t.Errorf("the text of the agreement says of its file %s", got)
	}
	does(t, d, certifier, "permission denied", `update base.stored_file set name = 'b'`)
	refused(t, d.Owner(), "history is only added to", `update base.file_content set content = 'x'`)
	if got := read(t, d.Public(), `select count(*)::text from stored_file`); got != "0" {
		t.Errorf("the public sees %s files", got)
	}
	run(t, d.Owner(), `update agreement set state = 'PUBLISHED'`)
	if got := read(t, d.Public(), `select f.name || coalesce(f.uploaded_by_name, '') || convert_from(c.content, 'UTF8') from stored_file f join file_content c on c.file_id = f.id`); got != "a.txthello" {
		t.Errorf("the public reads of the published text %s", got)
	}
}
