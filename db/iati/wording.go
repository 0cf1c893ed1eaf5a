package iati

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db/imports"
	"taawun/db/reference/imported"
)

// wording brings the texts of a batch into the table translation.
type wording struct {
	*writer
	standing map[wordingKey][]standing
	added    sheet
	changed  sheet
	moved    []int64 // texts that change; for a moment none of them is an original
	removed  []int64
}

type wordingKey struct {
	kind  string
	id    int64
	field string
}

// read reads the texts of the rows that stand. Of those that are to be removed, the texts of people are noted: they go with their row.
func (t *wording) read(ctx context.Context, jobs []*job, gone map[*table][]int64) error {
	t.standing = make(map[wordingKey][]standing)
	ids := make(map[string][]int64)
	for _, j := range jobs {
		for _, r := range j.rows {
			if r.known && len(r.table.texts) > 0 {
				ids[r.table.kind] = append(ids[r.table.kind], r.id)
			}
		}
	}
	for kind, keys := range ids {
		err := t.each(ctx, kind, keys, func(k wordingKey, s standing) { t.standing[k] = append(t.standing[k], s) })
		if err != nil {
			return err
		}
	}
	for table, keys := range gone {
		err := t.each(ctx, table.kind, keys, func(k wordingKey, s standing) {
			if s.ours {
				t.sum.note(Refusal{File: t.file, Path: fmt.Sprintf("%s/%s", k.kind, k.field), Identifier: fmt.Sprintf("key %d", k.id),
					Reason: imports.Say("the file has this no more; the text written here in %q goes with it: %s",
						"لم يعد هذا في الملف؛ ويزول معه النص المكتوب هنا باللغة «%s»: %s", s.locale, s.text)})
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *wording) each(ctx context.Context, kind string, ids []int64, visit func(wordingKey, standing)) error {
	rows, err := t.tx.QueryContext(ctx, `
		select id, subject_id, field, locale, text, status, coalesce(source_locale, ''), coalesce(source_digest, ''),
			method <> ? or status not in ('ORIGINAL', 'REVIEWED') or translator is not null or reviewer is not null or certifier is not null
				or proposal_text is not null
		from translation where subject_kind = ? and subject_id = any (?) order by id`, imported.Method, kind, pgdialect.Array(ids))
	if err != nil {
		return fmt.Errorf("reading texts: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		k := wordingKey{kind: kind}
		var s standing
		if err := rows.Scan(&s.id, &k.id, &k.field, &s.locale, &s.text, &s.status, &s.sourceLocale, &s.sourceDigest, &s.ours); err != nil {
			return fmt.Errorf("reading texts: %w", err)
		}
		visit(k, s)
	}
	return rows.Err()
}

// settle merges the texts of a row with those that stand, and gives the row its projection.
func (t *wording) settle(r *row, published bool) {
	r.shown = make([]map[string]string, len(r.table.texts))
	for i, field := range r.table.texts {
		before := t.standing[wordingKey{r.table.kind, r.id, field}]
		if slices.Contains(r.table.others, field) {
			r.shown[i] = projection(before)
			continue
		}
		rev := merge(before, r.texts[i])
		r.shown[i] = projection(rev.after)
		for _, s := range rev.added {
			t.add(r.table.kind, r.id, field, s, published)
		}
		for _, s := range rev.changed {
			t.moved = append(t.moved, s.id)
			t.changed.int(s.id)
			t.changed.text(s.text)
			t.changed.text(s.status)
			t.changed.textOrNull(s.sourceLocale)
			t.changed.textOrNull(s.sourceDigest)
			t.changed.end()
		}
		t.removed = append(t.removed, rev.removed...)
	}
}

// name gives a code or organization its name.
func (t *wording) name(n named) {
	for _, s := range merge(nil, n.texts).added {
		t.add(n.kind, n.id, "name", s, n.published)
	}
}

func (t *wording) add(kind string, id int64, field string, s standing, published bool) {
	t.added.int(id)
	t.added.text(kind)
	t.added.text(field)
	t.added.text(s.locale)
	t.added.text(s.text)
	t.added.text(s.status)
	t.added.textOrNull(s.sourceLocale)
	t.added.textOrNull(s.sourceDigest)
	t.added.text(imported.Method)
	t.added.bool(published)
	t.added.end()
}

// write writes what changed. No field has two originals at any moment.
func (t *wording) write(ctx context.Context) error {
	if len(t.removed) > 0 {
		if _, err := t.tx.ExecContext(ctx, "delete from translation where id = any (?)", pgdialect.Array(t.removed)); err != nil {
			return fmt.Errorf("removing texts: %w", err)
		}
	}
	if len(t.moved) > 0 {
		columns := []string{"id", "text", "status", "source_locale", "source_digest"}
		if _, err := t.tx.ExecContext(ctx, "create temporary table if not exists iati_next_translation on commit drop as "+
			"select id, text, status, source_locale, source_digest from translation with no data; truncate iati_next_translation"); err != nil {
			return fmt.Errorf("preparing to change texts: %w", err)
		}
		if err := t.changed.copy(ctx, t.conn, "iati_next_translation", columns); err != nil {
			return err
		}
		if _, err := t.tx.ExecContext(ctx, "update translation set status = 'REVIEWED' where status = 'ORIGINAL' and id = any (?)", pgdialect.Array(t.moved)); err != nil {
			return fmt.Errorf("changing texts: %w", err)
		}
		if _, err := t.tx.ExecContext(ctx, "update translation t set text = n.text, status = n.status, source_locale = n.source_locale, "+
			"source_digest = n.source_digest, version = version + 1, updated_at = now() from iati_next_translation n where t.id = n.id"); err != nil {
			return fmt.Errorf("changing texts: %w", err)
		}
	}
	return t.added.copy(ctx, t.conn, "translation", []string{"subject_id", "subject_kind", "field", "locale", "text", "status", "source_locale",
		"source_digest", "method", "published"})
}
