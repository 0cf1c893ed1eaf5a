-- What those who work on translations had to ask an administrator for: the text that a translation was made from, once its source has changed, and
-- who there is to translate. Accounts are seen by administrators only; a name is not an account.

-- The source as it was when it was translated stands in the history of the original, by its digest.
create or replace view base.translation_task as
  select o.id * 256 + w.id as id, x.task, o.subject_kind, o.subject_id, o.field, w.locale, o.text as source_text, o.locale as source_locale, o.digest as source_digest,
    t.id as translation_id, greatest(o.updated_at, t.updated_at) as updated_at, o.published,
    case when t.id is not null and y.made_from is distinct from o.digest
      then (select h.text from history.translation h where h.id = o.id and h.digest = y.made_from limit 1) end as source_then
  from base.translation o
  join base.working_locale w on w.locale <> o.locale
  left join base.translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale
  cross join lateral (select case when t.proposal_text is null then t.source_digest else t.proposal_source_digest end as made_from) y
  cross join lateral (select case
    when t.id is null then 'MISSING'
    when t.comment is not null then 'RETURNED'
    when y.made_from is distinct from o.digest then 'STALE'
    when t.proposal_text is not null or t.status in ('DRAFT', 'MACHINE') then 'REVIEW'
    when t.status = 'REVIEWED' then 'CERTIFY' end as task) x
  where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest' and x.task is not null;

do $$
declare
  k base.record_kind;
begin
  select * into k from base.record_kind r where r.kind = 'TranslationTask';
  call base.expose(k.kind, k.table_name, k.visible, k.hide, k.extra, k.rule, k.writers, k.part_of);
  select * into k from base.record_kind r where r.kind = 'TranslationRequest';
  call base.expose(k.kind, k.table_name, k.visible, k.hide, $x$ (select a.name from base.account a where a.id = t.assignee_id) as assignee_name $x$, k.rule, k.writers, k.part_of);
end
$$;

create type fn.translator_row as (account_id text, name text, roles text[], open_requests integer);

-- translators are the people who may be given a request, those with the fewest open ones first; told to those who give requests out.
create function fn.translators() returns setof fn.translator_row
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  if not (base.acts_as_any('{REVIEWER,CERTIFIER,APPROVER}') or fn.acts_as('ADMINISTRATOR')) then
    return;
  end if;
  return query
    select 'acc_' || to_hex(a.id), a.name, array_agg(distinct r.role), (select count(*)::integer from translation_request q
      where q.assignee_id = a.id and q.status not in ('CERTIFIED', 'DELIVERED', 'CANCELLED')) as open
    from account a join account_role r on r.account_id = a.id and r.role in ('TRANSLATOR', 'REVIEWER', 'CERTIFIER')
    where a.disabled_at is null
    group by a.id, a.name order by open, a.name, a.id;
end
$$;
