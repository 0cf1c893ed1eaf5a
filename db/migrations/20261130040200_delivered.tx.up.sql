-- What an agreement has delivered: its projects, their money against its envelope, the time gone, the places reached, the indicators achieved and the
-- obligations kept. Money is that of fn.funding for the projects under the agreement: one definition, so the figures agree to the cent.

-- agreement_delivered answers Agreement.delivered. Its key holds the question: the agreement, the projects under it, the currency.
create function fn.agreement_delivered(agreement bigint, inout currency text default null, out id jsonb, out project_count integer, out term_start date, out term_end date, out time_elapsed numeric)
language plpgsql stable as $$
declare
  a record;
  keys bigint[] := array(select l.project_id from project_agreement l join project p on p.id = l.project_id where l.agreement_id = agreement_delivered.agreement order by 1);
begin
  perform fn.check_currency(agreement_delivered.currency);
  select coalesce(g.in_force_on, g.signed_on) as starts, coalesce(g.ended_on, g.expires_on, (coalesce(g.in_force_on, g.signed_on) + make_interval(months => g.duration_months))::date) as ends
    into a from agreement g where g.id = agreement_delivered.agreement;
  id := jsonb_build_object('agreement', agreement_delivered.agreement, 'keys', keys::text, 'currency', agreement_delivered.currency);
  project_count := cardinality(keys);
  term_start := a.starts;
  term_end := a.ends;
  if a.ends > a.starts then
    time_elapsed := round(100.0 * (least(greatest(current_date, a.starts), a.ends) - a.starts) / (a.ends - a.starts), 1);
  end if;
end
$$;

-- agreement_delivered_projects_by_status answers AgreementDelivered.projectsByStatus.
create function fn.agreement_delivered_projects_by_status(id jsonb) returns table (status text, count integer)
language sql stable as $$
  select p.status, count(*)::integer from project p where p.id in (select unnest(fn.funding_keys($1))) group by 1 order by 2 desc, 1
$$;

-- agreement_delivered_envelope answers AgreementDelivered.envelope: in the reporting currency by the rate of the day of signature, or else of the
-- entry into force or of entry here.
create function fn.agreement_delivered_envelope(id jsonb) returns setof fn.converted_money
language sql stable rows 1 as $$
  select c.* from agreement a
  cross join lateral fn.convert(a.envelope_amount, a.envelope_currency, coalesce(a.signed_on, a.in_force_on, a.created_at::date), coalesce($1 ->> 'currency', a.envelope_currency)) c
  where a.id = ($1 ->> 'agreement')::bigint and a.envelope_amount is not null
$$;

-- agreement_delivered_funding answers AgreementDelivered.funding: the table of money of the projects under the agreement.
create function fn.agreement_delivered_funding(question jsonb, "by" text[] default '{YEAR}', inout measure text default 'DISBURSEMENT', out currency text, out id jsonb, out rule jsonb)
language sql stable as $$
  select f.measure, f.currency, f.id, f.rule
  from fn.funding("where" => fn.funding_keys(question), "by" => agreement_delivered_funding.by, measure => agreement_delivered_funding.measure, currency => question ->> 'currency') f
$$;

-- agreement_delivered_total answers AgreementDelivered.total: the totals of that table, with their share of the envelope in the same currency.
create function fn.agreement_delivered_total(id jsonb, measure text default 'DISBURSEMENT')
returns table (currency text, amount numeric, count integer, without_rate integer, envelope_share numeric)
language sql stable as $$
  select t.currency, t.amount, t.count, t.without_rate, round(t.amount * 100 / nullif(e.amount, 0), 2)
  from fn.agreement_delivered_funding($1, measure => agreement_delivered_total.measure) f cross join lateral fn.funding_totals(f.id) t
  left join fn.agreement_delivered_envelope($1) e on e.currency = t.currency
  order by t.currency
$$;

-- agreement_delivered_reach are the units that the locations of the projects name, or, of a level, those above them.
create function fn.agreement_delivered_reach(id jsonb, level integer) returns table (unit_id bigint, project_count integer)
language sql stable as $$
  select u.id, count(distinct l.project_id)::integer
  from project_location l
  join unit_ancestor n on n.unit_id = l.unit_id join administrative_unit u on u.id = n.ancestor_id
  where l.project_id in (select unnest(fn.funding_keys($1))) and case when agreement_delivered_reach.level is null then u.id = l.unit_id else u.level = agreement_delivered_reach.level end
  group by u.id, u.pcode order by u.pcode
$$;

-- agreement_delivered_units answers AgreementDelivered.units.
create function fn.agreement_delivered_units(id jsonb, level integer default null) returns table (unit_id bigint, project_count integer)
language sql stable as $$
  select * from fn.agreement_delivered_reach($1, agreement_delivered_units.level)
$$;

-- agreement_delivered_unit_count answers AgreementDelivered.unitCount.
create function fn.agreement_delivered_unit_count(id jsonb, level integer default null) returns integer
language sql stable as $$
  select count(*)::integer from fn.agreement_delivered_reach($1, agreement_delivered_unit_count.level)
$$;

-- agreement_delivered_indicators answers AgreementDelivered.indicators.
create function fn.agreement_delivered_indicators(id jsonb) returns table (total integer, achieved integer, missed integer, unknown integer)
language sql stable as $$
  select count(*)::integer, (count(*) filter (where p.achieved))::integer, (count(*) filter (where not p.achieved))::integer, (count(*) filter (where p.achieved is null))::integer
  from result r join indicator i on i.result_id = r.id cross join lateral fn.indicator_progress(i.id) p
  where r.project_id in (select unnest(fn.funding_keys($1)))
$$;

-- agreement_delivered_dues are the dates on which obligations of an agreement were or are due: those of recurring ones each for itself.
create function fn.agreement_delivered_dues(agreement bigint) returns table (due_on date, state text, settled_on date)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select o.due_on, o.state, o.settled_on from obligation o where o.agreement_id = agreement_delivered_dues.agreement and (o.recurrence is null or o.outcome is not null)
  union all
  select d.due_on, d.state, d.settled_on from duty d join obligation o on o.id = d.obligation_id where o.agreement_id = agreement_delivered_dues.agreement;
end
$$;

-- agreement_delivered_obligations answers AgreementDelivered.obligations.
create function fn.agreement_delivered_obligations(id jsonb) returns table (total integer, due integer, done integer, done_late integer, overdue integer, waived integer, open integer)
language sql stable as $$
  select count(*)::integer, (count(*) filter (where d.due_on <= current_date))::integer, (count(*) filter (where d.state = 'DONE'))::integer,
    (count(*) filter (where d.state = 'DONE' and d.settled_on > d.due_on))::integer, (count(*) filter (where d.state = 'OVERDUE'))::integer,
    (count(*) filter (where d.state = 'WAIVED'))::integer, (count(*) filter (where d.state in ('PENDING', 'DUE_SOON')))::integer
  from fn.agreement_delivered_dues(($1 ->> 'agreement')::bigint) d
$$;

-- agreement_delivered_years answers AgreementDelivered.years: the trend, a row for each year and currency in which money moved, and for each year in which
-- something fell due or was measured. Indicators are those of which a period with a target ended in the year.
create function fn.agreement_delivered_years(id jsonb)
returns table (year integer, currency text, commitment numeric, disbursement numeric, cumulative_disbursement numeric, obligations_due integer, obligations_done integer, indicators_measured integer, indicators_achieved integer)
language sql stable as $$
  with money as (
    select m.year, m.currency, sum(m.commitment) as commitment, sum(m.disbursement) as disbursement
    from (
      select r.year, r.currency, r.amount as commitment, null::numeric as disbursement from fn.agreement_delivered_funding($1, measure => 'COMMITMENT') f cross join lateral fn.funding_rows(f.id) r
      union all
      select r.year, r.currency, null, r.amount from fn.agreement_delivered_funding($1, measure => 'DISBURSEMENT') f cross join lateral fn.funding_rows(f.id) r
    ) m group by 1, 2
  ), dues as (
    select date_part('year', d.due_on)::integer as year, count(*)::integer as due, (count(*) filter (where d.state = 'DONE'))::integer as done
    from fn.agreement_delivered_dues(($1 ->> 'agreement')::bigint) d where d.due_on is not null group by 1
  ), measured as (
    select date_part('year', p.period_end)::integer as year, count(distinct i.id)::integer as measured, (count(distinct i.id) filter (where x.achieved))::integer as achieved
    from result r join indicator i on i.result_id = r.id join indicator_period p on p.indicator_id = i.id cross join lateral fn.indicator_period_progress(p.id) x
    where r.project_id in (select unnest(fn.funding_keys($1))) and x.achieved is not null group by 1
  ), years as (
    select m.year from money m union select d.year from dues d union select s.year from measured s
  )
  select y.year, m.currency, m.commitment, m.disbursement, sum(m.disbursement) over (partition by m.currency order by y.year), coalesce(d.due, 0), coalesce(d.done, 0), coalesce(s.measured, 0), coalesce(s.achieved, 0)
  from years y left join money m on m.year = y.year left join dues d on d.year = y.year left join measured s on s.year = y.year
  order by 1, 2
$$;
grant execute on function fn.agreement_delivered(bigint, text), fn.agreement_delivered_projects_by_status(jsonb), fn.agreement_delivered_envelope(jsonb), fn.agreement_delivered_funding(jsonb, text[], text),
  fn.agreement_delivered_total(jsonb, text), fn.agreement_delivered_reach(jsonb, integer), fn.agreement_delivered_units(jsonb, integer), fn.agreement_delivered_unit_count(jsonb, integer),
  fn.agreement_delivered_indicators(jsonb), fn.agreement_delivered_dues(bigint), fn.agreement_delivered_obligations(jsonb), fn.agreement_delivered_years(jsonb) to taawun_public, taawun_staff;
