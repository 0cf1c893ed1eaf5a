package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/graph"
)

var (
	queriesFlag = flag.Int("queries", 1000, "queries to make up for the public and for an administrator")
	seedFlag    = flag.Uint64("seed", 0, "seed of the data and the queries; 0 for the usual one")
	reportFlag  = flag.Int("failures", 3, "disagreements to report before giving up")
)

const usualSeed = 20261123

// reader is one role's view of the data: the graph that is tested, and the tables for the oracle.
type reader struct {
	role     db.Role
	server   *handler.Server
	executed *atomic.Int64
	seen     *tables
	log      *bytes.Buffer // causes of masked errors
}

// prepared is a filled database with the contract and its readers.
type prepared struct {
	contract *contract
	data     *dbtest.DB
	sample   *sample
	limits   graph.Limits
	readers  map[db.Role]*reader // the public, and an administrator, who sees everything
}

// prepare fills a database and opens it to both roles, within these limits.
func prepare(t testing.TB, seed uint64, limits graph.Limits) *prepared {
	t.Helper()
	p := &prepared{data: dbtest.New(t), limits: limits, readers: map[db.Role]*reader{}}
	p.contract = newContract(t, p.data.Owner())
	p.sample = fill(t.Context(), t, p.contract, p.data.Owner(), seed)
	administrator := p.person(t, "ADMINISTRATOR", nil)
	if _, err := p.data.Owner().ExecContext(t.Context(), "analyze"); err != nil {
		t.Fatal(err)
	}
	p.readers[db.Staff], p.readers[db.Public] = p.read(t, db.Staff, administrator), p.read(t, db.Public, 0)
	return p
}

// person adds an account with a role, for a unit of the ministry or for all of it.
func (p *prepared) person(t testing.TB, role string, unit *int64) int64 {
	t.Helper()
	var account, given int64
	if err := p.data.Owner().QueryRowContext(t.Context(), "insert into account (id, login, name) values (?, ?, ?) returning id", p.sample.nextKey("account"), "reader-"+role, role).Scan(&account); err != nil {
		t.Fatal(err)
	}
	if err := p.data.Owner().QueryRowContext(t.Context(), "insert into account_role (id, account_id, role, ministry_unit_id) values (?, ?, ?, ?) returning id", p.sample.nextKey("account_role"),
		account, role, unit).Scan(&given); err != nil {
		t.Fatal(err)
	}
	p.sample.add("account", account, false)
	p.sample.add("account_role", given, false)
	return account
}

// read opens the database to a role, and to which person of it.
func (p *prepared) read(t testing.TB, role db.Role, actor int64) *reader {
	t.Helper()
	pool, executed := newCounted(t, p.data, role, actor)
	log := new(bytes.Buffer)
	g, err := graph.New(t.Context(), graph.Options{DB: pool, Statements: 20, Limits: p.limits, Logger: slog.New(slog.NewTextHandler(log, nil))})
	if err != nil {
		t.Fatalf("as %s: %v", role, err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	server := g.Server()
	server.AddTransport(transport.POST{})
	return &reader{role, server, executed, readTables(t.Context(), t, p.contract, pool, p.data.Owner()), log}
}

// ask sends a query over HTTP, as a client does.
func (r *reader) ask(ctx context.Context, query, operation string, variables map[string]any, locales []string) (answer object, err error) {
	body, err := json.Marshal(map[string]any{"query": query, "operationName": operation, "variables": variables})
	if err != nil {
		return nil, err
	}
	request := httptest.NewRequestWithContext(graph.WithLocales(ctx, locales), http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	r.server.ServeHTTP(recorder, request)
	value, err := decode(recorder.Body.Bytes())
	if err != nil {
		return nil, fmt.Errorf("status %d: %w", recorder.Code, err)
	}
	return value.(object), nil
}

// code is the code of the first error of an answer, "" if it has none.
func code(answer object) string {
	errors, _ := answer.get("errors").([]any)
	if len(errors) == 0 {
		return ""
	}
	extensions, _ := errors[0].(object).get("extensions").(object)
	return fmt.Sprint(extensions.get("code"))
}

// parse reads and validates a document.
func (c *contract) parse(text, operation string) (*ast.OperationDefinition, error) {
	doc, err := parser.ParseQuery(&ast.Source{Input: text})
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(c.Schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, errs
	}
	op := doc.Operations.ForName(operation)
	if op == nil {
		return nil, fmt.Errorf("no operation %q", operation)
	}
	return op, nil
}

// trial compares the answers of a reader to one operation with the oracle's.
type trial struct {
	*prepared
	*reader
	cursors *cursors
	locales []string
	text    string
	name    string
	met     *coverage
}

// run asks once; it returns the records shown by each connection. costly says that the operation was refused by a limit.
func (r *trial) run(ctx context.Context, op *ast.OperationDefinition, variables map[string]any) (shown map[string][]*mark, costly bool, err error) {
	locales := r.locales
	if len(locales) == 0 {
		locales = []string{"ar", "en"}
	}
	r.log.Reset()
	before := r.executed.Load()
	answer, err := r.ask(ctx, r.text, r.name, variables, r.locales)
	if err != nil {
		return nil, false, err
	}
	if code(answer) == "QUERY_TOO_COSTLY" {
		return nil, true, nil
	}
	if answer.get("errors") != nil {
		text, _ := json.Marshal(plainJSON(answer.get("errors")))
		return nil, false, fmt.Errorf("refused: %.2000s %.4000s", text, r.log)
	}
	sent, err := plainVariables(variables)
	if err != nil {
		return nil, false, err
	}
	x := &execution{contract: r.contract, tables: r.seen, in: &inputs{r.contract, op, sent}, locales: locales, cursors: r.cursors, shown: map[string][]*mark{}, met: r.met}
	want, err := x.answer()
	if err != nil {
		return nil, false, err
	}
	if err := r.cursors.differ("data", want, answer.get("data")); err != nil {
		return nil, false, err
	}
	asked := int64(0)
	for _, m := range want {
		if m.value != "Query" {
			asked = 1
		}
	}
	if n := r.executed.Load() - before; n != asked {
		return nil, false, fmt.Errorf("%d statements were executed, not %d", n, asked)
	}
	if r.role == db.Public {
		if text, _ := json.Marshal(plainJSON(answer)); bytes.Contains(text, []byte(hidden)) || bytes.Contains(text, []byte(hiddenCurrency)) {
			return nil, false, fmt.Errorf("the public sees what is not published: %.2000s", text)
		}
	}
	return x.shown, false, nil
}

// plainVariables are variables as JSON gives them.
func plainVariables(variables map[string]any) (map[string]any, error) {
	text, err := json.Marshal(variables)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	out := map[string]any{}
	return out, d.Decode(&out)
}

// plainJSON turns objects into maps, for encoding/json.
func plainJSON(v any) any {
	switch v := v.(type) {
	case object:
		out := map[string]any{}
		for _, m := range v {
			out[m.name] = plainJSON(m.value)
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, plainJSON(x))
		}
		return out
	}
	return v
}

// TestAgreement makes up operations, asks each of them several times (with other values of the variables, and with cursors of
// the answer before) and compares every answer with the oracle's: as the public, as an administrator, who sees everything, and as an editor of
// one unit of the ministry, who does not see what is confidential in the others.
func TestAgreement(t *testing.T) {
	seed := *seedFlag
	if seed == 0 {
		seed = usualSeed
	}
	p := prepare(t, seed, graph.Limits{Tokens: 20000, Aliases: 1000}) // what else is limited is limited as in the program
	editor := p.read(t, db.Staff, p.person(t, "EDITOR", &p.sample.keys["ministry_unit"][0]))
	if sees, all := len(editor.seen.rows["project"]), len(p.sample.keys["project"]); sees == all || sees <= len(p.readers[db.Public].seen.rows["project"]) {
		t.Errorf("the editor sees %d projects of %d", sees, all)
	}
	p.readers[db.Staff] = p.read(t, db.Staff, p.sample.keys["account"][len(p.sample.keys["account"])-2]) // sees the editor too
	for n, reader := range []struct {
		name string
		*reader
		queries int
	}{{"public", p.readers[db.Public], *queriesFlag}, {"administrator", p.readers[db.Staff], *queriesFlag}, {"editor", editor, *queriesFlag / 3}} {
		t.Run(reader.name, func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, uint64(n)))
			s := &series{prepared: p, reader: reader.reader, seed: seed, random: random, met: newCoverage(), generator: newGenerator(p.contract, p.readers[db.Staff].seen, random)}
			started := time.Now()
			for range reader.queries {
				s.ask(t, s.generator.generate())
			}
			whole := reader.queries >= 300
			for n := 0; whole && n < 3; n++ { // what chance has left out
				for _, o := range s.generator.missed(s.met, reader.seen) {
					s.ask(t, o)
				}
			}
			t.Logf("%d queries in %d runs agree in %s; %d were too costly", s.asked, s.runs, time.Since(started).Round(time.Second), s.costly)
			if s.costly > s.asked/5 {
				t.Errorf("too many queries are beyond the limits")
			}
			if whole {
				s.met.check(t, p.contract, reader.seen)
			}
		})
	}
}

// series is what one reader is asked.
type series struct {
	*prepared
	reader                        *reader
	seed                          uint64
	random                        *rand.Rand
	generator                     *generator
	met                           *coverage
	asked, runs, costly, failures int
}

// ask asks an operation several times.
func (s *series) ask(t *testing.T, made *operation) {
	t.Helper()
	which := fmt.Sprintf("query %d of seed %d", s.asked, s.seed)
	s.asked++
	op, err := s.contract.parse(made.text, made.name)
	if err != nil {
		t.Fatalf("%s is not valid: %v\n%s", which, err, made.text)
	}
	r := &trial{prepared: s.prepared, reader: s.reader, cursors: newCursors(), text: made.text, name: made.name, met: s.met,
		locales: one(s.random, [][]string{nil, nil, {"en"}, {"ar-SY", "fr"}, {"ku", "ckb", "en-GB"}, {"de"}, {"zh-Hant-TW"}})}
	for range 3 {
		shown, tooCostly, err := r.run(t.Context(), op, made.variables)
		if tooCostly {
			s.costly++
			return
		}
		s.runs++
		if err != nil {
			r.report(t, which, made.variables, err)
			if s.failures++; s.failures >= *reportFlag {
				t.Fatalf("giving up after %d queries", s.asked)
			}
			return
		}
		turned := turnPages(s.random, made, shown, r.cursors)
		if !s.generator.vary(made) && !turned {
			return
		}
	}
}

// report says what went wrong, by the smallest document that still goes wrong.
func (r *trial) report(t *testing.T, which string, variables map[string]any, err error) {
	t.Helper()
	kind := kindOf(err)
	r.text = shrink(r.text, func(text string) bool {
		op, invalid := r.contract.parse(text, r.name)
		if invalid != nil {
			return false
		}
		r.text = text
		_, costly, again := r.run(t.Context(), op, r.sent(op, variables))
		if costly || again == nil || kindOf(again) != kind {
			return false
		}
		err = again
		return true
	})
	op, _ := r.contract.parse(r.text, r.name)
	sent, _ := json.Marshal(r.sent(op, variables))
	t.Errorf("%s: %v\n%s\nvariables: %s\nlocales: %q", which, err, strings.TrimSpace(r.text), sent, r.locales)
}

// kindOf is what a disagreement is about, by the words that do not change from one query to the next.
func kindOf(err error) string {
	kind := ""
	for _, word := range []string{"BAD_USER_INPUT", "INTERNAL_SERVER_ERROR", "statements", "public", "does not know", "hasNextPage", "hasPreviousPage", "direction", "RTL"} {
		if strings.Contains(err.Error(), word) {
			kind += word
		}
	}
	return kind
}

// sent are the variables that an operation declares.
func (r *trial) sent(op *ast.OperationDefinition, variables map[string]any) map[string]any {
	out := map[string]any{}
	for _, d := range op.VariableDefinitions {
		if v, ok := variables[d.Variable]; ok {
			out[d.Variable] = v
		}
	}
	return out
}

// turnPages gives variables that stand for cursors places of the last answer; false if there is nothing to give.
func turnPages(random *rand.Rand, made *operation, shown map[string][]*mark, known *cursors) bool {
	turned := false
	for _, page := range made.pages {
		delete(made.variables, page.variable)
		var given []string
		for _, m := range shown[page.connection] {
			if s := known.text(m); s != "" {
				given = append(given, s)
			}
		}
		if len(given) > 0 && odds(random, 70) {
			made.variables[page.variable] = one(random, given)
			turned = true
		} else if odds(random, 10) {
			made.variables[page.variable] = nil
		}
	}
	return turned
}
