-- Reporting duties of environmental conventions, as ready sets of obligations. Data of our own; each row names its source. A duty has a first day
-- and a rule only where the convention, or a decision of its parties, fixes them; of the others the day is entered by hand. What we were not
-- sure of is left out.

create table base.reporting_duty (
  position integer primary key,
  code text not null unique,
  set text not null,
  set_name jsonb not null,
  clause text not null,
  text jsonb not null,
  kind text not null,
  source text not null,
  first_due_on date,
  recurrence text check (fn.rrule_problem(recurrence) is null or recurrence is null),
  lead_days integer not null
);
comment on table base.reporting_duty is 'Reporting duties of environmental conventions, by set.';

insert into base.reporting_duty (position, code, set, set_name, clause, text, kind, source, first_due_on, recurrence, lead_days) values
  (1, 'UNFCCC-NC', 'UNFCCC', '{"ar": "اتفاقية الأمم المتحدة الإطارية بشأن تغير المناخ", "en": "United Nations Framework Convention on Climate Change"}', '12; 1/CP.16, 60', '{"ar": "تقديم البلاغ الوطني كل أربع سنوات (الأطراف غير المدرجة في المرفق الأول).", "en": "Submit the national communication every four years (Parties not included in Annex I)."}', 'REPORT', 'UNFCCC, article 12; decision 1/CP.16, paragraph 60', null, null, 365),
  (2, 'PARIS-BTR', 'PARIS', '{"ar": "اتفاق باريس", "en": "Paris Agreement"}', '13; 18/CMA.1', '{"ar": "تقديم تقرير الشفافية لفترة السنتين.", "en": "Submit the biennial transparency report."}', 'REPORT', 'Paris Agreement, article 13; decision 18/CMA.1', '2024-12-31', 'FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=31', 365),
  (3, 'PARIS-NDC', 'PARIS', '{"ar": "اتفاق باريس", "en": "Paris Agreement"}', '4(9)', '{"ar": "تقديم المساهمة المحددة وطنياً كل خمس سنوات.", "en": "Communicate a nationally determined contribution every five years."}', 'REPORT', 'Paris Agreement, article 4, paragraph 9', null, null, 365),
  (4, 'CBD-NR7', 'CBD', '{"ar": "اتفاقية التنوع البيولوجي", "en": "Convention on Biological Diversity"}', '26; 15/6', '{"ar": "تقديم التقرير الوطني السابع.", "en": "Submit the seventh national report."}', 'REPORT', 'CBD, article 26; decision 15/6', '2026-02-28', null, 180),
  (5, 'CBD-NR8', 'CBD', '{"ar": "اتفاقية التنوع البيولوجي", "en": "Convention on Biological Diversity"}', '26; 15/6', '{"ar": "تقديم التقرير الوطني الثامن.", "en": "Submit the eighth national report."}', 'REPORT', 'CBD, article 26; decision 15/6', '2029-06-30', null, 365),
  (6, 'CARTAGENA-NR', 'CARTAGENA', '{"ar": "بروتوكول قرطاجنة للسلامة الأحيائية", "en": "Cartagena Protocol on Biosafety"}', '33; BS-I/9', '{"ar": "تقديم التقرير الوطني عن تنفيذ البروتوكول كل أربع سنوات.", "en": "Submit the national report on implementation of the Protocol every four years."}', 'REPORT', 'Cartagena Protocol, article 33; decision BS-I/9', null, null, 180),
  (7, 'NAGOYA-NR', 'NAGOYA', '{"ar": "بروتوكول ناغويا بشأن الحصول على الموارد الجينية وتقاسم المنافع", "en": "Nagoya Protocol on Access and Benefit-sharing"}', '29', '{"ar": "تقديم التقرير الوطني عن تنفيذ البروتوكول في الموعد الذي يحدده اجتماع الأطراف.", "en": "Submit the national report on implementation of the Protocol when the meeting of the Parties asks for it."}', 'REPORT', 'Nagoya Protocol, article 29', null, null, 180),
  (8, 'BASEL-NR', 'BASEL', '{"ar": "اتفاقية بازل بشأن التحكم في نقل النفايات الخطرة والتخلص منها عبر الحدود", "en": "Basel Convention on the Control of Transboundary Movements of Hazardous Wastes and Their Disposal"}', '13(3)', '{"ar": "تقديم التقرير الوطني السنوي عن السنة السابقة.", "en": "Transmit the annual national report on the previous calendar year."}', 'REPORT', 'Basel Convention, article 13, paragraph 3', '2024-12-31', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31', 120),
  (9, 'STOCKHOLM-NR', 'STOCKHOLM', '{"ar": "اتفاقية ستوكهولم بشأن الملوثات العضوية الثابتة", "en": "Stockholm Convention on Persistent Organic Pollutants"}', '15; SC-1/22', '{"ar": "تقديم التقرير الوطني عن تنفيذ الاتفاقية كل أربع سنوات.", "en": "Submit the national report on implementation of the Convention every four years."}', 'REPORT', 'Stockholm Convention, article 15; decision SC-1/22', null, null, 180),
  (10, 'ROTTERDAM-IR', 'ROTTERDAM', '{"ar": "اتفاقية روتردام بشأن الموافقة المسبقة عن علم", "en": "Rotterdam Convention on the Prior Informed Consent Procedure"}', '10(2)', '{"ar": "إرسال الرد بشأن استيراد كل مادة كيميائية أُدرجت في المرفق الثالث خلال تسعة أشهر من إرسال وثيقة توجيه القرارات.", "en": "Transmit the import response for each chemical newly listed in Annex III, within nine months of the dispatch of its decision guidance document."}', 'NOTIFICATION', 'Rotterdam Convention, article 10, paragraph 2', null, null, 90),
  (11, 'ROTTERDAM-FRA', 'ROTTERDAM', '{"ar": "اتفاقية روتردام بشأن الموافقة المسبقة عن علم", "en": "Rotterdam Convention on the Prior Informed Consent Procedure"}', '5(1)', '{"ar": "إخطار الأمانة بكل إجراء تنظيمي نهائي خلال تسعين يوماً من بدء نفاذه.", "en": "Notify the Secretariat of each final regulatory action within ninety days of its taking effect."}', 'NOTIFICATION', 'Rotterdam Convention, article 5, paragraph 1', null, null, 60),
  (12, 'MONTREAL-A7', 'MONTREAL', '{"ar": "بروتوكول مونتريال بشأن المواد المستنفدة لطبقة الأوزون", "en": "Montreal Protocol on Substances that Deplete the Ozone Layer"}', '7(3)', '{"ar": "تقديم البيانات السنوية عن إنتاج المواد الخاضعة للرقابة واستيرادها وتصديرها في السنة السابقة.", "en": "Report the annual data on production, imports and exports of controlled substances in the previous year."}', 'REPORT', 'Montreal Protocol, article 7, paragraph 3', '2024-09-30', 'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30', 120),
  (13, 'UNCCD-PRAIS', 'UNCCD', '{"ar": "اتفاقية الأمم المتحدة لمكافحة التصحر", "en": "United Nations Convention to Combat Desertification"}', '26; 15/COP.13', '{"ar": "تقديم التقرير الوطني عبر نظام PRAIS كل أربع سنوات.", "en": "Submit the national report through PRAIS every four years."}', 'REPORT', 'UNCCD, article 26; decision 15/COP.13', null, null, 180),
  (14, 'CITES-AR', 'CITES', '{"ar": "اتفاقية الاتجار الدولي بأنواع الحيوانات والنباتات البرية المهددة بالانقراض", "en": "Convention on International Trade in Endangered Species of Wild Fauna and Flora"}', 'VIII(7)(a)', '{"ar": "تقديم التقرير السنوي عن التجارة في السنة السابقة.", "en": "Submit the annual report on trade in the previous year."}', 'REPORT', 'CITES, article VIII, paragraph 7 (a); Resolution Conf. 11.17', '2024-10-31', 'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31', 120),
  (15, 'CITES-IR', 'CITES', '{"ar": "اتفاقية الاتجار الدولي بأنواع الحيوانات والنباتات البرية المهددة بالانقراض", "en": "Convention on International Trade in Endangered Species of Wild Fauna and Flora"}', 'VIII(7)(b)', '{"ar": "تقديم تقرير التنفيذ كل ثلاث سنوات، قبل مؤتمر الأطراف.", "en": "Submit the implementation report every three years, ahead of the Conference of the Parties."}', 'REPORT', 'CITES, article VIII, paragraph 7 (b); Resolution Conf. 11.17', null, null, 180),
  (16, 'RAMSAR-NR', 'RAMSAR', '{"ar": "اتفاقية رامسار بشأن الأراضي الرطبة", "en": "Ramsar Convention on Wetlands"}', '6', '{"ar": "تقديم التقرير الوطني إلى كل اجتماع لمؤتمر الأطراف المتعاقدة.", "en": "Submit the national report to each meeting of the Conference of the Contracting Parties."}', 'REPORT', 'Ramsar Convention, article 6', null, null, 180),
  (17, 'BARCELONA-NR', 'BARCELONA', '{"ar": "اتفاقية برشلونة لحماية البيئة البحرية والساحلية للبحر المتوسط", "en": "Barcelona Convention for the Protection of the Marine Environment and the Coastal Region of the Mediterranean"}', '26', '{"ar": "تقديم التقرير عن تنفيذ الاتفاقية وبروتوكولاتها كل سنتين.", "en": "Submit the report on implementation of the Convention and its Protocols every two years."}', 'REPORT', 'Barcelona Convention, article 26', null, null, 180),
  (18, 'MINAMATA-FULL', 'MINAMATA', '{"ar": "اتفاقية ميناماتا بشأن الزئبق", "en": "Minamata Convention on Mercury"}', '21; MC-1/8', '{"ar": "تقديم التقرير الوطني الكامل كل أربع سنوات.", "en": "Submit the full national report every four years."}', 'REPORT', 'Minamata Convention, article 21; decision MC-1/8', '2021-12-31', 'FREQ=YEARLY;INTERVAL=4;BYMONTH=12;BYMONTHDAY=31', 180),
  (19, 'MINAMATA-SHORT', 'MINAMATA', '{"ar": "اتفاقية ميناماتا بشأن الزئبق", "en": "Minamata Convention on Mercury"}', '21; MC-1/8', '{"ar": "تقديم التقرير القصير في منتصف المدة بين تقريرين كاملين.", "en": "Submit the short report midway between two full reports."}', 'REPORT', 'Minamata Convention, article 21; decision MC-1/8', '2019-12-31', 'FREQ=YEARLY;INTERVAL=4;BYMONTH=12;BYMONTHDAY=31', 180),
  (20, 'CMS-NR', 'CMS', '{"ar": "اتفاقية المحافظة على أنواع الحيوانات البرية المهاجرة", "en": "Convention on the Conservation of Migratory Species of Wild Animals"}', 'VI(3)', '{"ar": "تقديم التقرير الوطني قبل ستة أشهر على الأقل من كل اجتماع لمؤتمر الأطراف.", "en": "Submit the national report at least six months before each meeting of the Conference of the Parties."}', 'REPORT', 'CMS, article VI, paragraph 3', null, null, 180);

-- reporting_duties are the duties of the sets. due_on is the next day on which one is due; a duty whose only day has passed is not shown any more.
create function fn.reporting_duties("set" text default null)
returns table (code text, set text, set_name jsonb, clause text, text jsonb, kind text, source text, due_on date, recurrence text, lead_days integer)
language sql stable security definer set search_path = base, fn, pg_temp as $$
  select r.code, r.set, r.set_name, r.clause, r.text, r.kind, r.source, d.due_on, r.recurrence, r.lead_days
  from reporting_duty r cross join lateral (
    select case when r.recurrence is null then r.first_due_on
      else (select min(x) from rrule_dates(r.recurrence, r.first_due_on, (current_date + interval '12 years')::date) x where x >= current_date) end as due_on) d
  where (reporting_duties.set is null or r.set = reporting_duties.set) and (r.first_due_on is null or d.due_on >= current_date)
  order by r.position
$$;
grant execute on function fn.reporting_duties(text) to taawun_public, taawun_staff;

-- An obligation remembers the duty from which it was taken, so that a set is never added twice.
alter table base.obligation add column reporting_duty text;
create unique index obligation_reporting_duty on base.obligation (agreement_id, reporting_duty) where reporting_duty is not null;
do $$
declare
  computed text := (select k.extra from base.record_kind k where k.kind = 'Obligation');
begin
  call base.expose('Obligation', 'obligation', extra => computed);
end
$$;

-- duties_to_adopt are the duties of a set that an agreement does not have yet, in its waiting change neither.
create function fn.duties_to_adopt(agreement bigint, "set" text) returns setof text
language sql stable as $$
  select d.code from fn.reporting_duties(duties_to_adopt.set) d
  where not exists (select from base.obligation o where o.agreement_id = agreement and o.reporting_duty = d.code)
    and not exists (select from base.pending_change p where p.subject_kind = 'Agreement' and p.subject_id = agreement and p.state in ('DRAFT', 'SUBMITTED', 'RETURNED')
      and p.steps @? format('$[*].obligations.save[*] ? (@.reportingDuty == %s)', to_jsonb(d.code))::jsonpath)
$$;
grant execute on function fn.duties_to_adopt(bigint, text) to taawun_staff;
