package graph

import (
	"context"
	"fmt"

	"taawun/graph/change"
)

// seeNotices notes up to when the viewer has seen what happened to their work.
func seeNotices(ctx context.Context, w *work) (outcome, error) {
	out := outcome{Kind: "Account"}
	err := w.Tx.QueryRowContext(ctx, "select base.see_notices($1::timestamptz)", w.Input["upTo"]).Scan(&out.Key)
	if problem, ok := change.Refusal(err, "upTo"); ok {
		return outcome{Problems: []change.Problem{problem}}, nil
	}
	if err != nil {
		return out, fmt.Errorf("note what somebody has seen: %w", err)
	}
	return out, nil
}
