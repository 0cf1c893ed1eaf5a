package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Agreement is an agreement between the ministry or the state and others: treaty, memorandum, grant, loan,
// twinning and so on.
type Agreement struct {
	bun.BaseModel `bun:"table:agreement" taawun:"id=agr"`

	ID                int64     `bun:"id,pk,autoincrement"`
	Code              string    `bun:"code,type:text,notnull"`
	State             string    `bun:"state,type:text,notnull,nullzero,default:'DRAFT'"`
	StateComment      *string   `bun:"state_comment,type:text"` // said at the last step; not for the public
	OriginalLocale    string    `bun:"original_locale,type:text,notnull,nullzero,default:'ar'"`
	OwnerID           *int64    `bun:"owner_id"`
	IsDemonstration   bool      `bun:"is_demonstration,type:boolean,notnull"`
	Confidential      bool      `bun:"confidential,type:boolean,notnull"`
	Version           int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt         time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt         time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Title             Texts     `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Summary           Texts     `bun:"summary,type:jsonb,notnull,nullzero,default:'{}'"`
	Kind              string    `bun:"kind,type:text,notnull"`
	IsBinding         bool      `bun:"is_binding,type:boolean,notnull"`
	Status            string    `bun:"status,type:text,notnull"` // it and the dates follow from the events; written, they are a statement
	SignedOn          *Date     `bun:"signed_on,type:date"`
	InForceOn         *Date     `bun:"in_force_on,type:date"`
	ExpiresOn         *Date     `bun:"expires_on,type:date"`
	EndedOn           *Date     `bun:"ended_on,type:date"`
	TermEndsOn        *Date     `bun:"term_ends_on,scanonly,type:date"`
	EntryConsents     *int      `bun:"entry_consents,type:integer"`
	EntryDays         *int      `bun:"entry_days,type:integer"`
	ConsentsGiven     int       `bun:"consents_given,scanonly,type:integer,notnull"`
	DurationMonths    *int      `bun:"duration_months,type:integer"`
	Renewal           string    `bun:"renewal,type:text,notnull,nullzero,default:'NONE'"`
	RenewalMonths     *int      `bun:"renewal_months,type:integer"`
	NoticeDays        *int      `bun:"notice_days,type:integer"`
	RegistryReference *string   `bun:"registry_reference,type:text"`
	Envelope          Money     `bun:"embed:envelope_"`
	Search            string    `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Published         bool      `bun:"published,scanonly"`

	Owner          *MinistryUnit         `bun:"rel:belongs-to,join:owner_id=id"`
	Parties        []*AgreementParty     `bun:"rel:has-many,join:id=agreement_id" taawun:"order=position;id"`
	Organizations  []*Organization       `bun:"m2m:agreement_party,join:Agreement=Organization"`
	Events         []*AgreementEvent     `bun:"rel:has-many,join:id=agreement_id" taawun:"order=occurred_on;id"`
	Obligations    []*Obligation         `bun:"rel:has-many,join:id=agreement_id"`
	Texts          []*AgreementText      `bun:"rel:has-many,join:id=agreement_id" taawun:"order=is_prevailing desc;id"`
	Relations      []*AgreementRelation  `bun:"rel:has-many,join:id=agreement_id"`
	RelatedFrom    []*AgreementRelation  `bun:"rel:has-many,join:id=related_id"`
	Projects       []*Project            `bun:"m2m:project_agreement,join:Agreement=Project"`
	Sectors        []*CodeListItem       `bun:"m2m:agreement_sector,join:Agreement=Sector"`
	Units          []*AdministrativeUnit `bun:"m2m:agreement_unit,join:Agreement=Unit"`
	Places         []*AdministrativeUnit `bun:"m2m:agreement_place,join:Agreement=Unit" taawun:"within"`
	Evaluations    []*Evaluation         `bun:"rel:has-many,join:id=agreement_id"`
	Documents      []*Document           `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Agreement"`
	Translations   []*Translation        `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Agreement"`
	Sources        []*Source             `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Agreement"`
	PendingChanges []*PendingChange      `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Agreement"`
	History        []*FieldChange        `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:Agreement"`
}

// AgreementParty is the place of an organization in an agreement.
type AgreementParty struct {
	bun.BaseModel `bun:"table:agreement_party" taawun:"id=apt"`

	ID                int64   `bun:"id,pk,autoincrement"`
	AgreementID       int64   `bun:"agreement_id,notnull"`
	OrganizationID    *int64  `bun:"organization_id"`
	Position          int     `bun:"position,type:integer,notnull"`
	Role              string  `bun:"role,type:text,notnull,nullzero,default:'PARTY'"`
	Name              Texts   `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	SignatoryName     *string `bun:"signatory_name,type:text"`
	SignatoryCapacity Texts   `bun:"signatory_capacity,type:jsonb,notnull,nullzero,default:'{}'"`
	SignedOn          *Date   `bun:"signed_on,type:date"`
	ConsentMethod     *string `bun:"consent_method,type:text"`
	ConsentOn         *Date   `bun:"consent_on,type:date"`
	InForceOn         *Date   `bun:"in_force_on,type:date"`
	WithdrawnOn       *Date   `bun:"withdrawn_on,type:date"`
	State             string  `bun:"state,scanonly,type:text,notnull"`
	Reservations      Texts   `bun:"reservations,type:jsonb,notnull,nullzero,default:'{}'"`
	Published         bool    `bun:"published,notnull"`

	Agreement    *Agreement    `bun:"rel:belongs-to,join:agreement_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}

// AgreementEvent is a dated step in the life of an agreement.
type AgreementEvent struct {
	bun.BaseModel `bun:"table:agreement_event" taawun:"id=aev"`

	ID          int64   `bun:"id,pk,autoincrement"`
	AgreementID int64   `bun:"agreement_id,notnull"`
	Kind        string  `bun:"kind,type:text,notnull"`
	OccurredOn  Date    `bun:"occurred_on,type:date,notnull"`
	EndsOn      *Date   `bun:"ends_on,type:date"`
	Reference   *string `bun:"reference,type:text"`
	Note        Texts   `bun:"note,type:jsonb,notnull,nullzero,default:'{}'"`
	Published   bool    `bun:"published,notnull"`

	Agreement *Agreement `bun:"rel:belongs-to,join:agreement_id=id"`
}

// AgreementStep is a row of the function fn.agreement_steps: which event may follow in which status, and where it leads.
type AgreementStep struct {
	bun.BaseModel `bun:"table:agreement_steps"`

	Kind    string   `bun:"kind,pk,type:text"`
	LeadsTo *string  `bun:"leads_to,type:text"`
	Follows []string `bun:"follows,type:text[],array,notnull"`
}

// Obligation is something that a party to an agreement has undertaken.
type Obligation struct {
	bun.BaseModel `bun:"table:obligation" taawun:"id=obl"`

	ID            int64   `bun:"id,pk,autoincrement"`
	AgreementID   int64   `bun:"agreement_id,notnull"`
	Clause        *string `bun:"clause,type:text"`
	Text          Texts   `bun:"text,type:jsonb,notnull,nullzero,default:'{}'"`
	Kind          string  `bun:"kind,type:text,notnull"`
	ObligorID     *int64  `bun:"obligor_id"`
	BeneficiaryID *int64  `bun:"beneficiary_id"`
	DueOn         *Date   `bun:"due_on,type:date"`
	Recurrence    *string `bun:"recurrence,type:text"`
	LeadDays      int     `bun:"lead_days,type:integer,notnull,nullzero,default:30"`
	Outcome       *string `bun:"outcome,type:text"`
	State         string  `bun:"state,scanonly,type:text,notnull"`
	NextDueOn     *Date   `bun:"next_due_on,scanonly,type:date"`
	ReportingDuty *string `bun:"reporting_duty,type:text"` // code of the ready duty from which it was taken
	SettledOn     *Date   `bun:"settled_on,type:date"`
	Evidence      Texts   `bun:"evidence,type:jsonb,notnull,nullzero,default:'{}'"`
	Published     bool    `bun:"published,notnull"`

	Agreement    *Agreement            `bun:"rel:belongs-to,join:agreement_id=id"`
	Obligor      *Organization         `bun:"rel:belongs-to,join:obligor_id=id"`
	Beneficiary  *Organization         `bun:"rel:belongs-to,join:beneficiary_id=id"`
	Duties       []*Duty               `bun:"rel:has-many,join:id=obligation_id" taawun:"order=due_on;id"`
	FollowUps    []*ObligationFollowUp `bun:"rel:has-many,join:id=obligation_id" taawun:"order=occurred_on desc;id desc"`
	Translations []*Translation        `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Obligation"`
}

// AgreementText is a language version of an agreement. Which version prevails is a fact of the agreement, not a
// display preference.
type AgreementText struct {
	bun.BaseModel `bun:"table:agreement_text" taawun:"id=atx"`

	ID           int64   `bun:"id,pk,autoincrement"`
	AgreementID  int64   `bun:"agreement_id,notnull"`
	Locale       string  `bun:"locale,type:text,notnull"`
	Role         string  `bun:"role,type:text,notnull"`
	IsPrevailing bool    `bun:"is_prevailing,type:boolean,notnull"`
	URL          *string `bun:"url,type:text"`
	FileID       *int64  `bun:"file_id"` // kept here; then type, size and digest are those of the file
	MediaType    *string `bun:"media_type,type:text"`
	ByteSize     *int    `bun:"byte_size,type:integer"`
	Sha256       *string `bun:"sha256,type:text"`
	CertifiedBy  *string `bun:"certified_by,type:text"`
	CertifiedOn  *Date   `bun:"certified_on,type:date"`
	Published    bool    `bun:"published,notnull"`

	Agreement *Agreement  `bun:"rel:belongs-to,join:agreement_id=id"`
	File      *StoredFile `bun:"rel:belongs-to,join:file_id=id"`
}

// AgreementRelation is a link from one agreement to another.
type AgreementRelation struct {
	bun.BaseModel `bun:"table:agreement_relation" taawun:"id=are"`

	ID          int64  `bun:"id,pk,autoincrement"`
	AgreementID int64  `bun:"agreement_id,notnull"`
	RelatedID   *int64 `bun:"related_id"`
	Kind        string `bun:"kind,type:text,notnull"`
	Published   bool   `bun:"published,notnull"`

	Agreement *Agreement `bun:"rel:belongs-to,join:agreement_id=id"`
	Related   *Agreement `bun:"rel:belongs-to,join:related_id=id"`
}

// AgreementSector links an agreement to a sector it covers.
type AgreementSector struct {
	bun.BaseModel `bun:"table:agreement_sector"`

	AgreementID int64 `bun:"agreement_id,pk,notnull"`
	SectorID    int64 `bun:"sector_id,pk,notnull"`
	Published   bool  `bun:"published,notnull"`

	Agreement *Agreement    `bun:"rel:belongs-to,join:agreement_id=id"`
	Sector    *CodeListItem `bun:"rel:belongs-to,join:sector_id=id"`
}

// AgreementUnit links an agreement to an administrative unit it covers.
type AgreementUnit struct {
	bun.BaseModel `bun:"table:agreement_unit"`

	AgreementID int64 `bun:"agreement_id,pk,notnull"`
	UnitID      int64 `bun:"unit_id,pk,notnull"`
	Published   bool  `bun:"published,notnull"`

	Agreement *Agreement          `bun:"rel:belongs-to,join:agreement_id=id"`
	Unit      *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}

// AgreementPlace links an agreement to the units it covers and to every unit above them; a view.
type AgreementPlace struct {
	bun.BaseModel `bun:"table:agreement_place"`

	AgreementID int64 `bun:"agreement_id,notnull"`
	UnitID      int64 `bun:"unit_id,notnull"`

	Agreement *Agreement          `bun:"rel:belongs-to,join:agreement_id=id"`
	Unit      *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}
