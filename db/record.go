package db

import (
	"time"

	"github.com/uptrace/bun"
)

// MinistryUnit is a unit of the ministry that keeps records.
type MinistryUnit struct {
	bun.BaseModel `bun:"table:ministry_unit" taawun:"id=min"`

	ID       int64  `bun:"id,pk,autoincrement"`
	Code     string `bun:"code,type:text,notnull"`
	Name     Texts  `bun:"name,type:jsonb,notnull,nullzero,default:'{}'"`
	ParentID *int64 `bun:"parent_id"`
	Version  int    `bun:"version,type:integer,notnull,nullzero,default:1"`

	Parent   *MinistryUnit   `bun:"rel:belongs-to,join:parent_id=id"`
	Children []*MinistryUnit `bun:"rel:has-many,join:id=parent_id"`
}

// Document is a document about a record, kept elsewhere.
type Document struct {
	bun.BaseModel `bun:"table:document" taawun:"id=doc"`

	ID           int64    `bun:"id,pk,autoincrement"`
	SubjectKind  string   `bun:"subject_kind,type:text,notnull"`
	SubjectID    int64    `bun:"subject_id,type:bigint,notnull"`
	Position     int      `bun:"position,type:integer,notnull"`
	URL          string   `bun:"url,type:text,notnull"`
	Title        Texts    `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Description  Texts    `bun:"description,type:jsonb,notnull,nullzero,default:'{}'"`
	Format       *string  `bun:"format,type:text"`
	Languages    []string `bun:"languages,type:text[],array,notnull,nullzero,default:'{}'"`
	DocumentDate *Date    `bun:"document_date,type:date"`
	Published    bool     `bun:"published,notnull"`

	Categories []*CodeListItem `bun:"m2m:document_category,join:Document=Category"`
}

// DocumentCategory files a document under a category.
type DocumentCategory struct {
	bun.BaseModel `bun:"table:document_category"`

	DocumentID int64 `bun:"document_id,pk,notnull"`
	CategoryID int64 `bun:"category_id,pk,notnull"`

	Document *Document     `bun:"rel:belongs-to,join:document_id=id"`
	Category *CodeListItem `bun:"rel:belongs-to,join:category_id=id"`
}

// DataSet is a set of data that was brought into the system.
type DataSet struct {
	bun.BaseModel `bun:"table:data_set" taawun:"id=dst"`

	ID              int64      `bun:"id,pk,autoincrement"`
	Name            string     `bun:"name,type:text,notnull"`
	Kind            string     `bun:"kind,type:text,notnull"`
	Publisher       *string    `bun:"publisher,type:text"`
	URL             *string    `bun:"url,type:text"`
	Licence         *string    `bun:"licence,type:text"`
	IsDemonstration bool       `bun:"is_demonstration,type:boolean,notnull"`
	ImportedAt      *time.Time `bun:"imported_at,type:timestamptz"`
}

// Source is a data set from which a record came.
type Source struct {
	bun.BaseModel `bun:"table:source"`

	ID          int64     `bun:"id,pk,autoincrement"`
	SubjectKind string    `bun:"subject_kind,type:text,notnull"`
	SubjectID   int64     `bun:"subject_id,type:bigint,notnull"`
	DataSetID   int64     `bun:"data_set_id,notnull"`
	Identifier  string    `bun:"identifier,type:text,notnull"`
	Hash        *string   `bun:"hash,type:text"`
	FetchedAt   time.Time `bun:"fetched_at,type:timestamptz,notnull,nullzero,default:now()"`
	Content     *string   `bun:"content,type:text"`
	Published   bool      `bun:"published,notnull"`

	DataSet *DataSet `bun:"rel:belongs-to,join:data_set_id=id"`
}
