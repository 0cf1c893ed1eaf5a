package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestHiddenRecords asks, as everybody and over HTTP, for records that not everybody sees, on every way that leads to them: by id, by key, in
// lists, counts, facets and search, behind links, in conditions, and by their texts and history. Whoever does not see one finds nothing of it.
func TestHiddenRecords(t *testing.T) {
	t.Parallel()
	server := start(t)
	people := server.everybody(t)
	server.change(t, `insert into agreement (id, code, kind, status, state) values (4711, 'ZQAGREEMENT', 'TREATY', 'IN_FORCE', 'PUBLISHED');
		insert into project (id, code, status, state, confidential) values (4711, 'ZQOPEN', 'PIPELINE', 'PUBLISHED', false), (4712, 'ZQDRAFT', 'PIPELINE', 'DRAFT', false),
			(4713, 'ZQSECRET', 'PIPELINE', 'DRAFT', true), (4714, 'ZQPARTNER', 'PIPELINE', 'DRAFT', false), (4715, 'ZQPARTNERSECRET', 'PIPELINE', 'DRAFT', true);
		insert into project_agreement (project_id, agreement_id, published) select id, 4711, state = 'PUBLISHED' from project where code like 'ZQ%';
		insert into project_partner (project_id, organization_id, role, published) values (4714, 4711, 'IMPLEMENTING', false), (4715, 4711, 'IMPLEMENTING', false);
		insert into translation (subject_kind, subject_id, field, locale, text, status) select 'Project', id, 'title', 'ar', 'zqtitle ' || code, 'ORIGINAL' from project where code like 'ZQ%'`)
	all := []string{"ZQDRAFT", "ZQOPEN", "ZQPARTNER", "ZQPARTNERSECRET", "ZQSECRET"}
	inside := []string{"ZQDRAFT", "ZQOPEN", "ZQPARTNER"}
	sees := map[string][]string{nobody: {"ZQOPEN"}, "no role": {"ZQOPEN"}, "PARTNER": {"ZQOPEN", "ZQPARTNER"}, "ANALYST": inside, "TRANSLATOR": inside, "REVIEWER": inside, "CERTIFIER": inside,
		"EDITOR": all, "APPROVER": all, "ADMINISTRATOR": all}
	ways := map[string]string{
		"nodes":        `nodes(ids: ["prj_1267", "prj_1268", "prj_1269", "prj_126a", "prj_126b"]) { ... on Project { code } }`,
		"list":         `projects(where: {code: {startsWith: "ZQ"}}) { nodes { code } edges { node { code } } }`,
		"search":       `search(text: "zqtitle") { record { ... on Project { code } } }`,
		"link":         `agreement(by: {code: "ZQAGREEMENT"}) { projects { nodes { code } } }`,
		"organization": `organizations(where: {code: {eq: "PARTNER"}}) { nodes { projects { nodes { code } } } }`,
		"texts":        `translations(where: {text: {startsWith: "zqtitle"}}) { nodes { text subject { ... on Project { code } } } }`,
	}
	for i, code := range all {
		ways["key "+code] = fmt.Sprintf(`project(by: {code: %q}) { code title { text } translations { nodes { text } } }`, code)
		ways[fmt.Sprint("node ", code)] = fmt.Sprintf(`node(id: "prj_%x") { ... on Project { code agreements { nodes { projects { nodes { code } } } } } }`, 4711+i)
	}
	counts := map[string]string{
		"count":       `projects(where: {code: {startsWith: "ZQ"}}) { totalCount }`,
		"link count":  `agreement(by: {code: "ZQAGREEMENT"}) { projects { totalCount } }`,
		"text count":  `translations(where: {text: {startsWith: "zqtitle"}}) { totalCount }`,
		"words count": `projects(where: {search: "zqtitle"}) { totalCount }`,
	}
	for name, p := range people {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sees[name] == nil {
				t.Fatal("nothing is said about this person")
			}
			met := map[string]bool{}
			for way, query := range ways {
				answer := p.asks(t, query)
				for _, code := range all {
					if shown := strings.Contains(answer, code+`"`); shown && !slices.Contains(sees[name], code) {
						t.Errorf("%s by %s: %s", code, way, answer)
					} else if shown {
						met[code+" by "+way] = true
					}
				}
			}
			for _, code := range sees[name] {
				for _, way := range []string{"nodes", "list", "search", "link", "texts", "key " + code} {
					if !met[code+" by "+way] {
						t.Errorf("%s is not found by %s", code, way)
					}
				}
			}
			for way, query := range counts {
				if got, want := p.asks(t, query), fmt.Sprintf(`"totalCount":%d}`, len(sees[name])); !strings.Contains(got, want) {
					t.Errorf("%s: %s, want %s", way, got, want)
				}
			}
			for _, code := range all { // conditions that only the hidden could meet
				want := fmt.Sprintf(`"totalCount":%d}`, map[bool]int{true: 1}[slices.Contains(sees[name], code)])
				if got := p.asks(t, fmt.Sprintf(`agreements(where: {projects: {some: {code: {eq: %q}}}}) { totalCount }`, code)); !strings.Contains(got, want) {
					t.Errorf("agreements with %s: %s, want %s", code, got, want)
				}
			}
			if facet := p.asks(t, `projects(where: {code: {startsWith: "ZQ"}}) { facet(by: STATE) { value count } }`); strings.Contains(facet, "DRAFT") != (len(sees[name]) > 1) {
				t.Errorf("the facet tells %s", facet)
			}
		})
	}
}

// asks asks for one root and gives the answer, in which nothing may be wrong.
func (p *person) asks(t *testing.T, root string) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"query": "{ " + root + " }"})
	if err != nil {
		t.Fatal(err)
	}
	got := p.request(t, http.MethodPost, pathGraphQL, http.Header{"Content-Type": {mediaJSON}, "Accept": {mediaGraphQL}}, string(text))
	if got.status != http.StatusOK || strings.Contains(got.body, `"errors"`) {
		t.Errorf("%s: %d %s", root, got.status, got.body)
	}
	return strings.ReplaceAll(got.body, `" : `, `":`) // as PostgreSQL writes it
}
