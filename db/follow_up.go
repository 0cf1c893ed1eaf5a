package db

import (
	"time"

	"github.com/uptrace/bun"
)

// ObligationFollowUp is a step taken about an obligation: a working note, never public.
type ObligationFollowUp struct {
	bun.BaseModel `bun:"table:obligation_follow_up" taawun:"id=ofu"`

	ID           int64     `bun:"id,pk,autoincrement"`
	ObligationID int64     `bun:"obligation_id,notnull"`
	DutyID       *int64    `bun:"duty_id"`
	Version      int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	OccurredOn   Date      `bun:"occurred_on,type:date,notnull"`
	DoneBy       *string   `bun:"done_by,type:text"`
	Action       Texts     `bun:"action,type:jsonb,notnull,nullzero,default:'{}'"`
	Result       Texts     `bun:"result,type:jsonb,notnull,nullzero,default:'{}'"`
	NextStep     Texts     `bun:"next_step,type:jsonb,notnull,nullzero,default:'{}'"`
	NextOn       *Date     `bun:"next_on,type:date"`
	NextState    *string   `bun:"next_state,scanonly,type:text"`
	CreatedAt    time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	Published    bool      `bun:"published,notnull"`

	Obligation *Obligation `bun:"rel:belongs-to,join:obligation_id=id"`
	Duty       *Duty       `bun:"rel:belongs-to,join:duty_id=id"`
}

// ReportingDuty is a row of the function fn.reporting_duties: a reporting duty of an environmental convention, ready to become an obligation.
type ReportingDuty struct {
	bun.BaseModel `bun:"table:reporting_duties"`

	Code       string  `bun:"code,pk,type:text"`
	Set        string  `bun:"set,type:text,notnull"`
	SetName    Texts   `bun:"set_name,type:jsonb,notnull"`
	Clause     string  `bun:"clause,type:text,notnull"`
	Text       Texts   `bun:"text,type:jsonb,notnull"`
	Kind       string  `bun:"kind,type:text,notnull"`
	Source     string  `bun:"source,type:text,notnull"`
	DueOn      *Date   `bun:"due_on,type:date"`
	Recurrence *string `bun:"recurrence,type:text"`
	LeadDays   int     `bun:"lead_days,type:integer,notnull"`
}
