-- A duration that is not stated stays open: least() would make the longest one of it.
do $$
declare
  code text := pg_get_functiondef('base.life_of(base.agreement)'::regprocedure);
  changed text := replace(code, 'least(a.duration_months, 12000)', 'case when a.duration_months > 12000 then 12000 else a.duration_months end');
begin
  if changed = code then
    raise exception 'life_of is not as it was';
  end if;
  execute changed;
end
$$;
update base.agreement set derived_at = now() where duration_months is null and term_ends_on is not null;
