package iati

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"taawun/db"
)

// table is a table that the import writes: the columns and texts of its struct in package db, and how its rows are recognised again.
type table struct {
	name    string
	kind    string // type of the contract
	columns []string
	texts   []string // fields of the contract
	shown   []string // columns of these fields
	parent  string   // column of the key of the record above; empty for the records themselves
	of      string   // for documents: kind of the record above
	keys    []key
	keep    map[string][]string // a column that people may have filled stays, as long as the columns it follows from are the same
	fixed   []string            // columns that an import writes once
	others  []string            // fields whose texts do not come from this kind of file
	parts   []*table
}

// key are columns by which a row of an earlier import is recognised; the keys of a table are tried from the first, strictest, on.
// A name with "!" must have a value. "#" is the place among the rows of the record above.
type key []string

// newTable reads the columns of a table from its struct. Columns left to the database, or to other hands, are omitted.
func newTable(model any, parent string, keys []key, omit ...string) *table {
	t := &table{parent: parent, keys: keys}
	typ := reflect.TypeOf(model)
	t.kind = typ.Name()
	t.read(typ, "", append(omit, "id"))
	return t
}

func (t *table) read(typ reflect.Type, prefix string, omit []string) {
	for f := range typ.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("bun"), ",")
		switch {
		case f.Name == "BaseModel":
			t.name = strings.TrimPrefix(name, "table:")
		case strings.HasPrefix(name, "embed:"):
			t.read(f.Type, strings.TrimPrefix(name, "embed:"), omit)
		case strings.HasPrefix(name, "rel:"), strings.HasPrefix(name, "m2m:"), strings.Contains(options, "scanonly"), slices.Contains(omit, name):
		case f.Type == reflect.TypeFor[db.Texts]():
			t.texts = append(t.texts, string(unicode.ToLower(rune(f.Name[0])))+f.Name[1:])
			t.shown = append(t.shown, prefix+name)
		default:
			t.columns = append(t.columns, prefix+name)
		}
	}
}

// with adds parts to a record and returns it.
func (t *table) with(parts ...*table) *table {
	t.parts = parts
	return t
}

// keeping says that a column stays while the columns named stay.
func (t *table) keeping(column string, unless ...string) *table {
	if t.keep == nil {
		t.keep = make(map[string][]string)
	}
	t.keep[column] = unless
	return t
}

// walk visits the table and those of its parts, each before its parts.
func (t *table) walk(visit func(*table)) {
	visit(t)
	for _, p := range t.parts {
		p.walk(visit)
	}
}

// tables are all tables of activities and organisations.
type tables struct {
	project, partner, sector, tag, marker, country, region, location, related, identifier, contact, condition, scope, budgetItem, budget,
	planned, transaction, transactionSector, result, indicator, reference, baseline, period, measurement, document, resultDocument,
	organization, organizationDocument, source *table
}

func newTables() *tables {
	documents := func(of string) *table {
		t := newTable(db.Document{}, "subject_id", []key{{"url!", "title"}, {"url!"}})
		t.of = of
		return t
	}
	t := &tables{
		partner: newTable(db.ProjectPartner{}, "project_id", []key{{"role", "ref!", "name"}, {"role", "ref!"}, {"role", "name!"}, {"role", "#"}}, "share").
			keeping("organization_id", "ref", "name"),
		sector:     newTable(db.ProjectSector{}, "project_id", []key{{"sector_id"}}),
		tag:        newTable(db.ProjectTag{}, "project_id", []key{{"tag_id"}}),
		marker:     newTable(db.ProjectPolicyMarker{}, "project_id", []key{{"marker_id"}}),
		country:    newTable(db.ProjectCountry{}, "project_id", []key{{"country_id"}}),
		region:     newTable(db.ProjectRegion{}, "project_id", []key{{"region_id"}}),
		location:   newTable(db.ProjectLocation{}, "project_id", []key{{"ref!", "name"}, {"ref!"}, {"name!"}, {"#"}}).keeping("unit_id", "ref", "gazetteers"),
		related:    newTable(db.RelatedProject{}, "project_id", []key{{"ref", "type"}, {"ref"}}).keeping("related_id", "ref"),
		identifier: newTable(db.ProjectIdentifier{}, "project_id", []key{{"type", "value", "owner_ref"}, {"value"}}),
		contact:    newTable(db.ProjectContact{}, "project_id", []key{{"email!", "person"}, {"type", "organization", "person"}, {"#"}}),
		condition:  newTable(db.ProjectCondition{}, "project_id", []key{{"type", "text"}, {"type", "#"}}),
		scope:      newTable(db.HumanitarianScope{}, "project_id", []key{{"type", "vocabulary", "code"}}),
		budgetItem: newTable(db.CountryBudgetItem{}, "project_id", []key{{"vocabulary", "code"}}),
		budget:     newTable(db.Budget{}, "project_id", []key{{"type", "status", "period_start", "period_end"}, {"period_start", "period_end"}}),
		planned: newTable(db.PlannedDisbursement{}, "project_id", []key{{"type", "period_start", "period_end", "provider_ref", "receiver_ref"},
			{"period_start", "period_end"}}).keeping("provider_id", "provider_ref", "provider_name").keeping("receiver_id", "receiver_ref", "receiver_name"),
		transactionSector: newTable(db.TransactionSector{}, "transaction_id", []key{{"sector_id"}}),
		reference:         newTable(db.IndicatorReference{}, "indicator_id", []key{{"vocabulary", "code"}}),
		baseline:          newTable(db.IndicatorBaseline{}, "indicator_id", []key{{"year", "date", "value", "value_text"}, {"year", "date"}, {"#"}}),
		measurement:       newTable(db.Measurement{}, "period_id", []key{{"kind", "value", "value_text", "comment"}, {"kind", "#"}}),
		resultDocument:    documents("Result"),
		document:          documents("Project"),
	}
	t.transaction = newTable(db.Transaction{}, "project_id", []key{
		{"ref!", "type", "date", "value_amount", "value_currency"}, {"ref!", "type", "date"}, {"ref!"},
		{"type", "date", "value_amount", "value_currency", "provider_ref", "receiver_ref", "description"}, {"type", "date", "value_amount", "value_currency"},
		{"type", "date", "#"},
	}).with(t.transactionSector).keeping("provider_id", "provider_ref", "provider_name").keeping("receiver_id", "receiver_ref", "receiver_name")
	t.period = newTable(db.IndicatorPeriod{}, "indicator_id", []key{{"period_start", "period_end"}, {"#"}}).with(t.measurement)
	t.indicator = newTable(db.Indicator{}, "result_id", []key{{"title!"}, {"#"}}).with(t.reference, t.baseline, t.period)
	t.result = newTable(db.Result{}, "project_id", []key{{"type", "title!"}, {"title!"}, {"#"}}).with(t.indicator, t.resultDocument)
	t.project = newTable(db.Project{}, "", nil, "owner_id", "parent_id", "is_demonstration", "confidential", "version", "created_at", "updated_at").
		with(t.partner, t.sector, t.tag, t.marker, t.country, t.region, t.location, t.related, t.identifier, t.contact, t.condition, t.scope, t.budgetItem,
			t.budget, t.planned, t.transaction, t.result, t.document)
	t.project.fixed = []string{"code", "state", "iati_identifier", "kind"}
	t.organizationDocument = documents("Organization")
	t.organization = newTable(db.Organization{}, "", nil, "owner_id", "parent_id", "is_demonstration", "confidential", "version", "created_at", "updated_at", "acronym",
		"country_id", "website", "merged_into_id").with(t.organizationDocument)
	t.organization.fixed = []string{"code", "state", "original_locale", "kind"}
	t.organization.others = []string{"description"}
	t.organization.keeping("type_id").keeping("iati_identifier")
	t.source = newTable(db.Source{}, "", nil)
	return t
}

// row is a row to write.
type row struct {
	table      *table
	above      *row
	id         int64
	known      bool // stands in the database already
	place      int  // among the rows of its table and record
	values     []any
	texts      []texts
	shown      []map[string]string
	categories []code // of documents
}

// set gives a column its value: nil, string, bool, int, float64, code, party or raw JSON. A nil leaves it empty.
func (r *row) set(column string, value any) {
	if s, ok := value.(string); ok && s == "" {
		value = nil
	}
	r.values[slices.Index(r.table.columns, column)] = value
}

func (r *row) get(column string) any {
	return r.values[slices.Index(r.table.columns, column)]
}

// say gives a field its texts.
func (r *row) say(field string, t texts) {
	r.texts[slices.Index(r.table.texts, field)] = t
}
