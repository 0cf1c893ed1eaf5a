package db_test

import (
	"fmt"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

// TestMergeMovesEverything links an organization from every foreign key there is, merges it and finds no link left behind, none lost.
func TestMergeMovesEverything(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	ctx := t.Context()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := owner.ExecContext(ctx, query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	exec(`insert into organization (id, code, state, original_locale, acronym, iati_identifier, website) values
			(1, 'KEPT', 'PUBLISHED', 'en', null, 'XM-1', null), (2, 'OLD', 'PUBLISHED', 'en', 'OLD', 'XM-2', 'https://old.example.org'), (3, 'CHILD', 'DRAFT', 'en', null, null, null);
		insert into translation (subject_kind, subject_id, field, locale, text, status) values
			('Organization', 1, 'name', 'en', 'Water Agency', 'ORIGINAL'), ('Organization', 2, 'name', 'en', 'Agency for Water', 'ORIGINAL'), ('Organization', 2, 'name', 'fr', 'Agence', 'REVIEWED'),
			('Organization', 2, 'description', 'en', 'Drills wells', 'ORIGINAL');
		insert into organization_alias (organization_id, name, published) values (1, 'WA', true), (2, 'WA', true), (2, 'AW', true);
		insert into organization_identifier (organization_id, scheme, value, published) values (1, 'R', '1', true), (2, 'R', '1', true), (2, 'R', '2', true);
		update organization set parent_id = 2 where id in (1, 3);
		insert into project (id, code, state, status, reporting_organization_id) values (1, 'P', 'DRAFT', 'PIPELINE', 2);
		insert into project_partner (project_id, organization_id, role, published) values (1, 1, 'FUNDING', false), (1, 2, 'FUNDING', false), (1, 2, 'IMPLEMENTING', false);
		insert into transaction (project_id, type, date, value_amount, value_currency, provider_id, receiver_id, published) values (1, 'DISBURSEMENT', '2024-01-01', 1, 'EUR', 2, 2, false);
		insert into agreement (id, code, kind, status) values (1, 'A', 'GRANT', 'SIGNED');
		insert into agreement_party (agreement_id, organization_id, published) values (1, 2, false);
		insert into obligation (agreement_id, kind, obligor_id, beneficiary_id, published) values (1, 'REPORT', 2, 1, false);
		insert into document (subject_kind, subject_id, url) values ('Organization', 2, 'https://old.example.org/d');`)
	before := references(t, owner)
	exec("select base.merge_organizations(2, 1)")

	left := references(t, owner)
	for name, n := range left {
		if n[1] != 0 && name != "organization.merged_into_id" {
			t.Errorf("%s: %d rows still point to the organization that is gone", name, n[1])
		}
	}
	// Two rows said what others said: the alias WA and the identifier R 1. One link is to itself no more.
	for name, want := range map[string]int{
		"project_partner.organization_id": before["project_partner.organization_id"][0] + before["project_partner.organization_id"][1], "transaction.provider_id": 1,
		"transaction.receiver_id": 1, "agreement_party.organization_id": 1, "obligation.obligor_id": 1, "obligation.beneficiary_id": 1, "organization.parent_id": 1,
		"project.reporting_organization_id": 1, "organization_identifier.organization_id": 3, "organization_alias.organization_id": 4,
	} {
		if got := left[name][0]; got != want {
			t.Errorf("%s: %d rows point to the organization that stays, want %d", name, got, want)
		}
	}
	expect(t, owner, "Agency for Water,AW,OLD,WA", "select string_agg(name, ',' order by name) from organization_alias where organization_id = 1")
	expect(t, owner, "IATI XM-2,R 1,R 2", "select string_agg(scheme || ' ' || value, ',' order by scheme, value) from organization_identifier where organization_id = 1")
	expect(t, owner, "XM-1 OLD https://old.example.org 2", "select concat_ws(' ', iati_identifier, acronym, website, version) from organization where id = 1")
	expect(t, owner, "ARCHIVED 1", "select concat_ws(' ', state, merged_into_id, iati_identifier) from organization where id = 2")
	expect(t, owner, "Water Agency Agence", "select concat_ws(' ', name ->> 'en', name ->> 'fr') from organization where id = 1")
	expect(t, owner, "1", "select count(*)::text from document where subject_id = 1")
	expect(t, owner, "1 1 3", "select concat_ws(' ', fn.organization_now(2), fn.organization_now(1), fn.organization_now(3))")

	for _, pair := range [][2]int{{2, 1}, {1, 2}, {1, 1}, {1, 99}} {
		if _, err := owner.ExecContext(ctx, "select base.merge_organizations(?, ?)", pair[0], pair[1]); err == nil {
			t.Errorf("%v could be merged", pair)
		}
	}
	exec("select base.merge_organizations(1, 3)")
	expect(t, owner, "3", "select fn.organization_now(2)::text")
}

// references counts the rows that point to organizations 1 and 2, by table and column of every foreign key.
func references(t *testing.T, owner *bun.DB) map[string][2]int {
	t.Helper()
	var keys []struct{ Name, Key string }
	if err := owner.NewRaw(`select c.relname as name, a.attname as key from pg_constraint k join pg_class c on c.oid = k.conrelid
		join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'published'
		where k.contype = 'f' and k.confrelid = 'base.organization'::regclass and c.relnamespace = 'base'::regnamespace`).Scan(t.Context(), &keys); err != nil {
		t.Fatal(err)
	}
	if len(keys) < 12 {
		t.Fatalf("only %d foreign keys lead to organizations", len(keys))
	}
	out := map[string][2]int{}
	for _, k := range keys {
		var n [2]int
		query := fmt.Sprintf("select count(*) filter (where %[2]s = 1), count(*) filter (where %[2]s = 2) from %[1]s", k.Name, k.Key)
		if err := owner.QueryRowContext(t.Context(), query).Scan(&n[0], &n[1]); err != nil {
			t.Fatal(err)
		}
		out[k.Name+"."+k.Key] = n
	}
	return out
}

func expect(t *testing.T, owner *bun.DB, want, query string) {
	t.Helper()
	var got string
	if err := owner.QueryRowContext(t.Context(), query).Scan(&got); err != nil || got != want {
		t.Errorf("%s: got %q (%v), want %q", query, got, err, want)
	}
}
