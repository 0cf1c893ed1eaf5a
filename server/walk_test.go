package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	gqltransport "github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
	"taawun/db/iati"
	"taawun/db/reference"
	"taawun/graph"
)

// walk goes from an organization through its agreements and projects to money, places and texts in Arabic, and back.
const walk = `query Walk($organization: String!) {
  organization(by: { iatiIdentifier: $organization }) {
    name { text }
    agreements(first: 2) {
      nodes {
        title(locale: "ar") { text direction status }
        parties { role organization { code } }
        projects(first: 2, where: { title: { has: "ar" } }) {
          nodes {
            iatiIdentifier
            title(locale: "ar") { text direction status isFallback isStale }
            original: title(locale: "en") { text status }
            transactions(first: 3, orderBy: [{ field: DATE }], where: { type: { eq: DISBURSEMENT } }) { nodes { date value { amount currency } } }
            locations(first: 2) {
              nodes {
                unit {
                  pcode
                  ancestors { pcode name(locale: "ar") { text } }
                  parent { parent { projects(first: 1) { nodes { iatiIdentifier agreements(first: 1) { nodes { organizations(first: 1) { nodes { iatiIdentifier } } } } } } } }
                }
              }
            }
            translations(first: 2, where: { locale: { eq: "ar" } }) {
              nodes { field text status subject { ... on Project { organizations(first: 1, where: { iatiIdentifier: { eq: $organization } }) { nodes { iatiIdentifier } } } } }
            }
          }
        }
      }
    }
  }
}`

// TestTheWalk answers the question that the project exists for over a file of ours and, where they are there, over files as their publishers released
// them, with what a directorate adds to such data: the agreement, the Arabic title, the place.
func TestTheWalk(t *testing.T) {
	t.Parallel()
	published, _ := filepath.Glob("../../shared/data/iati/published/*.xml")
	for _, c := range []struct {
		name, organization, project, money string
		files                              []string
	}{
		{"a file of ours", "XX-TAAWUN-1", "XX-TAAWUN-1-W1", `{"date":"2024-03-10","value":{"amount":"100000.50","currency":"USD"}}`, []string{"testdata/syria.xml"}},
		{"published files", "GB-GOV-1", "GB-GOV-1-300388-102", `{"date":"2020-04-29","value":{"amount":"5000000","currency":"GBP"}}`, published},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if len(c.files) == 0 {
				t.Log("the published files are not here; the file of ours has proved the walk")
				return
			}
			d := dbtest.New(t)
			prepareWalk(t, d, c.files, c.organization, c.project)
			g, err := graph.New(t.Context(), graph.Options{DB: d.Public()})
			if err != nil {
				t.Fatal(err)
			}
			defer g.Close()
			bare := g.Server()
			bare.AddTransport(gqltransport.POST{})
			body, _ := json.Marshal(map[string]any{"query": walk, "variables": map[string]any{"organization": c.organization}})
			request := httptest.NewRequest(http.MethodPost, pathGraphQL, bytes.NewReader(body))
			request.Header.Set("Content-Type", mediaJSON)
			bare.ServeHTTP(httptest.NewRecorder(), request)
			if n := g.Stats().Executed; n != 1 {
				t.Errorf("the walk took %d statements; want one", n)
			}
			answer := serveOn(t, d).ask(t, walk, map[string]any{"organization": c.organization})
			var compact any
			if err := json.Unmarshal([]byte(answer.body), &compact); err != nil {
				t.Fatal(err)
			}
			text, _ := json.Marshal(compact)
			for _, want := range []string{
				`"direction":"RTL","isFallback":false,"isStale":false,"status":"REVIEWED","text":"مياه الشرب لأهالي حلب"`,
				c.money, `"name":{"text":"حلب"}`, `"pcode":"SY020000"`,
				`"subject":{"organizations":{"nodes":[{"iatiIdentifier":"` + c.organization + `"}`,
				`"title":{"direction":"RTL","status":"ORIGINAL","text":"مذكرة تفاهم بشأن المياه"}`,
				`"agreements":{"nodes":[{"organizations":{"nodes":[{"iatiIdentifier":"` + c.organization + `"}`,
			} {
				if !strings.Contains(string(text), want) {
					t.Errorf("the answer does not hold %s\n%s", want, text)
				}
			}
			if codes := answer.codes(t); len(codes) > 0 {
				t.Errorf("errors: %s", codes)
			}
		})
	}
}

// prepareWalk imports the files and adds what only the directorate knows.
func prepareWalk(t *testing.T, d *dbtest.DB, files []string, organization, project string) {
	t.Helper()
	ctx, owner := t.Context(), d.Owner()
	if err := reference.Load(ctx, owner, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	if _, err := iati.Import(ctx, owner, iati.Options{}, files); err != nil {
		t.Fatal(err)
	}
	if err := owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error { return addAgreement(ctx, tx, organization, project) }); err != nil {
		t.Fatal(err)
	}
}

func addAgreement(ctx context.Context, tx bun.Tx, organization, project string) error {
	var party, activity, unit int64
	for into, query := range map[*int64]string{
		&party: "select id from organization where iati_identifier = ?", &activity: "select id from project where iati_identifier = ?", &unit: "select id from administrative_unit where pcode = ?",
	} {
		key := map[*int64]string{&party: organization, &activity: project, &unit: "SY020000"}[into]
		if err := tx.NewRaw(query, key).Scan(ctx, into); err != nil {
			return err
		}
	}
	agreement := &db.Agreement{Code: "AGR-1", State: "PUBLISHED", Kind: "MEMORANDUM", Status: "IN_FORCE"}
	if _, err := tx.NewInsert().Model(agreement).Exec(ctx); err != nil {
		return err
	}
	const source = "select locale, digest from translation where subject_kind = 'Project' and field = 'title' and status = 'ORIGINAL' and subject_id = ?"
	var locale, digest string
	if err := tx.NewRaw(source, activity).Scan(ctx, &locale, &digest); err != nil {
		return err
	}
	for _, model := range []any{
		&db.AgreementParty{AgreementID: agreement.ID, OrganizationID: &party, Role: "PARTY", Published: true},
		&db.ProjectAgreement{ProjectID: activity, AgreementID: agreement.ID, Published: true},
		&db.Translation{SubjectKind: "Agreement", SubjectID: agreement.ID, Field: "title", Locale: "ar", Text: "مذكرة تفاهم بشأن المياه", Status: "ORIGINAL", Method: "HUMAN"},
		&db.Translation{SubjectKind: "Project", SubjectID: activity, Field: "title", Locale: "ar", Text: "مياه الشرب لأهالي حلب", Status: "REVIEWED", Method: "HUMAN",
			SourceLocale: &locale, SourceDigest: &digest},
	} {
		if _, err := tx.NewInsert().Model(model).Exec(ctx); err != nil {
			return err
		}
	}
	_, err := tx.NewRaw(`insert into project_location (project_id, published, unit_id, position)
		select ?0, true, ?1, 100 where not exists (select from project_location where project_id = ?0 and unit_id = ?1)`, activity, unit).Exec(ctx)
	return err
}
