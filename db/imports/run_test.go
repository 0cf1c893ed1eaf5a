package imports_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/db/imports"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// standing is the log as its readers see it.
func standing(t *testing.T, d *bun.DB) string {
	t.Helper()
	var text string
	if err := d.NewRaw(`select coalesce(string_agg(concat_ws(' ', kind, name, state, coalesce(progress::text, '?'), added, changed, unchanged, refused, noted), '|' order by id), '') from import_run`).
		Scan(t.Context(), &text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestARunIsReadWhileItsImportIsAtWork(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	err := d.RunInTx(t.Context(), nil, func(ctx context.Context, _ bun.Tx) error {
		run, err := imports.Begin(ctx, d, slog.New(slog.DiscardHandler), "UNITS", "communities.csv")
		if err != nil {
			return err
		}
		if got := standing(t, d); got != "UNITS communities.csv RUNNING ? 0 0 0 0 0" {
			t.Errorf("at the beginning: %s", got)
		}
		run.Report(30, 120)
		for end := time.Now().Add(30 * time.Second); standing(t, d) != "UNITS communities.csv RUNNING 0.25 0 0 0 0 0"; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("at work: %s", standing(t, d))
			}
		}
		findings := []imports.Finding{{Place: "communities.csv:7", Identifier: "SY99", Reason: imports.Say("no parent", "بلا أصل")}}
		for i := range 1005 {
			findings = append(findings, imports.Finding{IsNote: true, Reason: imports.Say("note %d", "ملاحظة %d", i)})
		}
		return run.End(ctx, imports.Result{Outcome: imports.Refused, Added: 1, Changed: 2, Unchanged: 3, Refused: 4, Noted: 1005, Findings: findings})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := standing(t, d); got != "UNITS communities.csv REFUSED 0.25 1 2 3 4 1005" {
		t.Errorf("at the end: %s", got)
	}
	var found string
	if err := d.NewRaw(`select concat_ws(' ', count(*) filter (where kind = 'NOTE'), min(concat_ws(' ', place, identifier, reason, reason_ar)) filter (where kind = 'REFUSED')) from import_finding`).
		Scan(t.Context(), &found); err != nil || found != "1000 communities.csv:7 SY99 no parent بلا أصل" {
		t.Errorf("found %q: %v", found, err)
	}
	var revisions int
	if err := d.NewRaw("select count(*) from revision where operation not in ('reference data', 'reference')").Scan(t.Context(), &revisions); err != nil || revisions != 0 {
		t.Errorf("the log began %d revisions: %v", revisions, err)
	}
}

func TestARunThatIsSilentWasInterrupted(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	if _, err := d.ExecContext(t.Context(), "insert into import_log (kind, name, beat_at) values ('IATI', 'a.xml', now() - interval '2 minutes'), ('IATI', 'b.xml', now())"); err != nil {
		t.Fatal(err)
	}
	if got := standing(t, d); !strings.HasPrefix(got, "IATI a.xml INTERRUPTED") || !strings.Contains(got, "|IATI b.xml RUNNING") {
		t.Errorf("the log: %s", got)
	}
}

func TestTheLogIsForTheStaff(t *testing.T) {
	t.Parallel()
	server := dbtest.New(t)
	if _, err := server.Owner().ExecContext(t.Context(), "insert into import_log (kind, name) values ('IATI', 'a.xml')"); err != nil {
		t.Fatal(err)
	}
	for _, role := range []db.Role{db.Public, db.Staff} {
		pool := server.Server().Open(role, db.Pool{Connections: 1})
		var seen int
		if err := pool.NewRaw("select count(*) from import_run").Scan(t.Context(), &seen); err != nil || seen != 0 {
			t.Errorf("%v, who is nobody, sees %d imports: %v", role, seen, err)
		}
		if _, err := pool.ExecContext(t.Context(), "select from base.import_log"); err == nil {
			t.Errorf("%v reads the table", role)
		}
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	}
}
