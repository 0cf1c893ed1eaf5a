package db

import (
	"encoding/json"

	"github.com/uptrace/bun"
)

// SearchHit is a row of the function fn.search: a record in which every word looked for occurs. Its key holds the question, from which
// fn.search_hit_highlight and fn.search_hit_locale answer only where they are asked.
type SearchHit struct {
	bun.BaseModel `bun:"table:search_hit"`

	ID         json.RawMessage `bun:"id,pk,type:jsonb"`
	RecordType string          `bun:"record_type,type:text,notnull"` // name of the type in the contract
	RecordID   int64           `bun:"record_id,notnull"`
	Kind       string          `bun:"kind,type:text,notnull"`
	Score      float64         `bun:"score,type:double precision,notnull"`
	Record     any             `bun:"-" taawun:"poly=record_type;record_id"`
}
