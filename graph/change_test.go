package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// written is a database with records whose keys are fixed, in which new records can be entered.
func written(t testing.TB) *dbtest.DB {
	t.Helper()
	d := load(t, "records.sql")
	if _, err := d.Owner().ExecContext(t.Context(), `do $$ declare k record; begin
		for k in select c.oid::regclass as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.attidentity <> ''
			where c.relnamespace = 'base'::regnamespace and c.relkind = 'r' and c.relname <> 'working_locale' loop
			perform setval(pg_get_serial_sequence(k.name::text, 'id'), 1000);
		end loop; end $$`); err != nil {
		t.Fatal(err)
	}
	return d
}

// do runs a mutation as somebody. It must be answered; what was refused stands in the answer.
func do(t testing.TB, g *Graph, v *Viewer, query string, variables map[string]any) map[string]any {
	t.Helper()
	r := call(WithRequestID(WithViewer(t.Context(), v), "r-7"), g, query, decoded(t, variables))
	if len(r.Errors) > 0 {
		t.Fatalf("%s\n%v\n%v %v", query, variables, r.Errors, r.Errors[0].Extensions)
	}
	var out map[string]any
	if err := json.Unmarshal(r.Data, &out); err != nil {
		t.Fatalf("%s\n%s\n%v", query, r.Data, err)
	}
	for _, payload := range out {
		return payload.(map[string]any)
	}
	return nil
}

// done is do for what must not be refused.
func done(t testing.TB, g *Graph, v *Viewer, query string, variables map[string]any) map[string]any {
	t.Helper()
	out := do(t, g, v, query, variables)
	if p := problems(out); p != "" {
		t.Fatalf("%s\n%v\nrefused: %s", query, variables, p)
	}
	return out
}

// problems are the refusals of a payload, one a line: path, code and message.
func problems(payload map[string]any) string {
	var out []string
	list, _ := payload["userErrors"].([]any)
	for _, x := range list {
		var path []string
		for _, p := range dig(x, "path").([]any) {
			path = append(path, p.(string))
		}
		if dig(x, "messageAr") == "" || dig(x, "message") == "" {
			out = append(out, "no message in both languages")
		}
		out = append(out, fmt.Sprintf("%s %v: %v", strings.Join(path, "."), dig(x, "code"), dig(x, "message")))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

const (
	errorsAsked   = ` userErrors { path code message messageAr } `
	createProject = `mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id code version state } clientMutationId` + errorsAsked + `} }`
	updateProject = `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project { id version state status } change { id state } clientMutationId` + errorsAsked + `} }`
)

// step takes a record a step further.
func step(root string) string {
	return `mutation($input: RecordInput!) { ` + root + `(input: $input) { record { __typename id ... on Project { version state stateComment } } change { id state comment }` + errorsAsked + `} }`
}

type m = map[string]any

func texts(list ...string) (out []any) {
	for i := 0; i < len(list); i += 2 {
		out = append(out, m{"locale": list[i], "text": list[i+1]})
	}
	return out
}

// TestWholeRecord enters a project with all kinds of parts at once and changes it at once.
func TestWholeRecord(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	const all = `{ id code version state title(locale: "ar") { text locale status } description { text } status originalLocale capitalSpend
		partners { id role position name { text } share organization { id } } sectors { id percentage sector { code } }
		agreements(first: 5) { nodes { id } } results { nodes { id position title { text } indicators { id measure periods { id periodStart targets { id value comment { text } } actuals { value } } } documents { nodes { url } } } }
		transactions(first: 5) { nodes { id type date value { amount currency } provider { id } sectors { percentage } } } documents { nodes { url languages position categories { code } title { text } } }
		locations { nodes { id unit { id } latitude gazetteers position } } translations { nodes { field locale status text translator } } }`
	created := done(t, g, editor, `mutation($input: CreateProjectInput!) { made: createProject(input: $input) { kind: __typename project `+all+` ... on ProjectPayload { clientMutationId }`+errorsAsked+`} }`, m{"input": m{
		"clientMutationId": "c-1", "reason": "first entry", "project": m{"title": texts("ar", "شبكة مياه", "en", "Water network"), "description": texts("ar", "سطر\nثانٍ"), "status": "PIPELINE", "plannedStart": "2026-01-01", "capitalSpend": "12.50",
			"partners": m{"save": []any{m{"organizationId": "org_1", "role": "FUNDING", "name": texts("en", "UNDP")}, m{"organizationId": "org_2", "role": "IMPLEMENTING", "share": 40}}},
			"sectors":  m{"save": []any{m{"sectorId": "cod_b", "percentage": 60}, m{"sectorId": "cod_c", "percentage": "40"}}}, "agreements": m{"link": []any{"agr_1", "agr_2"}},
			"transactions": m{"save": m{"type": "DISBURSEMENT", "date": "2026-02-01", "value": m{"amount": "1000000.01", "currency": "USD"}, "providerId": "org_2", "sectors": m{"save": []any{m{"sectorId": "cod_b"}}}}},
			"documents":    m{"save": []any{m{"url": "https://example.org/a.pdf", "languages": []any{"ar", "en-gb"}, "title": texts("ar", "وثيقة"), "categories": m{"link": []any{"cod_29"}}}}},
			"locations":    m{"save": []any{m{"unitId": "unt_4", "latitude": 36.2, "longitude": 37.1, "gazetteers": []any{m{"code": "x"}}}}},
			"results": m{"save": []any{m{"type": "OUTPUT", "title": texts("ar", "نتيجة"), "documents": m{"save": []any{m{"url": "mailto:a@example.org"}}},
				"indicators": m{"save": []any{m{"measure": "UNIT", "periods": m{"save": []any{m{"periodStart": "2026-01-01", "periodEnd": "2026-12-31",
					"targets": m{"save": []any{m{"value": 5, "comment": texts("ar", "هدف")}}}, "actuals": m{"save": []any{m{"value": "4.5"}}}}}}}}}}}}}}})
	p := created["project"]
	if created["kind"] != "ProjectPayload" || created["clientMutationId"] != "c-1" || dig(p, "state") != "DRAFT" || dig(p, "code") == "" || fmt.Sprint(dig(p, "version")) != "1" {
		t.Errorf("%v", created)
	}
	for want, got := range map[string]any{
		"شبكة مياه": dig(p, "title", "text"), "سطر\nثانٍ": dig(p, "description", "text"), "12.50": dig(p, "capitalSpend"), "UNDP": dig(p, "partners", 0, "name", "text"), "org_2": dig(p, "partners", 1, "organization", "id"),
		"1": dig(p, "partners", 1, "position"), "1000000.01": dig(p, "transactions", "nodes", 0, "value", "amount"), "5": dig(p, "results", "nodes", 0, "indicators", 0, "periods", 0, "targets", 0, "value"),
		"هدف": dig(p, "results", "nodes", 0, "indicators", 0, "periods", 0, "targets", 0, "comment", "text"), "4.5": dig(p, "results", "nodes", 0, "indicators", 0, "periods", 0, "actuals", 0, "value"), "mailto:a@example.org": dig(p, "results", "nodes", 0, "documents", "nodes", 0, "url"),
		"[ar en-GB]": dig(p, "documents", "nodes", 0, "languages"), "A01": dig(p, "documents", "nodes", 0, "categories", 0, "code"), "unt_4": dig(p, "locations", "nodes", 0, "unit", "id"), "agr_2": dig(p, "agreements", "nodes", 0, "id"),
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	id, partner := dig(p, "id"), dig(p, "partners", 0, "id")
	result, period, target := dig(p, "results", "nodes", 0, "id"), dig(p, "results", "nodes", 0, "indicators", 0, "periods", 0, "id"), dig(p, "results", "nodes", 0, "indicators", 0, "periods", 0, "targets", 0, "id")
	changed := done(t, g, editor, `mutation($input: UpdateProjectInput!) { updateProject(input: $input) { project `+all+errorsAsked+`} }`, m{"input": m{"id": id, "version": 1, "project": m{
		"title": texts("ar", "شبكة مياه حلب"), "description": []any{m{"locale": "ar", "text": nil}}, "capitalSpend": nil,
		"partners": m{"save": []any{m{"id": partner, "role": "EXTENDING"}, m{"organizationId": "org_3", "role": "ACCOUNTABLE"}}, "remove": []any{dig(p, "partners", 1, "id")}},
		"sectors":  m{"remove": []any{dig(p, "sectors", 1, "id")}, "save": []any{m{"id": dig(p, "sectors", 0, "id"), "percentage": 100}}}, "agreements": m{"unlink": []any{"agr_1"}},
		"results": m{"save": []any{m{"id": result, "indicators": m{"save": []any{m{"id": dig(p, "results", "nodes", 0, "indicators", 0, "id"), "periods": m{"save": []any{m{"id": period, "targets": m{"save": []any{m{"id": target, "value": 6}}}}}}}}}}}},
	}}})["project"]
	for want, got := range map[string]any{
		"2": dig(changed, "version"), "شبكة مياه حلب": dig(changed, "title", "text"), "<nil>": dig(changed, "description"), "EXTENDING": dig(changed, "partners", 0, "role"), "ACCOUNTABLE": dig(changed, "partners", 1, "role"),
		"100": dig(changed, "sectors", 0, "percentage"), "agr_2": dig(changed, "agreements", "nodes", 0, "id"), "6": dig(changed, "results", "nodes", 0, "indicators", 0, "periods", 0, "targets", 0, "value"),
	} {
		if fmt.Sprint(got) != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if len(dig(changed, "partners").([]any)) != 2 || len(dig(changed, "sectors").([]any)) != 1 || dig(changed, "capitalSpend") != nil {
		t.Errorf("%v", changed)
	}
	for _, x := range dig(changed, "translations", "nodes").([]any) {
		if dig(x, "field") == "title" && dig(x, "locale") == "en" && (dig(x, "status") != "DRAFT" || dig(x, "translator") != "editor") {
			t.Errorf("the translation of the title: %v", x)
		}
	}
	var got string
	if err := d.Owner().QueryRowContext(t.Context(), `select concat_ws(' ', operation, actor_name, reason, request_id) from revision where operation = 'createProject'`).Scan(&got); err != nil || got != "createProject editor first entry r-7" {
		t.Errorf("the history says %q: %v", got, err)
	}
}
