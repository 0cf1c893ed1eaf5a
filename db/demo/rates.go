package demo

import "math"

// rates writes exchange rates that are invented, one for each month and currency of the data set, and say so. They move slowly around a level; only
// the Syrian pound loses value year by year, so that the day of conversion matters as it does in reality.
func (g *generator) rates() {
	t := g.tables.exchangeRate
	for month := day("2010-01-01"); !month.After(g.present); month = month.AddDate(0, 1, 0) {
		years := month.Sub(day("2010-01-01")).Hours() / 24 / 365.25
		for i, c := range []struct {
			currency string
			level    float64
			growth   float64 // a year
		}{
			{"USD", 1.15, 1}, {"GBP", 0.86, 1}, {"JPY", 135, 1}, {"CHF", 1.05, 1}, {"SYP", 60, 1.45},
		} {
			rate := c.level * math.Pow(c.growth, years) * (1 + 0.08*math.Sin(years+float64(i)))
			t.add(t.next(), g.set, "EUR", c.currency, date(month), math.Round(rate*10000)/10000, "Demonstration, invented")
		}
	}
}
