-- What cannot be in the life of an agreement, told at the place of the event, the party or the link.

-- names_of are codes by their names, for messages.
create function base.names_of(list text, codes text[], locale text) returns text
language sql stable as $$
  select string_agg(base.code_name(list, c.code, locale), case locale when 'ar' then '، ' else ', ' end order by c.n) from unnest(codes) with ordinality c(code, n)
$$;

-- course_problems are steps in an order that cannot be: ratified before it was signed, in force before that, anything after the end.
create function base.course_problems(a base.agreement) returns setof base.problem
language sql stable as $$
  select case when c.event_id is not null then array['events', fn.public_id('AgreementEvent', c.event_id), 'occurredOn']
      when c.kind = 'SIGNED' then '{signedOn}' when c.kind = 'ENTERED_INTO_FORCE' then '{inForceOn}' else '{endedOn}' end, 'DATES',
    format('"%s" (%s) cannot come after "%s" (%s): the agreement is then "%s". It comes after: %s.', base.code_name('AgreementEventKind', c.kind, 'en'), c.on_day,
      base.code_name('AgreementEventKind', c.before_kind, 'en'), c.before_day, base.code_name('AgreementStatus', c.from_status, 'en'), f.en),
    format('لا تأتي خطوة «%s» (%s) بعد خطوة «%s» (%s)، فحالة الاتفاق عندئذ «%s». وإنما تأتي بعد: %s.', base.code_name('AgreementEventKind', c.kind, 'ar'), c.on_day,
      base.code_name('AgreementEventKind', c.before_kind, 'ar'), c.before_day, base.code_name('AgreementStatus', c.from_status, 'ar'), f.ar)
  from base.agreement_course(a, null) c
  cross join lateral (select coalesce(base.names_of('AgreementStatus', s.codes, 'en'), 'nothing') as en, coalesce(base.names_of('AgreementStatus', s.codes, 'ar'), 'لا شيء') as ar
    from (select array_agg(t.from_status order by t.from_status) filter (where t.from_status <> '') as codes from base.agreement_step t where t.kind = c.kind) s) f
  where not c.is_legal and a.lived_at is not null
$$;

-- statement_problems are statements that were made with or after the latest change of the events and contradict them.
create function base.statement_problems(a base.agreement) returns setof base.problem
language sql stable as $$
  with said as (
    select min(e.occurred_on) filter (where e.kind = 'SIGNED') as signed_on, min(e.occurred_on) filter (where e.kind = 'ENTERED_INTO_FORCE') as in_force_on,
      max(e.occurred_on) filter (where e.kind in ('EXPIRED', 'TERMINATED', 'SUPERSEDED')) as ended_on, bool_or(e.kind not in ('AMENDED', 'RENEWED', 'NOTICE_GIVEN')) as spoke,
      (select c.to_status from base.agreement_course(a, null) with ordinality c order by c.ordinality desc limit 1) as status
    from base.agreement_event e where e.agreement_id = a.id
  )
  select array[x.field], 'INVALID', format('The events say: %s. Change the events, or leave this to them.', x.en), format('تفيد الأحداث: %s. عدّل الأحداث أو اترك هذا الحقل لها.', x.ar)
  from said s cross join lateral (
    select 'status' as field, base.code_name('AgreementStatus', s.status, 'en') as en, base.code_name('AgreementStatus', s.status, 'ar') as ar
      where s.spoke and a.stated_status <> s.status and a.stated_status <> a.status
    union all select 'signedOn', s.signed_on::text, s.signed_on::text where s.signed_on <> a.stated_signed_on
    union all select 'inForceOn', s.in_force_on::text, s.in_force_on::text where s.in_force_on <> a.stated_in_force_on
    union all select 'endedOn', s.ended_on::text, s.ended_on::text where s.ended_on <> a.stated_ended_on
  ) x
  where a.stated_at >= a.lived_at
$$;

create function base.party_problems(agreement bigint) returns setof base.problem
language sql stable as $$
  select x.* from base.agreement_party t cross join lateral (select array['parties', fn.public_id('AgreementParty', t.id)] as path) p
  cross join lateral (
    select * from base.order_problem(p.path || 'inForceOn'::text, coalesce(t.consent_on, t.signed_on), t.in_force_on,
      case when t.consent_on is null then 'its signature' else 'its consent' end, case when t.consent_on is null then 'توقيعها' else 'إعرابها عن الموافقة' end)
    union all select * from base.order_problem(p.path || 'consentOn'::text, t.signed_on, t.consent_on, 'its signature', 'توقيعها')
    union all select * from base.order_problem(p.path || 'withdrawnOn'::text, coalesce(t.in_force_on, t.consent_on, t.signed_on), t.withdrawn_on, 'it was bound', 'ارتباطها بالاتفاق')
    union all select * from base.future_problem(p.path || 'signedOn'::text, t.signed_on)
    union all select * from base.future_problem(p.path || 'consentOn'::text, t.consent_on)
  ) x
  where t.agreement_id = agreement
$$;

-- relation_problems are links of an agreement with itself, over several steps too, and what replaces another before that began.
create function base.relation_problems(a base.agreement) returns setof base.problem
language sql stable as $$
  select array['relations', fn.public_id('AgreementRelation', r.id), 'relatedId'], 'INVALID',
    case when r.related_id = a.id then 'An agreement is not related to itself.' else 'The other agreement already leads back to this one by links of the same kind.' end,
    case when r.related_id = a.id then 'لا يرتبط الاتفاق بنفسه.' else 'الاتفاق الآخر مرتبط بهذا الاتفاق أصلاً بروابط من النوع نفسه.' end
  from base.agreement_relation r
  where r.agreement_id = a.id and (r.related_id = a.id or r.kind <> 'RELATED' and exists (
    with recursive below as (
      select x.related_id from base.agreement_relation x where x.agreement_id = r.related_id and x.kind = r.kind
      union select x.related_id from base.agreement_relation x join below b on x.agreement_id = b.related_id and x.kind = r.kind)
    select from below b where b.related_id = a.id))
  union all
  select array['relations', fn.public_id('AgreementRelation', r.id), 'relatedId'], 'DATES',
    format('The other agreement (in force or signed on %s) began after this one (%s), so this one does not replace it.', coalesce(o.in_force_on, o.signed_on), a.in_force_on),
    format('بدأ الاتفاق الآخر (%s) بعد هذا الاتفاق (%s)، فلا يحل هذا محله.', coalesce(o.in_force_on, o.signed_on), a.in_force_on)
  from base.agreement_relation r join base.agreement o on o.id = r.related_id
  where r.agreement_id = a.id and r.kind = 'SUPERSEDES' and a.in_force_on < coalesce(o.in_force_on, o.signed_on)
$$;

-- life_problems is what is wrong with the life of an agreement.
create function base.life_problems(a base.agreement) returns setof base.problem
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

-- As it was, with the rules of the life in the place of some of its own.
create or replace function base.agreement_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  a base.agreement;
  spoke boolean;
begin
  select * into a from base.agreement t where t.id = agreement_problems.id;
  spoke := a.lived_at is not null and exists (select from base.agreement_event e where e.agreement_id = a.id and e.kind not in ('AMENDED', 'RENEWED', 'NOTICE_GIVEN'));
  if not spoke then -- otherwise the course of events tells
    return query select * from base.order_problem('{inForceOn}', a.signed_on, a.in_force_on, 'the signature', 'التوقيع');
    return query select * from base.order_problem('{endedOn}', coalesce(a.signed_on, a.in_force_on), a.ended_on, 'the signature', 'التوقيع');
  end if;
  return query select * from base.order_problem('{expiresOn}', coalesce(a.in_force_on, a.signed_on), a.expires_on, 'the entry into force', 'الدخول حيز النفاذ');
  return query select * from base.life_problems(a);
  return query select array['obligations', fn.public_id('Obligation', o.id), 'settledOn'], 'REQUIRED', 'An obligation that is settled needs the date.', 'يلزم تاريخ لالتزام تمت تسويته.'
    from base.obligation o where o.agreement_id = a.id and o.outcome is not null and o.settled_on is null;
  return query select array['obligations', fn.public_id('Obligation', o.id), 'evidence'], 'REQUIRED', 'An obligation that is waived needs the reason.', 'يلزم ذكر سبب الإعفاء من الالتزام.'
    from base.obligation o where o.agreement_id = a.id and o.outcome = 'WAIVED' and o.evidence = '{}';
  return query select array['obligations', fn.public_id('Obligation', o.id), 'leadDays'], 'INVALID', 'Lead days lie between 0 and 3650.', 'تقع أيام التنبيه بين 0 و3650.'
    from base.obligation o where o.agreement_id = a.id and o.lead_days not between 0 and 3650;
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
    and a.status in ('SIGNED', 'PROVISIONALLY_APPLIED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED')
    and not exists (select from base.agreement_event e where e.agreement_id = a.id and e.kind in ('RATIFIED', 'ACCEDED')), 'The date of signature of an agreement that is signed', 'تاريخ توقيع الاتفاق الموقَّع');
end
$$;
