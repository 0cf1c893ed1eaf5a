package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Organization is a body with which the directorate works: donor, agency, ministry, municipality, fund or non-
// governmental organization.
type Organization struct {
	bun.BaseModel `bun:"table:organization" taawun:"id=org,now=fn.organization_now"`

	ID              int64     `bun:"id,pk,autoincrement"`
	Code            string    `bun:"code,type:text,notnull"`
	State           string    `bun:"state,type:text,notnull,nullzero,default:'DRAFT'"`
	StateComment    *string   `bun:"state_comment,type:text"` // said at the last step; not for the public
	OriginalLocale  string    `bun:"original_locale,type:text,notnull,nullzero,default:'ar'"`
	OwnerID         *int64    `bun:"owner_id"`
	IsDemonstration bool      `bun:"is_demonstration,type:boolean,notnull"`
	Confidential    bool      `bun:"confidential,type:boolean,notnull"`
	Version         int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt       time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt       time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Name            Texts     `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Acronym         *string   `bun:"acronym,type:text"`
	Description     Texts     `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Kind            string    `bun:"kind,type:text,notnull,nullzero,default:'OTHER'"`
	TypeID          *int64    `bun:"type_id"`
	CountryID       *int64    `bun:"country_id"`
	ParentID        *int64    `bun:"parent_id"`
	IatiIdentifier  *string   `bun:"iati_identifier,type:text"`
	Website         *string   `bun:"website,type:text"`
	MergedIntoID    *int64    `bun:"merged_into_id"`
	Search          string    `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Published       bool      `bun:"published,scanonly"`

	Owner                *MinistryUnit             `bun:"rel:belongs-to,join:owner_id=id"`
	Type                 *CodeListItem             `bun:"rel:belongs-to,join:type_id=id"`
	Country              *CodeListItem             `bun:"rel:belongs-to,join:country_id=id"`
	Parent               *Organization             `bun:"rel:belongs-to,join:parent_id=id"`
	MergedInto           *Organization             `bun:"rel:belongs-to,join:merged_into_id=id"`
	Identifiers          []*OrganizationIdentifier `bun:"rel:has-many,join:id=organization_id"`
	Aliases              []*OrganizationAlias      `bun:"rel:has-many,join:id=organization_id"`
	Contacts             []*OrganizationContact    `bun:"rel:has-many,join:id=organization_id" taawun:"order=position"`
	Children             []*Organization           `bun:"rel:has-many,join:id=parent_id"`
	Memberships          []*AgreementParty         `bun:"rel:has-many,join:id=organization_id" taawun:"order=position;id"`
	Agreements           []*Agreement              `bun:"m2m:agreement_party,join:Organization=Agreement"`
	Partnerships         []*ProjectPartner         `bun:"rel:has-many,join:id=organization_id" taawun:"order=position;id"`
	Projects             []*Project                `bun:"m2m:project_partner,join:Organization=Project"`
	ReportedProjects     []*Project                `bun:"rel:has-many,join:id=reporting_organization_id"`
	TransactionsGiven    []*Transaction            `bun:"rel:has-many,join:id=provider_id"`
	TransactionsReceived []*Transaction            `bun:"rel:has-many,join:id=receiver_id"`
	Evaluations          []*Evaluation             `bun:"rel:has-many,join:id=organization_id"`
	Documents            []*Document               `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Organization"`
	Translations         []*Translation            `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Organization"`
	Sources              []*Source                 `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Organization"`
	PendingChanges       []*PendingChange          `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Organization"`
	History              []*FieldChange            `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:Organization"`
}

// OrganizationIdentifier is an identifier of an organization in a register other than ours.
type OrganizationIdentifier struct {
	bun.BaseModel `bun:"table:organization_identifier" taawun:"id=oid"`

	ID             int64  `bun:"id,pk,autoincrement"`
	OrganizationID int64  `bun:"organization_id,notnull"`
	Scheme         string `bun:"scheme,type:text,notnull"`
	Value          string `bun:"value,type:text,notnull"`
	Published      bool   `bun:"published,notnull"`

	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}

// OrganizationAlias is another name of an organization.
type OrganizationAlias struct {
	bun.BaseModel `bun:"table:organization_alias" taawun:"id=oal"`

	ID             int64   `bun:"id,pk,autoincrement"`
	OrganizationID int64   `bun:"organization_id,notnull"`
	Name           string  `bun:"name,type:text,notnull"`
	Locale         *string `bun:"locale,type:text"`
	Published      bool    `bun:"published,notnull"`

	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}

// OrganizationContact is a contact point of an organization that may be shown to the public.
type OrganizationContact struct {
	bun.BaseModel `bun:"table:organization_contact" taawun:"id=oct"`

	ID             int64   `bun:"id,pk,autoincrement"`
	OrganizationID int64   `bun:"organization_id,notnull"`
	Position       int     `bun:"position,type:integer,notnull"`
	Person         *string `bun:"person,type:text"`
	Function       Texts   `bun:"function,type:jsonb,notnull,nullzero,default:'{}'"`
	Department     Texts   `bun:"department,type:jsonb,notnull,nullzero,default:'{}'"`
	Email          *string `bun:"email,type:text"`
	Phone          *string `bun:"phone,type:text"`
	Website        *string `bun:"website,type:text"`
	IsPublic       bool    `bun:"is_public,type:boolean,notnull"`
	Published      bool    `bun:"published,notnull"`

	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}
