package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// httpSettings bound what a client can hold open.
type httpSettings struct {
	read  time.Duration // to receive a whole request
	write time.Duration // to receive a request, execute it and hand over the answer
	drain time.Duration // to finish the requests in flight when the server stops
}

// serveHTTP serves handler on listener until ctx ends or failed delivers an error, then drains: stopping is called, no new
// connection is taken, and requests in flight are answered. It returns the failure, or an error if requests had to be cut off.
func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler, settings httpSettings,
	logger *slog.Logger, failed <-chan error, stopping func(),
) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: settings.read,
		ReadTimeout:       settings.read,
		WriteTimeout:      settings.write,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(logger.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()

	var cause error
	select {
	case <-ctx.Done():
		logger.Info("stopping", "drain", settings.drain.String())
	case cause = <-failed:
		logger.Error("stopping", "error", cause)
	case err := <-ended:
		return fmt.Errorf("serve HTTP: %w", err)
	}
	stopping()
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), settings.drain)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		cause = errors.Join(cause, fmt.Errorf("requests were still running after %s and were cut off: %w", settings.drain, err), server.Close())
	}
	return cause
}
