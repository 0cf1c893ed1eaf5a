package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/embedded"
)

//go:embed queries/*.graphql
var graphQL embed.FS

// question is one of the six, with the requests that ask it of both servers, the same values in the same sequence.
type question struct {
	name, about string
	graphBodies [][]byte
	floorBodies [][]byte
}

func (q question) title() string { return q.name + " " + q.about }

var questionTexts = []struct{ name, about string }{
	{"Q1", "a project, deep"},
	{"Q2", "a filtered page"},
	{"Q3", "50 organizations"},
	{"Q4", "a cross-tab"},
	{"Q5", "Arabic search"},
	{"Q6", "a deep page"},
}

// dataSet is a demonstration data set with a server on it.
type dataSet struct {
	dir    string
	server *process
	pool   *bun.DB
	// postmaster is the process whose children work for the servers.
	postmaster int
}

func (d *dataSet) connect(ctx context.Context) error {
	cluster, err := embedded.Attach(ctx, d.dir)
	if err != nil {
		return fmt.Errorf("finding the database of %s: %w", d.dir, err)
	}
	d.pool = db.Private(cluster.Socket(), "taawun").Open(db.Public, db.Pool{Connections: 1})
	b, err := os.ReadFile(filepath.Join(d.dir, "postgres", "postmaster.pid"))
	if err != nil {
		return fmt.Errorf("finding the database of %s: %w", d.dir, err)
	}
	pid, _, _ := strings.Cut(string(b), "\n")
	d.postmaster, err = strconv.Atoi(pid)
	return err
}

func (d *dataSet) close() {
	d.pool.Close()
	d.server.stop()
}

// ask adds a request: variables for the graph, arguments for the floor's statement.
func (q *question) ask(text string, variables map[string]any, arguments ...any) {
	g, _ := json.Marshal(map[string]any{"query": text, "operationName": q.name, "variables": variables})
	f, _ := json.Marshal(arguments)
	q.graphBodies, q.floorBodies = append(q.graphBodies, g), append(q.floorBodies, f)
}

// questions draws the values of each question from the data, evenly and always the same.
func (d *dataSet) questions(ctx context.Context, only string) ([]question, error) {
	var out []question
	for _, t := range questionTexts {
		if only != "" && !strings.Contains(","+only+",", ","+t.name+",") {
			continue
		}
		text, err := graphQL.ReadFile("queries/" + t.name + ".graphql")
		if err != nil {
			return nil, err
		}
		q := question{name: t.name, about: t.about}
		if err := d.draw(ctx, &q, string(text)); err != nil {
			return nil, fmt.Errorf("drawing the values of %s: %w", q.name, err)
		}
		if len(q.graphBodies) == 0 {
			return nil, fmt.Errorf("the data set has nothing to ask %s about", q.name)
		}
		out = append(out, q)
	}
	return out, nil
}

// sample is about n rows of a query over the data, evenly spread.
func sample[T any](ctx context.Context, pool *bun.DB, n int, query string) (out []T, err error) {
	var all []T
	if err := pool.NewRaw(query).Scan(ctx, &all); err != nil {
		return nil, err
	}
	for i := range min(n, len(all)) {
		out = append(out, all[i*len(all)/min(n, len(all))])
	}
	return out, nil
}

func (d *dataSet) draw(ctx context.Context, q *question, text string) error {
	switch q.name {
	case "Q1":
		ids, err := sample[int64](ctx, d.pool, 200, "select id from project order by id")
		for _, id := range ids {
			q.ask(text, map[string]any{"id": fmt.Sprintf("prj_%x", id)}, id)
		}
		return err
	case "Q2":
		type row struct{ Unit, Sector int64 }
		rows, err := sample[row](ctx, d.pool, 40, `select u.id as unit, s.id as sector from administrative_unit u,
			(select sector_id as id from project_sector group by 1 order by count(*) desc, 1 limit 10) s where u.level = 1 order by u.pcode, s.id`)
		for _, r := range rows {
			q.ask(text, map[string]any{"unit": fmt.Sprintf("unt_%x", r.Unit), "status": "IMPLEMENTATION", "sector": fmt.Sprintf("cod_%x", r.Sector)},
				r.Unit, "IMPLEMENTATION", r.Sector)
		}
		return err
	case "Q3":
		return d.pages(ctx, q, text, "organizations", "edges { cursor node { code } }", func(node json.RawMessage) []any {
			var n struct{ Code string }
			json.Unmarshal(node, &n)
			return []any{n.Code}
		})
	case "Q4":
		for from := 2015; from <= 2022; from++ {
			a, b := fmt.Sprintf("%d-01-01", from), fmt.Sprintf("%d-12-31", from+2)
			q.ask(text, map[string]any{"from": a, "to": b}, a, b)
		}
		return nil
	case "Q5":
		words, err := sample[string](ctx, d.pool, 40, `select distinct (regexp_split_to_array(title->>'ar', '\s+'))[2] || ' ' || (regexp_split_to_array(title->>'ar', '\s+'))[3] as w
			from project where title ? 'ar' and cardinality(regexp_split_to_array(title->>'ar', '\s+')) > 3 order by 1`)
		for _, w := range words {
			q.ask(text, map[string]any{"text": w}, w)
		}
		return err
	default:
		return d.pages(ctx, q, text, "projects", "edges { cursor node { id startDate } }", func(node json.RawMessage) []any {
			var n struct{ ID, StartDate string }
			json.Unmarshal(node, &n)
			var id int64
			fmt.Sscanf(n.ID, "prj_%x", &id)
			return []any{n.StartDate, id}
		})
	}
}

// pages asks for pages behind cursors that the graph itself gave, up to four fifths of the way through the set.
func (d *dataSet) pages(ctx context.Context, q *question, text, root, edges string, arguments func(node json.RawMessage) []any) error {
	var after *string
	for page := 0; ; page++ {
		body, _ := json.Marshal(map[string]any{"query": "query($after: Cursor) { set: " + root + "(first: 100, after: $after) { totalCount pageInfo { hasNextPage } " + edges + " } }",
			"variables": map[string]any{"after": after}})
		answer, err := ask(ctx, http.DefaultClient, d.server.url+"/graphql", body)
		if err != nil {
			return err
		}
		var a struct {
			Data struct {
				Set struct {
					TotalCount int
					PageInfo   struct{ HasNextPage bool }
					Edges      []struct {
						Cursor string
						Node   json.RawMessage
					}
				}
			}
		}
		if err := json.Unmarshal(answer, &a); err != nil {
			return err
		}
		set := a.Data.Set
		if !set.PageInfo.HasNextPage {
			return nil
		}
		last := set.Edges[len(set.Edges)-1]
		after = &last.Cursor
		pages := set.TotalCount / 100
		if page*5 > pages*4 {
			return nil
		}
		if page%max(1, pages/60) == 0 {
			q.ask(text, map[string]any{"after": last.Cursor}, arguments(last.Node)...)
		}
	}
}
