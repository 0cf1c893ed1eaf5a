package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// Duty is one date on which an obligation that recurs is due. The database lays them out when the rule of the obligation is written.
type Duty struct {
	bun.BaseModel `bun:"table:duty" taawun:"id=dty"`

	ID           int64   `bun:"id,pk,autoincrement"`
	ObligationID int64   `bun:"obligation_id,notnull"`
	DueOn        Date    `bun:"due_on,type:date,notnull"`
	LeadDays     int     `bun:"lead_days,type:integer,notnull,nullzero,default:30"`
	Outcome      *string `bun:"outcome,type:text"`
	State        string  `bun:"state,scanonly,type:text,notnull"`
	SettledOn    *Date   `bun:"settled_on,type:date"`
	Evidence     Texts   `bun:"evidence,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool    `bun:"published,notnull"`

	Obligation   *Obligation    `bun:"rel:belongs-to,join:obligation_id=id"`
	Translations []*Translation `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Duty"`
}

// AgreementDeadline is a row of the function fn.agreement_deadlines: a date that comes from the term of an agreement.
type AgreementDeadline struct {
	bun.BaseModel `bun:"table:agreement_deadline"`

	Kind     string `bun:"kind,pk,type:text"`
	DueOn    Date   `bun:"due_on,type:date,notnull"`
	State    string `bun:"state,type:text,notnull"`
	DaysLeft int    `bun:"days_left,type:integer,notnull"`
}

// AgendaItem is a row of the function fn.agenda: something due, of whichever kind. Its key names the record it comes from.
type AgendaItem struct {
	bun.BaseModel `bun:"table:agenda_item"`

	ID             json.RawMessage `bun:"id,pk,type:jsonb"`
	Kind           string          `bun:"kind,type:text,notnull"`
	DueOn          Date            `bun:"due_on,type:date,notnull"`
	State          string          `bun:"state,type:text,notnull"`
	DaysLeft       int             `bun:"days_left,type:integer,notnull"`
	Title          Texts           `bun:"title,type:jsonb,notnull"`
	RecordType     string          `bun:"record_type,type:text,notnull"` // name of the type in the contract
	RecordID       int64           `bun:"record_id,notnull"`
	AgreementID    *int64          `bun:"agreement_id"`
	OrganizationID *int64          `bun:"organization_id"`
	OwnerID        *int64          `bun:"owner_id"`

	Record       any           `bun:"-" taawun:"poly=record_type;record_id"`
	Agreement    *Agreement    `bun:"rel:belongs-to,join:agreement_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
	Owner        *MinistryUnit `bun:"rel:belongs-to,join:owner_id=id"`
}
