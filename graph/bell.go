package graph

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

// changeChannel is the channel on which PostgreSQL tells that a transaction has changed something.
const changeChannel = "taawun_changes"

const (
	// signOfLife is how often the connection that listens shows that it is alive when nothing is said.
	signOfLife = 30 * time.Second
	// relisten is the pause before a lost connection is made anew.
	relisten = 500 * time.Millisecond
)

// bell wakes the followers of the change feed. It holds the one connection of the process that listens, from the first follower on, and
// says nothing about what happened: each follower reads on from where he is, so that neither a lost notice nor a lost connection
// loses an event. The number of followers is bounded.
type bell struct {
	db     *bun.DB
	logger *slog.Logger
	limit  int

	mu        sync.Mutex
	listener  *pgdriver.Listener // nil until somebody follows
	followers map[chan struct{}]bool
	closed    bool
	ended     chan struct{}  // closed when all followers are to end
	listening sync.WaitGroup // the goroutine that listens
}

func newBell(db *bun.DB, limit int, logger *slog.Logger) *bell {
	return &bell{db: db, limit: limit, logger: logger, followers: map[chan struct{}]bool{}, ended: make(chan struct{})}
}

// join gives a follower the channel by which he is woken; leave gives it back. The channel is ready once for whatever has happened before.
func (b *bell) join() (wake chan struct{}, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closed:
		return nil, &Error{Code: CodeUnavailable, Message: "The server is about to stop. Try again shortly.", MessageAr: "الخادم على وشك التوقف. حاول مرة أخرى بعد قليل."}
	case len(b.followers) >= b.limit:
		return nil, &Error{Code: CodeUnavailable, Message: "Too many readers follow the changes at the moment. Try again later.",
			MessageAr: "عدد متابعي التغييرات بلغ الحد حالياً. حاول مرة أخرى لاحقاً."}
	case b.listener == nil:
		b.listener = pgdriver.NewListener(b.db)
		b.listening.Go(b.listen)
	}
	wake = make(chan struct{}, 1)
	b.followers[wake] = true
	return wake, nil
}

func (b *bell) leave(wake chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.followers, wake)
}

// ring wakes everybody; who is still busy looks again when he is done.
func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for wake := range b.followers {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// listen hears the notices until the bell is closed. Whenever the connection is new, followers look for what they may have missed.
func (b *bell) listen() {
	ctx, cancel := context.WithCancel(context.Background()) // ends with close, not with a request
	defer cancel()
	lost := b.listener.Listen(ctx, changeChannel)
	for {
		if lost != nil {
			b.logger.WarnContext(ctx, "the connection that listens for changes is made anew", "error", lost)
			select {
			case <-b.ended:
				return
			case <-time.After(relisten):
			}
		}
		b.ring()
		_, _, err := b.listener.ReceiveTimeout(ctx, signOfLife)
		select {
		case <-b.ended:
			return
		default:
		}
		var network net.Error
		if errors.As(err, &network) && network.Timeout() {
			err = b.listener.Listen(ctx, changeChannel) // it fails where nobody answers any more
		}
		lost = err
	}
}

// end lets all followers end and takes no more.
func (b *bell) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.ended)
	}
}

// close ends all followers and the connection.
func (b *bell) close() error {
	b.end()
	b.mu.Lock()
	listener := b.listener
	b.mu.Unlock()
	if listener == nil {
		return nil
	}
	err := listener.Close()
	b.listening.Wait()
	return err
}
