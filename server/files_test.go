package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"
)

// archive is a zip file with these entries, each a name and its text.
func archive(t *testing.T, entries ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: entries[i], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(entries[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t *testing.T, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2)))
	if format == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2)), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const pdf = "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"

func TestFileTypes(t *testing.T) {
	t.Parallel()
	const types, odt = "[Content_Types].xml", typeODT
	for name, test := range map[string]struct {
		content []byte
		want    string
	}{
		"pdf":                     {[]byte(pdf), typePDF},
		"pdf that is cut off":     {[]byte("%PDF-1.7\n1 0 obj"), ""},
		"pdf behind a page":       {[]byte("<html>" + pdf), ""},
		"pdf and an archive":      {append([]byte(pdf), archive(t, "a", "b")...), ""},
		"docx":                    {archive(t, types, "", "word/document.xml", ""), typeDOCX},
		"docx with macros":        {archive(t, types, "", "word/document.xml", "", "word/vbaProject.bin", ""), ""},
		"docx and xlsx":           {archive(t, types, "", "word/document.xml", "", "xl/workbook.xml", ""), ""},
		"xlsx":                    {archive(t, types, "", "xl/workbook.xml", ""), typeXLSX},
		"odt":                     {archive(t, "mimetype", odt, "content.xml", ""), typeODT},
		"odt with macros":         {archive(t, "mimetype", odt, "content.xml", "", "Basic/Standard/x.xml", ""), ""},
		"archive":                 {archive(t, "a.txt", "a"), ""},
		"archive that is cut off": {archive(t, types, "", "word/document.xml", "")[:40], ""},
		"png":                     {picture(t, "png"), typePNG},
		"png and more":            {append(picture(t, "png"), "<script>"...), ""},
		"png and an archive":      {append(picture(t, "png"), archive(t, "a", "b")...), ""},
		"png, its beginning":      {picture(t, "png")[:20], ""},
		"jpeg":                    {picture(t, "jpeg"), typeJPEG},
		"jpeg and an archive":     {append(picture(t, "jpeg"), archive(t, "a", "b")...), ""},
		"tiff":                    {[]byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00"), typeTIFF},
		"tiff of big ends":        {[]byte("MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00"), typeTIFF},
		"tiff without directory":  {[]byte("II*\x00\xff\xff\x00\x00\x00\x00\x00\x00"), ""},
		"text":                    {[]byte("نص الاتفاقية\nArticle 1 <1>"), typeText},
		"text with a mark":        {[]byte("\xef\xbb\xbfنص"), typeText},
		"page":                    {[]byte("  <!DOCTYPE html><p>x"), ""},
		"picture of lines":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ""},
		"text with a script":      {[]byte("hello <SCRIPT>alert(1)</SCRIPT>"), ""},
		"bytes":                   {[]byte("a\x00b"), ""},
		"windows-1256":            {[]byte("\xe4\xd5"), ""},
		"gif":                     {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), ""},
	} {
		if got := fileType(test.content); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	for _, c := range []struct {
		found, claimed, name string
		want                 bool
	}{
		{typePDF, "", "a.pdf", false}, {typePDF, "application/octet-stream", "اتفاقية", false}, {typePDF, "application/pdf; x=y", "a.PDF", false}, {typePDF, "text/html", "a.pdf", true},
		{typePDF, "", "a.html", true}, {typeText, "text/csv", "a.csv", false}, {typeText, "", "a.html", true}, {typeJPEG, "image/jpg", "a.jpg", false}, {typePNG, "image/jpg", "a", true},
		{typePDF, "no type/;", "a.pdf", true}, {typePNG, "", "الملحق رقم 1. نسخة", false},
	} {
		if got := contradicted(c.found, c.claimed, c.name); got != c.want {
			t.Errorf("%s sent as %q named %q: contradicted %t", c.found, c.claimed, c.name, got)
		}
	}
}

// put stores a file and gives its id and address.
func (p *person) put(t *testing.T, name, content string) storedFile {
	t.Helper()
	got := p.request(t, http.MethodPost, pathFiles+"?name="+name, http.Header{"Content-Type": {"application/octet-stream"}}, content)
	var f storedFile
	if err := json.Unmarshal([]byte(got.body), &f); err != nil || got.status != http.StatusCreated || got.header.Get("Location") != f.URL {
		t.Fatalf("store %s: status %d: %s", name, got.status, got.body)
	}
	return f
}

func TestStoringFiles(t *testing.T) {
	t.Parallel()
	server := start(t, "--max-file", "3000")
	nobody, analyst, editor := server.visit(), server.colleague(t, "analyst", "ANALYST"), server.colleague(t, "editor", "EDITOR")
	form := func(parts string) (http.Header, string) {
		return http.Header{"Content-Type": {"multipart/form-data; boundary=xx"}}, strings.ReplaceAll(parts, "\n", "\r\n")
	}
	const part = "--xx\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\nContent-Type: text/plain\n\nhello\n"
	type sent struct {
		who                   *person
		path, mediaType, body string
		status                int
		code                  string
	}
	for name, s := range map[string]sent{
		"nobody":           {nobody, "?name=a.pdf", typePDF, pdf, 401, "UNAUTHENTICATED"},
		"an analyst":       {analyst, "?name=a.pdf", typePDF, pdf, 403, "FORBIDDEN"},
		"empty":            {editor, "?name=a.txt", typeText, "", 400, "BAD_USER_INPUT"},
		"without a name":   {editor, "", typePDF, pdf, 400, "BAD_USER_INPUT"},
		"a path as a name": {editor, "?name=..%2Fa.pdf", typePDF, pdf, 400, "BAD_USER_INPUT"},
		"a turned name":    {editor, "?name=a%E2%80%AEfdp.txt", typeText, "x", 400, "BAD_USER_INPUT"},
		"too big":          {editor, "?name=a.txt", typeText, strings.Repeat("x", 3001), 413, "BAD_USER_INPUT"},
		"much too big":     {editor, "?name=a.txt", typeText, strings.Repeat("x", 200_000), 413, "BAD_USER_INPUT"},
		"a page":           {editor, "?name=a.txt", typeText, "<html>", 415, "BAD_USER_INPUT"},
		"another type":     {editor, "?name=a.pdf", typePNG, pdf, 415, "BAD_USER_INPUT"},
		"another name":     {editor, "?name=a.png", "", pdf, 415, "BAD_USER_INPUT"},
		"a form":           {editor, "", "form", part + "--xx--\n", 201, ""},
		"a form of two":    {editor, "", "form", part + part + "--xx--\n", 400, "BAD_USER_INPUT"},
		"a form of none":   {editor, "", "form", "--xx--\n", 400, "BAD_USER_INPUT"},
		"half a form":      {editor, "", "form", part, 400, "BAD_USER_INPUT"},
		"just fits":        {editor, "?name=a.txt", typeText, strings.Repeat("x", 3000), 201, ""},
	} {
		header, body := http.Header{}, s.body
		if s.mediaType == "form" {
			header, body = form(s.body)
		} else if s.mediaType != "" {
			header.Set("Content-Type", s.mediaType)
		}
		wants(t, name, s.who.request(t, http.MethodPost, pathFiles+s.path, header, body), s.status, s.code)
	}
	header, body := form(part + "--xx--\n")
	header.Set("Origin", "https://evil.example.org")
	header.Set("Sec-Fetch-Site", "cross-site")
	if got := editor.request(t, http.MethodPost, pathFiles, header, body); got.status != http.StatusForbidden {
		t.Errorf("a form of another site: status %d", got.status)
	}
	var stored string
	if err := server.database.Owner().QueryRowContext(t.Context(), `select string_agg(name || ' ' || media_type || ' ' || byte_size || ' ' || uploaded_by_name, ', ' order by byte_size) from stored_file`).Scan(&stored); err != nil ||
		stored != "a.txt text/plain 5 editor, a.txt text/plain 3000 editor" {
		t.Errorf("stored: %s (%v)", stored, err)
	}
}

// TestReadingFiles: whoever sees a record that refers to a file reads the file, and nobody else.
func TestReadingFiles(t *testing.T) {
	t.Parallel()
	server := start(t)
	people := map[string]*person{"nobody": server.visit()}
	for _, role := range []string{"ANALYST", "EDITOR", "TRANSLATOR", "REVIEWER", "CERTIFIER"} {
		people[strings.ToLower(role)] = server.colleague(t, strings.ToLower(role), role)
	}
	people["requester"] = server.colleague(t, "requester", "EDITOR")
	people["assignee"] = server.colleague(t, "assignee", "TRANSLATOR")
	uploader := server.colleague(t, "uploader", "EDITOR")
	files := map[string]storedFile{}
	for _, name := range []string{"alone", "published", "draft", "confidential", "request", "secret request"} {
		files[name] = uploader.put(t, "%D8%A7%D8%AA%D9%81%D8%A7%D9%82.pdf", pdf+"% "+name+"\n%%EOF")
	}
	server.change(t,
		`insert into agreement (id, code, kind, status, state) values (1, 'A1', 'MEMORANDUM', 'SIGNED', 'PUBLISHED'), (2, 'A2', 'MEMORANDUM', 'SIGNED', 'DRAFT');
		insert into ministry_unit (id, code) values (900, 'X');
		insert into agreement (id, code, kind, status, state, confidential, owner_id) values (3, 'A3', 'MEMORANDUM', 'SIGNED', 'DRAFT', true, 900)`)
	for name, agreement := range map[string]int{"published": 1, "draft": 2, "confidential": 3} {
		server.change(t, fmt.Sprintf(`insert into agreement_text (agreement_id, locale, role, file_id, byte_size, published) values (%d, 'ar', 'AUTHENTIC', %s, 1, %t)`, agreement, keyOf(files[name].ID), agreement == 1))
	}
	for name, secret := range map[string]bool{"request": false, "secret request": true} {
		server.change(t, fmt.Sprintf(`insert into translation_request (code, source_locale, locale, requester_id, assignee_id, status, is_confidential, file_id)
			select '%s', 'en', 'ar', (select id from account where login = 'requester'), (select id from account where login = 'assignee'), 'ASSIGNED', %t, %s`, name, secret, keyOf(files[name].ID)))
	}
	all := "analyst editor translator reviewer certifier requester assignee"
	for name, readers := range map[string]string{
		"alone": "", "published": "nobody " + all, "draft": all, "confidential": "editor requester", "request": all, "secret request": "requester assignee certifier",
	} {
		if got := uploader.request(t, http.MethodGet, files[name].URL, http.Header{}, ""); got.status != http.StatusOK {
			t.Errorf("%s: who stored it gets %d", name, got.status)
		}
		for who, p := range people {
			got := p.request(t, http.MethodGet, files[name].URL, http.Header{}, "")
			if may := strings.Contains(" "+readers+" ", " "+who+" "); may && (got.status != http.StatusOK || !strings.Contains(got.body, "% "+name)) || !may && got.status != http.StatusNotFound {
				t.Errorf("%s reads %s: status %d: %.80s", who, name, got.status, got.body)
			}
		}
	}

	reader := people["nobody"]
	got := reader.request(t, http.MethodGet, files["published"].URL, http.Header{}, "")
	for header, want := range map[string]string{
		"Content-Type": typePDF, "X-Content-Type-Options": "nosniff", "Etag": `"` + files["published"].Sha256 + `"`, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
		"Content-Disposition": "attachment; filename*=utf-8''%D8%A7%D8%AA%D9%81%D8%A7%D9%82.pdf", "Cache-Control": "private, no-cache", "Accept-Ranges": "bytes",
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s: %q, want %q", header, got.header.Get(header), want)
		}
	}
	for name, r := range map[string]struct {
		header, value string
		status        int
		body          string
	}{
		"a part":         {"Range", "bytes=0-4", http.StatusPartialContent, "%PDF-"},
		"the end":        {"Range", "bytes=-5", http.StatusPartialContent, "%%EOF"},
		"beyond the end": {"Range", "bytes=9999-", http.StatusRequestedRangeNotSatisfiable, ""},
		"as it was":      {"If-None-Match", `"` + files["published"].Sha256 + `"`, http.StatusNotModified, ""},
		"compressed":     {"Accept-Encoding", "gzip", http.StatusOK, "%PDF-"},
	} {
		got := reader.request(t, http.MethodGet, files["published"].URL, http.Header{r.header: {r.value}}, "")
		if got.status != r.status || !strings.HasPrefix(got.body, r.body) {
			t.Errorf("%s: status %d %q", name, got.status, got.body)
		}
	}
	for _, id := range []string{"fil_ffffffffffffffff", "fil_0", "prj_1", "fil_zz", "1"} {
		wants(t, id, reader.request(t, http.MethodGet, pathFiles+"/"+id, http.Header{}, ""), http.StatusNotFound, "NOT_FOUND")
	}
	var described string
	if err := server.database.Owner().QueryRowContext(t.Context(), `select media_type || byte_size || sha256 from agreement_text where agreement_id = 1`).Scan(&described); err != nil ||
		described != fmt.Sprint(typePDF, files["published"].ByteSize, files["published"].Sha256) {
		t.Errorf("the text of the agreement says of its file: %s (%v)", described, err)
	}
}

// keyOf is the key of an id, as SQL.
func keyOf(id string) string {
	return "('x' || lpad('" + strings.TrimPrefix(id, "fil_") + "', 16, '0'))::bit(64)::bigint"
}
