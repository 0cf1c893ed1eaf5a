-- Two records of one organization become one: every link, name and identifier moves, nothing is lost, and the old id leads to the record
-- that stays. What moves is found in the catalog: a table added later needs no line here.

-- organization_now is the record that stands for an organization today, over any number of merges. Who reads the past reads it under its
-- own key.
create function fn.organization_now(id bigint) returns bigint
language sql stable strict parallel safe security definer set search_path = base, fn, pg_temp as $$
  with recursive way as (
    select o.id, o.merged_into_id, 0 as steps from organization o where o.id = organization_now.id and coalesce(current_setting('taawun.as_of', true), '') = ''
    union all select o.id, o.merged_into_id, w.steps + 1 from way w join organization o on o.id = w.merged_into_id where w.steps < 100
  )
  select coalesce((select w.id from way w order by w.steps desc limit 1), organization_now.id)
$$;

-- move_references points the rows of one foreign key from one organization to another; follows says that they carry whether it is
-- published. A row that says what another row of the organization says already, as a unique constraint tells, is removed.
create function base.move_references(name text, key text, follows boolean, source bigint, target bigint) returns void
language plpgsql as $$
declare
  change text := format('update base.%I t set %I = $2', name, key)
    || case when follows then ', published = (select o.published from base.organization o where o.id = $2)' else '' end || format(' where t.%I = $1', key);
  place tid;
begin
  begin
    execute change using source, target;
    return;
  exception when unique_violation then
    null; -- then one by one
  end;
  for place in execute format('select t.ctid from base.%I t where t.%I = $1', name, key) using source loop
    begin
      execute change || ' and t.ctid = $3' using source, target, place;
    exception when unique_violation then
      execute format('delete from base.%I t where t.ctid = $1', name) using place;
    end;
  end loop;
end
$$;

-- merge_organizations makes source a part of the past of target. The caller has locked both and seen to rights and versions.
create function base.merge_organizations(source bigint, target bigint) returns void
language plpgsql security definer set search_path = base, fn, pg_temp as $$
declare
  old organization;
  kept organization;
  r record;
begin
  if nullif(current_setting('taawun.actor', true), '') is not null and not fn.acts_as('ADMINISTRATOR') then
    raise exception 'only an administrator brings duplicates together' using errcode = 'insufficient_privilege';
  end if;
  select * into old from organization where id = source;
  select * into kept from organization where id = target;
  if source = target or old.id is null or kept.id is null or old.merged_into_id is not null or kept.merged_into_id is not null then
    raise exception 'organization % cannot become a part of %', source, target using errcode = 'invalid_parameter_value',
      detail = 'لا يمكن دمج هاتين المنظمتين: يجب أن تكونا سجلين مختلفين لم يُدمج أي منهما من قبل.';
  end if;

  for r in
    select c.relname as name, min(a.attname) filter (where a.attname <> 'published') as key, bool_or(a.attname = 'published') as follows
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
    where k.contype = 'f' and k.confrelid = 'base.organization'::regclass and c.relnamespace = 'base'::regnamespace
    group by k.oid, c.relname order by c.relname, 2
  loop
    perform base.move_references(r.name, r.key, r.follows, source, target);
  end loop;
  -- A part of the record that goes is no part of itself afterwards.
  update organization set parent_id = null where id = target and parent_id = target;
  update organization set parent_id = old.parent_id where id = target and kept.parent_id = source and old.parent_id <> target;

  -- What spoke of the one speaks of the other. Its texts go where the other has none in that language; another name becomes an alias.
  update document set subject_id = target where subject_kind = 'Organization' and subject_id = source;
  update base.source set subject_id = target where subject_kind = 'Organization' and subject_id = merge_organizations.source;
  insert into organization_alias (organization_id, name, locale, published)
    select target, n.name, n.locale, kept.published from (
      select t.value as name, t.key as locale from jsonb_each_text(old.name) t where t.key not like '%#' and (kept.name ? t.key or kept.name = '{}')
      union all select old.acronym, null where old.acronym is distinct from kept.acronym
    ) n
    where n.name is not null and not exists (select from jsonb_each_text(kept.name) k where k.value = n.name)
    on conflict (organization_id, name) do nothing;
  update translation t set subject_id = target,
      status = case when t.status = 'ORIGINAL' then 'REVIEWED' else t.status end,
      source_locale = coalesce(o.locale, t.source_locale), source_digest = coalesce(o.digest, t.source_digest)
    from translation s left join translation o on o.subject_kind = 'Organization' and o.subject_id = target and o.field = s.field and o.status = 'ORIGINAL'
    where t.id = s.id and s.subject_kind = 'Organization' and s.subject_id = source and o.id is not null
      and not exists (select from translation x where x.subject_kind = 'Organization' and x.subject_id = target and x.field = s.field and x.locale = s.locale);
  if old.iati_identifier is not null then
    update organization set iati_identifier = null where id = source;
    if kept.iati_identifier is null then
      update organization set iati_identifier = old.iati_identifier where id = target;
    else
      insert into organization_identifier (organization_id, scheme, value, published) values (target, 'IATI', old.iati_identifier, kept.published)
        on conflict (organization_id, scheme, value) do nothing;
    end if;
  end if;
  update organization set
      acronym = coalesce(acronym, old.acronym), type_id = coalesce(type_id, old.type_id), country_id = coalesce(country_id, old.country_id),
      website = coalesce(website, old.website), kind = case when kind = 'OTHER' then old.kind else kind end,
      version = version + 1, updated_at = now()
    where id = target;
  update organization set merged_into_id = target, state = 'ARCHIVED', version = version + 1, updated_at = now() where id = source;
end
$$;
grant execute on function base.merge_organizations(bigint, bigint) to taawun_staff;
