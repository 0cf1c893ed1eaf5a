package export

import (
	"bufio"
	"encoding/xml"
	"io"
	"slices"
	"strings"

	"taawun/db"
)

// writer writes XML, an element a line. The first error stays.
type writer struct {
	out     *bufio.Writer
	open    []string
	locale  string
	written int64
	err     error
}

func newWriter(out io.Writer) *writer { return &writer{out: bufio.NewWriterSize(out, 64<<10)} }

func (w *writer) raw(text string) {
	if w.err == nil {
		var n int
		n, w.err = w.out.WriteString(text)
		w.written += int64(n)
	}
}

func (w *writer) flush() {
	if w.err == nil {
		w.err = w.out.Flush()
	}
}

func (w *writer) indent() {
	w.raw(strings.Repeat("  ", len(w.open)))
}

// tag writes < name and attributes, given as name and value; those without a value are left out.
func (w *writer) tag(name string, attributes []string) {
	w.indent()
	w.raw("<" + name)
	for a := range slices.Chunk(attributes, 2) {
		if a[1] != "" {
			w.raw(" " + a[0] + `="` + escape(a[1]) + `"`)
		}
	}
}

// start opens an element.
func (w *writer) start(name string, attributes ...string) {
	w.tag(name, attributes)
	w.raw(">\n")
	w.open = append(w.open, name)
}

// end closes the last element that is open.
func (w *writer) end() {
	name := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	w.indent()
	w.raw("</" + name + ">\n")
}

// empty writes an element without content.
func (w *writer) empty(name string, attributes ...string) {
	w.tag(name, attributes)
	w.raw("/>\n")
}

// text writes an element that holds a text.
func (w *writer) text(name, value string, attributes ...string) {
	w.tag(name, attributes)
	w.raw(">" + escape(value) + "</" + name + ">\n")
}

// comment writes a remark for people who read the file.
func (w *writer) comment(text string) {
	w.indent()
	w.raw("<!-- " + strings.ReplaceAll(escape(text), "--", "- -") + " -->\n")
}

// narratives writes the languages of a text, the original first; the language of the activity goes without saying.
func (w *writer) narratives(t db.Texts) {
	for _, locale := range locales(t) {
		said := locale
		if locale == w.locale {
			said = ""
		}
		w.text("narrative", t[locale], "xml:lang", said)
	}
}

// told writes an element of narratives, if there are any.
func (w *writer) told(name string, t db.Texts, attributes ...string) {
	if len(locales(t)) > 0 {
		w.start(name, attributes...)
		w.narratives(t)
		w.end()
	}
}

// named writes an element that may hold narratives.
func (w *writer) named(name string, t db.Texts, attributes ...string) {
	if len(locales(t)) == 0 {
		w.empty(name, attributes...)
		return
	}
	w.told(name, t, attributes...)
}

// demanded writes an element of narratives that the standard demands, with another text where there is none.
func (w *writer) demanded(name string, t db.Texts, instead string, attributes ...string) {
	if len(locales(t)) > 0 {
		w.told(name, t, attributes...)
		return
	}
	w.start(name, attributes...)
	w.text("narrative", instead)
	w.end()
}

// locales are the languages of a text, that of the original first.
func locales(t db.Texts) []string {
	var all []string
	for key, text := range t {
		if !strings.HasSuffix(key, "#") && strings.TrimSpace(text) != "" {
			all = append(all, key)
		}
	}
	rank := func(locale string) int {
		if t[locale+"#"] == "ORIGINAL" {
			return 0
		}
		return 1
	}
	slices.SortFunc(all, func(a, b string) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return all
}

// escape is a text as XML holds it; characters that XML cannot hold become U+FFFD.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
