-- Names of organizations that differ in what tells them apart are no longer taken for alike.

-- likeness is how alike two names are that stand in the form of fn.spelling: the share of trigrams they have in common, halved where the words that
-- only one of them has tell them apart: a number, or words of which one is no other spelling of the other, such as two countries or two towns.
create function fn.likeness(one text, other text) returns real
language sql immutable strict parallel safe as $$
  select fn.similarity(one, other) / case when d.numbered or d.mine <> '' and d.theirs <> '' and fn.similarity(d.mine, d.theirs) < .4 then 2 else 1 end
  from (
    select coalesce(string_agg(w.word, '' order by w.place) filter (where w.is_mine), '') as mine,
      coalesce(string_agg(w.word, '' order by w.place) filter (where not w.is_mine), '') as theirs,
      coalesce(bool_or(w.word ~ '[[:digit:]]|^[ivx]+$'), false) as numbered
    from (
      select x.word, x.place, true as is_mine from string_to_table(one, ' ') with ordinality x(word, place) where x.word <> all (string_to_array(other, ' '))
      union all
      select x.word, x.place, false from string_to_table(other, ' ') with ordinality x(word, place) where x.word <> all (string_to_array(one, ' '))
    ) w
  ) d
$$;

-- As before, but by likeness; organizations of two countries are alike by their whole name or an identifier only.
create or replace function base.pair_organizations(most integer default 200) returns integer
language plpgsql set pg_trgm.similarity_threshold = 0.6 set enable_seqscan = off set search_path = base, fn, public, pg_temp as $$
declare
  ids bigint[];
begin
  if not exists (select from organization_unpaired) then
    return 0;
  end if;
  perform pg_advisory_xact_lock(7221076);
  with taken as (delete from organization_unpaired u where u.organization_id in (select w.organization_id from organization_unpaired w order by 1 limit most) returning u.organization_id)
    select coalesce(array_agg(t.organization_id), '{}') into ids from taken t;
  delete from organization_spelling s where s.organization_id = any (ids);
  insert into organization_spelling (organization_id, name)
    select distinct o.id, fn.spelling(n.name)
    from organization o
    cross join lateral (select t.value as name from jsonb_each_text(o.name) t where t.key not like '%#' union all select a.name from organization_alias a where a.organization_id = o.id) n
    where o.id = any (ids) and o.state <> 'ARCHIVED' and o.merged_into_id is null and fn.spelling(n.name) <> '';
  delete from organization_pair p where p.first_id = any (ids);
  delete from organization_pair p where p.second_id = any (ids);
  insert into organization_pair (first_id, second_id, identifier, same_name, similarity)
    select l.first_id, l.second_id, l.identifier, l.same_name,
      case when l.same_name and not l.is_abroad then 1 when l.same_name then .6 when l.likeness >= .6 and not l.is_abroad then l.likeness else 0 end
    from (
      select least(f.one, f.other) as first_id, greatest(f.one, f.other) as second_id, min(f.identifier) as identifier, bool_or(f.same_name) as same_name, max(f.likeness) as likeness,
        bool_or(m.country_id <> x.country_id) is true as is_abroad
      from (
        select s.organization_id as one, x.organization_id as other, null as identifier, x.name = s.name as same_name, likeness(x.name, s.name) as likeness
          from organization_spelling s cross join lateral (select o.organization_id, o.name from organization_spelling o where o.name % s.name and o.organization_id <> s.organization_id) x
          where s.organization_id = any (ids) and (length(s.name) > 3 or x.name = s.name)
        union all
        select i.id, x.id, i.value, false, 0
          from (select o.id, upper(o.iati_identifier) as value from organization o where o.id = any (ids) and o.iati_identifier is not null
            union select n.organization_id, upper(n.value) from organization_identifier n where n.organization_id = any (ids)) i
          cross join lateral (select o.id from organization o where upper(o.iati_identifier) = i.value
            union select n.organization_id from organization_identifier n where upper(n.value) = i.value) x
          where x.id <> i.id
      ) f
      join organization m on m.id = f.one and m.state <> 'ARCHIVED' and m.merged_into_id is null
      join organization x on x.id = f.other and x.state <> 'ARCHIVED' and x.merged_into_id is null
      group by 1, 2
    ) l
    where l.identifier is not null or l.same_name or l.likeness >= .6 and not l.is_abroad;
  return cardinality(ids);
end
$$;

create or replace view base.organization_duplicate as
  select p.id, p.first_id, p.second_id,
    case when p.identifier is not null then 1 else p.similarity end::double precision as score,
    array_remove(array[case when p.identifier is not null then 'IDENTIFIER' end, case when p.same_name then 'NAME' end, case when p.similarity > 0 and not p.same_name then 'SIMILAR_NAME' end], null) as reasons,
    p.identifier
  from base.organization_pair p
  join base.organization o on o.id = p.first_id and o.state <> 'ARCHIVED' and o.merged_into_id is null
  join base.organization x on x.id = p.second_id and x.state <> 'ARCHIVED' and x.merged_into_id is null
  where not exists (select from base.organization_distinction d where least(d.first_id, d.second_id) = p.first_id and greatest(d.first_id, d.second_id) = p.second_id);

comment on table base.organization_pair is 'Two organizations that resemble each other: in an identifier, in a name, or in names of one country that are alike from .6 on. Follows from them; shown by organization_duplicate.';

insert into base.organization_unpaired select id from base.organization on conflict do nothing;
