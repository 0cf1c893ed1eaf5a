-- Money across the graph, second edition: budgets and plans, categories and policy markers, one reporting currency, the share of the country,
-- shares of the total, amounts per head, subtotals, and what a table of all units needs to be counted once.
--
-- The rules, in the order in which they are applied; each amount that is left out is named with the first rule that leaves it out:
--   1. A measure is a set of transaction types, or budgets, or planned disbursements (fn.funding_types). Of budgets and plans, an original one
--      gives way to revised ones whose periods touch its own (REPLACED).
--   2. In a family of projects (parent links) money counts at the lowest level that reports the measure (COUNTED_IN_PARTS).
--   3. Money that went on to another recorded project which counts itself is left out (DELEGATED); so are incoming funds that came from one
--      (TRANSFERRED). Rules 2 and 3 do not depend on the period or the currency, so that the parts of a period add up to the whole.
--   4. What falls to other countries is left out (OTHER_COUNTRY): by the recipient country of the transaction, else by the shares of the project.
--   5. Amounts of different currencies are never added. Into a reporting currency they are converted each by the rate of its day (fn.exchange_days);
--      what has no rate is left out (NO_EXCHANGE_RATE).
--   6. Shares: those of one list total 100 after normalising; a missing share takes its part of what the others leave.
--   7. What is split is cut to the cent by the largest remainder: for each project apart in original currencies, and all rows together, once, in a
--      reporting currency. So rows add up to totals.

-- funding_types are the transaction types that a measure adds up; budgets and planned disbursements are types of their own.
create or replace function fn.funding_types(measure text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  types text[] := case measure
    when 'SPEND' then '{DISBURSEMENT,EXPENDITURE}'
    when 'DISBURSEMENT' then '{DISBURSEMENT}'
    when 'EXPENDITURE' then '{EXPENDITURE}'
    when 'COMMITMENT' then '{OUTGOING_COMMITMENT}'
    when 'INCOMING' then '{INCOMING_FUNDS}'
    when 'PLEDGE' then '{OUTGOING_PLEDGE}'
    when 'BUDGET' then '{BUDGET}'
    when 'PLANNED' then '{PLANNED}'
  end;
begin
  if types is null then
    raise exception 'there is no measure %', coalesce(measure, 'without a name') using errcode = 'invalid_parameter_value';
  end if;
  return types;
end
$$;


-- funding_source is the relation in which the amounts of some types stand, with the columns of transaction that funding needs.
--   replaced  the budgets and plans that gave way to revised ones, instead of the others
create function fn.funding_source(types text[], replaced boolean default false) returns text
language sql immutable parallel safe as $$
  select case
    when types && '{BUDGET,PLANNED}' then format(
      '(select b.id, b.project_id, %1$L as type, b.period_start as date, b.value_amount, b.value_currency, b.value_date, %2$s as provider_id, null::bigint as finance_type_id,'
      ' null::bigint as country_id, null::text as provider_activity, null::text as receiver_activity from %3$I b'
      ' where %4$s (b.type is distinct from ''REVISED'' and exists (select from %3$I r where r.project_id = b.project_id and r.type = ''REVISED'''
      ' and r.period_start <= coalesce(b.period_end, b.period_start) and coalesce(r.period_end, r.period_start) >= b.period_start)))',
      types[1], case types[1] when 'BUDGET' then 'null::bigint' else 'b.provider_id' end, case types[1] when 'BUDGET' then 'budget' else 'planned_disbursement' end,
      case when replaced then '' else 'not' end)
    when replaced then '(select * from transaction where false)'
    else 'transaction'
  end
$$;

-- funding_abroad are the projects of which a part, or all, falls to other countries. The country is that of the topmost unit. A project that
-- states only regions is not known to be anywhere else.
create function fn.funding_abroad(out home bigint, out abroad bigint[], out at_home numeric[])
language plpgsql stable as $$
begin
  select c.id into home from administrative_unit u join code_list_item c on c.list = 'Country' and c.code = u.pcode where u.level = 0 order by u.id limit 1;
  if home is not null then
    abroad := array(select distinct s.project_id from project_country s where s.country_id <> home);
  end if;
  if abroad <> '{}' then
    execute 'select array_agg(x.key), array_agg(x.fraction) from (select s.key, coalesce(sum(s.fraction) filter (where s.place = $2), 0) as fraction from ('
      || fn.funding_split_sql('select c.project_id as key, c.country_id as place, c.percentage from project_country c where c.project_id = any ($1)'
        ' union all select r.project_id, null, r.percentage from project_region r where r.project_id = any ($1)', 'place')
      || ') s group by s.key) x where x.fraction < 1'
      into abroad, at_home using abroad, home;
  end if;
end
$$;

-- Pieces of statements about amounts t, all with the same parameters:
--   $1 projects  $2 types  $3 first day  $4 last day  $5 original currency  $6 projects above  $7 transactions onward
--   $8 country  $9 projects abroad  $10 their fractions at home  $11 reporting currency

-- funding_counted says which amounts count, whatever their country.
--   chosen  how projects are compared with $1; null if all count
create function fn.funding_counted(chosen text, above bigint[], onward bigint[], from_date date, to_date date, original text) returns text
language sql immutable parallel safe as $$
  select concat('t.type = any ($2)',
    ' and t.project_id' || chosen,
    case when from_date is not null then ' and t.date >= $3' end,
    case when to_date is not null then ' and t.date <= $4' end,
    case when original is not null then ' and t.value_currency = $5' end,
    case when cardinality(above) > 0 then ' and t.project_id <> all ($6)' end,
    case when cardinality(onward) > 0 then ' and t.id <> all ($7)' end)
$$;

-- funding_reach joins the fraction of the project that stays in the country.
create function fn.funding_reach(abroad bigint[]) returns text
language sql immutable parallel safe as $$
  select case when cardinality(abroad) > 0 then ' left join unnest($9::bigint[], $10::numeric[]) away(key, fraction) on away.key = t.project_id' else '' end
$$;

-- funding_filter says which amounts count at least in part.
create function fn.funding_filter(chosen text, above bigint[], onward bigint[], from_date date, to_date date, original text, home bigint, abroad bigint[]) returns text
language sql immutable parallel safe as $$
  select concat(fn.funding_counted(chosen, above, onward, from_date, to_date, original),
    case when home is not null then ' and (t.country_id is null or t.country_id = $8)' end,
    case when cardinality(abroad) > 0 then ' and (t.country_id is not null or away.fraction is null or away.fraction > 0)' end)
$$;

-- funding_value is what counts of an amount: all of it, or the share of the country, to the cent.
create function fn.funding_value(abroad bigint[]) returns text
language sql immutable parallel safe as $$
  select case when cardinality(abroad) > 0
    then 'case when t.country_id is not null or away.fraction is null then t.value_amount else round(t.value_amount * away.fraction, greatest(2, scale(t.value_amount))) end'
    else 't.value_amount' end
$$;

-- funding_needs_sql writes the query for what must be known to convert: the currencies of the amounts that count, and their first and last day.
create function fn.funding_needs_sql(types text[], abroad bigint[], counted text) returns text
language sql immutable parallel safe as $$
  select format('select array_agg(x.value_currency), min(x.first_day), max(x.last_day) from ('
    'select t.value_currency, min(coalesce(t.value_date, t.date)) as first_day, max(coalesce(t.value_date, t.date)) as last_day from %s t %s where %s group by 1) x',
    fn.funding_source(types), fn.funding_reach(abroad), counted)
$$;

create or replace function fn.funding_left_out(scope bigint[], among bigint[], types text[], out above bigint[], out onward bigint[])
-- It looks up thousands of projects among hundreds of thousands of transactions, by index.
language plpgsql stable set random_page_cost to 1.1 set enable_mergejoin to off as $$
declare
  passed bigint[];   -- transactions that passed money on, with
  sources bigint[];  -- their projects and
  targets bigint[];  -- the projects to which it went
  parents bigint[];  -- all links between parents and
  children bigint[]; -- parts
  reached bigint[];  -- projects to which money came, and to which it came from there or from their parents
  money text := fn.funding_source(types);
  linked text := case when types = '{INCOMING_FUNDS}' then 't.provider_activity' else 't.receiver_activity' end;
  in_scope text := case when scope is null then 'true' else '%s in (select unnest($1))' end;
begin
  among := coalesce(among, scope);
  execute 'select array_agg(t.id), array_agg(t.project_id), array_agg(q.id)'
    ' from ' || money || ' t join project q on q.iati_identifier = ' || linked ||
    ' where ' || linked || ' is not null and t.type = any ($2) and q.id <> t.project_id and '
    || format(in_scope, 't.project_id') || ' and ' || format(in_scope, 'q.id')
    into passed, sources, targets using scope, types;
  select array_agg(p.parent_id), array_agg(p.id) into parents, children from project p where p.parent_id is not null;

  if passed is not null then
    with recursive edge as materialized (
      select e.source, e.target from unnest(sources || parents, targets || children) e(source, target)
    ), downstream as (
      select e.id from unnest(targets) e(id)
      union
      select e.target from downstream d join edge e on e.source = d.id
    )
    select array_agg(d.id) into reached from downstream d;
  end if;

  -- Where two projects name each other as parent, the one that was entered first counts.
  execute
    'with recursive edge as materialized ('
    '  select e.parent, e.child from unnest($5, $6) e(parent, child)'
    '), below as ('
    '  select e.parent as root, e.child as id from edge e'
    || case when among is null then '' else ' where e.parent in (select unnest($3 || $4))' end ||
    '  union'
    '  select b.root, e.child from below b join edge e on e.parent = b.id'
    '), part as materialized ('
    '  select b.root, b.id from below b where b.id <> b.root'
    ') '
    'select coalesce(array_agg(distinct p.root), ''{}'') from part p where ' || format(in_scope, 'p.id') ||
    ' and (select true from ' || money || ' t where t.project_id = p.id and t.type = any ($2) limit 1)' -- by index
    ' and ((select count(*) = 0 from below b where b.id = b.root) or not exists (select from part c where c.root = p.id and c.id = p.root and p.root < p.id))'
    into above using scope, types, among, reached, parents, children;

  onward := '{}';
  -- A project counts if it has money of its own that went nowhere else, or if money it passed on, or one of its parts, counts. So money that goes
  -- round in a circle stays counted.
  if passed is not null then execute
    'with recursive edge as materialized ('
    '  select e.source, e.target from unnest($5, $6) e(source, target)'
    '), own as materialized ('
    '  select r.id from ((select unnest($3) except select unnest($4))' || case when scope is null then '' else ' intersect select unnest($1)' end || ') r(id)'
    '  where (select true from ' || money || ' t where t.project_id = r.id and t.type = any ($2) and t.id <> all ($7) limit 1)' -- by index
    '), counts as ('
    '  select o.id from own o'
    '  union'
    '  select e.source from counts c join edge e on e.target = c.id'
    ') '
    'select coalesce(array_agg(p.id), ''{}'') from unnest($7, $8, $9) p(id, source, target)'
    ' where p.target in (select c.id from counts c)' || case when among is null then '' else ' and p.source in (select unnest($10))' end
    into onward using scope, types, reached, above, sources || parents, targets || children, passed, sources, targets, among;
  end if;
  if among is not null then
    above := array(select a.id from unnest(above) a(id) where a.id in (select unnest(among)));
  end if;
end
$$;
