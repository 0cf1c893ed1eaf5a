package reference

import "testing"

// TestPagesAreEnteredOnce finds the pages published in both languages, and what people did to them unharmed by files that changed.
func TestPagesAreEnteredOnce(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	if n := scalar[int](t, d.Public(), `select count(*) from page where title ->> 'ar' <> '' and title ->> 'en' <> '' and lead ->> 'ar' <> '' and lead ->> 'en' <> ''
		and body ->> 'ar' <> '' and body ->> 'en' <> '' and title ->> 'ar#' = 'ORIGINAL' and title ->> 'en#' = 'REVIEWED'`); n != len(slugs) {
		t.Fatalf("the public reads %d whole pages, want %d", n, len(slugs))
	}
	execute(t, d.Owner(), `update translation set text = 'Welcome', method = 'HUMAN' where subject_kind = 'Page' and field = 'title' and locale = 'en' and subject_id = (select id from page where slug = 'home')`)
	execute(t, d.Owner(), `update page set state = 'ARCHIVED' where slug = 'privacy'`)
	if err := load(t.Context(), d.Owner(), quiet, edited(t, "pages/home.en.md", "What was agreed", "What was said", "pages/privacy.en.md", "# Privacy", "# Your privacy")); err != nil {
		t.Fatal(err)
	}
	if s := scalar[string](t, d.Owner(), `select string_agg(slug || ' ' || state || ' ' || (title ->> 'en'), '; ' order by position) from page where slug in ('home', 'privacy')`); s != "home PUBLISHED Welcome; privacy ARCHIVED Privacy" {
		t.Errorf("after loading changed files: %s", s)
	}
	if n := scalar[int](t, d.Owner(), `select count(*) from page`); n != len(slugs) {
		t.Errorf("%d pages, want %d", n, len(slugs))
	}
}

func TestPagesWithoutLeadAreRefused(t *testing.T) {
	t.Parallel()
	if _, _, _, err := readPage(edited(t, "pages/privacy.en.md", "# Privacy\n\n", "# Privacy\n"), "privacy", "en"); err == nil {
		t.Error("a page whose heading runs into its lead was taken")
	}
}
