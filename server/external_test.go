package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"taawun/db"
	"taawun/db/embedded"
)

// existing is a PostgreSQL that somebody else runs, reached by TCP and password as DATABASE_URL has it.
type existing struct {
	options embedded.Options
	cluster *embedded.Cluster
	url     string
}

func startExisting(t *testing.T) *existing {
	t.Helper()
	// The private cluster that plays its part has the usual port fixed; an address of its own avoids other PostgreSQLs there.
	address := fmt.Sprintf("127.%d.%d.%d", 1+rand.N(250), rand.N(250), 1+rand.N(250))
	data := dataDir(t)
	access := filepath.Join(filepath.Dir(data), "access.conf")
	if err := os.WriteFile(access, []byte("local all all trust\nhost all all 127.0.0.0/8 scram-sha-256\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	e := &existing{
		url: "postgres://keeper:pass-word@" + address + ":5432/cooperation?sslmode=disable",
		options: embedded.Options{
			Dir: data, Throwaway: true, Logger: logSettings{}.logger(&journal{}),
			BinDir: os.Getenv("TAAWUN_PG_BINDIR"), NPM: os.Getenv("TAAWUN_PG_NPM"), User: os.Getenv("TAAWUN_PG_USER"),
			Settings: map[string]string{"listen_addresses": address, "hba_file": access},
		},
	}
	e.start(t)
	t.Cleanup(func() { e.stop(t) })
	admin := db.Private(e.cluster.Socket(), embedded.Database).Open(db.Owner, db.Pool{})
	defer admin.Close()
	for _, statement := range []string{
		"create role keeper login createrole password 'pass-word'", "create database cooperation owner keeper",
	} {
		if _, err := admin.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func (e *existing) start(t *testing.T) {
	t.Helper()
	cluster, err := embedded.Start(t.Context(), e.options)
	if err != nil {
		t.Fatal(err)
	}
	e.cluster = cluster
}

func (e *existing) stop(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := e.cluster.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func TestAnExistingPostgreSQLAndItsOutage(t *testing.T) {
	t.Parallel()
	database := startExisting(t)
	served := serveProgram(t, dataDir(t), "--database-url", database.url)
	const query = `{administrativeUnit(by: {pcode: "SY01"}) {id}}`
	if got := served.ask(t, query, nil); !strings.Contains(got.body, "unt_") {
		t.Fatalf("status %d: %s", got.status, got.body)
	}

	database.stop(t)
	for range 3 {
		if got := served.ask(t, query, nil); got.status != http.StatusServiceUnavailable || !slices.Equal(got.codes(t), []string{"UNAVAILABLE"}) {
			t.Errorf("during the outage: status %d: %s", got.status, got.body)
		}
	}
	if got := served.do(t, "GET", pathReady, nil, ""); got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "cannot be reached") {
		t.Errorf("ready during the outage: status %d: %s", got.status, got.body)
	}
	if got := served.do(t, "GET", pathLive, nil, ""); got.status != http.StatusOK {
		t.Errorf("alive during the outage: status %d: %s", got.status, got.body)
	}

	database.start(t)
	served.await(t)
	if got := served.ask(t, query, nil); !strings.Contains(got.body, "unt_") {
		t.Errorf("after the outage: status %d: %s", got.status, got.body)
	}
	if err := served.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-served.ended; err != nil {
		t.Errorf("%v\n%s", err, served.log)
	}
	if strings.Contains(served.log.String()+served.out.String(), "pass-word") {
		t.Error("the password stands in the log")
	}
}
