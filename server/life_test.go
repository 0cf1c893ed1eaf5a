package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// desk is somebody at a desk of the directorate: a browser that asks the graph.
type desk struct{ *person }

// tell runs an operation that must be answered, and gives its only root.
func (d desk) tell(t *testing.T, query string, variables map[string]any) fields {
	t.Helper()
	got := d.send(t, pathGraphQL, map[string]any{"query": query, "variables": variables})
	var body struct{ Data map[string]fields }
	if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != http.StatusOK || body.Data == nil {
		t.Fatalf("%s\nstatus %d: %s (%v)", query, got.status, got.body, err)
	}
	for _, root := range body.Data {
		if refused, _ := root["userErrors"].([]any); len(refused) > 0 {
			t.Fatalf("%s\n%v\nrefused: %v", query, variables, refused)
		}
		return root
	}
	return nil
}

// refusedWith runs a mutation that must be refused with the code, at the place.
func (d desk) refusedWith(t *testing.T, code, place, query string, variables map[string]any) {
	t.Helper()
	got := d.send(t, pathGraphQL, map[string]any{"query": query, "variables": variables})
	if !strings.Contains(got.body, `"code":"`+code+`"`) || place != "" && !strings.Contains(got.body, place) {
		t.Errorf("%s\nwant %s at %s, got %d: %s", query, code, place, got.status, got.body)
	}
}

// fields is a decoded object.
type fields map[string]any

// at follows names and numbers.
func (f fields) at(path ...any) any {
	var v any = map[string]any(f)
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return nil
			}
			v = list[p]
		}
	}
	return v
}

const refusals = ` userErrors { path code message messageAr } `

func wording(list ...string) (out []any) {
	for i := 0; i < len(list); i += 2 {
		out = append(out, map[string]any{"locale": list[i], "text": list[i+1]})
	}
	return out
}

type object = map[string]any

// TestTheDayOfADesk is the whole life of a project and of an agreement, from the draft of an editor to the certified Arabic text, over HTTP:
// who does what, in which order, and what readers see meanwhile. It is meant to be read.
func TestTheDayOfADesk(t *testing.T) {
	t.Parallel()
	server := start(t)
	known := func(query string) (id string) {
		t.Helper()
		if err := server.database.Owner().QueryRowContext(t.Context(), query).Scan(&id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	water, schools := known(`select fn.public_id('CodeListItem', id) from code_list_item where list = 'Sector' and code = '14030'`),
		known(`select fn.public_id('CodeListItem', id) from code_list_item where list = 'Sector' and code = '11220'`)
	aleppo := known(`select fn.public_id('AdministrativeUnit', id) from administrative_unit where pcode = 'SY02'`)
	reader := desk{server.visit()}
	admin := desk{server.administrator(t)}
	editor, approver := desk{server.colleague(t, "editor", "EDITOR")}, desk{server.colleague(t, "approver", "APPROVER")}
	translator, reviewer, certifier := desk{server.colleague(t, "translator", "TRANSLATOR")}, desk{server.colleague(t, "reviewer", "REVIEWER")}, desk{server.colleague(t, "certifier", "CERTIFIER")}

	// The administrator makes the unit that keeps the records.
	unit := admin.tell(t, `mutation($input: CreateMinistryUnitInput!) { createMinistryUnit(input: $input) { ministryUnit { id } `+refusals+` } }`,
		object{"input": object{"ministryUnit": object{"code": "DESK-1", "name": wording("ar", "دائرة المنظمات")}}}).at("ministryUnit", "id")

	// An editor enters two organizations. The approver publishes them at once.
	organization := func(name, nameAr, kind string) any {
		t.Helper()
		made := editor.tell(t, `mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id version state } `+refusals+` } }`,
			object{"input": object{"organization": object{"name": wording("en", name, "ar", nameAr), "originalLocale": "en", "kind": kind, "ownerId": unit}}})
		approver.tell(t, `mutation($input: RecordInput!) { publishRecord(input: $input) { record { id } `+refusals+` } }`,
			object{"input": object{"id": made.at("organization", "id"), "version": made.at("organization", "version")}})
		return made.at("organization", "id")
	}
	donor, ministry := organization("Development Fund", "صندوق التنمية", "FUND"), organization("Ministry of Local Administration", "وزارة الإدارة المحلية", "MINISTRY")

	// An agreement, with its parties, its text in two languages and what it obliges to.
	agreement := editor.tell(t, `mutation($input: CreateAgreementInput!) { createAgreement(input: $input) { agreement { id code version state parties { id organization { code } } } `+refusals+` } }`,
		object{"input": object{"reason": "signed this morning", "agreement": object{"title": wording("en", "Grant agreement on water"), "originalLocale": "en", "ownerId": unit, "kind": "GRANT", "status": "SIGNED", "signedOn": "2026-10-01",
			"envelope": object{"amount": "2500000", "currency": "USD"}, "parties": object{"save": []any{object{"organizationId": donor}, object{"organizationId": ministry, "role": "BENEFICIARY"}}},
			"texts":       object{"save": []any{object{"locale": "en", "role": "AUTHENTIC", "isPrevailing": true}, object{"locale": "ar", "role": "OFFICIAL_TRANSLATION"}}},
			"obligations": object{"save": []any{object{"kind": "REPORT", "text": wording("en", "Yearly report"), "obligorId": ministry, "dueOn": "2027-10-01"}}}}}})
	if agreement.at("agreement", "state") != "DRAFT" || len(agreement.at("agreement", "parties").([]any)) != 2 {
		t.Errorf("%v", agreement)
	}

	// A project under it. The same change sent again, as after a lost connection, is made once.
	enter := `mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id code version state sectors { id percentage } } clientMutationId ` + refusals + ` } }`
	entry := object{"clientMutationId": "desk-1-0001", "project": object{"title": wording("en", "Water network of Aleppo"), "description": wording("en", "Repair of the main pipes."), "originalLocale": "en", "ownerId": unit,
		"status": "IMPLEMENTATION", "plannedStart": "2026-11-01", "plannedEnd": "2028-10-31", "reportingOrganizationId": donor, "agreements": object{"link": []any{agreement.at("agreement", "id")}},
		"partners":  object{"save": []any{object{"organizationId": donor, "role": "FUNDING"}, object{"organizationId": ministry, "role": "IMPLEMENTING"}}},
		"sectors":   object{"save": []any{object{"sectorId": water, "percentage": 80}, object{"sectorId": schools, "percentage": 10}}},
		"locations": object{"save": []any{object{"unitId": aleppo}}}, "transactions": object{"save": []any{object{"type": "DISBURSEMENT", "date": "2026-11-02", "value": object{"amount": "100000", "currency": "USD"}, "providerId": donor}}}}}
	project := editor.tell(t, enter, object{"input": entry})
	if again := editor.tell(t, enter, object{"input": entry}); again.at("project", "id") != project.at("project", "id") {
		t.Errorf("one change made two projects: %v and %v", project, again)
	}
	id := project.at("project", "id")
	version := int(project.at("project", "version").(float64))

	// Nobody outside sees it. Shares of 90 % may stand in a draft, but are not handed in.
	node := `query($id: ID!) { node(id: $id) { ... on Project { status title(locale: "ar", fallback: ["en"]) { text locale status } } } }`
	if got := reader.send(t, pathGraphQL, object{"query": node, "variables": object{"id": id}}); !strings.Contains(got.body, `"node":null`) {
		t.Errorf("a reader sees a draft: %s", got.body)
	}
	take := func(who desk, step, comment string) fields {
		t.Helper()
		got := who.tell(t, `mutation($input: RecordInput!) { `+step+`(input: $input) { record { ... on Project { version state stateComment } } change { state comment } `+refusals+` } }`,
			object{"input": object{"id": id, "version": version, "comment": comment}})
		version = int(got.at("record", "version").(float64))
		return got
	}
	submit := `mutation($input: RecordInput!) { submitRecord(input: $input) { record { id } ` + refusals + ` } }`
	editor.refusedWith(t, "SHARES", `"sectors"`, submit, object{"input": object{"id": id, "version": version}})
	update := `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project { version status title(locale: "en") { text } } change { id state fields { field before after } } ` + refusals + ` } }`
	version = int(editor.tell(t, update, object{"input": object{"id": id, "version": version, "project": object{"sectors": object{"save": []any{object{"id": project.at("project", "sectors", 1, "id"), "percentage": 20}}}}}}).at("project", "version").(float64))

	// Handed in, sent back with a comment, put right, handed in again, published.
	take(editor, "submitRecord", "")
	if got := take(approver, "returnRecord", "Which currency does the donor report in?"); got.at("record", "stateComment") != "Which currency does the donor report in?" {
		t.Errorf("%v", got)
	}
	editor.refusedWith(t, "CONFLICT", `"version"`, update, object{"input": object{"id": id, "version": version - 1, "project": object{"defaultCurrency": "USD"}}})
	version = int(editor.tell(t, update, object{"input": object{"id": id, "version": version, "project": object{"defaultCurrency": "USD"}}}).at("project", "version").(float64))
	take(editor, "submitRecord", "in dollars")
	editor.refusedWith(t, "FORBIDDEN", "", `mutation($input: RecordInput!) { publishRecord(input: $input) { record { id } `+refusals+` } }`, object{"input": object{"id": id, "version": version}})
	if got := take(approver, "publishRecord", ""); got.at("record", "state") != "PUBLISHED" {
		t.Errorf("%v", got)
	}
	title := func() string {
		t.Helper()
		got := reader.tell(t, node, object{"id": id})
		return fmt.Sprint(got.at("status"), " ", got.at("title", "locale"), " ", got.at("title", "text"), " ", got.at("title", "status"))
	}
	if got := title(); got != "IMPLEMENTATION en Water network of Aleppo ORIGINAL" {
		t.Errorf("readers see %s", got)
	}

	// The Arabic text: written by one, reviewed by another, certified by a third. Nobody approves his own.
	translation := translator.tell(t, `mutation($input: WriteTranslationInput!) { writeTranslation(input: $input) { translation { id version status } `+refusals+` } }`,
		object{"input": object{"subjectId": id, "field": "title", "locale": "ar", "text": "شبكة مياه حلب"}})
	text, turn := translation.at("translation", "id"), translation.at("translation", "version")
	raise := func(who desk, step string) any {
		t.Helper()
		got := who.tell(t, `mutation($input: RecordInput!) { `+step+`(input: $input) { translation { version status } `+refusals+` } }`, object{"input": object{"id": text, "version": turn}})
		turn = got.at("translation", "version")
		return got.at("translation", "status")
	}
	if got := title(); strings.Contains(got, "شبكة") {
		t.Errorf("readers see a translation that nobody has reviewed: %s", got)
	}
	translator.refusedWith(t, "FORBIDDEN", "", `mutation($input: RecordInput!) { reviewTranslation(input: $input) { translation { id } `+refusals+` } }`, object{"input": object{"id": text, "version": turn}})
	if a, b := raise(reviewer, "reviewTranslation"), raise(certifier, "certifyTranslation"); a != "REVIEWED" || b != "CERTIFIED" {
		t.Errorf("%v, then %v", a, b)
	}
	if got := title(); got != "IMPLEMENTATION ar شبكة مياه حلب CERTIFIED" {
		t.Errorf("readers see %s", got)
	}

	// The project closes: a change of what is published waits, shown side by side, until it is approved.
	waits := editor.tell(t, update, object{"input": object{"id": id, "version": version, "reason": "finished early", "project": object{"status": "CLOSED", "title": wording("en", "Water network of the city of Aleppo")}}})
	version = int(waits.at("project", "version").(float64))
	if waits.at("project", "status") != "CLOSED" || waits.at("change", "state") != "DRAFT" || len(waits.at("change", "fields").([]any)) != 2 {
		t.Errorf("%v", waits)
	}
	if got := title(); got != "IMPLEMENTATION ar شبكة مياه حلب CERTIFIED" {
		t.Errorf("readers see %s", got)
	}
	take(editor, "submitRecord", "")
	take(approver, "publishRecord", "")
	if got := title(); got != "CLOSED ar شبكة مياه حلب CERTIFIED" {
		t.Errorf("readers see %s", got)
	}
	stale := reader.tell(t, `query($id: ID!) { node(id: $id) { ... on Project { title(locale: "ar") { isStale } } } }`, object{"id": id})
	if stale.at("title", "isStale") != true {
		t.Errorf("the certified text does not say that its source has changed: %v", stale)
	}

	// The agreement goes the same way, and the project shows it to readers then.
	linked := `query($id: ID!) { node(id: $id) { ... on Project { agreements { nodes { code } } } } }`
	if got := reader.tell(t, linked, object{"id": id}); got.at("agreements", "nodes", 0) != nil {
		t.Errorf("readers see an agreement that is a draft: %v", got)
	}
	at := agreement.at("agreement", "version")
	for _, s := range []struct {
		who  desk
		step string
	}{{editor, "submitRecord"}, {approver, "publishRecord"}} {
		at = s.who.tell(t, `mutation($input: RecordInput!) { `+s.step+`(input: $input) { record { ... on Agreement { version } } `+refusals+` } }`,
			object{"input": object{"id": agreement.at("agreement", "id"), "version": at}}).at("record", "version")
	}
	if got := reader.tell(t, linked, object{"id": id}); got.at("agreements", "nodes", 0, "code") != agreement.at("agreement", "code") {
		t.Errorf("readers do not see the agreement: %v", got)
	}
}
