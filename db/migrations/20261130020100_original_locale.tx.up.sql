-- The original language of a record can be changed: its texts in the new language become the originals, and what was original before becomes a
-- reviewed translation of them.

-- parts_of are a record and all its parts, those of parts too, with the documents that speak of them: all that has texts of its own.
create function base.parts_of(kind text, id bigint) returns table (part_kind text, part_id bigint)
language plpgsql stable as $$
#variable_conflict use_column
declare
  owners jsonb := (select jsonb_agg(to_jsonb(x)) from (
    select r.kind, r.table_name, o.kind as owner, o.column_name, o.by_subject
    from base.record_kind r join pg_class c on c.oid = to_regclass(format('base.%I', r.table_name)) and c.relkind = 'r' cross join lateral base.owner_of(r.table_name) o
    where o.column_name is not null and base.has_column(r.table_name, 'id') and r.kind not in ('Translation', 'Source', 'PendingChange')) x);
  kinds text[] := array[parts_of.kind];
  keys jsonb := jsonb_build_array(jsonb_build_array(parts_of.id));
  step integer := 1;
  o record;
  ids bigint[];
  below jsonb;
begin
  while step <= cardinality(kinds) loop
    ids := array(select x.value::bigint from jsonb_array_elements_text(keys -> (step - 1)) x);
    return query select kinds[step], unnest(ids);
    for o in select * from jsonb_to_recordset(owners) as x(kind text, table_name text, owner text, column_name text, by_subject boolean)
      where x.owner = kinds[step] or x.by_subject and x.kind <> kinds[step]
    loop
      execute format('select jsonb_agg(t.id) from base.%I t where t.%I = any ($1)', o.table_name, o.column_name) || case when o.by_subject then ' and t.subject_kind = $2' else '' end
        into below using ids, kinds[step];
      if below is not null then
        kinds := kinds || o.kind;
        keys := keys || jsonb_build_array(below);
      end if;
    end loop;
    step := step + 1;
  end loop;
end
$$;

-- swap_originals makes the texts of a record and of its parts in a language the originals, wherever there is one; the former original becomes a
-- reviewed translation of it, and translations into other languages show as stale, since their source is another now. At the end of the change
-- each text of the record itself must have its original in the language; a part that has none keeps the original that it has.
create function base.swap_originals(kind text, id bigint, locale text, at_end boolean) returns void
language plpgsql security definer set search_path = base, fn, pg_temp as $$
#variable_conflict use_column
declare
  pair record;
  lacking text;
begin
  if not base.may_edit(swap_originals.kind, swap_originals.id) then
    perform base.refuse_translation('translation_status', 'the original is written by those who edit the record', 'النص الأصلي يكتبه من يحرر السجل');
  end if;
  for pair in
    select o.id as former, t.id as original, t.digest, t.field, t.proposal_text is not null as waits
    from base.parts_of(swap_originals.kind, swap_originals.id) p
    join translation o on o.subject_kind = p.part_kind and o.subject_id = p.part_id and o.status = 'ORIGINAL' and o.locale <> swap_originals.locale
    join translation t on t.subject_kind = p.part_kind and t.subject_id = p.part_id and t.field = o.field and t.locale = swap_originals.locale
    order by o.id
  loop
    if pair.waits then
      raise exception 'a newer text of % waits for review in %; decide about it first', pair.field, swap_originals.locale using errcode = 'check_violation', constraint = 'original_locale_waits',
        detail = format('يوجد نص أحدث للحقل %s باللغة %s ينتظر المراجعة؛ احسم أمره أولاً', pair.field, swap_originals.locale);
    end if;
    update translation t set status = 'REVIEWED', source_locale = swap_originals.locale, source_digest = pair.digest, comment = null, version = t.version + 1, updated_at = now()
      where t.id = pair.former;
    update translation t set status = 'ORIGINAL', source_locale = null, source_digest = null, reviewer = null, reviewer_id = null, certifier = null, certifier_id = null, comment = null,
      version = t.version + 1, updated_at = now() where t.id = pair.original;
  end loop;
  if at_end then
    select string_agg(o.field, ', ' order by o.field) into lacking from translation o
      where o.subject_kind = swap_originals.kind and o.subject_id = swap_originals.id and o.status = 'ORIGINAL' and o.locale <> swap_originals.locale;
    if lacking is not null then
      raise exception 'there is no text in the new original language (%) of: %; write it before, or in the same change', swap_originals.locale, lacking
        using errcode = 'check_violation', constraint = 'original_locale_lacks',
        detail = format('لا يوجد نص باللغة الأصلية الجديدة (%s) للحقول: %s؛ أدخله قبل ذلك أو في التعديل نفسه', swap_originals.locale, lacking);
    end if;
  end if;
end
$$;
revoke execute on function base.parts_of(text, bigint), base.swap_originals(text, bigint, text, boolean) from public;
grant execute on function base.swap_originals(text, bigint, text, boolean) to taawun_staff;
