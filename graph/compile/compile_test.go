package compile

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestOption(t *testing.T) {
	t.Parallel()
	tag := reflect.StructTag(`taawun:"search,order=level desc;id,expr=coalesce(?.a, 'x,y', f(?.b, 1)),poly=kind;key"`)
	for key, want := range map[string]string{"order": "level desc;id", "expr": "coalesce(?.a, 'x,y', f(?.b, 1))", "poly": "kind;key", "search": "", "id": ""} {
		if got := option(tag, key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if !has(tag, "search") || has(tag, "within") || has(tag, "order") {
		t.Error("marks are not told from options")
	}
}

func TestSnake(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"project": "project", "ProjectConnection": "project_connection", "bookCount": "book_count", "fromDate": "from_date"} {
		if got := snake(name); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestCanonicalLocale(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{"AR": "ar", "ar-sy": "ar-SY", "ZH-hant-tw": "zh-Hant-TW", "en-x-abcd": "en-x-abcd", "sl-rozaj": "sl-rozaj", "": "", "a": "", "ar_SY": "", "ar-": "", "en-toolongtag": "", "١٢": ""} {
		got, ok := CanonicalLocale(tag)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q", tag, got)
		}
	}
	if got := lookup("zh-Hant-TW"); !slices.Equal(got, []string{"zh-Hant-TW", "zh-Hant", "zh"}) {
		t.Errorf("got %v", got)
	}
}

// TestScalar: what goes in, and the same again.
func TestScalar(t *testing.T) {
	t.Parallel()
	m := &Model{prefixes: map[string]*record{"prj": {name: "Project"}}}
	for _, x := range []struct {
		typ      string
		in, want any // want nil: refused
	}{
		{"Int", json.Number("7"), int64(7)}, {"Int", 3.0, int64(3)}, {"Int", json.Number("2147483648"), nil}, {"Int", "7", nil}, {"Int", 1.5, nil}, {"Int", true, nil},
		{"Float", json.Number("1e3"), 1000.0}, {"Float", json.Number("1e999"), nil}, {"Float", "1", nil},
		{"Boolean", true, true}, {"Boolean", "true", nil},
		{"String", "x", "x"}, {"String", json.Number("1"), nil}, {"String", "a\x00", nil}, {"String", "\xff", nil}, {"String", strings.Repeat("x", maxString), strings.Repeat("x", maxString)}, {"String", strings.Repeat("x", maxString+1), nil},
		{"Date", "2024-02-29", "2024-02-29"}, {"Date", "2023-02-29", nil}, {"Date", "0000-01-01", nil}, {"Date", "2024-2-9", nil},
		{"DateTime", "2024-01-01T01:00:00+03:00", "2023-12-31T22:00:00Z"}, {"DateTime", "2024-01-01T01:00:00.123456Z", "2024-01-01T01:00:00.123456Z"}, {"DateTime", "2024-01-01", nil}, {"DateTime", "0000-01-01T00:00:00Z", nil},
		{"Decimal", "-12.50", "-12.50"}, {"Decimal", json.Number("0.1"), "0.1"}, {"Decimal", "1e10", "1e10"}, {"Decimal", "1e100", nil}, {"Decimal", "NaN", nil}, {"Decimal", "", nil}, {"Decimal", ".", nil}, {"Decimal", "1 ", nil},
		{"ID", "prj_1f", "prj_1f"}, {"ID", "prj_7fffffffffffffff", "prj_7fffffffffffffff"}, {"ID", "prj_8000000000000000", nil}, {"ID", "prj_1F", nil}, {"ID", "prj_", nil}, {"ID", "org_1", nil}, {"ID", json.Number("5"), nil}, {"ID", int64(5), nil},
		{"URL", "https://example.org/a?b=c", "https://example.org/a?b=c"}, {"URL", "/a", nil}, {"URL", "mailto:a@example.org", "mailto:a@example.org"}, {"URL", "http://[", nil},
		{"Locale", "ar-sy", "ar-SY"}, {"Locale", "x y", nil},
		{"JSON", map[string]any{"a": json.Number("1")}, json.RawMessage(`{"a":1}`)}, {"JSON", "a\x00", nil}, {"JSON", []any{"\u0000"}, nil},
	} {
		d := &ast.Definition{Kind: ast.Scalar, Name: x.typ}
		got, err := m.scalar(d, x.in, "x")
		if x.want == nil {
			if err == nil {
				t.Errorf("%s %#v: got %#v", x.typ, x.in, got)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s %#v: got %#v, %v", x.typ, x.in, got, err)
			continue
		}
		if again, err := m.scalar(d, got, "x"); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%s %#v, read again: got %#v, %v", x.typ, x.in, again, err)
		}
	}
}

func TestParseCursor(t *testing.T) {
	t.Parallel()
	encode := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	c, err := parseCursor(encode(`["1.abc", null, 12, "x", true, 1.50]`), "after")
	if err != nil || c.mark != "1.abc" || !reflect.DeepEqual(c.values, []any{nil, "12", "x", "true", "1.50"}) {
		t.Errorf("got %v, %v", c, err)
	}
	for _, s := range []string{"", "%", encode(``), encode(`{}`), encode(`[]`), encode(`["m"]`), encode(`[1, 2]`), encode(`["m", []]`), encode(`["m", 1] x`), encode(`["m", "\u0000"]`), encode("[" + strings.Repeat(`"m",`, 30) + `1]`)} {
		if c, err := parseCursor(s, "after"); err == nil {
			t.Errorf("%q: got %v", s, c)
		}
	}
}

// TestObject: any number of pairs becomes one object, in calls of no more arguments than PostgreSQL takes.
func TestObject(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, maxPairs, maxPairs + 1, 3*maxPairs + 1} {
		var pairs []pair
		for i := range n {
			pairs = append(pairs, pair{fmt.Sprintf("k%d", i), "1"})
		}
		sql := object(pairs)
		for call := range strings.SplitSeq(sql, "json_build_object(") {
			if got := strings.Count(call, "'k"); got > maxPairs {
				t.Errorf("%d pairs in one call", got)
			}
		}
		if got := strings.Count(sql, "'k"); got != n {
			t.Errorf("%d pairs of %d", got, n)
		}
	}
}

func TestArrayLiteral(t *testing.T) {
	t.Parallel()
	got, err := arrayLiteral([]any{"a", `b"\`, nil, int64(5), "{,}", ""})
	if want := `{"a","b\"\\",NULL,"5","{,}",""}`; err != nil || got != want {
		t.Errorf("got %s, want %s: %v", got, want, err)
	}
	if v, err := driverValue(struct{}{}); err == nil {
		t.Errorf("got %v", v)
	}
}
