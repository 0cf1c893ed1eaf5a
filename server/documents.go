package main

import (
	"container/list"
	"context"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// documents keeps parsed and validated documents by their text, the latest used ones first. It is bounded by bytes of text
// and not by number, since a stranger chooses the texts: a parsed document takes up to about a hundred times the memory
// of its text, so the default of 256 kB of text stays within 25 MB even under attack.
type documents struct {
	limit int // bytes of text

	mu     sync.Mutex
	bytes  int
	order  *list.List // of document, latest used first
	byText map[string]*list.Element
}

type document struct {
	text   string
	parsed *ast.QueryDocument
}

func newDocuments(limit int) *documents {
	return &documents{limit: limit, order: list.New(), byText: map[string]*list.Element{}}
}

// Get finds a document and keeps it from being dropped soon.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	element, ok := d.byText[text]
	if !ok {
		return nil, false
	}
	d.order.MoveToFront(element)
	return element.Value.(document).parsed, true
}

// Add keeps a document and drops those that have not been used for longest. One that would take more than an eighth of
// the room is not kept, so that a few huge documents cannot drive out the ordinary ones.
func (d *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	if len(text) > d.limit/8 {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.byText[text]; ok {
		return
	}
	d.byText[text] = d.order.PushFront(document{text, parsed})
	d.bytes += len(text)
	for d.bytes > d.limit {
		oldest := d.order.Back()
		dropped := d.order.Remove(oldest).(document)
		delete(d.byText, dropped.text)
		d.bytes -= len(dropped.text)
	}
}
