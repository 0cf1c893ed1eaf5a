// Package units brings administrative units and their boundaries into the database: the units of levels 0 to 3 that the program
// carries itself (package reference), and files of units (CSV) and of boundaries (GeoJSON) that an administrator imports.
package units

import (
	"strconv"
	"strings"

	"taawun/db/imports"
	"taawun/db/reference/imported"
)

// Kind is the type of the contract whose records these are.
const Kind = "AdministrativeUnit"

// Country is the P-code of the unit above all others.
const Country = "SY"

// published is the state of a record that the public may read.
const published = "PUBLISHED"

// deepest is the level of communities, below which there is none.
const deepest = 4

// Unit is an administrative unit as a source tells it. What a source does not tell is empty or nil.
type Unit struct {
	Line        int               // line of the file, for messages
	Pcode       string            // unique
	Parent      string            // P-code of the unit directly above; empty for the country
	Level       int               // 0 country, 1 governorate, 2 district, 3 subdistrict, 4 community
	Names       map[string]string // language (BCP-47) → name
	Latitude    *float64          // of the centroid, in degrees, WGS 84
	Longitude   *float64
	AreaKm2     string // decimal
	Iso31662    string // ISO 3166-2
	WikidataID  string
	GeonamesID  int
	Populations []Population
	Aliases     []Alias
}

// Population is the number of people of a unit in a year.
type Population struct {
	Year   int
	People int
	Source string // who counted or estimated
}

// Alias is another name or spelling of a unit.
type Alias struct {
	Name   string
	Locale string // BCP-47
	Kind   string // formal, alias, alternate_spelling, transliteration
}

// originalLocale is the language of the first name: Arabic where there is one.
func (u *Unit) originalLocale() string {
	if u.Names["ar"] != "" {
		return "ar"
	}
	return "en"
}

// values flattens a unit for comparing: name of the value → value, empty ones left out.
func (u *Unit) values() imported.Values {
	v := imported.Values{"level": strconv.Itoa(u.Level)}
	put := func(key, value string) {
		if value != "" {
			v[key] = value
		}
	}
	put("parent", u.Parent)
	for l, n := range u.Names {
		put("name."+l, n)
	}
	put("latitude", degrees(u.Latitude))
	put("longitude", degrees(u.Longitude))
	put("area_km2", plainDecimal(u.AreaKm2))
	put("iso_3166_2", u.Iso31662)
	put("wikidata_id", u.WikidataID)
	if u.GeonamesID != 0 {
		put("geonames_id", strconv.Itoa(u.GeonamesID))
	}
	for _, p := range u.Populations {
		put("population."+strconv.Itoa(p.Year), strconv.Itoa(p.People))
	}
	for _, a := range u.Aliases {
		put("alias."+a.Name, a.Locale+" "+a.Kind)
	}
	return v
}

func degrees(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// plainDecimal drops the zeros at the end of a fraction, so that 12.50 and 12.5 are the same.
func plainDecimal(d string) string {
	if strings.Contains(d, ".") {
		d = strings.TrimSuffix(strings.TrimRight(d, "0"), ".")
	}
	return d
}

// names are the values of the names alone: language → name.
func names(v imported.Values) imported.Values {
	n := imported.Values{}
	for k, s := range v {
		if l, ok := strings.CutPrefix(k, "name."); ok {
			n[l] = s
		}
	}
	return n
}

// levelOf is the level that the form of a P-code tells: SY followed by two digits a level, C followed by digits for a community.
func levelOf(pcode string) (int, bool) {
	digits, ok := strings.CutPrefix(pcode, Country)
	if ok && allDigits(digits) && len(digits)%2 == 0 && len(digits) <= 6 {
		return len(digits) / 2, true
	}
	if digits, ok = strings.CutPrefix(pcode, "C"); ok && digits != "" && allDigits(digits) {
		return deepest, true
	}
	return 0, false
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// levelName names a level for people.
func levelName(level int) imports.Text {
	names := [...]imports.Text{
		imports.Say("the country", "دولة"),
		imports.Say("a governorate", "محافظة"),
		imports.Say("a district", "منطقة"),
		imports.Say("a subdistrict", "ناحية"),
		imports.Say("a community", "تجمّع سكاني"),
	}
	if level < 0 || level >= len(names) {
		return imports.Say("level %d", "المستوى %d", level)
	}
	return names[level]
}
