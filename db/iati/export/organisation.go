package export

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// OrganisationOptions say which organizations are exported. Zero values mean all that are kept here.
type OrganisationOptions struct {
	// All adds the organizations that are kept by no unit of the ministry: those that came from other publishers.
	All bool
	// Organization keeps only the organization with this code or IATI identifier.
	Organization string
	// Publisher is the IATI identifier under which the ministry publishes, and so reports of others. Its own record is always among those kept here.
	// Without a publisher each organization speaks for itself.
	Publisher string
	// Pause is called between batches, while no connection is held: with the bytes written so far.
	Pause func(written int64) error
}

// Organisations writes a file of organisations. The pool is of the role db.Public. Of money it tells nothing: what the standard asks for is the budget of
// a whole organisation, and what is known here is that of projects.
func Organisations(ctx context.Context, pool *bun.DB, out io.Writer, o OrganisationOptions) (Summary, error) {
	known, after := newLookups(), int64(0)
	return file(out, "iati-organisations", o.Pause, func(w *writer, done *Summary) (bool, error) {
		var found []*db.Organization
		var publisher organization
		// One snapshot for the batch.
		err := pool.RunInTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}, func(ctx context.Context, tx bun.Tx) (err error) {
			if err := o.selection(tx, &found, after).Scan(ctx); err != nil {
				return fmt.Errorf("read organizations: %w", err)
			}
			var types []int64
			for _, one := range found {
				types = append(types, idOf(one.TypeID)...)
			}
			if err := known.codesOf(ctx, tx, types...); err != nil {
				return err
			}
			publisher, err = publisherOf(ctx, tx, o.Publisher, known)
			return err
		})
		if err != nil {
			return false, err
		}
		for _, one := range found {
			after = one.ID
			if one.IatiIdentifier == nil {
				done.LeftOut = append(done.LeftOut, LeftOut{one.Code, "it has no IATI identifier"})
				continue
			}
			reporter := publisher
			if reporter.ref == "" {
				reporter = known.told(one)
			}
			w.organisation(one, reporter)
			done.Written++
		}
		return len(found) > 0, nil
	})
}

// selection asks for a batch of organizations with their documents. Of those that were found to be one, the one that stayed is told.
func (o OrganisationOptions) selection(tx bun.IDB, into *[]*db.Organization, after int64) *bun.SelectQuery {
	q := tx.NewSelect().Model(into).Where("organization.id > ?", after).Where("organization.merged_into_id is null").OrderExpr("organization.id").Limit(batchSize).
		Relation("Documents", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("position", "id") }).
		Relation("Documents.Categories", func(q *bun.SelectQuery) *bun.SelectQuery { return q.Order("code") })
	if !o.All {
		q = q.Where("organization.owner_id is not null or lower(organization.iati_identifier) = lower(?)", o.Publisher)
	}
	if o.Organization != "" {
		q = q.Where("organization.code = ? or organization.iati_identifier = ?", o.Organization, o.Organization)
	}
	return q
}

// organisation writes one organization, its elements in the order that the schema demands.
func (w *writer) organisation(o *db.Organization, reporter organization) {
	w.locale = o.OriginalLocale
	w.start("iati-organisation", "xml:lang", o.OriginalLocale, "last-updated-datetime", o.UpdatedAt.UTC().Format(time.RFC3339))
	w.text("organisation-identifier", *o.IatiIdentifier)
	w.demanded("name", o.Name, o.Code)
	w.demanded("reporting-org", reporter.name, reporter.ref, "ref", reporter.ref, "type", reporter.typ, "secondary-reporter", flag(!strings.EqualFold(reporter.ref, *o.IatiIdentifier)))
	for _, d := range o.Documents {
		w.document(d)
	}
	w.end()
}
