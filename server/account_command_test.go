package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// TestTheFirstAdministrator goes the way of somebody who installs the program: the link that the server prints, then the commands.
func TestTheFirstAdministrator(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"account setup-link", "account reset-link", "account list", "account disable"} {
		out, _, status := runProgram(t, append(strings.Fields(command), "--help")...)
		if status != 0 || !strings.Contains(out, "taawun "+command) || !strings.Contains(out, "Example") {
			t.Errorf("taawun %s --help: status %d\n%s", command, status, out)
		}
	}
	data := dataDir(t)
	served := serveProgram(t, data)
	link := regexp.MustCompile(regexp.QuoteMeta(served.url+pathSetUp) + `#(\S{43})`)
	printed := link.FindStringSubmatch(served.out.String())
	if printed == nil {
		t.Fatalf("the server prints no link: %s", served.out)
	}
	command := func(status int, says string, arguments ...string) string {
		t.Helper()
		out, log, got := runProgram(t, append(append([]string{"account"}, arguments...), "--data", data)...)
		if got != status || !strings.Contains(out+log, says) {
			t.Errorf("taawun account %s: status %d: %s%s; want %d and %q", strings.Join(arguments, " "), got, out, log, status, says)
		}
		return out
	}
	another := command(0, served.url+pathSetUp+"#", "setup-link", "--public-url", served.url)
	if strings.Contains(another, printed[1]) {
		t.Error("the same link twice")
	}
	admin := served.visit()
	wants(t, "set up", admin.send(t, pathSetUp, map[string]any{"link": printed[1], "login": "admin", "name": "مدير النظام", "password": goodPassword}), 200, "")
	if got := admin.me(t); got != "admin ADMINISTRATOR" {
		t.Errorf("the administrator is %s", got)
	}
	command(1, "there are accounts already", "setup-link")
	command(0, "مدير النظام", "list")
	command(1, "the last administrator cannot be disabled", "disable", "admin")
	command(1, `no account with the login "nobody"`, "disable", "nobody")
	command(1, `no account with the login "nobody"`, "reset-link", "nobody")
	_, secret, _ := strings.Cut(strings.TrimSpace(command(0, served.url+pathReset+"#", "reset-link", "ADMIN", "--public-url", served.url)), "#")
	wants(t, "reset", admin.send(t, pathReset, map[string]any{"link": secret, "password": "four green almonds"}), 200, "")
	if strings.Contains(served.log.String(), secret) || strings.Contains(served.log.String(), printed[1]) {
		t.Error("the secret of a link stands in the log")
	}

	killPostgreSQL(t, data)
	eventually(t, "who has signed in is told that the database is away, or back", func() bool {
		got := admin.request(t, http.MethodGet, "/auth/me", http.Header{}, "")
		if got.status != http.StatusOK && (got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "") {
			t.Fatalf("during the outage: status %d: %s", got.status, got.body)
		}
		return got.status == http.StatusOK && strings.Contains(served.log.String(), "the private PostgreSQL runs again")
	})
	if got := admin.me(t); got != "admin ADMINISTRATOR" {
		t.Errorf("after the outage: %s", got)
	}
}
