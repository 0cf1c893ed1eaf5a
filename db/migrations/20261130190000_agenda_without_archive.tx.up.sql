-- What was archived asks nothing of anybody any more: its duties, its deadlines and the steps about it leave the agenda, and come back with it.
create or replace function fn.agenda("from" date default null, "to" date default null, owner bigint default null, organization bigint default null, kinds text[] default null, states text[] default null, first integer default 100)
returns table (id jsonb, kind text, due_on date, state text, days_left integer, title jsonb, record_type text, record_id bigint, agreement_id bigint, organization_id bigint, owner_id bigint)
language plpgsql stable as $$
#variable_conflict use_column
declare
  since date := coalesce("from", '-infinity');
  until date := coalesce("to", current_date + 90);
  wanted text[] := coalesce(kinds, '{DUTY,FOLLOW_UP,EXPIRY,RENEWAL,NOTICE,TRANSLATION,ACTION}');
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
    -- What is open and what is settled are looked for apart: an index holds what is open, and nothing of the years before.
    select 'DUTY' as kind, d.due_on, d.state, o.text as title, 'Duty' as record_type, d.id as record_id, o.agreement_id, o.obligor_id, o.beneficiary_id, null::bigint as owner_id
      from duty d join obligation o on o.id = d.obligation_id
      where 'DUTY' = any (wanted) and d.due_on between since and until and d.outcome is null and d.state = any (stand)
    union all
    select 'DUTY', d.due_on, d.state, o.text, 'Duty', d.id, o.agreement_id, o.obligor_id, o.beneficiary_id, null
      from duty d join obligation o on o.id = d.obligation_id
      where settled and 'DUTY' = any (wanted) and d.due_on between since and until and d.outcome = any (stand)
    union all
    select 'DUTY', o.due_on, o.state, o.text, 'Obligation', o.id, o.agreement_id, o.obligor_id, o.beneficiary_id, null
      from obligation o
      where 'DUTY' = any (wanted) and o.recurrence is null and o.due_on between since and until and o.outcome is null and o.state = any (stand)
    union all
    select 'DUTY', o.due_on, o.state, o.text, 'Obligation', o.id, o.agreement_id, o.obligor_id, o.beneficiary_id, null
      from obligation o
      where settled and 'DUTY' = any (wanted) and o.recurrence is null and o.due_on between since and until and o.outcome = any (stand)
    union all
    select a.term_end, a.term_ends_on, fn.due_state(a.term_ends_on, 90), a.title, 'Agreement', a.id, a.id, null, null, null
      from agreement a
      where wanted && '{EXPIRY,RENEWAL}' and a.term_end is not null and a.term_end = any (wanted) and a.term_ends_on between since and until and fn.due_state(a.term_ends_on, 90) = any (stand)
    union all
    select 'NOTICE', a.notice_on, fn.due_state(a.notice_on, 90), a.title, 'Agreement', a.id, a.id, null, null, null
      from agreement a
      where 'NOTICE' = any (wanted) and a.notice_on is not null and a.notice_on between since and until and fn.due_state(a.notice_on, 90) = any (stand)
    union all
    select 'FOLLOW_UP', f.next_on, f.next_state, f.next_step, 'ObligationFollowUp', f.id, o.agreement_id, o.obligor_id, o.beneficiary_id, null
      from obligation_follow_up f join obligation o on o.id = f.obligation_id
      where 'FOLLOW_UP' = any (wanted) and f.next_on between since and until and f.next_state = any (stand)
    union all
    select 'TRANSLATION', r.due_on, x.state, r.title, 'TranslationRequest', r.id, r.agreement_id, null, null, null
      from translation_request r cross join lateral (select case when r.status in ('CERTIFIED', 'DELIVERED') then 'DONE' when r.status = 'CANCELLED' then 'WAIVED'
        else fn.due_state(r.due_on, 7) end as state) x
      where 'TRANSLATION' = any (wanted) and r.due_on between since and until and x.state = any (stand)
    union all
    select 'ACTION', c.due_on, c.state, c.text, 'RecommendationAction', c.id, e.agreement_id, r.addressee_id, e.organization_id, coalesce(c.responsible_id, e.owner_id)
      from recommendation_action c join recommendation r on r.id = c.recommendation_id join evaluation e on e.id = r.evaluation_id
      where 'ACTION' = any (wanted) and e.state <> 'ARCHIVED' and c.due_on between since and until and (c.outcome is null or settled) and c.state = any (stand)
  )
  select jsonb_build_object('kind', i.kind, 'type', i.record_type, 'id', i.record_id), i.kind, i.due_on, i.state, i.due_on - current_date, coalesce(nullif(i.title, '{}'), a.title, '{}'), i.record_type, i.record_id,
    i.agreement_id, i.obligor_id, coalesce(i.owner_id, a.owner_id)
  from item i left join agreement a on a.id = i.agreement_id
  -- A document to be translated, and what an evaluation recommends, outlast the agreement that they are about.
  where (i.kind in ('TRANSLATION', 'ACTION') or a.state is distinct from 'ARCHIVED')
    and (agenda.owner is null or coalesce(i.owner_id, a.owner_id) = any (owners))
    and (agenda.organization is null or agenda.organization in (i.obligor_id, i.beneficiary_id)
      or exists (select from agreement_party p where p.agreement_id = i.agreement_id and p.organization_id = agenda.organization))
  order by i.due_on, i.kind, i.record_type, i.record_id
  limit agenda.first;
end
$$;
