package reference

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/reference/imported"
	"taawun/db/units"
)

const (
	listKind = "CodeList"
	itemKind = "CodeListItem"
)

// key is the natural key of an item.
type key struct{ list, code string }

// codeLists is one load of the code lists: what stands, and the rows to write.
type codeLists struct {
	units.Outcome
	tx     bun.Tx
	lists  map[string]*db.CodeList
	items  map[key]*db.CodeListItem
	codes  map[int64]key // by item
	texts  map[subject][]*db.Translation
	before map[string]map[string]imported.Values // list → code → what these files gave the last time

	added   imported.Changes // texts of new records, which carry them already
	changes imported.Changes // texts of records that stand
	changed []*db.CodeListItem
}

// subject is a translatable field of a list or an item.
type subject struct {
	kind  string
	id    int64
	field string
}

// loadLists brings the code lists into the database.
func loadLists(ctx context.Context, tx bun.Tx, dataSet int64, from fs.FS) (units.Outcome, error) {
	all, err := lists(from)
	if err != nil {
		return units.Outcome{}, err
	}
	c := &codeLists{tx: tx}
	if err := c.read(ctx, dataSet); err != nil {
		return units.Outcome{}, err
	}
	if err := c.mergeLists(ctx, all); err != nil {
		return units.Outcome{}, err
	}
	if err := c.addItems(ctx, all); err != nil {
		return units.Outcome{}, err
	}
	if err := c.write(ctx); err != nil {
		return units.Outcome{}, err
	}
	return c.Outcome, c.keep(ctx, dataSet, all)
}

// read reads what stands.
func (c *codeLists) read(ctx context.Context, dataSet int64) error {
	c.lists, c.items, c.codes = map[string]*db.CodeList{}, map[key]*db.CodeListItem{}, map[int64]key{}
	c.texts, c.before = map[subject][]*db.Translation{}, map[string]map[string]imported.Values{}
	var lists []*db.CodeList
	if err := c.tx.NewSelect().Model(&lists).Scan(ctx); err != nil {
		return fmt.Errorf("reading the code lists: %w", err)
	}
	for _, l := range lists {
		c.lists[l.Name] = l
	}
	var items []*db.CodeListItem
	if err := c.tx.NewSelect().Model(&items).Column("id", "list_id", "list", "code", "category_id", "status").Scan(ctx); err != nil {
		return fmt.Errorf("reading the codes: %w", err)
	}
	for _, i := range items {
		k := key{i.List, i.Code}
		c.items[k], c.codes[i.ID] = i, k
	}
	var texts []*db.Translation
	err := c.tx.NewSelect().Model(&texts).Where("subject_kind in (?)", bun.List([]string{listKind, itemKind})).Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the texts of the code lists: %w", err)
	}
	for _, t := range texts {
		s := subject{t.SubjectKind, t.SubjectID, t.Field}
		c.texts[s] = append(c.texts[s], t)
	}
	var sources []db.Source
	if err := c.tx.NewSelect().Model(&sources).Where("data_set_id = ?", dataSet).Where("subject_kind = ?", listKind).Scan(ctx); err != nil {
		return fmt.Errorf("reading what the code lists held before: %w", err)
	}
	for _, s := range sources {
		var held map[string]imported.Values
		if err := json.Unmarshal([]byte(*s.Content), &held); err != nil {
			return fmt.Errorf("reading what code list %s held before: %w", s.Identifier, err)
		}
		c.before[s.Identifier] = held
	}
	return nil
}

// mergeLists adds the lists that are new and compares the items of the others.
func (c *codeLists) mergeLists(ctx context.Context, all []List) error {
	var rows []*db.CodeList
	for i := range all {
		l := &all[i]
		row := c.lists[l.Name]
		if row == nil {
			row = &db.CodeList{Name: l.Name, Title: imported.Projection(l.Original, l.Titles), Description: imported.Projection(l.Original, l.Descriptions)}
			rows = append(rows, row)
			c.lists[l.Name] = row
		}
		row.Source, row.URL = pointer(l.Source), pointer(l.URL)
	}
	if len(rows) > 0 {
		if _, err := c.tx.NewInsert().Model(&rows).Returning("id").Exec(ctx); err != nil {
			return fmt.Errorf("adding %d code lists: %w", len(rows), err)
		}
	}
	isNew := make(map[string]bool, len(rows))
	for _, r := range rows {
		isNew[r.Name] = true
	}
	for i := range all {
		l := &all[i]
		held := c.before[l.Name][""]
		for field, given := range map[string]map[string]string{"title": l.Titles, "description": l.Descriptions} {
			f := imported.Field{Kind: listKind, ID: c.lists[l.Name].ID, Name: field, Original: l.Original, Published: true, Texts: given,
				Before: under(field, held), OnlyNews: true, Current: c.texts[subject{listKind, c.lists[l.Name].ID, field}]}
			if isNew[l.Name] {
				c.added.Merge(f)
			} else {
				c.changes.Merge(f)
			}
		}
		for j := range l.Items {
			if row := c.items[key{l.Name, l.Items[j].Code}]; row != nil {
				c.compare(l, &l.Items[j], row)
			}
		}
	}
	return nil
}

// compare finds what the files change of an item that stands.
func (c *codeLists) compare(l *List, i *Item, row *db.CodeListItem) {
	before := c.before[l.Name][i.Code]
	changed := false
	current := imported.Values{"status": row.Status}
	if row.Status == "UNKNOWN" { // an import met the code before these files had it
		current["status"] = ""
	}
	if row.CategoryID != nil {
		current["category"] = c.codes[*row.CategoryID].code
	}
	next := *row
	for _, k := range []string{"status", "category"} {
		switch imported.Judge(k, i.values()[k], current[k], before, nil, true) {
		case imported.Keep:
			c.Kept++
		case imported.Take:
			if k == "status" {
				next.Status = i.status()
			} else if category := c.category(l, i.Category); category != nil {
				next.CategoryID = &category.ID
			}
			changed = true
		}
	}
	if changed {
		c.changed = append(c.changed, &next)
	}
	named := c.changes.Merge(imported.Field{Kind: itemKind, ID: row.ID, Name: "name", Original: l.Original, Published: true, Texts: i.Names,
		Before: under("name", before), OnlyNews: true, Current: c.texts[subject{itemKind, row.ID, "name"}]})
	if changed || named {
		c.Changed++
	} else {
		c.Unchanged++
	}
}

// category is the item of a category code: of the category list, or else of the list itself. It is nil while it is not there.
func (c *codeLists) category(l *List, code string) *db.CodeListItem {
	if category := c.items[key{l.CategoryList, code}]; category != nil {
		return category
	}
	return c.items[key{l.Name, code}]
}

// addItems adds the items that are new: in each round those whose categories are there.
func (c *codeLists) addItems(ctx context.Context, all []List) error {
	if _, err := c.tx.ExecContext(ctx, "set local taawun.projection = off"); err != nil {
		return fmt.Errorf("preparing to add codes: %w", err)
	}
	for waiting := -1; waiting != 0; {
		left := 0
		var rows []*db.CodeListItem
		var names []imported.Field
		for i := range all {
			l := &all[i]
			for j := range l.Items {
				item := &l.Items[j]
				if c.items[key{l.Name, item.Code}] != nil {
					continue
				}
				row := &db.CodeListItem{ListID: c.lists[l.Name].ID, List: l.Name, Code: item.Code, Status: item.status(),
					Name: imported.Projection(l.Original, item.Names)}
				if item.Category != "" {
					category := c.category(l, item.Category)
					if category == nil {
						left++
						continue
					}
					row.CategoryID = &category.ID
				}
				rows = append(rows, row)
				names = append(names, imported.Field{Kind: itemKind, Name: "name", Original: l.Original, Published: true, Texts: item.Names})
			}
		}
		if left > 0 && left == waiting {
			return fmt.Errorf("adding codes: the categories of %d codes are in no list", left)
		}
		waiting = left
		if len(rows) == 0 {
			continue
		}
		_, err := c.tx.NewInsert().Model(&rows).Column("list_id", "list", "code", "name", "category_id", "status").Returning("id").Exec(ctx)
		if err != nil {
			return fmt.Errorf("adding %d codes: %w", len(rows), err)
		}
		for i, row := range rows {
			k := key{row.List, row.Code}
			c.items[k], c.codes[row.ID] = row, k
			names[i].ID = row.ID
			c.added.Merge(names[i])
		}
		c.New += len(rows)
	}
	if err := c.added.Write(ctx, c.tx); err != nil {
		return err
	}
	if _, err := c.tx.ExecContext(ctx, "set local taawun.projection = on"); err != nil {
		return fmt.Errorf("adding codes: %w", err)
	}
	return nil
}

// write writes what changes of records that stood before.
func (c *codeLists) write(ctx context.Context) error {
	if len(c.changed) > 0 {
		if _, err := c.tx.NewUpdate().Model(&c.changed).Column("status", "category_id").Bulk().Exec(ctx); err != nil {
			return fmt.Errorf("changing %d codes: %w", len(c.changed), err)
		}
	}
	c.Kept += c.changes.Kept
	return c.changes.Write(ctx, c.tx)
}

// keep notes what the files give, list by list, for the next time.
func (c *codeLists) keep(ctx context.Context, dataSet int64, all []List) error {
	sources := make([]*db.Source, len(all))
	for n := range all {
		l := &all[n]
		held := make(map[string]imported.Values, len(l.Items)+1)
		head := imported.Values{}
		for locale, t := range l.Titles {
			head["title."+locale] = t
		}
		for locale, t := range l.Descriptions {
			head["description."+locale] = t
		}
		held[""] = head
		for i := range l.Items {
			held[l.Items[i].Code] = l.Items[i].values()
		}
		b, err := json.Marshal(held)
		if err != nil {
			return fmt.Errorf("noting what code list %s holds: %w", l.Name, err)
		}
		content, hash := string(b), imported.Digest(string(b))
		sources[n] = &db.Source{SubjectKind: listKind, SubjectID: c.lists[l.Name].ID, DataSetID: dataSet, Identifier: l.Name, Hash: &hash,
			Content: &content, FetchedAt: time.Now().UTC(), Published: true}
	}
	return imported.WriteSources(ctx, c.tx, sources)
}

// under are the values whose names start with the field: language → text.
func under(field string, v imported.Values) imported.Values {
	texts := imported.Values{}
	for k, s := range v {
		if l, ok := strings.CutPrefix(k, field+"."); ok {
			texts[l] = s
		}
	}
	return texts
}

func pointer(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
