package units

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/paulmach/orb"

	"taawun/db/imports"
)

// boundary is one feature of a file of boundaries.
type boundary struct {
	feature  int // from 1
	pcode    string
	geometry orb.MultiPolygon
}

// document is a GeoJSON object, as far as it is read here.
type document struct {
	Type       string                     `json:"type"`
	Properties map[string]json.RawMessage `json:"properties"`
	Geometry   *shape                     `json:"geometry"`
}

type shape struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// readBoundaries reads the features of a GeoJSON file one after another and gives each to take.
func readBoundaries(path string, r io.Reader, take func(n int, d document)) error {
	d := json.NewDecoder(r)
	wrong := func(err error) error {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return refuse(path, imports.Say("this is no GeoJSON: the file ends too early", "ليس هذا ملف GeoJSON: ينتهي الملف قبل أوانه"))
		}
		var syntax *json.SyntaxError
		var mistyped *json.UnmarshalTypeError
		if errors.As(err, &syntax) || errors.As(err, &mistyped) {
			return refuse(path, imports.Say("this is no GeoJSON: %s, about byte %d", "ليس هذا ملف GeoJSON: %s، قرب البايت %d", err, d.InputOffset()))
		}
		return fmt.Errorf("reading %s: %w", path, err)
	}
	if t, err := d.Token(); err != nil {
		return wrong(err)
	} else if t != json.Delim('{') {
		return refuse(path, imports.Say("this is no GeoJSON: it does not start with an object", "ليس هذا ملف GeoJSON: لا يبدأ بكائن"))
	}
	var kind string
	features := -1
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return wrong(err)
		}
		switch key {
		case "type":
			if err := d.Decode(&kind); err != nil {
				return wrong(err)
			}
			if kind != "FeatureCollection" {
				return refuse(path, imports.Say("it is a %s, not a FeatureCollection", "هو %s وليس FeatureCollection", kind))
			}
		case "crs":
			var crs struct{ Properties struct{ Name string } }
			if err := d.Decode(&crs); err != nil {
				return wrong(err)
			}
			if name := crs.Properties.Name; name != "" && !strings.Contains(name, "CRS84") && !strings.HasSuffix(name, "4326") {
				return refuse(path, imports.Say("its coordinates are in %s; longitude and latitude on WGS 84 are needed",
					"إحداثياته بنظام %s؛ والمطلوب خط الطول وخط العرض على WGS 84", name))
			}
		case "features":
			if t, err := d.Token(); err != nil {
				return wrong(err)
			} else if t != json.Delim('[') {
				return refuse(path, imports.Say("this is no GeoJSON: the features are not a list", "ليس هذا ملف GeoJSON: العناصر (features) ليست قائمة"))
			}
			for features = 0; d.More(); {
				var doc document
				if err := d.Decode(&doc); err != nil {
					return wrong(err)
				}
				features++
				take(features, doc)
			}
			if _, err := d.Token(); err != nil {
				return wrong(err)
			}
		default:
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return wrong(err)
			}
		}
	}
	if _, err := d.Token(); err != nil {
		return wrong(err)
	}
	switch {
	case kind == "":
		return refuse(path, imports.Say("this is no GeoJSON: it has no type", "ليس هذا ملف GeoJSON: لا يذكر نوعه (type)"))
	case features <= 0:
		return refuse(path, imports.Say("it has no features", "ليس فيه عناصر (features)"))
	}
	return nil
}

// levelCode is the name of a property that holds the P-code of the unit at a level, as COD-AB and its copies write it.
var levelCode = regexp.MustCompile(`^adm(?:in)?([0-4])_?pcode$`)

// pcodeOf is the P-code of a feature: the property pcode, or that of the deepest level.
func pcodeOf(properties map[string]json.RawMessage) string {
	var found, foundLevel string
	for key, raw := range properties {
		var value string
		if json.Unmarshal(raw, &value) != nil || clean(value) == "" {
			continue
		}
		key = strings.ToLower(key)
		if key == "pcode" {
			return clean(value)
		}
		if m := levelCode.FindStringSubmatch(key); m != nil && m[1] >= foundLevel {
			found, foundLevel = clean(value), m[1]
		}
	}
	return found
}

// read reads the geometry of a feature.
func (d *document) read(n int) (*boundary, error) {
	b := &boundary{feature: n, pcode: pcodeOf(d.Properties)}
	if d.Type != "Feature" {
		return b, imports.Say("it is a %q, not a Feature", "هو «%s» وليس Feature", d.Type)
	}
	if b.pcode == "" {
		return b, imports.Say("no property tells the P-code: pcode, or adm1_pcode and the like", "لا خاصية تذكر رمز الوحدة: pcode، أو adm1_pcode ونحوها")
	}
	if d.Geometry == nil {
		return b, imports.Say("there is no geometry", "لا شكل هندسيًا فيه")
	}
	var err error
	b.geometry, err = readGeometry(d.Geometry.Type, d.Geometry.Coordinates)
	return b, err
}

// json writes the boundary as a GeoJSON geometry, the same for the same boundary.
func (b *boundary) json() ([]byte, error) {
	written := struct {
		Type        string `json:"type"`
		Coordinates any    `json:"coordinates"`
	}{"MultiPolygon", b.geometry}
	if len(b.geometry) == 1 {
		written.Type, written.Coordinates = "Polygon", b.geometry[0]
	}
	text, err := json.Marshal(written)
	if err != nil {
		return nil, fmt.Errorf("writing the boundary of %s: %w", b.pcode, err)
	}
	return text, nil
}

// strayed says that a boundary lies elsewhere than its unit, if it does: usually latitude and longitude are exchanged.
func (b *boundary) strayed(latitude, longitude *float64) (reason imports.Text, hasStrayed bool) {
	if latitude == nil || longitude == nil {
		return imports.Text{}, false
	}
	const margin = 0.5 // degrees
	bound := b.geometry.Bound().Pad(margin)
	if bound.Contains(orb.Point{*longitude, *latitude}) {
		return imports.Text{}, false
	}
	reason = imports.Say("the boundary lies elsewhere than the unit, whose centre is at longitude %g, latitude %g",
		"تقع الحدود في غير موضع الوحدة، التي مركزها عند خط الطول %g وخط العرض %g", *longitude, *latitude)
	if bound.Contains(orb.Point{*latitude, *longitude}) {
		exchanged := imports.Say("latitude and longitude seem to be exchanged", "يبدو أن خط العرض وخط الطول متبادلان")
		reason = imports.Join([]imports.Text{reason, exchanged}, "; ", "؛ ")
	}
	return reason, true
}
