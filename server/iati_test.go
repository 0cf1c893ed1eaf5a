package main

import (
	"encoding/xml"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tellable are two projects, one of them kept here, and one that is a draft.
const tellable = `
	insert into ministry_unit (id, code) values (901, 'DIR');
	insert into organization (id, code, iati_identifier, kind, state, name) values (901, 'UN', 'XM-DAC-41114', 'UN_AGENCY', 'PUBLISHED', '{"en": "UNDP", "en#": "ORIGINAL"}');
	insert into project (code, status, state, owner_id, original_locale, title, planned_start, reporting_organization_id) values
		('P-1', 'CLOSED', 'PUBLISHED', 901, 'ar', '{"ar": "آبار", "ar#": "ORIGINAL", "en": "Wells", "en#": "REVIEWED"}', '2020-01-01', null),
		('P-2', 'CLOSED', 'DRAFT', 901, 'ar', '{"ar": "مسودة", "ar#": "ORIGINAL"}', '2020-01-01', null),
		('P-4', 'CLOSED', 'PUBLISHED', 901, 'ar', '{"ar": "بلا تاريخ", "ar#": "ORIGINAL"}', null, null);
	insert into project (code, iati_identifier, status, state, original_locale, title, planned_start, reporting_organization_id) values
		('P-3', 'XM-DAC-41114-3', 'CLOSED', 'PUBLISHED', 'en', '{"en": "Of others", "en#": "ORIGINAL"}', '2020-01-01', 901);`

// identifiers are those of the activities of a file, which must be whole.
func identifiers(t *testing.T, text string) string {
	t.Helper()
	var file struct {
		Version    string `xml:"version,attr"`
		Activities []struct {
			ID string `xml:"iati-identifier"`
		} `xml:"iati-activity"`
	}
	if err := xml.Unmarshal([]byte(text), &file); err != nil || file.Version != "2.03" {
		t.Errorf("%v\n%s", err, text)
	}
	var found []string
	for _, a := range file.Activities {
		found = append(found, a.ID)
	}
	return strings.Join(found, " ")
}

func TestIATIFile(t *testing.T) {
	t.Parallel()
	i := start(t, "--iati-publisher", "SY-GOV-1")
	i.change(t, tellable)
	get := func(query string, header http.Header) answer {
		return i.do(t, http.MethodGet, pathIATIActivities+query, header, "")
	}
	own := get("", nil)
	if got := identifiers(t, own.body); own.status != http.StatusOK || got != "SY-GOV-1-P-1" || own.header.Get("Content-Type") != "application/xml; charset=utf-8" {
		t.Errorf("kept here: %d %s %v", own.status, got, own.header)
	}
	if !strings.Contains(own.body, "<!-- P-4 is left out: neither its planned nor its actual start is known -->") || strings.Contains(own.body, "مسودة") {
		t.Errorf("the file is\n%s", own.body)
	}
	for query, want := range map[string]string{
		"?all=true": "SY-GOV-1-P-1 XM-DAC-41114-3", "?all=true&reporting-org=XM-DAC-41114": "XM-DAC-41114-3", "?project=P-1": "SY-GOV-1-P-1", "?project=P-2": "", "?all=true&project=XM-DAC-41114-3": "XM-DAC-41114-3",
	} {
		if got := identifiers(t, get(query, nil).body); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	wants(t, "a condition that there is not", get("?reporter=x", nil), http.StatusBadRequest, "BAD_USER_INPUT")
	wants(t, "posted", i.do(t, http.MethodPost, pathIATIActivities, nil, ""), http.StatusNotFound, "NOT_FOUND")

	tag, at := own.header.Get("ETag"), own.header.Get("Last-Modified")
	if head := i.do(t, http.MethodHead, pathIATIActivities, nil, ""); head.status != http.StatusOK || head.header.Get("ETag") != tag || head.body != "" || tag == "" {
		t.Errorf("its head: %+v", head)
	}
	for name, header := range map[string]http.Header{"by its tag": {"If-None-Match": {`"x", ` + tag}}, "by its date": {"If-Modified-Since": {at}}} {
		if again := get("", header); again.status != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: %d", name, again.status)
		}
	}
	if other := get("?all=true", http.Header{"If-None-Match": {tag}}); other.status != http.StatusOK {
		t.Errorf("another file under the same tag: %d", other.status)
	}
	i.change(t, "update project set planned_start = '2021-01-01' where code = 'P-4'")
	if after := get("", http.Header{"If-None-Match": {tag}}); identifiers(t, after.body) != "SY-GOV-1-P-1 SY-GOV-1-P-4" || after.header.Get("ETag") == tag {
		t.Errorf("after a change: %d %s", after.status, after.body)
	}
}

// TestIATIOrganisations takes the file of organisations, which is of its own among those that the same address once gave.
func TestIATIOrganisations(t *testing.T) {
	t.Parallel()
	i := start(t, "--iati-publisher", "XM-DAC-41114")
	i.change(t, tellable+`
		insert into organization (code, iati_identifier, kind, state, owner_id, name) values ('AID', 'SY-NGO-1', 'NGO', 'PUBLISHED', 901, '{"ar": "عون", "ar#": "ORIGINAL"}'), ('NOID', null, 'NGO', 'PUBLISHED', 901, '{}'),
			('DRAFT', 'SY-NGO-2', 'NGO', 'DRAFT', 901, '{"ar": "مسودة", "ar#": "ORIGINAL"}')`)
	get := func(query string, header http.Header) answer {
		return i.do(t, http.MethodGet, pathIATIOrganisations+query, header, "")
	}
	for query, want := range map[string]int{"": 2, "?all=true": 2, "?organisation=AID": 1, "?organisation=DRAFT": 0} {
		got := get(query, nil)
		if n := strings.Count(got.body, "<organisation-identifier>"); got.status != http.StatusOK || n != want || !strings.HasSuffix(got.body, "</iati-organisations>\n") || strings.Contains(got.body, "مسودة") {
			t.Errorf("%q: %d, %d organisations\n%s", query, got.status, n, got.body)
		}
	}
	own := get("", nil)
	if !strings.Contains(own.body, "<!-- NOID is left out: it has no IATI identifier -->") || own.header.Get("Content-Disposition") != `inline; filename="organisations.xml"` {
		t.Errorf("%v\n%s", own.header, own.body)
	}
	if again := get("", http.Header{"If-None-Match": {own.header.Get("ETag")}}); again.status != http.StatusNotModified {
		t.Errorf("unchanged: %d", again.status)
	}
	if other := i.do(t, http.MethodGet, pathIATIActivities, http.Header{"If-None-Match": {own.header.Get("ETag")}}, ""); other.status != http.StatusOK {
		t.Errorf("the activities under the tag of the organisations: %d", other.status)
	}
	wants(t, "a condition of the other file", get("?project=P-1", nil), http.StatusBadRequest, "BAD_USER_INPUT")
}

func TestExportIATI(t *testing.T) {
	t.Parallel()
	data := dataDir(t)
	if _, log, status := runProgram(t, "migrate", "--data", data); status != 0 {
		t.Fatal(log)
	}
	asOwnerOf(t, data, tellable)
	file := filepath.Join(t.TempDir(), "activities.xml")
	_, log, status := runProgram(t, "export", "iati", "--data", data, "--iati-publisher", "SY-GOV-1", "--all", "--out", file)
	if status != 0 || !strings.Contains(log, "2 activities written") || !strings.Contains(log, "P-4 is left out: ") {
		t.Fatalf("status %d: %s", status, log)
	}
	text, err := os.ReadFile(file)
	if err != nil || identifiers(t, string(text)) != "SY-GOV-1-P-1 XM-DAC-41114-3" {
		t.Errorf("%v\n%s", err, text)
	}
	if out, log, status := runProgram(t, "export", "iati", "--data", data, "--all"); status != 0 || identifiers(t, out) != "XM-DAC-41114-3" {
		t.Errorf("to standard output: %d %s\n%s", status, log, out)
	}
	out, log, status := runProgram(t, "export", "iati-organisations", "--data", data, "--all")
	if status != 0 || !strings.Contains(log, "1 organisations written") || !strings.Contains(out, "<organisation-identifier>XM-DAC-41114<") {
		t.Errorf("organisations: %d %s\n%s", status, log, out)
	}
	if _, log, status := runProgram(t, "export", "iati", "--data", data, "--out", filepath.Join(t.TempDir(), "no", "such", "folder.xml")); status != 1 || !strings.Contains(log, "write a file") {
		t.Errorf("into no folder: %d %s", status, log)
	}
}
