package graph

import (
	"fmt"
	"strings"
	"testing"
)

// state of the database, as far as a change could have touched it.
const everything = `select concat((select count(*) from base.project), ' ', (select count(*) from base.project_partner), ' ', (select count(*) from base.translation), ' ',
	(select count(*) from base.revision), ' ', (select count(*) from base.mutation_receipt), ' ', (select count(*) from base.pending_change), ' ', (select sum(version) from base.project))`

// TestRefusedChanges: whatever is wrong with a change is told at its place, in a code and two languages, and nothing is changed.
func TestRefusedChanges(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	unit := account(t, d, "unit", "EDITOR")
	if _, err := d.Owner().ExecContext(t.Context(), `update account_role set ministry_unit_id = 2 where account_id = ?`, unit.Account); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Owner().ExecContext(t.Context(), `insert into project (id, code, state, status, confidential, owner_id) values (500, 'CONF', 'DRAFT', 'PIPELINE', true, 1);
		insert into organization (id, code, confidential, owner_id) values (500, 'CONF', true, 1)`); err != nil {
		t.Fatal(err)
	}
	made := done(t, g, editor, createProject, m{"input": m{"project": m{"title": texts("ar", "مشروع"), "status": "PIPELINE", "ownerId": "min_1"}}})
	id := dig(made, "project", "id")
	own := dig(done(t, g, unit, createProject, m{"input": m{"project": m{"title": texts("ar", "مشروع"), "status": "PIPELINE", "ownerId": "min_2"}}}), "project", "id")
	count := func() (out string) {
		t.Helper()
		if err := d.Owner().QueryRowContext(t.Context(), everything).Scan(&out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	before := count()
	long := strings.Repeat("م", 50_001)
	for _, c := range []struct {
		name, want string // the refusals: place, code
		viewer     *Viewer
		id         any
		version    int
		project    m
	}{
		{"an old version", "version CONFLICT", editor, id, 7, m{}},
		{"a version of the future", "version CONFLICT", editor, id, 2, m{}},
		{"no id", "id INVALID", editor, "project 1", 1, m{}},
		{"an id of another kind", "id INVALID", editor, "org_1", 1, m{}},
		{"an id of nothing", "id NOT_FOUND", editor, "prj_ffff", 1, m{}},
		{"a confidential record of another unit", "id NOT_FOUND", unit, "prj_1f4", 1, m{}},
		{"a record of another unit", "id FORBIDDEN", unit, id, 1, m{}},
		{"given away to another unit", "project FORBIDDEN", unit, own, 1, m{"ownerId": "min_1"}},
		{"another record's part", "project.partners.save.0.id NOT_FOUND", editor, id, 1, m{"partners": m{"save": []any{m{"id": "ptn_1", "share": 5}}}}},
		{"another record's part removed", "project.partners.remove.0 NOT_FOUND", editor, id, 1, m{"partners": m{"remove": []any{"ptn_1"}}}},
		{"a part of another kind", "project.partners.remove.0 INVALID", editor, id, 1, m{"partners": m{"remove": []any{"txn_1"}}}},
		{"a link to nothing", "project.partners.save.0.organizationId NOT_FOUND", editor, id, 1, m{"partners": m{"save": []any{m{"organizationId": "org_ffff", "role": "FUNDING"}}}}},
		{"a link to what is confidential", "project.partners.save.0.organizationId NOT_FOUND", unit, own, 1, m{"partners": m{"save": []any{m{"organizationId": "org_1f4", "role": "FUNDING"}}}}},
		{"a link to another kind", "project.reportingOrganizationId INVALID", editor, id, 1, m{"reportingOrganizationId": "agr_1"}},
		{"a code of another list", "project.financeTypeId INVALID", editor, id, 1, m{"financeTypeId": "cod_b"}},
		{"links to another kind", "project.agreements.link.1 INVALID", editor, id, 1, m{"agreements": m{"link": []any{"agr_1", "org_1"}}}},
		{"a text too long", "project.description.0.text TEXT", editor, id, 1, m{"description": texts("ar", long)}},
		{"a title too long", "project.title.0.text TEXT", editor, id, 1, m{"title": texts("ar", long[:2002])}},
		{"a code too long", "project.code TEXT", editor, id, 1, m{"code": strings.Repeat("x", 101)}},
		{"control characters", "project.code TEXT\ninput.project.title.0.text TEXT", editor, id, 1, m{"title": texts("ar", "a\x07b"), "code": "A\nB"}},
		{"NUL", "project.title.0.text TEXT", editor, id, 1, m{"title": texts("ar", "a\x00b")}},
		{"an empty text", "project.title.0.text TEXT", editor, id, 1, m{"title": texts("ar", "  ")}},
		{"a language twice", "project.title.1.locale INVALID", editor, id, 1, m{"title": texts("ar", "a", "AR", "b")}},
		{"no language", "project.title.0.locale INVALID", editor, id, 1, m{"title": texts("no language", "a")}},
		{"the original taken away from its translation", "project.title.0.text INVALID", editor, id, 1, m{"title": []any{m{"locale": "ar", "text": nil}, m{"locale": "en", "text": "x"}}}},
		{"no date", "project.actualEnd INVALID\ninput.project.plannedStart INVALID", editor, id, 1, m{"plannedStart": "2026-02-30", "actualEnd": "yesterday"}},
		{"dates that cross", "project.plannedEnd DATES", editor, id, 1, m{"plannedStart": "2026-02-01", "plannedEnd": "2026-01-01"}},
		{"a share of 101 %", "project.sectors.save.0.percentage SHARES", editor, id, 1, m{"sectors": m{"save": []any{m{"sectorId": "cod_b", "percentage": 101}}}}},
		{"shares of 101 %", "project.sectors SHARES", editor, id, 1, m{"sectors": m{"save": []any{m{"sectorId": "cod_b", "percentage": 60}, m{"sectorId": "cod_c", "percentage": 41}}}}},
		{"no currency", "project.transactions.save.0.value.currency INVALID", editor, id, 1, m{"transactions": m{"save": []any{m{"type": "DISBURSEMENT", "date": "2026-01-01", "value": m{"amount": 1, "currency": "usd"}}}}}},
		{"no amount", "project.transactions.save.0.value.amount INVALID", editor, id, 1, m{"transactions": m{"save": []any{m{"type": "DISBURSEMENT", "date": "2026-01-01", "value": m{"amount": "1e400", "currency": "USD"}}}}}},
		{"a part without what it needs", "project.transactions.save.0.date REQUIRED\ninput.project.transactions.save.0.value REQUIRED", editor, id, 1, m{"transactions": m{"save": []any{m{"type": "DISBURSEMENT"}}}}},
		{"emptied what must be there", "project.status REQUIRED", editor, id, 1, m{"status": nil}},
		{"no address", "project.contacts.save.0.email INVALID\ninput.project.contacts.save.0.website INVALID\ninput.project.documents.save.0.url INVALID", editor, id, 1,
			m{"documents": m{"save": []any{m{"url": "javascript:alert(1)"}}}, "contacts": m{"save": []any{m{"website": "ftp://x.org", "email": "a b@c"}}}}},
		{"a place outside of the world", "project.locations.save.0.latitude INVALID", editor, id, 1, m{"locations": m{"save": []any{m{"latitude": 91}}}}},
		{"a code that is taken", "project.code DUPLICATE", editor, id, 1, m{"code": "PRJ-1"}},
		{"an identifier that is taken", "project.iatiIdentifier DUPLICATE", editor, id, 1, m{"status": "CLOSED", "iatiIdentifier": "JICA-2"}},
		{"a part of itself", "project.parentId INVALID", editor, id, 1, m{"parentId": id}},
		{"one part twice", "project.partners.save.1.id INVALID", editor, "prj_4", 1, m{"partners": m{"save": []any{m{"id": "ptn_9"}, m{"id": "ptn_9"}}}}},
		{"too many rows", "project INVALID", editor, id, 1, m{"tags": m{"remove": many("ptg_1", 5001)}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := do(t, g, c.viewer, updateProject, m{"input": m{"clientMutationId": "again", "id": c.id, "version": c.version, "project": c.project}})
			got := problems(out)
			var codes []string
			for line := range strings.Lines(got) {
				code, _, _ := strings.Cut(line, ":")
				codes = append(codes, code)
			}
			if strings.Join(codes, "\n") != "input."+c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if after := count(); after != before {
				t.Errorf("%s has become %s", before, after)
			}
			if strings.Contains(c.want, "CONFLICT") && fmt.Sprint(dig(out, "project", "version")) != "1" {
				t.Errorf("today's record is not told: %v", out)
			}
			if strings.ContainsAny(got, `"_`) && strings.Contains(got, "violates") {
				t.Errorf("words of the database: %s", got)
			}
		})
	}
}

func many(id string, n int) (out []any) {
	for range n {
		out = append(out, id)
	}
	return out
}

// TestWhoMayNoLonger: a person whose account is closed, and a token that has ended, change nothing.
func TestWhoMayNoLonger(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	token := *editor
	if err := d.Owner().QueryRowContext(t.Context(), `insert into api_token (account_id, name, roles, read_only, expires_at, created_at) values (?, 'script', '{EDITOR}', false, now() + interval '1 hour', now()) returning id`,
		editor.Account).Scan(&token.Token); err != nil {
		t.Fatal(err)
	}
	input := m{"input": m{"project": m{"title": texts("ar", "مشروع"), "status": "PIPELINE"}}}
	done(t, g, &token, createProject, input)
	revoke := `mutation($id: ID!) { revokeApiToken(input: {id: $id}) { apiToken { id revokedAt } ` + errorsAsked + ` } }`
	other := account(t, d, "other", "EDITOR")
	name := fmt.Sprintf("tok_%x", token.Token)
	if got := problems(do(t, g, other, revoke, m{"id": name})); !strings.HasPrefix(got, "input.id NOT_FOUND") {
		t.Errorf("somebody else's token: %s", got)
	}
	if got := done(t, g, editor, revoke, m{"id": name}); dig(got, "apiToken", "revokedAt") == nil {
		t.Errorf("%v", got)
	}
	if got := problems(do(t, g, &token, createProject, input)); !strings.HasPrefix(got, "input.project FORBIDDEN") {
		t.Errorf("a revoked token wrote: %s", got)
	}
	if _, err := d.Owner().ExecContext(t.Context(), `update account set disabled_at = now() where id = ?`, editor.Account); err != nil {
		t.Fatal(err)
	}
	if got := problems(do(t, g, editor, createProject, input)); !strings.HasPrefix(got, "input.project FORBIDDEN") {
		t.Errorf("a closed account wrote: %s", got)
	}
	if r := call(WithViewer(t.Context(), &Viewer{Account: other.Account, Roles: []string{"EDITOR"}, ReadOnly: true}), g, createProject, decoded(t, input)); len(r.Errors) == 0 || r.Errors[0].Extensions["code"] != CodeForbidden {
		t.Errorf("a token that only reads wrote: %v %s", r.Errors, r.Data)
	}
}
