-- What a load need not pay for: checks that concern people only, and the history of what it has not finished writing itself.

-- ---------------------------------------------------------------- Guards

-- The guards of a table let everybody but the staff pass. The condition says so before a function is called for each row.
do $$
declare
  t record;
begin
  execute regexp_replace(pg_get_functiondef('base.guard_writes(text)'::regprocedure),
    'for each row execute function base\.(guard_derived|guard_record|guard_subject)\(', 'for each row when (current_user = ''''taawun_staff'''') execute function base.\1(', 'g');
  for t in
    select pg_get_triggerdef(g.oid) as definition from pg_trigger g
    where g.tgfoid in ('base.guard_derived()'::regprocedure, 'base.guard_record()'::regprocedure, 'base.guard_subject()'::regprocedure) and g.tgqual is null
  loop
    execute replace(replace(t.definition, ' FOR EACH ROW EXECUTE FUNCTION ', ' FOR EACH ROW WHEN (current_user = ''taawun_staff'') EXECUTE FUNCTION '),
      'CREATE TRIGGER ', 'CREATE OR REPLACE TRIGGER ');
  end loop;
end
$$;

-- ---------------------------------------------------------------- History

-- A load links rows that it has added itself, once the other side is there too. New rows of a load have no entries, and so no such step of theirs has: they
-- are there as they stand in the end. A row that stood before has a version that ended with this transaction, a row that a person has added an entry:
-- these go on to be recorded.
do $$
declare
  k record;
begin
  execute replace(pg_get_functiondef('base.keep_history(text, text)'::regprocedure), $old$
  if tg_op = 'UPDATE' then
    ends := new.since;
$old$, $new$
  if tg_op = 'UPDATE' then
    if {loading} then
      return null;
    end if;
    ends := new.since;
$new$);
  execute replace(pg_get_functiondef('base.keep_history(text, text)'::regprocedure), $old$
  code := replace(code, '{moved}', moved);
$old$, $new$
  code := replace(code, '{moved}', moved);
  code := replace(code, '{loading}', case when not 'id' = any (columns) then 'false' else
    format('old.since = now() and current_setting(''taawun.bulk'', true) = ''on'' and not exists (select from history.{table} h where h.id = old.id and h.until = old.since)'
      ' and not exists (select from revision_entry e where e.kind = %L and e.record_id = old.id)', kind) end);
$new$);
  for k in
    select r.kind, r.table_name from base.record_kind r join pg_class c on c.oid = to_regclass(format('history.%I', r.table_name)) order by r.kind
  loop
    call base.keep_history(k.kind, k.table_name);
  end loop;
end
$$;
