-- The state of translations is kept by plans that hold for few texts and for many. A session keeps the plan of a statement that it made when there
-- were hardly any texts, and put all texts together for each later portion of a load, which took longer than all the rest of an import.

-- The same rows and columns as before. The translation is found by its subject and field. Its locale alone, by which an index would find it too, and
-- which seems as good to the planner where there are no statistics yet, means half of all texts.
create or replace view base.translation_due as
  select o.id * 256 + w.id as id, o.id as source_id, w.id as locale_id, x.task, o.subject_kind, o.subject_id, o.field, w.locale, o.locale as source_locale, t.id as translation_id, t.status,
    t.id is not null and t.source_digest is distinct from o.digest as is_stale, greatest(o.updated_at, t.updated_at) as updated_at, o.published
  from base.translation o
  join base.working_locale w on w.locale <> o.locale
  left join base.translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale || '' = w.locale
  cross join lateral (select case
    when t.id is null then 'MISSING'
    when t.comment is not null then 'RETURNED'
    when case when t.proposal_text is null then t.source_digest else t.proposal_source_digest end is distinct from o.digest then 'STALE'
    when t.proposal_text is not null or t.status in ('DRAFT', 'MACHINE') then 'REVIEW'
    when t.status = 'REVIEWED' then 'CERTIFY' end as task) x
  where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest';
call base.refresh_past();

-- restate brings the state of some originals up to date. Each is looked up by its key, in a query of its own, and the plan is made for the size
-- that the tables have now.
create or replace function base.restate(sources bigint[]) returns void
language plpgsql set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_custom_plan as $$
begin
  delete from base.translation_state s using unnest(sources) u(id) where s.id between u.id * 256 and u.id * 256 + 255;
  insert into base.translation_state
    select d.* from unnest(sources) u(id) cross join lateral (select d.* from base.translation_due d where d.source_id = u.id offset 0) d;
end
$$;

-- hold_originals holds originals until the transaction ends, other than those that it has written itself and so holds already.
create function base.hold_originals(sources bigint[]) returns void
language plpgsql set search_path = base, fn, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  perform o.id from unnest(sources) u(id) cross join lateral
    (select t.id from translation t where t.id = u.id and t.xmin <> pg_current_xact_id()::xid for share) o;
end
$$;

-- texts_added, texts_changed and texts_removed keep the state of the texts that a statement has written. Whoever writes a translation holds its
-- original until the transaction ends, so that of two who write one and the other at once the second sees what the first has written.
create or replace function base.texts_added() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_seqscan = off as $$
declare
  sources bigint[] := array(select distinct o.id from added n cross join lateral
    (select t.id from translation t where t.subject_kind = n.subject_kind and t.subject_id = n.subject_id and t.field = n.field and t.status = 'ORIGINAL' limit 1) o
    where n.status <> 'ORIGINAL');
begin
  perform base.hold_originals(sources);
  perform base.restate(array(select n.id from added n where n.status = 'ORIGINAL' union select u.id from unnest(sources) u(id)));
  return null;
end
$$;

create or replace function base.texts_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_seqscan = off as $$
declare
  written bigint[] := array(select n.id from changed n join former f on f.id = n.id
    where row(n.status, n.text, n.source_digest, n.comment, n.proposal_text, n.proposal_source_digest, n.locale, n.updated_at, n.published, n.subject_kind, n.subject_id, n.field)
      is distinct from row(f.status, f.text, f.source_digest, f.comment, f.proposal_text, f.proposal_source_digest, f.locale, f.updated_at, f.published, f.subject_kind, f.subject_id, f.field));
  sources bigint[];
begin
  if written <> '{}' then
    sources := array(select o.id from unnest(written) w(id)
      cross join lateral (select n.subject_kind, n.subject_id, n.field from translation n where n.id = w.id limit 1) n
      cross join lateral (select t.id from translation t where t.subject_kind = n.subject_kind and t.subject_id = n.subject_id and t.field = n.field and t.status = 'ORIGINAL' limit 1) o);
    perform base.hold_originals(sources);
    perform base.restate(array(select distinct u.id from unnest(sources || written) u(id)));
  end if;
  return null;
end
$$;

create or replace function base.texts_removed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_seqscan = off as $$
declare
  sources bigint[] := array(select o.id from removed n cross join lateral
    (select t.id from translation t where t.subject_kind = n.subject_kind and t.subject_id = n.subject_id and t.field = n.field and t.status = 'ORIGINAL' limit 1) o);
begin
  perform base.hold_originals(sources);
  perform base.restate(array(select r.id from removed r union select u.id from unnest(sources) u(id)));
  return null;
end
$$;
revoke execute on function base.hold_originals(bigint[]) from public;
