package db_test

import (
	"strings"
	"testing"
)

// TestWhatMayStay commits changes to published records: they stay if an approver makes them, or if the public's view of the record does not
// change. All others may be made, to be looked at, and must be undone.
func TestWhatMayStay(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	run(t, d.Owner(), `insert into translation (id, subject_kind, subject_id, field, locale, text, status, source_locale) values
			(100, 'Project', 4, 'title', 'ar', 'عنوان', 'ORIGINAL', null), (101, 'Project', 4, 'title', 'en', 'Title', 'REVIEWED', 'ar'), (102, 'Project', 4, 'title', 'fr', 'Titre', 'DRAFT', 'ar')`,
		`insert into result (id, project_id, type, published) values (100, 4, 'OUTPUT', true), (101, 1, 'OUTPUT', false)`)
	const (
		field    = `update base.project set status = 'CLOSED' where id = 4`
		part     = `insert into base.budget (project_id, published, period_start, period_end, value_amount, value_currency) values (4, true, '2024-01-01', '2024-12-31', 1, 'USD')`
		removal  = `delete from base.result where id = 100`
		original = `update base.translation set text = text || '!' where id = 100`
		reviewed = `delete from base.translation where id = 101`
		draft    = `insert into base.translation (subject_kind, subject_id, field, locale, text, status) values ('Project', 4, 'title', 'de', 'Titel', 'DRAFT')`
		count    = `update base.project set version = version + 1 where id = 4`
		undone   = `savepoint trial; update base.project set status = 'CLOSED' where id = 4; rollback to trial`
		open     = `update base.project set status = 'CLOSED' where id = 1; delete from base.result where id = 101`
		publish  = `update base.project set state = 'PUBLISHED' where id = 1`
		hide     = `update base.project set state = 'ARCHIVED' where id = 4`
	)
	all := []string{field, part, removal, original, reviewed, draft, count, undone, open, publish, hide}
	stays, refused, none := "stays", "published_record", "nothing to write"
	for _, c := range []struct {
		name   string
		grants []grant
		want   map[string]string // by statement
	}{
		{"editor of a", []grant{{role: "EDITOR", unit: unitA}}, map[string]string{field: refused, part: refused, removal: refused, original: refused, reviewed: refused, draft: stays, count: stays,
			undone: stays, open: stays, publish: "record_state", hide: "record_state"}},
		{"approver of a", []grant{{role: "APPROVER", unit: unitA}}, map[string]string{field: stays, part: stays, removal: stays, original: stays, reviewed: stays, draft: stays, count: stays,
			undone: stays, open: stays, publish: stays, hide: stays}},
		{"editor of a, approver of b", []grant{{role: "EDITOR", unit: unitA}, {role: "APPROVER", unit: unitB}}, map[string]string{field: refused, part: refused, removal: refused, original: refused,
			reviewed: refused, draft: stays, count: stays, undone: stays, open: stays, publish: "record_state", hide: "record_state"}},
		{"partner", []grant{{role: "PARTNER", organization: 4}}, map[string]string{field: refused, part: refused, removal: refused, original: refused, reviewed: refused, draft: stays, count: stays,
			undone: stays, open: none, publish: none, hide: "record_state"}},
		{"translator", []grant{{role: "TRANSLATOR"}}, map[string]string{field: none, part: "42501", removal: none, original: "translation_status", reviewed: "translation_status", draft: stays,
			count: none, undone: stays, open: none, publish: none, hide: none}},
		{"administrator", []grant{{role: "ADMINISTRATOR"}}, map[string]string{field: none, part: "42501", removal: none, original: none, reviewed: none, draft: "translation_status", count: none,
			undone: stays, open: none, publish: none, hide: none}},
	} {
		conn := actAs(t, d, c.grants...)
		for _, statement := range all {
			run(t, conn, "begin")
			got := stays
			result, err := conn.ExecContext(t.Context(), statement)
			if err == nil {
				if n, _ := result.RowsAffected(); n == 0 && statement != undone {
					got = none
				}
				// What would be checked at the commit is checked now, and then undone for the next.
				_, err = conn.ExecContext(t.Context(), "set constraints all immediate")
			}
			if err != nil {
				if got = constraintOf(err); got == "" && strings.Contains(err.Error(), "SQLSTATE=42501") {
					got = "42501"
				} else if got == "" {
					t.Fatalf("%s: %s: %v", c.name, statement, err)
				}
			}
			run(t, conn, "rollback")
			if got != c.want[statement] {
				t.Errorf("%s: %s: %s, want %s (%v)", c.name, statement, got, c.want[statement], err)
			}
		}
	}
	// And so at a real commit, whoever he says he is by then.
	editor := actAs(t, d, grant{role: "EDITOR", unit: unitA})
	for _, statement := range []string{"begin; " + field + "; commit", "begin; " + field + "; set local taawun.actor = ''; commit", "begin; " + field + "; set local taawun.operation = 'mergeOrganizations'; commit"} {
		_, err := editor.ExecContext(t.Context(), statement)
		if constraintOf(err) != "published_record" {
			t.Errorf("%s: %v", statement, err)
		}
		run(t, editor, "rollback")
	}
	if got := read(t, d.Owner(), "select status from project where id = 4"); got != "PIPELINE" {
		t.Errorf("the published project has become %s", got)
	}
}

// TestWhoActs signs in in ways that give less than the roles of the account.
func TestWhoActs(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	run(t, d.Owner(), `insert into account (id, login, name, disabled_at) values (100, 'gone', 'x', now()), (101, 'program', 'x', null)`,
		`insert into account_role (account_id, role) values (100, 'ADMINISTRATOR'), (101, 'EDITOR'), (101, 'ANALYST'), (101, 'ADMINISTRATOR')`,
		`insert into api_token (id, account_id, name, roles, read_only, created_at, expires_at, revoked_at) values
			(1, 101, 'reads', '{ANALYST}', true, now(), now() + '1 day', null), (2, 101, 'edits', '{EDITOR}', false, now(), now() + '1 day', null), (3, 101, 'edits but does not', '{EDITOR}', true, now(), now() + '1 day', null),
			(4, 101, 'ended', '{EDITOR}', false, now() - interval '2 days', now() - interval '1 day', null), (5, 101, 'revoked', '{EDITOR}', false, now(), now() + '1 day', now()), (6, 100, 'of another', '{ADMINISTRATOR}', false, now(), now() + '1 day', null)`,
		`insert into project (id, code, status, state, confidential) values (100, 'SECRET', 'PIPELINE', 'DRAFT', true)`)
	for _, c := range []struct{ name, actor, token, want string }{
		{"nobody", "", "", "1 f f"},
		{"a disabled account", "100", "", "1 f f"},
		{"an account that is not there", "999", "", "1 f f"},
		{"a person", "101", "", "6 t t"},
		{"a token that reads", "101", "1", "5 f f"},
		{"a token that edits", "101", "2", "6 t f"},
		{"a token that may not write", "101", "3", "6 f f"},
		{"a token that has ended", "101", "4", "1 f f"},
		{"a token that was revoked", "101", "5", "1 f f"},
		{"a token of another", "101", "6", "1 f f"},
		{"a token that is not there", "101", "999", "1 f f"},
	} {
		conn := signedIn(t, d, c.actor)
		run(t, conn, "set taawun.token = '"+c.token+"'")
		got := read(t, conn, `select (select count(*) from project) || ' ' || left(base.may_edit('Project', 1)::text, 1) || ' ' || left((public.attempt('insert into base.code_list (id, name) values (1, ''x'')') = 'done')::text, 1)`)
		if got != c.want {
			t.Errorf("%s: sees projects, edits, writes code lists: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestWhatWasHiddenStaysHidden reads the past of a confidential record: its parts that are no longer there, and their texts.
func TestWhatWasHiddenStaysHidden(t *testing.T) {
	t.Parallel()
	d := ministry(t)
	run(t, d.Owner(), `update project set confidential = true where id = 1`,
		`insert into result (id, project_id, type, published) values (100, 1, 'OUTPUT', false), (101, 2, 'OUTPUT', false)`,
		`insert into indicator (id, result_id, measure, published) values (100, 100, 'UNIT', false), (101, 101, 'UNIT', false)`,
		`insert into document (id, subject_kind, subject_id, url) values (100, 'Result', 100, 'https://example.org/1'), (101, 'Result', 101, 'https://example.org/2')`,
		`insert into translation (subject_kind, subject_id, field, locale, text, status)
			select k.kind, k.id, 'title', 'ar', 'x', 'ORIGINAL' from (values ('Indicator', 100), ('Indicator', 101), ('Document', 100), ('Document', 101)) k(kind, id)`)
	moment := read(t, d.Owner(), "select clock_timestamp()")
	run(t, d.Owner(), `delete from result`)
	for _, c := range []struct {
		name  string
		grant grant
		want  string
	}{
		{"analyst", grant{role: "ANALYST"}, "1 1 1 2"},
		{"editor of b", grant{role: "EDITOR", unit: unitB}, "1 1 1 2"},
		{"editor of a", grant{role: "EDITOR", unit: unitA}, "2 2 2 4"},
		{"administrator", grant{role: "ADMINISTRATOR"}, "2 2 2 4"},
		{"partner", grant{role: "PARTNER", organization: 4}, "0 0 0 0"},
	} {
		conn := actAs(t, d, c.grant)
		run(t, conn, "set search_path to asof, fn, public", "set taawun.as_of = '"+moment+"'")
		if got := read(t, conn, "select concat_ws(' ', (select count(*) from result), (select count(*) from indicator), (select count(*) from document), (select count(*) from translation))"); got != c.want {
			t.Errorf("%s sees of the past results, indicators, documents, texts %s, want %s", c.name, got, c.want)
		}
	}
}
