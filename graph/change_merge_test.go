package graph

import (
	"fmt"
	"strings"
	"testing"
)

// TestMergingOrganizations brings two records of one organization together: what was chosen is taken over, the old id leads on.
func TestMergingOrganizations(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 2)
	editor, admin := account(t, d, "editor", "EDITOR"), account(t, d, "admin", "ADMINISTRATOR")
	const create = `mutation($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id version } ` + errorsAsked + ` } }`
	const merge = `mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { organization { id website acronym aliases { name } } ` + errorsAsked + ` } }`
	made := func(name, acronym, website string) any {
		return dig(done(t, g, editor, create, m{"input": m{"organization": m{"name": texts("en", name), "kind": "NGO", "originalLocale": "en", "acronym": acronym, "website": website}}}), "organization", "id")
	}
	from, into := made("Water for all", "WFA", "https://old.example.org"), made("Water for All Society", "WAS", "https://new.example.org")
	input := func(change m) m {
		out := m{"fromId": from, "fromVersion": 1, "intoId": into, "intoVersion": 1, "take": []any{"WEBSITE"}}
		for name, value := range change {
			out[name] = value
		}
		return m{"input": out}
	}
	for _, c := range []struct {
		change m
		want   string
	}{
		{m{"fromVersion": 7}, "input.fromVersion CONFLICT: "},
		{m{"intoId": from}, "input.fromId INVALID: These are one record already."},
		{m{"fromId": "org_ffff"}, "input.fromId NOT_FOUND: "},
		{m{"fromId": "prj_1"}, "input.fromId INVALID: "},
	} {
		if got := problems(do(t, g, admin, merge, input(c.change))); !strings.HasPrefix(got, c.want) {
			t.Errorf("%v: %s, want %s", c.change, got, c.want)
		}
	}
	out := done(t, g, admin, merge, input(nil))
	if dig(out, "organization", "id") != into || dig(out, "organization", "website") != "https://old.example.org" || dig(out, "organization", "acronym") != "WAS" {
		t.Errorf("merged into %v", out)
	}
	if got := dig(askAs(t, g, editor, fmt.Sprintf(`{ organization(by: {id: %q}) { id aliases { name } } }`, from)), "organization"); dig(got, "id") != into || dig(got, "aliases", 0, "name") != "Water for all" {
		t.Errorf("the old id leads to %v", got)
	}
}
