-- Money across the graph. The functions name no schema: the search_path of the reader decides which projects and transactions count.
--
-- The rules, in the order in which they are applied:
--   1. Amounts of different currencies are never added. A measure is a set of transaction types (fn.funding_types).
--   2. In a family of projects (parent links) money counts at the lowest level that reports the measure.
--   3. Money that went on to another recorded project (receiver_activity is its identifier) which counts itself is left out.
--      Rules 2 and 3 do not depend on the period or the currency asked for, so that the parts of a period add up to the whole.
--   4. Shares: those of one list total 100 after normalising; a missing share takes its part of what the others leave.
--   5. What is split is cut to the cent by the largest remainder, for each project apart, so that rows add up to totals.

-- funding_types are the transaction types that a measure adds up.
create function fn.funding_types(measure text) returns text[]
language plpgsql immutable parallel safe as $$
declare
  types text[] := case measure
    when 'SPEND' then '{DISBURSEMENT,EXPENDITURE}'
    when 'DISBURSEMENT' then '{DISBURSEMENT}'
    when 'EXPENDITURE' then '{EXPENDITURE}'
    when 'COMMITMENT' then '{OUTGOING_COMMITMENT}'
    when 'INCOMING' then '{INCOMING_FUNDS}'
    when 'PLEDGE' then '{OUTGOING_PLEDGE}'
  end;
begin
  if types is null then
    raise exception 'there is no measure %', coalesce(measure, 'without a name') using errcode = 'invalid_parameter_value';
  end if;
  return types;
end
$$;

-- What rules 2 and 3 ask of each project: whether it has transactions of a type.
create index on base.transaction (type, project_id, published);
create index on base.project (parent_id, id, published) where parent_id is not null;

-- funding_left_out says what does not count: projects of which a part reports the measure itself (rule 2), and transactions that
-- passed money on to a project that counts (rule 3).
--   scope  the projects in question; all the reader sees if null
--   among  the projects of which an answer is needed; those of the scope if null
create function fn.funding_left_out(scope bigint[], among bigint[], types text[], out above bigint[], out onward bigint[])
-- It looks up thousands of projects among hundreds of thousands of transactions, by index.
language plpgsql stable set random_page_cost to 1.1 set enable_mergejoin to off as $$
declare
  passed bigint[];   -- transactions that passed money on, with
  sources bigint[];  -- their projects and
  targets bigint[];  -- the projects to which it went
  parents bigint[];  -- all links between parents and
  children bigint[]; -- parts
  reached bigint[];  -- projects to which money came, and to which it came from there or from their parents
  in_scope text := case when scope is null then 'true' else '%s in (select unnest($1))' end;
begin
  among := coalesce(among, scope);
  execute 'select array_agg(t.id), array_agg(t.project_id), array_agg(q.id)'
    ' from transaction t join project q on q.iati_identifier = t.receiver_activity'
    ' where t.receiver_activity is not null and t.type = any ($2) and q.id <> t.project_id and '
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
    ' and (select true from transaction t where t.project_id = p.id and t.type = any ($2) limit 1)' -- by index
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
    '  where (select true from transaction t where t.project_id = r.id and t.type = any ($2) and t.id <> all ($7) limit 1)' -- by index
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

-- funding_split_sql writes the query that turns shares into fractions of one: key, the columns asked for, fraction, parts.
--   source  query of key, the columns, percentage
create function fn.funding_split_sql(source text, columns text) returns text
language sql immutable parallel safe as $$
  select format(
    'select * from (select key, %2$s, parts, case when parts = 1 then 1'
    '    when stated_of_all = 0 or total_of_all = 0 and stated_of_all = n_of_all then n::numeric / n_of_all' -- equal parts
    '    else (total + (n - stated) * greatest(100 - total_of_all, 0) / greatest(n_of_all - stated_of_all, 1))'
    '      / case when n_of_all > stated_of_all then greatest(total_of_all, 100) else total_of_all end'
    '  end as fraction from ('
    '  select *, (count(*) over k)::integer as parts, sum(n) over k as n_of_all, sum(stated) over k as stated_of_all, sum(total) over k as total_of_all from ('
    '    select key, %2$s, count(*)::integer as n, count(percentage)::integer as stated, coalesce(sum(greatest(percentage, 0)), 0) as total from (%1$s) s group by key, %2$s'
    '  ) s window k as (partition by key)'
    ') s) s where fraction > 0', source, columns)
$$;

-- funding_cells adds up money by the dimensions asked for; without any, by currency only. It writes one statement that reads only what
-- these dimensions need: "amount" sums transactions (for each project, where something is to be split), the splits hold fractions
-- of projects, "part" is their product, "cell" is cut to the cent.
--   scope, among  as in funding_left_out
--   level         level of the units that stand in governorate_id
create function fn.funding_cells(scope bigint[], among bigint[], measure text, dimensions text[], from_date date, to_date date, currency text, level integer default 1)
returns table (year integer, quarter integer, sector_id bigint, sdg_id bigint, governorate_id bigint, district_id bigint, funder_id bigint, implementer_id bigint,
  agreement_id bigint, finance_type_id bigint, status text, currency_code text, amount numeric, count integer)
-- Into how many parts sums fall is beyond the planner's guess: hashing is never far from the best, all else can be.
language plpgsql stable set enable_nestloop to off set enable_mergejoin to off set enable_sort to off as $$
#variable_conflict use_column
declare
  columns constant text[] := '{year,quarter,sector_id,sdg_id,governorate_id,district_id,funder_id,implementer_id,agreement_id,finance_type_id,status}';
  types text[] := fn.funding_types(measure);
  above bigint[];
  onward bigint[];
  chosen text := case when cardinality(coalesce(among, scope)) > 500 then ' in (select unnest($1))' else ' = any ($1)' end; -- by join or by index
  by_sdg boolean := 'SDG' = any (dimensions);
  by_place boolean := dimensions && '{GOVERNORATE,DISTRICT}';
  splits boolean := by_place or dimensions && '{SECTOR,FUNDER,IMPLEMENTER,AGREEMENT}';
  taken text[] := '{}';     -- columns of a sum of transactions, as expressions
  kept text[] := '{}';      -- those that a row keeps, by name
  reach text := '';         -- tables that these need
  filter text;              -- which transactions count
  ours text;                -- which projects are split
  steps text := '';         -- common table expressions of the splits
  joins text := '';
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
  filter := concat('t.type = any ($2)',
    case when among is not null then ' and t.project_id' || chosen end,
    case when from_date is not null then ' and t.date >= $3' end,
    case when to_date is not null then ' and t.date <= $4' end,
    case when currency is not null then ' and t.value_currency = $5' end,
    case when cardinality(above) > 0 then ' and t.project_id <> all ($6)' end,
    case when cardinality(onward) > 0 then ' and t.id <> all ($7)' end);
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
      when 'SECTOR' then
        -- Sectors stand on the transaction or on the project: one key for both, that of the transaction negative.
        taken := taken || 'coalesce(-own.transaction_id, t.project_id) as sector_key'::text;
        reach := reach || ' left join (select distinct s.transaction_id from transaction_sector s join code_list_item c on c.id = s.sector_id'
          ' where c.list in (''Sector'', ''SectorCategory'')) own on own.transaction_id = t.id';
        source := 'with stated as materialized ('
          '  select s.project_id as key, s.sector_id, s.percentage, c.list from project_sector s join code_list_item c on c.id = s.sector_id'
          '  where c.list in (''Sector'', ''SectorCategory'') and ' || ours ||
          '  union all'
          '  select -s.transaction_id, s.sector_id, s.percentage, c.list from transaction_sector s join code_list_item c on c.id = s.sector_id'
          '  where c.list in (''Sector'', ''SectorCategory'')'
          ') '
          'select key, sector_id, percentage from stated where list = ''Sector'' union all '
          'select key, sector_id, percentage from stated s where list <> ''Sector'' and not exists (select from stated x where x.key = s.key and x.list = ''Sector'')';
        match := '"SECTOR".key = a.sector_key';
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
  if splits or by_sdg then
    taken := taken || 't.project_id'::text;
  end if;

  steps := format('with amount as (select row_number() over () as number, * from ('
    'select %1$s, sum(t.value_amount) as amount, count(*)::integer as count from transaction t %2$s where %3$s group by %4$s'
    ') x)', array_to_string(taken || 't.value_currency collate "C" as currency_code'::text, ', '), reach, filter,
    (select string_agg(g::text, ', ') from generate_series(1, cardinality(taken) + 1) g)) || steps;
  if splits then
    -- Absolute amounts are cut, so that a repayment is split as the payment was.
    name := array_to_string(kept || split || '{currency_code,amount,count}' || case when by_sdg then '{project_id}' else '{}'::text[] end, ', ');
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
  else
    steps := steps || ', cell as (select * from amount)';
  end if;
  -- summed before it is sorted, or sorting would take the place of hashing
  name := array_to_string(asked || 'currency_code'::text, ', ');
  return query execute steps
    || format(', line as materialized (select %1$s, sum(amount) as amount, sum(count)::integer as count from cell%2$s group by %1$s) select ', name,
        case when by_sdg then ' left join goal on goal.key = cell.project_id' else '' end)
    || (select string_agg(case when c.name = any (asked) then c.name
          else 'null::' || case when c.name in ('year', 'quarter') then 'integer' when c.name = 'status' then 'text' else 'bigint' end end, ', ' order by c.number)
        from unnest(columns) with ordinality c(name, number))
    || ', currency_code::text, amount, count from line order by ' || name
    using among, types, from_date, to_date, currency, above, onward;
end
$$;

-- funding_keys reads back the projects of a question; null means all.
create function fn.funding_keys(question jsonb) returns bigint[]
language sql immutable strict parallel safe as $$
  select (question ->> 'keys')::bigint[]
$$;

-- funding_rule says, for people, how a table of funding was counted: the measure and every rule in use.
create function fn.funding_rule(measure text, dimensions text[], from_date date, to_date date, currency text) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_object(
    'en', string_agg(r.en, ' ' order by r.number), 'en#', 'ORIGINAL',
    'ar', string_agg(r.ar, ' ' order by r.number), 'ar#', 'REVIEWED')
  from (values
    (1, measure = 'SPEND',
      'Counted: spend, that is disbursements and expenditure; incoming funds are not spend.',
      'المحسوب: المنصرف، أي دفعات الصرف والإنفاق معاً؛ والأموال الواردة ليست من المنصرف.'),
    (1, measure = 'DISBURSEMENT', 'Counted: disbursements to other organizations.', 'المحسوب: دفعات الصرف إلى جهات أخرى.'),
    (1, measure = 'EXPENDITURE', 'Counted: expenditure on goods and services.', 'المحسوب: الإنفاق على السلع والخدمات.'),
    (1, measure = 'COMMITMENT', 'Counted: outgoing commitments; pledges stand apart.', 'المحسوب: الالتزامات الصادرة؛ والتعهدات تُحسب على حدة.'),
    (1, measure = 'INCOMING', 'Counted: incoming funds, which are not spend.', 'المحسوب: الأموال الواردة، وهي ليست من المنصرف.'),
    (1, measure = 'PLEDGE', 'Counted: outgoing pledges; commitments stand apart.', 'المحسوب: التعهدات الصادرة؛ والالتزامات تُحسب على حدة.'),
    (2, from_date is not null, format('From %s.', from_date), format('اعتباراً من %s.', from_date)),
    (3, to_date is not null, format('Up to and including %s.', to_date), format('حتى %s ضمناً.', to_date)),
    (4, currency is not null, format('Only amounts in %s.', currency), format('المبالغ المقوّمة بعملة %s فقط.', currency)),
    (5, currency is null, 'Amounts stay in their original currency and are never added across currencies.',
      'تبقى المبالغ بعملتها الأصلية ولا تُجمع عملة إلى أخرى.'),
    (6, true, 'Negative amounts are subtracted.', 'تُطرح المبالغ السالبة.'),
    (7, true, 'In a family of projects money counts at the lowest level that reports it.',
      'في عائلة المشاريع يُحسب المال عند أدنى مستوى يبلّغ عنه.'),
    (8, true, 'Money that went on to another recorded project which counts itself is left out here.',
      'يُستبعد المال الذي انتقل إلى مشروع آخر مسجّل محسوب بذاته.'),
    (9, 'SECTOR' = any (dimensions), 'Split by the sector shares of the transaction, else of the project (five-digit codes, else three-digit ones).',
      'يُوزَّع بحسب حصص قطاعات المعاملة، وإلا فحصص قطاعات المشروع (الرموز الخماسية، وإلا فالثلاثية).'),
    (10, dimensions && '{GOVERNORATE,DISTRICT}', 'Split by the shares of the project''s locations.', 'يُوزَّع بحسب حصص مواقع المشروع.'),
    (11, 'FUNDER' = any (dimensions), 'The funder is the provider of the transaction, else the funding partners by their shares.',
      'الجهة الممولة هي الجهة المقدِّمة في المعاملة، وإلا فالشركاء الممولون بحسب حصصهم.'),
    (12, 'IMPLEMENTER' = any (dimensions), 'Split by the shares of the implementing partners.', 'يُوزَّع بحسب حصص الشركاء المنفذين.'),
    (13, 'AGREEMENT' = any (dimensions), 'Split in equal parts between the agreements of the project.', 'يُوزَّع بالتساوي على اتفاقيات المشروع.'),
    (14, dimensions && '{SECTOR,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER}',
      'Shares are brought to a total of 100; a missing share takes an equal part of what the others leave; where none is stated all parts are equal.',
      'تُردّ الحصص إلى مجموع 100؛ وتأخذ الحصة غير المذكورة جزءاً متساوياً مما تتركه الحصص الأخرى؛ وإن لم تُذكر أي حصة تساوت الأجزاء.'),
    (15, dimensions && '{SECTOR,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER,AGREEMENT}',
      'Parts are cut to the cent by the largest remainder for each project, so that rows add up to the totals; an empty value means that it is not known.',
      'تُقرَّب الأجزاء إلى السنت بطريقة أكبر البواقي لكل مشروع على حدة، فيساوي مجموع الصفوف الإجمالي؛ والقيمة الفارغة تعني أنها غير معروفة.'),
    (16, 'SDG' = any (dimensions), 'A project counts fully for each of its Sustainable Development Goals, so rows do not add up to the totals.',
      'يُحسب المشروع كاملاً لكل هدف من أهداف التنمية المستدامة المرتبطة به، فلا يساوي مجموع الصفوف الإجمالي.'),
    (17, 'FINANCE_TYPE' = any (dimensions), 'The finance type is that of the transaction, else of the project.', 'نوع التمويل هو نوع تمويل المعاملة، وإلا فنوع تمويل المشروع.')
  ) r(number, applies, en, ar)
  where r.applies
$$;

-- funding answers Query.funding. It checks the question and says the rule; its key holds the question, from which funding_rows, funding_totals
-- and funding_excluded answer only what is asked for.
create function fn.funding("where" bigint[] default null, "by" text[] default '{YEAR}', inout measure text default 'DISBURSEMENT',
  from_date date default null, to_date date default null, currency text default null, out id jsonb, out rule jsonb)
language plpgsql stable as $$
begin
  perform fn.funding_types(measure);
  if coalesce(cardinality("by"), 0) not between 1 and 3 then
    raise exception '"by" must name one to three dimensions' using errcode = 'invalid_parameter_value';
  elsif (select count(distinct d) < cardinality("by") from unnest("by") d) then
    raise exception '"by" must name each dimension once' using errcode = 'invalid_parameter_value';
  elsif not "by" <@ '{YEAR,QUARTER,SECTOR,SDG,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER,AGREEMENT,FINANCE_TYPE,STATUS}' then
    raise exception '"by" names a dimension that does not exist' using errcode = 'invalid_parameter_value';
  elsif from_date > to_date then
    raise exception '"fromDate" is after "toDate"' using errcode = 'invalid_parameter_value';
  elsif currency !~ '^[A-Z]{3}$' then
    raise exception '"currency" must be an ISO 4217 code such as USD' using errcode = 'invalid_parameter_value';
  end if;
  id := jsonb_build_object('keys', "where"::text, 'by', "by", 'measure', measure, 'from', from_date, 'to', to_date, 'currency', currency);
  rule := fn.funding_rule(measure, "by", from_date, to_date, currency);
end
$$;

-- funding_rows answers Funding.rows.
create function fn.funding_rows(id jsonb)
returns table (year integer, quarter integer, sector_id bigint, sdg_id bigint, governorate_id bigint, district_id bigint, funder_id bigint, implementer_id bigint,
  agreement_id bigint, finance_type_id bigint, status text, currency text, amount numeric, count integer)
language sql stable as $$
  select * from fn.funding_cells(fn.funding_keys(id), null, id ->> 'measure', array(select jsonb_array_elements_text(id -> 'by')),
    (id ->> 'from')::date, (id ->> 'to')::date, id ->> 'currency')
$$;

-- funding_totals answers Funding.totals.
create function fn.funding_totals(id jsonb) returns table (currency text, amount numeric, count integer)
language sql stable as $$
  select c.currency_code, c.amount, c.count from fn.funding_cells(fn.funding_keys(id), null, id ->> 'measure', '{}',
    (id ->> 'from')::date, (id ->> 'to')::date, id ->> 'currency') c
$$;

-- funding_excluded answers Funding.excluded: what rules 2 and 3 left out of the period and currency asked for.
create function fn.funding_excluded(id jsonb) returns table (reason text, currency text, amount numeric, count integer)
language plpgsql stable as $$
#variable_conflict use_column
declare
  keys bigint[] := fn.funding_keys(funding_excluded.id);
  types text[] := fn.funding_types(funding_excluded.id ->> 'measure');
  first_day date := funding_excluded.id ->> 'from';
  last_day date := funding_excluded.id ->> 'to';
  wanted text := funding_excluded.id ->> 'currency';
  above bigint[];
  onward bigint[];
begin
  select o.above, o.onward into above, onward from fn.funding_left_out(keys, null, types) o;
  return query
  select x.reason, x.value_currency, sum(x.value_amount), count(*)::integer
  from (
    select 'COUNTED_IN_PARTS' as reason, t.value_currency, t.value_amount, t.date from transaction t
      where t.project_id in (select unnest(above)) and t.type = any (types)
    union all
    select 'DELEGATED', t.value_currency, t.value_amount, t.date from transaction t
      where t.id in (select unnest(onward)) and t.project_id <> all (above)
  ) x
  where (first_day is null or x.date >= first_day) and (last_day is null or x.date <= last_day) and (wanted is null or x.value_currency = wanted)
  group by 1, 2
  order by 1, 2;
end
$$;

-- project_connection_total answers ProjectConnection.total: money of the projects that meet the condition.
create function fn.project_connection_total(keys bigint[], measure text default 'DISBURSEMENT') returns table (currency text, amount numeric, count integer)
language sql stable as $$
  select c.currency_code, c.amount, c.count from fn.funding_cells(coalesce(keys, '{}'), null, measure, '{}', null, null, null) c
$$;

-- administrative_unit_total answers AdministrativeUnit.total: the part, by place, that falls to a unit and all below it of the money of all projects. It
-- equals the row of the unit in a table of funding by governorate or district.
create function fn.administrative_unit_total(id bigint, measure text default 'DISBURSEMENT') returns table (currency text, amount numeric, count integer)
language sql stable as $$
  select c.currency_code, c.amount, c.count
  from administrative_unit u
  cross join lateral fn.funding_cells(null, array(select distinct p.project_id from project_place p where p.unit_id = u.id), administrative_unit_total.measure,
    '{GOVERNORATE}', null, null, null, u.level) c
  where u.id = administrative_unit_total.id and c.governorate_id = u.id
$$;
