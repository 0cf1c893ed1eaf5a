package iati

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// code is a reference to a code of a code list.
type code struct {
	list, code string
	name       texts // that the reporter gives it, for codes of no published list
}

// upper is the code in capital letters, for lists that have no others.
func (c code) upper() code {
	c.code = strings.ToUpper(c.code)
	return c
}

type codeKey struct{ list, code string }

// codes finds the keys of codes, and enters those that no list holds yet with the status UNKNOWN: loading a list that holds them
// confirms them.
type codes struct {
	tx    bun.IDB
	known map[codeKey]int64
}

// maxKnown bounds what is remembered of one file, so that a file with endless different codes cannot take all memory.
const maxKnown = 200_000

func (c *codes) id(ref code) int64 {
	return c.known[codeKey{ref.list, ref.code}]
}

// resolve makes sure that id knows all codes of the batch. It returns the names to store of the codes it entered.
func (c *codes) resolve(ctx context.Context, wanted []code) ([]named, error) {
	if len(c.known) > maxKnown {
		clear(c.known)
	}
	missing := make(map[codeKey]texts)
	for _, w := range wanted {
		k := codeKey{w.list, w.code}
		if c.known[k] == 0 && len(missing[k]) == 0 {
			missing[k] = w.name
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	if err := c.look(ctx, missing); err != nil {
		return nil, err
	}
	var lists, values, shown []string
	var keys []codeKey
	for k, name := range missing {
		if c.known[k] == 0 {
			keys = append(keys, k)
			lists, values, shown = append(lists, k.list), append(values, k.code), append(shown, jsonText(projection(merge(nil, name).after)))
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	_, err := c.tx.ExecContext(ctx, "insert into code_list (name) select distinct unnest(?::text[]) on conflict (name) do nothing", pgdialect.Array(lists))
	if err != nil {
		return nil, fmt.Errorf("entering code lists: %w", err)
	}
	_, err = c.tx.ExecContext(ctx, "insert into code_list_item (list_id, list, code, name, status) "+
		"select l.id, l.name, n.code, n.name::jsonb, 'UNKNOWN' from unnest(?::text[], ?::text[], ?::text[]) n(list, code, name) "+
		"join code_list l on l.name = n.list order by n.list, n.code on conflict (list, code) do nothing",
		pgdialect.Array(lists), pgdialect.Array(values), pgdialect.Array(shown))
	if err != nil {
		return nil, fmt.Errorf("entering %d unknown codes: %w", len(keys), err)
	}
	if err := c.look(ctx, missing); err != nil {
		return nil, err
	}
	var names []named
	for _, k := range keys {
		if len(missing[k]) > 0 {
			names = append(names, named{kind: "CodeListItem", id: c.known[k], texts: missing[k], published: true})
		}
	}
	return names, nil
}

func (c *codes) look(ctx context.Context, missing map[codeKey]texts) error {
	var lists, values []string
	for k := range missing {
		if c.known[k] == 0 {
			lists, values = append(lists, k.list), append(values, k.code)
		}
	}
	rows, err := c.tx.QueryContext(ctx, "select i.id, i.list, i.code from unnest(?::text[], ?::text[]) n(list, code) "+
		"join code_list_item i on i.list = n.list and i.code = n.code", pgdialect.Array(lists), pgdialect.Array(values))
	if err != nil {
		return fmt.Errorf("looking codes up: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var k codeKey
		if err := rows.Scan(&id, &k.list, &k.code); err != nil {
			return fmt.Errorf("looking codes up: %w", err)
		}
		c.known[k] = id
	}
	return rows.Err()
}

// named is a record other than those of the file that gets a name: a code or an organization that was not known.
type named struct {
	kind      string
	id        int64
	texts     texts
	published bool
}
