package account

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// CalendarFeed is what a calendar program gets by the secret of its address, and nothing else.
type CalendarFeed struct {
	ID                   int64
	Account              int64 // for whom the agenda is read
	Name                 string
	Locale               string
	Kinds                []string // nil for all
	Owner, Organization  *int64
	IncludesConfidential bool
	AlarmDays            *int
}

// ByCalendar is the feed of a secret; ErrNobody if it is unknown or revoked, or its account is disabled.
func (s *Service) ByCalendar(ctx context.Context, secret string) (*CalendarFeed, error) {
	feed := &CalendarFeed{}
	err := s.gate.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		var stale bool
		err := tx.QueryRowContext(ctx, `select f.id, f.account_id, f.name, f.locale, f.kinds, f.owner_id, f.organization_id, f.includes_confidential, f.alarm_days,
				s.last_used_at is null or s.last_used_at < now() - interval '1 minute'
			from calendar_secret s join calendar_feed f on f.id = s.calendar_feed_id where s.token_hash = ?`, digest(secret)).
			Scan(&feed.ID, &feed.Account, &feed.Name, &feed.Locale, pgdialect.Array(&feed.Kinds), &feed.Owner, &feed.Organization, &feed.IncludesConfidential, &feed.AlarmDays, &stale)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNobody
		}
		if err != nil {
			return fmt.Errorf("looking for a calendar feed: %w", err)
		}
		if stale {
			_, err = tx.ExecContext(ctx, "update calendar_secret set last_used_at = now() where token_hash = ?", digest(secret))
		}
		return wrap(err, "noting that a calendar feed was used")
	})
	if err != nil {
		return nil, err
	}
	return feed, nil
}
