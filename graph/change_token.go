package graph

import (
	"context"
	"fmt"

	"taawun/graph/change"
)

// revokeApiToken ends a token: one's own, or anybody's by an administrator. One that has ended stays so.
func revokeApiToken(ctx context.Context, w *work) (outcome, error) {
	key, problems := w.Engine.Key(w.Input["id"], "id", "ApiToken")
	if len(problems) > 0 {
		return outcome{Problems: problems}, nil
	}
	out := outcome{Kind: "ApiToken", Key: key}
	var seen bool
	if err := w.Tx.QueryRowContext(ctx, "select exists (select from api_token t where t.id = $1::bigint)", key).Scan(&seen); err != nil {
		return out, fmt.Errorf("look for a token: %w", err)
	}
	if !seen {
		return outcome{Problems: []change.Problem{change.Refuse(change.NotFound, "there is no such record", "لا يوجد سجل بهذا المعرّف", "id")}}, nil
	}
	if _, err := w.Tx.ExecContext(ctx, "update base.api_token set revoked_at = now() where id = $1::bigint and revoked_at is null", key); err != nil {
		return out, fmt.Errorf("revoke a token: %w", err)
	}
	return out, nil
}
