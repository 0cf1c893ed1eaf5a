package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// AgreementDelivered is the row of the function fn.agreement_delivered: what an agreement has delivered. Its key holds the question, from which
// the functions of its other fields answer only what is asked for.
type AgreementDelivered struct {
	bun.BaseModel `bun:"table:agreement_delivered"`

	ID           json.RawMessage `bun:"id,pk,type:jsonb"`
	Currency     *string         `bun:"currency,type:text"` // reporting currency
	ProjectCount int             `bun:"project_count,type:integer,notnull"`
	TermStart    *Date           `bun:"term_start,type:date"`
	TermEnd      *Date           `bun:"term_end,type:date"`
	TimeElapsed  *Decimal        `bun:"time_elapsed,type:numeric"` // per cent of the term
}

// ProjectStatusCount is how many projects stand in a status.
type ProjectStatusCount struct {
	bun.BaseModel `bun:"table:project_status_count"`

	Status string `bun:"status,pk,type:text"`
	Count  int    `bun:"count,type:integer,notnull"`
}

// DeliveredTotal is a total of money in one currency, with its share of the envelope of the agreement.
type DeliveredTotal struct {
	bun.BaseModel `bun:"table:delivered_total"`

	Currency      string   `bun:"currency,pk,type:text"`
	Amount        *Decimal `bun:"amount,type:numeric"` // nil where there are amounts, but no exchange rate for any
	Count         int      `bun:"count,type:integer,notnull"`
	WithoutRate   int      `bun:"without_rate,type:integer,notnull"`
	EnvelopeShare *Decimal `bun:"envelope_share,type:numeric"` // per cent
}

// ReachedUnit is an administrative unit in which projects of an agreement work.
type ReachedUnit struct {
	bun.BaseModel `bun:"table:reached_unit"`

	UnitID       int64 `bun:"unit_id,notnull"`
	ProjectCount int   `bun:"project_count,type:integer,notnull"`

	Unit *AdministrativeUnit `bun:"rel:belongs-to,join:unit_id=id"`
}

// DeliveredIndicators counts the indicators of the projects under an agreement.
type DeliveredIndicators struct {
	bun.BaseModel `bun:"table:delivered_indicators"`

	Total    int `bun:"total,type:integer,notnull"`
	Achieved int `bun:"achieved,type:integer,notnull"`
	Missed   int `bun:"missed,type:integer,notnull"`
	Unknown  int `bun:"unknown,type:integer,notnull"`
}

// DeliveredObligations counts the dates on which obligations of an agreement were or are due.
type DeliveredObligations struct {
	bun.BaseModel `bun:"table:delivered_obligations"`

	Total    int `bun:"total,type:integer,notnull"`
	Due      int `bun:"due,type:integer,notnull"`
	Done     int `bun:"done,type:integer,notnull"`
	DoneLate int `bun:"done_late,type:integer,notnull"`
	Overdue  int `bun:"overdue,type:integer,notnull"`
	Waived   int `bun:"waived,type:integer,notnull"`
	Open     int `bun:"open,type:integer,notnull"`
}

// DeliveredYear is one year of an agreement in one currency.
type DeliveredYear struct {
	bun.BaseModel `bun:"table:delivered_year"`

	Year                   int      `bun:"year,type:integer,notnull"`
	Currency               *string  `bun:"currency,type:text"` // nil in a year without money
	Commitment             *Decimal `bun:"commitment,type:numeric"`
	Disbursement           *Decimal `bun:"disbursement,type:numeric"`
	CumulativeDisbursement *Decimal `bun:"cumulative_disbursement,type:numeric"`
	ObligationsDue         int      `bun:"obligations_due,type:integer,notnull"`
	ObligationsDone        int      `bun:"obligations_done,type:integer,notnull"`
	IndicatorsMeasured     int      `bun:"indicators_measured,type:integer,notnull"`
	IndicatorsAchieved     int      `bun:"indicators_achieved,type:integer,notnull"`
}
