package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// AdministrativeUnit is an administrative unit of the country: governorate, district, subdistrict or community.
type AdministrativeUnit struct {
	bun.BaseModel `bun:"table:administrative_unit" taawun:"id=unt"`

	ID             int64           `bun:"id,pk,autoincrement"`
	Pcode          string          `bun:"pcode,type:text,notnull"`
	State          string          `bun:"state,type:text,notnull,nullzero,default:'PUBLISHED'"`
	StateComment   *string         `bun:"state_comment,type:text"` // said at the last step; not for the public
	OriginalLocale string          `bun:"original_locale,type:text,notnull,nullzero,default:'ar'"`
	Level          int             `bun:"level,type:integer,notnull"`
	ParentID       *int64          `bun:"parent_id"`
	Name           Texts           `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Iso31662       *string         `bun:"iso_3166_2,type:text"`
	GeonamesID     *int            `bun:"geonames_id,type:integer"`
	WikidataID     *string         `bun:"wikidata_id,type:text"`
	Latitude       *float64        `bun:"latitude,type:double precision"`
	Longitude      *float64        `bun:"longitude,type:double precision"`
	AreaKm2        *Decimal        `bun:"area_km2,type:numeric"`
	Boundary       json.RawMessage `bun:"boundary,type:jsonb"`
	Outline        json.RawMessage `bun:"outline,scanonly,type:jsonb"` // the boundary as maps draw it
	ValidFrom      *Date           `bun:"valid_from,type:date"`
	ValidTo        *Date           `bun:"valid_to,type:date"`
	SuccessorID    *int64          `bun:"successor_id"`
	Version        int             `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt      time.Time       `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt      time.Time       `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Search         string          `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Published      bool            `bun:"published,scanonly"`

	Parent         *AdministrativeUnit   `bun:"rel:belongs-to,join:parent_id=id"`
	Successor      *AdministrativeUnit   `bun:"rel:belongs-to,join:successor_id=id"`
	Children       []*AdministrativeUnit `bun:"rel:has-many,join:id=parent_id"`
	Ancestors      []*AdministrativeUnit `bun:"m2m:unit_ancestor,join:Unit=Ancestor" taawun:"within,order=level"`
	Descendants    []*AdministrativeUnit `bun:"m2m:unit_ancestor,join:Ancestor=Unit"`
	Aliases        []*UnitAlias          `bun:"rel:has-many,join:id=unit_id"`
	Populations    []*UnitPopulation     `bun:"rel:has-many,join:id=unit_id" taawun:"order=year desc"`
	Locations      []*ProjectLocation    `bun:"rel:has-many,join:id=unit_id"`
	Projects       []*Project            `bun:"m2m:project_place,join:Unit=Project"`
	Agreements     []*Agreement          `bun:"m2m:agreement_place,join:Unit=Agreement"`
	Translations   []*Translation        `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:AdministrativeUnit"`
	Sources        []*Source             `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:AdministrativeUnit"`
	PendingChanges []*PendingChange      `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:AdministrativeUnit"`
	History        []*FieldChange        `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:AdministrativeUnit"`
}

// UnitAncestor is the closure of the tree of units: each unit with itself and with every unit above it.
type UnitAncestor struct {
	bun.BaseModel `bun:"table:unit_ancestor"`

	UnitID     int64 `bun:"unit_id,pk,notnull"`
	AncestorID int64 `bun:"ancestor_id,pk,notnull"`

	Unit     *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
	Ancestor *AdministrativeUnit `bun:"rel:belongs-to,join:ancestor_id=id"`
}

// UnitAlias is another name of an administrative unit.
type UnitAlias struct {
	bun.BaseModel `bun:"table:unit_alias" taawun:"id=ual"`

	ID        int64   `bun:"id,pk,autoincrement"`
	UnitID    int64   `bun:"unit_id,notnull"`
	Name      string  `bun:"name,type:text,notnull"`
	Locale    *string `bun:"locale,type:text"`
	Kind      *string `bun:"kind,type:text"`
	Published bool    `bun:"published,notnull"`

	Unit *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}

// UnitPopulation is the population of an administrative unit in one year.
type UnitPopulation struct {
	bun.BaseModel `bun:"table:unit_population" taawun:"id=upo"`

	ID         int64   `bun:"id,pk,autoincrement"`
	UnitID     int64   `bun:"unit_id,notnull"`
	Year       int     `bun:"year,type:integer,notnull"`
	Population int     `bun:"population,type:integer,notnull"`
	Source     *string `bun:"source,type:text"`
	Published  bool    `bun:"published,notnull"`

	Unit *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}
