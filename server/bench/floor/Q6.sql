with page as (
  select * from (select p.* from project p where (p.start_date, p.id) < ($1::date, $2::bigint) order by p.start_date desc, p.id desc limit 21) x
), numbered as (
  select page.*, row_number() over (order by start_date desc, id desc) as n from page
)
select json_build_object('projects', (select json_build_object(
  'nodes', coalesce(json_agg(json_build_object('id', 'prj_' || to_hex(p.id), 'code', p.code, 'status', p.status, 'startDate', p.start_date,
    'title', json_build_object('text', coalesce(p.title->>'ar', p.title->>'en', p.title->>p.original_locale))) order by p.n) filter (where p.n <= 20), '[]'),
  'pageInfo', json_build_object('hasNextPage', count(*) > 20,
    'endCursor', max(encode(convert_to(json_build_array(p.start_date, p.id)::text, 'UTF8'), 'base64')) filter (where p.n = 20)))
  from numbered p))
