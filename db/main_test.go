package db_test

import (
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// run executes statements.
func run(t *testing.T, d *bun.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := d.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
	}
}

// read is the first column of a query as text, one row a line.
func read(t *testing.T, d *bun.DB, query string) string {
	t.Helper()
	rows, err := d.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	return strings.Join(out, "\n")
}

// refused wants a statement to fail with a message that holds the words.
func refused(t *testing.T, d *bun.DB, words, statement string) {
	t.Helper()
	_, err := d.ExecContext(t.Context(), statement)
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("%s\ngot %v, want an error with %q", statement, err, words)
	}
}
