package db

import (
	"time"

	"github.com/uptrace/bun"
)

// GlossaryTerm is a term with the translation that the directorate has settled on, or one that is to be avoided. The function
// fn.glossary_hits finds those that occur in a text.
type GlossaryTerm struct {
	bun.BaseModel `bun:"table:glossary_term" taawun:"id=glo"`

	ID           int64     `bun:"id,pk,autoincrement"`
	SourceLocale string    `bun:"source_locale,type:text,notnull"`
	Term         string    `bun:"term,type:text,notnull"`
	Locale       string    `bun:"locale,type:text,notnull"`
	Translation  string    `bun:"translation,type:text,notnull"`
	Domain       *string   `bun:"domain,type:text"`
	Note         *string   `bun:"note,type:text"`
	IsForbidden  bool      `bun:"is_forbidden,type:boolean,notnull,nullzero,default:false"`
	Search       string    `bun:"search,scanonly,type:text,notnull" taawun:"search"`
	Version      int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt    time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt    time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
}
