package compile

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
)

// catalog is what the database says about the relations and functions on the connection's search_path.
type catalog struct {
	relations map[string]map[string]catalogColumn
	functions map[string][]catalogFunction
}

type catalogColumn struct {
	sqlType  string // without its modifier: numeric, not numeric(18,2)
	notNull  bool   // as the table says, or the base table of the same name behind a view
	readable bool   // the login role may select it
}

type catalogFunction struct {
	args    map[string]string // types of the input arguments by name
	returns string
	set     bool
}

// The columns of a view are never marked "not null", and the roles that read through views have no right on the tables
// behind them; but the catalog is open to everybody, so the constraint is read from the table of the same name.
const columnsSQL = `
select c.relname::text, a.attname::text, format_type(a.atttypid, null),
       a.attnotnull or exists(
         select from pg_class b join pg_namespace n on n.oid = b.relnamespace and n.nspname = 'base'
         join pg_attribute x on x.attrelid = b.oid and x.attname = a.attname and x.attnotnull
         where b.relname = c.relname and b.relkind in ('r','p')),
       has_column_privilege(c.oid, a.attnum, 'select')
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where pg_table_is_visible(c.oid) and c.relkind in ('r','p','v','m','f')
  and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`

const functionsSQL = `
select p.proname::text, p.proretset, format_type(p.prorettype, null),
       coalesce((select string_agg(coalesce(p.proargnames[i], '') || ' ' || format_type(t, null), E'\n' order by i)
                 from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality x(t, i)
                 where p.proargmodes is null or p.proargmodes[i] in ('i','b','v')), '')
from pg_proc p
where pg_function_is_visible(p.oid) and p.prokind = 'f'
  and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`

// readCatalog reads the catalog once, when a Model is bound.
func readCatalog(ctx context.Context, db bun.IDB) (*catalog, error) {
	c := &catalog{relations: map[string]map[string]catalogColumn{}, functions: map[string][]catalogFunction{}}
	rows, err := db.QueryContext(ctx, columnsSQL)
	if err != nil {
		return nil, fmt.Errorf("read the columns of the catalog: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var relation, name string
		var col catalogColumn
		if err := rows.Scan(&relation, &name, &col.sqlType, &col.notNull, &col.readable); err != nil {
			return nil, fmt.Errorf("read the columns of the catalog: %w", err)
		}
		if c.relations[relation] == nil {
			c.relations[relation] = map[string]catalogColumn{}
		}
		c.relations[relation][name] = col
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the columns of the catalog: %w", err)
	}
	procs, err := db.QueryContext(ctx, functionsSQL)
	if err != nil {
		return nil, fmt.Errorf("read the functions of the catalog: %w", err)
	}
	defer procs.Close()
	for procs.Next() {
		var name, args string
		f := catalogFunction{args: map[string]string{}}
		if err := procs.Scan(&name, &f.set, &f.returns, &args); err != nil {
			return nil, fmt.Errorf("read the functions of the catalog: %w", err)
		}
		for line := range strings.Lines(args) {
			arg, sqlType, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			f.args[arg] = sqlType
		}
		c.functions[name] = append(c.functions[name], f)
	}
	if err := procs.Err(); err != nil {
		return nil, fmt.Errorf("read the functions of the catalog: %w", err)
	}
	return c, nil
}

// argumentType is the SQL type of a function's named argument in whichever overload has it.
func (c *catalog) argumentType(function, argument string) (string, bool) {
	for _, f := range c.functions[function] {
		if t, ok := f.args[argument]; ok {
			return t, true
		}
	}
	return "", false
}

func (c *catalog) hasArgument(function, argument string) bool {
	_, ok := c.argumentType(function, argument)
	return ok
}
