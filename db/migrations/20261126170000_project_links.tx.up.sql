-- What a figure of funding is about, as links of the project: so the list behind the figure can be asked for and counted.

-- The governorates of the locations, each once.
create view base.project_governorate as
  select distinct p.project_id, p.unit_id, p.published
  from base.project_place p join base.administrative_unit u on u.id = p.unit_id
  where u.level = 1;
call base.expose('ProjectGovernorate', 'project_governorate');

-- Who funds, as in fn.funding_cells: the provider of a transaction, or else the funding partners. A project with both has both.
create view base.project_funder as
  select s.project_id, s.organization_id, s.published from base.project_partner s where s.role = 'FUNDING' and s.organization_id is not null
  union
  select t.project_id, t.provider_id, t.published from base.transaction t where t.provider_id is not null;
call base.expose('ProjectFunder', 'project_funder');

-- The calendar years of the transactions, each once.
create view base.project_year as
  select distinct t.project_id, date_part('year', t.date)::bigint as year, t.published from base.transaction t;
call base.expose('ProjectYear', 'project_year');
