package iati

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"regexp"
	"strings"
	"time"

	"taawun/db/imports"
)

// maxKey bounds identifiers and codes, in bytes: they are keys of indexes, which have a limit too.
const maxKey = 255

// record is an activity or organisation as it is to be written.
type record struct {
	kind       string // of the contract: Project or Organization
	identifier string
	line       int
	content    string
	hash       string
	reportedAt time.Time
	root       *row
	rows       []*row // the parts, each after the one above it
	places     map[place]int
	narratives Narratives
	mentions   []reference
	notes      []Refusal
	refusal    *Refusal // why it cannot be imported at all
}

type place struct {
	above *row
	table *table
	kind  any // the places of targets and of actuals are counted apart
}

// parser turns elements into rows. Whatever it cannot take over stays in the XML of the record, and a note says so.
type parser struct {
	tables  *tables
	state   string
	file    string
	locales locales

	// of the record at hand
	rec      *record
	locale   string
	currency string
	reporter string // identifier of the reporting organisation
}

// parse reads a record; a record that cannot be imported has a refusal.
func (p *parser) parse(e *entry) *record {
	sum := sha256.Sum256([]byte(e.content))
	p.rec = &record{line: e.root.line, content: e.content, hash: hex.EncodeToString(sum[:]), places: make(map[place]int)}
	p.locale = p.locales.of(e.root.lang())
	p.currency = currencyCode(e.root.attr("default-currency"))
	if p.reporter = e.root.first("reporting-org").attr("ref"); !isIdentifier(p.reporter) {
		p.reporter = ""
	}
	if e.root.is("iati-activity") {
		p.activity(e.root)
	} else {
		p.organisation(e.root)
	}
	n := &p.rec.narratives
	n.Verbatim = e.root.count("narrative") - n.Stored - n.Joined - n.Repeated - n.Empty
	return p.rec
}

// identify takes the identifier of a record over, or refuses the record.
func (p *parser) identify(root *element, name string) bool {
	e := root.first(name)
	id := e.value()
	switch {
	case id == "":
		p.refuse(root, imports.Say("it has no %s", "ليس له %s", name))
	case len(id) > maxKey:
		p.refuse(e, imports.Say("its identifier is longer than %d bytes", "معرّفه أطول من الحد المسموح به، وهو %d بايت", maxKey))
	default:
		p.rec.identifier = id
		return true
	}
	return false
}

func (p *parser) refuse(e *element, reason imports.Text) {
	p.rec.refusal = &Refusal{File: p.file, Line: e.line, Path: e.path(), Identifier: p.rec.identifier, Reason: reason}
}

// note says that something of a record was not taken over, or otherwise than it stands.
func (p *parser) note(e *element, reason imports.Text) {
	p.rec.notes = append(p.rec.notes, Refusal{File: p.file, Line: e.line, Path: e.path(), Identifier: p.rec.identifier, Reason: reason})
}

// part adds a row under another.
func (p *parser) part(t *table, above *row) *row {
	r := &row{table: t, above: above, values: make([]any, len(t.columns)), texts: make([]texts, len(t.texts))}
	p.rec.rows = append(p.rec.rows, r)
	r.place = p.next(place{above: above, table: t})
	return r
}

func (p *parser) next(at place) int {
	n := p.rec.places[at]
	p.rec.places[at] = n + 1
	return n
}

// key is an attribute that becomes an identifier or code; one that is no key for its length is left out with a note.
func (p *parser) key(e *element, name string) string {
	v := e.attr(name)
	if len(v) > maxKey {
		p.note(e, imports.Say("the attribute %s is longer than %d bytes", "السمة %s أطول من الحد المسموح به، وهو %d بايت", name, maxKey))
		return ""
	}
	return v
}

// code is the code of a child of that name, or nil.
func (p *parser) code(e *element, list string) any {
	if e == nil {
		return nil
	}
	v := p.key(e, "code")
	if v == "" {
		return nil
	}
	return code{list: list, code: v}
}

// coded is a row's reference to a code of a vocabulary, with the name that the reporter gives it.
func (p *parser) coded(e *element, list string, name texts) (code, bool) {
	v := p.key(e, "code")
	if v == "" {
		p.note(e, imports.Say("it has no code", "ليس له رمز"))
		return code{}, false
	}
	if !strings.Contains(list, ":") {
		name = nil // a published list names its codes itself
	}
	return code{list: list, code: v, name: name}, true
}

// vocabulary is the code list of a vocabulary. Vocabularies 98 and 99 are the reporting organisation's own.
func (p *parser) vocabulary(base, vocabulary string) string {
	list := base + ":" + vocabulary
	if (vocabulary == "98" || vocabulary == "99") && p.reporter != "" {
		list += ":" + p.reporter
	}
	return list
}

// choose is the value of an enumeration for a code.
func choose(code string, values ...string) string {
	for i := 0; i+1 < len(values); i += 2 {
		if values[i] == code {
			return values[i+1]
		}
	}
	return ""
}

// told is a value of an enumeration in a note: its name here in English, in Arabic the one that the code list gives it.
func told(value string) imports.Text {
	return imports.Text{English: value, Arabic: choose(value, "PIPELINE", "قيد الإعداد والتحديد", "IMPLEMENTATION", "قيد التنفيذ", "CLOSED", "مغلق",
		"ORIGINAL", "أصلية", "INDICATIVE", "تقديرية")}
}

// date is the date of an element: @iso-date, or else its text. Times and zones behind the day are left away.
func date(e *element) string {
	if day := isoDay(e.attr("iso-date")); day != "" {
		return day
	}
	return isoDay(e.value())
}

func isoDay(v string) string {
	if len(v) >= 10 && (len(v) == 10 || v[10] < '0' || v[10] > '9') {
		if t, err := time.Parse(time.DateOnly, v[:10]); err == nil && t.Year() > 0 {
			return v[:10]
		}
	}
	return ""
}

// timestamp reads a date and time; one without a zone is taken as UTC.
func timestamp(v string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05", "2006-01-02Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, v); err == nil && t.Year() > 0 && t.Year() < 10000 {
			return t.UTC()
		}
	}
	return time.Time{}
}

var (
	plainNumber    = regexp.MustCompile(`^[+-]?(?:\d+\.?\d*|\.\d+)$`)
	groupedNumber  = regexp.MustCompile(`^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)
	scientificForm = regexp.MustCompile(`^[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d{1,2}$`)
)

// decimal is a number in PostgreSQL's notation, without loss; empty if the text is no number. Thousands may be set off by commas.
func decimal(v string) string {
	switch {
	case v == "" || len(v) > 100:
		return ""
	case plainNumber.MatchString(v):
	case groupedNumber.MatchString(v):
		v = strings.ReplaceAll(v, ",", "")
	case scientificForm.MatchString(v):
		r, ok := new(big.Rat).SetString(v)
		if !ok {
			return ""
		}
		digits, _ := r.FloatPrec()
		v = r.FloatString(digits)
	default:
		return ""
	}
	sign := ""
	if v[0] == '-' {
		sign = "-"
	}
	whole, fraction, dotted := strings.Cut(strings.TrimLeft(v, "+-"), ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if dotted && fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// share is a percentage of an element.
func (p *parser) share(e *element) any {
	v := strings.TrimSpace(strings.TrimSuffix(e.attr("percentage"), "%"))
	if v == "" {
		return nil
	}
	d := decimal(v)
	if d == "" {
		p.note(e, imports.Say("the percentage %q is no number", "النسبة المئوية «%s» ليست رقمًا", v))
		return nil
	}
	return d
}

// flag reads an xsd:boolean.
func flag(v string) bool {
	return v == "1" || strings.EqualFold(v, "true")
}

// flagOr reads an xsd:boolean that may be absent: then it is the value given.
func flagOr(v string, absent any) any {
	if v == "" {
		return absent
	}
	return flag(v)
}

// currencyCode is an ISO 4217 code; empty if the text has not the form of one.
func currencyCode(v string) string {
	v = strings.ToUpper(strings.TrimSpace(v))
	if len(v) != 3 || strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	return v
}

// link is an address that a reader may follow; empty if it has a scheme that might run in a browser.
func link(v string) string {
	visible := strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1 // browsers pass over these
		}
		return r
	}, v)
	scheme, _, found := strings.Cut(visible, ":")
	switch scheme = strings.ToLower(scheme); {
	case !found, strings.ContainsAny(scheme, "./?#"), scheme == "http", scheme == "https", scheme == "ftp":
		return v
	}
	return ""
}
