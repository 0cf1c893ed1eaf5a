package db

// Date is a calendar date, YYYY-MM-DD. It has no time of day and no zone, so it is no time.Time.
type Date string

// Decimal is a number of any precision in PostgreSQL's notation; money is never a float.
type Decimal string

// Money is an amount in its original currency. Both parts are empty where the amount is not known.
type Money struct {
	Amount   Decimal `bun:"amount,type:numeric,nullzero"`
	Currency string  `bun:"currency,type:text,nullzero"` // ISO 4217
}
