package main

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"taawun/db"
	"taawun/db/embedded"
)

// The floor: the same answers from SQL written by hand with the same care, prepared, read by the same role through the same
// driver, behind a handler that does nothing else. No GraphQL.
//
//go:embed floor/*.sql
var floorSQL embed.FS

func serveFloor(ctx context.Context, dir, addr string) error {
	cluster, err := embedded.Attach(ctx, dir)
	if err != nil {
		return fmt.Errorf("finding the database of %s: %w", dir, err)
	}
	pool := db.Private(cluster.Socket(), "taawun").Open(db.Public, db.Pool{StatementTimeout: 100 * time.Second})
	defer pool.Close()
	mux := http.NewServeMux()
	for _, q := range questionTexts {
		text, err := floorSQL.ReadFile("floor/" + q.name + ".sql")
		if err != nil {
			return err
		}
		ask, err := asker(ctx, pool.DB, q.name, string(text))
		if err != nil {
			return fmt.Errorf("preparing %s: %w", q.name, err)
		}
		mux.HandleFunc("POST /"+q.name, func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), 110*time.Second)
			defer cancel()
			body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
			var arguments []any
			if err == nil {
				err = json.Unmarshal(body, &arguments)
			}
			var answer []byte
			if err == nil {
				answer, err = ask(ctx, arguments)
			}
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"data":`))
			w.Write(answer)
			w.Write([]byte(`}`))
		})
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Printf("floor on http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// asker prepares a question. The planner cannot guess how many rows the cross-tab keeps, so that question has connections of its own,
// on which nested loops are off, as they are in our function.
func asker(ctx context.Context, pool *sql.DB, name, text string) (func(context.Context, []any) ([]byte, error), error) {
	if name != "Q4" {
		statement, err := pool.PrepareContext(ctx, text)
		return func(ctx context.Context, arguments []any) ([]byte, error) { return answer(ctx, statement, arguments) }, err
	}
	free := make(chan *sql.Stmt, 4)
	for range cap(free) {
		conn, err := pool.Conn(ctx)
		if err == nil {
			_, err = conn.ExecContext(ctx, "set enable_nestloop = off")
		}
		if err != nil {
			return nil, err
		}
		statement, err := conn.PrepareContext(ctx, text)
		if err != nil {
			return nil, err
		}
		free <- statement
	}
	return func(ctx context.Context, arguments []any) ([]byte, error) {
		statement := <-free
		defer func() { free <- statement }()
		return answer(ctx, statement, arguments)
	}, nil
}

func answer(ctx context.Context, statement *sql.Stmt, arguments []any) (out []byte, err error) {
	rows, err := statement.QueryContext(ctx, arguments...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var raw sql.RawBytes
	if !rows.Next() {
		return nil, errors.Join(errors.New("no answer"), rows.Err())
	}
	if err := rows.Scan(&raw); err != nil {
		return nil, err
	}
	return append(out, raw...), rows.Err()
}
