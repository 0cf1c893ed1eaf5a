package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// MoneyTotal is a row of the functions that add up money: one total in one currency.
type MoneyTotal struct {
	bun.BaseModel `bun:"table:money_total"`

	Currency    string   `bun:"currency,pk,type:text"`
	Amount      *Decimal `bun:"amount,type:numeric"` // nil where there are amounts, but no exchange rate for any
	Count       int      `bun:"count,type:integer,notnull"`
	WithoutRate int      `bun:"without_rate,type:integer,notnull"` // amounts that are missing for want of an exchange rate
}

// Funding is the row of the function fn.funding: a table of money with its counting rule. Its key holds the question, from
// which fn.funding_rows, fn.funding_totals and the functions of its other fields answer only what is asked for.
type Funding struct {
	bun.BaseModel `bun:"table:funding"`

	ID       json.RawMessage `bun:"id,pk,type:jsonb"`
	Measure  string          `bun:"measure,type:text,notnull"`
	Currency *string         `bun:"currency,type:text"` // reporting currency
	Rule     Texts           `bun:"rule,type:jsonb,notnull"`
}

// FundingRow is a row of a table of funding; only the dimensions asked for have values.
type FundingRow struct {
	bun.BaseModel `bun:"table:funding_row"`

	Year           *int     `bun:"year,type:integer"`
	Quarter        *int     `bun:"quarter,type:integer"`
	SectorID       *int64   `bun:"sector_id"`
	CategoryID     *int64   `bun:"category_id"`
	SdgID          *int64   `bun:"sdg_id"`
	MarkerID       *int64   `bun:"marker_id"`
	GovernorateID  *int64   `bun:"governorate_id"`
	DistrictID     *int64   `bun:"district_id"`
	FunderID       *int64   `bun:"funder_id"`
	ImplementerID  *int64   `bun:"implementer_id"`
	AgreementID    *int64   `bun:"agreement_id"`
	FinanceTypeID  *int64   `bun:"finance_type_id"`
	Status         *string  `bun:"status,type:text"`
	Currency       string   `bun:"currency,type:text,notnull"`
	Amount         *Decimal `bun:"amount,type:numeric"`
	Count          int      `bun:"count,type:integer,notnull"`
	WithoutRate    int      `bun:"without_rate,type:integer,notnull"`
	Share          *Decimal `bun:"share,type:numeric"` // per cent of the total of the currency
	Population     *int     `bun:"population,type:integer"`
	PopulationYear *int     `bun:"population_year,type:integer"`
	PerHead        *Decimal `bun:"per_head,type:numeric"`

	Sector      *CodeListItem       `bun:"rel:belongs-to,join:sector_id=id"`
	Category    *CodeListItem       `bun:"rel:belongs-to,join:category_id=id"`
	Sdg         *CodeListItem       `bun:"rel:belongs-to,join:sdg_id=id"`
	Marker      *CodeListItem       `bun:"rel:belongs-to,join:marker_id=id"`
	Governorate *AdministrativeUnit `bun:"rel:belongs-to,join:governorate_id=id"`
	District    *AdministrativeUnit `bun:"rel:belongs-to,join:district_id=id"`
	Funder      *Organization       `bun:"rel:belongs-to,join:funder_id=id"`
	Implementer *Organization       `bun:"rel:belongs-to,join:implementer_id=id"`
	Agreement   *Agreement          `bun:"rel:belongs-to,join:agreement_id=id"`
	FinanceType *CodeListItem       `bun:"rel:belongs-to,join:finance_type_id=id"`
}

// FundingSubtotal is a sum of rows of a table of funding along some of its dimensions; only these have values.
type FundingSubtotal struct {
	bun.BaseModel `bun:"table:funding_subtotal"`

	Year          *int     `bun:"year,type:integer"`
	Quarter       *int     `bun:"quarter,type:integer"`
	SectorID      *int64   `bun:"sector_id"`
	CategoryID    *int64   `bun:"category_id"`
	SdgID         *int64   `bun:"sdg_id"`
	MarkerID      *int64   `bun:"marker_id"`
	GovernorateID *int64   `bun:"governorate_id"`
	DistrictID    *int64   `bun:"district_id"`
	FunderID      *int64   `bun:"funder_id"`
	ImplementerID *int64   `bun:"implementer_id"`
	AgreementID   *int64   `bun:"agreement_id"`
	FinanceTypeID *int64   `bun:"finance_type_id"`
	Status        *string  `bun:"status,type:text"`
	Currency      string   `bun:"currency,type:text,notnull"`
	Amount        *Decimal `bun:"amount,type:numeric"`
	Count         int      `bun:"count,type:integer,notnull"`
	WithoutRate   int      `bun:"without_rate,type:integer,notnull"`

	Sector      *CodeListItem       `bun:"rel:belongs-to,join:sector_id=id"`
	Category    *CodeListItem       `bun:"rel:belongs-to,join:category_id=id"`
	Sdg         *CodeListItem       `bun:"rel:belongs-to,join:sdg_id=id"`
	Marker      *CodeListItem       `bun:"rel:belongs-to,join:marker_id=id"`
	Governorate *AdministrativeUnit `bun:"rel:belongs-to,join:governorate_id=id"`
	District    *AdministrativeUnit `bun:"rel:belongs-to,join:district_id=id"`
	Funder      *Organization       `bun:"rel:belongs-to,join:funder_id=id"`
	Implementer *Organization       `bun:"rel:belongs-to,join:implementer_id=id"`
	Agreement   *Agreement          `bun:"rel:belongs-to,join:agreement_id=id"`
	FinanceType *CodeListItem       `bun:"rel:belongs-to,join:finance_type_id=id"`
}

// FundingExclusion is money that a table of funding left out, with the reason.
type FundingExclusion struct {
	bun.BaseModel `bun:"table:funding_exclusion"`

	Reason   string  `bun:"reason,pk,type:text"`
	Currency string  `bun:"currency,pk,type:text"`
	Amount   Decimal `bun:"amount,type:numeric,notnull"`
	Count    int     `bun:"count,type:integer,notnull"`
}

// FundingRate says which exchange rates of one currency and publisher a table of funding used.
type FundingRate struct {
	bun.BaseModel `bun:"table:funding_rate"`

	Currency   string  `bun:"currency,pk,type:text"`
	InCurrency string  `bun:"in_currency,type:text,notnull"`
	Source     string  `bun:"source,pk,type:text"`
	FirstDate  Date    `bun:"first_date,type:date,notnull"`
	LastDate   Date    `bun:"last_date,type:date,notnull"`
	Lowest     Decimal `bun:"lowest,type:numeric,notnull"`
	Highest    Decimal `bun:"highest,type:numeric,notnull"`
	Count      int     `bun:"count,type:integer,notnull"`
}

// FundingPredictability is what was budgeted and planned for a year against what was disbursed in it.
type FundingPredictability struct {
	bun.BaseModel `bun:"table:funding_predictability"`

	Year           int      `bun:"year,pk,type:integer"`
	Currency       string   `bun:"currency,pk,type:text"`
	Budget         *Decimal `bun:"budget,type:numeric"`
	Planned        *Decimal `bun:"planned,type:numeric"`
	Disbursed      *Decimal `bun:"disbursed,type:numeric"`
	Predictability *Decimal `bun:"predictability,type:numeric"` // disbursed, in per cent of planned
	Execution      *Decimal `bun:"execution,type:numeric"`      // disbursed, in per cent of the budget
}
