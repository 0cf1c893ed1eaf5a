package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Notice is a row of the function fn.notices: something that happened to the work of whoever asks, without their doing. Its key names what it is told from.
type Notice struct {
	bun.BaseModel `bun:"table:notice"`

	ID         json.RawMessage `bun:"id,pk,type:jsonb"`
	Kind       string          `bun:"kind,type:text,notnull"`
	At         time.Time       `bun:"at,type:timestamptz,notnull"`
	ActorName  *string         `bun:"actor_name,type:text"`
	Comment    *string         `bun:"comment,type:text"`
	RecordType string          `bun:"record_type,type:text,notnull"` // name of the type in the contract
	RecordID   int64           `bun:"record_id,notnull"`
	Field      *string         `bun:"field,type:text"`
	Status     *string         `bun:"status,type:text"`
	TaskID     *int64          `bun:"task_id"`
	ChangeID   *int64          `bun:"change_id"`
	IsSeen     bool            `bun:"is_seen,notnull"`

	Record any              `bun:"-" taawun:"poly=record_type;record_id"`
	Task   *TranslationTask `bun:"rel:belongs-to,join:task_id=id"`
	Change *PendingChange   `bun:"rel:belongs-to,join:change_id=id"`
}
