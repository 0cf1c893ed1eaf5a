package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"taawun/db"
)

// project is what its parts, and later projects, need to know of one.
type project struct {
	subject
	identifier string
	theme      theme
	start, end time.Time // actual or planned
	status     string
	funders    []organization
	implement  []organization // empty where nobody is named
	currency   string
	budget     cents
	loan       bool
	ownSectors bool // sectors stand on the transactions
	where      []unit
}

// role is the place of a project in its family; where money is reported depends on it.
type role struct {
	kind      string
	hierarchy int
	parent    *project
	parts     bool // others report below it
}

// family writes a project of its own, or a programme with projects and components.
func (g *generator) family() {
	room := int64(g.options.Projects) - g.tables.project.rows
	if room < 5 || !g.chance(6) {
		g.project(role{kind: "PROJECT", hierarchy: 1})
		return
	}
	programme := g.project(role{kind: "PROGRAMME", hierarchy: 1, parts: true})
	for range g.between(2, 5) {
		left := int64(g.options.Projects) - g.tables.project.rows
		if left == 0 {
			return
		}
		parts := left > 3 && g.chance(20)
		child := g.project(role{kind: "PROJECT", hierarchy: 2, parent: &programme, parts: parts})
		if parts {
			for range 2 {
				g.project(role{kind: "COMPONENT", hierarchy: 3, parent: &child})
			}
		}
	}
}

func (g *generator) project(r role) project {
	t := g.tables
	p := project{theme: pick(g, g.words.themes)}
	p.id = t.project.next()
	code := fmt.Sprintf("DEMO-PRJ-%06d", t.project.rows+1)
	p.identifier = "DEMO-" + code[5:]
	state := g.state()
	var under []*agreement
	head := g.heads[min(g.random.IntN(len(g.heads)), g.random.IntN(len(g.heads)))] // large governorates come first
	if r.parent != nil {
		p.theme, state = r.parent.theme, choose(r.parent.published, "PUBLISHED", "DRAFT")
	} else if g.chance(60) {
		// Agreements entered early have more projects.
		a := &g.agreements[g.random.IntN(1+g.random.IntN(len(g.agreements)))]
		b := &g.agreements[g.random.IntN(len(g.agreements))]
		if !a.takes() {
			a = b
		}
		if a.takes() {
			under = append(under, a)
			head = a.head
			if g.chance(70) {
				p.theme = a.theme
			}
			if g.chance(10) && b.id != a.id && b.takes() && !b.envelope {
				under = append(under, b)
			}
		}
	}
	g.schedule(&p, r, under)
	g.chooseUnits(&p, r, head)
	g.choosePartners(&p, r, under)

	entered := days(p.start, -g.between(20, 120))
	if entered.After(g.present) {
		entered = days(g.present, -g.between(1, 200))
	}
	record, s := g.record("Project", p.id, code, state, entered)
	s.complete = t.project.rows == 0
	p.subject = s
	title, texts := g.describe(p, r)
	reporter := p.funders[0]
	var parent key
	if r.parent != nil {
		parent = key(r.parent.id)
	}
	planned, finished := days(p.start, g.between(-30, 20)), days(p.end, g.between(-60, 30))
	if finished.Before(planned) {
		finished = planned
	}
	var actualStart, actualEnd time.Time
	if p.status != "PIPELINE" {
		actualStart = p.start
	}
	if p.status == "CLOSED" || p.status == "FINALISATION" {
		actualEnd = p.end
	}
	scope := choose(len(p.where) > 1, "ActivityScope/6", "ActivityScope/8")
	if r.kind == "PROGRAMME" {
		scope = "ActivityScope/4"
	}
	t.project.add(append(record, p.identifier, r.kind, r.hierarchy, parent, texts["title"], texts["description"], texts["objectives"], texts["targetGroups"], p.status,
		date(planned), date(actualStart), date(finished), date(actualEnd), reporter.id, g.code(scope),
		g.code(choose(reporter.typeID == g.code("OrganisationType/40"), "CollaborationType/4", "CollaborationType/1")), g.code("FlowType/10"),
		g.code(choose(p.loan, "FinanceType/421", "FinanceType/110")), g.code(pick(g, []string{"AidType/C01", "AidType/C01", "AidType/C01", "AidType/B03", "AidType/D02"})),
		g.code(choose(g.chance(90), "TiedStatus/5", "TiedStatus/4")), p.currency, strings.HasPrefix(p.theme.sector, "72"),
		choose[any](g.chance(10), cents(1000*g.between(1, 9)), nil), g.present)...)

	for _, a := range under {
		t.projectAgreement.add(p.id, a.id, p.published)
	}
	g.classify(p)
	g.locate(p)
	g.partners(p)
	g.surround(p, r, title)
	g.money(p, r)
	if g.chance(20) {
		g.results(p)
	}
	if !r.parts && p.published {
		g.projects = append(g.projects, p)
	}
	return p
}

// schedule sets dates and status. Parts lie within the time of their parent; what is done under an agreement begins while that is in force and ends
// not long after it.
func (g *generator) schedule(p *project, r role, under []*agreement) {
	p.start = days(day("2014-03-01"), g.random.IntN(4700))
	p.end = days(p.start, g.between(200, 1800))
	if len(under) > 0 {
		open := days(g.present, 600) // nobody plans for later
		if until := under[0].until; !until.IsZero() && until.Before(open) {
			open = until
		}
		span := max(int(open.Sub(under[0].force).Hours()/24), 60)
		p.start = days(under[0].force, g.random.IntN(span*2/3))
		p.end = days(p.start, g.between(span/4, span*2/5+100))
	}
	if r.parent != nil {
		span := int(r.parent.end.Sub(r.parent.start).Hours() / 24)
		p.start = days(r.parent.start, g.random.IntN(span/2))
		p.end = days(p.start, g.between(60, max(61, span/2)))
	}
	switch {
	case p.start.After(g.present):
		p.status = "PIPELINE"
	case p.end.After(g.present):
		p.status = choose(g.chance(94), "IMPLEMENTATION", "SUSPENDED")
	default:
		p.status = choose(g.chance(85), "CLOSED", choose(g.chance(70), "FINALISATION", "CANCELLED"))
	}
}

func (g *generator) chooseUnits(p *project, r role, head unit) {
	if r.parent != nil && len(r.parent.where) > 0 {
		p.where = []unit{pick(g, r.parent.where)}
		return
	}
	if g.chance(2) {
		return // some projects work everywhere, or nobody has said where
	}
	near := g.places[head.pcode]
	for range g.between(1, 3) {
		u := g.units[pick(g, near)]
		if g.chance(15) {
			u = pick(g, g.units)
		}
		if !slices.ContainsFunc(p.where, func(v unit) bool { return v.id == u.id }) {
			p.where = append(p.where, u)
		}
	}
	if r.kind == "PROGRAMME" {
		p.where = append(p.where, head)
	}
}

func (g *generator) choosePartners(p *project, r role, under []*agreement) {
	donor := g.organizations[pick(g, g.donors)]
	switch {
	case r.parent != nil:
		donor = r.parent.funders[0]
	case len(under) > 0:
		donor = g.organizations[under[0].donor]
	}
	p.funders = []organization{donor}
	if second := g.organizations[pick(g, g.donors)]; g.chance(30) && second.id != donor.id {
		p.funders = append(p.funders, second)
	}
	for range g.between(0, 2) {
		if o := g.organizations[pick(g, g.doers)]; !slices.ContainsFunc(p.implement, func(x organization) bool { return x.id == o.id }) {
			p.implement = append(p.implement, o)
		}
	}
	p.currency = donor.currency
	p.loan = g.chance(8)
	p.ownSectors = g.chance(4)
	g.chooseBudget(p, r, under)
}

// describe writes the texts of the project.
func (g *generator) describe(p project, r role) (wording, map[string]db.Texts) {
	o, gain := p.theme.object, p.theme.gain
	action := pick(g, g.words.actions[p.theme.action])
	place := wording{"سورية", "Syria", "Syrie"}
	if len(p.where) > 0 {
		place = p.where[0].name
	}
	title := wording{action.ar + " " + o.ar + " في " + place.ar, action.en + " " + o.en + " in " + place.en, action.fr + " : " + o.fr + " (" + place.en + ")"}
	if r.kind == "PROGRAMME" {
		name := pick(g, g.words.names["programme"])
		title = wording{name.ar + ": " + o.ar, name.en + ": " + o.en, name.fr + " : " + o.fr}
	} else if n := g.random.IntN(12); n < 3 {
		ordinal := [3]wording{{"الأولى", "I", "I"}, {"الثانية", "II", "II"}, {"الثالثة", "III", "III"}}[n]
		title = wording{title.ar + " - المرحلة " + ordinal.ar, title.en + ", Phase " + ordinal.en, title.fr + ", phase " + ordinal.fr}
	}
	how := pick(g, []wording{
		{ar: "ينفَّذ بالتعاون مع السلطات المحلية التي تتولى التشغيل عند انتهائه.", en: "It is carried out with the local authorities, who take over operation at its end."},
		{ar: "يشمل تدريب الكوادر المحلية وتوريد المواد اللازمة.", en: "It includes training of local staff and supply of the materials needed."},
		{ar: "تتابع لجنة مشتركة التقدم كل ثلاثة أشهر.", en: "A joint committee reviews progress every three months."},
		{ar: "تُعطى الأولوية للتجمعات الأشد تضرراً.", en: "Priority goes to the communities that suffered most damage."},
	})
	if len(p.where) > 0 && p.where[0].level > 1 {
		head := g.heads[slices.IndexFunc(g.heads, func(u unit) bool { return u.pcode == p.where[0].governorate })].name
		place = wording{ar: place.ar + " بمحافظة " + head.ar, en: place.en + " (" + head.en + " governorate)"}
	}
	description := wording{
		ar: fmt.Sprintf("يستهدف المشروع %s في %s ويستفيد منه %s. %s المدة من %d إلى %d.", o.ar, place.ar, gain.ar, how.ar, p.start.Year(), p.end.Year()),
		en: fmt.Sprintf("The project works on %s in %s, to the benefit of %s. %s It runs from %d to %d.", o.en, place.en, gain.en, how.en, p.start.Year(), p.end.Year()),
	}
	texts := map[string]db.Texts{"title": g.text(p.subject, "title", title), "description": g.text(p.subject, "description", description), "objectives": {}, "targetGroups": {}}
	if g.chance(30) {
		texts["objectives"] = g.text(p.subject, "objectives", wording{ar: "تحسين حياة " + gain.ar + " تحسيناً يدوم.", en: "A lasting improvement in the lives of " + gain.en + "."})
	}
	if g.chance(20) {
		texts["targetGroups"] = g.text(p.subject, "targetGroups", gain)
	}
	return title, texts
}
