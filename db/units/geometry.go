package units

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"taawun/db/imports"
)

// maxPoints bounds the points of one boundary: a detailed governorate has ten thousand.
const maxPoints = 500_000

// readGeometry reads a polygon or multipolygon of GeoJSON and says what is wrong with it.
func readGeometry(kind string, coordinates json.RawMessage) (orb.MultiPolygon, error) {
	var polygons [][][][]float64
	var err error
	switch kind {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(coordinates, &polygons)
	case "":
		return nil, imports.Say("there is no geometry", "لا شكل هندسيًا فيه")
	default:
		return nil, imports.Say("the geometry is a %s, not a Polygon or MultiPolygon", "الشكل الهندسي %s وليس مضلعًا (Polygon) ولا عدة مضلعات (MultiPolygon)", kind)
	}
	if err != nil {
		return nil, imports.Say("the coordinates are not those of a %s", "الإحداثيات ليست إحداثيات %s", kind)
	}
	if len(polygons) == 0 {
		return nil, imports.Say("the geometry is empty", "الشكل الهندسي فارغ")
	}
	points := 0
	result := make(orb.MultiPolygon, len(polygons))
	for i, rings := range polygons {
		where := func(ring int) imports.Text {
			name := imports.Say("the outer ring", "الحلقة الخارجية")
			if ring > 0 {
				name = imports.Say("hole %d", "الفجوة %d", ring)
			}
			if len(polygons) > 1 {
				name = imports.Say("%s of polygon %d", "%s من المضلع %d", name, i+1)
			}
			return name
		}
		if len(rings) == 0 {
			return nil, imports.Say("polygon %d has no ring", "ليس للمضلع %d حلقة", i+1)
		}
		polygon := make(orb.Polygon, len(rings))
		for j, positions := range rings {
			ring, err := readRing(positions)
			if err != nil {
				return nil, imports.Say("%s %v", "في %s خطأ: %v", where(j), imports.Told(err))
			}
			if points += len(ring); points > maxPoints {
				return nil, imports.Say("the boundary has more than %d points; simplify it first", "نقاط الحدود أكثر من %d؛ بسّطها أولًا", maxPoints)
			}
			polygon[j] = ring
			if j > 0 && !planar.RingContains(polygon[0], ring[0]) {
				return nil, imports.Say("%s lies outside the outer ring, at %s", "%s تقع خارج الحلقة الخارجية، عند %s", where(j), place(ring[0]))
			}
		}
		result[i] = polygon
	}
	if err := crossings(result); err != nil {
		return nil, err
	}
	wind(result)
	return result, nil
}

// readRing reads a closed ring; points that repeat the one before them are left out.
func readRing(positions [][]float64) (orb.Ring, error) {
	ring := make(orb.Ring, 0, len(positions))
	for i, p := range positions {
		if len(p) < 2 {
			return nil, imports.Say("has a point %d without longitude and latitude", "النقطة %d بلا خط طول وخط عرض", i+1)
		}
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
			return nil, imports.Say("has a point out of range: %s; coordinates are longitude and latitude in degrees",
				"نقطة خارج النطاق: %s؛ الإحداثيات خط طول وخط عرض بالدرجات", place(orb.Point{p[0], p[1]}))
		}
		point := orb.Point{p[0], p[1]}
		if len(ring) == 0 || ring[len(ring)-1] != point {
			ring = append(ring, point)
		}
	}
	if len(positions) > 0 && !slices.Equal(positions[0][:2], positions[len(positions)-1][:2]) {
		return nil, imports.Say("is not closed: it starts at %s and ends at %s", "ليست مغلقة: تبدأ عند %s وتنتهي عند %s", place(ring[0]), place(ring[len(ring)-1]))
	}
	if len(ring) < 4 {
		return nil, imports.Say("has too few points: a ring needs four, of which the last repeats the first", "نقاطها قليلة: تحتاج الحلقة إلى أربع، آخرها تكرار لأولها")
	}
	return ring, nil
}

// wind turns outer rings counter-clockwise and holes clockwise, as RFC 7946 wants them.
func wind(polygons orb.MultiPolygon) {
	for _, polygon := range polygons {
		for i, ring := range polygon {
			if (ring.Orientation() == orb.CCW) != (i == 0) {
				slices.Reverse(ring)
			}
		}
	}
}

func place(p orb.Point) string {
	return fmt.Sprintf("%g, %g", p[0], p[1])
}

// segment is a side of a ring.
type segment struct {
	a, b orb.Point
	ring int // which ring of all
}

// crossings finds rings that cross themselves or each other. Sides are compared in the order of their western ends, each with those that
// start before it ends, which for boundaries is next to linear.
func crossings(polygons orb.MultiPolygon) error {
	var sides []segment
	ringNumber := 0
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for i := 0; i+1 < len(ring); i++ {
				sides = append(sides, segment{ring[i], ring[i+1], ringNumber})
			}
			ringNumber++
		}
	}
	west := func(s segment) float64 { return min(s.a[0], s.b[0]) }
	slices.SortFunc(sides, func(s, t segment) int { return cmp.Compare(west(s), west(t)) })
	for i, s := range sides {
		east, south, north := max(s.a[0], s.b[0]), min(s.a[1], s.b[1]), max(s.a[1], s.b[1])
		for _, t := range sides[i+1:] {
			if west(t) > east {
				break
			}
			if max(t.a[1], t.b[1]) < south || min(t.a[1], t.b[1]) > north {
				continue
			}
			if err := meeting(s, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// meeting says what is wrong where two sides meet. Neighbours share a point; rings of one boundary may touch each other at a point.
func meeting(s, t segment) error {
	sameRing := s.ring == t.ring
	sc, sd := side(s.a, s.b, t.a), side(s.a, s.b, t.b)
	tc, td := side(t.a, t.b, s.a), side(t.a, t.b, s.b)
	if sc == 0 && sd == 0 {
		if overlap(s, t) {
			if sameRing {
				return imports.Say("a ring runs back over itself near %s", "حلقة ترتد على نفسها قرب %s", place(s.a))
			}
			return imports.Say("two rings run over the same line near %s", "حلقتان تمران على الخط نفسه قرب %s", place(s.a))
		}
		return nil
	}
	if sc*sd < 0 && tc*td < 0 {
		if sameRing {
			return imports.Say("a ring crosses itself near %s", "حلقة تقطع نفسها قرب %s", place(s.a))
		}
		return imports.Say("two rings cross near %s", "حلقتان تتقاطعان قرب %s", place(s.a))
	}
	return nil
}

// overlap says whether two sides on one line have more than a point in common.
func overlap(s, t segment) bool {
	axis := 0
	if math.Abs(s.b[0]-s.a[0]) < math.Abs(s.b[1]-s.a[1]) {
		axis = 1
	}
	from := max(min(s.a[axis], s.b[axis]), min(t.a[axis], t.b[axis]))
	to := min(max(s.a[axis], s.b[axis]), max(t.a[axis], t.b[axis]))
	return from < to
}

// side says on which side of the line from a to b the point c lies: 1 left, -1 right, 0 on it. Where rounding could decide, the answer
// is computed exactly.
func side(a, b, c orb.Point) int {
	left, right := (b[0]-a[0])*(c[1]-a[1]), (b[1]-a[1])*(c[0]-a[0])
	det := left - right
	if math.Abs(det) > 4e-16*(math.Abs(left)+math.Abs(right)) {
		return cmp.Compare(det, 0)
	}
	exact := func(f float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(f) }
	minus := func(x, y float64) *big.Float { return new(big.Float).SetPrec(300).Sub(exact(x), exact(y)) }
	l := new(big.Float).SetPrec(300).Mul(minus(b[0], a[0]), minus(c[1], a[1]))
	r := new(big.Float).SetPrec(300).Mul(minus(b[1], a[1]), minus(c[0], a[0]))
	return l.Cmp(r)
}
