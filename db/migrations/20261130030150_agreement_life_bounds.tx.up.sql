-- Numbers beyond all reason are refused to people, by the rules of the life; whoever writes otherwise, dates are still to be computed.

alter table base.agreement drop constraint agreement_entry_consents_check, drop constraint agreement_entry_days_check;

do $$
declare
  code text := pg_get_functiondef('base.life_of(base.agreement)'::regprocedure);
  bounded text;
  b record;
begin
  for b in select * from (values
      ('a.entry_consents <= count(*)', 'a.entry_consents between 1 and count(*)'),
      ('coalesce(a.entry_days, 0)', 'least(greatest(coalesce(a.entry_days, 0), 0), 3660)'),
      ('months => a.duration_months', 'months => least(a.duration_months, 12000)'),
      ('months => a.renewal_months', 'months => least(a.renewal_months, 12000)'),
      ('term_after(ends, a.renewal_months,', 'term_after(ends, least(a.renewal_months, 12000),'),
      ('coalesce(a.notice_days, 0)', 'least(greatest(coalesce(a.notice_days, 0), 0), 36600)'),
      ('- a.notice_days', '- least(a.notice_days, 36600)')) v(was, becomes)
  loop
    bounded := replace(code, b.was, b.becomes);
    if bounded = code then
      raise exception 'life_of is not as it was: %', b.was;
    end if;
    code := bounded;
  end loop;
  execute code;
end
$$;

-- As it was, and the numbers.
create or replace function base.life_problems(a base.agreement) returns setof base.problem
language sql stable as $$
  select * from base.course_problems(a)
  union all select * from base.statement_problems(a)
  union all select * from base.party_problems(a.id)
  union all select * from base.relation_problems(a)
  union all select x.* from base.agreement_event e, base.future_problem(array['events', fn.public_id('AgreementEvent', e.id), 'occurredOn'], e.occurred_on) x where e.agreement_id = a.id
  union all select x.* from base.agreement_event e, base.order_problem(array['events', fn.public_id('AgreementEvent', e.id), 'endsOn'], e.occurred_on, e.ends_on, 'the event', 'الحدث') x where e.agreement_id = a.id
  union all select array['events', fn.public_id('AgreementEvent', e.id), 'endsOn'], 'INVALID', 'Only a renewal, or a notice of termination, says until when.', 'لا يحدد تاريخ النهاية إلا التجديد أو الإخطار بالإنهاء.'
    from base.agreement_event e where e.agreement_id = a.id and e.ends_on is not null and e.kind not in ('RENEWED', 'NOTICE_GIVEN')
  union all select '{entryDays}', 'INVALID', 'Days until the entry into force need the number of consents.', 'يلزم عدد الموافقات لحساب الأيام حتى الدخول حيز النفاذ.' where a.entry_days is not null and a.entry_consents is null
  union all select array[f.name], 'INVALID', format('This number lies between %s and %s.', f.least, f.most), format('يقع هذا العدد بين %s و%s.', f.least, f.most)
    from (values ('entryConsents', a.entry_consents, 1, 500), ('entryDays', a.entry_days, 0, 3660), ('durationMonths', greatest(a.duration_months, 0), 0, 12000),
      ('renewalMonths', greatest(a.renewal_months, 0), 0, 12000), ('noticeDays', greatest(a.notice_days, 0), 0, 36600)) f(name, n, least, most) where f.n not between f.least and f.most
$$;
