package iati

import "taawun/db/imports"

// organisation reads an organisation of an organisation file. Its budgets and expenditures stay in the XML.
func (p *parser) organisation(o *element) {
	p.rec.kind = "Organization"
	if !p.identify(o, "organisation-identifier") {
		return
	}
	r := p.part(p.tables.organization, nil)
	p.rec.root = r
	r.set("code", p.rec.identifier)
	r.set("iati_identifier", p.rec.identifier)
	r.set("state", p.state)
	name := p.gather(sameLine, o.all("name")...)
	if len(name) == 0 {
		p.note(o, imports.Say("the organisation has no name", "ليس للمنظمة اسم"))
	}
	r.say("name", name)
	locale := p.locale
	if len(name) > 0 {
		locale = name[0].locale
	}
	r.set("original_locale", locale)
	kind := ""
	if reporter := o.first("reporting-org"); reporter.attr("ref") == p.rec.identifier {
		kind = p.key(reporter, "type")
		r.set("type_id", p.typeOf(reporter))
	}
	r.set("kind", organizationKind(p.rec.identifier, kind, true))
	for _, d := range o.all("document-link") {
		p.document(r, p.tables.organizationDocument, d)
	}
}
