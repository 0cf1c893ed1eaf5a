package db_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

// sound are records without a fault: a project, an agreement, an organization and a tree of units.
const sound = `
insert into code_list (name) values ('Sector'), ('Sector:99'), ('Country'), ('Region');
insert into code_list_item (list_id, list, code) select id, name, c from code_list, unnest(array['1', '2', '3']) c;
insert into organization (id, code, original_locale, name) values (1, 'O-1', 'en', '{"en": "One"}'), (2, 'O-2', 'en', '{"en": "Two"}');
insert into project (id, code, status, original_locale, title, description, planned_start, planned_end)
  values (1, 'P-1', 'IMPLEMENTATION', 'en', '{"en": "Wells"}', '{"en": "Wells for all"}', '2024-01-01', '2025-12-31'), (2, 'P-2', 'PIPELINE', 'en', '{}', '{}', null, null);
insert into project_partner (id, project_id, organization_id, role, published) values (1001, 1, 1, 'FUNDING', false);
insert into project_sector (project_id, sector_id, percentage, published) select 1, id, null, false from code_list_item where list = 'Sector' and code = '1';
insert into transaction (id, project_id, type, date, value_amount, value_currency, published) values (1, 1, 'DISBURSEMENT', '2024-05-01', 100, 'EUR', false);
insert into budget (id, project_id, period_start, period_end, value_amount, value_currency, published) values (1, 1, '2024-01-01', '2024-12-31', 100, 'EUR', false);
insert into result (id, project_id, type, published) values (1, 1, 'OUTPUT', false);
insert into indicator (id, result_id, measure, published) values (1, 1, 'UNIT', false);
insert into indicator_period (id, indicator_id, period_start, period_end, published) values (1, 1, '2024-01-01', '2024-12-31', false);
insert into measurement (id, period_id, kind, value, published) values (1, 1, 'TARGET', 5, false);
insert into agreement (id, code, kind, status, original_locale, title, signed_on, in_force_on, expires_on)
  values (1, 'A-1', 'MEMORANDUM', 'IN_FORCE', 'en', '{"en": "Memorandum"}', '2024-01-01', '2024-02-01', '2026-02-01');
insert into agreement_party (id, agreement_id, organization_id, published) values (1, 1, 1, false), (2, 1, 2, false);
insert into obligation (id, agreement_id, kind, published) values (1, 1, 'REPORT', false);
insert into administrative_unit (id, pcode, level, name, parent_id) values (1, 'U', 0, '{"ar": "بلد"}', null), (2, 'U1', 1, '{"ar": "محافظة"}', 1);`

func TestProblems(t *testing.T) {
	t.Parallel()
	const sector = `insert into project_sector (project_id, sector_id, percentage, published) select 1, id, SHARE, false from code_list_item where list = 'LIST' and code = 'CODE'`
	shares := func(list, code, share string) string {
		return strings.NewReplacer("LIST", list, "CODE", code, "SHARE", share).Replace(sector)
	}
	tests := []struct {
		name, kind, change string
		edit, submit       []string // path:code of what is wrong at each stage
	}{
		{name: "a sound project", kind: "Project"},
		{name: "a sound agreement", kind: "Agreement"},
		{name: "a sound organization", kind: "Organization"},
		{name: "a sound unit", kind: "AdministrativeUnit"},
		{name: "one sector of 60", kind: "Project", change: `update project_sector set percentage = 60`, submit: []string{"sectors:SHARES"}},
		{name: "101 per cent", kind: "Project", change: `update project_sector set percentage = 61;` + shares("Sector", "2", "40"), edit: []string{"sectors:SHARES"}, submit: []string{"sectors:SHARES"}},
		{name: "100 per cent to the last digit", kind: "Project", change: `update project_sector set percentage = 33.3;` + shares("Sector", "2", "33.3") + ";" + shares("Sector", "3", "33.4")},
		{name: "two sectors, one share", kind: "Project", change: `update project_sector set percentage = 50;` + shares("Sector", "2", "null"), submit: []string{"sectors:SHARES"}},
		{name: "two vocabularies", kind: "Project", change: `update project_sector set percentage = 100;` + shares("Sector:99", "1", "100")},
		{name: "a negative share", kind: "Project", change: `update project_sector set percentage = -1`, edit: []string{"sectors.percentage:SHARES"}, submit: []string{"sectors.percentage:SHARES", "sectors:SHARES"}},
		{name: "countries and regions", kind: "Project", change: `insert into project_country (project_id, country_id, percentage, published) select 1, id, 60, false from code_list_item where list = 'Country' and code = '1';
			insert into project_region (project_id, region_id, percentage, published) select 1, id, 50, false from code_list_item where list = 'Region' and code = '1'`,
			edit: []string{"countries:SHARES"}, submit: []string{"countries:SHARES"}},
		{name: "partners over 100", kind: "Project", change: `update project_partner set share = 60; insert into project_partner (project_id, organization_id, role, share, published) values (1, 2, 'FUNDING', 41, false)`,
			edit: []string{"partners:SHARES"}, submit: []string{"partners:SHARES"}},
		{name: "dates that cross", kind: "Project", change: `update project set planned_end = '2023-12-31' where id = 1`, edit: []string{"plannedEnd:DATES"}, submit: []string{"plannedEnd:DATES"}},
		{name: "an end in the future", kind: "Project", change: `update project set actual_end = current_date + 30 where id = 1`, edit: []string{"actualEnd:DATES"}, submit: []string{"actualEnd:DATES"}},
		{name: "money that will move", kind: "Project", change: `update transaction set date = current_date + 30`, edit: []string{"transactions.txn_1.date:DATES"}, submit: []string{"transactions.txn_1.date:DATES"}},
		{name: "a promise for later", kind: "Project", change: `update transaction set date = current_date + 30, type = 'OUTGOING_COMMITMENT'`},
		{name: "a project above itself", kind: "Project", change: `update project set parent_id = 1 where id = 2; update project set parent_id = 2 where id = 1`, edit: []string{"parentId:INVALID"}, submit: []string{"parentId:INVALID"}},
		{name: "an empty project", kind: "Project", change: `delete from project_partner; delete from project_sector; update project set title = '{"ar": "بئر"}', description = '{}', planned_start = null where id = 1`,
			submit: []string{"description:REQUIRED", "partners:REQUIRED", "plannedStart:REQUIRED", "sectors:REQUIRED", "title:REQUIRED"}},
		{name: "a nameless partner", kind: "Project", change: `update project_partner set organization_id = null`, submit: []string{"partners.ptn_3e9.organizationId:REQUIRED"}},
		{name: "sectors in both places", kind: "Project", change: `insert into transaction_sector (transaction_id, sector_id, published) select 1, id, false from code_list_item where list = 'Sector' and code = '1'`,
			submit: []string{"sectors:INVALID"}},
		{name: "sectors of a transaction", kind: "Project", change: `insert into transaction_sector (transaction_id, sector_id, percentage, published) select 1, id, 70, false from code_list_item where list = 'Sector' and code < '3'`,
			edit: []string{"transactions.txn_1.sectors:SHARES"}, submit: []string{"sectors:INVALID", "transactions.txn_1.sectors:SHARES"}},
		{name: "a budget backwards", kind: "Project", change: `update budget set period_end = '2023-01-01'`, edit: []string{"budgets.bud_1.periodEnd:DATES"}, submit: []string{"budgets.bud_1.periodEnd:DATES"}},
		{name: "a budget of two years", kind: "Project", change: `update budget set period_end = '2025-12-31'`, submit: []string{"budgets.bud_1.periodEnd:DATES"}},
		{name: "a target without value", kind: "Project", change: `update measurement set value = null`, submit: []string{"results.res_1.indicators.ind_1.periods.ipd_1.targets.value:REQUIRED"}},
		{name: "a number for a quality", kind: "Project", change: `update indicator set measure = 'QUALITATIVE'`, submit: []string{"results.res_1.indicators.ind_1.periods.ipd_1.targets.value:INVALID"}},
		{name: "a period backwards", kind: "Project", change: `update indicator_period set period_end = '2023-01-01'`, edit: []string{"results.res_1.indicators.ind_1.periods.ipd_1.periodEnd:DATES"},
			submit: []string{"results.res_1.indicators.ind_1.periods.ipd_1.periodEnd:DATES"}},
		{name: "in force before it was signed", kind: "Agreement", change: `update agreement set in_force_on = '2023-12-31'`, edit: []string{"inForceOn:DATES"}, submit: []string{"inForceOn:DATES"}},
		{name: "expired before it began", kind: "Agreement", change: `update agreement set expires_on = '2024-01-31'`, edit: []string{"expiresOn:DATES"}, submit: []string{"expiresOn:DATES"}},
		{name: "one party", kind: "Agreement", change: `delete from agreement_party where id = 2`, submit: []string{"parties:REQUIRED"}},
		{name: "signed, but when", kind: "Agreement", change: `update agreement set signed_on = null, in_force_on = null`, submit: []string{"signedOn:REQUIRED"}},
		{name: "waived without a reason", kind: "Agreement", change: `update obligation set outcome = 'WAIVED', settled_on = '2024-06-01'`, edit: []string{"obligations.obl_1.evidence:REQUIRED"}, submit: []string{"obligations.obl_1.evidence:REQUIRED"}},
		{name: "done, but when", kind: "Agreement", change: `update obligation set outcome = 'DONE'`, edit: []string{"obligations.obl_1.settledOn:REQUIRED"}, submit: []string{"obligations.obl_1.settledOn:REQUIRED"}},
		{name: "related to itself", kind: "Agreement", change: `insert into agreement_relation (id, agreement_id, related_id, kind, published) values (1, 1, 1, 'AMENDS', false)`, edit: []string{"relations.are_1.relatedId:INVALID"}, submit: []string{"relations.are_1.relatedId:INVALID"}},
		{name: "a step in the future", kind: "Agreement", change: `insert into agreement_event (id, agreement_id, kind, occurred_on, published) values (1, 1, 'AMENDED', current_date + 30, false)`, edit: []string{"events.aev_1.occurredOn:DATES"}, submit: []string{"events.aev_1.occurredOn:DATES"}},
		{name: "an identifier with a slash", kind: "Organization", change: `update organization set iati_identifier = 'XM/1' where id = 1`, edit: []string{"iatiIdentifier:INVALID"}, submit: []string{"iatiIdentifier:INVALID"}},
		{name: "an organization above itself", kind: "Organization", change: `update organization set parent_id = 1 where id = 1`, edit: []string{"parentId:INVALID"}, submit: []string{"parentId:INVALID"}},
		{name: "an organization without a name", kind: "Organization", change: `update organization set name = '{}' where id = 1`, submit: []string{"name:REQUIRED"}},
		{name: "a unit without a name", kind: "AdministrativeUnit", change: `update administrative_unit set name = '{}' where id = 1`, submit: []string{"name:REQUIRED"}},
		{name: "a unit that ended before it began", kind: "AdministrativeUnit", change: `update administrative_unit set valid_from = '2024-01-01', valid_to = '2023-01-01' where id = 1`, edit: []string{"validTo:DATES"}, submit: []string{"validTo:DATES"}},
	}
	database := dbtest.New(t).Owner()
	for _, test := range tests {
		tx, err := database.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), sound+test.change); err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else {
			for stage, want := range map[string][]string{"EDIT": test.edit, "SUBMIT": test.submit, "PUBLISH": test.submit} {
				if got := problems(t, tx, test.kind, stage); !slices.Equal(got, want) {
					t.Errorf("%s, %s: got %v, want %v", test.name, stage, got, want)
				}
			}
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

// problems are path:code of all that is wrong with record 1, each once, in order; every problem has a message in both languages.
func problems(t *testing.T, tx bun.Tx, kind, stage string) []string {
	t.Helper()
	var rows []struct {
		Path      string
		Code      string
		Message   string
		MessageAr string `bun:"message_ar"`
	}
	if err := tx.NewRaw("select array_to_string(path, '.') as path, code, message, message_ar from fn.problems(?, 1, ?)", kind, stage).Scan(t.Context(), &rows); err != nil {
		t.Errorf("%s, %s: %v", kind, stage, err)
		return nil
	}
	var out []string
	for _, r := range rows {
		if r.Message == "" || !strings.ContainsAny(r.MessageAr, "ابتثجحخدذرزسشصضطظعغفقكلمنهوي") {
			t.Errorf("%s %s: messages %q and %q", r.Path, r.Code, r.Message, r.MessageAr)
		}
		out = append(out, r.Path+":"+r.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
