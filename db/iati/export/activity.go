package export

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"taawun/db"
)

// activity writes one project, its elements in the order that the schema demands.
type activity struct {
	*writer
	known *lookups
	p     *project
}

func (a activity) write() {
	p := a.p
	a.locale = p.OriginalLocale
	a.start("iati-activity", "xml:lang", p.OriginalLocale, "default-currency", text(p.DefaultCurrency), "last-updated-datetime", a.updated(), "humanitarian", flag(p.IsHumanitarian), "hierarchy", strconv.Itoa(p.Hierarchy))
	a.text("iati-identifier", p.identifier)
	a.demanded("reporting-org", p.reporter.name, p.reporter.ref, "ref", p.reporter.ref, "type", p.reporter.typ, "secondary-reporter", flag(p.IsSecondaryReporter))
	a.demanded("title", p.Title, p.Code)
	a.descriptions()
	a.partners()
	for _, i := range p.Identifiers {
		a.otherIdentifier(i)
	}
	a.empty("activity-status", "code", codeOf(p.Status, "PIPELINE", "IMPLEMENTATION", "FINALISATION", "CLOSED", "CANCELLED", "SUSPENDED"))
	for i, day := range []*db.Date{p.PlannedStart, p.ActualStart, p.PlannedEnd, p.ActualEnd} {
		if day != nil {
			a.empty("activity-date", "type", strconv.Itoa(i+1), "iso-date", string(*day))
		}
	}
	for _, c := range p.Contacts {
		a.contact(c)
	}
	a.coded("activity-scope", p.ScopeID)
	a.recipients()
	for _, l := range p.Locations {
		a.location(l)
	}
	for _, s := range p.Sectors {
		a.sector(s.SectorID, s.Name, "percentage", number(s.Percentage))
	}
	for _, t := range p.Tags {
		a.vocabulary("tag", t.TagID, t.Name)
	}
	a.budgetItems()
	for _, s := range p.HumanitarianScopes {
		a.named("humanitarian-scope", s.Name, "type", s.Type, "vocabulary", s.Vocabulary, "code", s.Code)
	}
	for _, m := range p.PolicyMarkers {
		a.vocabulary("policy-marker", m.MarkerID, m.Name, "significance", a.known.code(m.SignificanceID))
	}
	a.coded("collaboration-type", p.CollaborationTypeID)
	a.coded("default-flow-type", p.FlowTypeID)
	a.coded("default-finance-type", p.FinanceTypeID)
	a.coded("default-aid-type", p.AidTypeID)
	a.coded("default-tied-status", p.TiedStatusID)
	a.money()
	for _, d := range p.Documents {
		a.document(d)
	}
	a.related()
	if len(p.Conditions) > 0 {
		a.start("conditions", "attached", "1")
		for _, c := range p.Conditions {
			a.demanded("condition", c.Text, "", "type", c.Type)
		}
		a.end()
	}
	for _, r := range p.Results {
		a.result(r)
	}
	a.end()
}

// updated is when the data was last changed: by its publisher, or here.
func (a activity) updated() string {
	at := a.p.UpdatedAt
	if a.p.OwnerID == nil && a.p.ReportedAt != nil {
		at = *a.p.ReportedAt
	}
	return at.UTC().Format(time.RFC3339)
}

func (a activity) descriptions() {
	p := a.p
	told := false
	for i, t := range []db.Texts{p.Description, p.Objectives, p.TargetGroups, p.OtherDescription} {
		a.told("description", t, "type", strconv.Itoa(i+1))
		told = told || len(locales(t)) > 0
	}
	if !told { // the standard demands one
		a.demanded("description", p.Title, p.Code, "type", "1")
	}
}

// partners are the participating organisations. Of a project without any the reporter is accountable.
func (a activity) partners() {
	for _, x := range a.p.Partners {
		o := a.known.organization(x.OrganizationID)
		ref, name := text(x.Ref), x.Name
		if ref == "" { // chosen here: it is named as its record names it
			if ref = o.ref; len(locales(name)) == 0 {
				name = o.name
			}
		}
		typ := a.known.code(x.TypeID)
		if typ == "" && x.OrganizationID != nil {
			typ = o.typ
		}
		a.named("participating-org", name, "role", codeOf(x.Role, "FUNDING", "ACCOUNTABLE", "EXTENDING", "IMPLEMENTING"), "ref", ref, "type", typ, "activity-id", text(x.ActivityIdentifier))
	}
	if len(a.p.Partners) == 0 {
		a.named("participating-org", a.p.reporter.name, "role", "2", "ref", a.p.reporter.ref, "type", a.p.reporter.typ)
	}
}

func (a activity) otherIdentifier(i *db.ProjectIdentifier) {
	typ := text(i.Type)
	if typ == "" {
		typ = "A9" // of another kind
	}
	if i.OwnerRef == nil && len(locales(i.OwnerName)) == 0 {
		a.empty("other-identifier", "ref", i.Value, "type", typ)
		return
	}
	a.start("other-identifier", "ref", i.Value, "type", typ)
	a.named("owner-org", i.OwnerName, "ref", text(i.OwnerRef))
	a.end()
}

func (a activity) contact(c *db.ProjectContact) {
	a.start("contact-info", "type", text(c.Type))
	a.told("organisation", c.Organization)
	a.told("department", c.Department)
	a.told("person-name", c.Person)
	a.told("job-title", c.Function)
	for _, several := range []struct {
		name  string
		value *string
	}{{"telephone", c.Phone}, {"email", c.Email}, {"website", c.Website}} {
		for value := range strings.SplitSeq(text(several.value), "; ") {
			if value != "" {
				a.text(several.name, value)
			}
		}
	}
	a.told("mailing-address", c.Address)
	a.end()
}

// recipients are the countries and regions of the project. One that names neither, nor do its transactions, goes to the country of its places.
func (a activity) recipients() {
	p := a.p
	for _, c := range p.Countries {
		a.named("recipient-country", c.Name, "code", a.known.codes[c.CountryID].code, "percentage", number(c.Percentage))
	}
	for _, r := range p.Regions {
		a.vocabulary("recipient-region", r.RegionID, r.Name, "percentage", number(r.Percentage))
	}
	if len(p.Countries)+len(p.Regions) > 0 {
		return
	}
	for _, t := range p.Transactions {
		if t.CountryID != nil || t.RegionID != nil {
			return
		}
	}
	for _, l := range p.Locations {
		if l.UnitID != nil {
			if pcode := a.known.places[*l.UnitID].pcode; len(pcode) >= 2 { // it begins with the code of the country
				a.empty("recipient-country", "code", pcode[:2])
				return
			}
		}
	}
}

// sector writes a sector of the project or of a transaction.
func (a activity) sector(key int64, name db.Texts, attributes ...string) {
	a.vocabulary("sector", key, name, attributes...)
}

// vocabulary writes a code of a list that is one of several of its kind. Codes that somebody has made up are named.
func (a activity) vocabulary(element string, key int64, name db.Texts, attributes ...string) {
	c := a.known.codes[key]
	vocabulary, own := "1", false
	switch c.list {
	case "SectorCategory":
		vocabulary = "2"
	case "UNSDG-Goals":
		vocabulary = map[string]string{"sector": "7"}[element]
		if vocabulary == "" {
			vocabulary = "2"
		}
	case "UNSDG-Targets":
		vocabulary = map[string]string{"sector": "8"}[element]
		if vocabulary == "" {
			vocabulary = "3"
		}
	default:
		if parts := strings.SplitN(c.list, ":", 3); len(parts) > 1 {
			vocabulary, own = parts[1], true
		}
	}
	if own && len(locales(name)) == 0 {
		name = c.name
	}
	a.named(element, name, append([]string{"vocabulary", vocabulary, "code", c.code}, attributes...)...)
}

func (a activity) coded(element string, key *int64) {
	if code := a.known.code(key); code != "" {
		a.empty(element, "code", code)
	}
}

// location writes a place; where it is one of our units, by its P-code.
func (a activity) location(l *db.ProjectLocation) {
	ref, name := text(l.Ref), l.Name
	if l.UnitID != nil {
		unit := a.known.places[*l.UnitID]
		if ref = unit.pcode; l.Ref == nil && len(locales(name)) == 0 {
			name = unit.name
		}
	}
	var codes []struct{ Vocabulary, Level, Code string }
	if l.Gazetteers != nil {
		_ = json.Unmarshal(l.Gazetteers, &codes) // anything else is no gazetteer
	}
	a.start("location", "ref", ref)
	a.coded("location-reach", l.ReachID)
	for _, c := range codes {
		if c.Level == "" && c.Vocabulary != "" {
			a.empty("location-id", "vocabulary", c.Vocabulary, "code", c.Code)
		}
	}
	a.told("name", name)
	a.told("description", l.Description)
	a.told("activity-description", l.ActivityDescription)
	for _, c := range codes {
		if c.Level != "" && c.Vocabulary != "" {
			a.empty("administrative", "vocabulary", c.Vocabulary, "level", c.Level, "code", c.Code)
		}
	}
	if l.Latitude != nil && l.Longitude != nil {
		a.start("point", "srsName", "http://www.opengis.net/def/crs/EPSG/0/4326")
		a.text("pos", strconv.FormatFloat(*l.Latitude, 'f', -1, 64)+" "+strconv.FormatFloat(*l.Longitude, 'f', -1, 64))
		a.end()
	}
	if l.Exactness != nil {
		a.empty("exactness", "code", codeOf(*l.Exactness, "EXACT", "APPROXIMATE"))
	}
	a.coded("location-class", l.LocationClassID)
	a.coded("feature-designation", l.FeatureDesignationID)
	a.end()
}

// budgetItems are the lines of the country's budget. The standard has one vocabulary for all of a project.
func (a activity) budgetItems() {
	all := a.p.CountryBudgetItems
	if len(all) == 0 {
		return
	}
	a.start("country-budget-items", "vocabulary", all[0].Vocabulary)
	for _, i := range all {
		if i.Vocabulary != all[0].Vocabulary {
			continue
		}
		if len(locales(i.Description)) == 0 {
			a.empty("budget-item", "code", i.Code, "percentage", number(i.Percentage))
			continue
		}
		a.start("budget-item", "code", i.Code, "percentage", number(i.Percentage))
		a.told("description", i.Description)
		a.end()
	}
	a.end()
}

// related are the references to other projects, and the one to the project above if none of them is it. A project that is known here is named as its own
// file names it, and not at all while the public does not see it.
func (a activity) related() {
	above := ""
	if a.p.ParentID != nil {
		above = a.p.seen[*a.p.ParentID]
	}
	for _, r := range a.p.RelatedProjects {
		ref := r.Ref
		if r.RelatedID != nil {
			ref = a.p.seen[*r.RelatedID]
		}
		if ref == "" {
			continue
		}
		a.empty("related-activity", "ref", ref, "type", codeOf(r.Type, "PARENT", "CHILD", "SIBLING", "CO_FUNDED", "THIRD_PARTY"))
		if r.Type == "PARENT" && ref == above {
			above = ""
		}
	}
	if above != "" {
		a.empty("related-activity", "ref", above, "type", "1")
	}
}

// text is a text that may be absent; "" without it.
func text(t *string) string {
	if t == nil {
		return ""
	}
	return *t
}

// number is a number that may be absent; "" without it.
func number(d *db.Decimal) string {
	if d == nil {
		return ""
	}
	return string(*d)
}

// flag is the attribute of something that is so.
func flag(is bool) string {
	if is {
		return "1"
	}
	return ""
}

// codeOf is the code of a value: its place in the list, from 1.
func codeOf(value string, values ...string) string {
	for i, v := range values {
		if v == value {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
