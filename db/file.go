package db

import (
	"time"

	"github.com/uptrace/bun"
)

// StoredFile is a file kept here, such as the certified copy of an agreement. Its content is read over HTTP only (base.file_content), by those who
// see a record that refers to it, and never changes.
type StoredFile struct {
	bun.BaseModel `bun:"table:stored_file" taawun:"id=fil"`

	ID             int64     `bun:"id,pk,autoincrement"`
	Name           string    `bun:"name,type:text,notnull"`
	MediaType      string    `bun:"media_type,type:text,notnull"` // found from the content
	ByteSize       int       `bun:"byte_size,type:integer,notnull"`
	Sha256         string    `bun:"sha256,type:text,notnull"` // hexadecimal
	URL            string    `bun:"url,scanonly,type:text,notnull"`
	UploadedAt     time.Time `bun:"uploaded_at,type:timestamptz,notnull,nullzero,default:now()"`
	UploadedByID   *int64    `bun:"uploaded_by_id"`
	UploadedByName *string   `bun:"uploaded_by_name,type:text"`
}
