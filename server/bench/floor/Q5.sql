with asked as materialized (
  select btrim(regexp_replace(fn.norm($1::text), '\s+', ' ', 'g')) as query, fn.search_words($1::text) as words
), pattern as materialized (
  select array(select '%' || regexp_replace(w.word, '([\\%_])', '\\\1', 'g') || '%' from unnest(a.words) with ordinality w(word, number) order by w.number) as all_words from asked a
), candidate as materialized (
  select t.* from project t
  where t.search like (select all_words[1] from pattern) and t.search like all ((select all_words from pattern)::text[])
  order by nullif(strpos(t.search, (select query from asked)), 0), strpos(t.search, (select words[1] from asked)), length(t.search), t.id limit 200
), page as materialized (
  select c.*, fn.search_score(fn.search_names(array[c.code, c.iati_identifier], c.title), a.query, a.words) as score
  from candidate c, asked a order by score desc, c.id limit 20
)
select json_build_object('search', (select coalesce(json_agg(json_build_object('record', json_build_object('id', 'prj_' || to_hex(p.id), 'code', p.code,
  'title', json_build_object('text', coalesce(p.title->>'ar', p.title->>'en', p.title->>p.original_locale)))) order by p.score desc, p.id), '[]') from page p))
