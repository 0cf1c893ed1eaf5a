with left_out as materialized (
  select above, onward from fn.funding_left_out(null, null, '{DISBURSEMENT}')
), amount as (
  select row_number() over () as number, * from (
    select date_part('year', t.date)::integer as year, coalesce(-own.transaction_id, t.project_id) as sector_key, t.project_id, t.value_currency as currency,
      sum(t.value_amount) as amount, count(*)::integer as count
    from transaction t
    left join (select distinct s.transaction_id from transaction_sector s join code_list_item c on c.id = s.sector_id where c.list in ('Sector', 'SectorCategory')) own
      on own.transaction_id = t.id
    where t.type = 'DISBURSEMENT' and t.date between $1::date and $2::date
      and t.project_id <> all ((select above from left_out)::bigint[]) and t.id <> all ((select onward from left_out)::bigint[])
    group by 1, 2, 3, 4) x
), sector as materialized (
  select key, sector_id, sum(fraction) as fraction, count(*) over (partition by key) as parts from (
    select key, sector_id, case when sum(points) over k > 0 then points / sum(points) over k else 1.0 / count(*) over k end as fraction from (
      select key, sector_id, case when percentage is not null then greatest(percentage, 0) when count(percentage) over k = 0 then 1
        else greatest(100 - sum(percentage) over k, 0) / (count(*) over k - count(percentage) over k) end as points
      from (
        select key, sector_id, percentage from (
          select key, sector_id, percentage, list, min(list) over (partition by key) as finest from (
            select s.project_id as key, s.sector_id, s.percentage, c.list from project_sector s join code_list_item c on c.id = s.sector_id
            union all
            select -s.transaction_id, s.sector_id, s.percentage, c.list from transaction_sector s join code_list_item c on c.id = s.sector_id
          ) s where list in ('Sector', 'SectorCategory')
        ) s where list = finest
      ) s window k as (partition by key)
    ) s window k as (partition by key)
  ) s where fraction > 0 group by key, sector_id
), place as materialized (
  select key, governorate_id, sum(fraction) as fraction, count(*) over (partition by key) as parts from (
    select key, governorate_id, case when sum(points) over k > 0 then points / sum(points) over k else 1.0 / count(*) over k end as fraction from (
      select key, governorate_id, case when percentage is not null then greatest(percentage, 0) when count(percentage) over k = 0 then 1
        else greatest(100 - sum(percentage) over k, 0) / (count(*) over k - count(percentage) over k) end as points
      from (
        select s.project_id as key, g.ancestor_id as governorate_id, s.percentage from project_location s
        left join (select n.unit_id, n.ancestor_id from unit_ancestor n join administrative_unit u on u.id = n.ancestor_id where u.level = 1) g on g.unit_id = s.unit_id
      ) s window k as (partition by key)
    ) s window k as (partition by key)
  ) s where fraction > 0 group by key, governorate_id
), part as materialized (
  select a.*, s.sector_id, p.governorate_id, coalesce(s.fraction, 1) * coalesce(p.fraction, 1) as fraction, coalesce(s.parts, 1) * coalesce(p.parts, 1) as parts
  from amount a left join sector s on s.key = a.sector_key left join place p on p.key = a.project_id
), cell as (
  select year, sector_id, governorate_id, currency, amount, count from part where parts = 1
  union all
  select year, sector_id, governorate_id, currency,
    sign(amount) * (cut + case when place <= cents then 0.01 when place = cents + 1 then remains - cents * 0.01 else 0 end), count
  from (
    select *, floor(remains * 100) as cents from (
      select *, abs(amount) - sum(cut) over (partition by number) as remains, row_number() over (partition by number order by rest desc, sector_id, governorate_id) as place from (
        select *, trunc(abs(amount) * fraction, 2) as cut, abs(amount) * fraction - trunc(abs(amount) * fraction, 2) as rest from part where parts > 1
      ) x
    ) x
  ) x
), line as (
  select year, sector_id, governorate_id, currency, sum(amount) as amount, sum(count)::integer as count from cell
  group by year, sector_id, governorate_id, currency order by year, sector_id, governorate_id, currency
)
select json_build_object('funding', json_build_object('rows', (select coalesce(json_agg(json_build_object('year', l.year,
  'sector', (select json_build_object('id', 'cod_' || to_hex(c.id)) from code_list_item c where c.id = l.sector_id),
  'governorate', (select json_build_object('id', 'unt_' || to_hex(u.id)) from administrative_unit u where u.id = l.governorate_id),
  'currency', l.currency, 'amount', l.amount::text, 'count', l.count)), '[]') from line l)))
