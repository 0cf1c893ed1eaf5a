package reference

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/reference/imported"
	"taawun/db/units"
)

// slugs are the pages that these files bring, in their order.
var slugs = [...]string{"home", "about", "tasks", "counting", "accessibility", "privacy"}

// loadPages enters the pages that are not there yet, published, in Arabic and English. One that is there belongs to those who keep it: neither
// its texts nor its state are touched, not even if it was archived.
func loadPages(ctx context.Context, tx bun.Tx, _ int64, from fs.FS) (units.Outcome, error) {
	var out units.Outcome
	var changes imported.Changes
	for i, slug := range slugs {
		fields := map[string]imported.Values{"title": {}, "lead": {}, "body": {}}
		for _, locale := range []string{"ar", "en"} {
			title, lead, body, err := readPage(from, slug, locale)
			if err != nil {
				return out, err
			}
			fields["title"][locale], fields["lead"][locale], fields["body"][locale] = title, lead, body
		}
		page := &db.Page{Slug: slug, State: "PUBLISHED", OriginalLocale: "ar", Position: i + 1}
		if _, err := tx.NewInsert().Model(page).On("CONFLICT (slug) DO NOTHING").Returning("id").Exec(ctx); err != nil {
			return out, fmt.Errorf("entering page %s: %w", slug, err)
		}
		if page.ID == 0 {
			out.Unchanged++ // whatever people made of it
			continue
		}
		out.New++
		for _, name := range []string{"title", "lead", "body"} {
			changes.Merge(imported.Field{Kind: "Page", ID: page.ID, Name: name, Original: "ar", Published: true, Texts: fields[name]})
		}
	}
	return out, changes.Write(ctx, tx)
}

// readPage reads a page in one language: a heading, a lead of one paragraph, and the text.
func readPage(from fs.FS, slug, locale string) (title, lead, body string, err error) {
	name := "pages/" + slug + "." + locale + ".md"
	b, err := fs.ReadFile(from, name)
	if err != nil {
		return "", "", "", fmt.Errorf("reading reference data: %w", err)
	}
	parts := strings.SplitN(strings.TrimSpace(string(b)), "\n\n", 3)
	if len(parts) != 3 || !strings.HasPrefix(parts[0], "# ") {
		return "", "", "", fmt.Errorf("reading reference data: %s: a heading, a lead and a text are wanted", name)
	}
	return strings.TrimPrefix(parts[0], "# "), parts[1], parts[2], nil
}
