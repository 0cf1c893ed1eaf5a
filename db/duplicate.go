package db

import (
	"time"

	"github.com/uptrace/bun"
)

// OrganizationDuplicate is two organizations that may be one: a row of a view over what base.pair_organizations has found.
type OrganizationDuplicate struct {
	bun.BaseModel `bun:"table:organization_duplicate" taawun:"id=odu"`

	ID         int64    `bun:"id,pk"`
	FirstID    int64    `bun:"first_id,notnull"`
	SecondID   int64    `bun:"second_id,notnull"`
	Score      float64  `bun:"score,type:double precision,notnull"`
	Reasons    []string `bun:"reasons,type:text[],array,notnull"`
	Identifier *string  `bun:"identifier,type:text"`

	First  *Organization `bun:"rel:belongs-to,join:first_id=id"`
	Second *Organization `bun:"rel:belongs-to,join:second_id=id"`
}

// OrganizationDistinction is two organizations that look alike and are not one, as a person has found.
type OrganizationDistinction struct {
	bun.BaseModel `bun:"table:organization_distinction" taawun:"id=odi"`

	ID        int64     `bun:"id,pk,autoincrement"`
	FirstID   int64     `bun:"first_id,notnull"`
	SecondID  int64     `bun:"second_id,notnull"`
	Note      *string   `bun:"note,type:text"`
	Version   int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`

	First  *Organization `bun:"rel:belongs-to,join:first_id=id"`
	Second *Organization `bun:"rel:belongs-to,join:second_id=id"`
}
