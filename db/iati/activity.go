package iati

import (
	"strconv"
	"strings"
	"time"

	"taawun/db/imports"
)

// activity reads an activity. What it cannot do without is the identifier; everything else may be missing or broken, and is then
// left out with a note.
func (p *parser) activity(a *element) {
	p.rec.kind = "Project"
	if !p.identify(a, "iati-identifier") {
		return
	}
	p.rec.reportedAt = timestamp(a.attr("last-updated-datetime"))
	r := p.part(p.tables.project, nil)
	p.rec.root = r
	r.set("code", p.rec.identifier)
	r.set("iati_identifier", p.rec.identifier)
	r.set("state", p.state)
	r.set("kind", "PROJECT")
	level := 1
	if h := a.attr("hierarchy"); h != "" {
		n, err := strconv.Atoi(h)
		if err != nil || n < 1 || n > 1000 {
			p.note(a, imports.Say("the hierarchy %q is no level", "المستوى «%s» في التسلسل الهرمي ليس رقم مستوى صالحًا", h))
		} else if level = n; n > 1 {
			r.set("kind", "COMPONENT")
		}
	}
	r.set("hierarchy", level)
	r.set("default_currency", p.currency)
	r.set("is_humanitarian", flag(a.attr("humanitarian")))
	if !p.rec.reportedAt.IsZero() {
		r.set("reported_at", p.rec.reportedAt.Format(time.RFC3339Nano))
	}
	p.descriptions(r, a)
	p.dates(r, a)
	p.reporting(r, a)
	p.defaults(r, a)
	for _, c := range a.children {
		p.child(r, c)
	}
}

// descriptions reads title and descriptions; several of one type are one text.
func (p *parser) descriptions(r *row, a *element) {
	title := p.gather(sameLine, a.all("title")...)
	if len(title) == 0 {
		p.note(a, imports.Say("the activity has no title", "ليس للنشاط عنوان"))
	}
	r.say("title", title)
	locale := p.locale
	if len(title) > 0 {
		locale = title[0].locale
	}
	r.set("original_locale", locale)
	fields := map[string][]*element{}
	for _, d := range a.all("description") {
		field := choose(d.attr("type"), "", "description", "1", "description", "2", "objectives", "3", "targetGroups")
		if field == "" {
			field = "otherDescription"
		}
		fields[field] = append(fields[field], d)
	}
	for field, elements := range fields {
		r.say(field, p.gather(newLine, elements...))
	}
}

// dates reads dates and status. An activity without a status gets the one that its dates tell.
func (p *parser) dates(r *row, a *element) {
	for _, d := range a.all("activity-date") {
		column := choose(d.attr("type"), "1", "planned_start", "2", "actual_start", "3", "planned_end", "4", "actual_end")
		switch day := date(d); {
		case column == "":
			p.note(d, imports.Say("the date has no known type", "نوع التاريخ غائب أو غير معروف"))
		case day == "":
			p.note(d, imports.Say("the date has no day of the form YYYY-MM-DD", "ليس في التاريخ يوم بالصيغة YYYY-MM-DD"))
		default:
			r.set(column, day)
		}
	}
	s := a.first("activity-status")
	status := choose(s.attr("code"), "1", "PIPELINE", "2", "IMPLEMENTATION", "3", "FINALISATION", "4", "CLOSED", "5", "CANCELLED", "6", "SUSPENDED")
	if status == "" {
		dated := func(kind string) bool {
			for _, d := range a.all("activity-date") {
				if d.attr("type") == kind && date(d) != "" {
					return true
				}
			}
			return false
		}
		switch {
		case dated("4"):
			status = "CLOSED"
		case dated("2"):
			status = "IMPLEMENTATION"
		default:
			status = "PIPELINE"
		}
		p.note(a, imports.Say("the activity has no known status; its dates say %s", "حالة النشاط غائبة أو غير معروفة؛ وتواريخه تدل على أنه %s", told(status)))
	}
	r.set("status", status)
}

func (p *parser) reporting(r *row, a *element) {
	e := a.first("reporting-org")
	r.set("is_secondary_reporter", flag(e.attr("secondary-reporter")))
	if !isIdentifier(e.attr("ref")) {
		p.note(a, imports.Say("no organisation with an identifier reports the activity", "ليس للنشاط منظمة مبلِّغة لها معرّف"))
		return
	}
	r.set("reporting_organization_id", p.party(e, p.peek(e), true))
}

// defaults reads what holds for the whole activity.
func (p *parser) defaults(r *row, a *element) {
	r.set("scope_id", p.code(a.first("activity-scope"), "ActivityScope"))
	r.set("collaboration_type_id", p.code(a.first("collaboration-type"), "CollaborationType"))
	r.set("flow_type_id", p.code(a.first("default-flow-type"), "FlowType"))
	r.set("finance_type_id", p.code(a.first("default-finance-type"), "FinanceType"))
	r.set("aid_type_id", p.aidType(a, "default-aid-type"))
	r.set("tied_status_id", p.code(a.first("default-tied-status"), "TiedStatus"))
	if c := a.first("capital-spend"); c != nil {
		r.set("capital_spend", p.share(c))
	}
}

// aidType is the aid type of the DAC's vocabulary; those of others stay in the XML.
func (p *parser) aidType(e *element, name string) any {
	for _, t := range e.all(name) {
		if v := t.attr("vocabulary"); v == "" || v == "1" {
			return p.code(t, "AidType")
		}
	}
	return nil
}

// child reads one child of an activity that becomes a row or several.
func (p *parser) child(r *row, e *element) {
	if e.name.Space != "" {
		return
	}
	switch e.name.Local {
	case "participating-org":
		p.partner(r, e)
	case "other-identifier":
		p.otherIdentifier(r, e)
	case "contact-info":
		p.contact(r, e)
	case "recipient-country":
		p.recipient(r, e, p.tables.country, "country_id", "Country")
	case "recipient-region":
		p.recipient(r, e, p.tables.region, "region_id", p.regionList(e))
	case "location":
		p.location(r, e)
	case "sector":
		p.sector(r, e)
	case "tag":
		p.tag(r, e)
	case "country-budget-items":
		p.budgetItems(r, e)
	case "humanitarian-scope":
		p.scope(r, e)
	case "policy-marker":
		p.marker(r, e)
	case "budget":
		p.budget(r, e)
	case "planned-disbursement":
		p.planned(r, e)
	case "transaction":
		p.transaction(r, e)
	case "document-link":
		p.document(r, p.tables.document, e)
	case "related-activity":
		p.related(r, e)
	case "conditions":
		p.conditions(r, e)
	case "result":
		p.result(r, e)
	}
}

func (p *parser) partner(above *row, e *element) {
	role := choose(e.attr("role"), "1", "FUNDING", "2", "ACCOUNTABLE", "3", "EXTENDING", "4", "IMPLEMENTING")
	if role == "" {
		p.note(e, imports.Say("the organisation has no known role", "دور المنظمة غائب أو غير معروف"))
		return
	}
	r := p.part(p.tables.partner, above)
	name := p.gather(sameLine, e)
	r.say("name", name)
	r.set("role", role)
	r.set("position", r.place)
	r.set("ref", p.key(e, "ref"))
	r.set("type_id", p.typeOf(e))
	r.set("organization_id", p.party(e, name, role == "FUNDING"))
	activity := p.key(e, "activity-id")
	if activity == "" {
		activity = p.key(e, "provider-activity-id") // not foreseen by the standard, but found
	}
	r.set("activity_identifier", activity)
}

func (p *parser) otherIdentifier(above *row, e *element) {
	value := p.key(e, "ref")
	if value == "" {
		p.note(e, imports.Say("the identifier is empty", "المعرّف فارغ"))
		return
	}
	r := p.part(p.tables.identifier, above)
	r.set("type", p.key(e, "type"))
	r.set("value", value)
	if owner := e.first("owner-org"); owner != nil {
		r.set("owner_ref", p.key(owner, "ref"))
		r.say("ownerName", p.gather(sameLine, owner))
	}
}

func (p *parser) contact(above *row, e *element) {
	r := p.part(p.tables.contact, above)
	r.set("type", p.key(e, "type"))
	r.set("position", r.place)
	r.say("organization", p.gather(sameLine, e.all("organisation")...))
	r.say("department", p.gather(sameLine, e.all("department")...))
	r.say("person", p.gather(sameLine, e.all("person-name")...))
	r.say("function", p.gather(sameLine, e.all("job-title")...))
	r.say("address", p.gather(newLine, e.all("mailing-address")...))
	several := func(name string) string {
		var values []string
		for _, c := range e.all(name) {
			if v := c.value(); v != "" {
				values = append(values, v)
			}
		}
		return strings.Join(values, "; ")
	}
	r.set("phone", several("telephone"))
	r.set("email", several("email"))
	if site := several("website"); site != "" {
		if link(site) == "" {
			p.note(e.first("website"), imports.Say("the address %q cannot be shown as a link", "العنوان الشبكي «%s» لا يصلح لعرضه رابطًا", site))
		}
		r.set("website", link(site))
	}
}

func (p *parser) recipient(above *row, e *element, t *table, column, list string) {
	name := p.peek(e)
	c, ok := p.coded(e, list, name)
	if !ok {
		return
	}
	r := p.part(t, above)
	if list == "Country" {
		c = c.upper()
	}
	r.set(column, c)
	r.set("percentage", p.share(e))
	r.say("name", p.gather(sameLine, e))
}

func (p *parser) regionList(e *element) string {
	if v := e.attr("vocabulary"); v != "" && v != "1" {
		return p.vocabulary("Region", v)
	}
	return "Region"
}

// sectorList is the code list of a sector's vocabulary.
func (p *parser) sectorList(e *element) string {
	switch v := p.key(e, "vocabulary"); v {
	case "", "1":
		return "Sector"
	case "2":
		return "SectorCategory"
	case "7":
		return "UNSDG-Goals"
	case "8":
		return "UNSDG-Targets"
	default:
		return p.vocabulary("Sector", v)
	}
}

func (p *parser) sector(above *row, e *element) {
	c, ok := p.coded(e, p.sectorList(e), p.peek(e))
	if !ok {
		return
	}
	r := p.part(p.tables.sector, above)
	r.set("sector_id", c)
	r.set("percentage", p.share(e))
	r.say("name", p.gather(sameLine, e))
}

func (p *parser) tag(above *row, e *element) {
	list := "UNSDG-Goals"
	switch v := p.key(e, "vocabulary"); v {
	case "2":
	case "3":
		list = "UNSDG-Targets"
	default:
		list = p.vocabulary("Tag", v)
	}
	c, ok := p.coded(e, list, p.peek(e))
	if !ok {
		return
	}
	r := p.part(p.tables.tag, above)
	r.set("tag_id", c)
	r.say("name", p.gather(sameLine, e))
}

func (p *parser) marker(above *row, e *element) {
	list := "PolicyMarker"
	if v := p.key(e, "vocabulary"); v != "" && v != "1" {
		list = p.vocabulary(list, v)
	}
	c, ok := p.coded(e, list, p.peek(e))
	if !ok {
		return
	}
	r := p.part(p.tables.marker, above)
	r.set("marker_id", c)
	if s := p.key(e, "significance"); s != "" {
		r.set("significance_id", code{list: "PolicySignificance", code: s})
	}
	r.say("name", p.gather(sameLine, e))
}

func (p *parser) scope(above *row, e *element) {
	kind, vocabulary, c := p.key(e, "type"), p.key(e, "vocabulary"), p.key(e, "code")
	if kind == "" || vocabulary == "" || c == "" {
		p.note(e, imports.Say("it has no type, no vocabulary or no code", "ينقصه النوع أو المعجم أو الرمز"))
		return
	}
	r := p.part(p.tables.scope, above)
	r.set("type", kind)
	r.set("vocabulary", vocabulary)
	r.set("code", c)
	r.say("name", p.gather(sameLine, e))
}

func (p *parser) budgetItems(above *row, e *element) {
	for _, item := range e.all("budget-item") {
		vocabulary, c := p.key(e, "vocabulary"), p.key(item, "code")
		if vocabulary == "" {
			vocabulary = p.key(item, "vocabulary") // not foreseen by the standard, but found
		}
		if vocabulary == "" || c == "" {
			p.note(item, imports.Say("it has no vocabulary or no code", "ينقصه المعجم أو الرمز"))
			continue
		}
		r := p.part(p.tables.budgetItem, above)
		r.set("vocabulary", vocabulary)
		r.set("code", c)
		r.set("percentage", p.share(item))
		r.say("description", p.gather(newLine, item.all("description")...))
	}
}

func (p *parser) related(above *row, e *element) {
	ref := p.key(e, "ref")
	kind := choose(e.attr("type"), "1", "PARENT", "2", "CHILD", "3", "SIBLING", "4", "CO_FUNDED", "5", "THIRD_PARTY")
	if ref == "" || kind == "" {
		p.note(e, imports.Say("the related activity has no identifier or no known type", "ليس للنشاط المرتبط معرّف، أو نوع صلته غائب أو غير معروف"))
		return
	}
	r := p.part(p.tables.related, above)
	r.set("ref", ref)
	r.set("type", kind)
}

func (p *parser) conditions(above *row, e *element) {
	for _, c := range e.all("condition") {
		kind := p.key(c, "type")
		if kind == "" {
			p.note(c, imports.Say("the condition has no type", "ليس للشرط نوع"))
			continue
		}
		r := p.part(p.tables.condition, above)
		r.set("type", kind)
		r.say("text", p.gather(newLine, c))
	}
}
