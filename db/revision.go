package db

import (
	"encoding/json"
	"time"

	"github.com/uptrace/bun"
)

// Revision is one transaction that changed something: who, when, why and by which operation. Revisions are only ever added, and each
// holds the hash of the one before it (VerifyHistory).
type Revision struct {
	bun.BaseModel `bun:"table:revision" taawun:"id=rev"`

	ID           int64     `bun:"id,pk,autoincrement"`
	Number       *int64    `bun:"position,type:bigint"`     // place in the chain, from 1 without gaps; null until the transaction ends
	Position     *string   `bun:"place,scanonly,type:text"` // the same for readers, who take it as a text
	At           time.Time `bun:"at,type:timestamptz,notnull,nullzero,default:now()"`
	ActorID      *int64    `bun:"actor_id"`
	ActorName    *string   `bun:"actor_name,type:text"` // as it was then
	TokenID      *int64    `bun:"token_id,type:bigint"`
	Operation    string    `bun:"operation,type:text,notnull"` // name of the mutation or command
	Reason       *string   `bun:"reason,type:text"`
	RequestID    *string   `bun:"request_id,type:text"`
	IsBulk       bool      `bun:"is_bulk,type:boolean,notnull"` // a load of data, whose new rows are not entered one by one
	EntryCount   int       `bun:"entry_count,type:integer,notnull"`
	Digest       *string   `bun:"digest,type:text"`        // SHA-256 over its entries
	PreviousHash *string   `bun:"previous_hash,type:text"` // of the revision before it
	Hash         *string   `bun:"hash,type:text"`
	Xid          string    `bun:"xid,scanonly,type:xid8,notnull"`

	Actor   *Account       `bun:"rel:belongs-to,join:actor_id=id"`
	Changes []*FieldChange `bun:"rel:has-many,join:id=revision_id"`
}

// FieldChange is one field of one record that a revision changed. The texts of a record are changed as translations.
type FieldChange struct {
	bun.BaseModel `bun:"table:field_change" taawun:"id=fch"`

	ID         int64           `bun:"id,pk"`
	RevisionID int64           `bun:"revision_id,notnull"`
	At         time.Time       `bun:"at,type:timestamptz,notnull"`
	ActorID    *int64          `bun:"actor_id"`
	Kind       string          `bun:"kind,type:text,notnull"`       // type of the record
	RecordKey  *int64          `bun:"record_id,type:bigint"`        // null for a mere link
	RecordID   *string         `bun:"public_id,scanonly,type:text"` // its global id
	RootKind   string          `bun:"root_kind,type:text,notnull"`  // type of the record that it is a part of, or its own
	RootID     int64           `bun:"root_id,type:bigint,notnull"`
	Action     string          `bun:"action,type:text,notnull"`
	Field      string          `bun:"field,type:text,notnull"`         // as the contract spells it
	Before     json.RawMessage `bun:"told_before,scanonly,type:jsonb"` // of a link, the global id of the record
	After      json.RawMessage `bun:"told_after,scanonly,type:jsonb"`

	Revision *Revision `bun:"rel:belongs-to,join:revision_id=id"`
	Actor    *Account  `bun:"rel:belongs-to,join:actor_id=id"`
	Subject  any       `bun:"-" taawun:"poly=kind;record_id"`
	Root     any       `bun:"-" taawun:"poly=root_kind;root_id"`
}

// ChangeEvent is what a revision did to one record with all its parts: the source of the change feed. Whoever has read all up to a position
// resumes behind it and misses nothing.
type ChangeEvent struct {
	bun.BaseModel `bun:"table:change_event" taawun:"id=evt"`

	ID           int64     `bun:"id,pk,autoincrement"`
	RevisionID   int64     `bun:"revision_id,notnull"`              // empty for the public
	Number       int64     `bun:"position,type:bigint,notnull"`     // of the revision in the chain
	Position     string    `bun:"place,scanonly,type:text,notnull"` // where a reader resumes: the key
	Kind         string    `bun:"kind,type:text,notnull"`
	RecordID     int64     `bun:"record_id,type:bigint,notnull"`
	Action       string    `bun:"action,type:text,notnull"`
	At           time.Time `bun:"at,type:timestamptz,notnull"`
	Fields       []string  `bun:"fields,scanonly,type:text[],array,notnull"` // what changed, as far as the reader sees it: fields, and kinds of parts
	AllFields    []string  `bun:"all_fields,type:text[],array,notnull"`
	PublicFields []string  `bun:"public_fields,type:text[],array,notnull"`
	Published    bool      `bun:"published,type:boolean,notnull"` // the public saw something of it

	Revision *Revision `bun:"rel:belongs-to,join:revision_id=id"`
	Subject  any       `bun:"-" taawun:"poly=kind;record_id"`
}
