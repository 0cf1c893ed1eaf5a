package db

import (
	"time"

	"github.com/uptrace/bun"
)

// ImportRun is what an import did, or how far one has come that is at work: a row of a view over the log that package imports writes.
type ImportRun struct {
	bun.BaseModel `bun:"table:import_run" taawun:"id=imp"`

	ID        int64      `bun:"id,pk"`
	Kind      string     `bun:"kind,type:text,notnull"`
	Name      string     `bun:"name,type:text,notnull"` // data set, or the files
	State     string     `bun:"state,type:text,notnull"`
	StartedAt time.Time  `bun:"started_at,type:timestamptz,notnull"`
	EndedAt   *time.Time `bun:"ended_at,type:timestamptz"`
	Progress  *float64   `bun:"progress,type:double precision"` // from 0 to 1
	Added     int        `bun:"added,type:integer,notnull"`
	Changed   int        `bun:"changed,type:integer,notnull"`
	Unchanged int        `bun:"unchanged,type:integer,notnull"`
	Refused   int        `bun:"refused,type:integer,notnull"`
	Noted     int        `bun:"noted,type:integer,notnull"`
	Summary   *string    `bun:"summary,type:text"`
	SummaryAr *string    `bun:"summary_ar,type:text"`

	Findings []*ImportFinding `bun:"rel:has-many,join:id=run_id"`
}

// ImportFinding is something of a file that was not taken over, or not as it stood.
type ImportFinding struct {
	bun.BaseModel `bun:"table:import_finding"`

	ID         int64   `bun:"id,pk"`
	RunID      int64   `bun:"run_id,notnull"`
	Kind       string  `bun:"kind,type:text,notnull"`
	Place      *string `bun:"place,type:text"`      // file, line, element
	Identifier *string `bun:"identifier,type:text"` // as its publisher has it
	Reason     string  `bun:"reason,type:text,notnull"`
	ReasonAr   string  `bun:"reason_ar,type:text,notnull"`

	Run *ImportRun `bun:"rel:belongs-to,join:run_id=id"`
}
