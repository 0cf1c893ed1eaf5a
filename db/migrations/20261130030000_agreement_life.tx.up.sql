-- The life of an agreement follows from its dated events; what has no event stands as its editors state it.
--
--   agreement_step  which event may follow in which status, and to which status it leads: the table of the README
--   stated_…        what editors say of status and dates; a field that is written is a statement
--   status, signed_on, in_force_on, ended_on, term_ends_on …  what follows from events, statements, parties and other agreements, written by the
--                   trigger live and nobody else. It is kept on the row, so that lists are filtered, counted and sorted by index
--   rolls_on        the next day on which it changes without anybody writing, which base.roll_agreements does
--
-- A statement counts for what no event says. Agreements from before this rule whose statements disagree with their events keep the
-- statements until their events are next changed (lived_at).

-- ---------------------------------------------------------------- Steps

alter table base.agreement drop constraint agreement_status_check, add constraint agreement_status_check check (status in
  ('IDEA', 'NEGOTIATION', 'INITIALLED', 'LEGAL_REVIEW', 'CLEARED_TO_SIGN', 'SIGNED', 'PROVISIONALLY_APPLIED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'));
alter table base.agreement_event add column ends_on date;
comment on column base.agreement_event.ends_on is 'Last day of the renewed term; last day before a notice takes effect.';

create table base.agreement_step (
  kind text not null,
  position integer not null, -- place among the steps of one day
  from_status text not null, -- '' where nothing is known of what was before
  to_status text,            -- null while nothing is known
  primary key (kind, from_status)
);
comment on table base.agreement_step is 'Which event may follow in which status of an agreement, and to which status it leads. What comes first may be any: often no more is known.';

insert into base.agreement_step (position, kind, to_status, from_status)
select s.position, s.kind, coalesce(s.to_status, nullif(f.from_status, '')), f.from_status
from (values
  (1, 'PROPOSED', 'IDEA', '{""}'),
  (2, 'NEGOTIATION_OPENED', 'NEGOTIATION', '{"",IDEA,NEGOTIATION,INITIALLED,LEGAL_REVIEW,CLEARED_TO_SIGN}'),
  (3, 'INITIALLED', 'INITIALLED', '{"",IDEA,NEGOTIATION,LEGAL_REVIEW}'),
  (4, 'LEGAL_REVIEW_OPENED', 'LEGAL_REVIEW', '{"",IDEA,NEGOTIATION,INITIALLED,CLEARED_TO_SIGN}'),
  (5, 'CLEARED', 'CLEARED_TO_SIGN', '{"",IDEA,NEGOTIATION,INITIALLED,LEGAL_REVIEW}'),
  (6, 'SIGNED', 'SIGNED', '{"",IDEA,NEGOTIATION,INITIALLED,LEGAL_REVIEW,CLEARED_TO_SIGN,SIGNED}'),
  (7, 'PROVISIONALLY_APPLIED', 'PROVISIONALLY_APPLIED', '{"",SIGNED,RATIFYING}'),
  (8, 'RATIFICATION_OPENED', 'RATIFYING', '{"",SIGNED}'),
  (8, 'RATIFICATION_OPENED', null, '{PROVISIONALLY_APPLIED}'),
  (9, 'RATIFIED', 'RATIFYING', '{"",SIGNED,RATIFYING}'),
  (9, 'RATIFIED', null, '{PROVISIONALLY_APPLIED}'),
  (10, 'ACCEDED', 'RATIFYING', '{"",IDEA,NEGOTIATION,INITIALLED,LEGAL_REVIEW,CLEARED_TO_SIGN}'),
  (11, 'ENTERED_INTO_FORCE', 'IN_FORCE', '{"",SIGNED,RATIFYING,PROVISIONALLY_APPLIED}'),
  (12, 'SUSPENDED', 'SUSPENDED', '{"",IN_FORCE,PROVISIONALLY_APPLIED}'),
  (13, 'RESUMED', 'IN_FORCE', '{"",SUSPENDED}'),
  (14, 'AMENDED', null, '{"",SIGNED,PROVISIONALLY_APPLIED,RATIFYING,IN_FORCE,SUSPENDED}'),
  (15, 'RENEWED', null, '{"",SIGNED,PROVISIONALLY_APPLIED,IN_FORCE,SUSPENDED}'),
  (15, 'RENEWED', 'IN_FORCE', '{EXPIRED}'),
  (16, 'NOTICE_GIVEN', null, '{"",SIGNED,PROVISIONALLY_APPLIED,RATIFYING,IN_FORCE,SUSPENDED}'),
  (17, 'EXPIRED', 'EXPIRED', '{"",SIGNED,PROVISIONALLY_APPLIED,IN_FORCE,SUSPENDED}'),
  (18, 'TERMINATED', 'TERMINATED', '{"",SIGNED,PROVISIONALLY_APPLIED,RATIFYING,IN_FORCE,SUSPENDED}'),
  (19, 'SUPERSEDED', 'SUPERSEDED', '{"",SIGNED,PROVISIONALLY_APPLIED,RATIFYING,IN_FORCE,SUSPENDED}')
) s(position, kind, to_status, follows), unnest(s.follows::text[]) f(from_status);

alter table base.agreement_event drop constraint agreement_event_kind_check, add constraint agreement_event_kind_check check (kind in
  ('PROPOSED', 'NEGOTIATION_OPENED', 'INITIALLED', 'LEGAL_REVIEW_OPENED', 'CLEARED', 'SIGNED', 'PROVISIONALLY_APPLIED', 'RATIFICATION_OPENED', 'RATIFIED', 'ACCEDED',
   'ENTERED_INTO_FORCE', 'SUSPENDED', 'RESUMED', 'AMENDED', 'RENEWED', 'NOTICE_GIVEN', 'EXPIRED', 'TERMINATED', 'SUPERSEDED'));

-- agreement_steps are the steps as the contract shows them: one for each kind of event, in the order of a life.
create function fn.agreement_steps() returns table (kind text, leads_to text, follows text[])
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select s.kind, max(s.to_status) filter (where s.from_status = ''), coalesce(array_agg(s.from_status order by s.from_status) filter (where s.from_status <> ''), '{}')
  from agreement_step s group by s.kind, s.position order by s.position
$$;
grant execute on function fn.agreement_steps() to taawun_public, taawun_staff;

-- ---------------------------------------------------------------- What follows, beside what is stated

-- unstated is the status of an agreement whose editors state none: it follows from events and dates.
create function base.unstated() returns text
language sql immutable as $$ select null::text $$;

alter table base.agreement
  alter column status set default base.unstated(),
  add column stated_status text,
  add column stated_signed_on date,
  add column stated_in_force_on date,
  add column stated_ended_on date,
  add column stated_at timestamptz,  -- when editors last said something of these, by the clock of the statement
  add column lived_at timestamptz,   -- when its events last changed
  add column derived_at timestamptz, -- when what follows was last found to have changed without the row being written
  add column entry_consents integer,
  add column entry_days integer,
  add column term_ends_on date,
  add column term_end text check (term_end in ('EXPIRY', 'RENEWAL')), -- what its end means, as long as somebody has to see to it
  add column notice_on date,
  add column consents_given integer not null default 0,
  add column rolls_on date;
comment on column base.agreement.entry_consents is 'How many parties must have consented before the agreement enters into force, where it says so.';
comment on column base.agreement.entry_days is 'Days from that consent to the entry into force.';
create index on base.agreement (status, id);
create index on base.agreement (term_ends_on, id) where term_end is not null;
create index on base.agreement (notice_on, id) where notice_on is not null;
create index on base.agreement (rolls_on) where rolls_on is not null;

-- derived_columns are the columns of a table that follow from other rows and are not recorded; what was stated is, under the plain name.
create function base.derived_columns(target regclass) returns text[]
language sql stable as $$
  select case when target = 'base.agreement'::regclass
    then '{status,signed_on,in_force_on,ended_on,stated_at,lived_at,derived_at,term_ends_on,term_end,notice_on,consents_given,rolls_on}' else '{}' end::text[]
$$;
do $$
begin
  execute replace(pg_get_functiondef('base.columns_of(regclass, boolean)'::regprocedure), 'or a.atttypid = ''bytea''::regtype', 'or a.attname = any (base.derived_columns(target)) or a.atttypid = ''bytea''::regtype');
  execute replace(pg_get_functiondef('base.field_of(text, jsonb)'::regprocedure), 'select case', E'select case\n    when name like ''stated\\_%'' then base.field_of(substr(name, 8), row_of)');
  if base.field_of('stated_signed_on', '{}') <> 'signedOn' or 'status' = any (base.columns_of('base.agreement', true)) then
    raise exception 'history would not tell statements from what follows';
  end if;
end
$$;

-- ---------------------------------------------------------------- The course of events

-- code_name is the name of a code of one of our own lists, for messages; the code itself where the list is not loaded.
create function base.code_name(list text, code text, locale text) returns text
language sql stable as $$
  select coalesce((select i.name ->> locale from base.code_list_item i where i.list = 'Taawun-' || code_name.list and i.code = code_name.code), code_name.code)
$$;

-- agreement_course goes through the steps of an agreement by date, those of one day in the order of a life. A date that is stated stands in for an
-- event that is missing (its id is null), if it is not ahead. entered is the day on which enough parties had consented.
create function base.agreement_course(a base.agreement, entered date)
returns table (event_id bigint, kind text, on_day date, from_status text, to_status text, is_legal boolean, before_kind text, before_day date)
language plpgsql stable as $$
declare
  s record;
  known text := '';
begin
  for s in
    select x.*
    from (
      select e.id, e.kind, e.occurred_on as at from base.agreement_event e where e.agreement_id = a.id
      union all
      select null, m.kind, m.at from (values ('SIGNED', a.stated_signed_on, '{SIGNED}'::text[]), ('ENTERED_INTO_FORCE', coalesce(a.stated_in_force_on, entered), '{ENTERED_INTO_FORCE}'),
          (case when a.stated_status in ('EXPIRED', 'SUPERSEDED') then a.stated_status else 'TERMINATED' end, a.stated_ended_on, '{EXPIRED,TERMINATED,SUPERSEDED}')) m(kind, at, same)
        where m.at <= current_date and not exists (select from base.agreement_event e where e.agreement_id = a.id and e.kind = any (m.same))
    ) x
    join base.agreement_step p on p.kind = x.kind and p.from_status = ''
    order by x.at, p.position, x.id
  loop
    event_id := s.id;
    kind := s.kind;
    on_day := s.at;
    from_status := nullif(known, '');
    select t.to_status into to_status from base.agreement_step t where t.kind = s.kind and t.from_status = known;
    is_legal := found;
    if not is_legal then -- it is told to whoever edits; until it is repaired the latest step counts
      select coalesce(t.to_status, nullif(known, '')) into to_status from base.agreement_step t where t.kind = s.kind and t.from_status = '';
    end if;
    return next;
    known := coalesce(to_status, '');
    before_kind := s.kind;
    before_day := s.at;
  end loop;
end
$$;

-- ---------------------------------------------------------------- What follows

create type base.agreement_life as (status text, signed_on date, in_force_on date, ended_on date, term_ends_on date, term_end text, notice_on date, consents_given integer, rolls_on date);

-- consent_day is when a party consented to be bound.
create function base.consent_day(p base.agreement_party) returns date
language sql immutable as $$
  select coalesce(p.consent_on, case when p.consent_method = 'SIGNATURE' then p.signed_on end)
$$;

-- effective_since is the day from which a linked agreement has its effect on the one it refers to; null if it has none. A draft has none on what is published.
create function base.effective_since(b base.agreement, of_published boolean) returns date
language sql stable as $$
  select case when b.state = 'PUBLISHED' or not of_published then
    coalesce(b.in_force_on, case when b.status in ('IN_FORCE', 'SUSPENDED') then coalesce(b.signed_on, '-infinity') end) end
$$;

-- life_of is what follows for an agreement today. Its id is known; of its row the columns that people write are looked at.
create function base.life_of(a base.agreement) returns base.agreement_life
language plpgsql stable as $$
declare
  today constant date := current_date;
  open_statuses constant text[] := '{SIGNED,PROVISIONALLY_APPLIED,RATIFYING,IN_FORCE,SUSPENDED}';
  endings constant text[] := '{EXPIRED,TERMINATED,SUPERSEDED}';
  shown constant boolean := a.state = 'PUBLISHED';
  l base.agreement_life;
  s record;
  entered date;     -- when enough parties had consented
  replaced date;
  ends date;
  is_open boolean := false; -- renewed by an agreement without an end
  notice record;
  spoke boolean := false;   -- an event says where it stands
begin
  select count(*) filter (where p.withdrawn_on is null or p.withdrawn_on > today), case when a.entry_consents between 1 and count(*) then
      (array_agg(base.consent_day(p) order by base.consent_day(p)))[a.entry_consents] + least(greatest(coalesce(a.entry_days, 0), 0), 3660) end
    into l.consents_given, entered
    from base.agreement_party p where p.agreement_id = a.id and p.role = 'PARTY' and base.consent_day(p) <= today;
  select coalesce(min(e.occurred_on) filter (where e.kind = 'SIGNED'), a.stated_signed_on), coalesce(min(e.occurred_on) filter (where e.kind = 'ENTERED_INTO_FORCE'), a.stated_in_force_on, entered),
      a.lived_at is not null and coalesce(bool_or(e.kind not in ('AMENDED', 'RENEWED', 'NOTICE_GIVEN')), false)
    into l.signed_on, l.in_force_on, spoke
    from base.agreement_event e where e.agreement_id = a.id;

  if spoke then
    for s in select * from base.agreement_course(a, entered) loop
      l.status := s.to_status;
      l.ended_on := case when s.to_status <> all (endings) then null when s.from_status is distinct from s.to_status then s.on_day else l.ended_on end;
    end loop;
    if l.status <> all (endings) and a.stated_ended_on > today then
      l.ended_on := a.stated_ended_on;
    end if;
  else
    l.ended_on := a.stated_ended_on;
    l.status := coalesce(a.stated_status, case when l.ended_on <= today then 'TERMINATED' when l.in_force_on <= today then 'IN_FORCE' when l.signed_on <= today then 'SIGNED' else 'IDEA' end);
    -- Days that were ahead when they were stated have come.
    if l.status in ('SIGNED', 'PROVISIONALLY_APPLIED', 'RATIFYING') and l.in_force_on <= today and (l.in_force_on > a.stated_at::date or a.stated_in_force_on is null) then
      l.status := 'IN_FORCE';
    end if;
    if l.status = any (open_statuses) and l.ended_on <= today and l.ended_on > a.stated_at::date then
      l.status := 'TERMINATED';
    end if;
  end if;
  select min(d) into l.rolls_on from (values (l.in_force_on), (a.stated_ended_on)) v(d) where d > today;

  if l.status = any (open_statuses) then -- replaced by a later agreement
    select min(x.since) into replaced
      from base.agreement_relation r join base.agreement b on b.id = r.agreement_id cross join lateral base.effective_since(b, shown) x(since)
      where r.related_id = a.id and r.kind = 'SUPERSEDES' and b.id <> a.id and (x.since = '-infinity' or x.since >= coalesce(l.in_force_on, l.signed_on, '-infinity'));
    if replaced <= today then
      l.status := 'SUPERSEDED';
      l.ended_on := nullif(replaced, '-infinity');
    elsif replaced is not null then
      l.rolls_on := least(l.rolls_on, replaced);
    end if;
  end if;
  if l.status <> all (open_statuses) or l.ended_on <= today then
    return l;
  end if;

  -- The term: as stated, or as the latest amendment in force states; then its renewals.
  ends := coalesce((select b.expires_on from base.agreement_relation r join base.agreement b on b.id = r.agreement_id
      where r.related_id = a.id and r.kind = 'AMENDS' and b.id <> a.id and b.expires_on is not null and base.effective_since(b, shown) <= today
      order by base.effective_since(b, shown) desc, b.id desc limit 1),
    a.expires_on,
    case when l.status in ('PROVISIONALLY_APPLIED', 'IN_FORCE', 'SUSPENDED') then (coalesce(l.in_force_on, l.signed_on) + make_interval(months => case when a.duration_months > 12000 then 12000 else a.duration_months end))::date end);
  for s in select e.ends_on from base.agreement_event e where e.agreement_id = a.id and e.kind = 'RENEWED' order by e.occurred_on, e.id loop
    ends := case when s.ends_on is not null then greatest(ends, s.ends_on) when a.renewal_months > 0 then (ends + make_interval(months => least(a.renewal_months, 12000)))::date else ends end;
  end loop;
  for s in
    select b.status, b.term_ends_on, b.ended_on, base.effective_since(b, shown) as since from base.agreement_relation r join base.agreement b on b.id = r.agreement_id
    where r.related_id = a.id and r.kind = 'RENEWS' and b.id <> a.id and base.effective_since(b, shown) is not null
  loop
    if s.since > today then
      l.rolls_on := least(l.rolls_on, s.since);
    elsif s.term_ends_on is null and s.ended_on is null then
      is_open := true;
    else
      ends := greatest(ends, s.term_ends_on, s.ended_on);
    end if;
  end loop;
  if is_open then
    ends := null;
  end if;
  select e.occurred_on, e.ends_on into notice from base.agreement_event e
    where e.agreement_id = a.id and e.kind = 'NOTICE_GIVEN' and not exists (select from base.agreement_event n where n.agreement_id = a.id and n.kind = 'RENEWED' and n.occurred_on >= e.occurred_on)
    order by e.occurred_on desc, e.id desc limit 1;
  if notice.ends_on is not null then
    ends := notice.ends_on;
  elsif ends is not null and a.renewal = 'TACIT' and a.renewal_months > 0 then
    -- It renews itself until notice is given in time.
    ends := base.term_after(ends, least(a.renewal_months, 12000), case when notice.occurred_on is null then today else notice.occurred_on + least(greatest(coalesce(a.notice_days, 0), 0), 36600) end);
  end if;
  if ends is null then
    return l;
  end if;
  l.term_ends_on := ends;
  l.term_end := case when a.renewal = 'NONE' or notice.occurred_on is not null then 'EXPIRY' else 'RENEWAL' end;
  if ends >= today then
    l.rolls_on := least(l.rolls_on, ends + 1);
    if notice.occurred_on is null and a.notice_days >= 0 then
      select min(c.at) into l.notice_on
        from (values (ends - least(a.notice_days, 36600)), (case when a.renewal = 'TACIT' and a.renewal_months > 0 then (ends + make_interval(months => least(a.renewal_months, 12000)))::date - least(a.notice_days, 36600) end)) c(at)
        where c.at >= today;
      l.rolls_on := least(l.rolls_on, l.notice_on + 1);
    end if;
  elsif notice.occurred_on is not null then
    l.status := 'TERMINATED';
    l.ended_on := ends;
    l.term_ends_on := null;
    l.term_end := null;
  elsif a.renewal <> 'TACIT' then -- its end stays on the agenda until somebody enters what became of it
    l.status := 'EXPIRED';
    l.ended_on := ends;
  end if;
  return l;
end
$$;

-- term_after is the end of the first term that does not end before a day, where one term of so many months follows the other.
create function base.term_after(ends date, months integer, day date) returns date
language sql immutable as $$
  select case when ends >= day then ends else (
    select min(x.at) from (select (ends + make_interval(months => months * k))::date as at from generate_series(1, 2 +
      (12 * (extract(year from day) - extract(year from ends)) + extract(month from day) - extract(month from ends))::integer / months) k) x
    where x.at >= day) end
$$;

-- ---------------------------------------------------------------- Parties

alter table base.agreement_party add column withdrawn_on date;
comment on column base.agreement_party.withdrawn_on is 'Day from which the party is no longer bound.';
call base.expose('AgreementParty', 'agreement_party', extra => $$ case when t.withdrawn_on <= current_date then 'WITHDRAWN' when t.in_force_on <= current_date then 'IN_FORCE'
  when coalesce(t.consent_on, case when t.consent_method = 'SIGNATURE' then t.signed_on end) <= current_date then 'CONSENTED' when t.signed_on <= current_date then 'SIGNED' else 'NONE' end as state $$);
call base.expose('AgreementEvent', 'agreement_event');

-- ---------------------------------------------------------------- Kept by triggers

-- live takes what is written as a statement, and writes what follows. It comes after the guards (the order of triggers is that of their names),
-- which see what a person has written.
create function base.live() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  l base.agreement_life;
begin
  if tg_op = 'INSERT' then
    new.stated_status := new.status;
    new.stated_signed_on := new.signed_on;
    new.stated_in_force_on := new.in_force_on;
    new.stated_ended_on := new.ended_on;
    new.stated_at := statement_timestamp();
    new.lived_at := null;
  elsif row(new.status, new.signed_on, new.in_force_on, new.ended_on) is distinct from row(old.status, old.signed_on, old.in_force_on, old.ended_on) then
    new.stated_status := case when new.status is distinct from old.status then new.status else old.stated_status end;
    new.stated_signed_on := case when new.signed_on is distinct from old.signed_on then new.signed_on else old.stated_signed_on end;
    new.stated_in_force_on := case when new.in_force_on is distinct from old.in_force_on then new.in_force_on else old.stated_in_force_on end;
    new.stated_ended_on := case when new.ended_on is distinct from old.ended_on then new.ended_on else old.stated_ended_on end;
    new.stated_at := statement_timestamp();
  elsif row(new.expires_on, new.duration_months, new.renewal, new.renewal_months, new.notice_days, new.entry_consents, new.entry_days, new.state, new.lived_at, new.derived_at)
      is not distinct from row(old.expires_on, old.duration_months, old.renewal, old.renewal_months, old.notice_days, old.entry_consents, old.entry_days, old.state, old.lived_at, old.derived_at) then
    return new;
  end if;
  l := base.life_of(new);
  new.status := l.status;
  new.signed_on := l.signed_on;
  new.in_force_on := l.in_force_on;
  new.ended_on := l.ended_on;
  new.term_ends_on := l.term_ends_on;
  new.term_end := l.term_end;
  new.notice_on := l.notice_on;
  new.consents_given := l.consents_given;
  new.rolls_on := l.rolls_on;
  return new;
end
$$;
create trigger live before insert or update on base.agreement for each row execute function base.live();

-- relive writes what follows anew for those agreements for which it has changed.
create procedure base.relive(ids bigint[])
language sql security definer set search_path = base, fn, pg_temp as $$
  update agreement a set derived_at = clock_timestamp()
  where a.id = any (ids) and life_of(a) is distinct from
    row(a.status, a.signed_on, a.in_force_on, a.ended_on, a.term_ends_on, a.term_end, a.notice_on, a.consents_given, a.rolls_on)::agreement_life
$$;

create function base.events_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[];
begin
  if tg_op = 'INSERT' then
    ids := array(select distinct n.agreement_id from new_rows n);
  elsif tg_op = 'DELETE' then
    ids := array(select distinct o.agreement_id from old_rows o);
  else
    ids := array(select distinct n.agreement_id from new_rows n join old_rows o on o.id = n.id where row(n.kind, n.occurred_on, n.ends_on) is distinct from row(o.kind, o.occurred_on, o.ends_on));
  end if;
  if ids <> '{}' then
    update agreement a set lived_at = statement_timestamp(), derived_at = clock_timestamp() where a.id = any (ids);
  end if;
  return null;
end
$$;
create trigger live_added after insert on base.agreement_event referencing new table as new_rows for each statement execute function base.events_changed();
create trigger live_changed after update on base.agreement_event referencing new table as new_rows old table as old_rows for each statement execute function base.events_changed();
create trigger live_removed after delete on base.agreement_event referencing old table as old_rows for each statement execute function base.events_changed();

create function base.parties_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[];
begin
  if tg_op = 'DELETE' then
    ids := array(select distinct o.agreement_id from old_rows o);
  else
    ids := array(select distinct n.agreement_id from new_rows n);
  end if;
  if ids <> '{}' then
    call base.relive(ids);
  end if;
  return null;
end
$$;
create trigger live_added after insert on base.agreement_party referencing new table as new_rows for each statement execute function base.parties_changed();
create trigger live_changed after update on base.agreement_party referencing new table as new_rows for each statement execute function base.parties_changed();
create trigger live_removed after delete on base.agreement_party referencing old table as old_rows for each statement execute function base.parties_changed();

-- What one agreement does to another: those that are replaced, renewed or amended follow.
create function base.relations_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[];
begin
  if tg_op = 'INSERT' then
    ids := array(select distinct n.related_id from new_rows n);
  elsif tg_op = 'DELETE' then
    ids := array(select distinct o.related_id from old_rows o);
  else
    ids := array(select n.related_id from new_rows n union select o.related_id from old_rows o);
  end if;
  if ids <> '{}' then
    call base.relive(ids);
  end if;
  return null;
end
$$;
create trigger live_added after insert on base.agreement_relation referencing new table as new_rows for each statement execute function base.relations_changed();
create trigger live_changed after update on base.agreement_relation referencing new table as new_rows old table as old_rows for each statement execute function base.relations_changed();
create trigger live_removed after delete on base.agreement_relation referencing old table as old_rows for each statement execute function base.relations_changed();

create function base.life_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[] := array(select distinct r.related_id from new_rows n join old_rows o on o.id = n.id join agreement_relation r on r.agreement_id = n.id and r.kind in ('SUPERSEDES', 'RENEWS', 'AMENDS')
    where row(n.status, n.in_force_on, n.signed_on, n.ended_on, n.term_ends_on, n.expires_on, n.state) is distinct from row(o.status, o.in_force_on, o.signed_on, o.ended_on, o.term_ends_on, o.expires_on, o.state));
begin
  if ids <> '{}' then
    call base.relive(ids);
  end if;
  return null;
end
$$;
create trigger life_of_others after update on base.agreement referencing new table as new_rows old table as old_rows for each statement execute function base.life_changed();

-- roll_agreements lets what a day brings come true: terms that have run out or renewed themselves, entries into force and ends whose day has come.
-- One server at a time does it; it says for how many agreements.
create function base.roll_agreements(most integer default 500) returns integer
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[];
begin
  if not pg_try_advisory_xact_lock(7221075) then
    return 0;
  end if;
  ids := array(select a.id from agreement a where a.rolls_on <= current_date order by a.rolls_on, a.id limit most for update skip locked);
  if ids <> '{}' then
    perform base.note_revision('roll');
    call base.relive(ids);
  end if;
  return cardinality(ids);
end
$$;
revoke execute on procedure base.relive(bigint[]) from public;
revoke execute on function base.roll_agreements(integer) from public;

-- ---------------------------------------------------------------- What is there already

-- Nothing is made up: where the events agree with what is stated, they count from now on; where they do not, what is stated stays until the events are next changed.
set local taawun.operation = 'migrate';
alter table base.agreement disable trigger live;
update base.agreement a set stated_status = a.status, stated_signed_on = a.signed_on, stated_in_force_on = a.in_force_on, stated_ended_on = a.ended_on, stated_at = now();
update base.agreement a set lived_at = now() where exists (select from base.agreement_event e where e.agreement_id = a.id)
  and (select c.to_status from base.agreement_course(a, null) with ordinality c order by c.ordinality desc limit 1) = a.status
  and not exists (select from base.agreement_course(a, null) c where not c.is_legal)
  and coalesce((select min(e.occurred_on) from base.agreement_event e where e.agreement_id = a.id and e.kind = 'SIGNED') = a.signed_on, true)
  and coalesce((select min(e.occurred_on) from base.agreement_event e where e.agreement_id = a.id and e.kind = 'ENTERED_INTO_FORCE') = a.in_force_on, true);
alter table base.agreement enable trigger live;
call base.expose('Agreement', 'agreement', hide => '{state_comment}');
update base.agreement a set derived_at = now();

-- ---------------------------------------------------------------- Deadlines and duties

create or replace function fn.agreement_deadlines(id bigint) returns table (kind text, due_on date, state text, days_left integer)
language sql stable as $$
  select d.kind, d.due_on, fn.due_state(d.due_on, 90), d.due_on - current_date
  from agreement a cross join lateral (select a.term_end, a.term_ends_on where a.term_end is not null union all select 'NOTICE', a.notice_on where a.notice_on is not null) d(kind, due_on)
  where a.id = agreement_deadlines.id
  order by d.due_on, d.kind
$$;

-- As it was, to the end of the term as it follows now.
create or replace procedure base.make_duties(ids bigint[])
language plpgsql security definer set search_path = base, fn, pg_temp as $$
begin
  update duty d set lead_days = o.lead_days from obligation o where o.id = d.obligation_id and o.id = any (ids) and d.lead_days <> o.lead_days;
  with wanted as materialized (
    select o.id, d.on_day, o.lead_days, o.published
    from obligation o join agreement a on a.id = o.agreement_id
    cross join lateral rrule_dates(o.recurrence, o.due_on,
      least(a.ended_on, case when a.term_end = 'EXPIRY' then a.term_ends_on when a.renewal = 'NONE' then a.expires_on end, (greatest(o.due_on, current_date) + interval '5 years')::date)) d(on_day)
    where o.id = any (ids) and o.recurrence is not null and o.outcome is null
  ), gone as (
    delete from duty d where d.obligation_id = any (ids) and d.outcome is null
      and not exists (select from wanted w where w.id = d.obligation_id and w.on_day = d.due_on)
  )
  insert into duty (obligation_id, due_on, lead_days, published)
  select w.id, w.on_day, w.lead_days, w.published from wanted w on conflict (obligation_id, due_on) do nothing;
end
$$;

create or replace function base.term_changed() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  ids bigint[] := array(select b.id from new_rows n join old_rows o on o.id = n.id join obligation b on b.agreement_id = n.id
    where row(n.ended_on, n.expires_on, n.renewal, n.term_end, case when n.term_end = 'EXPIRY' then n.term_ends_on end)
      is distinct from row(o.ended_on, o.expires_on, o.renewal, o.term_end, case when o.term_end = 'EXPIRY' then o.term_ends_on end) and b.recurrence is not null);
begin
  if ids <> '{}' then
    call base.make_duties(ids);
  end if;
  return null;
end
$$;
