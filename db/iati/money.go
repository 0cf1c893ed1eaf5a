package iati

import "taawun/db/imports"

// money reads the value of an element: amount, currency and the date of its exchange rate. A value without a number or without any
// currency is no money; the caller leaves the element out.
func (p *parser) money(e *element) (amount, currency, day string) {
	v := e.first("value")
	amount = decimal(v.value())
	if currency = p.currency; v.attr("currency") != "" {
		currency = currencyCode(v.attr("currency")) // a currency that is no code must not become the default one
	}
	switch {
	case v == nil:
		p.note(e, imports.Say("it has no value", "ليس له قيمة"))
	case amount == "":
		p.note(v, imports.Say("the value %q is no number", "القيمة «%s» ليست رقمًا", v.value()))
	case currency == "":
		p.note(v, imports.Say("its currency %q, or the activity's where it has none, is no code of three letters",
			"عملته «%s»، أو عملة النشاط إن لم تكن له عملة، ليست رمزًا من ثلاثة أحرف", v.attr("currency")))
	default:
		return amount, currency, isoDay(v.attr("value-date"))
	}
	return "", "", ""
}

// period reads the first and last day of an element.
func (p *parser) period(e *element) (start, end string) {
	if s := e.first("period-start"); s != nil {
		start = date(s)
	}
	if s := e.first("period-end"); s != nil {
		end = date(s)
	}
	return start, end
}

func (p *parser) budget(above *row, e *element) {
	start, end := p.period(e)
	if start == "" || end == "" {
		p.note(e, imports.Say("the period has no first or no last day", "ليس للفترة يوم أول أو يوم أخير"))
		return
	}
	amount, currency, day := p.money(e)
	if amount == "" {
		return
	}
	r := p.part(p.tables.budget, above)
	r.set("position", r.place)
	r.set("type", p.enum(e, "type", "1", "ORIGINAL", "2", "REVISED"))
	r.set("status", p.enum(e, "status", "1", "INDICATIVE", "2", "COMMITTED"))
	r.set("period_start", start)
	r.set("period_end", end)
	r.set("value_amount", amount)
	r.set("value_currency", currency)
	r.set("value_date", day)
}

// enum is the value of an attribute that the standard gives a default, the first one.
func (p *parser) enum(e *element, name string, values ...string) string {
	v := e.attr(name)
	if v == "" {
		return values[1]
	}
	chosen := choose(v, values...)
	if chosen == "" {
		p.note(e, imports.Say("the %s %q is not known; %s is taken, as if it had none", "السمة %s قيمتها «%s» غير معروفة؛ أُخذت القيمة «%s» كأنها غائبة", name, v, told(values[1])))
		return values[1]
	}
	return chosen
}

func (p *parser) planned(above *row, e *element) {
	start, end := p.period(e)
	if start == "" {
		p.note(e, imports.Say("the period has no first day", "ليس للفترة يوم أول"))
		return
	}
	amount, currency, day := p.money(e)
	if amount == "" {
		return
	}
	r := p.part(p.tables.planned, above)
	r.set("position", r.place)
	r.set("type", choose(e.attr("type"), "1", "ORIGINAL", "2", "REVISED"))
	r.set("period_start", start)
	r.set("period_end", end)
	r.set("value_amount", amount)
	r.set("value_currency", currency)
	r.set("value_date", day)
	p.side(r, "provider", e.first("provider-org"))
	p.side(r, "receiver", e.first("receiver-org"))
}

// side reads the organisation that gives or receives money.
func (p *parser) side(r *row, side string, e *element) {
	if e == nil {
		return
	}
	name := p.gather(sameLine, e)
	r.say(side+"Name", name)
	r.set(side+"_ref", p.key(e, "ref"))
	r.set(side+"_id", p.party(e, name, side == "provider"))
	if r.table == p.tables.transaction {
		r.set(side+"_activity", p.key(e, side+"-activity-id"))
	}
}

// transactionTypes are the codes of the list TransactionType and their values here.
var transactionTypes = []string{
	"1", "INCOMING_FUNDS", "2", "OUTGOING_COMMITMENT", "3", "DISBURSEMENT", "4", "EXPENDITURE", "5", "INTEREST_PAYMENT", "6", "LOAN_REPAYMENT",
	"7", "REIMBURSEMENT", "8", "PURCHASE_OF_EQUITY", "9", "SALE_OF_EQUITY", "10", "CREDIT_GUARANTEE", "11", "INCOMING_COMMITMENT",
	"12", "OUTGOING_PLEDGE", "13", "INCOMING_PLEDGE",
}

func (p *parser) transaction(above *row, e *element) {
	t := e.first("transaction-type")
	c := t.attr("code")
	if c == "" {
		c = t.value() // found in real files
	}
	kind := choose(c, transactionTypes...)
	if kind == "" {
		p.note(e, imports.Say("the transaction has no known type", "نوع المعاملة غائب أو غير معروف"))
		return
	}
	amount, currency, valued := p.money(e)
	if amount == "" {
		return
	}
	day := valued
	if d := e.first("transaction-date"); d != nil && date(d) != "" {
		day = date(d)
	} else if valued != "" {
		p.note(e, imports.Say("the transaction has no date of the form YYYY-MM-DD; the date of its value is taken", "ليس للمعاملة تاريخ بالصيغة YYYY-MM-DD؛ أُخذ تاريخ قيمتها"))
	}
	if day == "" {
		p.note(e, imports.Say("the transaction has no date of the form YYYY-MM-DD", "ليس للمعاملة تاريخ بالصيغة YYYY-MM-DD"))
		return
	}
	r := p.part(p.tables.transaction, above)
	r.set("position", r.place)
	r.set("ref", p.key(e, "ref"))
	r.set("type", kind)
	r.set("is_humanitarian", flag(e.attr("humanitarian")))
	r.set("date", day)
	r.set("value_amount", amount)
	r.set("value_currency", currency)
	r.set("value_date", valued)
	r.say("description", p.gather(newLine, e.all("description")...))
	p.side(r, "provider", e.first("provider-org"))
	p.side(r, "receiver", e.first("receiver-org"))
	r.set("disbursement_channel_id", p.code(e.first("disbursement-channel"), "DisbursementChannel"))
	// A transaction that says nothing of these has the default of its activity; written out, so that every question finds it.
	project := p.rec.root
	r.set("flow_type_id", or(p.code(e.first("flow-type"), "FlowType"), project.get("flow_type_id")))
	r.set("finance_type_id", or(p.code(e.first("finance-type"), "FinanceType"), project.get("finance_type_id")))
	r.set("aid_type_id", or(p.aidType(e, "aid-type"), project.get("aid_type_id")))
	r.set("tied_status_id", or(p.code(e.first("tied-status"), "TiedStatus"), project.get("tied_status_id")))
	if c, ok := p.code(e.first("recipient-country"), "Country").(code); ok {
		r.set("country_id", c.upper())
	}
	if region := e.first("recipient-region"); region != nil {
		r.set("region_id", p.code(region, p.regionList(region)))
	}
	for _, s := range e.all("sector") {
		c, ok := p.coded(s, p.sectorList(s), p.peek(s))
		if !ok {
			continue
		}
		part := p.part(p.tables.transactionSector, r)
		part.set("sector_id", c)
		part.set("percentage", p.share(s))
	}
}

// or is the first of the values that is there.
func or(value, absent any) any {
	if value != nil {
		return value
	}
	return absent
}
