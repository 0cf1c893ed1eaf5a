package db_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"taawun/db/dbtest"
)

// judged brings what the rules find up to date.
func judged(t *testing.T, d *dbtest.DB) {
	t.Helper()
	for looked := 1; looked > 0; {
		if err := d.Owner().QueryRowContext(t.Context(), "select base.judge_records()").Scan(&looked); err != nil {
			t.Fatal(err)
		}
	}
}

// TestQuality has the rules look at records that break them and at such that do not, follows changes, and shows nobody what he may not see.
func TestQuality(t *testing.T) {
	t.Parallel()
	d := office(t)
	owner := d.Owner()
	run(t, owner, `insert into organization (id, code, state, kind, iati_identifier) values (1, 'DONOR', 'PUBLISHED', 'DONOR', 'XM-1'), (2, 'OTHER', 'PUBLISHED', 'FUND', null)`,
		`insert into code_list (id, name) values (1, 'Sector')`, `insert into code_list_item (id, list_id, list, code) values (1, 1, 'Sector', '110'), (2, 1, 'Sector', '120')`,
		`insert into project (id, code, status, state, owner_id, planned_start, planned_end, actual_start) values (4, 'P4', 'IMPLEMENTATION', 'PUBLISHED', 1, current_date - 800, current_date - 900, current_date - 800)`,
		`insert into project_partner (project_id, organization_id, role, share, position, published) values (4, 2, 'FUNDING', 30, 0, true), (4, 1, 'FUNDING', 60, 1, true), (4, 1, 'IMPLEMENTING', null, 2, true)`,
		`insert into project_sector (project_id, sector_id, percentage, published) values (4, 1, 60, true), (4, 2, 30, true)`,
		`insert into transaction (project_id, type, date, value_amount, value_currency, published) values (4, 'OUTGOING_COMMITMENT', current_date - 700, 100, 'EUR', true), (4, 'DISBURSEMENT', current_date - 600, 150, 'EUR', true), (4, 'DISBURSEMENT', current_date + 5, 1, 'USD', true)`,
		`insert into agreement (id, code, kind, status, state, owner_id, signed_on, expires_on) values (1, 'A1', 'GRANT', 'IN_FORCE', 'PUBLISHED', 1, '2020-01-01', '2021-01-01'), (2, 'A2', 'GRANT', 'IDEA', 'ARCHIVED', 1, null, null)`,
		`insert into agreement_party (agreement_id, organization_id, published) values (1, 1, true)`,
		`insert into obligation (agreement_id, kind, due_on, published) values (1, 'REPORT', '2020-06-01', true), (1, 'REPORT', null, true)`)
	judged(t, d)
	found := func(account int, kind string, id string) string {
		t.Helper()
		return strings.ReplaceAll(seen(t, d, account, "", `select rule || case when occurrences > 1 then ' ' || occurrences else '' end from quality_finding where subject_kind = '`+kind+`' and subject_id = `+id+` order by rule collate "C"`), "\n", ", ")
	}
	if got, want := found(analyst, "Project", "4"), "DISBURSED_BEYOND_COMMITMENT, FUNDER_SHARES, PROJECT_ENDS_BEFORE_START, PROJECT_END_PASSED, PROJECT_WITHOUT_ARABIC_TITLE, PROJECT_WITHOUT_DESCRIPTION, "+
		"PROJECT_WITHOUT_LOCATION, SECTOR_SHARES, TRANSACTION_IN_FUTURE, TRANSACTION_WITHOUT_PROVIDER 3, TRANSACTION_WITHOUT_RECEIVER 3"; got != want {
		t.Errorf("of the project: %s\nwant %s", got, want)
	}
	if got, want := found(analyst, "Agreement", "1"), "AGREEMENT_WITHOUT_ARABIC_TITLE, AGREEMENT_WITHOUT_TEXT, DUTY_OVERDUE, OBLIGATION_WITHOUT_DATE, OBLIGATION_WITHOUT_OBLIGOR 2"; got != want {
		t.Errorf("of the agreement: %s\nwant %s", got, want)
	}
	if got := found(analyst, "Agreement", "2"); got != "" {
		t.Errorf("of what is archived: %s", got)
	}
	if got, want := found(analyst, "Organization", "2"), "ORGANIZATION_WITHOUT_ARABIC_NAME, ORGANIZATION_WITHOUT_COUNTRY, ORGANIZATION_WITHOUT_IDENTIFIER, ORGANIZATION_WITHOUT_TYPE"; got != want {
		t.Errorf("of the organization: %s\nwant %s", got, want)
	}
	if got := seen(t, d, analyst, "", `select distinct concat_ws(' ', owner_id, funder_id) from quality_finding where subject_kind = 'Project' and subject_id = 4`); got != "1 1" {
		t.Errorf("unit and funder with the largest share: %s", got)
	}
	// A confidential record is not told of, not even in a number; the public is told nothing.
	if got := found(analyst, "Project", "3"); got != "" {
		t.Errorf("of what is confidential: %s", got)
	}
	one := `select count from fn.quality_rules() where code = 'PROJECT_WITHOUT_FUNDER'`
	if analysts, all := seen(t, d, analyst, "", one), read(t, owner, `select count(*)::text from base.quality_finding where rule = 'PROJECT_WITHOUT_FUNDER'`); analysts != "2" || all != "3" {
		t.Errorf("an analyst counts %s of %s projects without funder, want 2 of 3", analysts, all)
	}
	if got := seen(t, d, analyst, "", `select concat_ws(' ', rule, owner_id, funder_id, count) from fn.quality_counts('FUNDER') where rule in ('SECTOR_SHARES', 'PROJECT_WITHOUT_FUNDER')`); got != "PROJECT_WITHOUT_FUNDER 2\nSECTOR_SHARES 1 1" {
		t.Errorf("counted by funder: %s", got)
	}
	if got := read(t, d.Public(), `select (select count(*) from quality_finding) || ' ' || (select sum(count) from fn.quality_rules())`); got != "0 0" {
		t.Errorf("the public counts %s", got)
	}
	// What is mended is found no longer, soon after; what is not was known since the first look.
	before := read(t, owner, `select id::text from base.quality_finding where rule = 'FUNDER_SHARES'`)
	run(t, owner, `update project_sector set percentage = 40 where project_id = 4 and sector_id = 2; update project set planned_end = current_date + 9 where id = 4; insert into project_location (project_id, published) values (4, true)`)
	judged(t, d)
	if got, want := found(analyst, "Project", "4"), "DISBURSED_BEYOND_COMMITMENT, FUNDER_SHARES, PROJECT_WITHOUT_ARABIC_TITLE, PROJECT_WITHOUT_DESCRIPTION, TRANSACTION_IN_FUTURE, TRANSACTION_WITHOUT_PROVIDER 3, TRANSACTION_WITHOUT_RECEIVER 3"; got != want {
		t.Errorf("after mending: %s\nwant %s", got, want)
	}
	if after := read(t, owner, `select id::text from base.quality_finding where rule = 'FUNDER_SHARES'`); after != before {
		t.Errorf("a finding that stays is %s, was %s", after, before)
	}
	run(t, owner, `update project set state = 'ARCHIVED' where id = 4`)
	judged(t, d)
	if got := found(analyst, "Project", "4"); got != "" {
		t.Errorf("of what was archived: %s", got)
	}
	if got := read(t, owner, `select coalesce(string_agg(code, ' '), '') from base.quality_rule where title ->> 'ar' is null or title ->> 'en' is null or description ->> 'ar' is null or description ->> 'en' is null`); got != "" {
		t.Errorf("rules not told in both languages: %s", got)
	}
}

// TestEndPassed looks for agreements that are past their end, on a day for which nobody has brought them up to date yet.
func TestEndPassed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, columns, values string
		events                string // as in TestLife
		want                  bool
	}{
		{"without renewal", "in_force_on, expires_on", "current_date - 100, current_date", "", true},
		{"it ends today", "in_force_on, expires_on", "current_date - 100, current_date + 1", "", false},
		{"renewed expressly, and was not", "signed_on, expires_on, renewal", "current_date - 100, current_date, 'EXPRESS'", "", true},
		{"renewed expressly, and was", "expires_on, renewal, renewal_months", "current_date - 10, 'EXPRESS', 12", "SIGNED -100, RENEWED -12 50", false},
		{"renews itself", "in_force_on, expires_on, renewal, renewal_months", "current_date - 1000, current_date - 400, 'TACIT', 12", "", false},
		{"renews itself, nobody knows for how long", "in_force_on, expires_on, renewal", "current_date - 1000, current_date - 400, 'TACIT'", "", false},
		{"would renew itself but for a notice", "expires_on, renewal, renewal_months, notice_days", "current_date, 'TACIT', 12, 10", "ENTERED_INTO_FORCE -900, NOTICE_GIVEN -50", true},
		{"the end of a duration", "in_force_on, duration_months", "current_date - interval '12 months', 12", "", true},
		{"applied provisionally", "status, signed_on, expires_on", "'PROVISIONALLY_APPLIED', current_date - 100, current_date", "", true},
		{"no end", "in_force_on", "current_date - 100", "", false},
		{"ended long ago", "in_force_on, expires_on", "current_date - 100, current_date - 50", "", false},
		{"archived", "state, in_force_on, expires_on", "'ARCHIVED', current_date - 100, current_date", "", false},
		{"moved by an amendment", "in_force_on, expires_on", "current_date - 100, current_date", "", false},
	}
	d := dbtest.New(t)
	o := d.Owner()
	for i, test := range tests {
		run(t, o, fmt.Sprintf("insert into agreement (id, code, kind, %s) values (%d, 'A%d', 'GRANT', %s)", test.columns, i+1, i+1, test.values))
		addEvents(t, o, i+1, test.events)
	}
	run(t, o, `insert into agreement (id, code, kind, in_force_on, expires_on) values (100, 'B', 'GRANT', current_date - 50, current_date + 500)`,
		fmt.Sprintf(`insert into agreement_relation (agreement_id, related_id, kind, published) values (100, %d, 'AMENDS', false)`, len(tests)),
		// A day passes: what ended or was told to end today ended yesterday.
		`alter table agreement disable trigger live`, `update agreement set term_ends_on = term_ends_on - 1, expires_on = expires_on - 1, rolls_on = rolls_on - 1`, `alter table agreement enable trigger live`)
	judged(t, d)
	for i, test := range tests {
		found := read(t, o, fmt.Sprintf(`select count(*)::text from base.quality_finding where rule = 'AGREEMENT_END_PASSED' and subject_id = %d`, i+1))
		if got := found == "1"; got != test.want {
			t.Errorf("%s: found is %v, want %v: %s", test.name, got, test.want, read(t, o, fmt.Sprintf(`select concat_ws(' ', status, expires_on, term_ends_on, term_end) from agreement where id = %d`, i+1)))
		}
	}
	// Once the day has come for them, none is left.
	run(t, o, `select base.roll_agreements()`)
	judged(t, d)
	if left := read(t, o, `select count(*)::text from base.quality_finding where rule = 'AGREEMENT_END_PASSED'`); left != "0" {
		t.Errorf("%s are found after the day has been brought up to date", left)
	}
}

// TestManyFindings looks at 50,000 projects with 200,000 transactions, once at all and then at one, and counts what was found.
func TestManyFindings(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := d.Owner()
	run(t, owner, `alter table base.project disable trigger user; alter table base.project_partner disable trigger user; alter table base.transaction disable trigger user; alter table base.project_sector disable trigger user`,
		`insert into ministry_unit (id, code) select i, 'U' || i from generate_series(1, 10) i; insert into organization (id, code, state) select i, 'O' || i, 'PUBLISHED' from generate_series(1, 50) i;
		insert into code_list (id, name) values (1, 'Sector'); insert into code_list_item (id, list_id, list, code) values (1, 1, 'Sector', '110')`,
		`insert into project (id, code, state, status, owner_id, planned_start, planned_end, actual_end) select i, 'P' || i, 'PUBLISHED', (array['PIPELINE', 'IMPLEMENTATION', 'CLOSED'])[1 + i % 3], 1 + i % 10, date '2022-01-01' + i % 900,
			date '2022-01-01' + i % 900 + (i % 2000 - 5), null from generate_series(1, 50000) i`,
		`insert into project_partner (project_id, organization_id, role, published) select i, 1 + i % 50, 'FUNDING', true from generate_series(1, 50000) i where i % 7 <> 0`,
		`insert into project_sector (project_id, sector_id, percentage, published) select i, 1, case when i % 11 = 0 then 90 else 100 end, true from generate_series(1, 50000) i where i % 5 <> 0`,
		`insert into transaction (project_id, type, date, value_amount, value_currency, provider_id, published) select 1 + i % 50000, (array['OUTGOING_COMMITMENT', 'DISBURSEMENT'])[1 + i % 2], date '2023-01-01' + i % 1000, i % 1000, 'EUR', 1, true from generate_series(1, 200000) i`,
		`alter table base.project enable trigger user; alter table base.project_partner enable trigger user; alter table base.transaction enable trigger user; alter table base.project_sector enable trigger user; analyze base.project, base.transaction, base.project_partner, base.project_sector`,
		`insert into account (id, login, name) values (1, 'anas', 'Anas'); insert into account_role (account_id, role) values (1, 'ANALYST')`)
	took := map[string]time.Duration{}
	timed := func(what string, do func()) {
		started := time.Now()
		do()
		took[what] = time.Since(started)
	}
	timed("all records", func() { judged(t, d) })
	run(t, owner, `analyze base.quality_found`)
	run(t, owner, `update project set planned_end = '2000-01-01' where id = 77`)
	timed("one record", func() { judged(t, d) })
	timed("counts by owner", func() { seen(t, d, 1, "", `select sum(count)::text from fn.quality_counts('OWNER')`) })
	timed("counts by funder", func() { seen(t, d, 1, "", `select sum(count)::text from fn.quality_counts('FUNDER')`) })
	timed("a page", func() {
		seen(t, d, 1, "", `select id::text from quality_finding where rule = 'SECTOR_SHARES' and owner_id = 3 order by found_at desc, id desc limit 25`)
	})
	t.Logf("%s findings; %v", read(t, owner, `select count(*)::text from base.quality_found`), took)
	if got := read(t, owner, `select count(*)::text from base.quality_finding where rule = 'PROJECT_WITHOUT_FUNDER'`); got != "7142" {
		t.Errorf("%s projects without funder, want 7142", got)
	}
	if took["a page"] > 2*time.Second || took["counts by owner"] > 5*time.Second {
		t.Errorf("too slow: %v", took)
	}
}
