package iati_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestMain(m *testing.M) { dbtest.Main(m) }

// imports imports files of testdata, which must succeed.
func imports(t *testing.T, owner *bun.DB, set string, files ...string) iati.Summary {
	t.Helper()
	for i, f := range files {
		if !filepath.IsAbs(f) {
			files[i] = filepath.Join("testdata", f)
		}
	}
	s, err := iati.Import(t.Context(), owner, iati.Options{DataSet: set}, files)
	if err != nil {
		t.Fatalf("importing %v: %v", files, err)
	}
	return s
}

// file writes a file for a test.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// one asks for one value.
func one[T any](t *testing.T, owner bun.IDB, query string, args ...any) T {
	t.Helper()
	var v T
	if err := owner.QueryRowContext(t.Context(), query, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			t.Fatalf("%s:%d differs\nwant %s\ngot  %s", path, i+1, x, y)
		}
	}
}

// dumped are the tables of a dump, in its order.
var dumped = []string{"data_set", "organization", "organization_identifier", "project", "project_partner", "project_sector", "project_tag", "project_policy_marker",
	"project_country", "project_region", "project_location", "related_project", "project_identifier", "project_contact", "project_condition", "humanitarian_scope",
	"country_budget_item", "budget", "planned_disbursement", "transaction", "transaction_sector", "result", "indicator", "indicator_reference", "indicator_baseline", "indicator_period",
	"measurement", "document", "document_category", "source", "translation"}

// dump writes the database as text, a row a line; keys of other rows as what they mean. Keys of this database, times and digests, which
// differ from run to run, are left out, and so is what is empty.
func dump(ctx context.Context, owner *bun.DB) (string, error) {
	means := map[string]string{"code_list_item": "list || ' ' || code", "organization": "code", "project": "code", "administrative_unit": "pcode",
		"transaction": "coalesce(ref, position::text)", "result": "position::text", "indicator": "position::text", "indicator_period": "period_start::text",
		"document": "url", "data_set": "name"}
	labels := make(map[string]map[string]string)
	for table, label := range means {
		labels[table] = make(map[string]string)
		rows, err := owner.QueryContext(ctx, fmt.Sprintf("select id::text, %s from %q", label, table))
		if err != nil {
			return "", err
		}
		for rows.Next() {
			var id, l string
			if err := rows.Scan(&id, &l); err != nil {
				return "", err
			}
			labels[table][id] = l
		}
		if err := rows.Close(); err != nil {
			return "", err
		}
	}
	targets := make(map[string]string)
	rows, err := owner.QueryContext(ctx, `select c.conrelid::regclass::text || '.' || a.attname, c.confrelid::regclass::text
		from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'`)
	if err != nil {
		return "", err
	}
	for rows.Next() {
		var column, table string
		if err := rows.Scan(&column, &table); err != nil {
			return "", err
		}
		targets[column] = table
	}
	if err := rows.Close(); err != nil {
		return "", err
	}
	kinds := map[string]string{"Project": "project", "Organization": "organization", "Result": "result", "Document": "document"}
	skip := []string{"id", "created_at", "updated_at", "fetched_at", "imported_at", "search", "start_date", "end_date", "hash", "digest", "source_digest", "version", "since"}
	var b strings.Builder
	for _, table := range dumped {
		var lines []string
		rows, err := owner.QueryContext(ctx, fmt.Sprintf("select to_json(t)::text from %q t", table))
		if err != nil {
			return "", err
		}
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return "", err
			}
			row := map[string]json.RawMessage{}
			if err := json.Unmarshal([]byte(text), &row); err != nil {
				return "", err
			}
			subject := kinds[strings.Trim(string(row["subject_kind"]), `"`)]
			var cells []string
			for column, v := range row {
				value := string(v)
				if slices.Contains(skip, column) || value == "null" || value == "{}" || value == "[]" || value == "false" || column == "published" && value == "true" {
					continue
				}
				if target := targets[table+"."+column]; target != "" {
					value = labels[target][value]
				} else if column == "subject_id" {
					if subject == "" {
						continue
					}
					value = labels[subject][value]
				}
				cells = append(cells, column+"="+value)
			}
			slices.Sort(cells)
			lines = append(lines, strings.Join(cells, " "))
		}
		if err := rows.Close(); err != nil {
			return "", err
		}
		slices.Sort(lines)
		fmt.Fprintf(&b, "%s\n", table)
		for _, l := range lines {
			fmt.Fprintf(&b, "  %s\n", l)
		}
	}
	return b.String(), nil
}

func mustDump(t *testing.T, owner *bun.DB) string {
	t.Helper()
	s, err := dump(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
