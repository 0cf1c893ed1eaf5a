package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"taawun/graph/change"
)

// rewriter makes of a change another one that the engine knows: the name of its mutation and its input. The rights in force and the rules are
// those of that one.
type rewriter func(ctx context.Context, w *work) (root string, input map[string]any, problems []change.Problem, err error)

// rewriters are the mutations that stand for others, by name.
func (g *Graph) rewriters() map[string]rewriter {
	return map[string]rewriter{"adoptReportingSet": adoptReportingSet}
}

// adoptReportingSet makes an update of an agreement that adds the reporting duties of a set which it does not have yet.
func adoptReportingSet(ctx context.Context, w *work) (string, map[string]any, []change.Problem, error) {
	refuse := func(code, en, ar, path string) (string, map[string]any, []change.Problem, error) {
		return "", nil, []change.Problem{change.Refuse(code, en, ar, path)}, nil
	}
	standing, problems, err := w.Engine.Lock(ctx, w.Tx, w.Input["id"], "id", "Agreement")
	if err != nil || len(problems) > 0 {
		return "", nil, problems, err
	}
	rows, err := w.Tx.QueryContext(ctx, `select d.code, d.clause, d.text::text, d.kind, d.due_on::text, d.recurrence, d.lead_days, d.code in (select fn.duties_to_adopt($1::bigint, $2::text))
		from fn.reporting_duties($2::text) d`, standing.Key, w.Input["set"])
	if err != nil {
		return "", nil, nil, fmt.Errorf("read a set of reporting duties: %w", err)
	}
	defer rows.Close()
	var save []any
	known := false
	for rows.Next() {
		var code, clause, kind string
		var raw string
		var due, rule *string
		var lead int
		var wanted bool
		if err := rows.Scan(&code, &clause, &raw, &kind, &due, &rule, &lead, &wanted); err != nil {
			return "", nil, nil, fmt.Errorf("read a set of reporting duties: %w", err)
		}
		if known = true; !wanted {
			continue
		}
		var text map[string]string
		if err := json.Unmarshal([]byte(raw), &text); err != nil {
			return "", nil, nil, fmt.Errorf("read the text of the reporting duty %s: %w", code, err)
		}
		obligation := map[string]any{"reportingDuty": code, "clause": clause, "kind": kind, "leadDays": lead, "text": textsOf(text)}
		if due != nil {
			obligation["dueOn"] = *due
		}
		if rule != nil {
			obligation["recurrence"] = *rule
		}
		if w.Input["obligorId"] != nil {
			obligation["obligorId"] = w.Input["obligorId"]
		}
		save = append(save, obligation)
	}
	if err := rows.Err(); err != nil {
		return "", nil, nil, fmt.Errorf("read a set of reporting duties: %w", err)
	}
	switch {
	case !known:
		return refuse(change.NotFound, "there is no such set", "لا توجد مجموعة بهذا الرمز", "set")
	case len(save) == 0:
		return refuse(change.Duplicate, "the agreement has all duties of this set already", "في الاتفاق جميع واجبات هذه المجموعة من قبل", "set")
	}
	input, err := change.Plain(map[string]any{"id": w.Input["id"], "version": w.Input["version"], "reason": w.Input["reason"],
		"agreement": map[string]any{"obligations": map[string]any{"save": save}}})
	return "updateAgreement", input, nil, err
}

// textsOf are texts as an input takes them.
func textsOf(texts map[string]string) (out []any) {
	for _, locale := range slices.Sorted(maps.Keys(texts)) {
		out = append(out, map[string]any{"locale": locale, "text": texts[locale]})
	}
	return out
}
