-- What all writing leans on: the versions of records, the keys and codes of new ones, changes of published records that wait for approval,
-- and receipts, by which a change that is sent twice is made once.

-- ---------------------------------------------------------------- Versions, comments

alter table base.ministry_unit add column version integer not null default 1;
alter table base.code_list_item add column version integer not null default 1;

-- What was said at the last step of a record: why it was returned or archived, what its author asks to be looked at. Not for the public.
alter table base.organization add column state_comment text;
alter table base.agreement add column state_comment text;
alter table base.project add column state_comment text;
alter table base.administrative_unit add column state_comment text;

do $$
declare
  k base.record_kind;
begin
  for k in select * from base.record_kind r where r.is_core or r.kind in ('MinistryUnit', 'CodeListItem') order by not r.is_core, r.kind loop
    call base.expose(k.kind, k.table_name, k.visible, case when k.is_core then array_append(k.hide, 'state_comment') else k.hide end, k.extra, k.rule, k.writers, k.part_of);
  end loop;
end
$$;

-- What was said at a step is no edit of the record; nor are columns that follow from others, which a trigger before the change does not see yet.
do $$
begin
  execute replace(pg_get_functiondef('base.guard_record()'::regprocedure), '{state,version,updated_at,published,search,since}',
    '{state,state_comment,version,updated_at,published,search,since,start_date,end_date}');
end
$$;

-- The name of the list on a code is that of its list.
create function base.code_list_of_item() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
begin
  new.list := (select l.name from code_list l where l.id = new.list_id);
  return new;
end
$$;
create trigger list_of_item before insert on base.code_list_item for each row when (new.list is null) execute function base.code_list_of_item();
create trigger list_of_changed_item before update on base.code_list_item for each row when (old.list_id <> new.list_id) execute function base.code_list_of_item();

-- ---------------------------------------------------------------- Ids, keys and codes

alter table base.record_kind add column prefix text;
comment on column base.record_kind.prefix is 'Prefix of the public ids, from the bun structs; db.Migrate writes it.';

-- public_id is the id by which the contract speaks of a record: prj_1f.
create function fn.public_id(kind text, key bigint) returns text
language sql stable parallel safe security definer set search_path = base, fn, pg_temp as $$
  select r.prefix || '_' || to_hex(public_id.key) from record_kind r where r.kind = public_id.kind
$$;

-- new_keys sets keys aside for new rows, {"ProjectPartner": 2, …}, so that their parts and texts can be written with them.
create function base.new_keys(wanted jsonb) returns table (kind text, key bigint)
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  w record;
begin
  for w in select r.kind, r.table_name, least(x.value::int, 10000) as n from jsonb_each_text(wanted) x join record_kind r on r.kind = x.key loop
    return query select w.kind, nextval(pg_get_serial_sequence(format('base.%I', w.table_name), 'id')) from generate_series(1, w.n);
  end loop;
end
$$;

-- The codes by which people speak of a record in letters and minutes. A table with a sequence <table>_code numbers its records.
create sequence base.organization_code;
create sequence base.agreement_code;
create sequence base.project_code;

-- next_code is the code of a new record: PRJ-2026-00001.
create function base.next_code(kind text) returns text
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  k record_kind;
  code text;
  taken boolean;
begin
  select * into strict k from record_kind r where r.kind = next_code.kind;
  loop
    code := upper(k.prefix) || '-' || to_char(now(), 'YYYY') || '-' || to_char(nextval(format('base.%I', k.table_name || '_code')), 'FM000000000');
    code := regexp_replace(code, '-0{1,4}(\d{5,})$', '-\1');
    execute format('select exists (select from base.%I t where t.code = $1)', k.table_name) into taken using code;
    if not taken then
      return code;
    end if;
  end loop;
end
$$;

-- ---------------------------------------------------------------- Records to be changed

-- table_of is the table of a kind.
create function base.table_of(kind text) returns text
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select r.table_name from record_kind r where r.kind = table_of.kind
$$;

-- hold locks a row for the transaction and gives its version. What the actor may do with it is another question.
create function base.hold(name text, id bigint) returns integer
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  version integer;
begin
  execute format('select t.version from base.%I t where t.id = $1 for update', name) into version using id;
  return version;
end
$$;

-- lock_record holds a record for the transaction that is to change it, and says how it stands and what the actor may: what he does not see is
-- not there (seen is false).
create function base.lock_record(kind text, id bigint, out seen boolean, out version integer, out state text, out edits boolean, out approves boolean, out proposes boolean)
language plpgsql as $$
declare
  s record;
begin
  seen := fn.sees(kind, id);
  if not seen then
    return;
  end if;
  version := base.hold(base.table_of(kind), id);
  seen := version is not null and fn.sees(kind, id); -- as it is now that it is held
  s := base.standing(kind, id);
  state := s.state;
  if state is not null then
    edits := base.edits(kind, s.owner_id);
    approves := base.approves(kind, s.owner_id);
    proposes := base.proposes(kind, id, s.state);
  end if;
end
$$;

-- ---------------------------------------------------------------- Changes of published records that wait

create table base.pending_change (
  id bigint generated by default as identity primary key,
  subject_kind text not null,
  subject_id bigint not null,
  state text not null default 'DRAFT' check (state in ('DRAFT', 'SUBMITTED', 'RETURNED', 'PUBLISHED', 'DROPPED')),
  comment text,
  author_id bigint not null references base.account,
  author_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  fields jsonb not null default '[]',
  steps jsonb not null default '[]',
  published boolean not null default false check (not published)
);
create unique index pending_change_open on base.pending_change (subject_kind, subject_id) where state in ('DRAFT', 'SUBMITTED', 'RETURNED');
create index on base.pending_change (subject_kind, subject_id, id);
create index on base.pending_change (author_id, id);
create index on base.pending_change (updated_at, id);
comment on table base.pending_change is 'A change of a published record that waits for approval. A record has one at most that is open.';
comment on column base.pending_change.fields is 'What it changes, field by field, as it was found when it was last tried.';
comment on column base.pending_change.steps is 'The inputs of which it is made, in their order; each new part with the key it was given.';

call base.expose('PendingChange', 'pending_change', visible => 'false',
  rule => $$(select fn.reads_drafts()) and fn.sees(t.subject_kind, t.subject_id) or t.author_id = (select fn.actor())
    or t.subject_kind = 'Project' and t.subject_id in (select fn.partner_projects())$$);

-- shown is a value of a column as the contract shows it: the key of another record is its id.
create function base.shown(kind text, field text, value jsonb) returns jsonb
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select case when jsonb_typeof(shown.value) <> 'number' or shown.field not like '%Id' then shown.value else coalesce((
    select to_jsonb(fn.public_id(o.kind, shown.value::bigint))
    from record_kind r join pg_constraint c on c.conrelid = to_regclass(format('base.%I', r.table_name)) and c.contype = 'f'
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname = fn.column_of(shown.field)
    join record_kind o on to_regclass(format('base.%I', o.table_name)) = c.confrelid
    where r.kind = shown.kind limit 1), shown.value) end
$$;

-- proposed_changes is what this transaction has changed so far, field by field, with what was at its start and what is now; a text as
-- title.ar of its record. It tells whoever tries a change what will become of it.
create function base.proposed_changes() returns table (kind text, record_id text, action text, field text, before jsonb, after jsonb)
language sql stable security definer set search_path = base, fn, pg_temp as $$
  with change as (
    select c.kind, c.record_id, c.field, min(c.id) as place, (array_agg(c.action order by c.id))[1] as first_action, (array_agg(c.action order by c.id desc))[1] as last_action,
      (array_agg(c.before order by c.id))[1] as before, (array_agg(c.after order by c.id desc))[1] as after
    from field_change c where c.revision_id = fn.current_revision() and c.kind not in ('PendingChange', 'Translation') group by 1, 2, 3
  ), entry as (
    select e.record_id, min(e.id) as place, (array_agg(e.action order by e.id))[1] as first_action, (array_agg(e.action order by e.id desc))[1] as last_action,
      (array_agg(e.before -> 'text' order by e.id) filter (where e.before ? 'text' or e.after ? 'text'))[1] as before,
      -- Of a text that has been reviewed, the new one that waits beside it.
      (array_agg(coalesce(nullif(e.after -> 'proposal_text', 'null'), e.after -> 'text') order by e.id desc) filter (where e.before ? 'text' or e.after ?| '{text,proposal_text}'))[1] as after,
      bool_or(e.action = 'UPDATE' and e.after ? 'proposal_text') as beside,
      max(coalesce(e.after ->> 'subject_kind', e.before ->> 'subject_kind')) as subject_kind, max(coalesce(e.after ->> 'subject_id', e.before ->> 'subject_id'))::bigint as subject_id,
      max(coalesce(e.after ->> 'field', e.before ->> 'field')) as field, max(coalesce(e.after ->> 'locale', e.before ->> 'locale')) as locale
    from revision_entry e where e.revision_id = fn.current_revision() and e.kind = 'Translation' group by 1
  ), found as (
    select c.kind, c.record_id, c.first_action, c.last_action, c.field, base.shown(c.kind, c.field, c.before) as before, base.shown(c.kind, c.field, c.after) as after, c.place / 256 as place
    from change c left join record_kind r on r.kind = c.kind
    where c.field not in ('subjectKind', 'subjectId', 'stateComment') and fn.column_of(c.field) is distinct from (base.owner_of(r.table_name)).column_name
    union all
    select coalesce(t.subject_kind, e.subject_kind), coalesce(t.subject_id, e.subject_id), e.first_action, e.last_action,
      coalesce(t.field, e.field) || '.' || coalesce(t.locale, e.locale), case when e.beside then to_jsonb(t.text) else e.before end, e.after, e.place
    from entry e left join translation t on t.id = e.record_id
  )
  select f.kind, coalesce(fn.public_id(f.kind, f.record_id), f.kind || '_' || f.record_id, f.kind),
    case when f.first_action = 'INSERT' then 'INSERT' when f.last_action = 'DELETE' then 'DELETE' else 'UPDATE' end, f.field, f.before, f.after
  from found f
  where not (f.first_action = 'INSERT' and f.last_action = 'DELETE') and f.before is distinct from f.after
  order by f.place, f.field
$$;

-- ---------------------------------------------------------------- Receipts

create table base.mutation_receipt (
  account_id bigint not null references base.account on delete cascade,
  client_mutation_id text not null,
  digest text not null,
  kind text,
  record_id bigint,
  change_id bigint,
  at timestamptz not null default now(),
  primary key (account_id, client_mutation_id)
);
create index on base.mutation_receipt (at);
comment on table base.mutation_receipt is 'What was made of a change that its sender named, for 30 days: sent again, it is answered and not made again. Reached by functions only.';

-- claim_receipt asks whether a change has been made already. Of two that come at the same moment the second waits for the first.
create function base.claim_receipt(client_mutation_id text, digest text, out is_new boolean, out is_same boolean, out kind text, out record_id bigint, out change_id bigint)
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  who bigint := fn.actor();
begin
  delete from mutation_receipt r where r.account_id = who and r.at < now() - interval '30 days';
  insert into mutation_receipt (account_id, client_mutation_id, digest) values (who, claim_receipt.client_mutation_id, claim_receipt.digest)
    on conflict on constraint mutation_receipt_pkey do nothing;
  is_new := found;
  if not is_new then
    select r.digest = claim_receipt.digest, r.kind, r.record_id, r.change_id into is_same, kind, record_id, change_id
      from mutation_receipt r where r.account_id = who and r.client_mutation_id = claim_receipt.client_mutation_id;
  end if;
end
$$;

-- keep_receipt notes what was made of a claimed change.
create function base.keep_receipt(client_mutation_id text, kind text, record_id bigint, change_id bigint) returns void
language sql security definer set search_path = base, fn, pg_temp as $$
  update mutation_receipt r set kind = keep_receipt.kind, record_id = keep_receipt.record_id, change_id = keep_receipt.change_id
  where r.account_id = fn.actor() and r.client_mutation_id = keep_receipt.client_mutation_id
$$;

revoke execute on function base.new_keys(jsonb), base.next_code(text), base.table_of(text), base.hold(text, bigint), base.lock_record(text, bigint), base.shown(text, text, jsonb), base.proposed_changes(),
  base.claim_receipt(text, text), base.keep_receipt(text, text, bigint, bigint) from public;
grant execute on function base.new_keys(jsonb), base.next_code(text), base.table_of(text), base.hold(text, bigint), base.lock_record(text, bigint), base.proposed_changes(),
  base.claim_receipt(text, text), base.keep_receipt(text, text, bigint, bigint) to taawun_staff;
