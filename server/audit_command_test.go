package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taawun/db"
	"taawun/db/embedded"
)

// asOwnerOf runs statements in the private PostgreSQL of a data directory while no program uses it.
func asOwnerOf(t *testing.T, data string, statements ...string) {
	t.Helper()
	cluster, err := embedded.Open(t.Context(), embedded.Options{Dir: data, Logger: logSettings{}.logger(&journal{}),
		BinDir: os.Getenv("TAAWUN_PG_BINDIR"), NPM: os.Getenv("TAAWUN_PG_NPM"), User: os.Getenv("TAAWUN_PG_USER")})
	if err != nil {
		t.Fatal(err)
	}
	owner := db.Private(cluster.Socket(), embedded.Database).Open(db.Owner, db.Pool{Connections: 1})
	for _, s := range statements {
		if _, err := owner.ExecContext(t.Context(), s); err != nil {
			t.Errorf("%v\n%s", err, s)
		}
	}
	if err := owner.Close(); err != nil {
		t.Error(err)
	}
	if err := cluster.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestAudit exports and verifies a history, before and after somebody with all rights has tampered with it.
func TestAudit(t *testing.T) {
	t.Parallel()
	data := dataDir(t)
	if _, log, status := runProgram(t, "migrate", "--data", data); status != 0 {
		t.Fatal(log)
	}
	asOwnerOf(t, data, `insert into account (id, login, name) values (1, 'huda', '=Huda')`,
		`begin; select set_config('taawun.actor', '1', true), set_config('taawun.reason', 'a "letter", of 3 May', true), set_config('taawun.operation', 'createProject', true);
			insert into project (id, code, status, hierarchy) values (31, 'P1', 'PIPELINE', 2); insert into project_identifier (id, project_id, value, published) values (10, 31, 'X', false); commit`,
		`update project set status = 'CLOSED', planned_start = '2024-02-29'`)

	out, log, status := runProgram(t, "audit", "verify", "--data", data)
	hash := regexp.MustCompile(`Its hash is ([0-9a-f]{64})\n`).FindStringSubmatch(out)
	if status != 0 || !strings.HasPrefix(out, "The history is whole") || hash == nil {
		t.Fatalf("status %d: %s%s", status, out, log)
	}
	if _, log, status := runProgram(t, "audit", "verify", "--data", data, "--contains", hash[1]); status != 0 {
		t.Errorf("the hash is not found again: %s", log)
	}
	if _, log, status := runProgram(t, "audit", "verify", "--data", data, "--contains", strings.Repeat("0", 64)); status != 1 || !strings.Contains(log, "cut off") {
		t.Errorf("a hash that never was: status %d: %s", status, log)
	}

	file := filepath.Join(t.TempDir(), "history.csv")
	if _, log, status := runProgram(t, "audit", "export", "--data", data, "--record", "prj_1f", "-o", file); status != 0 {
		t.Fatal(log)
	}
	if _, _, status := runProgram(t, "audit", "export", "--data", data, "-o", file); status != 1 {
		t.Error("a file that exists was written over")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows[1:] {
		got = append(got, strings.Join(append([]string{row[2], row[3], row[4], row[5]}, row[7:]...), "|"))
	}
	for _, want := range []string{
		`acc_1|'=Huda|createProject|a "letter", of 3 May|Project|prj_1f|Project|prj_1f|INSERT|hierarchy||2`,
		`acc_1|'=Huda|createProject|a "letter", of 3 May|Project|prj_1f|ProjectIdentifier|pid_a|INSERT|value||"X"`,
		`||sql||Project|prj_1f|Project|prj_1f|UPDATE|status|"PIPELINE"|"CLOSED"`,
		`||sql||Project|prj_1f|Project|prj_1f|UPDATE|plannedStart||"2024-02-29"`,
	} {
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("the export lacks %s\n%s", want, strings.Join(got, "\n"))
		}
	}

	out, log, status = runProgram(t, "audit", "export", "--data", data, "--format", "jsonl", "--by", "HUDA", "--from", "2020-01-01", "--until", "2100-01-01T00:00:00+03:00")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, line := range lines {
		var x change
		if err := json.Unmarshal([]byte(line), &x); err != nil || x.ActorName == nil || *x.ActorName != "=Huda" || x.Position == 0 {
			t.Fatalf("%v: %s", err, line)
		}
	}
	if status != 0 || len(lines) < 5 {
		t.Errorf("status %d, %d lines: %s", status, len(lines), log)
	}
	if out, _, status := runProgram(t, "audit", "export", "--data", data, "--until", "2020-01-01"); status != 0 || strings.Count(out, "\n") != 1 {
		t.Errorf("changes before the first one: %s", out)
	}
	for arguments, says := range map[string]string{"--record prj_x": "is not the id of a record", "--record zzz_1": "no ids begin with", "--by nobody": "there is no account"} {
		if out, log, status := runProgram(t, append([]string{"audit", "export", "--data", data}, strings.Fields(arguments)...)...); status != 1 || !strings.Contains(log, says) || out != "" {
			t.Errorf("%s: status %d: %s", arguments, status, log)
		}
	}
	if _, log, status := runProgram(t, "audit", "export", "--from", "yesterday"); status != 2 || !strings.Contains(log, "neither a day") {
		t.Errorf("a moment that is none: status %d: %s", status, log)
	}

	asOwnerOf(t, data, `set session_replication_role = replica; update revision_entry set after = '{"status": "CANCELLED"}' where action = 'UPDATE' and kind = 'Project'`)
	if out, log, status := runProgram(t, "audit", "verify", "--data", data); status != 1 || out != "" || !strings.Contains(log, "broken at revision") || !strings.Contains(log, "an entry has been changed") {
		t.Errorf("tampered with: status %d: %s%s", status, out, log)
	}
}
