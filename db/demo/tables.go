package demo

// tables are the sheets of every table that the demonstration writes.
type tables struct {
	dataSet, ministryUnit, exchangeRate                                              *sheet
	organization, organizationIdentifier, organizationAlias, organizationContact     *sheet
	agreement, agreementParty, agreementEvent, obligation, agreementText             *sheet
	agreementRelation, agreementSector, agreementUnit                                *sheet
	project, projectAgreement, partner, projectSector, projectTag, marker, country   *sheet
	location, related, identifier, contact, condition, humanitarianScope, budgetItem *sheet
	transaction, transactionSector, budget, planned                                  *sheet
	result, indicator, reference, baseline, period, measurement                      *sheet
	evaluation, score, finding, recommendation, action                               *sheet
	followUp                                                                         *sheet
	document, documentCategory, source, translation                                  *sheet
	all                                                                              []*sheet
}

const recordColumns = "id, code, state, original_locale, owner_id, is_demonstration, version, created_at, updated_at, "

// newTables lists the tables in the order of their foreign keys.
func newTables() *tables {
	t := &tables{}
	for _, x := range []struct {
		to             **sheet
		table, columns string
	}{
		{&t.dataSet, "data_set", "id, name, kind, publisher, licence, is_demonstration, imported_at"},
		{&t.exchangeRate, "exchange_rate", "id, data_set_id, base_currency, currency, date, rate, source"},
		{&t.ministryUnit, "ministry_unit", "id, code, name, parent_id"},
		{&t.organization, "organization", recordColumns + "name, acronym, description, kind, type_id, country_id, parent_id, iati_identifier, website"},
		{&t.organizationIdentifier, "organization_identifier", "id, organization_id, scheme, value, published"},
		{&t.organizationAlias, "organization_alias", "id, organization_id, name, locale, published"},
		{&t.organizationContact, "organization_contact", "id, organization_id, position, person, function, email, phone, is_public, published"},
		{&t.agreement, "agreement", recordColumns + "title, summary, kind, is_binding, status, signed_on, in_force_on, expires_on, ended_on, duration_months, " +
			"renewal, renewal_months, notice_days, registry_reference, envelope_amount, envelope_currency"},
		{&t.agreementParty, "agreement_party", "id, agreement_id, organization_id, position, role, signatory_name, signatory_capacity, signed_on, " +
			"consent_method, consent_on, in_force_on, reservations, published"},
		{&t.agreementEvent, "agreement_event", "id, agreement_id, kind, occurred_on, reference, note, published"},
		{&t.obligation, "obligation", "id, agreement_id, clause, text, kind, obligor_id, beneficiary_id, due_on, recurrence, lead_days, outcome, settled_on, evidence, published"},
		{&t.agreementText, "agreement_text", "id, agreement_id, locale, role, is_prevailing, url, media_type, byte_size, sha256, certified_by, certified_on, published"},
		{&t.agreementRelation, "agreement_relation", "id, agreement_id, related_id, kind, published"},
		{&t.agreementSector, "agreement_sector", "agreement_id, sector_id, published"},
		{&t.agreementUnit, "agreement_unit", "agreement_id, unit_id, published"},
		{&t.project, "project", recordColumns + "iati_identifier, kind, hierarchy, parent_id, title, description, objectives, target_groups, status, planned_start, " +
			"actual_start, planned_end, actual_end, reporting_organization_id, scope_id, collaboration_type_id, flow_type_id, finance_type_id, aid_type_id, " +
			"tied_status_id, default_currency, is_humanitarian, capital_spend, reported_at"},
		{&t.projectAgreement, "project_agreement", "project_id, agreement_id, published"},
		{&t.partner, "project_partner", "id, project_id, organization_id, position, role, name, type_id, share, published"},
		{&t.projectSector, "project_sector", "id, project_id, sector_id, percentage, published"},
		{&t.projectTag, "project_tag", "id, project_id, tag_id, published"},
		{&t.marker, "project_policy_marker", "id, project_id, marker_id, significance_id, published"},
		{&t.country, "project_country", "id, project_id, country_id, percentage, published"},
		{&t.location, "project_location", "id, project_id, unit_id, position, ref, description, latitude, longitude, percentage, exactness, reach_id, location_class_id, published"},
		{&t.related, "related_project", "id, project_id, related_id, ref, type, published"},
		{&t.identifier, "project_identifier", "id, project_id, type, value, owner_ref, published"},
		{&t.contact, "project_contact", "id, project_id, position, type, person, function, email, published"},
		{&t.condition, "project_condition", "id, project_id, type, text, published"},
		{&t.humanitarianScope, "humanitarian_scope", "id, project_id, type, vocabulary, code, name, published"},
		{&t.budgetItem, "country_budget_item", "id, project_id, vocabulary, code, percentage, description, published"},
		{&t.transaction, "transaction", "id, project_id, position, ref, type, is_humanitarian, date, value_amount, value_currency, value_date, description, provider_id, " +
			"provider_activity, receiver_id, receiver_name, receiver_activity, disbursement_channel_id, flow_type_id, finance_type_id, aid_type_id, tied_status_id, published"},
		{&t.transactionSector, "transaction_sector", "id, transaction_id, sector_id, percentage, published"},
		{&t.budget, "budget", "id, project_id, position, type, status, period_start, period_end, value_amount, value_currency, value_date, published"},
		{&t.planned, "planned_disbursement", "id, project_id, position, type, period_start, period_end, value_amount, value_currency, value_date, provider_id, receiver_id, published"},
		{&t.result, "result", "id, project_id, position, type, is_aggregable, title, description, published"},
		{&t.indicator, "indicator", "id, result_id, position, measure, is_ascending, is_aggregable, title, published"},
		{&t.reference, "indicator_reference", "id, indicator_id, vocabulary, code, published"},
		{&t.baseline, "indicator_baseline", "id, indicator_id, year, date, value, published"},
		{&t.period, "indicator_period", "id, indicator_id, period_start, period_end, published"},
		{&t.measurement, "measurement", "id, period_id, kind, value, comment, published"},
		{&t.followUp, "obligation_follow_up", "id, obligation_id, occurred_on, done_by, action, result, next_step, next_on, created_at, published"},
		{&t.evaluation, "evaluation", recordColumns + "title, summary, kind, conduct, status, agreement_id, project_id, organization_id, commissioner_id, evaluator, " +
			"period_start, period_end, started_on, completed_on, scale"},
		{&t.score, "evaluation_score", "id, evaluation_id, criterion, score, reason, published"},
		{&t.finding, "evaluation_finding", "id, evaluation_id, position, kind, criterion, text, published"},
		{&t.recommendation, "recommendation", "id, evaluation_id, position, text, priority, addressee_id, response, response_reason, responded_by, responded_on, published"},
		{&t.action, "recommendation_action", "id, recommendation_id, position, text, responsible_id, due_on, lead_days, outcome, settled_on, evidence, published"},
		{&t.document, "document", "id, subject_kind, subject_id, position, url, title, format, languages, document_date, published"},
		{&t.documentCategory, "document_category", "document_id, category_id"},
		{&t.source, "source", "id, subject_kind, subject_id, data_set_id, identifier, fetched_at, published"},
		{&t.translation, "translation", "id, subject_id, subject_kind, field, locale, text, status, source_locale, source_digest, method, translator, reviewer, certifier, " +
			"created_at, updated_at, published"},
	} {
		*x.to = &sheet{table: x.table, columns: x.columns}
		t.all = append(t.all, *x.to)
	}
	return t
}
