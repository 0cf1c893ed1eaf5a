-- Search across kinds. The functions name no schema: the search_path of the reader decides which records they see.

-- search_words are the distinct words of what a person typed, in normal form, the longest first.
create function fn.search_words(query text) returns text[]
language sql immutable strict parallel safe as $$
  select coalesce(array_agg(w.word order by length(w.word) desc, w.word), '{}')
  from (select distinct word from regexp_split_to_table(fn.norm(query), '[[:space:],;:"()\[\]{}«»؛،!?؟…]+') word where word <> '') w
$$;

-- excerpt_html is a passage of at most about 200 characters around the first match of the pattern, as HTML: escaped, the matches in
-- mark elements. Without a pattern nothing is marked.
create function fn.excerpt_html(value text, pattern text) returns text
language plpgsql immutable parallel safe as $$
declare
  width constant integer := 200;
  passage text := value;
  hit integer;
  start integer;
begin
  if length(value) > width then
    hit := case when pattern is null then 1 else greatest(regexp_instr(value, pattern, 1, 1, 0, 'i'), 1) end;
    start := greatest(least(hit - width / 3, length(value) - width + 1), 1);
    passage := substr(value, start, width);
    if start + width <= length(value) then
      passage := regexp_replace(passage, ' [^ ]{0,30}$', '') || '…';
    end if;
    if start > 1 then
      passage := '…' || regexp_replace(passage, '^[^ ]{0,30} ', '');
    end if;
  end if;
  if pattern is not null then
    passage := regexp_replace(passage, '(' || pattern || ')', E'\x01\\1\x02', 'gi');
  end if;
  passage := replace(replace(replace(replace(replace(passage, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
  return normalize(replace(replace(passage, E'\x01', '<mark>'), E'\x02', '</mark>'), NFC);
end
$$;

-- highlight shows where the words of a query stand in a text, however either is spelt: what fn.norm makes equal is marked alike. The
-- text is taken apart into letters and marks, so that a class of letters with marks after it meets every spelling.
create function fn.highlight(value text, query text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  pattern text;
begin
  select string_agg(w.pattern, '|' order by w.number) into pattern
  from (
    select w.number, string_agg(
        case c.letter
          when 'ا' then '[اٱ]' when 'ي' then '[يىی]' when 'ه' then '[هةھہ]' when 'ك' then '[كک]'
          when '0' then '[0٠۰]' when '1' then '[1١۱]' when '2' then '[2٢۲]' when '3' then '[3٣۳]' when '4' then '[4٤۴]'
          when '5' then '[5٥۵]' when '6' then '[6٦۶]' when '7' then '[7٧۷]' when '8' then '[8٨۸]' when '9' then '[9٩۹]'
          else case when c.letter ~ '[[:alnum:]]' then c.letter else '\' || c.letter end
        end || '[\u0300-\u036f\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200fء]*', '' order by c.number) as pattern
    from unnest((fn.search_words(query))[:32]) with ordinality w(word, number),
         regexp_split_to_table(w.word, '') with ordinality c(letter, number)
    group by w.number
  ) w;
  return fn.excerpt_html(normalize(regexp_replace(left(value, 20000), '[[:space:][:cntrl:]]+', ' ', 'g'), NFD), pattern);
end
$$;

-- search_excerpt picks, among the texts of the fields (the name first), the one in which most words occur, and highlights it.
create function fn.search_excerpt(query text, words text[], variadic fields jsonb[], out highlight text, out locale text)
language sql immutable parallel safe as $$
  select fn.highlight(best.text, query), best.locale
  from (
    select x.key as locale, x.value as text
    from unnest(fields) with ordinality f(texts, number)
    cross join lateral jsonb_each_text(f.texts) x
    cross join lateral (select count(*) as n from unnest(words) w(word) where strpos(fn.norm(x.value), w.word) > 0) found
    where x.key not like '%#'
    order by found.n desc, f.number, array_position('{ar,en}', x.key), x.key
    limit 1
  ) best
$$;

-- search_score says how well names fit the words: 1 the name itself, above .8 its beginning, above .6 all words in one name, up to .5 words
-- elsewhere in the record. Names and words are in normal form.
create function fn.search_score(names text[], query text, words text[]) returns double precision
language sql immutable parallel safe as $$
  select coalesce(max(
    case
      when n.name = query then 1
      when starts_with(n.name, query) then .8 + .1 * length(query) / length(n.name)
      when found.n = cardinality(words) then .6 + .1 * least(length(query), length(n.name)) / length(n.name)
      else .3 + .2 * found.n / cardinality(words)
    end), .3)
  from unnest(names) n(name)
  cross join lateral (select count(*) as n from unnest(words) w(word) where strpos(n.name, w.word) > 0) found
  where n.name <> ''
$$;

-- search_similarity is the mean of how similar each word is to its likeliest counterpart in a text, 0 to 1.
create function fn.search_similarity(words text[], value text) returns double precision
language sql immutable parallel safe as $$
  select coalesce(avg(case when strpos(value, w.word) > 0 then 1 else word_similarity(w.word, value) end), 0) from unnest(words) w(word)
$$;

-- search_names are the names and codes by which a record is known, in normal form. They are looked up for the records of a short
-- list only.
create function fn.search_names(codes text[], texts jsonb) returns text[]
language sql immutable parallel safe as $$
  select array(
    select fn.norm(c.code) from unnest(codes) c(code) where c.code is not null
    union all
    select fn.norm(x.value) from jsonb_each_text(texts) x where x.key not like '%#')
$$;

-- search_candidates are the records in which every word occurs, of each kind the likeliest 200: those in which the whole query, then the first
-- word, stands nearest to the beginning, where codes and names are. The longest word, which is the rarest, drives the index.
create function fn.search_candidates(query text, words text[], kinds text[])
returns table (type text, kind text, id bigint)
language plpgsql stable as $$
#variable_conflict use_column
declare
  patterns text[] := array(select '%' || regexp_replace(w.word, '([\\%_])', '\\\1', 'g') || '%' from unnest(words) with ordinality w(word, number) order by w.number);
  rarest text := patterns[1];
begin
  return query
  (select 'AdministrativeUnit', 'ADMINISTRATIVE_UNIT', t.id from administrative_unit t
    where 'ADMINISTRATIVE_UNIT' = any (kinds) and t.search like rarest and t.search like all (patterns)
    order by nullif(strpos(t.search, query), 0), strpos(t.search, words[1]), t.level, length(t.search), t.id limit 200)
  union all
  (select 'Organization', 'ORGANIZATION', t.id from organization t
    where 'ORGANIZATION' = any (kinds) and t.search like rarest and t.search like all (patterns)
    order by nullif(strpos(t.search, query), 0), strpos(t.search, words[1]), length(t.search), t.id limit 200)
  union all
  (select 'Agreement', 'AGREEMENT', t.id from agreement t
    where 'AGREEMENT' = any (kinds) and t.search like rarest and t.search like all (patterns)
    order by nullif(strpos(t.search, query), 0), strpos(t.search, words[1]), length(t.search), t.id limit 200)
  union all
  (select 'Project', 'PROJECT', t.id from project t
    where 'PROJECT' = any (kinds) and t.search like rarest and t.search like all (patterns)
    order by nullif(strpos(t.search, query), 0), strpos(t.search, words[1]), length(t.search), t.id limit 200);
end
$$;

-- search_similar are records in which something like every word occurs, of each kind the 100 most similar: for a query with a slip of the pen. Texts of
-- projects are long and many, so that only the first 300 similar ones are compared.
create function fn.search_similar(words text[], kinds text[])
returns table (type text, kind text, id bigint)
language plpgsql stable set enable_seqscan to off as $$
#variable_conflict use_column
declare
  threshold text := coalesce(current_setting('pg_trgm.word_similarity_threshold', true), '0.6');
begin
  -- One wrong letter in a word of four leaves two trigrams of five.
  perform set_config('pg_trgm.word_similarity_threshold', '0.4', true);
  return query
  (select 'AdministrativeUnit', 'ADMINISTRATIVE_UNIT', t.id from administrative_unit t
    where 'ADMINISTRATIVE_UNIT' = any (kinds) and t.search %> words[1] and t.search %> all (words)
    order by fn.search_similarity(words, t.search) desc, t.level, t.id limit 100)
  union all
  (select 'Organization', 'ORGANIZATION', t.id from organization t
    where 'ORGANIZATION' = any (kinds) and t.search %> words[1] and t.search %> all (words)
    order by fn.search_similarity(words, t.search) desc, t.id limit 100)
  union all
  (select 'Agreement', 'AGREEMENT', t.id from agreement t
    where 'AGREEMENT' = any (kinds) and t.search %> words[1] and t.search %> all (words)
    order by fn.search_similarity(words, t.search) desc, t.id limit 100)
  union all
  (select 'Project', 'PROJECT', x.id
    from (select t.id, t.search from project t where 'PROJECT' = any (kinds) and t.search %> words[1] and t.search %> all (words) limit 300) x
    order by fn.search_similarity(words, x.search) desc, x.id limit 100);
  perform set_config('pg_trgm.word_similarity_threshold', threshold, true);
end
$$;

-- search answers Query.search: records of several kinds in which every word occurs, the best first; where there is none, records with similar words, scored
-- below all others. The key of a hit holds what was asked, from which search_hit_highlight and search_hit_locale answer only where they are asked.
create function fn.search(text text, kinds text[] default null, first integer default 20)
returns table (id jsonb, record_type text, record_id bigint, kind text, score double precision)
language plpgsql stable as $$
#variable_conflict use_column
declare
  longest constant integer := 500;
  query text := btrim(regexp_replace(fn.norm(search.text), '[[:space:]]+', ' ', 'g'));
  words text[] := fn.search_words(search.text);
  wanted text[] := coalesce(search.kinds, '{ORGANIZATION,AGREEMENT,PROJECT,ADMINISTRATIVE_UNIT}');
  loosely boolean;
begin
  if length(search.text) > longest then
    raise exception 'the text to look for is too long: at most % characters', longest using errcode = 'invalid_parameter_value';
  elsif search.first is null or search.first not between 0 and 100 then
    raise exception '"first" must be between 0 and 100' using errcode = 'invalid_parameter_value';
  elsif cardinality(words) = 0 or search.text is null then
    return;
  end if;
  foreach loosely in array '{false,true}'::boolean[] loop
    return query
    with candidate as materialized (
      select c.* from fn.search_candidates(query, words, wanted) c where not loosely
      union all
      select c.* from fn.search_similar(words, wanted) c where loosely
    ), named as (
      select c.type, c.kind, c.id, t.level as depth, fn.search_names(array[t.pcode, t.iso_3166_2] || array(select a.name from unit_alias a where a.unit_id = t.id), t.name) as names
        from candidate c join administrative_unit t on c.kind = 'ADMINISTRATIVE_UNIT' and t.id = c.id
      union all
      select c.type, c.kind, c.id, 10, fn.search_names(array[t.code, t.acronym, t.iati_identifier] || array(select a.name from organization_alias a where a.organization_id = t.id), t.name)
        from candidate c join organization t on c.kind = 'ORGANIZATION' and t.id = c.id
      union all
      select c.type, c.kind, c.id, 20, fn.search_names(array[t.code, t.registry_reference], t.title)
        from candidate c join agreement t on c.kind = 'AGREEMENT' and t.id = c.id
      union all
      select c.type, c.kind, c.id, 30, fn.search_names(array[t.code, t.iati_identifier], t.title)
        from candidate c join project t on c.kind = 'PROJECT' and t.id = c.id
    ), page as (
      select n.type, n.kind, n.id, n.depth,
        case when loosely
          then .29 * (select coalesce(max(fn.search_similarity(words, x.name)), 0) from unnest(n.names) x(name))
          else fn.search_score(n.names, query, words)
        end as score
      from named n
      order by score desc, n.depth, n.id
      limit search.first
    )
    select jsonb_build_object('kind', p.kind, 'id', p.id, 'query', query), p.type, p.id, p.kind, p.score from page p
    order by p.score desc, p.depth, p.id;
    exit when found;
  end loop;
end
$$;

-- search_hit_excerpt shows where the words asked for stand in the record of a hit: in its name, else in its description.
create function fn.search_hit_excerpt(hit jsonb, out highlight text, out locale text)
language plpgsql stable as $$
declare
  key bigint := hit ->> 'id';
  query text := hit ->> 'query';
  words text[] := fn.search_words(query);
begin
  case hit ->> 'kind'
    when 'ADMINISTRATIVE_UNIT' then
      select e.highlight, e.locale into highlight, locale from administrative_unit t, fn.search_excerpt(query, words, t.name) e where t.id = key;
    when 'ORGANIZATION' then
      select e.highlight, e.locale into highlight, locale from organization t, fn.search_excerpt(query, words, t.name, t.description) e where t.id = key;
    when 'AGREEMENT' then
      select e.highlight, e.locale into highlight, locale from agreement t, fn.search_excerpt(query, words, t.title, t.summary) e where t.id = key;
    when 'PROJECT' then
      select e.highlight, e.locale into highlight, locale from project t, fn.search_excerpt(query, words, t.title, t.description) e where t.id = key;
  end case;
end
$$;

-- search_hit_highlight answers SearchHit.highlight.
create function fn.search_hit_highlight(hit jsonb) returns text
language sql stable as $$
  select e.highlight from fn.search_hit_excerpt(hit) e
$$;

-- search_hit_locale answers SearchHit.locale.
create function fn.search_hit_locale(hit jsonb) returns text
language sql stable as $$
  select e.locale from fn.search_hit_excerpt(hit) e
$$;
