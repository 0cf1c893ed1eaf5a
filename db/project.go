package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// ProjectAgreement links a project to an agreement under which it runs.
type ProjectAgreement struct {
	bun.BaseModel `bun:"table:project_agreement"`

	ProjectID   int64 `bun:"project_id,pk,notnull"`
	AgreementID int64 `bun:"agreement_id,pk,notnull"`
	Published   bool  `bun:"published,notnull"`

	Project   *Project   `bun:"rel:belongs-to,join:project_id=id"`
	Agreement *Agreement `bun:"rel:belongs-to,join:agreement_id=id"`
}

// Project is a programme, project or component: what IATI calls an activity.
type Project struct {
	bun.BaseModel `bun:"table:project" taawun:"id=prj"`

	ID                      int64      `bun:"id,pk,autoincrement"`
	Code                    string     `bun:"code,type:text,notnull"`
	State                   string     `bun:"state,type:text,notnull,nullzero,default:'DRAFT'"`
	StateComment            *string    `bun:"state_comment,type:text"` // said at the last step; not for the public
	OriginalLocale          string     `bun:"original_locale,type:text,notnull,nullzero,default:'ar'"`
	OwnerID                 *int64     `bun:"owner_id"`
	IsDemonstration         bool       `bun:"is_demonstration,type:boolean,notnull"`
	Confidential            bool       `bun:"confidential,type:boolean,notnull"`
	Version                 int        `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt               time.Time  `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt               time.Time  `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	IatiIdentifier          *string    `bun:"iati_identifier,type:text"`
	Kind                    string     `bun:"kind,type:text,notnull,nullzero,default:'PROJECT'"`
	Hierarchy               int        `bun:"hierarchy,type:integer,notnull,nullzero,default:1"`
	ParentID                *int64     `bun:"parent_id"`
	Title                   Texts      `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Description             Texts      `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Objectives              Texts      `bun:"objectives,type:jsonb,notnull,nullzero,default:'{}'"`
	TargetGroups            Texts      `bun:"target_groups,type:jsonb,notnull,nullzero,default:'{}'"`
	OtherDescription        Texts      `bun:"other_description,type:jsonb,notnull,nullzero,default:'{}'"`
	Status                  string     `bun:"status,type:text,notnull"`
	PlannedStart            *Date      `bun:"planned_start,type:date"`
	ActualStart             *Date      `bun:"actual_start,type:date"`
	PlannedEnd              *Date      `bun:"planned_end,type:date"`
	ActualEnd               *Date      `bun:"actual_end,type:date"`
	StartDate               *Date      `bun:"start_date,scanonly,type:date"`
	EndDate                 *Date      `bun:"end_date,scanonly,type:date"`
	ReportingOrganizationID *int64     `bun:"reporting_organization_id"`
	IsSecondaryReporter     bool       `bun:"is_secondary_reporter,type:boolean,notnull"`
	ScopeID                 *int64     `bun:"scope_id"`
	CollaborationTypeID     *int64     `bun:"collaboration_type_id"`
	FlowTypeID              *int64     `bun:"flow_type_id"`
	FinanceTypeID           *int64     `bun:"finance_type_id"`
	AidTypeID               *int64     `bun:"aid_type_id"`
	TiedStatusID            *int64     `bun:"tied_status_id"`
	DefaultCurrency         *string    `bun:"default_currency,type:text"`
	IsHumanitarian          bool       `bun:"is_humanitarian,type:boolean,notnull"`
	CapitalSpend            *Decimal   `bun:"capital_spend,type:numeric"`
	ReportedAt              *time.Time `bun:"reported_at,type:timestamptz"`
	Search                  string     `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Published               bool       `bun:"published,scanonly"`

	Owner                 *MinistryUnit          `bun:"rel:belongs-to,join:owner_id=id"`
	Parent                *Project               `bun:"rel:belongs-to,join:parent_id=id"`
	ReportingOrganization *Organization          `bun:"rel:belongs-to,join:reporting_organization_id=id"`
	Scope                 *CodeListItem          `bun:"rel:belongs-to,join:scope_id=id"`
	CollaborationType     *CodeListItem          `bun:"rel:belongs-to,join:collaboration_type_id=id"`
	FlowType              *CodeListItem          `bun:"rel:belongs-to,join:flow_type_id=id"`
	FinanceType           *CodeListItem          `bun:"rel:belongs-to,join:finance_type_id=id"`
	AidType               *CodeListItem          `bun:"rel:belongs-to,join:aid_type_id=id"`
	TiedStatus            *CodeListItem          `bun:"rel:belongs-to,join:tied_status_id=id"`
	Children              []*Project             `bun:"rel:has-many,join:id=parent_id"`
	Agreements            []*Agreement           `bun:"m2m:project_agreement,join:Project=Agreement"`
	Partners              []*ProjectPartner      `bun:"rel:has-many,join:id=project_id" taawun:"order=position;id"`
	Organizations         []*Organization        `bun:"m2m:project_partner,join:Project=Organization"`
	Funders               []*Organization        `bun:"m2m:project_funder,join:Project=Organization"`
	Transactions          []*Transaction         `bun:"rel:has-many,join:id=project_id"`
	MoneyYears            []*ProjectYear         `bun:"rel:has-many,join:id=project_id"`
	Budgets               []*Budget              `bun:"rel:has-many,join:id=project_id"`
	PlannedDisbursements  []*PlannedDisbursement `bun:"rel:has-many,join:id=project_id"`
	Sectors               []*ProjectSector       `bun:"rel:has-many,join:id=project_id"`
	SectorCodes           []*CodeListItem        `bun:"m2m:project_sector,join:Project=Sector"`
	Tags                  []*ProjectTag          `bun:"rel:has-many,join:id=project_id"`
	TagCodes              []*CodeListItem        `bun:"m2m:project_tag,join:Project=Tag"`
	PolicyMarkers         []*ProjectPolicyMarker `bun:"rel:has-many,join:id=project_id"`
	Countries             []*ProjectCountry      `bun:"rel:has-many,join:id=project_id"`
	Regions               []*ProjectRegion       `bun:"rel:has-many,join:id=project_id"`
	Locations             []*ProjectLocation     `bun:"rel:has-many,join:id=project_id"`
	Places                []*AdministrativeUnit  `bun:"m2m:project_place,join:Project=Unit" taawun:"within"`
	Governorates          []*AdministrativeUnit  `bun:"m2m:project_governorate,join:Project=Unit"`
	Results               []*Result              `bun:"rel:has-many,join:id=project_id"`
	RelatedProjects       []*RelatedProject      `bun:"rel:has-many,join:id=project_id"`
	Identifiers           []*ProjectIdentifier   `bun:"rel:has-many,join:id=project_id"`
	Contacts              []*ProjectContact      `bun:"rel:has-many,join:id=project_id" taawun:"order=position;id"`
	Conditions            []*ProjectCondition    `bun:"rel:has-many,join:id=project_id"`
	HumanitarianScopes    []*HumanitarianScope   `bun:"rel:has-many,join:id=project_id"`
	CountryBudgetItems    []*CountryBudgetItem   `bun:"rel:has-many,join:id=project_id"`
	Evaluations           []*Evaluation          `bun:"rel:has-many,join:id=project_id"`
	Documents             []*Document            `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Project"`
	Translations          []*Translation         `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Project"`
	Sources               []*Source              `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Project"`
	PendingChanges        []*PendingChange       `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Project"`
	History               []*FieldChange         `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:Project"`
}

// ProjectPartner is the place of an organization in a project.
type ProjectPartner struct {
	bun.BaseModel `bun:"table:project_partner" taawun:"id=ptn"`

	ID                 int64    `bun:"id,pk,autoincrement"`
	ProjectID          int64    `bun:"project_id,notnull"`
	OrganizationID     *int64   `bun:"organization_id"`
	Position           int      `bun:"position,type:integer,notnull"`
	Role               string   `bun:"role,type:text,notnull"`
	Name               Texts    `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Ref                *string  `bun:"ref,type:text"`
	TypeID             *int64   `bun:"type_id"`
	ActivityIdentifier *string  `bun:"activity_identifier,type:text"`
	Share              *Decimal `bun:"share,type:numeric"`
	Published          bool     `bun:"published,notnull"`

	Project      *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
	Type         *CodeListItem `bun:"rel:belongs-to,join:type_id=id"`
}

// ProjectSector is a sector of a project with its share.
type ProjectSector struct {
	bun.BaseModel `bun:"table:project_sector" taawun:"id=psc"`

	ID         int64    `bun:"id,pk,autoincrement"`
	ProjectID  int64    `bun:"project_id,notnull"`
	SectorID   int64    `bun:"sector_id,notnull"`
	Percentage *Decimal `bun:"percentage,type:numeric"`
	Name       Texts    `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published  bool     `bun:"published,notnull"`

	Project *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Sector  *CodeListItem `bun:"rel:belongs-to,join:sector_id=id"`
}

// ProjectTag is a tag of a project.
type ProjectTag struct {
	bun.BaseModel `bun:"table:project_tag" taawun:"id=ptg"`

	ID        int64 `bun:"id,pk,autoincrement"`
	ProjectID int64 `bun:"project_id,notnull"`
	TagID     int64 `bun:"tag_id,notnull"`
	Name      Texts `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published bool  `bun:"published,notnull"`

	Project *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Tag     *CodeListItem `bun:"rel:belongs-to,join:tag_id=id"`
}

// ProjectPolicyMarker is a policy aim that a project was screened against.
type ProjectPolicyMarker struct {
	bun.BaseModel `bun:"table:project_policy_marker" taawun:"id=ppm"`

	ID             int64  `bun:"id,pk,autoincrement"`
	ProjectID      int64  `bun:"project_id,notnull"`
	MarkerID       int64  `bun:"marker_id,notnull"`
	SignificanceID *int64 `bun:"significance_id"`
	Name           Texts  `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published      bool   `bun:"published,notnull"`

	Project      *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Marker       *CodeListItem `bun:"rel:belongs-to,join:marker_id=id"`
	Significance *CodeListItem `bun:"rel:belongs-to,join:significance_id=id"`
}

// ProjectCountry is a recipient country of a project with its share.
type ProjectCountry struct {
	bun.BaseModel `bun:"table:project_country" taawun:"id=pco"`

	ID         int64    `bun:"id,pk,autoincrement"`
	ProjectID  int64    `bun:"project_id,notnull"`
	CountryID  int64    `bun:"country_id,notnull"`
	Percentage *Decimal `bun:"percentage,type:numeric"`
	Name       Texts    `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published  bool     `bun:"published,notnull"`

	Project *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Country *CodeListItem `bun:"rel:belongs-to,join:country_id=id"`
}

// ProjectRegion is a recipient region of a project with its share.
type ProjectRegion struct {
	bun.BaseModel `bun:"table:project_region" taawun:"id=prg"`

	ID         int64    `bun:"id,pk,autoincrement"`
	ProjectID  int64    `bun:"project_id,notnull"`
	RegionID   int64    `bun:"region_id,notnull"`
	Percentage *Decimal `bun:"percentage,type:numeric"`
	Name       Texts    `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published  bool     `bun:"published,notnull"`

	Project *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Region  *CodeListItem `bun:"rel:belongs-to,join:region_id=id"`
}

// ProjectLocation is a place where a project works.
type ProjectLocation struct {
	bun.BaseModel `bun:"table:project_location" taawun:"id=loc"`

	ID                   int64           `bun:"id,pk,autoincrement"`
	ProjectID            int64           `bun:"project_id,notnull"`
	UnitID               *int64          `bun:"unit_id"`
	Position             int             `bun:"position,type:integer,notnull"`
	Ref                  *string         `bun:"ref,type:text"`
	Name                 Texts           `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Description          Texts           `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	ActivityDescription  Texts           `bun:"activity_description,type:jsonb,notnull,nullzero,default:'{}'"`
	Latitude             *float64        `bun:"latitude,type:double precision"`
	Longitude            *float64        `bun:"longitude,type:double precision"`
	Percentage           *Decimal        `bun:"percentage,type:numeric"`
	Exactness            *string         `bun:"exactness,type:text"`
	ReachID              *int64          `bun:"reach_id"`
	LocationClassID      *int64          `bun:"location_class_id"`
	FeatureDesignationID *int64          `bun:"feature_designation_id"`
	Gazetteers           json.RawMessage `bun:"gazetteers,type:jsonb"`
	Published            bool            `bun:"published,notnull"`

	Project            *Project            `bun:"rel:belongs-to,join:project_id=id"`
	Unit               *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
	Reach              *CodeListItem       `bun:"rel:belongs-to,join:reach_id=id"`
	LocationClass      *CodeListItem       `bun:"rel:belongs-to,join:location_class_id=id"`
	FeatureDesignation *CodeListItem       `bun:"rel:belongs-to,join:feature_designation_id=id"`
}

// ProjectPlace links a project to the units of its locations and to every unit above them; a view.
type ProjectPlace struct {
	bun.BaseModel `bun:"table:project_place"`

	ProjectID int64 `bun:"project_id,notnull"`
	UnitID    int64 `bun:"unit_id,notnull"`

	Project *Project            `bun:"rel:belongs-to,join:project_id=id"`
	Unit    *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}

// ProjectGovernorate links a project to the governorates of its locations, each once; a view.
type ProjectGovernorate struct {
	bun.BaseModel `bun:"table:project_governorate"`

	ProjectID int64 `bun:"project_id,notnull"`
	UnitID    int64 `bun:"unit_id,notnull"`

	Project *Project            `bun:"rel:belongs-to,join:project_id=id"`
	Unit    *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}

// ProjectFunder links a project to the organizations that fund it, each once, as tables of funding name them: its funding partners, and who
// provides the money of its transactions; a view.
type ProjectFunder struct {
	bun.BaseModel `bun:"table:project_funder"`

	ProjectID      int64 `bun:"project_id,notnull"`
	OrganizationID int64 `bun:"organization_id,notnull"`

	Project      *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}

// ProjectYear is a calendar year in which a project has transactions, each once; a view.
type ProjectYear struct {
	bun.BaseModel `bun:"table:project_year"`

	ProjectID int64 `bun:"project_id,notnull"`
	Year      int   `bun:"year,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// RelatedProject is a reference from one project to another.
type RelatedProject struct {
	bun.BaseModel `bun:"table:related_project" taawun:"id=rpj"`

	ID        int64  `bun:"id,pk,autoincrement"`
	ProjectID int64  `bun:"project_id,notnull"`
	RelatedID *int64 `bun:"related_id"`
	Ref       string `bun:"ref,type:text,notnull"`
	Type      string `bun:"type,type:text,notnull"`
	Published bool   `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
	Related *Project `bun:"rel:belongs-to,join:related_id=id"`
}

// ProjectIdentifier is another identifier of a project.
type ProjectIdentifier struct {
	bun.BaseModel `bun:"table:project_identifier" taawun:"id=pid"`

	ID        int64   `bun:"id,pk,autoincrement"`
	ProjectID int64   `bun:"project_id,notnull"`
	Type      *string `bun:"type,type:text"`
	Value     string  `bun:"value,type:text,notnull"`
	OwnerRef  *string `bun:"owner_ref,type:text"`
	OwnerName Texts   `bun:"owner_name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published bool    `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// ProjectContact is a contact point of a project, as its publisher made it public.
type ProjectContact struct {
	bun.BaseModel `bun:"table:project_contact" taawun:"id=pct"`

	ID           int64   `bun:"id,pk,autoincrement"`
	ProjectID    int64   `bun:"project_id,notnull"`
	Position     int     `bun:"position,type:integer,notnull"`
	Type         *string `bun:"type,type:text"`
	Organization Texts   `bun:"organization,type:jsonb,notnull,nullzero,default:'{}'"`
	Department   Texts   `bun:"department,type:jsonb,notnull,nullzero,default:'{}'"`
	Person       Texts   `bun:"person,type:jsonb,notnull,nullzero,default:'{}'"`
	Function     Texts   `bun:"function,type:jsonb,notnull,nullzero,default:'{}'"`
	Email        *string `bun:"email,type:text"`
	Phone        *string `bun:"phone,type:text"`
	Website      *string `bun:"website,type:text"`
	Address      Texts   `bun:"address,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool    `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// ProjectCondition is a condition attached to the funding of a project.
type ProjectCondition struct {
	bun.BaseModel `bun:"table:project_condition" taawun:"id=pcn"`

	ID        int64  `bun:"id,pk,autoincrement"`
	ProjectID int64  `bun:"project_id,notnull"`
	Type      string `bun:"type,type:text,notnull"`
	Text      Texts  `bun:"text,type:jsonb,notnull,nullzero,default:'{}'"`
	Published bool   `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// HumanitarianScope is an emergency or appeal that a project answers.
type HumanitarianScope struct {
	bun.BaseModel `bun:"table:humanitarian_scope" taawun:"id=hsc"`

	ID         int64  `bun:"id,pk,autoincrement"`
	ProjectID  int64  `bun:"project_id,notnull"`
	Type       string `bun:"type,type:text,notnull"`
	Vocabulary string `bun:"vocabulary,type:text,notnull"`
	Code       string `bun:"code,type:text,notnull"`
	Name       Texts  `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Published  bool   `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// CountryBudgetItem is alignment of a project to a line of the recipient country's budget.
type CountryBudgetItem struct {
	bun.BaseModel `bun:"table:country_budget_item" taawun:"id=cbi"`

	ID          int64    `bun:"id,pk,autoincrement"`
	ProjectID   int64    `bun:"project_id,notnull"`
	Vocabulary  string   `bun:"vocabulary,type:text,notnull"`
	Code        string   `bun:"code,type:text,notnull"`
	Percentage  *Decimal `bun:"percentage,type:numeric"`
	Description Texts    `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Published   bool     `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}
