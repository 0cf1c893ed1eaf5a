package db_test

import (
	"fmt"
	"testing"

	"taawun/db/dbtest"
)

// activities is the ledger with thirty more projects, 11 to 40, and rates: 1 EUR = 1.10 USD and 1 USD = 2500 SYP on 1 May 2023, 1.20 and 13000 on
// 1 May 2024. The figures of the tests were worked out by hand from this table, in US dollars:
//
//	projects  currency  each         on          in dollars, all         places            remarks
//	11-15     USD       1000.10 × n  2023-05-01   15001.50               101               n = 1 to 5
//	16-20     EUR       100.01       2023-05-01     550.055              102
//	21-25     SYP       1000001      2024-05-01     384.615769…          101 60 %, 102 40 %
//	26-28     EUR       -50.55       2024-05-01    -181.98               101               repayments
//	29        USD       10000        2024-05-01   left out               102               went on to 30
//	30        EUR       8000         2024-05-01    9600.00               102               funded by 1 (75 %) and 2 (25 %)
//	31-33     USD       100          2023-05-01     300.00               101, 102          shares missing
//	34        USD       999          2024-05-01   left out               none              35 and 36 are its parts
//	35, 36    USD       300, 600.01  2024-05-01     900.01               none
//	37, 38    SYP       500000       2022-01-15   no rate                none
//	39        EUR       10           2024-05-31      12.00               101               the rate is 30 days old
//	40        EUR       10           2024-06-01   no rate                none              the rate is 31 days old
//
//	2023: 15001.50 + 550.055 + 300 = 15851.555            2024: 384.615769… - 181.98 + 9600 + 900.01 + 12 = 10714.645769…
//	101: 15001.50 + 230.769461… - 181.98 + 150 + 12 = 15212.289461…    102: 550.055 + 153.846307… + 9600 + 150 = 10453.901307…    none: 900.01
//	all: 26566.200769…, that is 26566.20; the missing cent goes to the largest remainder: 2024, and 101
func activities(t *testing.T) *dbtest.DB {
	t.Helper()
	d := ledger(t)
	statements := []string{
		`insert into project (id, code, iati_identifier, state, status) select i, 'P' || i, 'X-' || i, 'PUBLISHED', 'IMPLEMENTATION' from generate_series(11, 40) i`,
		`insert into data_set (id, name, kind) values (1, 'Test rates', 'EXCHANGE_RATES')`,
		`insert into exchange_rate (data_set_id, base_currency, currency, date, rate, source) values (1, 'EUR', 'USD', '2023-05-01', 1.10, 'TEST'), (1, 'EUR', 'USD', '2024-05-01', 1.20, 'TEST'),
			(1, 'USD', 'SYP', '2023-05-01', 2500, 'TEST'), (1, 'USD', 'SYP', '2024-05-01', 13000, 'TEST')`,
		`update project set parent_id = 34 where id in (35, 36)`,
		`insert into project_partner (project_id, organization_id, role, share, published) values (30, 1, 'FUNDING', 75, true), (30, 2, 'FUNDING', 25, true)`,
		`insert into project_location (project_id, unit_id, percentage, published) select i, 121, 60, true from generate_series(21, 25) i union all select i, 131, 40, true from generate_series(21, 25) i
			union all select i, 121, null, true from unnest('{11,12,13,14,15,26,27,28,31,32,33,39}'::int[]) i union all select i, 131, null, true from unnest('{16,17,18,19,20,29,30,31,32,33}'::int[]) i`,
		`insert into project_sector (project_id, sector_id, published) select i, s, true from generate_series(21, 33) i, generate_series(1, 3) s`,
		flow(129, 29, "DISBURSEMENT", "2024-05-01", "10000", "USD", "X-30"),
	}
	for i := 11; i <= 40; i++ {
		date, amount, currency := "2023-05-01", "100", "USD"
		switch {
		case i <= 15:
			amount = fmt.Sprintf("%d.%d0", (i-10)*1000, i-10)
		case i <= 20:
			amount, currency = "100.01", "EUR"
		case i <= 25:
			date, amount, currency = "2024-05-01", "1000001", "SYP"
		case i <= 28:
			date, amount, currency = "2024-05-01", "-50.55", "EUR"
		case i == 29:
			continue
		case i == 30:
			date, amount, currency = "2024-05-01", "8000", "EUR"
		case i == 34:
			date, amount = "2024-05-01", "999"
		case i == 35:
			date, amount = "2024-05-01", "300"
		case i == 36:
			date, amount = "2024-05-01", "600.01"
		case i == 37 || i == 38:
			date, amount, currency = "2022-01-15", "500000", "SYP"
		case i == 39:
			date, amount, currency = "2024-05-31", "10", "EUR"
		case i == 40:
			date, amount, currency = "2024-06-01", "10", "EUR"
		}
		statements = append(statements, pay(100+i, i, date, amount, currency))
	}
	run(t, d.Owner(), statements...)
	return d
}

func TestThirtyActivities(t *testing.T) {
	t.Parallel()
	public := activities(t).Public()
	const cells = `select concat_ws(' ', coalesce(r.year, r.governorate_id, r.funder_id)::text, r.currency, coalesce(r.amount::text, 'unknown'), r.count, r.without_rate) from fn.funding(%s) f, fn.funding_rows(f.id) r`
	for _, c := range []struct{ name, query, want string }{
		{"by year", fmt.Sprintf(cells, `"by" => '{YEAR}', currency => 'USD'`), "2022 USD unknown 0 2\n2023 USD 15851.55 13 0\n2024 USD 10714.65 12 1"},
		{"by governorate", fmt.Sprintf(cells, `"by" => '{GOVERNORATE}', currency => 'USD'`), "101 USD 15212.29 17 0\n102 USD 10453.90 14 0\nUSD 900.01 2 3"},
		{"by funder", fmt.Sprintf(cells, `"where" => '{29,30}', "by" => '{FUNDER}', currency => 'USD'`), "1 USD 7200.00 1 0\n2 USD 2400.00 1 0"},
		{"shares of the funders", `select concat_ws(' ', r.funder_id, r.share) from fn.funding("where" => '{29,30}', "by" => '{FUNDER}', currency => 'USD') f, fn.funding_rows(f.id) r`, "1 75.00\n2 25.00"},
		{"in original currencies", `select concat_ws(' ', x.currency, x.amount, x.count, x.without_rate) from fn.funding() f, fn.funding_totals(f.id) x`,
			"EUR 8368.40 11 0\nSYP 6000005 7 0\nUSD 16201.51 10 0"},
		{"total", `select concat_ws(' ', x.currency, x.amount, x.count, x.without_rate) from fn.funding(currency => 'USD') f, fn.funding_totals(f.id) x`, "USD 26566.20 25 3"},
		{"left out", `select concat_ws(' ', x.reason, x.currency, x.amount, x.count) from fn.funding(currency => 'USD') f, fn.funding_excluded(f.id) x`,
			"COUNTED_IN_PARTS USD 999 1\nDELEGATED USD 10000 1\nNO_EXCHANGE_RATE EUR 10 1\nNO_EXCHANGE_RATE SYP 1000000 2"},
		{"rates", `select concat_ws(' ', x.currency, x.in_currency, x.source, x.first_date, x.last_date, x.lowest, x.highest, x.count) from fn.funding(currency => 'USD') f, fn.funding_rates(f.id) x`,
			"EUR USD TEST 2023-05-01 2024-05-01 1.1 1.2 10\nSYP USD TEST 2024-05-01 2024-05-01 0.000076923077 0.000076923077 5"},
		{"of a connection", `select concat_ws(' ', x.currency, x.amount, x.count, x.without_rate) from fn.project_connection_total('{16,17,40}', currency => 'USD') x`, "USD 220.02 2 1"},
		{"of a connection without any rate", `select concat_ws(' ', x.currency, coalesce(x.amount::text, 'unknown'), x.count, x.without_rate) from fn.project_connection_total('{37}', currency => 'USD') x`, "USD unknown 0 1"},
		{"of units in one statement", `select concat_ws(' ', u.id, x.currency, x.amount) from administrative_unit u, fn.administrative_unit_total(u.id, currency => 'USD') x where u.id in (101, 102) order by u.id`,
			"101 USD 15212.29\n102 USD 10453.90"},
		{"a cross rate", `select concat_ws(' ', x.amount, x.currency, x.rate, x.rate_date, x.source) from fn.convert(13000, 'SYP', '2024-05-02', 'EUR') x`, "0.83 EUR 0.000064102564 2024-05-01 TEST"},
		{"its own currency", `select concat_ws(' ', x.amount, x.currency, x.rate) from fn.convert(2.505, 'EUR', '2020-05-02', 'EUR') x`, "2.50 EUR 1"},
		{"no rate", `select concat_ws(' ', coalesce(x.amount::text, 'unknown'), x.currency, x.reason) from fn.convert(1, 'JPY', '2024-05-02', 'EUR') x`, "unknown EUR NO_EXCHANGE_RATE"},
		{"a transaction", `select concat_ws(' ', x.amount, x.rate, x.rate_date) from fn.transaction_converted(116, currency => 'USD') x`, "110.01 1.1 2023-05-01"},
		{"halves go to the even cent", `select string_agg(fn.round_half_even(x)::text, ' ') from unnest('{0.005,0.015,-0.005,-0.015,0.0251,1}'::numeric[]) x`, "0.00 0.02 0.00 -0.02 0.03 1.00"},
	} {
		if got := read(t, public, c.query); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	for _, by := range []string{"YEAR,GOVERNORATE", "SECTOR,YEAR", "SECTOR,CATEGORY,DISTRICT", "CATEGORY", "FUNDER,IMPLEMENTER", "AGREEMENT,STATUS", "FINANCE_TYPE,QUARTER,SECTOR"} {
		if got := read(t, public, fmt.Sprintf(`select sum(r.amount) from fn.funding("by" => '{%s}', currency => 'USD') f, fn.funding_rows(f.id) r`, by)); got != "26566.20" {
			t.Errorf("the rows by %s add up to %s", by, got)
		}
	}
	rows := read(t, public, `select concat_ws(' ', x.year, sum(x.amount)) from fn.funding("by" => '{SECTOR,YEAR}', currency => 'USD') f, fn.funding_rows(f.id) x group by x.year order by x.year`)
	if got := read(t, public, `select concat_ws(' ', x.year, x.amount) from fn.funding("by" => '{SECTOR,YEAR}', currency => 'USD') f, fn.funding_subtotals(f.id, '{YEAR}') x`); got != rows {
		t.Errorf("subtotals:\n%s\nsums of the rows:\n%s", got, rows)
	}
	refused(t, public, "that the table does not have", `select x.* from fn.funding() f, fn.funding_subtotals(f.id, '{SECTOR}') x`)
	refused(t, public, "ISO 4217", `select * from fn.project_connection_total('{1}', currency => 'x')`)
}

func TestFundingLeavesOut(t *testing.T) {
	t.Parallel()
	const ask = `select concat_ws(' ', x.currency, x.amount) from fn.funding(measure => '%[1]s') f, fn.funding_totals(f.id) x
		union all select concat_ws(' ', x.reason, x.currency, x.amount) from fn.funding(measure => '%[1]s') f, fn.funding_excluded(f.id) x`
	for _, c := range []struct {
		name    string
		setup   []string
		measure string
		want    string
	}{
		{"the share of other countries", []string{`insert into code_list (id, name) values (6, 'Country')`, `insert into code_list_item (id, list_id, list, code) values (31, 6, 'Country', 'SY'), (32, 6, 'Country', 'LB')`,
			`insert into project_country (project_id, country_id, percentage, published) values (1, 31, 60, true), (1, 32, 40, true), (2, 32, 100, true)`,
			pay(1, 1, "2023-05-01", "100.01", "USD"), pay(2, 2, "2023-05-01", "7", "USD"), pay(3, 1, "2023-05-01", "5", "USD"), `update transaction set country_id = 31 where id = 3`,
			pay(4, 3, "2023-05-01", "1", "USD")}, "DISBURSEMENT", "USD 66.01\nOTHER_COUNTRY USD 47.00"},
		{"budgets that were revised", []string{part("budget", "project_id, type, period_start, period_end, value_amount, value_currency",
			`1, 'ORIGINAL', '2023-01-01', '2023-12-31', 100, 'USD'`), part("budget", "project_id, type, period_start, period_end, value_amount, value_currency", `1, 'REVISED', '2023-01-01', '2023-12-31', 80, 'USD'`),
			part("budget", "project_id, type, period_start, period_end, value_amount, value_currency", `1, 'ORIGINAL', '2024-01-01', '2024-12-31', 3, 'USD'`)}, "BUDGET", "USD 83\nREPLACED USD 100"},
		{"incoming funds from a project that counts them", []string{flow(1, 1, "INCOMING_FUNDS", "2023-05-01", "100", "USD", ""), flow(2, 2, "INCOMING_FUNDS", "2023-05-01", "40", "USD", ""),
			`update transaction set provider_activity = 'X-1' where id = 2`}, "INCOMING", "USD 100\nTRANSFERRED USD 40"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := ledger(t)
			run(t, d.Owner(), c.setup...)
			if got := read(t, d.Public(), fmt.Sprintf(ask, c.measure)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFundingMarkersHeadsAndPlans(t *testing.T) {
	t.Parallel()
	d := ledger(t)
	run(t, d.Owner(), `insert into code_list (id, name) values (7, 'PolicyMarker'), (8, 'PolicySignificance')`,
		`insert into code_list_item (id, list_id, list, code) values (41, 7, 'PolicyMarker', '1'), (42, 7, 'PolicyMarker', '2'), (43, 8, 'PolicySignificance', '0')`,
		`insert into project_policy_marker (project_id, marker_id, significance_id, published) values (1, 41, null, true), (1, 42, null, true), (2, 41, 43, true)`,
		`insert into unit_population (unit_id, year, population, published) values (101, 2004, 10, true), (101, 2023, 40, true)`,
		part("project_location", "project_id, unit_id", "1, 121"), pay(1, 1, "2023-05-01", "100", "USD"), pay(2, 2, "2023-05-01", "10", "USD"),
		part("planned_disbursement", "project_id, period_start, value_amount, value_currency", "1, '2023-01-01', 220, 'USD'"),
		part("budget", "project_id, period_start, period_end, value_amount, value_currency", "1, '2023-01-01', '2023-12-31', 440, 'USD'"))
	for _, c := range []struct{ query, want string }{
		{`select concat_ws(' ', r.marker_id, r.amount, r.share) from fn.funding("by" => '{MARKER}') f, fn.funding_rows(f.id) r`, "41 100 90.91\n42 100 90.91\n10 9.09"},
		{`select concat_ws(' ', r.governorate_id, r.amount, r.population, r.population_year, r.per_head) from fn.funding("by" => '{GOVERNORATE}') f, fn.funding_rows(f.id) r`, "101 100 40 2023 2.50\n10"},
		{`select concat_ws(' ', p.year, p.currency, p.budget, p.planned, p.disbursed, p.predictability, p.execution) from fn.funding() f, fn.funding_predictability(f.id) p`, "2023 USD 440 220 110 50.00 25.00"},
	} {
		if got := read(t, d.Public(), c.query); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.query, got, c.want)
		}
	}
}
