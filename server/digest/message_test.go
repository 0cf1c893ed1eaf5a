package digest_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taawun/db"
	"taawun/server/digest"
	"taawun/server/due"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestMessage writes a digest in both languages, as text and as a page. Two agreements demand what is called alike: each line says of which it is.
func TestMessage(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, time.December, d, 0, 0, 0, 0, time.UTC) }
	report := db.Texts{"ar": "تقرير سنوي", "ar#": "ORIGINAL", "en": "Annual report", "en#": "REVIEWED"}
	water, schools := db.Texts{"ar": "منحة المياه", "ar#": "ORIGINAL", "en": "Grant on water", "en#": "REVIEWED"}, db.Texts{"ar": "منحة المدارس & غيرها", "ar#": "ORIGINAL"}
	agreement := func(key int64) *due.ID { return &due.ID{Type: "Agreement", Key: key} }
	for _, locale := range []string{"ar", "en"} {
		d := digest.Digest{
			Person: digest.Person{Account: 1, Name: "ليلى", Email: "layla@example.org", Locale: locale},
			Late: []due.Item{
				{Kind: "DUTY", Day: day(1), DaysLeft: -1, Title: report, Record: due.ID{Type: "Obligation", Key: 1}, Agreement: agreement(1), AgreementCode: "AGR-1", AgreementTitle: water},
				{Kind: "DUTY", Day: day(1), DaysLeft: -1, Title: report, Record: due.ID{Type: "Obligation", Key: 2}, Agreement: agreement(2), AgreementCode: "AGR-2", AgreementTitle: schools},
				{Kind: "DUTY", Day: day(1), DaysLeft: -1, Title: report, Record: due.ID{Type: "Obligation", Key: 3}, Agreement: agreement(3), AgreementCode: "AGR-3"},
			},
			Soon: []due.Item{
				{Kind: "EXPIRY", Day: day(9), DaysLeft: 7, Record: due.ID{Type: "Agreement", Key: 1}, Agreement: agreement(1), AgreementCode: "AGR-1", AgreementTitle: water},
				{Kind: "NOTICE", Day: day(9), DaysLeft: 7, Record: due.ID{Type: "Agreement", Key: 3}, Agreement: agreement(3), AgreementCode: "AGR-3"},
				{Kind: "ACTION", Day: day(10), DaysLeft: 8, Title: db.Texts{"en": "Train the operators", "en#": "ORIGINAL"}, Record: due.ID{Type: "RecommendationAction", Key: 5}},
			},
			Review:       []digest.Record{{ID: due.ID{Type: "Project", Key: 7}, Code: "P-7", Title: db.Texts{"ar": "آبار", "ar#": "ORIGINAL"}}},
			Missing:      []digest.Missing{{Locale: "en", Count: 12}},
			Confidential: 2,
		}
		m, err := d.Write("https://taawun.example.org", "https://taawun.example.org/digest/stop/secret", day(2))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, locale+".txt", m.Subject+"\n\n"+m.Text)
		golden(t, locale+".html", m.HTML)
	}
}

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs\nwant %s\ngot  %s", path, want, got)
	}
}
