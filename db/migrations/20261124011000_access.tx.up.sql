-- Who sees and who writes what. Everybody who is signed in reads and writes as taawun_staff; what each may follows from the roles of the
-- actor (fn.acts_as). Rows are shown by the views of staff and guarded once more, when written, by row-level security with the same rule.
--
--   ANALYST, TRANSLATOR, REVIEWER, CERTIFIER  see every record that is not confidential; the last three write translations
--   EDITOR, APPROVER    see as well the confidential records of their unit and below; write them
--   PARTNER             sees what is published, and the projects of his organization that are not confidential; proposes changes to them
--   ADMINISTRATOR       sees everything; writes code lists, units of the ministry and administrative units
--   nobody              sees what is published
--
-- A table is exposed by one call, base.expose, from which follow views, rules, rights and triggers.

-- ---------------------------------------------------------------- Confidential records

alter table base.organization add column confidential boolean not null default false,
  add constraint organization_confidential check (not (confidential and state = 'PUBLISHED'));
alter table base.agreement add column confidential boolean not null default false,
  add constraint agreement_confidential check (not (confidential and state = 'PUBLISHED'));
alter table base.project add column confidential boolean not null default false,
  add constraint project_confidential check (not (confidential and state = 'PUBLISHED'));
create index on base.organization (id) where confidential;
create index on base.agreement (id) where confidential;
create index on base.project (id) where confidential;
-- The rule of the staff, from the index alone: lists are counted without reading their wide rows.
create index on base.project (id) include (published, confidential, owner_id);
comment on column base.organization.confidential is 'Seen by its unit only; never published.';
comment on column base.agreement.confidential is 'Seen by its unit only; never published.';
comment on column base.project.confidential is 'Seen by its unit only; never published.';

-- ---------------------------------------------------------------- What the actor's roles amount to

-- These run with the rights of the owner, since nobody else sees the roles of all. They tell of the actor only.

-- acting_roles are the roles of the actor; through a token those that it holds.
create function base.acting_roles() returns table (role text, ministry_unit_id bigint, organization_id bigint)
language plpgsql stable parallel safe rows 3 security definer set search_path = base, fn, pg_temp as $$
declare
  who bigint := fn.actor();
  token bigint := nullif(current_setting('taawun.token', true), '')::bigint;
begin
  return query select r.role, r.ministry_unit_id, r.organization_id from account_role r
    where r.account_id = who and (token is null or r.role in (select unnest(t.roles) from api_token t where t.id = token));
end
$$;

-- reads_drafts says whether the actor sees records in any state, as all roles do but that of a partner.
create function fn.reads_drafts() returns boolean
language plpgsql stable parallel safe security definer set search_path = base, fn, pg_temp as $$
begin
  return exists (select from base.acting_roles() r where r.role <> 'PARTNER');
end
$$;

-- own_units are the units of the ministry whose records the actor edits or approves, with all below them; 0 stands for records without one.
create function fn.own_units() returns bigint[]
language plpgsql stable parallel safe security definer set search_path = base, fn, pg_temp as $$
declare
  granted bigint[] := array(select coalesce(r.ministry_unit_id, 0) from base.acting_roles() r where r.role in ('EDITOR', 'APPROVER'));
begin
  if granted = '{}' then
    return '{}';
  end if;
  return array(
    with recursive own (id) as (
      select u.id from ministry_unit u where u.id = any (granted) or 0 = any (granted)
      union
      select u.id from own join ministry_unit u on u.parent_id = own.id
    ) select o.id from own o union all select 0);
end
$$;

-- partner_projects are the projects in which the organizations of the actor, as their partner, take part or on which they report.
create function fn.partner_projects() returns setof bigint
language plpgsql stable parallel safe rows 100 security definer set search_path = base, fn, pg_temp as $$
declare
  own bigint[] := array(select r.organization_id from base.acting_roles() r where r.role = 'PARTNER');
begin
  if own <> '{}' then
    return query
      select p.project_id from project_partner p where p.organization_id = any (own)
      union
      select p.id from project p where p.reporting_organization_id = any (own);
  end if;
end
$$;

-- acts_as_any says whether the actor has one of the roles, for whatever unit, and may write.
create function base.acts_as_any(roles text[]) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  return exists (select from base.acting_roles() r where r.role = any (roles)) and not fn.acts_read_only();
end
$$;

-- edits says whether the actor edits records of a kind that belong to a unit of the ministry. Administrative units belong to none: they take an
-- administrator, or a role for the whole ministry, which the unit 0, below no other, asks for.
create function base.edits(kind text, owner_id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  if kind = 'AdministrativeUnit' then
    return (fn.acts_as('ADMINISTRATOR') or fn.acts_as('EDITOR', 0) or fn.acts_as('APPROVER', 0)) and not fn.acts_read_only();
  end if;
  return (fn.acts_as('EDITOR', owner_id) or fn.acts_as('APPROVER', owner_id)) and not fn.acts_read_only();
end
$$;

-- approves says whether the actor decides about records of a kind that belong to a unit of the ministry.
create function base.approves(kind text, owner_id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  if kind = 'AdministrativeUnit' then
    return (fn.acts_as('ADMINISTRATOR') or fn.acts_as('APPROVER', 0)) and not fn.acts_read_only();
  end if;
  return fn.acts_as('APPROVER', owner_id) and not fn.acts_read_only();
end
$$;

-- proposes says whether the actor, as a partner, may change a record for the sake of a proposal: a published project of his organization.
create function base.proposes(kind text, id bigint, state text) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  return kind = 'Project' and state = 'PUBLISHED' and fn.acts_as('PARTNER') and not fn.acts_read_only()
    and proposes.id in (select fn.partner_projects());
end
$$;

-- by_staff says whether a person is connected, in whatever function with other rights this is asked.
create function base.by_staff() returns boolean
language sql stable parallel safe as $$
  select session_user = 'taawun_staff' or current_setting('role') = 'taawun_staff'
$$;

-- ---------------------------------------------------------------- What a table is a part of

-- How each table was exposed, so that it can be exposed again as a whole.
alter table base.record_kind
  add column visible text not null default 'true',
  add column hide text[] not null default '{}',
  add column extra text,
  add column rule text,
  add column writers text[],
  add column part_of text,
  add column is_core boolean not null default false;
comment on column base.record_kind.is_core is 'Its records go from draft to publication. A core table is known by its column "published", which follows from "state".';

-- has_column says whether a table of base has a column.
create function base.has_column(name text, column_name text) returns boolean
language sql stable as $$
  select exists (select from pg_attribute a where a.attrelid = to_regclass(format('base.%I', coalesce(has_column.name, ''))) and a.attname = has_column.column_name and not a.attisdropped)
$$;

-- owner_of is what a table's rows are parts of: the table and the column that leads there; of texts, documents and sources their subject. It is
-- the foreign key with "published", else one by which rows go when their owner does. A table without one holds records of its own.
create function base.owner_of(name text, out kind text, out column_name text, out by_subject boolean)
language sql stable as $$
  select case when x.of_subject then null else k.kind end, case when x.of_subject then 'subject_id' else x.attname::text end, coalesce(x.of_subject, false)
  from (select) one left join (
    select null::oid as to_table, null::name as attname, true as of_subject, 0 as rank, 0 as at
      from pg_attribute a where a.attrelid = format('base.%I', owner_of.name)::regclass and a.attname = 'subject_kind'
    union all
    select c.confrelid, a.attname, false, case when cardinality(c.conkey) = 2 then 1 else 2 end, a.attnum
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'published' and a.attnotnull
      where c.conrelid = format('base.%I', owner_of.name)::regclass and c.contype = 'f' and c.confdeltype = 'c'
    order by rank, at limit 1
  ) x on true
  left join base.record_kind k on to_regclass(format('base.%I', k.table_name)) = x.to_table
$$;

-- These are written anew by base.write_rules for the tables there are.

-- sees says whether the reader sees a record, in whichever schema he reads.
create function fn.sees(kind text, id bigint) returns boolean
language plpgsql stable as $$
begin
  return false;
end
$$;

-- sees says whether a person sees a record. Rights ask this one: it names the schema, so that no search_path and no temporary table can fool it.
create function staff.sees(kind text, id bigint) returns boolean
language plpgsql stable as $$
begin
  return false;
end
$$;

-- hidden are the records, of a kind or of all kinds, that are confidential or parts of what is, and not the actor's to see. They are few: a rule
-- looks whether a row is among them, which is far less work than to look for its record row by row. Parts that are no longer there are among
-- them too, for those who read the past.
create function fn.hidden(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 security definer set search_path = base, fn, pg_temp as $$
begin
end
$$;

-- hidden_records are those among them that are, or are parts of, a record of their own: all but documents, which speak of records.
create function base.hidden_records(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 as $$
begin
end
$$;

-- shared are the records, of a kind or of all kinds, that an actor sees as a partner though they are not published: projects of his organizations
-- and their parts.
create function fn.shared(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 security definer set search_path = base, fn, pg_temp as $$
begin
end
$$;

-- shared_records are those among them that are, or are parts of, a record of their own.
create function base.shared_records(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 as $$
begin
end
$$;

-- ruled_kinds are the kinds of record that have a rule of their own, or are parts of such.
create function fn.ruled_kinds() returns text[]
language plpgsql stable parallel safe as $$
begin
  return '{}';
end
$$;

-- rows_of is a table of base as a source of rows; if so wanted with the keys and owners that its rows have ever had, where the table has a history.
create function base.rows_of(name text, ever boolean) returns text
language plpgsql stable as $$
declare
  up record;
  columns text;
begin
  select * into up from base.owner_of(name);
  if not ever or up.column_name is null or to_regclass(format('history.%I', name)) is null then
    return format('base.%I', name);
  end if;
  columns := 'x.id, x.' || quote_ident(up.column_name) || case when up.by_subject then ', x.subject_kind' else '' end;
  return format('(select %1$s from base.%2$I x union all select %1$s from history.%2$I x)', columns, name);
end
$$;

-- way_up is how one comes from the rows t of a table to the record that they are parts of: its table, joins of the tables in between (a1, a2 …),
-- and the column that holds the key of the record; ever is that of base.rows_of. Of texts, documents and sources, and of their parts, there is no one such record.
create function base.way_up(name text, ever boolean, out root_table text, out joins text, out key text)
language plpgsql stable as $$
declare
  up record;
  step integer := 0;
  row_name text := 't';
begin
  root_table := name;
  joins := '';
  key := 't.id';
  loop
    select * into up from base.owner_of(root_table);
    if up.by_subject then
      root_table := null;
      return;
    end if;
    exit when up.kind is null;
    if step > 0 then
      joins := joins || format(' join %s a%s on a%2$s.id = %s', base.rows_of(root_table, ever), step, key);
      row_name := 'a' || step;
    end if;
    key := format('%s.%I', row_name, up.column_name);
    select k.table_name into root_table from base.record_kind k where k.kind = up.kind;
    step := step + 1;
  end loop;
end
$$;

-- write_rules writes fn.sees, staff.sees, fn.hidden, fn.shared and fn.ruled_kinds for the tables there are.
create procedure base.write_rules()
language plpgsql as $$
declare
  k record;
  way record;
  root base.record_kind;
  seen text := '';
  reader text;
  parts jsonb := '{}';   -- by table of a record that can be confidential: how its parts are found, and
  members jsonb := '{}'; -- their kinds
  hidden text := '';
  shared text := '';
  speaking text := '';
  of_whom text;
  ruled text[] := '{}';
begin
  for k in
    select r.* from base.record_kind r join pg_attribute a on a.attrelid = to_regclass(format('base.%I', r.table_name)) and a.attname = 'id' and a.atttypid = 'bigint'::regtype
    join pg_class c on c.oid = a.attrelid and c.relkind = 'r' order by r.kind
  loop
    seen := seen || format('    when %L then return exists (select from {schema}%I t where t.id = sees.id);' || E'\n', k.kind, k.table_name);
    way := base.way_up(k.table_name, true);
    select * into root from base.record_kind r where r.table_name = way.root_table;
    if k.rule is not null or not root.is_core and (root.rule is not null or root.visible = 'false') then
      ruled := ruled || k.kind;
    elsif way.root_table is null then
      if not base.has_column(k.table_name, 'subject_kind') then
        ruled := ruled || k.kind;
      elsif k.table_name not in ('translation', 'source') then -- of which nothing speaks
        speaking := speaking || format(E'  if of_kind is null or of_kind = %L then\n    return query select %1$L, t.id from %s t where (t.subject_kind, t.subject_id) in (select r.kind, r.id from base.{which}_records() r);\n  end if;\n',
          k.kind, base.rows_of(k.table_name, true));
      end if;
    elsif root.is_core and base.has_column(root.table_name, 'confidential') then
      parts := jsonb_set(parts, array[root.table_name], coalesce(parts -> root.table_name, '[]') || to_jsonb(array[format(
        E'      if of_kind is null or of_kind = %L then\n        return query select %1$L, t.id from %s t%s where %s = any (roots);\n      end if;\n', k.kind, base.rows_of(k.table_name, true), way.joins, way.key)]));
      members := jsonb_set(members, array[root.table_name], coalesce(members -> root.table_name, '[]') || to_jsonb(array[k.kind]));
      if root.kind = 'Project' then
        shared := shared || format(E'  if of_kind is null or of_kind = %L then\n    return query select %1$L, t.id from %s t%s where %s = any (own);\n  end if;\n', k.kind, base.rows_of(k.table_name, true), way.joins, way.key);
      end if;
    end if;
  end loop;
  for of_whom in select jsonb_object_keys(members) loop
    hidden := hidden || format($f$  if (of_kind is null or of_kind = any (%L)) and exists (select from base.%I r where r.confidential) then
    if own is null then
      if fn.acts_as('ADMINISTRATOR') then
        return;
      end if;
      own := fn.own_units();
    end if;
    roots := array(select r.id from base.%2$I r where r.confidential and coalesce(r.owner_id, 0) <> all (own));
    if roots <> '{}' then
%3$s    end if;
  end if;
$f$, array(select jsonb_array_elements_text(members -> of_whom)), of_whom, (select string_agg(x, '') from jsonb_array_elements_text(parts -> of_whom) x));
  end loop;
  foreach reader in array '{fn,staff}'::text[] loop
    execute format($f$
create or replace function %s.sees(kind text, id bigint) returns boolean
language plpgsql stable as $t$
begin
  case kind
%s    else return false;
  end case;
end
$t$
$f$, reader, replace(seen, '{schema}', case reader when 'staff' then 'staff.' else '' end));
  end loop;
  execute format($f$
create or replace function base.hidden_records(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 as $t$
declare
  own bigint[];
  roots bigint[];
begin
%send
$t$
$f$, hidden);
  execute format($f$
create or replace function base.shared_records(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 as $t$
declare
  own bigint[];
begin
  if not fn.acts_as('PARTNER') then
    return;
  end if;
  own := array(select p.id from base.project p where p.id in (select fn.partner_projects()) and not p.published and not p.confidential);
%send
$t$
$f$, shared);
  foreach of_whom in array '{hidden,shared}'::text[] loop
    execute format($f$
create or replace function fn.%s(of_kind text default null) returns table (kind text, id bigint)
language plpgsql stable parallel safe rows 100 security definer set search_path = base, fn, pg_temp as $t$
begin
  return query select * from base.%1$s_records(of_kind);
%send
$t$
$f$, of_whom, replace(speaking, '{which}', of_whom));
  end loop;
  execute format($f$
create or replace function fn.ruled_kinds() returns text[]
language plpgsql stable parallel safe as $t$
begin
  return %L;
end
$t$
$f$, ruled);
end
$$;

-- staff_rule is the condition on a row t of a table, by which a person sees it. What the public sees anyway comes first: nothing more is asked of
-- it. What follows from the roles of the actor stands in sub-selects of its own, which are answered once for a statement.
--   deeply  look up the record that a row is a part of, where otherwise the row is looked for among what is hidden now: true at any moment
create function base.staff_rule(kind text, deeply boolean default false) returns text
language plpgsql stable as $$
declare
  k base.record_kind;
  up record;
  way record;
  root base.record_kind;
  published text := '';
  parent text; -- table and
  key text;    -- key of what the row is a part of
  rule text := 'true';
begin
  select * into strict k from base.record_kind r where r.kind = staff_rule.kind;
  if k.rule is not null then
    return k.rule;
  end if;
  if base.has_column(k.table_name, 'published') then
    published := 't.published or ';
  end if;
  select * into up from base.owner_of(k.table_name);
  up.kind := coalesce(k.part_of, up.kind);
  select r.table_name, 't.' || quote_ident(coalesce(up.column_name, r.table_name || '_id')) into parent, key from base.record_kind r where r.kind = up.kind;
  way := base.way_up(coalesce(parent, k.table_name), false);
  select * into root from base.record_kind r where r.table_name = way.root_table;
  if k.is_core then
    rule := published || '(select fn.reads_drafts())';
    if base.has_column(k.table_name, 'confidential') then
      rule := rule || ' and (not t.confidential or (select fn.acts_as(''ADMINISTRATOR'')) or coalesce(t.owner_id, 0) = any ((select fn.own_units())::bigint[]))';
    end if;
    if kind = 'Project' then
      rule := rule || ' or not t.confidential and t.id in (select fn.partner_projects())';
    end if;
  elsif up.by_subject and deeply then
    rule := published || 'fn.sees(t.subject_kind, t.subject_id)';
  elsif up.by_subject then
    rule := published || 'case when t.subject_kind = any ((select fn.ruled_kinds())::text[]) then fn.sees(t.subject_kind, t.subject_id)'
      ' else (select fn.reads_drafts()) and (t.subject_kind, t.subject_id) not in (select h.kind, h.id from fn.hidden() h)'
      ' or (t.subject_kind, t.subject_id) in (select s.kind, s.id from fn.shared() s) end';
  elsif up.kind is not null and root.is_core and not deeply then
    rule := published || '(select fn.reads_drafts())';
    if base.has_column(root.table_name, 'confidential') then
      rule := rule || format(' and %s not in (select h.id from fn.hidden(%L) h)', key, up.kind);
    end if;
    if root.kind = 'Project' then
      rule := rule || format(' or %s in (select s.id from fn.shared(%L) s)', key, up.kind);
    end if;
  elsif up.kind is not null and way.joins <> '' then -- by joins and not view by view, since each view below another doubles the work of the planner
    rule := published || format('exists (select from base.%I t0%s join staff.%I p on p.id = %s where t0.id = %s)',
      parent, regexp_replace(way.joins, '\mt\.', 't0.', 'g'), way.root_table, regexp_replace(way.key, '\mt\.', 't0.'), key);
  elsif up.kind is not null and root.kind is not null and root.kind <> up.kind then
    rule := published || format('exists (select from base.%I t0 join staff.%I p on p.id = %s where t0.id = %s)',
      parent, way.root_table, regexp_replace(way.key, '\mt\.', 't0.'), key);
  elsif up.kind is not null then
    rule := published || format('exists (select from staff.%I p where p.id = %s)', parent, key);
  end if;
  if k.visible <> 'true' then
    rule := format('(%s or (select fn.reads_drafts())) and (%s)', k.visible, rule);
  end if;
  return rule;
end
$$;

-- ---------------------------------------------------------------- Who may do what

-- standing is the state of a core record and the unit of the ministry that keeps it.
create function base.standing(kind text, id bigint, out state text, out owner_id bigint)
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
declare
  name text := (select k.table_name from record_kind k where k.kind = standing.kind and k.is_core);
begin
  if name is not null then
    execute format('select t.state, %s from base.%I t where t.id = $1',
      case when base.has_column(name, 'owner_id') then 't.owner_id' else 'null::bigint' end, name) into state, owner_id using id;
  end if;
end
$$;

-- may_create says whether the actor may enter a record of a kind for a unit of the ministry.
create function base.may_create(kind text, owner_id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
declare
  k record_kind;
begin
  select * into k from record_kind r where r.kind = may_create.kind;
  if k.is_core then
    return base.edits(kind, owner_id);
  end if;
  return coalesce(base.acts_as_any(k.writers), false);
end
$$;

-- may_edit says whether the actor may write a record or a part of one, as the state of the record stands. What he does to a published record
-- still has to pass base.check_revision when it is to stay.
create function base.may_edit(kind text, id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
declare
  root record := base.root_of(kind, id);
  k record_kind;
  s record;
begin
  select * into k from record_kind r where r.kind = root.root_kind;
  if not k.is_core then
    return coalesce(base.acts_as_any(k.writers), false);
  end if;
  s := base.standing(root.root_kind, root.root_id);
  return coalesce(case s.state
    when 'ARCHIVED' then false
    when 'SUBMITTED' then base.approves(root.root_kind, s.owner_id)
    else base.edits(root.root_kind, s.owner_id) or base.proposes(root.root_kind, root.root_id, s.state) end, false);
end
$$;

-- may_publish says whether the actor decides about a record or a part of one.
create function base.may_publish(kind text, id bigint) returns boolean
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
declare
  root record := base.root_of(kind, id);
  s record := base.standing(root.root_kind, root.root_id);
begin
  return s.state is not null and base.approves(root.root_kind, s.owner_id);
end
$$;

-- may_translate says whether the actor writes translations of what he sees; base.guard_translation says which.
create function base.may_translate() returns boolean
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select base.acts_as_any('{TRANSLATOR,REVIEWER,CERTIFIER}')
$$;

-- may says whether the actor may do something to a record now, in the state in which it is. A record that he does not see does not exist.
create function fn.may(action text, kind text, id bigint) returns boolean
language plpgsql stable as $$
declare
  root record;
  s record;
begin
  if action = 'ADMINISTER' then
    return fn.acts_as('ADMINISTRATOR') and not fn.acts_read_only();
  elsif not staff.sees(kind, id) then
    return false;
  end if;
  case action
    when 'SEE' then return true;
    when 'EDIT' then return base.may_edit(kind, id);
    when 'TRANSLATE' then return base.may_edit(kind, id) or base.acts_as_any('{TRANSLATOR}');
    when 'REVIEW' then return base.acts_as_any('{REVIEWER}');
    when 'CERTIFY' then return base.acts_as_any('{CERTIFIER}');
    when 'SUBMIT', 'WITHDRAW', 'RETURN', 'PUBLISH', 'ARCHIVE', 'RESTORE' then
      s := base.standing(kind, id);
      return coalesce(case action
        when 'SUBMIT' then s.state in ('DRAFT', 'RETURNED') and base.edits(kind, s.owner_id)
        when 'WITHDRAW' then s.state = 'SUBMITTED' and base.edits(kind, s.owner_id)
        when 'RETURN' then s.state = 'SUBMITTED' and base.approves(kind, s.owner_id)
        when 'PUBLISH' then s.state in ('DRAFT', 'SUBMITTED', 'PUBLISHED') and base.approves(kind, s.owner_id) -- a published one with its changes
        when 'ARCHIVE' then s.state <> 'ARCHIVED' and base.approves(kind, s.owner_id)
        when 'RESTORE' then s.state = 'ARCHIVED' and base.approves(kind, s.owner_id) end, false);
    else
      raise exception 'there is no action %', action using errcode = 'invalid_parameter_value';
  end case;
end
$$;

-- ---------------------------------------------------------------- Guards of what a person writes

-- The guards hold for what a person writes himself. What triggers write for him (texts, words, visibility) runs with the rights of the owner,
-- and so do loads of data.

-- guard_record keeps a core record to its ways: it begins as a draft, goes from state to state by those who may move it, is edited while it is
-- open, and is given to units over which the actor acts.
create function base.guard_record() returns trigger
language plpgsql as $$
declare
  kind text := tg_argv[0];
  was jsonb;
  becomes jsonb;
  owner_was bigint;
  owner_becomes bigint;
  move text;
  same boolean;
  allowed boolean;
begin
  if current_user <> 'taawun_staff' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    new.state := 'DRAFT';
    return new;
  end if;
  was := to_jsonb(old) - '{state,version,updated_at,published,search,since}'::text[];
  becomes := to_jsonb(new) - '{state,version,updated_at,published,search,since}'::text[];
  owner_was := was ->> 'owner_id';
  owner_becomes := becomes ->> 'owner_id';
  same := was = becomes;
  move := old.state || ' ' || new.state;
  if old.state <> new.state then
    allowed := case
      when move in ('DRAFT SUBMITTED', 'RETURNED SUBMITTED', 'SUBMITTED DRAFT') then base.edits(kind, owner_was)
      when move in ('SUBMITTED RETURNED', 'SUBMITTED PUBLISHED', 'DRAFT PUBLISHED', 'ARCHIVED DRAFT') or new.state = 'ARCHIVED' then base.approves(kind, owner_was)
      else false end;
    if not allowed then
      raise exception 'this record cannot go from % to % by you', old.state, new.state using errcode = 'insufficient_privilege', constraint = 'record_state',
        detail = format('لا يمكنك نقل هذا السجل من الحالة %s إلى الحالة %s', old.state, new.state);
    end if;
  end if;
  if not same and (old.state = 'ARCHIVED' or old.state = 'SUBMITTED' and not base.approves(kind, owner_was)) then
    raise exception 'a record that is % is not edited', lower(old.state) using errcode = 'insufficient_privilege', constraint = 'record_open',
      detail = 'لا يُعدَّل سجل مقدَّم للمراجعة أو مؤرشف';
  end if;
  if owner_was is distinct from owner_becomes and not (base.edits(kind, owner_was) and base.edits(kind, owner_becomes)) then
    raise exception 'a record is given to units of yours only' using errcode = 'insufficient_privilege', constraint = 'record_owner',
      detail = 'لا يُسند السجل إلا إلى وحدة من وحداتك';
  end if;
  return new;
end
$$;

-- guard_derived refuses to write columns that follow from other rows: the texts of a record, which are written as translations, and its words.
create function base.guard_derived() returns trigger
language plpgsql as $$
declare
  name text;
  was jsonb;
  becomes jsonb;
begin
  if current_user <> 'taawun_staff' then
    return new;
  end if;
  was := case when tg_op = 'UPDATE' then to_jsonb(old) end;
  becomes := to_jsonb(new);
  foreach name in array tg_argv loop
    if becomes -> name is distinct from coalesce(was -> name, case when name = 'search' then '""' else '{}' end::jsonb) then
      raise exception 'column % of % follows from other rows', name, tg_table_name using errcode = 'insufficient_privilege', constraint = 'derived_column',
        hint = 'A text is written into the table translation.';
    end if;
  end loop;
  return new;
end
$$;

-- guard_subject keeps what speaks of a record to it, and to its visibility, which base.follow_subjects and base.subject_published set. Whoever
-- writes a text himself does not write the column of its record too.
create function base.guard_subject() returns trigger
language plpgsql as $$
begin
  if current_user <> 'taawun_staff' then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  perform set_config('taawun.projection', 'on', true);
  if tg_op = 'DELETE' then
    return old;
  elsif tg_op = 'INSERT' then
    new.published := false;
  else
    new.published := old.published;
    if row(new.subject_kind, new.subject_id) is distinct from row(old.subject_kind, old.subject_id) then
      raise exception 'a % stays with its record', tg_table_name using errcode = 'insufficient_privilege', constraint = 'subject_fixed';
    end if;
  end if;
  return new;
end
$$;

-- guard_translation says who moves a text to which status. Originals are texts of those who edit the record, as are drafts; a translator writes
-- drafts, and of what is reviewed or certified only the columns beside the text; a reviewer reviews and a certifier certifies.
create function base.guard_translation() returns trigger
language plpgsql as $$
declare
  t base.translation := case when tg_op = 'DELETE' then old else new end;
  drafts constant text[] := '{DRAFT,MACHINE}';
  writes boolean;
  allowed boolean;
begin
  if current_user <> 'taawun_staff' then
    return t;
  end if;
  if tg_op = 'UPDATE' and row(new.field, new.locale) is distinct from row(old.field, old.locale) then
    raise exception 'a text stays with its field and language' using errcode = 'insufficient_privilege', constraint = 'translation_fixed';
  end if;
  if tg_op = 'UPDATE' and new.status = old.status and new.text = old.text then
    return t;
  end if;
  writes := base.may_edit(t.subject_kind, t.subject_id);
  allowed := case
    when tg_op = 'DELETE' then writes or old.status = any (drafts) and base.acts_as_any('{TRANSLATOR}')
    when tg_op = 'INSERT' then new.status = 'ORIGINAL' and writes or new.status = any (drafts) and (writes or base.acts_as_any('{TRANSLATOR}'))
    when 'ORIGINAL' in (old.status, new.status) then writes and old.status = any (drafts || 'ORIGINAL'::text) and new.status = any (drafts || 'ORIGINAL'::text)
    when old.status = any (drafts) and new.status = any (drafts) then writes or base.acts_as_any('{TRANSLATOR}')
    when 'CERTIFIED' in (old.status, new.status) then base.acts_as_any('{CERTIFIER}')
    else base.acts_as_any('{REVIEWER}') end;
  if not allowed then
    raise exception 'you may not bring this text to status %', t.status using errcode = 'insufficient_privilege', constraint = 'translation_status',
      detail = 'لا يحق لك نقل هذا النص إلى هذه الحالة';
  end if;
  return t;
end
$$;

-- check_revision decides, when a transaction ends, whether what it really changed may stay. What is published is changed only by those who
-- approve it; everybody else's change is kept as a proposal, whose trial is rolled back and leaves nothing to be checked.
create function base.check_revision(revision_id bigint) returns void
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
declare
  root record;
begin
  if not base.by_staff() and nullif(current_setting('taawun.actor', true), '') is null then
    return; -- the owner: a load of data, a command of whoever runs the server
  end if;
  for root in
    select distinct e.root_kind, e.root_id
    from revision_entry e join record_kind k on k.kind = e.root_kind and k.is_core
    left join translation t on e.kind = 'Translation' and t.id = e.record_id
    where e.revision_id = check_revision.revision_id and e.root_published
      and e.kind not in ('PendingChange', 'MutationReceipt')
      and not (e.action = 'UPDATE' and e.after - '{version,since,updated_at}'::text[] = '{}')
      -- base.guard_translation has seen to the others; but what the public reads is not taken away
      and not (e.kind = 'Translation' and 'ORIGINAL' not in (coalesce(t.status, ''), coalesce(e.before ->> 'status', ''), coalesce(e.after ->> 'status', ''))
        and not (e.action = 'DELETE' and e.before ->> 'status' in ('REVIEWED', 'CERTIFIED')))
  loop
    -- An administrator, who may not edit a record otherwise, brings duplicates together.
    if not base.may_publish(root.root_kind, root.root_id)
      and not (current_setting('taawun.operation', true) like 'merge%' and fn.acts_as('ADMINISTRATOR') and not fn.acts_read_only()) then
      raise exception '% % is published: changes to it are proposed, and made by those who approve it', root.root_kind, root.root_id
        using errcode = 'insufficient_privilege', constraint = 'published_record', detail = 'هذا السجل منشور: تُقترح التعديلات عليه ويُقرّها من يملك صلاحية النشر';
    end if;
  end loop;
end
$$;

-- ---------------------------------------------------------------- Triggers that write for a person

-- They keep what follows from what he wrote: with the rights of the owner, since he has none to the columns and rows that follow. Each writes
-- nothing but what it computes itself; the names it executes come from the catalog and from record_kind, which only the owner writes. A
-- person cannot turn the projection of texts off, which is for loaders: base.guard_subject turns it on.

alter function base.subject_published() security definer set search_path = base, fn, pg_temp;
alter function base.subject_removed() security definer set search_path = base, fn, pg_temp;
alter function base.refresh_units() security definer set search_path = base, fn, pg_temp;
alter function base.units_added() security definer set search_path = base, fn, pg_temp;
alter function base.units_changed() security definer set search_path = base, fn, pg_temp;
alter function base.organization_words() security definer set search_path = base, fn, pg_temp;
alter function base.organization_alias_words() security definer set search_path = base, fn, pg_temp;
alter function base.follow_subjects() security definer set search_path = base, fn, pg_temp;
alter function base.project_texts() security definer set search_path = base, fn, pg_temp;

-- ---------------------------------------------------------------- Exposing a table

-- register_kind notes how a table is exposed.
create procedure base.register_kind(kind text, name text, visible text, hide text[], extra text, rule text, writers text[], part_of text)
language plpgsql as $$
begin
  insert into base.record_kind (kind, table_name, visible, hide, extra, rule, writers, part_of, is_core)
    values (kind, name, visible, hide, extra, rule, writers, part_of, exists (select from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
      where a.attrelid = format('base.%I', name)::regclass and a.attname = 'published' and a.attgenerated <> ''))
    on conflict on constraint record_kind_pkey do update set table_name = excluded.table_name, visible = excluded.visible, hide = excluded.hide, extra = excluded.extra,
      rule = excluded.rule, writers = excluded.writers, part_of = excluded.part_of, is_core = excluded.is_core;
  call base.write_rules();
end
$$;

-- view_of is the text of a view of a table, with a condition on its row t; the columns of hide are empty. The column since is bookkeeping and no part
-- of it. A view keeps the order of its columns, computed ones too, and new ones are added at its end: otherwise it could not be replaced.
create function base.view_of(kind text, hide text[], condition text) returns text
language plpgsql as $$
declare
  k base.record_kind;
  shown text;
  ordered text;
  definition text;
begin
  select * into strict k from base.record_kind r where r.kind = view_of.kind;
  select string_agg(case when a.attname = any (view_of.hide) then format('null::%s as %I', format_type(a.atttypid, a.atttypmod), a.attname) else format('t.%I', a.attname) end,
      ', ' order by v.attnum nulls last, a.attnum)
    into shown
    from pg_attribute a
    left join pg_attribute v on v.attrelid = to_regclass(format('staff.%I', k.table_name)) and v.attname = a.attname
    where a.attrelid = format('base.%I', k.table_name)::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'since';
  definition := format('select %s from base.%I t where %s', shown || coalesce(', ' || k.extra, ''), k.table_name, condition);
  if k.extra is not null and to_regclass(format('staff.%I', k.table_name)) is not null then
    execute 'create temporary view probe as ' || definition; -- which columns there are
    select string_agg(format('v.%I', a.attname), ', ' order by v.attnum nulls last, a.attnum) into ordered
      from pg_attribute a
      left join pg_attribute v on v.attrelid = format('staff.%I', k.table_name)::regclass and v.attname = a.attname
      where a.attrelid = 'pg_temp.probe'::regclass;
    drop view pg_temp.probe;
    definition := format('select %s from (%s) v', ordered, definition);
  end if;
  return definition;
end
$$;

-- expose_views shows a table to its readers: in pub the rows that the public sees, in staff those that a person sees.
create procedure base.expose_views(kind text)
language plpgsql as $$
declare
  k base.record_kind;
begin
  select * into strict k from base.record_kind r where r.kind = expose_views.kind;
  execute format('create or replace view pub.%I as %s', k.table_name, base.view_of(kind, k.hide, '(' || k.visible || ')'
    || case when base.has_column(k.table_name, 'published') then ' and t.published' else '' end));
  execute format('create or replace view staff.%I as %s', k.table_name, base.view_of(kind, '{}', base.staff_rule(kind)));
  execute format('grant select on pub.%I to taawun_public', k.table_name);
  execute format('grant select on staff.%I to taawun_staff', k.table_name);
end
$$;

-- guard_writes gives those who write a table their rights, each row guarded: core records by their unit, parts and what speaks of a record as the
-- record, other tables by the roles that write them. A person reads in the table what he reads in its view.
create procedure base.guard_writes(kind text)
language plpgsql as $$
declare
  k base.record_kind;
  target regclass;
  up record;
  name text;
  derived text;
  owner text := 'null';
  writer text;
  condition text;
begin
  select * into strict k from base.record_kind r where r.kind = guard_writes.kind;
  target := format('base.%I', k.table_name)::regclass;
  if (select c.relkind <> 'r' from pg_class c where c.oid = target) then
    return;
  end if;
  up := base.owner_of(k.table_name);
  foreach name in array '{seen,added,changed,removed}'::text[] loop
    if exists (select from pg_policy p where p.polrelid = target and p.polname = name) then
      execute format('drop policy %I on %s', name, target);
    end if;
  end loop;
  execute format('alter table %s enable row level security', target);
  execute format('revoke all on %s from taawun_staff', target);
  execute format('grant select on %s to taawun_staff', target);
  execute format('create policy seen on %s for select to taawun_staff using (%s)', target,
    regexp_replace(base.staff_rule(kind), '\mt\.', quote_ident(k.table_name) || '.', 'g'));

  select string_agg(quote_literal(a.attname), ', ' order by a.attnum) into derived
    from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = target and a.attgenerated = '' and a.attnotnull
      and (a.atttypid = 'jsonb'::regtype and pg_get_expr(d.adbin, d.adrelid) = '''{}''::jsonb' or a.attname = 'search');
  if derived is not null then
    execute format('create or replace trigger guard_derived before insert or update on %s for each row execute function base.guard_derived(%s)', target, derived);
  end if;

  if k.is_core then
    if base.has_column(k.table_name, 'owner_id') then
      owner := 'owner_id';
    end if;
    writer := format('base.edits(%L, %s)', kind, owner);
    execute format('grant insert, update on %s to taawun_staff', target);
    execute format('create policy added on %s for insert to taawun_staff with check (%s)', target, writer);
    execute format('create policy changed on %s for update to taawun_staff using (%s or base.proposes(%L, id, state))', target, writer, kind);
    execute format('create or replace trigger guard before insert or update on %s for each row execute function base.guard_record(%L)', target, kind);
    return;
  end if;
  if up.by_subject then
    execute format('create or replace trigger guard_subject before insert or update or delete on %s for each row execute function base.guard_subject()', target);
  end if;
  condition := case
    when k.writers is not null then case when k.writers <> '{}' then format('(select base.acts_as_any(%L))', k.writers) end
    when up.by_subject then 'base.may_edit(subject_kind, subject_id)'
    when up.kind is not null then format('base.may_edit(%L, %I)', up.kind, up.column_name) end;
  if condition is not null then
    execute format('grant insert, update, delete on %s to taawun_staff', target);
    execute format('create policy added on %s for insert to taawun_staff with check (%s)', target, condition);
    execute format('create policy changed on %s for update to taawun_staff using (%s)', target, condition);
    execute format('create policy removed on %s for delete to taawun_staff using (%s)', target, condition);
  end if;
end
$$;

-- follow_record lets texts, documents and sources follow the records of a table in what the public sees, and go with them.
create procedure base.follow_record(kind text)
language plpgsql as $$
declare
  k base.record_kind;
begin
  select * into strict k from base.record_kind r where r.kind = follow_record.kind;
  if k.table_name not in ('translation', 'source') and (select count(*) = 2 from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
      where a.attrelid = format('base.%I', k.table_name)::regclass and a.attname in ('id', 'published')) then
    execute format('create or replace trigger follow after update on base.%I for each row when (%s) execute function base.subject_published(%L)',
      k.table_name, case when k.visible = 'true' then 'old.published is distinct from new.published' else 'old is distinct from new' end, kind);
    execute format('create or replace trigger forget after delete on base.%I for each row execute function base.subject_removed(%L)', k.table_name, kind);
  end if;
end
$$;

-- expose shows a table to its readers and writers.
--   kind     name of the type in the contract
--   name     name of the table or view in base
--   visible  further condition on rows that the public may see; the column "published", where there is one, always counts. Persons with a role of
--            the ministry see the other rows too. 'false' keeps all of it from the public
--   hide     columns that are empty for the public
--   extra    computed columns of all views, over the row t
--   rule     condition by which a person sees the row t; otherwise it follows from what the table is a part of
--   writers  roles that write the table, if that does not follow from what it is a part of; '{}' is nobody
--   part_of  kind of the record that the rows of a view are parts of, by the column <its table>_id
drop procedure base.expose(text, text, text, text[], text);
create procedure base.expose(kind text, name text, visible text default 'true', hide text[] default '{}', extra text default null,
  rule text default null, writers text[] default null, part_of text default null)
language plpgsql as $$
begin
  call base.register_kind(kind, name, visible, hide, extra, rule, writers, part_of);
  call base.expose_views(kind);
  call base.guard_writes(kind);
  call base.follow_record(kind);
end
$$;

-- ---------------------------------------------------------------- The tables there are

drop view pub.source; -- its columns change their order: content is empty and no longer missing

-- First how each is exposed, so that the views find what they are parts of.
update base.record_kind k set is_core = true where exists (select from pg_attribute a where a.attrelid = format('base.%I', k.table_name)::regclass
  and a.attname = 'published' and a.attgenerated <> '');
update base.record_kind k set visible = x.visible, hide = x.hide, extra = x.extra, rule = x.rule, writers = x.writers, part_of = x.part_of
from (values
  ('CodeList', 'true', '{}'::text[], null, null, '{ADMINISTRATOR}'::text[], null),
  ('CodeListItem', 'true', '{}', null, null, '{ADMINISTRATOR}', null),
  ('MinistryUnit', 'true', '{}', null, null, '{ADMINISTRATOR}', null),
  ('DataSet', 'true', '{}', null, null, '{}', null),
  ('Source', 'true', '{content}', null, null, '{}', null),
  ('UnitAncestor', 'true', '{}', null, 'true', '{}', null),
  ('OrganizationContact', 'is_public', '{}', null, null, null, null),
  ('Obligation', 'true', '{}', $$ case when t.outcome is not null then t.outcome when t.due_on < current_date then 'OVERDUE' when t.due_on - current_date <= t.lead_days then 'DUE_SOON' else 'PENDING' end as state $$, null, null, null),
  ('Translation', $$status in ('ORIGINAL', 'REVIEWED', 'CERTIFIED')$$, '{}', $$ t.status <> 'ORIGINAL' and t.source_digest is distinct from (select o.digest from base.translation o where o.subject_kind = t.subject_kind and o.subject_id = t.subject_id and o.field = t.field and o.status = 'ORIGINAL') as is_stale $$, null, null, null),
  ('ProjectPlace', 'true', '{}', null, null, null, 'Project'),
  ('AgreementPlace', 'true', '{}', null, null, null, 'Agreement'),
  ('Account', 'false', '{}', $$ (select p.seen_at from auth.presence p where p.account_id = t.id) as last_seen_at $$,
    $$t.id = (select fn.actor()) or (select fn.acts_as('ADMINISTRATOR'))$$, null, null),
  ('AccountRole', 'false', '{}', null, $$t.account_id = (select fn.actor()) or (select fn.acts_as('ADMINISTRATOR'))$$, null, null),
  ('ApiToken', 'false', '{}', $$ (select s.last_used_at from auth.token_secret s where s.api_token_id = t.id) as last_used_at $$,
    $$t.account_id = (select fn.actor()) or (select fn.acts_as('ADMINISTRATOR'))$$, null, null)
) x(kind, visible, hide, extra, rule, writers, part_of) where x.kind = k.kind;
call base.write_rules();

do $$
declare
  k record;
begin
  -- Those that others are parts of come first: a view stands on theirs.
  for k in select r.kind, r.table_name from base.record_kind r order by not r.is_core, r.kind loop
    call base.expose_views(k.kind);
    if k.kind not in ('Account', 'AccountRole', 'ApiToken') then -- whose rights are their own
      call base.guard_writes(k.kind);
    end if;
    call base.follow_record(k.kind);
  end loop;
end
$$;

-- A text is also written by those who translate, review and certify what they see.
create policy translate_added on base.translation for insert to taawun_staff
  with check ((select base.may_translate()) and staff.sees(subject_kind, subject_id));
create policy translate_changed on base.translation for update to taawun_staff
  using ((select base.may_translate()) and staff.sees(subject_kind, subject_id));
create policy translate_removed on base.translation for delete to taawun_staff
  using ((select base.may_translate()) and staff.sees(subject_kind, subject_id));
create trigger guard_translation before insert or update or delete on base.translation for each row execute function base.guard_translation();

-- A reader has no use for temporary tables, which would stand before the tables that a function means.
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
end
$$;

-- Only a person asks what he may; the public has nothing to ask.
revoke execute on function fn.reads_drafts(), fn.own_units(), fn.partner_projects(), fn.hidden(text), fn.shared(text), fn.ruled_kinds(), staff.sees(text, bigint), fn.may(text, text, bigint), base.acting_roles(), base.hidden_records(text), base.shared_records(text), base.acts_as_any(text[]),
  base.edits(text, bigint), base.approves(text, bigint), base.proposes(text, bigint, text), base.standing(text, bigint), base.may_create(text, bigint),
  base.may_edit(text, bigint), base.may_publish(text, bigint), base.may_translate(), base.check_revision(bigint), base.refresh_units() from public;
grant execute on function fn.reads_drafts(), fn.own_units(), fn.partner_projects(), fn.hidden(text), fn.shared(text), fn.ruled_kinds(), staff.sees(text, bigint), fn.may(text, text, bigint), base.acts_as_any(text[]),
  base.edits(text, bigint), base.approves(text, bigint), base.proposes(text, bigint, text), base.standing(text, bigint), base.may_create(text, bigint),
  base.may_edit(text, bigint), base.may_publish(text, bigint), base.may_translate() to taawun_staff;
