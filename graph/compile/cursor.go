package compile

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A cursor is the base64url form of a JSON array: a mark of the order it belongs to, with the version of this form, then
// the values of the order's keys. PostgreSQL writes it (cursorSQL), parseCursor reads it.

const cursorVersion = "1"

// cursor is a cursor taken apart.
type cursor struct {
	mark   string
	values []any // string or nil
}

// parseCursor reads a cursor whose order is not known yet.
func parseCursor(s, at string) (*cursor, error) {
	malformed := func() error {
		return invalid(at, "the cursor is malformed", "مؤشر الصفحة غير صحيح")
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, malformed()
	}
	var parts []json.RawMessage // numbers keep their digits
	if err := json.Unmarshal(raw, &parts); err != nil || len(parts) < 2 || len(parts) > 20 {
		return nil, malformed()
	}
	values := make([]any, len(parts))
	for i, p := range parts {
		switch p[0] {
		case 'n':
		case '[', '{':
			return nil, malformed()
		case '"':
			var text string
			if err := json.Unmarshal(p, &text); err != nil || strings.IndexByte(text, 0) >= 0 {
				return nil, malformed()
			}
			values[i] = text
		default:
			values[i] = string(p)
		}
	}
	if parts[0][0] != '"' {
		return nil, malformed()
	}
	return &cursor{values[0].(string), values[1:]}, nil
}

// mark tells an order from all others.
func mark(r *record, keys []order) string {
	h := fnv.New32a()
	fmt.Fprint(h, r.name)
	for _, k := range keys {
		fmt.Fprintf(h, "|%s %t %t", k.column.field.Name, k.desc, k.nullsFirst)
	}
	return cursorVersion + "." + strconv.FormatUint(uint64(h.Sum32()), 36)
}

// cursorSQL writes the cursor of the row with this alias.
func cursorSQL(r *record, keys []order, alias string) string {
	var b strings.Builder
	b.WriteString("json_build_array(" + text(mark(r, keys)))
	for _, k := range keys {
		b.WriteString("," + k.column.sql(alias))
	}
	return `translate(encode(convert_to(` + b.String() + `)::text,'UTF8'),'base64'),E'+/=\n','-_')`
}

// check says whether a cursor belongs to an order, and whether its values fit the columns: a cursor can be forged.
func (c *cursor) check(r *record, keys []order, mark, at string) error {
	if !c.belongs(keys, mark) {
		return invalid(at, "the cursor does not belong to this order of %s", "مؤشر الصفحة لا يخص هذا الترتيب (%s)", r.name)
	}
	return nil
}

func (c *cursor) belongs(keys []order, mark string) bool {
	if c.mark != mark || len(c.values) != len(keys) {
		return false
	}
	for i, k := range keys {
		if c.values[i] == nil {
			if !k.column.nullable {
				return false
			}
			continue
		}
		if s, _ := c.values[i].(string); !fits(s, k.column.sqlType) {
			return false
		}
	}
	return true
}

var (
	numericForm = regexp.MustCompile(`^-?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,2})?$`)
	dateForm    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
)

// fits says whether PostgreSQL can read a text as a value of a type that an order may have.
func fits(s, sqlType string) bool {
	switch sqlType {
	case "bigint", "integer", "smallint":
		bits := map[string]int{"bigint": 64, "integer": 32, "smallint": 16}[sqlType]
		_, err := strconv.ParseInt(s, 10, bits)
		return err == nil
	case "numeric":
		return numericForm.MatchString(s)
	case "double precision", "real":
		_, err := strconv.ParseFloat(s, 64)
		return err == nil
	case "boolean":
		return s == "true" || s == "false"
	case "date":
		_, err := time.Parse(time.DateOnly, s)
		return dateForm.MatchString(s) && err == nil
	case "timestamp with time zone":
		_, err := time.Parse(time.RFC3339Nano, s)
		return err == nil
	}
	return true
}
