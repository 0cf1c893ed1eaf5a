package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"taawun/graph"
	"taawun/server/digest"
)

// site is everything that the server answers over HTTP, put together by newHandler.
type site struct {
	graphql http.Handler     // GraphQL over HTTP, without the protections around it
	gate    *gate            // who asks
	stored  *files           // files that records refer to
	dates   *calendars       // what is due, for calendar programs
	iati    *iatiFiles       // published projects, for aid data programs
	stop    http.HandlerFunc // ends the digests of who has a link of one
	health  *health
	files   fs.FS    // the web build: HTML files and assets/
	origins []string // other origins whose pages may use the API
	logger  *slog.Logger
}

// newHandler routes requests and puts the protections around all routes: log and request id outermost, so that every
// answer has them, then recovery from panics, security headers, origins, compression.
func newHandler(s site) (http.Handler, error) {
	web := pages{files: s.files}
	mux := http.NewServeMux()
	mux.Handle(pathGraphQL, s.gate.identify(s.graphql))
	mux.Handle(pathAuth, s.gate.identify(s.gate.routes()))
	if s.stored != nil {
		mux.Handle("POST "+pathFiles, s.gate.identify(http.HandlerFunc(s.stored.store)))
		mux.Handle("GET "+pathFiles+"/{id}", s.gate.identify(http.HandlerFunc(s.stored.read)))
	}
	if s.dates != nil {
		mux.HandleFunc("GET "+graph.CalendarPath+"{file}", s.dates.read)
	}
	if s.stop != nil {
		mux.HandleFunc("GET "+digest.PathStop+"{secret}", s.stop)
		mux.HandleFunc("POST "+digest.PathStop+"{secret}", s.stop)
	}
	if s.iati != nil {
		mux.HandleFunc("GET "+pathIATIActivities, s.iati.activities)
		mux.HandleFunc("GET "+pathIATIOrganisations, s.iati.organisations)
	}
	mux.HandleFunc("OPTIONS "+pathGraphQL, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
	})
	mux.Handle("GET "+pathPlayground, web.page("playground.html", pagePolicy))
	for _, language := range portalLanguages { // the app finds its page by the rest of the address
		mux.Handle("GET /"+language, web.page("app.html", portalPolicy))
		mux.Handle("GET /"+language+"/", web.page("app.html", portalPolicy))
	}
	mux.HandleFunc("GET "+pathAssets, web.asset)
	mux.HandleFunc("GET "+pathLive, s.health.live)
	mux.HandleFunc("GET "+pathReady, s.health.ready)
	mux.Handle("GET /{$}", http.RedirectHandler(pathPortal, http.StatusFound))
	mux.HandleFunc("/", notFound)

	compress, err := compressor()
	if err != nil {
		return nil, err
	}
	protected, err := crossOrigin(s.origins, compress(mux))
	if err != nil {
		return nil, err
	}
	return logRequests(s.logger, recoverPanics(secure(protected))), nil
}

// compressor wraps handlers so that what they answer is compressed.
func compressor() (func(http.Handler) http.HandlerFunc, error) {
	// gzip at its fastest: it keeps little memory, and small answers stay as they are.
	compress, err := gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	return compress, nil
}
