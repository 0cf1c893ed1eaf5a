package db_test

import (
	"fmt"
	"testing"

	"taawun/db/dbtest"
)

// TestProgress compares the progress of values with a table made by hand.
func TestProgress(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Public()
	for _, c := range []struct {
		name, measure            string
		ascending                bool
		baseline, target, actual string
		inParts                  bool
		want                     string
	}{
		{"halfway up", "UNIT", true, "10", "30", "20", false, "0.5 f"},
		{"beyond", "UNIT", true, "0", "40", "50", false, "1.25 t"},
		{"backwards", "UNIT", true, "10", "30", "5", false, "-0.25 f"},
		{"exactly", "PERCENTAGE", true, "20", "80", "80", false, "1 t"},
		{"less is better", "UNIT", false, "100", "40", "70", false, "0.5 f"},
		{"less is better, and there", "PERCENTAGE", false, "12.5", "2.5", "2", false, "1.05 t"},
		{"less is better, and worse", "UNIT", false, "100", "40", "130", false, "-0.5 f"},
		{"units count from zero", "UNIT", true, "null", "40", "10", false, "0.25 f"},
		{"fewer than what?", "UNIT", false, "null", "40", "10", false, "- t NO_BASELINE"},
		{"per cent of what?", "PERCENTAGE", true, "null", "40", "50", false, "- t NO_BASELINE"},
		{"to be kept, and kept", "UNIT", true, "40", "40", "41", false, "- t TARGET_IS_BASELINE"},
		{"to be kept, and lost", "UNIT", false, "40", "40", "41", false, "- f TARGET_IS_BASELINE"},
		{"nothing was to be there, and is", "UNIT", true, "null", "0", "0", false, "- t TARGET_IS_BASELINE"},
		{"up, but the target lies below", "UNIT", true, "50", "40", "45", false, "- t AGAINST_DIRECTION"},
		{"down, but the target lies above", "UNIT", false, "10", "40", "45", false, "- f AGAINST_DIRECTION"},
		{"no value", "UNIT", true, "10", "40", "null", false, "- - NO_ACTUAL"},
		{"no target", "UNIT", true, "10", "null", "40", false, "- - NO_TARGET"},
		{"broken down only", "UNIT", true, "10", "40", "null", true, "- - ONLY_DISAGGREGATED"},
		{"broken down as well", "UNIT", true, "0", "40", "10", true, "0.25 f"},
		{"ranks have an order", "ORDINAL", true, "1", "4", "4", false, "- t NO_DISTANCES"},
		{"names have none", "NOMINAL", true, "1", "4", "5", false, "- f NO_DISTANCES"},
		{"the same name", "NOMINAL", true, "1", "4", "4.0", false, "- t NO_DISTANCES"},
		{"words", "QUALITATIVE", true, "1", "4", "4", false, "- - QUALITATIVE"},
	} {
		got := read(t, d, fmt.Sprintf(`select concat_ws(' ', coalesce(trim_scale(p.ratio)::text, '-'), coalesce(left(p.achieved::text, 1), '-'), p.reason) from fn.progress('%s', %t, %s, %s, %s, %t) p`,
			c.measure, c.ascending, c.baseline, c.target, c.actual, c.inParts))
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// measured is the ledger with results of five projects, of which 5 is a part of 4.
func measured(t *testing.T) *dbtest.DB {
	t.Helper()
	d := ledger(t)
	run(t, d.Owner(), `update project set parent_id = 4 where id = 5`,
		`insert into result (id, project_id, type, is_aggregable, published) select i, i, 'OUTPUT', case i when 3 then false when 6 then null else true end, i <> 10 from generate_series(1, 10) i where i not in (7, 8, 9)`,
		`insert into indicator (id, result_id, measure, is_ascending, is_aggregable, published) values (1, 1, 'UNIT', true, null, true), (2, 2, 'UNIT', true, true, true), (3, 3, 'UNIT', true, true, true),
			(4, 4, 'UNIT', true, null, true), (5, 5, 'UNIT', true, null, true), (6, 6, 'UNIT', true, null, true), (7, 1, 'PERCENTAGE', true, true, true), (8, 2, 'UNIT', true, true, true), (9, 2, 'UNIT', false, true, true),
			(10, 10, 'UNIT', true, true, false), (11, 1, 'UNIT', true, true, true)`,
		`insert into indicator_reference (indicator_id, vocabulary, code, uri, published) select i, '9', '6.1.1', 'https://example.org/6.1.1', i <> 10 from generate_series(1, 10) i where i <> 8`,
		`insert into indicator_reference (indicator_id, vocabulary, code, published) values (1, '99', 'OWN', true), (11, '9', '6.1.1', true)`,
		`insert into indicator_baseline (indicator_id, value, published) values (1, 10, true), (9, 500, true)`,
		`insert into indicator_baseline (indicator_id, value, dimensions, published) values (1, 4, '{"sex": "female"}', true)`,
		`insert into indicator_period (id, indicator_id, period_start, period_end, published) select i * 10 + y, i, make_date(2020 + y, 1, 1), make_date(2020 + y, 12, 31), i <> 10 from generate_series(1, 11) i, generate_series(1, 3) y`,
		`insert into measurement (period_id, kind, value, dimensions, published) values
			(11, 'TARGET', 20, null, true), (11, 'ACTUAL', 15, '{}', true), (12, 'TARGET', 30, null, true), (12, 'ACTUAL', 9, '{"sex": "male"}', true), (12, 'ACTUAL', 25, null, true), (13, 'TARGET', 50, null, true),
			(13, 'ACTUAL', 20, '{"sex": "male"}', true),
			(21, 'ACTUAL', 7, null, true), (31, 'ACTUAL', 1000, null, true), (41, 'ACTUAL', 3000, null, true), (51, 'ACTUAL', 40, null, true), (51, 'TARGET', 80, null, true), (61, 'ACTUAL', 5000, null, true),
			(71, 'ACTUAL', 55, null, true), (71, 'TARGET', 60, null, true), (81, 'ACTUAL', 1, null, true), (91, 'ACTUAL', 300, null, true), (91, 'TARGET', 100, null, true), (111, 'TARGET', 100, null, true), (111, 'ACTUAL', 60, '{"sex": "male"}', true)`,
		`insert into measurement (period_id, kind, value, published) values (101, 'ACTUAL', 70000, false)`)
	return d
}

func TestIndicatorProgress(t *testing.T) {
	t.Parallel()
	d := measured(t).Public()
	const ask = `select concat_ws(' ', p.period_id, coalesce(p.baseline::text, '-'), coalesce(p.target::text, '-'), coalesce(p.actual::text, '-'), coalesce(trim_scale(p.ratio)::text, '-'), p.achieved, p.reason) from `
	for _, c := range []struct{ name, query, want string }{
		{"the latest period with a value for the whole", `fn.indicator_progress(1) p`, "12 10 30 25 0.75 f"},
		{"an earlier one", `fn.indicator_progress(1, '2022-12-30') p`, "11 10 20 15 0.5 f"},
		{"before the first one", `fn.indicator_progress(1, '2020-12-31') p`, "10 - - - NO_ACTUAL"},
		{"of one period", `fn.indicator_period_progress(13) p`, "13 10 50 - - ONLY_DISAGGREGATED"},
		{"of a period without values", `fn.indicator_period_progress(23) p`, "23 - - - - NO_ACTUAL"},
		{"no target", `fn.indicator_progress(2) p`, "21 - - 7 - NO_TARGET"},
		{"falling", `fn.indicator_progress(9) p`, "91 500 100 300 0.5 f"},
		{"broken down only", `fn.indicator_progress(11) p`, "111 - 100 - - ONLY_DISAGGREGATED"},
		{"not published", `fn.indicator_progress(10) p`, ""},
	} {
		if got := read(t, d, ask+c.query); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestIndicatorTotals(t *testing.T) {
	t.Parallel()
	database := measured(t)
	d := database.Public()
	const rows = `select concat_ws(' ', r.vocabulary, r.code, r.is_ascending, 'projects', r.projects, 'indicators', r.indicators, 'actual', r.actual, 'target', coalesce(r.target::text, '-'), 'without', r.without_target,
		coalesce(trim_scale(r.ratio)::text, '-'), r.latest) from fn.indicator_totals(%s) x, fn.indicator_totals_rows(x.id) r`
	const excluded = `select concat_ws(' ', e.reason, e.vocabulary, e.code, e.count) from fn.indicator_totals(%s) x, fn.indicator_totals_excluded(x.id) e`
	for _, c := range []struct{ name, query, ask, want string }{
		// indicators 1 (25 of 30), 2 (7) and 5 (40 of 80); 9 falls, and stands alone; of 1 and 5 the way is (10 + 0) to 110
		{"all", rows, "", "9 6.1.1 t projects 3 indicators 3 actual 72 target 110 without 1 0.55 2022-12-31\n9 6.1.1 f projects 1 indicators 1 actual 300 target 100 without 0 0.5 2021-12-31\n99 OWN t projects 1 indicators 1 actual 25 target 30 without 0 0.75 2022-12-31"},
		{"what was left out", excluded, "", "COUNTED_IN_PARTS 9 6.1.1 1\nNO_REFERENCE 1\nNOT_ADDITIVE 9 6.1.1 1\nNOT_AGGREGABLE 9 6.1.1 1\nNOT_STATED 9 6.1.1 1\nONLY_DISAGGREGATED 9 6.1.1 1"},
		{"of some projects", rows, `"where" => '{2,4}'`, "9 6.1.1 t projects 2 indicators 2 actual 3007 target - without 2 - 2021-12-31\n9 6.1.1 f projects 1 indicators 1 actual 300 target 100 without 0 0.5 2021-12-31"},
		{"up to a day", rows, `"where" => '{1}', until => '2021-12-31', vocabulary => '9'`, "9 6.1.1 t projects 1 indicators 1 actual 15 target 20 without 0 0.5 2021-12-31"},
		{"of one register", rows, `vocabulary => '99'`, "99 OWN t projects 1 indicators 1 actual 25 target 30 without 0 0.75 2022-12-31"},
		{"of none", rows, `vocabulary => '1'`, ""},
		{"before everything", excluded, `until => '2020-01-01', vocabulary => '99'`, "NO_ACTUAL 99 OWN 1"},
	} {
		if got := read(t, d, fmt.Sprintf(c.query, c.ask)); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	if got := read(t, actAs(t, database, grant{role: "ANALYST"}), fmt.Sprintf(`select x.v from (`+rows+`) x(v) limit 1`, "")); got != "9 6.1.1 t projects 4 indicators 4 actual 70072 target 110 without 2 0.55 2022-12-31" {
		t.Errorf("the staff counts what is not published too: %s", got)
	}
}
