// Package calendar writes what is due as an iCalendar file (RFC 5545), for calendar programs to subscribe to.
package calendar

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"taawun/server/due"
)

// Settings say how a calendar is written.
type Settings struct {
	Name      string
	Locale    string // language of texts, with Arabic or English words around them
	AlarmDays *int   // days before each date on which the program shall remind
	Origin    string // where people reach the portal, for links; "" if it is not known
}

// Write writes a calendar. The same items give the same bytes.
func Write(s Settings, items []due.Item) []byte {
	language := due.Language(s.Locale)
	in := &ics.KeyValues{Key: string(ics.ParameterLanguage), Value: []string{language}}
	c := ics.NewCalendarFor("Taawun")
	c.SetProductId("-//Taawun//Taawun//" + strings.ToUpper(language))
	c.SetMethod(ics.MethodPublish)
	c.SetCalscale("GREGORIAN")
	c.SetName(s.Name)
	c.SetRefreshInterval("PT6H", ics.WithValue(string(ics.ValueDataTypeDuration)))
	c.SetXPublishedTTL("PT6H")
	for _, i := range items {
		kind := due.KindWord(i.Kind, s.Locale)
		e := c.AddEvent(uid(i))
		e.SetDtStampTime(i.ChangedAt)
		e.SetModifiedAt(i.ChangedAt)
		e.SetAllDayStartAt(i.Day)
		e.SetTimeTransparency(ics.TransparencyTransparent)
		title := kind + ": " + i.Name(s.Locale)
		e.SetSummary(title, in)
		e.SetDescription(description(i, s), in)
		e.AddProperty(ics.ComponentPropertyCategories, kind, in)
		if s.Origin != "" {
			e.SetURL(s.Origin + i.Page(s.Locale))
		}
		if s.AlarmDays != nil {
			a := e.AddAlarm()
			a.SetAction(ics.ActionDisplay)
			a.SetTrigger("-P" + strconv.Itoa(*s.AlarmDays) + "D")
			a.SetDescription(title, in)
		}
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

// uid names an item for good: a deadline that moves stays the same event.
func uid(i due.Item) string {
	return strings.ToLower(i.Kind) + "-" + i.Record.String() + "@taawun"
}

// description tells what the title does not.
func description(i due.Item, s Settings) string {
	agreement, organization := "Agreement", "To act"
	if due.Language(s.Locale) == "ar" {
		agreement, organization = "الاتفاقية", "على"
	}
	var lines []string
	if title := strings.TrimSpace(due.Text(i.AgreementTitle, s.Locale) + " (" + i.AgreementCode + ")"); i.Agreement != nil {
		lines = append(lines, agreement+": "+title)
	}
	if name := due.Text(i.Organization, s.Locale); name != "" {
		lines = append(lines, organization+": "+name)
	}
	if s.Origin != "" {
		lines = append(lines, s.Origin+i.Page(s.Locale))
	}
	return strings.Join(lines, "\n")
}

// Until is the last day that a calendar shows.
func Until(now time.Time) time.Time { return now.AddDate(1, 1, 0) }
