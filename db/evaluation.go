package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Evaluation is a judgement of an agreement, a project or an organization by stated criteria, with what follows from it.
type Evaluation struct {
	bun.BaseModel `bun:"table:evaluation" taawun:"id=evl"`

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
	Title           Texts     `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Summary         Texts     `bun:"summary,type:jsonb,notnull,nullzero,default:'{}'"`
	Kind            string    `bun:"kind,type:text,notnull"`
	Conduct         *string   `bun:"conduct,type:text"`
	Status          string    `bun:"status,type:text,notnull,nullzero,default:'PLANNED'"`
	AgreementID     *int64    `bun:"agreement_id"` // one of these three is what is evaluated
	ProjectID       *int64    `bun:"project_id"`
	OrganizationID  *int64    `bun:"organization_id"`
	CommissionerID  *int64    `bun:"commissioner_id"`
	Evaluator       *string   `bun:"evaluator,type:text"`
	PeriodStart     *Date     `bun:"period_start,type:date"`
	PeriodEnd       *Date     `bun:"period_end,type:date"`
	StartedOn       *Date     `bun:"started_on,type:date"`
	CompletedOn     *Date     `bun:"completed_on,type:date"`
	Scale           int       `bun:"scale,type:integer,notnull,nullzero,default:6"` // the best score; 1 is the worst
	Search          string    `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Published       bool      `bun:"published,scanonly"`

	Owner           *MinistryUnit        `bun:"rel:belongs-to,join:owner_id=id"`
	Agreement       *Agreement           `bun:"rel:belongs-to,join:agreement_id=id"`
	Project         *Project             `bun:"rel:belongs-to,join:project_id=id"`
	Organization    *Organization        `bun:"rel:belongs-to,join:organization_id=id"`
	Commissioner    *Organization        `bun:"rel:belongs-to,join:commissioner_id=id"`
	Scores          []*EvaluationScore   `bun:"rel:has-many,join:id=evaluation_id"`
	Findings        []*EvaluationFinding `bun:"rel:has-many,join:id=evaluation_id" taawun:"order=position;id"`
	Recommendations []*Recommendation    `bun:"rel:has-many,join:id=evaluation_id" taawun:"order=position;id"`
	Documents       []*Document          `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Evaluation"`
	Translations    []*Translation       `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Evaluation"`
	PendingChanges  []*PendingChange     `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Evaluation"`
	History         []*FieldChange       `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:Evaluation"`
}

// EvaluationScore is how an evaluation rates its subject by one of the criteria of the OECD DAC.
type EvaluationScore struct {
	bun.BaseModel `bun:"table:evaluation_score" taawun:"id=evs"`

	ID           int64  `bun:"id,pk,autoincrement"`
	EvaluationID int64  `bun:"evaluation_id,notnull"`
	Criterion    string `bun:"criterion,type:text,notnull"`
	Score        *int   `bun:"score,type:integer"` // nil where the criterion was looked at but could not be rated
	Reason       Texts  `bun:"reason,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool   `bun:"published,notnull"`

	Evaluation *Evaluation `bun:"rel:belongs-to,join:evaluation_id=id"`
}

// EvaluationFinding is what an evaluation found, concluded or teaches.
type EvaluationFinding struct {
	bun.BaseModel `bun:"table:evaluation_finding" taawun:"id=evf"`

	ID           int64   `bun:"id,pk,autoincrement"`
	EvaluationID int64   `bun:"evaluation_id,notnull"`
	Position     int     `bun:"position,type:integer,notnull"`
	Kind         string  `bun:"kind,type:text,notnull,nullzero,default:'FINDING'"`
	Criterion    *string `bun:"criterion,type:text"`
	Text         Texts   `bun:"text,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool    `bun:"published,notnull"`

	Evaluation *Evaluation `bun:"rel:belongs-to,join:evaluation_id=id"`
}

// Recommendation is what an evaluation recommends, and how the management responded.
type Recommendation struct {
	bun.BaseModel `bun:"table:recommendation" taawun:"id=rec"`

	ID             int64   `bun:"id,pk,autoincrement"`
	EvaluationID   int64   `bun:"evaluation_id,notnull"`
	Position       int     `bun:"position,type:integer,notnull"`
	Text           Texts   `bun:"text,type:jsonb,notnull,nullzero,default:'{}'"`
	Priority       *string `bun:"priority,type:text"`
	AddresseeID    *int64  `bun:"addressee_id"`
	Response       *string `bun:"response,type:text"`
	ResponseReason Texts   `bun:"response_reason,type:jsonb,notnull,nullzero,default:'{}'"`
	RespondedBy    *string `bun:"responded_by,type:text"`
	RespondedOn    *Date   `bun:"responded_on,type:date"`
	Published      bool    `bun:"published,notnull"`

	Evaluation *Evaluation             `bun:"rel:belongs-to,join:evaluation_id=id"`
	Addressee  *Organization           `bun:"rel:belongs-to,join:addressee_id=id"`
	Actions    []*RecommendationAction `bun:"rel:has-many,join:id=recommendation_id" taawun:"order=position;id"`
}

// RecommendationAction is what the management undertook in answer to a recommendation.
type RecommendationAction struct {
	bun.BaseModel `bun:"table:recommendation_action" taawun:"id=rac"`

	ID               int64   `bun:"id,pk,autoincrement"`
	RecommendationID int64   `bun:"recommendation_id,notnull"`
	Position         int     `bun:"position,type:integer,notnull"`
	Text             Texts   `bun:"text,type:jsonb,notnull,nullzero,default:'{}'"`
	ResponsibleID    *int64  `bun:"responsible_id"`
	DueOn            *Date   `bun:"due_on,type:date"`
	LeadDays         int     `bun:"lead_days,type:integer,notnull,nullzero,default:30"`
	Outcome          *string `bun:"outcome,type:text"`
	State            string  `bun:"state,scanonly,type:text,notnull"`
	SettledOn        *Date   `bun:"settled_on,type:date"`
	Evidence         Texts   `bun:"evidence,type:jsonb,notnull,nullzero,default:'{}'"`
	Published        bool    `bun:"published,notnull"`

	Recommendation *Recommendation `bun:"rel:belongs-to,join:recommendation_id=id"`
	Responsible    *MinistryUnit   `bun:"rel:belongs-to,join:responsible_id=id"`
}
