package db_test

import (
	"fmt"
	"testing"
)

// TestDelivered compares what an agreement has delivered with figures made by hand, and its money with the table of funding.
func TestDelivered(t *testing.T) {
	t.Parallel()
	d := measured(t)
	run(t, d.Owner(), `update agreement set envelope_amount = 1000, envelope_currency = 'EUR', signed_on = current_date - 300, in_force_on = current_date - 200, expires_on = current_date + 600 where id = 1`,
		`insert into project_agreement (project_id, agreement_id, published) values (1, 1, true), (2, 1, true), (3, 1, true), (3, 2, true), (10, 1, false)`, `update project set status = 'CLOSED' where id = 2`,
		`insert into data_set (id, name, kind) values (1, 'R', 'EXCHANGE_RATES')`,
		`insert into exchange_rate (data_set_id, base_currency, currency, date, rate, source) select 1, 'EUR', 'USD', x, 1.25, 'TEST' from (values (date '2023-05-01'), (date '2024-05-01'), (current_date - 310)) v(x)`,
		flow(1, 1, "OUTGOING_COMMITMENT", "2023-05-01", "400", "EUR", ""), flow(2, 2, "OUTGOING_COMMITMENT", "2024-05-01", "100", "USD", ""),
		pay(3, 1, "2023-05-01", "100.10", "EUR"), pay(4, 2, "2024-05-01", "25", "USD"), pay(5, 3, "2024-05-01", "50.01", "EUR"), pay(6, 3, "2024-05-02", "7", "SYP"), pay(7, 10, "2024-05-02", "1", "EUR"),
		part("project_location", "project_id, unit_id", "1, 121"), part("project_location", "project_id, unit_id", "1, 122"), part("project_location", "project_id, unit_id", "2, 121"), part("project_location", "project_id, unit_id", "3, 131"),
		`insert into obligation (id, agreement_id, kind, due_on, recurrence, outcome, settled_on, published) values (1, 1, 'REPORT', '2023-06-30', null, 'DONE', '2023-06-01', true), (2, 1, 'REPORT', '2023-06-30', null, 'DONE', '2023-07-01', true),
			(3, 1, 'REPORT', '2024-06-30', null, 'WAIVED', '2024-06-30', true), (4, 1, 'REPORT', '2024-06-30', null, null, null, true), (5, 1, 'REPORT', current_date + 400, null, null, null, true)`,
		`insert into obligation (id, agreement_id, kind, due_on, recurrence, published) values (6, 1, 'PAYMENT', '2024-01-31', 'FREQ=MONTHLY;COUNT=2', true)`)
	const from = ` from fn.agreement_delivered(1%s) d`
	for _, c := range []struct{ name, currency, query, want string }{
		{"at a glance", "", `select concat_ws(' ', d.project_count, d.time_elapsed, d.term_end - d.term_start)` + from, "3 25.0 800"},
		{"projects", "", `select concat_ws(' ', p.status, p.count)` + from + `, fn.agreement_delivered_projects_by_status(d.id) p`, "IMPLEMENTATION 2\nCLOSED 1"},
		{"envelope", "", `select concat_ws(' ', e.amount, e.currency, e.rate)` + from + `, fn.agreement_delivered_envelope(d.id) e`, "1000.00 EUR 1"},
		{"envelope in dollars", "USD", `select concat_ws(' ', e.amount, e.currency, trim_scale(e.rate))` + from + `, fn.agreement_delivered_envelope(d.id) e`, "1250.00 USD 1.25"},
		{"envelope without a rate", "JPY", `select concat_ws(' ', coalesce(e.amount::text, 'unknown'), e.reason)` + from + `, fn.agreement_delivered_envelope(d.id) e`, "unknown NO_EXCHANGE_RATE"},
		{"commitments", "", `select concat_ws(' ', t.currency, t.amount, t.count, t.envelope_share)` + from + `, fn.agreement_delivered_total(d.id, 'COMMITMENT') t`, "EUR 400 1 40.00\nUSD 100 1"},
		{"disbursements in dollars", "USD", `select concat_ws(' ', t.currency, t.amount, t.count, t.without_rate, t.envelope_share)` + from + `, fn.agreement_delivered_total(d.id) t`, "USD 212.64 3 1 17.01"},
		{"units", "", `select concat_ws(' ', u.unit_id, u.project_count)` + from + `, fn.agreement_delivered_units(d.id) u`, "121 2\n122 1\n131 1"},
		{"governorates", "", `select concat_ws(' ', u.unit_id, u.project_count)` + from + `, fn.agreement_delivered_units(d.id, 1) u`, "101 2\n102 1"},
		{"number of units", "", `select concat_ws(' ', fn.agreement_delivered_unit_count(d.id), fn.agreement_delivered_unit_count(d.id, level => 0))` + from, "3 1"},
		// of projects 1 to 3: 1 (25 of 30) and 7 (55 of 60) and 9 (300, to fall to 100) missed; 2, 3, 8, 11 not known
		{"indicators", "", `select concat_ws(' ', i.total, i.achieved, i.missed, i.unknown)` + from + `, fn.agreement_delivered_indicators(d.id) i`, "7 0 3 4"},
		{"obligations", "", `select concat_ws(' ', o.total, o.due, o.done, o.done_late, o.overdue, o.waived, o.open)` + from + `, fn.agreement_delivered_obligations(d.id) o`, "7 6 2 1 3 1 1"},
		{"years in dollars", "USD", `select concat_ws(' ', y.year, coalesce(y.currency, '-'), coalesce(y.commitment::text, '-'), coalesce(y.disbursement::text, '-'), coalesce(y.cumulative_disbursement::text, '-'), y.obligations_due, y.obligations_done,
			y.indicators_measured, y.indicators_achieved)` + from + `, fn.agreement_delivered_years(d.id) y where y.year < 2025`,
			"2021 - - - - 0 0 3 0\n2022 - - - - 0 0 1 0\n2023 USD 500.00 125.13 125.13 2 2 0 0\n2024 USD 100.00 87.51 212.64 4 0 0 0"},
		{"an agreement nobody sees", "", `select count(*)` + from + ` where d.project_count > 3`, "0"},
	} {
		currency := ""
		if c.currency != "" {
			currency = ", '" + c.currency + "'"
		}
		if got := read(t, d.Public(), fmt.Sprintf(c.query, currency)); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	refused(t, d.Public(), "ISO 4217", `select * from fn.agreement_delivered(1, 'usd')`)
	refused(t, d.Public(), "does not exist", `select f.* from fn.agreement_delivered(1) d, fn.agreement_delivered_funding(d.id, "by" => '{COLOUR}') f`)
}
