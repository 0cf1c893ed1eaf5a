package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The three declarations of an entity that does not exist: its part of the contract, its struct, its migration.
const (
	bridgeContract = `
"A bridge over a river."
type Bridge implements Node {
  "Global id, opaque."
  id: ID!
  "Name of the bridge."
  name(locale: Locale, fallback: [Locale!]): LocalizedText
  "Length in metres."
  length: Int
  "Unit in which the bridge stands."
  unit: AdministrativeUnit
}

"A page of bridges."
type BridgeConnection {
  "Bridges with their cursors."
  edges: [BridgeEdge!]!
  "Bridges of the page."
  nodes: [Bridge!]!
  "Where the page stands."
  pageInfo: PageInfo!
  "Number of all bridges."
  totalCount: Int!
}

"A bridge on a page."
type BridgeEdge {
  "Place of the bridge."
  cursor: Cursor!
  "The bridge."
  node: Bridge!
}

"Condition on a bridge."
input BridgeWhere {
  "Condition on the length."
  length: IntFilter
  "Condition on the unit."
  unit: AdministrativeUnitWhere
}

extend type Query {
  "Bridges."
  bridges(where: BridgeWhere, first: Int, after: Cursor, last: Int, before: Cursor): BridgeConnection!
}
`
	bridgeStruct = `package db

import "github.com/uptrace/bun"

// Bridge is a bridge over a river.
type Bridge struct {
	bun.BaseModel ` + "`bun:\"table:bridge\" taawun:\"id=brg\"`" + `

	ID     int64  ` + "`bun:\"id,pk\"`" + `
	Name   Texts  ` + "`bun:\"name,type:jsonb\"`" + `
	Length *int   ` + "`bun:\"length\"`" + `
	UnitID *int64 ` + "`bun:\"unit_id\"`" + `

	Unit *AdministrativeUnit ` + "`bun:\"rel:belongs-to,join:unit_id=id\"`" + `
}
`
	bridgeMigration = `create table base.bridge (id bigint primary key, name jsonb not null default '{}', length integer, unit_id bigint references base.administrative_unit);
call base.expose('Bridge', 'bridge');
`
	bridgeTest = `package graph

import (
	"context"
	"testing"

	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestBridge(t *testing.T) {
	d := dbtest.New(t)
	if _, err := d.Owner().ExecContext(t.Context(), "insert into base.administrative_unit (id, pcode, level) values (1, 'X', 1); insert into base.bridge values (10, '{\"en\": \"Old bridge\"}', 90, 1), (11, '{}', 20, null)"); err != nil {
		t.Fatal(err)
	}
	g, err := New(context.Background(), Options{DB: d.Public()})
	if err != nil {
		t.Fatal(err)
	}
	s, err := g.Explain("{ bridges(where: {length: {gt: 50}, unit: {pcode: {eq: \"X\"}}}) { totalCount nodes { id name { text } length unit { pcode } } } node(id: \"brg_a\") { ... on Bridge { length } } }", "", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	statement, err := d.Public().DB.PrepareContext(t.Context(), s.SQL)
	if err != nil {
		t.Fatal(err)
	}
	defer statement.Close()
	var bridges, node string
	if err := statement.QueryRowContext(t.Context(), s.Args...).Scan(&bridges, &node); err != nil {
		t.Fatal(err)
	}
	if want := "{\"totalCount\" : 1, \"nodes\" : [{\"id\" : \"brg_a\", \"name\" : {\"text\" : \"Old bridge\"}, \"length\" : 90, \"unit\" : {\"pcode\" : \"X\"}}]}{\"length\" : 90}"; bridges+node != want {
		t.Errorf("got %s%s, want %s", bridges, node, want)
	}
}
`
)

// TestEntity adds an entity to a copy of the repository by three declarations and asks for it. Generating a second time must
// change nothing.
func TestEntity(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	copyTree(t, "../../..", root, func(path string) bool {
		switch first, _, _ := strings.Cut(path, string(filepath.Separator)); first {
		case "go.mod", "go.sum", "gqlgen.yml", "schema.graphqls", "db", "graph":
			return !strings.HasSuffix(path, "_test.go") && !strings.Contains(path, "testdata") && !strings.Contains(path, "node_modules")
		}
		return false
	})
	contract, err := os.ReadFile(filepath.Join(root, "schema.graphqls"))
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string]string{
		"schema.graphqls": string(contract) + bridgeContract,
		"db/bridge.go":    bridgeStruct,
		"db/migrations/20991231000000_bridge.tx.up.sql": bridgeMigration,
		"graph/bridge_test.go":                          bridgeTest,
	} {
		if err := os.WriteFile(filepath.Join(root, file), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	execute(t, root, "go", "generate", "./graph")
	generated := []string{"graph/generated.go", "graph/resolvers.generated.go", "db/models.generated.go"}
	var first [][]byte
	for _, file := range generated {
		content, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(content, []byte("Bridge")) {
			t.Errorf("%s does not know the bridge", file)
		}
		first = append(first, content)
	}
	execute(t, root, "go", "generate", "./graph")
	for i, file := range generated {
		if again, err := os.ReadFile(filepath.Join(root, file)); err != nil || !bytes.Equal(again, first[i]) {
			t.Errorf("%s is another one when generated again: %v", file, err)
		}
	}
	execute(t, root, "go", "test", "./graph")
}

// TestGenerated: what is committed is what generating gives.
func TestGenerated(t *testing.T) {
	t.Parallel()
	models, err := readModels("../../../db")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("../../../db/models.generated.go")
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, m := range models {
		i := bytes.Index(list, []byte("(*"+m.name+")(nil)"))
		if i < at {
			t.Errorf("%s is missing or out of order in db/models.generated.go: run make generate", m.name)
		}
		at = i
	}
	if n := bytes.Count(list, []byte(")(nil)")); n != len(models) {
		t.Errorf("db/models.generated.go lists %d structs of %d: run make generate", n, len(models))
	}
	code, err := os.ReadFile("../../generated.go")
	if err != nil {
		t.Fatal(err)
	}
	contract, err := os.ReadFile("../../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(contract)) {
		if line = strings.TrimSpace(line); !strings.Contains(line, "`") && !bytes.Contains(code, []byte(line)) {
			t.Fatalf("graph/generated.go does not hold the line %q of the contract: run make generate", line)
		}
	}
}

func execute(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func copyTree(t *testing.T, from, to string, wanted func(path string) bool) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil || rel == "." {
			return err
		}
		if d.IsDir() {
			if rel == ".git" || strings.HasPrefix(d.Name(), ".data") || d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if !wanted(rel) || !d.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(to, filepath.Dir(rel)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
