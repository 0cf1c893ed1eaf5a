package main

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestDocumentsAreBoundedByTheBytesOfTheirText(t *testing.T) {
	t.Parallel()
	text := func(letter string) string { return strings.Repeat(letter, 10) }
	kept := newDocuments(80)
	for _, letter := range strings.Split("abcdefgh", "") {
		kept.Add(t.Context(), text(letter), &ast.QueryDocument{})
	}
	if _, ok := kept.Get(t.Context(), text("a")); !ok {
		t.Fatal("eight documents of 10 bytes do not fit into 80 bytes")
	}
	kept.Add(t.Context(), text("i"), &ast.QueryDocument{})
	kept.Add(t.Context(), text("i"), &ast.QueryDocument{})
	if _, ok := kept.Get(t.Context(), text("b")); ok {
		t.Error("the document that was used longest ago is still there")
	}
	if _, ok := kept.Get(t.Context(), text("a")); !ok {
		t.Error("a document that was just used has gone")
	}
	if kept.bytes != 80 || kept.order.Len() != 8 || len(kept.byText) != 8 {
		t.Errorf("kept %d bytes, %d in order, %d by text; want 80, 8, 8", kept.bytes, kept.order.Len(), len(kept.byText))
	}
	huge := strings.Repeat("z", 11)
	kept.Add(t.Context(), huge, &ast.QueryDocument{})
	if _, ok := kept.Get(t.Context(), huge); ok {
		t.Error("a document of more than an eighth of the room was kept")
	}
}
