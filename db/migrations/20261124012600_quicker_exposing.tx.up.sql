-- base.expose in a third of the time, by the same rules: an empty database is migrated by some fifty calls, each of which looks at all kinds and views.
-- Dated just after what it makes quicker, so that the migrations that follow are quicker too; a database that has these already takes it as it is.

-- owner_of is what a row of a table is a part of: the table's kind, the column that leads there, or whether it is whatever the row is about.
create or replace function base.owner_of(name text, out kind text, out column_name text, out by_subject boolean)
language plpgsql stable as $$
#variable_conflict use_column
declare
  target regclass := format('base.%I', owner_of.name)::regclass;
  to_table oid;
begin
  by_subject := exists (select from pg_attribute a where a.attrelid = target and a.attname = 'subject_kind');
  if by_subject then
    column_name := 'subject_id';
    return;
  end if;
  select c.confrelid, a.attname into to_table, column_name
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey) and a.attname <> 'published' and a.attnotnull
    where c.conrelid = target and c.contype = 'f' and c.confdeltype = 'c'
    order by case when cardinality(c.conkey) = 2 then 1 else 2 end, a.attnum limit 1;
  select k.kind into kind from base.record_kind k join pg_class c on c.relname = k.table_name where c.oid = to_table and c.relnamespace = 'base'::regnamespace;
end
$$;

-- as_past is the definition of a view of staff or base, over what stood at the moment. Functions, by which views ask what the actor may do, stay.
create or replace function base.as_past(definition text) returns text
language plpgsql stable as $$
declare
  names text := (select string_agg(c.relname, '|') from pg_class c where c.relnamespace = 'past'::regnamespace and c.relkind = 'v' and position(c.relname in definition) > 0);
begin
  if names is not null then
    definition := regexp_replace(definition, '\mbase\.("?)(' || names || ')\M("?)(?!\()', 'past.\1\2\3', 'g');
  end if;
  if position('staff.' in definition) > 0 then
    definition := regexp_replace(definition, '\mstaff\.("?\w)', 'asof.\1', 'g');
  end if;
  if position('CURRENT_DATE' in definition) > 0 then
    definition := regexp_replace(definition, '\mCURRENT_DATE\M', '((fn.moment())::date)', 'g');
  end if;
  return definition;
end
$$;

-- refresh_past derives the views of past and asof from those of base and staff, those first on which others stand, and leaves alone what is so already.
create or replace procedure base.refresh_past()
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
      select n.nspname as origin, c.relname as name, n.nspname || '.' || c.relname as id, c.oid, case n.nspname when 'base' then 'past' else 'asof' end as target
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and n.nspname in ('base', 'staff') and n.nspname || '.' || c.relname <> all (done)
        and not exists ( -- a view that this one stands on and that has not been derived yet
          select from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid
          join pg_class o on o.oid = d.refobjid and o.relkind = 'v' join pg_namespace m on m.oid = o.relnamespace and m.nspname in ('base', 'staff')
          where w.ev_class = c.oid and m.nspname || '.' || o.relname <> all (done))
      order by n.nspname, c.oid
    loop
      found_any := true;
      done := done || v.id;
      code := base.as_past(pg_get_viewdef(v.oid));
      continue when code = pg_get_viewdef(to_regclass(format('%I.%I', v.target, v.name)));
      code := format('create or replace view %I.%I as %s', v.target, v.name, code);
      begin
        execute code;
      exception when invalid_table_definition then
        execute format('drop view %I.%I cascade', v.target, v.name);
        execute code;
      end;
      if v.target = 'asof' then
        execute format('grant select on asof.%I to taawun_staff', v.name);
      end if;
    end loop;
    exit when not found_any;
  end loop;
  perform set_config('search_path', path, true);
end
$$;
