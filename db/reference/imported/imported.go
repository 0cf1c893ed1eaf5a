// Package imported brings texts and figures of a source into records that people may have edited since. What the source gave earlier
// is kept, so that each value is compared three ways: what the source says now, what it said before, and what stands here.
// A value that people changed here is theirs; a value that still stands as some source gave it follows its source.
package imported

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// Method marks a translation that came with imported data. A person's edit leaves another method behind.
const Method = "IMPORT"

const (
	original  = "ORIGINAL"
	reviewed  = "REVIEWED"
	certified = "CERTIFIED"
)

// Values are what a source says of a record: name of the value → value. A value that the source does not give is absent.
type Values map[string]string

// Verdict is what becomes of a value.
type Verdict int

const (
	// Same: nothing to do.
	Same Verdict = iota
	// Take the value of the source.
	Take
	// Keep the value that people entered here, although the source says something else.
	Keep
)

// Judge compares a value three ways. Given is what the source says now, current what stands here ("" if nothing); before is what this
// source said the last time, others what other sources said. With onlyNews, a source that says what it said before changes nothing:
// so a program that loads its own files at every start does not undo an import that came after it.
func Judge(key, given, current string, before Values, others []Values, onlyNews bool) Verdict {
	was, known := before[key]
	switch {
	case given == "" || given == current:
		return Same
	case onlyNews && known && was == given:
		return Same
	case current == "", known && was == current:
		return Take
	}
	for _, o := range others {
		if v, ok := o[key]; ok && v == current {
			return Take
		}
	}
	return Keep
}

// Field is one translatable field of one record, with what a source says of it.
type Field struct {
	Kind      string // type of the contract, such as CodeListItem
	ID        int64  // key of the record
	Name      string // field of the contract, such as name
	Original  string // language in which the source wrote first
	Published bool   // whether the record is
	Texts     Values // language → text, as the source gives it now
	Before    Values // language → text, as this source gave it the last time
	Others    []Values
	OnlyNews  bool
	Current   []*db.Translation // the texts that stand here
}

// Changes are the rows of table translation to write.
type Changes struct {
	Added   []*db.Translation
	Updated []*db.Translation
	Kept    int // texts of the source that yield to a text entered here
}

// Merge adds to the changes those that the field needs. It reports whether there are any.
func (c *Changes) Merge(f Field) bool {
	current := make(map[string]*db.Translation, len(f.Current))
	var source *db.Translation
	for _, t := range f.Current {
		current[t.Locale] = t
		if t.Status == original {
			source = t
		}
	}
	locales := slices.Sorted(maps.Keys(f.Texts))
	text := make(map[string]Verdict, len(locales))
	var sourceLocale, sourceText string
	if source != nil {
		sourceLocale, sourceText = source.Locale, source.Text
	} else {
		sourceLocale = f.Original
	}
	for _, l := range locales {
		var stands string
		if t := current[l]; t != nil {
			stands = t.Text
		}
		v := Judge(l, f.Texts[l], stands, f.Before, f.Others, f.OnlyNews)
		if t := current[l]; v == Take && t != nil && (t.Method != Method || t.Status == certified) {
			v = Keep
		}
		text[l] = v
		if v == Keep {
			c.Kept++
		}
		if l == sourceLocale && v == Take {
			sourceText = f.Texts[l]
		}
	}
	// What the source gives beside its own original was made from that, even where another original stands here by now.
	madeFrom := f.Texts[sourceLocale]
	if madeFrom == "" {
		madeFrom = sourceText
	}
	changed := false
	for _, l := range locales {
		t := current[l]
		switch {
		case text[l] == Take && t == nil:
			n := &db.Translation{SubjectKind: f.Kind, SubjectID: f.ID, Field: f.Name, Locale: l, Text: f.Texts[l], Method: Method, Published: f.Published}
			follow(n, sourceLocale, madeFrom)
			c.Added = append(c.Added, n)
			changed = true
		case text[l] == Take, text[l] == Same && t != nil && t.Method == Method && t.Text == f.Texts[l] && madeFrom == sourceText && outdated(t, sourceText):
			n := *t
			n.Text = f.Texts[l]
			follow(&n, sourceLocale, madeFrom)
			n.Version++
			n.UpdatedAt = time.Now().UTC()
			c.Updated = append(c.Updated, &n)
			changed = true
		}
	}
	return changed
}

// outdated says whether a translation that the source gives again was made from another source text.
func outdated(t *db.Translation, sourceText string) bool {
	return t.Status != original && sourceText != "" && (t.SourceDigest == nil || *t.SourceDigest != Digest(sourceText))
}

// follow makes a text the original or a reviewed translation of it.
func follow(t *db.Translation, sourceLocale, sourceText string) {
	t.SourceLocale, t.SourceDigest = nil, nil
	if t.Locale == sourceLocale {
		t.Status = original
		return
	}
	if t.Status == "" {
		t.Status = reviewed
	}
	if sourceText != "" {
		digest := Digest(sourceText)
		t.SourceLocale, t.SourceDigest = &sourceLocale, &digest
	}
}

// Write writes the changes. The triggers of the table carry the texts over to their records.
func (c *Changes) Write(ctx context.Context, tx bun.IDB) error {
	if len(c.Added) > 0 {
		// Columns that have defaults are left out: a statement for thousands of texts is read in half the time.
		_, err := tx.NewInsert().Model(&c.Added).Column("subject_id", "subject_kind", "field", "locale", "text", "status",
			"source_locale", "source_digest", "method", "published").Returning("NULL").Exec(ctx)
		if err != nil {
			return fmt.Errorf("adding %d texts: %w", len(c.Added), err)
		}
	}
	if len(c.Updated) > 0 {
		_, err := tx.NewUpdate().Model(&c.Updated).Column("text", "status", "source_locale", "source_digest", "version", "updated_at").Bulk().Exec(ctx)
		if err != nil {
			return fmt.Errorf("changing %d texts: %w", len(c.Updated), err)
		}
	}
	return nil
}

// Projection is the column of a new record whose texts these are, for loaders that write both the record and its texts.
func Projection(originalLocale string, texts Values) db.Texts {
	if len(texts) == 0 {
		return nil
	}
	p := make(db.Texts, 2*len(texts))
	for l, t := range texts {
		if l == originalLocale {
			p.Set(l, t, original)
			continue
		}
		status := reviewed
		if texts[originalLocale] == "" {
			status += "!"
		}
		p.Set(l, t, status)
	}
	return p
}

// Digest is what a translation keeps of the text it was made from; the same as fn.digest of the database.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
