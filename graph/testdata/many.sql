-- Many projects whose columns repeat and miss values, for walks through ordered pages.
insert into base.project (code, state, status, kind, planned_start, planned_end, is_humanitarian, created_at, updated_at, capital_spend)
select 'P-' || lpad((n * 37 % 61)::text, 3, '0'), case when n % 9 = 0 then 'DRAFT' else 'PUBLISHED' end,
       (array['PIPELINE', 'IMPLEMENTATION', 'CLOSED'])[1 + n % 3], 'PROJECT',
       case when n % 4 > 0 then date '2020-01-01' + n % 7 end, case when n % 5 > 0 then date '2022-01-01' + n % 11 end, n % 2 = 0,
       timestamptz '2024-01-01T00:00:00.123456Z' + make_interval(secs => n % 6 * 0.000001), timestamptz '2024-01-01Z' + make_interval(days => n % 8), n % 3 + 0.5
from generate_series(1, 60) n;
insert into base.organization (id, code, state) values (1, 'ORG-1', 'PUBLISHED');
insert into base.project_partner (project_id, organization_id, role, published)
select p.id, 1, r.role, p.published from base.project p cross join (values ('FUNDING'), ('IMPLEMENTING')) r(role) where p.id % 2 = 0;
