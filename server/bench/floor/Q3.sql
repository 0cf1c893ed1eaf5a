select json_build_object('organizations', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', 'org_' || to_hex(o.id), 'code', o.code,
    'name', json_build_object('text', coalesce(o.name->>'ar', o.name->>'en', o.name->>o.original_locale)),
    'projects', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', 'prj_' || to_hex(p.id), 'code', p.code,
        'title', json_build_object('text', coalesce(p.title->>'ar', p.title->>'en', p.title->>p.original_locale)), 'startDate', p.start_date)), '[]')
      from (select p.* from project p where p.id in (select j.project_id from project_partner j where j.organization_id = o.id)
        order by p.start_date desc, p.id desc limit 5) p)),
    'agreements', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', 'agr_' || to_hex(a.id), 'code', a.code,
        'title', json_build_object('text', coalesce(a.title->>'ar', a.title->>'en', a.title->>a.original_locale)))), '[]')
      from (select a.* from agreement a where a.id in (select y.agreement_id from agreement_party y where y.organization_id = o.id)
        order by a.signed_on desc, a.id desc limit 3) a)))), '[]')
  from (select o.* from organization o where o.code > $1::text order by o.code, o.id limit 50) o)))
