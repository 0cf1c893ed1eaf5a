package demo

import (
	"fmt"
	"strings"
	"time"

	"taawun/db"
)

// agreement is what projects need to know of one.
type agreement struct {
	id        int64
	published bool
	status    string
	theme     theme
	head      unit // governorate it covers
	donor     int  // index of the organization that gives
	currency  string
	signed    time.Time
	force     time.Time
	until     time.Time // when it ended or will
	envelope  bool      // it says how much is to be given
	left      cents     // what of that no project has taken yet
}

// takes says whether another project can be carried out under the agreement: it must have come into force, and money must be left where it names a sum.
func (a *agreement) takes() bool {
	return !a.force.IsZero() && (!a.envelope || a.left >= leastBudget*perDollar(a.currency))
}

// life is how far an agreement has come, with its dates; zero times where it has not come so far.
type life struct {
	status                    string
	proposed, signed, force   time.Time
	expires, ended            time.Time
	months                    int
	steps                     []step
	renewal                   string
	renewalMonths, noticeDays any
}

type step struct {
	kind string
	on   time.Time
}

// makeAgreements writes agreements with all that hangs on them. The first is a memorandum on drinking water in Aleppo.
func (g *generator) makeAgreements() {
	count := max(30, g.options.Projects*3/50)
	for n := range count {
		a := agreement{theme: pick(g, g.words.themes), head: pick(g, g.heads), donor: pick(g, g.donors)}
		kind := g.agreementKind()
		state := g.state()
		if n < len(g.heads) {
			a.head = g.heads[(n+1)%len(g.heads)] // Aleppo is the second governorate
		}
		if n == 0 {
			kind, state, a.theme, a.donor = "MEMORANDUM", "PUBLISHED", g.words.themes[0], g.donors[0]
		}
		g.agreement(n, a, kind, state)
	}
}

func (g *generator) agreementKind() string {
	switch n := g.random.IntN(100); {
	case n < 30:
		return "MEMORANDUM"
	case n < 55:
		return "GRANT"
	case n < 65:
		return "LOAN"
	case n < 75:
		return "FRAMEWORK"
	case n < 80:
		return "PROTOCOL"
	case n < 84:
		return "TWINNING"
	case n < 88:
		return "EXCHANGE_OF_LETTERS"
	case n < 93:
		return "AMENDMENT"
	case n < 95:
		return "HOST_COUNTRY"
	case n < 97:
		return "CONVENTION"
	case n < 98:
		return "TREATY"
	default:
		return "OTHER"
	}
}

func agreementTitle(kind string, a agreement) wording {
	o, h := a.theme.object, a.head.name
	switch kind {
	case "MEMORANDUM":
		return wording{"مذكرة تفاهم بشأن " + o.ar + " في محافظة " + h.ar, "Memorandum of Understanding on " + o.en + " in " + h.en, "Mémorandum d’entente : " + o.fr + " (" + h.en + ")"}
	case "GRANT":
		return wording{"اتفاقية منحة من أجل " + o.ar + " في محافظة " + h.ar, "Grant Agreement for " + o.en + " in " + h.en, "Accord de don : " + o.fr + " (" + h.en + ")"}
	case "LOAN":
		return wording{"اتفاقية قرض لتمويل " + o.ar + " في محافظة " + h.ar, "Loan Agreement for " + o.en + " in " + h.en, "Accord de prêt : " + o.fr + " (" + h.en + ")"}
	case "FRAMEWORK":
		return wording{"اتفاقية إطارية للتعاون في مجال " + o.ar, "Framework Agreement on Cooperation in " + o.en, "Accord-cadre de coopération : " + o.fr}
	case "PROTOCOL":
		return wording{"بروتوكول تنفيذي بشأن " + o.ar, "Implementing Protocol on " + o.en, "Protocole d’exécution : " + o.fr}
	case "TWINNING":
		return wording{"اتفاقية توأمة مع مدينة " + h.ar + " في مجال " + o.ar, "Twinning Agreement with the City of " + h.en + " on " + o.en, "Accord de jumelage avec la ville de " + h.en + " : " + o.fr}
	case "EXCHANGE_OF_LETTERS":
		return wording{"تبادل رسائل بشأن " + o.ar, "Exchange of Letters on " + o.en, "Échange de lettres : " + o.fr}
	case "AMENDMENT":
		return wording{"تعديل على اتفاقية " + o.ar + " في محافظة " + h.ar, "Amendment to the Agreement on " + o.en + " in " + h.en, "Avenant : " + o.fr + " (" + h.en + ")"}
	case "HOST_COUNTRY":
		return wording{"اتفاقية مقر لمكتب " + h.ar, "Host Country Agreement for the Office in " + h.en, "Accord de siège du bureau de " + h.en}
	case "CONVENTION":
		return wording{"اتفاقية إقليمية بشأن " + o.ar, "Regional Convention on " + o.en, "Convention régionale : " + o.fr}
	case "TREATY":
		return wording{"معاهدة تعاون في مجال " + o.ar, "Treaty of Cooperation in " + o.en, "Traité de coopération : " + o.fr}
	default:
		return wording{"ترتيب تعاون بشأن " + o.ar, "Cooperation Arrangement on " + o.en, "Arrangement de coopération : " + o.fr}
	}
}

// agreementLife invents a course of events that leads to one status, in the order of the calendar.
func (g *generator) agreementLife(first bool) life {
	l := life{proposed: days(day("2014-01-10"), g.random.IntN(4500)), months: 12 * g.between(1, 6), renewal: "NONE"}
	if first {
		l.proposed, l.months = day("2023-02-01"), 72
	}
	at := l.proposed
	next := func(kind string) time.Time {
		l.steps = append(l.steps, step{kind, at})
		on := at
		at = days(at, g.between(15, 100))
		return on
	}
	next("PROPOSED")
	early := []struct{ kind, status string }{
		{"NEGOTIATION_OPENED", "NEGOTIATION"}, {"INITIALLED", "INITIALLED"}, {"LEGAL_REVIEW_OPENED", "LEGAL_REVIEW"}, {"CLEARED", "CLEARED_TO_SIGN"}}
	stop := len(early)
	if !first && g.chance(15) {
		stop = g.random.IntN(len(early) + 1)
	}
	l.status = "IDEA"
	for _, e := range early[:stop] {
		if at.After(g.present) {
			return l
		}
		next(e.kind)
		l.status = e.status
	}
	if stop < len(early) || at.After(g.present) {
		return l
	}
	l.signed, l.status = next("SIGNED"), "SIGNED"
	if at.After(g.present) {
		return l
	}
	if g.chance(40) {
		next("RATIFICATION_OPENED")
		l.status = "RATIFYING"
		if at.After(g.present) || !first && g.chance(8) {
			return l
		}
	}
	l.force, l.status = next("ENTERED_INTO_FORCE"), "IN_FORCE"
	l.expires = l.force.AddDate(0, l.months, 0)
	if g.chance(40) {
		l.renewal, l.renewalMonths, l.noticeDays = choose(g.chance(60), "TACIT", "EXPRESS"), 12, 30*g.between(1, 6)
	}
	switch {
	case l.expires.Before(g.present):
		switch n := g.random.IntN(10); {
		case n < 8:
			l.ended, l.status = l.expires, "EXPIRED"
		case n < 9:
			l.ended, l.status = days(l.expires, -60), "TERMINATED"
			l.steps = append(l.steps, step{"NOTICE_GIVEN", days(l.ended, -30)})
		default:
			l.ended, l.status = days(l.expires, -10), "SUPERSEDED"
		}
		l.steps = append(l.steps, step{l.status, l.ended})
	case !first && g.chance(6) && at.Before(g.present):
		next("SUSPENDED")
		l.status = "SUSPENDED"
	}
	return l
}

func (g *generator) agreement(n int, a agreement, kind, state string) {
	t := g.tables
	id := t.agreement.next()
	code := fmt.Sprintf("DEMO-AGR-%05d", n+1)
	l := g.agreementLife(n == 0)
	record, s := g.record("Agreement", id, code, state, l.proposed)
	s.complete = n < 5
	donor := g.organizations[a.donor]
	title := agreementTitle(kind, a)
	if kind == "AMENDMENT" && l.ended.IsZero() {
		l.expires, l.renewal, l.renewalMonths, l.noticeDays = time.Time{}, "NONE", nil, nil // it runs as long as what it amends
	}
	names := g.text(s, "title", title)
	summary := g.text(s, "summary", wording{
		ar: fmt.Sprintf("تتعاون بموجبه %s و%s في مجال %s، لصالح %s. نص تجريبي.", g.ministry.name.ar, donor.name.ar, a.theme.object.ar, a.theme.gain.ar),
		en: fmt.Sprintf("Under it the %s and %s work together on %s, to the benefit of %s. Demonstration text.", g.ministry.name.en, donor.name.en, a.theme.object.en, a.theme.gain.en),
	})
	var amount, currency, reference any
	if kind == "GRANT" || kind == "LOAN" || g.chance(40) || n == 0 {
		a.envelope, a.left = true, cents(choose(n == 0, 480, g.between(5, 400))*10_000_000)*perDollar(donor.currency)
		amount, currency = a.left, donor.currency
	}
	if !l.signed.IsZero() {
		reference = fmt.Sprintf("%d/%d", 100+n, l.signed.Year())
	}
	var months any
	if !l.force.IsZero() && !(kind == "AMENDMENT" && l.ended.IsZero()) {
		months = l.months
	}
	t.agreement.add(append(record, names, summary, kind, kind != "MEMORANDUM" && kind != "TWINNING", l.status, date(l.signed), date(l.force), date(l.expires), date(l.ended),
		months, l.renewal, l.renewalMonths, l.noticeDays, reference, amount, currency)...)
	g.parties(s, a, kind, l)
	for i, e := range l.steps {
		note := db.Texts{}
		key := t.agreementEvent.next()
		if e.kind == "SIGNED" {
			note = g.text(subject{"AgreementEvent", key, s.original, s.published, e.on, s.complete}, "note",
				wording{ar: "وُقّع في " + a.head.name.ar + ".", en: "Signed in " + a.head.name.en + "."})
		}
		t.agreementEvent.add(key, id, e.kind, date(e.on), fmt.Sprintf("%s/%d", code, i+1), note, s.published)
	}
	if !l.signed.IsZero() {
		g.obligations(s, a, l, n)
		g.agreementTexts(s, code, l)
	}
	t.agreementSector.add(id, g.code("Sector/"+a.theme.sector), s.published)
	t.agreementUnit.add(id, a.head.id, s.published)
	if n > 0 && (kind == "AMENDMENT" || g.chance(12)) {
		relation := choose(kind == "AMENDMENT", "AMENDS", pick(g, []string{"IMPLEMENTS", "SUPERSEDES", "RENEWS", "RELATED"}))
		other := g.agreements[g.random.IntN(n)]
		if other.id == g.agreements[0].id && relation != "AMENDS" || !follows(relation, l, other) {
			relation = "RELATED" // the first agreement goes on
		}
		t.agreementRelation.add(t.agreementRelation.next(), id, other.id, relation, s.published)
	}
	if g.chance(50) {
		g.document(s, wording{ar: "ملف " + title.ar, en: "File of the " + title.en}, "A09", l.proposed)
	}
	a.id, a.published, a.status, a.signed, a.force, a.until, a.currency = id, s.published, l.status, l.signed, l.force, l.ended, donor.currency
	if a.until.IsZero() {
		a.until = l.expires
	}
	g.agreements = append(g.agreements, a)
}

// follows says whether an agreement with such a life can stand in a relation to another: nothing is amended, renewed or replaced before it began, what
// has ended changes the term of nothing, and what was replaced has no open duties.
func follows(relation string, l life, other agreement) bool {
	switch relation {
	case "AMENDS":
		return l.ended.IsZero() && !other.force.IsZero() && l.proposed.After(other.force)
	case "RENEWS":
		return !other.force.IsZero() && l.force.After(other.force)
	case "SUPERSEDES":
		return other.status == "SUPERSEDED" && l.force.After(other.force)
	}
	return true
}

func (g *generator) parties(s subject, a agreement, kind string, l life) {
	type place struct {
		role string
		who  organization
	}
	roles := []place{{"PARTY", g.ministry}, {"PARTY", g.organizations[a.donor]}}
	if g.chance(50) {
		roles = append(roles, place{pick(g, []string{"IMPLEMENTER", "BENEFICIARY", "IMPLEMENTER", "WITNESS"}), g.organizations[pick(g, g.doers)]})
	}
	if kind == "LOAN" {
		roles = append(roles, place{"GUARANTOR", g.organizations[7]}) // Ministry of Finance
	}
	if kind == "CONVENTION" || kind == "TREATY" {
		roles = append(roles, place{"DEPOSITARY", g.organizations[g.donors[1]]})
	}
	for i, r := range roles {
		key := g.tables.agreementParty.next()
		signs := !l.signed.IsZero() && (r.role == "PARTY" || r.role == "WITNESS" || r.role == "GUARANTOR")
		var signatory, method any
		var on, consent, force time.Time
		capacity, reservations := db.Texts{}, db.Texts{}
		of := subject{"AgreementParty", key, s.original, s.published, s.at, s.complete}
		if signs {
			person := g.words.person(g)
			signatory, on = choose(s.original == "ar", person.ar, person.en), l.signed
			capacity = g.text(of, "signatoryCapacity", pick(g, []wording{{"المدير العام", "Director-General", "Directeur général"}, {"معاون الوزير", "Deputy Minister", "Vice-ministre"},
				{"الممثل المقيم", "Resident Representative", "Représentant résident"}}))
		}
		if signs && r.role == "PARTY" && !l.force.IsZero() {
			method, consent, force = pick(g, []string{"SIGNATURE", "RATIFICATION", "APPROVAL", "EXCHANGE_OF_INSTRUMENTS"}), l.force, l.force
			if g.chance(3) {
				reservations = g.text(of, "reservations", wording{ar: "مع التحفظ على المادة 12.", en: "With a reservation on article 12."})
			}
		}
		g.tables.agreementParty.add(key, s.id, r.who.id, i, r.role, signatory, capacity, date(on), method, date(consent), date(force), reservations, s.published)
	}
}

// obligations writes what the parties undertake. The first agreement shows every state; due dates lie around today.
func (g *generator) obligations(s subject, a agreement, l life, n int) {
	states := []string{"DONE", "PENDING", "OVERDUE", "DUE_SOON", "WAIVED"}
	count := g.between(2, 4)
	if n == 0 {
		count = len(states)
	}
	for i := range count {
		state := states[i%len(states)]
		if n > 0 {
			state = pick(g, []string{"DONE", "DONE", "DONE", "DONE", "PENDING", "PENDING", "PENDING", "OVERDUE", "DUE_SOON", "WAIVED"})
		}
		if !l.ended.IsZero() && state != "WAIVED" {
			state = "DONE"
		}
		d := pick(g, g.words.duties)
		key := g.tables.obligation.next()
		of := subject{"Obligation", key, s.original, s.published, s.at, s.complete}
		text := g.text(of, "text", wording{ar: strings.ReplaceAll(d.text.ar, "%s", a.theme.object.ar), en: strings.ReplaceAll(d.text.en, "%s", a.theme.object.en)})
		lead := 15 * g.between(1, 4)
		due, settled := time.Time{}, time.Time{}
		var outcome any
		evidence := db.Texts{}
		switch state {
		case "PENDING":
			due = days(g.today, lead+g.between(30, 500))
		case "DUE_SOON":
			due = days(g.today, g.between(2, lead-1))
		case "OVERDUE":
			due = days(g.today, -g.between(3, 300))
			g.late = append(g.late, of)
		default:
			due, outcome = days(l.signed, g.between(30, 400)), state
			settled = days(due, g.between(-20, 20))
			why := wording{ar: fmt.Sprintf("كتاب رقم %d", 1000+key), en: fmt.Sprintf("Letter No. %d", 1000+key)}
			if state == "WAIVED" {
				why = wording{ar: "أعفت اللجنة المشتركة منه؛ " + why.ar + ".", en: "Waived by the joint committee; " + strings.ToLower(why.en[:1]) + why.en[1:] + "."}
			}
			evidence = g.text(of, "evidence", why)
		}
		obligor, beneficiary := g.ministry.id, g.organizations[a.donor].id
		if d.kind == "PAYMENT" || d.kind == "DELIVERY" || g.chance(30) {
			obligor, beneficiary = beneficiary, obligor
		}
		g.tables.obligation.add(key, s.id, fmt.Sprintf("%d(%d)", g.between(2, 18), g.between(1, 4)), text, d.kind, obligor, beneficiary, date(due), optional(d.recurrence), lead,
			outcome, date(settled), evidence, s.published)
	}
}

// agreementTexts writes the language versions; in which language the text prevails differs between agreements.
func (g *generator) agreementTexts(s subject, code string, l life) {
	prevails := pick(g, []string{"ar", "en", "en", ""})
	for _, locale := range languages {
		role := "AUTHENTIC"
		var by any
		var on time.Time
		if locale == "fr" {
			if !g.chance(15) {
				continue
			}
			role = "COURTESY_TRANSLATION"
		} else if locale != s.original && g.chance(40) && locale != prevails {
			role, by, on = "OFFICIAL_TRANSLATION", "Certified Translation Section", days(l.signed, g.between(5, 60))
		}
		name := code + "-" + locale + ".pdf"
		g.tables.agreementText.add(g.tables.agreementText.next(), s.id, locale, role, locale == prevails, "https://texts.example.org/"+name, "application/pdf",
			g.between(80_000, 4_000_000), digest(name), by, date(on), s.published)
	}
}

// document writes a document about a record.
func (g *generator) document(s subject, title wording, category string, at time.Time) {
	id := g.tables.document.next()
	texts := g.text(subject{"Document", id, s.original, s.published, s.at, s.complete}, "title", title)
	language := choose(s.original == "fr", "en", s.original)
	g.tables.document.add(id, s.kind, s.id, 0, fmt.Sprintf("https://documents.example.org/%d.pdf", id), texts, "application/pdf", "{"+language+"}", date(at), s.published)
	g.tables.documentCategory.add(id, g.code("DocumentCategory/"+category))
}
