package change_test

import (
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/graph/change"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// TestBindSaysWhatDisagrees: the contract as it is binds; each kind of disagreement is told, all of them at once.
func TestBindSaysWhatDisagrees(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	pool := d.Server().Open(db.Staff, db.Pool{Connections: 1, Writable: true})
	defer pool.Close()
	raw, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	load := func(text string) *ast.Schema {
		t.Helper()
		s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: text})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if _, err := change.Bind(t.Context(), load(string(raw)), pool, db.Models()); err != nil {
		t.Fatal(err)
	}
	text, want := string(raw), []string{}
	for _, c := range []struct{ old, new, want string }{
		{"input ProjectInput {\n", "input ProjectInput {\n  colour: String\n", "ProjectInput.colour: Project has no column of this name"},
		{"input ProjectInput {\n", "input ProjectInput {\n  donorId: ID\n", "ProjectInput.donorId: Project has no link of this name"},
		{"input ProjectInput {\n", "input ProjectInput {\n  price: MoneyInput\n", "ProjectInput.price: the table project has no columns for an amount"},
		{"input ProjectInput {\n", "input ProjectInput {\n  places: LinkChanges\n", "ProjectInput.places: links can only be written into a table, not into project_place"},
		{"input ProjectInput {\n", "input ProjectInput {\n  children: BudgetChanges\n", "ProjectInput.children is BudgetChanges, but the relation wants ProjectChanges"},
		{"input ProjectInput {\n", "input ProjectInput {\n  updatedAt: Int\n", "ProjectInput.updatedAt is Int, but the column has the type timestamp with time zone"},
		{"input BudgetInput {\n", "input BudgetInput {\n  sums: [TextInput!]\n", "BudgetInput.sums: Budget has no column of this name"},
		{"input TransactionInput {\n", "input TransactionInput {\n  refs: [String!]\n", "TransactionInput.refs: Transaction has no column"},
	} {
		if !strings.Contains(text, c.old) {
			t.Fatalf("the contract has no %q", c.old)
		}
		text, want = strings.Replace(text, c.old, c.new, 1), append(want, c.want)
	}
	_, err = change.Bind(t.Context(), load(text), pool, db.Models())
	for _, w := range want {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("%s\nis not said in\n%v", w, err)
		}
	}
}
