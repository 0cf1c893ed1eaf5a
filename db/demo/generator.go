package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// present is the day on which the demonstration stands still: money is spent and results are reached up to it.
const present = "2026-11-01"

// generator makes the rows. It is not safe for concurrent use.
type generator struct {
	options Options
	random  *rand.Rand
	words   *words
	tables  *tables
	codes   map[string]int64 // list/code → key
	units   []unit           // districts and subdistricts
	heads   []unit           // governorates
	places  map[string][]int // P-code of a governorate → indexes of units

	today, present time.Time
	set            int64 // data set of the demonstration
	owners         []int64
	ministry       organization
	organizations  []organization
	donors         []int // indexes of organizations that give
	doers          []int // indexes of organizations that carry out
	agreements     []agreement
	projects       []project // those with their own money, to which others may pass money on
	late           []subject // obligations that are overdue
}

// unit is an administrative unit of the reference data.
type unit struct {
	id                  int64
	pcode, governorate  string
	level               int
	name                wording
	latitude, longitude float64
}

func newGenerator(ctx context.Context, conn bun.Conn, o Options) (*generator, error) {
	g := &generator{options: o, random: rand.New(rand.NewPCG(o.Seed, 0x7461617775)), tables: newTables(),
		codes: map[string]int64{}, places: map[string][]int{}, today: o.Today.UTC().Truncate(24 * time.Hour), present: day(present)}
	var err error
	if g.words, err = readWords(); err != nil {
		return nil, err
	}
	for _, t := range g.tables.all {
		if t.columns[:3] != "id," {
			continue
		}
		if err := conn.QueryRowContext(ctx, "select coalesce(max(id), 0) from base."+t.table).Scan(&t.last); err != nil {
			return nil, fmt.Errorf("asking for the last %s: %w", t.table, err)
		}
	}
	if err := g.readCodes(ctx, conn); err != nil {
		return nil, err
	}
	return g, g.readUnits(ctx, conn)
}

func (g *generator) readCodes(ctx context.Context, conn bun.Conn) error {
	rows, err := conn.QueryContext(ctx, "select id, list, code from base.code_list_item")
	if err != nil {
		return fmt.Errorf("reading code lists: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var list, code string
		if err := rows.Scan(&id, &list, &code); err != nil {
			return fmt.Errorf("reading code lists: %w", err)
		}
		g.codes[list+"/"+code] = id
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading code lists: %w", err)
	}
	need := []string{"ActivityScope/4", "ActivityScope/6", "ActivityScope/8", "CollaborationType/1", "CollaborationType/4", "FlowType/10", "FinanceType/110", "FinanceType/421",
		"AidType/C01", "AidType/B03", "AidType/D02", "TiedStatus/5", "TiedStatus/4", "DisbursementChannel/2", "DisbursementChannel/3", "Country/SY",
		"GeographicLocationReach/1", "GeographicLocationReach/2", "GeographicLocationClass/1", "GeographicLocationClass/2",
		"DocumentCategory/A02", "DocumentCategory/A07", "DocumentCategory/A08", "DocumentCategory/A09",
		"PolicyMarker/1", "PolicyMarker/2", "PolicyMarker/3", "PolicyMarker/7", "PolicySignificance/1", "PolicySignificance/2"}
	for _, t := range g.words.themes {
		need = append(need, "Sector/"+t.sector, "UNSDG-Goals/"+t.goal)
	}
	for _, b := range g.words.bodies {
		need = append(need, "OrganisationType/"+b.organisationType, "Country/"+b.country)
	}
	for _, code := range need {
		if g.codes[code] == 0 {
			return fmt.Errorf("the code %s is missing: load the reference data first", code)
		}
	}
	return nil
}

func (g *generator) readUnits(ctx context.Context, conn bun.Conn) error {
	rows, err := conn.QueryContext(ctx, `select u.id, u.pcode, u.level, g.pcode, u.name, coalesce(u.latitude, 0), coalesce(u.longitude, 0)
		from base.administrative_unit u
		join base.unit_ancestor a on a.unit_id = u.id join base.administrative_unit g on g.id = a.ancestor_id and g.level = 1
		where u.level between 1 and 3 and u.published order by u.pcode`)
	if err != nil {
		return fmt.Errorf("reading units: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u unit
		var name []byte
		if err := rows.Scan(&u.id, &u.pcode, &u.level, &u.governorate, &name, &u.latitude, &u.longitude); err != nil {
			return fmt.Errorf("reading units: %w", err)
		}
		var texts db.Texts
		if err := json.Unmarshal(name, &texts); err != nil {
			return fmt.Errorf("reading the name of unit %s: %w", u.pcode, err)
		}
		u.name = wording{ar: texts["ar"], en: texts["en"], fr: texts["en"]}
		if u.name.ar == "" || u.name.en == "" {
			continue
		}
		if u.level == 1 {
			g.heads = append(g.heads, u)
			continue
		}
		g.places[u.governorate] = append(g.places[u.governorate], len(g.units))
		g.units = append(g.units, u)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading units: %w", err)
	}
	if len(g.heads) == 0 || len(g.units) == 0 {
		return fmt.Errorf("administrative units are missing: load the reference data first")
	}
	return nil
}

// generate makes everything, and gives it out in batches until it is told to stop.
func (g *generator) generate(give func(batch) bool) {
	g.frame()
	g.makeOrganizations()
	if !give(take(g.tables.all, 0)) {
		return
	}
	g.makeAgreements()
	if !give(take(g.tables.all, 0)) {
		return
	}
	const size = 1000
	for full := int64(size); g.tables.project.rows < int64(g.options.Projects); {
		g.family()
		if g.tables.project.rows >= full {
			if !give(take(g.tables.all, g.tables.project.rows)) {
				return
			}
			full += size
		}
	}
	g.makeEvaluations()
	g.makeFollowUps()
	g.registerTwice() // last, so that all that is drawn by lot before stays as it is
	give(take(g.tables.all, g.tables.project.rows))
}

// frame writes the data set and the units of the ministry that keep the records.
func (g *generator) frame() {
	g.set = g.tables.dataSet.next()
	g.tables.dataSet.add(g.set, "Demonstration", "DEMONSTRATION", "Taawun", "CC0-1.0", true, g.present)
	g.rates()
	var head int64
	for i, name := range []wording{
		{ar: "مديرية التعاون الدولي", en: "Directorate of International Cooperation"},
		{ar: "دائرة الاتفاقيات ومذكرات التفاهم", en: "Agreements and Memoranda Section"},
		{ar: "دائرة المشاريع والتمويل", en: "Projects and Funding Section"},
		{ar: "دائرة الترجمة", en: "Translation Section"},
		{ar: "دائرة المتابعة والتقييم", en: "Monitoring and Evaluation Section"},
	} {
		id := g.tables.ministryUnit.next()
		texts := g.text(subject{kind: "MinistryUnit", id: id, original: "ar", published: true, at: day("2020-01-05"), complete: true}, "name", name)
		g.tables.ministryUnit.add(id, fmt.Sprintf("DEMO-MIN-%d", i+1), texts, key(head))
		if i == 0 {
			head = id
		}
		g.owners = append(g.owners, id)
	}
}

// record gives the leading columns that organizations, agreements and projects have in common, and the subject of their texts.
func (g *generator) record(kind string, id int64, code, state string, at time.Time) ([]any, subject) {
	original := "en"
	switch n := g.random.IntN(100); {
	case n < 35:
		original = "ar"
	case n < 40:
		original = "fr"
	}
	changed := at.Add(time.Duration(g.random.IntN(400*24)) * time.Hour)
	if changed.After(g.present) {
		changed = at
	}
	s := subject{kind: kind, id: id, original: original, published: state == "PUBLISHED", at: at}
	g.tables.source.add(g.tables.source.next(), kind, id, g.set, code, g.present, s.published)
	return []any{id, code, state, original, pick(g, g.owners), true, 1 + g.random.IntN(4), at, changed}, s
}

// state is where a record stands on its way to the public; most are there.
func (g *generator) state() string {
	switch n := g.random.IntN(100); {
	case n < 86:
		return "PUBLISHED"
	case n < 92:
		return "DRAFT"
	case n < 95:
		return "SUBMITTED"
	case n < 97:
		return "RETURNED"
	default:
		return "ARCHIVED"
	}
}

func (g *generator) code(name string) int64 { return g.codes[name] }

// chance is true so many times in a hundred.
func (g *generator) chance(percent int) bool { return g.random.IntN(100) < percent }

// between is a whole number from low to high, both included.
func (g *generator) between(low, high int) int { return low + g.random.IntN(high-low+1) }

func pick[T any](g *generator, from []T) T { return from[g.random.IntN(len(from))] }

func day(date string) time.Time {
	t, _ := time.Parse(time.DateOnly, date) // only dates written in this package
	return t
}

// date is the calendar date of a day; that of the zero time is empty.
func date(t time.Time) db.Date {
	if t.IsZero() {
		return ""
	}
	return db.Date(t.Format(time.DateOnly))
}

func days(t time.Time, n int) time.Time { return t.AddDate(0, 0, n) }
