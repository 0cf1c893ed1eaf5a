package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// PendingChange is a change of a published record that waits for approval, shown side by side with what readers see and published or
// dropped as one.
type PendingChange struct {
	bun.BaseModel `bun:"table:pending_change" taawun:"id=pch"`

	ID          int64           `bun:"id,pk,autoincrement"`
	SubjectKind string          `bun:"subject_kind,type:text,notnull"`
	SubjectID   int64           `bun:"subject_id,type:bigint,notnull"`
	State       string          `bun:"state,type:text,notnull,nullzero,default:'DRAFT'"`
	Comment     *string         `bun:"comment,type:text"`
	AuthorID    int64           `bun:"author_id,notnull"`
	AuthorName  string          `bun:"author_name,type:text,notnull"` // as it was then: not everybody sees accounts
	CreatedAt   time.Time       `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt   time.Time       `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Fields      json.RawMessage `bun:"fields,type:jsonb,notnull,nullzero,default:'[]'"` // a list of PendingField
	Steps       json.RawMessage `bun:"steps,type:jsonb,notnull,nullzero,default:'[]'"`  // the inputs of which it is made

	Author  *Account `bun:"rel:belongs-to,join:author_id=id"`
	Subject any      `bun:"-" taawun:"poly=subject_kind;subject_id"`
}

// PendingField is one field of one row that a waiting change adds, changes or removes. It stands in PendingChange.Fields.
type PendingField struct {
	bun.BaseModel `bun:"table:pending_field"`

	Kind     string          `bun:"kind,type:text,notnull"`
	RecordID string          `bun:"record_id,type:text,notnull"` // the public id
	Action   string          `bun:"action,type:text,notnull"`
	Field    string          `bun:"field,type:text,notnull"` // as the contract spells it; a text is title.ar
	Before   json.RawMessage `bun:"before,type:jsonb"`
	After    json.RawMessage `bun:"after,type:jsonb"`
}
