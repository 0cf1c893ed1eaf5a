package change

import (
	"cmp"
	"encoding/json"
	"math"
	"net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"taawun/graph/compile"
)

// Lengths of texts, in characters.
const (
	codeLength  = 100
	nameLength  = 1_000
	textLength  = 50_000
	urlLength   = 2_000
	mailLength  = 254
	jsonLength  = 5_000_000 // bytes: a boundary
	maxElements = 5_000     // rows, texts and links of one change
	maxProblems = 100       // told at once
)

// lengthOf is how many characters a text of a field may have.
func lengthOf(d *ast.FieldDefinition) int {
	switch d.Type.Name() {
	case "URL":
		return urlLength
	case "TextInput":
		switch d.Name {
		case "name", "title", "person", "function", "department", "organization", "ownerName", "providerName", "receiverName", "signatoryCapacity":
			return nameLength
		}
		return textLength
	case "String":
		switch d.Name {
		case "code", "pcode", "acronym", "iso31662", "wikidataId", "scheme", "type", "vocabulary", "format", "kind", "phone", "login", "clause":
			return codeLength
		case "email":
			return mailLength
		case "note", "purpose":
			return textLength
		}
	}
	return nameLength
}

var (
	decimalForm  = regexp.MustCompile(`^([+-]?)(\d{1,30}(\.\d{0,20})?|\.\d{1,20})$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	idForm       = regexp.MustCompile(`^([a-z]{2,8})_(0|[1-9a-f][0-9a-f]{0,15})$`)
)

// bounds are what a number may be, where its column would take more.
var bounds = map[string][2]float64{
	"latitude": {-90, 90}, "longitude": {-180, 180}, "capitalSpend": {0, 100}, "population": {0, math.MaxInt32}, "pages": {0, 100_000}, "position": {0, 1_000_000},
	"year": {1000, 9999}, "durationMonths": {0, 12_000}, "renewalMonths": {0, 12_000}, "noticeDays": {0, 36_500}, "leadDays": {0, 36_500}, "areaKm2": {0, 1e9}, "level": {0, 9}, "hierarchy": {1, 99},
	"percentage": {0, 100}, "share": {0, 100},
}

// shares are the numbers that say which part of a whole something is.
var shares = map[string]bool{"percentage": true, "share": true, "capitalSpend": true}

// scalar makes a value of a field ready for the database, or says what is wrong with it. v is what gqlparser gives and not nil.
// The results are string, int64, float64 or bool; nil for an empty text.
func (m *Model) scalar(f *field, v any, path []string) (any, []Problem) {
	d := m.contract.Types[f.typ.Name()]
	if f.typ.Elem != nil {
		list, _ := v.([]any)
		if list == nil {
			list = []any{v}
		}
		one := *f
		one.typ = f.typ.Elem
		var out strings.Builder
		var problems []Problem
		for i, x := range list {
			ready, p := m.scalar(&one, x, below(path, strconv.Itoa(i)))
			problems = append(problems, p...)
			if s, ok := ready.(string); ok {
				out.WriteString(map[bool]string{true: ",", false: ""}[i > 0] + `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`)
			}
		}
		return "{" + out.String() + "}", problems
	}
	if d.Kind == ast.Enum {
		return v, nil // gqlparser has looked at it
	}
	switch d.Name {
	case "Boolean":
		return v, nil
	case "Int":
		n, ok := Int(v)
		if !ok {
			return nil, []Problem{refuse(path, Invalid, "%v is not a whole number of 32 bits", "%v ليس عدداً صحيحاً من 32 بت", v)}
		}
		return n, inBounds(f.name, float64(n), path)
	case "Float":
		x, err := strconv.ParseFloat(numeral(v), 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			return nil, []Problem{refuse(path, Invalid, "%v is not a number", "%v ليس عدداً", v)}
		}
		return x, inBounds(f.name, x, path)
	case "Decimal":
		return decimal(f.name, v, path)
	case "JSON", "GeoJSON":
		raw, err := json.Marshal(v)
		if s, ok := v.(string); ok && d.Name == "GeoJSON" && json.Valid([]byte(s)) { // as clients send what they have read from a file
			raw, err = []byte(s), nil
		}
		if err != nil || strings.Contains(string(raw), `\u0000`) || len(raw) > jsonLength {
			return nil, []Problem{refuse(path, Invalid, "this is not a value that can be kept: at most %d bytes, without the character NUL", "لا يمكن حفظ هذه القيمة: الحد الأقصى %d بايت ومن دون المحرف NUL", jsonLength)}
		}
		if d.Name == "GeoJSON" && !geometry(raw) {
			return nil, []Problem{refuse(path, Invalid, "a GeoJSON geometry is wanted: an object with type and coordinates", "المطلوب شكل هندسي بصيغة GeoJSON: كائن له type وcoordinates")}
		}
		return string(raw), nil
	}
	s, ok := v.(string)
	if !ok {
		return nil, []Problem{refuse(path, Invalid, "%v is not a text", "%v ليس نصاً", v)}
	}
	s = strings.TrimSpace(s)
	if p := letters(s, f.limit, f.limit == textLength, path); p != nil {
		return nil, p
	}
	if s == "" {
		return nil, nil
	}
	switch d.Name {
	case "Date":
		if t, err := time.Parse(time.DateOnly, s); err != nil || t.Year() < 1000 {
			return nil, []Problem{refuse(path, Invalid, "%q is not a date of the form YYYY-MM-DD", "%q ليس تاريخاً بالصيغة YYYY-MM-DD", s)}
		}
	case "DateTime":
		t, err := time.Parse(time.RFC3339, s)
		if err != nil || t.UTC().Year() < 1000 || t.UTC().Year() > 9999 {
			return nil, []Problem{refuse(path, Invalid, "%q is not a moment in time of the form 2006-01-02T15:04:05Z", "%q ليس وقتاً بالصيغة 2006-01-02T15:04:05Z", s)}
		}
		return t.UTC().Format(time.RFC3339Nano), nil
	case "Locale":
		l, ok := compile.CanonicalLocale(s)
		if !ok {
			return nil, []Problem{refuse(path, Invalid, "%q is not a language tag such as ar or en-GB", "%q ليس رمز لغة مثل ar أو en-GB", s)}
		}
		return l, nil
	case "URL":
		u, err := url.Parse(s)
		if err != nil || !(u.Scheme == "http" || u.Scheme == "https") || u.Host == "" {
			if err != nil || u.Scheme != "mailto" || u.Opaque == "" {
				return nil, []Problem{refuse(path, Invalid, "%q is not an address that begins with https://, http:// or mailto:", "%q ليس عنواناً يبدأ بـ https:// أو http:// أو mailto:", s)}
			}
		}
	case "String":
		if f.name == "email" {
			if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
				return nil, []Problem{refuse(path, Invalid, "%q is not an electronic mail address", "%q ليس عنوان بريد إلكتروني", s)}
			}
		}
		if f.name == "defaultCurrency" && !currencyForm.MatchString(s) {
			return nil, []Problem{currencyProblem(s, path)}
		}
	}
	return s, nil
}

// letters checks what a text is made of and how long it is.
func letters(s string, limit int, lines bool, path []string) []Problem {
	if !utf8.ValidString(s) {
		return []Problem{refuse(path, Text, "the text is not valid UTF-8", "النص ليس بترميز UTF-8 صحيح")}
	}
	for _, r := range s {
		if unicode.Is(unicode.Cc, r) && !(lines && (r == '\n' || r == '\t')) {
			return []Problem{refuse(path, Text, "the text has the control character U+%04X", "يحتوي النص على محرف تحكم U+%04X", r)}
		}
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return []Problem{refuse(path, Text, "the text has %d characters; at most %d are kept", "عدد محارف النص %d، والحد الأقصى %d", n, limit)}
	}
	return nil
}

func currencyProblem(s string, path []string) Problem {
	return refuse(path, Invalid, "%q is not a currency code such as USD", "%q ليس رمز عملة مثل USD", s)
}

// decimal is a number of any precision, as text.
func decimal(name string, v any, path []string) (any, []Problem) {
	s := numeral(v)
	if !decimalForm.MatchString(s) {
		if x, err := strconv.ParseFloat(s, 64); err != nil || math.Abs(x) >= 1e30 || math.IsNaN(x) || len(s) > 60 {
			return nil, []Problem{refuse(path, Invalid, "%v is not a decimal number of at most 30 digits before and 20 after the point", "%v ليس عدداً عشرياً (30 رقماً قبل الفاصلة و20 بعدها كحد أقصى)", v)}
		}
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil, []Problem{refuse(path, Invalid, "%v is not a decimal number", "%v ليس عدداً عشرياً", v)}
	}
	return s, inBounds(name, x, path)
}

func inBounds(name string, x float64, path []string) []Problem {
	b, ok := bounds[name]
	if !ok || x >= b[0] && x <= b[1] {
		return nil
	}
	return []Problem{refuse(path, map[bool]string{true: Shares, false: Invalid}[shares[name]], "%v is not between %v and %v", "القيمة %v ليست بين %v و%v", x, b[0], b[1])}
}

// Int is a whole number of 32 bits, as gqlparser or JSON give it.
func Int(v any) (int64, bool) {
	n, err := strconv.ParseInt(numeral(v), 10, 32)
	if x, ok := v.(float64); ok && x == math.Trunc(x) && math.Abs(x) <= math.MaxInt32 {
		return int64(x), true
	}
	if _, ok := v.(string); ok {
		return 0, false
	}
	return n, err == nil
}

// numeral is the text of a number given as a number or a string.
func numeral(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case json.Number:
		return v.String()
	case int:
		return strconv.Itoa(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// geometry says whether JSON has the form of a GeoJSON geometry.
func geometry(raw []byte) bool {
	var g struct {
		Type        string
		Coordinates json.RawMessage
		Geometries  json.RawMessage
	}
	if json.Unmarshal(raw, &g) != nil {
		return false
	}
	switch g.Type {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon":
		return len(g.Coordinates) > 0 && g.Coordinates[0] == '['
	case "GeometryCollection":
		return len(g.Geometries) > 0 && g.Geometries[0] == '['
	}
	return false
}

// key reads a public id that must be of one of the kinds.
func (m *Model) key(v any, path []string, want ...*kind) (*kind, int64, *Problem) {
	s, _ := v.(string)
	if n, ok := v.(json.Number); ok {
		s = n.String()
	}
	g := idForm.FindStringSubmatch(s)
	var k *kind
	var n int64
	if g != nil {
		k = m.prefixes[g[1]]
		var err error
		if n, err = strconv.ParseInt(g[2], 16, 64); err != nil {
			k = nil
		}
	}
	if k == nil {
		p := refuse(path, Invalid, "%q is not an id", "%q ليس معرّفاً", cmp.Or(s, numeral(v)))
		return nil, 0, &p
	}
	for _, w := range want {
		if w == k {
			return k, n, nil
		}
	}
	if len(want) == 1 {
		p := refuse(path, Invalid, "%q is the id of %s, not of %s", "%q معرّف سجل من النوع %s وليس من النوع %s", s, k.name, want[0].name)
		return nil, 0, &p
	}
	p := refuse(path, Invalid, "%q is the id of %s, to which this cannot be done", "%q معرّف سجل من النوع %s ولا يمكن إجراء هذه الخطوة عليه", s, k.name)
	return nil, 0, &p
}
