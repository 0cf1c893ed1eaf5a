package rates

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"taawun/db/imports"
)

// quote says that one unit of the base currency is worth rate units of the currency.
type quote struct{ base, currency, date, rate string }

// sheet is a file of rates. It is read section by section, since the tables of the IMF repeat their header for each week and each manner of
// quoting.
type sheet struct {
	path    string
	source  string
	quotes  []quote
	missing int
	refused RefusedError

	kind    section
	against against
	columns []column // of the section, by position
	seen    map[[3]string]seen
}

type seen struct {
	rate string
	line int
}

// section is how the lines below a header are read.
type section int

const (
	text       section = iota // no header yet: titles
	byDay                     // a line for each day, a column for each currency: ECB, IMF query
	byCurrency                // a line for each currency, a column for each day: IMF tables
	long                      // a line for each rate
)

// against is what a table quotes currencies against; titles say it.
type against struct {
	currency string
	inverted bool // units of that currency for one unit of each, and not the other way round
}

// column is what a column holds: a day, a currency (perhaps quoted the other way round), or a field of a list.
type column struct {
	day, currency, field string
	inverted             bool
}

var (
	isoCode  = regexp.MustCompile(`^[A-Z]{3}$`)
	isoIn    = regexp.MustCompile(`\(([A-Z]{3})\)`)
	footnote = regexp.MustCompile(`\s*\((\d)\)`)
)

// readSheet reads a file of rates in any of the layouts.
func readSheet(path string, b []byte, o Options) (*sheet, error) {
	s := &sheet{path: path, source: o.Source, refused: RefusedError{Path: path}, seen: map[[3]string]seen{}, against: against{currency: o.Base}}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return nil, &RefusedError{Path: path, Refusals: []Refusal{{Reason: imports.Say("it is no text in UTF-8", "ليس نصًا بترميز UTF-8")}}}
	}
	if o.Base != "" && !isoCode.MatchString(o.Base) {
		return nil, &RefusedError{Path: path, Refusals: []Refusal{{Reason: imports.Say("the base currency %q is no ISO 4217 code such as EUR",
			"عملة الأساس «%s» ليست رمزًا من ISO 4217 مثل EUR", o.Base)}}}
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if bytes.ContainsRune(b, '\t') {
		r.Comma = '\t'
	} else if bytes.Count(b, []byte(";")) > bytes.Count(b, []byte(",")) {
		r.Comma = ';'
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var e *csv.ParseError
			if errors.As(err, &e) {
				s.refuse(e.Line, imports.Say("this is no CSV: %v", "ليس هذا ملف CSV: %v", e.Err))
				break
			}
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		line, _ := r.FieldPos(0)
		for i := range record {
			record[i] = strings.Join(strings.Fields(record[i]), " ")
		}
		for len(record) > 0 && record[len(record)-1] == "" { // the ECB closes its lines with a comma
			record = record[:len(record)-1]
		}
		if len(record) > 0 {
			s.line(line, record)
		}
	}
	if len(s.refused.Refusals) == 0 && s.kind == text {
		s.refuse(0, imports.Say("no header was found: a column Date with columns of currencies, a column Currency with columns of days, or columns Date, Currency and Rate",
			"لا سطر عناوين فيه: عمود Date مع أعمدة للعملات، أو عمود Currency مع أعمدة للأيام، أو الأعمدة Date وCurrency وRate"))
	} else if len(s.refused.Refusals) == 0 && len(s.quotes) == 0 {
		s.refuse(0, imports.Say("there is a header but no rate below it", "فيه سطر عناوين وليس تحته سعر صرف"))
	}
	if len(s.refused.Refusals) > 0 {
		return nil, &s.refused
	}
	return s, nil
}

func (s *sheet) refuse(line int, reason imports.Text) {
	s.refused.Refusals = append(s.refused.Refusals, Refusal{line, reason})
}

// publisher names the publisher whose layout was recognised, unless the person who imports has named one.
func (s *sheet) publisher(name string) {
	if s.source == "" {
		s.source = name
	}
}

// line reads one line: a title, a header or rates.
func (s *sheet) line(line int, record []string) {
	first := strings.ToLower(record[0])
	switch {
	case first == "date" || first == "currency" || len(record) > 2 && s.kind == text && isList(record):
		s.header(line, record)
	case len(record) == 1 && s.kind != byDay:
		s.title(first)
	case s.kind == text:
		s.title(strings.ToLower(strings.Join(record, " ")))
	case s.kind == long:
		s.one(line, record)
	case s.kind == byDay:
		day, err := readDay(record[0])
		if err != nil {
			s.refuse(line, imports.Told(err))
			return
		}
		s.across(line, record, func(c column) (string, string, bool) { return day, c.currency, c.inverted })
	default:
		name := record[0]
		marked := footnote.FindStringSubmatch(name)
		currency := currencyOf(footnote.ReplaceAllString(name, ""))
		if currency == "" {
			s.refuse(line, imports.Say("the currency %q is not known; give its ISO 4217 code", "العملة «%s» غير معروفة؛ اذكر رمزها في ISO 4217", name))
			return
		}
		// In the table of representative rates, note (1) marks the currencies that are quoted in dollars for one unit.
		inverted := s.against.inverted || s.against.currency == "USD" && marked != nil && marked[1] == "1"
		s.across(line, record, func(c column) (string, string, bool) { return c.day, currency, inverted })
	}
}

// title finds out from a line of text what the table below it is quoted against.
func (s *sheet) title(words string) {
	switch {
	case strings.Contains(words, "currency units per sdr") && strings.Contains(words, "sdrs per currency unit"): // of the file
		s.publisher("IMF")
	case strings.Contains(words, "currency units per sdr"):
		s.against = against{"XDR", false}
		s.publisher("IMF")
	case strings.Contains(words, "sdrs per currency unit"), strings.Contains(words, "sdr per currency unit"):
		s.against = against{"XDR", true}
		s.publisher("IMF")
	case strings.Contains(words, "representative exchange rates"), strings.Contains(words, "currency units per u.s. dollar"):
		s.against = against{"USD", false}
		s.publisher("IMF")
	}
}

func isList(record []string) bool {
	all := "|" + strings.ToLower(strings.Join(record, "|")) + "|"
	return strings.Contains(all, "|date|") && strings.Contains(all, "|currency|") && strings.Contains(all, "|rate|")
}

// header understands the columns.
func (s *sheet) header(line int, record []string) {
	s.columns = make([]column, len(record))
	if isList(record) {
		s.kind = long
		for i, name := range record {
			s.columns[i].field = strings.ReplaceAll(strings.ToLower(name), " ", "_")
		}
		return
	}
	if strings.ToLower(record[0]) == "currency" {
		s.kind = byCurrency
		for i, cell := range record[1:] {
			day, err := readDay(cell)
			if err != nil {
				s.refuse(line, imports.Say("column %d: %v", "العمود %d: %v", i+2, imports.Told(err)))
			}
			s.columns[i+1].day = day
		}
	} else {
		s.kind = byDay
		if s.against.currency == "" {
			s.against.currency = "EUR"
			s.publisher("ECB")
		}
		for i, cell := range record[1:] {
			code := cell
			if in := isoIn.FindStringSubmatch(cell); in != nil {
				code = in[1]
			}
			s.columns[i+1] = column{currency: currencyOf(code), inverted: s.against.inverted}
			if s.columns[i+1].currency == "" {
				s.refuse(line, imports.Say("column %d: %q is no currency", "العمود %d: «%s» ليس عملة", i+2, cell))
			}
		}
	}
	if s.against.currency == "" {
		s.refuse(line, imports.Say("nothing says what the currencies are quoted against; give the base currency", "لا شيء يذكر العملة التي تُسعَّر بها العملات؛ اذكر عملة الأساس"))
	}
}

// one reads a line of a list.
func (s *sheet) one(line int, record []string) {
	get := func(names ...string) string {
		for i, c := range s.columns {
			for _, name := range names {
				if c.field == name && i < len(record) {
					return record[i]
				}
			}
		}
		return ""
	}
	day, err := readDay(get("date"))
	if err != nil {
		s.refuse(line, imports.Told(err))
		return
	}
	base := get("base_currency", "base")
	if base == "" {
		base = s.against.currency
	}
	if base == "" && strings.HasPrefix(strings.ToUpper(get("source")), "IMF") { // which lists units for one dollar
		base = "USD"
		s.publisher("IMF")
	}
	currency := currencyOf(get("currency"))
	switch {
	case !isoCode.MatchString(base):
		s.refuse(line, imports.Say("the base currency is not known; add a column Base or give it", "عملة الأساس غير معروفة؛ أضف عمود Base أو اذكرها"))
	case currency == "":
		s.refuse(line, imports.Say("%q is no currency", "«%s» ليس عملة", get("currency")))
	default:
		s.add(line, base, currency, day, get("rate"))
	}
}

// across reads a line that has a rate in each column but the first.
func (s *sheet) across(line int, record []string, of func(column) (day, currency string, inverted bool)) {
	if len(record) > len(s.columns) {
		s.refuse(line, imports.Say("the line has %d values, the header has %d", "في السطر %d من القيم، وفي سطر العناوين %d", len(record), len(s.columns)))
		return
	}
	for i, cell := range record[1:] {
		day, currency, inverted := of(s.columns[i+1])
		if day == "" || currency == "" {
			continue // refused with the header
		}
		base := s.against.currency
		if inverted {
			base, currency = currency, base
		}
		s.add(line, base, currency, day, cell)
	}
}

// add takes one rate.
func (s *sheet) add(line int, base, currency, day, value string) {
	switch strings.ToUpper(value) {
	case "", "N/A", "NA", "-", "..", "N.A.":
		s.missing++
		return
	}
	rate := strings.ReplaceAll(value, ",", "")
	n, ok := new(big.Rat).SetString(rate)
	if !ok || strings.ContainsAny(rate, "eEpPxX_/") || len(rate) > 40 {
		s.refuse(line, imports.Say("the rate %q of %s is not a number", "سعر الصرف «%s» للعملة %s ليس رقمًا", value, currency))
		return
	}
	if n.Sign() <= 0 {
		s.refuse(line, imports.Say("the rate %s of %s is not above zero", "سعر الصرف %s للعملة %s ليس فوق الصفر", value, currency))
		return
	}
	if base == currency {
		if n.Cmp(big.NewRat(1, 1)) != 0 {
			s.refuse(line, imports.Say("%s is quoted against itself", "العملة %s مسعّرة بنفسها", currency))
		}
		return
	}
	key := [3]string{base, currency, day}
	if before, twice := s.seen[key]; twice {
		if before.rate != rate {
			s.refuse(line, imports.Say("the rate of %s in %s on %s is %s here and %s in line %d",
				"سعر %s بعملة %s يوم %s هنا %s، وهو %s في السطر %d", base, currency, day, rate, before.rate, before.line))
		}
		return
	}
	s.seen[key] = seen{rate, line}
	if s.source == "" {
		s.source = "not named"
	}
	s.quotes = append(s.quotes, quote{base, currency, day, rate})
}

// readDay reads a date in one of the forms that publishers use.
func readDay(value string) (string, error) {
	for _, form := range []string{"2006-01-02", "January 2, 2006", "02-Jan-2006", "2-Jan-2006", "2 January 2006", "Jan 2, 2006"} {
		if day, err := time.Parse(form, value); err == nil {
			if day.Year() < 1945 || day.After(time.Now().AddDate(0, 0, 7)) {
				return "", imports.Say("%s is no day of which rates are known", "لا أسعار معروفة ليوم %s", value)
			}
			return day.Format(time.DateOnly), nil
		}
	}
	return "", imports.Say("%q is not a date such as 2024-12-31 or December 31, 2024", "«%s» ليس تاريخًا مثل 2024-12-31 أو December 31, 2024", value)
}
