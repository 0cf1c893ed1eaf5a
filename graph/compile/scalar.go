package compile

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	maxDecimal = 64   // characters of a decimal number
	maxString  = 8192 // bytes of a string
	maxWords   = 10   // words of a search
)

var (
	decimalForm = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?$`)
	localeForm  = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}$`)
	idForm      = regexp.MustCompile(`^([a-z]{2,8})_(0|[1-9a-f][0-9a-f]{0,15})$`)
)

// scalar makes a value of a scalar or enum type ready for the database, or says what is wrong with it. The value is what
// JSON or a literal gives: string, json.Number, int64, float64, bool. Reading a value twice changes nothing.
//
// The results: Int int64, Float float64, Boolean bool, Cursor *cursor, JSON and GeoJSON json.RawMessage, all others string.
func (m *Model) scalar(d *ast.Definition, v any, at string) (any, error) {
	if s, ok := v.(string); ok {
		if strings.IndexByte(s, 0) >= 0 {
			return nil, invalid(at, "a string must not hold the character NUL", "لا يجوز أن يحتوي النص على المحرف NUL")
		}
		if !utf8.ValidString(s) {
			return nil, invalid(at, "a string must be valid UTF-8", "يجب أن يكون النص بترميز UTF-8 صحيح")
		}
		if len(s) > maxString {
			return nil, invalid(at, "a string may have at most %d bytes", "لا يجوز أن يزيد النص على %d بايت", maxString)
		}
	}
	if d.Kind == ast.Enum {
		if s, ok := v.(string); ok && d.EnumValues.ForName(s) != nil {
			return s, nil
		}
		return nil, invalid(at, "%v is not a value of %s", "%v ليست من قيم %s", v, d.Name)
	}
	switch d.Name {
	case "Int":
		return integer(v, at)
	case "Float":
		return float(v, at)
	case "Boolean":
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return nil, wrong(d, v, at)
	case "JSON", "GeoJSON":
		if raw, ok := v.(json.RawMessage); ok {
			return raw, nil
		}
		raw, err := json.Marshal(v)
		if err != nil || strings.Contains(string(raw), `\u0000`) {
			return nil, wrong(d, v, at)
		}
		return json.RawMessage(raw), nil
	case "Cursor":
		if c, ok := v.(*cursor); ok {
			return c, nil
		}
	case "Decimal":
		s, ok := numeral(v)
		if !ok || len(s) > maxDecimal || !decimalForm.MatchString(s) {
			return nil, invalid(at, "%v is not a decimal number", "%v ليس عدداً عشرياً", v)
		}
		return s, nil
	case "ID":
		if n, ok := v.(int64); ok {
			v = strconv.FormatInt(n, 10)
		} else if n, ok := v.(json.Number); ok {
			v = n.String()
		}
	}
	s, ok := v.(string)
	if !ok {
		return nil, wrong(d, v, at)
	}
	switch d.Name {
	case "ID":
		_, err := m.parseID(s, at)
		return s, err
	case "Cursor":
		return parseCursor(s, at)
	case "Date":
		if t, err := time.Parse(time.DateOnly, s); err != nil || t.Year() < 1 {
			return nil, invalid(at, "%q is not a date of the form YYYY-MM-DD", "%q ليس تاريخاً بالصيغة YYYY-MM-DD", s)
		}
	case "DateTime":
		t, err := time.Parse(time.RFC3339, s)
		if err != nil || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
			return nil, invalid(at, "%q is not a moment in time of the form 2006-01-02T15:04:05Z", "%q ليس وقتاً بالصيغة 2006-01-02T15:04:05Z", s)
		}
		return t.UTC().Format(time.RFC3339Nano), nil
	case "Locale":
		l, ok := CanonicalLocale(s)
		if !ok {
			return nil, invalid(at, "%q is not a language tag such as ar or en-GB", "%q ليس رمز لغة مثل ar أو en-GB", s)
		}
		return l, nil
	case "URL":
		if u, err := url.Parse(s); err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" {
			return nil, invalid(at, "%q is not an absolute address", "%q ليس عنواناً كاملاً", s)
		}
	}
	return s, nil
}

func wrong(d *ast.Definition, v any, at string) error {
	return invalid(at, "%v cannot be used as %s", "لا يمكن استعمال %v قيمةً من النوع %s", v, d.Name)
}

func integer(v any, at string) (any, error) {
	var n int64
	switch v := v.(type) {
	case int64:
		n = v
	case int:
		n = int64(v)
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > math.MaxInt32+1 {
			return nil, invalid(at, "%v is not a whole number of 32 bits", "%v ليس عدداً صحيحاً من 32 بت", v)
		}
		n = int64(v)
	case json.Number:
		i, err := v.Int64()
		if err != nil {
			return nil, invalid(at, "%v is not a whole number of 32 bits", "%v ليس عدداً صحيحاً من 32 بت", v)
		}
		n = i
	default:
		return nil, invalid(at, "%v is not a whole number", "%v ليس عدداً صحيحاً", v)
	}
	if n < math.MinInt32 || n > math.MaxInt32 {
		return nil, invalid(at, "%v is not a whole number of 32 bits", "%v ليس عدداً صحيحاً من 32 بت", n)
	}
	return n, nil
}

func float(v any, at string) (any, error) {
	s, ok := numeral(v)
	f, err := strconv.ParseFloat(s, 64)
	if _, isString := v.(string); !ok || isString || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, invalid(at, "%v is not a number", "%v ليس عدداً", v)
	}
	return f, nil
}

// numeral is the text of a number given as a number or a string.
func numeral(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case int:
		return strconv.Itoa(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

// CanonicalLocale brings a BCP 47 tag into its usual spelling (ar-sy → ar-SY, zh-hant → zh-Hant), the spelling in which
// texts are kept; false if it is malformed.
func CanonicalLocale(tag string) (string, bool) {
	if !localeForm.MatchString(tag) {
		return "", false
	}
	parts := strings.Split(strings.ToLower(tag), "-")
	for i, p := range parts {
		switch {
		case i == 0:
		case len(p) == 2 && len(parts[i-1]) > 1:
			parts[i] = strings.ToUpper(p)
		case len(p) == 4 && p[0] >= 'a' && len(parts[i-1]) > 1:
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-"), true
}

// lookup is a locale followed by its wider ones: ar-SY, ar (RFC 4647, section 3.4).
func lookup(locale string) []string {
	out := []string{locale}
	for i := len(locale) - 1; i > 0; i-- {
		if locale[i] == '-' {
			out = append(out, locale[:i])
		}
	}
	return out
}

// id is a public id taken apart.
type id struct {
	of  *record
	key int64
}

// parseID reads a public id: the prefix of its type, an underscore, the key in lower-case hexadecimal.
func (m *Model) parseID(s, at string) (id, error) {
	g := idForm.FindStringSubmatch(s)
	if g != nil {
		if r := m.prefixes[g[1]]; r != nil {
			if n, err := strconv.ParseInt(g[2], 16, 64); err == nil {
				return id{r, n}, nil
			}
		}
	}
	return id{}, invalid(at, "%q is not an id", "%q ليس معرّفاً", s)
}

// words are the words of a search text.
func words(s string) []string { return strings.Fields(s) }

// literal is the Go value of a scalar or enum literal.
func literal(v *ast.Value) (any, error) {
	switch v.Kind {
	case ast.NullValue:
		return nil, nil
	case ast.IntValue, ast.FloatValue:
		return json.Number(v.Raw), nil
	case ast.BooleanValue:
		return v.Raw == "true", nil
	case ast.StringValue, ast.BlockValue, ast.EnumValue:
		return v.Raw, nil
	}
	x, err := v.Value(nil)
	if err != nil {
		return nil, fmt.Errorf("read a literal: %w", err)
	}
	return x, nil
}
