-- What is wrong with a record as a whole: rules of the IATI standard (rulesets/standard.json), of the Vienna Convention and of
-- common sense that look at several rows at once. A rule of one value is a CHECK; a rule that must hold whoever writes is a
-- constraint; these rules are for people's work, and imported data may break them.
--
--   EDIT     holds at every step, in drafts too: what contradicts itself
--   SUBMIT   holds before others are asked to look at it: what is missing
--   PUBLISH  holds before the public sees it
--
-- Shares count by vocabulary, that is by code list: a single item without share means 100.

create type base.problem as (path text[], code text, message text, message_ar text);

-- shares_problem compares the shares of one list of one record, given as (vocabulary, share) rows, with 100.
create function base.shares_problem(path text[], vocabularies text[], shares numeric[], complete boolean) returns setof base.problem
language sql stable as $$
  select shares_problem.path, 'SHARES',
    case when s.total > 100 then format('The shares of the vocabulary %s add up to %s %%; they must not exceed 100 %%.', s.vocabulary, trim_scale(s.total))
      when s.total is null then format('The vocabulary %s has several entries; each needs its share in per cent.', s.vocabulary)
      else format('The shares of the vocabulary %s add up to %s %%; they must add up to 100 %%.', s.vocabulary, trim_scale(s.total)) end,
    case when s.total > 100 then format('مجموع نسب المفردات %s هو %s٪، ولا يجوز أن يتجاوز 100٪.', s.vocabulary, trim_scale(s.total))
      when s.total is null then format('في المفردات %s عدة بنود، ويلزم ذكر نسبة كل منها.', s.vocabulary)
      else format('مجموع نسب المفردات %s هو %s٪، ويجب أن يساوي 100٪.', s.vocabulary, trim_scale(s.total)) end
  from (
    select u.vocabulary, count(*) as items, count(u.share) as given,
      case when count(u.share) = count(*) or sum(u.share) > 100 then sum(u.share) end as total
    from unnest(vocabularies, shares) u(vocabulary, share) group by u.vocabulary
  ) s
  where s.total > 100 or complete and (s.total < 100 or s.total is null and s.items > 1)
$$;

-- order_problem refuses an end before its start.
create function base.order_problem(path text[], first date, last date, first_name text, first_name_ar text) returns setof base.problem
language sql immutable as $$
  select path, 'DATES', format('This date (%s) lies before %s (%s).', last, first_name, first),
    format('هذا التاريخ (%s) يسبق %s (%s).', last, first_name_ar, first)
  where last < first
$$;

create function base.future_problem(path text[], day date) returns setof base.problem
language sql stable as $$
  select path, 'DATES', format('This date (%s) lies in the future; what has happened cannot.', day), format('هذا التاريخ (%s) في المستقبل، ولا يكون ذلك لما حدث فعلاً.', day)
  where day > current_date + 1 -- somewhere it is tomorrow already
$$;

create function base.missing_problem(path text[], missing boolean, what text, what_ar text) returns setof base.problem
language sql immutable as $$
  select path, 'REQUIRED', format('%s is needed before the record is handed in.', what), format('يلزم %s قبل تقديم السجل.', what_ar) where missing
$$;

create function base.percentage_problem(path text[], share numeric) returns setof base.problem
language sql immutable as $$
  select path, 'SHARES', format('%s is no share: it must lie between 0 and 100 per cent.', trim_scale(share)),
    format('القيمة %s ليست نسبة: يجب أن تقع بين 0 و100 بالمئة.', trim_scale(share))
  where share not between 0 and 100
$$;

-- cycle_problem refuses a record that would be a part of itself.
create function base.cycle_problem(path text[], is_cycle boolean) returns setof base.problem
language sql immutable as $$
  select path, 'INVALID', 'A record cannot be a part of itself, over several steps either.', 'لا يكون السجل جزءاً من نفسه، ولو عبر عدة خطوات.' where is_cycle
$$;

create function base.project_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  p base.project;
begin
  select * into p from base.project t where t.id = project_problems.id;
  return query select * from base.order_problem('{plannedEnd}', p.planned_start, p.planned_end, 'the planned start', 'البداية المخططة');
  return query select * from base.order_problem('{actualEnd}', p.actual_start, p.actual_end, 'the actual start', 'البداية الفعلية');
  return query select * from base.future_problem('{actualStart}', p.actual_start);
  return query select * from base.future_problem('{actualEnd}', p.actual_end);
  return query select * from base.percentage_problem('{capitalSpend}', p.capital_spend);
  return query select * from base.cycle_problem('{parentId}', exists(
    with recursive above as (
      select t.parent_id from base.project t where t.id = p.parent_id
      union select t.parent_id from base.project t join above a on t.id = a.parent_id)
    select from above where above.parent_id = p.id) or p.parent_id = p.id);

  return query select x.* from (select array_agg(c.list) v, array_agg(s.percentage) n from base.project_sector s join base.code_list_item c on c.id = s.sector_id where s.project_id = p.id) g,
    base.shares_problem('{sectors}', g.v, g.n, complete) x;
  -- Countries and regions share one hundred between them (IATI, recipient-country and recipient-region).
  return query select x.* from (
      select array_agg(a.v) v, array_agg(a.n) n from (
        select 'Country / Region' as v, percentage as n from base.project_country where project_id = p.id
        union all select case when c.list = 'Region' then 'Country / Region' else c.list end, r.percentage from base.project_region r join base.code_list_item c on c.id = r.region_id where r.project_id = p.id) a) g,
    base.shares_problem('{countries}', g.v, g.n, complete) x;
  return query select x.* from (select array_agg(i.vocabulary) v, array_agg(i.percentage) n from base.country_budget_item i where i.project_id = p.id) g,
    base.shares_problem('{countryBudgetItems}', g.v, g.n, complete) x;
  return query select x.* from (select array_agg('1'::text) v, array_agg(l.percentage) n from base.project_location l where l.project_id = p.id and l.percentage is not null) g,
    base.shares_problem('{locations}', g.v, g.n, false) x;
  return query select x.* from (select array_agg(t.role) v, array_agg(t.share) n from base.project_partner t where t.project_id = p.id and t.share is not null) g,
    base.shares_problem('{partners}', g.v, g.n, false) x;
  return query select x.* from base.transaction t, lateral (
      select array_agg(c.list) v, array_agg(s.percentage) n from base.transaction_sector s join base.code_list_item c on c.id = s.sector_id where s.transaction_id = t.id) g,
    base.shares_problem(array['transactions', fn.public_id('Transaction', t.id), 'sectors'], g.v, g.n, complete) x where t.project_id = p.id;
  return query select x.* from (
      select array['sectors', 'percentage'] as path, s.percentage as share from base.project_sector s where s.project_id = p.id
      union all select array['countries', 'percentage'], s.percentage from base.project_country s where s.project_id = p.id
      union all select array['regions', 'percentage'], s.percentage from base.project_region s where s.project_id = p.id
      union all select array['locations', 'percentage'], s.percentage from base.project_location s where s.project_id = p.id
      union all select array['countryBudgetItems', 'percentage'], s.percentage from base.country_budget_item s where s.project_id = p.id
      union all select array['partners', 'share'], s.share from base.project_partner s where s.project_id = p.id) g,
    base.percentage_problem(g.path, g.share) x;

  return query select x.* from base.budget b, base.order_problem(array['budgets', fn.public_id('Budget', b.id), 'periodEnd'], b.period_start, b.period_end, 'the start of the period', 'بداية المدة') x
    where b.project_id = p.id;
  return query select x.* from base.planned_disbursement b, base.order_problem(array['plannedDisbursements', fn.public_id('PlannedDisbursement', b.id), 'periodEnd'], b.period_start, b.period_end, 'the start of the period', 'بداية المدة') x
    where b.project_id = p.id;
  return query select x.* from base.transaction t, base.future_problem(array['transactions', fn.public_id('Transaction', t.id), 'date'], t.date) x
    where t.project_id = p.id and t.type not in ('OUTGOING_COMMITMENT', 'INCOMING_COMMITMENT', 'OUTGOING_PLEDGE', 'INCOMING_PLEDGE');
  return query select x.* from base.result r join base.indicator i on i.result_id = r.id join base.indicator_period d on d.indicator_id = i.id,
    base.order_problem(array['results', fn.public_id('Result', r.id), 'indicators', fn.public_id('Indicator', i.id), 'periods', fn.public_id('IndicatorPeriod', d.id), 'periodEnd'], d.period_start, d.period_end, 'the start of the period', 'بداية المدة') x
    where r.project_id = p.id;
  if not complete then
    return;
  end if;

  return query select * from base.missing_problem('{title}', not p.title ? p.original_locale, 'A title in the original language', 'عنوان باللغة الأصلية');
  return query select * from base.missing_problem('{description}', p.description = '{}', 'A description', 'وصف');
  return query select * from base.missing_problem('{plannedStart}', p.start_date is null, 'A planned or actual start', 'تاريخ بداية مخطط أو فعلي');
  return query select * from base.missing_problem('{partners}', not exists(select from base.project_partner t where t.project_id = p.id), 'At least one partner', 'شريك واحد على الأقل');
  return query select * from base.missing_problem('{sectors}', not exists(select from base.project_sector t where t.project_id = p.id)
    and not exists(select from base.transaction t join base.transaction_sector s on s.transaction_id = t.id where t.project_id = p.id), 'At least one sector', 'قطاع واحد على الأقل');
  return query select array['partners', fn.public_id('ProjectPartner', t.id), 'organizationId'], 'REQUIRED', 'The partner needs an organization or a name.', 'يلزم للشريك منظمة أو اسم.'
    from base.project_partner t where t.project_id = p.id and t.organization_id is null and t.name = '{}';
  -- IATI: sectors stand on the activity or on every transaction, not on both.
  return query select array['sectors'], 'INVALID', 'Sectors stand on the project or on its transactions, not on both.', 'توضع القطاعات على المشروع أو على معاملاته، لا على كليهما.'
    where exists(select from base.project_sector t where t.project_id = p.id)
      and exists(select from base.transaction t join base.transaction_sector s on s.transaction_id = t.id where t.project_id = p.id);
  -- IATI: a budget covers a year at most.
  return query select array['budgets', fn.public_id('Budget', b.id), 'periodEnd'], 'DATES', 'A budget covers a year at most; split it.', 'تغطي الموازنة سنة على الأكثر؛ جزّئها.'
    from base.budget b where b.project_id = p.id and b.period_end > b.period_start + interval '1 year';
  -- IATI: a value for the measures that count, none for a qualitative one.
  return query select array['results', fn.public_id('Result', r.id), 'indicators', fn.public_id('Indicator', i.id), 'periods', fn.public_id('IndicatorPeriod', d.id), lower(m.kind) || 's', 'value'],
      case when i.measure = 'QUALITATIVE' then 'INVALID' else 'REQUIRED' end,
      case when i.measure = 'QUALITATIVE' then 'A qualitative indicator has no numeric value.' else 'This indicator needs a numeric value.' end,
      case when i.measure = 'QUALITATIVE' then 'لا قيمة رقمية لمؤشر نوعي.' else 'يلزم لهذا المؤشر قيمة رقمية.' end
    from base.result r join base.indicator i on i.result_id = r.id join base.indicator_period d on d.indicator_id = i.id join base.measurement m on m.period_id = d.id
    where r.project_id = p.id and (m.value is null) <> (i.measure = 'QUALITATIVE');
end
$$;

create function base.agreement_problems(id bigint, complete boolean) returns setof base.problem
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

create function base.organization_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  o base.organization;
begin
  select * into o from base.organization t where t.id = organization_problems.id;
  return query select array['iatiIdentifier'], 'INVALID', 'An IATI identifier has none of the characters / & | ? and no spaces.', 'لا يحتوي معرّف آيتي على الرموز / و& و| و? ولا على مسافات.'
    where o.iati_identifier ~ '[/&|?[:space:]]';
  return query select * from base.cycle_problem('{parentId}', exists(
    with recursive above as (
      select t.parent_id from base.organization t where t.id = o.parent_id
      union select t.parent_id from base.organization t join above a on t.id = a.parent_id)
    select from above where above.parent_id = o.id) or o.parent_id = o.id);
  if complete then
    return query select * from base.missing_problem('{name}', not o.name ? o.original_locale, 'A name in the original language', 'اسم باللغة الأصلية');
  end if;
end
$$;

create function base.administrative_unit_problems(id bigint, complete boolean) returns setof base.problem
language plpgsql stable as $$
declare
  u base.administrative_unit;
begin
  select * into u from base.administrative_unit t where t.id = administrative_unit_problems.id;
  return query select array['level'], 'INVALID', format('The level must be %s, one below that of the unit above.', x.level + 1), format('يجب أن يكون المستوى %s، أي دون مستوى الوحدة الأعلى بواحد.', x.level + 1)
    from base.administrative_unit x where x.id = u.parent_id and u.level <> x.level + 1;
  return query select array['level'], 'INVALID', 'The level lies between 0 and 4.', 'يقع المستوى بين 0 و4.' where u.level not between 0 and 4;
  return query select * from base.order_problem('{validTo}', u.valid_from, u.valid_to, 'the first day', 'أول يوم');
  return query select array['latitude'], 'INVALID', 'Latitude lies between -90 and 90, longitude between -180 and 180.', 'يقع خط العرض بين -90 و90 وخط الطول بين -180 و180.'
    where u.latitude not between -90 and 90 or u.longitude not between -180 and 180;
  return query select array['populations', 'population'], 'INVALID', 'A population is not negative.', 'لا يكون عدد السكان سالباً.'
    from base.unit_population x where x.unit_id = u.id and x.population < 0;
  if complete then
    return query select * from base.missing_problem('{name}', not u.name ? u.original_locale, 'A name in the original language', 'اسم باللغة الأصلية');
  end if;
end
$$;

-- problems lists what is wrong with a record at a stage of its way; nothing for kinds without rules. It sees the whole record,
-- whoever asks: only who may change it is told.
create function fn.problems(kind text, id bigint, stage text) returns setof base.problem
language plpgsql stable security definer set search_path = base, fn as $$
declare
  complete boolean := stage in ('SUBMIT', 'PUBLISH');
  name text := (select table_name from base.record_kind k where k.kind = problems.kind);
begin
  if not complete and stage <> 'EDIT' then
    raise exception 'stage % is none of EDIT, SUBMIT, PUBLISH', stage using errcode = 'invalid_parameter_value';
  end if;
  if to_regprocedure(format('base.%I(bigint, boolean)', name || '_problems')) is not null then
    return query execute format('select * from base.%I($1, $2)', name || '_problems') using id, complete;
  end if;
end
$$;
