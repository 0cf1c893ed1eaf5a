package db_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

// Units of the ministry and organizations of the fixture.
const (
	unitA, unitBelowA, unitB = 1, 2, 3
	partnerOrganization      = 1000
)

// standing is how a core record stands: what decides who sees and who writes it and its parts.
type standing struct {
	name         string
	state        string
	owner        int64
	confidential bool
	partner      string // of a project: how the partner's organization takes part in it
}

// standings are all that the roles tell apart. A record without an owner belongs to all who edit.
var standings = []standing{
	{name: "published a", state: "PUBLISHED", owner: unitA},
	{name: "published b", state: "PUBLISHED", owner: unitB},
	{name: "draft a", state: "DRAFT", owner: unitA},
	{name: "draft below a", state: "DRAFT", owner: unitBelowA},
	{name: "draft b", state: "DRAFT", owner: unitB},
	{name: "draft", state: "DRAFT"},
	{name: "submitted a", state: "SUBMITTED", owner: unitA},
	{name: "returned a", state: "RETURNED", owner: unitA},
	{name: "archived a", state: "ARCHIVED", owner: unitA},
	{name: "confidential a", state: "DRAFT", owner: unitA, confidential: true},
	{name: "confidential below a", state: "DRAFT", owner: unitBelowA, confidential: true},
	{name: "confidential b", state: "DRAFT", owner: unitB, confidential: true},
	{name: "confidential", state: "DRAFT", confidential: true},
	{name: "partner published b", state: "PUBLISHED", owner: unitB, partner: "IMPLEMENTING"},
	{name: "partner draft b", state: "DRAFT", owner: unitB, partner: "IMPLEMENTING"},
	{name: "partner reports b", state: "DRAFT", owner: unitB, partner: "reports"},
	{name: "partner confidential b", state: "DRAFT", owner: unitB, confidential: true, partner: "IMPLEMENTING"},
}

// exposed is a table that people read and perhaps write, as the catalog tells of it.
type exposed struct {
	kind, table string
	owner       string // the kind that its rows are parts of, by
	ownerColumn string
	bySubject   bool
	core        bool
	ruled       bool // has a rule of its own, and with it tests of its own
	visible     string
	listed      bool // written by the roles of writers only
	writers     []string
	key         string // expression of the primary key as text
}

// exposedTables are all tables of base.record_kind, those that others refer to first.
func exposedTables(ctx context.Context, owner *bun.DB) (tables []exposed, err error) {
	rows, err := owner.QueryContext(ctx, `
		select k.kind, k.table_name, coalesce(o.kind, ''), coalesce(o.column_name, ''), o.by_subject, k.is_core, k.rule is not null, k.visible, k.writers is not null, coalesce(array_to_string(k.writers, ','), ''),
			(select string_agg(quote_ident(a.attname) || '::text', ' || ''/'' || ' order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
				where i.indrelid = c.oid and i.indisprimary),
			coalesce((select string_agg(r.kind, ',') from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1] and a.attnotnull join base.record_kind r on format('base.%I', r.table_name)::regclass = f.confrelid
				where f.conrelid = c.oid and f.confrelid <> c.oid and f.contype = 'f'), '')
		from base.record_kind k join pg_class c on c.oid = format('base.%I', k.table_name)::regclass and c.relkind = 'r' cross join lateral base.owner_of(k.table_name) o
		order by k.kind = 'Translation', k.kind = 'Source', o.by_subject, k.kind`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var waiting []exposed
	needs := map[string][]string{}
	for rows.Next() {
		var e exposed
		var writers, needed string
		if err := rows.Scan(&e.kind, &e.table, &e.owner, &e.ownerColumn, &e.bySubject, &e.core, &e.ruled, &e.visible, &e.listed, &writers, &e.key, &needed); err != nil {
			return nil, err
		}
		if writers != "" {
			e.writers = strings.Split(writers, ",")
		}
		if needed != "" {
			needs[e.kind] = strings.Split(needed, ",")
		}
		waiting = append(waiting, e)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	placed := map[string]bool{}
	for len(waiting) > 0 {
		var later []exposed
		for _, e := range waiting {
			if !slices.ContainsFunc(needs[e.kind], func(kind string) bool { return !placed[kind] }) {
				tables, placed[e.kind] = append(tables, e), true
			} else {
				later = append(later, e)
			}
		}
		if len(later) == len(waiting) {
			return nil, fmt.Errorf("parts of each other: %v", later)
		}
		waiting = later
	}
	return tables, nil
}

// accessFixture is a database in which every table holds a row for each standing of the record that it is a part of. The table label says
// which: (kind, key, standing, open: nothing but the standing hides it).
func accessFixture(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "access", func(ctx context.Context, d *dbtest.DB) error {
		tables, err := exposedTables(ctx, d.Owner())
		if err != nil {
			return err
		}
		return d.Owner().RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			w := &fixtureWriter{ctx: ctx, db: tx, made: map[string][]madeRow{}}
			for _, s := range []string{
				"select base.note_revision('fixture')",
				"create table public.label (kind text, key text, standing text, open boolean, root text, row_of jsonb, primary key (kind, key)); grant select on public.label to taawun_staff",
				attempt,
				fmt.Sprintf("insert into ministry_unit (id, code, parent_id) values (%d, 'A', null), (%d, 'A1', %d), (%d, 'B', null)", unitA, unitBelowA, unitA, unitB),
				fmt.Sprintf("insert into organization (id, code, state) values (%d, 'PARTNER', 'PUBLISHED')", partnerOrganization),
				"insert into administrative_unit (id, pcode, level) values (1000, 'SY', 0)",
				"insert into code_list (id, name) values (1000, 'List'); insert into code_list_item (id, list_id, list, code) values (1000, 1000, 'List', '1'); insert into data_set (id, name, kind) values (1000, 'x', 'UNITS')",
			} {
				if _, err := tx.ExecContext(ctx, s); err != nil {
					return fmt.Errorf("%s: %w", s, err)
				}
			}
			for _, e := range tables {
				if err := w.fill(e); err != nil {
					return fmt.Errorf("%s: %w", e.table, err)
				}
			}
			_, err = tx.ExecContext(ctx, `insert into public.label select 'Organization', '1000', 'published b', true, 'Organization' union all select 'AdministrativeUnit', '1000', 'published b', true, 'AdministrativeUnit'`)
			return err
		})
	})
}

// madeRow is a row of the fixture.
type madeRow struct {
	key       string
	standing  string
	published bool
	open      bool
	root      string // kind of the record that it is a part of
}

// attempt is a function that tries a statement, undoes it, and tells what became of it: done, no row, or refused. What is wrong for other reasons
// was not refused.
const attempt = `create function public.attempt(statement text) returns text language plpgsql as $$
declare
  affected integer;
begin
  execute statement;
  get diagnostics affected = row_count;
  raise exception using errcode = 'P0099', message = affected;
exception
  when sqlstate 'P0099' then return case sqlerrm when '0' then 'no row' else 'done' end;
  when unique_violation or foreign_key_violation then return 'done';
  when insufficient_privilege then return 'refused';
end
$$`

type fixtureWriter struct {
	ctx  context.Context
	db   bun.IDB
	made map[string][]madeRow // by kind
	n    int
}

func (w *fixtureWriter) fill(e exposed) error {
	switch {
	case e.core:
		for _, s := range standings {
			values := map[string]string{"state": quote(s.state)}
			if e.kind == "AdministrativeUnit" || e.kind == "Page" {
				if s.owner != 0 && s.state == "DRAFT" || s.confidential || s.partner != "" {
					continue
				}
			} else {
				values["confidential"] = fmt.Sprint(s.confidential)
				if s.owner != 0 {
					values["owner_id"] = fmt.Sprint(s.owner)
				}
			}
			if s.partner != "" && e.kind != "Project" {
				continue
			}
			if s.partner == "reports" {
				values["reporting_organization_id"] = fmt.Sprint(partnerOrganization)
			}
			if err := w.insert(e, values, madeRow{"", s.name, s.state == "PUBLISHED", true, e.kind}); err != nil {
				return err
			}
		}
	case e.bySubject && !e.ruled:
		for kind, rows := range w.made {
			for _, r := range rows {
				if strings.Contains(r.key, "/") || kind == e.kind || kind == "Translation" || kind == "Source" {
					continue
				}
				for _, values := range w.about(e, kind) {
					values["subject_kind"], values["subject_id"] = quote(kind), r.key
					if err := w.insert(e, values, madeRow{"", r.standing, r.published, r.open && values["status"] != quote("DRAFT"), r.root}); err != nil {
						return err
					}
				}
			}
		}
	case e.owner != "" && !e.ruled:
		for _, parent := range w.made[e.owner] {
			values := map[string]string{e.ownerColumn: parent.key}
			if e.kind == "ProjectPartner" && strings.HasPrefix(parent.standing, "partner") && parent.standing != "partner reports b" {
				values["organization_id"] = fmt.Sprint(partnerOrganization)
			}
			for _, open := range []bool{true, false} {
				if e.visible == "is_public" {
					values["is_public"] = fmt.Sprint(open)
				} else if !open {
					break
				}
				if err := w.insert(e, values, madeRow{"", parent.standing, parent.published, parent.open && open && e.visible != "false", parent.root}); err != nil {
					return err
				}
			}
		}
	case !e.ruled && e.visible != "false":
		return w.label(e)
	}
	return nil
}

// label labels the rows of a table that is no part of anything, of which one is made if there is none.
func (w *fixtureWriter) label(e exposed) error {
	of := madeRow{"", "published b", true, true, e.kind}
	keys := func() (keys []string, err error) {
		err = w.db.NewRaw(fmt.Sprintf("insert into public.label select '%s', %s, '%s', true, '%[1]s', to_jsonb(t) from base.%[4]q t returning key", e.kind, e.key, of.standing, e.table)).Scan(w.ctx, &keys)
		return keys, err
	}
	made, err := keys()
	if err == nil && len(made) == 0 {
		return w.insert(e, nil, of)
	}
	for _, of.key = range made {
		w.made[e.kind] = append(w.made[e.kind], of)
	}
	return err
}

// about are rows that speak of a record: of a translatable one an original and a draft.
func (w *fixtureWriter) about(e exposed, kind string) []map[string]string {
	if e.kind != "Translation" {
		return []map[string]string{{}}
	}
	var field string
	if err := w.db.QueryRowContext(w.ctx, `select coalesce((select a.attname from pg_attribute a join base.record_kind k on k.kind = ? and a.attrelid = format('base.%I', k.table_name)::regclass
		where a.atttypid = 'jsonb'::regtype and a.attnotnull order by a.attnum limit 1), '')`, kind).Scan(&field); err != nil || field == "" {
		return nil
	}
	return []map[string]string{{"field": quote(field), "locale": "'ar'", "status": "'ORIGINAL'"}, {"field": quote(field), "locale": "'en'", "status": "'DRAFT'"}}
}

var allowedValue = regexp.MustCompile(`= ANY \(ARRAY\['([^']+)'`)

// insert adds a row with values, and whatever else its table demands.
func (w *fixtureWriter) insert(e exposed, values map[string]string, of madeRow) error {
	rows, err := w.db.QueryContext(w.ctx, `
		select a.attname, format_type(a.atttypid, null), coalesce((select f.confrelid::regclass::text from pg_constraint f where f.conrelid = a.attrelid and f.contype = 'f' and a.attnum = any (f.conkey) and a.attname <> 'published' limit 1), ''),
			coalesce((select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1), '')
		from pg_attribute a where a.attrelid = format('base.%I', ?::text)::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''`, e.table)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := map[string]string{}
	for rows.Next() {
		var name, kind, reference, check string
		if err := rows.Scan(&name, &kind, &reference, &check); err != nil {
			return err
		}
		w.n++
		switch allowed := allowedValue.FindStringSubmatch(check); {
		case name == "published":
			row[name] = fmt.Sprint(of.published)
		case reference != "":
			row[name] = "(select min(id) from " + reference + ")"
		case allowed != nil:
			row[name] = quote(allowed[1])
		case name == "currency":
			row[name] = "'EUR'"
		case strings.HasSuffix(name, "_currency"):
			row[name] = "'USD'"
		case kind == "text":
			row[name] = quote(fmt.Sprint("x", w.n))
		case kind == "boolean":
			row[name] = "false"
		case kind == "jsonb":
			row[name] = "'{}'"
		case kind == "bytea":
			row[name] = `'\x00'`
		case kind == "text[]":
			row[name] = "'{}'"
		case strings.HasPrefix(kind, "timestamp") || kind == "date":
			row[name] = "'2024-01-01'"
		default:
			row[name] = fmt.Sprint(w.n)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for name, v := range values {
		row[name] = v
	}
	var names, list []string
	for name, v := range row {
		names, list = append(names, `"`+name+`"`), append(list, v)
	}
	if err := w.db.QueryRowContext(w.ctx, fmt.Sprintf("insert into base.%q (%s) values (%s) returning %s", e.table, strings.Join(names, ", "), strings.Join(list, ", "), e.key)).Scan(&of.key); err != nil {
		return fmt.Errorf("(%s) values (%s): %w", strings.Join(names, ", "), strings.Join(list, ", "), err)
	}
	if _, err := w.db.ExecContext(w.ctx, fmt.Sprintf("insert into public.label select ?, ?, ?, ?, ?, to_jsonb(t) from base.%q t where %s = ?", e.table, e.key), e.kind, of.key, of.standing, of.open, of.root, of.key); err != nil {
		return err
	}
	of.published = of.published && of.open
	w.made[e.kind] = append(w.made[e.kind], of)
	return nil
}
