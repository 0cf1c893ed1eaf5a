package change

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// batch is SQL with its parameters that goes to the database in one round trip.
type batch struct {
	sql  strings.Builder
	args []any
}

// arg makes a value a parameter and returns its placeholder.
func (b *batch) arg(v any) string {
	b.args = append(b.args, v)
	return "$" + strconv.Itoa(len(b.args))
}

// typed is arg with the type of a column.
func (b *batch) typed(v any, sqlType string) string {
	return b.arg(v) + "::" + sqlType
}

func (b *batch) add(parts ...string) {
	for _, p := range parts {
		b.sql.WriteString(p)
	}
}

// statement is one SQL statement of a change, and the place in the input that it comes from.
type statement struct {
	write func(*batch)
	row   *row // nil for texts and links
	path  []string
}

// run sends all statements at once.
func run(ctx context.Context, tx *sql.Tx, list []statement) error {
	if len(list) == 0 {
		return nil
	}
	b := &batch{}
	for _, s := range list {
		s.write(b)
		b.add(";\n")
	}
	_, err := tx.ExecContext(ctx, b.sql.String(), b.args...)
	return err
}

// keys is an array of keys as a parameter.
func keys(list []int64) string {
	b := []byte{'{'}
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, '}'))
}

// query reads rows.
func query(ctx context.Context, tx *sql.Tx, what, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return ctx.Err() // pgdriver ends the rows without an error when the context is cancelled
}
