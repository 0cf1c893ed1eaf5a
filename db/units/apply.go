package units

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/reference/imported"
)

// Outcome counts what became of the units of a source.
type Outcome struct {
	New       int
	Changed   int
	Unchanged int
	Kept      int // values of the source that yielded to values entered here
}

// Apply brings units into the database, within the caller's transaction. Parents are among the units or already there; the caller
// has checked that. What people changed here stays; nothing is removed. With onlyNews, what the source said the last time is no reason
// for a change.
func Apply(ctx context.Context, tx bun.Tx, dataSet int64, units []Unit, onlyNews bool) (Outcome, error) {
	if err := alone(ctx, tx); err != nil {
		return Outcome{}, err
	}
	// The triggers of the tree join thousands of new rows that PostgreSQL has no statistics of yet; nested loops would take minutes.
	if _, err := tx.ExecContext(ctx, "set local enable_nestloop = off; set local jit = off"); err != nil {
		return Outcome{}, fmt.Errorf("preparing to write units: %w", err)
	}
	s, err := readStanding(ctx, tx)
	if err != nil {
		return Outcome{}, err
	}
	given, err := imported.ReadGiven(ctx, tx, Kind, dataSet)
	if err != nil {
		return Outcome{}, err
	}
	a := &application{tx: tx, dataSet: dataSet, onlyNews: onlyNews, standing: s, given: given, now: time.Now().UTC()}
	byLevel := map[int][]*Unit{}
	for i := range units {
		u := &units[i]
		if s.units[u.Pcode] == nil {
			byLevel[u.Level] = append(byLevel[u.Level], u)
			a.New++
		} else if err := a.compare(u); err != nil {
			return Outcome{}, fmt.Errorf("unit %s: %w", u.Pcode, err)
		}
	}
	for _, level := range slices.Sorted(maps.Keys(byLevel)) {
		if err := a.add(ctx, byLevel[level]); err != nil {
			return Outcome{}, err
		}
	}
	for i := range units {
		a.keep(&units[i])
	}
	a.Kept += a.texts.Kept
	return a.Outcome, a.write(ctx)
}

// application is one run of Apply: what stands, and the rows to write.
type application struct {
	Outcome
	tx       bun.Tx
	dataSet  int64
	onlyNews bool
	standing *standing
	given    imported.Given
	now      time.Time

	changed     []*db.AdministrativeUnit
	texts       imported.Changes
	populations []*db.UnitPopulation
	corrected   []*db.UnitPopulation
	aliases     []*db.UnitAlias
	sources     []*db.Source
}

// add inserts new units of one level together with their texts; the level above is there.
func (a *application) add(ctx context.Context, units []*Unit) error {
	rows := make([]*db.AdministrativeUnit, len(units))
	for i, u := range units {
		row := &db.AdministrativeUnit{Pcode: u.Pcode, OriginalLocale: u.originalLocale(), Level: u.Level}
		if parent := a.standing.units[u.Parent]; parent != nil {
			row.ParentID = &parent.ID
		}
		v := u.values()
		row.Name = imported.Projection(row.OriginalLocale, names(v))
		for key, value := range v {
			if _, err := setColumn(row, key, value); err != nil {
				return fmt.Errorf("unit %s: %w", u.Pcode, err)
			}
		}
		rows[i] = row
	}
	// The texts go to the rows directly, so that one statement brings a level and the words it is found by.
	if _, err := a.tx.ExecContext(ctx, "set local taawun.projection = off"); err != nil {
		return fmt.Errorf("preparing to add units: %w", err)
	}
	_, err := a.tx.NewInsert().Model(&rows).Column("pcode", "original_locale", "level", "parent_id", "name", "iso_3166_2", "geonames_id", "wikidata_id",
		"latitude", "longitude", "area_km2").Returning("id").Exec(ctx)
	if err != nil {
		return fmt.Errorf("adding %d units of level %d: %w", len(rows), units[0].Level, err)
	}
	var texts imported.Changes
	for i, u := range units {
		rows[i].State = published
		a.standing.units[u.Pcode] = rows[i]
		texts.Merge(imported.Field{Kind: Kind, ID: rows[i].ID, Name: "name", Original: rows[i].OriginalLocale, Published: true, Texts: u.Names})
		a.addPopulations(rows[i], u.Populations)
		a.addAliases(rows[i], u.Aliases)
	}
	if err := texts.Write(ctx, a.tx); err != nil {
		return err
	}
	if _, err := a.tx.ExecContext(ctx, "set local taawun.projection = on"); err != nil {
		return fmt.Errorf("adding units: %w", err)
	}
	return nil
}

// setColumn sets a value of a unit that stands in a column of its row, but for the parent. It reports whether the value is one.
func setColumn(row *db.AdministrativeUnit, key, value string) (bool, error) {
	var err error
	switch key {
	case "latitude":
		row.Latitude, err = parseDegrees(value)
	case "longitude":
		row.Longitude, err = parseDegrees(value)
	case "area_km2":
		area := db.Decimal(value)
		row.AreaKm2 = &area
	case "iso_3166_2":
		row.Iso31662 = &value
	case "wikidata_id":
		row.WikidataID = &value
	case "geonames_id":
		var id int
		id, err = strconv.Atoi(value)
		row.GeonamesID = &id
	default:
		return false, nil
	}
	return true, err
}

func parseDegrees(s string) (*float64, error) {
	f, err := strconv.ParseFloat(s, 64)
	return &f, err
}

// compare finds what a source changes of a unit that is there.
func (a *application) compare(u *Unit) error {
	stands := a.standing.units[u.Pcode]
	current := a.standing.values(stands)
	before, others := a.given.Before[u.Pcode], a.given.Others[u.Pcode]
	row := *stands
	changed, rowChanged := false, false
	var populations []Population
	var aliases []Alias
	for key, value := range u.values() {
		if strings.HasPrefix(key, "name.") {
			continue
		}
		verdict := imported.Judge(key, value, current[key], before, others, a.onlyNews)
		if strings.HasPrefix(key, "alias.") && current[key] != "" {
			verdict = imported.Same
		}
		if verdict == imported.Keep {
			a.Kept++
		}
		if verdict != imported.Take {
			continue
		}
		changed = true
		kind, detail, _ := strings.Cut(key, ".")
		switch kind {
		case "population":
			i := slices.IndexFunc(u.Populations, func(p Population) bool { return strconv.Itoa(p.Year) == detail })
			populations = append(populations, u.Populations[i])
		case "alias":
			i := slices.IndexFunc(u.Aliases, func(x Alias) bool { return x.Name == detail })
			aliases = append(aliases, u.Aliases[i])
		case "parent":
			row.ParentID = &a.standing.units[value].ID
			rowChanged = true
		default:
			set, err := setColumn(&row, key, value)
			if err != nil {
				return err
			}
			rowChanged = rowChanged || set
		}
	}
	otherNames := make([]imported.Values, len(others))
	for i, o := range others {
		otherNames[i] = names(o)
	}
	named := a.texts.Merge(imported.Field{Kind: Kind, ID: stands.ID, Name: "name", Original: stands.OriginalLocale, Published: stands.State == published,
		Texts: u.Names, Before: names(before), Others: otherNames, OnlyNews: a.onlyNews, Current: a.standing.names[stands.ID]})
	if rowChanged || named {
		row.Version++
		row.UpdatedAt = a.now
		a.changed = append(a.changed, &row)
	}
	a.addPopulations(stands, populations)
	a.addAliases(stands, aliases)
	if changed || named {
		a.Changed++
	} else {
		a.Unchanged++
	}
	return nil
}

func (a *application) addPopulations(row *db.AdministrativeUnit, populations []Population) {
	for _, p := range populations {
		n := &db.UnitPopulation{UnitID: row.ID, Year: p.Year, Population: p.People, Published: row.State == published}
		if p.Source != "" {
			n.Source = &p.Source
		}
		if old := a.standing.population(row.ID, p.Year); old != nil {
			n.ID = old.ID
			a.corrected = append(a.corrected, n)
		} else {
			a.populations = append(a.populations, n)
		}
	}
}

func (a *application) addAliases(row *db.AdministrativeUnit, aliases []Alias) {
	for _, x := range aliases {
		a.aliases = append(a.aliases, &db.UnitAlias{UnitID: row.ID, Name: x.Name, Locale: &x.Locale, Kind: &x.Kind, Published: row.State == published})
	}
}

// keep notes what the source gives, if it is news.
func (a *application) keep(u *Unit) {
	v := u.values()
	if maps.Equal(v, a.given.Before[u.Pcode]) {
		return
	}
	content, err := json.Marshal(v)
	if err != nil {
		return // a map of strings: it cannot fail
	}
	text, hash := string(content), imported.Digest(string(content))
	row := a.standing.units[u.Pcode]
	a.sources = append(a.sources, &db.Source{SubjectKind: Kind, SubjectID: row.ID, DataSetID: a.dataSet, Identifier: u.Pcode, Hash: &hash,
		Content: &text, FetchedAt: a.now, Published: row.State == published})
}

// write writes what is left to write after the new units.
func (a *application) write(ctx context.Context) error {
	if len(a.changed) > 0 {
		_, err := a.tx.NewUpdate().Model(&a.changed).
			Column("parent_id", "latitude", "longitude", "area_km2", "iso_3166_2", "wikidata_id", "geonames_id", "version", "updated_at").Bulk().Exec(ctx)
		if err != nil {
			return fmt.Errorf("changing %d units: %w", len(a.changed), err)
		}
	}
	if err := a.texts.Write(ctx, a.tx); err != nil {
		return err
	}
	if len(a.populations) > 0 {
		if _, err := a.tx.NewInsert().Model(&a.populations).Returning("NULL").Exec(ctx); err != nil {
			return fmt.Errorf("adding %d populations: %w", len(a.populations), err)
		}
	}
	if len(a.corrected) > 0 {
		if _, err := a.tx.NewUpdate().Model(&a.corrected).Column("population", "source").Bulk().Exec(ctx); err != nil {
			return fmt.Errorf("changing %d populations: %w", len(a.corrected), err)
		}
	}
	if len(a.aliases) > 0 {
		if _, err := a.tx.NewInsert().Model(&a.aliases).Returning("NULL").Exec(ctx); err != nil {
			return fmt.Errorf("adding %d other names of units: %w", len(a.aliases), err)
		}
	}
	return imported.WriteSources(ctx, a.tx, a.sources)
}
