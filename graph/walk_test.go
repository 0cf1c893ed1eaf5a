package graph

import (
	"fmt"
	"slices"
	"testing"
)

// walk reads a connection page by page, forward or backward, and gives the codes in the order of the connection.
func walk(t *testing.T, g *Graph, query string, variables map[string]any, backward bool, path ...any) []string {
	t.Helper()
	var out []string
	size, cursor, end, more := "first", "after", "endCursor", "hasNextPage"
	if backward {
		size, cursor, end, more = "last", "before", "startCursor", "hasPreviousPage"
	}
	vars := map[string]any{size: 7}
	for k, v := range variables {
		vars[k] = v
	}
	for range 100 {
		page := dig(ask(t, g, query, vars), path...)
		var codes []string
		for _, e := range dig(page, "edges").([]any) {
			codes = append(codes, dig(e, "node", "code").(string))
		}
		if backward {
			out = append(codes, out...)
		} else {
			out = append(out, codes...)
		}
		if dig(page, "pageInfo", more) != true {
			return out
		}
		if len(codes) != 7 {
			t.Fatalf("a page of %d before the end", len(codes))
		}
		ends := dig(page, "pageInfo", end)
		at := len(codes) - 1
		if backward {
			at = 0
		}
		if edge := dig(page, "edges", at, "cursor"); edge != ends {
			t.Fatalf("%s is %v, the cursor of the edge %v", end, ends, edge)
		}
		vars[cursor] = ends
	}
	t.Fatal("no end")
	return nil
}

const walkQuery = `query($first: Int, $after: Cursor, $last: Int, $before: Cursor, $order: [ProjectOrder!]) {
  projects(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { code } }
  }
}`

// TestWalks walks every order in every direction, with nulls first and last, forward and backward: each record must come
// once, in the order that PostgreSQL gives the whole.
func TestWalks(t *testing.T) {
	t.Parallel()
	d := load(t, "many.sql")
	g := open(t, d.Public(), Options{})
	columns := map[string]string{"ID": "id", "CODE": "code", "START_DATE": "start_date", "END_DATE": "end_date", "UPDATED_AT": "updated_at", "CREATED_AT": "created_at", "STATUS": "status"}
	for _, v := range g.Schema().Types["ProjectOrderField"].EnumValues {
		if columns[v.Name] == "" {
			t.Errorf("the order by %s is not walked", v.Name)
		}
	}
	type key struct{ field, direction, nulls string }
	var orders [][]key
	for field := range columns {
		for _, direction := range []string{"ASC", "DESC"} {
			for _, nulls := range []string{"", "FIRST", "LAST"} {
				orders = append(orders, []key{{field, direction, nulls}}, []key{{field, direction, nulls}, {"END_DATE", "DESC", "LAST"}, {"CODE", "ASC", ""}})
				if field != "START_DATE" {
					orders = append(orders, []key{{"START_DATE", "ASC", nulls}, {field, direction, nulls}})
				}
			}
		}
	}
	for _, keys := range orders {
		t.Run(fmt.Sprint(keys), func(t *testing.T) {
			sql, last := "select code from project order by ", ""
			var order []any
			for _, k := range keys {
				o := map[string]any{"field": k.field, "direction": k.direction}
				sql += columns[k.field] + " " + k.direction
				if k.nulls != "" {
					o["nulls"] = k.nulls
					sql += " nulls " + k.nulls
				}
				sql += ","
				last = k.direction
				order = append(order, o)
			}
			var want []string
			if err := d.Public().NewRaw(sql+"id "+last).Scan(t.Context(), &want); err != nil {
				t.Fatal(err)
			}
			for _, backward := range []bool{false, true} {
				if got := walk(t, g, walkQuery, map[string]any{"order": order}, backward, "projects"); !slices.Equal(got, want) {
					t.Errorf("backward %v:\n got %v\nwant %v", backward, got, want)
				}
			}
		})
	}
}

// TestWalkLink walks a many-to-many link whose pairs repeat, by key (paged in the link table) and by another order.
func TestWalkLink(t *testing.T) {
	t.Parallel()
	d := load(t, "many.sql")
	g := open(t, d.Public(), Options{})
	query := `query($first: Int, $after: Cursor, $last: Int, $before: Cursor, $order: [ProjectOrder!]) { organization(by: {code: "ORG-1"}) {
	  projects(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
	    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { code } } } } }`
	for order, sql := range map[string]string{"ID": "id", "END_DATE": "end_date, id"} {
		var want []string
		if err := d.Public().NewRaw("select code from project where id % 2 = 0 order by "+sql).Scan(t.Context(), &want); err != nil {
			t.Fatal(err)
		}
		for _, backward := range []bool{false, true} {
			got := walk(t, g, query, map[string]any{"order": []any{map[string]any{"field": order}}}, backward, "organization", "projects")
			if !slices.Equal(got, want) {
				t.Errorf("%s backward %v:\n got %v\nwant %v", order, backward, got, want)
			}
		}
	}
}

// TestBetween reads between two cursors, and says whether records lie outside.
func TestBetween(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "many.sql").Public(), Options{})
	order := []any{map[string]any{"field": "CODE"}}
	all := dig(ask(t, g, walkQuery, map[string]any{"first": 20, "order": order}), "projects", "edges").([]any)
	vars := map[string]any{"first": 3, "order": order, "after": dig(all[2], "cursor"), "before": dig(all[5], "cursor")}
	got := dig(ask(t, g, walkQuery, vars), "projects")
	if dig(got, "edges", 0, "cursor") != dig(all[3], "cursor") || len(dig(got, "edges").([]any)) != 2 {
		t.Errorf("got %v", got)
	}
	if dig(got, "pageInfo", "hasNextPage") != true || dig(got, "pageInfo", "hasPreviousPage") != true {
		t.Errorf("got %v", dig(got, "pageInfo"))
	}
}
