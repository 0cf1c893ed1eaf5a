package graph

import (
	"context"
	"fmt"
	"strings"

	"taawun/graph/change"
)

// mergeOrganizations makes two records of one organization one, by base.merge_taking: every link, name and identifier moves, some fields
// are taken over, and the old id leads to the record that stays.
func mergeOrganizations(ctx context.Context, w *work) (outcome, error) {
	from, problems, err := w.Engine.Lock(ctx, w.Tx, w.Input["fromId"], "fromId", "Organization")
	if err != nil || problems != nil {
		return outcome{Problems: problems}, err
	}
	into, problems, err := w.Engine.Lock(ctx, w.Tx, w.Input["intoId"], "intoId", "Organization")
	if err != nil || problems != nil {
		return outcome{Problems: problems}, err
	}
	out := outcome{Kind: "Organization", Key: into.Key}
	if from.Key == into.Key {
		out.Problems = []change.Problem{change.Refuse(change.Invalid, "These are one record already.", "هذا سجل واحد أصلاً.", "fromId")}
		return out, nil
	}
	for _, side := range []struct {
		standing change.Standing
		version  string
	}{{from, "fromVersion"}, {into, "intoVersion"}} {
		for _, p := range w.Engine.CheckVersion(side.standing, w.Input[side.version]) {
			p.Path = []string{side.version}
			out.Problems = append(out.Problems, p)
		}
	}
	if out.Problems != nil {
		return out, nil
	}
	take := []string{}
	chosen, _ := w.Input["take"].([]any)
	for _, field := range chosen {
		name, _ := field.(string) // one of MergedField, as the contract has seen to
		take = append(take, name)
	}
	if _, err := w.Tx.ExecContext(ctx, "select base.merge_taking($1, $2, string_to_array($3, ','))", from.Key, into.Key, strings.Join(take, ",")); err != nil {
		if p, ok := change.Refusal(err, "fromId"); ok {
			out.Problems = []change.Problem{p}
			return out, nil
		}
		return out, fmt.Errorf("merge organization %d into %d: %w", from.Key, into.Key, err)
	}
	return out, nil
}
