package db_test

import (
	"testing"
	"time"

	"taawun/db/dbtest"
)

// TestDuplicates finds organizations that may be one by identifier, by name and by names that are alike, forgets those that a person has told
// apart, and follows every change.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	d := office(t)
	owner := d.Owner()
	run(t, owner, `insert into account (id, login, name) values (20, 'admin', 'Admin'); insert into account_role (account_id, role) values (20, 'ADMINISTRATOR')`)
	run(t, owner, `insert into organization (id, code, state, original_locale, iati_identifier) values (1, 'A', 'PUBLISHED', 'en', 'XM-DAC-1'), (2, 'B', 'PUBLISHED', 'en', null), (3, 'C', 'DRAFT', 'ar', null),
			(4, 'D', 'PUBLISHED', 'ar', null), (5, 'E', 'PUBLISHED', 'en', null), (6, 'F', 'PUBLISHED', 'en', null), (7, 'G', 'ARCHIVED', 'en', null);
		insert into translation (subject_kind, subject_id, field, locale, text, status) values
			('Organization', 1, 'name', 'en', 'Water Agency', 'ORIGINAL'), ('Organization', 2, 'name', 'en', 'Northern Fund', 'ORIGINAL'), ('Organization', 3, 'name', 'ar', 'جمعية الإغاثة', 'ORIGINAL'),
			('Organization', 4, 'name', 'ar', 'جمعيّة الاغاثه', 'ORIGINAL'), ('Organization', 5, 'name', 'en', 'International Development Agency', 'ORIGINAL'),
			('Organization', 6, 'name', 'en', 'International Developement Agency', 'ORIGINAL'), ('Organization', 7, 'name', 'en', 'Northern Fund', 'ORIGINAL');
		insert into organization_identifier (organization_id, scheme, value, published) values (2, 'IATI', 'xm-dac-1', true)`)
	found := func(account int) string {
		t.Helper()
		for left := 1; left > 0; {
			if err := owner.QueryRowContext(t.Context(), "select base.pair_organizations(2)").Scan(&left); err != nil {
				t.Fatal(err)
			}
		}
		return seen(t, d, account, "", `select concat_ws(' ', first_id, second_id, array_to_string(reasons, '+'), round(score::numeric, 2)) from organization_duplicate order by score desc, id`)
	}
	if got, want := found(analyst), "1 2 IDENTIFIER 1.00\n3 4 NAME 1.00\n5 6 SIMILAR_NAME 0.86"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if got := read(t, d.Public(), `select count(*)::text from organization_duplicate`); got != "0" {
		t.Errorf("the public sees %s pairs", got)
	}
	run(t, owner, `update organization set confidential = true, state = 'DRAFT', owner_id = 1 where id = 5`)
	if got, want := found(analyst), "1 2 IDENTIFIER 1.00\n3 4 NAME 1.00"; got != want {
		t.Errorf("of a confidential one an analyst sees %s, want %s", got, want)
	}
	// What a person has told apart is not asked again, whichever way round; nobody but an administrator tells.
	does(t, d, anEditor, "row-level security", `insert into base.organization_distinction (first_id, second_id) values (4, 3)`)
	does(t, d, 20, "organization_distinction_two", `insert into base.organization_distinction (first_id, second_id) values (4, 4)`)
	does(t, d, 20, "", `insert into base.organization_distinction (first_id, second_id, note) values (4, 3, 'two towns')`)
	does(t, d, 20, "organization_distinction_pair", `insert into base.organization_distinction (first_id, second_id) values (3, 4)`)
	if got, want := found(analyst), "1 2 IDENTIFIER 1.00"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	run(t, owner, `delete from organization_identifier where organization_id = 2; insert into organization_alias (organization_id, name, published) values (2, 'The Water-Agency!', true), (2, 'water agency', true)`)
	if got, want := found(analyst), "1 2 NAME 1.00"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	// Merged, they are one; what the one that stays takes over is what the other had.
	run(t, owner, `update organization set iati_identifier = 'XM-2', acronym = 'NF', website = 'https://b.example.org', kind = 'FUND' where id = 2; update organization set acronym = 'WA', website = 'https://a.example.org', kind = 'DONOR' where id = 1`)
	run(t, owner, `select base.merge_taking(2, 1, '{ACRONYM,KIND,IATI_IDENTIFIER}')`)
	if got := found(analyst); got != "" {
		t.Errorf("after the merge: %s", got)
	}
	if got, want := read(t, owner, `select concat_ws(' ', acronym, kind, website, iati_identifier, (select string_agg(scheme || ':' || value, ',') from organization_identifier where organization_id = 1),
		(select string_agg(name, ',' order by name) from organization_alias where organization_id = 1 and name in ('WA', 'NF'))) from organization where id = 1`),
		"NF FUND https://a.example.org XM-2 IATI:XM-DAC-1 NF,WA"; got != want {
		t.Errorf("merged: %s, want %s", got, want)
	}
	// A pair that was told apart by mistake can still be merged.
	run(t, owner, `select base.merge_taking(4, 3, '{}')`)
	if got := read(t, owner, `select count(*)::text from organization_distinction`); got != "0" {
		t.Errorf("%s distinctions are left", got)
	}
}

// TestLikeness compares names that differ in a spelling with names that differ in what tells organizations apart, and organizations of two countries.
func TestLikeness(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := d.Owner()
	for _, c := range []struct {
		one, other string
		alike      bool
	}{
		{"International Development Agency", "International Developement Agency", true},
		{"Centre for Rural Development", "Center for Rural Development", true},
		{"Municipality of Dar'a", "Municipality of Daraa", true},
		{"Northern Fund for Water", "Fund for Water, Northern", true},
		{"Agency for Development Cooperation", "The Agency for Development Cooperation", true},
		{"جمعية الإغاثة الإنسانية", "جمعية الاغاثه الانسانيه", true},
		{"Agency for Development Cooperation of Japan", "Agency for Development Cooperation of Jordan", false},
		{"Ministry of Health, Directorate of Quneitra", "Ministry of Transport, Directorate of Quneitra", false},
		{"Municipality of Kasab", "Municipality of Karama", false},
		{"Basic School Number 12", "Basic School Number 13", false},
		{"Basic School Number 12", "Basic School Number", false},
		{"Trust Fund for Recovery II", "Trust Fund for Recovery III", false},
		{"وكالة التعاون الإنمائي في قطر", "وكالة التعاون الإنمائي في كندا", false},
		{"المدرسة الأساسية رقم ١٢", "المدرسة الأساسية رقم ١٣", false},
	} {
		var alike bool
		if err := owner.QueryRowContext(t.Context(), "select fn.likeness(fn.spelling(?), fn.spelling(?)) >= .6", c.one, c.other).Scan(&alike); err != nil {
			t.Fatal(err)
		}
		if alike != c.alike {
			t.Errorf("%q and %q: alike %t, want %t", c.one, c.other, alike, c.alike)
		}
	}
	run(t, owner, `insert into code_list (id, name) values (900, 'Country'); insert into code_list_item (id, list_id, list, code) values (901, 900, 'Country', 'JP'), (902, 900, 'Country', 'JO');
		insert into organization (id, code, state, original_locale, country_id, iati_identifier, name) values
			(1, 'A', 'PUBLISHED', 'en', 901, 'XM-1', '{"en": "International Development Agency"}'), (2, 'B', 'PUBLISHED', 'en', 902, null, '{"en": "International Developement Agency"}'),
			(3, 'C', 'PUBLISHED', 'en', null, null, '{"en": "Internationall Development Agency"}'), (4, 'D', 'PUBLISHED', 'en', 902, 'xm-1', '{"en": "Other"}'),
			(5, 'E', 'PUBLISHED', 'en', 901, null, '{"en": "Ministry of Public Works"}'), (6, 'F', 'PUBLISHED', 'en', 902, null, '{"en": "Ministry of Public Works"}');
		select base.pair_organizations(100)`)
	if got, want := read(t, owner, `select string_agg(concat_ws(' ', first_id, second_id, array_to_string(reasons, '+'), case when score in (.6::real, 1) then round(score::numeric, 1) end), ', ' order by first_id, second_id) from organization_duplicate`),
		"1 3 SIMILAR_NAME, 1 4 IDENTIFIER 1.0, 2 3 SIMILAR_NAME, 5 6 NAME 0.6"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
}

// TestManyDuplicates compares some of 10,000 organizations with all others and wants the pairs that there are, and a page of 10,000 pairs at once.
func TestManyDuplicates(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := d.Owner()
	// Names of three random words and a number, as alike as those of real organizations are; every hundredth occurs twice, spelt in two ways.
	run(t, owner, `insert into organization (id, code, state, original_locale, name)
		select i, 'O' || i, 'PUBLISHED', 'en', jsonb_build_object('en', initcap(w.a || ' ' || w.b || ' ' || w.c))
		from generate_series(1, 10000) i cross join lateral (select left(md5('a' || k), 7) a, left(md5('b' || k), 8) b, (array['foundation', 'association', 'agency', 'ministry', 'institute'])[1 + k % 5] c
			from (select case when i % 100 = 0 then i - 1 else i end as k) x) w;
		update organization set name = jsonb_build_object('en', upper(name ->> 'en') || '.') where id % 100 = 0`)
	// All but two hundred have been compared before.
	run(t, owner, `insert into organization_spelling select id, fn.spelling(name ->> 'en') from organization; delete from organization_unpaired where organization_id <= 9800`)
	started := time.Now()
	run(t, owner, `select base.pair_organizations(200)`)
	t.Logf("200 of 10,000 organizations compared in %s", time.Since(started))
	if got := read(t, owner, `select count(*) || ' ' || (select count(*) from organization_unpaired) from organization_duplicate where 'NAME' = any (reasons)`); got != "2 0" {
		t.Errorf("%s pairs of one name and organizations left, want 2 and 0", got)
	}
	run(t, owner, `insert into organization_pair (first_id, second_id, same_name, similarity) select i, j, false, .6 + (i * j % 40) / 100.0 from generate_series(1, 2000) i, generate_series(5001, 5005) j on conflict do nothing`)
	started = time.Now()
	read(t, owner, `select count(*)::text from (select * from organization_duplicate order by score desc, id limit 20) x`)
	t.Logf("the first page in %s", time.Since(started))
	if took := time.Since(started); took > 2*time.Second {
		t.Errorf("the first page took %s", took)
	}
}
