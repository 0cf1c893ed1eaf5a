package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"image/png"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// The types of file that are kept.
const (
	typePDF  = "application/pdf"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeODT  = "application/vnd.oasis.opendocument.text"
	typePNG  = "image/png"
	typeJPEG = "image/jpeg"
	typeTIFF = "image/tiff"
	typeText = "text/plain"
)

// fileType finds the type of a file from its content; "" for what is not kept. A file that could be read as two types, such as a picture with an
// archive behind it, is none: what a reader's program makes of it must be what was looked at here.
func fileType(content []byte) string {
	if bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return officeType(content)
	}
	if _, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		return ""
	}
	switch {
	case bytes.HasPrefix(content, []byte("%PDF-")):
		if bytes.Contains(content[max(0, len(content)-1024):], []byte("%%EOF")) {
			return typePDF
		}
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		if _, err := png.DecodeConfig(bytes.NewReader(content)); err == nil && bytes.HasSuffix(content, []byte("IEND\xaeB`\x82")) {
			return typePNG
		}
	case bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		if _, err := jpeg.DecodeConfig(bytes.NewReader(content)); err == nil {
			return typeJPEG
		}
	case bytes.HasPrefix(content, []byte("II*\x00")) && ordered(content, binary.LittleEndian), bytes.HasPrefix(content, []byte("MM\x00*")) && ordered(content, binary.BigEndian):
		return typeTIFF
	case plainText(content):
		return typeText
	}
	return ""
}

// ordered says whether the directory of a TIFF lies in the file.
func ordered(content []byte, order binary.ByteOrder) bool {
	if len(content) < 10 {
		return false
	}
	at := int64(order.Uint32(content[4:]))
	return at >= 8 && at+2 <= int64(len(content))
}

// plainText is text in UTF-8 that no browser would take for a page or a picture.
func plainText(content []byte) bool {
	if !utf8.Valid(content) {
		return false
	}
	for _, c := range content {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f {
			return false
		}
	}
	begin := bytes.ToLower(content[:min(len(content), 4096)])
	for _, mark := range []string{"<!doctype", "<html", "<head", "<body", "<script", "<svg", "<iframe", "<?xml", "%!ps"} {
		if bytes.Contains(begin, []byte(mark)) {
			return false
		}
	}
	return strings.HasPrefix(http.DetectContentType(content), "text/plain")
}

// officeType tells documents of office programs apart; those with macros, and other archives, are none.
func officeType(content []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil || len(archive.File) == 0 || len(archive.File) > 20_000 {
		return ""
	}
	has := func(name string) bool {
		return slices.ContainsFunc(archive.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, name) })
	}
	if slices.ContainsFunc(archive.File, func(f *zip.File) bool {
		name := strings.ToLower(f.Name)
		return strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/")
	}) {
		return ""
	}
	switch first := archive.File[0]; {
	case first.Name == "mimetype":
		if beginning(first) == typeODT && has("content.xml") {
			return typeODT
		}
	case has("[Content_Types].xml") && has("word/document.xml") && !has("xl/workbook.xml"):
		return typeDOCX
	case has("[Content_Types].xml") && has("xl/workbook.xml") && !has("word/document.xml"):
		return typeXLSX
	}
	return ""
}

// beginning is the beginning of a file in an archive, as text.
func beginning(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, 200))
	if err != nil {
		return ""
	}
	return string(text)
}

// extensions are those by which the files of a type may be named, in lower case.
var extensions = map[string][]string{
	typePDF: {".pdf"}, typeDOCX: {".docx"}, typeXLSX: {".xlsx"}, typeODT: {".odt"}, typePNG: {".png"}, typeJPEG: {".jpg", ".jpeg"}, typeTIFF: {".tif", ".tiff"},
	typeText: {".txt", ".text", ".csv", ".md"},
}

// contradicted says whether a file of a type pretends to be something else, by the media type with which it was sent or by its name.
func contradicted(found, claimed, name string) bool {
	media, _, err := mime.ParseMediaType(claimed)
	if claimed != "" && err != nil {
		return true
	}
	switch media {
	case "", "application/octet-stream", found: // the second is what programs say that do not know
	case "image/jpg", "image/pjpeg":
		if found != typeJPEG {
			return true
		}
	case "text/csv", "text/markdown":
		if found != typeText {
			return true
		}
	default:
		return true
	}
	extension := strings.ToLower(path.Ext(name))
	return extension != "" && extension != "." && !strings.ContainsAny(extension, " ") && !slices.Contains(extensions[found], extension)
}
