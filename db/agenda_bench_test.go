package db_test

import (
	"context"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

// agendaByHand is the agenda of the next 90 days as one would write it by hand, on the tables themselves.
const agendaByHand = `select i.*, a.owner_id from (
	select 'DUTY' as kind, d.due_on, o.text as title, d.id, o.agreement_id, o.obligor_id from base.duty d join base.obligation o on o.id = d.obligation_id
		where d.outcome is null and d.due_on <= current_date + 90 and d.published
	union all select 'DUTY', o.due_on, o.text, o.id, o.agreement_id, o.obligor_id from base.obligation o where o.outcome is null and o.recurrence is null and o.due_on <= current_date + 90 and o.published
	union all select a.term_end, a.term_ends_on, a.title, a.id, a.id, null from base.agreement a where a.term_end is not null and a.term_ends_on <= current_date + 90 and a.published
	union all select 'NOTICE', a.notice_on, a.title, a.id, a.id, null from base.agreement a where a.notice_on <= current_date + 90 and a.published) i
	left join base.agreement a on a.id = i.agreement_id
	order by i.due_on, i.kind, i.id limit 100`

// BenchmarkAgenda measures the agenda over 3,000 agreements with 30,000 obligations and ten years of settled duties against the same question
// written by hand, in turn, and reports how many times as long it takes. What it may be is for people to judge.
func BenchmarkAgenda(b *testing.B) {
	d := dbtest.New(b)
	if _, err := d.Owner().ExecContext(b.Context(), `
		set taawun.bulk = on;
		insert into organization (id, code, state) select i, 'O' || i, 'PUBLISHED' from generate_series(1, 200) i;
		insert into agreement (id, code, kind, state, title, signed_on, in_force_on, expires_on, renewal, renewal_months, notice_days)
			select i, 'A' || i, 'GRANT', 'PUBLISHED', jsonb_build_object('ar', 'اتفاقية ' || i, 'en', 'Agreement ' || i), current_date - 3700, current_date - 3650, current_date + (i * 7) % 2000,
				case when i % 3 = 0 then 'TACIT' else 'NONE' end, 12, 60 from generate_series(1, 3000) i;
		insert into agreement_party (agreement_id, organization_id, published) select a, (a * k) % 200 + 1, true from generate_series(1, 3000) a, generate_series(1, 2) k;
		insert into obligation (agreement_id, kind, text, obligor_id, due_on, recurrence, published)
			select i % 3000 + 1, 'REPORT', jsonb_build_object('ar', 'تقرير ' || i, 'en', 'Report ' || i), i % 200 + 1, current_date - 3650 + i % 4000, case when i % 3 = 0 then 'FREQ=YEARLY' end, true from generate_series(1, 30000) i;
		update duty set outcome = 'DONE', settled_on = due_on where due_on < current_date - 60;
		update obligation set outcome = 'DONE', settled_on = due_on where recurrence is null and due_on < current_date - 60`); err != nil {
		b.Fatal(err)
	}
	if _, err := d.Owner().ExecContext(b.Context(), "analyze"); err != nil {
		b.Fatal(err)
	}
	measure := func(reader *bun.DB, query string) time.Duration {
		b.Helper()
		var n int
		start := time.Now()
		if err := reader.NewRaw("select count(x::text) from ("+query+") x").Scan(context.Background(), &n); err != nil || n != 100 {
			b.Fatal(n, err)
		}
		return time.Since(start)
	}
	const agenda = "select * from fn.agenda()"
	measure(d.Public(), agenda)
	measure(d.Owner(), agendaByHand)
	var agendaTook, handTook time.Duration
	for b.Loop() {
		agendaTook += measure(d.Public(), agenda)
		handTook += measure(d.Owner(), agendaByHand)
	}
	b.ReportMetric(float64(agendaTook.Microseconds())/float64(b.N)/1000, "ms/agenda")
	b.ReportMetric(float64(handTook.Microseconds())/float64(b.N)/1000, "ms/by-hand")
	b.ReportMetric(float64(agendaTook)/float64(handTook), "times-by-hand")
}
