package iati

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"taawun/db/imports"
)

var declaration = regexp.MustCompile(`^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decoded gives the file as UTF-8. The byte order mark decides, then the XML declaration; a file without either is UTF-8.
func decoded(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(256)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := in.Discard(3)
		return in, err
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(in), nil
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Reader(in), nil
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Reader(in), nil
	}
	m := declaration.FindSubmatch(head)
	if m == nil {
		return in, nil
	}
	var e encoding.Encoding
	switch name := strings.ToLower(string(m[1])); name {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return in, nil
	case "iso-8859-1", "latin1":
		e = charmap.ISO8859_1
	case "iso-8859-6":
		e = charmap.ISO8859_6
	case "iso-8859-15":
		e = charmap.ISO8859_15
	case "windows-1252", "cp1252":
		e = charmap.Windows1252
	case "windows-1256", "cp1256":
		e = charmap.Windows1256
	default:
		return nil, imports.Say("the encoding %q is not supported; UTF-8, UTF-16, ISO-8859-1, -6, -15, Windows-1252 and -1256 are",
			"الترميز «%s» غير مدعوم؛ المدعوم UTF-8 وUTF-16 وISO-8859-1 و-6 و-15 وWindows-1252 و-1256", m[1])
	}
	return e.NewDecoder().Reader(in), nil
}
