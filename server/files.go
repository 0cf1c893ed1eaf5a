package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/klauspost/compress/gzhttp"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"

	"taawun/db"
	"taawun/graph"
)

const pathFiles = "/files"

// fileRoles may store files, as base.store_file has it too.
var fileRoles = []string{"EDITOR", "TRANSLATOR", "REVIEWER", "CERTIFIER", "APPROVER"}

// files stores files and hands them out to those who see a record that refers to them: PostgreSQL decides.
type files struct {
	public, staff, writer *bun.DB
	maxBytes              int64
	patience              time.Duration // for a client to send a file
	deadline              time.Duration // for a statement
	slots                 chan struct{} // a file is held in memory while it is stored
}

// fileSlots is how many files may be on their way into the database at once.
const fileSlots = 2

func newFiles(p *pools, maxBytes int64, deadline time.Duration) *files {
	return &files{public: p.public, staff: p.staff, writer: p.writer, maxBytes: maxBytes, patience: 5 * time.Minute, deadline: deadline,
		slots: make(chan struct{}, fileSlots)}
}

// storedFile is the answer to who has stored a file.
type storedFile struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	MediaType string `json:"mediaType"`
	ByteSize  int    `json:"byteSize"`
	Sha256    string `json:"sha256"`
	URL       string `json:"url"`
}

// store keeps the file that is the body of the request, named by ?name= or its Content-Disposition, or the one file of a form.
func (f *files) store(w http.ResponseWriter, r *http.Request) {
	viewer := graph.ViewerOf(r.Context())
	if viewer == nil {
		writeProblem(w, r, &problem{http.StatusUnauthorized, graph.CodeUnauthenticated, "Sign in to store a file.", "سجّل الدخول لحفظ ملف."})
		return
	}
	if !slices.ContainsFunc(fileRoles, viewer.Has) || viewer.ReadOnly {
		writeProblem(w, r, &problem{http.StatusForbidden, graph.CodeForbidden, "You may not store files.", "لا يحق لك حفظ الملفات."})
		return
	}
	if r.ContentLength > f.maxBytes+formOverhead {
		writeProblem(w, r, f.tooLarge())
		return
	}
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	default:
		w.Header().Set("Retry-After", "5")
		writeProblem(w, r, &problem{http.StatusServiceUnavailable, graph.CodeUnavailable, "Others are storing files at this moment. Try again in a few seconds.",
			"يجري حفظ ملفات أخرى في هذه اللحظة. حاول من جديد بعد ثوانٍ."})
		return
	}
	deadline := time.Now().Add(f.patience)
	control := http.NewResponseController(w)
	_, _ = control.SetReadDeadline(deadline), control.SetWriteDeadline(deadline.Add(f.deadline)) // where the server lets a handler do so
	name, claimed, content, wrong := f.receive(w, r)
	if wrong != nil {
		writeProblem(w, r, wrong)
		return
	}
	found := fileType(content)
	if found == "" {
		writeProblem(w, r, unsupported("Only these files are kept: PDF, DOCX, XLSX, ODT, PNG, JPEG, TIFF and plain text in UTF-8; no macros, and nothing that is two things at once.",
			"لا تُحفظ إلا ملفات PDF وDOCX وXLSX وODT وPNG وJPEG وTIFF والنص الخام بترميز UTF-8، من دون وحدات ماكرو ومن دون ملفات مزدوجة النوع."))
		return
	}
	if contradicted(found, claimed, name) {
		writeProblem(w, r, unsupported(fmt.Sprintf("The file is %s by its content, and something else by its name or by the type it was sent with.", found),
			fmt.Sprintf("الملف من النوع %s بحسب محتواه، ومن نوع آخر بحسب اسمه أو النوع المرسل معه.", found)))
		return
	}
	ctx, cancel := context.WithTimeout(db.WithActing(r.Context(), db.Acting{Account: viewer.Account, Token: viewer.Token, Request: graph.RequestID(r.Context()), Operation: "store file"}), f.deadline)
	defer cancel()
	answer := storedFile{Name: name, MediaType: found, ByteSize: len(content)}
	var key int64
	err := f.writer.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		return tx.Tx.QueryRowContext(ctx, "select id, sha256 from base.store_file($1, $2, $3)", name, found, content).Scan(&key, &answer.Sha256)
	})
	var refused pgdriver.Error
	switch {
	case errors.As(err, &refused) && refused.Field('C') == "42501":
		writeProblem(w, r, &problem{http.StatusForbidden, graph.CodeForbidden, "You may not store files.", "لا يحق لك حفظ الملفات."})
		return
	case err != nil:
		f.fail(w, r, fmt.Errorf("store a file: %w", err))
		return
	}
	answer.ID = fmt.Sprintf("fil_%x", key)
	answer.URL = pathFiles + "/" + answer.ID
	w.Header().Set("Location", answer.URL)
	w.Header().Set("Content-Type", mediaJSON+"; charset=utf-8")
	w.WriteHeader(http.StatusCreated)
	writeJSON(w, answer)
}

// formOverhead is what a form may add to its file.
const formOverhead = 64 << 10

// receive reads the file that was sent.
func (f *files) receive(w http.ResponseWriter, r *http.Request) (name, claimed string, content []byte, wrong *problem) {
	body := http.MaxBytesReader(w, r.Body, f.maxBytes+formOverhead)
	claimed, name = r.Header.Get("Content-Type"), r.URL.Query().Get("name")
	var err error
	if media, params, _ := mime.ParseMediaType(claimed); media == "multipart/form-data" {
		if name, claimed, content, err = f.part(multipart.NewReader(body, params["boundary"]), name); errors.Is(err, errForm) {
			return "", "", nil, badRequest("The form must hold one file, and may hold a field “name” before it.", "يجب أن يحتوي النموذج على ملف واحد، وقد يسبقه حقل «name».")
		}
	} else {
		if _, params, err := mime.ParseMediaType(r.Header.Get("Content-Disposition")); err == nil && name == "" {
			name = params["filename"]
		}
		content, err = io.ReadAll(io.LimitReader(body, f.maxBytes+1))
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large) || int64(len(content)) > f.maxBytes:
		return "", "", nil, f.tooLarge()
	case err != nil:
		return "", "", nil, badRequest("The file did not arrive as a whole.", "لم يصل الملف كاملاً.")
	case len(content) == 0:
		return "", "", nil, badRequest("The file is empty.", "الملف فارغ.")
	}
	if name = strings.TrimSpace(name); !goodName(name) {
		return "", "", nil, badRequest("Name the file, by ?name= or in the form: 1 to 255 characters, no slashes and no control characters.",
			"سمِّ الملف عبر ?name= أو في النموذج: من 1 إلى 255 محرفاً، من دون خطوط مائلة أو محارف تحكم.")
	}
	return name, claimed, content, nil
}

var errForm = errors.New("the form does not hold one file")

// part reads the one file of a form.
func (f *files) part(form *multipart.Reader, named string) (name, claimed string, content []byte, err error) {
	name = named
	found := false
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			if !found {
				return "", "", nil, errForm
			}
			return name, claimed, content, nil
		}
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return "", "", nil, err
		} else if err != nil {
			return "", "", nil, errForm
		}
		switch {
		case part.FileName() != "" && !found:
			found = true
			if claimed = part.Header.Get("Content-Type"); name == "" {
				name = part.FileName()
			}
			if content, err = io.ReadAll(io.LimitReader(part, f.maxBytes+1)); err != nil {
				return "", "", nil, err
			}
		case part.FileName() == "" && part.FormName() == "name" && !found:
			value, err := io.ReadAll(io.LimitReader(part, 2000))
			if err != nil {
				return "", "", nil, err
			}
			name = string(value)
		default:
			return "", "", nil, errForm
		}
	}
}

// goodName says whether a file may be named so. Characters that turn the direction of what follows would make a name show as another.
func goodName(name string) bool {
	if name == "" || name == "." || name == ".." || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 255 {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool {
		return r == '/' || r == '\\' || unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	})
}

func (f *files) tooLarge() *problem {
	size, sizeAr := fmt.Sprintf("%d bytes", f.maxBytes), fmt.Sprintf("%d بايت", f.maxBytes)
	if megabytes := f.maxBytes >> 20; megabytes > 0 {
		size, sizeAr = fmt.Sprintf("%d MB", megabytes), fmt.Sprintf("%d ميغابايت", megabytes)
	}
	return &problem{http.StatusRequestEntityTooLarge, graph.CodeBadUserInput, "The file is larger than " + size + ".", "حجم الملف أكبر من " + sizeAr + "."}
}

func (f *files) fail(w http.ResponseWriter, r *http.Request, err error) {
	entryOf(r.Context()).cause = err
	writeProblem(w, r, internalError())
}

var fileID = regexp.MustCompile(`^fil_([1-9a-f][0-9a-f]{0,15})$`)

// read hands out a file.
func (f *files) read(w http.ResponseWriter, r *http.Request) {
	c := &fileContent{files: f, ctx: r.Context(), pool: f.public}
	if viewer := graph.ViewerOf(r.Context()); viewer != nil && len(viewer.Roles) > 0 {
		c.pool, c.acting = f.staff, &db.Acting{Account: viewer.Account, Token: viewer.Token}
	}
	var name, mediaType, digest string
	found := sql.ErrNoRows
	if id := fileID.FindStringSubmatch(r.PathValue("id")); id != nil {
		if key, err := strconv.ParseInt(id[1], 16, 64); err == nil {
			c.key = key
			found = c.ask("select name, media_type, sha256, byte_size from stored_file where id = $1", []any{key}, &name, &mediaType, &digest, &c.size)
		}
	}
	switch {
	case errors.Is(found, sql.ErrNoRows):
		writeProblem(w, r, &problem{http.StatusNotFound, graph.CodeNotFound, "There is no such file, or none that you may read.", "لا يوجد ملف كهذا، أو لا يحق لك قراءته."})
		return
	case found != nil:
		f.fail(w, r, fmt.Errorf("look for a file: %w", found))
		return
	}
	header := w.Header()
	header.Set("Content-Type", mediaType)
	if mediaType == typeText {
		header.Set("Content-Type", typeText+"; charset=utf-8")
	}
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	header.Set("ETag", `"`+digest+`"`)
	header.Set("Cache-Control", "private, no-cache") // who may read it may change
	header.Set("Vary", "Cookie, Authorization")
	header.Set(gzhttp.HeaderNoCompression, "1") // parts of it may be asked for
	http.ServeContent(w, r, "", time.Time{}, c)
	if c.failed != nil {
		entryOf(r.Context()).cause = c.failed
	}
}

// pieceBytes are read from PostgreSQL at once: no connection is held while a slow client takes what it asked for.
const pieceBytes = 512 << 10

// fileContent reads a file from PostgreSQL piece by piece.
type fileContent struct {
	files  *files
	ctx    context.Context
	pool   *bun.DB
	acting *db.Acting
	key    int64
	size   int64

	at, pieceAt int64
	piece       []byte
	failed      error
}

// ask reads one row as the viewer sees it.
func (c *fileContent) ask(query string, args []any, into ...any) error {
	ctx, cancel := context.WithTimeout(c.ctx, c.files.deadline)
	defer cancel()
	if c.acting != nil {
		ctx = db.WithActing(ctx, *c.acting)
	}
	return c.pool.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
		return tx.Tx.QueryRowContext(ctx, query, args...).Scan(into...)
	})
}

// Read reads on where the last one ended.
func (c *fileContent) Read(p []byte) (int, error) {
	if c.at >= c.size {
		return 0, io.EOF
	}
	if c.at < c.pieceAt || c.at >= c.pieceAt+int64(len(c.piece)) {
		c.pieceAt, c.piece = c.at, nil
		if err := c.ask("select substring(content from $1::int for $2::int) from file_content where file_id = $3::bigint", []any{c.at + 1, int64(pieceBytes), c.key}, &c.piece); err != nil {
			c.failed = fmt.Errorf("read file %d: %w", c.key, err)
			return 0, c.failed
		}
		if len(c.piece) == 0 {
			return 0, io.ErrUnexpectedEOF
		}
	}
	n := copy(p, c.piece[c.at-c.pieceAt:])
	c.at += int64(n)
	return n, nil
}

// Seek goes to another place in the file.
func (c *fileContent) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.size
	}
	if offset < 0 {
		return 0, errors.New("seek before the beginning of a file")
	}
	c.at = offset
	return offset, nil
}
