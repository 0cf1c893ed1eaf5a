-- What happened to the work of somebody without their doing: told from the history and from the steps of requests, of which there is no second copy. Kept
-- is only up to when each person has seen it.

create table base.notice_seen (
  account_id bigint primary key references base.account on delete cascade,
  seen_at timestamptz not null
);
comment on table base.notice_seen is 'Up to when somebody has seen what happened to their work. Reached by functions only, and no part of the history: it is nobody''s business.';

-- The few columns by which somebody's own work is found, for each person.
create index on base.field_change (actor_id, field, id) where field in ('state', 'code', 'text', 'proposalText');

-- history_since is the key of the first entry of the last so many days.
create function base.history_since(days integer) returns bigint
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select coalesce((select e.id from revision_entry e where e.revision_id >= (select r.id from revision r where r.at > now() - make_interval(days => history_since.days) order by r.at, r.id limit 1)
    order by e.revision_id, e.id limit 1), 9223372036854775807 / 256)
$$;

-- own_notices is what others did to what the actor handed in, entered, translated, asked for or was given, within 30 days; for administrators the ends of
-- imports too, which run without an account. Whoever calls it leaves out what the actor does not see.
create function base.own_notices()
returns table (id jsonb, kind text, at timestamptz, actor_name text, comment text, record_type text, record_id bigint, field text, status text, task_id bigint, change_id bigint)
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
#variable_conflict use_column
declare
  who bigint := fn.actor();
  recent bigint := base.history_since(30) * 256;
  of_year bigint := base.history_since(365) * 256;
begin
  if who is null then
    return;
  end if;
  return query
  with handed as (
    select c.kind, c.record_id, c.id, c.root_kind, c.root_id from field_change c
      where c.actor_id = who and c.field = 'state' and c.id >= recent and c.after = '"SUBMITTED"'
  ), decided as (
    -- The next step after it, by somebody else and not taken back by them.
    select n.* from handed h
      cross join lateral (select s.id, s.revision_id, s.kind, s.record_id, s.root_kind, s.root_id, s.actor_id, s.after #>> '{}' as state from field_change s
        where s.kind = h.kind and s.record_id = h.record_id and s.field = 'state' and s.id > h.id order by s.id limit 1) n
      left join lateral (select s.actor_id, s.after #>> '{}' as state from field_change s
        where s.kind = h.kind and s.record_id = h.record_id and s.field = 'state' and s.id > n.id order by s.id limit 1) l on true
      where n.actor_id is distinct from who and not (n.state <> 'PUBLISHED' and l.state is not distinct from 'SUBMITTED' and l.actor_id is not distinct from n.actor_id)
  ), owned as (
    -- A waiting change that the actor began, and a record that the actor entered and that nobody has published yet.
    select p.subject_kind as root_kind, p.subject_id as root_id, f.revision_id, f.id, p.id as change_id from pending_change p
      join field_change f on f.kind = 'PendingChange' and f.record_id = p.id and f.field = 'steps' and f.action = 'UPDATE' and f.id >= recent
      where p.author_id = who and p.state in ('DRAFT', 'SUBMITTED', 'RETURNED') and f.actor_id is distinct from who
    union all
    select f.root_kind, f.root_id, f.revision_id, f.id, null from field_change m
      cross join lateral base.standing(m.kind, m.record_id) s
      join field_change f on f.root_kind = m.kind and f.root_id = m.record_id and f.id > greatest(m.id, recent)
      where m.actor_id = who and m.field = 'code' and m.action = 'INSERT' and m.kind = m.root_kind and m.id >= of_year and s.state in ('DRAFT', 'SUBMITTED', 'RETURNED')
        and f.actor_id is distinct from who and f.kind not in ('PendingChange', 'Account') and f.field not in ('state', 'stateComment', 'updatedAt')
  ), written as (
    select c.record_id, max(c.id) as id from field_change c
      where c.actor_id = who and c.field in ('text', 'proposalText') and c.kind = 'Translation' and c.id >= recent group by c.record_id
  ), returned as (
    select n.id, n.revision_id, n.record_id, n.root_kind, n.root_id from written w
      cross join lateral (select s.id, s.revision_id, s.record_id, s.root_kind, s.root_id, s.actor_id, s.after from field_change s
        where s.kind = 'Translation' and s.record_id = w.record_id and s.field = 'comment' and s.id > w.id order by s.id limit 1) n
      left join lateral (select r.operation from revision_entry e join revision r on r.id = e.revision_id
        where e.kind = 'Translation' and e.record_id = w.record_id and e.id > n.id / 256 order by e.id limit 1) l on true
      where n.after is not null and n.actor_id is distinct from who and l.operation is distinct from 'takeBackTranslation'
  ), told as (
    select case d.state when 'DRAFT' then 'WITHDRAWN' else d.state end as kind, d.revision_id, d.root_kind as record_type, d.root_id as record_id, null::text as field, null::bigint as task_id,
      case when d.kind = 'PendingChange' then d.record_id end as change_id, d.id
      from decided d where d.state in ('PUBLISHED', 'RETURNED', 'DRAFT', 'DROPPED')
    union all
    select 'EDITED', o.revision_id, o.root_kind, o.root_id, null, null, max(o.change_id), max(o.id) from owned o
      where not exists (select from decided d where d.revision_id = o.revision_id and d.root_kind = o.root_kind and d.root_id = o.root_id) group by 2, 3, 4
    union all
    select 'TRANSLATION_RETURNED', r.revision_id, r.root_kind, r.root_id, t.field, o.id * 256 + w.id, null, r.id
      from returned r join translation t on t.id = r.record_id
      left join translation o on o.subject_kind = t.subject_kind and o.subject_id = t.subject_id and o.field = t.field and o.status = 'ORIGINAL'
      left join working_locale w on w.locale = t.locale
  )
  select jsonb_build_object('entry', t.id), t.kind, r.at, r.actor_name, r.reason, t.record_type, t.record_id, t.field, null::text, t.task_id, t.change_id
    from told t join revision r on r.id = t.revision_id
  union all
  select jsonb_build_object('step', e.id), 'REQUEST', e.at, e.actor_name, e.comment, 'TranslationRequest', q.id, null, e.status, null, null
    from translation_request q join translation_request_event e on e.request_id = q.id
    left join lateral (select x.takes_back from translation_request_event x where x.request_id = q.id and x.id > e.id order by x.id limit 1) l on true
    where (q.assignee_id = who and e.status in ('ASSIGNED', 'RETURNED', 'CERTIFIED', 'CANCELLED') or q.requester_id = who and e.status in ('CERTIFIED', 'DELIVERED', 'CANCELLED'))
      and e.at > now() - interval '30 days' and e.actor_id is distinct from who and not e.takes_back and l.takes_back is not true
  union all
  select jsonb_build_object('import', i.id), 'IMPORT', i.ended_at, null, null, 'ImportRun', i.id, null, null, null, null
    from import_log i where i.ended_at > now() - interval '30 days' and fn.acts_as('ADMINISTRATOR');
end
$$;

-- notices is what happened to the work of who asks, the latest first, as far as they see it.
create function fn.notices(first integer default 30)
returns table (id jsonb, kind text, at timestamptz, actor_name text, comment text, record_type text, record_id bigint, field text, status text, task_id bigint, change_id bigint, is_seen boolean)
language plpgsql stable as $$
#variable_conflict use_column
begin
  if notices.first is null or notices.first not between 0 and 100 then
    raise exception '"first" must be between 0 and 100' using errcode = 'invalid_parameter_value';
  end if;
  return query select n.*, n.at <= coalesce(base.notices_seen_at(), '-infinity') from base.own_notices() n
    where n.record_type = 'ImportRun' or fn.sees(n.record_type, n.record_id)
    order by n.at desc, n.id::text desc limit notices.first;
end
$$;

-- notices_seen_at is up to when the actor has seen them.
create function base.notices_seen_at() returns timestamptz
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select s.seen_at from notice_seen s where s.account_id = fn.actor()
$$;

-- see_notices notes up to when the actor has seen them, never less than before and not what is still to come.
create function base.see_notices(up_to timestamptz) returns bigint
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  who bigint := fn.actor();
begin
  if who is null or fn.acts_read_only() then
    raise exception 'sign in first' using errcode = 'insufficient_privilege', constraint = 'notices_right', detail = 'سجّل الدخول أولاً';
  end if;
  insert into notice_seen as s (account_id, seen_at) values (who, least(see_notices.up_to, now()))
    on conflict (account_id) do update set seen_at = greatest(s.seen_at, excluded.seen_at);
  return who;
end
$$;

revoke execute on function base.history_since(integer), base.own_notices(), base.notices_seen_at(), base.see_notices(timestamptz) from public;
grant execute on function base.own_notices(), base.notices_seen_at(), base.see_notices(timestamptz) to taawun_staff;
