package demo

import (
	"fmt"
	"strings"
	"time"
)

// organization is what other records need to know of one.
type organization struct {
	id        int64
	name      wording
	code      string
	typeID    int64
	published bool
	currency  string // in which it gives; Syrian bodies give nothing and spend in it
}

// pound is the currency of the country.
const pound = "SYP"

// currencyOf is the currency of the bodies of a country; those of no country, and of those not named here, give in dollars.
func currencyOf(country string) string {
	switch country {
	case "AT", "BE", "DE", "ES", "EU", "FI", "FR", "GR", "IE", "IT", "LU", "NL", "PT":
		return "EUR"
	case "CH":
		return "CHF"
	case "GB":
		return "GBP"
	case "JP":
		return "JPY"
	case "SY":
		return pound
	}
	return "USD"
}

// makeOrganizations writes well-known bodies, ministries and their directorates, national donors, municipalities, universities, associations and
// companies.
func (g *generator) makeOrganizations() {
	count := max(60, g.options.Projects/10)
	for _, b := range g.words.bodies {
		o := g.organization(b, 0, true)
		switch b.kind {
		case "DONOR", "UN_AGENCY", "INTERNATIONAL_ORGANIZATION", "REGIONAL_ORGANIZATION", "FUND":
			g.donors = append(g.donors, len(g.organizations)-1)
		}
		if b.kind == "UN_AGENCY" || b.kind == "NGO" || b.kind == "MINISTRY" {
			g.doers = append(g.doers, len(g.organizations)-1)
		}
		if b.acronym == "MOLAE" {
			g.ministry = o
		}
	}
	ministries := g.organizations[:8]
	for _, c := range g.countries() {
		if len(g.organizations) >= count/2 {
			break
		}
		g.organization(body{"DONOR", "10", c.code, "", wording{
			"وكالة التعاون الإنمائي - " + c.name.ar, "Agency for Development Cooperation of " + c.name.en, "Agence de coopération au développement – " + c.name.fr}}, 0, true)
		g.donors = append(g.donors, len(g.organizations)-1)
	}
	seen := map[string]bool{}
	for len(g.organizations) < count {
		b, parent := g.localBody(ministries)
		for try := 0; seen[b.name.en] && try < 20; try++ {
			b, parent = g.localBody(ministries)
		}
		if seen[b.name.en] {
			b.name.en = fmt.Sprintf("%s (%d)", b.name.en, len(g.organizations))
			b.name.ar = fmt.Sprintf("%s (%d)", b.name.ar, len(g.organizations))
			b.name.fr = ""
		}
		seen[b.name.en] = true
		g.organization(b, parent, false)
		g.doers = append(g.doers, len(g.organizations)-1)
	}
}

// localBody invents an organization that carries projects out.
func (g *generator) localBody(ministries []organization) (body, int64) {
	u, head := pick(g, g.units), pick(g, g.heads)
	switch n := g.random.IntN(100); {
	case n < 25:
		return body{"MUNICIPALITY", "11", "SY", "", wording{"مجلس بلدة " + strings.TrimPrefix(u.name.ar, "مركز "), "Municipality of " + u.name.en, "Municipalité de " + u.name.en}}, g.ministry.id
	case n < 35:
		m := ministries[1+g.random.IntN(6)]
		return body{"MINISTRY", "11", "SY", "", wording{m.name.ar + " - مديرية " + head.name.ar, m.name.en + ", Directorate of " + head.name.en,
			m.name.fr + ", direction de " + head.name.en}}, m.id
	case n < 39:
		return body{"ACADEMIC", "80", "SY", "", wording{"جامعة " + head.name.ar + " الأهلية", "Civic University of " + head.name.en, "Université civique de " + head.name.en}}, 0
	case n < 49:
		name, trade := pick(g, g.words.names["name"]), pick(g, g.words.names["company"])
		return body{"PRIVATE_SECTOR", "72", "SY", "", wording{"شركة " + name.ar + " " + trade.ar + " - " + u.name.ar, name.en + " Company " + trade.en + ", " + u.name.en, ""}}, 0
	default:
		name, kind := pick(g, g.words.names["name"]), pick(g, g.words.names["kind"])
		return body{"NGO", choose(g.chance(85), "22", "24"), "SY", "", wording{kind.ar + " " + name.ar + " - " + u.name.ar, name.en + " " + kind.en + ", " + u.name.en,
			kind.fr + " " + name.fr + " – " + u.name.en}}, 0
	}
}

func (g *generator) organization(b body, parent int64, certain bool) organization {
	t := g.tables
	id := t.organization.next()
	number := len(g.organizations) + 1
	code := fmt.Sprintf("DEMO-ORG-%05d", number)
	state := "PUBLISHED"
	if !certain {
		state = g.state()
	}
	record, s := g.record("Organization", id, code, state, day("2020-01-05").Add(time.Duration(number)*time.Hour))
	s.complete = certain
	if b.country == "SY" {
		s.original = "ar"
	} else if certain {
		s.original = "en"
	}
	record[3] = s.original
	name := g.text(s, "name", b.name)
	description := g.text(s, "description", wording{
		ar: "سجل تجريبي. " + b.name.ar + "، جهة تتعاون معها مديرية التعاون الدولي في مشاريع التنمية والخدمات.",
		en: "Demonstration record. " + b.name.en + " works with the Directorate of International Cooperation on development and services.",
	})
	kindType := g.code("OrganisationType/" + b.organisationType)
	website := optional("")
	if certain || g.chance(20) {
		website = optional(fmt.Sprintf("https://org-%d.example.org", number))
	}
	t.organization.add(append(record, name, optional(b.acronym), description, b.kind, kindType, g.code("Country/"+b.country), key(parent), code, website)...)
	if b.country == "SY" {
		t.organizationIdentifier.add(t.organizationIdentifier.next(), id, "DEMO-REGISTER", fmt.Sprintf("SY-%06d", number*7), s.published)
	}
	if b.acronym != "" {
		t.organizationAlias.add(t.organizationAlias.next(), id, b.acronym+" Syria", "en", s.published)
	}
	if g.chance(30) {
		person := g.words.person(g)
		contact := t.organizationContact.next()
		function := g.text(subject{"OrganizationContact", contact, s.original, s.published, s.at, s.complete}, "function",
			wording{ar: "مسؤول الاتصال", en: "Focal point", fr: "Point focal"})
		mail := strings.ToLower(strings.ReplaceAll(person.en, " ", "."))
		t.organizationContact.add(contact, id, 0, choose(s.original == "ar", person.ar, person.en), function,
			fmt.Sprintf("%s@org-%d.example.org", mail, number), "+963 11 000 "+fmt.Sprintf("%04d", number%10000), g.chance(50), s.published)
	}
	o := organization{id, b.name, code, kindType, s.published, currencyOf(b.country)}
	g.organizations = append(g.organizations, o)
	return o
}

// registerTwice enters some bodies a second time under names that are spelt in another way, as happens where two people enter whom they deal with.
func (g *generator) registerTwice() {
	for _, b := range []body{
		{"DONOR", "10", "QA", "", wording{"صندوق شراكه المشرق", "The Levant Partnership Fund", ""}},
		{"FUND", "60", "CH", "", wording{"مؤسسة اعمار الأمل", "Re-building Hope Foundation", ""}},
		{"NGO", "22", "SY", "", wording{"الهلال الاحمر العربى السوري", "Syrian Arab Red Cresent", ""}},
	} {
		g.organization(b, 0, true)
	}
}

// country is a donor country, with its name after "of".
type country struct {
	code string
	name wording
}

func (g *generator) countries() []country {
	var list []country
	for _, c := range []country{
		{"SE", wording{"السويد", "Sweden", "Suède"}}, {"NO", wording{"النرويج", "Norway", "Norvège"}}, {"DE", wording{"ألمانيا", "Germany", "Allemagne"}},
		{"JP", wording{"اليابان", "Japan", "Japon"}}, {"FR", wording{"فرنسا", "France", "France"}}, {"QA", wording{"قطر", "Qatar", "Qatar"}},
		{"SA", wording{"السعودية", "Saudi Arabia", "Arabie saoudite"}}, {"AE", wording{"الإمارات", "the United Arab Emirates", "Émirats arabes unis"}},
		{"TR", wording{"تركيا", "Türkiye", "Türkiye"}}, {"CH", wording{"سويسرا", "Switzerland", "Suisse"}}, {"IT", wording{"إيطاليا", "Italy", "Italie"}},
		{"KW", wording{"الكويت", "Kuwait", "Koweït"}}, {"CA", wording{"كندا", "Canada", "Canada"}}, {"KR", wording{"كوريا", "Korea", "Corée"}},
		{"DK", wording{"الدانمرك", "Denmark", "Danemark"}}, {"NL", wording{"هولندا", "the Netherlands", "Pays-Bas"}}, {"FI", wording{"فنلندا", "Finland", "Finlande"}},
		{"GB", wording{"المملكة المتحدة", "the United Kingdom", "Royaume-Uni"}}, {"ES", wording{"إسبانيا", "Spain", "Espagne"}}, {"JO", wording{"الأردن", "Jordan", "Jordanie"}},
	} {
		if g.codes["Country/"+c.code] != 0 {
			list = append(list, c)
		}
	}
	return list
}
