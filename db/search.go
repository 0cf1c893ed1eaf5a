package db

import "github.com/uptrace/bun"

// SearchHit is a row of the function fn.search: a record in which every word looked for occurs.
type SearchHit struct {
	bun.BaseModel `bun:"table:search_hit"`

	RecordType string  `bun:"record_type,pk,type:text"` // name of the type in the contract
	RecordID   int64   `bun:"record_id,pk"`
	Kind       string  `bun:"kind,type:text,notnull"`
	Score      float64 `bun:"score,type:double precision,notnull"`
	Highlight  string  `bun:"highlight,type:text,notnull"`
	Locale     *string `bun:"locale,type:text"`
	Record     any     `bun:"-" taawun:"poly=record_type;record_id"`
}
