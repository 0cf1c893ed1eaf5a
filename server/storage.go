package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/embedded"
	"taawun/db/reference"
)

// storage says where the database of a command is: at DATABASE_URL, or else in a private PostgreSQL that Taawun runs itself.
type storage struct {
	Data        string `default:".data" env:"TAAWUN_DATA" type:"path" placeholder:"DIR" group:"Database" help:"Data directory of the private PostgreSQL."`
	DatabaseURL string `env:"DATABASE_URL" placeholder:"URL" group:"Database" help:"Use this PostgreSQL (15 or newer) instead: postgres://user:password@host/database."`
	PGBinDir    string `name:"pg-bindir" env:"TAAWUN_PG_BINDIR" type:"path" placeholder:"DIR" group:"Database" help:"Folder with the programs of PostgreSQL for the private one; found by itself unless told."`
	PGNPM       string `name:"pg-npm" env:"TAAWUN_PG_NPM" type:"path" placeholder:"DIR" group:"Database" help:"Folder where npm has installed PostgreSQL for the private one."`
	PGUser      string `name:"pg-user" env:"TAAWUN_PG_USER" placeholder:"NAME" group:"Database" help:"System user that the private PostgreSQL runs as when Taawun is started by root."`
}

// source is an opened storage.
type source struct {
	db.Server
	cluster *embedded.Cluster // nil for an external database
	options embedded.Options
	logger  *slog.Logger
}

func (s storage) options(logger *slog.Logger) embedded.Options {
	return embedded.Options{Dir: s.Data, BinDir: s.PGBinDir, NPM: s.PGNPM, User: s.PGUser, Logger: logger}
}

// String tells a person where the data is, without passwords.
func (s *source) String() string {
	if s.cluster != nil {
		return "private PostgreSQL in " + s.options.Dir
	}
	return s.Server.String()
}

// start is for the server: it starts the private PostgreSQL, and fails when another server runs it already.
func (s storage) start(ctx context.Context, logger *slog.Logger) (*source, error) {
	return s.open(ctx, logger, embedded.Start)
}

// attached is for the other commands: they join the private PostgreSQL of a running server, or start it for themselves. It is closed after the work.
func (s storage) attached(ctx context.Context, logger *slog.Logger, work func(source *source) error) (err error) {
	source, err := s.open(ctx, logger, embedded.Open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	return work(source)
}

func (s storage) open(ctx context.Context, logger *slog.Logger,
	private func(context.Context, embedded.Options) (*embedded.Cluster, error),
) (*source, error) {
	if s.DatabaseURL != "" {
		server, err := db.External(s.DatabaseURL)
		if err != nil {
			return nil, err
		}
		return &source{Server: server, logger: logger}, nil
	}
	options := s.options(logger)
	cluster, err := private(ctx, options)
	if err != nil {
		return nil, err
	}
	return &source{Server: db.Private(cluster.Socket(), embedded.Database), cluster: cluster, options: options, logger: logger}, nil
}

// close stops the private PostgreSQL if this process started it.
func (s *source) close() error {
	if s.cluster == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return s.cluster.Stop(ctx)
}

// prepare brings the database to the schema and the reference data of this program.
func (s *source) prepare(ctx context.Context) error {
	return s.asOwner(func(owner *bun.DB) error {
		if err := db.Migrate(ctx, owner); err != nil {
			return err
		}
		return reference.Load(ctx, owner, s.logger)
	})
}

// prepared lends the storage to a command once its database is up to date.
func (s storage) prepared(ctx context.Context, logger *slog.Logger, work func(source *source) error) error {
	return s.attached(ctx, logger, func(source *source) error {
		if err := source.prepare(ctx); err != nil {
			return err
		}
		return work(source)
	})
}

// change lends a prepared database to work as the owner of the tables.
func (s storage) change(ctx context.Context, logger *slog.Logger, work func(owner *bun.DB) error) error {
	return s.prepared(ctx, logger, func(source *source) error { return source.asOwner(work) })
}

// asOwner lends a pool of the role that owns the tables.
func (s *source) asOwner(work func(owner *bun.DB) error) error {
	owner := s.Open(db.Owner, db.Pool{})
	owner.RegisterModel(db.Models()...) // bun asks for the tables of many-to-many relations before it meets them
	return errors.Join(work(owner), owner.Close())
}

// watch keeps the private PostgreSQL running until ctx ends. One that has died is started again, which recovers everything
// acknowledged, while the server answers UNAVAILABLE. One that dies again within a minute has a reason that a person must look
// at: that is a failure, as is one that does not start.
func (s *source) watch(ctx context.Context) error {
	if s.cluster == nil {
		return nil
	}
	var restarted time.Time
	for {
		var cause error
		select {
		case <-ctx.Done():
			return nil
		case cause = <-s.cluster.Exited():
		}
		s.logger.Error("the private PostgreSQL has ended", "error", cause)
		if time.Since(restarted) < time.Minute {
			return fmt.Errorf("the private PostgreSQL ended twice within a minute: %w", cause)
		}
		if err := s.restart(ctx); err != nil {
			return err
		}
		restarted = time.Now()
		s.logger.Info("the private PostgreSQL runs again")
	}
}

func (s *source) restart(ctx context.Context) error {
	socket := s.cluster.Socket()
	cluster, err := embedded.Start(ctx, s.options)
	if err != nil {
		return fmt.Errorf("start the private PostgreSQL again: %w", err)
	}
	s.cluster = cluster
	if cluster.Socket() != socket { // the pools would look for it in the wrong place
		return fmt.Errorf("the private PostgreSQL has moved from %s to %s", socket, cluster.Socket())
	}
	return nil
}
