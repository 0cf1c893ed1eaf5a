package graph

import (
	"context"
	"fmt"

	"taawun/graph/change"
)

// heldRequest holds the request of the input, which must be of the version that was read.
func heldRequest(ctx context.Context, w *work) (outcome, error) {
	standing, problems, err := w.Engine.Lock(ctx, w.Tx, w.Input["id"], "id", "TranslationRequest")
	if err != nil || len(problems) > 0 {
		return outcome{Problems: problems}, err
	}
	return outcome{Kind: "TranslationRequest", Key: standing.Key, Problems: w.Engine.CheckVersion(standing, w.Input["version"])}, nil
}

// moveTranslationRequest takes a request a step further, or back. Which steps there are, and whose they are, says base.guard_request.
func moveTranslationRequest(ctx context.Context, w *work) (outcome, error) {
	out, err := heldRequest(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	to, _ := w.Input["to"].(string)
	given, _ := w.Input["comment"].(string)
	comment, problems := change.Remark(given, "comment")
	out.Problems = problems
	if to == "RETURNED" && comment == "" && len(problems) == 0 {
		out = refuse(out, change.Required, "say why it is sent back", "اذكر سبب الإعادة", "comment")
	}
	var assignee any
	if w.Input["assigneeId"] != nil {
		key, problems := w.Engine.Key(w.Input["assigneeId"], "assigneeId", "Account")
		out.Problems = append(out.Problems, problems...)
		assignee = key
	}
	if len(out.Problems) > 0 {
		return out, nil
	}
	var from string
	var known, assigned bool
	if err := w.Tx.QueryRowContext(ctx, "select status, fn.request_step(status, $2::text), coalesce($3::bigint, assignee_id) is not null from translation_request where id = $1::bigint",
		out.Key, to, assignee).Scan(&from, &known, &assigned); err != nil {
		return out, fmt.Errorf("read a translation request: %w", err)
	}
	switch {
	case !known:
		return refuse(out, change.State, fmt.Sprintf("a request that is %s cannot become %s", from, to), fmt.Sprintf("لا ينتقل طلب حالته %s إلى الحالة %s", from, to), "to"), nil
	case to == "ASSIGNED" && !assigned:
		return refuse(out, change.Required, "say who is to translate", "اذكر المترجم", "assigneeId"), nil
	}
	path := []string{"to"}
	if assignee != nil {
		path = []string{"assigneeId"}
	}
	return apply(ctx, w, out, path, "update base.translation_request set status = $2::text, comment = nullif($3::text, ''), assignee_id = coalesce($4::bigint, assignee_id), "+
		"version = version + 1, updated_at = now() where id = $1::bigint", out.Key, to, comment, assignee)
}
