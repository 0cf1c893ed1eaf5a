package db_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestFundingWithin counts only what falls to a unit, and says what falls outside it and what has no place.
func TestFundingWithin(t *testing.T) {
	t.Parallel()
	d := ledger(t)
	place := func(project int, unit, share string) string {
		return part("project_location", "project_id, unit_id, percentage", fmt.Sprintf("%d, %s, %s", project, unit, share))
	}
	run(t, d.Owner(), place(1, "121", "25"), place(1, "122", "25"), place(1, "131", "30"), place(1, "null", "20"), place(2, "131", "null"), place(4, "101", "null"), place(4, "121", "null"),
		pay(1, 1, "2023-05-01", "100", "USD"), pay(2, 1, "2024-05-01", "0.05", "USD"), pay(3, 2, "2023-05-01", "7", "EUR"), pay(4, 3, "2023-05-01", "9", "USD"), pay(5, 4, "2023-05-01", "-10", "USD"),
		`insert into unit_population (unit_id, year, population, published) values (101, 2023, 10, true), (111, 2023, 4, true), (112, 2023, 5, true)`)
	const rows = `select concat_ws(' ', r.year, 'g' || r.governorate_id, 'd' || r.district_id, r.currency, r.amount, 'of ' || r.count, r.per_head) from fn.funding(%s) f, fn.funding_rows(f.id) r`
	const excluded = `select concat_ws(' ', x.reason, x.currency, x.amount, x.count) from fn.funding(%s) f, fn.funding_excluded(f.id) x`
	for _, c := range []struct{ name, query, ask, want string }{
		{"a governorate by year", rows, `within => 101`, "2023 USD 40.00 of 2\n2024 USD 0.03 of 1"},
		{"what it left out", excluded, `within => 101`, "OUTSIDE_UNIT EUR 7.00 1\nOUTSIDE_UNIT USD 30.01 2\nPLACE_UNKNOWN USD 29.01 3"},
		{"a district, to which what is only known to be in the governorate may belong", excluded, `within => 111, to_date => '2023-12-31'`, "OUTSIDE_UNIT EUR 7.00 1\nOUTSIDE_UNIT USD 30.00 1\nPLACE_UNKNOWN USD 24.00 3"},
		{"by governorate", rows, `within => 101, "by" => '{GOVERNORATE}'`, "g101 USD 40.03 of 3 4.00"},
		{"by district", rows, `within => 101, "by" => '{DISTRICT}'`, "d111 USD 45.03 of 3 11.26\nUSD -5.00 of 1"},
		{"a subdistrict by governorate has no inhabitants of its own there", rows, `within => 122, "by" => '{GOVERNORATE}'`, "g101 USD 25.01 of 2"},
		{"the country", rows, `within => 100`, "2023 EUR 7.00 of 1\n2023 USD 70.00 of 2\n2024 USD 0.04 of 1"},
		{"of some projects", rows, `within => 102, "where" => '{1,3}', to_date => '2023-12-31'`, "2023 USD 30.00 of 1"},
		{"the rule says so", `select concat_ws(' ', f.rule ->> 'en' like '%%falls to SY01 or below%%', f.rule ->> 'ar' like '%%SY01%%') from fn.funding(%s) f`, `within => 101`, "t t"},
	} {
		if got := read(t, d.Public(), fmt.Sprintf(c.query, c.ask)); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	refused(t, d.Public(), "names no administrative unit", `select * from fn.funding(within => 9999)`)
}

// TestFundingWithinAddsUp asks a random ledger for the part of each unit in every way: the total is the same whatever the grouping, in original currencies and
// converted, and what counts and what is left out is all there is.
func TestFundingWithinAddsUp(t *testing.T) {
	t.Parallel()
	d := ledger(t)
	random := rand.New(rand.NewPCG(3, 1415))
	setup := []string{`insert into code_list (id, name) values (6, 'Country')`, `insert into code_list_item (id, list_id, list, code) values (31, 6, 'Country', 'SY'), (32, 6, 'Country', 'LB')`,
		`insert into data_set (id, name, kind) values (1, 'R', 'EXCHANGE_RATES')`,
		`insert into exchange_rate (data_set_id, base_currency, currency, date, rate, source) select 1, 'EUR', 'USD', x::date, 1.1 + extract(month from x) / 777, 'TEST' from generate_series(timestamp '2019-12-01', '2024-12-01', '20 days') x`}
	maybe := func(n int) string {
		if random.IntN(3) == 0 {
			return "null"
		}
		return fmt.Sprint(random.IntN(n))
	}
	units := []string{"121", "122", "131", "111", "101", "100", "null"}
	for p := 1; p <= 9; p++ {
		for i := range random.IntN(5) {
			setup = append(setup, part("project_location", "project_id, unit_id, percentage", fmt.Sprintf("%d, %s, %s", p, units[random.IntN(len(units))], maybe(90))),
				part("project_sector", "project_id, sector_id, percentage", fmt.Sprintf("%d, %d, %s", p, 1+i%3, maybe(90))))
		}
		if p%4 == 0 {
			setup = append(setup, part("project_country", "project_id, country_id, percentage", fmt.Sprintf("%d, 31, 70", p)), part("project_country", "project_id, country_id, percentage", fmt.Sprintf("%d, 32, 30", p)))
		}
		for i := range 9 {
			receiver := ""
			if random.IntN(8) == 0 {
				receiver = fmt.Sprintf("X-%d", 1+random.IntN(10))
			}
			setup = append(setup, flow(p*100+i, p, "DISBURSEMENT", fmt.Sprintf("20%d-0%d-15", 20+random.IntN(5), 1+random.IntN(9)), fmt.Sprintf("%d.%03d", random.IntN(4000)-500, random.IntN(1000)),
				[]string{"USD", "EUR", "SYP"}[random.IntN(3)], receiver))
		}
	}
	run(t, d.Owner(), setup...)
	public := d.Public()
	everything := read(t, public, `select concat_ws(' ', value_currency, trim_scale(sum(value_amount))) from transaction group by value_currency order by 1`)
	dimensions := []string{"YEAR", "QUARTER", "SECTOR", "CATEGORY", "GOVERNORATE", "DISTRICT", "FUNDER", "IMPLEMENTER", "AGREEMENT", "FINANCE_TYPE", "STATUS"}
	for _, unit := range []string{"100", "101", "102", "111", "121"} {
		for _, currency := range []string{"", ", currency => 'USD'"} {
			within := "within => " + unit + currency
			want := read(t, public, `select concat_ws(' ', x.currency, trim_scale(x.amount)) from fn.funding(`+within+`) f, fn.funding_totals(f.id) x order by x.currency`)
			if want == "" {
				t.Errorf("nothing is within %s", unit)
			}
			for range 6 {
				random.Shuffle(len(dimensions), func(i, j int) { dimensions[i], dimensions[j] = dimensions[j], dimensions[i] })
				by := strings.Join(dimensions[:1+random.IntN(3)], ",")
				got := read(t, public, `select concat_ws(' ', r.currency, trim_scale(sum(r.amount))) from fn.funding(`+within+`, "by" => '{`+by+`}') f, fn.funding_rows(f.id) r group by r.currency order by r.currency`)
				if got != want {
					t.Errorf("within %s %s by %s:\n%s\nwant:\n%s", unit, currency, by, got, want)
				}
			}
		}
		if got := read(t, public, `select concat_ws(' ', currency, trim_scale(sum(amount))) from (select t.currency, t.amount from fn.funding(within => `+unit+`) f, fn.funding_totals(f.id) t
			union all select e.currency, e.amount from fn.funding(within => `+unit+`) f, fn.funding_excluded(f.id) e) x group by currency order by 1`); got != everything {
			t.Errorf("counted within %s and left out:\n%s\nwant:\n%s", unit, got, everything)
		}
	}
}
