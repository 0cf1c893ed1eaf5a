package oracle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
)

// translate writes texts of every kind: the original, translations of every status, fresh and stale; the triggers bring
// what may be published to the rows.
func (s *sample) translate(ctx context.Context, t testing.TB) {
	t.Helper()
	translation := s.entities["Translation"]
	statuses := s.catalog.values["translation.status"]
	methods := s.catalog.values["translation.method"]
	var all []*db.Translation
	for _, name := range sortedNames(s.entities) {
		e := s.entities[name]
		if !slices.ContainsFunc(s.PossibleTypes["Translatable"], func(d *ast.Definition) bool { return d.Name == name }) {
			continue
		}
		s.draw(e.table.Name + " texts")
		for _, f := range e.table.DataFields {
			if f.IndirectType != reflect.TypeFor[db.Texts]() {
				continue
			}
			for _, key := range s.keys[e.table.Name] {
				all = append(all, s.texts(e, f, key, statuses, methods)...)
			}
		}
	}
	table := translation.table.Name
	s.draw(table)
	for _, tr := range all {
		tr.ID = s.nextKey(table)
		s.add(table, tr.ID, !strings.Contains(tr.Text, hidden))
	}
	if _, err := s.owner.NewInsert().Model(&all).Exec(ctx); err != nil {
		t.Fatalf("inserting translations: %v", err)
	}
}

func (s *sample) texts(e *entity, f *schema.Field, key int64, statuses, methods []string) (out []*db.Translation) {
	if odds(s.random, 25) {
		return nil
	}
	original, digest := "", ""
	languages := slices.Clone(locales)
	s.random.Shuffle(len(languages), func(i, j int) { languages[i], languages[j] = languages[j], languages[i] })
	if odds(s.random, 60) {
		languages[0] = "ar"
	}
	languages = slices.Compact(append(languages[:1], slices.DeleteFunc(languages[1:], func(l string) bool { return l == languages[0] })...))
	for i, l := range languages[:1+s.random.IntN(4)] {
		tr := &db.Translation{SubjectKind: e.name, SubjectID: key, Field: strings.ToLower(f.GoName[:1]) + f.GoName[1:], Locale: l, Status: "ORIGINAL",
			Method: one(s.random, methods), CreatedAt: one(s.random, moments), UpdatedAt: one(s.random, moments), Version: 1 + s.random.IntN(3)}
		if i > 0 || odds(s.random, 10) {
			tr.Status = one(s.random, slices.DeleteFunc(slices.Clone(statuses), func(status string) bool { return status == "ORIGINAL" }))
			if original != "" {
				tr.SourceLocale = &original
			}
			if odds(s.random, 70) {
				tr.SourceDigest = &digest
			}
		}
		visible := s.visible[e.table.Name][key] && slices.Contains([]string{"ORIGINAL", "REVIEWED", "CERTIFIED"}, tr.Status)
		tr.Text = s.words(visible)
		for _, person := range []**string{&tr.Translator, &tr.Reviewer, &tr.Certifier} {
			if odds(s.random, 40) {
				name := s.words(visible)
				*person = &name
			}
		}
		if tr.Status == "ORIGINAL" {
			sum := sha256.Sum256([]byte(tr.Text))
			original, digest = l, hex.EncodeToString(sum[:])
			if odds(s.random, 25) {
				digest = "another" // the source has changed since
			}
		}
		out = append(out, tr)
	}
	return out
}
