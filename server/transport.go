package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
)

// transport is GraphQL over HTTP as the specification has it: GET for queries, POST for every operation, one operation
// per request, answers as application/graphql-response+json or application/json. It is gqlgen's own pair of transports
// corrected where they miss the specification, and it writes the statement's bytes without parsing them again. Subscriptions
// are answered by server-sent events; see stream.
type transport struct {
	maxBody  int64         // bytes of a request body
	deadline time.Duration // from the first byte of the body to the end of the execution
	buffers  *sync.Pool    // of *bytes.Buffer, for answers
	events   eventSettings
	logger   *slog.Logger
}

func newTransport(maxBody int64, deadline time.Duration, logger *slog.Logger) *transport {
	return &transport{
		maxBody: maxBody, deadline: deadline, events: defaultEventSettings(), logger: logger,
		buffers: &sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
}

// Supports takes every request: this is the only transport, and it says itself what it refuses.
func (t *transport) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t *transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, cancel := context.WithTimeout(r.Context(), t.deadline)
	defer cancel()
	media, events := negotiate(r.Header.Values("Accept")), acceptsEvents(r.Header.Values("Accept"))
	if events { // whose refusal is no event
		media = mediaGraphQL
	}
	header := w.Header()
	header.Set("Content-Type", media+"; charset=utf-8")
	header.Add("Vary", "Accept, Accept-Language, Authorization, Cookie")
	header.Set("Cache-Control", "no-store")

	params, wrong := readRequest(w, r, t.maxBody)
	if wrong != nil {
		t.refuse(w, r, wrong.status, wrong.errors())
		return
	}
	entry := entryOf(ctx)
	entry.operation = params.OperationName
	ctx = graph.WithLocales(ctx, graph.AcceptLanguage(r.Header.Get("Accept-Language")))
	operation, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		ctx = graphql.WithOperationContext(ctx, operation)
		errs = exec.DispatchError(ctx, errs).Errors
		t.refuse(w, r, statusOf(media, errs), errs)
		return
	}
	entry.kind, entry.operation = string(operation.Operation.Operation), operation.Operation.Name
	subscription := operation.Operation.Operation == ast.Subscription
	if subscription && (!events || r.Method == http.MethodHead) {
		wrong = notAcceptable("Subscriptions are answered by server-sent events: send Accept: text/event-stream.",
			"تصل الاشتراكات أحداثاً يرسلها الخادم: أرسل Accept: text/event-stream.")
		t.refuse(w, r, wrong.status, wrong.errors())
		return
	}
	if r.Method != http.MethodPost && operation.Operation.Operation == ast.Mutation {
		header.Set("Allow", "POST")
		wrong = methodNotAllowed("Only queries may be sent by GET; send this operation by POST.",
			"لا تُرسل بالطريقة GET إلا الاستعلامات؛ أرسل هذه العملية بالطريقة POST.")
		t.refuse(w, r, wrong.status, wrong.errors())
		return
	}
	if deferred(operation.Doc) {
		wrong = badRequest("@defer is not supported: the answer comes as a whole.", "لا يُدعم التوجيه @defer: تصل الإجابة كاملة.")
		t.refuse(w, r, statusOf(media, wrong.errors()), wrong.errors())
		return
	}
	if subscription { // which ends with the stream, not with the time for a request
		ctx = graph.WithLocales(r.Context(), graph.AcceptLanguage(r.Header.Get("Accept-Language")))
		ctx = graph.WithResume(ctx, r.Header.Get(headerLastEventID))
		ctx, cancel := context.WithTimeout(ctx, t.events.lifetime)
		defer cancel()
		next, ctx := exec.DispatchOperation(ctx, operation)
		t.stream(ctx, cancel, w, r, next)
		return
	}
	next, ctx := exec.DispatchOperation(ctx, operation)
	if events {
		t.stream(ctx, cancel, w, r, next)
		return
	}
	response := next(ctx)
	if response == nil { // gqlgen answers nothing once the context has ended
		errs := exec.DispatchError(ctx, gqlerror.List{gqlerror.WrapIfUnwrapped(context.Cause(ctx))}).Errors
		t.refuse(w, r, http.StatusGatewayTimeout, errs)
		return
	}
	status := http.StatusOK
	if response.Data == nil { // nothing was executed after all
		status = statusOf(media, response.Errors)
	}
	t.answer(w, r, status, response)
}

// refuse answers a request that was not executed: errors, and no data entry.
func (t *transport) refuse(w http.ResponseWriter, r *http.Request, status int, errs gqlerror.List) {
	t.answer(w, r, status, &graphql.Response{Errors: errs})
}

func (t *transport) answer(w http.ResponseWriter, r *http.Request, status int, response *graphql.Response) {
	entryOf(r.Context()).failed(response.Errors)
	buffer := t.buffers.Get().(*bytes.Buffer)
	defer t.release(buffer)
	if err := graph.WriteResponse(buffer, response); err != nil {
		entryOf(r.Context()).cause = fmt.Errorf("write the answer: %w", err)
		writeProblem(w, r, internalError())
		return
	}
	header := w.Header()
	switch status {
	case http.StatusServiceUnavailable:
		header.Set("Retry-After", "1")
	case http.StatusUnauthorized:
		header.Set("WWW-Authenticate", `Bearer realm="taawun"`)
	}
	if r.Method != http.MethodPost && len(response.Errors) == 0 {
		tag := etag(buffer.Bytes())
		header.Set("ETag", tag)
		header.Set("Cache-Control", "no-cache")
		if graph.ViewerOf(r.Context()) != nil {
			header.Set("Cache-Control", "private, no-cache")
		}
		if matches(r.Header.Get("If-None-Match"), tag) {
			header.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	header.Set("Content-Length", strconv.Itoa(buffer.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(buffer.Bytes()) // a client that has gone is not our error
}

// release keeps ordinary buffers for the next answer and lets the few huge ones go.
func (t *transport) release(buffer *bytes.Buffer) {
	if buffer.Cap() <= 256<<10 {
		buffer.Reset()
		t.buffers.Put(buffer)
	}
}

// statusOf is the status of a request error. The older media type promises 200 for every well-formed request, since its
// clients take other statuses for answers of intermediaries.
func statusOf(media string, errs gqlerror.List) int {
	if media == mediaJSON {
		return http.StatusOK
	}
	for _, err := range errs {
		switch graph.Code(fmt.Sprint(err.Extensions["code"])) {
		case graph.CodeUnavailable:
			return http.StatusServiceUnavailable
		case graph.CodeTimeout:
			return http.StatusGatewayTimeout
		case graph.CodeInternal:
			return http.StatusInternalServerError
		case graph.CodeUnauthenticated:
			return http.StatusUnauthorized
		case graph.CodeForbidden:
			return http.StatusForbidden
		}
	}
	return http.StatusBadRequest
}

// etag identifies the body. It is weak because a compressed answer carries it too.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
}

func matches(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
