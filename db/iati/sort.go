package iati

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db/imports"
)

// found is a record that stands already.
type found struct {
	id         int64
	published  bool
	reportedAt time.Time
	source     int64  // row of this data set; 0 if the record is not from it
	hash       string // of that row
	others     bool   // other data sets have it too
}

// sort tells new, changed and unchanged records apart and lets go of those that are not to be written.
func (w *writer) sort(ctx context.Context, batch []*record) ([]*job, error) {
	var kept []*record
	for _, r := range batch {
		if r.refusal != nil {
			w.sum.refuse(r.kind, *r.refusal)
			continue
		}
		identity := r.kind + strings.ToUpper(r.identifier)
		if line, again := w.seen[identity]; again {
			w.refuse(r, imports.Say("the same identifier stands in line %d of the file already", "المعرّف نفسه وارد من قبل في السطر %d من الملف", line))
			continue
		}
		w.seen[identity] = r.line
		kept = append(kept, r)
	}
	if len(kept) == 0 {
		return nil, nil
	}
	standing, err := w.standing(ctx, kept)
	if err != nil {
		return nil, err
	}
	if standing, err = w.byName(ctx, kept, standing); err != nil {
		return nil, err
	}
	var jobs, fresh []*job
	for _, r := range kept {
		f, known := standing[r.identifier]
		counts := w.sum.counts(r.kind)
		line, again := w.taken[f.id]
		if known {
			w.taken[f.id] = r.line
		}
		switch {
		case !known:
			counts.New++
			j := w.job(r, found{published: w.state == published})
			jobs, fresh = append(jobs, j), append(fresh, j)
		case again:
			w.refuse(r, imports.Say("it is the same record here as the one in line %d of the file", "هو في السجل هنا والوارد في السطر %d من الملف سجل واحد", line))
		case f.source != 0 && f.hash == r.hash:
			counts.Unchanged++
		case r.kind == "Project" && f.source == 0 && !f.others:
			w.refuse(r, imports.Say("a project with this identifier was entered here; an import does not overwrite it",
				"أُدخل هنا مشروع بهذا المعرّف، والاستيراد لا يكتب فوقه"))
		case f.others && !r.reportedAt.IsZero() && r.reportedAt.Before(f.reportedAt):
			// What another data set says is newer. That this one has the activity too is remembered, its XML with it.
			counts.Unchanged++
			w.sum.note(Refusal{File: w.file, Line: r.line, Path: r.root.element(), Identifier: r.identifier,
				Reason: imports.Say("another data set has a newer version, of %s; this one, of %s, is kept in the XML only",
					"في مجموعة بيانات أخرى نسخة أحدث، بتاريخ %s؛ وهذه، بتاريخ %s، محفوظة في XML وحده",
					f.reportedAt.Format(time.DateTime), r.reportedAt.Format(time.DateTime))})
			j := w.job(r, f)
			j.rows = j.rows[len(j.rows)-1:]
			if err := w.source(ctx, j); err != nil {
				return nil, err
			}
		default:
			counts.Changed++
			jobs = append(jobs, w.job(r, f))
		}
	}
	return jobs, w.spare(ctx, fresh)
}

// byName gives organizations that are known by name only their identifiers, and finds them then.
func (w *writer) byName(ctx context.Context, batch []*record, standing map[string]found) (map[string]found, error) {
	if batch[0].kind != "Organization" {
		return standing, nil
	}
	var unknown []*reference
	for _, r := range batch {
		if _, known := standing[r.identifier]; !known {
			unknown = append(unknown, &reference{party{r.identifier}, mention{name: r.root.texts[slices.Index(r.root.table.texts, "name")]}})
		}
	}
	if len(unknown) == 0 {
		return standing, nil
	}
	if err := w.parties.adopt(ctx, unknown); err != nil {
		return nil, err
	}
	return w.standing(ctx, batch)
}

// spare gives records another code than their identifier where people have given that code to another record.
func (w *writer) spare(ctx context.Context, fresh []*job) error {
	if len(fresh) == 0 {
		return nil
	}
	codes := make([]string, len(fresh))
	for i, j := range fresh {
		codes[i] = j.identifier
	}
	var used []string
	if err := w.tx.NewRaw("select code from ? where code = any (?)", bun.Ident(fresh[0].root.table.name), pgdialect.Array(codes)).Scan(ctx, &used); err != nil {
		return fmt.Errorf("looking for codes in use: %w", err)
	}
	for _, j := range fresh {
		if slices.Contains(used, j.identifier) {
			j.root.set("code", j.identifier+" (IATI)")
		}
	}
	return nil
}

func (w *writer) refuse(r *record, reason imports.Text) {
	w.sum.refuse(r.kind, Refusal{File: w.file, Line: r.line, Path: r.root.element(), Identifier: r.identifier, Reason: reason})
}

// element is the name of the element of a record.
func (r *row) element() string {
	if r.table.kind == "Organization" {
		return "iati-organisation"
	}
	return "iati-activity"
}

// job adds the row of its source to a record.
func (w *writer) job(r *record, f found) *job {
	j := &job{record: r, known: f.id != 0, published: f.published}
	r.root.id, r.root.known = f.id, j.known
	s := &row{table: w.tables.source, id: f.source, known: f.source != 0, values: make([]any, len(w.tables.source.columns))}
	s.set("subject_kind", r.kind)
	s.set("subject_id", r.root)
	s.set("data_set_id", w.dataSet)
	s.set("identifier", r.identifier)
	s.set("hash", r.hash)
	s.set("fetched_at", time.Now().UTC())
	s.set("content", r.content)
	r.rows = append(r.rows, s)
	return j
}

// source writes the source of a record only.
func (w *writer) source(ctx context.Context, j *job) error {
	if err := w.number(ctx, []*job{j}); err != nil {
		return err
	}
	var s sheet
	w.cells(&s, j.rows[0], j)
	if j.rows[0].known {
		return w.update(ctx, w.tables.source, &s)
	}
	return s.copy(ctx, w.conn, w.tables.source.name, w.tables.source.all())
}

// standing finds the records of a batch, all of one kind, that are there already.
func (w *writer) standing(ctx context.Context, batch []*record) (map[string]found, error) {
	identifiers := make([]string, len(batch))
	for i, r := range batch {
		identifiers[i] = r.identifier
	}
	query := `
		select n.identifier, p.id, p.published, p.reported_at, coalesce(s.id, 0), coalesce(s.hash, ''),
			exists (select from source o where o.subject_kind = 'Project' and o.subject_id = p.id and o.data_set_id <> ?0)
		from unnest(?1::text[]) n(identifier)
		left join source s on s.data_set_id = ?0 and s.subject_kind = 'Project' and s.identifier = n.identifier
		join project p on p.id = s.subject_id or s.id is null and p.iati_identifier = n.identifier`
	if batch[0].kind == "Organization" {
		query = `
		select distinct on (n.identifier) n.identifier, m.id, m.published, null::timestamptz, coalesce(s.id, 0), coalesce(s.hash, ''), false
		from unnest(?1::text[]) n(identifier)
		left join source s on s.data_set_id = ?0 and s.subject_kind = 'Organization' and s.identifier = n.identifier
		join lateral (
			select s.subject_id as id, 0 as rank where s.id is not null
			union all select o.id, 1 from organization o where upper(o.iati_identifier) = upper(n.identifier)
			union all select i.organization_id, 2 from organization_identifier i where upper(i.value) = upper(n.identifier)
		) c on true
		join organization o on o.id = c.id
		join organization m on m.id = coalesce(o.merged_into_id, o.id)
		order by n.identifier, c.rank, m.id`
	}
	rows, err := w.tx.QueryContext(ctx, query, w.dataSet, pgdialect.Array(identifiers))
	if err != nil {
		return nil, fmt.Errorf("looking for what is there already: %w", err)
	}
	defer rows.Close()
	all := make(map[string]found)
	for rows.Next() {
		var identifier string
		var f found
		var reported *time.Time
		if err := rows.Scan(&identifier, &f.id, &f.published, &reported, &f.source, &f.hash, &f.others); err != nil {
			return nil, fmt.Errorf("looking for what is there already: %w", err)
		}
		if reported != nil {
			f.reportedAt = *reported
		}
		all[identifier] = f
	}
	return all, rows.Err()
}
