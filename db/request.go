package db

import (
	"time"

	"github.com/uptrace/bun"
)

// TranslationRequest is a document that is to be translated. Its steps, and who takes them, are guarded by base.guard_request.
type TranslationRequest struct {
	bun.BaseModel `bun:"table:translation_request" taawun:"id=trq"`

	ID               int64     `bun:"id,pk,autoincrement"`
	Code             string    `bun:"code,type:text,notnull"`
	Title            Texts     `bun:"title,type:jsonb,notnull,nullzero,default:'{}'"`
	Purpose          *string   `bun:"purpose,type:text"`
	RequesterName    *string   `bun:"requester_name,type:text"` // as people say it; often somebody without an account
	RequesterID      *int64    `bun:"requester_id"`
	AssigneeID       *int64    `bun:"assignee_id"`
	AssigneeName     *string   `bun:"assignee_name,scanonly,type:text"` // for those who see no accounts
	AgreementID      *int64    `bun:"agreement_id"`
	SourceLocale     string    `bun:"source_locale,type:text,notnull"`
	Locale           string    `bun:"locale,type:text,notnull"`
	Priority         string    `bun:"priority,type:text,notnull,nullzero,default:'NORMAL'"`
	DueOn            *Date     `bun:"due_on,type:date"`
	IsConfidential   bool      `bun:"is_confidential,type:boolean,notnull,nullzero,default:false"`
	Pages            *int      `bun:"pages,type:integer"`
	Status           string    `bun:"status,type:text,notnull,nullzero,default:'REQUESTED'"`
	Comment          *string   `bun:"comment,type:text"` // said at the last step
	FileID           *int64    `bun:"file_id"`
	TranslatedFileID *int64    `bun:"translated_file_id"`
	Version          int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt        time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt        time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`

	Requester      *Account                   `bun:"rel:belongs-to,join:requester_id=id"`
	Assignee       *Account                   `bun:"rel:belongs-to,join:assignee_id=id"`
	Agreement      *Agreement                 `bun:"rel:belongs-to,join:agreement_id=id"`
	File           *StoredFile                `bun:"rel:belongs-to,join:file_id=id"`
	TranslatedFile *StoredFile                `bun:"rel:belongs-to,join:translated_file_id=id"`
	Events         []*TranslationRequestEvent `bun:"rel:has-many,join:id=request_id"`
}

// TranslationRequestEvent is a step of a translation request, written by its trigger.
type TranslationRequestEvent struct {
	bun.BaseModel `bun:"table:translation_request_event"`

	ID        int64     `bun:"id,pk,autoincrement"`
	RequestID int64     `bun:"request_id,notnull"`
	At        time.Time `bun:"at,type:timestamptz,notnull,nullzero,default:now()"`
	ActorID   *int64    `bun:"actor_id"`
	ActorName *string   `bun:"actor_name,type:text"` // as it was then: not everybody sees accounts
	Status    string    `bun:"status,type:text,notnull"`
	Comment   *string   `bun:"comment,type:text"`
	TakesBack bool      `bun:"takes_back,notnull,nullzero,default:false"` // the step before it

	Request *TranslationRequest `bun:"rel:belongs-to,join:request_id=id"`
}
