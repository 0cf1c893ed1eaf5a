package db

import (
	"time"

	"github.com/uptrace/bun"
)

// Page is a page of the portal that people write, such as what the directorate is and how figures are counted. Its body is Markdown.
type Page struct {
	bun.BaseModel `bun:"table:page" taawun:"id=pag"`

	ID             int64     `bun:"id,pk,autoincrement"`
	Slug           string    `bun:"slug,type:text,notnull"`
	State          string    `bun:"state,type:text,notnull,nullzero,default:'DRAFT'"`
	StateComment   *string   `bun:"state_comment,type:text"` // said at the last step; not for the public
	OriginalLocale string    `bun:"original_locale,type:text,notnull,nullzero,default:'ar'"`
	Position       int       `bun:"position,type:integer,notnull"`
	Title          Texts     `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Lead           Texts     `bun:"lead,type:jsonb,notnull,nullzero,default:'{}'"`
	Body           Texts     `bun:"body,type:jsonb,notnull,nullzero,default:'{}'"`
	Version        int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt      time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt      time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
	Published      bool      `bun:"published,scanonly"`

	Translations   []*Translation   `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Page"`
	PendingChanges []*PendingChange `bun:"rel:has-many,join:id=subject_id,join:type=subject_kind,polymorphic:Page"`
	History        []*FieldChange   `bun:"rel:has-many,join:id=root_id,join:type=root_kind,polymorphic:Page"`
}
