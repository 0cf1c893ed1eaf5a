package demo

import (
	"fmt"
	"time"

	"taawun/db"
)

// flow is a transaction to write.
type flow struct {
	kind     string
	on       time.Time
	amount   cents
	currency string // where it is not the project's
	provider key
	receiver *organization
	onward   *project // to which the money goes on, or from which it comes
}

// leastBudget is the budget of the smallest projects, in hundredths of a dollar.
const leastBudget cents = 2_000_000

// perDollar is about how many units of a currency a dollar buys, for sums of a like weight in all of them.
func perDollar(currency string) cents {
	if currency == "JPY" {
		return 130
	}
	return 1
}

// chooseBudget gives a project its money: what is done under an agreement that names a sum takes a share of what is left of it, parts share in what their parent has.
func (g *generator) chooseBudget(p *project, r role, under []*agreement) {
	step := perDollar(p.currency) * 100_000
	p.budget = cents(g.between(20, 900)) * cents(g.between(1, 25)) * step
	share := g.between(8, 30)
	switch {
	case r.parent != nil:
		p.budget = r.parent.budget / cents(5+share%5)
	case len(under) > 0 && under[0].envelope:
		p.budget = min(p.budget, max(under[0].left/100*cents(share)/step*step, leastBudget*perDollar(p.currency)))
		under[0].left -= p.budget
	}
}

// money writes commitments, incoming funds, disbursements, expenditure, budgets and plans of a project. A programme repeats, half of the time, what its
// projects disburse, as real data does.
func (g *generator) money(p project, r role) {
	g.budgets(p)
	if p.status == "CANCELLED" && g.chance(70) {
		return
	}
	funder := func() key { return choose(g.chance(85), key(p.funders[0].id), 0) }
	var receiver *organization
	if len(p.implement) > 0 {
		receiver = &p.implement[0]
	}
	first := g.bounded(days(p.start, -g.between(1, 60)))
	commitments := g.between(1, 2)
	for i := range commitments {
		g.flow(p, flow{kind: "OUTGOING_COMMITMENT", on: g.bounded(days(first, 200*i)), amount: p.budget / cents(commitments), provider: funder(), receiver: receiver})
	}
	if g.chance(20) {
		g.flow(p, flow{kind: "OUTGOING_PLEDGE", on: days(first, -g.between(10, 200)), amount: p.budget, provider: funder()})
	}
	if p.status == "PIPELINE" {
		return
	}
	if g.chance(70) {
		incoming := g.between(1, 2)
		for i := range incoming {
			g.flow(p, flow{kind: "INCOMING_FUNDS", on: g.bounded(days(p.start, 90*i)), amount: p.budget / cents(incoming), provider: key(pick(g, p.funders).id)})
		}
	}
	if r.parts && g.chance(50) {
		return // the parts report
	}
	end := p.end
	if end.After(g.present) {
		end = g.present
	}
	spent := p.budget / 100 * cents(g.between(60, 100))
	if p.end.After(g.present) {
		spent = spent * cents(end.Sub(p.start).Hours()+1) / cents(p.end.Sub(p.start).Hours()+1)
	}
	reported := receiver != nil && g.chance(80) // how the receiver spends its part is known
	if reported {
		spent = spent / 4 * 3
	}
	g.disburse(p, receiver, end, spent, funder)
	if reported {
		n := g.between(2, 5)
		for i := range n {
			f := flow{kind: "EXPENDITURE", on: spread(p.start, end, i, n), amount: g.cut(spent/3, n), provider: funder()}
			if receiver.currency == pound { // what comes in dollars or euros is spent at home in pounds, at the rate of that month
				f.currency, f.amount = pound, max(worth(f.amount, p.currency, pound, f.on), 10000)
			}
			g.flow(p, f)
		}
	}
	if p.loan && p.status == "CLOSED" {
		g.flow(p, flow{kind: "LOAN_REPAYMENT", on: g.bounded(days(p.end, 180)), amount: p.budget / 10})
	}
}

// disburse pays in instalments; a few are repaid in part, and some go on to another project.
func (g *generator) disburse(p project, receiver *organization, end time.Time, spent cents, funder func() key) {
	n := g.between(4, 12)
	for i := range n {
		f := flow{kind: "DISBURSEMENT", on: spread(p.start, end, i, n), amount: g.cut(spent, n), provider: funder(), receiver: receiver}
		if len(g.projects) > 0 && g.chance(2) {
			other := g.projects[g.random.IntN(len(g.projects))]
			f.onward = &other
		}
		g.flow(p, f)
		if g.chance(2) {
			g.flow(p, flow{kind: "DISBURSEMENT", on: g.bounded(days(f.on, 30)), amount: -f.amount / 10, provider: f.provider, receiver: receiver})
		}
	}
}

// cut is one of n payments of a sum, sometimes with odd cents.
func (g *generator) cut(sum cents, n int) cents {
	c := sum / cents(n) / 100 * cents(g.between(60, 140))
	if g.chance(70) {
		c = c / 10000 * 10000
	}
	return max(c, 100)
}

// spread is the day of payment i of n.
func spread(from, to time.Time, i, n int) time.Time {
	whole := max(int(to.Sub(from).Hours()/24), 1)
	return days(from, whole*(2*i+1)/(2*n))
}

func (g *generator) bounded(t time.Time) time.Time {
	if t.After(g.present) {
		return g.present
	}
	return t
}

func (g *generator) flow(p project, f flow) {
	t := g.tables.transaction
	id := t.next()
	of := subject{"Transaction", id, p.original, p.published, p.at, false}
	description, receiverName := db.Texts{}, db.Texts{}
	if g.chance(5) {
		description = g.text(of, "description", choose(f.kind == "EXPENDITURE", wording{"شراء مواد وخدمات", "Purchase of goods and services", "Achat de biens et services"},
			wording{"دفعة وفق الخطة", "Payment according to plan", "Versement selon le plan"}))
	}
	var receiver key
	if f.receiver != nil {
		switch n := g.random.IntN(100); {
		case n < 45:
			receiver = key(f.receiver.id)
		case n < 48:
			receiverName = g.text(of, "receiverName", f.receiver.name)
		}
	}
	var from, onward optional
	if f.onward != nil {
		onward = optional(f.onward.identifier)
	}
	if f.kind == "INCOMING_FUNDS" && g.chance(20) {
		from = optional(fmt.Sprintf("DEMO-EXT-%d", p.id))
	}
	var channel, finance key
	if f.kind == "DISBURSEMENT" && g.chance(40) {
		channel = key(g.code(choose(g.chance(70), "DisbursementChannel/2", "DisbursementChannel/3")))
	}
	if g.chance(3) {
		finance = key(g.code("FinanceType/421"))
	}
	currency := choose(f.currency != "", f.currency, p.currency)
	var reference any
	if g.chance(30) {
		reference = fmt.Sprintf("T%d", id)
	}
	t.add(id, p.id, int(t.rows%1000), reference, f.kind, false, date(f.on), f.amount, currency, date(f.on), description, f.provider, from, receiver, receiverName, onward,
		channel, nil, finance, nil, nil, p.published)
	if p.ownSectors {
		s := g.tables.transactionSector
		g.sectors(p, func(sector int64, percentage any) { s.add(s.next(), id, sector, percentage, p.published) })
	}
}

// budgets writes a budget for each year, by its days, and payments that are still planned.
func (g *generator) budgets(p project) {
	t := g.tables
	years := p.end.Year() - p.start.Year() + 1
	length := cents(p.end.Sub(p.start).Hours()/24) + 1
	for i := range years {
		from, to := day(fmt.Sprintf("%d-01-01", p.start.Year()+i)), day(fmt.Sprintf("%d-12-31", p.start.Year()+i))
		if from.Before(p.start) {
			from = p.start
		}
		if to.After(p.end) {
			to = p.end
		}
		t.budget.add(t.budget.next(), p.id, i, choose(g.chance(85), "ORIGINAL", "REVISED"), choose(to.Before(g.present), "COMMITTED", "INDICATIVE"), date(from), date(to),
			max(p.budget*(cents(to.Sub(from).Hours()/24)+1)/length/10000*10000, 10000), p.currency, date(p.start), p.published)
	}
	if p.end.After(g.present) && p.status != "SUSPENDED" {
		for i := range 2 {
			from := g.present.AddDate(0, 3*i, 1)
			if p.start.After(from) {
				from = p.start.AddDate(0, 3*i, 0)
			}
			var receiver key
			if len(p.implement) > 0 {
				receiver = key(p.implement[0].id)
			}
			t.planned.add(t.planned.next(), p.id, i, "ORIGINAL", date(from), date(from.AddDate(0, 3, -1)), p.budget/20, p.currency, date(g.present), p.funders[0].id, receiver, p.published)
		}
	}
}
