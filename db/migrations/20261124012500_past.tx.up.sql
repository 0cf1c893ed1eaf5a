-- The versions of every row, and the records as they were at a past moment.
--
--   history  earlier versions: for each table of base one of the same name and columns, and until, the moment that ended the version
--   past     views of the same names over the versions of all rows that stood at fn.moment(); nobody reads them but through asof
--   asof     views of the same names, columns and rules as those of staff, over past: the reader's rights of today decide over the values of
--            then. A statement that runs with search_path "asof, fn, public" and the setting taawun.as_of reads what it would have read then.

create schema history;
create schema past;
create schema asof;
grant usage on schema asof to taawun_staff;

-- moment is the moment that is read at: the setting taawun.as_of, else now.
create function fn.moment() returns timestamptz
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('taawun.as_of', true), '')::timestamptz, now())
$$;

-- ---------------------------------------------------------------- What a table is a part of

-- columns_of are columns of a table in order: all, or those that history records. What follows from other columns or rows is not recorded, nor are
-- texts, which have entries of their own as translations, nor what a data set delivered word for word.
create function base.columns_of(target regclass, only_recorded boolean) returns text[]
language sql stable as $$
  select array_agg(quote_ident(a.attname) order by a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = target and a.attnum > 0 and not a.attisdropped
    and not (only_recorded and (a.attgenerated <> '' or a.attname in ('since', 'published', 'search', 'created_at', 'updated_at')
      or a.atttypid = 'bytea'::regtype or a.atttypid = 'jsonb'::regtype and a.attnotnull and pg_get_expr(d.adbin, d.adrelid) = '''{}''::jsonb'
      or target = 'base.source'::regclass and a.attname = 'content'))
$$;

-- write_roots writes base.root_of for the tables there are: the step up from each.
create procedure base.write_roots()
language plpgsql as $$
declare
  steps text := '';
  k record;
  up record;
begin
  for k in
    select r.kind, r.table_name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'published') as guarded
    from base.record_kind r join pg_class c on c.oid = to_regclass(format('base.%I', r.table_name)) and c.relkind = 'r'
    where exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'since') and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id')
    order by 1
  loop
    up := base.owner_of(k.table_name);
    steps := steps || format('      when %L then select %s into next_kind, next_id, root_published from base.%I t where t.id = root_id;' || E'\n', k.kind,
      case when up.by_subject then 't.subject_kind, t.subject_id, t.published'
        when up.kind is null then 'null, null, ' || case when k.guarded then 't.published' else 'false' end
        else format('%L, t.%I, false', up.kind, up.column_name) end, k.table_name);
  end loop;
  execute format($f$
create or replace function base.root_of(kind text, id bigint, out root_kind text, out root_id bigint, out root_published boolean)
language plpgsql stable as $t$
declare
  next_kind text;
  next_id bigint;
begin
  root_kind := kind;
  root_id := id;
  loop
    case root_kind
%s      else root_published := false; return;
    end case;
    if root_published is null then -- it is being removed; its own entry knows
      select e.root_kind, e.root_id, e.root_published into next_kind, next_id, root_published from base.revision_entry e
        where e.kind = root_of.root_kind and e.record_id = root_of.root_id order by e.id desc limit 1;
      root_kind := coalesce(next_kind, root_kind);
      root_id := coalesce(next_id, root_id);
      root_published := coalesce(root_published, false);
      return;
    end if;
    exit when next_kind is null;
    root_kind := next_kind;
    root_id := next_id;
  end loop;
end
$t$
$f$, steps);
end
$$;

-- ---------------------------------------------------------------- Versions and entries

-- set_since says when a version of a row begins: with its transaction, as all that this writes. If another transaction that began later has been
-- faster, it begins now, so that the version of that one stays.
create function base.set_since() returns trigger
language plpgsql as $$
begin
  new.since := case when old.since > now() then greatest(clock_timestamp(), old.since) else now() end;
  return new;
end
$$;

-- keep_history gives a table its history: the column since, the table of earlier versions, and the triggers that write versions and entries.
-- It may be called again after the table has changed.
create procedure base.keep_history(kind text, name text)
language plpgsql as $$
declare
  target regclass := format('base.%I', keep_history.name)::regclass;
  columns text[];
  written text[];
  recorded text[];
  key text[];
  up record := base.owner_of(keep_history.name);
  guarded boolean;
  path text := current_setting('search_path');
  c record;
  seen text;
  root text;
  moved text;
  code text;
  side text;
begin
  execute format('alter table base.%I add column if not exists since timestamptz not null default now()', name);
  columns := base.columns_of(target, false);
  recorded := base.columns_of(target, true);
  guarded := 'published' = any (columns);
  select array_agg(quote_ident(attname) order by attnum) into written from pg_attribute
    where attrelid = target and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'since';
  select array_agg(quote_ident(a.attname) order by array_position(i.indkey::int2[], a.attnum)) into key
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[]) where i.indrelid = target and i.indisprimary;

  if to_regclass(format('history.%I', name)) is null then
    execute format('create table history.%I (until timestamptz not null default now())', name);
    execute format('create trigger append_only before update or delete or truncate on history.%I for each statement execute function base.append_only()', name);
    execute format('comment on table history.%I is %L', name, 'Earlier versions of the rows of base.' || name || ', from since until until.');
  end if;
  for c in
    select quote_ident(a.attname) as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
    where a.attrelid = target and a.attnum > 0 and not a.attisdropped order by a.attnum
  loop
    execute format('alter table history.%I add column if not exists %s %s', keep_history.name, c.name, c.type);
  end loop;
  execute format('create index if not exists %I on history.%I (%s, until)', name || '_key', name, array_to_string(key, ', '));
  if up.column_name is not null then
    execute format('create index if not exists %I on history.%I (%s)', name || '_owner', name, case when up.by_subject then 'subject_kind, ' else '' end || quote_ident(up.column_name));
  end if;

  -- What the public sees of a row is what its view says, here of the row as it was or becomes.
  perform set_config('search_path', 'pg_catalog', true);
  seen := rtrim(pg_get_viewdef(format('pub.%I', name)::regclass), ';');
  perform set_config('search_path', path, true);
  if seen !~ format('\mbase\.%s t\M', quote_ident(name)) then
    raise exception 'the view of the public over % does not name its rows t', target;
  end if;
  seen := 'exists (' || regexp_replace(seen, format('\mbase\.%s t\M', quote_ident(name)), '(select {row}.*) t') || ')';

  if up.by_subject then
    root := 'select r.root_kind, r.root_id, r.root_published from base.root_of({row}.subject_kind, {row}.subject_id) r';
    moved := 'row(old.subject_kind, old.subject_id) is distinct from row(new.subject_kind, new.subject_id)';
  elsif up.kind is null then
    if not 'id' = any (columns) then
      raise exception 'the rows of % have no key of their own and are parts of nothing: whose history they are cannot be told', target;
    end if;
    root := format('select %L, {row}.id, %s', kind, case when guarded then '{row}.published' else 'false' end);
    moved := 'false';
  else
    root := format('select r.root_kind, r.root_id, %s from base.root_of(%L, {row}.%I) r', case when guarded then '{row}.published' else 'r.root_published' end, up.kind, up.column_name);
    moved := format('old.%1$I is distinct from new.%1$I', up.column_name);
  end if;

  code := $f$
create function history.{function}() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp set timezone = 'UTC' as $t$
declare
  ends timestamptz;
  root record;
  former record;
begin
  if tg_op = 'INSERT' then
    {root new} into root;
    perform base.note_change({kind}, {id new}, tg_op, root.kind, root.id, root.published, {seen new}, null, {image new});
    return null;
  end if;
  if tg_op = 'UPDATE' then
    ends := new.since;
  else
    ends := case when old.since > now() then clock_timestamp() else now() end;
  end if;
  if old.since < ends then
    insert into history.{table} ({columns}, until) values ({old columns}, ends);
  end if;
  if tg_op = 'DELETE' then
    {root old} into root;
    perform base.note_change({kind}, {id old}, tg_op, root.kind, root.id, root.published, {seen old}, {image old}, null);
    return old;
  end if;
  if {changed} then
    {root new} into root;
    perform base.note_change({kind}, {id new}, tg_op, root.kind, root.id, root.published or {old published}, {seen new} or {seen old}, {image old}, {image new});
    if {moved} then
      {root old} into former;
      if row(former.kind, former.id) is distinct from row(root.kind, root.id) then
        perform base.note_change({kind}, {id new}, tg_op, former.kind, former.id, former.published, {seen old}, {image old}, {image new});
      end if;
    end if;
  end if;
  return null;
end
$t$
$f$;
  if name = 'unit_ancestor' then -- it follows from the tree, whose own rows are recorded
    code := $f$
create function history.{function}() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $t$
declare
  ends timestamptz := case when old.since > now() then clock_timestamp() else now() end;
begin
  if old.since < ends then
    insert into history.{table} ({columns}, until) values ({old columns}, ends);
  end if;
  return case tg_op when 'DELETE' then old end;
end
$t$
$f$;
  end if;
  foreach side in array '{old,new}'::text[] loop
    code := replace(code, format('{root %s}', side), replace(format('select x.* from (%s) x(kind, id, published)', root), '{row}', side));
    code := replace(code, format('{seen %s}', side), replace(seen, '{row}', side));
    code := replace(code, format('{id %s}', side), case when 'id' = any (columns) then side || '.id' else 'null' end);
    code := replace(code, format('{image %s}', side), format('to_jsonb(%s) - %L::text[]', side,
      array(select trim('"' from x) from unnest(columns) x where x <> all (recorded))));
  end loop;
  code := replace(code, '{changed}', format('row(old.%s) is distinct from row(new.%s)', array_to_string(recorded, ', old.'), array_to_string(recorded, ', new.')));
  code := replace(code, '{moved}', moved);
  code := replace(code, '{old published}', case when guarded then 'old.published' else 'false' end);
  code := replace(code, '{columns}', array_to_string(columns, ', '));
  code := replace(code, '{old columns}', 'old.' || array_to_string(columns, ', old.'));
  code := replace(code, '{kind}', quote_literal(kind));
  code := replace(code, '{table}', quote_ident(name));
  code := replace(code, '{function}', quote_ident(name || '_changed'));
  execute format('drop function if exists history.%I() cascade', name || '_changed');
  execute code;

  -- By its name the trigger that dates a version comes after those that change the row. The last of a row is written before it goes, so that its
  -- parts, which go with it, find where they belonged.
  execute format('create or replace trigger written before update on base.%I for each row when (row(old.%s) is distinct from row(new.%s)) execute function base.set_since()',
    name, array_to_string(written, ', old.'), array_to_string(written, ', new.'));
  execute format('create trigger recorded after update on base.%I for each row when (old.* is distinct from new.*) execute function history.%I()', name, name || '_changed');
  execute format('create trigger recorded_end before delete on base.%I for each row execute function history.%I()', name, name || '_changed');
  if name <> 'unit_ancestor' then
    -- Nobody but a loader, which works as the owner, goes without entries.
    execute format('create trigger recorded_new after insert on base.%I for each row when (current_setting(''taawun.bulk'', true) is distinct from ''on'' or current_user = ''taawun_staff'')'
      ' execute function history.%I()', name, name || '_changed');
  end if;
  execute format('create or replace trigger kept before truncate on base.%I for each statement execute function base.append_only()', name);

  code := format('create or replace view past.%1$I as select %2$s from base.%1$I where since <= (select fn.moment())'
    ' union all select %2$s from history.%1$I where since <= (select fn.moment()) and until > (select fn.moment())', name, array_to_string(columns, ', '));
  begin
    execute code;
  exception when invalid_table_definition then -- a column has come in between or gone
    execute format('drop view past.%I cascade', name);
    execute code;
  end;
end
$$;

-- ---------------------------------------------------------------- As of a moment

-- as_past is the definition of a view of staff or base, over what stood at the moment. Functions, by which views ask what the actor may do, stay.
create function base.as_past(definition text) returns text
language plpgsql stable as $$
declare
  names text := (select string_agg(c.relname, '|') from pg_class c where c.relnamespace = 'past'::regnamespace and c.relkind = 'v');
begin
  definition := regexp_replace(definition, '\mbase\.("?)(' || names || ')\M("?)(?!\()', 'past.\1\2\3', 'g');
  definition := regexp_replace(definition, '\mstaff\.("?\w)', 'asof.\1', 'g');
  return regexp_replace(definition, '\mCURRENT_DATE\M', '((fn.moment())::date)', 'g');
end
$$;

-- refresh_past derives the views of past and asof from those of base and staff as they are now, those first that others stand on. base.expose calls it;
-- a migration that writes a view of staff by hand after that calls it itself.
create procedure base.refresh_past()
language plpgsql as $$
declare
  path text := current_setting('search_path');
  done text[] := '{}';
  v record;
  code text;
  found_any boolean;
begin
  perform set_config('search_path', 'pg_catalog', true);
  loop
    found_any := false;
    for v in
      select n.nspname as origin, c.relname as name, n.nspname || '.' || c.relname as id, pg_get_viewdef(c.oid) as definition,
        case n.nspname when 'base' then 'past' else 'asof' end as target
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and n.nspname in ('base', 'staff') and n.nspname || '.' || c.relname <> all (done)
        and not exists ( -- a view that this one stands on and that has not been derived yet
          select from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid
          join pg_class o on o.oid = d.refobjid and o.relkind = 'v' join pg_namespace m on m.oid = o.relnamespace and m.nspname in ('base', 'staff')
          where w.ev_class = c.oid and m.nspname || '.' || o.relname <> all (done))
      order by n.nspname, c.oid
    loop
      found_any := true;
      code := format('create or replace view %I.%I as %s', v.target, v.name, base.as_past(v.definition));
      begin
        execute code;
      exception when invalid_table_definition then
        execute format('drop view %I.%I cascade', v.target, v.name);
        execute code;
      end;
      if v.target = 'asof' then
        execute format('grant select on asof.%I to taawun_staff', v.name);
      end if;
      done := done || v.id;
    end loop;
    exit when not found_any;
  end loop;
  perform set_config('search_path', path, true);
end
$$;

-- ---------------------------------------------------------------- Who reads history

-- history_rule is the condition on a change t of a record: it is seen by whoever sees the record now; of a record that is no more, by those who read
-- everything; and always by the transaction that makes it.
create function base.history_rule() returns text
language sql immutable as $$
  select $r$(select fn.acts_as('ADMINISTRATOR')) or t.revision_id = (select fn.current_revision())
    or (select fn.reads_drafts()) and (fn.sees(t.root_kind, t.root_id)
      or ((select fn.acts_as('APPROVER')) or (select fn.acts_as('ANALYST')))
        and exists (select from base.revision_entry d where d.kind = t.root_kind and d.record_id = t.root_id and d.action = 'DELETE'))$r$
$$;

-- Nobody writes these tables but the triggers, and there is no history of history.
call base.register_kind('FieldChange', 'field_change', 'false', '{}', null, base.history_rule(), '{}', null);
call base.register_kind('Revision', 'revision', 'false', '{}', null, format(
  $$(select fn.acts_as('ADMINISTRATOR')) or t.id = (select fn.current_revision()) or (select fn.reads_drafts()) and (t.actor_id = (select fn.actor()) or t.entry_count = 0
    or exists (select from base.revision_entry e where e.revision_id = t.id and (%s)))$$, regexp_replace(base.history_rule(), '\mt\.', 'e.', 'g')), '{}', null);
-- The feed tells readers of the records they see, and that a record they could see has gone. The public is not told of what it does not see of a record.
call base.register_kind('ChangeEvent', 'change_event', $$t.action in ('UNPUBLISHED', 'REMOVED') or fn.sees(t.kind, t.record_id)$$, '{revision_id,all_fields}',
  $$ case when current_user = 'taawun_public' then t.public_fields else t.all_fields end as fields $$,
  $$(select fn.acts_as('ADMINISTRATOR')) or fn.sees(t.kind, t.record_id) or t.published and t.action in ('UNPUBLISHED', 'REMOVED')
    or t.action = 'REMOVED' and ((select fn.acts_as('APPROVER')) or (select fn.acts_as('ANALYST')))$$, '{}', null);
call base.expose_views('FieldChange');
call base.expose_views('Revision');
call base.expose_views('ChangeEvent');

-- ---------------------------------------------------------------- Tables and their readers

-- expose shows a table to its readers and writers, and gives it its history.
--   kind     name of the type in the contract
--   name     name of the table or view in base
--   visible  further condition on rows that the public may see; the column "published", where there is one, always counts. Persons with a role of
--            the ministry see the other rows too. 'false' keeps all of it from the public
--   hide     columns that are empty for the public
--   extra    computed columns of all views, over the row t
--   rule     condition by which a person sees the row t; otherwise it follows from what the table is a part of
--   writers  roles that write the table, if that does not follow from what it is a part of; '{}' is nobody
--   part_of  kind of the record that the rows of a view are parts of, by the column <its table>_id
create or replace procedure base.expose(kind text, name text, visible text default 'true', hide text[] default '{}', extra text default null,
  rule text default null, writers text[] default null, part_of text default null)
language plpgsql as $$
begin
  call base.register_kind(kind, name, visible, hide, extra, rule, writers, part_of);
  call base.expose_views(kind);
  call base.guard_writes(kind);
  call base.follow_record(kind);
  if (select c.relkind = 'r' from pg_class c where c.oid = format('base.%I', name)::regclass) then
    call base.keep_history(kind, name);
    call base.write_roots();
  end if;
  call base.refresh_past();
end
$$;

do $$
declare
  k record;
begin
  for k in
    select r.kind, r.table_name from base.record_kind r join pg_class c on c.oid = to_regclass(format('base.%I', r.table_name)) and c.relkind = 'r'
    where r.table_name not in ('revision', 'field_change', 'change_event') order by 1
  loop
    call base.keep_history(k.kind, k.table_name);
  end loop;
  call base.write_roots();
  call base.refresh_past();
end
$$;
