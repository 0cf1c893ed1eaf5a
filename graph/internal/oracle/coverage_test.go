package oracle

import (
	"strings"
	"testing"
)

// coverage remembers what the queries have asked, so that agreement is not agreement about nothing.
type coverage struct {
	fields     map[string]int // by type.field: answers that were there
	conditions map[string]*outcome
}

// outcome counts how often a field of a condition held for a record, and how often not.
type outcome struct{ held, failed int }

func newCoverage() *coverage {
	return &coverage{map[string]int{}, map[string]*outcome{}}
}

func (c *coverage) answered(e *entity, field string, v any) {
	there := v != nil
	switch v := v.(type) {
	case []any:
		there = len(v) > 0
	case object:
		there = len(v) > 0
	}
	if there {
		c.fields[e.name+"."+field]++
	}
}

func (c *coverage) decided(e *entity, name string, held bool) {
	o := c.conditions[e.name+"."+name]
	if o == nil {
		o = &outcome{}
		c.conditions[e.name+"."+name] = o
	}
	if held {
		o.held++
	} else {
		o.failed++
	}
}

// both says whether a field of a condition held for some records and failed for others.
func (c *coverage) both(name, field string) bool {
	o := c.conditions[name+"."+field]
	return o != nil && o.held > 0 && o.failed > 0
}

// check says how much of the contract the queries met, and fails if that is too little. Of types of which the reader sees no row at all, such as
// accounts for the public, nothing can be met, nor of conditions that no list takes which everyone may ask for.
func (c *coverage) check(t *testing.T, of *contract, seen *tables) {
	t.Helper()
	var fields, conditions, both int
	var missed, unseen, onesided []string
	ways := of.ways()
	for _, name := range sortedNames(of.entities) {
		e := of.entities[name]
		d := of.Types[name]
		if d == nil || e.prefix == "" && of.Types[name+"Where"] == nil {
			continue
		}
		if len(seen.rows[e.table.Name]) == 0 {
			unseen = append(unseen, name)
			continue
		}
		leaves, links := of.answerable(e)
		for _, f := range append(leaves, links...) {
			fields++
			if c.fields[name+"."+f.Name] == 0 {
				missed = append(missed, name+"."+f.Name)
			}
		}
		if where := of.Types[name+"Where"]; where != nil && ways[name] != nil {
			for _, f := range where.Fields {
				conditions++
				if c.both(name, f.Name) {
					both++
				} else {
					onesided = append(onesided, name+"."+f.Name)
				}
			}
		}
	}
	t.Logf("%d of %d fields were answered; %d of %d conditions held for some records and failed for others", fields-len(missed), fields, both, conditions)
	t.Logf("never answered: %s; held or failed always: %s; there are no %s", strings.Join(missed, " "), strings.Join(onesided, " "), strings.Join(unseen, " "))
	if len(missed) > fields/20 || both < conditions*3/4 {
		t.Errorf("the queries meet too little of the contract")
	}
}
