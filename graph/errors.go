package graph

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/uptrace/bun/driver/pgdriver"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph/compile"
)

// Code is the machine-readable kind of an error. Presented errors hold it, as this type, in extensions.code.
type Code string

// The codes that the contract names.
const (
	CodeParseFailed      Code = "GRAPHQL_PARSE_FAILED"      // the document is no GraphQL
	CodeValidationFailed Code = "GRAPHQL_VALIDATION_FAILED" // the document or its variables do not fit the contract
	CodeBadUserInput     Code = "BAD_USER_INPUT"            // a value cannot be used; extensions.argument says which
	CodeUnauthenticated  Code = "UNAUTHENTICATED"           // sign in first
	CodeForbidden        Code = "FORBIDDEN"                 // not for this user
	CodeNotFound         Code = "NOT_FOUND"                 // the record to be changed does not exist
	CodeConflict         Code = "CONFLICT"                  // the record has changed since it was read
	CodeTooCostly        Code = "QUERY_TOO_COSTLY"          // the operation exceeds a limit
	CodeTimeout          Code = "TIMEOUT"                   // the answer took too long
	CodeUnavailable      Code = "UNAVAILABLE"               // the database cannot be reached
	CodeInternal         Code = "INTERNAL_SERVER_ERROR"     // our fault; the log has the cause under the request id
)

// messages are what people read where the cause is not theirs to know or is told by others in English only.
var messages = map[Code][2]string{
	CodeParseFailed:      {"", "تعذّرت قراءة الاستعلام: صياغته غير صحيحة"},
	CodeValidationFailed: {"", "الاستعلام أو متغيراته لا توافق مخطط الواجهة"},
	CodeTimeout:          {"The answer took too long. Ask for less, or narrow the condition.", "استغرقت الإجابة وقتاً أطول من المسموح. اطلب بيانات أقل أو ضيّق الشرط."},
	CodeUnavailable:      {"The database cannot be reached at the moment. Try again shortly.", "قاعدة البيانات غير متاحة حالياً. حاول مرة أخرى بعد قليل."},
	CodeInternal:         {"Something went wrong on our side. The request id helps to find the cause.", "حدث خطأ من جانبنا. رقم الطلب يساعد على معرفة السبب."},
}

// Error is an error that people may read as it is.
type Error struct {
	Code Code
	// Message is in English, MessageAr in Arabic.
	Message, MessageAr string
}

// Error is the English message.
func (e *Error) Error() string { return e.Message }

var errNoAnswer = errors.New("a root field was resolved outside of an operation")

// Present turns an error into what the client may see: code, message in English, message in Arabic. The cause of an error
// that is not the client's is logged and masked. It is a graphql.ErrorPresenterFunc.
func (g *Graph) Present(ctx context.Context, err error) *gqlerror.Error {
	var parsed *gqlerror.Error
	if !errors.As(err, &parsed) {
		parsed = &gqlerror.Error{Err: err}
	}
	if _, ok := parsed.Extensions["code"].(Code); ok {
		return parsed // presented already
	}
	out := &gqlerror.Error{Locations: parsed.Locations, Path: parsed.Path, Extensions: map[string]any{}}
	set := func(code Code, en, ar string) *gqlerror.Error {
		out.Message = en
		out.Extensions["code"], out.Extensions["messageAr"] = code, ar
		return out
	}
	var input *compile.InputError
	if errors.As(err, &input) {
		if input.Argument != "" {
			out.Extensions["argument"] = input.Argument
		}
		return set(CodeBadUserInput, input.Error(), input.MessageAr)
	}
	var ours *Error
	if errors.As(err, &ours) {
		return set(ours.Code, ours.Message, ours.MessageAr)
	}
	if en, ar, ok := refusedByFunction(err); ok {
		return set(CodeBadUserInput, en, ar)
	}
	switch code, _ := parsed.Extensions["code"].(string); code {
	case errcode.ParseFailed:
		if strings.Contains(parsed.Message, "exceeded token limit") {
			m := tooCostly("tokens", g.limits.Tokens+1, g.limits.Tokens)
			return set(m.Code, m.Message, m.MessageAr)
		}
		return set(CodeParseFailed, parsed.Message, messages[CodeParseFailed][1])
	case errcode.ValidationFailed:
		en, ar := parsed.Message, messages[CodeValidationFailed][1]
		if v := variable(parsed.Path); v != "" {
			en, ar = v+": "+en, ar+"، والمقصود المتغير "+v
		}
		return set(CodeValidationFailed, en, ar)
	}
	code := classify(ctx, err)
	if id := RequestID(ctx); id != "" {
		out.Extensions["requestId"] = id
	}
	level := slog.LevelError
	if code == CodeTimeout || errors.Is(err, context.Canceled) {
		level = slog.LevelWarn
	}
	g.logger.LogAttrs(ctx, level, "an operation failed", slog.String("request_id", RequestID(ctx)), slog.String("code", string(code)), slog.Any("error", err))
	return set(code, messages[code][0], messages[code][1])
}

// variable is the place in the variables of an operation that a path leads to, as "$where.status.eq"; the messages of the validation do not name it.
func variable(path ast.Path) string {
	if len(path) < 2 || path[0] != ast.PathName("variable") {
		return ""
	}
	return "$" + path[1:].String()
}

// refusedByFunction is the message with which an SQL function of ours refuses an argument: RAISE with the errcode
// invalid_parameter_value; the detail, where there is one, is the Arabic message.
func refusedByFunction(err error) (en, ar string, ok bool) {
	var pg pgdriver.Error
	if !errors.As(err, &pg) || pg.Field('C') != "22023" || pg.Field('R') != "exec_stmt_raise" {
		return "", "", false
	}
	return pg.Field('M'), cmp.Or(pg.Field('D'), "إحدى القيم المعطاة غير صالحة: "+pg.Field('M')), true
}

// classify finds out whose fault an error is that people may not read.
func classify(ctx context.Context, err error) Code {
	var pg pgdriver.Error
	if errors.As(err, &pg) {
		state := pg.Field('C')
		switch {
		case state == "57014", state == "55P03": // statement_timeout or a cancel; lock_timeout
			return CodeTimeout
		case strings.HasPrefix(state, "08"), strings.HasPrefix(state, "57P"), strings.HasPrefix(state, "53"): // connection, shutdown, resources
			return CodeUnavailable
		}
		return CodeInternal
	}
	var network net.Error
	var operation *net.OpError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), ctx.Err() != nil,
		errors.As(err, &network) && network.Timeout():
		return CodeTimeout
	case errors.As(err, &operation), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return CodeUnavailable
	}
	return CodeInternal
}

// Recover turns a panic into an error that Present masks; the stack goes to the log. It is a graphql.RecoverFunc.
func (g *Graph) Recover(ctx context.Context, v any) error {
	g.logger.LogAttrs(ctx, slog.LevelError, "an operation panicked", slog.String("request_id", RequestID(ctx)), slog.Any("panic", v),
		slog.String("stack", string(debug.Stack())))
	return fmt.Errorf("panic: %v", v)
}

// failed is the response of an operation that could not be answered.
func (g *Graph) failed(ctx context.Context, err error) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{g.Present(ctx, err)}}
}
