package demo

import "taawun/db"

// makeFollowUps writes what was done about obligations that are overdue: a letter, and for every second the call that is to follow in the next days.
func (g *generator) makeFollowUps() {
	for i, o := range g.late {
		key := g.tables.followUp.next()
		of := subject{"ObligationFollowUp", key, o.original, false, days(g.today, -2), o.complete}
		action := g.text(of, "action", wording{ar: "أُرسل كتاب تذكير إلى الجهة الملتزمة.", en: "A letter of reminder was sent to the obligor."})
		result, next := db.Texts{}, db.Texts{}
		var on any
		if i%2 == 0 {
			next = g.text(of, "nextStep", wording{ar: "الاتصال هاتفياً للسؤال عن الرد.", en: "Call to ask for the answer."})
			on = date(days(g.today, 1+i%10))
		} else {
			result = g.text(of, "result", wording{ar: "وُعد بالتنفيذ قبل نهاية الشهر.", en: "Performance was promised before the end of the month."})
		}
		g.tables.followUp.add(key, o.id, date(days(g.today, -2)), "Monitoring and Evaluation Section", action, result, next, on, date(days(g.today, -2)), false)
	}
}
