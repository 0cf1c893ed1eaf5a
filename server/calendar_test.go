package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"taawun/server/account"
)

// dueRecords are an agreement with a duty in 9 days, one that was due yesterday, and its end in 40 days; a confidential one with a duty; a request for translation.
const dueRecords = `
	insert into ministry_unit (id, code, name, parent_id) values (901, 'DIR', '{"ar": "المديرية"}', null);
	insert into organization (id, code, name, state) values (901, 'UN', '{"ar": "برنامج الأمم المتحدة", "en": "UN programme"}', 'PUBLISHED');
	insert into agreement (id, code, kind, status, state, owner_id, title, expires_on, confidential) values
		(901, 'AGR-1', 'GRANT', 'IN_FORCE', 'PUBLISHED', 901, '{"ar": "مذكرة تفاهم؛ المياه، الصرف", "en": "Memorandum; water, sewage"}', current_date + 40, false),
		(902, 'AGR-2', 'GRANT', 'IN_FORCE', 'DRAFT', null, '{"en": "The secret agreement"}', null, true);
	insert into obligation (id, agreement_id, kind, due_on, text, obligor_id, published) values
		(901, 901, 'REPORT', current_date + 9, '{"ar": "تقديم التقرير المالي السنوي إلى الجهة المانحة مع كل الوثائق المؤيدة له", "en": "Hand in the yearly financial report"}', 901, true),
		(902, 901, 'PAYMENT', current_date - 1, '{"en": "Pay the first instalment"}', null, true),
		(903, 902, 'REPORT', current_date + 3, '{"en": "The secret duty"}', null, false);
	insert into translation_request (id, code, title, source_locale, locale, due_on, is_confidential) values
		(901, 'TR-1', '{"en": "Annex 2"}', 'en', 'ar', current_date + 5, false), (902, 'TR-2', '{"en": "The secret annex"}', 'en', 'ar', current_date + 5, true);`

const makeFeed = `mutation($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { path calendarFeed { id name kinds includesConfidential owner { code } } userErrors { path code message messageAr } } }`

// feedAnswer is the answer to makeFeed.
type feedAnswer struct {
	Data struct {
		CreateCalendarFeed struct {
			Path         string
			CalendarFeed struct{ ID string }
			UserErrors   []struct {
				Path                     []string
				Code, Message, MessageAr string
			}
		}
	}
}

// graph asks as the person.
func (p *person) graph(t *testing.T, query string, variables map[string]any) string {
	t.Helper()
	return p.send(t, pathGraphQL, map[string]any{"query": query, "variables": variables}).body
}

func (p *person) feed(t *testing.T, input map[string]any) feedAnswer {
	t.Helper()
	body := p.graph(t, makeFeed, map[string]any{"input": input})
	var a feedAnswer
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	if a.Data.CreateCalendarFeed.Path == "" && len(a.Data.CreateCalendarFeed.UserErrors) == 0 {
		t.Fatal(body)
	}
	return a
}

// events are the events of a calendar by their UIDs, after a look at what RFC 5545 demands of the text.
func events(t *testing.T, a answer) map[string]*ics.VEvent {
	t.Helper()
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("status %d %v: %s", a.status, a.header, a.body)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(a.body, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes, or one that ends within a character: %q", len(line), line)
		}
	}
	c, err := ics.ParseCalendar(strings.NewReader(a.body))
	if err != nil {
		t.Fatalf("%v\n%s", err, a.body)
	}
	found := map[string]*ics.VEvent{}
	for _, e := range c.Events() {
		for _, required := range []ics.ComponentProperty{ics.ComponentPropertyUniqueId, ics.ComponentPropertyDtstamp, ics.ComponentPropertyDtStart, ics.ComponentPropertySummary} {
			if e.GetProperty(required) == nil {
				t.Errorf("an event without %s", required)
			}
		}
		found[e.Id()] = e
	}
	if len(found) != len(c.Events()) {
		t.Errorf("%d events have %d UIDs", len(c.Events()), len(found))
	}
	return found
}

func property(e *ics.VEvent, name ics.ComponentProperty) string {
	if e == nil || e.GetProperty(name) == nil {
		return "(none)"
	}
	return e.GetProperty(name).Value
}

func TestCalendarFeed(t *testing.T) {
	t.Parallel()
	i := start(t, "--public-url", "https://taawun.example.org")
	i.change(t, dueRecords)
	i.administrator(t)
	editor, other := i.colleague(t, "editor", "EDITOR", "CERTIFIER"), i.colleague(t, "other", "ANALYST")
	made := editor.feed(t, map[string]any{"name": "عملي", "alarmDays": 3}).Data.CreateCalendarFeed
	if !strings.HasPrefix(made.Path, "/calendar/taawuncal_") || !strings.HasSuffix(made.Path, ".ics") {
		t.Fatalf("%+v", made)
	}
	get := func(path string, header http.Header) answer { return i.do(t, http.MethodGet, path, header, "") }

	all := get(made.Path, nil)
	got := events(t, all)
	duty, past, end, request := got["duty-obl_385@taawun"], got["duty-obl_386@taawun"], got["expiry-agr_385@taawun"], got["translation-trq_385@taawun"]
	if len(got) != 4 || duty == nil || past == nil || end == nil || request == nil {
		t.Fatalf("events %v", got)
	}
	day := func(n int) string { return time.Now().UTC().AddDate(0, 0, n).Format("20060102") }
	for _, c := range []struct {
		event *ics.VEvent
		name  ics.ComponentProperty
		want  string
	}{
		{duty, ics.ComponentPropertySummary, "واجب: تقديم التقرير المالي السنوي إلى الجهة المانحة مع كل الوثائق المؤيدة له"},
		{duty, ics.ComponentPropertyDtStart, day(9)},
		{duty, ics.ComponentPropertyUrl, "https://taawun.example.org/ar/agreements/agr_385"},
		{duty, ics.ComponentPropertyDescription, "الاتفاقية: مذكرة تفاهم؛ المياه، الصرف (AGR-1)\nعلى: برنامج الأمم المتحدة\nhttps://taawun.example.org/ar/agreements/agr_385"},
		{past, ics.ComponentPropertyDtStart, day(-1)},
		{end, ics.ComponentPropertySummary, "انتهاء اتفاقية: مذكرة تفاهم؛ المياه، الصرف"},
		{end, ics.ComponentPropertyDtStart, day(40)},
		{request, ics.ComponentPropertyUrl, "https://taawun.example.org/ar/desk?item=TRANSLATION.trq_385." + time.Now().UTC().AddDate(0, 0, 5).Format(time.DateOnly)},
	} {
		if found := property(c.event, c.name); found != c.want {
			t.Errorf("%s is %q, want %q", c.name, found, c.want)
		}
	}
	if v := duty.GetProperty(ics.ComponentPropertyDtStart).ICalParameters["VALUE"]; len(v) != 1 || v[0] != "DATE" || property(duty, ics.ComponentPropertyDtEnd) != "(none)" {
		t.Errorf("the event does not last all day: %v", v)
	}
	if alarms := duty.Alarms(); len(alarms) != 1 || alarms[0].GetProperty(ics.ComponentPropertyTrigger).Value != "-P3D" {
		t.Errorf("alarms %v", alarms)
	}
	if !strings.Contains(all.body, "X-WR-CALNAME:عملي\r\n") || !strings.HasPrefix(all.body, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") || strings.Contains(all.body, "secret") {
		t.Errorf("the calendar is\n%s", all.body)
	}

	// In English, unchanged, changed.
	if e := events(t, get(made.Path+"?lang=en", nil))["duty-obl_385@taawun"]; property(e, ics.ComponentPropertySummary) != "Duty: Hand in the yearly financial report" ||
		property(e, ics.ComponentPropertyUrl) != "https://taawun.example.org/en/agreements/agr_385" {
		t.Errorf("in English: %v", e)
	}
	tag := all.header.Get("ETag")
	if again := get(made.Path, http.Header{"If-None-Match": {tag}}); again.status != http.StatusNotModified || again.body != "" || tag == "" {
		t.Errorf("again: status %d, ETag %q", again.status, tag)
	}
	i.change(t, "update obligation set due_on = due_on + 1 where id = 901")
	moved := get(made.Path, http.Header{"If-None-Match": {tag}})
	if e := events(t, moved)["duty-obl_385@taawun"]; property(e, ics.ComponentPropertyDtStart) != day(10) {
		t.Errorf("the date that was moved: %v", e)
	}

	// What a feed leaves out, or holds when told.
	if some := events(t, get(editor.feed(t, map[string]any{"name": "Ends", "locale": "en", "kinds": []string{"EXPIRY"}}).Data.CreateCalendarFeed.Path, nil)); len(some) != 1 || some["expiry-agr_385@taawun"] == nil {
		t.Errorf("only ends: %v", some)
	}
	if some := events(t, get(editor.feed(t, map[string]any{"name": "Of the UN", "organizationId": "org_385"}).Data.CreateCalendarFeed.Path, nil)); len(some) != 1 || len(some["duty-obl_385@taawun"].Alarms()) != 0 {
		t.Errorf("of an organization: %v", some)
	}
	secret := get(editor.feed(t, map[string]any{"name": "All", "includesConfidential": true}).Data.CreateCalendarFeed.Path, nil)
	if found := events(t, secret); len(found) != 6 || !strings.Contains(secret.body, "The secret duty") || !strings.Contains(secret.body, "The secret annex") {
		t.Errorf("with what is confidential: %d\n%s", len(found), secret.body)
	}
	if some := get(other.feed(t, map[string]any{"name": "Mine", "includesConfidential": true}).Data.CreateCalendarFeed.Path, nil); strings.Contains(some.body, "secret") {
		t.Errorf("an analyst sees what is confidential:\n%s", some.body)
	}

	// It opens nothing else, and nobody reads it from the log or the database.
	bearer := strings.TrimSuffix(strings.TrimPrefix(made.Path, "/calendar/"), ".ics")
	wants(t, "as an API token", i.do(t, http.MethodPost, pathGraphQL, http.Header{"Content-Type": {mediaJSON}, "Authorization": {"Bearer " + bearer}}, `{"query": "{ me { login } }"}`),
		http.StatusUnauthorized, "UNAUTHENTICATED")
	for _, path := range []string{"/calendar/" + bearer, "/calendar/taawuncal_x.ics", "/calendar/.ics", strings.Replace(made.Path, "taawuncal_", "taawun_", 1)} {
		wants(t, path, get(path, nil), http.StatusNotFound, "NOT_FOUND")
	}
	wants(t, "posted", i.do(t, http.MethodPost, made.Path, nil, ""), http.StatusNotFound, "NOT_FOUND")
	if strings.Contains(i.log.String(), bearer[:30]) {
		t.Error("the log holds the secret")
	}
	var held int
	if err := i.database.Owner().QueryRowContext(t.Context(), `select count(*) from revision_entry e where e::text like '%taawuncal_%'`).Scan(&held); err != nil || held != 0 {
		t.Errorf("the history holds the secret: %d %v", held, err)
	}

	// What cannot be made.
	for field, input := range map[string]map[string]any{
		"name": {"name": " "}, "alarmDays": {"name": "x", "alarmDays": 366}, "kinds": {"name": "x", "kinds": []string{}}, "organizationId": {"name": "x", "organizationId": "org_ffff"}, "ownerId": {"name": "x", "ownerId": "org_385"},
	} {
		if errs := editor.feed(t, input).Data.CreateCalendarFeed.UserErrors; len(errs) != 1 || strings.Join(errs[0].Path, ".") != "input."+field || errs[0].MessageAr == "" {
			t.Errorf("%s: %+v", field, errs)
		}
	}
	who, err := i.accounts(t).BySession(t.Context(), editor.cookies["__Host-taawun"])
	if err != nil {
		t.Fatal(err)
	}
	token, err := i.accounts(t).CreateToken(t.Context(), who, account.NewToken{Name: "program", Roles: []string{"EDITOR"}, Days: 1})
	if err != nil {
		t.Fatal(err)
	}
	program := &person{i, map[string]string{}, http.Header{"Authorization": {"Bearer " + token.Secret}}}
	if errs := program.feed(t, map[string]any{"name": "x"}).Data.CreateCalendarFeed.UserErrors; len(errs) != 1 || errs[0].Code != "FORBIDDEN" {
		t.Errorf("a token makes a feed: %+v", errs)
	}

	// Listed to their owner, revoked by him and by an administrator, ended with the account.
	const list = `{ me { calendarFeeds { name lastUsedAt revokedAt } } }`
	if found := editor.graph(t, list, nil); strings.Count(found, `"name"`) != 4 || strings.Count(found, `"lastUsedAt" : "20`) != 4 {
		t.Errorf("listed: %s", found)
	}
	if found := other.graph(t, list, nil); strings.Count(found, `"name"`) != 1 {
		t.Errorf("listed to another: %s", found)
	}
	const revoke = `mutation($id: ID!) { revokeCalendarFeed(input: {id: $id}) { calendarFeed { revokedAt } userErrors { code } } }`
	id := map[string]any{"id": made.CalendarFeed.ID}
	if found := other.graph(t, revoke, id); !strings.Contains(found, "NOT_FOUND") {
		t.Errorf("revoked by another: %s", found)
	}
	if found := editor.graph(t, revoke, id); !strings.Contains(found, `"revokedAt" : "20`) {
		t.Errorf("revoked: %s", found)
	}
	wants(t, "revoked", get(made.Path, nil), http.StatusNotFound, "NOT_FOUND")
	last := editor.feed(t, map[string]any{"name": "Last"}).Data.CreateCalendarFeed.Path
	events(t, get(last, nil))
	i.change(t, "update account set disabled_at = now() where login = 'editor'")
	wants(t, "of a disabled account", get(last, nil), http.StatusNotFound, "NOT_FOUND")
	for n := range 21 {
		errs := other.feed(t, map[string]any{"name": "One more"}).Data.CreateCalendarFeed.UserErrors
		if (n < 19) != (len(errs) == 0) {
			t.Errorf("feed %d: %+v", n+2, errs)
		}
	}
}
