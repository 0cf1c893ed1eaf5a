package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
)

// headerRequestID carries the id that names a request in the log, in error answers and towards proxies.
const headerRequestID = "X-Request-Id"

// entry collects what the log says about one request. Variables and literals never enter it: they may be personal.
type entry struct {
	operation string // name of the GraphQL operation, as the client wrote it
	kind      string // query or mutation
	codes     []string
	cause     any // what went wrong inside, masked in the answer
}

type entryKey struct{}

// entryOf is the entry of the request that ctx belongs to; outside a request it is one that nobody reads.
func entryOf(ctx context.Context) *entry {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		return e
	}
	return &entry{}
}

func (e *entry) failed(errs gqlerror.List) {
	for _, err := range errs {
		if code := fmt.Sprint(err.Extensions["code"]); !slices.Contains(e.codes, code) {
			e.codes = append(e.codes, code)
		}
	}
}

// logRequests gives every request an id and writes one line about it once it has been answered.
func logRequests(logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := requestID(r.Header.Get(headerRequestID))
		w.Header().Set(headerRequestID, id)
		line := &entry{}
		ctx := context.WithValue(graph.WithRequestID(r.Context(), id), entryKey{}, line)
		counted := &countingWriter{ResponseWriter: w}
		defer func() {
			line.write(ctx, logger, r, counted, id, time.Since(start))
		}()
		next.ServeHTTP(counted, r.WithContext(ctx))
	})
}

func (e *entry) write(ctx context.Context, logger *slog.Logger, r *http.Request, w *countingWriter, id string, took time.Duration) {
	level := slog.LevelInfo
	abandoned := r.Context().Err() != nil
	switch {
	case e.cause != nil:
		level = slog.LevelError
	case abandoned: // no failure of ours
	case w.status >= http.StatusInternalServerError || slices.Contains(e.codes, string(graph.CodeInternal)):
		level = slog.LevelError
	case r.URL.Path == pathLive || r.URL.Path == pathReady:
		level = slog.LevelDebug
	}
	if !logger.Enabled(ctx, level) {
		return
	}
	attributes := []slog.Attr{
		slog.String("request_id", id), slog.String("method", r.Method), slog.String("path", loggedPath(r.URL.Path)),
		slog.Int("status", w.status), slog.Int64("bytes", w.bytes), slog.Float64("ms", float64(took.Microseconds())/1000),
	}
	if e.kind != "" {
		attributes = append(attributes, slog.String("kind", e.kind))
	}
	if e.operation != "" {
		attributes = append(attributes, slog.String("operation", clip(e.operation)))
	}
	if len(e.codes) > 0 {
		attributes = append(attributes, slog.Any("codes", e.codes))
	}
	if abandoned {
		attributes = append(attributes, slog.Bool("abandoned", true))
	}
	if e.cause != nil {
		attributes = append(attributes, slog.Any("cause", e.cause))
	}
	logger.LogAttrs(ctx, level, "request", attributes...)
}

// requestID keeps the id that a proxy or client has given, if it is a plain token of a sane length, or makes one.
func requestID(given string) string {
	plain := func(c rune) bool {
		return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.'
	}
	if len(given) < 8 || len(given) > 64 || slices.ContainsFunc([]rune(given), func(c rune) bool { return !plain(c) }) {
		return rand.Text()
	}
	return given
}

// clip bounds what a client can write into the log.
func clip(text string) string {
	const longest = 120
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// countingWriter remembers the status and the size of an answer for the log.
type countingWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *countingWriter) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *countingWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Flush sends what was written: the compressor asks for nothing but an http.Flusher, and events would wait without it.
func (w *countingWriter) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController, which tells what went wrong.
func (w *countingWriter) FlushError() error {
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (w *countingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
