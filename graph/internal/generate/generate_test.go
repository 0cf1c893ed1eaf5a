package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestGenerated: what is committed is what generating gives.
func TestGenerated(t *testing.T) {
	t.Parallel()
	models, err := readModels("../../../db")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("../../../db/models.generated.go")
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, m := range models {
		i := bytes.Index(list, []byte("(*"+m.name+")(nil)"))
		if i < at {
			t.Errorf("%s is missing or out of order in db/models.generated.go: run make generate", m.name)
		}
		at = i
	}
	if n := bytes.Count(list, []byte(")(nil)")); n != len(models) {
		t.Errorf("db/models.generated.go lists %d structs of %d: run make generate", n, len(models))
	}
	code, err := os.ReadFile("../../generated.go")
	if err != nil {
		t.Fatal(err)
	}
	contract, err := os.ReadFile("../../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(contract)) {
		if line = strings.TrimSpace(line); !strings.Contains(line, "`") && !bytes.Contains(code, []byte(line)) {
			t.Fatalf("graph/generated.go does not hold the line %q of the contract: run make generate", line)
		}
	}
}
