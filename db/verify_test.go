package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

func TestAppendOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	run(t, d, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`)
	for _, table := range []string{"revision", "revision_entry", "field_change", "change_event"} {
		for _, statement := range []string{"delete from %s", "truncate %s cascade", "update %s set id = id"} {
			refused(t, d, "only added to", fmt.Sprintf(statement, table))
		}
	}
	refused(t, d, "only added to", `update revision set reason = 'another'`)
	refused(t, d, "only added to", `begin; select base.note_revision('x'); update revision set reason = 'another' where hash is null; commit`)
	run(t, d, "rollback")
}

// TestChain lets many write at once, while a reader of the feed goes along.
func TestChain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := d.Owner()
	run(t, o, `insert into project (id, code, status) select n, 'P' || n, 'PIPELINE' from generate_series(1, 5) n`)
	const writers, each = 20, 6
	done := make(chan struct{})
	followed := make(chan []int64, 1)
	go func() {
		var all []int64
		var after int64
		for last := false; ; {
			var page []int64
			if err := o.NewRaw(`select distinct position from change_event where position > ? order by 1`, after).Scan(t.Context(), &page); err != nil {
				t.Error(err)
				break
			}
			all = append(all, page...)
			if len(page) > 0 {
				after = page[len(page)-1]
			}
			if last {
				break
			}
			select {
			case <-done:
				last = true
			default:
			}
		}
		followed <- all
	}()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				err := o.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
					_, err := tx.ExecContext(ctx, "update project set hierarchy = hierarchy + 1 where id = ?0; insert into project_identifier (project_id, value, published) values (?0, ?1, false)", 1+(w+n)%5, fmt.Sprint(w, n))
					if err == nil && n == 3 {
						return errors.New("thought better of it")
					}
					return err
				})
				if err != nil && n != 3 {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(done)
	const want = 1 + writers*(each-1)
	report, err := db.VerifyHistory(t.Context(), o, "")
	if err != nil || report.Revisions != want {
		t.Errorf("%+v, %v; want %d revisions", report, err, want)
	}
	if all := <-followed; len(all) != want || !slices.IsSorted(all) {
		t.Errorf("whoever followed the feed saw %d of %d revisions", len(all), want)
	}
	if got := read(t, o, `select sum(hierarchy) from project`); got != fmt.Sprint(5+writers*(each-1)) {
		t.Errorf("changes were lost: %s", got)
	}
}

func TestTampering(t *testing.T) {
	t.Parallel()
	const off = `set session_replication_role = replica; `
	for name, c := range map[string]struct{ do, problem string }{
		"an entry":               {`update revision_entry set after = '{"status": "CANCELLED"}' where revision_id = 3`, "an entry has been changed"},
		"an entry removed":       {`delete from field_change where revision_id = 3; delete from revision_entry where revision_id = 3`, "sealed with 1 entries and has 0"},
		"an entry added":         {`insert into revision_entry (revision_id, at, kind, root_kind, root_id, action, root_published, published) select id, at, 'Project', 'Project', 1, 'UPDATE', true, true from revision where id = 3`, "sealed with 1 entries and has 2"},
		"its actor":              {`update revision set actor_name = 'Somebody else' where id = 3`, "its own record has been changed"},
		"its time":               {`update revision set at = at - interval '1 day' where id = 3`, "its own record has been changed"},
		"an entry's time":        {`update revision_entry set at = at - interval '1 day' where revision_id = 3`, "another time or actor"},
		"the revision":           {`delete from change_event where revision_id = 2; delete from field_change where revision_id = 2; delete from revision_entry where revision_id = 2; delete from revision where id = 2`, "1 revisions are missing"},
		"sealed anew":            {`update revision set reason = 'x', hash = encode(sha256(convert_to(jsonb_build_array(previous_hash, position, id, (extract(epoch from at) * 1000000)::bigint, actor_id, actor_name, token_id, operation, 'x', request_id, is_bulk, entry_count, digest)::text, 'UTF8')), 'hex') where id = 2`, "does not follow from the revision before"},
		"a field change":         {`update field_change set before = '"CANCELLED"' where revision_id = 3`, "field changes"},
		"a field change's name":  {`update field_change set field = 'kind' where revision_id = 3`, "field changes"},
		"a field change removed": {`delete from field_change where revision_id = 3`, "field changes"},
		"a field change added":   {`insert into field_change select id + 100, revision_id, at, actor_id, kind, record_id, root_kind, root_id, action, field, before, after from field_change where revision_id = 3`, "field changes"},
		"unsealed":               {`update revision set hash = null where id = 4`, "3 revisions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t).Owner()
			for n := range 4 {
				run(t, d, map[int]string{0: `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, 1: `update project set status = 'CLOSED'`, 2: `update project set status = 'PIPELINE'`, 3: `update project set status = 'CLOSED'`}[n])
			}
			good, err := db.VerifyHistory(t.Context(), d, read(t, d, `select hash from revision where id = 2`))
			if err != nil || good.Revisions != 4 || good.Entries != 4 || !good.Holds || len(good.Hash) != 64 {
				t.Fatalf("%+v: %v", good, err)
			}
			if name == "unsealed" {
				run(t, d, off+c.do)
				var broken *db.BrokenHistoryError
				if _, err := db.VerifyHistory(t.Context(), d, ""); !errors.As(err, &broken) || broken.RevisionID != 4 {
					t.Errorf("got %v", err)
				}
				return
			}
			run(t, d, off+c.do)
			var broken *db.BrokenHistoryError
			if _, err := db.VerifyHistory(t.Context(), d, ""); !errors.As(err, &broken) || broken.RevisionID != 3 || !strings.Contains(broken.Problem, c.problem) {
				t.Errorf("got %v, want revision 3: %s", err, c.problem)
			}
		})
	}
	t.Run("the end", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t).Owner()
		run(t, d, `insert into project (id, code, status) values (1, 'P1', 'PIPELINE')`, `update project set status = 'CLOSED'`)
		noted := read(t, d, `select hash from revision where id = 2`)
		run(t, d, off+`delete from change_event where revision_id = 2; delete from field_change where revision_id = 2; delete from revision_entry where revision_id = 2; delete from revision where id = 2`)
		if report, err := db.VerifyHistory(t.Context(), d, noted); err != nil || report.Holds {
			t.Errorf("the end was cut off and nobody notices: %+v, %v", report, err)
		}
	})
}
