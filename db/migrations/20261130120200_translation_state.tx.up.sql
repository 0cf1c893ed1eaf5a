-- What is to be done about each text in each working language, kept as it changes: the queues of the translators and the coverage count rows of one
-- small table, where they put all texts together with all translations whenever somebody looked. Whether a translation is stale still follows from
-- the digests and from nothing else; it is computed when one of the two texts is written.

-- translation_due is how a text stands in a working language, computed from the texts: one row for each original and each other working language.
-- Requests for translation have a status of their own.
create view base.translation_due as
  select o.id * 256 + w.id as id, o.id as source_id, w.id as locale_id, x.task, o.subject_kind, o.subject_id, o.field, w.locale, o.locale as source_locale, t.id as translation_id, t.status,
    t.id is not null and t.source_digest is distinct from o.digest as is_stale, greatest(o.updated_at, t.updated_at) as updated_at, o.published
  from base.translation o
  join base.working_locale w on w.locale <> o.locale
  left join base.translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale
  cross join lateral (select case
    when t.id is null then 'MISSING'
    when t.comment is not null then 'RETURNED'
    when case when t.proposal_text is null then t.source_digest else t.proposal_source_digest end is distinct from o.digest then 'STALE'
    when t.proposal_text is not null or t.status in ('DRAFT', 'MACHINE') then 'REVIEW'
    when t.status = 'REVIEWED' then 'CERTIFY' end as task) x
  where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest';

create table base.translation_state (
  id bigint primary key,
  source_id bigint not null,
  locale_id bigint not null,
  task text,
  subject_kind text not null,
  subject_id bigint not null,
  field text not null,
  locale text not null,
  source_locale text not null,
  translation_id bigint,
  status text,
  is_stale boolean not null,
  updated_at timestamptz not null,
  published boolean not null
);
comment on table base.translation_state is 'Rows of base.translation_due, kept by triggers. Reached by the view translation_task and by functions only.';
comment on column base.translation_state.task is 'What is to be done; null if nothing is.';

insert into base.translation_state select * from base.translation_due;
create index on base.translation_state (locale, task, updated_at, id) where task is not null;
create index on base.translation_state (updated_at, id) where task is not null;

-- The same rows and columns as before. The texts of the source are looked up for those rows only of which somebody reads them; the source as it
-- was when it was translated stands in the history of the original, by its digest.
create or replace view base.translation_task as
  select s.id, s.task, s.subject_kind, s.subject_id, s.field, s.locale, (select o.text from base.translation o where o.id = s.source_id) as source_text, s.source_locale,
    (select o.digest from base.translation o where o.id = s.source_id) as source_digest, s.translation_id, s.updated_at, s.published,
    (select (select h.text from history.translation h where h.id = o.id and h.digest = y.made_from limit 1)
      from base.translation o join base.translation t on t.id = s.translation_id
      cross join lateral (select case when t.proposal_text is null then t.source_digest else t.proposal_source_digest end as made_from) y
      where o.id = s.source_id and y.made_from is distinct from o.digest) as source_then
  from base.translation_state s where s.task is not null;

-- restate brings the state of some originals up to date. They are few among many, whatever the planner thinks of a list: each is looked up by the
-- index, so that a load of data in portions does not read all texts for each.
create function base.restate(sources bigint[]) returns void
language plpgsql set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  delete from base.translation_state s using unnest(sources) u(id) where s.id between u.id * 256 and u.id * 256 + 255;
  insert into base.translation_state select d.* from base.translation_due d where d.source_id = any (sources);
end
$$;

-- texts_added, texts_changed and texts_removed keep the state of the texts that a statement has written. Whoever writes a translation holds its
-- original until the transaction ends, so that of two who write one and the other at once the second sees what the first has written.
create function base.texts_added() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  sources bigint[] := array(
    select n.id from added n where n.status = 'ORIGINAL'
    union
    select x.id from (select o.id from added n join translation o on o.subject_kind = n.subject_kind and o.subject_id = n.subject_id and o.field = n.field and o.status = 'ORIGINAL'
      where n.status <> 'ORIGINAL' and o.id not in (select m.id from added m where m.status = 'ORIGINAL') for share of o) x);
begin
  perform base.restate(sources);
  return null;
end
$$;

create function base.texts_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  written bigint[] := array(select n.id from changed n join former f on f.id = n.id
    where row(n.status, n.text, n.source_digest, n.comment, n.proposal_text, n.proposal_source_digest, n.locale, n.updated_at, n.published, n.subject_kind, n.subject_id, n.field)
      is distinct from row(f.status, f.text, f.source_digest, f.comment, f.proposal_text, f.proposal_source_digest, f.locale, f.updated_at, f.published, f.subject_kind, f.subject_id, f.field));
  sources bigint[];
begin
  if written <> '{}' then
    sources := array(select x.id from (select o.id from changed n join translation o on o.subject_kind = n.subject_kind and o.subject_id = n.subject_id and o.field = n.field and o.status = 'ORIGINAL'
      where n.id = any (written) for share of o) x);
    perform base.restate(array(select distinct u.id from unnest(sources || written) u(id)));
  end if;
  return null;
end
$$;

create function base.texts_removed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  sources bigint[] := array(select x.id from (select o.id from removed n join translation o on o.subject_kind = n.subject_kind and o.subject_id = n.subject_id and o.field = n.field and o.status = 'ORIGINAL'
    for share of o) x);
begin
  perform base.restate(array(select r.id from removed r union select u.id from unnest(sources) u(id)));
  return null;
end
$$;

create trigger state_added after insert on base.translation
  referencing new table as added for each statement execute function base.texts_added();
create trigger state_changed after update on base.translation
  referencing old table as former new table as changed for each statement execute function base.texts_changed();
create trigger state_removed after delete on base.translation
  referencing old table as removed for each statement execute function base.texts_removed();

-- languages_changed keeps the state when a working language comes, changes or goes.
create function base.languages_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
begin
  if tg_op <> 'INSERT' then
    delete from translation_state s where s.locale_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into translation_state select d.* from translation_due d where d.locale_id = new.id;
  end if;
  return null;
end
$$;
create trigger state_changed after insert or delete or update of locale on base.working_locale
  for each row execute function base.languages_changed();

-- As of a moment it is computed from the texts of that moment.
create view past.translation_state as select * from base.translation_due;
call base.refresh_past();
create or replace view past.translation_state as select * from past.translation_due;
call base.refresh_past();

-- ---------------------------------------------------------------- Coverage

-- texts_covered counts the states that the actor sees, who reads drafts.
create function base.texts_covered(in_locale text, of_kind text) returns setof fn.coverage_row
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  return query
    select s.subject_kind, s.locale, count(*)::int, (count(*) filter (where s.translation_id is null))::int, (count(*) filter (where s.is_stale))::int,
      (count(*) filter (where s.status = 'MACHINE'))::int, (count(*) filter (where s.status = 'DRAFT'))::int,
      (count(*) filter (where s.status = 'REVIEWED'))::int, (count(*) filter (where s.status = 'CERTIFIED'))::int
    from translation_state s
    where (in_locale is null or s.locale = in_locale) and (of_kind is null or s.subject_kind = of_kind)
      and (s.published or case when s.subject_kind = any ((select fn.ruled_kinds())::text[]) then staff.sees(s.subject_kind, s.subject_id)
        else (s.subject_kind, s.subject_id) not in (select h.kind, h.id from fn.hidden() h) end)
    group by 1, 2 order by 1, 2;
end
$$;

-- translation_coverage counts how far the texts that the reader sees are translated: all texts whose source is in another language, those without
-- a translation, and the others by status; stale ones are counted besides. Of a language that is not worked in, of the past, and for those who do
-- not read drafts, it puts the texts together.
create or replace function fn.translation_coverage(locale text default null, subject_kind text default null) returns setof fn.coverage_row
language plpgsql stable as $$
#variable_conflict use_column
begin
  if fn.reads_drafts() and coalesce(current_setting('taawun.as_of', true), '') = ''
      and (translation_coverage.locale is null or exists (select from working_locale l where l.locale = translation_coverage.locale)) then
    return query select * from base.texts_covered(translation_coverage.locale, translation_coverage.subject_kind);
    return;
  end if;
  return query
    select o.subject_kind, w.locale, count(*)::int, (count(*) filter (where t.id is null))::int,
      (count(*) filter (where t.source_digest is distinct from o.digest and t.id is not null))::int,
      (count(*) filter (where t.status = 'MACHINE'))::int, (count(*) filter (where t.status = 'DRAFT'))::int,
      (count(*) filter (where t.status = 'REVIEWED'))::int, (count(*) filter (where t.status = 'CERTIFIED'))::int
    from translation o
    join (select l.locale from working_locale l where translation_coverage.locale is null
      union select translation_coverage.locale where translation_coverage.locale is not null) w on w.locale <> o.locale
    left join translation t on t.subject_kind = o.subject_kind and t.subject_id = o.subject_id and t.field = o.field and t.locale = w.locale
    where o.status = 'ORIGINAL' and o.subject_kind <> 'TranslationRequest'
      and (translation_coverage.subject_kind is null or o.subject_kind = translation_coverage.subject_kind)
    group by 1, 2 order by 1, 2;
end
$$;
revoke execute on function base.restate(bigint[]), base.texts_covered(text, text) from public;
grant execute on function base.texts_covered(text, text) to taawun_staff;
