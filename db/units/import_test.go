package units_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/reference"
	"taawun/db/units"
)

// country is a database with the units of levels 0 to 3 in it.
func country(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "units of Syria", func(ctx context.Context, d *dbtest.DB) error {
		return reference.Load(ctx, d.Owner(), slog.New(slog.DiscardHandler))
	})
}

// file writes a file of the test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func scalar[T any](t *testing.T, d *bun.DB, query string, args ...any) T {
	t.Helper()
	var v T
	if err := d.NewRaw(query, args...).Scan(t.Context(), &v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func execute(t *testing.T, d *bun.DB, query string) {
	t.Helper()
	if _, err := d.ExecContext(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// importCSV imports a text as a file of the data set "communities".
func importCSV(t *testing.T, d *bun.DB, text string) (units.Outcome, error) {
	t.Helper()
	s, err := units.ImportCSV(t.Context(), d, file(t, "communities.csv", text), units.Options{})
	return s.Outcome, err
}

const communities = `pcode,parent_pcode,name_ar,name_en,lat,lon,population,population_year
C9001,SY020000,العزيزية,Aziziyeh,36.2,37.15,1200,2016
C9002,SY020001,العزيزية,Aziziyeh,36.1,36.85,,
C9003,SY020000,قرية النبع,Spring Village,,,340,2004
`

func TestImportOfUnits(t *testing.T) {
	t.Parallel()
	d := country(t)
	path := file(t, "communities.csv", communities)
	var done, total int64
	s, err := units.ImportCSV(t.Context(), d.Owner(), path, units.Options{Publisher: "OCHA", Licence: "CC BY 3.0 IGO",
		Progress: func(d, all int64) { done, total = d, all }})
	if err != nil {
		t.Fatal(err)
	}
	if want := (units.Outcome{New: 3}); s.Outcome != want || s.DataSet != "communities.csv" || s.Encoding != "UTF-8" || done != total || total != int64(len(communities)) {
		t.Errorf("%+v, progress %d of %d", s, done, total)
	}
	if text := s.String(); text != "communities.csv: 3 new, 0 changed, 0 unchanged" {
		t.Error(text)
	}
	for query, want := range map[string]string{
		"select level || ' ' || (name->>'ar') || (name->>'ar#') || (name->>'en') || (name->>'en#') || latitude || ' ' || longitude from administrative_unit where pcode = 'C9001'":                        "4 العزيزيةORIGINALAziziyehREVIEWED36.2 37.15",
		"select string_agg(x.pcode, ' ' order by x.level) from unit_ancestor a join administrative_unit x on x.id = a.ancestor_id join administrative_unit u on u.id = a.unit_id where u.pcode = 'C9001'": "SY SY02 SY0200 SY020000 C9001",
		"select string_agg(p.year || ':' || p.population, ' ' order by p.year) from unit_population p join administrative_unit u on u.id = p.unit_id where u.pcode like 'C9%'":                            "2004:340 2016:1200",
		"select kind || publisher || licence from data_set where name = 'communities.csv'":                                                                                                                "UNITSOCHACC BY 3.0 IGO",
		"select count(*)::text from source where identifier like 'C900%' and published":                                                                                                                   "3",
	} {
		if got := scalar[string](t, d.Owner(), query); got != want {
			t.Errorf("%s:\n got %q\nwant %q", query, got, want)
		}
	}
}

// People look for a community by its name and the name of a unit above it.
func TestACommunityIsFoundByItsNameAndItsParents(t *testing.T) {
	t.Parallel()
	d := country(t)
	if _, err := importCSV(t, d.Owner(), communities); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]string{
		"العزيزيه جبل سمعان":     "C9001 C9002", // both lie in that district
		"العزيزية أتارب":         "C9002",
		"عزيزيه اتارب":           "C9002",
		"aziziyeh atareb aleppo": "C9002",
		"النبع حلب":              "C9003",
		"النبع حمص":              "",
	} {
		query := "select coalesce(string_agg(pcode, ' ' order by pcode), '') from administrative_unit where level = 4"
		for _, w := range strings.Fields(words) {
			query += " and search like '%' || norm('" + w + "') || '%'"
		}
		if got := scalar[string](t, d.Owner(), query); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
}

func TestImportOfUnitsAgain(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	if _, err := importCSV(t, d, communities); err != nil {
		t.Fatal(err)
	}
	newest := "select max(xmin::text::bigint)::text from (select xmin from administrative_unit union all select xmin from translation union all select xmin from unit_population union all select xmin from source) x"
	before := scalar[string](t, d, newest)
	again, err := importCSV(t, d, communities)
	if want := (units.Outcome{Unchanged: 3}); err != nil || again != want {
		t.Errorf("%+v: %v", again, err)
	}
	if after := scalar[string](t, d, newest); after != before {
		t.Error("the same file has written something")
	}

	changed := strings.NewReplacer("قرية النبع", "قرية العين", "36.1,", "36.11,", "340,2004", "350,2004", "C9001", "C9004").Replace(communities)
	next, err := importCSV(t, d, changed)
	if want := (units.Outcome{New: 1, Changed: 2}); err != nil || next != want {
		t.Errorf("%+v: %v", next, err)
	}
	for query, want := range map[string]string{
		"select name->>'ar' || version from administrative_unit where pcode = 'C9003'":                                        "قرية العين2",
		"select latitude::text from administrative_unit where pcode = 'C9002'":                                                "36.11",
		"select population::text from unit_population p join administrative_unit u on u.id = p.unit_id where pcode = 'C9003'": "350",
		"select count(*)::text from administrative_unit where pcode = 'C9001'":                                                "1", // nothing is removed
		"select t.status || (t.source_digest = o.digest) from translation t join translation o using (subject_kind, subject_id, field) join administrative_unit u on u.id = t.subject_id where u.pcode = 'C9003' and t.locale = 'en' and o.locale = 'ar' and t.subject_kind = 'AdministrativeUnit'": "REVIEWEDtrue",
		"select (search like '%قريه العين%' and search not like '%النبع%')::text from administrative_unit where pcode = 'C9003'":                                                                                                                                                                    "true",
	} {
		if got := scalar[string](t, d, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestImportKeepsWhatPeopleChanged(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	if _, err := importCSV(t, d, communities); err != nil {
		t.Fatal(err)
	}
	execute(t, d, `update translation set text = 'عين النبع', method = 'HUMAN', version = version + 1
		where subject_kind = 'AdministrativeUnit' and locale = 'ar' and subject_id = (select id from administrative_unit where pcode = 'C9003')`)
	execute(t, d, "update administrative_unit set latitude = 36.19, version = version + 1 where pcode = 'C9001'")
	got, err := importCSV(t, d, strings.NewReplacer("قرية النبع", "قرية العين", "36.2,37.15", "36.3,37.16").Replace(communities))
	if want := (units.Outcome{Changed: 1, Unchanged: 2, Kept: 2}); err != nil || got != want {
		t.Errorf("%+v: %v", got, err)
	}
	text := scalar[string](t, d, "select name->>'ar' || (name->>'en#') from administrative_unit where pcode = 'C9003'")
	place := scalar[string](t, d, "select latitude || ' ' || longitude from administrative_unit where pcode = 'C9001'")
	if text != "عين النبعREVIEWED!" || place != "36.19 37.16" {
		t.Errorf("%s, %s", text, place)
	}
}

// A file may correct the units that the program carries itself; the program does not undo it at its next start.
func TestImportOverReferenceData(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	got, err := importCSV(t, d, "pcode,parent_pcode,name_ar,name_en,population,population_year\nSY02,SY,حلب,Halab,4000000,2024\nSY04,SY,حمص,Homs,,\n")
	if want := (units.Outcome{Changed: 1, Unchanged: 1}); err != nil || got != want {
		t.Errorf("%+v: %v", got, err)
	}
	execute(t, d, "update source set hash = 'older' where subject_kind = 'DataSet'")
	if err := reference.Load(t.Context(), d, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	name := scalar[string](t, d, "select (name->>'en') || (select count(*) from unit_population p where p.unit_id = u.id) from administrative_unit u where pcode = 'SY02'")
	if name != "Halab5" {
		t.Error(name)
	}
}

func TestARefusedFileWritesNothing(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	const rows = "select (select count(*) from administrative_unit) + (select count(*) from data_set)"
	before := scalar[int](t, d, rows)
	_, err := importCSV(t, d, communities+"C9004,SY999999,قرية,Village,,,,\nC9001,SY020000,أخرى,Other,x,37,,\n")
	var refused *units.RefusedError
	if !errors.As(err, &refused) || len(refused.Refusals) != 3 {
		t.Fatal(err)
	}
	for i, want := range []string{"line 5: C9004: the parent SY999999 is unknown", "line 6: C9001: the latitude \"x\" is not a number", "line 6: C9001: the P-code is repeated"} {
		if got := refused.Refusals[i].String(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	_, err = importCSV(t, d, "pcode,parent_pcode,name_ar\nSY0202,SY020000,الباب\n")
	if err == nil || !strings.Contains(err.Error(), "line 2: SY0202: the P-code is that of a district") {
		t.Error(err)
	}
	if got := scalar[int](t, d, rows); got != before {
		t.Errorf("%d units and data sets, and %d before", got, before)
	}
}

func TestFilesThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	folder := t.TempDir()
	if _, err := units.ImportCSV(t.Context(), d, filepath.Join(folder, "none.csv"), units.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	var refused *units.RefusedError
	if _, err := units.ImportCSV(t.Context(), d, folder, units.Options{}); !errors.As(err, &refused) {
		t.Error(err)
	}
	if _, err := units.ImportBoundaries(t.Context(), d, folder, units.Options{}); !errors.As(err, &refused) {
		t.Error(err)
	}
	path := file(t, "big.csv", communities)
	if _, err := units.ImportCSV(t.Context(), d, path, units.Options{MaxBytes: 10}); !errors.As(err, &refused) || !strings.Contains(err.Error(), "are not read") {
		t.Error(err)
	}
	if _, err := units.ImportBoundaries(t.Context(), d, path, units.Options{MaxBytes: 10}); !errors.As(err, &refused) || !strings.Contains(err.Error(), "are not read") {
		t.Error(err)
	}
	// A name that another kind of data set has.
	if _, err := units.ImportCSV(t.Context(), d, path, units.Options{DataSet: "Code lists"}); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Error(err)
	}
}

// The real files: every community of Syria, and nothing new where the units are those that the program carries.
func TestTheFilesOfOCHA(t *testing.T) {
	t.Parallel()
	folder := "../../../shared/data/units/"
	if _, err := os.Stat(folder); errors.Is(err, os.ErrNotExist) {
		t.Skip("the files of OCHA are not at hand")
	}
	d := country(t).Owner()
	for _, c := range []struct {
		name string
		want units.Outcome
	}{
		{"syria_adm1.csv", units.Outcome{Unchanged: 14}},
		{"syria_adm2.csv", units.Outcome{Unchanged: 62}},
		{"syria_adm3.csv", units.Outcome{Unchanged: 272}},
		{"syria_adm4_communities.csv", units.Outcome{New: 7950}},
		{"syria_adm4_communities.csv", units.Outcome{Unchanged: 7950}},
	} {
		got, err := units.ImportCSV(t.Context(), d, folder+c.name, units.Options{})
		if err != nil || got.Outcome != c.want {
			t.Errorf("%s: %+v, %v", c.name, got.Outcome, err)
		}
	}
	for _, want := range []units.Outcome{{New: 14}, {Unchanged: 14}} {
		got, err := units.ImportBoundaries(t.Context(), d, folder+"syr_admin1.geojson", units.Options{})
		if err != nil || got.Outcome != want {
			t.Errorf("%+v, %v", got.Outcome, err)
		}
	}
	if got := scalar[int](t, d, "select count(*) from unit_ancestor"); got != 1+14*2+62*3+272*4+7950*5 {
		t.Errorf("%d pairs of unit and ancestor", got)
	}
}
