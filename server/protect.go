package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/rs/cors"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"taawun/graph"
)

// secure sets the headers that hold for every answer. Pages replace the policy, which here allows nothing at all.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// recoverPanics answers a bug with a masked error and leaves its cause to the log. http.ErrAbortHandler is net/http's
// own way to break off a connection and passes through.
func recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			entryOf(r.Context()).cause = fmt.Sprintf("%v\n%s", cause, debug.Stack())
			writeProblem(w, r, internalError())
		}()
		next.ServeHTTP(w, r)
	})
}

// crossOrigin lets the pages of the given origins, each written exactly, use the API from a browser. Nobody else's pages
// can read an answer, nor cause a change: that is refused whatever the body looks like. What people are signed in for is theirs too.
func crossOrigin(origins []string, next http.Handler) (http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if err := checkOrigin(origin); err != nil {
			return nil, err
		}
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("allow the origin %q: %w", origin, err)
		}
	}
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r, &problem{
			http.StatusForbidden, graph.CodeForbidden,
			"Pages of this origin may not send requests here.", "لا يُسمح لصفحات هذا المصدر بإرسال الطلبات إلى هنا.",
		})
	}))
	handler := protection.Handler(next)
	if len(origins) == 0 {
		return handler, nil
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Accept-Language", "Authorization", "Content-Type", "If-None-Match", headerLastEventID, headerRequestID},
		ExposedHeaders: []string{"ETag", headerRequestID, "Retry-After"},
		MaxAge:         600,
		// Those pages are as trusted as our own: the cookie comes along where the browser sends it (the same site).
		AllowCredentials: true,
	}).Handler(handler), nil
}

// checkOrigin refuses what the CORS library would take for a pattern, and what no browser ever sends.
func checkOrigin(origin string) error {
	parsed, err := url.Parse(origin)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") ||
		parsed.Scheme+"://"+parsed.Host != origin || bytes.ContainsAny([]byte(origin), "*?# ") {
		return fmt.Errorf("%q is not an origin: write it as the browser sends it, for example https://reports.example.org", origin)
	}
	return nil
}

// writeProblem answers outside the GraphQL transport, in the shape that GraphQL clients understand.
func writeProblem(w http.ResponseWriter, r *http.Request, p *problem) {
	writeErrors(w, r, p.status, p.errors())
}

// writeErrors is writeProblem for errors of any kind.
func writeErrors(w http.ResponseWriter, r *http.Request, status int, errs gqlerror.List) {
	errs[0].Extensions["requestId"] = graph.RequestID(r.Context())
	entryOf(r.Context()).failed(errs)
	header := w.Header()
	header.Del("Content-Length")
	header.Set("Content-Type", mediaJSON+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = graph.WriteResponse(w, &graphql.Response{Errors: errs}) // the client may have gone
}
