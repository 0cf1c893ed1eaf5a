package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Account is a person who may sign in. How he proves who he is stands in the schema auth, out of reach of everything but the sign-in.
type Account struct {
	bun.BaseModel `bun:"table:account" taawun:"id=acc"`

	ID         int64      `bun:"id,pk,autoincrement"`
	Login      string     `bun:"login,type:text,notnull"` // unique whatever its case
	Name       string     `bun:"name,type:text,notnull"`
	Email      *string    `bun:"email,type:text"`
	Locale     string     `bun:"locale,type:text,notnull,nullzero,default:'ar'"` // BCP-47
	DisabledAt *time.Time `bun:"disabled_at,type:timestamptz"`
	IsDisabled bool       `bun:"is_disabled,scanonly,type:boolean,notnull"`
	Version    int        `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt  time.Time  `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt  time.Time  `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	LastSeenAt *time.Time `bun:"last_seen_at,scanonly,type:timestamptz"` // to the minute

	WantsDigest bool `bun:"wants_digest,type:boolean,notnull"` // is told by e-mail each day what is due

	Roles  []*AccountRole `bun:"rel:has-many,join:id=account_id"`
	Tokens []*ApiToken    `bun:"rel:has-many,join:id=account_id"`

	CalendarFeeds []*CalendarFeed `bun:"rel:has-many,join:id=account_id"`
}

// AccountRole is what an account may do: a role, for the whole ministry or for one of its units and those below it; a PARTNER has the
// role for one organization.
type AccountRole struct {
	bun.BaseModel `bun:"table:account_role" taawun:"id=acr"`

	ID             int64  `bun:"id,pk,autoincrement"`
	AccountID      int64  `bun:"account_id,notnull"`
	Role           string `bun:"role,type:text,notnull"`
	MinistryUnitID *int64 `bun:"ministry_unit_id"`
	OrganizationID *int64 `bun:"organization_id"`

	Account      *Account      `bun:"rel:belongs-to,join:account_id=id"`
	MinistryUnit *MinistryUnit `bun:"rel:belongs-to,join:ministry_unit_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}

// ApiToken is a token with which a program acts for an account, in some of its roles and for some time. Named as the contract names it.
type ApiToken struct {
	bun.BaseModel `bun:"table:api_token" taawun:"id=tok"`

	ID         int64      `bun:"id,pk,autoincrement"`
	AccountID  int64      `bun:"account_id,notnull"`
	Name       string     `bun:"name,type:text,notnull"`
	Roles      []string   `bun:"roles,type:text[],array,notnull"`
	ReadOnly   bool       `bun:"read_only,type:boolean,notnull"`
	CreatedAt  time.Time  `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	ExpiresAt  time.Time  `bun:"expires_at,type:timestamptz,notnull"`
	RevokedAt  *time.Time `bun:"revoked_at,type:timestamptz"`
	LastUsedAt *time.Time `bun:"last_used_at,scanonly,type:timestamptz"` // to the minute

	Account *Account `bun:"rel:belongs-to,join:account_id=id"`
}

// CalendarFeed is an address at which a calendar program finds what is due for a person. What makes it hard to guess stands in the schema auth, hashed.
type CalendarFeed struct {
	bun.BaseModel `bun:"table:calendar_feed" taawun:"id=cal"`

	ID                   int64      `bun:"id,pk,autoincrement"`
	AccountID            int64      `bun:"account_id,notnull"`
	Name                 string     `bun:"name,type:text,notnull"`
	Locale               string     `bun:"locale,type:text,notnull"`
	Kinds                []string   `bun:"kinds,type:text[],array"` // all of them if null
	OwnerID              *int64     `bun:"owner_id"`
	OrganizationID       *int64     `bun:"organization_id"`
	IncludesConfidential bool       `bun:"includes_confidential,type:boolean,notnull"`
	AlarmDays            *int       `bun:"alarm_days,type:integer"`
	CreatedAt            time.Time  `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	RevokedAt            *time.Time `bun:"revoked_at,type:timestamptz"`
	LastUsedAt           *time.Time `bun:"last_used_at,scanonly,type:timestamptz"` // to the minute

	Account      *Account      `bun:"rel:belongs-to,join:account_id=id"`
	Owner        *MinistryUnit `bun:"rel:belongs-to,join:owner_id=id"`
	Organization *Organization `bun:"rel:belongs-to,join:organization_id=id"`
}
