package iati

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"taawun/db/imports"
)

const (
	// maxRecord bounds the memory that one activity may take, in bytes of XML. The largest published ones have a few megabytes.
	maxRecord = 32 << 20
	// maxDepth bounds how deeply elements may stand in each other; the standard needs nine levels.
	maxDepth = 64
)

// entry is one activity or organisation as it stands in a file.
type entry struct {
	root    *element
	content string // XML as it was written, with the namespaces of the file declared on it, so that it stands on its own
}

// reader walks through a file, one activity or organisation at a time, and holds no more than one.
type reader struct {
	dec        *xml.Decoder
	rec        *recorder
	version    string
	record     string   // name of the elements wanted: iati-activity or iati-organisation
	namespaces []string // xmlns attributes of the root, as they are to be written
	ended      bool
}

// newReader reads up to the root element and refuses what is no IATI file of a version it knows.
func newReader(r io.Reader) (*reader, error) {
	utf8, err := decoded(r)
	if err != nil {
		return nil, err
	}
	rec := &recorder{from: utf8}
	dec := xml.NewDecoder(bufio.NewReaderSize(rec, 64<<10))
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded has done it
	f := &reader{dec: dec, rec: rec}
	for {
		tok, err := f.token()
		if err == io.EOF {
			return nil, imports.Say("the file is empty or holds no XML", "الملف فارغ أو ليس فيه XML")
		}
		if err != nil {
			return nil, err
		}
		if root, ok := tok.(xml.StartElement); ok {
			return f, f.start(root)
		}
	}
}

func (f *reader) start(root xml.StartElement) error {
	switch {
	case root.Name.Space == "" && root.Name.Local == "iati-activities":
		f.record = "iati-activity"
	case root.Name.Space == "" && root.Name.Local == "iati-organisations":
		f.record = "iati-organisation"
	default:
		return imports.Say("this is no IATI file: its root element is %s, not iati-activities or iati-organisations",
			"ليس هذا ملف IATI: عنصره الجذر %s، لا iati-activities ولا iati-organisations", root.Name.Local)
	}
	for _, a := range root.Attr {
		switch {
		case a.Name.Space == "" && a.Name.Local == "version":
			f.version = strings.TrimSpace(a.Value)
		case a.Name.Space == "xmlns":
			f.namespaces = append(f.namespaces, a.Name.Local, a.Value)
		}
	}
	switch {
	case f.version == "2.01", f.version == "2.02", f.version == "2.03":
		f.rec.forget(f.dec.InputOffset())
		return nil
	case f.version == "":
		return imports.Say("the root element says no version of the standard; 2.01, 2.02 and 2.03 can be imported",
			"لا يذكر العنصر الجذر إصدار المعيار؛ يمكن استيراد الإصدارات 2.01 و2.02 و2.03")
	case strings.HasPrefix(f.version, "1."):
		return imports.Say("version %s of the standard is too old (its texts and codes have another form); ask the publisher for 2.01, 2.02 or 2.03",
			"الإصدار %s من المعيار قديم (لنصوصه ورموزه شكل آخر)؛ اطلب من الناشر الإصدار 2.01 أو 2.02 أو 2.03", f.version)
	}
	return imports.Say("version %s of the standard is not known here; 2.01, 2.02 and 2.03 can be imported",
		"الإصدار %s من المعيار غير معروف هنا؛ يمكن استيراد الإصدارات 2.01 و2.02 و2.03", f.version)
}

// next is the next activity or organisation, or io.EOF after the last. Other errors mean that the file cannot be trusted.
func (f *reader) next() (*entry, error) {
	for {
		from := f.dec.InputOffset()
		line, _ := f.dec.InputPos()
		tok, err := f.token()
		switch {
		case err == io.EOF && f.ended:
			return nil, io.EOF
		case err != nil:
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if f.ended {
				return nil, f.at(line, imports.Say("a second root element follows the first", "بعد العنصر الجذر عنصر جذر ثانٍ"))
			}
			root, err := f.tree(t, line)
			if err != nil {
				return nil, err
			}
			to := f.dec.InputOffset()
			if root.is(f.record) {
				e := &entry{root: root, content: f.standalone(f.rec.cut(from, to), root)}
				f.rec.forget(to)
				return e, nil
			}
			f.rec.forget(to)
		case xml.EndElement:
			f.ended = true
		default:
			f.rec.forget(f.dec.InputOffset())
		}
	}
}

// tree reads the element that starts, with all that is in it.
func (f *reader) tree(start xml.StartElement, line int) (*element, error) {
	root := &element{name: start.Name, attrs: start.Attr, line: line}
	for e, depth := root, 1; ; {
		line, _ := f.dec.InputPos()
		tok, err := f.token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, f.at(line, imports.Say("elements stand more than %d deep in each other", "تتداخل العناصر في أكثر من %d مستوى", maxDepth))
			}
			c := &element{name: t.Name, attrs: t.Attr, parent: e, line: line}
			e.children = append(e.children, c)
			e = c
		case xml.EndElement:
			if e.parent == nil {
				return root, nil
			}
			e = e.parent
			depth--
		case xml.CharData:
			if e.text == "" {
				e.text = string(t)
			} else {
				e.text += string(t)
			}
		}
	}
}

// token is the decoder's next token. Document types are refused: they can name files and multiply entities without bound.
func (f *reader) token() (xml.Token, error) {
	tok, err := f.dec.Token()
	if err != nil {
		if err == io.EOF {
			return nil, err
		}
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) {
			if strings.Contains(syntax.Msg, "unexpected EOF") {
				return nil, f.at(syntax.Line, imports.Say("the file breaks off in the middle of an element", "ينقطع الملف في وسط عنصر"))
			}
			return nil, f.at(syntax.Line, imports.Say("the XML is broken: %s", "بنية XML غير سليمة: %s", syntax.Msg))
		}
		line, _ := f.dec.InputPos()
		return nil, f.at(line, err)
	}
	if d, ok := tok.(xml.Directive); ok && strings.HasPrefix(strings.ToUpper(strings.TrimSpace(string(d))), "DOCTYPE") {
		line, _ := f.dec.InputPos()
		return nil, f.at(line, imports.Say("the file declares a document type (DOCTYPE), which IATI does not use and which is refused for safety",
			"يصرّح الملف بنوع وثيقة (DOCTYPE)، وهو مما لا يستعمله معيار IATI ويُرفض حرصًا على السلامة"))
	}
	return tok, nil
}

// lineError is an error with the line of the file where it was found.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return e.Told().English }
func (e *lineError) Unwrap() error { return e.err }

// Told is the error in both languages.
func (e *lineError) Told() imports.Text {
	return imports.Say("line %d: %v", "السطر %d: %v", e.line, imports.Told(e.err))
}

func (f *reader) at(line int, err error) error {
	return &lineError{line, err}
}

// standalone declares the namespaces of the file on the record, where the record does not do so itself.
func (f *reader) standalone(raw []byte, root *element) string {
	var declared strings.Builder
	for i := 0; i < len(f.namespaces); i += 2 {
		prefix, again := f.namespaces[i], false
		for _, a := range root.attrs {
			again = again || a.Name.Space == "xmlns" && a.Name.Local == prefix
		}
		if !again {
			declared.WriteString(" xmlns:" + prefix + `="`)
			_ = xml.EscapeText(&declared, []byte(f.namespaces[i+1])) // a strings.Builder takes everything
			declared.WriteByte('"')
		}
	}
	tag := len("<") + len(root.name.Local)
	return string(raw[:tag]) + declared.String() + string(raw[tag:])
}

// recorder keeps the bytes of the record that is being read.
type recorder struct {
	from io.Reader
	buf  []byte
	base int64 // offset in the file of buf[0]
}

func (r *recorder) Read(p []byte) (int, error) {
	if len(r.buf) > maxRecord {
		return 0, imports.Say("one element has more than %d MB", "في الملف عنصر حجمه أكثر من %d ميغابايت", maxRecord>>20)
	}
	n, err := r.from.Read(p)
	r.buf = append(r.buf, p[:n]...)
	return n, err
}

// cut is what stands between two offsets.
func (r *recorder) cut(from, to int64) []byte {
	return r.buf[from-r.base : to-r.base]
}

// forget lets go of what stands before the offset.
func (r *recorder) forget(offset int64) {
	n := copy(r.buf, r.buf[offset-r.base:])
	if r.buf = r.buf[:n]; cap(r.buf) > 4<<20 && n < 1<<20 {
		r.buf = append(make([]byte, 0, 1<<20), r.buf...) // one large record must not hold its memory for the rest of the file
	}
	r.base = offset
}
