// Package due reads what is due for a person, as the agenda of the graph tells it, and says it in the person's language. Calendars and messages are
// made of it.
package due

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db"
)

// Most is how many items are read at most; there are rarely more than a few dozen.
const Most = 1000

// Item is something that is due.
type Item struct {
	Kind     string    // value of the enum AgendaKind
	Day      time.Time // midnight UTC
	DaysLeft int       // negative when it is past
	Title    db.Texts

	Record         ID // the record it comes from
	Agreement      *ID
	AgreementCode  string
	AgreementTitle db.Texts
	Organization   db.Texts  // that must act
	ChangedAt      time.Time // when the agreement, or else the record, was last changed
}

// ID names a record.
type ID struct {
	Type string // name of the type in the contract
	Key  int64
}

// Filter says which items are wanted. Zero values mean all.
type Filter struct {
	Until                time.Time
	Kinds                []string
	Owner, Organization  *int64
	IncludesConfidential bool
}

// Read reads what is open: all that is late, and what comes until a day. The transaction says for whom; PostgreSQL decides what he sees. What is not known
// to be no secret counts as one.
func Read(ctx context.Context, tx bun.IDB, f Filter) ([]Item, error) {
	var kinds any
	if f.Kinds != nil {
		kinds = pgdialect.Array(f.Kinds)
	}
	rows, err := tx.QueryContext(ctx, `select i.kind, i.due_on::text, i.days_left, i.title, i.record_type, i.record_id, i.agreement_id, coalesce(a.code, ''), coalesce(a.title, '{}'),
			coalesce(o.name, '{}'), coalesce(a.updated_at, r.updated_at, 'epoch')
		from fn.agenda("to" => ?::date, owner => ?::bigint, organization => ?::bigint, kinds => ?::text[], first => ?::integer) i
		left join agreement a on a.id = i.agreement_id
		left join organization o on o.id = i.organization_id
		left join translation_request r on i.record_type = 'TranslationRequest' and r.id = i.record_id
		where ?::boolean or case when i.record_type = 'TranslationRequest' then not r.is_confidential and not coalesce(a.confidential, i.agreement_id is not null)
			else not coalesce(a.confidential, true) end
		order by i.due_on, i.kind, i.record_type, i.record_id`,
		f.Until.Format(time.DateOnly), f.Owner, f.Organization, kinds, Most, f.IncludesConfidential)
	if err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	defer rows.Close()
	var items []Item
	for rows.Next() {
		var i Item
		var day string
		var agreement *int64
		var title, agreementTitle, organization []byte
		if err := rows.Scan(&i.Kind, &day, &i.DaysLeft, &title, &i.Record.Type, &i.Record.Key, &agreement, &i.AgreementCode, &agreementTitle, &organization, &i.ChangedAt); err != nil {
			return nil, fmt.Errorf("read what is due: %w", err)
		}
		if i.Day, err = time.Parse(time.DateOnly, day); err != nil {
			return nil, fmt.Errorf("read the day on which something is due: %w", err)
		}
		for _, t := range []struct {
			raw  []byte
			into *db.Texts
		}{{title, &i.Title}, {agreementTitle, &i.AgreementTitle}, {organization, &i.Organization}} {
			if err := json.Unmarshal(t.raw, t.into); err != nil {
				return nil, fmt.Errorf("read the texts of what is due: %w", err)
			}
		}
		if agreement != nil {
			i.Agreement = &ID{"Agreement", *agreement}
		}
		items = append(items, i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	return items, nil
}

// Name is what an item is called: its title, else that of the agreement, else a code.
func (i Item) Name(locale string) string {
	for _, name := range []string{Text(i.Title, locale), Text(i.AgreementTitle, locale), i.AgreementCode} {
		if name != "" {
			return name
		}
	}
	return i.Record.String()
}

// Of is the agreement that an item is of, by title and code as far as its name does not say them; "" if it is of none.
func (i Item) Of(locale string) string {
	title, name := Text(i.AgreementTitle, locale), i.Name(locale)
	switch {
	case i.AgreementCode == name:
		return ""
	case i.AgreementCode == "" || title == "" || title == name:
		return i.AgreementCode
	}
	return title + " (" + i.AgreementCode + ")"
}

// Page is the path of the page of the portal that an item leads to: its agreement, else the item at the desk.
func (i Item) Page(locale string) string {
	if i.Agreement != nil {
		return "/" + Language(locale) + "/agreements/" + i.Agreement.String()
	}
	return i.AtDesk(locale)
}

// AtDesk is the path of the item at the desk of whoever works with it.
func (i Item) AtDesk(locale string) string {
	return "/" + Language(locale) + "/desk?item=" + i.Kind + "." + i.Record.String() + "." + i.Day.Format(time.DateOnly)
}

// Text is a text in a language, else in Arabic, English or whatever there is; on one line.
func Text(t db.Texts, locale string) string {
	return strings.Join(strings.Fields(t.Get(locale, Language(locale), "ar", "en")), " ")
}

// Language is the one of our two languages in which somebody is addressed.
func Language(locale string) string {
	if base, _, _ := strings.Cut(locale, "-"); base == "ar" {
		return "ar"
	}
	return "en"
}
