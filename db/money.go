package db

import (
	"github.com/uptrace/bun"
)

// Transaction is a movement or promise of money, in its original currency.
type Transaction struct {
	bun.BaseModel `bun:"table:transaction" taawun:"id=txn"`

	ID                    int64   `bun:"id,pk,autoincrement"`
	ProjectID             int64   `bun:"project_id,notnull"`
	Position              int     `bun:"position,type:integer,notnull"`
	Ref                   *string `bun:"ref,type:text"`
	Type                  string  `bun:"type,type:text,notnull"`
	IsHumanitarian        bool    `bun:"is_humanitarian,type:boolean,notnull"`
	Date                  Date    `bun:"date,type:date,notnull"`
	Value                 Money   `bun:"embed:value_"`
	ValueDate             *Date   `bun:"value_date,type:date"`
	Description           Texts   `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	ProviderID            *int64  `bun:"provider_id"`
	ProviderName          Texts   `bun:"provider_name,type:jsonb,notnull,nullzero,default:'{}'"`
	ProviderRef           *string `bun:"provider_ref,type:text"`
	ProviderActivity      *string `bun:"provider_activity,type:text"`
	ReceiverID            *int64  `bun:"receiver_id"`
	ReceiverName          Texts   `bun:"receiver_name,type:jsonb,notnull,nullzero,default:'{}'"`
	ReceiverRef           *string `bun:"receiver_ref,type:text"`
	ReceiverActivity      *string `bun:"receiver_activity,type:text"`
	DisbursementChannelID *int64  `bun:"disbursement_channel_id"`
	FlowTypeID            *int64  `bun:"flow_type_id"`
	FinanceTypeID         *int64  `bun:"finance_type_id"`
	AidTypeID             *int64  `bun:"aid_type_id"`
	TiedStatusID          *int64  `bun:"tied_status_id"`
	CountryID             *int64  `bun:"country_id"`
	RegionID              *int64  `bun:"region_id"`
	Published             bool    `bun:"published,notnull"`

	Project             *Project             `bun:"rel:belongs-to,join:project_id=id"`
	Provider            *Organization        `bun:"rel:belongs-to,join:provider_id=id"`
	Receiver            *Organization        `bun:"rel:belongs-to,join:receiver_id=id"`
	DisbursementChannel *CodeListItem        `bun:"rel:belongs-to,join:disbursement_channel_id=id"`
	FlowType            *CodeListItem        `bun:"rel:belongs-to,join:flow_type_id=id"`
	FinanceType         *CodeListItem        `bun:"rel:belongs-to,join:finance_type_id=id"`
	AidType             *CodeListItem        `bun:"rel:belongs-to,join:aid_type_id=id"`
	TiedStatus          *CodeListItem        `bun:"rel:belongs-to,join:tied_status_id=id"`
	Country             *CodeListItem        `bun:"rel:belongs-to,join:country_id=id"`
	Region              *CodeListItem        `bun:"rel:belongs-to,join:region_id=id"`
	Sectors             []*TransactionSector `bun:"rel:has-many,join:id=transaction_id"`
}

// TransactionSector is a sector of a transaction.
type TransactionSector struct {
	bun.BaseModel `bun:"table:transaction_sector" taawun:"id=tsc"`

	ID            int64    `bun:"id,pk,autoincrement"`
	TransactionID int64    `bun:"transaction_id,notnull"`
	SectorID      int64    `bun:"sector_id,notnull"`
	Percentage    *Decimal `bun:"percentage,type:numeric"`
	Published     bool     `bun:"published,notnull"`

	Transaction *Transaction  `bun:"rel:belongs-to,join:transaction_id=id"`
	Sector      *CodeListItem `bun:"rel:belongs-to,join:sector_id=id"`
}

// Budget is the budget of a project for one period.
type Budget struct {
	bun.BaseModel `bun:"table:budget" taawun:"id=bud"`

	ID          int64  `bun:"id,pk,autoincrement"`
	ProjectID   int64  `bun:"project_id,notnull"`
	Position    int    `bun:"position,type:integer,notnull"`
	Type        string `bun:"type,type:text,notnull,nullzero,default:'ORIGINAL'"`
	Status      string `bun:"status,type:text,notnull,nullzero,default:'INDICATIVE'"`
	PeriodStart Date   `bun:"period_start,type:date,notnull"`
	PeriodEnd   Date   `bun:"period_end,type:date,notnull"`
	Value       Money  `bun:"embed:value_"`
	ValueDate   *Date  `bun:"value_date,type:date"`
	Published   bool   `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}

// PlannedDisbursement is a disbursement that is planned for one period.
type PlannedDisbursement struct {
	bun.BaseModel `bun:"table:planned_disbursement" taawun:"id=pld"`

	ID           int64   `bun:"id,pk,autoincrement"`
	ProjectID    int64   `bun:"project_id,notnull"`
	Position     int     `bun:"position,type:integer,notnull"`
	Type         *string `bun:"type,type:text"`
	PeriodStart  Date    `bun:"period_start,type:date,notnull"`
	PeriodEnd    *Date   `bun:"period_end,type:date"`
	Value        Money   `bun:"embed:value_"`
	ValueDate    *Date   `bun:"value_date,type:date"`
	ProviderID   *int64  `bun:"provider_id"`
	ProviderName Texts   `bun:"provider_name,type:jsonb,notnull,nullzero,default:'{}'"`
	ProviderRef  *string `bun:"provider_ref,type:text"`
	ReceiverID   *int64  `bun:"receiver_id"`
	ReceiverName Texts   `bun:"receiver_name,type:jsonb,notnull,nullzero,default:'{}'"`
	ReceiverRef  *string `bun:"receiver_ref,type:text"`
	Published    bool    `bun:"published,notnull"`

	Project  *Project      `bun:"rel:belongs-to,join:project_id=id"`
	Provider *Organization `bun:"rel:belongs-to,join:provider_id=id"`
	Receiver *Organization `bun:"rel:belongs-to,join:receiver_id=id"`
}
