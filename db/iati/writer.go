package iati

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db/imports"
)

// writer writes the records of one file, in one transaction.
type writer struct {
	conn    bun.Conn // the connection of the transaction, for COPY
	tx      bun.Tx
	tables  *tables
	codes   *codes
	parties *parties
	dataSet int64
	state   string
	file    string
	seen    map[string]int // identifier → line
	taken   map[int64]int  // key of a record that stood before → line
	// unlinked are the places where the file names organisations without an identifier that is known.
	unlinked map[naming]bool
	sum      Summary
}

func newWriter(ctx context.Context, conn bun.Conn, tx bun.Tx, t *tables, set, element, state, file string) (*writer, error) {
	w := &writer{conn: conn, tx: tx, tables: t, state: state, file: file, seen: make(map[string]int), taken: make(map[int64]int),
		unlinked: make(map[naming]bool), sum: Summary{Parts: map[string]int{}}}
	// The texts of the records are written together with their projection, which the triggers need not compute again. lz4, where PostgreSQL
	// was built with it, compresses the XML in a quarter of the time.
	if _, err := tx.ExecContext(ctx, "set local taawun.projection = off; select pg_advisory_xact_lock(?), base.note_revision('import iati'); "+
		"create temporary table iati_touched (id bigint) on commit drop; "+
		"select set_config(name, 'lz4', true) from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)", lock); err != nil {
		return nil, fmt.Errorf("waiting for another import: %w", err)
	}
	kind := map[string]string{"iati-activity": "IATI_ACTIVITIES", "iati-organisation": "IATI_ORGANISATIONS"}[element]
	// One set may hold a publisher's activities and its organisation file.
	err := tx.QueryRowContext(ctx, "insert into data_set (name, kind, imported_at) values (?, ?, now()) "+
		"on conflict (name) do update set imported_at = now() where data_set.kind in ('IATI_ACTIVITIES', 'IATI_ORGANISATIONS') returning id", set, kind).Scan(&w.dataSet)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, imports.Say("the data set %q holds data other than IATI's; choose another name with --dataset",
				"في مجموعة البيانات «%s» بيانات غير بيانات IATI؛ اختر اسمًا آخر بالخيار --dataset", set)
		}
		return nil, fmt.Errorf("entering the data set %q: %w", set, err)
	}
	w.codes = &codes{tx: tx, known: make(map[codeKey]int64)}
	w.parties = &parties{tx: tx, state: state, dataSet: w.dataSet, known: make(map[string]int64), nameless: make(map[int64]bool)}
	return w, nil
}

// job is a record on its way into the database.
type job struct {
	*record
	known     bool // its record stands already
	published bool
}

// write brings a batch of records into the database.
func (w *writer) write(ctx context.Context, batch []*record) (err error) {
	jobs, err := w.sort(ctx, batch)
	if err != nil || len(jobs) == 0 {
		return err
	}
	// What is added to records that stand is entered in their history. New records are there as a whole.
	if slices.ContainsFunc(jobs, func(j *job) bool { return j.known }) {
		if _, err := w.tx.ExecContext(ctx, "set local taawun.bulk = off"); err != nil {
			return fmt.Errorf("beginning to change records: %w", err)
		}
		defer func() {
			if err == nil {
				_, err = w.tx.ExecContext(ctx, "set local taawun.bulk = on")
			}
		}()
	}
	var wanted []code
	var mentions []reference
	for _, j := range jobs {
		w.count(j.record)
		mentions = append(mentions, j.mentions...)
		for _, r := range j.rows {
			for _, v := range r.values {
				if c, ok := v.(code); ok {
					wanted = append(wanted, c)
				}
			}
			wanted = append(wanted, r.categories...)
		}
	}
	names, err := w.codes.resolve(ctx, wanted)
	if err != nil {
		return err
	}
	more, err := w.parties.resolve(ctx, w.codes, mentions)
	if err != nil {
		return err
	}
	m := &matcher{writer: w}
	if err := m.match(ctx, jobs); err != nil {
		return err
	}
	if err := w.number(ctx, jobs); err != nil {
		return err
	}
	t := &wording{writer: w}
	if err := t.read(ctx, jobs, m.gone); err != nil {
		return err
	}
	if err := m.remove(ctx); err != nil {
		return err
	}
	if err := w.rows(ctx, jobs, t); err != nil {
		return err
	}
	for _, n := range append(names, more...) {
		t.name(n)
	}
	if err := t.write(ctx); err != nil {
		return err
	}
	return w.baptise(ctx, more)
}

// count adds a record to the summary.
func (w *writer) count(r *record) {
	for _, p := range r.rows {
		if p != r.root && p.table != w.tables.source {
			w.sum.Parts[p.table.kind]++
		}
	}
	w.sum.Narratives.add(r.narratives)
	for _, n := range r.notes {
		w.sum.note(n)
	}
}

// number gives keys to the rows that are new.
func (w *writer) number(ctx context.Context, jobs []*job) error {
	fresh := make(map[string][]*row)
	var tables []string
	for _, j := range jobs {
		for _, r := range j.rows {
			if r.id == 0 {
				if fresh[r.table.name] == nil {
					tables = append(tables, r.table.name)
				}
				fresh[r.table.name] = append(fresh[r.table.name], r)
			}
		}
	}
	if len(tables) == 0 {
		return nil
	}
	asked := make([]string, len(tables))
	for i, t := range tables {
		asked[i] = fmt.Sprintf("select %d, array(select nextval(s.sequence) from generate_series(1, %d)) from (select pg_get_serial_sequence('%s', 'id')::regclass as sequence offset 0) s",
			i, len(fresh[t]), t)
	}
	rows, err := w.tx.QueryContext(ctx, strings.Join(asked, " union all "))
	if err != nil {
		return fmt.Errorf("taking keys: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var place int
		var ids []int64
		if err := rows.Scan(&place, pgdialect.Array(&ids)); err != nil {
			return fmt.Errorf("taking keys: %w", err)
		}
		for i, r := range fresh[tables[place]] {
			r.id = ids[i]
		}
	}
	return rows.Err()
}

// sheets are the rows of one table as they are to be written.
type sheets struct {
	table          *table
	added, changed sheet
}

// rows writes the records and their parts with their texts: new ones by COPY, the others by one UPDATE for each table. While PostgreSQL
// takes the rows of one table, those of the next are put into its form.
func (w *writer) rows(ctx context.Context, jobs []*job, t *wording) error {
	type owned struct {
		*row
		*job
	}
	all := make(map[*table][]owned)
	var touched, categories sheet
	var filed []int64 // documents whose categories are written anew
	for _, j := range jobs {
		if j.kind == "Project" {
			touched.int(j.root.id)
			touched.end()
		}
		for _, r := range j.rows {
			all[r.table] = append(all[r.table], owned{r, j})
			for _, n := range namings {
				if n.names(r) {
					w.unlinked[n] = true
				}
			}
			if r.known && r.table.of != "" {
				filed = append(filed, r.id)
			}
			for _, c := range r.categories {
				categories.int(r.id)
				categories.key(w.codes.id(c))
				categories.end()
			}
		}
	}
	ready := make(chan *sheets, 2)
	go func() {
		defer close(ready)
		each := func(of *table) {
			if len(all[of]) == 0 {
				return
			}
			s := &sheets{table: of}
			for _, r := range all[of] {
				t.settle(r.row, r.published)
				if r.row.known {
					w.cells(&s.changed, r.row, r.job)
				} else {
					w.cells(&s.added, r.row, r.job)
				}
				r.shown = nil
			}
			ready <- s
		}
		w.tables.project.walk(each)
		w.tables.organization.walk(each)
		each(w.tables.source)
	}()
	var err error
	for s := range ready {
		if err == nil {
			err = s.added.copy(ctx, w.conn, s.table.name, s.table.all())
		}
		if err == nil && s.changed.rows > 0 {
			err = w.update(ctx, s.table, &s.changed)
		}
	}
	if err != nil {
		return err
	}
	if len(filed) > 0 {
		if _, err := w.tx.ExecContext(ctx, "delete from document_category where document_id = any (?)", pgdialect.Array(filed)); err != nil {
			return fmt.Errorf("filing documents anew: %w", err)
		}
	}
	if err := categories.copy(ctx, w.conn, "document_category", []string{"document_id", "category_id"}); err != nil {
		return err
	}
	return touched.copy(ctx, w.conn, "iati_touched", []string{"id"})
}

// all are the columns of a table that the import writes, in the order of cells.
func (t *table) all() []string {
	return append(append([]string{"id"}, t.columns...), t.shown...)
}

// cells writes one row.
func (w *writer) cells(s *sheet, r *row, j *job) {
	s.int(r.id)
	for i, c := range r.table.columns {
		switch c {
		case r.table.parent:
			s.int(r.above.id)
			continue
		case "published":
			s.bool(j.published)
			continue
		}
		switch v := r.values[i].(type) {
		case nil:
			s.null()
		case string:
			s.text(v)
		case bool:
			s.bool(v)
		case int:
			s.int(int64(v))
		case int64:
			s.int(v)
		case float64:
			s.text(fmt.Sprint(v))
		case []string:
			s.text(array(v))
		case code:
			s.key(w.codes.id(v))
		case party:
			s.key(w.parties.id(v))
		case *row:
			s.int(v.id)
		case time.Time:
			s.text(v.Format(time.RFC3339Nano))
		}
	}
	for i := range r.table.shown {
		s.text(jsonText(r.shown[i]))
	}
	s.end()
}

// update changes rows in place, those that differ. Columns that people may have filled stay while what they follow from does.
func (w *writer) update(ctx context.Context, t *table, changed *sheet) error {
	next := "iati_next_" + t.name
	columns := quoted(t.all())
	if _, err := w.tx.ExecContext(ctx, fmt.Sprintf("create temporary table if not exists %s on commit drop as select %s from %q with no data; truncate %s",
		next, strings.Join(columns, ", "), t.name, next)); err != nil {
		return fmt.Errorf("preparing to change rows of %s: %w", t.name, err)
	}
	if err := changed.copy(ctx, w.conn, next, t.all()); err != nil {
		return err
	}
	var set, take []string
	for _, c := range t.all() {
		if c == "id" || c == t.parent || c == "published" || slices.Contains(t.fixed, c) {
			continue
		}
		column := fmt.Sprintf("%q", c)
		set = append(set, column)
		value := "n." + column
		if follows, ok := t.keep[c]; ok {
			same := "true"
			for _, f := range follows {
				same += fmt.Sprintf(" and n.%q is not distinct from t.%q", f, f)
			}
			value = fmt.Sprintf("case when n.%q is null and %s then t.%q else n.%q end as %q", c, same, c, c, c)
		}
		take = append(take, value)
	}
	list := strings.Join(set, ", ")
	_, err := w.tx.ExecContext(ctx, fmt.Sprintf("update %[1]q t set (%[2]s) = row(%[3]s) from (select t.id, %[4]s from %[5]s n join %[1]q t on t.id = n.id) n "+
		"where t.id = n.id and (%[6]s) is distinct from (%[3]s)", t.name, list, "n."+strings.Join(set, ", n."), strings.Join(take, ", "), next, "t."+strings.Join(set, ", t.")))
	if err != nil {
		return fmt.Errorf("changing rows of %s: %w", t.name, err)
	}
	if t.parent == "" && t != w.tables.source {
		if _, err := w.tx.ExecContext(ctx, fmt.Sprintf("update %q set version = version + 1, updated_at = now() where id in (select id from %s)", t.name, next)); err != nil {
			return fmt.Errorf("counting changes of %s: %w", t.name, err)
		}
	}
	return nil
}

// baptise writes the names of organizations that had none.
func (w *writer) baptise(ctx context.Context, names []named) error {
	var ids []int64
	var shown, locales []string
	for _, n := range names {
		if n.kind == "Organization" {
			ids, locales, shown = append(ids, n.id), append(locales, n.texts[0].locale), append(shown, jsonText(projection(merge(nil, n.texts).after)))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	_, err := w.tx.ExecContext(ctx, "update organization o set name = n.name::jsonb, original_locale = n.locale "+
		"from unnest(?::bigint[], ?::text[], ?::text[]) n(id, locale, name) where o.id = n.id and o.name = '{}'",
		pgdialect.Array(ids), pgdialect.Array(locales), pgdialect.Array(shown))
	if err != nil {
		return fmt.Errorf("naming organizations: %w", err)
	}
	return nil
}
