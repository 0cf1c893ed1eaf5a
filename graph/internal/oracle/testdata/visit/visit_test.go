package visit

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/handler/transport"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/graph"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

func TestVisit(t *testing.T) {
	ctx := t.Context()
	d := dbtest.New(t)
	for _, row := range []any{
		&db.Project{ID: 7, Code: "P-7", State: "PUBLISHED", Status: "IMPLEMENTATION"},
		&db.Project{ID: 8, Code: "P-8", State: "DRAFT", Status: "PIPELINE"},
		&db.Visit{ID: 31, ProjectID: 7, VisitedOn: "2026-05-01", Purpose: "MONITORING", Cost: db.Money{Amount: "12.50", Currency: "USD"}, Published: true},
		&db.Visit{ID: 32, ProjectID: 7, VisitedOn: "2026-06-01", Purpose: "HANDOVER", Published: true},
		&db.Visit{ID: 33, ProjectID: 8, VisitedOn: "2026-07-01", Purpose: "HANDOVER"},
		&db.Translation{SubjectKind: "Visit", SubjectID: 31, Field: "findings", Locale: "ar", Text: "العمل يسير", Status: "ORIGINAL"},
	} {
		if _, err := d.Owner().NewInsert().Model(row).Exec(ctx); err != nil {
			t.Fatal(err)
		}
	}
	g, err := graph.New(ctx, graph.Options{DB: d.Public()})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	server := g.Server()
	server.AddTransport(transport.POST{})
	r := httptest.NewRequest("POST", "/graphql", strings.NewReader(`{"query":"{ visits(where: {project: {code: {eq: \"P-7\"}}}) { totalCount facet(by: PURPOSE) { value count } nodes { id visitedOn purpose cost { amount currency } findings { text direction } project { code } } } node(id: \"vis_1f\") { id } hidden: node(id: \"vis_21\") { id } translations { nodes { subject { ... on Visit { id } } } } }"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	got := strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(w.Body.String())
	want := strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(`{"data": {"visits": {"totalCount": 2, "facet": [{"value": "HANDOVER", "count": 1}, {"value": "MONITORING", "count": 1}],
		"nodes": [{"id": "vis_20", "visitedOn": "2026-06-01", "purpose": "HANDOVER", "cost": null, "findings": null, "project": {"code": "P-7"}},
			{"id": "vis_1f", "visitedOn": "2026-05-01", "purpose": "MONITORING", "cost": {"amount": "12.50", "currency": "USD"},
				"findings": {"text": "العمل يسير", "direction": "RTL"}, "project": {"code": "P-7"}}]},
		"node": {"id": "vis_1f"}, "hidden": null, "translations": {"nodes": [{"subject": {"id": "vis_1f"}}]}}}`)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
