package graph

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestAcceptLanguage(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][]string{
		"":                                nil,
		"ar":                              {"ar"},
		"en-gb;q=0.8, AR-sy, *;q=0.1":     {"ar-SY", "en-GB"},
		"fr;q=0, de;q=0.5,fr-CH;q=0.9":    {"fr-CH", "de"},
		"en, en;q=0.5, en":                {"en"},
		"zh-hant-tw, sr-LATN":             {"zh-Hant-TW", "sr-Latn"},
		"a, not_a_tag, 12, en;q=x, de":    {"de"},
		"a1,b2,aa,bb,cc,dd,ee,ff,gg,hh,i": {"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"},
	} {
		if got := AcceptLanguage(header); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", header, got, want)
		}
	}
	if got := locales(WithLocales(context.Background(), []string{"EN", "en", "?", "ar"})); !slices.Equal(got, []string{"en", "ar"}) {
		t.Errorf("got %v", got)
	}
}

// TestReader: the languages of the reader choose the text unless the field says otherwise, without being part of the SQL.
func TestReader(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	const query = `{ project(by: {code: "PRJ-1"}) { title { text } ar: title(locale: "ar") { text } } }`
	for _, x := range []struct {
		locales []string
		want    string
	}{{nil, "شبكة مياه حلب"}, {[]string{"en", "ar"}, "Aleppo water network"}, {[]string{"ar", "en"}, "شبكة مياه حلب"}, {[]string{"de", "fr"}, "شبكة مياه حلب"}, {[]string{"en-GB", "ar"}, "Aleppo water network"}} {
		r := call(WithLocales(t.Context(), x.locales), g, query, nil)
		if want := `"title" : {"text" : "` + x.want + `"}, "ar" : {"text" : "شبكة مياه حلب"}`; len(r.Errors) > 0 || !strings.Contains(string(r.Data), want) {
			t.Errorf("%v: got %s %v", x.locales, r.Data, r.Errors)
		}
	}
	if s := g.Stats(); s.Compiled != 2 { // two languages of one subtag each, and three with the wider one of en-GB
		t.Errorf("compiled %d", s.Compiled)
	}
}

func TestWriteResponse(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]*graphql.Response{
		`{"data":{"a":1}}`:              {Data: []byte(`{"a":1}`)},
		`{"errors":[{"message":"no"}]}`: {Errors: gqlerror.List{{Message: "no"}}},
		`{"errors":[{"message":"no"}],"extensions":{"x":1},"data":null}`: {Errors: gqlerror.List{{Message: "no"}}, Data: []byte("null"), Extensions: map[string]any{"x": 1}},
		`{}`: {},
	} {
		var b bytes.Buffer
		if err := WriteResponse(&b, r); err != nil || b.String() != want {
			t.Errorf("got %s, want %s: %v", b.String(), want, err)
		}
	}
}

// TestCodes: each kind of mistake in a request has its code.
func TestCodes(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	for _, g := range []*Graph{open(t, d.Public(), Options{}), open(t, d.Staff(), Options{})} {
		for query, code := range map[string]Code{
			`{`:         CodeParseFailed,
			`{ bogus }`: CodeValidationFailed,
			`query($n: Int!) { projects(first: $n) { totalCount } }`: CodeValidationFailed,
			`{ projects(where: {bogus: 1}) { totalCount } }`:         CodeValidationFailed,
			`{ node(id: "x") { id } }`:                               CodeBadUserInput,
		} {
			refused(t, g, code, query, nil)
		}
	}
	g := open(t, d.Public(), Options{})
	for _, c := range []struct {
		query, want string
		variables   map[string]any
	}{
		{`query($n: Int!) { projects(first: $n) { totalCount } }`, "$n: must be defined", nil},
		{`query($n: Int) { projects(first: $n) { totalCount } }`, "$n: cannot use string as Int", map[string]any{"n": "many"}},
		{`query($w: ProjectWhere) { projects(where: $w) { totalCount } }`, "$w.status.eq: FOO is not a valid ProjectStatus", map[string]any{"w": map[string]any{"status": map[string]any{"eq": "FOO"}}}},
	} {
		if got := refused(t, g, CodeValidationFailed, c.query, c.variables); got != c.want {
			t.Errorf("%s: %q, want %q", c.query, got, c.want)
		}
	}
	staff := open(t, d.Staff(), Options{})
	if !strings.Contains(SDL(), "type Project implements Node") || staff.SDL() != SDL() {
		t.Error("the contract is not shown")
	}
}
