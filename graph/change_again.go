package graph

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"taawun/graph/change"
)

// attempts is how often a change is made at most, while others that are made at the same moment get in its way.
const attempts = 5

// lostRace says whether a change has come to nothing only because of others at the same moment.
func lostRace(out outcome, err error) bool {
	return change.LostRace(err) || slices.ContainsFunc(out.Problems, func(p change.Problem) bool { return change.LostRace(p.Cause) })
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
