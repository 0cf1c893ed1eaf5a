package db

import (
	"time"

	"github.com/uptrace/bun"
)

// TranslationProposal is a newer text that waits beside one that readers see, until somebody else has reviewed it.
type TranslationProposal struct {
	Text         *string    `bun:"text,type:text"`
	Method       *string    `bun:"method,type:text"`
	Translator   *string    `bun:"translator,type:text"`
	TranslatorID *int64     `bun:"translator_id,type:bigint"`
	SourceDigest *string    `bun:"source_digest,type:text"`
	MadeAt       *time.Time `bun:"made_at,type:timestamptz"`
}

// TranslationTask is what is to be done about one text in one working language: a row of a view, computed when it is asked for.
type TranslationTask struct {
	bun.BaseModel `bun:"table:translation_task" taawun:"id=ttk"`

	ID            int64     `bun:"id,pk"` // that of the original and of the language, which stays
	Task          string    `bun:"task,type:text,notnull"`
	SubjectKind   string    `bun:"subject_kind,type:text,notnull"`
	SubjectID     int64     `bun:"subject_id,type:bigint,notnull"`
	Field         string    `bun:"field,type:text,notnull"`
	Locale        string    `bun:"locale,type:text,notnull"`
	SourceText    string    `bun:"source_text,type:text,notnull"`
	SourceLocale  string    `bun:"source_locale,type:text,notnull"`
	SourceDigest  string    `bun:"source_digest,type:text,notnull"`
	TranslationID *int64    `bun:"translation_id"`
	UpdatedAt     time.Time `bun:"updated_at,type:timestamptz,notnull"`
	SourceThen    *string   `bun:"source_then,type:text"` // nil unless the source has changed since it was translated

	Subject     any          `bun:"-" taawun:"poly=subject_kind;subject_id"`
	Translation *Translation `bun:"rel:belongs-to,join:translation_id=id"`
}

// WorkingLocale is a language into which every text is to be translated.
type WorkingLocale struct {
	bun.BaseModel `bun:"table:working_locale" taawun:"id=wlo"`

	ID        int64     `bun:"id,pk,autoincrement"`
	Locale    string    `bun:"locale,type:text,notnull"`
	Version   int       `bun:"version,type:integer,notnull,nullzero,default:1"`
	CreatedAt time.Time `bun:"created_at,type:timestamptz,notnull,nullzero,default:now()"`
	UpdatedAt time.Time `bun:"updated_at,type:timestamptz,notnull,nullzero,default:now()"`
}

// TranslationCoverage is how far the texts of one kind of record are translated into one language: a row of fn.translation_coverage. Every text
// counts once under missing or its status, and besides under stale.
type TranslationCoverage struct {
	bun.BaseModel `bun:"table:translation_coverage"`

	SubjectKind string `bun:"subject_kind,type:text,notnull"`
	Locale      string `bun:"locale,type:text,notnull"`
	Total       int    `bun:"total,type:integer,notnull"`
	Missing     int    `bun:"missing,type:integer,notnull"`
	Stale       int    `bun:"stale,type:integer,notnull"`
	Machine     int    `bun:"machine,type:integer,notnull"`
	Draft       int    `bun:"draft,type:integer,notnull"`
	Reviewed    int    `bun:"reviewed,type:integer,notnull"`
	Certified   int    `bun:"certified,type:integer,notnull"`
}

// TranslationSuggestion is an earlier translation of the same or a similar text: a row of fn.translation_suggestions.
type TranslationSuggestion struct {
	bun.BaseModel `bun:"table:translation_suggestion"`

	Source     string  `bun:"source,type:text,notnull"`
	Text       string  `bun:"text,type:text,notnull"`
	Similarity float64 `bun:"similarity,type:double precision,notnull"` // of the normal forms, from 0.4; 1 is the very text
	Status     string  `bun:"status,type:text,notnull"`
	Uses       int     `bun:"uses,type:integer,notnull"`
}

// Translator is somebody who may be given a request for translation: a row of fn.translators. A name is all that others see of an account.
type Translator struct {
	bun.BaseModel `bun:"table:translator"`

	AccountID    string   `bun:"account_id,type:text,notnull"` // a finished id
	Name         string   `bun:"name,type:text,notnull"`
	Roles        []string `bun:"roles,type:text[],array,notnull"`
	OpenRequests int      `bun:"open_requests,type:integer,notnull"`
}
