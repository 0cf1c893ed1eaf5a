package iati_test

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

const activity = `<iati-activity xml:lang="en"><iati-identifier>XM-R-1</iati-identifier><title><narrative>Title</narrative></title></iati-activity>`

// TestRefused gives files that cannot be trusted. Nothing of them may be written, however late in the file the trouble comes.
func TestRefused(t *testing.T) {
	t.Parallel()
	// Enough activities that the first ones have been sent to the database before the end is read.
	var many strings.Builder
	for range 3 {
		many.WriteString("<!-- " + strings.Repeat("x", 1<<20) + " -->" + strings.ReplaceAll(activity, "XM-R-1", "XM-R-"+string(rune('2'+many.Len()%7))))
	}
	head := `<iati-activities version="2.03">`
	for name, c := range map[string]struct{ content, want string }{
		"old":              {`<iati-activities version="1.05">` + activity, "version 1.05 of the standard is too old"},
		"new":              {`<iati-activities version="3.01">`, "version 3.01 of the standard is not known here"},
		"no version":       {`<iati-activities>` + activity + `</iati-activities>`, "says no version"},
		"empty":            {"", "is empty or holds no XML"},
		"text":             {"identifier,title\n1,One\n", "is empty or holds no XML"},
		"other XML":        {`<html><body/></html>`, "its root element is html"},
		"other namespace":  {`<iati-activities xmlns="https://example.org" version="2.03"/>`, "this is no IATI file"},
		"document type":    {`<!DOCTYPE iati-activities SYSTEM "https://example.org/x.dtd">` + head + `</iati-activities>`, "document type (DOCTYPE)"},
		"entity bomb":      {`<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` + head + `<x>&b;</x></iati-activities>`, "document type (DOCTYPE)"},
		"late type":        {head + activity + `<!DOCTYPE x></iati-activities>`, "document type (DOCTYPE)"},
		"entity":           {head + `<x>&eacute;</x></iati-activities>`, "the XML is broken: invalid character entity &eacute;"},
		"cut off":          {head + activity, "breaks off in the middle"},
		"cut off late":     {head + many.String() + `<iati-activity><iati-identifier>X`, "breaks off in the middle"},
		"wrong end":        {head + many.String() + `</iati-activity></iati-activities>`, "the XML is broken"},
		"second root":      {head + activity + `</iati-activities><iati-activities version="2.03"/>`, "second root element"},
		"deep":             {head + strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100) + `</iati-activities>`, "line 1: elements stand more than 64 deep"},
		"unknown encoding": {`<?xml version="1.0" encoding="EBCDIC-CP-US"?>` + head + `</iati-activities>`, `the encoding "EBCDIC-CP-US" is not supported`},
		"broken UTF-8":     {head + many.String() + "<x>\xff</x></iati-activities>", "the XML is broken: invalid UTF-8"},
		"control":          {head + "<x>\x01</x></iati-activities>", "the XML is broken: illegal character code U+0001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := dbtest.New(t).Owner()
			path := file(t, "file.xml", c.content)
			s, err := iati.Import(t.Context(), owner, iati.Options{}, []string{path})
			var refused *iati.FileError
			if !errors.As(err, &refused) || refused.File != path || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want one with %q", err, c.want)
			}
			if s.Activities != (iati.Counts{}) {
				t.Errorf("the summary counts %+v", s.Activities)
			}
			if n := one[int](t, owner, "select (select count(*) from project) + (select count(*) from source) + (select count(*) from data_set) + (select count(*) from translation)"); n != 0 {
				t.Errorf("%d rows were written of a file that was refused", n)
			}
		})
	}
}

// TestLargeElement refuses an element that would take all memory.
func TestLargeElement(t *testing.T) {
	t.Parallel()
	path := file(t, "large.xml", `<iati-activities version="2.03"><iati-activity><title>`+strings.Repeat("large ", 6<<20)+`</title></iati-activity></iati-activities>`)
	_, err := iati.Import(t.Context(), dbtest.New(t).Owner(), iati.Options{}, []string{path})
	if err == nil || !strings.Contains(err.Error(), "one element has more than 32 MB") {
		t.Errorf("error %v", err)
	}
}

// TestOthersGoOn shows that a refused file does not keep the others out, and that progress reaches the end.
func TestOthersGoOn(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	bad := file(t, "bad.xml", "<html/>")
	var done, total int64
	s, err := iati.Import(t.Context(), owner, iati.Options{Progress: func(d, n int64) {
		if d < done {
			t.Errorf("progress goes back from %d to %d", done, d)
		}
		done, total = d, n
	}}, []string{bad, "testdata/full.xml"})
	if err == nil || s.Activities.New != 2 {
		t.Errorf("error %v, %d new activities; want an error and 2", err, s.Activities.New)
	}
	if done != total || total == 0 {
		t.Errorf("progress ends at %d of %d", done, total)
	}
	if name := one[string](t, owner, "select name from data_set"); name != "full.xml" {
		t.Errorf("the data set is named %q, want the name of the file", name)
	}
	if _, err := iati.Import(t.Context(), owner, iati.Options{}, []string{"testdata/none.xml"}); err == nil {
		t.Error("a missing file is no error")
	}
}

// TestEncodings reads one file in several encodings.
func TestEncodings(t *testing.T) {
	t.Parallel()
	latin, arabic := "Réparation à côté", "مشروع مياه"
	xml := func(encoding, title string) string {
		if encoding != "" {
			encoding = ` encoding="` + encoding + `"`
		}
		return `<?xml version="1.0"` + encoding + `?><iati-activities version="2.03">` + strings.ReplaceAll(activity, "Title", title) + `</iati-activities>`
	}
	wide := func(s string, order binary.ByteOrder, mark bool) string {
		units := utf16.Encode([]rune(s))
		if mark {
			units = append([]uint16{0xfeff}, units...)
		}
		b := make([]byte, 2*len(units))
		for i, u := range units {
			order.PutUint16(b[2*i:], u)
		}
		return string(b)
	}
	narrow := func(m *charmap.Charmap, s string) string {
		b, err := m.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct{ content, title string }{
		"none":           {xml("", arabic), arabic},
		"UTF-8":          {"\xef\xbb\xbf" + xml("utf-8", arabic), arabic},
		"UTF-16LE":       {wide(xml("UTF-16", arabic), binary.LittleEndian, true), arabic},
		"UTF-16BE":       {wide(xml("UTF-16", arabic), binary.BigEndian, true), arabic},
		"UTF-16LE naked": {wide(xml("UTF-16LE", arabic), binary.LittleEndian, false), arabic},
		"ISO-8859-1":     {narrow(charmap.ISO8859_1, xml("ISO-8859-1", latin)), latin},
		"ISO-8859-6":     {narrow(charmap.ISO8859_6, xml("ISO-8859-6", arabic)), arabic},
		"Windows-1252":   {narrow(charmap.Windows1252, xml("Windows-1252", latin+"’")), latin + "’"},
		"Windows-1256":   {narrow(charmap.Windows1256, xml("windows-1256", arabic)), arabic},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			owner := dbtest.New(t).Owner()
			imports(t, owner, "", file(t, "file.xml", c.content))
			if got := one[string](t, owner, "select title ->> 'en' from project"); got != c.title {
				t.Errorf("title %q, want %q", got, c.title)
			}
			if got := one[string](t, owner, "select content from source"); !strings.Contains(got, c.title) {
				t.Errorf("the XML that is kept is %q", got)
			}
		})
	}
}

// TestOtherData shows that a data set of another kind cannot be written into.
func TestOtherData(t *testing.T) {
	t.Parallel()
	owner := dbtest.New(t).Owner()
	if _, err := owner.ExecContext(t.Context(), "insert into data_set (name, kind) values ('units', 'UNITS')"); err != nil {
		t.Fatal(err)
	}
	_, err := iati.Import(t.Context(), owner, iati.Options{DataSet: "units"}, []string{"testdata/full.xml"})
	if err == nil || !strings.Contains(err.Error(), "holds data other than IATI's") {
		t.Errorf("error %v", err)
	}
}
