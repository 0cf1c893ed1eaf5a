-- What the graph asks about money.

-- funding_rule says, for people, how a table of funding was counted: the measure and every rule in use.
drop function fn.funding_rule(text, text[], date, date, text);
create function fn.funding_rule(measure text, dimensions text[], from_date date, to_date date, original text, currency text) returns jsonb
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
    (1, measure = 'BUDGET', 'Counted: budgets, each in the year in which its period starts; an original budget counts where no revised one covers its period.',
      'المحسوب: الموازنات، كل منها في السنة التي تبدأ فيها فترتها؛ وتُحسب الموازنة الأصلية حيث لا تغطي فترتَها موازنةٌ معدَّلة.'),
    (1, measure = 'PLANNED', 'Counted: planned disbursements, each in the year in which its period starts; an original plan counts where no revised one covers its period.',
      'المحسوب: الدفعات المخططة، كل منها في السنة التي تبدأ فيها فترتها؛ وتُحسب الخطة الأصلية حيث لا تغطي فترتَها خطةٌ معدَّلة.'),
    (2, from_date is not null, format('From %s.', from_date), format('اعتباراً من %s.', from_date)),
    (3, to_date is not null, format('Up to and including %s.', to_date), format('حتى %s ضمناً.', to_date)),
    (4, original is not null, format('Only amounts that were entered in %s.', original), format('المبالغ المدخلة بعملة %s فقط.', original)),
    (5, currency is not null, format('Converted to %s by the rate of the value date, or else of the date of the amount: the latest rate up to that day that is at most 30 days old, directly or'
        ' through a currency that both are quoted against. Amounts without a rate are left out and named. Rounded once, at the end, to the cent (half to even).', currency),
      format('محوَّلة إلى %s بسعر يوم الاستحقاق، وإلا فيوم المبلغ: أحدث سعر حتى ذلك اليوم لا يتجاوز عمره 30 يوماً، مباشرة أو عبر عملة تُسعَّر بها العملتان.'
        ' تُستبعد المبالغ التي لا سعر لها وتُذكر. يُقرَّب مرة واحدة في النهاية إلى السنت (النصف إلى الزوجي).', currency)),
    (5, currency is null, 'Amounts stay in their original currency and are never added across currencies.',
      'تبقى المبالغ بعملتها الأصلية ولا تُجمع عملة إلى أخرى.'),
    (6, true, 'Negative amounts are subtracted.', 'تُطرح المبالغ السالبة.'),
    (7, true, 'In a family of projects money counts at the lowest level that reports it.',
      'في عائلة المشاريع يُحسب المال عند أدنى مستوى يبلّغ عنه.'),
    (8, measure = 'INCOMING', 'Money that came from another recorded project which counts it itself is left out here.',
      'يُستبعد المال الوارد من مشروع آخر مسجّل محسوب بذاته.'),
    (8, measure not in ('INCOMING', 'BUDGET', 'PLANNED'), 'Money that went on to another recorded project which counts itself is left out here.',
      'يُستبعد المال الذي انتقل إلى مشروع آخر مسجّل محسوب بذاته.'),
    (9, true, 'Where recipient countries are stated only the share of this country counts.', 'حيث تُذكر البلدان المستفيدة لا تُحسب إلا حصة هذا البلد.'),
    (9, dimensions && '{SECTOR,CATEGORY}', 'Split by the sector shares of the transaction, else of the project (five-digit codes, else three-digit ones).',
      'يُوزَّع بحسب حصص قطاعات المعاملة، وإلا فحصص قطاعات المشروع (الرموز الخماسية، وإلا فالثلاثية).'),
    (10, dimensions && '{GOVERNORATE,DISTRICT}', 'Split by the shares of the project''s locations.', 'يُوزَّع بحسب حصص مواقع المشروع.'),
    (11, 'FUNDER' = any (dimensions), 'The funder is the provider of the transaction, else the funding partners by their shares.',
      'الجهة الممولة هي الجهة المقدِّمة في المعاملة، وإلا فالشركاء الممولون بحسب حصصهم.'),
    (12, 'IMPLEMENTER' = any (dimensions), 'Split by the shares of the implementing partners.', 'يُوزَّع بحسب حصص الشركاء المنفذين.'),
    (13, 'AGREEMENT' = any (dimensions), 'Split in equal parts between the agreements of the project.', 'يُوزَّع بالتساوي على اتفاقيات المشروع.'),
    (14, dimensions && '{SECTOR,CATEGORY,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER}',
      'Shares are brought to a total of 100; a missing share takes an equal part of what the others leave; where none is stated all parts are equal.',
      'تُردّ الحصص إلى مجموع 100؛ وتأخذ الحصة غير المذكورة جزءاً متساوياً مما تتركه الحصص الأخرى؛ وإن لم تُذكر أي حصة تساوت الأجزاء.'),
    (15, currency is null and dimensions && '{SECTOR,CATEGORY,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER,AGREEMENT}',
      'Parts are cut to the cent by the largest remainder for each project, so that rows add up to the totals; an empty value means that it is not known.',
      'تُقرَّب الأجزاء إلى السنت بطريقة أكبر البواقي لكل مشروع على حدة، فيساوي مجموع الصفوف الإجمالي؛ والقيمة الفارغة تعني أنها غير معروفة.'),
    (15, currency is not null and not dimensions && '{SDG,MARKER}', 'Rows are brought to the cent together, by the largest remainder, so that they add up to the total; an empty value means that it is not known.',
      'تُقرَّب الصفوف معاً إلى السنت بطريقة أكبر البواقي، فيساوي مجموعها الإجمالي؛ والقيمة الفارغة تعني أنها غير معروفة.'),
    (16, 'MARKER' = any (dimensions), 'A project counts fully for each of its policy markers, so rows do not add up to the totals.',
      'يُحسب المشروع كاملاً لكل مؤشر من مؤشرات السياسات المرتبطة به، فلا يساوي مجموع الصفوف الإجمالي.'),
    (16, 'SDG' = any (dimensions), 'A project counts fully for each of its Sustainable Development Goals, so rows do not add up to the totals.',
      'يُحسب المشروع كاملاً لكل هدف من أهداف التنمية المستدامة المرتبطة به، فلا يساوي مجموع الصفوف الإجمالي.'),
    (17, 'FINANCE_TYPE' = any (dimensions), 'The finance type is that of the transaction, else of the project.', 'نوع التمويل هو نوع تمويل المعاملة، وإلا فنوع تمويل المشروع.')
  ) r(number, applies, en, ar)
  where r.applies
$$;


-- funding answers Query.funding. It checks the question and says the rule; its key holds the question, from which the fields of Funding answer
-- only what is asked for.
--   currency           reporting currency; amounts stay in their own if null
--   original_currency  currency of the amounts that count; all if null
drop function fn.funding(bigint[], text[], text, date, date, text);
create function fn.funding("where" bigint[] default null, "by" text[] default '{YEAR}', inout measure text default 'DISBURSEMENT',
  from_date date default null, to_date date default null, inout currency text default null, original_currency text default null, out id jsonb, out rule jsonb)
language plpgsql stable as $$
begin
  perform fn.funding_types(measure);
  perform fn.funding_dimensions("by");
  if from_date > to_date then
    raise exception '"fromDate" is after "toDate"' using errcode = 'invalid_parameter_value', detail = 'تقع "fromDate" بعد "toDate"';
  end if;
  perform fn.check_currency(currency), fn.check_currency(original_currency, 'originalCurrency');
  id := jsonb_build_object('keys', "where"::text, 'by', "by", 'measure', measure, 'from', from_date, 'to', to_date, 'currency', currency, 'original', original_currency);
  rule := fn.funding_rule(measure, "by", from_date, to_date, original_currency, currency);
end
$$;

-- funding_dimensions checks the dimensions of a table.
create function fn.funding_dimensions("by" text[]) returns void
language plpgsql immutable as $$
begin
  if coalesce(cardinality("by"), 0) not between 1 and 3 then
    raise exception '"by" must name one to three dimensions' using errcode = 'invalid_parameter_value', detail = 'يجب أن تسمّي "by" بُعداً واحداً إلى ثلاثة أبعاد';
  elsif (select count(distinct d) < cardinality("by") from unnest("by") d) then
    raise exception '"by" must name each dimension once' using errcode = 'invalid_parameter_value', detail = 'يجب أن تسمّي "by" كل بُعد مرة واحدة';
  elsif not "by" <@ '{YEAR,QUARTER,SECTOR,CATEGORY,SDG,MARKER,GOVERNORATE,DISTRICT,FUNDER,IMPLEMENTER,AGREEMENT,FINANCE_TYPE,STATUS}' then
    raise exception '"by" names a dimension that does not exist' using errcode = 'invalid_parameter_value', detail = 'تسمّي "by" بُعداً غير موجود';
  end if;
end
$$;

-- funding_by are the dimensions of a question.
create function fn.funding_by(question jsonb) returns text[]
language sql immutable strict parallel safe as $$
  select array(select jsonb_array_elements_text(question -> 'by'))
$$;

-- funding_table answers a question by other dimensions than its own, or another measure.
create function fn.funding_table(question jsonb, dimensions text[], measure text default null)
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency text, amount numeric, count integer, without_rate integer)
language sql stable as $$
  select * from fn.funding_cells(fn.funding_keys(question), null, coalesce(funding_table.measure, question ->> 'measure'), dimensions,
    (question ->> 'from')::date, (question ->> 'to')::date, question ->> 'original', question ->> 'currency')
$$;

-- funding_rows answers Funding.rows.
--   share       per cent of the total of the currency
--   population  the latest figure of the district, or else of the governorate, if these were asked for
drop function fn.funding_rows(jsonb);
create function fn.funding_rows(id jsonb)
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
    order by u.unit_id, u.year desc
  ) p on p.unit_id = case when 'DISTRICT' = any (dimensions) then r.district_id else r.governorate_id end
  order by r.number;
end
$$;

-- funding_subtotals answers Funding.subtotals: the rows added up along some of their dimensions, and so equal to their sum to the cent.
create function fn.funding_subtotals(id jsonb, "by" text[])
returns table (year integer, quarter integer, sector_id bigint, category_id bigint, sdg_id bigint, marker_id bigint, governorate_id bigint, district_id bigint,
  funder_id bigint, implementer_id bigint, agreement_id bigint, finance_type_id bigint, status text, currency text, amount numeric, count integer, without_rate integer)
language plpgsql stable as $$
#variable_conflict use_column
begin
  perform fn.funding_dimensions(funding_subtotals.by);
  if not funding_subtotals.by <@ fn.funding_by(funding_subtotals.id) then
    raise exception '"by" names a dimension that the table does not have' using errcode = 'invalid_parameter_value', detail = 'تسمّي "by" بُعداً ليس في الجدول';
  end if;
  return query
  select x.*, r.currency, sum(r.amount), sum(r.count)::integer, sum(r.without_rate)::integer
  from fn.funding_table(funding_subtotals.id, fn.funding_by(funding_subtotals.id)) r
  cross join lateral (
    select case when 'YEAR' = any (funding_subtotals.by) then r.year end, case when 'QUARTER' = any (funding_subtotals.by) then r.quarter end,
      case when 'SECTOR' = any (funding_subtotals.by) then r.sector_id end, case when 'CATEGORY' = any (funding_subtotals.by) then r.category_id end,
      case when 'SDG' = any (funding_subtotals.by) then r.sdg_id end, case when 'MARKER' = any (funding_subtotals.by) then r.marker_id end,
      case when 'GOVERNORATE' = any (funding_subtotals.by) then r.governorate_id end, case when 'DISTRICT' = any (funding_subtotals.by) then r.district_id end,
      case when 'FUNDER' = any (funding_subtotals.by) then r.funder_id end, case when 'IMPLEMENTER' = any (funding_subtotals.by) then r.implementer_id end,
      case when 'AGREEMENT' = any (funding_subtotals.by) then r.agreement_id end, case when 'FINANCE_TYPE' = any (funding_subtotals.by) then r.finance_type_id end,
      case when 'STATUS' = any (funding_subtotals.by) then r.status end
  ) x
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
  order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14;
end
$$;

-- funding_totals answers Funding.totals.
drop function fn.funding_totals(jsonb);
create function fn.funding_totals(id jsonb) returns table (currency text, amount numeric, count integer, without_rate integer)
language sql stable as $$
  select t.currency, t.amount, t.count, t.without_rate from fn.funding_table(id, '{}') t
$$;

-- funding_excluded answers Funding.excluded: what the rules left out of the period and currency asked for, in original currencies.
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
    || case when home is null then '' else format(
      '  union all'
      '  select ''OTHER_COUNTRY'', t.value_currency, t.value_amount - case when t.country_id <> $8 then 0 else %1$s end from %2$s t %3$s'
      '    where %4$s and (t.country_id <> $8 %5$s)',
      fn.funding_value(abroad), fn.funding_source(types), fn.funding_reach(abroad), fn.funding_counted(chosen, above, onward, first_day, last_day, wanted),
      case when cardinality(abroad) > 0 then 'or t.country_id is null and away.fraction < 1' end) end
    || case when target is null then '' else format(
      '  union all'
      '  select ''NO_EXCHANGE_RATE'', t.value_currency, %1$s from %2$s t %3$s left join rate on rate.currency = t.value_currency and rate.day = coalesce(t.value_date, t.date)'
      '    where %4$s and t.value_currency <> $11 and rate.currency is null',
      fn.funding_value(abroad), fn.funding_source(types), fn.funding_reach(abroad), counted) end
    || ') x group by 1, 2 order by 1, 2'
    using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home, target, currencies, first_value, last_value;
end
$$;

-- funding_rates answers Funding.rates: the exchange rates by which amounts were converted, for each currency and publisher.
create function fn.funding_rates(id jsonb)
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
    ') x group by 1, 3 order by 1, 3', fn.funding_source(types), fn.funding_reach(abroad), counted)
    using keys, types, first_day, last_day, wanted, above, onward, home, abroad, at_home, target, currencies, first_value, last_value;
end
$$;

-- funding_predictability answers Funding.predictability: what was budgeted and planned against what was disbursed, year by year, of the same projects
-- in the same period, in whatever the table itself adds up.
create function fn.funding_predictability(id jsonb)
returns table (year integer, currency text, budget numeric, planned numeric, disbursed numeric, predictability numeric, execution numeric)
language sql stable as $$
  select x.year, x.currency, sum(x.budget), sum(x.planned), sum(x.disbursed), round(sum(x.disbursed) * 100 / nullif(sum(x.planned), 0), 2), round(sum(x.disbursed) * 100 / nullif(sum(x.budget), 0), 2)
  from (
    select b.year, b.currency, b.amount as budget, null::numeric as planned, null::numeric as disbursed from fn.funding_table($1, '{YEAR}', 'BUDGET') b
    union all
    select p.year, p.currency, null, p.amount, null from fn.funding_table($1, '{YEAR}', 'PLANNED') p
    union all
    select d.year, d.currency, null, null, d.amount from fn.funding_table($1, '{YEAR}', 'DISBURSEMENT') d
  ) x
  group by 1, 2 order by 1, 2
$$;

-- money_total is a total in one currency; see funding_cells.
create type fn.money_total as (currency text, amount numeric, count integer, without_rate integer);

-- project_connection_total answers ProjectConnection.total: money of the projects that meet the condition.
drop function fn.project_connection_total(bigint[], text);
create function fn.project_connection_total(keys bigint[], measure text default 'DISBURSEMENT', currency text default null)
returns setof fn.money_total
language plpgsql stable as $$
#variable_conflict use_column
begin
  perform fn.check_currency(project_connection_total.currency);
  return query
  select c.currency_code, c.amount, c.count, c.without_rate
  from fn.funding_cells(coalesce(keys, '{}'), null, project_connection_total.measure, '{}', null, null, null, project_connection_total.currency) c;
end
$$;

-- unit_totals adds up money by the units of one level. It equals a table of funding by governorate or district.
create function fn.unit_totals(level integer, measure text, target text, among bigint[] default null)
returns table (unit_id bigint, currency text, amount numeric, count integer, without_rate integer)
language sql stable as $$
  select c.governorate_id, c.currency_code, c.amount, c.count, c.without_rate
  from fn.funding_cells(null, among, unit_totals.measure, '{GOVERNORATE}', null, null, null, unit_totals.target, unit_totals.level) c
  where c.governorate_id is not null
$$;

-- administrative_unit_total answers AdministrativeUnit.total: the part, by place, that falls to a unit and all below it of the money of all projects. It
-- equals the row of the unit in a table of funding by governorate or district.
--
-- For one unit only its own projects are looked at. A statement that asks for a second unit of the same level will ask for more: then the table of the
-- level is counted once and kept, for this statement, in the setting taawun.unit_totals, which ends with the transaction. In a reporting currency the
-- rows of a table are brought to the cent together, so there the table is counted from the first unit on.
drop function fn.administrative_unit_total(bigint, text);
create function fn.administrative_unit_total(id bigint, measure text default 'DISBURSEMENT', currency text default null)
returns setof fn.money_total
language plpgsql stable as $$
#variable_conflict use_column
declare
  unit administrative_unit;
  asked text;
  kept text;
begin
  perform fn.check_currency(administrative_unit_total.currency);
  select u.* into unit from administrative_unit u where u.id = administrative_unit_total.id;
  if unit.id is null then
    return;
  end if;
  asked := concat_ws(' ', extract(epoch from statement_timestamp()), unit.level, administrative_unit_total.measure, administrative_unit_total.currency);
  kept := current_setting('taawun.unit_totals', true);
  if administrative_unit_total.currency is null and split_part(coalesce(kept, ''), E'\n', 1) <> asked then
    perform set_config('taawun.unit_totals', asked, true);
    return query
    select t.currency, t.amount, t.count, t.without_rate
    from fn.unit_totals(unit.level, administrative_unit_total.measure, null, array(select distinct p.project_id from project_place p where p.unit_id = unit.id)) t
    where t.unit_id = unit.id;
    return;
  end if;
  if split_part(coalesce(kept, ''), E'\n', 1) <> asked or split_part(kept, E'\n', 2) = '' then
    select asked || E'\n' || coalesce(jsonb_object_agg(t.unit_id, t.totals), '{}') into kept
    from (select t.unit_id, jsonb_agg(to_jsonb(t) - 'unit_id' order by t.currency) as totals
      from fn.unit_totals(unit.level, administrative_unit_total.measure, administrative_unit_total.currency) t group by t.unit_id) t;
    perform set_config('taawun.unit_totals', kept, true);
  end if;
  return query
  select t.currency, t.amount, t.count, t.without_rate
  from jsonb_to_recordset(split_part(kept, E'\n', 2)::jsonb -> unit.id::text) t(currency text, amount numeric, count integer, without_rate integer);
end
$$;
