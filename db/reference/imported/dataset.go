package imported

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/imports"
)

// DataSet finds the data set of that name and kind, or enters it. Its other properties are those given.
func DataSet(ctx context.Context, tx bun.IDB, set *db.DataSet) error {
	_, err := tx.NewInsert().Model(set).
		On("CONFLICT (name) DO UPDATE").
		Set("publisher = coalesce(EXCLUDED.publisher, ?TableAlias.publisher)").
		Set("url = coalesce(EXCLUDED.url, ?TableAlias.url)").
		Set("licence = coalesce(EXCLUDED.licence, ?TableAlias.licence)").
		Set("imported_at = now()").
		Where("?TableAlias.kind = EXCLUDED.kind").
		Returning("id").Exec(ctx)
	if err != nil {
		return fmt.Errorf("entering data set %q: %w", set.Name, err)
	}
	if set.ID == 0 {
		return imports.Say("a data set named %q exists already and holds something else; choose another name",
			"توجد مجموعة بيانات باسم «%s» فيها شيء آخر؛ اختر اسمًا آخر", set.Name)
	}
	return nil
}

// Given is what the sources gave for records of one kind before: identifier → what this data set gave, and what others gave.
type Given struct {
	Before map[string]Values
	Others map[string][]Values
}

// ReadGiven reads what data sets gave for records of a kind whose identifiers are natural keys of the kind, such as P-codes.
func ReadGiven(ctx context.Context, tx bun.IDB, kind string, dataSet int64) (Given, error) {
	var sources []db.Source
	err := tx.NewSelect().Model(&sources).Column("id", "data_set_id", "identifier", "content").
		Where("subject_kind = ?", kind).Where("content is not null").Scan(ctx)
	if err != nil {
		return Given{}, fmt.Errorf("reading what was imported before: %w", err)
	}
	g := Given{Before: map[string]Values{}, Others: map[string][]Values{}}
	for _, s := range sources {
		var v Values
		if err := json.Unmarshal([]byte(*s.Content), &v); err != nil {
			return Given{}, fmt.Errorf("reading what was imported before for %s %s: %w", kind, s.Identifier, err)
		}
		if s.DataSetID == dataSet {
			g.Before[s.Identifier] = v
		} else {
			g.Others[s.Identifier] = append(g.Others[s.Identifier], v)
		}
	}
	return g, nil
}

// WriteSources keeps what a data set gives for records, for the next time.
func WriteSources(ctx context.Context, tx bun.IDB, sources []*db.Source) error {
	if len(sources) == 0 {
		return nil
	}
	_, err := tx.NewInsert().Model(&sources).
		On("CONFLICT (data_set_id, subject_kind, identifier) DO UPDATE").
		Set("subject_id = EXCLUDED.subject_id").Set("hash = EXCLUDED.hash").Set("content = EXCLUDED.content").Set("fetched_at = EXCLUDED.fetched_at").
		Returning("NULL").Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping the sources of %d records: %w", len(sources), err)
	}
	return nil
}
