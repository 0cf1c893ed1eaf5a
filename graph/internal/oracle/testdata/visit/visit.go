package db

import "github.com/uptrace/bun"

// Visit is a visit to a project by people of the ministry.
type Visit struct {
	bun.BaseModel `bun:"table:visit" taawun:"id=vis"`

	ID        int64  `bun:"id,pk,autoincrement"`
	ProjectID int64  `bun:"project_id,notnull"`
	VisitedOn Date   `bun:"visited_on,type:date,notnull"`
	Purpose   string `bun:"purpose,type:text,notnull"`
	Findings  Texts  `bun:"findings,type:jsonb,notnull,nullzero,default:'{}'"`
	Cost      Money  `bun:"embed:cost_"`
	Published bool   `bun:"published,notnull"`

	Project *Project `bun:"rel:belongs-to,join:project_id=id"`
}
