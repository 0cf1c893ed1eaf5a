package db

import (
	"github.com/uptrace/bun"
)

// ExchangeRate is what one unit of a base currency is worth in another currency on one day, as its publisher quotes it.
type ExchangeRate struct {
	bun.BaseModel `bun:"table:exchange_rate" taawun:"id=rat"`

	ID           int64   `bun:"id,pk,autoincrement"`
	DataSetID    int64   `bun:"data_set_id,notnull"`
	BaseCurrency string  `bun:"base_currency,type:text,notnull"` // ISO 4217
	Currency     string  `bun:"currency,type:text,notnull"`      // ISO 4217
	Date         Date    `bun:"date,type:date,notnull"`
	Rate         Decimal `bun:"rate,type:numeric,notnull"`
	Source       string  `bun:"source,type:text,notnull"` // publisher

	DataSet *DataSet `bun:"rel:belongs-to,join:data_set_id=id"`
}

// ConvertedMoney is an amount in another currency than its own, with the exchange rate by which it was converted. Where there is no rate, the
// amount is nil and the reason says so.
type ConvertedMoney struct {
	bun.BaseModel `bun:"table:converted_money"`

	Amount   *Decimal `bun:"amount,type:numeric"`
	Currency string   `bun:"currency,type:text,notnull"`
	Rate     *Decimal `bun:"rate,type:numeric"` // units of the currency for one unit of the amount's own
	RateDate *Date    `bun:"rate_date,type:date"`
	Source   *string  `bun:"source,type:text"`
	Reason   *string  `bun:"reason,type:text"`
}
