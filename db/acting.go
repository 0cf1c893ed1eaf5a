package db

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strconv"

	"github.com/uptrace/bun/driver/pgdriver"
)

// Acting is on whose behalf a transaction runs. PostgreSQL derives all rights from it, and the history tells it.
type Acting struct {
	Account   int64  // key of the account; 0 for nobody
	Token     int64  // key of the API token in use; 0 for a session
	Request   string // id of the request
	Operation string // name of the mutation or command, such as updateProject
	Reason    string // why, as the person said
	AsOf      string // the moment to read at, as PostgreSQL reads a timestamptz, in a pool that is Past; "" for now
}

type actingKey struct{}

// WithActing makes the transactions that begin with this context run on somebody's behalf. The settings are made along with the beginning,
// without a round trip of their own, and end with the transaction, so that nothing of them stays in the connection. It works in the pools of
// all roles but the owner's.
func WithActing(ctx context.Context, a Acting) context.Context {
	return context.WithValue(ctx, actingKey{}, a)
}

// begin begins a transaction, on somebody's behalf if the context says so.
func (c *interruptible) begin(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	a, ok := ctx.Value(actingKey{}).(Acting)
	if !ok {
		return c.Conn.BeginTx(ctx, opts)
	}
	if opts.Isolation != 0 {
		return nil, fmt.Errorf("begin a transaction on behalf of an account: isolation level %d is not offered", opts.Isolation)
	}
	query := "begin"
	if opts.ReadOnly {
		query += " read only"
	}
	query += "; select "
	var args []driver.NamedValue
	for _, setting := range []struct{ name, value string }{
		{"actor", number(a.Account)}, {"token", number(a.Token)}, {"request", a.Request},
		{"operation", a.Operation}, {"reason", a.Reason}, {"as_of", a.AsOf},
	} {
		if setting.value == "" { // as it is without the setting
			continue
		}
		if len(args) > 0 {
			query += ","
		}
		args = append(args, driver.NamedValue{Ordinal: len(args) + 1, Value: setting.value})
		query += "set_config('taawun." + setting.name + "',$" + strconv.Itoa(len(args)) + ",true)"
	}
	if _, err := c.Conn.ExecContext(ctx, query, args); err != nil {
		return nil, err
	}
	return ending{c.Conn}, nil
}

func number(key int64) string {
	if key == 0 {
		return ""
	}
	return strconv.FormatInt(key, 10)
}

// ending ends a transaction that begin began.
type ending struct{ *pgdriver.Conn }

// Commit keeps what was written.
func (e ending) Commit() error { return e.exec("commit") }

// Rollback keeps nothing.
func (e ending) Rollback() error { return e.exec("rollback") }

func (e ending) exec(query string) error {
	_, err := e.ExecContext(context.Background(), query, nil)
	return err
}
