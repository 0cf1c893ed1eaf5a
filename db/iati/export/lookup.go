package export

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"taawun/db"
)

// resolve reads what projects and their parts refer to, as far as it is not known yet.
func (k *lookups) resolve(ctx context.Context, tx bun.IDB, found []*db.Project) error {
	if len(k.codes)+len(k.organizations)+len(k.places) > mostKnown {
		clear(k.codes)
		clear(k.organizations)
		clear(k.places)
	}
	var codes, organizations, units []int64
	code := func(keys ...*int64) {
		for _, key := range keys {
			codes = append(codes, idOf(key)...)
		}
	}
	for _, p := range found {
		organizations = append(organizations, idOf(p.ReportingOrganizationID)...)
		code(p.ScopeID, p.CollaborationTypeID, p.FlowTypeID, p.FinanceTypeID, p.AidTypeID, p.TiedStatusID)
		for _, x := range p.Partners {
			organizations = append(organizations, idOf(x.OrganizationID)...)
			code(x.TypeID)
		}
		for _, x := range p.Sectors {
			codes = append(codes, x.SectorID)
		}
		for _, x := range p.Tags {
			codes = append(codes, x.TagID)
		}
		for _, x := range p.PolicyMarkers {
			codes = append(codes, x.MarkerID)
			code(x.SignificanceID)
		}
		for _, x := range p.Countries {
			codes = append(codes, x.CountryID)
		}
		for _, x := range p.Regions {
			codes = append(codes, x.RegionID)
		}
		for _, x := range p.Locations {
			units = append(units, idOf(x.UnitID)...)
			code(x.ReachID, x.LocationClassID, x.FeatureDesignationID)
		}
		for _, x := range p.PlannedDisbursements {
			organizations = append(organizations, append(idOf(x.ProviderID), idOf(x.ReceiverID)...)...)
		}
		for _, x := range p.Transactions {
			organizations = append(organizations, append(idOf(x.ProviderID), idOf(x.ReceiverID)...)...)
			code(x.DisbursementChannelID, x.FlowTypeID, x.FinanceTypeID, x.AidTypeID, x.TiedStatusID, x.CountryID, x.RegionID)
			for _, s := range x.Sectors {
				codes = append(codes, s.SectorID)
			}
		}
	}
	if err := k.organizationsOf(ctx, tx, organizations); err != nil {
		return err
	}
	if err := k.codesOf(ctx, tx, codes...); err != nil {
		return err
	}
	return k.placesOf(ctx, tx, units)
}

// missing are the keys that are not known, each once.
func missing[V any](known map[int64]V, keys []int64) []int64 {
	var out []int64
	seen := map[int64]bool{}
	for _, key := range keys {
		if _, ok := known[key]; !ok && !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	return out
}

func (k *lookups) codesOf(ctx context.Context, tx bun.IDB, keys ...int64) error {
	if keys = missing(k.codes, keys); len(keys) == 0 {
		return nil
	}
	var found []*db.CodeListItem
	if err := tx.NewSelect().Model(&found).Column("id", "list", "code", "name").Where("id in (?)", bun.List(keys)).Scan(ctx); err != nil {
		return fmt.Errorf("read codes: %w", err)
	}
	for _, c := range found {
		k.codes[c.ID] = item{c.List, c.Code, c.Name}
	}
	return nil
}

func (k *lookups) organizationsOf(ctx context.Context, tx bun.IDB, keys []int64) error {
	if keys = missing(k.organizations, keys); len(keys) == 0 {
		return nil
	}
	var found []*db.Organization
	if err := tx.NewSelect().Model(&found).Column("id", "name", "kind", "type_id", "iati_identifier").Where("id in (?)", bun.List(keys)).Scan(ctx); err != nil {
		return fmt.Errorf("read organizations: %w", err)
	}
	var types []int64
	for _, o := range found {
		types = append(types, idOf(o.TypeID)...)
	}
	if err := k.codesOf(ctx, tx, types...); err != nil {
		return err
	}
	for _, o := range found {
		k.organizations[o.ID] = k.told(o)
	}
	return nil
}

func (k *lookups) placesOf(ctx context.Context, tx bun.IDB, keys []int64) error {
	if keys = missing(k.places, keys); len(keys) == 0 {
		return nil
	}
	var found []*db.AdministrativeUnit
	if err := tx.NewSelect().Model(&found).Column("id", "pcode", "name").Where("id in (?)", bun.List(keys)).Scan(ctx); err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	for _, u := range found {
		k.places[u.ID] = place{u.Pcode, u.Name}
	}
	return nil
}

// code is the code of a list's item; "" without one.
func (k *lookups) code(key *int64) string {
	if key == nil {
		return ""
	}
	return k.codes[*key].code
}

// organization is what is told of an organization, if it is known.
func (k *lookups) organization(key *int64) organization {
	if key == nil {
		return organization{}
	}
	return k.organizations[*key]
}
