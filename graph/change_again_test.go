package graph

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// TestDeadlock makes a change and another transaction wait for each other. PostgreSQL ends the change, and it is made again.
func TestDeadlock(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 2)
	var log bytes.Buffer
	g.logger = slog.New(slog.NewTextHandler(&log, nil))
	administrator := account(t, d, "administrator", "ADMINISTRATOR", "EDITOR", "APPROVER")
	exec := func(statement string) {
		t.Helper()
		if _, err := d.Owner().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	exec(`insert into organization (id, code) values (500, 'RACE'); insert into project (id, code, status, kind, original_locale) values (500, 'RACE', 'PIPELINE', 'PROJECT', 'en');
		insert into translation (id, subject_kind, subject_id, field, locale, text, status, method) values (90000, 'Project', 500, 'title', 'en', 'Race', 'ORIGINAL', 'HUMAN');
		select setval(pg_get_serial_sequence('project_partner', 'id'), 1000)`)
	other, err := d.Owner().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	// It looks for a deadlock long after the change does, so that the change is the one to be ended.
	if _, err := other.ExecContext(t.Context(), "set local deadlock_timeout = '1min'; select from organization where id = 500 for update"); err != nil {
		t.Fatal(err)
	}
	var version int
	if err := d.Owner().QueryRowContext(t.Context(), "select version from project where id = 500").Scan(&version); err != nil {
		t.Fatal(err)
	}
	changed := make(chan string, 1)
	go func() {
		r := call(WithViewer(context.WithoutCancel(t.Context()), administrator), g, `mutation($version: Int!) { updateProject(input: {id: "prj_1f4", version: $version,
			project: {partners: {save: [{organizationId: "org_1f4", role: IMPLEMENTING}]}}}) { project { id } userErrors { path code message } } }`, map[string]any{"version": version})
		if len(r.Errors) > 0 {
			changed <- r.Errors.Error()
			return
		}
		changed <- string(r.Data)
	}()
	// It holds the project and waits for the organization; now the other, which holds that, waits for the project.
	for waiting, deadline := 0, time.Now().Add(time.Minute); waiting == 0; {
		select {
		case got := <-changed:
			t.Fatalf("the change does not wait for the organization: %s", got)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("the change does not wait for the organization")
		}
		if err := d.Owner().QueryRowContext(t.Context(), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'taawun_staff' and wait_event_type = 'Lock'").Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	_, err = other.ExecContext(t.Context(), "select from project where id = 500 for update")
	var pg pgdriver.Error
	if err != nil && (!errors.As(err, &pg) || pg.Field('C') != "40P01") {
		t.Fatal(err)
	}
	t.Logf("the other transaction: %v", err)
	if err := other.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := <-changed; !strings.Contains(got, `"userErrors":[]`) {
		t.Fatalf("the change was not made: %s\n%s", got, log.String())
	}
	if !strings.Contains(log.String(), "a change is made again") {
		t.Errorf("the change was not the one that PostgreSQL ended: %s", log.String())
	}
	var partners, revisions int
	if err := d.Owner().QueryRowContext(t.Context(), `select (select count(*) from project_partner where project_id = 500), (select count(*) from revision where operation = 'updateProject')`).
		Scan(&partners, &revisions); err != nil || partners != 1 || revisions == 0 {
		t.Errorf("%d partners, in %d revisions: %v", partners, revisions, err)
	}
}
