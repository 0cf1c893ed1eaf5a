package iati

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// xmlNamespace is the namespace of xml:lang. Some tools re-serialise it as a namespace called "xml", which is taken for the same.
const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// element is one element of an activity or organisation, whole: the standard's order of children is not relied upon, since real
// files do not keep it.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	text     string // character data directly inside, all of it
	children []*element
	parent   *element
	line     int
}

// is says whether the element is the standard's own of that name; elements of other namespaces never are.
func (e *element) is(name string) bool {
	return e.name.Space == "" && e.name.Local == name
}

// attr is the value of an attribute of the standard, without surrounding space; empty if it is not there.
func (e *element) attr(name string) string {
	if e == nil {
		return ""
	}
	for i := range e.attrs {
		if a := &e.attrs[i]; a.Name.Space == "" && a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// lang is the language that the element declares for itself.
func (e *element) lang() string {
	for i := range e.attrs {
		if a := &e.attrs[i]; a.Name.Local == "lang" && (a.Name.Space == xmlNamespace || a.Name.Space == "xml") {
			return a.Value
		}
	}
	return ""
}

// all are the children of that name.
func (e *element) all(name string) []*element {
	var found []*element
	for _, c := range e.children {
		if c.is(name) {
			found = append(found, c)
		}
	}
	return found
}

// first is the first child of that name, or nil.
func (e *element) first(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.is(name) {
			return c
		}
	}
	return nil
}

// value is the text of the element without surrounding space; empty for no element.
func (e *element) value() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.text)
}

// count is how many elements of that name the standard's own part of the tree holds, and other namespaces with it: a narrative is a
// narrative wherever it stands.
func (e *element) count(name string) int {
	n := 0
	if e.is(name) {
		n++
	}
	for _, c := range e.children {
		n += c.count(name)
	}
	return n
}

// path says for people where the element stands, as XPath: iati-activity/transaction[2]/value.
func (e *element) path() string {
	if e.parent == nil {
		return e.name.Local
	}
	before, same := 0, 0
	for _, c := range e.parent.children {
		if c == e {
			before = same
		}
		if c.name == e.name {
			same++
		}
	}
	step := e.name.Local
	if same > 1 {
		step = fmt.Sprintf("%s[%d]", step, before+1)
	}
	return e.parent.path() + "/" + step
}
