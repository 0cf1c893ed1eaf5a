-- The change feed of one record: what its readers learn of when it was published and changed.

-- record_of takes a public id apart: type of the record, and its key. No row if there is no such type.
create function fn.record_of(id text) returns table (kind text, key bigint)
language sql stable parallel safe security definer set search_path = base, fn, pg_temp as $$
  select r.kind, ('x' || lpad(split_part(record_of.id, '_', 2), 16, '0'))::bit(64)::bigint from record_kind r where r.prefix = split_part(record_of.id, '_', 1)
$$;

drop function fn.changes(text, text[], integer);

-- changes are the events after a place, the earliest first. A revision may hold many events at one position in the chain; the keys of events grow
-- with it one by one, so that whoever resumes after a key misses none.
create function fn.changes(after text default null, kinds text[] default null, subject text default null, first integer default 100)
returns table (id bigint, revision_id bigint, "position" bigint, kind text, record_id bigint, action text, at timestamptz, fields text[], all_fields text[],
  public_fields text[], published boolean, place text)
language plpgsql stable as $$
declare
  since bigint;
  of record;
begin
  if after !~ '^[0-9]{1,18}$' then
    raise exception using errcode = '22023', message = format('"%s" is not the position of an event', left(after, 50)), detail = format('"%s" ليس موضع حدث', left(after, 50));
  end if;
  if first not between 0 and 100 then
    raise exception using errcode = '22023', message = format('%s is not a number of events from 0 to 100', first), detail = format('القيمة %s ليست عدد أحداث بين 0 و100', first);
  end if;
  since := coalesce(after, '0')::bigint;
  if subject is null then
    return query select e.id, e.revision_id, e.position, e.kind, e.record_id, e.action, e.at, e.fields, e.all_fields, e.public_fields, e.published, e.place
      from change_event e where e.id > since and (changes.kinds is null or e.kind = any (changes.kinds)) order by e.id limit changes.first;
  else
    select r.kind, r.key into of from fn.record_of(subject) r;
    return query select e.id, e.revision_id, e.position, e.kind, e.record_id, e.action, e.at, e.fields, e.all_fields, e.public_fields, e.published, e.place
      from change_event e where e.kind = of.kind and e.record_id = of.key and e.id > since and (changes.kinds is null or e.kind = any (changes.kinds)) order by e.id limit changes.first;
  end if;
end
$$;
