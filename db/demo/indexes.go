package demo

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// many is the number of projects from which on it is faster to build indexes anew than to keep them up row by row.
const many = 2000

// dropIndexes drops, within the transaction, the indexes that only serve readers, and returns the statements that bring them back. Until then other
// sessions wait for the tables, which hold nothing yet.
func (g *generator) dropIndexes(ctx context.Context, conn bun.Conn) ([]string, error) {
	if g.options.Projects < many {
		return nil, nil
	}
	var restore, drop []string
	for _, t := range g.tables.all {
		if t == g.tables.dataSet || t == g.tables.ministryUnit || t == g.tables.source || t == g.tables.document {
			continue // reference data has rows there
		}
		rows, err := conn.QueryContext(ctx, `select pg_get_indexdef(i.indexrelid), format('drop index %s', i.indexrelid::regclass)
			from pg_index i where i.indrelid = ?::regclass and not i.indisunique and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
			order by i.indexrelid`, "base."+t.table)
		if err != nil {
			return nil, fmt.Errorf("listing indexes: %w", err)
		}
		for rows.Next() {
			var create, remove string
			if err := rows.Scan(&create, &remove); err != nil {
				rows.Close()
				return nil, fmt.Errorf("listing indexes: %w", err)
			}
			restore, drop = append(restore, create), append(drop, remove)
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("listing indexes: %w", err)
		}
		rows.Close()
	}
	for _, statement := range drop {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("setting an index aside: %w", err)
		}
	}
	return restore, nil
}

// createIndexes brings back what dropIndexes dropped.
func createIndexes(ctx context.Context, conn bun.Conn, statements []string) error {
	if len(statements) == 0 {
		return nil
	}
	if _, err := conn.ExecContext(ctx, "set local maintenance_work_mem to '256MB'"); err != nil {
		return fmt.Errorf("preparing to build indexes: %w", err)
	}
	for _, statement := range statements {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("building an index (%s): %w", statement, err)
		}
	}
	return nil
}
