package demo_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/demo"
	"taawun/db/reference"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func today() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }

// referenced is a database with the reference data and nothing else.
func referenced(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "reference", func(ctx context.Context, d *dbtest.DB) error {
		return reference.Load(ctx, d.Owner(), slog.New(slog.DiscardHandler))
	})
}

// small is a database with a demonstration of 300 projects, which is what a first start loads.
func small(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "demo 300", func(ctx context.Context, d *dbtest.DB) error {
		if err := reference.Load(ctx, d.Owner(), slog.New(slog.DiscardHandler)); err != nil {
			return err
		}
		_, err := demo.Write(ctx, d.Owner(), demo.Options{Projects: 300, Seed: 1, Today: today()})
		return err
	})
}

func read(t *testing.T, d *bun.DB, query string) string {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s *string
		if err := rows.Scan(&s); err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		if s != nil {
			out = append(out, *s)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return strings.Join(out, "\n")
}

// fingerprint tells the content of every table, row for row.
func fingerprint(t *testing.T, d *bun.DB) string {
	t.Helper()
	var lines []string
	for table := range strings.Lines(read(t, d, `select relname from pg_class where relnamespace = 'base'::regnamespace and relkind = 'r'
		and relname not in ('code_list', 'code_list_item', 'administrative_unit', 'data_set', 'revision', 'change_event') order by 1`)) {
		table = strings.TrimSpace(table)
		lines = append(lines, table+" "+read(t, d, `select md5(string_agg(x, '|' order by x)) from (select (to_jsonb(t) - '{since,stated_at,lived_at,derived_at}'::text[])::text as x from base.`+table+` t`+
			map[bool]string{true: ` where data_set_id in (select id from data_set where is_demonstration)`}[table == "source"]+`) x`))
	}
	return strings.Join(lines, "\n")
}

func write(t *testing.T, d *dbtest.DB, projects int, seed uint64) demo.Summary {
	t.Helper()
	s, err := demo.Write(t.Context(), d.Owner(), demo.Options{Projects: projects, Seed: seed, Today: today()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSameSeedSameRows(t *testing.T) {
	t.Parallel()
	a, b, c := referenced(t), referenced(t), referenced(t)
	write(t, a, 120, 7)
	write(t, b, 120, 7)
	write(t, c, 120, 8)
	first := fingerprint(t, a.Owner())
	if second := fingerprint(t, b.Owner()); first != second {
		t.Errorf("the same seed wrote other rows:\n%s\n\n%s", first, second)
	}
	if other := fingerprint(t, c.Owner()); first == other {
		t.Error("another seed wrote the same rows")
	}
}

func TestWriteOnlyIntoEmptyDatabases(t *testing.T) {
	t.Parallel()
	d := referenced(t)
	ctx := t.Context()
	empty := func(want bool) {
		t.Helper()
		if got, err := demo.Empty(ctx, d.Owner()); err != nil || got != want {
			t.Errorf("Empty = %t, %v, want %t", got, err, want)
		}
	}
	empty(true)
	if _, err := demo.Write(ctx, d.Owner(), demo.Options{}); err == nil {
		t.Error("a demonstration without projects was written")
	}
	cancelled, cancel := context.WithCancel(ctx)
	if _, err := demo.Write(cancelled, d.Owner(), demo.Options{Projects: 3000, Seed: 1, Progress: func(done, _ int64) {
		if done >= 1000 {
			cancel()
		}
	}}); err == nil {
		t.Error("a cancelled demonstration was kept")
	}
	empty(true)
	var last, total int64
	s, err := demo.Write(ctx, d.Owner(), demo.Options{Projects: 60, Seed: 1, Progress: func(done, of int64) { last, total = done, of }})
	if err != nil {
		t.Fatal(err)
	}
	if s.Projects != 60 || last != 60 || total != 60 || s.Transactions < 300 || !strings.Contains(s.String(), "60 projects with") {
		t.Errorf("progress %d of %d, summary %s", last, total, s)
	}
	empty(false)
	before := fingerprint(t, d.Owner())
	if _, err := demo.Write(ctx, d.Owner(), demo.Options{Projects: 60, Seed: 1}); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("a second demonstration: %v", err)
	}
	if fingerprint(t, d.Owner()) != before {
		t.Error("a refused demonstration wrote something")
	}
	// the next records follow
	if _, err := d.Owner().ExecContext(ctx, `insert into project (code, status) values ('NEW', 'PIPELINE'); insert into transaction (project_id, type, date, value_amount, value_currency, published)
		select max(id), 'DISBURSEMENT', '2026-01-01', 1, 'USD', false from project`); err != nil {
		t.Errorf("writing after a demonstration: %v", err)
	}
}

func TestWriteWithoutReferenceData(t *testing.T) {
	t.Parallel()
	_, err := demo.Write(t.Context(), dbtest.New(t).Owner(), demo.Options{Projects: 10})
	if err == nil || !strings.Contains(err.Error(), "load the reference data first") {
		t.Errorf("got %v", err)
	}
}

// TestManyProjects goes the way of large demonstrations, which build indexes anew.
func TestManyProjects(t *testing.T) {
	t.Parallel()
	d := referenced(t)
	const indexes = `select indexdef from pg_indexes where schemaname = 'base' order by 1`
	before := read(t, d.Owner(), indexes)
	s := write(t, d, 2000, 3)
	if after := read(t, d.Owner(), indexes); before != after {
		t.Errorf("indexes changed:\n%s\n\n%s", before, after)
	}
	if s.Organizations != 203 || s.Agreements != 120 || s.Transactions < 9*2000 || s.Transactions > 15*2000 {
		t.Errorf("%s", s)
	}
}

// TestPlausible looks for rows that no record of the real world would have. Each query finds offenders.
func TestPlausible(t *testing.T) {
	t.Parallel()
	d := small(t).Owner()
	shares := func(table, column, group, where string) string {
		return fmt.Sprintf(`select %[3]s::text || ': ' || sum(%[2]s) from %[1]s where %[4]s group by %[3]s having count(%[2]s) = count(*) and sum(%[2]s) <> 100
			or count(%[2]s) not in (0, count(*)) or min(%[2]s) <= 0`, table, column, group, where)
	}
	for name, query := range map[string]string{
		"sector shares":                 shares("project_sector", "percentage", "project_id", "true"),
		"sector shares of transactions": shares("transaction_sector", "percentage", "transaction_id", "true"),
		"place shares":                  shares("project_location", "percentage", "project_id", "true"),
		"funding shares":                shares("project_partner", "share", "project_id", "role = 'FUNDING'"),
		"implementing shares":           shares("project_partner", "share", "project_id", "role = 'IMPLEMENTING'"),
		"sectors twice":                 `select project_id::text from project_sector group by project_id, sector_id having count(*) > 1`,
		"sectors on both":               `select p.project_id::text from project_sector p join transaction t using (project_id) join transaction_sector s on s.transaction_id = t.id`,
		"projects that end first":       `select code from project where end_date < start_date or planned_end < planned_start or actual_end < actual_start`,
		"parts outside their parent":    `select c.code from project c join project p on p.id = c.parent_id where c.hierarchy <> p.hierarchy + 1 or c.published and not p.published or c.start_date < p.start_date - 40`,
		"money before its time":         `select p.code from project p join transaction t on t.project_id = p.id where t.date < p.start_date - 700 or t.date > '2026-11-01' and p.status <> 'PIPELINE'`,
		"spending in the pipeline":      `select p.code from project p join transaction t on t.project_id = p.id where p.status = 'PIPELINE' and t.type in ('DISBURSEMENT', 'EXPENDITURE', 'INCOMING_FUNDS')`,
		"money given in pounds":         `select id::text from transaction where value_currency = 'SYP' and type <> 'EXPENDITURE'`,
		// the rate of a month holds for all of it
		"more spent than came": `select p.code from project p join transaction t on t.project_id = p.id and t.type in ('DISBURSEMENT', 'EXPENDITURE')
			left join exchange_rate r on r.currency = t.value_currency and r.date = date_trunc('month', t.date) group by p.code
			having sum(t.value_amount / coalesce(r.rate, 1)) filter (where t.type = 'EXPENDITURE') > sum(t.value_amount / coalesce(r.rate, 1)) filter (where t.type = 'DISBURSEMENT')`,
		"percentages beyond the whole": `select i.id::text from indicator i join indicator_period p on p.indicator_id = i.id join measurement m on m.period_id = p.id
			where i.measure = 'PERCENTAGE' and m.value not between 0 and 100`,
		"aims below the baseline": `select i.id::text from indicator i join indicator_baseline b on b.indicator_id = i.id join indicator_period p on p.indicator_id = i.id join measurement m on m.period_id = p.id
			where m.value < b.value`,
		"results that fall": `select indicator_id::text from (select p.indicator_id, m.kind, m.value < lag(m.value) over (partition by p.indicator_id, m.kind order by p.period_start) as falls
			from indicator_period p join measurement m on m.period_id = p.id) x where falls`,
		"what one counts by the dozen, in hundreds": `select i.id::text from indicator i join indicator_period p on p.indicator_id = i.id join measurement m on m.period_id = p.id
			where i.title ->> 'en' in ('Pumping stations in operation', 'Trains each week', 'Municipal plans adopted') and m.value > 50`,
		"amounts of nothing":             `select id::text from transaction where value_amount = 0`,
		"budgets that end first":         `select id::text from budget where period_end < period_start or value_amount <= 0`,
		"plans that end first":           `select id::text from planned_disbursement where period_end < period_start or value_amount <= 0`,
		"agreements out of order":        `select code from agreement where in_force_on < signed_on or expires_on < in_force_on or ended_on < in_force_on`,
		"agreements without their dates": `select code from agreement where (status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED')) <> (signed_on is not null)`,
		"agreements and their last step": `select a.code from agreement a where status = 'IN_FORCE' and not exists (select from agreement_event e where e.agreement_id = a.id and e.kind = 'ENTERED_INTO_FORCE')`,
		"projects before their agreement": `select p.code from project p join project_agreement l on l.project_id = p.id join agreement a on a.id = l.agreement_id
			where p.actual_start < a.in_force_on and not exists (select from project_agreement o join agreement x on x.id = o.agreement_id where o.project_id = p.id and x.in_force_on <= p.actual_start)`,
		"events of the future":         `select id::text from agreement_event where occurred_on > '2026-11-01'`,
		"obligations of no one":        `select id::text from obligation where obligor_id is null or beneficiary_id is null or obligor_id = beneficiary_id or due_on is null`,
		"obligations settled and open": `select id::text from obligation where (outcome is null) <> (settled_on is null)`,
		"agreements with one party":    `select a.code from agreement a where (select count(*) from agreement_party p where p.agreement_id = a.id and role = 'PARTY') < 2`,
		"two prevailing texts":         `select agreement_id::text from agreement_text where is_prevailing group by 1 having count(*) > 1`,
		"records without a title": `select code from project where not exists (select from jsonb_object_keys(title)) union all select code from agreement where not exists (select from jsonb_object_keys(title))
			union all select code from organization where not exists (select from jsonb_object_keys(name))`,
		"originals in another language": `select code from project p where not exists (select from translation t where t.subject_kind = 'Project' and t.subject_id = p.id and t.field = 'title'
			and t.status = 'ORIGINAL' and t.locale = p.original_locale)`,
		"Arabic without an Arabic letter": `select text from translation where locale = 'ar' and text !~ '[ء-ي]'`,
		"English with an Arabic letter":   `select text from translation where locale <> 'ar' and text ~ '[ء-ي]'`,
		"texts with holes":                `select text from translation where text ~ '(%s|%!|  |^ | $|\(\))' or text = ''`,
		"not marked as demonstration": `select code from project where not is_demonstration or code not like 'DEMO-%' union all select code from agreement where not is_demonstration or code not like 'DEMO-%'
			union all select code from organization where not is_demonstration or code not like 'DEMO-%'`,
		"records without a source": `select code from project p where not exists (select from source s join data_set d on d.id = s.data_set_id and d.is_demonstration where s.subject_kind = 'Project'
			and s.subject_id = p.id and s.identifier = p.code)`,
		"measured after the fact":                `select i.id::text from indicator_period i join measurement m on m.period_id = i.id where m.kind = 'ACTUAL' and i.period_end > '2026-11-01'`,
		"places outside Syria":                   `select id::text from project_location where latitude not between 32 and 38 or longitude not between 35 and 43`,
		"evaluations of nothing or of several":   `select code from evaluation where num_nonnulls(agreement_id, project_id, organization_id) <> 1`,
		"evaluations that contradict themselves": `select e.code || ' ' || p.message from evaluation e, base.evaluation_problems(e.id, e.state = 'PUBLISHED') p`,
		"agreements that no one could change":    `select a.code || ' ' || p.message from agreement a, base.agreement_problems(a.id, a.state = 'PUBLISHED') p`,
		// Shares that nobody has stated are there on purpose, as in published data.
		"projects that no one could change": `select j.code || ' ' || p.message from project j, base.project_problems(j.id, j.state = 'PUBLISHED') p
			where p.message not like '%each needs its share%'`,
		"organizations that no one could change": `select o.code || ' ' || p.message from organization o, base.organization_problems(o.id, o.state = 'PUBLISHED') p`,
		"changed before entered":                 `select code from project where updated_at < created_at union all select code from agreement where updated_at < created_at`,
	} {
		if got := read(t, d, query); got != "" {
			t.Errorf("%s:\n%.400s", name, got)
		}
	}
}

// TestTextsAreWhatTriggersWrite has the database write the texts and the visibility again, and wants the same.
func TestTextsAreWhatTriggersWrite(t *testing.T) {
	t.Parallel()
	d := small(t).Owner()
	before := fingerprint(t, d)
	if _, err := d.ExecContext(t.Context(), `update translation set version = version`); err != nil {
		t.Fatal(err)
	}
	if after := fingerprint(t, d); before != after {
		t.Errorf("the triggers write other texts:\n%s\n\n%s", before, after)
	}
	// fields with texts but no translation would have stayed
	for column := range strings.Lines(read(t, d, `select r.kind || '.' || c.relname || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
		join record_kind r on r.table_name = c.relname where c.relnamespace = 'base'::regnamespace and a.atttypid = 'jsonb'::regtype and a.attnum > 0
		and a.attname not in ('boundary', 'dimensions', 'gazetteers') and c.relname not in ('code_list', 'code_list_item', 'administrative_unit')`)) {
		f := strings.Split(strings.TrimSpace(column), ".")
		if got := read(t, d, fmt.Sprintf(`select x.id::text from %s x where %s <> '{}' and not exists (select from translation t where t.subject_kind = '%s' and t.subject_id = x.id
			and fn.column_of(t.field) = '%s') limit 3`, f[1], f[2], f[0], f[2])); got != "" {
			t.Errorf("%s has texts without translations: %s", column, got)
		}
	}
	for _, table := range []string{"translation", "document", "source"} {
		for line := range strings.Lines(read(t, d, `select distinct x.subject_kind || '.' || r.table_name from `+table+` x join record_kind r on r.kind = x.subject_kind
			where x.subject_kind not in ('MinistryUnit', 'CodeList', 'CodeListItem', 'AdministrativeUnit')`)) {
			kind, subject, _ := strings.Cut(strings.TrimSpace(line), ".")
			if got := read(t, d, fmt.Sprintf(`select x.id::text from %s x left join %s s on s.id = x.subject_id where x.subject_kind = '%s' and x.published is distinct from s.published limit 3`,
				table, subject, kind)); got != "" {
				t.Errorf("%s of %s with another visibility: %s", table, kind, got)
			}
		}
	}
}

// TestShowsTheGraph looks, as the public, for what a first look at the product should find.
func TestShowsTheGraph(t *testing.T) {
	t.Parallel()
	database := small(t)
	d := database.Public()
	for _, c := range []struct{ name, query, want string }{
		{"the first agreement is about Aleppo", `select a.title ->> 'ar' from agreement a where code = 'DEMO-AGR-00001'`, "مذكرة تفاهم بشأن شبكات مياه الشرب في محافظة حلب"},
		{"in English too", `select a.title ->> 'en' from agreement a where code = 'DEMO-AGR-00001'`, "Memorandum of Understanding on drinking water networks in Aleppo"},
		{"it has parties, texts, events and obligations in every state", `select (select count(*) >= 2 from agreement_party p where p.agreement_id = a.id) and
			(select count(distinct locale) >= 2 from agreement_text t where t.agreement_id = a.id) and (select count(*) >= 5 from agreement_event e where e.agreement_id = a.id)
			from agreement a where code = 'DEMO-AGR-00001'`, "true"},
		{"projects with money", `select count(distinct p.id) >= 3 and count(t.id) > 20 from agreement a join project_agreement l on l.agreement_id = a.id join project p on p.id = l.project_id
			join transaction t on t.project_id = p.id where a.code = 'DEMO-AGR-00001'`, "true"},
		{"bodies that were registered twice", `select count(*) from organization o join organization x on x.id > o.id and x.country_id = o.country_id
			where fn.spelling(o.name ->> 'ar') = fn.spelling(x.name ->> 'ar') and o.name ->> 'ar' <> x.name ->> 'ar'`, "3"},
		{"organizations of every kind but one", `select count(distinct kind) >= 10 from organization`, "true"},
		{"programmes, projects and components", `select count(distinct kind) = 3 from project`, "true"},
		{"projects of every status", `select count(distinct status) = 6 from project`, "true"},
		{"its evaluation has scores, findings and every response", `select count(*) = 1 and bool_and((select count(*) = 6 from evaluation_score s where s.evaluation_id = e.id)
			and (select count(distinct f.kind) = 3 from evaluation_finding f where f.evaluation_id = e.id) and (select count(distinct r.response) = 3 and count(*) = 4 from recommendation r where r.evaluation_id = e.id))
			from evaluation e join agreement a on a.id = e.agreement_id where a.code = 'DEMO-AGR-00001'`, "true"},
		{"evaluations of all three kinds of subject", `select count(agreement_id) > 0 and count(project_id) > 0 and count(organization_id) > 0 from evaluation`, "true"},
		{"four currencies and more", `select count(distinct value_currency) >= 4 from transaction`, "true"},
		{"the fall of the pound, year by year", `select count(*) >= 8 and bool_and(pounds > before or before is null) from (select extract(year from r.date) as year, max(r.rate) as pounds,
			lag(max(r.rate)) over (order by extract(year from r.date)) as before from exchange_rate r where r.currency = 'SYP' and extract(year from r.date) in
			(select extract(year from t.date) from transaction t where t.value_currency = 'SYP') group by 1) y`, "true"},
		{"an envelope holds what was committed", `select count(*) > 3 and bool_and(v.committed <= v.envelope) from (
			select a.envelope_amount as envelope, sum(t.value_amount) as committed from agreement a join project_agreement l on l.agreement_id = a.id join project p on p.id = l.project_id
			join transaction t on t.project_id = p.id and t.type = 'OUTGOING_COMMITMENT' and t.value_currency = a.envelope_currency where a.envelope_amount is not null group by a.id, a.envelope_amount) v`, "true"},
		{"results with what was reached", `select count(*) > 20 from measurement where kind = 'ACTUAL'`, "true"},
		{"some Arabic titles are missing", `select count(*) filter (where not title ? 'ar') between count(*) / 10 and count(*) * 3 / 10 from project`, "true"},
		{"some translations are stale", `select count(*) > 50 from translation where is_stale`, "true"},
		{"drafts of translations stay inside", `select count(*) = 0 from translation where status in ('DRAFT', 'MACHINE')`, "true"},
		{"money is left out, for both reasons", `select count(distinct reason) = 2 from fn.funding() f, fn.funding_excluded(f.id)`, "true"},
		{"Aleppo is found", `select count(*) > 5 from fn.search('مياه حلب', kinds => '{PROJECT,AGREEMENT}')`, "true"},
		{"most but not all projects are published", `select count(*) between 220 and 290 from project`, "true"},
	} {
		if got := read(t, d, c.query); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := read(t, database.Owner(), `select count(*) from project`); got != "300" {
		t.Errorf("%s projects", got)
	}
	// obligations fall due around the day the demonstration was written for, which is in the past when this test runs
	if got := read(t, database.Owner(), `select string_agg(distinct case when outcome is not null then outcome when due_on < date '2026-11-23' then 'OVERDUE'
		when due_on <= date '2026-11-23' + lead_days then 'DUE_SOON' else 'PENDING' end, ' ') from obligation o join agreement a on a.id = o.agreement_id where a.code = 'DEMO-AGR-00001'`); got != "DONE DUE_SOON OVERDUE PENDING WAIVED" {
		t.Errorf("states of the obligations of the first agreement: %s", got)
	}
}
