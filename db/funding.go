package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// MoneyTotal is a row of the functions that add up money: one total in one currency.
type MoneyTotal struct {
	bun.BaseModel `bun:"table:money_total"`

	Currency string  `bun:"currency,pk,type:text"`
	Amount   Decimal `bun:"amount,type:numeric,notnull"`
	Count    int     `bun:"count,type:integer,notnull"`
}

// Funding is the row of the function fn.funding: a table of money with its counting rule. Its key holds the question, from
// which fn.funding_rows, fn.funding_totals and fn.funding_excluded answer only what is asked for.
type Funding struct {
	bun.BaseModel `bun:"table:funding"`

	ID      json.RawMessage `bun:"id,pk,type:jsonb"`
	Measure string          `bun:"measure,type:text,notnull"`
	Rule    Texts           `bun:"rule,type:jsonb,notnull"`
}

// FundingRow is a row of a table of funding; only the dimensions asked for have values.
type FundingRow struct {
	bun.BaseModel `bun:"table:funding_row"`

	Year          *int    `bun:"year,type:integer"`
	Quarter       *int    `bun:"quarter,type:integer"`
	SectorID      *int64  `bun:"sector_id"`
	SdgID         *int64  `bun:"sdg_id"`
	GovernorateID *int64  `bun:"governorate_id"`
	DistrictID    *int64  `bun:"district_id"`
	FunderID      *int64  `bun:"funder_id"`
	ImplementerID *int64  `bun:"implementer_id"`
	AgreementID   *int64  `bun:"agreement_id"`
	FinanceTypeID *int64  `bun:"finance_type_id"`
	Status        *string `bun:"status,type:text"`
	Currency      string  `bun:"currency,type:text,notnull"`
	Amount        Decimal `bun:"amount,type:numeric,notnull"`
	Count         int     `bun:"count,type:integer,notnull"`

	Sector      *CodeListItem       `bun:"rel:belongs-to,join:sector_id=id"`
	Sdg         *CodeListItem       `bun:"rel:belongs-to,join:sdg_id=id"`
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
