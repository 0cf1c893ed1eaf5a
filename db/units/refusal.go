package units

import (
	"fmt"
	"strings"

	"taawun/db/imports"
)

// Refusal is a reason for which a file is not imported.
type Refusal struct {
	Line    int    // line of a CSV file, from 1; 0 if the file as a whole is meant
	Feature int    // feature of a GeoJSON file, from 1; 0 if the file as a whole is meant
	Code    string // P-code, where it is known
	Reason  imports.Text
}

func (r Refusal) String() string {
	var where string
	switch {
	case r.Line > 0:
		where = fmt.Sprintf("line %d: ", r.Line)
	case r.Feature > 0:
		where = fmt.Sprintf("feature %d: ", r.Feature)
	}
	if r.Code != "" {
		where += r.Code + ": "
	}
	return where + r.Reason.English
}

// RefusedError says why a file was not imported. Nothing of it was written.
type RefusedError struct {
	Path     string
	Refusals []Refusal // in the order of the file, at most maxRefusals
	More     int       // further ones
}

const (
	maxRefusals = 1000 // kept of one file
	shown       = 20   // of these told in the message
)

func (e *RefusedError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s was refused, nothing was imported:", e.Path)
	for _, r := range e.Refusals[:min(shown, len(e.Refusals))] {
		b.WriteString("\n  " + r.String())
	}
	if more := len(e.Refusals) + e.More - shown; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return b.String()
}

func (e *RefusedError) add(r Refusal) {
	if len(e.Refusals) >= maxRefusals {
		e.More++
		return
	}
	e.Refusals = append(e.Refusals, r)
}

// orNil is the error, if there is any reason for it.
func (e *RefusedError) orNil() error {
	if len(e.Refusals) == 0 {
		return nil
	}
	return e
}

// refuse refuses a whole file.
func refuse(path string, reason imports.Text) error {
	return &RefusedError{Path: path, Refusals: []Refusal{{Reason: reason}}}
}
