package export

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"github.com/uptrace/bun"

	"taawun/db"
)

// project is a project with all that is told of it.
type project struct {
	*db.Project
	identifier string
	reporter   organization
	seen       map[int64]string // identifiers of the projects that it refers to, as far as the public sees them
}

// organization is what is told of an organization.
type organization struct {
	ref, typ string
	name     db.Texts
}

// item is a code of a code list.
type item struct {
	list, code string
	name       db.Texts
}

// place is what is told of an administrative unit.
type place struct {
	pcode string
	name  db.Texts
}

// mostKnown bounds what is remembered from batch to batch.
const mostKnown = 20_000

// lookups are what projects refer to, read once and remembered.
type lookups struct {
	codes         map[int64]item
	organizations map[int64]organization
	places        map[int64]place
}

func newLookups() *lookups {
	return &lookups{map[int64]item{}, map[int64]organization{}, map[int64]place{}}
}

// read reads the next projects after a key, all that belongs to them, and what they refer to, each batch as it stands at one moment. It returns the last key.
func read(ctx context.Context, pool *bun.DB, o Options, after int64, known *lookups) (projects []*project, last int64, err error) {
	last = after
	// One snapshot for the batch: a transaction of many statements, each of them short.
	err = pool.RunInTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, func(ctx context.Context, tx bun.Tx) error {
		var found []*db.Project
		if err := selection(tx, &found, o, after).Scan(ctx); err != nil {
			return fmt.Errorf("read projects: %w", err)
		}
		if len(found) == 0 {
			return nil
		}
		last = found[len(found)-1].ID
		if err := known.resolve(ctx, tx, found); err != nil {
			return err
		}
		seen, err := seenOf(ctx, tx, found, o.Publisher)
		if err != nil {
			return err
		}
		publisher, err := publisherOf(ctx, tx, o.Publisher, known)
		if err != nil {
			return err
		}
		for _, p := range found {
			one := &project{Project: p, identifier: identifierOf(p.IatiIdentifier, p.Code, o.Publisher), reporter: publisher, seen: seen}
			if p.ReportingOrganizationID != nil {
				one.reporter = known.organizations[*p.ReportingOrganizationID]
			}
			projects = append(projects, one)
		}
		return nil
	})
	return projects, last, err
}

// identifierOf is the identifier of a project: its own, else one that begins with the publisher's.
func identifierOf(own *string, code, publisher string) string {
	switch {
	case own != nil:
		return *own
	case publisher != "":
		return publisher + "-" + code
	}
	return ""
}

// selection asks for a batch of projects with their parts.
func selection(tx bun.IDB, into *[]*db.Project, o Options, after int64) *bun.SelectQuery {
	ordered := func(keys ...string) func(*bun.SelectQuery) *bun.SelectQuery {
		return func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order(keys...) }
	}
	q := tx.NewSelect().Model(into).Where("project.id > ?", after).OrderExpr("project.id").Limit(batchSize)
	for _, relation := range []string{"Partners", "Locations", "Contacts", "Transactions", "Budgets", "PlannedDisbursements", "Documents", "Results", "Results.Indicators", "Results.Documents"} {
		q = q.Relation(relation, ordered("position", "id"))
	}
	for _, relation := range []string{"Identifiers", "Sectors", "Tags", "PolicyMarkers", "Countries", "Regions", "HumanitarianScopes", "CountryBudgetItems", "RelatedProjects", "Conditions",
		"Transactions.Sectors", "Results.Indicators.References", "Results.Indicators.Baselines", "Results.Indicators.Periods.Targets", "Results.Indicators.Periods.Actuals"} {
		q = q.Relation(relation, ordered("id"))
	}
	q = q.Relation("Results.Indicators.Periods", ordered("period_start", "id"))
	for _, relation := range []string{"Documents.Categories", "Results.Documents.Categories"} {
		q = q.Relation(relation, ordered("code"))
	}
	if !o.All {
		q = q.Where("project.owner_id is not null")
	}
	if o.Reporter != "" {
		q = q.Where("project.reporting_organization_id in (select r.id from organization r where lower(r.iati_identifier) = lower(?)) or project.reporting_organization_id is null and lower(?) = lower(?)",
			o.Reporter, o.Publisher, o.Reporter)
	}
	if o.Project != "" {
		q = q.Where("project.code = ? or project.iati_identifier = ?", o.Project, o.Project)
	}
	return q
}

// seenOf are the identifiers of the projects that those found refer to, as their parts or otherwise, as far as the public sees them.
func seenOf(ctx context.Context, tx bun.IDB, found []*db.Project, publisher string) (map[int64]string, error) {
	var keys []int64
	for _, p := range found {
		keys = append(keys, idOf(p.ParentID)...)
		for _, r := range p.RelatedProjects {
			keys = append(keys, idOf(r.RelatedID)...)
		}
	}
	identifiers := map[int64]string{}
	if len(keys) == 0 {
		return identifiers, nil
	}
	var others []*db.Project
	if err := tx.NewSelect().Model(&others).Column("id", "code", "iati_identifier").Where("id in (?)", bun.List(keys)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("read the projects that others refer to: %w", err)
	}
	for _, p := range others {
		identifiers[p.ID] = identifierOf(p.IatiIdentifier, p.Code, publisher)
	}
	return identifiers, nil
}

// publisherOf is the publisher, with the names that its record gives it.
func publisherOf(ctx context.Context, tx bun.IDB, ref string, known *lookups) (organization, error) {
	if ref == "" {
		return organization{}, nil
	}
	var found []*db.Organization
	err := tx.NewSelect().Model(&found).Column("id", "name", "kind", "type_id", "iati_identifier").Where("lower(iati_identifier) = lower(?)", ref).OrderExpr("id").Limit(1).Scan(ctx)
	if err != nil {
		return organization{}, fmt.Errorf("read the publisher: %w", err)
	}
	if len(found) == 0 {
		return organization{ref: ref, typ: "10"}, nil // a government
	}
	if err := known.codesOf(ctx, tx, idOf(found[0].TypeID)...); err != nil {
		return organization{}, err
	}
	return known.told(found[0]), nil
}

func idOf(key *int64) []int64 {
	if key == nil {
		return nil
	}
	return []int64{*key}
}

// told is what is told of an organization.
func (k *lookups) told(o *db.Organization) organization {
	typ := typeOfKind[o.Kind]
	if o.TypeID != nil {
		typ = k.codes[*o.TypeID].code
	}
	ref := ""
	if o.IatiIdentifier != nil {
		ref = *o.IatiIdentifier
	}
	return organization{ref, cmp.Or(typ, "90"), o.Name}
}

// typeOfKind is the OrganisationType of a kind of organization, for those of which no type is recorded; 90 is another.
var typeOfKind = map[string]string{"DONOR": "10", "UN_AGENCY": "40", "INTERNATIONAL_ORGANIZATION": "40", "REGIONAL_ORGANIZATION": "40", "CONVENTION_SECRETARIAT": "40", "MINISTRY": "10",
	"MUNICIPALITY": "11", "NGO": "22", "PRIVATE_SECTOR": "70", "ACADEMIC": "80"}
