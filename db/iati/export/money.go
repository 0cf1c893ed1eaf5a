package export

import (
	"taawun/db"
)

// transactionTypes are the values of a transaction's type, in the order of their codes from 1.
var transactionTypes = []string{"INCOMING_FUNDS", "OUTGOING_COMMITMENT", "DISBURSEMENT", "EXPENDITURE", "INTEREST_PAYMENT", "LOAN_REPAYMENT", "REIMBURSEMENT", "PURCHASE_OF_EQUITY",
	"SALE_OF_EQUITY", "CREDIT_GUARANTEE", "INCOMING_COMMITMENT", "OUTGOING_PLEDGE", "INCOMING_PLEDGE"}

// money writes budgets, plans and transactions. An amount that is not known cannot be told.
func (a activity) money() {
	p := a.p
	for _, b := range p.Budgets {
		if b.Value.Amount == "" {
			continue
		}
		a.start("budget", "type", codeOf(b.Type, "ORIGINAL", "REVISED"), "status", codeOf(b.Status, "INDICATIVE", "COMMITTED"))
		a.empty("period-start", "iso-date", string(b.PeriodStart))
		a.empty("period-end", "iso-date", string(b.PeriodEnd))
		a.value(b.Value, b.ValueDate, b.PeriodStart)
		a.end()
	}
	for _, d := range p.PlannedDisbursements {
		if d.Value.Amount == "" {
			continue
		}
		kind := ""
		if d.Type != nil {
			kind = codeOf(*d.Type, "ORIGINAL", "REVISED")
		}
		a.start("planned-disbursement", "type", kind)
		a.empty("period-start", "iso-date", string(d.PeriodStart))
		if d.PeriodEnd != nil {
			a.empty("period-end", "iso-date", string(*d.PeriodEnd))
		}
		a.value(d.Value, d.ValueDate, d.PeriodStart)
		a.side("provider-org", d.ProviderID, d.ProviderRef, d.ProviderName)
		a.side("receiver-org", d.ReceiverID, d.ReceiverRef, d.ReceiverName)
		a.end()
	}
	if p.CapitalSpend != nil {
		a.empty("capital-spend", "percentage", number(p.CapitalSpend))
	}
	for _, t := range p.Transactions {
		if t.Value.Amount != "" {
			a.transaction(t)
		}
	}
}

func (a activity) value(m db.Money, valued *db.Date, otherwise db.Date) {
	day := otherwise
	if valued != nil {
		day = *valued
	}
	a.text("value", string(m.Amount), "currency", m.Currency, "value-date", string(day))
}

// side writes who gives or receives money, if anything is known.
func (a activity) side(element string, key *int64, ref *string, name db.Texts, attributes ...string) {
	o := a.known.organization(key)
	told := text(ref)
	if told == "" { // chosen here: it is named as its record names it
		if told = o.ref; len(locales(name)) == 0 {
			name = o.name
		}
	}
	typ := ""
	if key != nil {
		typ = o.typ
	}
	known := told != "" || len(locales(name)) > 0
	for i := 1; i < len(attributes); i += 2 {
		known = known || attributes[i] != ""
	}
	if known {
		a.named(element, name, append([]string{"ref", told, "type", typ}, attributes...)...)
	}
}

// transaction writes a transaction. Sectors, countries and regions stand on the project or on its transactions, never on both: those of the project count.
func (a activity) transaction(t *db.Transaction) {
	p := a.p
	a.start("transaction", "ref", text(t.Ref), "humanitarian", flag(t.IsHumanitarian))
	a.empty("transaction-type", "code", codeOf(t.Type, transactionTypes...))
	a.empty("transaction-date", "iso-date", string(t.Date))
	a.value(t.Value, t.ValueDate, t.Date)
	a.told("description", t.Description)
	a.side("provider-org", t.ProviderID, t.ProviderRef, t.ProviderName, "provider-activity-id", text(t.ProviderActivity))
	a.side("receiver-org", t.ReceiverID, t.ReceiverRef, t.ReceiverName, "receiver-activity-id", text(t.ReceiverActivity))
	a.coded("disbursement-channel", t.DisbursementChannelID)
	if len(p.Sectors) == 0 {
		for _, s := range t.Sectors {
			a.sector(s.SectorID, nil)
		}
	}
	if len(p.Countries)+len(p.Regions) == 0 {
		a.coded("recipient-country", t.CountryID)
		if t.RegionID != nil {
			a.vocabulary("recipient-region", *t.RegionID, nil)
		}
	}
	// What is as the project says goes without saying.
	for _, d := range []struct {
		element        string
		own, otherwise *int64
	}{{"flow-type", t.FlowTypeID, p.FlowTypeID}, {"finance-type", t.FinanceTypeID, p.FinanceTypeID}, {"aid-type", t.AidTypeID, p.AidTypeID}, {"tied-status", t.TiedStatusID, p.TiedStatusID}} {
		if d.own != nil && (d.otherwise == nil || *d.own != *d.otherwise) {
			a.coded(d.element, d.own)
		}
	}
	a.end()
}
