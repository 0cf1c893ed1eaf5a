package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/graph"
	"taawun/server/account"
	"taawun/server/calendar"
	"taawun/server/digest"
	"taawun/server/due"
)

// calendars hands out calendar feeds by the secrets in their addresses.
type calendars struct {
	gate   *gate
	staff  *bun.DB
	origin string // where people reach the portal; "" if nobody has said
}

// read answers with a feed as its person sees today what is due. Whatever is wrong with the address, there is no such calendar.
func (c *calendars) read(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), c.gate.deadline)
	defer cancel()
	secret, named := strings.CutSuffix(r.PathValue("file"), ".ics")
	feed, err := c.gate.accounts.ByCalendar(ctx, secret)
	if errors.Is(err, account.ErrNobody) || err == nil && !named {
		writeProblem(w, r, &problem{http.StatusNotFound, graph.CodeNotFound, "There is no such calendar, or not any more.", "لا يوجد تقويم كهذا، أو لم يعد موجوداً."})
		return
	}
	var items []due.Item
	if err == nil {
		filter := due.Filter{Until: calendar.Until(time.Now()), Kinds: feed.Kinds, Owner: feed.Owner, Organization: feed.Organization, IncludesConfidential: feed.IncludesConfidential}
		err = c.staff.RunInTx(db.WithActing(ctx, db.Acting{Account: feed.Account}), &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
			items, err = due.Read(ctx, tx, filter)
			return err
		})
	}
	if err != nil {
		c.gate.fail(w, r, err)
		return
	}
	settings := calendar.Settings{Name: feed.Name, Locale: feed.Locale, AlarmDays: feed.AlarmDays, Origin: c.origin}
	if lang := r.URL.Query().Get("lang"); lang == "ar" || lang == "en" {
		settings.Locale = lang
	}
	content := calendar.Write(settings, items)
	sum := sha256.Sum256(content)
	header := w.Header()
	header.Set("Content-Type", "text/calendar; charset=utf-8")
	header.Set("Content-Disposition", `inline; filename="taawun.ics"`)
	header.Set("ETag", `W/"`+hex.EncodeToString(sum[:16])+`"`) // weak: a compressed answer carries it too
	header.Set("Cache-Control", "private, no-cache")           // what is due, and who may see it, changes
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// loggedPath is a path as the log may know it: without the secret of a calendar or of a link.
func loggedPath(path string) string {
	for _, secret := range []string{graph.CalendarPath, digest.PathStop} {
		if strings.HasPrefix(path, secret) {
			return secret + "…"
		}
	}
	return clip(path)
}
