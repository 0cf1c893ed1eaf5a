select json_build_object('project', (
  select json_build_object('id', 'prj_' || to_hex(p.id), 'code', p.code, 'status', p.status, 'startDate', p.start_date, 'endDate', p.end_date,
    'title', json_build_object('text', coalesce(p.title->>'ar', p.title->>'en', p.title->>p.original_locale)),
    'partners', (select coalesce(json_agg(json_build_object('role', j.role, 'organization',
        (select json_build_object('id', 'org_' || to_hex(o.id), 'code', o.code, 'kind', o.kind,
            'country', (select json_build_object('code', c.code) from code_list_item c where c.id = o.country_id),
            'name', json_build_object('text', coalesce(o.name->>'ar', o.name->>'en', o.name->>o.original_locale)))
          from organization o where o.id = j.organization_id)) order by j.position, j.id), '[]')
      from project_partner j where j.project_id = p.id),
    'agreements', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', 'agr_' || to_hex(a.id), 'code', a.code, 'status', a.status, 'signedOn', a.signed_on,
        'title', json_build_object('text', coalesce(a.title->>'ar', a.title->>'en', a.title->>a.original_locale)),
        'parties', (select coalesce(json_agg(json_build_object('role', y.role, 'organization',
            (select json_build_object('id', 'org_' || to_hex(o.id), 'code', o.code,
                'name', json_build_object('text', coalesce(o.name->>'ar', o.name->>'en', o.name->>o.original_locale)))
              from organization o where o.id = y.organization_id)) order by y.position, y.id), '[]')
          from agreement_party y where y.agreement_id = a.id))), '[]')
      from (select a.* from agreement a where a.id in (select l.agreement_id from project_agreement l where l.project_id = p.id)
        order by a.signed_on desc, a.id desc limit 3) a)),
    'sectors', (select coalesce(json_agg(json_build_object('percentage', s.percentage::text, 'sector', (select json_build_object('id', 'cod_' || to_hex(c.id), 'code', c.code)
        from code_list_item c where c.id = s.sector_id)) order by s.id), '[]') from project_sector s where s.project_id = p.id),
    'locations', json_build_object('nodes', (select coalesce(json_agg(json_build_object('percentage', l.percentage::text, 'unit',
        (select json_build_object('id', 'unt_' || to_hex(u.id), 'pcode', u.pcode, 'level', u.level,
            'name', json_build_object('text', coalesce(u.name->>'ar', u.name->>'en', u.name->>u.original_locale)),
            'parent', (select json_build_object('id', 'unt_' || to_hex(v.id), 'name', json_build_object('text', coalesce(v.name->>'ar', v.name->>'en', v.name->>v.original_locale)),
                'parent', (select json_build_object('id', 'unt_' || to_hex(w.id), 'name', json_build_object('text', coalesce(w.name->>'ar', w.name->>'en', w.name->>w.original_locale)))
                  from administrative_unit w where w.id = v.parent_id))
              from administrative_unit v where v.id = u.parent_id))
          from administrative_unit u where u.id = l.unit_id))), '[]')
      from (select l.* from project_location l where l.project_id = p.id order by l.id limit 10) l)),
    'transactions', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', 'txn_' || to_hex(t.id), 'type', t.type, 'date', t.date,
        'value', json_build_object('amount', t.value_amount::text, 'currency', t.value_currency))), '[]')
      from (select t.* from transaction t where t.project_id = p.id order by t.date desc, t.id desc limit 5) t)))
  from project p where p.id = $1::bigint))
