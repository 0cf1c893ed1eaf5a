package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/gzhttp"

	"taawun/graph"
)

const (
	mediaEvents       = "text/event-stream"
	headerLastEventID = "Last-Event-ID"
)

// eventSettings bound a stream of server-sent events.
type eventSettings struct {
	keepAlive time.Duration // between comments that keep proxies from closing a silent stream
	patience  time.Duration // for the client to take one event; it is dropped after that, and may resume
	lifetime  time.Duration // of a stream, after which the client comes back and says again who it is
}

func defaultEventSettings() eventSettings {
	return eventSettings{keepAlive: 15 * time.Second, patience: 10 * time.Second, lifetime: time.Hour}
}

// acceptsEvents says whether a request wants its answer as server-sent events.
func acceptsEvents(accept []string) bool {
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			if media, _, err := mime.ParseMediaType(part); err == nil && media == mediaEvents {
				return true
			}
		}
	}
	return false
}

// stream answers an operation by server-sent events, as the protocol graphql-sse has it for distinct connections: "next" for each response,
// "complete" at the end. The id of an event is its position in the sequence of changes, so that a browser's EventSource resumes by itself.
// Nothing is kept for a slow client: the next event is read when it has taken the one before. cancel ends ctx.
func (t *transport) stream(ctx context.Context, cancel context.CancelFunc, w http.ResponseWriter, r *http.Request, next graphql.ResponseHandler) {
	header := w.Header()
	header.Set("Content-Type", mediaEvents+"; charset=utf-8")
	header.Set("X-Accel-Buffering", "no")
	header.Set(gzhttp.HeaderNoCompression, "events") // they would wait in the compressor
	out := &eventWriter{w: w, control: http.NewResponseController(w), patience: t.events.patience}
	responses := make(chan *graphql.Response)
	go func() {
		defer close(responses)
		defer func() {
			if cause := recover(); cause != nil {
				t.logger.LogAttrs(ctx, slog.LevelError, "a stream panicked", slog.String("request_id", graph.RequestID(ctx)), slog.Any("panic", cause),
					slog.String("stack", string(debug.Stack())))
			}
		}()
		for response := next(ctx); response != nil; response = next(ctx) {
			select {
			case responses <- response:
			case <-ctx.Done():
				return
			}
		}
	}()
	err := out.begin()
	silence := time.NewTicker(t.events.keepAlive)
	defer silence.Stop()
	for err == nil {
		select {
		case response, more := <-responses:
			switch {
			case more:
				entryOf(r.Context()).failed(response.Errors)
				err = out.next(response)
			case ctx.Err() == nil:
				_ = out.complete() // the client may have gone at this moment
				return
			default: // the client comes back and resumes, as it does after any other interruption
				return
			}
		case <-silence.C:
			err = out.comment()
		}
	}
	cancel()
	for range responses { // the one who reads for this stream ends first
	}
	entry := entryOf(r.Context())
	entry.codes = append(entry.codes, "STREAM_DROPPED")
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.logger.LogAttrs(ctx, slog.LevelWarn, "a client that took no event for too long was dropped", slog.String("request_id", graph.RequestID(ctx)),
			slog.String("patience", t.events.patience.String()))
	}
}

// eventWriter writes server-sent events, each at once and within a time.
type eventWriter struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
	buffer   bytes.Buffer
}

// begin lifts the time-outs of an ordinary exchange and sends the header.
func (o *eventWriter) begin() error {
	if err := o.control.SetReadDeadline(time.Time{}); err != nil {
		return fmt.Errorf("keep a stream open: %w", err)
	}
	return o.comment()
}

func (o *eventWriter) comment() error {
	o.buffer.WriteString(":\n\n")
	return o.send()
}

func (o *eventWriter) next(r *graphql.Response) error {
	if position, ok := r.Extensions[graph.Position].(string); ok {
		o.buffer.WriteString("id: " + position + "\n")
	}
	o.buffer.WriteString("event: next\ndata: ")
	var body bytes.Buffer
	if err := graph.WriteResponse(&body, r); err != nil {
		return err
	}
	// JSON has line breaks only between its parts, where any white space will do.
	for _, b := range body.Bytes() {
		if b == '\n' || b == '\r' {
			b = ' '
		}
		o.buffer.WriteByte(b)
	}
	o.buffer.WriteString("\n\n")
	return o.send()
}

func (o *eventWriter) complete() error {
	o.buffer.WriteString("event: complete\ndata:\n\n")
	return o.send()
}

func (o *eventWriter) send() error {
	defer o.buffer.Reset()
	if err := o.control.SetWriteDeadline(time.Now().Add(o.patience)); err != nil {
		return fmt.Errorf("give a client time to take an event: %w", err)
	}
	if _, err := o.w.Write(o.buffer.Bytes()); err != nil {
		return fmt.Errorf("send an event: %w", err)
	}
	if err := o.control.Flush(); err != nil {
		return fmt.Errorf("send an event: %w", err)
	}
	return nil
}
