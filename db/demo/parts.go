package demo

import (
	"fmt"
	"slices"
	"strings"

	"taawun/db"
)

// classify writes sectors, tags, policy markers and the recipient country.
func (g *generator) classify(p project) {
	t := g.tables
	if !p.ownSectors {
		g.sectors(p, func(sector int64, percentage any) {
			t.projectSector.add(t.projectSector.next(), p.id, sector, percentage, p.published)
		})
	}
	if g.chance(80) {
		t.projectTag.add(t.projectTag.next(), p.id, g.code("UNSDG-Goals/"+p.theme.goal), p.published)
		if other := pick(g, g.words.themes).goal; other != p.theme.goal && g.chance(30) {
			t.projectTag.add(t.projectTag.next(), p.id, g.code("UNSDG-Goals/"+other), p.published)
		}
	}
	if g.chance(40) {
		t.marker.add(t.marker.next(), p.id, g.code("PolicyMarker/"+pick(g, []string{"1", "2", "3", "7"})),
			g.code(choose(g.chance(70), "PolicySignificance/1", "PolicySignificance/2")), p.published)
	}
	t.country.add(t.country.next(), p.id, g.code("Country/SY"), cents(10000), p.published)
}

// sectors gives one to three sectors with shares; a single one mostly without.
func (g *generator) sectors(p project, give func(sector int64, percentage any)) {
	chosen := []string{p.theme.sector}
	for range g.between(0, 2) {
		if s := pick(g, g.words.themes).sector; g.chance(55) && !slices.Contains(chosen, s) {
			chosen = append(chosen, s)
		}
	}
	shares := g.shares(len(chosen), 90)
	for i, s := range chosen {
		give(g.code("Sector/"+s), share(shares[i]))
	}
}

// shares are percentages, in hundredths, that total 100; so many times in a hundred none is stated.
func (g *generator) shares(n, stated int) []int {
	shares := make([]int, n)
	if n == 1 {
		if g.chance(50) {
			shares[0] = 10000
		}
		return shares
	}
	if !g.chance(stated) {
		return shares
	}
	left := 10000
	for i := range n - 1 {
		part := 500 * g.between(1, left/500-(n-1-i))
		if g.chance(10) {
			part -= g.between(1, 499)
		}
		shares[i] = part
		left -= part
	}
	shares[n-1] = left
	return shares
}

func (g *generator) locate(p project) {
	t := g.tables
	shares := g.shares(max(len(p.where), 1), 60)
	for i, u := range p.where {
		id := t.location.next()
		description := db.Texts{}
		if g.chance(5) {
			description = g.text(subject{"ProjectLocation", id, p.original, p.published, p.at, false}, "description",
				wording{ar: "مواقع العمل في " + u.name.ar, en: "Places of work in " + u.name.en})
		}
		var latitude, longitude any
		exactness := "APPROXIMATE"
		if u.latitude != 0 {
			latitude, longitude = u.latitude, u.longitude
			if g.chance(25) {
				exactness = "EXACT"
				latitude, longitude = u.latitude+float64(g.between(-300, 300))/10000, u.longitude+float64(g.between(-300, 300))/10000
			}
		}
		t.location.add(id, p.id, u.id, i, u.pcode, description, latitude, longitude, share(shares[i]), exactness,
			g.code(choose(g.chance(80), "GeographicLocationReach/1", "GeographicLocationReach/2")),
			g.code(choose(u.level < 3, "GeographicLocationClass/1", "GeographicLocationClass/2")), p.published)
	}
}

func (g *generator) partners(p project) {
	t, position := g.tables, 0
	add := func(role string, o organization, percentage any) {
		id := t.partner.next()
		organization, name := key(o.id), db.Texts{}
		if role != "FUNDING" && g.chance(8) { // reported by name only, as in real data
			organization = 0
			name = g.text(subject{"ProjectPartner", id, p.original, p.published, p.at, false}, "name", o.name)
		}
		t.partner.add(id, p.id, organization, position, role, name, o.typeID, percentage, p.published)
		position++
	}
	shares := g.shares(len(p.funders), 70)
	for i, o := range p.funders {
		add("FUNDING", o, share(shares[i]))
	}
	add("ACCOUNTABLE", g.ministry, nil)
	if g.chance(30) {
		add("EXTENDING", g.organizations[pick(g, g.donors)], nil)
	}
	shares = g.shares(max(len(p.implement), 1), 30)
	for i, o := range p.implement {
		add("IMPLEMENTING", o, share(shares[i]))
	}
}

// surround writes documents, contacts, conditions, identifiers and references to other projects.
func (g *generator) surround(p project, r role, title wording) {
	t := g.tables
	if g.chance(25) {
		g.document(p.subject, wording{ar: "تقرير التقدم: " + title.ar, en: "Progress report: " + title.en}, pick(g, []string{"A02", "A07", "A08"}), p.start)
	}
	if r.parent != nil {
		t.related.add(t.related.next(), p.id, r.parent.id, r.parent.identifier, "PARENT", p.published)
	}
	if len(g.projects) > 0 && g.chance(5) {
		other := pick(g, g.projects)
		t.related.add(t.related.next(), p.id, other.id, other.identifier, pick(g, []string{"SIBLING", "CO_FUNDED", "THIRD_PARTY"}), p.published)
	}
	if g.chance(10) {
		id := t.contact.next()
		of := subject{"ProjectContact", id, p.original, p.published, p.at, false}
		person := g.words.person(g)
		mail := strings.ToLower(strings.ReplaceAll(person.en, " ", "."))
		t.contact.add(id, p.id, 0, "2", g.text(of, "person", person), g.text(of, "function", wording{"مدير المشروع", "Project manager", "Chef de projet"}),
			fmt.Sprintf("%s@project-%d.example.org", mail, p.id), p.published)
	}
	if g.chance(3) {
		id := t.condition.next()
		text := g.text(subject{"ProjectCondition", id, p.original, p.published, p.at, false}, "text",
			wording{ar: "تقديم تقرير مالي مدقق قبل كل دفعة.", en: "An audited financial report is submitted before each payment."})
		t.condition.add(id, p.id, "3", text, p.published)
	}
	if g.chance(5) {
		t.identifier.add(t.identifier.next(), p.id, "A1", fmt.Sprintf("DEMO-INTERNAL-%d", p.id), "DEMO-REGISTER", p.published)
	}
	if p.start.After(day("2023-02-06")) && (strings.HasPrefix(p.theme.sector, "72") || strings.HasPrefix(p.theme.sector, "73")) {
		id := t.humanitarianScope.next()
		name := g.text(subject{"HumanitarianScope", id, p.original, p.published, p.at, false}, "name", wording{ar: "زلزال شباط 2023", en: "Earthquake of February 2023"})
		t.humanitarianScope.add(id, p.id, "1", "1-2", "EQ-2023-000015-TUR", name, p.published)
	}
	if g.chance(3) {
		id := t.budgetItem.next()
		description := g.text(subject{"CountryBudgetItem", id, p.original, p.published, p.at, false}, "description", wording{ar: "الإدارة المحلية", en: "Local administration"})
		t.budgetItem.add(id, p.id, "2", "1.4.1", cents(10000), description, p.published)
	}
}

// results writes results with indicators, baselines, targets and what was reached: what the theme counts, and how many of those who gain notice it.
func (g *generator) results(p project) {
	t := g.tables
	for i := range g.between(1, 2) {
		id := t.result.next()
		of := subject{"Result", id, p.original, p.published, p.at, false}
		title, unit, kind := p.theme.count, "UNIT", "OUTPUT"
		base, aim := g.aims(p.theme)
		if i > 0 {
			title = wording{ar: "نسبة من لمسوا تحسناً من " + p.theme.gain.ar, en: "Share of " + p.theme.gain.en + " who notice an improvement"}
			unit, kind, base, aim = "PERCENTAGE", "OUTCOME", g.between(5, 40), g.between(55, 90)
		}
		t.result.add(id, p.id, i, kind, i == 0, g.text(of, "title", wording{ar: title.ar, en: title.en}), g.text(of, "description",
			wording{ar: "قياس سنوي: " + title.ar, en: "Measured every year: " + title.en}), p.published)
		indicator := t.indicator.next()
		name := g.text(subject{"Indicator", indicator, p.original, p.published, p.at, false}, "title", wording{ar: title.ar, en: title.en})
		t.indicator.add(indicator, id, 0, unit, true, i == 0, name, p.published)
		if i == 0 { // the directorate's own register: what projects of one theme count
			t.reference.add(t.reference.next(), indicator, "99", "DEMO-"+p.theme.sector, p.published)
		}
		t.baseline.add(t.baseline.next(), indicator, p.start.Year(), date(p.start), base, p.published)
		g.measure(p, indicator, base, aim)
	}
}

// aims are what stood before a project of a theme began, and what it wants to stand at its end: numbers as round as people set them.
func (g *generator) aims(of theme) (base, aim int) {
	aim = of.aimLow + g.random.IntN(of.aimHigh-of.aimLow+1)*g.between(20, 100)/100
	for step := 1000; step > 1; step /= 10 {
		if aim >= 20*step {
			aim = aim / step * step
			break
		}
	}
	if of.standing {
		base = aim * g.between(20, 60) / 100
	}
	return base, aim
}

// measure writes the periods of an indicator, a year each: the aim comes nearer year by year, and what was reached lags behind it or goes a little beyond,
// but never falls.
func (g *generator) measure(p project, indicator int64, base, aim int) {
	t := g.tables
	years := min(p.end.Year()-p.start.Year()+1, 4)
	pace, reached := g.between(70, 108), base
	for i := range years {
		from, to := day(fmt.Sprintf("%d-01-01", p.start.Year()+i)), day(fmt.Sprintf("%d-12-31", p.start.Year()+i))
		if p.end.Before(to) {
			to = p.end
		}
		period := t.period.next()
		t.period.add(period, indicator, date(from), date(to), p.published)
		target := base + (aim-base)*(i+1)/years
		t.measurement.add(t.measurement.next(), period, "TARGET", target, db.Texts{}, p.published)
		if !to.After(g.present) {
			reached = max(reached, base+(target-base)*(pace+g.between(-8, 8))/100)
			t.measurement.add(t.measurement.next(), period, "ACTUAL", reached, db.Texts{}, p.published)
		}
	}
}
