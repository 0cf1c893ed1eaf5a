package graph

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"taawun/graph/change"
)

// CalendarPath is where calendar feeds are found, below it each by its secret.
const CalendarPath = "/calendar/"

// calendarPrefix lets people and scanners of source code recognise the secret of a feed; it is none of an API token.
const calendarPrefix = "taawuncal_"

// createCalendarFeed makes an address for a calendar program. Its secret is 32 random bytes, of which the SHA-256 is kept.
func createCalendarFeed(ctx context.Context, w *work) (outcome, error) {
	out := outcome{Kind: "CalendarFeed"}
	given, _ := w.Input["name"].(string)
	name := strings.TrimSpace(given)
	if n := utf8.RuneCountInString(name); n == 0 || n > 200 || strings.ContainsFunc(name, unicode.IsControl) {
		out = refuse(out, change.Invalid, "give the calendar a name of 1 to 200 characters", "سمِّ التقويم باسم من 1 إلى 200 محرف", "name")
	}
	var kinds []string
	if list, ok := w.Input["kinds"].([]any); ok {
		for _, k := range list {
			if kind, ok := k.(string); ok {
				kinds = append(kinds, kind)
			}
		}
		if len(kinds) == 0 {
			out = refuse(out, change.Required, "choose at least one kind, or none at all for all of them", "اختر نوعاً واحداً على الأقل، أو اترك الحقل لتشمل كل الأنواع", "kinds")
		}
	}
	var alarm any
	if number, ok := w.Input["alarmDays"].(json.Number); ok {
		days, err := number.Int64()
		if err != nil || days < 0 || days > 365 {
			out = refuse(out, change.Invalid, "a reminder comes 0 to 365 days before", "يأتي التذكير قبل الموعد بمدة من 0 إلى 365 يوماً", "alarmDays")
		}
		alarm = days
	}
	linked := map[string]any{}
	for _, link := range []struct{ field, kind, table string }{{"ownerId", "MinistryUnit", "ministry_unit"}, {"organizationId", "Organization", "organization"}} {
		if w.Input[link.field] == nil {
			continue
		}
		key, problems := w.Engine.Key(w.Input[link.field], link.field, link.kind)
		out.Problems = append(out.Problems, problems...)
		if len(problems) > 0 {
			continue
		}
		var seen bool
		if err := w.Tx.QueryRowContext(ctx, "select exists (select from "+link.table+" x where x.id = $1::bigint)", key).Scan(&seen); err != nil {
			return out, fmt.Errorf("look for the %s of a calendar feed: %w", link.kind, err)
		}
		if !seen {
			out = refuse(out, change.NotFound, "there is no such record", "لا يوجد سجل بهذا المعرّف", link.field)
		}
		linked[link.field] = key
	}
	if len(out.Problems) > 0 {
		return out, nil
	}
	random := make([]byte, 32)
	_, _ = rand.Read(random) // never fails
	secret := calendarPrefix + base64.RawURLEncoding.EncodeToString(random)
	digest := sha256.Sum256([]byte(secret))
	locale, _ := w.Input["locale"].(string)
	var list any
	if kinds != nil {
		list = "{" + strings.Join(kinds, ",") + "}" // values of an enum, which need no quotes
	}
	err := w.Tx.QueryRowContext(ctx, "select base.create_calendar_feed($1::text, $2::text, $3::text[], $4::bigint, $5::bigint, $6::boolean, $7::integer, $8::bytea)",
		name, cmp.Or(locale, "ar"), list, linked["ownerId"], linked["organizationId"], w.Input["includesConfidential"] == true, alarm, digest[:]).Scan(&out.Key)
	if problem, ok := change.Refusal(err); ok {
		return outcome{Problems: []change.Problem{problem}}, nil
	}
	if err != nil {
		return out, fmt.Errorf("make a calendar feed: %w", err)
	}
	out.Shown = map[string]string{"path": CalendarPath + secret + ".ics"}
	return out, nil
}

// revokeCalendarFeed ends a feed: one's own, or anybody's by an administrator. One that has ended stays so.
func revokeCalendarFeed(ctx context.Context, w *work) (outcome, error) {
	key, problems := w.Engine.Key(w.Input["id"], "id", "CalendarFeed")
	if len(problems) > 0 {
		return outcome{Problems: problems}, nil
	}
	var done bool
	if err := w.Tx.QueryRowContext(ctx, "select base.revoke_calendar_feed($1::bigint)", key).Scan(&done); err != nil {
		return outcome{}, fmt.Errorf("revoke a calendar feed: %w", err)
	}
	if !done {
		return refuse(outcome{}, change.NotFound, "there is no such record", "لا يوجد سجل بهذا المعرّف", "id"), nil
	}
	return outcome{Kind: "CalendarFeed", Key: key}, nil
}
