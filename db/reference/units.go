package reference

import (
	"fmt"
	"io/fs"
	"strconv"

	"taawun/db/units"
)

// Units are Syria and its administrative units of levels 1 to 3, parents first.
func Units() ([]units.Unit, error) {
	return readUnits(files)
}

func readUnits(from fs.FS) ([]units.Unit, error) {
	t, err := read(from, "units/units.tsv", "pcode", "parent", "level", "name_ar", "name_en", "latitude", "longitude", "area_km2",
		"iso_3166_2", "wikidata", "geonames")
	if err != nil {
		return nil, err
	}
	all := make([]units.Unit, len(t.rows))
	byPcode := make(map[string]*units.Unit, len(t.rows))
	for i, r := range t.rows {
		u := units.Unit{Line: i + 1, Pcode: r[0], Parent: r[1], Names: texts("ar", r[3], "en", r[4]), AreaKm2: r[7], Iso31662: r[8], WikidataID: r[9]}
		if u.Level, err = strconv.Atoi(r[2]); err != nil {
			return nil, fmt.Errorf("reading reference data: level of unit %s: %w", u.Pcode, err)
		}
		if u.Latitude, err = degrees(r[5]); err != nil {
			return nil, fmt.Errorf("reading reference data: latitude of unit %s: %w", u.Pcode, err)
		}
		if u.Longitude, err = degrees(r[6]); err != nil {
			return nil, fmt.Errorf("reading reference data: longitude of unit %s: %w", u.Pcode, err)
		}
		if r[10] != "" {
			if u.GeonamesID, err = strconv.Atoi(r[10]); err != nil {
				return nil, fmt.Errorf("reading reference data: GeoNames id of unit %s: %w", u.Pcode, err)
			}
		}
		all[i] = u
		byPcode[u.Pcode] = &all[i]
	}
	populations, err := read(from, "units/populations.tsv", "pcode", "year", "population", "source")
	if err != nil {
		return nil, err
	}
	for _, r := range populations.rows {
		u := byPcode[r[0]]
		year, yearErr := strconv.Atoi(r[1])
		people, err := strconv.Atoi(r[2])
		if u == nil || yearErr != nil || err != nil {
			return nil, fmt.Errorf("reading reference data: population %q cannot be read", r)
		}
		u.Populations = append(u.Populations, units.Population{Year: year, People: people, Source: r[3]})
	}
	aliases, err := read(from, "units/aliases.tsv", "pcode", "name", "locale", "kind")
	if err != nil {
		return nil, err
	}
	for _, r := range aliases.rows {
		u := byPcode[r[0]]
		if u == nil {
			return nil, fmt.Errorf("reading reference data: other name %q of an unknown unit", r)
		}
		u.Aliases = append(u.Aliases, units.Alias{Name: r[1], Locale: r[2], Kind: r[3]})
	}
	return all, nil
}

func degrees(s string) (*float64, error) {
	if s == "" {
		return nil, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	return &f, err
}
