package iati

import (
	"encoding/json"
	"strconv"
	"strings"

	"taawun/db/imports"
)

// gazetteer is a code of a place as the file gives it.
type gazetteer struct {
	Vocabulary string `json:"vocabulary,omitempty"`
	Level      string `json:"level,omitempty"`
	Code       string `json:"code"`
}

func (p *parser) location(above *row, e *element) {
	r := p.part(p.tables.location, above)
	r.set("position", r.place)
	r.set("ref", p.key(e, "ref"))
	r.say("name", p.gather(sameLine, e.all("name")...))
	r.say("description", p.gather(newLine, e.all("description")...))
	r.say("activityDescription", p.gather(newLine, e.all("activity-description")...))
	r.set("percentage", p.share(e))
	r.set("exactness", choose(e.first("exactness").attr("code"), "1", "EXACT", "2", "APPROXIMATE"))
	r.set("reach_id", p.code(e.first("location-reach"), "GeographicLocationReach"))
	r.set("location_class_id", p.code(e.first("location-class"), "GeographicLocationClass"))
	r.set("feature_designation_id", p.code(e.first("feature-designation"), "LocationType"))
	var codes []gazetteer
	for _, c := range e.children {
		if (c.is("location-id") || c.is("administrative")) && c.attr("code") != "" {
			codes = append(codes, gazetteer{c.attr("vocabulary"), c.attr("level"), c.attr("code")})
		}
	}
	if codes != nil {
		b, _ := json.Marshal(codes) // strings cannot fail
		r.set("gazetteers", string(b))
	}
	if pos := e.first("point").first("pos"); pos.value() != "" {
		if lat, lon, ok := coordinates(pos.value()); ok {
			r.set("latitude", lat)
			r.set("longitude", lon)
		} else {
			p.note(pos, imports.Say("%q is no pair of latitude and longitude in degrees", "«%s» ليس خط عرض وخط طول بالدرجات", pos.value()))
		}
	}
}

// coordinates reads "lat lon"; a comma between the two is forgiven.
func coordinates(v string) (lat, lon float64, ok bool) {
	f := strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' })
	if len(f) != 2 {
		return 0, 0, false
	}
	lat, err := strconv.ParseFloat(f[0], 64)
	if err != nil || !(lat >= -90 && lat <= 90) {
		return 0, 0, false
	}
	lon, err = strconv.ParseFloat(f[1], 64)
	return lat, lon, err == nil && lon >= -180 && lon <= 180
}
