package graph

import (
	"context"
	"fmt"

	"taawun/graph/change"
)

// setDigest says whether the viewer is told by e-mail each day what is due.
func setDigest(ctx context.Context, w *work) (outcome, error) {
	out := outcome{Kind: "Account"}
	err := w.Tx.QueryRowContext(ctx, "select base.set_digest($1::boolean)", w.Input["wanted"] == true).Scan(&out.Key)
	if problem, ok := change.Refusal(err, "wanted"); ok {
		return outcome{Problems: []change.Problem{problem}}, nil
	}
	if err != nil {
		return out, fmt.Errorf("say whether a digest is wanted: %w", err)
	}
	return out, nil
}
