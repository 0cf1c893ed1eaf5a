-- The rules of a table know of its history, which it gets when it is exposed: so they are written once more after that.

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
    call base.write_rules();
  end if;
  call base.refresh_past();
end
$$;
call base.write_rules();
