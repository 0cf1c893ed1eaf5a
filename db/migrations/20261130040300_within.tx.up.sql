-- Money inside one unit: only the part of each amount that falls to it or below counts, by the shares of the project's locations. Each amount is cut to the
-- cent for itself, before anything is added up, so that the total is the same whatever the grouping; what falls outside, and what names no place, is said.

-- funding_part is the part of an amount, to the cent or as fine as the amount itself.
create function fn.funding_part(fraction text) returns text
language sql immutable parallel safe as $$
  select format('round(t.value_amount * (%s), greatest(2, scale(t.value_amount)))', fraction)
$$;

-- funding_within are the fractions of projects that fall to a unit and all below it, and those of which the place is not known so well: locations that name no
-- unit, or one above. A project without locations is not among them.
create function fn.funding_within(unit bigint) returns table (project_id bigint, inside numeric, unknown numeric)
language plpgsql stable set enable_mergejoin to off as $$
begin
  return query execute 'select s.key, coalesce(sum(s.fraction) filter (where s.place = 1), 0), coalesce(sum(s.fraction) filter (where s.place = 0), 0) from ('
    || fn.funding_split_sql('select l.project_id as key, case when exists (select from unit_ancestor n where n.unit_id = l.unit_id and n.ancestor_id = ' || unit || ') then 1'
      ' when l.unit_id is null or not exists (select from administrative_unit u where u.id = l.unit_id)'
      ' or exists (select from unit_ancestor n where n.unit_id = ' || unit || ' and n.ancestor_id = l.unit_id) then 0 else -1 end as place, l.percentage from project_location l', 'place')
    || ') s group by s.key';
end
$$;

-- funding_source is the relation in which the amounts of some types stand, with the columns of transaction that funding needs.
--   replaced  the budgets and plans that gave way to revised ones, instead of the others
--   within    unit of which only the part counts; all if null
create function fn.funding_source(types text[], replaced boolean, within bigint) returns text
language sql immutable parallel safe as $$
  select case when within is null then fn.funding_source(types, replaced) else format(
    '(select t.id, t.project_id, t.type, t.date, %s as value_amount, t.value_currency, t.value_date, t.provider_id, t.finance_type_id, t.country_id, t.provider_activity, t.receiver_activity'
    ' from %s t join fn.funding_within(%s) w on w.project_id = t.project_id and w.inside > 0)', fn.funding_part('w.inside'), fn.funding_source(types, replaced), within) end
$$;

-- funding_cells as it was, and within: the unit of which only the part counts. By governorate or district only the places inside it share in that part.
drop function fn.funding_cells(bigint[], bigint[], text, text[], date, date, text, text, integer);
create function fn.funding_cells(scope bigint[], among bigint[], measure text, dimensions text[], from_date date, to_date date, original text, currency text, level integer default 1, within bigint default null)
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency_code text, amount numeric, count integer, without_rate integer)
-- Into how many parts sums fall is beyond the planner's guess: hashing is never far from the best, all else can be.
language plpgsql stable set enable_nestloop to off set enable_mergejoin to off set enable_sort to off as $$
#variable_conflict use_column
declare
  columns constant text[] := '{year,quarter,sector_id,category_id,sdg_id,marker_id,governorate_id,district_id,funder_id,implementer_id,agreement_id,finance_type_id,status}';
  types text[] := fn.funding_types(measure);
  money text := fn.funding_source(types, false, within); -- the amounts
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
    source := 'select s.project_id as key, ' || place_units || '%ss.percentage from project_location s' || place_joins || ' where ' || ours;
    steps := steps || format(', place as materialized (%s)', case
      when within is null then fn.funding_split_sql(format(source, ''), name)
      else format('select key, %1$s, fraction / sum(fraction) over k as fraction, (count(*) over k)::integer as parts from (%2$s) x where inside window k as (partition by key)', name,
        fn.funding_split_sql(format(source, format('exists (select from unit_ancestor w where w.unit_id = s.unit_id and w.ancestor_id = %s) as inside, ', within)), name || ', inside')) end);
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
    money, reach, filter,
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

-- funding answers Query.funding. It checks the question and says the rule; its key holds the question, from which the fields of Funding answer
-- only what is asked for.
--   within             unit of which only the part counts; all if null
--   currency           reporting currency; amounts stay in their own if null
--   original_currency  currency of the amounts that count; all if null
drop function fn.funding(bigint[], text[], text, date, date, text, text);
create function fn.funding("where" bigint[] default null, "by" text[] default '{YEAR}', inout measure text default 'DISBURSEMENT',
  from_date date default null, to_date date default null, inout currency text default null, original_currency text default null, within bigint default null, out id jsonb, out rule jsonb)
language plpgsql stable as $$
declare
  place jsonb;
begin
  perform fn.funding_types(measure);
  perform fn.funding_dimensions("by");
  if from_date > to_date then
    raise exception '"fromDate" is after "toDate"' using errcode = 'invalid_parameter_value', detail = 'تقع "fromDate" بعد "toDate"';
  end if;
  perform fn.check_currency(currency), fn.check_currency(original_currency, 'originalCurrency');
  rule := fn.funding_rule(measure, "by", from_date, to_date, original_currency, currency);
  if within is not null then
    select u.name || jsonb_build_object('code', u.pcode) into place from administrative_unit u where u.id = funding.within;
    if place is null then
      raise exception '"within" names no administrative unit' using errcode = 'invalid_parameter_value', detail = 'لا تسمّي "within" وحدة إدارية';
    end if;
    rule := rule || jsonb_build_object(
      'en', (rule ->> 'en') || format(' Only the part of each amount that falls to %s or below counts, by the shares of the project''s locations, each amount to the cent.', coalesce(place ->> 'en', place ->> 'code')),
      'ar', (rule ->> 'ar') || format(' لا يُحسب من كل مبلغ إلا ما يقع في %s أو دونها بحسب حصص مواقع المشروع، ويُقرَّب كل مبلغ إلى السنت.', coalesce(place ->> 'ar', place ->> 'code')));
  end if;
  id := jsonb_build_object('keys', "where"::text, 'by', "by", 'measure', measure, 'from', from_date, 'to', to_date, 'currency', currency, 'original', original_currency, 'within', within);
end
$$;

-- The answers as they were, of that part.
create or replace function fn.funding_table(question jsonb, dimensions text[], measure text default null)
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency text, amount numeric, count integer, without_rate integer)
language sql stable as $$
  select * from fn.funding_cells(fn.funding_keys(question), null, coalesce(funding_table.measure, question ->> 'measure'), dimensions,
    (question ->> 'from')::date, (question ->> 'to')::date, question ->> 'original', question ->> 'currency', 1, (question ->> 'within')::bigint)
$$;

create or replace function fn.funding_rows(id jsonb)
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency text, amount numeric, count integer, without_rate integer,
  share numeric, population integer, population_year integer, per_head numeric)
language plpgsql stable set enable_nestloop to off set enable_mergejoin to off as $$
#variable_conflict use_column
declare
  dimensions text[] := fn.funding_by(funding_rows.id);
  currencies text[];
  totals numeric[]; -- where rows do not add up to them
begin
  if dimensions && '{SDG,MARKER}' then
    select array_agg(t.currency), array_agg(t.amount) into currencies, totals from fn.funding_totals(funding_rows.id) t;
  end if;
  return query
  select r.year, r.quarter, r.sector_id, r.category_id, r.sdg_id, r.marker_id, r.governorate_id, r.district_id, r.funder_id, r.implementer_id, r.agreement_id, r.finance_type_id,
    r.status, r.currency, r.amount, r.count, r.without_rate,
    round(r.amount * 100 / nullif(case when totals is null then sum(r.amount) over (partition by r.currency) else totals[array_position(currencies, r.currency)] end, 0), 2),
    p.population, p.year, fn.round_half_even(r.amount / nullif(p.population, 0))
  from (select row_number() over () as number, t.* from fn.funding_table(funding_rows.id, dimensions) t) r
  left join (
    select distinct on (u.unit_id) u.unit_id, u.population, u.year from unit_population u join administrative_unit a on a.id = u.unit_id
    where dimensions && '{GOVERNORATE,DISTRICT}' and a.level = case when 'DISTRICT' = any (dimensions) then 2 else 1 end
      and (funding_rows.id ->> 'within' is null or exists (select from unit_ancestor n where n.unit_id = u.unit_id and n.ancestor_id = (funding_rows.id ->> 'within')::bigint))
    order by u.unit_id, u.year desc
  ) p on p.unit_id = case when 'DISTRICT' = any (dimensions) then r.district_id else r.governorate_id end
  order by r.number;
end
$$;

create or replace function fn.funding_excluded(id jsonb) returns table (reason text, currency text, amount numeric, count integer)
language plpgsql stable as $$
#variable_conflict use_column
declare
  keys bigint[] := fn.funding_keys(funding_excluded.id);
  types text[] := fn.funding_types(funding_excluded.id ->> 'measure');
  first_day date := funding_excluded.id ->> 'from';
  last_day date := funding_excluded.id ->> 'to';
  wanted text := funding_excluded.id ->> 'original';
  target text := funding_excluded.id ->> 'currency';
  within bigint := funding_excluded.id ->> 'within';
  ours text := fn.funding_source(types, false, within); -- the amounts, as far as they fall to the unit
  above bigint[];
  onward bigint[];
  home bigint;
  abroad bigint[];
  at_home numeric[];
  chosen text := case when keys is not null then ' in (select unnest($1))' end;
  counted text;
  currencies text[];
  first_value date;
  last_value date;
begin
  select o.above, o.onward into above, onward from fn.funding_left_out(keys, null, types) o;
  select a.home, a.abroad, a.at_home into home, abroad, at_home from fn.funding_abroad() a;
  counted := fn.funding_filter(chosen, above, onward, first_day, last_day, wanted, home, abroad);
  if target is not null then
    execute fn.funding_needs_sql(types, abroad, counted) into currencies, first_value, last_value
      using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home;
  end if;
  return query execute
    case when target is null then '' else 'with rate as materialized (select * from fn.exchange_days($11, $12, $13, $14)) ' end
    || format('select x.reason, x.value_currency, sum(x.amount), count(*)::integer from ('
      '  select ''COUNTED_IN_PARTS'' as reason, t.value_currency, t.value_amount as amount from %1$s t where %2$s and t.project_id = any ($6)'
      '  union all'
      '  select %3$L, t.value_currency, t.value_amount from %1$s t where %2$s and t.id = any ($7) and t.project_id <> all ($6)'
      '  union all'
      '  select ''REPLACED'', t.value_currency, t.value_amount from %4$s t where %2$s',
      fn.funding_source(types), fn.funding_counted(chosen, null, null, first_day, last_day, wanted),
      case when types = '{INCOMING_FUNDS}' then 'TRANSFERRED' else 'DELEGATED' end, fn.funding_source(types, true))
    || case when within is null then '' else format(
      '  union all'
      '  select r.reason, t.value_currency, r.amount from (select t.*, coalesce(w.inside, 0) as inside, coalesce(w.unknown, 1) as unknown from %1$s t left join fn.funding_within(%2$s) w on w.project_id = t.project_id) t'
      '    cross join lateral (select %3$s as inside) x'
      '    cross join lateral (select case when t.inside + t.unknown < 0.9999999 then %4$s else t.value_amount - x.inside end as unknown) y'
      '    cross join lateral (values (''OUTSIDE_UNIT'', t.value_amount - x.inside - y.unknown, t.inside + t.unknown < 0.9999999), (''PLACE_UNKNOWN'', y.unknown, t.unknown > 0)) r(reason, amount, applies)'
      '    where %5$s and r.applies',
      fn.funding_source(types), within, fn.funding_part('t.inside'), fn.funding_part('t.unknown'),
      fn.funding_counted(chosen, above, onward, first_day, last_day, wanted)) end
    || case when home is null then '' else format(
      '  union all'
      '  select ''OTHER_COUNTRY'', t.value_currency, t.value_amount - case when t.country_id <> $8 then 0 else %1$s end from %2$s t %3$s'
      '    where %4$s and (t.country_id <> $8 %5$s)',
      fn.funding_value(abroad), ours, fn.funding_reach(abroad), fn.funding_counted(chosen, above, onward, first_day, last_day, wanted),
      case when cardinality(abroad) > 0 then 'or t.country_id is null and away.fraction < 1' end) end
    || case when target is null then '' else format(
      '  union all'
      '  select ''NO_EXCHANGE_RATE'', t.value_currency, %1$s from %2$s t %3$s left join rate on rate.currency = t.value_currency and rate.day = coalesce(t.value_date, t.date)'
      '    where %4$s and t.value_currency <> $11 and rate.currency is null',
      fn.funding_value(abroad), ours, fn.funding_reach(abroad), counted) end
    || ') x group by 1, 2 order by 1, 2'
    using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home, target, currencies, first_value, last_value;
end
$$;

create or replace function fn.funding_rates(id jsonb)
returns table (currency text, in_currency text, source text, first_date date, last_date date, lowest numeric, highest numeric, count integer)
language plpgsql stable set enable_nestloop to off set enable_mergejoin to off as $$
#variable_conflict use_column
declare
  keys bigint[] := fn.funding_keys(funding_rates.id);
  types text[] := fn.funding_types(funding_rates.id ->> 'measure');
  first_day date := funding_rates.id ->> 'from';
  last_day date := funding_rates.id ->> 'to';
  wanted text := funding_rates.id ->> 'original';
  target text := funding_rates.id ->> 'currency';
  above bigint[];
  onward bigint[];
  home bigint;
  abroad bigint[];
  at_home numeric[];
  counted text;
  currencies text[];
  first_value date;
  last_value date;
begin
  if target is null then
    return;
  end if;
  select o.above, o.onward into above, onward from fn.funding_left_out(keys, null, types) o;
  select a.home, a.abroad, a.at_home into home, abroad, at_home from fn.funding_abroad() a;
  counted := fn.funding_filter(case when keys is not null then ' in (select unnest($1))' end, above, onward, first_day, last_day, wanted, home, abroad);
  execute fn.funding_needs_sql(types, abroad, counted) into currencies, first_value, last_value
    using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home;
  return query execute format(
    'select x.currency, $11, x.source, min(x.rate_date), max(x.rate_date), trim_scale(round(min(x.multiplier / x.divisor), 12)), trim_scale(round(max(x.multiplier / x.divisor), 12)),'
    ' sum(x.count)::integer from ('
    '  select d.*, n.count from ('
    '    select t.value_currency, coalesce(t.value_date, t.date) as day, count(*) as count from %s t %s where %s group by 1, 2'
    '  ) n join fn.exchange_days($11, $12, $13, $14) d on d.currency = n.value_currency and d.day = n.day'
    ') x group by 1, 3 order by 1, 3', fn.funding_source(types, false, (funding_rates.id ->> 'within')::bigint), fn.funding_reach(abroad), counted)
    using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home, target, currencies, first_value, last_value;
end
$$;
