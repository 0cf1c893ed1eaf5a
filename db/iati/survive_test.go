package iati_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

// TestTranslationsSurvive has people translate and review imported texts, with their own rights, and imports the file again, its source
// changed: their work is kept, and shows as stale.
func TestTranslationsSurvive(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := d.Owner()
	imports(t, owner, "test", "full.xml")
	execute(t, owner, "insert into account (id, login, name) values (1, 'tara', 'Tara'), (2, 'rima', 'Rima')")
	execute(t, owner, "insert into account_role (account_id, role) values (1, 'TRANSLATOR'), (2, 'REVIEWER')")
	writer := d.Server().Open(db.Staff, db.Pool{Connections: 1, Writable: true})
	t.Cleanup(func() {
		if err := writer.Close(); err != nil {
			t.Error(err)
		}
	})
	as := func(account int64, statement string) {
		t.Helper()
		err := writer.RunInTx(db.WithActing(t.Context(), db.Acting{Account: account, Operation: "test"}), nil, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.Tx.ExecContext(ctx, statement)
			return err
		})
		if err != nil {
			t.Fatalf("%v\n%s", err, statement)
		}
	}
	const title = "subject_kind = 'Project' and field = 'title' and subject_id = (select id from project where hierarchy = 1)"
	as(1, `insert into base.translation (subject_kind, subject_id, field, locale, text, status) select 'Project', id, 'title', 'ku', 'Av ji bo Helebê', 'DRAFT' from project where hierarchy = 1`)
	as(2, "update base.translation set status = 'REVIEWED' where locale = 'ku' and "+title)
	as(1, "update base.translation set text = 'المياه في حلب' where locale = 'ar' and "+title) // which the publisher has given: it waits
	state := func(locale string) string {
		t.Helper()
		return one[string](t, owner, "select concat_ws(' | ', text, status, translator, reviewer, proposal_text, proposal_translator) from translation where locale = ? and "+title, locale)
	}
	for _, again := range []struct {
		file string
		mark string
	}{
		{"full.xml", ""},
		{edited(t, "<narrative>Water for Aleppo</narrative>", "<narrative>Water for Aleppo and Idlib</narrative>", "مياه لحلب", "مياه لحلب وإدلب"), "!"},
		{edited(t, `<narrative xml:lang="ar">مياه لحلب</narrative>`, ""), ""},
	} {
		imports(t, owner, "test", again.file)
		if got := state("ku"); got != "Av ji bo Helebê | REVIEWED | Tara | Rima" {
			t.Errorf("%s: the reviewed translation is %q", again.file, got)
		}
		if got := state("ar"); got != "مياه لحلب | REVIEWED | المياه في حلب | Tara" {
			t.Errorf("%s: the text with a new one beside it is %q", again.file, got)
		}
		if got := one[string](t, owner, "select title ->> 'ku#' from project where hierarchy = 1"); got != "REVIEWED"+again.mark {
			t.Errorf("%s: readers see it as %s", again.file, got)
		}
		agree(t, owner)
	}
}
