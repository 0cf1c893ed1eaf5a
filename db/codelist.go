package db

import (
	"github.com/uptrace/bun"
)

// CodeList is a list of codes with names in several languages.
type CodeList struct {
	bun.BaseModel `bun:"table:code_list" taawun:"id=cdl"`

	ID          int64   `bun:"id,pk,autoincrement"`
	Name        string  `bun:"name,type:text,notnull"`
	Title       Texts   `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Description Texts   `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Source      *string `bun:"source,type:text"`
	URL         *string `bun:"url,type:text"`

	Items []*CodeListItem `bun:"rel:has-many,join:id=list_id"`
}

// CodeListItem is a code of a code list. Sectors, countries, goals, types and categories are all codes.
type CodeListItem struct {
	bun.BaseModel `bun:"table:code_list_item" taawun:"id=cod"`

	ID          int64  `bun:"id,pk,autoincrement"`
	ListID      int64  `bun:"list_id,notnull"`
	List        string `bun:"list,type:text,notnull"`
	Code        string `bun:"code,type:text,notnull"`
	Name        Texts  `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	Description Texts  `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	CategoryID  *int64 `bun:"category_id"`
	Status      string `bun:"status,type:text,notnull,nullzero,default:'ACTIVE'"`
	Version     int    `bun:"version,type:integer,notnull,nullzero,default:1"`
	Search      string `bun:"search,scanonly,type:text,notnull" taawun:"search"`

	CodeList       *CodeList     `bun:"rel:belongs-to,join:list_id=id"`
	Category       *CodeListItem `bun:"rel:belongs-to,join:category_id=id"`
	Projects       []*Project    `bun:"m2m:project_sector,join:Sector=Project"`
	TaggedProjects []*Project    `bun:"m2m:project_tag,join:Tag=Project"`
}
