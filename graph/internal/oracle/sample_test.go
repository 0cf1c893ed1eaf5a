package oracle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
	"github.com/uptrace/bun/schema"

	"taawun/db"
)

// hidden stands in every free text of what the public may not see, and nowhere else: no answer to the public holds it. Its money
// is in a currency of its own.
const hidden, hiddenCurrency = "zqhidden", "ZQH"

// sizes are the numbers of rows to try for; the others have partSize.
var sizes = map[string]int{"project": 26, "organization": 14, "agreement": 12, "administrative_unit": 24, "code_list": 5, "code_list_item": 36,
	"transaction": 60, "ministry_unit": 7, "data_set": 6, "document": 60, "result": 45, "indicator": 60, "planned_disbursement": 60, "project_location": 60}

const partSize = 40

// sample fills an empty database with rows made up at random: every state, links to what is not published, the same link
// twice, empty and missing texts, texts in several languages with every status, trees, missing values everywhere, awkward
// numbers and strings. It knows the tables only by the structs and the catalog, so a new entity is filled too.
type sample struct {
	*contract
	seed    uint64
	random  *rand.Rand // of the table that is filled
	owner   *bun.DB
	catalog sampleCatalog
	keys    map[string][]int64        // of the rows of a table
	visible map[string]map[int64]bool // whether the public may see a row
}

// sampleCatalog is what only the database says about a table.
type sampleCatalog struct {
	tables   map[string]bool
	notNull  map[string]bool     // by table.column, as the rest
	unique   map[string]bool     // part of a unique index
	values   map[string][]string // that a CHECK allows
	followed map[string]string   // by table: the column of the record whose visibility the row has
	closed   map[string]bool     // tables of which the public sees nothing
	states   map[string]bool     // tables of records that go from draft to publication
}

func fill(ctx context.Context, t testing.TB, c *contract, owner *bun.DB, seed uint64) *sample {
	t.Helper()
	s := &sample{contract: c, seed: seed, owner: owner, catalog: readSampleCatalog(ctx, t, owner), keys: map[string][]int64{}, visible: map[string]map[int64]bool{}}
	for _, e := range s.byDependence() {
		s.draw(e.table.Name)
		n := sizes[e.table.Name]
		if n == 0 {
			n = partSize
		}
		for range n {
			s.insert(ctx, t, e)
		}
		if len(s.keys[e.table.Name]) == 0 && !e.linking() {
			t.Errorf("no row of %s can be made up: say in sample_rules_test.go what its table allows", e.name)
		}
	}
	s.hideUnusedFiles(ctx, t)
	s.translate(ctx, t)
	return s
}

// draw begins a series of random numbers of its own for a table, so that a new entity changes little of what is made up for the others.
func (s *sample) draw(table string) {
	h := fnv.New64a()
	h.Write([]byte(table))
	s.random = rand.New(rand.NewPCG(s.seed, h.Sum64()))
}

// linking says whether the rows of an entity have no key of their own.
func (e *entity) linking() bool { return len(e.table.PKs) != 1 || !e.table.PKs[0].AutoIncrement }

func readSampleCatalog(ctx context.Context, t testing.TB, owner *bun.DB) sampleCatalog {
	c := sampleCatalog{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string][]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}}
	for _, r := range readRows(ctx, t, owner, `select json_build_object('table', table_name, 'closed', visible = 'false', 'core', is_core)::text from record_kind`) {
		c.closed[r["table"].(string)], c.states[r["table"].(string)] = r["closed"] == true, r["core"] == true
	}
	for _, r := range readRows(ctx, t, owner, `select row_to_json(x)::text from (
		select c.relname as table, a.attname as column, a.attnotnull as required,
		  exists(select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey::int2[])) as unique
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relnamespace = 'base'::regnamespace and c.relkind = 'r') x`) {
		column := r["table"].(string) + "." + r["column"].(string)
		c.tables[r["table"].(string)] = true
		c.notNull[column], c.unique[column] = r["required"] == true, r["unique"] == true
	}
	quoted := regexp.MustCompile(`'([^']*)'::text`)
	for _, r := range readRows(ctx, t, owner, `select json_build_object('column', c.relname || '.' || a.attname, 'check', pg_get_constraintdef(k.oid))::text
		from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
		where k.contype = 'c' and c.relnamespace = 'base'::regnamespace and array_length(k.conkey, 1) = 1 and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%'`) {
		for _, v := range quoted.FindAllStringSubmatch(r["check"].(string), -1) {
			c.values[r["column"].(string)] = append(c.values[r["column"].(string)], v[1])
		}
	}
	for _, r := range readRows(ctx, t, owner, `select json_build_object('table', c.relname, 'column', a.attname)::text
		from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname <> 'published'
		where k.contype = 'f' and c.relnamespace = 'base'::regnamespace and array_length(k.conkey, 1) = 2`) {
		c.followed[r["table"].(string)] = r["column"].(string)
	}
	return c
}

// unmade are the entities of which no rows are made up: triggers keep them, or they follow from the others. The working languages are those of
// the migration.
var unmade = []string{"UnitAncestor", "Translation", "Revision", "FieldChange", "ChangeEvent", "TranslationRequestEvent", "WorkingLocale"}

// byDependence are the entities with tables, those that others refer to first.
func (s *sample) byDependence() (out []*entity) {
	done := map[string]bool{}
	var visit func(e *entity)
	visit = func(e *entity) {
		if done[e.name] || !s.catalog.tables[e.table.Name] || slices.Contains(unmade, e.name) {
			return
		}
		done[e.name] = true
		for _, name := range sortedNames(e.table.Relations) {
			if r := e.table.Relations[name]; r.Type == schema.BelongsToRelation {
				visit(s.target(r))
			}
		}
		for _, kind := range s.kindsOf(e) {
			if kind != e {
				visit(kind)
			}
		}
		out = append(out, e)
	}
	for _, name := range sortedNames(s.entities) {
		visit(s.entities[name])
	}
	return out
}

func sortedNames[V any](m map[string]V) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// kindsOf are the entities that a row of e may have as its subject.
func (s *sample) kindsOf(e *entity) (out []*entity) {
	for _, name := range sortedNames(s.entities) {
		of := s.entities[name]
		for _, r := range of.table.Relations {
			if r.JoinTable.Name == e.table.Name && r.PolymorphicField != nil && r.PolymorphicField.Name == "subject_kind" && !slices.Contains(out, of) {
				out = append(out, of)
			}
		}
	}
	return out
}

// one picks an item.
func one[T any](r *rand.Rand, items []T) T { return items[r.IntN(len(items))] }

// odds is true n times out of a hundred.
func odds(r *rand.Rand, n int) bool { return r.IntN(100) < n }

// attempts are made to make up a row that its table allows.
const attempts = 20

// insert makes up a row, unless it repeats what may be there only once. A row that the rules of its table refuse is made up anew.
func (s *sample) insert(ctx context.Context, t testing.TB, e *entity) {
	t.Helper()
	for n := 1; ; n++ {
		r := s.row(e)
		_, err := s.owner.NewInsert().Model(r.model).Returning("NULL").Exec(ctx)
		var refused pgdriver.Error
		errors.As(err, &refused)
		switch code := refused.Field('C'); {
		case code == "23505" || code == "23514" && n == attempts:
			return
		case code == "23514":
			continue
		case err != nil:
			t.Fatalf("inserting into %s %+v: %v", e.table.Name, r.model, err)
		}
		if r.key != 0 {
			s.add(e.table.Name, r.key, r.visible)
		}
		return
	}
}

// add notes a row.
func (s *sample) add(table string, key int64, visible bool) {
	s.keys[table] = append(s.keys[table], key)
	if s.visible[table] == nil {
		s.visible[table] = map[int64]bool{}
	}
	s.visible[table][key] = visible
}

// made is a row made up.
type made struct {
	model   any
	key     int64
	visible bool // for the public
}

// row makes up a row.
func (s *sample) row(e *entity) made {
	table := e.table.Name
	model := reflect.New(e.table.Type)
	row, visible, key := model.Elem(), !s.catalog.closed[table], int64(0)
	set := func(f *schema.Field, v any) { f.Value(row).Set(reflect.ValueOf(v).Convert(f.Value(row).Type())) }
	references := map[string]*entity{}
	for _, r := range e.table.Relations {
		if r.Type == schema.BelongsToRelation {
			references[r.BasePKs[0].Name] = s.target(r)
		}
	}
	// First what decides about visibility.
	for _, f := range e.table.Fields {
		column := table + "." + f.Name
		switch to := references[f.Name]; {
		case f.AutoIncrement:
			key = s.nextKey(table)
			set(f, key)
		case to != nil && to.table.Name == storedFile:
			// as the row is visible or not: below
		case to != nil:
			if keys := s.keys[to.table.Name]; len(keys) > 0 && (s.catalog.notNull[column] || odds(s.random, 75)) {
				k := one(s.random, keys)
				setKey(f.Value(row), k)
				if s.catalog.followed[table] == f.Name {
					visible = visible && s.visible[to.table.Name][k]
				}
			}
		case f.Name == "state" && s.catalog.states[table]:
			state := "PUBLISHED"
			if odds(s.random, 40) {
				state = one(s.random, s.catalog.values[column])
			}
			set(f, state)
			visible = state == "PUBLISHED"
		case f.Name == "is_public":
			public := odds(s.random, 60)
			set(f, public)
			visible = visible && public
		case f.Name == "subject_kind":
			of := one(s.random, s.kindsOf(e))
			k := one(s.random, s.keys[of.table.Name])
			set(f, of.name)
			set(e.column("subjectId"), k)
			visible = visible && s.visible[of.table.Name][k]
		}
	}
	if f := e.column("published"); f != nil && s.catalog.followed[table] != "" {
		parent := references[s.catalog.followed[table]].table.Name
		set(f, s.visible[parent][reflect.Indirect(e.byColumn(s.catalog.followed[table]).Value(row)).Int()])
	}
	if table == storedFile {
		visible = odds(s.random, 50) // if a text that is published refers to it
	}
	for _, f := range e.table.Fields {
		if to := references[f.Name]; to != nil && to.table.Name == storedFile {
			s.file(f.Value(row), visible)
		}
		if f.AutoIncrement || references[f.Name] != nil || slices.Contains([]string{"is_public", "subject_kind", "subject_id", "published"}, f.Name) ||
			f.Name == "state" && s.catalog.states[table] || len(f.Index) > 1 {
			continue
		}
		if !s.catalog.notNull[table+"."+f.Name] && odds(s.random, 35) {
			continue
		}
		s.set(e, f, f.Value(row), visible)
	}
	s.money(e, row, visible)
	return made{model.Interface(), key, visible}
}

// nextKey leaves gaps, and has keys in which every hexadecimal digit occurs and some beyond 32 bits.
func (s *sample) nextKey(table string) int64 {
	keys := s.keys[table]
	if len(keys) == 0 {
		return 1 + s.random.Int64N(20)
	}
	step := 1 + s.random.Int64N(12)
	if len(keys) == 9 {
		step += 1 << 33
	}
	return keys[len(keys)-1] + step
}

func setKey(v reflect.Value, key int64) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.ValueOf(&key))
	} else {
		v.SetInt(key)
	}
}

func (e *entity) byColumn(name string) *schema.Field {
	i := slices.IndexFunc(e.table.Fields, func(f *schema.Field) bool { return f.Name == name })
	return e.table.Fields[i]
}

// set makes up the value of a column.
func (s *sample) set(e *entity, f *schema.Field, v reflect.Value, visible bool) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	column := e.table.Name + "." + f.Name
	if ruled := s.ruled(column, visible); ruled != nil {
		v.Set(reflect.ValueOf(ruled).Convert(v.Type()))
		return
	}
	contractType := ""
	if d := s.Types[e.name]; d != nil {
		for _, c := range d.Fields {
			if same(c.Name, f.GoName) {
				contractType = c.Type.Name()
			}
		}
	}
	switch v.Interface().(type) {
	case db.Texts:
		v.Set(reflect.ValueOf(db.Texts{})) // follows from the translations
		return
	case db.Date:
		v.SetString(one(s.random, dates))
		return
	case db.Decimal:
		v.SetString(one(s.random, decimals))
		return
	case time.Time:
		v.Set(reflect.ValueOf(one(s.random, moments)))
		return
	case json.RawMessage:
		v.SetBytes([]byte(one(s.random, documents)))
		return
	case []string:
		v.Set(reflect.ValueOf(slices.Clone(one(s.random, [][]string{{}, {"ar"}, {"en", "ar"}, {"fr", "en-GB", "ar"}}))))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(odds(s.random, 40) && (f.Name != "confidential" || !visible)) // what is confidential is not published
	case reflect.Int, reflect.Int64:
		v.SetInt(one(s.random, []int64{0, 1, 1, 2, 2, 3, 4, 5, 30, 2015, 2020, 2024, -7, 2147483647}))
	case reflect.Float64:
		v.SetFloat(one(s.random, []float64{0, 35.5, 36.2021, 33.51380001, -12.25, 1e-7, 123456789.125}))
	case reflect.String:
		switch allowed := s.catalog.values[column]; {
		case allowed != nil:
			v.SetString(one(s.random, allowed))
		case contractType == "Locale":
			v.SetString(one(s.random, locales))
		case strings.HasSuffix(f.Name, "currency"):
			v.SetString(s.currency(visible))
		case contractType == "URL":
			v.SetString("https://example.org/" + s.words(visible))
		default:
			text := s.words(visible)
			if s.catalog.unique[column] && odds(s.random, 80) {
				text += fmt.Sprintf("%s-%d", text, len(s.keys[e.table.Name]))
			}
			v.SetString(text)
		}
	default:
		panic(fmt.Sprintf("no value can be made up for %s of type %s", column, v.Type()))
	}
}

// words is a text, marked if the public may not see it.
func (s *sample) words(visible bool) string {
	text := one(s.random, strange)
	if !visible {
		text += " " + hidden
	}
	return text
}

func (s *sample) currency(visible bool) string {
	if !visible {
		return hiddenCurrency
	}
	return one(s.random, currencies)
}

// money fills the amounts that the row holds: both parts or none.
func (s *sample) money(e *entity, row reflect.Value, visible bool) {
	for i := range e.table.Type.NumField() {
		m, ok := row.Field(i).Addr().Interface().(*db.Money)
		if !ok {
			continue
		}
		parts := e.embedded(e.table.Type.Field(i).Name)
		if s.catalog.notNull[e.table.Name+"."+parts[0].Name] || odds(s.random, 70) {
			*m = db.Money{Amount: db.Decimal(one(s.random, decimals)), Currency: s.currency(visible)}
		}
	}
}
