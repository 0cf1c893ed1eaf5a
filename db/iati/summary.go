package iati

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"taawun/db/imports"
)

// Counts says what became of the activities or organisations of the files.
type Counts struct {
	New, Changed, Unchanged, Refused int
}

// Refusal is something of a file that could not be taken over: a whole activity, or part of one. The part is kept in the XML of
// its activity.
type Refusal struct {
	File       string
	Line       int
	Path       string // XPath inside the activity, such as iati-activity/transaction[2]/value
	Identifier string // of the activity or organisation
	Reason     imports.Text
}

// String puts it on one line.
func (r Refusal) String() string {
	identifier := r.Identifier
	if identifier == "" {
		identifier = "without identifier"
	}
	return fmt.Sprintf("%s:%d: %s (%s): %s", r.File, r.Line, r.Path, identifier, r.Reason.English)
}

// maxListed bounds how many refusals and how many notes a summary lists. All are counted.
const maxListed = 1000

// Summary says what an import did.
type Summary struct {
	Activities    Counts
	Organisations Counts
	// Entered is how many organizations the activities made known.
	Entered int
	// Parts counts what was read of the new and changed ones, by type of the contract: Transaction, ProjectPartner…
	Parts map[string]int
	// Narratives says what became of the texts of the new and changed ones.
	Narratives Narratives
	// Refusals are the activities and organisations that were not imported, at most a thousand of them.
	Refusals []Refusal
	// Notes are what could not be taken over of the imported ones, or not as it stands; at most a thousand, NoteCount of them in all.
	Notes     []Refusal
	NoteCount int
}

func (s *Summary) counts(kind string) *Counts {
	if kind == "Organization" {
		return &s.Organisations
	}
	return &s.Activities
}

func (s *Summary) refuse(kind string, r Refusal) {
	s.counts(kind).Refused++
	if len(s.Refusals) < maxListed {
		s.Refusals = append(s.Refusals, r)
	}
}

func (s *Summary) note(r Refusal) {
	s.NoteCount++
	if len(s.Notes) < maxListed {
		s.Notes = append(s.Notes, r)
	}
}

// add takes the summary of another file over.
func (s *Summary) add(o *Summary) {
	for _, kind := range []string{"Project", "Organization"} {
		a, b := s.counts(kind), o.counts(kind)
		a.New, a.Changed, a.Unchanged, a.Refused = a.New+b.New, a.Changed+b.Changed, a.Unchanged+b.Unchanged, a.Refused+b.Refused
	}
	s.Entered += o.Entered
	for k, n := range o.Parts {
		s.Parts[k] += n
	}
	s.Narratives.add(o.Narratives)
	s.Refusals = append(s.Refusals, o.Refusals[:min(len(o.Refusals), maxListed-len(s.Refusals))]...)
	s.Notes = append(s.Notes, o.Notes[:min(len(o.Notes), maxListed-len(s.Notes))]...)
	s.NoteCount += o.NoteCount
}

// String is the summary for people, several lines of it.
func (s Summary) String() string {
	var b strings.Builder
	for _, k := range []struct {
		name string
		c    Counts
	}{{"activities", s.Activities}, {"organisations", s.Organisations}} {
		if k.c != (Counts{}) {
			fmt.Fprintf(&b, "%s: %d new, %d changed, %d unchanged, %d refused\n", k.name, k.c.New, k.c.Changed, k.c.Unchanged, k.c.Refused)
		}
	}
	if s.Entered > 0 {
		fmt.Fprintf(&b, "organizations that the activities made known: %d\n", s.Entered)
	}
	if len(s.Parts) > 0 {
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(s.Parts)) {
			parts = append(parts, fmt.Sprintf("%s %d", k, s.Parts[k]))
		}
		fmt.Fprintf(&b, "read: %s\n", strings.Join(parts, ", "))
		n := s.Narratives
		fmt.Fprintf(&b, "narratives: %d texts, %d joined to one of the same language, %d repeated, %d empty, %d kept in the XML only\n",
			n.Stored, n.Joined, n.Repeated, n.Empty, n.Verbatim)
	}
	list := func(title string, of []Refusal, all int) {
		if all == 0 {
			return
		}
		fmt.Fprintf(&b, "%s (%d):\n", title, all)
		for _, r := range of {
			fmt.Fprintf(&b, "  %s\n", r)
		}
		if more := all - len(of); more > 0 {
			fmt.Fprintf(&b, "  … and %d more\n", more)
		}
	}
	list("refused", s.Refusals, s.Activities.Refused+s.Organisations.Refused)
	list("kept in the XML only, or taken otherwise", s.Notes, s.NoteCount)
	return strings.TrimSuffix(b.String(), "\n")
}
