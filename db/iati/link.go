package iati

import (
	"context"
	"fmt"
	"slices"
)

// finish links what the file brought with what is known, in sets: places with administrative units, activities with each other,
// organisations that are only named with organizations of exactly that name. What is still open from earlier files is linked too,
// wherever the other side is known by now.
func (w *writer) finish(ctx context.Context) error {
	w.sum.Entered = w.parties.entered
	type step struct{ what, sql string }
	steps := []step{
		{"analyzing what was touched", "analyze iati_touched"},
		{"naming the publisher", fmt.Sprintf(`update data_set d set publisher = (
			select coalesce(o.name ->> 'en', o.name ->> o.original_locale, o.code) from project p join organization o on o.id = p.reporting_organization_id
			where p.id = (select min(id) from iati_touched)) where d.id = %d and d.publisher is null`, w.dataSet)},
		{"linking places by their codes", linkPlaces},
		{"linking related activities", `update related_project r set related_id = p.id from project p
			where r.related_id is null and p.iati_identifier = r.ref and p.id <> r.project_id`},
		{"finding parents", findParents},
		{"breaking circles of parents", breakCircles},
	}
	if len(w.unlinked) > 0 {
		steps = append(steps, step{"gathering the names of organizations", nameTable})
		for _, n := range namings {
			if w.unlinked[n] {
				steps = append(steps, step{"linking " + n.what + " by name", n.link()})
			}
		}
		steps = append(steps, step{"ending", "drop table iati_names"})
	}
	for _, s := range steps {
		if _, err := w.tx.ExecContext(ctx, s.sql); err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
	}
	return nil
}

// naming is a place where a file may name an organisation without saying its identifier.
type naming struct{ what, table, column, name, ref string }

// namings are all such places.
var namings = []naming{
	{"partners", "project_partner", "organization_id", "name", "ref"},
	{"providers", "transaction", "provider_id", "provider_name", "provider_ref"},
	{"receivers", "transaction", "receiver_id", "receiver_name", "receiver_ref"},
	{"planned providers", "planned_disbursement", "provider_id", "provider_name", "provider_ref"},
	{"planned receivers", "planned_disbursement", "receiver_id", "receiver_name", "receiver_ref"},
}

// names says whether the row names an organisation there that is still to be found.
func (n naming) names(r *row) bool {
	return r.table.name == n.table && r.get(n.column) == nil && (r.known || r.get(n.ref) != nil || len(r.texts[slices.Index(r.table.shown, n.name)]) > 0)
}

// A place is the unit whose P-code, ISO 3166-2 code or (in the vocabulary of GeoNames) GeoNames id it carries: in its reference, else in
// its codes; of several the most local.
const linkPlaces = `
	with codes as (
		select l.id, l.ref as code, '' as vocabulary, 0 as rank from project_location l where l.unit_id is null and l.ref is not null
		union all
		select l.id, case when g ->> 'vocabulary' = 'G1' then ltrim(g ->> 'code', '0') else g ->> 'code' end, coalesce(g ->> 'vocabulary', ''), 1 from project_location l, jsonb_array_elements(l.gazetteers) g
			where l.unit_id is null and jsonb_typeof(l.gazetteers) = 'array'
	), units as (
		select id, level, pcode as code, '' as vocabulary from administrative_unit
		union all select id, level, iso_3166_2, '' from administrative_unit where iso_3166_2 is not null
		union all select id, level, geonames_id::text, 'G1' from administrative_unit where geonames_id is not null
	), best as (
		select distinct on (c.id) c.id, u.id as unit_id
		from codes c join units u on u.code = upper(btrim(c.code)) and (u.vocabulary = '' or u.vocabulary = c.vocabulary)
		order by c.id, c.rank, u.level desc, u.id
	)
	update project_location l set unit_id = b.unit_id from best b where l.id = b.id`

// The parent is the one that the activity names; else the one that names it as a child. A parent that is known stays.
const findParents = `
	with stated as (
		select distinct on (child) child, parent from (
			select r.project_id as child, r.related_id as parent, 0 as rank, r.id from related_project r where r.type = 'PARENT' and r.related_id is not null
			union all
			select r.related_id, r.project_id, 1, r.id from related_project r where r.type = 'CHILD' and r.related_id is not null
		) s order by child, rank, id
	)
	update project p set parent_id = s.parent from stated s where p.id = s.child and p.parent_id is null and p.id <> s.parent`

// Activities that name each other as parents have none: a tree has no circles.
const breakCircles = `
	with recursive up as (
		select t.id as start, p.parent_id as at from iati_touched t join project p on p.id = t.id where p.parent_id is not null
		union
		select up.start, p.parent_id from up join project p on p.id = up.at where p.parent_id is not null
	)
	update project p set parent_id = null from up where up.start = up.at and p.id = up.start`

// iati_names holds the names that mean exactly one organization.
const nameTable = `
	create temporary table iati_names on commit drop as
	select name, min(id) as organization_id from (
		select fn.norm(btrim(t.text)) as name, coalesce(o.merged_into_id, o.id) as id
		from translation t join organization o on o.id = t.subject_id
		where t.subject_kind = 'Organization' and t.field = 'name' and t.status in ('ORIGINAL', 'REVIEWED', 'CERTIFIED')
		union all
		select fn.norm(btrim(a.name)), coalesce(o.merged_into_id, o.id) from organization_alias a join organization o on o.id = a.organization_id
	) n where name <> '' group by name having count(distinct id) = 1;
	analyze iati_names`

// link links the parts of touched projects that name an organisation, or have its name in the place of an identifier.
func (n naming) link() string {
	return fmt.Sprintf(`
	with named as (
		select t.id, fn.norm(btrim(e.value)) as name from iati_touched p join %[1]q t on t.project_id = p.id, jsonb_each_text(t.%[3]q) e
			where t.%[2]q is null and right(e.key, 1) <> '#'
		union all
		select t.id, fn.norm(btrim(t.%[4]q)) from iati_touched p join %[1]q t on t.project_id = p.id where t.%[2]q is null and t.%[3]q = '{}' and t.%[4]q is not null
	), meant as (
		select d.id, min(n.organization_id) as organization_id from named d join iati_names n on n.name = d.name
		group by d.id having count(distinct n.organization_id) = 1
	)
	update %[1]q t set %[2]q = m.organization_id from meant m where t.id = m.id`, n.table, n.column, n.name, n.ref)
}
