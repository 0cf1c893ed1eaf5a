-- Obligations that recur: their rule (RFC 5545, RRULE) is laid out into dated duties, each of which is done or waived for itself.

-- ---------------------------------------------------------------- Rules

-- rrule_parts are the parts of a rule by name; null if it is not a list of them.
create function fn.rrule_parts(rule text) returns jsonb
language sql immutable parallel safe as $$
  select case when count(*) = count(distinct x.part[1]) and bool_and(x.part is not null) then jsonb_object_agg(coalesce(x.part[1], ''), x.part[2]) end
  from (select regexp_match(p, '^([A-Z]+)=([A-Z0-9,+-]+)$') as part from regexp_split_to_table(regexp_replace(upper(btrim(rule)), '^RRULE:', ''), ';') p) x
$$;

-- rrule_problem says in English and Arabic why a rule cannot be followed; null if it can.
create function fn.rrule_problem(rule text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  parts jsonb := fn.rrule_parts(rule);
  unknown text;
  allowed constant jsonb := '{"FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY", "INTERVAL": "[1-9][0-9]{0,3}", "COUNT": "[1-9][0-9]{0,3}", "UNTIL": "[12][0-9]{3}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(T[0-9]{6}Z?)?",
    "BYMONTH": "(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*", "BYMONTHDAY": "[+-]?(0?[1-9]|[12][0-9]|3[01])(,[+-]?(0?[1-9]|[12][0-9]|3[01]))*",
    "BYDAY": "([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU))*", "BYSETPOS": "[+-]?[1-9][0-9]{0,2}(,[+-]?[1-9][0-9]{0,2})*", "WKST": "MO"}';
begin
  if parts is null then
    return array['A rule is a list such as FREQ=MONTHLY;INTERVAL=3, each part once.', 'القاعدة قائمة مثل FREQ=MONTHLY;INTERVAL=3، ويرد كل جزء مرة واحدة.'];
  end if;
  select k.key into unknown from jsonb_each_text(parts) k where not coalesce(k.value ~ ('^(' || (allowed ->> k.key) || ')$'), false) order by k.key limit 1;
  if unknown is not null then
    return array[format('The part %s=%s of the rule cannot be followed.', unknown, parts ->> unknown), format('لا يمكن اتباع الجزء %s=%s من القاعدة.', unknown, parts ->> unknown)];
  elsif not parts ? 'FREQ' then
    return array['The rule needs FREQ: DAILY, WEEKLY, MONTHLY or YEARLY.', 'يلزم القاعدة FREQ: ‏DAILY أو WEEKLY أو MONTHLY أو YEARLY.'];
  elsif parts ?& '{COUNT,UNTIL}' then
    return array['A rule has COUNT or UNTIL, not both.', 'تحتوي القاعدة على COUNT أو UNTIL، لا على كليهما.'];
  elsif parts ->> 'FREQ' in ('DAILY', 'WEEKLY') and parts ->> 'BYDAY' ~ '[0-9]' then
    return array['A numbered weekday, such as 1MO, needs FREQ=MONTHLY or YEARLY.', 'يوم الأسبوع المرقّم مثل 1MO يلزمه FREQ=MONTHLY أو YEARLY.'];
  elsif parts ->> 'FREQ' = 'WEEKLY' and parts ? 'BYMONTHDAY' then
    return array['BYMONTHDAY does not go with FREQ=WEEKLY.', 'لا يجتمع BYMONTHDAY مع FREQ=WEEKLY.'];
  elsif parts ? 'BYSETPOS' and not parts ?| '{BYMONTH,BYMONTHDAY,BYDAY}' then
    return array['BYSETPOS chooses among the days of another BY part.', 'يختار BYSETPOS من أيام جزء آخر من أجزاء BY.'];
  elsif parts ? 'UNTIL' and substr(parts ->> 'UNTIL', 7, 2)::integer
      > date_part('day', make_date(left(parts ->> 'UNTIL', 4)::integer, substr(parts ->> 'UNTIL', 5, 2)::integer, 1) + interval '1 month - 1 day') then
    return array['UNTIL is not a day of the calendar.', 'قيمة UNTIL ليست يوماً في التقويم.'];
  end if;
  return null;
end
$$;

-- rrule_dates lays out a rule from its first possible day to the last day wanted. The first day counts only if it fits the rule; nothing comes of a
-- rule that cannot be followed. It looks at every day of every period of the rule: some thousands for many years.
create function fn.rrule_dates(rule text, first_day date, last_day date) returns setof date
language plpgsql immutable parallel safe as $$
declare
  parts jsonb;
  unit text;
  step integer;
  months integer[];
  month_days integer[];
  days text[];
  positions integer[];
  final date;
begin
  if rule is null or first_day is null or last_day is null or fn.rrule_problem(rule) is not null then
    return;
  end if;
  parts := fn.rrule_parts(rule);
  unit := case parts ->> 'FREQ' when 'DAILY' then 'day' when 'WEEKLY' then 'week' when 'MONTHLY' then 'month' else 'year' end;
  step := coalesce((parts ->> 'INTERVAL')::integer, 1);
  months := string_to_array(parts ->> 'BYMONTH', ',')::integer[];
  month_days := string_to_array(parts ->> 'BYMONTHDAY', ',')::integer[];
  days := string_to_array(replace(parts ->> 'BYDAY', '+', ''), ',');
  positions := string_to_array(parts ->> 'BYSETPOS', ',')::integer[];
  final := least(last_day, left(parts ->> 'UNTIL', 8)::date);
  if days is null and month_days is null then -- then the first day says which
    if unit = 'week' then
      days := array[(array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[extract(isodow from first_day)::integer]];
    elsif unit in ('month', 'year') then
      month_days := array[extract(day from first_day)::integer];
      months := case when unit = 'year' then coalesce(months, array[extract(month from first_day)::integer]) else months end;
    end if;
  end if;
  return query
  with day as (
    select x.on_day, x.period, x.m, x.d, date_part('day', x.month_end)::integer as month_length, x.doy, x.weekday,
      case when unit = 'year' and parts -> 'BYMONTH' is null then date_part('doy', make_date(x.y, 12, 31))::integer else date_part('day', x.month_end)::integer end as length,
      case when unit = 'year' and parts -> 'BYMONTH' is null then x.doy else x.d end as place
    from (
      select g.on_day, extract(year from g.on_day)::integer as y, extract(month from g.on_day)::integer as m, extract(day from g.on_day)::integer as d,
        extract(doy from g.on_day)::integer as doy, (array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[extract(isodow from g.on_day)::integer] as weekday,
        (date_trunc('month', g.on_day::timestamp) + interval '1 month - 1 day')::date as month_end,
        case unit
          when 'day' then g.on_day - first_day
          when 'week' then (g.on_day - date_trunc('week', first_day::timestamp)::date) / 7
          when 'month' then 12 * (extract(year from g.on_day) - extract(year from first_day)) + extract(month from g.on_day) - extract(month from first_day)
          else extract(year from g.on_day) - extract(year from first_day) end::integer as period
      from (select date_trunc(unit, first_day::timestamp)::date + i as on_day
        from generate_series(0, (date_trunc(unit, final::timestamp) + ('1 ' || unit)::interval)::date - date_trunc(unit, first_day::timestamp)::date - 1) i) g
    ) x
  ), fit as (
    select d.on_day, row_number() over (partition by d.period order by d.on_day) as place, row_number() over (partition by d.period order by d.on_day desc) as place_back
    from day d
    where d.period % step = 0
      and (months is null or d.m = any (months))
      and (month_days is null or d.d = any (month_days) or d.d - d.month_length - 1 = any (month_days))
      and (days is null or d.weekday = any (days) or ((d.place - 1) / 7 + 1) || d.weekday = any (days) or (-((d.length - d.place) / 7 + 1)) || d.weekday = any (days))
  )
  select f.on_day from fit f
  where f.on_day between first_day and final and (positions is null or f.place = any (positions) or -f.place_back = any (positions))
  order by f.on_day
  limit (parts ->> 'COUNT')::integer;
end
$$;

-- ---------------------------------------------------------------- Duties

alter table base.obligation add unique (id, published);
create index on base.obligation (due_on, id) where outcome is null;

create table base.duty (
  id bigint generated by default as identity primary key,
  obligation_id bigint not null,
  due_on date not null,
  lead_days integer not null default 30,
  outcome text check (outcome in ('DONE', 'WAIVED')),
  settled_on date,
  evidence jsonb not null default '{}',
  published boolean not null,
  foreign key (obligation_id, published) references base.obligation (id, published) on update cascade on delete cascade,
  unique (obligation_id, due_on)
);
create index on base.duty (obligation_id, id);
create index on base.duty (due_on, id);
create index on base.duty (due_on, id) where outcome is null;
comment on table base.duty is 'One date on which an obligation that recurs is due.';

-- due_state is where something open stands today, which is looked at some days before it is due.
create function fn.due_state(due_on date, lead_days integer) returns text
language sql stable parallel safe as $$
  select case when due_on < current_date then 'OVERDUE' when due_on - current_date <= lead_days then 'DUE_SOON' else 'PENDING' end
$$;
grant execute on function fn.due_state(date, integer) to taawun_public, taawun_staff;

call base.expose('Duty', 'duty', extra => $$ coalesce(t.outcome, fn.due_state(t.due_on, t.lead_days)) as state $$);

-- make_duties lays out the rules of obligations: to the end of the agreement, but no more than five years from today. What was settled stays; open
-- duties that the rule no longer knows go, and an obligation that is settled as a whole has no open ones.
create procedure base.make_duties(ids bigint[])
language plpgsql security definer set search_path = base, fn, pg_temp as $$
begin
  update duty d set lead_days = o.lead_days from obligation o where o.id = d.obligation_id and o.id = any (ids) and d.lead_days <> o.lead_days;
  with wanted as materialized (
    select o.id, d.on_day, o.lead_days, o.published
    from obligation o join agreement a on a.id = o.agreement_id
    cross join lateral rrule_dates(o.recurrence, o.due_on,
      least(a.ended_on, case when a.renewal = 'NONE' then a.expires_on end, (greatest(o.due_on, current_date) + interval '5 years')::date)) d(on_day)
    where o.id = any (ids) and o.recurrence is not null and o.outcome is null
  ), gone as (
    delete from duty d where d.obligation_id = any (ids) and d.outcome is null
      and not exists (select from wanted w where w.id = d.obligation_id and w.on_day = d.due_on)
  )
  insert into duty (obligation_id, due_on, lead_days, published)
  select w.id, w.on_day, w.lead_days, w.published from wanted w on conflict (obligation_id, due_on) do nothing;
end
$$;

create function base.obligation_entered() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[] := array(select n.id from new_rows n where n.recurrence is not null);
begin
  if ids <> '{}' then
    call base.make_duties(ids);
  end if;
  return null;
end
$$;
create trigger make_duties after insert on base.obligation referencing new table as new_rows for each statement execute function base.obligation_entered();

create function base.obligation_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[] := array(select n.id from new_rows n join old_rows o on o.id = n.id
    where row(n.due_on, n.recurrence, n.lead_days, n.outcome) is distinct from row(o.due_on, o.recurrence, o.lead_days, o.outcome)
      and (n.recurrence is not null or o.recurrence is not null));
begin
  if ids <> '{}' then
    call base.make_duties(ids);
  end if;
  return null;
end
$$;
create trigger remake_duties after update on base.obligation referencing new table as new_rows old table as old_rows for each statement execute function base.obligation_changed();

create function base.term_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[] := array(select b.id from new_rows n join old_rows o on o.id = n.id join obligation b on b.agreement_id = n.id
    where row(n.ended_on, n.expires_on, n.renewal) is distinct from row(o.ended_on, o.expires_on, o.renewal) and b.recurrence is not null);
begin
  if ids <> '{}' then
    call base.make_duties(ids);
  end if;
  return null;
end
$$;
create trigger remake_duties after update on base.agreement referencing new table as new_rows old table as old_rows for each statement execute function base.term_changed();

do $$
declare
  ids bigint[] := array(select o.id from base.obligation o where o.recurrence is not null);
begin
  call base.make_duties(ids);
end
$$;

-- ---------------------------------------------------------------- What is wrong with them

create function base.duty_problems(agreement bigint) returns setof base.problem
language sql stable as $$
  select array['obligations', fn.public_id('Obligation', o.id), 'recurrence'], 'INVALID', p[1], p[2]
    from base.obligation o cross join lateral fn.rrule_problem(o.recurrence) p where o.agreement_id = agreement and o.recurrence is not null and p is not null
  union all
  select array['obligations', fn.public_id('Obligation', o.id), 'dueOn'], 'REQUIRED', 'An obligation that recurs needs the first date.', 'يلزم الالتزام المتكرر تاريخُ أول استحقاق.'
    from base.obligation o where o.agreement_id = agreement and o.recurrence is not null and o.due_on is null
  union all
  select array['obligations', fn.public_id('Obligation', o.id), 'duties', fn.public_id('Duty', d.id), 'settledOn'], 'REQUIRED', 'A duty that is settled needs the date.', 'يلزم تاريخ لواجب تمت تسويته.'
    from base.obligation o join base.duty d on d.obligation_id = o.id where o.agreement_id = agreement and d.outcome is not null and d.settled_on is null
  union all
  select array['obligations', fn.public_id('Obligation', o.id), 'duties', fn.public_id('Duty', d.id), 'evidence'], 'REQUIRED', 'A duty that is waived needs the reason.', 'يلزم ذكر سبب الإعفاء من الواجب.'
    from base.obligation o join base.duty d on d.obligation_id = o.id where o.agreement_id = agreement and d.outcome = 'WAIVED' and d.evidence = '{}'
$$;

-- As it was, and what is wrong with the duties.
create or replace function base.agreement_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  a base.agreement;
begin
  select * into a from base.agreement t where t.id = agreement_problems.id;
  return query select * from base.order_problem('{inForceOn}', a.signed_on, a.in_force_on, 'the signature', 'التوقيع');
  return query select * from base.order_problem('{expiresOn}', coalesce(a.in_force_on, a.signed_on), a.expires_on, 'the entry into force', 'الدخول حيز النفاذ');
  return query select * from base.order_problem('{endedOn}', coalesce(a.signed_on, a.in_force_on), a.ended_on, 'the signature', 'التوقيع');
  return query select x.* from base.agreement_party t, base.order_problem(array['parties', fn.public_id('AgreementParty', t.id), 'inForceOn'], t.signed_on, t.in_force_on, 'its signature', 'توقيعها') x
    where t.agreement_id = a.id;
  return query select x.* from base.agreement_event t, base.future_problem(array['events', 'occurredOn'], t.occurred_on) x where t.agreement_id = a.id;
  return query select array['obligations', fn.public_id('Obligation', o.id), 'settledOn'], 'REQUIRED', 'An obligation that is settled needs the date.', 'يلزم تاريخ لالتزام تمت تسويته.'
    from base.obligation o where o.agreement_id = a.id and o.outcome is not null and o.settled_on is null;
  return query select array['obligations', fn.public_id('Obligation', o.id), 'evidence'], 'REQUIRED', 'An obligation that is waived needs the reason.', 'يلزم ذكر سبب الإعفاء من الالتزام.'
    from base.obligation o where o.agreement_id = a.id and o.outcome = 'WAIVED' and o.evidence = '{}';
  return query select array['obligations', fn.public_id('Obligation', o.id), 'leadDays'], 'INVALID', 'Lead days lie between 0 and 3650.', 'تقع أيام التنبيه بين 0 و3650.'
    from base.obligation o where o.agreement_id = a.id and o.lead_days not between 0 and 3650;
  return query select array['relations', 'relatedId'], 'INVALID', 'An agreement is not related to itself.', 'لا يرتبط الاتفاق بنفسه.'
    from base.agreement_relation r where r.agreement_id = a.id and r.related_id = a.id;
  return query select array[f.name], 'INVALID', 'This number must not be negative.', 'لا يجوز أن يكون هذا العدد سالباً.'
    from (values ('durationMonths', a.duration_months), ('renewalMonths', a.renewal_months), ('noticeDays', a.notice_days)) f(name, n) where f.n < 0;
  return query select * from base.duty_problems(a.id);
  if not complete then
    return;
  end if;
  return query select * from base.missing_problem('{title}', not a.title ? a.original_locale, 'A title in the original language', 'عنوان باللغة الأصلية');
  return query select * from base.missing_problem('{parties}', (select count(*) from base.agreement_party t where t.agreement_id = a.id) < 2, 'At least two parties', 'طرفان على الأقل');
  return query select array['parties', fn.public_id('AgreementParty', t.id), 'organizationId'], 'REQUIRED', 'The party needs an organization or a name.', 'يلزم للطرف منظمة أو اسم.'
    from base.agreement_party t where t.agreement_id = a.id and t.organization_id is null and t.name = '{}';
  return query select * from base.missing_problem('{signedOn}', a.signed_on is null and a.in_force_on is null
    and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'), 'The date of signature of an agreement that is signed', 'تاريخ توقيع الاتفاق الموقَّع');
end
$$;
