-- The quality of the records: what is missing in them, what contradicts itself, what is overdue. The rules are data; what they find is kept, and
-- brought up to date soon after a record changes.

create table base.quality_rule (
  id bigint generated always as identity primary key,
  code text not null unique,
  subject_kind text not null check (subject_kind in ('Project', 'Agreement', 'Organization')),
  category text not null check (category in ('MISSING', 'CONTRADICTORY', 'OVERDUE')),
  severity text not null check (severity in ('HIGH', 'MEDIUM', 'LOW')),
  field text not null,
  title jsonb not null,
  description jsonb not null,
  finds text not null
);
comment on table base.quality_rule is 'A rule that good records keep. Its text finds, in SQL, selects the records that break it: their keys as subject_id, and how often each does as occurrences.';
comment on column base.quality_rule.field is 'Field of the input of the record that mends it.';

insert into base.quality_rule (code, subject_kind, category, severity, field, title, description, finds) values
-- Projects: what is missing
('PROJECT_WITHOUT_FUNDER', 'Project', 'MISSING', 'HIGH', 'partners', '{"ar": "بلا ممول", "en": "No funder"}',
  '{"ar": "لا شريك في المشروع بدور الممول، فلا يُحسب مال في باب أحد.", "en": "No partner of the project has the role of funder, so its money counts for nobody."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not exists (select from project_partner x where x.project_id = p.id and x.role = 'FUNDING')$$),
('PROJECT_WITHOUT_IMPLEMENTER', 'Project', 'MISSING', 'LOW', 'partners', '{"ar": "بلا منفذ", "en": "No implementer"}',
  '{"ar": "لا شريك في المشروع بدور المنفذ.", "en": "No partner of the project has the role of implementer."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not exists (select from project_partner x where x.project_id = p.id and x.role = 'IMPLEMENTING')$$),
('PROJECT_WITHOUT_SECTOR', 'Project', 'MISSING', 'MEDIUM', 'sectors', '{"ar": "بلا قطاع", "en": "No sector"}',
  '{"ar": "لا قطاع للمشروع ولا لمعاملاته.", "en": "Neither the project nor its transactions have a sector."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not exists (select from project_sector x where x.project_id = p.id)
    and not exists (select from transaction t join transaction_sector x on x.transaction_id = t.id where t.project_id = p.id)$$),
('PROJECT_WITHOUT_LOCATION', 'Project', 'MISSING', 'MEDIUM', 'locations', '{"ar": "بلا موقع", "en": "No location"}',
  '{"ar": "لا يُعرف أين يجري المشروع.", "en": "It is not known where the project takes place."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not exists (select from project_location x where x.project_id = p.id)$$),
('PROJECT_WITHOUT_START', 'Project', 'MISSING', 'MEDIUM', 'plannedStart', '{"ar": "بلا تاريخ بدء", "en": "No start date"}',
  '{"ar": "لا تاريخ بدء للمشروع، مخططاً أو فعلياً.", "en": "The project has no start date, planned or actual."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.start_date is null$$),
('PROJECT_WITHOUT_END', 'Project', 'MISSING', 'LOW', 'plannedEnd', '{"ar": "بلا تاريخ انتهاء", "en": "No end date"}',
  '{"ar": "لا تاريخ انتهاء للمشروع، مخططاً أو فعلياً.", "en": "The project has no end date, planned or actual."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.end_date is null$$),
('PROJECT_WITHOUT_ARABIC_TITLE', 'Project', 'MISSING', 'MEDIUM', 'title', '{"ar": "بلا عنوان عربي", "en": "No Arabic title"}',
  '{"ar": "لا عنوان عربياً للمشروع يراه القراء.", "en": "The project has no Arabic title that readers see."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not p.title ? 'ar'$$),
('PROJECT_WITHOUT_DESCRIPTION', 'Project', 'MISSING', 'LOW', 'description', '{"ar": "بلا وصف", "en": "No description"}',
  '{"ar": "لا وصف للمشروع بأي لغة.", "en": "The project has no description in any language."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.description = '{}'$$),
('PROJECT_WITHOUT_OWNER', 'Project', 'MISSING', 'LOW', 'ownerId', '{"ar": "بلا وحدة مكلّفة", "en": "No unit in charge"}',
  '{"ar": "لا وحدة في الوزارة مكلّفة بسجل المشروع.", "en": "No unit of the ministry keeps the record of the project."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.owner_id is null$$),
('PROJECT_WITHOUT_MONEY', 'Project', 'MISSING', 'LOW', 'budgets', '{"ar": "بلا مال", "en": "No money"}',
  '{"ar": "لا موازنة ولا معاملة للمشروع.", "en": "The project has neither a budget nor a transaction."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and not exists (select from transaction x where x.project_id = p.id) and not exists (select from budget x where x.project_id = p.id)$$),
('PROJECT_CLOSED_WITHOUT_END', 'Project', 'MISSING', 'MEDIUM', 'actualEnd', '{"ar": "مغلق بلا انتهاء فعلي", "en": "Closed without actual end"}',
  '{"ar": "المشروع مغلق، ولا يُعرف متى انتهى فعلاً.", "en": "The project is closed, and it is not known when it really ended."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.status = 'CLOSED' and p.actual_end is null$$),
('PROJECT_RUNNING_WITHOUT_START', 'Project', 'MISSING', 'LOW', 'actualStart', '{"ar": "قيد التنفيذ بلا بدء فعلي", "en": "Running without actual start"}',
  '{"ar": "المشروع قيد التنفيذ، ولا يُعرف متى بدأ فعلاً.", "en": "The project is in implementation, and it is not known when it really began."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.status = 'IMPLEMENTATION' and p.actual_start is null$$),
('TRANSACTION_WITHOUT_RECEIVER', 'Project', 'MISSING', 'MEDIUM', 'transactions', '{"ar": "معاملة بلا متسلّم", "en": "Transaction without receiver"}',
  '{"ar": "معاملات صرف أو التزام لا يُعرف من تسلّمها.", "en": "Disbursements or commitments of which it is not known who received them."}',
  $$select t.project_id as subject_id, count(*)::int as occurrences from transaction t join project p on p.id = t.project_id and p.state <> 'ARCHIVED'
    where t.type in ('OUTGOING_COMMITMENT', 'DISBURSEMENT') and t.receiver_id is null and t.receiver_name = '{}' and t.receiver_ref is null group by 1$$),
('TRANSACTION_WITHOUT_PROVIDER', 'Project', 'MISSING', 'LOW', 'transactions', '{"ar": "معاملة بلا دافع", "en": "Transaction without provider"}',
  '{"ar": "معاملات صرف أو التزام لا يُعرف من دفعها.", "en": "Disbursements or commitments of which it is not known who gave them."}',
  $$select t.project_id as subject_id, count(*)::int as occurrences from transaction t join project p on p.id = t.project_id and p.state <> 'ARCHIVED'
    where t.type in ('OUTGOING_COMMITMENT', 'DISBURSEMENT') and t.provider_id is null and t.provider_name = '{}' and t.provider_ref is null group by 1$$),
-- Projects: what contradicts itself
('PROJECT_ENDS_BEFORE_START', 'Project', 'CONTRADICTORY', 'HIGH', 'plannedEnd', '{"ar": "ينتهي قبل أن يبدأ", "en": "Ends before it starts"}',
  '{"ar": "تاريخ الانتهاء أسبق من تاريخ البدء.", "en": "The end date lies before the start date."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and (p.end_date < p.start_date or p.planned_end < p.planned_start or p.actual_end < p.actual_start)$$),
('SECTOR_SHARES', 'Project', 'CONTRADICTORY', 'MEDIUM', 'sectors', '{"ar": "حصص القطاعات ليست 100", "en": "Shares of sectors are not 100"}',
  '{"ar": "لا تبلغ حصص القطاعات من مفردات واحدة 100 بالمئة.", "en": "The shares of the sectors of one vocabulary do not add up to 100 per cent."}',
  $$select x.project_id as subject_id, count(*)::int as occurrences from (select s.project_id, i.list from project_sector s join code_list_item i on i.id = s.sector_id
      group by 1, 2 having count(s.percentage) > 0 and abs(coalesce(sum(s.percentage), 0) - 100) > .01) x join project p on p.id = x.project_id and p.state <> 'ARCHIVED' group by 1$$),
('LOCATION_SHARES', 'Project', 'CONTRADICTORY', 'MEDIUM', 'locations', '{"ar": "حصص المواقع ليست 100", "en": "Shares of locations are not 100"}',
  '{"ar": "لا تبلغ حصص المواقع 100 بالمئة.", "en": "The shares of the locations do not add up to 100 per cent."}',
  $$select l.project_id as subject_id, 1 as occurrences from project_location l join project p on p.id = l.project_id and p.state <> 'ARCHIVED'
    group by 1 having count(l.percentage) > 0 and abs(coalesce(sum(l.percentage), 0) - 100) > .01$$),
('FUNDER_SHARES', 'Project', 'CONTRADICTORY', 'MEDIUM', 'partners', '{"ar": "حصص الممولين ليست 100", "en": "Shares of funders are not 100"}',
  '{"ar": "لا تبلغ حصص الممولين 100 بالمئة.", "en": "The shares of the funders do not add up to 100 per cent."}',
  $$select x.project_id as subject_id, 1 as occurrences from project_partner x join project p on p.id = x.project_id and p.state <> 'ARCHIVED' where x.role = 'FUNDING'
    group by 1 having count(x.share) > 0 and abs(coalesce(sum(x.share), 0) - 100) > .01$$),
('DISBURSED_BEYOND_COMMITMENT', 'Project', 'CONTRADICTORY', 'HIGH', 'transactions', '{"ar": "صُرف أكثر مما التُزم به", "en": "Disbursed beyond commitments"}',
  '{"ar": "المصروف بعملة ما أكثر من الملتزم به بالعملة نفسها.", "en": "More was disbursed in a currency than was committed in the same."}',
  $$select x.project_id as subject_id, count(*)::int as occurrences from (select t.project_id, t.value_currency from transaction t
      group by 1, 2 having sum(t.value_amount) filter (where t.type = 'OUTGOING_COMMITMENT') > 0
        and sum(t.value_amount) filter (where t.type = 'DISBURSEMENT') > sum(t.value_amount) filter (where t.type = 'OUTGOING_COMMITMENT')) x
    join project p on p.id = x.project_id and p.state <> 'ARCHIVED' group by 1$$),
('TRANSACTION_IN_FUTURE', 'Project', 'CONTRADICTORY', 'HIGH', 'transactions', '{"ar": "صرف لم يحن وقته", "en": "Disbursed in the future"}',
  '{"ar": "معاملات صرف أو إنفاق تاريخها بعد اليوم.", "en": "Disbursements or expenditures with a date after today."}',
  $$select t.project_id as subject_id, count(*)::int as occurrences from transaction t join project p on p.id = t.project_id and p.state <> 'ARCHIVED'
    where t.type in ('DISBURSEMENT', 'EXPENDITURE') and t.date > current_date group by 1$$),
-- Projects: what is overdue
('PROJECT_END_PASSED', 'Project', 'OVERDUE', 'MEDIUM', 'status', '{"ar": "انقضى أجله ولم يُغلق", "en": "Past its end and not closed"}',
  '{"ar": "انقضى تاريخ الانتهاء وما زال المشروع قيد الإعداد أو التنفيذ.", "en": "The end date has passed, and the project is still in the pipeline or in implementation."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.status in ('PIPELINE', 'IMPLEMENTATION') and p.end_date < current_date$$),
('PROJECT_START_PASSED', 'Project', 'OVERDUE', 'LOW', 'status', '{"ar": "حان بدؤه ولم يبدأ", "en": "Past its start and not begun"}',
  '{"ar": "انقضى موعد البدء المخطط منذ أكثر من ستة أشهر وما زال المشروع قيد الإعداد.", "en": "The planned start passed more than six months ago, and the project is still in the pipeline."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.status = 'PIPELINE' and p.planned_start < current_date - 183$$),
('PROJECT_WITHOUT_RECENT_TRANSACTION', 'Project', 'OVERDUE', 'MEDIUM', 'transactions', '{"ar": "لا معاملة منذ سنة", "en": "No transaction for a year"}',
  '{"ar": "المشروع قيد التنفيذ منذ أكثر من سنة، ولا معاملة له في السنة الأخيرة.", "en": "The project has been in implementation for more than a year, without a transaction in the last one."}',
  $$select p.id as subject_id, 1 as occurrences from project p where p.state <> 'ARCHIVED' and p.status = 'IMPLEMENTATION' and coalesce(p.start_date, '-infinity') < current_date - 365
    and not exists (select from transaction x where x.project_id = p.id and x.date >= current_date - 365)$$),
-- Agreements
('AGREEMENT_WITHOUT_TEXT', 'Agreement', 'MISSING', 'HIGH', 'texts', '{"ar": "موقّعة بلا نص", "en": "Signed without text"}',
  '{"ar": "الاتفاقية موقّعة وليس في السجل نص منها.", "en": "The agreement is signed, and the register has no text of it."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED') and not exists (select from agreement_text x where x.agreement_id = a.id)$$),
('AGREEMENT_WITHOUT_ARABIC_TEXT', 'Agreement', 'MISSING', 'MEDIUM', 'texts', '{"ar": "بلا نص عربي", "en": "No Arabic text"}',
  '{"ar": "في السجل نص من الاتفاقية الموقّعة، وليس بالعربية.", "en": "The register has a text of the signed agreement, but none in Arabic."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED') and exists (select from agreement_text x where x.agreement_id = a.id)
    and not exists (select from agreement_text x where x.agreement_id = a.id and x.locale ~ '^ar')$$),
('AGREEMENT_WITHOUT_ARABIC_TITLE', 'Agreement', 'MISSING', 'MEDIUM', 'title', '{"ar": "بلا عنوان عربي", "en": "No Arabic title"}',
  '{"ar": "لا عنوان عربياً للاتفاقية يراه القراء.", "en": "The agreement has no Arabic title that readers see."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and not a.title ? 'ar'$$),
('AGREEMENT_WITHOUT_TERM', 'Agreement', 'MISSING', 'MEDIUM', 'expiresOn', '{"ar": "بلا أجل", "en": "No term"}',
  '{"ar": "الاتفاقية سارية، وليس لها تاريخ انتهاء ولا مدة.", "en": "The agreement is running, with neither an end date nor a duration."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED') and a.expires_on is null and a.duration_months is null$$),
('AGREEMENT_WITHOUT_SIGNATURE', 'Agreement', 'MISSING', 'HIGH', 'signedOn', '{"ar": "موقّعة بلا تاريخ", "en": "Signed without date"}',
  '{"ar": "حالة الاتفاقية تقول إنها وُقّعت، ولا يُعرف متى.", "en": "By its status the agreement is signed, and it is not known when."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED', 'EXPIRED', 'TERMINATED') and a.signed_on is null$$),
('AGREEMENT_WITHOUT_PARTY', 'Agreement', 'MISSING', 'HIGH', 'parties', '{"ar": "بلا أطراف", "en": "No parties"}',
  '{"ar": "لا منظمة في السجل طرف في الاتفاقية.", "en": "No organization of the register is a party to the agreement."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and not exists (select from agreement_party x where x.agreement_id = a.id and x.organization_id is not null)$$),
('OBLIGATION_WITHOUT_OBLIGOR', 'Agreement', 'MISSING', 'MEDIUM', 'obligations', '{"ar": "واجب لا يُعرف على من", "en": "Obligation of nobody"}',
  '{"ar": "في الاتفاقية واجبات لا يُعرف من عليه أداؤها.", "en": "Obligations of the agreement of which it is not known who must meet them."}',
  $$select o.agreement_id as subject_id, count(*)::int as occurrences from obligation o join agreement a on a.id = o.agreement_id and a.state <> 'ARCHIVED' where o.obligor_id is null and o.outcome is null group by 1$$),
('OBLIGATION_WITHOUT_DATE', 'Agreement', 'MISSING', 'MEDIUM', 'obligations', '{"ar": "واجب بلا موعد", "en": "Obligation without date"}',
  '{"ar": "في الاتفاقية واجبات مفتوحة لا موعد لها.", "en": "Open obligations of the agreement have no date."}',
  $$select o.agreement_id as subject_id, count(*)::int as occurrences from obligation o join agreement a on a.id = o.agreement_id and a.state <> 'ARCHIVED' where o.due_on is null and o.outcome is null group by 1$$),
('AGREEMENT_ENDS_BEFORE_START', 'Agreement', 'CONTRADICTORY', 'HIGH', 'expiresOn', '{"ar": "تنتهي قبل أن تبدأ", "en": "Ends before it starts"}',
  '{"ar": "تاريخ الانتهاء أسبق من التوقيع أو من بدء النفاذ.", "en": "The end date lies before the signature or the entry into force."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.expires_on < greatest(a.signed_on, a.in_force_on)$$),
('AGREEMENT_END_PASSED', 'Agreement', 'OVERDUE', 'HIGH', 'status', '{"ar": "انقضى أجلها وما زالت نافذة", "en": "Past its end and still in force"}',
  '{"ar": "انقضى أجل الاتفاقية ولا تجديد ضمني، وحالتها ما زالت سارية.", "en": "The term has ended without tacit renewal, and by its status the agreement still runs."}',
  $$select a.id as subject_id, 1 as occurrences from agreement a where a.state <> 'ARCHIVED' and a.status in ('SIGNED', 'RATIFYING', 'IN_FORCE', 'SUSPENDED') and a.renewal <> 'TACIT' and a.expires_on < current_date$$),
('DUTY_OVERDUE', 'Agreement', 'OVERDUE', 'MEDIUM', 'obligations', '{"ar": "واجبات متأخرة", "en": "Duties overdue"}',
  '{"ar": "في الاتفاقية واجبات مضى موعدها ولم يُسجّل أداؤها.", "en": "Duties of the agreement are past their date, and it is not recorded that they were done."}',
  $$select x.agreement_id as subject_id, count(*)::int as occurrences from (select o.agreement_id from obligation o where o.outcome is null and o.recurrence is null and o.due_on < current_date
      union all select o.agreement_id from duty d join obligation o on o.id = d.obligation_id where d.outcome is null and d.due_on < current_date) x
    join agreement a on a.id = x.agreement_id and a.state <> 'ARCHIVED' group by 1$$),
-- Organizations
('ORGANIZATION_WITHOUT_IDENTIFIER', 'Organization', 'MISSING', 'MEDIUM', 'identifiers', '{"ar": "بلا معرّف", "en": "No identifier"}',
  '{"ar": "لا معرّف للمنظمة في أي سجل، فلا تعرفها بيانات الآخرين.", "en": "The organization has no identifier in any register, so data of others cannot name it."}',
  $$select o.id as subject_id, 1 as occurrences from organization o where o.state <> 'ARCHIVED' and o.merged_into_id is null and o.iati_identifier is null and not exists (select from organization_identifier x where x.organization_id = o.id)$$),
('ORGANIZATION_WITHOUT_TYPE', 'Organization', 'MISSING', 'LOW', 'typeId', '{"ar": "بلا نوع", "en": "No type"}',
  '{"ar": "لا نوع للمنظمة من أنواع IATI.", "en": "The organization has none of the types of IATI."}',
  $$select o.id as subject_id, 1 as occurrences from organization o where o.state <> 'ARCHIVED' and o.merged_into_id is null and o.type_id is null$$),
('ORGANIZATION_WITHOUT_COUNTRY', 'Organization', 'MISSING', 'LOW', 'countryId', '{"ar": "بلا بلد", "en": "No country"}',
  '{"ar": "لا يُعرف بلد مقر المنظمة.", "en": "The country of the organization''s seat is not known."}',
  $$select o.id as subject_id, 1 as occurrences from organization o where o.state <> 'ARCHIVED' and o.merged_into_id is null and o.country_id is null$$),
('ORGANIZATION_WITHOUT_ARABIC_NAME', 'Organization', 'MISSING', 'MEDIUM', 'name', '{"ar": "بلا اسم عربي", "en": "No Arabic name"}',
  '{"ar": "لا اسم عربياً للمنظمة يراه القراء.", "en": "The organization has no Arabic name that readers see."}',
  $$select o.id as subject_id, 1 as occurrences from organization o where o.state <> 'ARCHIVED' and o.merged_into_id is null and not o.name ? 'ar'$$);

-- ---------------------------------------------------------------- What the rules find

create table base.quality_found (
  id bigint generated always as identity primary key,
  rule_id bigint not null references base.quality_rule on delete cascade,
  subject_id bigint not null,
  occurrences integer not null,
  owner_id bigint,
  funder_id bigint,
  found_at timestamptz not null default now(),
  unique (rule_id, subject_id)
);
create index on base.quality_found (owner_id, id);
create index on base.quality_found (funder_id, id);
comment on table base.quality_found is 'A record that breaks a rule, with the unit that keeps it and its first funder. Follows from the records; shown by quality_finding.';

create table base.quality_state (
  position bigint not null,
  bulk_revision_id bigint not null,
  looked_on date not null
);
create unique index on base.quality_state ((true));
comment on table base.quality_state is 'Up to which revision the rules have looked, after which load of data, and on which day at everything.';

-- first_funders are, of projects, the funder with the largest share, or else the first one; of agreements the first party that is no ministry and no
-- municipality of ours. Of all records of the kind without ids.
create function base.first_funders(kind text, ids bigint[]) returns table (subject_id bigint, organization_id bigint)
language plpgsql stable set search_path = base, fn, pg_temp as $$
begin
  if kind = 'Project' then
    return query select distinct on (x.project_id) x.project_id, x.organization_id from project_partner x
      where x.role = 'FUNDING' and x.organization_id is not null and (ids is null or x.project_id = any (ids)) order by x.project_id, x.share desc nulls last, x.position, x.id;
  elsif kind = 'Agreement' then
    return query select distinct on (x.agreement_id) x.agreement_id, x.organization_id from agreement_party x join organization o on o.id = x.organization_id
      where o.kind not in ('MINISTRY', 'MUNICIPALITY') and (ids is null or x.agreement_id = any (ids)) order by x.agreement_id, x.position, x.id;
  end if;
end
$$;

-- judge applies the rules of a kind to some of its records, or to all.
create function base.judge(kind text, ids bigint[]) returns void
language plpgsql set search_path = base, fn, pg_temp as $$
declare
  r quality_rule;
  finds text;
begin
  create temporary table if not exists judged (subject_id bigint primary key, occurrences integer) on commit drop;
  create temporary table if not exists judged_of (subject_id bigint primary key, owner_id bigint, funder_id bigint) on commit drop;
  truncate judged_of;
  execute format('insert into judged_of select t.id, t.owner_id, f.organization_id from base.%I t left join base.first_funders($1, $2) f on f.subject_id = t.id%s',
    (select k.table_name from record_kind k where k.kind = judge.kind), case when ids is not null then ' where t.id = any ($2)' end) using kind, ids;
  for r in select q.* from quality_rule q where q.subject_kind = judge.kind order by q.id loop
    truncate judged;
    finds := format('insert into judged select x.subject_id, x.occurrences from (%s) x', r.finds);
    if ids is null then
      execute finds;
    else
      execute finds || ' where x.subject_id = any ($1)' using ids;
    end if;
    delete from quality_found f where f.rule_id = r.id and (ids is null or f.subject_id = any (ids)) and not exists (select from judged j where j.subject_id = f.subject_id);
    insert into quality_found as f (rule_id, subject_id, occurrences, owner_id, funder_id)
      select r.id, j.subject_id, j.occurrences, o.owner_id, o.funder_id from judged j join judged_of o on o.subject_id = j.subject_id
      on conflict (rule_id, subject_id) do update set occurrences = excluded.occurrences, owner_id = excluded.owner_id, funder_id = excluded.funder_id
        where row(f.occurrences, f.owner_id, f.funder_id) is distinct from row(excluded.occurrences, excluded.owner_id, excluded.funder_id);
  end loop;
end
$$;

-- judge_records brings what the rules find up to date and returns how many records it has looked at: those that changed since, a number of revisions at
-- a time; all of them once a day, since some rules go by today's date, and after a load of data. The server calls it soon after each change.
create function base.judge_records(most integer default 100) returns integer
language plpgsql set search_path = base, fn, pg_temp as $$
declare
  s quality_state;
  loaded bigint;
  until bigint;
  looked integer := 0;
  r record;
begin
  select * into s from quality_state;
  select coalesce(max(v.id), 0) into loaded from revision v where v.is_bulk and v.position is not null;
  select max(v.position) into until from (select x.position from revision x where x.position > coalesce(s.position, 0) order by x.position limit most) v;
  if s.looked_on = current_date and s.bulk_revision_id = loaded and until is null then
    return 0;
  end if;
  perform pg_advisory_xact_lock(7221077);
  select * into s from quality_state for update;
  if s.looked_on is distinct from current_date or s.bulk_revision_id is distinct from loaded then
    select max(x.position) into until from revision x;
    for r in select distinct q.subject_kind as kind from quality_rule q loop
      perform base.judge(r.kind, null);
    end loop;
    select count(*) into looked from quality_found;
  else
    for r in
      select e.root_kind as kind, array_agg(distinct e.root_id) as ids from revision v join revision_entry e on e.revision_id = v.id
      where v.position > s.position and v.position <= until and e.root_kind in (select q.subject_kind from quality_rule q) group by 1
    loop
      perform base.judge(r.kind, r.ids);
      looked := looked + cardinality(r.ids);
    end loop;
  end if;
  insert into quality_state (position, bulk_revision_id, looked_on) values (coalesce(until, s.position, 0), loaded, current_date)
    on conflict ((true)) do update set position = excluded.position, bulk_revision_id = excluded.bulk_revision_id, looked_on = excluded.looked_on;
  return greatest(looked, 1);
end
$$;
revoke execute on function base.judge(text, bigint[]), base.judge_records(integer), base.first_funders(text, bigint[]) from public;

-- quality_finding are the records that break a rule.
create view base.quality_finding as
  select f.id, r.code as rule, r.category, r.severity, r.subject_kind, f.subject_id, r.field, f.occurrences, f.owner_id, f.funder_id, f.found_at
  from base.quality_found f join base.quality_rule r on r.id = f.rule_id;
call base.expose('QualityFinding', 'quality_finding', visible => 'false');

-- quality_rules are the rules, each with how many records the reader sees that break it.
create function fn.quality_rules() returns table (code text, subject_kind text, category text, severity text, field text, title jsonb, description jsonb, count bigint)
language plpgsql stable security definer set search_path = base, fn, pg_temp as $$
begin
  return query select r.code, r.subject_kind, r.category, r.severity, r.field, r.title, r.description, coalesce(c.n, 0)
    from quality_rule r left join (select f.rule, count(*) as n from staff.quality_finding f group by 1) c on c.rule = r.code order by r.id;
end
$$;

-- quality_counts is how many records break each rule, by the unit that keeps them or by their first funder.
create function fn.quality_counts("by" text default 'OWNER') returns table (rule text, owner_id bigint, funder_id bigint, count bigint)
language plpgsql stable as $$
begin
  return query select f.rule, case when quality_counts."by" = 'OWNER' then f.owner_id end, case when quality_counts."by" = 'FUNDER' then f.funder_id end, count(*)
    from quality_finding f group by 1, 2, 3 order by 1, 4 desc;
end
$$;
grant execute on function fn.quality_rules(), fn.quality_counts(text) to taawun_public, taawun_staff;
