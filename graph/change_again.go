package graph

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// attempts is how often a change is made at most, while others that are made at the same moment get in its way.
const attempts = 5

// lostRace says whether PostgreSQL gave up a change only because of others at the same moment: of two transactions that wait for each other it ends
// one (deadlock_detected), and one whose order with others cannot be kept (serialization_failure). Nothing is wrong with such a change, and nothing
// of it has been kept: made again, it meets what the others have left.
func lostRace(out outcome, err error) bool {
	causes := []error{err}
	for _, p := range out.Problems {
		causes = append(causes, p.Cause)
	}
	for _, cause := range causes {
		var pg pgdriver.Error
		if errors.As(cause, &pg) && (pg.Field('C') == "40P01" || pg.Field('C') == "40001") {
			return true
		}
	}
	return false
}

// pause waits before the next attempt: longer after each, and at random, so that those who met do not meet again.
func pause(ctx context.Context, attempt int) error {
	wait := time.NewTimer(rand.N(10 * time.Millisecond << attempt))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
