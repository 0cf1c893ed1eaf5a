package units

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func TestGeometries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, coordinates, want string }{
		"square":                  {"Polygon", `[[[0,0],[4,0],[4,4],[0,4],[0,0]]]`, ""},
		"with a hole":             {"Polygon", `[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]`, ""},
		"hole touching a corner":  {"Polygon", `[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[0,0],[2,1],[1,2],[0,0]]]`, ""},
		"with heights":            {"Polygon", `[[[0,0,7],[4,0,7],[4,4,7],[0,0,7]]]`, ""},
		"points repeated":         {"Polygon", `[[[0,0],[0,0],[4,0],[4,4],[4,4],[0,0]]]`, ""},
		"two parts":               {"MultiPolygon", `[[[[0,0],[4,0],[4,4],[0,0]]],[[[10,0],[14,0],[14,4],[10,0]]]]`, ""},
		"not closed":              {"Polygon", `[[[0,0],[4,0],[4,4],[0,4]]]`, "the outer ring is not closed: it starts at 0, 0 and ends at 0, 4"},
		"too few points":          {"Polygon", `[[[0,0],[4,0],[0,0]]]`, "the outer ring has too few points"},
		"one point over and over": {"Polygon", `[[[1,1],[1,1],[1,1],[1,1]]]`, "the outer ring has too few points"},
		"empty ring":              {"Polygon", `[[]]`, "the outer ring has too few points"},
		"no rings":                {"Polygon", `[]`, "polygon 1 has no ring"},
		"no polygons":             {"MultiPolygon", `[]`, "the geometry is empty"},
		"crossing itself":         {"Polygon", `[[[0,0],[4,4],[4,0],[0,4],[0,0]]]`, "a ring crosses itself near"},
		"running back":            {"Polygon", `[[[0,0],[4,0],[8,0],[4,0],[4,4],[0,0]]]`, "a ring runs back over itself near"},
		"flat":                    {"Polygon", `[[[0,0],[4,0],[2,0],[0,0]]]`, "a ring runs back over itself near"},
		"hole crossing":           {"Polygon", `[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[2,2],[6,2],[6,3],[2,3],[2,2]]]`, "two rings cross near"},
		"hole outside":            {"Polygon", `[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[5,5],[6,5],[6,6],[5,5]]]`, "hole 1 lies outside the outer ring, at 5, 5"},
		"parts crossing":          {"MultiPolygon", `[[[[0,0],[4,0],[4,4],[0,4],[0,0]]],[[[2,1],[6,1],[6,3],[2,3],[2,1]]]]`, "two rings cross near"},
		"second part open":        {"MultiPolygon", `[[[[0,0],[4,0],[4,4],[0,0]]],[[[10,0],[14,0],[14,4],[10,1]]]]`, "the outer ring of polygon 2 is not closed"},
		"longitude out of range":  {"Polygon", `[[[0,0],[181,0],[4,4],[0,0]]]`, "the outer ring has a point out of range: 181, 0"},
		"latitude out of range":   {"Polygon", `[[[0,0],[4,91],[4,4],[0,0]]]`, "the outer ring has a point out of range: 4, 91"},
		"beyond numbers":          {"Polygon", `[[[0,0],[4,1e999],[4,4],[0,0]]]`, "the coordinates are not those of a Polygon"},
		"half a point":            {"Polygon", `[[[0,0],[4],[4,4],[0,0]]]`, "the outer ring has a point 2 without longitude and latitude"},
		"numbers as text":         {"Polygon", `[[["0","0"]]]`, "the coordinates are not those of a Polygon"},
		"of a multipolygon":       {"Polygon", `[[[[0,0],[4,0],[4,4],[0,0]]]]`, "the coordinates are not those of a Polygon"},
		"a point":                 {"Point", `[0,0]`, "the geometry is a Point, not a Polygon or MultiPolygon"},
		"nothing":                 {"", ``, "there is no geometry"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, err := readGeometry(c.kind, json.RawMessage(c.coordinates))
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range g {
				for i, r := range p {
					if (r.Orientation() == orb.CCW) != (i == 0) {
						t.Errorf("ring %d is wound the wrong way", i)
					}
				}
			}
		})
	}
}

func TestTooManyPointsAreRefused(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("[[[0,0]")
	for i := 1; i <= maxPoints; i++ {
		fmt.Fprintf(&b, ",[%d,%d]", i%2, i%3)
	}
	b.WriteString(",[0,0]]]")
	if _, err := readGeometry("Polygon", json.RawMessage(b.String())); err == nil || !strings.Contains(err.Error(), "simplify it first") {
		t.Error(err)
	}
}

// A ring of many points: crossing it once anywhere is found, not crossing it is not.
func TestCrossingsAreFoundAmongManyPoints(t *testing.T) {
	t.Parallel()
	const n = 5000
	ring := make(orb.Ring, 0, n+1)
	for i := range n {
		angle := 2 * math.Pi * float64(i) / n
		radius := 3 + 0.1*math.Sin(40*angle)
		ring = append(ring, orb.Point{radius * math.Cos(angle), radius * math.Sin(angle)})
	}
	ring = append(ring, ring[0])
	if err := crossings(orb.MultiPolygon{{ring}}); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{1, n / 4, n / 2, n - 30} {
		knotted := ring.Clone()
		knotted[i], knotted[i+1] = knotted[i+1], knotted[i]
		knotted[n] = knotted[0]
		if err := crossings(orb.MultiPolygon{{knotted}}); err == nil {
			t.Errorf("the knot at %d was not found", i)
		}
	}
}

// Where rounding hides on which side a point lies, the exact answer counts.
func TestSidesAreExact(t *testing.T) {
	t.Parallel()
	a, b := orb.Point{0.5, 0.5}, orb.Point{12, 12}
	step := math.Nextafter(24, 25)
	for point, want := range map[orb.Point]int{{24, 24}: 0, {step, 24}: -1, {24, step}: 1, {0.5000000000000001, 0.5}: -1} {
		if got := side(a, b, point); got != want {
			t.Errorf("side of %v is %d, want %d", point, got, want)
		}
	}
}
