package demo

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"taawun/db"
)

// key is a key of another record; zero means that there is none.
type key int64

// optional is a text that may be missing; an empty one means that it is.
type optional string

// sheet collects the rows of one table, in the text form of COPY, until they are sent.
type sheet struct {
	table   string
	columns string
	data    bytes.Buffer
	rows    int64 // since the beginning
	last    int64 // key given last; stays zero in tables without a key of their own
}

// next gives the key of the next row.
func (s *sheet) next() int64 {
	s.last++
	return s.last
}

// add writes a row. The values stand in the order of the columns.
func (s *sheet) add(values ...any) {
	line := s.data.AvailableBuffer()
	for i, v := range values {
		if i > 0 {
			line = append(line, '\t')
		}
		line = appendValue(line, v)
	}
	s.data.Write(append(line, '\n'))
	s.rows++
}

const null = `\N`

func appendValue(line []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(line, null...)
	case int:
		return strconv.AppendInt(line, int64(v), 10)
	case int64:
		return strconv.AppendInt(line, v, 10)
	case key:
		if v == 0 {
			return append(line, null...)
		}
		return strconv.AppendInt(line, int64(v), 10)
	case bool:
		return strconv.AppendBool(line, v)
	case float64:
		return strconv.AppendFloat(line, v, 'f', -1, 64)
	case cents:
		return v.append(line)
	case string:
		return appendText(line, v)
	case optional:
		if v == "" {
			return append(line, null...)
		}
		return appendText(line, string(v))
	case db.Date:
		if v == "" {
			return append(line, null...)
		}
		return append(line, v...)
	case time.Time:
		return v.AppendFormat(line, time.RFC3339)
	case db.Texts:
		return appendTexts(line, v)
	default:
		return append(line, fmt.Sprintf("unsupported value of type %T", v)...) // COPY refuses it by type or length: no column takes this
	}
}

func appendText(line []byte, s string) []byte {
	for {
		i := strings.IndexAny(s, "\\\t\n\r")
		if i < 0 {
			return append(line, s...)
		}
		line = append(line, s[:i]...)
		line = append(line, '\\', map[byte]byte{'\\': '\\', '\t': 't', '\n': 'n', '\r': 'r'}[s[i]])
		s = s[i+1:]
	}
}

// appendTexts writes JSON by hand, always in the same order: texts of the demonstration hold nothing that JSON or COPY would escape but quotes.
func appendTexts(line []byte, t db.Texts) []byte {
	line = append(line, '{')
	for _, locale := range languages {
		text, ok := t[locale]
		if !ok {
			continue
		}
		if line[len(line)-1] != '{' {
			line = append(line, ',')
		}
		line = append(line, '"')
		line = append(line, locale...)
		line = append(line, `":"`...)
		line = appendText(line, strings.ReplaceAll(text, `"`, `\"`))
		line = append(line, `","`...)
		line = append(line, locale...)
		line = append(line, `#":"`...)
		line = append(line, t[locale+"#"]...)
		line = append(line, '"')
	}
	return append(line, '}')
}

// cents is an amount in hundredths of its currency.
type cents int64

func (c cents) append(line []byte) []byte {
	if c < 0 {
		line, c = append(line, '-'), -c
	}
	line = strconv.AppendInt(line, int64(c/100), 10)
	return append(line, '.', byte('0'+c/10%10), byte('0'+c%10))
}

// share is a percentage in hundredths of a per cent; zero means that none is stated.
func share(hundredths int) any {
	if hundredths == 0 {
		return nil
	}
	return cents(hundredths)
}

// batch is what is sent at once: for each table its rows.
type batch struct {
	copies   []rowsOf
	projects int64 // written when this batch is
}

type rowsOf struct {
	table, columns string
	data           []byte
}

// take empties the sheets into a batch, in their order, which is that of their foreign keys.
func take(sheets []*sheet, projects int64) batch {
	b := batch{projects: projects}
	for _, s := range sheets {
		if s.data.Len() > 0 {
			b.copies = append(b.copies, rowsOf{s.table, s.columns, bytes.Clone(s.data.Bytes())})
			s.data.Reset()
		}
	}
	return b
}
