package export

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"taawun/db"
)

// result writes a result with its indicators; one without indicators cannot be told.
func (a activity) result(r *db.Result) {
	if len(r.Indicators) == 0 {
		return
	}
	kind := codeOf(r.Type, "OUTPUT", "OUTCOME", "IMPACT")
	if kind == "" {
		kind = "9"
	}
	a.start("result", "type", kind, "aggregation-status", maybe(r.IsAggregable))
	a.demanded("title", r.Title, "")
	a.told("description", r.Description)
	for _, d := range r.Documents {
		a.document(d)
	}
	for _, i := range r.Indicators {
		a.indicator(i)
	}
	a.end()
}

func (a activity) indicator(i *db.Indicator) {
	a.start("indicator", "measure", codeOf(i.Measure, "UNIT", "PERCENTAGE", "NOMINAL", "ORDINAL", "QUALITATIVE"), "ascending", maybe(&i.IsAscending), "aggregation-status", maybe(i.IsAggregable))
	a.demanded("title", i.Title, "")
	a.told("description", i.Description)
	for _, r := range i.References {
		a.empty("reference", "vocabulary", r.Vocabulary, "code", r.Code, "indicator-uri", text(r.URI))
	}
	for _, b := range i.Baselines {
		year, day := "", ""
		if b.Date != nil {
			day = string(*b.Date)
			year, _, _ = strings.Cut(day, "-")
		}
		if b.Year != nil {
			year = strconv.Itoa(*b.Year)
		}
		if year != "" { // the standard demands one
			a.measured("baseline", b.Value, b.ValueText, b.Dimensions, b.Comment, "year", year, "iso-date", day)
		}
	}
	for _, p := range i.Periods {
		a.start("period")
		a.empty("period-start", "iso-date", string(p.PeriodStart))
		a.empty("period-end", "iso-date", string(p.PeriodEnd))
		for _, m := range p.Targets {
			a.measured("target", m.Value, m.ValueText, m.Dimensions, m.Comment)
		}
		for _, m := range p.Actuals {
			a.measured("actual", m.Value, m.ValueText, m.Dimensions, m.Comment)
		}
		a.end()
	}
	a.end()
}

// measured writes what a baseline, a target and an actual value have in common.
func (a activity) measured(element string, value *db.Decimal, worded *string, dimensions json.RawMessage, comment db.Texts, attributes ...string) {
	told := number(value)
	if told == "" {
		told = text(worded)
	}
	by := map[string]string{}
	if dimensions != nil {
		_ = json.Unmarshal(dimensions, &by) // anything else is no set of dimensions
	}
	attributes = append(attributes, "value", told)
	if len(by) == 0 && len(locales(comment)) == 0 {
		a.empty(element, attributes...)
		return
	}
	a.start(element, attributes...)
	for _, name := range slices.Sorted(maps.Keys(by)) {
		if name != "" && by[name] != "" {
			a.empty("dimension", "name", name, "value", by[name])
		}
	}
	a.told("comment", comment)
	a.end()
}

// document writes a document that is kept elsewhere; one that is filed under no category cannot be told.
func (w *writer) document(d *db.Document) {
	if len(d.Categories) == 0 {
		return
	}
	format := text(d.Format)
	if format == "" {
		format = "application/octet-stream" // bytes of any kind
	}
	w.start("document-link", "url", d.URL, "format", format)
	w.demanded("title", d.Title, d.URL)
	w.told("description", d.Description)
	for _, c := range d.Categories {
		w.empty("category", "code", c.Code)
	}
	for _, l := range d.Languages {
		w.empty("language", "code", l)
	}
	if d.DocumentDate != nil {
		w.empty("document-date", "iso-date", string(*d.DocumentDate))
	}
	w.end()
}

// maybe is a flag that may be absent.
func maybe(is *bool) string {
	switch {
	case is == nil:
		return ""
	case *is:
		return "1"
	}
	return "0"
}
