package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"testing"

	"github.com/uptrace/bun"
)

// row is a row of a table: column → value, as JSON gives it (nil, bool, string, json.Number, list, object).
type row map[string]any

// tables are all rows that one role may see, read once.
type tables struct {
	rows map[string][]row
	// ranks are the places of texts in the order of the database's collation, by table and column.
	ranks map[string]map[string]map[string]int64
	found map[string]map[string][]row // rows by table and column, then by value: see where
	// required are the columns that never lack a value, by table. A struct does not say it of the parts of an object, such as money.
	required map[string]map[string]bool
	// merged leads from the key of an organization to that of the one it became a part of, whoever may see them.
	merged map[int64]int64
}

// readTables reads every table that an entity of the contract is bound to, as the role of the pool.
func readTables(ctx context.Context, t testing.TB, c *contract, reader, owner *bun.DB) *tables {
	t.Helper()
	o := &tables{rows: map[string][]row{}, ranks: map[string]map[string]map[string]int64{}, found: map[string]map[string][]row{}, required: map[string]map[string]bool{}, merged: map[int64]int64{}}
	for _, r := range readRows(ctx, t, owner, "select json_build_object('id', id, 'into', merged_into_id)::text from organization where merged_into_id is not null") {
		o.merged[integer(r["id"])] = integer(r["into"])
	}
	for _, r := range readRows(ctx, t, owner, "select json_build_object('table', table_name, 'column', column_name)::text from information_schema.columns where table_schema = 'base' and is_nullable = 'NO'") {
		table := r["table"].(string)
		if o.required[table] == nil {
			o.required[table] = map[string]bool{}
		}
		o.required[table][r["column"].(string)] = true
	}
	for _, e := range c.entities {
		if e.name == "FieldChange" {
			continue // one for each row made up, and nothing that everyone may ask for leads there
		}
		var exists bool
		if err := reader.QueryRowContext(ctx, "select exists(select from pg_class where oid = to_regclass(?) and relkind in ('r', 'v'))", e.table.Name).Scan(&exists); err != nil {
			t.Fatalf("looking for %s: %v", e.table.Name, err)
		}
		if !exists {
			continue // rows of functions
		}
		o.rows[e.table.Name] = readRows(ctx, t, reader, fmt.Sprintf("select row_to_json(t)::text from %s t", e.table.SQLName))
		o.ranks[e.table.Name] = map[string]map[string]int64{}
		for _, f := range e.table.FieldMap {
			if order := c.Types[e.name+"OrderField"]; order == nil || sqlType(f) != "text" {
				continue
			}
			places := map[string]int64{}
			for _, r := range readRows(ctx, t, reader, fmt.Sprintf("select json_build_object('v', t.%[1]s, 'n', dense_rank() over (order by t.%[1]s))::text "+
				"from %[2]s t where t.%[1]s is not null", f.SQLName, e.table.SQLName)) {
				places[r["v"].(string)] = integer(r["n"])
			}
			o.ranks[e.table.Name][f.Name] = places
		}
	}
	return o
}

// today is the key of the record that stands for the one with this key. In data made up, organizations may be merged in a circle.
func (o *tables) today(e *entity, key int64) int64 {
	for range 100 {
		next, ok := o.merged[key]
		if !ok || e.name != "Organization" {
			break
		}
		key = next
	}
	return key
}

func readRows(ctx context.Context, t testing.TB, reader bun.IDB, query string) []row {
	t.Helper()
	rows, err := reader.QueryContext(ctx, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	out := []row{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		value, err := decode([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		r := row{}
		for _, m := range value.(object) {
			r[m.name] = m.value
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return out
}

// where are the rows of a table with a value in a column.
func (o *tables) where(table, column string, value any) []row {
	if value == nil {
		return nil
	}
	key := table + "." + column
	if o.found[key] == nil {
		byValue := map[string][]row{}
		for _, r := range o.rows[table] {
			if v := r[column]; v != nil {
				byValue[fmt.Sprint(v)] = append(byValue[fmt.Sprint(v)], r)
			}
		}
		o.found[key] = byValue
	}
	return o.found[key][fmt.Sprint(value)]
}

// integer is the value of a whole number.
func integer(v any) int64 {
	n, err := strconv.ParseInt(fmt.Sprint(v), 10, 64)
	if err != nil {
		panic(fmt.Sprintf("%v is no whole number", v))
	}
	return n
}

// object is a JSON object with its members in their order.
type object []member

type member struct {
	name  string
	value any
}

// get is a member by its name.
func (o object) get(name string) any {
	for _, m := range o {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

// decode reads JSON, keeping the order of members and the digits of numbers.
func decode(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	v, err := next(d)
	if err != nil {
		return nil, fmt.Errorf("reading %.200s: %w", text, err)
	}
	return v, nil
}

func next(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := next(d)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, err
	case json.Delim('{'):
		o := object{}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			v, err := next(d)
			if err != nil {
				return nil, err
			}
			o = append(o, member{name.(string), v})
		}
		_, err := d.Token()
		return o, err
	}
	return token, nil
}
