package db

import (
	"time"

	"github.com/uptrace/bun"
)

// QualityFinding is a record that breaks a rule of quality: a row of a view over what base.judge_records has found.
type QualityFinding struct {
	bun.BaseModel `bun:"table:quality_finding" taawun:"id=qfi"`

	ID          int64     `bun:"id,pk"`
	Rule        string    `bun:"rule,type:text,notnull"`
	Category    string    `bun:"category,type:text,notnull"`
	Severity    string    `bun:"severity,type:text,notnull"`
	SubjectKind string    `bun:"subject_kind,type:text,notnull"`
	SubjectID   int64     `bun:"subject_id,type:bigint,notnull"`
	Field       string    `bun:"field,type:text,notnull"` // of the input of the record
	Occurrences int       `bun:"occurrences,type:integer,notnull"`
	OwnerID     *int64    `bun:"owner_id"`
	FunderID    *int64    `bun:"funder_id"`
	FoundAt     time.Time `bun:"found_at,type:timestamptz,notnull"`

	Subject any           `bun:"-" taawun:"poly=subject_kind;subject_id"`
	Owner   *MinistryUnit `bun:"rel:belongs-to,join:owner_id=id"`
	Funder  *Organization `bun:"rel:belongs-to,join:funder_id=id"`
}

// QualityRule is a rule that good records keep, with how many break it: a row of fn.quality_rules.
type QualityRule struct {
	bun.BaseModel `bun:"table:quality_rules"`

	Code        string `bun:"code,pk,type:text"`
	SubjectKind string `bun:"subject_kind,type:text,notnull"`
	Category    string `bun:"category,type:text,notnull"`
	Severity    string `bun:"severity,type:text,notnull"`
	Field       string `bun:"field,type:text,notnull"`
	Title       Texts  `bun:"title,type:jsonb,notnull"`
	Description Texts  `bun:"description,type:jsonb,notnull"`
	Count       int    `bun:"count,type:bigint,notnull"`
}

// QualityCount is how many records break a rule, by owner or by funder: a row of fn.quality_counts.
type QualityCount struct {
	bun.BaseModel `bun:"table:quality_counts"`

	Rule     string `bun:"rule,pk,type:text"`
	OwnerID  *int64 `bun:"owner_id"`
	FunderID *int64 `bun:"funder_id"`
	Count    int    `bun:"count,type:bigint,notnull"`

	Owner  *MinistryUnit `bun:"rel:belongs-to,join:owner_id=id"`
	Funder *Organization `bun:"rel:belongs-to,join:funder_id=id"`
}
