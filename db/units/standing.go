package units

import (
	"context"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/reference/imported"
)

// standing is what stands in the database of all units.
type standing struct {
	units       map[string]*db.AdministrativeUnit // by P-code
	pcodes      map[int64]string
	names       map[int64][]*db.Translation
	populations map[int64][]*db.UnitPopulation
	aliases     map[int64][]*db.UnitAlias
}

func readStanding(ctx context.Context, tx bun.IDB) (*standing, error) {
	var units []*db.AdministrativeUnit
	err := tx.NewSelect().Model(&units).ExcludeColumn("boundary", "name").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the units: %w", err)
	}
	var texts []*db.Translation
	if err := tx.NewSelect().Model(&texts).Where("subject_kind = ?", Kind).Where("field = 'name'").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the names of units: %w", err)
	}
	var populations []*db.UnitPopulation
	if err := tx.NewSelect().Model(&populations).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the populations of units: %w", err)
	}
	var aliases []*db.UnitAlias
	if err := tx.NewSelect().Model(&aliases).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the other names of units: %w", err)
	}
	s := &standing{units: make(map[string]*db.AdministrativeUnit, len(units)), pcodes: make(map[int64]string, len(units)),
		names: map[int64][]*db.Translation{}, populations: map[int64][]*db.UnitPopulation{}, aliases: map[int64][]*db.UnitAlias{}}
	for _, u := range units {
		s.units[u.Pcode], s.pcodes[u.ID] = u, u.Pcode
	}
	for _, t := range texts {
		s.names[t.SubjectID] = append(s.names[t.SubjectID], t)
	}
	for _, p := range populations {
		s.populations[p.UnitID] = append(s.populations[p.UnitID], p)
	}
	for _, a := range aliases {
		s.aliases[a.UnitID] = append(s.aliases[a.UnitID], a)
	}
	return s, nil
}

// values are those of a unit as it stands, in the form of Unit.values; names are compared apart.
func (s *standing) values(row *db.AdministrativeUnit) imported.Values {
	v := imported.Values{
		"level":     strconv.Itoa(row.Level),
		"latitude":  degrees(row.Latitude),
		"longitude": degrees(row.Longitude),
	}
	if row.ParentID != nil {
		v["parent"] = s.pcodes[*row.ParentID]
	}
	if row.AreaKm2 != nil {
		v["area_km2"] = plainDecimal(string(*row.AreaKm2))
	}
	if row.Iso31662 != nil {
		v["iso_3166_2"] = *row.Iso31662
	}
	if row.WikidataID != nil {
		v["wikidata_id"] = *row.WikidataID
	}
	if row.GeonamesID != nil {
		v["geonames_id"] = strconv.Itoa(*row.GeonamesID)
	}
	for _, p := range s.populations[row.ID] {
		v["population."+strconv.Itoa(p.Year)] = strconv.Itoa(p.Population)
	}
	for _, a := range s.aliases[row.ID] {
		v["alias."+a.Name] = "stands"
	}
	return v
}

func (s *standing) population(unit int64, year int) *db.UnitPopulation {
	for _, p := range s.populations[unit] {
		if p.Year == year {
			return p
		}
	}
	return nil
}
