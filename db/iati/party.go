package iati

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// party is a reference to an organization by its identifier. An organisation that is only named is matched at the end of the file.
type party struct{ ref string }

// mention is what a file says of an organisation at one place.
type mention struct {
	name   texts
	typ    string // code of the list OrganisationType
	funder bool
}

var registered = regexp.MustCompile(`^[A-Za-z]{2,3}-\S`)

// isIdentifier tells identifiers of organisations from the names and remarks ("KPMG", "Not available", "0") that stand in their place
// in real files. An identifier has a digit other than 0, or starts as those of the registers do (XM-…, GB-…), and has no space.
func isIdentifier(ref string) bool {
	return len(ref) <= maxKey && !strings.ContainsAny(ref, " \t\r\n\u00a0") && (strings.ContainsAny(ref, "123456789") || registered.MatchString(ref))
}

// party takes note of an organisation; nil if it has no identifier.
func (p *parser) party(e *element, name texts, funder bool) any {
	ref := e.attr("ref")
	if !isIdentifier(ref) {
		return nil
	}
	p.rec.mentions = append(p.rec.mentions, reference{party{ref}, mention{name, e.attr("type"), funder}})
	return party{ref}
}

// typeOf is the OrganisationType of an organisation.
func (p *parser) typeOf(e *element) any {
	if v := p.key(e, "type"); v != "" {
		return code{list: "OrganisationType", code: v}
	}
	return nil
}

// organizationKind is where the directorate files an organisation of an OrganisationType. Multilateral ones are told apart by the
// channel codes of the DAC, on which their identifiers are built: 41 United Nations, 42 European Union, 46 regional banks.
func organizationKind(ref, typ string, funder bool) string {
	switch typ {
	case "10", "15":
		if funder {
			return "DONOR"
		}
		return "MINISTRY"
	case "11":
		return "MUNICIPALITY"
	case "21", "22", "23", "24", "60":
		return "NGO"
	case "40":
		channel := strings.TrimPrefix(strings.ToUpper(ref), "XM-DAC-")
		switch {
		case len(channel) >= 5 && strings.HasPrefix(channel, "41"), channel == "928": // 928: World Health Organization
			return "UN_AGENCY"
		case len(channel) >= 5 && (strings.HasPrefix(channel, "42") || strings.HasPrefix(channel, "46")):
			return "REGIONAL_ORGANIZATION"
		}
		return "INTERNATIONAL_ORGANIZATION"
	case "70", "71", "72", "73":
		return "PRIVATE_SECTOR"
	case "80":
		return "ACADEMIC"
	}
	return "OTHER"
}

// reference is a mention with the organization it means.
type reference struct {
	party
	mention
}

// parties finds the keys of organizations by their identifiers, and enters those that are not known.
type parties struct {
	tx       bun.IDB
	state    string
	dataSet  int64
	known    map[string]int64 // upper-case identifier → key
	nameless map[int64]bool   // organizations without a name in any language
	entered  int
}

func (p *parties) id(ref party) int64 {
	return p.known[strings.ToUpper(ref.ref)]
}

// resolve makes sure that id knows all organizations mentioned. It returns the names to store.
func (p *parties) resolve(ctx context.Context, codes *codes, mentions []reference) ([]named, error) {
	if len(p.known) > maxKnown {
		clear(p.known)
		clear(p.nameless)
	}
	missing := make(map[string]*reference)
	var order []string
	for _, m := range mentions {
		k := strings.ToUpper(m.ref)
		if p.known[k] != 0 {
			continue
		}
		if before := missing[k]; before == nil {
			missing[k] = &reference{m.party, m.mention}
			order = append(order, k)
		} else {
			if len(before.name) == 0 {
				before.name = m.name
			}
			if before.typ == "" {
				before.typ = m.typ
			}
			before.funder = before.funder || m.funder
		}
	}
	var names []named
	if len(missing) > 0 {
		if err := p.identified(ctx, order); err != nil {
			return nil, err
		}
		var unknown []*reference
		for _, k := range order {
			if p.known[k] == 0 {
				unknown = append(unknown, missing[k])
			}
		}
		var err error
		if names, err = p.enter(ctx, codes, unknown); err != nil {
			return nil, err
		}
	}
	for _, m := range mentions {
		if id := p.id(m.party); p.nameless[id] && len(m.name) > 0 {
			delete(p.nameless, id)
			names = append(names, named{kind: "Organization", id: id, texts: m.name, published: p.state == published})
		}
	}
	return names, nil
}

// identified looks identifiers up, in capital letters. An organization that was merged into another answers for the other.
func (p *parties) identified(ctx context.Context, refs []string) error {
	rows, err := p.tx.QueryContext(ctx, `
		select distinct on (w.ref) w.ref, coalesce(o.merged_into_id, o.id), o.name = '{}' and o.merged_into_id is null
				and not exists (select from translation t where t.subject_kind = 'Organization' and t.subject_id = o.id and t.field = 'name')
		from unnest(?::text[]) w(ref)
		join lateral (
			select o.id, 0 as rank from organization o where upper(o.iati_identifier) = w.ref
			union all select i.organization_id, 1 from organization_identifier i where upper(i.value) = w.ref
		) found on true
		join organization o on o.id = found.id
		order by w.ref, found.rank, o.id`, pgdialect.Array(refs))
	if err != nil {
		return fmt.Errorf("looking organizations up: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var ref string
		var id int64
		var nameless bool
		if err := rows.Scan(&ref, &id, &nameless); err != nil {
			return fmt.Errorf("looking organizations up: %w", err)
		}
		p.known[ref] = id
		if nameless {
			p.nameless[id] = true
		}
	}
	return rows.Err()
}

// enter enters organizations. One that was entered here by name and without any identifier takes its identifier from the file, if it
// has exactly that name and no other has.
func (p *parties) enter(ctx context.Context, codes *codes, unknown []*reference) ([]named, error) {
	if len(unknown) == 0 {
		return nil, nil
	}
	var types []code
	for _, u := range unknown {
		if len(u.typ) > maxKey {
			u.typ = ""
		}
		if u.typ != "" {
			types = append(types, code{list: "OrganisationType", code: u.typ})
		}
	}
	if _, err := codes.resolve(ctx, types); err != nil {
		return nil, err
	}
	if err := p.adopt(ctx, unknown); err != nil {
		return nil, err
	}
	var refs, locales, shown, kinds []string
	var typeIDs []*int64
	var entered []*reference
	for _, u := range unknown {
		if p.id(u.party) != 0 {
			continue
		}
		locale := undetermined
		if len(u.name) > 0 {
			locale = u.name[0].locale
		}
		var typeID *int64
		if u.typ != "" {
			id := codes.id(code{list: "OrganisationType", code: u.typ})
			typeID = &id
		}
		refs, locales, kinds, typeIDs = append(refs, u.ref), append(locales, locale), append(kinds, organizationKind(u.ref, u.typ, u.funder)), append(typeIDs, typeID)
		shown = append(shown, jsonText(projection(merge(nil, u.name).after)))
		entered = append(entered, u)
	}
	// The identifier is the code too, unless a person has given that code to another organization.
	rows, err := p.tx.QueryContext(ctx, `
		with entered as (
			insert into organization (code, state, original_locale, name, kind, type_id, iati_identifier)
			select case when exists (select from organization o where o.code = n.ref) then n.ref || ' (IATI)' else n.ref end,
				?, n.locale, n.name::jsonb, n.kind, n.type_id, n.ref
			from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[]) with ordinality n(ref, locale, name, kind, type_id, place) order by n.place
			returning id, iati_identifier
		), sourced as (
			insert into source (subject_kind, subject_id, data_set_id, identifier, published)
			select 'Organization', id, ?, iati_identifier, ? from entered on conflict (data_set_id, subject_kind, identifier) do nothing
		)
		select id, iati_identifier from entered`,
		p.state, pgdialect.Array(refs), pgdialect.Array(locales), pgdialect.Array(shown), pgdialect.Array(kinds), pgdialect.Array(typeIDs), p.dataSet, p.state == published)
	if err != nil {
		return nil, fmt.Errorf("entering %d organizations: %w", len(refs), err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var ref string
		if err := rows.Scan(&id, &ref); err != nil {
			return nil, fmt.Errorf("entering organizations: %w", err)
		}
		p.known[strings.ToUpper(ref)] = id
		p.entered++
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("entering organizations: %w", err)
	}
	var names []named
	for _, u := range entered {
		if len(u.name) == 0 {
			p.nameless[p.id(u.party)] = true
			continue
		}
		names = append(names, named{kind: "Organization", id: p.id(u.party), texts: u.name, published: p.state == published})
	}
	return names, nil
}

// adopt gives identifiers to organizations that were entered by name only.
func (p *parties) adopt(ctx context.Context, unknown []*reference) error {
	var refs, names []string
	for _, u := range unknown {
		for _, n := range u.name {
			refs, names = append(refs, u.ref), append(names, n.text)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	rows, err := p.tx.QueryContext(ctx, `
		with mentioned as (
			select w.ref, fn.norm(w.name) as name from unnest(?::text[], ?::text[]) w(ref, name)
		), candidates as (
			select o.id, fn.norm(t.text) as name
			from organization o join translation t on t.subject_kind = 'Organization' and t.subject_id = o.id and t.field = 'name'
			where o.iati_identifier is null and o.merged_into_id is null
				and not exists (select from organization_identifier i where i.organization_id = o.id)
			union select o.id, fn.norm(a.name) from organization o join organization_alias a on a.organization_id = o.id
			where o.iati_identifier is null and o.merged_into_id is null
				and not exists (select from organization_identifier i where i.organization_id = o.id)
		), pairs as (
			select distinct m.ref, c.id from mentioned m join candidates c on c.name = m.name
		), certain as (
			select ref, id from pairs p where (select count(*) from pairs o where o.ref = p.ref) = 1 and (select count(*) from pairs o where o.id = p.id) = 1
		)
		update organization o set iati_identifier = c.ref, version = version + 1, updated_at = now() from certain c where o.id = c.id
		returning o.id, o.iati_identifier`, pgdialect.Array(refs), pgdialect.Array(names))
	if err != nil {
		return fmt.Errorf("matching organizations by name: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var ref string
		if err := rows.Scan(&id, &ref); err != nil {
			return fmt.Errorf("matching organizations by name: %w", err)
		}
		p.known[strings.ToUpper(ref)] = id
	}
	return rows.Err()
}
