-- records_state says how far the records have come: while it is the same, nothing that anybody reads has changed. Revisions are sealed one after another,
-- so that none comes later with an earlier position.
create function fn.records_state() returns table ("position" bigint, at timestamptz)
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select coalesce(max(r.position), 0), coalesce((select x.at from revision x where x.position = max(r.position)), 'epoch') from revision r
$$;
revoke execute on function fn.records_state() from public;
grant execute on function fn.records_state() to taawun_public, taawun_staff;
