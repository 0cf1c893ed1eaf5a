package demo

import (
	"math"
	"time"
)

// currencies are those of the demonstration besides the euro: about how many of them a euro buys in 2010, and by what factor that grows in a year. They
// move slowly around a level; only the Syrian pound loses value year by year, so that the day of conversion matters as it does in reality.
var currencies = []struct {
	code          string
	level, growth float64
}{
	{"USD", 1.15, 1}, {"GBP", 0.86, 1}, {"JPY", 135, 1}, {"CHF", 1.05, 1}, {pound, 60, 1.45},
}

// rates writes exchange rates that are invented, one for each month and currency of the data set, and say so.
func (g *generator) rates() {
	t := g.tables.exchangeRate
	for month := day("2010-01-01"); !month.After(g.present); month = month.AddDate(0, 1, 0) {
		for _, c := range currencies {
			t.add(t.next(), g.set, "EUR", c.code, date(month), perEuro(c.code, month), "Demonstration, invented")
		}
	}
}

// perEuro is the rate of a currency in the month of a day.
func perEuro(currency string, on time.Time) float64 {
	month := time.Date(on.Year(), on.Month(), 1, 0, 0, 0, 0, time.UTC)
	years := month.Sub(day("2010-01-01")).Hours() / 24 / 365.25
	for i, c := range currencies {
		if c.code == currency {
			return math.Round(c.level*math.Pow(c.growth, years)*(1+0.08*math.Sin(years+float64(i)))*10000) / 10000
		}
	}
	return 1
}

// worth is what an amount of one currency buys of another on a day, in whole hundreds of that.
func worth(amount cents, from, to string, on time.Time) cents {
	return cents(float64(amount)*perEuro(to, on)/perEuro(from, on)) / 10000 * 10000
}
