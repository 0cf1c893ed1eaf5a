package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

const (
	pathLive  = "/livez"
	pathReady = "/readyz"
)

// health answers the two questions of a supervisor: is the process alive, and can it answer queries now.
type health struct {
	ping     func(ctx context.Context) error // asks the database, as the role that serves queries
	logger   *slog.Logger
	stopping atomic.Bool // set when the server drains, so that a proxy sends nothing new
}

// state is the body of both answers. Problem says in one sentence why status is not "ok"; it names no host and no user.
type state struct {
	Status  string `json:"status"`
	Problem string `json:"problem,omitempty"`
}

func (h *health) live(w http.ResponseWriter, _ *http.Request) {
	writeState(w, http.StatusOK, state{Status: "ok"})
}

func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	if h.stopping.Load() {
		writeState(w, http.StatusServiceUnavailable, state{Status: "stopping", Problem: "The server is stopping."})
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := h.ping(ctx); err != nil {
		h.logger.WarnContext(ctx, "the database does not answer", "error", err)
		w.Header().Set("Retry-After", "1")
		writeState(w, http.StatusServiceUnavailable, state{Status: "unavailable", Problem: explain(ctx, err)})
		return
	}
	writeState(w, http.StatusOK, state{Status: "ok"})
}

func explain(ctx context.Context, err error) string {
	var refused pgdriver.Error
	switch {
	case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		return "The database did not answer within 2 seconds."
	case errors.As(err, &refused):
		return "The database refuses to answer (SQLSTATE " + refused.Field('C') + ")."
	default:
		return "The database cannot be reached."
	}
}

func writeState(w http.ResponseWriter, status int, s state) {
	w.Header().Set("Content-Type", mediaJSON)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(s) // the supervisor may have gone
}
