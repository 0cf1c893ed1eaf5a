-- What a change tells of a link is the id of the record, as the contract has it, and not the key in its table.
create function fn.told(kind text, field text, value jsonb) returns jsonb
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select base.shown(told.kind, told.field, told.value)
$$;

grant execute on function fn.told(text, text, jsonb) to taawun_staff;

update base.record_kind set extra = extra || ', fn.told(t.kind, t.field, t.before) as told_before, fn.told(t.kind, t.field, t.after) as told_after' where kind = 'FieldChange';
call base.expose_views('FieldChange');
call base.refresh_past();
