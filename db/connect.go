// Package db maps the linked graph to PostgreSQL: one bun struct per table, the migrations, the roles and the connections.
// It knows no GraphQL and no HTTP.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/driver/pgdriver"
)

// Role is who reads or writes. PostgreSQL decides what each may see: a role has rights on the views of its own schema only.
type Role string

const (
	// Owner owns the tables: migrations, imports and the commands of whoever runs the server. It sees everything.
	Owner Role = "taawun"
	// Staff is everybody who is signed in. Who it is says the setting taawun.actor of the transaction; without it, nobody.
	Staff Role = "taawun_staff"
	// Gate signs people in: it alone reaches the schema auth, and no table of records.
	Gate Role = "taawun_gate"
	// Public reads what is published.
	Public Role = "taawun_public"
)

func (r Role) searchPath() string {
	return map[Role]string{Owner: "base, fn, public", Staff: "staff, fn, public", Gate: "auth, fn, public", Public: "pub, fn, public"}[r]
}

// Server is where a database lives and how one logs in to it.
type Server struct {
	options []pgdriver.Option
	private bool // each role logs in itself; otherwise the one account takes its role on by SET ROLE
	name    string
}

// Private is a database of the private cluster behind the socket (package embedded), where every role logs in itself.
func Private(socket, database string) Server {
	return Server{private: true, name: "private database " + database, options: []pgdriver.Option{
		pgdriver.WithNetwork("unix"), pgdriver.WithAddr(socket), pgdriver.WithInsecure(true), pgdriver.WithDatabase(database),
	}}
}

// External is the database of a DATABASE_URL (postgres://user:password@host:port/database?sslmode=verify-full). Its account owns the
// database, may create roles, and becomes the role it reads as. TLS is verified unless sslmode says otherwise.
func External(databaseURL string) (Server, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || u.Host == "" || len(u.Path) < 2 {
		return Server{}, errors.New("DATABASE_URL is not of the form postgres://user:password@host:port/database?sslmode=verify-full")
	}
	q := u.Query()
	if q.Get("sslmode") == "" {
		q.Set("sslmode", map[bool]string{true: "disable", false: "verify-full"}[loopback(u.Hostname())])
		u.RawQuery = q.Encode()
	}
	var options []pgdriver.Option
	err = safely(func() { // pgdriver panics on options it does not know
		options = []pgdriver.Option{pgdriver.WithDSN(u.String())}
		pgdriver.NewConnector(options...)
	})
	if err != nil {
		return Server{}, fmt.Errorf("reading DATABASE_URL: %w", err)
	}
	return Server{options: options, name: fmt.Sprintf("database %s on %s", strings.TrimPrefix(u.Path, "/"), u.Host)}, nil
}

func loopback(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

func safely(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	f()
	return nil
}

// As is the same database reached by one account that takes its roles on, as through a DATABASE_URL.
func (s Server) As(account string) Server {
	s.private = false
	s.options = append(s.options[:len(s.options):len(s.options)], pgdriver.WithUser(account))
	return s
}

// String names the server for people, without its password.
func (s Server) String() string { return s.name }

// Pool says how a role's connections behave. Zero values mean the defaults.
type Pool struct {
	Connections      int           // at most this many; default 4 for each core
	StatementTimeout time.Duration // default 8 s, none for the owner
	Writable         bool          // transactions may write without saying so; the owner's always may
	Past             bool          // for the staff: reads records as they stood at the moment of Acting.AsOf
}

// Open opens a pool of connections of a role; nothing is connected before the first use. The caller closes it.
func (s Server) Open(role Role, pool Pool) *bun.DB {
	if pool.Connections == 0 {
		pool.Connections = 4 * runtime.NumCPU()
	}
	if pool.StatementTimeout == 0 && role != Owner {
		pool.StatementTimeout = 8 * time.Second
	}
	options := append(s.options[:len(s.options):len(s.options)], pgdriver.WithApplicationName("taawun"),
		pgdriver.WithDialTimeout(5*time.Second), pgdriver.WithReadTimeout(readTimeout(pool.StatementTimeout)), pgdriver.WithWriteTimeout(30*time.Second))
	var setup strings.Builder
	if s.private {
		options = append(options, pgdriver.WithUser(string(role)))
	} else if role != Owner {
		fmt.Fprintf(&setup, "set role %s;", role)
	}
	path := role.searchPath()
	if pool.Past {
		path = "asof, fn, public"
	}
	// search_path by pgdriver's own parameters would be quoted as one name, hence statements of ours.
	fmt.Fprintf(&setup, "set search_path to %s; set timezone to 'UTC'; set statement_timeout to %d; "+
		// Not every platform of PostgreSQL can look whether its client is still there.
		"do $$ begin set client_connection_check_interval to '2s'; exception when invalid_parameter_value then null; end $$;",
		path, pool.StatementTimeout.Milliseconds())
	if role != Owner {
		setup.WriteString("set lock_timeout to '3s'; set idle_in_transaction_session_timeout to '30s'; set jit to off;")
		if !pool.Writable {
			setup.WriteString("set default_transaction_read_only to on;")
		}
	}
	sqldb := sql.OpenDB(session{pgdriver.NewConnector(options...), setup.String(), role != Owner, pool.Writable})
	sqldb.SetMaxOpenConns(pool.Connections)
	sqldb.SetMaxIdleConns(pool.Connections)
	bundb := bun.NewDB(sqldb, pgdialect.New())
	bundb.RegisterModel(Models()...)
	return bundb
}

// readTimeout gives PostgreSQL's own time-out the first word, so that the error says what happened; where there is none, a long one
// still ends a dead connection.
func readTimeout(statement time.Duration) time.Duration {
	if statement == 0 {
		return time.Hour
	}
	return statement + 4*time.Second
}

// session is a connector whose connections start with the settings of their role.
type session struct {
	driver.Connector
	setup         string
	interruptible bool // what it does ends with its context
	writes        bool // what was sent must not be sent again
}

func (s session) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := s.Connector.Connect(ctx)
	if err != nil { // it may have been the socket's deadline, where the server is slow to answer
		return nil, cmp.Or(contextError(ctx, err), err)
	}
	if _, err := c.(driver.ExecerContext).ExecContext(ctx, s.setup, nil); err != nil {
		return nil, errors.Join(fmt.Errorf("setting up a database session: %w", cmp.Or(contextError(ctx, err), err)), c.Close())
	}
	if s.interruptible {
		return &interruptible{Conn: c.(*pgdriver.Conn), writes: s.writes}, nil
	}
	return c, nil // COPY wants pgdriver's own type
}
