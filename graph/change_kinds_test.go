package graph

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestEveryKind enters and changes a record of every kind that can be written by an input of its own.
func TestEveryKind(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	somebody := account(t, d, "somebody", "EDITOR", "ADMINISTRATOR", "TRANSLATOR")
	cases := map[string]struct{ create, change m }{
		"Organization": {m{"name": texts("en", "Fund", "ar", "صندوق"), "kind": "FUND", "aliases": m{"save": []any{m{"name": "The Fund", "locale": "en"}}}, "contacts": m{"save": []any{m{"person": "Office", "isPublic": true, "email": "a@example.org"}}},
			"identifiers": m{"save": []any{m{"scheme": "IATI", "value": "XX-1"}}}, "website": "https://example.org"}, m{"acronym": "F", "parentId": "org_1", "typeId": "cod_1f"}},
		"Agreement": {m{"title": texts("ar", "اتفاق"), "kind": "GRANT", "status": "NEGOTIATION", "envelope": m{"amount": "5", "currency": "EUR"}, "parties": m{"save": []any{m{"organizationId": "org_1"}, m{"organizationId": "org_3", "role": "BENEFICIARY"}}},
			"sectors": m{"link": []any{"cod_b"}}, "units": m{"link": []any{"unt_4"}}, "relations": m{"save": []any{m{"relatedId": "agr_1", "kind": "AMENDS"}}}, "texts": m{"save": []any{m{"locale": "ar", "role": "AUTHENTIC", "isPrevailing": true}}},
			"obligations": m{"save": []any{m{"kind": "REPORT", "text": texts("ar", "تقرير"), "dueOn": "2027-01-01"}}}, "events": m{"save": []any{m{"kind": "NEGOTIATION_OPENED", "occurredOn": "2026-01-01"}}}},
			m{"envelope": nil, "signedOn": "2026-02-01", "status": "SIGNED", "sectors": m{"unlink": []any{"cod_b"}, "link": []any{"cod_c"}}}},
		"Project": {m{"title": texts("ar", "مشروع"), "status": "PIPELINE"}, m{"defaultCurrency": "USD"}},
		"AdministrativeUnit": {m{"pcode": "C9999", "level": 4, "parentId": "unt_3", "name": texts("ar", "بلدة"), "boundary": m{"type": "Point", "coordinates": []any{37, 36}}, "populations": m{"save": []any{m{"year": 2004, "population": 10}}},
			"aliases": m{"save": []any{m{"name": "Balda"}}}}, m{"areaKm2": "1.5", "boundary": `{"type":"Point","coordinates":[37.5,36]}`}},
		"Evaluation": {m{"title": texts("ar", "تقييم نهائي"), "kind": "FINAL", "projectId": "prj_1", "scores": m{"save": []any{m{"criterion": "RELEVANCE", "score": 5, "reason": texts("ar", "حاجة قائمة")}}},
			"findings":        m{"save": []any{m{"text": texts("ar", "تحسّن الوصول إلى المياه")}}},
			"recommendations": m{"save": []any{m{"text": texts("ar", "صيانة دورية"), "actions": m{"save": []any{m{"text": texts("ar", "خطة صيانة"), "responsibleId": "min_1", "dueOn": "2027-01-01"}}}}}}},
			m{"status": "COMPLETED", "completedOn": "2026-05-01", "conduct": "EXTERNAL"}},
		"Page":         {m{"slug": "contact", "position": 9, "title": texts("ar", "اتصل بنا", "en", "Contact"), "body": texts("ar", "**نص**")}, m{"lead": texts("ar", "كيف تصل إلينا")}},
		"MinistryUnit": {m{"code": "NEW", "name": texts("ar", "قسم"), "parentId": "min_1"}, m{"parentId": nil}},
		"CodeListItem": {m{"codeListId": "cdl_5", "code": "17", "name": texts("en", "Partnerships")}, m{"status": "WITHDRAWN"}},
		"Account": {m{"login": "new.person", "name": "New Person", "email": "new@example.org", "roles": m{"save": []any{m{"role": "ANALYST"}, m{"role": "PARTNER", "organizationId": "org_1"}}}},
			m{"disabledAt": "2026-11-23T22:00:00Z"}},
		"ObligationFollowUp":      {m{"obligationId": "obl_1", "occurredOn": "2026-01-05", "action": texts("en", "Called")}, m{"doneBy": "Desk"}},
		"WorkingLocale":           {m{"locale": "ku"}, nil},
		"OrganizationDistinction": {m{"firstId": "org_1", "secondId": "org_3", "note": "one is the fund of the other"}, nil},
		"GlossaryTerm":            {m{"sourceLocale": "en", "term": "grant", "locale": "ar", "translation": "منحة"}, m{"note": "in agreements"}},
		"TranslationRequest":      {m{"title": texts("en", "Letter"), "sourceLocale": "en", "locale": "ar"}, m{"priority": "HIGH"}},
	}
	covered := map[string]bool{}
	for _, kind := range slices.Sorted(maps.Keys(cases)) {
		c := cases[kind]
		if g.schema.Types[kind+"Input"] == nil {
			continue
		}
		covered["create"+kind], covered["update"+kind], covered["remove"+kind] = true, true, true
		name := strings.ToLower(kind[:1]) + kind[1:]
		made := done(t, g, somebody, fmt.Sprintf(`mutation($input: Create%sInput!) { create%[1]s(input: $input) { %s { id version } %s } }`, kind, name, errorsAsked), m{"input": m{"reason": "new", name: c.create}})
		version := 1
		if c.change != nil {
			changed := done(t, g, somebody, fmt.Sprintf(`mutation($input: Update%sInput!) { update%[1]s(input: $input) { %s { id version } %s } }`, kind, name, errorsAsked),
				m{"input": m{"id": dig(made, name, "id"), "version": dig(made, name, "version"), name: c.change}})
			if dig(changed, name, "id") == nil || dig(changed, name, "id") != dig(made, name, "id") || fmt.Sprint(dig(changed, name, "version")) != "2" {
				t.Errorf("%s: %v, then %v", kind, made, changed)
			}
			version++
		}
		if g.schema.Mutation.Fields.ForName("remove"+kind) != nil {
			gone := done(t, g, somebody, `mutation($input: RecordInput!) { remove`+kind+`(input: $input) { record { id } `+errorsAsked+` } }`, m{"input": m{"id": dig(made, name, "id"), "version": version}})
			if gone["record"] != nil {
				t.Errorf("%s: what was removed is %v", kind, gone)
			}
		}
	}
	for _, f := range g.schema.Mutation.Fields {
		if r, ok := g.changes.engine.Root(f.Name); ok && r.Kind != "" && !covered[f.Name] {
			t.Errorf("Mutation.%s is not tried here", f.Name)
		}
	}
	// What a code means elsewhere, or an account that nobody may make, is refused.
	editor := account(t, d, "editor", "EDITOR")
	for _, root := range []string{"createAccount(input: {account: {login: \"x\", name: \"X\"}})", "createMinistryUnit(input: {ministryUnit: {code: \"X\"}})"} {
		if r := call(WithViewer(t.Context(), editor), g, "mutation { "+root+" { userErrors { code } } }", nil); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeForbidden {
			t.Errorf("%s by an editor: %v %s", root, r.Errors, r.Data)
		}
	}
	wrong := *editor
	wrong.Roles = append(wrong.Roles, "ADMINISTRATOR")
	for _, root := range []string{"createAccount(input: {account: {login: \"xy\", name: \"X\"}})", "createMinistryUnit(input: {ministryUnit: {code: \"X\"}})", "createCodeListItem(input: {codeListItem: {codeListId: \"cdl_1\", code: \"X\"}})"} {
		r := call(WithViewer(t.Context(), &wrong), g, "mutation { "+root+" { userErrors { code } } }", nil)
		if !strings.Contains(string(r.Data), `[{"code":"FORBIDDEN"}]`) {
			t.Errorf("%s by an editor whom the server takes for an administrator: %v %s", root, r.Errors, r.Data)
		}
	}
}

// TestUnitInCircle: a unit of the ministry is no part of itself, over several steps either.
func TestUnitInCircle(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	admin := account(t, d, "admin", "ADMINISTRATOR")
	below := func(id any, parent any, version any) string {
		return problems(do(t, g, admin, `mutation($input: UpdateMinistryUnitInput!) { updateMinistryUnit(input: $input) { ministryUnit { id } `+errorsAsked+` } }`,
			m{"input": m{"id": id, "version": version, "ministryUnit": m{"parentId": parent}}}))
	}
	made := done(t, g, admin, `mutation($input: CreateMinistryUnitInput!) { createMinistryUnit(input: $input) { ministryUnit { id } `+errorsAsked+` } }`,
		m{"input": m{"ministryUnit": m{"code": "BELOW", "name": texts("ar", "شعبة"), "parentId": "min_1"}}})
	const want = "input.ministryUnit.parentId INVALID: A record cannot be a part of itself, over several steps either."
	version := dig(ask(t, g, `{ ministryUnits(where: { id: { eq: "min_1" } }) { nodes { version } } }`, nil), "ministryUnits", "nodes", 0, "version")
	for _, parent := range []any{"min_1", dig(made, "ministryUnit", "id")} {
		if got := below("min_1", parent, version); got != want {
			t.Errorf("min_1 below %v: %s", parent, got)
		}
	}
	if got := below(dig(made, "ministryUnit", "id"), nil, 1); got != "" {
		t.Errorf("a unit put at the top: %s", got)
	}
}

// TestReviewedTextStays: who edits a record writes a new text beside one that has been reviewed.
func TestReviewedTextStays(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	approver := account(t, d, "approver", "APPROVER")
	version := dig(ask(t, g, `{ node(id: "prj_1") { ... on Project { version } } }`, nil), "node", "version").(float64)
	waits := done(t, g, approver, `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { change { fields { field before after } } `+errorsAsked+` } }`,
		m{"input": m{"id": "prj_1", "version": version, "project": m{"title": texts("en", "Water of Aleppo", "ar", "مياه حلب")}}})
	if got := fmt.Sprint(dig(waits, "change", "fields")); !strings.Contains(got, "after:Water of Aleppo before:Aleppo water network field:title.en") {
		t.Errorf("shown: %s", got)
	}
	done(t, g, approver, step("publishRecord"), m{"input": m{"id": "prj_1", "version": version + 1}})
	got := ask(t, g, `{ node(id: "prj_1") { ... on Project { title(locale: "en") { text status isStale } } } }`, nil)
	if s := fmt.Sprintf("%v %v %v", dig(got, "node", "title", "text"), dig(got, "node", "title", "status"), dig(got, "node", "title", "isStale")); s != "Aleppo water network CERTIFIED true" {
		t.Errorf("readers see %s", s)
	}
	var proposal string
	if err := d.Owner().QueryRowContext(t.Context(), `select proposal_text from translation where id = 2`).Scan(&proposal); err != nil || proposal != "Water of Aleppo" {
		t.Errorf("beside it: %q %v", proposal, err)
	}
}
