package iati

import (
	"encoding/json"
	"strconv"

	"taawun/db/imports"
)

func (p *parser) result(above *row, e *element) {
	r := p.part(p.tables.result, above)
	r.set("position", r.place)
	kind := choose(e.attr("type"), "1", "OUTPUT", "2", "OUTCOME", "3", "IMPACT", "9", "OTHER")
	if kind == "" {
		kind = "OTHER"
		p.note(e, imports.Say("the result has no known type; OTHER is taken", "نوع النتيجة غائب أو غير معروف؛ أُخذ النوع «أخرى»"))
	}
	r.set("type", kind)
	r.set("is_aggregable", flagOr(e.attr("aggregation-status"), nil))
	r.say("title", p.gather(sameLine, e.all("title")...))
	r.say("description", p.gather(newLine, e.all("description")...))
	p.documents(r, e)
	for _, i := range e.all("indicator") {
		p.indicator(r, i)
	}
}

func (p *parser) indicator(above *row, e *element) {
	r := p.part(p.tables.indicator, above)
	r.set("position", r.place)
	measure := choose(e.attr("measure"), "1", "UNIT", "2", "PERCENTAGE", "3", "NOMINAL", "4", "ORDINAL", "5", "QUALITATIVE")
	if measure == "" {
		measure = "UNIT"
		p.note(e, imports.Say("the indicator has no known measure; UNIT is taken", "وحدة قياس المؤشر غائبة أو غير معروفة؛ أُخذت «وحدة»"))
	}
	r.set("measure", measure)
	r.set("is_ascending", flagOr(e.attr("ascending"), true))
	r.set("is_aggregable", flagOr(e.attr("aggregation-status"), nil))
	r.say("title", p.gather(sameLine, e.all("title")...))
	r.say("description", p.gather(newLine, e.all("description")...))
	p.documents(above, e)
	for _, ref := range e.all("reference") {
		vocabulary, code := ref.attr("vocabulary"), ref.attr("code")
		if vocabulary == "" || code == "" {
			p.note(ref, imports.Say("the reference of the indicator has no vocabulary or no code", "ينقص مرجعَ المؤشر المعجمُ أو الرمز"))
			continue
		}
		entry := p.part(p.tables.reference, r)
		entry.set("vocabulary", vocabulary)
		entry.set("code", code)
		entry.set("uri", link(ref.attr("indicator-uri")))
	}
	for _, b := range e.all("baseline") {
		p.baseline(r, b)
	}
	for _, period := range e.all("period") {
		p.indicatorPeriod(r, period)
	}
}

func (p *parser) baseline(indicator *row, e *element) {
	r := p.part(p.tables.baseline, indicator)
	if y := e.attr("year"); y != "" {
		if n, err := strconv.Atoi(y); err == nil && n > 0 && n < 10000 {
			r.set("year", n)
		} else {
			p.note(e, imports.Say("the year %q is none", "«%s» ليس سنة", y))
		}
	}
	r.set("date", date(e))
	p.measured(r, e)
	p.documents(indicator.above, e)
}

func (p *parser) indicatorPeriod(indicator *row, e *element) {
	start, end := p.period(e)
	if start == "" || end == "" {
		p.note(e, imports.Say("the period has no first or no last day", "ليس للفترة يوم أول أو يوم أخير"))
		return
	}
	r := p.part(p.tables.period, indicator)
	r.set("period_start", start)
	r.set("period_end", end)
	for _, c := range e.children {
		kind := ""
		switch {
		case c.is("target"):
			kind = "TARGET"
		case c.is("actual"):
			kind = "ACTUAL"
		default:
			continue
		}
		m := p.part(p.tables.measurement, r)
		m.place = p.next(place{r, p.tables.measurement, kind})
		m.set("kind", kind)
		p.measured(m, c)
		p.documents(indicator.above, c)
	}
}

// measured reads what a baseline, target and actual have in common. A value that is no number stays as text.
func (p *parser) measured(r *row, e *element) {
	if v := e.attr("value"); decimal(v) != "" {
		r.set("value", decimal(v))
	} else {
		r.set("value_text", v)
	}
	r.say("comment", p.gather(newLine, e.all("comment")...))
	dimensions := map[string]string{}
	for _, d := range e.all("dimension") {
		name, value := d.attr("name"), d.attr("value")
		if before, again := dimensions[name]; again {
			value = before + "; " + value
		}
		dimensions[name] = value
	}
	if len(dimensions) > 0 {
		b, _ := json.Marshal(dimensions) // strings cannot fail
		r.set("dimensions", string(b))
	}
}

// documents reads the documents of a result and of what stands in it: they are all the result's.
func (p *parser) documents(result *row, e *element) {
	for _, d := range e.all("document-link") {
		p.document(result, p.tables.resultDocument, d)
	}
}

func (p *parser) document(above *row, t *table, e *element) {
	address := e.attr("url")
	switch {
	case address == "":
		p.note(e, imports.Say("the document has no address", "ليس للوثيقة عنوان شبكي"))
		return
	case link(address) == "":
		p.note(e, imports.Say("the address %q cannot be shown as a link", "العنوان الشبكي «%s» لا يصلح لعرضه رابطًا", address))
		return
	}
	r := p.part(t, above)
	r.set("subject_kind", t.of)
	r.set("position", r.place)
	r.set("url", address)
	r.set("format", e.attr("format"))
	if d := e.first("document-date"); d != nil {
		r.set("document_date", date(d))
	}
	r.say("title", p.gather(sameLine, e.all("title")...))
	r.say("description", p.gather(newLine, e.all("description")...))
	languages := []string{}
	for _, l := range e.all("language") {
		if l.attr("code") != "" {
			languages = append(languages, p.locales.of(l.attr("code")))
		}
	}
	r.set("languages", languages)
	seen := map[string]bool{}
	for _, c := range e.all("category") {
		if v := p.key(c, "code"); v != "" && !seen[v] {
			seen[v] = true
			r.categories = append(r.categories, code{list: "DocumentCategory", code: v})
		}
	}
}
