package graph

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/graph/compile"
)

// The structs of the small contract.
type (
	Shelf struct {
		bun.BaseModel `bun:"table:shelf" taawun:"id=shf"`

		ID    int64           `bun:"id,pk"`
		Code  string          `bun:"code,notnull"`
		Label string          `bun:"label,scanonly,type:text,notnull" taawun:"expr=upper(?.code) || ', ' || coalesce(?.note->>'en', 'none')"`
		Spot  Spot            `bun:"embed:spot_"`
		Sizes json.RawMessage `bun:"sizes,type:jsonb,notnull"`
		Best  json.RawMessage `bun:"best,type:jsonb"`
		Marks []Mark          `bun:"marks,type:mark[],notnull"`
		Note  db.Texts        `bun:"note,type:jsonb"`

		Books      []*Book `bun:"rel:has-many,join:id=shelf_id"`
		HeavyBooks []*Book `bun:"rel:has-many,join:id=shelf_id" taawun:"order=pages desc;id"`
	}
	Spot struct {
		X *float64 `bun:"x"`
		Y *float32 `bun:"y"`
	}
	Size struct {
		bun.BaseModel `bun:"table:size"`

		Width  int         `bun:"width,notnull"`
		Height *db.Decimal `bun:"height,type:numeric"`
		BookID *int64      `bun:"book_id"`

		Book *Book `bun:"rel:belongs-to,join:book_id=id"`
	}
	Mark struct {
		bun.BaseModel `bun:"table:mark_row"`

		Colour string      `bun:"colour,type:text,notnull"`
		Weight *db.Decimal `bun:"weight,type:numeric"`
	}
	Book struct {
		bun.BaseModel `bun:"table:book" taawun:"id=bok"`

		ID          int64      `bun:"id,pk"`
		Title       db.Texts   `bun:"title,type:jsonb,notnull"`
		Genre       *string    `bun:"genre"`
		Pages       *int16     `bun:"pages"`
		Added       *time.Time `bun:"added"`
		Tags        []string   `bun:"tags,array,notnull"`
		ShelfID     *int64     `bun:"shelf_id"`
		SubjectKind *string    `bun:"subject_kind"`
		SubjectID   *int64     `bun:"subject_id"`
		Subject     any        `bun:"-" taawun:"poly=subject_kind;subject_id"`

		Shelf   *Shelf    `bun:"rel:belongs-to,join:shelf_id=id"`
		Readers []*Reader `bun:"m2m:loan,join:Book=Reader"`
	}
	Reader struct {
		bun.BaseModel `bun:"table:reader" taawun:"id=rdr"`

		ID    int64   `bun:"id,pk"`
		Name  string  `bun:"name,notnull"`
		Books []*Book `bun:"m2m:loan,join:Reader=Book"`
	}
	Loan struct {
		bun.BaseModel `bun:"table:loan"`

		BookID   int64   `bun:"book_id,pk"`
		ReaderID int64   `bun:"reader_id,pk"`
		Day      db.Date `bun:"day,type:date,notnull"`

		Book   *Book   `bun:"rel:belongs-to,join:book_id=id"`
		Reader *Reader `bun:"rel:belongs-to,join:reader_id=id"`
	}
)

func smallModels() []any {
	return []any{(*Loan)(nil), (*Shelf)(nil), (*Size)(nil), (*Mark)(nil), (*Book)(nil), (*Reader)(nil)}
}

func smallDatabase(t *testing.T) *dbtest.DB {
	t.Helper()
	sql := read(t, "testdata/small/tables.sql")
	return dbtest.NewFrom(t, "small "+digest(sql), func(ctx context.Context, d *dbtest.DB) error {
		_, err := d.Owner().DB.ExecContext(ctx, sql)
		return err
	})
}

func smallContract(t *testing.T, edits ...string) *ast.Schema {
	t.Helper()
	sdl, err := os.ReadFile("testdata/small/contract.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.NewReplacer(edits...).Replace(string(sdl))
	s, errs := gqlparser.LoadSchema(&ast.Source{Name: "small", Input: edited})
	if errs != nil {
		t.Fatal(errs)
	}
	return s
}

// TestSmall asks the small contract for what the real one does not use.
func TestSmall(t *testing.T) {
	t.Parallel()
	g, err := build(t.Context(), smallContract(t), "", smallModels(), Options{DB: smallDatabase(t).Public()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	var wide, wideWant []string
	for i := range 130 {
		name := "a_very_long_alias_that_goes_on_and_on_beyond_what_postgresql_takes_for_a_name_" + strings.Repeat("x", i%3) + string(rune('a'+i%26)) + strings.Repeat("y", i/26)
		wide, wideWant = append(wide, name+":code"), append(wideWant, `"`+name+`":"A"`)
	}
	g.limits.Aliases, g.limits.Tokens = 1000, 10000
	for name, x := range map[string]struct{ query, variables, want string }{
		"computed column, embedded objects": {`{ shelves(orderBy: [{field: LABEL, direction: DESC}]) { nodes { label spot { x y __typename } } } }`, ``,
			`{"shelves":{"nodes":[{"label":"C, none","spot":{"x":-1,"y":2,"__typename":"Spot"}},{"label":"B, none","spot":null},{"label":"A, Atlases","spot":{"x":1.5,"y":null,"__typename":"Spot"}}]}}`},
		"condition on a computed column and embedded objects": {`{ a: shelves(where: {label: {startsWith: "a,"}}) { totalCount } b: shelves(where: {spot: {isNull: true}}) { nodes { code } } c: shelves(where: {spot: {x: {gt: 0, lte: 1.5}}}) { nodes { code } } d: shelves(where: {not: {spot: {y: {eq: 2}}}}) { totalCount } }`, ``,
			`{"a":{"totalCount":1},"b":{"nodes":[{"code":"B"}]},"c":{"nodes":[{"code":"A"}]},"d":{"totalCount":2}}`},
		"objects in a column": {`{ shelf(id: "shf_1") { sizes { width height book { id } } best { width book { id } } marks { colour weight __typename } } b: shelf(id: "shf_2") { sizes { width } best { width } marks { colour } } }`, ``,
			`{"shelf":{"sizes":[{"width":10,"height":"2.50","book":{"id":"bok_2"}},{"width":20,"height":null,"book":null},{"width":30,"height":null,"book":null}],"best":{"width":5,"book":{"id":"bok_1"}},"marks":[{"colour":"red","weight":"1.50","__typename":"Mark"},{"colour":"blue","weight":null,"__typename":"Mark"}]},"b":{"sizes":[],"best":null,"marks":[]}}`},
		"functions of a row": {`{ shelves(orderBy: [{field: CODE}]) { nodes { all: bookCount big: bookCount(atLeast: 150) motto { text direction } longest(than: 100) { id pages } } } }`, ``,
			`{"shelves":{"nodes":[{"all":3,"big":1,"motto":{"text":"اقرأ","direction":"RTL"},"longest":{"id":"bok_2","pages":200}},{"all":1,"big":1,"motto":null,"longest":{"id":"bok_4","pages":200}},{"all":0,"big":0,"motto":null,"longest":null}]}}`},
		"functions of a connection share its set": {`{ shelves(where: {code: {in: ["A", "B"]}}, first: 1) { nodes { id } totalCount pages long: pages(atLeast: 200) } none: shelves(where: {code: {eq: "?"}}) { pages } }`, ``,
			`{"shelves":{"nodes":[{"id":"shf_1"}],"totalCount":2,"pages":500,"long":400},"none":{"pages":0}}`},
		"root functions": {`query($n: String, $none: Int) { a: greeting b: greeting(name: $n, times: $none) c: greeting(times: 1, name: "x") numbers(upTo: 3) none: numbers(upTo: 0) heaviest { id } motto(locale: "ar") { text isFallback } noon price p: price(factor: "2.25") }`, `{"n": "'$1"}`,
			`{"a":"hello hello you","b":"hello hello '$1","c":"hello x","numbers":[1,2,3],"none":[],"heaviest":{"id":"bok_2"},"motto":{"text":"Read","isFallback":true},"noon":"2024-06-01T10:00:00Z","price":"1.50","p":"3.3750"}`},
		"arguments of a function": {`query($w: BookWhere, $o: BookOptions, $t: [String!]) { a: booksOf(shelf: "shf_1") { id } b: booksOf(shelf: "shf_1", where: $w, options: $o) { id title { text } tags } c: booksOf(shelf: "shf_1", tagged: $t) { id } d: booksOf(shelf: "shf_1", options: {shortest: true, words: ["x"]}) { id } }`,
			`{"w": {"genre": {"eq": "NOVEL"}}, "o": {"shortest": true}, "t": ["b c", "z"]}`,
			`{"a":[{"id":"bok_2"},{"id":"bok_1"},{"id":"bok_3"}],"b":[{"id":"bok_1","title":{"text":"One"},"tags":["a","b c"]},{"id":"bok_3","title":{"text":"ثلاثة"},"tags":[]}],"c":[{"id":"bok_1"}],"d":[{"id":"bok_1"},{"id":"bok_2"},{"id":"bok_3"}]}`},
		"whole lists with condition and order": {`{ shelf(id: "shf_1") { heavyBooks { id } a: heavyBooks(where: {genre: {eq: NOVEL}}) { id } b: heavyBooks(orderBy: [{field: PAGES}, {field: ID}]) { id } books { nodes { id } totalCount } } }`, ``,
			`{"shelf":{"heavyBooks":[{"id":"bok_3"},{"id":"bok_2"},{"id":"bok_1"}],"a":[{"id":"bok_3"},{"id":"bok_1"}],"b":[{"id":"bok_1"},{"id":"bok_2"},{"id":"bok_3"}],"books":{"nodes":[{"id":"bok_3"},{"id":"bok_2"},{"id":"bok_1"}],"totalCount":3}}}`},
		"facets along paths": {`{ shelves { readers: facet(by: READERS) { value count record { ... on Reader { name } ... on Book { pages } } } books: facet(by: BOOKS) { value count } genre: facet(by: GENRE) { value count record { id } } } one: shelves { facet(by: READERS, first: 1) { value count } } books { shelf: facet(by: SHELF) { value count } readers: facet(by: READERS) { count value } pages: facet(by: PAGES) { value count } } }`, ``,
			`{"shelves":{"readers":[{"value":"rdr_1","count":1,"record":{"name":"Huda"}},{"value":"rdr_2","count":1,"record":{"name":"Omar"}},{"value":"rdr_3","count":1,"record":{"name":"Rim"}}],"books":[{"value":"bok_1","count":1},{"value":"bok_2","count":1},{"value":"bok_3","count":1},{"value":"bok_4","count":1}],"genre":[{"value":"ATLAS","count":1,"record":null},{"value":"NOVEL","count":1,"record":null}]},"one":{"facet":[{"value":"rdr_1","count":1}]},"books":{"shelf":[{"value":"shf_1","count":3},{"value":"shf_2","count":1}],"readers":[{"count":2,"value":"rdr_1"},{"count":1,"value":"rdr_2"},{"count":1,"value":"rdr_3"}],"pages":[{"value":"200","count":2},{"value":"100","count":1},{"value":"5","count":1}]}}`},
		"links to one of several types": {`{ books(orderBy: [{field: ID}]) { nodes { subject { __typename ... on Shelf { code } ... on Book { pages subject { __typename } } } } } }`, ``,
			`{"books":{"nodes":[{"subject":{"__typename":"Book","pages":200,"subject":{"__typename":"Shelf"}}},{"subject":{"__typename":"Shelf","code":"A"}},{"subject":null},{"subject":null},{"subject":null}]}}`},
		"keys of two columns": {`query($k: BookBy!) { book(by: $k) { id shelfId } none: book(by: {place: {shelfId: "shf_2", genre: "NOVEL"}}) { id } x: book(by: {id: "bok_6"}) { id } }`, `{"k": {"place": {"shelfId": "shf_1", "genre": "ATLAS"}}}`,
			`{"book":{"id":"bok_2","shelfId":"shf_1"},"none":null,"x":null}`},
		"foreign ids in conditions": {`{ a: books(where: {shelfId: {eq: "shf_2"}}) { nodes { id } } b: books(where: {shelfId: {notIn: ["shf_1"]}}, orderBy: [{field: ID}]) { nodes { id shelfId added } } }`, ``,
			`{"a":{"nodes":[{"id":"bok_4"}]},"b":{"nodes":[{"id":"bok_4","shelfId":"shf_2","added":null},{"id":"bok_5","shelfId":null,"added":"2024-01-05T00:00:00Z"}]}}`},
		"numbers beyond the column": {`{ a: books(where: {pages: {gt: 2000000000}}) { totalCount } b: books(where: {pages: {in: [100000, 5]}}) { totalCount } }`, ``, `{"a":{"totalCount":0},"b":{"totalCount":1}}`},
		"texts": {`query($l: Locale, $f: [Locale!]) { a: shelf(id: "shf_1") { note(locale: $l, fallback: $f) { text locale direction status isFallback isStale } } b: shelf(id: "shf_ff") { note { text locale direction status isFallback } only: note(locale: "de-AT") { locale isFallback } } c: shelf(id: "shf_2") { note { text } } d: book(by: {id: "bok_4"}) { title { text locale status direction isStale isFallback } } }`, `{"l": "fr-CA", "f": ["ar-SY"]}`,
			`{"a":{"note":{"text":"أطالس","locale":"ar","direction":"RTL","status":"REVIEWED","isFallback":true,"isStale":true}},"b":{"note":{"text":"کوردی","locale":"ku-Arab","direction":"RTL","status":"ORIGINAL","isFallback":true},"only":{"locale":"de","isFallback":false}},"c":{"note":null},"d":{"title":{"text":"","locale":"und","status":"ORIGINAL","direction":"LTR","isStale":false,"isFallback":true}}}`},
		"list literals with variables": {`query($a: String!, $n: String) { shelves(where: {code: {in: [$a, "C"], startsWith: $n}}, orderBy: [{field: CODE}]) { nodes { code } } nodes(ids: ["shf_2", "rdr_1"]) { id } }`, `{"a": "A"}`,
			`{"shelves":{"nodes":[{"code":"A"},{"code":"C"}]},"nodes":[{"id":"shf_2"},{"id":"rdr_1"}]}`},
		"single value for a list": {`query($c: [String!]) { shelves(where: {code: {in: "A"}}) { totalCount } b: shelves(where: {code: {in: $c}}, orderBy: {field: CODE}) { totalCount } }`, `{"c": "B"}`,
			`{"shelves":{"totalCount":1},"b":{"totalCount":1}}`},
		"more fields than one call takes, longer than a name": {`{ shelf(id: "shf_1") { ` + strings.Join(wide, " ") + ` } }`, ``, `{"shelf":{` + strings.Join(wideWant, ",") + `}}`},
		"many figures of a connection":                        {`{ shelves { ` + numbered("t", "totalCount", 60) + ` nodes { code } } }`, ``, ``},
	} {
		t.Run(name, func(t *testing.T) {
			var variables map[string]any
			if x.variables != "" {
				if err := json.Unmarshal([]byte(x.variables), &variables); err != nil {
					t.Fatal(err)
				}
			}
			before := g.Stats().Executed
			r := call(t.Context(), g, x.query, decoded(t, variables))
			if len(r.Errors) > 0 {
				t.Fatal(r.Errors)
			}
			if n := g.Stats().Executed - before; n != 1 {
				t.Errorf("%d statements", n)
			}
			if x.want == "" {
				if got := dig(ask(t, g, x.query, nil), "shelves", "t59"); got != float64(3) {
					t.Errorf("got %v", got)
				}
				return
			}
			var got, want any
			if err := json.Unmarshal(r.Data, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(x.want), &want); err != nil {
				t.Fatal(err)
			}
			a, _ := json.Marshal(got)
			b, _ := json.Marshal(want)
			if string(a) != string(b) {
				t.Errorf("\n got %s\nwant %s", r.Data, x.want)
			}
		})
	}
}

func numbered(alias, field string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(alias + string(rune('0'+i/10)) + string(rune('0'+i%10)) + ": " + field + " ")
	}
	return b.String()
}

// TestCompositeKey walks a connection whose records have a key of two columns.
func TestCompositeKey(t *testing.T) {
	t.Parallel()
	g, err := build(t.Context(), smallContract(t), "", smallModels(), Options{DB: smallDatabase(t).Public()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	var got []string
	vars := map[string]any{}
	for range 5 {
		page := dig(ask(t, g, `query($c: Cursor) { loans(first: 2, after: $c, orderBy: [{field: DAY, direction: DESC}]) { pageInfo { endCursor hasNextPage } nodes { day book { id } reader { id } } } }`, vars), "loans")
		for _, n := range dig(page, "nodes").([]any) {
			book, _ := dig(n, "book", "id").(string)
			got = append(got, dig(n, "day").(string)[8:]+" "+book+" "+dig(n, "reader", "id").(string))
		}
		vars["c"] = dig(page, "pageInfo", "endCursor")
		if dig(page, "pageInfo", "hasNextPage") == false {
			break
		}
	}
	if want := "03  rdr_3,03 bok_4 rdr_3,02 bok_1 rdr_2,01 bok_2 rdr_1,01 bok_1 rdr_1"; strings.Join(got, ",") != want {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, ","), want)
	}
}

// TestDisagreements: every way in which contract, structs and database can disagree is found, and all at once.
func TestDisagreements(t *testing.T) {
	t.Parallel()
	d := smallDatabase(t)
	for _, x := range []struct{ from, to, want string }{
		{"  code: String!\n", "  code: String!\n  colour: String\n", "Shelf.colour has neither a column nor a relation nor a function shelf_colour"},
		{"pages: Int\n", "pages: Int!\n", "Book.pages must not be null in the contract, but the column pages may be"},
		{"  code: String!\n", "  code: Int!\n", "Shelf.code is Int, but the column has the type text"},
		{"  added: DateTime\n", "  added: Date\n", "Book.added is Date, but the column has the type timestamp with time zone"},
		{"  tags: [String!]!\n", "  tags: String\n", "Book.tags is String, but the column has the type text[]"},
		{"  shelf: Shelf\n", "  shelf: [Shelf!]!\n", "Book.shelf: the relation and the contract disagree whether there is one record or many"},
		{"  shelf: Shelf\n", "  shelf: Reader\n", "Book.shelf is Reader in the contract, but the relation leads to Shelf"},
		{"  shelf: Shelf\n", "  shelf: Shelf!\n", "Book.shelf must not be null in the contract, but its foreign key may be"},
		{"  subject: Thing\n", "  subject: Thing!\n", "Book.subject must not be null"},
		{"= Shelf | Book\n", "= Shelf | Size\n", "Book.subject: Size has no table with a single key"},
		{"  spot: Spot\n", "  spot: Spot!\n", "Shelf.spot must not be null"},
		{"type Spot { x: Float! y: Float }", "type Spot { x: Float! z: Float }", "Shelf.spot: the embedded struct has no field for Spot.z"},
		{"bookCount(atLeast: Int): Int!", "bookCount(atMost: Int): Int!", "Shelf.bookCount: the function shelf_book_count has no argument at_most"},
		{"pages(atLeast: Int): Int! }", "pages(atLeast: Int): [Int!]! }", "ShelfConnection.pages is a list, but the function shelf_connection_pages does not return a set"},
		{"enum ShelfFacet { CODE", "enum ShelfFacet { COLOUR", "ShelfFacet.COLOUR leads to no column and no relation"},
		{"books.genre", "books.colour", "ShelfFacet.GENRE leads to no column and no relation"},
		{"enum ShelfOrderField { CODE", "enum ShelfOrderField { NOTE", "ShelfOrderField.NOTE: a column of type jsonb has no order for people"},
		{"enum LoanOrderField { DAY", "enum LoanOrderField { NIGHT", "LoanOrderField.NIGHT: Loan has no such column"},
		{"code: StringFilter", "colour: StringFilter", "ShelfWhere.colour has neither a column nor a relation of Shelf"},
		{"code: StringFilter", "code: IntFilter", "ShelfWhere.code is Int, but the column has the type text"},
		{"books: BookLinks", "books: BookWhere", "ShelfWhere.books is BookWhere, but the relation wants BookLinks"},
		{"id: IDFilter name: StringFilter", "search: String within: ID name: StringFilter", `ReaderWhere.within: no many-to-many relation of Reader has the tag taawun:"within"`},
		{"input BookPlace { shelfId: ID!", "input BookPlace { shelf: ID!", "Query.book.place.shelf: Book has no column shelf to be found by"},
		{"greeting(name: String", "greetings(name: String", "Query.greetings has neither a column nor a relation nor a function greetings"},
		{"booksOf(shelf: ID!", "booksOf(shelf: ID!, it: ID", "Query.booksOf: the argument it is named after no type whose ids it could take"},
	} {
		schema := smallContract(t, x.from, x.to)
		if _, err := compile.Bind(t.Context(), schema, d.Public(), smallModels()); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q: want %q, got %v", x.to, x.want, err)
		}
	}
	_, err := compile.Bind(t.Context(), smallContract(t, "pages: Int\n", "pages: Int!\n", "  shelf: Shelf\n", "  shelf: Shelf!\n"), d.Public(), smallModels())
	if err == nil || strings.Count(err.Error(), "must not be null") != 2 {
		t.Errorf("want both disagreements, got %v", err)
	}
	if _, err := d.Owner().ExecContext(t.Context(), "revoke select on pub.reader from taawun_public; alter table base.shelf rename column code to colour; drop view pub.shelf; create view pub.shelf as select * from base.shelf"); err != nil {
		t.Fatal(err)
	}
	_, err = compile.Bind(t.Context(), smallContract(t), d.Public(), smallModels())
	if err == nil || !strings.Contains(err.Error(), "Reader.name: the relation reader has no column name that this role may read") ||
		!strings.Contains(err.Error(), "Shelf.code: the relation shelf has no column code") {
		t.Errorf("got %v", err)
	}
	if _, err := compile.Bind(t.Context(), smallContract(t), d.Public(), []any{(*Book)(nil)}); err == nil {
		t.Error("structs are missing")
	}
}
