package oracle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"taawun/db"
)

// ruled is a value of a column, by table.column, whose rule the usual values meet too rarely; nil for all other columns. What a table
// refuses is made up anew, so that most rules need not be known here.
func (s *sample) ruled(column string, visible bool) any {
	number := func(table string) int { return len(s.keys[table]) }
	switch column {
	case "page.slug":
		return fmt.Sprintf("page-%d%s", number("page"), map[bool]string{false: "-" + hidden}[visible])
	case "exchange_rate.base_currency", "exchange_rate.currency":
		return one(s.random, append(currencies, "TRY"))
	case "exchange_rate.rate":
		return db.Decimal(one(s.random, []string{"0.0000001", "0.92", "1", "1.10", "13000", "98765432109876543210.12345"}))
	case "account.login":
		return fmt.Sprintf("person-%d", number("account"))
	case "account.email":
		return fmt.Sprintf("person-%d@example.org", number("account"))
	case "api_token.roles":
		return one(s.random, [][]string{{}, {"ANALYST"}, {"EDITOR", "TRANSLATOR"}})
	case "stored_file.name":
		return fmt.Sprintf("%s-%d.pdf", one(s.random, []string{"اتفاق", "treaty", "a b"}), number(storedFile)) + map[bool]string{false: " " + hidden}[visible]
	case "stored_file.sha256":
		sum := sha256.Sum256(fmt.Append(nil, number(storedFile)))
		return hex.EncodeToString(sum[:])
	case "stored_file.uploaded_by_id": // which is no link
		return one(s.random, s.keys["account"])
	case "pending_change.fields":
		var fields []map[string]any
		for range s.random.IntN(4) {
			fields = append(fields, map[string]any{"kind": "Project", "record_id": "prj_1", "action": one(s.random, []string{"INSERT", "UPDATE", "DELETE"}), "field": "title.ar",
				"before": one(s.random, []any{nil, "x", 1}), "after": s.words(false)})
		}
		text, err := json.Marshal(append([]map[string]any{}, fields...))
		if err != nil {
			panic(err)
		}
		return json.RawMessage(text)
	}
	return nil
}

// storedFile is the table of files, which are seen with the texts that refer to them.
const storedFile = "stored_file"

// file refers to a file, or to none. A row that the public sees refers only to one whose name is not marked as hidden.
func (s *sample) file(v reflect.Value, visible bool) {
	if key := one(s.random, s.keys[storedFile]); odds(s.random, 75) && (!visible || s.visible[storedFile][key]) {
		setKey(v, key)
	}
}

// hideUnusedFiles notes which files the public does not see after all: those to which no text refers that it sees.
func (s *sample) hideUnusedFiles(ctx context.Context, t testing.TB) {
	used := map[int64]bool{}
	for _, r := range readRows(ctx, t, s.owner, "select json_build_object('text', id, 'file', file_id)::text from agreement_text where file_id is not null") {
		if s.visible["agreement_text"][integer(r["text"])] {
			used[integer(r["file"])] = true
		}
	}
	for _, key := range s.keys[storedFile] {
		s.visible[storedFile][key] = used[key]
	}
}
