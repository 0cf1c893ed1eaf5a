package db_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// ledger is a database with code lists, units, organizations, agreements and ten projects without money.
//
//	sectors 1 2 3 (five digits), 4 (three digits); goals 11, 12 and a target 13 of goal 12; finance types 21 (grant), 22 (loan)
//	units 100 country, 101 102 governorates, 111 district of 101, 112 of 102, 121 122 subdistricts of 111, 131 of 112
//	organizations 1 to 4, 5 not published; agreements 1, 2; projects 1 to 9, 10 not published
func ledger(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "ledger", func(ctx context.Context, d *dbtest.DB) error {
		for _, s := range []string{
			`insert into code_list (id, name) values (1, 'Sector'), (2, 'SectorCategory'), (3, 'UNSDG-Goals'), (4, 'UNSDG-Targets'), (5, 'FinanceType')`,
			`insert into code_list_item (id, list_id, list, code, category_id) values (1, 1, 'Sector', '14030', null), (2, 1, 'Sector', '11220', null), (3, 1, 'Sector', '12220', null),
				(4, 2, 'SectorCategory', '140', null), (11, 3, 'UNSDG-Goals', '4', null), (12, 3, 'UNSDG-Goals', '6', null), (13, 4, 'UNSDG-Targets', '6.1', 12),
				(21, 5, 'FinanceType', '110', null), (22, 5, 'FinanceType', '421', null)`,
			`insert into administrative_unit (id, pcode, level, parent_id) values (100, 'SY', 0, null), (101, 'SY01', 1, 100), (102, 'SY02', 1, 100),
				(111, 'SY0101', 2, 101), (112, 'SY0201', 2, 102), (121, 'SY010101', 3, 111), (122, 'SY010102', 3, 111), (131, 'SY020101', 3, 112)`,
			`insert into organization (id, code, state) values (1, 'O1', 'PUBLISHED'), (2, 'O2', 'PUBLISHED'), (3, 'O3', 'PUBLISHED'), (4, 'O4', 'PUBLISHED'), (5, 'O5', 'DRAFT')`,
			`insert into agreement (id, code, state, kind, status) values (1, 'A1', 'PUBLISHED', 'GRANT', 'IN_FORCE'), (2, 'A2', 'PUBLISHED', 'GRANT', 'IN_FORCE')`,
			`insert into project (id, code, iati_identifier, state, status, finance_type_id) select i, 'P' || i, 'X-' || i, case when i = 10 then 'DRAFT' else 'PUBLISHED' end,
				'IMPLEMENTATION', 21 from generate_series(1, 10) i`,
		} {
			if _, err := d.Owner().ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
}

// pay is SQL for a disbursement of a project.
func pay(id, project int, date, amount, currency string) string {
	return flow(id, project, "DISBURSEMENT", date, amount, currency, "")
}

// flow is SQL for a transaction, which may name the activity that receives it.
func flow(id, project int, kind, date, amount, currency, receiver string) string {
	return fmt.Sprintf(`insert into transaction (id, project_id, type, date, value_amount, value_currency, receiver_activity, published)
		values (%d, %d, '%s', '%s', %s, '%s', nullif('%s', ''), %t)`, id, project, kind, date, amount, currency, receiver, project != 10)
}

// part is SQL for a row of a part table of projects.
func part(table, columns, values string) string {
	return fmt.Sprintf(`insert into %s (%s, published) values (%s, true)`, table, columns, values)
}

const asRow = `select concat_ws(' ', r.year, 'Q' || r.quarter, 'sector ' || r.sector_id, 'goal ' || r.sdg_id, 'governorate ' || r.governorate_id, 'district ' || r.district_id,
	'funder ' || r.funder_id, 'implementer ' || r.implementer_id, 'agreement ' || r.agreement_id, 'finance ' || r.finance_type_id, r.status, r.currency, r.amount, 'of ' || r.count) `

func TestFundingRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		setup []string
		ask   string
		want  string
	}{
		{"by year and currency, repayments subtracted", []string{pay(1, 1, "2023-05-01", "100.10", "USD"), pay(2, 1, "2023-12-31", "-40.05", "USD"),
			pay(3, 2, "2024-01-01", "7", "USD"), pay(4, 2, "2023-06-01", "1000", "SYP"), pay(5, 2, "2023-06-01", "3", "EUR")},
			`"by" => '{YEAR}'`, "2023 EUR 3 of 1\n2023 SYP 1000 of 1\n2023 USD 60.05 of 2\n2024 USD 7 of 1"},
		{"measures are sets of types", []string{pay(1, 1, "2023-05-01", "1", "USD"), flow(2, 1, "EXPENDITURE", "2023-05-01", "10", "USD", ""),
			flow(3, 1, "INCOMING_FUNDS", "2023-05-01", "100", "USD", ""), flow(4, 1, "OUTGOING_COMMITMENT", "2023-05-01", "1000", "USD", ""),
			flow(5, 1, "OUTGOING_PLEDGE", "2023-05-01", "10000", "USD", "")},
			`"by" => '{YEAR}', measure => 'SPEND'`, "2023 USD 11 of 2"},
		{"pledges stand apart from commitments", []string{flow(4, 1, "OUTGOING_COMMITMENT", "2023-05-01", "1000", "USD", ""), flow(5, 1, "OUTGOING_PLEDGE", "2023-05-01", "10000", "USD", "")},
			`"by" => '{QUARTER}', measure => 'PLEDGE'`, "Q2 USD 10000 of 1"},
		{"what is not published does not count", []string{pay(1, 1, "2023-05-01", "1", "USD"), pay(2, 10, "2023-05-01", "50", "USD")}, `"by" => '{YEAR}'`, "2023 USD 1 of 1"},
		{"period and currency", []string{pay(1, 1, "2023-01-01", "1", "USD"), pay(2, 1, "2023-01-02", "2", "USD"), pay(3, 1, "2023-12-31", "4", "USD"), pay(4, 1, "2024-01-01", "8", "USD"),
			pay(5, 1, "2023-06-01", "16", "EUR")}, `"by" => '{YEAR}', from_date => '2023-01-02', to_date => '2023-12-31', original_currency => 'USD'`, "2023 USD 6 of 2"},
		{"stated shares", []string{pay(1, 1, "2023-05-01", "100", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 1, 60, true), (1, 2, 40, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 60.00 of 1\nsector 2 USD 40.00 of 1"},
		{"equal parts to the cent, the first takes the odd one", []string{pay(1, 1, "2023-05-01", "100", "USD"),
			`insert into project_sector (project_id, sector_id, published) values (1, 1, true), (1, 2, true), (1, 3, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 33.34 of 1\nsector 2 USD 33.33 of 1\nsector 3 USD 33.33 of 1"},
		{"a repayment is split as the payment was", []string{pay(1, 1, "2023-05-01", "100", "USD"), pay(2, 1, "2024-05-01", "-100", "USD"),
			`insert into project_sector (project_id, sector_id, published) values (1, 1, true), (1, 2, true), (1, 3, true)`},
			`"by" => '{SECTOR,YEAR}'`, "2023 sector 1 USD 33.34 of 1\n2024 sector 1 USD -33.34 of 1\n2023 sector 2 USD 33.33 of 1\n2024 sector 2 USD -33.33 of 1\n" +
				"2023 sector 3 USD 33.33 of 1\n2024 sector 3 USD -33.33 of 1"},
		{"the largest remainder takes the odd cent", []string{pay(1, 1, "2023-05-01", "0.10", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 1, 33, true), (1, 2, 28, true), (1, 3, 39, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 0.03 of 1\nsector 2 USD 0.03 of 1\nsector 3 USD 0.04 of 1"},
		{"fractions of a cent are not lost", []string{pay(1, 1, "2023-05-01", "0.125", "KWD"),
			`insert into project_sector (project_id, sector_id, published) values (1, 1, true), (1, 2, true)`},
			`"by" => '{SECTOR}'`, "sector 1 KWD 0.065 of 1\nsector 2 KWD 0.06 of 1"},
		{"shares that do not total 100 are brought to it", []string{pay(1, 1, "2023-05-01", "90", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 1, 100, true), (1, 2, 50, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 60.00 of 1\nsector 2 USD 30.00 of 1"},
		{"a missing share takes what the others leave", []string{pay(1, 1, "2023-05-01", "100", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 1, 70, true), (1, 2, null, true), (1, 3, null, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 70.00 of 1\nsector 2 USD 15.00 of 1\nsector 3 USD 15.00 of 1"},
		{"a single one without share is all", []string{pay(1, 1, "2023-05-01", "5", "USD"), `insert into project_sector (project_id, sector_id, published) values (1, 2, true)`},
			`"by" => '{SECTOR}'`, "sector 2 USD 5 of 1"},
		{"shares of zero are equal parts, a share of zero is none", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 2, "2023-05-01", "10", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 1, 0, true), (1, 2, 0, true), (2, 1, 100, true), (2, 3, 0, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 15.00 of 2\nsector 2 USD 5.00 of 1"},
		{"three-digit sectors only where there are no finer ones", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 2, "2023-05-01", "1", "USD"),
			`insert into project_sector (project_id, sector_id, percentage, published) values (1, 4, 100, true), (1, 1, 100, true), (2, 4, 100, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 10 of 1\nsector 4 USD 1 of 1"},
		{"sectors of the transaction come before those of the project", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 1, "2023-05-01", "4", "USD"), pay(3, 2, "2023-05-01", "2", "USD"),
			`insert into project_sector (project_id, sector_id, published) values (1, 1, true)`,
			`insert into transaction_sector (transaction_id, sector_id, percentage, published) values (2, 2, 75, true), (2, 3, 25, true)`},
			`"by" => '{SECTOR}'`, "sector 1 USD 10 of 1\nsector 2 USD 3.00 of 1\nsector 3 USD 1.00 of 1\nUSD 2 of 1"},
		{"places by the governorate above them, unknown ones stay visible", []string{pay(1, 1, "2023-05-01", "100", "USD"), pay(2, 2, "2023-05-01", "9", "USD"),
			`insert into project_location (project_id, unit_id, percentage, published) values (1, 121, 25, true), (1, 122, 25, true), (1, 131, 30, true), (1, null, 20, true)`},
			`"by" => '{GOVERNORATE}'`, "governorate 101 USD 50.00 of 1\ngovernorate 102 USD 30.00 of 1\nUSD 29.00 of 2"},
		{"districts in equal parts", []string{pay(1, 1, "2023-05-01", "10", "USD"),
			`insert into project_location (project_id, unit_id, published) values (1, 121, true), (1, 131, true), (1, 101, true)`},
			`"by" => '{GOVERNORATE,DISTRICT}'`, "governorate 101 district 111 USD 3.34 of 1\ngovernorate 101 USD 3.33 of 1\ngovernorate 102 district 112 USD 3.33 of 1"},
		{"the provider funds, else the funding partners by share", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 1, "2023-05-01", "10", "USD"),
			`update transaction set provider_id = 3 where id = 1`,
			`insert into project_partner (project_id, organization_id, role, share, published) values (1, 1, 'FUNDING', 75, true), (1, 2, 'FUNDING', 25, true), (1, 4, 'IMPLEMENTING', null, true)`},
			`"by" => '{FUNDER}'`, "funder 1 USD 7.50 of 1\nfunder 2 USD 2.50 of 1\nfunder 3 USD 10 of 1"},
		{"a funder who is not published is not known", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 2, "2023-05-01", "10", "USD"),
			`update transaction set provider_id = 5 where id = 1`}, `"by" => '{FUNDER}'`, "USD 20 of 2"},
		{"implementing partners in equal parts, named ones without record not known", []string{pay(1, 1, "2023-05-01", "10", "USD"),
			`insert into project_partner (project_id, organization_id, role, published) values (1, 4, 'IMPLEMENTING', true), (1, null, 'IMPLEMENTING', true)`},
			`"by" => '{IMPLEMENTER}'`, "implementer 4 USD 5.00 of 1\nUSD 5.00 of 1"},
		{"agreements in equal parts", []string{pay(1, 1, "2023-05-01", "10.01", "USD"), pay(2, 2, "2023-05-01", "1", "USD"),
			`insert into project_agreement (project_id, agreement_id, published) values (1, 1, true), (1, 2, true)`},
			`"by" => '{AGREEMENT}'`, "agreement 1 USD 5.01 of 1\nagreement 2 USD 5.00 of 1\nUSD 1 of 1"},
		{"goals count fully, targets as their goals", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 2, "2023-05-01", "1", "USD"),
			`insert into project_tag (project_id, tag_id, published) values (1, 11, true), (1, 12, true), (1, 13, true)`,
			`insert into project_location (project_id, unit_id, published) values (1, 121, true), (1, 131, true)`},
			`"by" => '{SDG,GOVERNORATE}'`, "goal 11 governorate 101 USD 5.00 of 1\ngoal 11 governorate 102 USD 5.00 of 1\ngoal 12 governorate 101 USD 5.00 of 1\n" +
				"goal 12 governorate 102 USD 5.00 of 1\nUSD 1 of 1"},
		{"finance type of the transaction, else of the project; status", []string{pay(1, 1, "2023-05-01", "10", "USD"), pay(2, 1, "2023-05-01", "1", "USD"),
			`update transaction set finance_type_id = 22 where id = 2`, `update project set status = 'CLOSED' where id = 1`},
			`"by" => '{FINANCE_TYPE,STATUS}'`, "finance 21 CLOSED USD 10 of 1\nfinance 22 CLOSED USD 1 of 1"},
		{"money counts at the lowest level that reports it", []string{`update project set parent_id = 1 where id in (2, 3)`, `update project set parent_id = 2 where id = 4`,
			pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 2, "2023-05-01", "100", "USD"), pay(3, 3, "2023-05-01", "10", "USD"), pay(4, 4, "2023-05-01", "1", "USD"),
			flow(5, 1, "OUTGOING_COMMITMENT", "2023-05-01", "5000", "USD", "")}, `"by" => '{YEAR}'`, "2023 USD 11 of 2"},
		{"where no part reports the measure the parent counts", []string{`update project set parent_id = 1 where id = 2`, pay(2, 2, "2023-05-01", "100", "USD"),
			flow(5, 1, "OUTGOING_COMMITMENT", "2023-05-01", "5000", "USD", "")}, `"by" => '{YEAR}', measure => 'COMMITMENT'`, "2023 USD 5000 of 1"},
		{"parts outside the set do not matter", []string{`update project set parent_id = 1 where id = 2`, pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 2, "2023-05-01", "100", "USD")},
			`"where" => '{1,3}', "by" => '{YEAR}'`, "2023 USD 1000 of 1"},
		{"unpublished parts do not matter to the public", []string{`update project set parent_id = 1 where id = 10`, pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 10, "2023-05-01", "100", "USD")},
			`"by" => '{YEAR}'`, "2023 USD 1000 of 1"},
		{"two that name each other as parent", []string{`update project set parent_id = 1 where id = 2`, `update project set parent_id = 2 where id = 1`,
			pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 2, "2023-05-01", "100", "USD")}, `"by" => '{YEAR}'`, "2023 USD 1000 of 1"},
		{"money passed on counts where it arrived", []string{flow(1, 1, "DISBURSEMENT", "2023-05-01", "1000", "USD", "X-2"), pay(2, 1, "2023-05-01", "1", "USD"), pay(3, 2, "2023-05-01", "900", "USD")},
			`"by" => '{YEAR}'`, "2023 USD 901 of 2"},
		{"money passed on to one that reports nothing counts here", []string{flow(1, 1, "DISBURSEMENT", "2023-05-01", "1000", "USD", "X-2")}, `"by" => '{YEAR}'`, "2023 USD 1000 of 1"},
		{"money passed on to itself or to one nobody knows counts here", []string{flow(1, 1, "DISBURSEMENT", "2023-05-01", "1", "USD", "X-1"),
			flow(2, 1, "DISBURSEMENT", "2023-05-01", "10", "USD", "Y-1")}, `"by" => '{YEAR}'`, "2023 USD 11 of 2"},
		{"money passed on twice counts once", []string{flow(1, 1, "DISBURSEMENT", "2023-05-01", "1000", "USD", "X-2"), flow(2, 2, "DISBURSEMENT", "2023-05-01", "900", "USD", "X-3"),
			pay(3, 3, "2023-05-01", "800", "USD")}, `"by" => '{YEAR}'`, "2023 USD 800 of 1"},
		{"money that goes round in a circle stays counted", []string{flow(1, 1, "DISBURSEMENT", "2023-05-01", "10", "USD", "X-2"), flow(2, 2, "DISBURSEMENT", "2023-05-01", "1", "USD", "X-1")},
			`"by" => '{YEAR}'`, "2023 USD 11 of 2"},
		{"money passed on to a programme whose projects report", []string{`update project set parent_id = 2 where id = 3`, flow(1, 1, "DISBURSEMENT", "2023-05-01", "100", "USD", "X-2"),
			pay(2, 2, "2023-05-01", "50", "USD"), pay(3, 3, "2023-05-01", "90", "USD")}, `"by" => '{YEAR}'`, "2023 USD 90 of 1"},
		{"a part that passes money up is counted", []string{`update project set parent_id = 1 where id = 2`, flow(1, 2, "DISBURSEMENT", "2023-05-01", "100", "USD", "X-1"),
			pay(2, 1, "2023-05-01", "50", "USD")}, `"by" => '{YEAR}'`, "2023 USD 100 of 1"},
		{"rules look beyond the period", []string{`update project set parent_id = 1 where id = 2`, pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 2, "2024-05-01", "100", "EUR")},
			`"by" => '{YEAR}', to_date => '2023-12-31'`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := ledger(t)
			run(t, d.Owner(), c.setup...)
			if got := read(t, d.Public(), asRow+`from fn.funding(`+c.ask+`) f, fn.funding_rows(f.id) r`); got != c.want {
				t.Errorf("rows:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func TestFundingExcludedAndTotals(t *testing.T) {
	t.Parallel()
	d := ledger(t)
	run(t, d.Owner(), `update project set parent_id = 1 where id = 2`,
		`insert into project_location (project_id, unit_id, published) values (2, 121, true), (2, 131, true), (3, 121, true)`,
		pay(1, 1, "2023-05-01", "1000", "USD"), pay(2, 1, "2024-05-01", "-1", "EUR"), pay(3, 2, "2023-05-01", "0.05", "USD"),
		flow(4, 3, "DISBURSEMENT", "2023-05-01", "70", "USD", "X-2"), pay(5, 3, "2023-05-01", "7", "USD"), pay(6, 10, "2023-05-01", "1", "USD"))
	for _, c := range []struct{ name, query, want string }{
		{"excluded", `select concat_ws(' ', x.reason, x.currency, x.amount, x.count) from fn.funding() f, fn.funding_excluded(f.id) x`,
			"COUNTED_IN_PARTS EUR -1 1\nCOUNTED_IN_PARTS USD 1000 1\nDELEGATED USD 70 1"},
		{"excluded of a period", `select concat_ws(' ', x.reason, x.currency, x.amount, x.count) from fn.funding(from_date => '2024-01-01') f, fn.funding_excluded(f.id) x`, "COUNTED_IN_PARTS EUR -1 1"},
		{"excluded of a set", `select concat_ws(' ', x.reason, x.currency, x.amount, x.count) from fn.funding("where" => '{2,3}') f, fn.funding_excluded(f.id) x`, "DELEGATED USD 70 1"},
		{"totals", `select concat_ws(' ', x.currency, x.amount, x.count) from fn.funding() f, fn.funding_totals(f.id) x`, "USD 7.05 2"},
		{"of a connection", `select concat_ws(' ', currency, amount, count) from fn.project_connection_total('{1,3}')`, "EUR -1 1\nUSD 1077 3"},
		{"of an empty connection", `select concat_ws(' ', currency, amount, count) from fn.project_connection_total('{}')`, ""},
		{"of a connection, another measure", `select concat_ws(' ', currency, amount, count) from fn.project_connection_total('{1,3}', measure => 'SPEND')`, "EUR -1 1\nUSD 1077 3"},
		{"of a governorate", `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(101)`, "USD 7.03 2"},
		{"of another", `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(102)`, "USD 0.02 1"},
		{"of a subdistrict", `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(131, measure => 'DISBURSEMENT')`, "USD 0.02 1"},
		{"of the country", `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(100)`, "USD 7.05 2"},
		{"of a unit without projects", `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(122)`, ""},
		{"the rule names what was counted and how", `select concat_ws(' ', rule ->> 'en#', rule ->> 'en' like 'Counted: disbursements%lowest level%locations%', rule ->> 'en' like '%sector%',
			rule ->> 'ar#', rule ->> 'ar' like '%مواقع المشروع%', measure) from fn.funding("by" => '{GOVERNORATE}')`, "ORIGINAL t f REVIEWED t DISBURSEMENT"},
	} {
		if got := read(t, d.Public(), c.query); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	if got := read(t, actAs(t, d, grant{role: "ANALYST"}), `select concat_ws(' ', x.currency, x.amount, x.count) from fn.funding() f, fn.funding_totals(f.id) x`); got != "USD 8.05 3" {
		t.Errorf("the staff counts unpublished projects too: %s", got)
	}
}

func TestFundingRefuses(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Public()
	for _, c := range []struct{ ask, words string }{
		{`"by" => '{}'`, "one to three dimensions"},
		{`"by" => null`, "one to three dimensions"},
		{`"by" => '{YEAR,SECTOR,SDG,STATUS}'`, "one to three dimensions"},
		{`"by" => '{YEAR,YEAR}'`, "each dimension once"},
		{`"by" => '{YEAR,COLOUR}'`, "does not exist"},
		{`"by" => '{YEAR,NULL}'`, "each dimension once"},
		{`measure => 'WEIGHT'`, "there is no measure WEIGHT"},
		{`from_date => '2024-01-02', to_date => '2024-01-01'`, "is after"},
		{`currency => 'usd'`, "ISO 4217"},
		{`currency => 'U''SD'`, "ISO 4217"},
		{`original_currency => 'usd'`, `"originalCurrency" must be`},
	} {
		refused(t, d, c.words, `select * from fn.funding(`+c.ask+`)`)
		refused(t, d, "22023", `select * from fn.funding(`+c.ask+`)`)
	}
	refused(t, d, "there is no measure", `select * from fn.project_connection_total('{1}', measure => 'x')`)
}

// TestFundingAddsUp asks a random ledger in every way and wants the same totals each time.
func TestFundingAddsUp(t *testing.T) {
	t.Parallel()
	d := ledger(t)
	random := rand.New(rand.NewPCG(7, 11))
	var setup []string
	maybe := func(n int) string {
		if random.IntN(3) == 0 {
			return "null"
		}
		return fmt.Sprint(random.IntN(n))
	}
	for p := 1; p <= 9; p++ {
		if p > 5 {
			setup = append(setup, fmt.Sprintf(`update project set parent_id = %d where id = %d`, 1+random.IntN(p-1), p))
		}
		for i := range random.IntN(4) {
			setup = append(setup, part("project_sector", "project_id, sector_id, percentage", fmt.Sprintf("%d, %d, %s", p, i+1, maybe(90))),
				part("project_location", "project_id, unit_id, percentage", fmt.Sprintf("%d, %s, %s", p, []string{"121", "122", "131", "101", "100", "null"}[random.IntN(6)], maybe(120))),
				part("project_partner", "project_id, organization_id, role, share", fmt.Sprintf("%d, %d, '%s', %s", p, 1+random.IntN(5), []string{"FUNDING", "IMPLEMENTING"}[random.IntN(2)], maybe(100))))
		}
		if random.IntN(2) == 0 {
			setup = append(setup, part("project_agreement", "project_id, agreement_id", fmt.Sprintf("%d, 1", p)), part("project_agreement", "project_id, agreement_id", fmt.Sprintf("%d, 2", p)))
		}
		for i := range 12 {
			id := p*100 + i
			receiver := ""
			if random.IntN(8) == 0 {
				receiver = fmt.Sprintf("X-%d", 1+random.IntN(10))
			}
			setup = append(setup, flow(id, p, []string{"DISBURSEMENT", "EXPENDITURE"}[random.IntN(2)], fmt.Sprintf("20%d-0%d-15", 20+random.IntN(5), 1+random.IntN(9)),
				fmt.Sprintf("%d.%03d", random.IntN(4000)-500, random.IntN(1000)), []string{"USD", "EUR", "SYP"}[random.IntN(3)], receiver))
			if random.IntN(6) == 0 {
				setup = append(setup, part("transaction_sector", "transaction_id, sector_id", fmt.Sprintf("%d, %d", id, 1+random.IntN(4))))
			}
		}
	}
	run(t, d.Owner(), setup...)
	public := d.Public()
	const all = `select concat_ws(' ', r.currency, trim_scale(sum(r.amount))) from fn.funding(%s) f, fn.funding_rows(f.id) r group by r.currency order by 1`
	want := read(t, public, `select concat_ws(' ', x.currency, trim_scale(x.amount)) from fn.funding("by" => '{YEAR}', measure => 'SPEND') f, fn.funding_totals(f.id) x`)
	if strings.Count(want, "\n") != 2 {
		t.Fatalf("totals of three currencies wanted: %s", want)
	}
	dimensions := []string{"YEAR", "QUARTER", "SECTOR", "GOVERNORATE", "DISTRICT", "FUNDER", "IMPLEMENTER", "AGREEMENT", "FINANCE_TYPE", "STATUS"}
	for range 40 {
		random.Shuffle(len(dimensions), func(i, j int) { dimensions[i], dimensions[j] = dimensions[j], dimensions[i] })
		by := strings.Join(dimensions[:1+random.IntN(3)], ",")
		if got := read(t, public, fmt.Sprintf(all, `"by" => '{`+by+`}', measure => 'SPEND'`)); got != want {
			t.Errorf("by %s:\n%s\nwant:\n%s", by, got, want)
		}
	}
	// what counts and what is left out is all there is
	everything := read(t, public, `select concat_ws(' ', value_currency, trim_scale(sum(value_amount))) from transaction group by value_currency order by 1`)
	if got := read(t, public, `select concat_ws(' ', currency, trim_scale(sum(amount))) from (select t.currency, t.amount from fn.funding(measure => 'SPEND') f, fn.funding_totals(f.id) t
		union all select e.currency, e.amount from fn.funding(measure => 'SPEND') f, fn.funding_excluded(f.id) e) x group by currency order by 1`); got != everything {
		t.Errorf("counted and left out:\n%s\nwant:\n%s", got, everything)
	}
	// the total of a unit is its row in the table
	for _, unit := range []string{"101", "102"} {
		want := read(t, public, `select concat_ws(' ', r.currency, r.amount, r.count) from fn.funding("by" => '{GOVERNORATE}') f, fn.funding_rows(f.id) r where r.governorate_id = `+unit+` order by 1`)
		if got := read(t, public, `select concat_ws(' ', currency, amount, count) from fn.administrative_unit_total(`+unit+`) order by 1`); got != want {
			t.Errorf("unit %s:\n%s\nwant:\n%s", unit, got, want)
		}
	}
	// so many keys take another way to the same figures
	if got := read(t, public, fmt.Sprintf(all, `"where" => array(select generate_series(1, 2000)), "by" => '{SECTOR,DISTRICT}', measure => 'SPEND'`)); got != want {
		t.Errorf("for many keys:\n%s\nwant:\n%s", got, want)
	}
}
