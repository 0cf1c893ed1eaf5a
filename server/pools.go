package main

import (
	"errors"
	"runtime"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// pools are the connections of the server, apart by what they may see and do, so that neither readers of the public can keep the staff
// waiting nor readers writers. Every connection keeps prepared statements of its own, hence their numbers.
type pools struct {
	public, staff, past, writer, gate *bun.DB
}

// pastConnections is how many may read the records of a past moment at once: it is rare and slow.
const pastConnections = 2

// openPools opens the pools; connections of the public are four for each core unless told.
func openPools(source *source, connections int, statement time.Duration) *pools {
	cores := runtime.NumCPU()
	return &pools{
		public: source.Open(db.Public, db.Pool{Connections: connections, StatementTimeout: statement}),
		staff:  source.Open(db.Staff, db.Pool{Connections: 2 * cores, StatementTimeout: statement}),
		past:   source.Open(db.Staff, db.Pool{Connections: pastConnections, StatementTimeout: statement, Past: true}),
		writer: source.Open(db.Staff, db.Pool{Connections: 2 * cores, StatementTimeout: statement, Writable: true}),
		gate:   source.Open(db.Gate, db.Pool{Connections: 2 * cores, StatementTimeout: statement, Writable: true}),
	}
}

func (p *pools) close() error {
	return errors.Join(p.public.Close(), p.staff.Close(), p.past.Close(), p.writer.Close(), p.gate.Close())
}
