package main

import (
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
)

// problem is a request that the HTTP layer refuses before there is a GraphQL operation: a wrong method, media type or
// body, a forged origin, a stopped server. It is answered in the shape of a GraphQL answer with errors and no data.
type problem struct {
	status          int
	code            graph.Code
	message, arabic string
}

func (p *problem) errors() gqlerror.List {
	return gqlerror.List{{
		Message:    p.message,
		Extensions: map[string]any{"code": p.code, "messageAr": p.arabic},
	}}
}

func badRequest(message, arabic string) *problem {
	return &problem{http.StatusBadRequest, graph.CodeBadUserInput, message, arabic}
}

func unsupported(message, arabic string) *problem {
	return &problem{http.StatusUnsupportedMediaType, graph.CodeBadUserInput, message, arabic}
}

func notAcceptable(message, arabic string) *problem {
	return &problem{http.StatusNotAcceptable, graph.CodeBadUserInput, message, arabic}
}

func methodNotAllowed(message, arabic string) *problem {
	return &problem{http.StatusMethodNotAllowed, graph.CodeBadUserInput, message, arabic}
}

// internalError masks a failure of ours; its cause stands in the log under the request id.
func internalError() *problem {
	return &problem{
		http.StatusInternalServerError, graph.CodeInternal,
		"An internal error occurred. Quote the request id when you report it.",
		"حدث خطأ داخلي. اذكر رقم الطلب عند الإبلاغ عنه.",
	}
}
