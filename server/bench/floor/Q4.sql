with left_out as materialized (
  select above, onward from fn.funding_left_out(null, null, '{DISBURSEMENT}')
), own as materialized (
  select distinct s.transaction_id from transaction_sector s join code_list_item c on c.id = s.sector_id where c.list in ('Sector', 'SectorCategory')
), amount as materialized (
  select row_number() over () as number, * from (
    select date_part('year', t.date)::integer as year, coalesce(-own.transaction_id, t.project_id) as sector_key, t.project_id, t.value_currency collate "C" as currency,
      sum(t.value_amount) as amount, count(*)::integer as count
    from transaction t left join own on own.transaction_id = t.id
    where t.type = 'DISBURSEMENT' and t.date between $1::date and $2::date
      and not exists (select from left_out l, unnest(l.above) x(id) where x.id = t.project_id)
      and not exists (select from left_out l, unnest(l.onward) x(id) where x.id = t.id)
    group by 1, 2, 3, 4) x
), stated as materialized (
  select s.project_id as key, s.sector_id, s.percentage, c.list from project_sector s join code_list_item c on c.id = s.sector_id where c.list in ('Sector', 'SectorCategory')
  union all
  select -s.transaction_id, s.sector_id, s.percentage, c.list from transaction_sector s join code_list_item c on c.id = s.sector_id where c.list in ('Sector', 'SectorCategory')
), sector as materialized (
  select * from (
    select key, sector_id, parts, case when parts = 1 then 1
      when stated_of_all = 0 or total_of_all = 0 and stated_of_all = n_of_all then n::numeric / n_of_all
      else (total + (n - stated) * greatest(100 - total_of_all, 0) / greatest(n_of_all - stated_of_all, 1))
        / case when n_of_all > stated_of_all then greatest(total_of_all, 100) else total_of_all end end as fraction
    from (
      select *, (count(*) over k)::integer as parts, sum(n) over k as n_of_all, sum(stated) over k as stated_of_all, sum(total) over k as total_of_all from (
        select key, sector_id, count(*)::integer as n, count(percentage)::integer as stated, coalesce(sum(greatest(percentage, 0)), 0) as total from (
          select key, sector_id, percentage from stated where list = 'Sector'
          union all
          select key, sector_id, percentage from stated s where list <> 'Sector' and not exists (select from stated x where x.key = s.key and x.list = 'Sector')
        ) s group by key, sector_id
      ) s window k as (partition by key)
    ) s
  ) s where fraction > 0
), place as materialized (
  select * from (
    select key, governorate_id, parts, case when parts = 1 then 1
      when stated_of_all = 0 or total_of_all = 0 and stated_of_all = n_of_all then n::numeric / n_of_all
      else (total + (n - stated) * greatest(100 - total_of_all, 0) / greatest(n_of_all - stated_of_all, 1))
        / case when n_of_all > stated_of_all then greatest(total_of_all, 100) else total_of_all end end as fraction
    from (
      select *, (count(*) over k)::integer as parts, sum(n) over k as n_of_all, sum(stated) over k as stated_of_all, sum(total) over k as total_of_all from (
        select s.project_id as key, g.ancestor_id as governorate_id, count(*)::integer as n, count(s.percentage)::integer as stated,
          coalesce(sum(greatest(s.percentage, 0)), 0) as total
        from project_location s
        left join (select n.unit_id, n.ancestor_id from unit_ancestor n join administrative_unit u on u.id = n.ancestor_id where u.level = 1) g on g.unit_id = s.unit_id
        group by 1, 2
      ) s window k as (partition by key)
    ) s
  ) s where fraction > 0
), part as materialized (
  select a.*, s.sector_id, p.governorate_id, abs(a.amount) * coalesce(s.fraction, 1) * coalesce(p.fraction, 1) as exact, coalesce(s.parts, 1) * coalesce(p.parts, 1) as parts
  from amount a left join sector s on s.key = a.sector_key left join place p on p.key = a.project_id
), cell as (
  select year, sector_id, governorate_id, currency, amount, count from part where parts = 1
  union all
  select year, sector_id, governorate_id, currency,
    sign(amount) * (cut + case when remains = 0 then 0 when place <= cents then 0.01 when place = cents + 1 then remains - cents * 0.01 else 0 end), count
  from (
    select *, floor(remains * 100) as cents from (
      select *, abs(amount) - sum(cut) over (partition by number) as remains, row_number() over (partition by number order by rest desc, sector_id, governorate_id) as place from (
        select *, trunc(exact, 2) as cut, exact - trunc(exact, 2) as rest from part where parts > 1
      ) x
    ) x
  ) x
), line as materialized (
  select year, sector_id, governorate_id, currency, sum(amount) as amount, sum(count)::integer as count from cell
  group by year, sector_id, governorate_id, currency order by year, sector_id, governorate_id, currency
)
select json_build_object('funding', json_build_object('rows', (select coalesce(json_agg(json_build_object('year', l.year,
  'sector', (select json_build_object('id', 'cod_' || to_hex(c.id)) from code_list_item c where c.id = l.sector_id),
  'governorate', (select json_build_object('id', 'unt_' || to_hex(u.id)) from administrative_unit u where u.id = l.governorate_id),
  'currency', l.currency, 'amount', l.amount::text, 'count', l.count) order by l.year, l.sector_id, l.governorate_id, l.currency), '[]') from line l)))
