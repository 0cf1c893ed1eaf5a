with page as (
  select p.* from project p
  where p.status = $2::text
    and exists (select from project_place x where x.project_id = p.id and x.unit_id = $1::bigint)
    and exists (select from project_sector s where s.project_id = p.id and s.sector_id = $3::bigint)
  order by p.start_date desc, p.id desc limit 21
), numbered as (
  select page.*, row_number() over (order by start_date desc, id desc) as n from page
)
select json_build_object('projects', (select json_build_object(
  'nodes', coalesce(json_agg(json_build_object('id', 'prj_' || to_hex(p.id), 'code', p.code, 'status', p.status, 'startDate', p.start_date,
    'title', json_build_object('text', coalesce(p.title->>'ar', p.title->>'en', p.title->>p.original_locale)),
    'partners', (select coalesce(json_agg(json_build_object('role', j.role, 'organization',
        (select json_build_object('id', 'org_' || to_hex(o.id), 'name', json_build_object('text', coalesce(o.name->>'ar', o.name->>'en', o.name->>o.original_locale)))
          from organization o where o.id = j.organization_id)) order by j.position, j.id), '[]')
      from project_partner j where j.project_id = p.id),
    'locations', json_build_object('nodes', (select coalesce(json_agg(json_build_object('percentage', l.percentage::text, 'unit',
        (select json_build_object('id', 'unt_' || to_hex(u.id), 'name', json_build_object('text', coalesce(u.name->>'ar', u.name->>'en', u.name->>u.original_locale)))
          from administrative_unit u where u.id = l.unit_id))), '[]')
      from (select l.* from project_location l where l.project_id = p.id order by l.id limit 10) l))) order by p.n) filter (where p.n <= 20), '[]'),
  'pageInfo', json_build_object('hasNextPage', count(*) > 20,
    'endCursor', max(encode(convert_to(json_build_array(p.start_date, p.id)::text, 'UTF8'), 'base64')) filter (where p.n = 20)))
  from numbered p))
