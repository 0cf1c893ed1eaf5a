package main

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
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
		statement, err := pool.DB.PrepareContext(ctx, string(text))
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
			var answer sql.RawBytes
			var rows *sql.Rows
			if err == nil {
				rows, err = statement.QueryContext(ctx, arguments...)
			}
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			defer rows.Close()
			if !rows.Next() || rows.Scan(&answer) != nil {
				http.Error(w, fmt.Sprint("no answer: ", rows.Err()), http.StatusInternalServerError)
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
