package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Translation is one text of one field of one record in one language. Who brings it to which status says base.guard_translation.
type Translation struct {
	bun.BaseModel `bun:"table:translation" taawun:"id=trn"`

	ID           int64     `bun:"id,pk,autoincrement"`
	SubjectID    int64     `bun:"subject_id,type:bigint,notnull"`
	SubjectKind  string    `bun:"subject_kind,type:text,notnull"`
	Field        string    `bun:"field,type:text,notnull"`
	Locale       string    `bun:"locale,type:text,notnull"`
	Text         string    `bun:"text,type:text,notnull"`
	Status       string    `bun:"status,type:text,notnull"`
	IsStale      bool      `bun:"is_stale,scanonly,type:boolean,notnull"`
	SourceLocale *string   `bun:"source_locale,type:text"`
	SourceDigest *string   `bun:"source_digest,type:text"`
	Digest       *string   `bun:"digest,scanonly,type:text,notnull"`
	Method       string    `bun:"method,type:text,notnull,nullzero,default:'HUMAN'"`
	Translator   *string   `bun:"translator,type:text"`
	Reviewer     *string   `bun:"reviewer,type:text"`
	Certifier    *string   `bun:"certifier,type:text"`
	TranslatorID *int64    `bun:"translator_id,type:bigint"` // may neither review nor certify
	ReviewerID   *int64    `bun:"reviewer_id,type:bigint"`
	CertifierID  *int64    `bun:"certifier_id,type:bigint"`
	Comment      *string   `bun:"comment,type:text"` // why it was returned
	Version      int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt    time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt    time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Published    bool      `bun:"published,notnull"`

	Proposal TranslationProposal `bun:"embed:proposal_"`

	Subject any `bun:"-" taawun:"poly=subject_kind;subject_id"`
}
