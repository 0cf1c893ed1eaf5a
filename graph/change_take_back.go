package graph

import (
	"context"
	"fmt"

	"taawun/graph/change"
)

// What can be taken back, by whom and how long, says PostgreSQL (base.last_act); it alone knows what came after.

// takeBackTranslation makes a translation what it was before the actor wrote, reviewed, certified or returned it.
func takeBackTranslation(ctx context.Context, w *work) (outcome, error) {
	t, out, err := heldText(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	out, err = takeBack(ctx, w, out, "base.take_back_translation")
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	var isThere bool
	if err := w.Tx.QueryRowContext(ctx, "select exists (select from translation where id = $1::bigint)", t.key).Scan(&isThere); err != nil {
		return out, fmt.Errorf("look for a translation: %w", err)
	}
	if !isThere { // its first draft was taken back
		out.Key = 0
	}
	return out, nil
}

// takeBackTranslationRequest makes a request what it was before the actor's last step.
func takeBackTranslationRequest(ctx context.Context, w *work) (outcome, error) {
	out, err := heldRequest(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	return takeBack(ctx, w, out, "base.take_back_request")
}

// takeBack calls a function that takes the last act on a row back, and says if it did not.
func takeBack(ctx context.Context, w *work, out outcome, function string) (outcome, error) {
	var isDone bool
	err := w.Tx.QueryRowContext(ctx, "select "+function+"($1::bigint)", out.Key).Scan(&isDone)
	if p, ok := change.Refusal(err, "id"); ok {
		out.Problems = append(out.Problems, p)
		return out, nil
	} else if err != nil {
		return out, fmt.Errorf("take a change back: %w", err)
	}
	if !isDone {
		return refuse(out, change.State, "this can no longer be taken back: only the last step, by whoever took it, within the hour",
			"لم يعد التراجع ممكناً: لا يُتراجع إلا عن الخطوة الأخيرة، ومن قِبَل من اتخذها، وخلال ساعة", "id"), nil
	}
	return out, nil
}
