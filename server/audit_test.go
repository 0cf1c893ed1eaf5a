package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestAudits runs the 61 audits of GraphQL over HTTP of npm's graphql-http, the suite that the specification's authors
// keep. It installs the suite if that has not been done.
func TestAudits(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("audit/node_modules/graphql-http"); err != nil {
		install := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund")
		install.Dir = "audit"
		if out, err := install.CombinedOutput(); err != nil {
			t.Fatalf("install the audits (npm ci in server/audit): %v\n%s", err, out)
		}
	}
	server := start(t)
	out, err := exec.CommandContext(t.Context(), "node", "audit/audit.mjs", server.url+pathGraphQL).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "61 passed, 0 failed") {
		t.Errorf("%v\n%s", err, out)
	}
}
