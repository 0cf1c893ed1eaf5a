package iati_test

import (
	"fmt"
	"strings"
	"testing"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

// TestGolden imports files that hold every element of the standard, and what real files get wrong, and compares all rows and the
// summary with golden files.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"full", "dirty", "organisation"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := dbtest.New(t).Owner()
			s := imports(t, owner, "test", name+".xml")
			golden(t, name+".golden", s.String()+"\n\n"+mustDump(t, owner))
		})
	}
}

// TestDraft imports records that the public must not see.
func TestDraft(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	if _, err := iati.Import(t.Context(), owner, iati.Options{State: "DRAFT"}, []string{"testdata/full.xml"}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"project", "organization", "project_partner", "transaction", "translation", "source", "document"} {
		query := fmt.Sprintf("select count(*) from %q where published", table)
		if table == "translation" {
			query += " and subject_kind <> 'CodeListItem'" // codes are always public
		}
		if n := one[int](t, owner, query); n != 0 {
			t.Errorf("%d rows of %s are published after an import of drafts", n, table)
		}
	}
	if n := one[int](t, owner, "select count(*) from project where state = 'DRAFT'"); n != 2 {
		t.Errorf("%d draft projects, want 2", n)
	}
	if _, err := iati.Import(t.Context(), owner, iati.Options{State: "ARCHIVED"}, []string{"testdata/full.xml"}); err == nil {
		t.Error("an unknown state is accepted")
	}
}

// TestStandalone shows that the XML that is kept can be read without its file, other namespaces included, and is what was written.
func TestStandalone(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	imports(t, owner, "test", "full.xml")
	content := one[string](t, owner, "select content from source where identifier = 'XM-TEST-1-PROGRAMME'")
	for _, want := range []string{
		`<iati-activity xmlns:own="https://example.org/own" xml:lang="en"`, `<own:note own:kind="internal"><narrative>Kept as it is</narrative></own:note>`,
		`<fss extraction-date="2024-05-06">`, "إصلاح الآبار.", "</iati-activity>",
	} {
		if !strings.Contains(content, want) {
			t.Errorf("the XML that is kept lacks %s", want)
		}
	}
	if n := one[int](t, owner, "select count(*) from source where content is not null and xml_is_well_formed(content)"); n != 2 {
		t.Errorf("%d of 2 activities are kept as XML that can be read", n)
	}
	if one[string](t, owner, "select encode(sha256(convert_to(content, 'UTF8')), 'hex') from source where identifier = 'XM-TEST-1-PROGRAMME'") !=
		one[string](t, owner, "select hash from source where identifier = 'XM-TEST-1-PROGRAMME'") {
		t.Error("the hash is not that of what is kept")
	}
}
