-- What is due: duties, deadlines of agreements, translations.

-- deadlines are the dates that come from the term of an agreement. It ends when it says so, else its duration after the entry into force or, before that,
-- the signature. A tacit renewal happens by itself: the term rolls on to the first end that is not past. A notice that can no longer be given is none.
create function fn.deadlines(status text, signed_on date, in_force_on date, expires_on date, ended_on date, duration_months integer, renewal text, renewal_months integer, notice_days integer)
returns table (kind text, due_on date)
language sql stable as $$
  with term as (
    select coalesce(expires_on, (coalesce(in_force_on, signed_on) + make_interval(months => duration_months))::date) as ends
    where status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED') and ended_on is null
  ), now as (
    select case when renewal = 'TACIT' and renewal_months > 0 and t.ends < current_date
      then (select min(x.at) from (select (t.ends + make_interval(months => renewal_months * k))::date as at from generate_series(0, 1 +
          (12 * (extract(year from current_date) - extract(year from t.ends)) + extract(month from current_date) - extract(month from t.ends))::integer / renewal_months) k) x
        where x.at >= current_date)
      else t.ends end as ends
    from term t where t.ends is not null
  )
  select case renewal when 'NONE' then 'EXPIRY' else 'RENEWAL' end, n.ends from now n
  union all
  select 'NOTICE', x.at from now n cross join lateral (
    select min(c.at) as at from (values (n.ends - notice_days), (case when renewal = 'TACIT' then (n.ends + make_interval(months => renewal_months))::date - notice_days end)) c(at)
    where c.at >= current_date) x
  where notice_days is not null and x.at is not null
$$;

-- agreement_deadlines are those of one agreement, the next first.
create function fn.agreement_deadlines(id bigint) returns table (kind text, due_on date, state text, days_left integer)
language sql stable as $$
  select d.kind, d.due_on, fn.due_state(d.due_on, 90), d.due_on - current_date
  from agreement a cross join lateral fn.deadlines(a.status, a.signed_on, a.in_force_on, a.expires_on, a.ended_on, a.duration_months, a.renewal, a.renewal_months, a.notice_days) d
  where a.id = agreement_deadlines.id
  order by d.due_on, d.kind
$$;

-- agenda is what is due, the earliest first, as far as the reader sees the records. Without states it is what is open; without the first day everything
-- overdue is in it, without the last day the next 90 days.
--   owner         unit of the ministry that keeps the agreement; units below count
--   organization  that must act, is owed, or is a party to the agreement
create function fn.agenda("from" date default null, "to" date default null, owner bigint default null, organization bigint default null, kinds text[] default null, states text[] default null, first integer default 100)
returns table (id jsonb, kind text, due_on date, state text, days_left integer, title jsonb, record_type text, record_id bigint, agreement_id bigint, organization_id bigint, owner_id bigint)
language plpgsql stable as $$
#variable_conflict use_column
declare
  since date := coalesce("from", '-infinity');
  until date := coalesce("to", current_date + 90);
  wanted text[] := coalesce(kinds, '{DUTY,EXPIRY,RENEWAL,NOTICE,TRANSLATION}');
  stand text[] := coalesce(states, '{PENDING,DUE_SOON,OVERDUE}');
  settled boolean := coalesce(states, '{}') && '{DONE,WAIVED}';
  owners bigint[] := array(with recursive below as (select u.id from ministry_unit u where u.id = agenda.owner union select u.id from ministry_unit u join below b on u.parent_id = b.id) select b.id from below b);
begin
  if agenda.first is null or agenda.first not between 0 and 1000 then
    raise exception '"first" must be between 0 and 1000' using errcode = 'invalid_parameter_value';
  elsif since > until then
    raise exception '"from" must not be after "to"' using errcode = 'invalid_parameter_value';
  end if;
  return query
  with item as (
    select 'DUTY' as kind, d.due_on, d.state, o.text as title, 'Duty' as record_type, d.id as record_id, o.agreement_id, o.obligor_id, o.beneficiary_id
      from duty d join obligation o on o.id = d.obligation_id
      where 'DUTY' = any (wanted) and d.due_on between since and until and (d.outcome is null or settled) and d.state = any (stand)
    union all
    select 'DUTY', o.due_on, o.state, o.text, 'Obligation', o.id, o.agreement_id, o.obligor_id, o.beneficiary_id
      from obligation o
      where 'DUTY' = any (wanted) and o.recurrence is null and o.due_on between since and until and (o.outcome is null or settled) and o.state = any (stand)
    union all
    select d.kind, d.due_on, fn.due_state(d.due_on, 90), a.title, 'Agreement', a.id, a.id, null, null
      from agreement a cross join lateral fn.deadlines(a.status, a.signed_on, a.in_force_on, a.expires_on, a.ended_on, a.duration_months, a.renewal, a.renewal_months, a.notice_days) d
      where wanted && '{EXPIRY,RENEWAL,NOTICE}' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED') and d.kind = any (wanted) and d.due_on between since and until
        and fn.due_state(d.due_on, 90) = any (stand)
    union all
    select 'TRANSLATION', r.due_on, x.state, r.title, 'TranslationRequest', r.id, r.agreement_id, null, null
      from translation_request r cross join lateral (select case when r.status in ('CERTIFIED', 'DELIVERED') then 'DONE' when r.status = 'CANCELLED' then 'WAIVED'
        else fn.due_state(r.due_on, 7) end as state) x
      where 'TRANSLATION' = any (wanted) and r.due_on between since and until and x.state = any (stand)
  )
  select jsonb_build_object('kind', i.kind, 'type', i.record_type, 'id', i.record_id), i.kind, i.due_on, i.state, i.due_on - current_date, coalesce(nullif(i.title, '{}'), a.title, '{}'), i.record_type, i.record_id,
    i.agreement_id, i.obligor_id, a.owner_id
  from item i left join agreement a on a.id = i.agreement_id
  where (agenda.owner is null or a.owner_id = any (owners))
    and (agenda.organization is null or agenda.organization in (i.obligor_id, i.beneficiary_id)
      or exists (select from agreement_party p where p.agreement_id = i.agreement_id and p.organization_id = agenda.organization))
  order by i.due_on, i.kind, i.record_type, i.record_id
  limit agenda.first;
end
$$;
grant execute on function fn.rrule_parts(text), fn.rrule_problem(text), fn.rrule_dates(text, date, date), fn.deadlines(text, date, date, date, date, integer, text, integer, integer),
  fn.agreement_deadlines(bigint), fn.agenda(date, date, bigint, bigint, text[], text[], integer) to taawun_public, taawun_staff;
