package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// Result is a result that a project works towards.
type Result struct {
	bun.BaseModel `bun:"table:result" taawun:"id=res"`

	ID           int64  `bun:"id,pk,autoincrement"`
	ProjectID    int64  `bun:"project_id,notnull"`
	Position     int    `bun:"position,type:integer,notnull"`
	Type         string `bun:"type,type:text,notnull"`
	IsAggregable *bool  `bun:"is_aggregable,type:boolean"`
	Title        Texts  `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Description  Texts  `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool   `bun:"published,notnull"`

	Project    *Project     `bun:"rel:belongs-to,join:project_id=id"`
	Indicators []*Indicator `bun:"rel:has-many,join:id=result_id" taawun:"order=position;id"`
	Documents  []*Document  `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Result"`
}

// Indicator is an indicator of a result.
type Indicator struct {
	bun.BaseModel `bun:"table:indicator" taawun:"id=ind"`

	ID           int64  `bun:"id,pk,autoincrement"`
	ResultID     int64  `bun:"result_id,notnull"`
	Position     int    `bun:"position,type:integer,notnull"`
	Measure      string `bun:"measure,type:text,notnull"`
	IsAscending  bool   `bun:"is_ascending,type:boolean,notnull"`
	IsAggregable *bool  `bun:"is_aggregable,type:boolean"`
	Title        Texts  `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Description  Texts  `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Published    bool   `bun:"published,notnull"`

	Result     *Result               `bun:"rel:belongs-to,join:result_id=id"`
	References []*IndicatorReference `bun:"rel:has-many,join:id=indicator_id"`
	Baselines  []*IndicatorBaseline  `bun:"rel:has-many,join:id=indicator_id"`
	Periods    []*IndicatorPeriod    `bun:"rel:has-many,join:id=indicator_id" taawun:"order=period_start;id"`
}

// IndicatorReference is the entry of an indicator in a register of indicators.
type IndicatorReference struct {
	bun.BaseModel `bun:"table:indicator_reference" taawun:"id=irf"`

	ID          int64   `bun:"id,pk,autoincrement"`
	IndicatorID int64   `bun:"indicator_id,notnull"`
	Vocabulary  string  `bun:"vocabulary,type:text,notnull"` // IATI IndicatorVocabulary
	Code        string  `bun:"code,type:text,notnull"`
	URI         *string `bun:"uri,type:text"`
	Published   bool    `bun:"published,notnull"`

	Indicator *Indicator `bun:"rel:belongs-to,join:indicator_id=id"`
}

// IndicatorBaseline is the value of an indicator before the project.
type IndicatorBaseline struct {
	bun.BaseModel `bun:"table:indicator_baseline" taawun:"id=ibl"`

	ID          int64           `bun:"id,pk,autoincrement"`
	IndicatorID int64           `bun:"indicator_id,notnull"`
	Year        *int            `bun:"year,type:integer"`
	Date        *Date           `bun:"date,type:date"`
	Value       *Decimal        `bun:"value,type:numeric"`
	ValueText   *string         `bun:"value_text,type:text"`
	Comment     Texts           `bun:"comment,type:jsonb,notnull,nullzero,default:'{}'"`
	Dimensions  json.RawMessage `bun:"dimensions,type:jsonb"`
	Published   bool            `bun:"published,notnull"`

	Indicator *Indicator `bun:"rel:belongs-to,join:indicator_id=id"`
}

// IndicatorPeriod is a period of an indicator with what was aimed at and what was reached.
type IndicatorPeriod struct {
	bun.BaseModel `bun:"table:indicator_period" taawun:"id=ipd"`

	ID          int64 `bun:"id,pk,autoincrement"`
	IndicatorID int64 `bun:"indicator_id,notnull"`
	PeriodStart Date  `bun:"period_start,type:date,notnull"`
	PeriodEnd   Date  `bun:"period_end,type:date,notnull"`
	Published   bool  `bun:"published,notnull"`

	Indicator *Indicator     `bun:"rel:belongs-to,join:indicator_id=id"`
	Targets   []*Measurement `bun:"rel:has-many,join:id=period_id,join:type=kind,polymorphic:TARGET"`
	Actuals   []*Measurement `bun:"rel:has-many,join:id=period_id,join:type=kind,polymorphic:ACTUAL"`
}

// Measurement is a target or an actual value of an indicator in one period.
type Measurement struct {
	bun.BaseModel `bun:"table:measurement" taawun:"id=msr"`

	ID         int64           `bun:"id,pk,autoincrement"`
	PeriodID   int64           `bun:"period_id,notnull"`
	Kind       string          `bun:"kind,type:text,notnull"`
	Value      *Decimal        `bun:"value,type:numeric"`
	ValueText  *string         `bun:"value_text,type:text"`
	Comment    Texts           `bun:"comment,type:jsonb,notnull,nullzero,default:'{}'"`
	Dimensions json.RawMessage `bun:"dimensions,type:jsonb"`
	Published  bool            `bun:"published,notnull"`

	Period *IndicatorPeriod `bun:"rel:belongs-to,join:period_id=id"`
}
