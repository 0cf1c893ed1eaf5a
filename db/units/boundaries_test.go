package units_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"taawun/db/units"
)

// collection is a file of features.
func collection(features ...string) string {
	return `{"type":"FeatureCollection","name":"boundaries","features":[` + strings.Join(features, ",") + `]}`
}

// aleppo and homs are boundaries around the centres of two governorates, hama a pair of squares.
const (
	aleppo = `{"type":"Feature","properties":{"pcode":"SY02"},"geometry":{"type":"Polygon","coordinates":[[[37,36],[37,37],[38,37],[38,36],[37,36]]]}}`
	homs   = `{"type":"Feature","properties":{"adm0_pcode":"SY","ADM1_PCODE":"SY04","name":null},"geometry":{"type":"Polygon","coordinates":[[[38,34],[39,34],[39,35],[38,34]]]}}`
	hama   = `{"type":"Feature","properties":{"admin1Pcode":"SY05"},"geometry":{"type":"MultiPolygon","coordinates":[[[[37,35],[38,35],[38,36],[37,35]]],[[[36,34],[36.5,34],[36.5,34.5],[36,34]]]]}}`
)

func TestImportOfBoundaries(t *testing.T) {
	t.Parallel()
	d := country(t)
	path := file(t, "boundaries.geojson", "\ufeff"+collection(aleppo, homs, hama))
	var done int64
	s, err := units.ImportBoundaries(t.Context(), d.Owner(), path, units.Options{Progress: func(n, _ int64) { done = n }})
	if want := (units.Outcome{New: 3}); err != nil || s.Outcome != want || done == 0 {
		t.Fatalf("%+v: %v, %d bytes read", s, err, done)
	}
	for pcode, want := range map[string]string{
		"SY02": `{"type": "Polygon", "coordinates": [[[37, 36], [38, 36], [38, 37], [37, 37], [37, 36]]]}`, // counter-clockwise
		"SY04": `{"type": "Polygon", "coordinates": [[[38, 34], [39, 34], [39, 35], [38, 34]]]}`,
		"SY05": `{"type": "MultiPolygon", "coordinates": [[[[37, 35], [38, 35], [38, 36], [37, 35]]], [[[36, 34], [36.5, 34], [36.5, 34.5], [36, 34]]]]}`,
	} {
		if got := scalar[string](t, d.Public(), "select boundary::text from administrative_unit where pcode = ?", pcode); got != want {
			t.Errorf("%s: %s", pcode, got)
		}
	}
	if got := scalar[string](t, d.Owner(), "select kind || (select count(*) from source s where s.data_set_id = d.id and s.published) from data_set d where name = 'boundaries.geojson'"); got != "BOUNDARIES3" {
		t.Error(got)
	}

	next := file(t, "boundaries.geojson", collection(aleppo, strings.Replace(homs, "[39,35]", "[39,35.5]", 1)))
	s, err = units.ImportBoundaries(t.Context(), d.Owner(), next, units.Options{})
	if want := (units.Outcome{Changed: 1, Unchanged: 1}); err != nil || s.Outcome != want {
		t.Errorf("%+v: %v", s, err)
	}
	if got := scalar[string](t, d.Owner(), "select string_agg(pcode || version, ' ' order by pcode) from administrative_unit where boundary is not null"); got != "SY022 SY043 SY052" {
		t.Error(got)
	}
}

func TestMistakesOfBoundariesAreToldByFeature(t *testing.T) {
	t.Parallel()
	d := country(t).Owner()
	for name, c := range map[string]struct{ text, want string }{
		"empty file":         {"", "this is no GeoJSON: the file ends too early"},
		"no JSON":            {"pcode,name\n", "this is no GeoJSON"},
		"a list":             {"[]", "it does not start with an object"},
		"cut off":            {collection(aleppo, homs)[:300], "the file ends too early"},
		"no features":        {collection(), "it has no features"},
		"no type":            {`{"features":[` + aleppo + `]}`, "it has no type"},
		"one feature":        {aleppo, "it is a Feature, not a FeatureCollection"},
		"features no list":   {`{"type":"FeatureCollection","features":{}}`, "the features are not a list"},
		"in metres":          {`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32637"}},"features":[` + aleppo + `]}`, "its coordinates are in urn:ogc:def:crs:EPSG::32637"},
		"unknown unit":       {collection(aleppo, strings.Replace(homs, "SY04", "SY77", 1)), "feature 2: SY77: the unit is unknown; import the units first"},
		"repeated unit":      {collection(aleppo, homs, aleppo), "feature 3: SY02: the unit is repeated; it has feature 1 already"},
		"no code":            {collection(strings.Replace(aleppo, "pcode", "name", 1)), "feature 1: no property tells the P-code"},
		"no geometry":        {collection(`{"type":"Feature","properties":{"pcode":"SY02"},"geometry":null}`), "feature 1: SY02: there is no geometry"},
		"no feature":         {collection(`{"type":"Polygon"}`), `feature 1: it is a "Polygon", not a Feature`},
		"not closed":         {collection(homs, strings.Replace(aleppo, ",[37,36]]]", "]]", 1)), "feature 2: SY02: the outer ring is not closed"},
		"crossing itself":    {collection(strings.Replace(aleppo, "[37,37],[38,37],[38,36]", "[38,37],[38,36],[37,37]", 1)), "feature 1: SY02: a ring crosses itself"},
		"too few points":     {collection(strings.Replace(homs, ",[39,34],[39,35]", "", 1)), "feature 1: SY04: the outer ring has too few points"},
		"out of range":       {collection(strings.Replace(homs, "[39,35]", "[39,95]", 1)), "feature 1: SY04: the outer ring has a point out of range: 39, 95"},
		"latitude first":     {collection(strings.NewReplacer("[37,36]", "[36,37]", "[38,37]", "[37,38]", "[38,36]", "[36,38]").Replace(aleppo)), "feature 1: SY02: the boundary lies elsewhere"},
		"of another country": {collection(strings.NewReplacer("[38,34]", "[-58,-34]", "[39,34]", "[-57,-34]", "[39,35]", "[-57,-33]").Replace(homs)), "feature 1: SY04: the boundary lies elsewhere than the unit"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := units.ImportBoundaries(t.Context(), d, file(t, "boundaries.geojson", c.text), units.Options{})
			var refused *units.RefusedError
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	if got := scalar[int](t, d, "select count(*) from administrative_unit where boundary is not null"); got != 0 {
		t.Errorf("%d boundaries were written", got)
	}
}

// A map draws fewer points than a surveyor measures, and the line between two units stays one line.
func TestOutlinesShareTheirLines(t *testing.T) {
	t.Parallel()
	d := country(t)
	// A line of many small steps, up the eastern side of Aleppo and down the western one of its neighbour.
	var up, down []string
	for i := range 1001 {
		point := fmt.Sprintf("[%.5f,%.5f]", 38+0.004*math.Sin(float64(i)), 36+float64(i)/1000)
		up = append(up, point)
		down = append([]string{point}, down...)
	}
	area := func(pcode string, points ...string) string {
		return fmt.Sprintf(`{"type":"Feature","properties":{"pcode":%q},"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, pcode, strings.Join(points, ","))
	}
	west := area("SY02", append(append([]string{"[37,36]"}, up...), "[37,37]", "[37,36]")...)
	east := area("SY04", append(append([]string{"[39,34]", "[39,37]"}, down...), "[39,34]")...)
	path := file(t, "boundaries.geojson", collection(west, east, `{"type":"Feature","properties":{"pcode":"SY05"},"geometry":{"type":"Polygon","coordinates":[[[37,35],[37.001,35],[37.001,35.001],[37,35]]]}}`))
	if _, err := units.ImportBoundaries(t.Context(), d.Owner(), path, units.Options{}); err != nil {
		t.Fatal(err)
	}
	points := func(pcode string) []string {
		return strings.Fields(scalar[string](t, d.Public(), "select string_agg(c->>0 || ',' || (c->>1), ' ') from administrative_unit, jsonb_array_elements(outline->'coordinates'->0) c where pcode = ?", pcode))
	}
	// At its ends a point may lie on a straight line with other sides of one of the two, and go there.
	between := func(pcode string) []string {
		line := slices.DeleteFunc(points(pcode), func(p string) bool {
			_, latitude, _ := strings.Cut(p, ",")
			return latitude < "36.01" || latitude > "36.99" || strings.HasPrefix(p, "37,") || strings.HasPrefix(p, "39")
		})
		slices.Sort(line)
		return slices.Compact(line)
	}
	if one, other := between("SY02"), between("SY04"); len(one) < 100 || len(one) > 500 || !slices.Equal(one, other) {
		t.Errorf("the line between two units has %d points for one and %d for the other", len(one), len(other))
	}
	if got := points("SY05"); len(got) != 4 {
		t.Errorf("an area smaller than the mesh is drawn as %v", got)
	}
}
