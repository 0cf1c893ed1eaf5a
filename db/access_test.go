package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"

	"taawun/db"
	"taawun/db/dbtest"
)

// grant is a role of an account: for the whole ministry, for one of its units, or of a partner for an organization.
type grant struct {
	role               string
	unit, organization int64
}

// actAs makes an account with roles and returns the database as this person sees and writes it: search_path "staff".
func actAs(t *testing.T, d *dbtest.DB, grants ...grant) *bun.DB {
	t.Helper()
	var id int64
	if err := d.Owner().QueryRowContext(t.Context(), `insert into account (login, name) values ('person-' || gen_random_uuid(), 'A person') returning id`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	for _, g := range grants {
		if _, err := d.Owner().ExecContext(t.Context(), `insert into account_role (account_id, role, ministry_unit_id, organization_id) values (?, ?, nullif(?, 0), nullif(?, 0))`,
			id, g.role, g.unit, g.organization); err != nil {
			t.Fatal(err)
		}
	}
	return signedIn(t, d, fmt.Sprint(id))
}

// signedIn is a session of the staff by whom the setting names; "" is nobody.
func signedIn(t *testing.T, d *dbtest.DB, actor string) *bun.DB {
	t.Helper()
	// Hundreds of rows are tried in one statement.
	pool := d.Server().Open(db.Staff, db.Pool{Connections: 1, Writable: true, StatementTimeout: time.Minute})
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	run(t, pool, fmt.Sprintf("set taawun.actor = '%s'", actor))
	return pool
}

// person is somebody in the access matrix: what he is granted, and the standings that he sees and whose parts he writes.
type person struct {
	name   string
	grants []grant
	drafts bool     // sees what is not yet reviewed or not for the public in a record that he sees
	sees   []string // beyond what is published
	writes []string
	units  []string // standings that he writes of records that belong to no unit of the ministry: administrative units and pages
	tables []string // roles by which he writes tables that are no part of a record
	texts  bool     // writes drafts of texts of whatever he sees
}

var (
	openA    = []string{"published a", "draft a", "draft below a", "draft", "returned a", "confidential a", "confidential below a", "confidential"}
	openB    = []string{"published b", "draft b", "confidential b", "partner published b", "partner draft b", "partner reports b", "partner confidential b"}
	unhidden = []string{"draft a", "draft below a", "draft b", "draft", "submitted a", "returned a", "archived a", "partner draft b", "partner reports b"}
	secretA  = []string{"confidential a", "confidential below a", "confidential"}
	secretB  = []string{"confidential b", "partner confidential b"}
)

// people is the access matrix.
var people = []person{
	{name: "nobody"},
	{name: "analyst", grants: []grant{{role: "ANALYST"}}, drafts: true, sees: unhidden},
	{name: "translator", grants: []grant{{role: "TRANSLATOR"}}, drafts: true, sees: unhidden, texts: true},
	{name: "reviewer", grants: []grant{{role: "REVIEWER"}}, drafts: true, sees: unhidden},
	{name: "certifier", grants: []grant{{role: "CERTIFIER"}}, drafts: true, sees: unhidden},
	{name: "editor", grants: []grant{{role: "EDITOR"}}, drafts: true, sees: join(unhidden, secretA, secretB), writes: join(openA, openB),
		units: []string{"published a", "published b", "draft", "returned a"}},
	{name: "editor of a", grants: []grant{{role: "EDITOR", unit: unitA}}, drafts: true, sees: join(unhidden, secretA), writes: openA},
	{name: "editor below a", grants: []grant{{role: "EDITOR", unit: unitBelowA}}, drafts: true, sees: join(unhidden, []string{"confidential below a", "confidential"}),
		writes: []string{"draft below a", "draft", "confidential below a", "confidential"}},
	{name: "approver", grants: []grant{{role: "APPROVER"}}, drafts: true, sees: join(unhidden, secretA, secretB), writes: join(openA, openB, []string{"submitted a"}),
		units: []string{"published a", "published b", "draft", "returned a", "submitted a"}},
	{name: "approver of a", grants: []grant{{role: "APPROVER", unit: unitA}}, drafts: true, sees: join(unhidden, secretA), writes: join(openA, []string{"submitted a"})},
	{name: "partner", grants: []grant{{role: "PARTNER", organization: partnerOrganization}}, sees: []string{"partner draft b", "partner reports b"}, writes: []string{"partner published b"}},
	{name: "administrator", grants: []grant{{role: "ADMINISTRATOR"}}, drafts: true, sees: join(unhidden, secretA, secretB), tables: []string{"ADMINISTRATOR"},
		units: []string{"published a", "published b", "draft", "returned a", "submitted a"}},
	{name: "analyst and partner", grants: []grant{{role: "ANALYST"}, {role: "PARTNER", organization: partnerOrganization}}, drafts: true, sees: unhidden, writes: []string{"partner published b"}},
	{name: "editor of a, translator", grants: []grant{{role: "EDITOR", unit: unitA}, {role: "TRANSLATOR"}}, drafts: true, sees: join(unhidden, secretA), writes: openA, texts: true},
}

func join(lists ...[]string) []string { return slices.Concat(lists...) }

// condition is the SQL list of standings.
func condition(standings []string) string {
	quoted := []string{"''"}
	for _, s := range standings {
		quoted = append(quoted, quote(s))
	}
	return "l.standing in (" + strings.Join(quoted, ", ") + ")"
}

// TestWhoSeesWhat reads every table as everybody, through the views and in the tables themselves.
func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	d := accessFixture(t)
	tables, err := exposedTables(t.Context(), d.Owner())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			conn, rows := actAs(t, d, p.grants...), 0
			for _, e := range tables {
				if e.ruled {
					continue
				}
				want := read(t, d.Owner(), fmt.Sprintf(`select l.key || ' ' || l.standing from public.label l where l.kind = '%s' and (l.open or %t) and (l.standing like '%%published%%' or %s) order by 1`,
					e.kind, p.drafts, condition(p.sees)))
				for _, schema := range []string{"staff", "base"} {
					keys := read(t, conn, fmt.Sprintf(`select %s from %s.%q`, e.key, schema, e.table))
					got := read(t, d.Owner(), fmt.Sprintf(`select l.key || ' ' || l.standing from public.label l where l.kind = '%s' and l.key in ('%s') order by 1`, e.kind, strings.ReplaceAll(keys, "\n", "', '")))
					if got != want {
						t.Errorf("%s.%s shows\n%s\nwant\n%s", schema, e.table, got, want)
					}
					rows += strings.Count(got, "\n")
				}
			}
			if rows < 500 {
				t.Errorf("only %d rows were read: the fixture is too small", rows)
			}
		})
	}
}

// Kinds of part of which the rows of every standing are written, and the standings of which those of all others are.
var (
	thorough = []string{"UnitAlias", "Result", "Translation"}
	telling  = []string{"draft a", "confidential b", "partner published b"}
)

// TestWhoWritesWhat changes, removes and adds rows of every table as everybody, in statements written by hand.
func TestWhoWritesWhat(t *testing.T) {
	t.Parallel()
	d := accessFixture(t)
	tables, err := exposedTables(t.Context(), d.Owner())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			d := accessFixture(t) // his own: those who write at once wait for each other
			conn, tried := actAs(t, d, p.grants...), 0
			writer := len(p.writes) > 0 || p.units != nil || p.texts
			written := "''" // kinds of record that are written by his role
			for _, e := range tables {
				if slices.ContainsFunc(e.writers, func(role string) bool { return slices.Contains(p.tables, role) }) {
					written += ", " + quote(e.kind)
				}
			}
			for _, e := range tables {
				if e.ruled {
					continue
				}
				// One row for each standing of each kind of record stands for all; in most tables a few standings tell whether the right record is asked.
				of := fmt.Sprintf(`from (select distinct on (l.root, l.standing, l.open) * from public.label l where l.kind = '%s' and l.row_of is not null and (%t or %s)
				order by l.root, l.standing, l.open, l.key) l where true`, e.kind, writer && (e.core || slices.Contains(thorough, e.kind)), condition(telling))
				var where, parts []string // by the columns of the key and not their text, so that its index is used
				for i, column := range strings.Split(e.key, " || '/' || ") {
					where = append(where, strings.TrimSuffix(column, "::text")+" = %L")
					parts = append(parts, fmt.Sprintf("split_part(l.key, '/', %d)", i+1))
				}
				key, keys := strings.Join(where, " and "), strings.Join(parts, ", ")
				for _, c := range []struct{ action, statement string }{
					{"changes", "format(" + quote(fmt.Sprintf("update base.%q set %s where %s", e.table, change(e), key)) + ", " + keys + ")"},
					{"removes", "format(" + quote(fmt.Sprintf("delete from base.%q where %s", e.table, key)) + ", " + keys + ")"},
					{"adds", fmt.Sprintf("format('insert into base.%q (%[2]s) select %[2]s from jsonb_populate_record(null::base.%[1]q, %%L)', l.row_of)", e.table, columns(t, d, e))},
				} {
					if e.core && c.action == "adds" {
						continue // TestWhoCreates
					}
					may := fmt.Sprintf(`case when root in ('AdministrativeUnit', 'Page') then %s when root in ('Organization', 'Agreement', 'Project', 'Evaluation') then %[2]s else root in (%[3]s) end`,
						condition(p.units), condition(p.writes), written)
					if e.kind == "Translation" && p.texts {
						may = fmt.Sprintf(`(%s or row_of ->> 'status' = 'DRAFT' and (l.standing like '%%published%%' or %s))`, may, condition(p.sees))
					}
					if c.action != "adds" {
						may += fmt.Sprintf(" and (l.open or %t)", p.drafts)
					}
					if e.core && c.action == "removes" || e.listed && !slices.Contains(e.writers, strings.Join(p.tables, "")) {
						may = "false"
					}
					want := read(t, d.Owner(), fmt.Sprintf("select l.key || ' ' || l.standing %s and %s order by 1", of, may))
					got := read(t, conn, fmt.Sprintf("select l.key || ' ' || l.standing %s and public.attempt(%s) = 'done' order by 1", of, c.statement))
					if got != want {
						t.Errorf("%s in %s\n%s\nwant\n%s", c.action, e.table, got, want)
					}
					tried += strings.Count(got, "\n")
				}
			}
			if len(p.writes) > 1 && tried < 50 {
				t.Errorf("only %d writes went well: the fixture is too small", tried)
			}
		})
	}
}

// TestReadOnlyTokens: whatever the roles of its owner, PostgreSQL refuses all that a token changes which may only read.
func TestReadOnlyTokens(t *testing.T) {
	t.Parallel()
	d := accessFixture(t)
	tables, err := exposedTables(t.Context(), d.Owner())
	if err != nil {
		t.Fatal(err)
	}
	var roles []grant
	for _, role := range []string{"EDITOR", "APPROVER", "TRANSLATOR", "REVIEWER", "CERTIFIER", "ADMINISTRATOR"} {
		roles = append(roles, grant{role: role})
	}
	conn := actAs(t, d, roles...)
	tokens := map[bool]string{}
	for _, readOnly := range []bool{false, true} {
		tokens[readOnly] = read(t, d.Owner(), fmt.Sprintf(`insert into api_token (account_id, name, roles, read_only, expires_at)
			select max(id), 'token %t', '{EDITOR,APPROVER,TRANSLATOR,REVIEWER,CERTIFIER,ADMINISTRATOR}', %[1]t, now() + interval '1 day' from account returning id`, readOnly))
	}
	written := 0
	for _, e := range tables {
		if e.ruled {
			continue
		}
		for _, readOnly := range []bool{false, true} {
			run(t, conn, "set taawun.token = '"+tokens[readOnly]+"'")
			if got := read(t, conn, fmt.Sprintf("select public.attempt(%s)", quote(fmt.Sprintf("update base.%q set %s", e.table, change(e))))); got == "done" {
				if written++; readOnly {
					t.Errorf("a token that may only read changes %s", e.table)
				}
			}
		}
	}
	if written < 3 {
		t.Errorf("the other token changes %d tables only: the test proves nothing", written)
	}
	if got := read(t, conn, `select string_agg(fn.may(a, 'Project', p.id)::text, ' ') from unnest('{EDIT,TRANSLATE,REVIEW,CERTIFY,ADMINISTER,PUBLISH}'::text[]) a, (select id from project where published limit 1) p`); strings.Contains(got, "true") {
		t.Errorf("it is told that it may: %s", got)
	}
	// What is allowed to write with other rights is refused as well.
	tx, err := d.Owner().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), "set local taawun.token = '"+tokens[true]+"'"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), "update project set version = version + 1"); constraintOf(err) != "read_only" {
		t.Errorf("the owner on behalf of the token: %v", err)
	}
}

// TestCertifiersReview: a certifier may bring a draft to REVIEWED, and is told so.
func TestCertifiersReview(t *testing.T) {
	t.Parallel()
	d := accessFixture(t)
	for role, want := range map[string]string{"CERTIFIER": "true true", "REVIEWER": "true false", "TRANSLATOR": "false false"} {
		got := read(t, actAs(t, d, grant{role: role}), `select fn.may('REVIEW', 'Project', p.id) || ' ' || fn.may('CERTIFY', 'Project', p.id) from (select id from project where published limit 1) p`)
		if got != want {
			t.Errorf("%s: review and certify %s, want %s", role, got, want)
		}
	}
}

// change is a change to a row that its table allows.
func change(e exposed) string {
	switch {
	case e.core:
		return "original_locale = 'fr'"
	case e.kind == "Translation":
		return "text = text || '!'"
	case e.kind == "Document":
		return "url = url || '!'"
	}
	column := strings.TrimSuffix(strings.Split(e.key, " ")[0], "::text")
	return column + " = " + column
}

// columns are those of a table that a person supplies.
func columns(t *testing.T, d *dbtest.DB, e exposed) string {
	t.Helper()
	return read(t, d.Owner(), fmt.Sprintf(`select string_agg(quote_ident(a.attname), ', ') from pg_attribute a left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
		where a.attrelid = 'base.%s'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
		and a.attname not in ('search', 'since') and not (a.atttypid = 'jsonb'::regtype and a.attnotnull)`, e.table))
}

// constraintOf is the name of the constraint that a statement broke, or of the rule by which it was refused.
func constraintOf(err error) string {
	var refusal pgdriver.Error
	if errors.As(err, &refusal) {
		return refusal.Field('n')
	}
	return ""
}
