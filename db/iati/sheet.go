package iati

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

// sheet collects rows in the text format of COPY.
type sheet struct {
	buf  bytes.Buffer
	cell bool
	rows int
}

func (s *sheet) next() {
	if s.cell {
		s.buf.WriteByte('\t')
	}
	s.cell = true
}

func (s *sheet) null() {
	s.next()
	s.buf.WriteString(`\N`)
}

func (s *sheet) text(v string) {
	s.next()
	for {
		i := strings.IndexAny(v, "\\\t\n\r")
		if i < 0 {
			s.buf.WriteString(v)
			return
		}
		s.buf.WriteString(v[:i])
		switch v[i] {
		case '\\':
			s.buf.WriteString(`\\`)
		case '\t':
			s.buf.WriteString(`\t`)
		case '\n':
			s.buf.WriteString(`\n`)
		case '\r':
			s.buf.WriteString(`\r`)
		}
		v = v[i+1:]
	}
}

// textOrNull writes an empty text as NULL.
func (s *sheet) textOrNull(v string) {
	if v == "" {
		s.null()
		return
	}
	s.text(v)
}

func (s *sheet) int(v int64) {
	s.next()
	s.buf.Write(strconv.AppendInt(s.buf.AvailableBuffer(), v, 10))
}

// key writes the key of another row; 0 is none.
func (s *sheet) key(id int64) {
	if id == 0 {
		s.null()
		return
	}
	s.int(id)
}

func (s *sheet) bool(v bool) {
	if v {
		s.text("t")
	} else {
		s.text("f")
	}
}

func (s *sheet) end() {
	s.buf.WriteByte('\n')
	s.cell = false
	s.rows++
}

// copy writes the rows to a table.
func (s *sheet) copy(ctx context.Context, conn bun.Conn, table string, columns []string) error {
	if s.rows == 0 {
		return nil
	}
	_, err := pgdriver.CopyFrom(ctx, conn, &s.buf, fmt.Sprintf("copy %s (%s) from stdin", bun.Ident(table), strings.Join(quoted(columns), ", ")))
	if err != nil {
		return fmt.Errorf("writing %d rows of %s: %w", s.rows, table, err)
	}
	return nil
}

func quoted(columns []string) []string {
	q := make([]string, len(columns))
	for i, c := range columns {
		q[i] = strconv.Quote(c)
	}
	return q
}

// array is a list of texts in PostgreSQL's notation.
func array(values []string) string {
	q := make([]string, len(values))
	for i, v := range values {
		q[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
	}
	return "{" + strings.Join(q, ",") + "}"
}

// jsonText is a text column as JSON.
func jsonText(shown map[string]string) string {
	if len(shown) == 0 {
		return "{}"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(shown) // strings cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}
