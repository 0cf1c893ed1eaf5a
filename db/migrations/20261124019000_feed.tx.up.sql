-- The history and the change feed as the contract shows them: positions as text, rows by their global ids, events since a position.

update base.record_kind set extra = extra || ', t.id::text as place' where kind = 'ChangeEvent';
update base.record_kind set extra = 't.position::text as place' where kind = 'Revision';
update base.record_kind set extra = 'fn.public_id(t.kind, t.record_id) as public_id' where kind = 'FieldChange';
call base.expose_views('ChangeEvent');
call base.expose_views('Revision');
call base.expose_views('FieldChange');
call base.refresh_past();

-- changes are the events after a place, the earliest first. A revision may hold many events at one position in the chain; the keys of events grow
-- with it one by one, so that whoever resumes after a key misses none.
create function fn.changes(after text default null, kinds text[] default null, first integer default 100)
returns table (id bigint, revision_id bigint, "position" bigint, kind text, record_id bigint, action text, at timestamptz, fields text[], all_fields text[],
  public_fields text[], published boolean, place text)
language plpgsql stable as $$
begin
  if after !~ '^[0-9]{1,18}$' then
    raise exception using errcode = '22023', message = format('"%s" is not the position of an event', left(after, 50)), detail = format('"%s" ليس موضع حدث', left(after, 50));
  end if;
  if first not between 0 and 100 then
    raise exception using errcode = '22023', message = format('%s is not a number of events from 0 to 100', first), detail = format('القيمة %s ليست عدد أحداث بين 0 و100', first);
  end if;
  return query select e.id, e.revision_id, e.position, e.kind, e.record_id, e.action, e.at, e.fields, e.all_fields, e.public_fields, e.published, e.place
    from change_event e where e.id > coalesce(changes.after, '0')::bigint and (changes.kinds is null or e.kind = any (changes.kinds)) order by e.id limit changes.first;
end
$$;
