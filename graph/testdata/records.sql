-- Records for the tests of this package: few, written by hand, every kind of link among them, texts in Arabic, English and French,
-- and next to them what the public must not see (codes that start with SECRET). Keys are fixed, so that ids can stand in golden files.

insert into base.code_list (id, name) values (1, 'Sector'), (2, 'SectorCategory'), (3, 'OrganisationType'), (4, 'DocumentCategory'), (5, 'SDG-Goal'), (6, 'FinanceType');
insert into base.code_list_item (id, list_id, list, code, status, category_id) overriding system value values
  (21, 2, 'SectorCategory', '140', 'ACTIVE', null), (22, 2, 'SectorCategory', '110', 'ACTIVE', null),
  (11, 1, 'Sector', '14030', 'ACTIVE', 21), (12, 1, 'Sector', '11220', 'ACTIVE', 22), (13, 1, 'Sector', '99999', 'WITHDRAWN', null),
  (31, 3, 'OrganisationType', '40', 'ACTIVE', null), (41, 4, 'DocumentCategory', 'A01', 'ACTIVE', null),
  (51, 5, 'SDG-Goal', '6', 'ACTIVE', null), (61, 6, 'FinanceType', '110', 'ACTIVE', null);

insert into base.ministry_unit (id, code, parent_id) values (1, 'DIC', null), (2, 'DIC-AGR', 1);

insert into base.administrative_unit (id, pcode, level, parent_id, latitude, longitude, area_km2, geonames_id, boundary) values
  (1, 'SY02', 1, null, 36.2, 37.16, 18482.50, 170062, '{"type":"Point","coordinates":[37.16,36.2]}'),
  (2, 'SY0200', 2, 1, null, null, null, null, null), (3, 'SY020000', 3, 2, null, null, null, null, null),
  (4, 'C1007', 4, 3, 36.21, 37.15, null, null, null), (5, 'SY09', 1, null, null, null, null, null, null);
insert into base.unit_population (unit_id, year, population, published) values (1, 2004, 4045166, true), (1, 2023, 4600000, true), (4, 2004, 2132100, true);
insert into base.unit_alias (unit_id, name, locale, published) values (1, 'Halab', 'en', true);

insert into base.organization (id, code, state, acronym, kind, type_id, iati_identifier, owner_id, parent_id, website) values
  (1, 'ORG-UNDP', 'PUBLISHED', 'UNDP', 'UN_AGENCY', 31, 'XM-DAC-41114', 1, null, 'https://www.undp.org/'),
  (2, 'ORG-JICA', 'PUBLISHED', 'JICA', 'DONOR', null, 'XM-DAC-701-8', null, null, null),
  (3, 'ORG-GOV', 'PUBLISHED', null, 'MINISTRY', null, null, 1, null, null),
  (4, 'SECRET-ORG', 'DRAFT', 'SECRET', 'OTHER', null, null, null, 1, null),
  (5, 'ORG-UNDP-SY', 'PUBLISHED', null, 'UN_AGENCY', null, null, null, 1, null);
insert into base.organization_identifier (organization_id, scheme, value, published) values (1, 'XM-DAC', '41114', true);
insert into base.organization_contact (organization_id, position, person, email, is_public, published) values
  (1, 1, 'Front desk', 'desk@example.org', true, true), (1, 2, 'SECRET person', 'secret@example.org', false, true);

insert into base.agreement (id, code, state, kind, is_binding, status, signed_on, in_force_on, envelope_amount, envelope_currency, registry_reference) values
  (1, 'AGR-1', 'PUBLISHED', 'FRAMEWORK', true, 'IN_FORCE', '2018-05-01', '2018-09-01', 2500000.50, 'USD', 'R/18'),
  (2, 'AGR-2', 'PUBLISHED', 'MEMORANDUM', false, 'SIGNED', '2021-02-03', null, null, null, null),
  (3, 'SECRET-AGR', 'SUBMITTED', 'GRANT', true, 'NEGOTIATION', null, null, 1, 'EUR', null),
  (4, 'AGR-4', 'PUBLISHED', 'GRANT', true, 'IDEA', null, null, 0, 'EUR', null);
insert into base.agreement_party (id, agreement_id, organization_id, position, role, published) values
  (1, 1, 1, 1, 'PARTY', true), (2, 1, 3, 2, 'PARTY', true), (3, 2, 2, 1, 'SIGNATORY', true), (4, 1, 4, 3, 'WITNESS', true), (5, 3, 1, 1, 'PARTY', false), (6, 1, 1, 4, 'IMPLEMENTER', true);
insert into base.agreement_sector (agreement_id, sector_id, published) values (1, 11, true), (1, 12, true), (2, 12, true);
insert into base.agreement_unit (agreement_id, unit_id, published) values (1, 4, true), (2, 5, true);
insert into base.obligation (id, agreement_id, kind, obligor_id, due_on, published) values (1, 1, 'REPORT', 1, '2019-01-31', true), (2, 1, 'PAYMENT', null, null, true);

insert into base.project (id, code, state, status, kind, iati_identifier, planned_start, actual_start, planned_end, reporting_organization_id, parent_id, owner_id, is_humanitarian, default_currency, capital_spend, hierarchy, created_at, updated_at) values
  (1, 'PRJ-1', 'PUBLISHED', 'IMPLEMENTATION', 'PROJECT', 'XM-DAC-41114-P1', '2019-01-01', '2019-03-01', '2024-12-31', 1, null, 1, false, 'USD', 12.5, 1, '2024-01-02T03:04:05.678901Z', '2024-01-02T03:04:05Z'),
  (2, 'PRJ-2', 'PUBLISHED', 'CLOSED', 'PROJECT', 'JICA-2', '2015-06-01', null, '2018-06-01', 2, null, null, true, 'JPY', null, 1, '2024-01-02T03:04:05Z', '2024-02-02T03:04:05Z'),
  (3, 'PRJ-3', 'PUBLISHED', 'PIPELINE', 'COMPONENT', null, null, null, null, null, 1, null, false, null, null, 2, '2024-01-03T00:00:00+03:00', '2024-03-02T03:04:05Z'),
  (4, 'SECRET-PRJ', 'DRAFT', 'IMPLEMENTATION', 'PROJECT', 'SECRET-4', '2020-01-01', null, null, 1, 1, null, false, 'USD', null, 1, '2024-01-04T00:00:00Z', '2024-01-04T00:00:00Z'),
  (5, 'PRJ-5', 'PUBLISHED', 'IMPLEMENTATION', 'PROJECT', 'XM-DAC-41114-P5', '2019-01-01', '2019-03-01', null, 1, null, null, false, 'USD', null, 1, '2024-01-05T00:00:00Z', '2024-01-05T00:00:00Z');
insert into base.project_agreement (project_id, agreement_id, published) values (1, 1, true), (2, 2, true), (5, 1, true), (1, 3, true), (4, 1, false);
insert into base.project_partner (id, project_id, organization_id, position, role, ref, share, published) values
  (1, 1, 1, 1, 'FUNDING', 'XM-DAC-41114', 60, true), (2, 1, 2, 2, 'FUNDING', null, 40, true), (3, 1, 3, 3, 'IMPLEMENTING', null, null, true),
  (4, 1, 4, 4, 'ACCOUNTABLE', null, null, true), (5, 2, 2, 1, 'FUNDING', null, null, true), (6, 5, 1, 1, 'FUNDING', null, null, true), (7, 5, 1, 2, 'EXTENDING', null, null, true),
  (8, 3, null, 1, 'IMPLEMENTING', 'UNKNOWN-REF', null, true), (9, 4, 1, 1, 'FUNDING', null, null, false);
insert into base.project_sector (id, project_id, sector_id, percentage, published) values (1, 1, 11, 70, true), (2, 1, 12, 30, true), (3, 2, 12, null, true), (4, 5, 11, null, true), (5, 4, 11, null, false);
insert into base.project_tag (project_id, tag_id, published) values (1, 51, true);
insert into base.project_location (id, project_id, unit_id, position, percentage, exactness, latitude, longitude, published) values
  (1, 1, 4, 1, 50, 'EXACT', 36.21, 37.15, true), (2, 1, 5, 2, 50, null, null, null, true), (3, 2, 5, 1, null, null, null, null, true), (4, 5, 3, 1, null, 'APPROXIMATE', null, null, true), (5, 4, 4, 1, null, null, null, null, false);
insert into base.transaction (id, project_id, position, type, date, value_amount, value_currency, provider_id, receiver_id, finance_type_id, published) values
  (1, 1, 1, 'OUTGOING_COMMITMENT', '2019-03-05', 1000000, 'USD', 1, 3, 61, true), (2, 1, 2, 'DISBURSEMENT', '2019-06-30', 400000.10, 'USD', 1, 3, null, true),
  (3, 1, 3, 'DISBURSEMENT', '2020-06-30', -100.05, 'USD', 1, null, null, true), (4, 1, 4, 'EXPENDITURE', '2020-07-01', 5000, 'EUR', null, null, null, true),
  (5, 2, 1, 'DISBURSEMENT', '2016-01-01', 90000000, 'JPY', 2, null, 61, true), (6, 5, 1, 'DISBURSEMENT', '2020-06-30', 7, 'USD', 4, null, null, true), (7, 4, 1, 'DISBURSEMENT', '2020-06-30', 666, 'USD', 1, null, null, false);
insert into base.result (id, project_id, position, type, is_aggregable, published) values (1, 1, 1, 'OUTPUT', true, true);
insert into base.indicator (id, result_id, position, measure, is_ascending, published) values (1, 1, 1, 'UNIT', true, true), (2, 1, 2, 'QUALITATIVE', false, true);
insert into base.indicator_baseline (indicator_id, year, value, dimensions, published) values (1, 2018, 0, '[{"name":"sex","value":"female"}]', true);
insert into base.indicator_period (id, indicator_id, period_start, period_end, published) values (1, 1, '2019-01-01', '2019-12-31', true), (2, 1, '2020-01-01', '2020-12-31', true);
insert into base.measurement (period_id, kind, value, published) values (1, 'TARGET', 100, true), (1, 'ACTUAL', 97.5, true), (2, 'TARGET', 200, true);
insert into base.document (id, subject_kind, subject_id, position, url, format, languages, document_date, published) values
  (1, 'Project', 1, 1, 'https://example.org/plan.pdf', 'application/pdf', '{ar,en}', '2019-01-01', true), (2, 'Organization', 1, 1, 'https://example.org/strategy.pdf', null, '{}', null, true);
insert into base.document_category (document_id, category_id) values (1, 41);
insert into base.data_set (id, name, kind, imported_at) values (1, 'undp.xml', 'IATI_ACTIVITIES', '2024-05-06T07:08:09Z');
insert into base.source (subject_kind, subject_id, data_set_id, identifier, fetched_at, published) values ('Project', 1, 1, 'XM-DAC-41114-P1', '2024-05-06T07:08:09Z', true);

-- Texts; a trigger brings the publishable ones to the records.
insert into base.translation (id, subject_kind, subject_id, field, locale, text, status, source_digest, updated_at) values
  (1, 'Project', 1, 'title', 'ar', 'شبكة مياه حلب', 'ORIGINAL', null, '2024-01-01T00:00:00Z'),
  (2, 'Project', 1, 'title', 'en', 'Aleppo water network', 'CERTIFIED', fn.digest('شبكة مياه حلب'), '2024-01-02T00:00:00Z'),
  (3, 'Project', 1, 'title', 'fr', 'SECRET brouillon', 'DRAFT', null, '2024-01-03T00:00:00Z'),
  (4, 'Project', 2, 'title', 'en', 'Primary schools 50%_done', 'ORIGINAL', null, '2024-01-04T00:00:00Z'),
  (5, 'Project', 2, 'title', 'ar', 'مدارس ابتدائية', 'REVIEWED', fn.digest('Primary schools'), '2024-01-05T00:00:00Z'),
  (6, 'Project', 3, 'title', 'fr', 'Composante pilote', 'ORIGINAL', null, '2024-01-06T00:00:00Z'),
  (7, 'Project', 5, 'title', 'en', 'Sanitation in Aleppo', 'ORIGINAL', null, '2024-01-07T00:00:00Z'),
  (8, 'Project', 1, 'description', 'ar', 'إعادة تأهيل شبكة المياه', 'ORIGINAL', null, '2024-01-08T00:00:00Z'),
  (10, 'Organization', 1, 'name', 'en', 'United Nations Development Programme', 'ORIGINAL', null, '2024-01-10T00:00:00Z'),
  (11, 'Organization', 1, 'name', 'ar', 'برنامج الأمم المتحدة الإنمائي', 'REVIEWED', fn.digest('United Nations Development Programme'), '2024-01-11T00:00:00Z'),
  (12, 'Organization', 2, 'name', 'en', 'Japan International Cooperation Agency', 'ORIGINAL', null, '2024-01-12T00:00:00Z'),
  (13, 'Organization', 3, 'name', 'ar', 'وزارة الإدارة المحلية والبيئة', 'ORIGINAL', null, '2024-01-13T00:00:00Z'),
  (14, 'Organization', 4, 'name', 'en', 'SECRET organization', 'ORIGINAL', null, '2024-01-14T00:00:00Z'),
  (15, 'Organization', 5, 'name', 'en', 'UNDP Syria', 'ORIGINAL', null, '2024-01-15T00:00:00Z'),
  (16, 'Agreement', 1, 'title', 'ar', 'اتفاق إطاري للتعاون', 'ORIGINAL', null, '2024-01-16T00:00:00Z'),
  (17, 'Agreement', 2, 'title', 'en', 'Memorandum on schools', 'ORIGINAL', null, '2024-01-17T00:00:00Z'),
  (18, 'Agreement', 3, 'title', 'en', 'SECRET agreement', 'ORIGINAL', null, '2024-01-18T00:00:00Z'),
  (20, 'AdministrativeUnit', 1, 'name', 'ar', 'حلب', 'ORIGINAL', null, '2024-01-20T00:00:00Z'),
  (21, 'AdministrativeUnit', 1, 'name', 'en', 'Aleppo', 'REVIEWED', fn.digest('حلب'), '2024-01-21T00:00:00Z'),
  (22, 'AdministrativeUnit', 2, 'name', 'ar', 'جبل سمعان', 'ORIGINAL', null, '2024-01-22T00:00:00Z'),
  (23, 'AdministrativeUnit', 3, 'name', 'ar', 'مركز جبل سمعان', 'ORIGINAL', null, '2024-01-23T00:00:00Z'),
  (24, 'AdministrativeUnit', 4, 'name', 'ar', 'مدينة حلب', 'ORIGINAL', null, '2024-01-24T00:00:00Z'),
  (25, 'AdministrativeUnit', 5, 'name', 'ar', 'دمشق', 'ORIGINAL', null, '2024-01-25T00:00:00Z'),
  (30, 'CodeListItem', 11, 'name', 'en', 'Basic drinking water supply and basic sanitation', 'ORIGINAL', null, '2024-01-30T00:00:00Z'),
  (31, 'CodeListItem', 11, 'name', 'ar', 'مياه الشرب الأساسية والصرف الصحي', 'REVIEWED', fn.digest('Basic drinking water supply and basic sanitation'), '2024-01-31T00:00:00Z'),
  (32, 'CodeListItem', 12, 'name', 'en', 'Primary education', 'ORIGINAL', null, '2024-02-01T00:00:00Z'),
  (33, 'Result', 1, 'title', 'ar', 'وصلات منزلية', 'ORIGINAL', null, '2024-02-02T00:00:00Z');

-- Invented rates: one of them within 30 days of the expenditure in euro, none for yen.
insert into base.data_set (id, name, kind) values (2, 'rates.csv', 'EXCHANGE_RATES');
insert into base.exchange_rate (data_set_id, base_currency, currency, date, rate, source) values (2, 'EUR', 'USD', '2020-06-15', 1.1205, 'ECB'), (2, 'EUR', 'USD', '2019-01-01', 1.1467, 'ECB');
