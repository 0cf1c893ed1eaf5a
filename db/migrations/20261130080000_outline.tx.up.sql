-- The boundary of a unit as a map on a screen draws it. A boundary as it was surveyed has thousands of points, and a map of governorates
-- would take megabytes.

-- outline is a boundary on a mesh: each point moves to the nearest corner of the mesh, points that come to lie together or on a straight line with
-- their neighbours go, and so do parts that shrink to nothing. Where a point goes depends on itself alone, so two units that share a line share it
-- still and nothing gapes between them. The mesh is as fine as a map of units of the level shows: of governorates 0.005 degrees, some 500 m.
-- What is no area, and what is smaller than the mesh, stays as it is.
create function fn.outline(boundary jsonb, level integer) returns jsonb
language plpgsql immutable strict as $$
declare
  steps constant integer := case when level <= 1 then 200 when level = 2 then 500 else 2000 end; -- in a degree
  polygons jsonb := case boundary ->> 'type' when 'Polygon' then jsonb_build_array(boundary -> 'coordinates') when 'MultiPolygon' then boundary -> 'coordinates' end;
  drawn jsonb;
begin
  select jsonb_agg(x.rings order by x.polygon) into drawn
  from (
    select r.polygon, jsonb_agg(r.points order by r.ring) as rings, min(r.ring) as outer_ring
    from (
      select k.polygon, k.ring, jsonb_agg(jsonb_build_array(trim_scale(k.x / steps::numeric), trim_scale(k.y / steps::numeric)) order by k.n) as points
      from (
        select m.*, lag(m.x) over w as x1, lag(m.y) over w as y1, lead(m.x) over w as x2, lead(m.y) over w as y2
        from (
          select s.*, row(s.x, s.y) is distinct from row(lag(s.x) over v, lag(s.y) over v) as moves
          from (
            select p.polygon, r.ring, c.n, round((c.point ->> 0)::double precision * steps)::bigint as x, round((c.point ->> 1)::double precision * steps)::bigint as y
            from jsonb_array_elements(polygons) with ordinality p(rings, polygon),
              jsonb_array_elements(p.rings) with ordinality r(points, ring),
              jsonb_array_elements(r.points) with ordinality c(point, n)
          ) s window v as (partition by s.polygon, s.ring order by s.n)
        ) m where m.moves
        window w as (partition by m.polygon, m.ring order by m.n)
      ) k
      where k.x1 is null or k.x2 is null or (k.x - k.x1) * (k.y2 - k.y1) <> (k.y - k.y1) * (k.x2 - k.x1)
      group by k.polygon, k.ring
      having count(*) >= 4
    ) r group by r.polygon
  ) x
  where x.outer_ring = 1;
  if drawn is null then
    return boundary;
  elsif jsonb_array_length(drawn) = 1 then
    return jsonb_build_object('type', 'Polygon', 'coordinates', drawn -> 0);
  end if;
  return jsonb_build_object('type', 'MultiPolygon', 'coordinates', drawn);
exception when data_exception then -- its coordinates are not those of an area
  return boundary;
end
$$;
grant execute on function fn.outline(jsonb, integer) to taawun_staff;

alter table base.administrative_unit add column outline jsonb generated always as (fn.outline(boundary, level)) stored;

do $$
declare
  k base.record_kind;
begin
  select * into strict k from base.record_kind r where r.kind = 'AdministrativeUnit';
  call base.expose(k.kind, k.table_name, k.visible, k.hide, k.extra, k.rule, k.writers, k.part_of);
end
$$;
