package demo

import (
	"fmt"
	"strings"
	"time"

	"taawun/db"
)

// recommendation is what an evaluation recommends, and what is undertaken in answer.
type recommendation struct{ text, action wording }

// assessed is what an evaluation judges: one of the three keys is set.
type assessed struct {
	agreement, project, organization key
	theme                            theme
	name                             wording
	commissioner                     int64
	from                             time.Time
}

// criteria are those of the OECD DAC, with what is said of a subject that does well by them, and of one that does not.
var criteria = []struct {
	name       string
	good, poor wording
}{
	{"RELEVANCE", wording{ar: "يستجيب لأولويات خطط التنمية المحلية.", en: "It answers priorities of the local development plans."}, wording{ar: "لم تُراجع الأولويات بعد تغير الاحتياجات.", en: "Priorities were not reviewed when needs changed."}},
	{"COHERENCE", wording{ar: "يتكامل مع ما يموله الشركاء الآخرون في المحافظة.", en: "It complements what other partners fund in the governorate."}, wording{ar: "يتداخل مع عمل شريك آخر في التجمعات نفسها.", en: "It overlaps with another partner's work in the same communities."}},
	{"EFFECTIVENESS", wording{ar: "بلغ معظم مستهدفاته في موعدها.", en: "Most targets were reached in time."}, wording{ar: "لم يبلغ نصف مستهدفاته.", en: "Half of the targets were missed."}},
	{"EFFICIENCY", wording{ar: "كلفة الوحدة أدنى من مثيلاتها.", en: "Unit costs lie below those of similar work."}, wording{ar: "أدى تأخر الشراء إلى رفع الكلفة.", en: "Late procurement raised the cost."}},
	{"IMPACT", wording{ar: "تحسنت حياة المستفيدين تحسناً يمكن قياسه.", en: "Life of those reached has improved measurably."}, wording{ar: "لا تكفي البيانات للحكم على الأثر.", en: "Data do not suffice to judge the impact."}},
	{"SUSTAINABILITY", wording{ar: "تكفل المجالس المحلية التشغيل بموازناتها.", en: "Local councils pay for operation from their budgets."}, wording{ar: "لا مصدر لتمويل الصيانة بعد انتهاء المنحة.", en: "Nothing pays for maintenance once the grant ends."}},
}

// makeEvaluations writes evaluations of agreements, projects and organizations. The first is of the first agreement, and shows every response.
func (g *generator) makeEvaluations() {
	for n := range max(8, g.options.Projects/40) {
		g.evaluation(n, g.assess(n))
	}
}

// assess chooses what is evaluated: in turn an agreement, two projects, and now and then an organization.
func (g *generator) assess(n int) assessed {
	a := g.agreements[0]
	if n > 0 {
		a = pick(g, g.agreements)
	}
	donor := g.organizations[a.donor]
	switch {
	case n > 0 && n%8 == 7:
		o := g.organizations[pick(g, g.doers)]
		return assessed{organization: key(o.id), theme: a.theme, name: o.name, commissioner: g.ministry.id, from: days(g.present, -g.between(800, 1500))}
	case n%3 > 0 && len(g.projects) > 0:
		p := pick(g, g.projects)
		return assessed{project: key(p.id), theme: p.theme, name: p.theme.object, commissioner: p.funders[0].id, from: p.start}
	default:
		from := a.signed
		if from.IsZero() {
			from = days(g.present, -900)
		}
		return assessed{agreement: key(a.id), theme: a.theme, name: a.theme.object, commissioner: donor.id, from: from}
	}
}

func (g *generator) evaluation(n int, of assessed) {
	t := g.tables
	id := t.evaluation.next()
	code := fmt.Sprintf("DEMO-EVL-%05d", n+1)
	state, kind := g.state(), pick(g, []string{"MID_TERM", "MID_TERM", "FINAL", "EX_POST", "THEMATIC"})
	if n == 0 {
		state, kind = "PUBLISHED", "MID_TERM"
	}
	began := days(of.from, g.between(300, 700))
	ended := days(began, g.between(60, 150))
	status := "COMPLETED"
	switch {
	case began.After(g.present):
		began, ended, status = time.Time{}, time.Time{}, "PLANNED"
	case ended.After(g.present):
		ended, status = time.Time{}, "ONGOING"
	}
	entered := g.present
	if !began.IsZero() {
		entered = began
	}
	record, s := g.record("Evaluation", id, code, state, entered)
	s.complete = n < 3
	names := map[string]wording{
		"MID_TERM": {"تقييم منتصف المدة", "Mid-term evaluation", "Évaluation à mi-parcours"}, "FINAL": {"التقييم النهائي", "Final evaluation", "Évaluation finale"},
		"EX_POST": {"التقييم اللاحق", "Ex-post evaluation", "Évaluation ex post"}, "THEMATIC": {"تقييم موضوعي", "Thematic evaluation", "Évaluation thématique"}}
	name := names[kind]
	full := wording{name.ar + ": " + of.name.ar, name.en + ": " + of.name.en, ""}
	if of.name.fr != "" {
		full.fr = name.fr + " : " + of.name.fr
	}
	title := g.text(s, "title", full)
	summary := g.text(s, "summary", wording{ar: "مراجعة للوثائق ومقابلات وزيارات ميدانية. نص تجريبي.", en: "Review of documents, interviews and visits to the field. Demonstration text."})
	var until, final time.Time
	if status == "COMPLETED" {
		until, final = began, ended
	}
	conduct := pick(g, []string{"EXTERNAL", "EXTERNAL", "JOINT", "INTERNAL"})
	t.evaluation.add(append(record, title, summary, kind, conduct, status, of.agreement, of.project, of.organization, of.commissioner,
		optional(choose(conduct == "EXTERNAL", g.words.person(g).en, "")), date(of.from), date(until), date(began), date(final), 6)...)
	if status != "COMPLETED" {
		return
	}
	for _, c := range criteria {
		score := g.between(2, 6)
		if c.name == "IMPACT" && g.chance(30) {
			score = 0
		}
		key := t.score.next()
		reason := g.text(subject{"EvaluationScore", key, s.original, s.published, s.at, s.complete}, "reason", choose(score > 3, c.good, c.poor))
		t.score.add(key, id, c.name, choose[any](score == 0, nil, score), reason, s.published)
	}
	for i, kind := range []string{"FINDING", "CONCLUSION", "LESSON"} {
		key := t.finding.next()
		text := g.text(subject{"EvaluationFinding", key, s.original, s.published, s.at, s.complete}, "text", []wording{
			{ar: "استفاد من العمل " + of.theme.gain.ar + " كما خُطط له.", en: "The work reached " + of.theme.gain.en + " as planned."},
			{ar: "النهج سليم، ويتوقف دوامه على التمويل المحلي.", en: "The approach is sound; whether it lasts depends on local funds."},
			{ar: "إشراك المجالس المحلية منذ البداية يقصّر زمن التسليم.", en: "Local councils that take part from the beginning shorten the handover."}}[i])
		t.finding.add(key, id, i, kind, choose[any](i == 0, "EFFECTIVENESS", nil), text, s.published)
	}
	g.recommendations(n, s, of, ended)
}

// recommendations writes what is recommended, the response of the management, and its actions; their due dates lie around today.
func (g *generator) recommendations(n int, s subject, of assessed, ended time.Time) {
	t := g.tables
	first := g.random.IntN(len(g.words.recommendations))
	for i, response := range []string{"ACCEPTED", "PARTLY_ACCEPTED", "REJECTED", ""} {
		if n > 0 && i > 0 && g.chance(40) {
			continue
		}
		r := g.words.recommendations[(first+i)%len(g.words.recommendations)]
		id := t.recommendation.next()
		part := subject{"Recommendation", id, s.original, s.published, s.at, s.complete}
		text := g.text(part, "text", wording{ar: strings.ReplaceAll(r.text.ar, "%s", of.theme.object.ar), en: strings.ReplaceAll(r.text.en, "%s", of.theme.object.en)})
		reason, by, on := db.Texts{}, "", time.Time{}
		switch response {
		case "PARTLY_ACCEPTED":
			reason = g.text(part, "responseReason", wording{ar: "يُنفّذ حيث تسمح الموازنة.", en: "It is done where the budget allows it."})
		case "REJECTED":
			reason = g.text(part, "responseReason", wording{ar: "خارج صلاحيات المديرية.", en: "It lies outside the powers of the directorate."})
		}
		if response != "" {
			by, on = g.words.person(g).en, days(ended, g.between(20, 90))
			if on.After(g.present) {
				on = g.present
			}
		}
		t.recommendation.add(id, s.id, i, text, pick(g, []string{"HIGH", "MEDIUM", "LOW"}), key(of.commissioner), optional(response), reason, optional(by), date(on), s.published)
		if response == "ACCEPTED" || response == "PARTLY_ACCEPTED" {
			g.actions(part, r, n == 0, on)
		}
	}
}

func (g *generator) actions(of subject, r recommendation, shown bool, agreed time.Time) {
	for i := range choose(shown, 2, g.between(1, 2)) {
		id := g.tables.action.next()
		s := subject{"RecommendationAction", id, of.original, of.published, of.at, of.complete}
		action := r.action
		if i > 0 {
			action = wording{ar: "تقديم تقرير عما أُنجز.", en: "Report on what was done."}
		}
		text := g.text(s, "text", action)
		due, settled, outcome, evidence := days(g.today, g.between(-200, 300)), time.Time{}, "", db.Texts{}
		if shown {
			due = days(g.today, choose(i == 0, -12, 20))
		} else if early := days(agreed, g.between(30, 200)); g.chance(50) && early.Before(g.present) {
			due, settled, outcome = early, days(early, -g.between(0, 20)), "DONE"
			evidence = g.text(s, "evidence", wording{ar: fmt.Sprintf("كتاب رقم %d", 4000+id), en: fmt.Sprintf("Letter No. %d", 4000+id)})
		}
		g.tables.action.add(id, of.id, i, text, pick(g, g.owners), date(due), 30, optional(outcome), date(settled), evidence, of.published)
	}
}
