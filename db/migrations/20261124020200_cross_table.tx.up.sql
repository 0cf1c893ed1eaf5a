-- The cross-tab itself.

-- funding_cells adds up money by the dimensions asked for; without any, by currency only. It writes one statement that reads only what
-- these dimensions need: "amount" sums amounts (for each project, where something is to be split), the splits hold fractions
-- of projects, "part" is their product, "cell" is cut to the cent. Converted amounts are not cut on the way: their sums are brought to the
-- cent together, at the end, so that they add up to the total.
--   scope, among  as in funding_left_out
--   original      currency of the amounts that count; all if null
--   currency      into which amounts are converted; none if null
--   level         level of the units that stand in governorate_id
--   amount        null where there are amounts, but no rate for any
--   without_rate  how many amounts are missing in it for want of a rate
drop function fn.funding_cells(bigint[], bigint[], text, text[], date, date, text, integer);
create function fn.funding_cells(scope bigint[], among bigint[], measure text, dimensions text[], from_date date, to_date date, original text, currency text, level integer default 1)
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency_code text, amount numeric, count integer, without_rate integer)
-- Into how many parts sums fall is beyond the planner's guess: hashing is never far from the best, all else can be.
language plpgsql stable set enable_nestloop to off set enable_mergejoin to off set enable_sort to off as $$
#variable_conflict use_column
declare
  columns constant text[] := '{year,quarter,sector_id,category_id,sdg_id,marker_id,governorate_id,district_id,funder_id,implementer_id,agreement_id,finance_type_id,status}';
  types text[] := fn.funding_types(measure);
  own_rows boolean := types <@ '{BUDGET,PLANNED}'; -- rows that are no transactions
  above bigint[];
  onward bigint[];
  home bigint;            -- the country
  abroad bigint[];        -- projects that fall to other countries in part, with
  at_home numeric[];      -- the fraction that stays
  currencies text[];      -- of the amounts
  first_day date;
  last_day date;
  chosen text := case when cardinality(coalesce(among, scope)) > 500 then ' in (select unnest($1))' else ' = any ($1)' end; -- by join or by index
  full_count boolean := dimensions && '{SDG,MARKER}';
  by_sector boolean := dimensions && '{SECTOR,CATEGORY}';
  by_place boolean := dimensions && '{GOVERNORATE,DISTRICT}';
  splits boolean := by_place or dimensions && '{SECTOR,CATEGORY,FUNDER,IMPLEMENTER,AGREEMENT}';
  taken text[] := '{}';     -- columns of a sum of transactions, as expressions
  kept text[] := '{}';      -- those that a row keeps, by name
  reach text := '';         -- tables that these need
  filter text;              -- which amounts count
  value_of text;            -- what counts of each
  ready text;               -- whether it is in the currency that is wanted, or can be
  ours text;                -- which projects are split
  steps text := '';         -- common table expressions of the splits
  joins text := '';
  fulls text := '';         -- joins of what counts fully for each
  shares text := '';        -- columns that come from splits, as expressions
  split text[] := '{}';     -- the same, by name
  fraction text;            -- of a sum, in one part
  parts text;               -- into which a sum falls
  place_units text := '';
  place_joins text := '';
  asked text[] := '{}';     -- columns of the dimensions, in the order asked for
  dimension text;
  name text;                -- of the column of the dimension
  source text;              -- of a split: query of key, column, percentage
  match text;               -- condition by which it joins
  value text;               -- its column, as an expression
begin
  among := coalesce(among, scope);
  select o.above, o.onward into above, onward from fn.funding_left_out(scope, among, types) o;
  select a.home, a.abroad, a.at_home into home, abroad, at_home from fn.funding_abroad() a;
  filter := fn.funding_filter(case when among is not null then chosen end, above, onward, from_date, to_date, original, home, abroad);
  value_of := fn.funding_value(abroad);
  reach := fn.funding_reach(abroad);
  if currency is null then
    ready := 'true';
  else
    execute fn.funding_needs_sql(types, abroad, filter) into currencies, first_day, last_day
      using among, types, from_date, to_date, original, above, onward, home, abroad, at_home;
    ready := '(t.value_currency = $11 or rate.multiplier is not null)';
    value_of := format('case when t.value_currency = $11 then %1$s else %1$s * rate.multiplier / rate.divisor end', value_of);
    reach := reach || ' left join rate on rate.currency = t.value_currency and rate.day = coalesce(t.value_date, t.date)';
  end if;
  ours := case when among is null then 'true' else 's.project_id' || chosen end;

  foreach dimension in array dimensions loop
    name := lower(dimension) || case when lower(dimension) = any (columns) then '' else '_id' end;
    asked := asked || name;
    source := null;
    match := format('%I.key = a.project_id', dimension);
    value := format('%I.%I', dimension, name);
    case dimension
      when 'YEAR', 'QUARTER' then
        taken := taken || format('date_part(%L, t.date)::integer as %I', name, name);
        kept := kept || name;
      when 'STATUS' then
        taken := taken || 'p.status'::text;
        kept := kept || name;
      when 'FINANCE_TYPE' then
        taken := taken || 'coalesce(t.finance_type_id, p.finance_type_id) as finance_type_id'::text;
        kept := kept || name;
      when 'SECTOR', 'CATEGORY' then
        null; -- below: sector and category of the same row stay together
      when 'GOVERNORATE', 'DISTRICT' then
        place_units := place_units || format('%I.ancestor_id as %I, ', dimension, name);
        place_joins := place_joins || format(' left join (select n.unit_id, n.ancestor_id from unit_ancestor n'
          ' join administrative_unit u on u.id = n.ancestor_id where u.level = %s) %2$I on %2$I.unit_id = s.unit_id',
          case dimension when 'DISTRICT' then 2 else level end, dimension);
      when 'FUNDER' then
        taken := taken || 'giver.id as giver_id'::text;
        reach := reach || ' left join organization giver on giver.id = t.provider_id';
        source := 'select s.project_id as key, o.id as funder_id, s.share as percentage'
          ' from project_partner s left join organization o on o.id = s.organization_id where s.role = ''FUNDING'' and ' || ours;
        match := 'a.giver_id is null and ' || match;
        value := 'coalesce(a.giver_id, "FUNDER".funder_id) as funder_id';
      when 'IMPLEMENTER' then
        source := 'select s.project_id as key, o.id as implementer_id, s.share as percentage'
          ' from project_partner s left join organization o on o.id = s.organization_id where s.role = ''IMPLEMENTING'' and ' || ours;
      when 'AGREEMENT' then
        source := 'select s.project_id as key, g.id as agreement_id, null::numeric as percentage'
          ' from project_agreement s join agreement g on g.id = s.agreement_id where ' || ours;
      when 'SDG' then
        steps := steps || ', goal as materialized (select distinct s.project_id as key, case c.list when ''UNSDG-Targets'' then c.category_id else c.id end as sdg_id'
          ' from project_tag s join code_list_item c on c.id = s.tag_id where c.list in (''UNSDG-Goals'', ''UNSDG-Targets'') and ' || ours || ')';
        fulls := fulls || ' left join goal on goal.key = cell.project_id';
      when 'MARKER' then
        -- A marker that was looked at and not found (significance 0) marks nothing.
        steps := steps || ', marked as materialized (select distinct s.project_id as key, s.marker_id from project_policy_marker s'
          ' left join code_list_item c on c.id = s.significance_id where coalesce(c.code, ''1'') <> ''0'' and ' || ours || ')';
        fulls := fulls || ' left join marked on marked.key = cell.project_id';
      else
        raise exception 'there is no dimension %', dimension using errcode = 'invalid_parameter_value';
    end case;
    if source is not null then
      steps := steps || format(', %I as materialized (%s)', dimension, fn.funding_split_sql(source, name));
      joins := joins || format(' left join %I on %s', dimension, match);
      shares := shares || value || ', ';
      split := split || name;
      fraction := concat_ws(' * ', fraction, format('coalesce(%I.fraction, 1)', dimension));
      parts := concat_ws(' * ', parts, format('coalesce(%I.parts, 1)', dimension));
    end if;
  end loop;

  if by_sector then
    -- Sectors stand on the transaction or on the project: one key for both, that of the transaction negative.
    if own_rows then
      taken := taken || 't.project_id as sector_key'::text;
    else
      taken := taken || 'coalesce(-own.transaction_id, t.project_id) as sector_key'::text;
      reach := reach || ' left join (select distinct s.transaction_id from transaction_sector s join code_list_item c on c.id = s.sector_id'
        ' where c.list in (''Sector'', ''SectorCategory'')) own on own.transaction_id = t.id';
    end if;
    split := split || array(select a from unnest(asked) a where a in ('sector_id', 'category_id'));
    name := array_to_string(array(select a from unnest(asked) a where a in ('sector_id', 'category_id')), ', ');
    steps := steps || format(', sector as materialized (%s)', fn.funding_split_sql(
      'with stated as materialized ('
      '  select s.project_id as key, s.sector_id, case c.list when ''Sector'' then c.category_id else c.id end as category_id, s.percentage, c.list'
      '  from project_sector s join code_list_item c on c.id = s.sector_id where c.list in (''Sector'', ''SectorCategory'') and ' || ours
      || case when own_rows then '' else
      '  union all'
      '  select -s.transaction_id, s.sector_id, case c.list when ''Sector'' then c.category_id else c.id end, s.percentage, c.list'
      '  from transaction_sector s join code_list_item c on c.id = s.sector_id where c.list in (''Sector'', ''SectorCategory'')' end ||
      ') '
      'select key, sector_id, category_id, percentage from stated where list = ''Sector'' union all '
      'select key, sector_id, category_id, percentage from stated s where list <> ''Sector'' and not exists (select from stated x where x.key = s.key and x.list = ''Sector'')',
      name));
    joins := joins || ' left join sector on sector.key = a.sector_key';
    shares := shares || name || ', ';
    fraction := concat_ws(' * ', fraction, 'coalesce(sector.fraction, 1)');
    parts := concat_ws(' * ', parts, 'coalesce(sector.parts, 1)');
  end if;
  if by_place then -- governorate and district of the same location stay together
    split := split || array(select a from unnest(asked) a where a in ('governorate_id', 'district_id'));
    name := array_to_string(array(select a from unnest(asked) a where a in ('governorate_id', 'district_id')), ', ');
    steps := steps || format(', place as materialized (%s)', fn.funding_split_sql(
      'select s.project_id as key, ' || place_units || 's.percentage from project_location s' || place_joins || ' where ' || ours, name));
    joins := joins || ' left join place on place.key = a.project_id';
    shares := shares || name || ', ';
    fraction := concat_ws(' * ', fraction, 'coalesce(place.fraction, 1)');
    parts := concat_ws(' * ', parts, 'coalesce(place.parts, 1)');
  end if;
  if dimensions && '{STATUS,FINANCE_TYPE}' then
    reach := reach || ' join project p on p.id = t.project_id';
  end if;
  if splits or full_count then
    taken := taken || 't.project_id'::text;
  end if;

  name := array_to_string(taken || case when currency is null then 't.value_currency collate "C" as currency_code'::text end, ', ');
  steps := case when currency is null then 'with ' else 'with rate as materialized (select * from fn.exchange_days($11, $12, $13, $14)), ' end
    || format('amount as (select row_number() over () as number, * from ('
    'select %1$s sum(%2$s) as amount, %3$s from %4$s t %5$s where %6$s %7$s) x)',
    case when currency is null then name || ',' else array_to_string(taken || '$11::text as currency_code'::text, ', ') || ',' end, value_of,
    case when currency is null then 'count(*)::integer as count, 0 as without_rate'
      else format('(count(*) filter (where %1$s))::integer as count, (count(*) filter (where not %1$s))::integer as without_rate', ready) end,
    fn.funding_source(types), reach, filter,
    case when currency is null or cardinality(taken) > 0 then 'group by ' || (select string_agg(g::text, ', ')
      from generate_series(1, cardinality(taken) + case when currency is null then 1 else 0 end) g) else 'having count(*) > 0' end) || steps;
  if splits then
    -- Absolute amounts are cut, so that a repayment is split as the payment was.
    name := array_to_string(kept || split || '{currency_code,amount,count,without_rate}' || case when full_count then '{project_id}' else '{}'::text[] end, ', ');
    if currency is not null then
      steps := steps || format(', cell as (select %s from (select a.*, %s amount * %s as exact from amount a %s) x)', replace(name, 'amount', 'exact as amount'), shares, fraction, joins);
    else
      steps := steps || format(', part as materialized (select a.*, %1$s abs(amount) * %2$s as exact, %3$s as parts from amount a %4$s)'
        ', cell as (select %5$s from part where parts = 1 union all select %6$s from ('
        '  select *, floor(remains * 100) as cents from ('
        '    select *, abs(amount) - sum(cut) over (partition by number) as remains, row_number() over (partition by number order by rest desc, %7$s) as place from ('
        '      select *, trunc(exact, 2) as cut, exact - trunc(exact, 2) as rest from part where parts > 1'
        '    ) x'
        '  ) x'
        ') x)', shares, fraction, parts, joins, name,
        replace(name, 'amount', 'sign(amount) * (cut + case when remains = 0 then 0 when place <= cents then 0.01 when place = cents + 1 then remains - cents * 0.01 else 0 end)'),
        array_to_string(split, ', '));
    end if;
  else
    steps := steps || ', cell as (select * from amount)';
  end if;
  -- summed before it is sorted, or sorting would take the place of hashing
  name := array_to_string(asked || 'currency_code'::text, ', ');
  steps := steps || format(', line as materialized (select %1$s, sum(amount) as amount, sum(count)::integer as count, sum(without_rate)::integer as without_rate from cell%2$s group by %1$s)',
    name, fulls);
  if currency is not null then
    -- What counts fully for several rows has no total to share in.
    steps := steps || case when full_count then ', final as (select ' || name || ', fn.round_half_even(amount) as amount, count, without_rate from line)' else format(
      ', final as (select %1$s, cut + case when place <= cents then 0.01 else 0 end as amount, count, without_rate from ('
      '  select *, row_number() over (order by amount - cut desc nulls last, %1$s) as place,'
      '    ((select fn.round_half_even(sum(a.amount)) from amount a) - sum(cut) over ()) * 100 as cents from ('
      '    select *, floor(amount * 100) * 0.01 as cut from line'
      '  ) x'
      ') x)', name) end;
  end if;
  return query execute steps || ' select '
    || (select string_agg(case when c.name = any (asked) then c.name
          else 'null::' || case when c.name in ('year', 'quarter') then 'integer' when c.name = 'status' then 'text' else 'bigint' end end, ', ' order by c.number)
        from unnest(columns) with ordinality c(name, number))
    || ', currency_code::text, amount, count, without_rate from ' || case when currency is null then 'line' else 'final' end || ' order by ' || name
    using among, types, from_date, to_date, original, above, onward, home, abroad, at_home, currency, currencies, first_day, last_day;
end
$$;
