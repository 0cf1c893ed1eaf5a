package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// IndicatorProgress is a row of the functions fn.indicator_progress and fn.indicator_period_progress: how far an indicator has come.
type IndicatorProgress struct {
	bun.BaseModel `bun:"table:indicator_progress"`

	PeriodID *int64   `bun:"period_id"`
	Baseline *Decimal `bun:"baseline,type:numeric"`
	Target   *Decimal `bun:"target,type:numeric"`
	Actual   *Decimal `bun:"actual,type:numeric"`
	Ratio    *Decimal `bun:"ratio,type:numeric"` // part of the way from the baseline to the target
	Achieved *bool    `bun:"achieved,type:boolean"`
	Reason   *string  `bun:"reason,type:text"` // why there is no ratio

	Period *IndicatorPeriod `bun:"rel:belongs-to,join:period_id=id"`
}

// IndicatorTotals is the row of the function fn.indicator_totals: indicators of several projects added up. Its key holds the question.
type IndicatorTotals struct {
	bun.BaseModel `bun:"table:indicator_totals"`

	ID    json.RawMessage `bun:"id,pk,type:jsonb"`
	Until *Date           `bun:"until,type:date"`
	Rule  Texts           `bun:"rule,type:jsonb,notnull"`
}

// IndicatorTotal is what indicators that name the same entry of the same register add up to.
type IndicatorTotal struct {
	bun.BaseModel `bun:"table:indicator_total"`

	Vocabulary    string   `bun:"vocabulary,type:text,notnull"`
	Code          string   `bun:"code,type:text,notnull"`
	URI           *string  `bun:"uri,type:text"`
	IsAscending   bool     `bun:"is_ascending,type:boolean,notnull"`
	IndicatorID   int64    `bun:"indicator_id,notnull"` // one of them, for its title
	Projects      int      `bun:"projects,type:integer,notnull"`
	Indicators    int      `bun:"indicators,type:integer,notnull"`
	Actual        Decimal  `bun:"actual,type:numeric,notnull"`
	Target        *Decimal `bun:"target,type:numeric"`
	WithoutTarget int      `bun:"without_target,type:integer,notnull"`
	Ratio         *Decimal `bun:"ratio,type:numeric"`
	Latest        Date     `bun:"latest,type:date,notnull"`

	Indicator *Indicator `bun:"rel:belongs-to,join:indicator_id=id"`
}

// IndicatorExclusion is how many indicators were not added up, with the reason.
type IndicatorExclusion struct {
	bun.BaseModel `bun:"table:indicator_exclusion"`

	Reason     string  `bun:"reason,type:text,notnull"`
	Vocabulary *string `bun:"vocabulary,type:text"`
	Code       *string `bun:"code,type:text"`
	Count      int     `bun:"count,type:integer,notnull"`
}
