package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/uptrace/bun"

	"taawun/db/iati"
	"taawun/db/imports"
	"taawun/db/rates"
	"taawun/db/units"
)

// logged does an import and keeps in the log what it does: how far it has come, and in the end what became of it. Whoever works at the desk reads
// it there. What the bar shows it shows too.
func logged(ctx context.Context, owner *bun.DB, logger *slog.Logger, kind, dataSet string, files []string, bar *progress,
	work func(report func(done, total int64)) (imports.Result, error)) error {
	name := dataSet
	if name == "" {
		names := make([]string, len(files))
		for i, f := range files {
			names[i] = filepath.Base(f)
		}
		name = strings.Join(names, ", ")
	}
	run, err := imports.Begin(ctx, owner, logger, kind, name)
	if err != nil {
		return err
	}
	result, err := work(func(done, total int64) {
		bar.report(done, total)
		run.Report(done, total)
	})
	bar.finish()
	return errors.Join(err, run.End(ctx, result))
}

// failed is the result of an import that an error stopped.
func failed(err error) imports.Result {
	return imports.Result{Outcome: imports.Failed, Summary: imports.Told(err)}
}

// ofActivities is what an import of IATI files did: those of several files that could be trusted stand, also where another was refused.
func ofActivities(s iati.Summary, err error) imports.Result {
	a, o := s.Activities, s.Organisations
	result := imports.Result{Outcome: imports.Done, Added: a.New + o.New, Changed: a.Changed + o.Changed, Unchanged: a.Unchanged + o.Unchanged,
		Refused: a.Refused + o.Refused, Noted: s.NoteCount}
	if err != nil {
		var file *iati.FileError
		result.Outcome, result.Summary = imports.Failed, imports.Told(err)
		if errors.As(err, &file) {
			result.Outcome = imports.Refused
		}
	}
	add := func(isNote bool, of []iati.Refusal) {
		for _, r := range of {
			result.Findings = append(result.Findings, imports.Finding{IsNote: isNote, Place: fmt.Sprintf("%s:%d: %s", r.File, r.Line, r.Path), Identifier: r.Identifier, Reason: r.Reason})
		}
	}
	add(false, s.Refusals)
	add(true, s.Notes)
	return result
}

// ofUnits is what an import of units or boundaries did; a file with a mistake is refused as a whole.
func ofUnits(s units.Summary, err error) imports.Result {
	var refused *units.RefusedError
	switch {
	case err == nil:
		return imports.Result{Outcome: imports.Done, Added: s.New, Changed: s.Changed, Unchanged: s.Unchanged, Summary: s.Told()}
	case !errors.As(err, &refused):
		return failed(err)
	}
	result := imports.Result{Outcome: imports.Refused, Refused: len(refused.Refusals) + refused.More}
	for _, r := range refused.Refusals {
		place := filepath.Base(refused.Path)
		if r.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, r.Line)
		} else if r.Feature > 0 {
			place = fmt.Sprintf("%s, feature %d", place, r.Feature)
		}
		result.Findings = append(result.Findings, imports.Finding{Place: place, Identifier: r.Code, Reason: r.Reason})
	}
	return result
}

// ofRates is what an import of exchange rates did; if a line is refused nothing of any file stands.
func ofRates(all []rates.Summary, err error) imports.Result {
	var refused *rates.RefusedError
	result := imports.Result{Outcome: imports.Done}
	switch {
	case err == nil:
		lines := make([]imports.Text, len(all))
		for i, s := range all {
			lines[i] = s.Told()
			result.Added, result.Changed, result.Unchanged = result.Added+s.New, result.Changed+s.Changed, result.Unchanged+s.Unchanged
		}
		result.Summary = imports.Join(lines, "\n", "\n")
		return result
	case !errors.As(err, &refused):
		return failed(err)
	}
	result.Outcome, result.Refused = imports.Refused, len(refused.Refusals)
	for _, r := range refused.Refusals {
		place := filepath.Base(refused.Path)
		if r.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, r.Line)
		}
		result.Findings = append(result.Findings, imports.Finding{Place: place, Reason: r.Reason})
	}
	return result
}
