-- What somebody did by mistake to a translation, or to a request for one, is taken back by whoever did it: within the hour, and as long as nothing has
-- been done to it since. It stands again as it stood before; the history keeps the act, and that it was taken back.

-- last_act is how a row stood before it was last written, if the actor wrote it last, by one of the operations and within the hour: the columns that were
-- changed, and whether it was there at all. No row if somebody else, or something else, came after.
create function base.last_act(kind text, id bigint, operations text[], out is_new boolean, out before jsonb) returns setof record
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select bool_or(e.action = 'INSERT'), coalesce(jsonb_object_agg(c.key, c.value order by e.id desc) filter (where c.key is not null), '{}')
  from revision r join revision_entry e on e.revision_id = r.id and e.kind = last_act.kind and e.record_id = last_act.id
  left join lateral jsonb_each(e.before) c on true
  where r.id = (select max(x.revision_id) from revision_entry x where x.kind = last_act.kind and x.record_id = last_act.id)
    and r.actor_id = fn.actor() and r.operation = any (operations) and r.at > now() - interval '1 hour' and not fn.acts_read_only()
  -- A text that history keeps as its digest only cannot be put back.
  having count(*) > 0 and count(*) filter (where jsonb_typeof(c.value) = 'object') = 0
$$;

-- take_back_translation makes a translation what it was before the actor wrote, reviewed, certified or returned it. It says whether it could: with the
-- rights of the owner, because it writes columns that base.guard_translation writes otherwise, and nothing but what stood there before.
create function base.take_back_translation(id bigint) returns boolean
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  act record;
  t translation;
begin
  select * into act from base.last_act('Translation', take_back_translation.id, '{writeTranslation,reviewTranslation,certifyTranslation,returnTranslation}');
  if not found then
    return false;
  elsif act.is_new then
    delete from translation x where x.id = take_back_translation.id;
    return true;
  end if;
  select (jsonb_populate_record(x, act.before)).* into t from translation x where x.id = take_back_translation.id;
  update translation x set text = t.text, status = t.status, source_locale = t.source_locale, source_digest = t.source_digest, method = t.method, comment = t.comment,
    translator = t.translator, translator_id = t.translator_id, reviewer = t.reviewer, reviewer_id = t.reviewer_id, certifier = t.certifier, certifier_id = t.certifier_id,
    proposal_text = t.proposal_text, proposal_method = t.proposal_method, proposal_translator = t.proposal_translator, proposal_translator_id = t.proposal_translator_id,
    proposal_source_digest = t.proposal_source_digest, proposal_made_at = t.proposal_made_at, version = x.version + 1, updated_at = now()
    where x.id = t.id;
  return found;
end
$$;

-- ---------------------------------------------------------------- Steps of requests

alter table base.translation_request_event add column takes_back boolean not null default false;
comment on column base.translation_request_event.takes_back is 'It took the step before it back.';
call base.expose('TranslationRequestEvent', 'translation_request_event', visible => 'false', writers => '{}');
call base.refresh_past();

-- takes_back says whether this transaction takes a step back: base.take_back_request alone says so, and people do not write settings.
create function base.takes_back() returns boolean
language sql stable as $$
  select current_user <> 'taawun_staff' and coalesce(current_setting('taawun.takes_back', true) = 'on', false)
$$;

-- A step that is taken back goes a way that is no step.
do $$
declare
  was constant text := pg_get_functiondef('base.guard_request()'::regprocedure);
  becomes constant text := replace(was, 'and not fn.request_step(old.status, new.status) then', 'and not fn.request_step(old.status, new.status) and not base.takes_back() then');
begin
  if becomes = was then
    raise exception 'base.guard_request is not what it was';
  end if;
  execute replace(becomes, $x$new.status = 'RETURNED' and nullif(btrim(new.comment), '') is null then$x$,
    $x$new.status = 'RETURNED' and nullif(btrim(new.comment), '') is null and not base.takes_back() then$x$);
end
$$;

create or replace function base.note_request_step() returns trigger
language plpgsql security definer set search_path = base, fn, pg_temp as $$
begin
  insert into translation_request_event (request_id, actor_id, actor_name, status, comment, takes_back)
    select new.id, a.id, a.name, new.status, case when not base.takes_back() then new.comment end, base.takes_back()
    from (select fn.actor() as id) who left join account a on a.id = who.id;
  return null;
end
$$;

-- take_back_request makes a request what it was before the step that the actor took with it last, and says whether it could.
create function base.take_back_request(id bigint) returns boolean
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  act record;
  q translation_request;
begin
  select * into act from base.last_act('TranslationRequest', take_back_request.id, '{moveTranslationRequest}');
  if not found or act.is_new then
    return false;
  end if;
  select (jsonb_populate_record(x, act.before)).* into q from translation_request x where x.id = take_back_request.id;
  perform set_config('taawun.takes_back', 'on', true);
  update translation_request x set status = q.status, comment = q.comment, assignee_id = q.assignee_id, version = x.version + 1, updated_at = now() where x.id = q.id;
  perform set_config('taawun.takes_back', '', true);
  return true;
end
$$;

revoke execute on function base.last_act(text, bigint, text[]), base.take_back_translation(bigint), base.take_back_request(bigint) from public;
grant execute on function base.take_back_translation(bigint), base.take_back_request(bigint) to taawun_staff;
