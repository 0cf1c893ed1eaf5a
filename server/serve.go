package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/alecthomas/kong"
	"github.com/uptrace/bun"
	"taawun/graph"
	"taawun/web"
)

// serveCommand serves the graph until it is told to stop.
type serveCommand struct {
	storage

	Addr        string   `default:"127.0.0.1:8080" env:"TAAWUN_ADDR" placeholder:"HOST:PORT" group:"Server" help:"Address to listen on; port 0 takes a free one."`
	Demo        bool     `env:"TAAWUN_DEMO" group:"Server" help:"Load a small demonstration data set, marked as such, if the database has no other data."`
	CORSOrigins []string `name:"cors-origins" env:"TAAWUN_CORS_ORIGINS" placeholder:"ORIGIN" group:"Server" help:"Other origins whose pages may use the API, exactly as browsers send them (https://reports.example.org); none unless told."`

	RequestTimeout   time.Duration `default:"10s" env:"TAAWUN_REQUEST_TIMEOUT" group:"Limits" help:"Time for one request, from its body to its answer."`
	StatementTimeout time.Duration `default:"8s" env:"TAAWUN_STATEMENT_TIMEOUT" group:"Limits" help:"Time for one SQL statement."`
	ReadTimeout      time.Duration `default:"10s" env:"TAAWUN_READ_TIMEOUT" group:"Limits" help:"Time for a client to send its request."`
	WriteTimeout     time.Duration `default:"60s" env:"TAAWUN_WRITE_TIMEOUT" group:"Limits" help:"Time for a whole exchange, with a slow client too."`
	DrainTimeout     time.Duration `default:"15s" env:"TAAWUN_DRAIN_TIMEOUT" group:"Limits" help:"Time for the requests in flight when the server stops."`
	MaxBody          int64         `default:"262144" env:"TAAWUN_MAX_BODY" group:"Limits" help:"Bytes of a request body."`
	MaxFile          int64         `default:"26214400" env:"TAAWUN_MAX_FILE" group:"Limits" help:"Bytes of a file that is stored; at most 100 MiB."`
	MaxTokens        int           `default:"${max_tokens}" env:"TAAWUN_MAX_TOKENS" group:"Limits" help:"Tokens of a document."`
	MaxDepth         int           `default:"${max_depth}" env:"TAAWUN_MAX_DEPTH" group:"Limits" help:"Depth of a selection."`
	MaxAliases       int           `default:"${max_aliases}" env:"TAAWUN_MAX_ALIASES" group:"Limits" help:"Aliases of an operation."`
	MaxRoots         int           `default:"${max_roots}" env:"TAAWUN_MAX_ROOTS" group:"Limits" help:"Root fields of an operation."`
	MaxFields        int           `default:"${max_fields}" env:"TAAWUN_MAX_FIELDS" group:"Limits" help:"Fields of an operation, fragments counted wherever they are used."`
	MaxCost          int           `default:"${max_cost}" env:"TAAWUN_MAX_COST" group:"Limits" help:"Records that an operation may touch: the product of the page sizes along a path."`
	MaxPage          int           `default:"${max_page}" env:"TAAWUN_MAX_PAGE" group:"Limits" help:"Records of one page."`
	MaxWhereDepth    int           `default:"${max_where_depth}" env:"TAAWUN_MAX_WHERE_DEPTH" group:"Limits" help:"Depth of a condition."`
	MaxWhereSize     int           `default:"${max_where_size}" env:"TAAWUN_MAX_WHERE_SIZE" group:"Limits" help:"Parts of a condition."`

	SignIn signInSettings `embed:"" group:"Sign-in"`
	IATI   iatiSettings   `embed:"" group:"IATI"`
	Mail   mailSettings   `embed:"" group:"Mail"`

	Connections int `env:"TAAWUN_CONNECTIONS" placeholder:"N" group:"Database" help:"Database connections for queries; four for each core unless told."`
	Statements  int `default:"128" env:"TAAWUN_STATEMENTS" group:"Database" help:"Prepared statements kept for each connection at most."`
}

// Help shows examples.
func (serveCommand) Help() string {
	return `Without DATABASE_URL a private PostgreSQL is started in the data directory; it stops with the server.

Examples:
  taawun                                      serve at 127.0.0.1:8080 with the data in .data
  taawun serve --demo                         the same, with demonstration data to try
  taawun serve --addr :8080 --data /var/lib/taawun
  DATABASE_URL=postgres://taawun:secret@db.example.org/taawun taawun serve
  taawun serve --cors-origins https://reports.example.org,https://map.example.org`
}

// Validate refuses settings that would mean something else than they say: a limit of zero is "the default" to the packages below.
func (c *serveCommand) Validate() error {
	for name, value := range map[string]int64{
		"--request-timeout": int64(c.RequestTimeout), "--statement-timeout": int64(c.StatementTimeout),
		"--read-timeout": int64(c.ReadTimeout), "--write-timeout": int64(c.WriteTimeout), "--drain-timeout": int64(c.DrainTimeout),
		"--max-body": c.MaxBody, "--max-file": c.MaxFile, "--max-tokens": int64(c.MaxTokens), "--max-depth": int64(c.MaxDepth),
		"--max-aliases": int64(c.MaxAliases), "--max-roots": int64(c.MaxRoots), "--max-fields": int64(c.MaxFields), "--max-cost": int64(c.MaxCost),
		"--max-page": int64(c.MaxPage), "--max-where-depth": int64(c.MaxWhereDepth), "--max-where-size": int64(c.MaxWhereSize),
		"--statements": int64(c.Statements),
	} {
		if value <= 0 {
			return fmt.Errorf("%s must be greater than zero", name)
		}
	}
	if c.MaxFile > 100<<20 {
		return errors.New("--max-file must not be greater than 104857600")
	}
	if c.Connections < 0 {
		return errors.New("--connections must not be negative")
	}
	for _, origin := range c.CORSOrigins {
		if err := checkOrigin(origin); err != nil {
			return fmt.Errorf("--cors-origins: %w", err)
		}
	}
	return errors.Join(c.SignIn.validate(), c.Mail.validate())
}

// documentBytes is the text of parsed documents that is kept; see documents.
const documentBytes = 256 << 10

// collectAt is how much the memory may grow, in per cent of what is in use, before it is collected. Little is in use, some 8 MB, and a busy server would
// collect it dozens of times a second.
const collectAt = 150

// memoryGoal is how many bytes of memory Go may hold before it collects at once instead; with the program's own pages the server then stays below
// 64 MB (make bench). What really is in use is not bounded by it.
const memoryGoal = 40 << 20

// Run serves until ctx ends, then drains and stops the private PostgreSQL.
func (c *serveCommand) Run(ctx context.Context, logger *slog.Logger, to console) (err error) {
	if _, told := os.LookupEnv("GOGC"); !told {
		debug.SetGCPercent(collectAt)
	}
	if _, told := os.LookupEnv("GOMEMLIMIT"); !told {
		debug.SetMemoryLimit(memoryGoal)
	}
	var settings net.ListenConfig
	listener, err := settings.Listen(ctx, "tcp", c.Addr) // first, since it may fail; who connects early waits
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Addr, err)
	}
	defer listener.Close()
	source, err := c.start(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if err := source.prepare(ctx); err != nil {
		return err
	}
	if c.Demo {
		if err := source.asOwner(func(owner *bun.DB) error { return loadSmallDemo(ctx, owner, to) }); err != nil {
			return err
		}
	}
	return c.serve(ctx, source, listener, logger, to)
}

// serve answers on listener from a prepared database until ctx ends or the private PostgreSQL is beyond repair.
func (c *serveCommand) serve(ctx context.Context, source *source, listener net.Listener, logger *slog.Logger, to console) (err error) {
	pools := openPools(source, c.Connections, c.StatementTimeout)
	defer func() { err = errors.Join(err, pools.close()) }()
	linked, err := graph.New(ctx, graph.Options{
		DB: pools.public, Staff: pools.staff, Past: pools.past, Writer: pools.writer, Statements: c.Statements, Limits: c.limits(), Logger: logger,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, linked.Close()) }()
	health := &health{ping: pools.public.PingContext, logger: logger}
	gate, err := c.openGate(pools.gate, listener.Addr(), linked, logger)
	if err != nil {
		return err
	}
	setUp, err := gate.setupLink(ctx)
	if err != nil {
		return err
	}
	handler, err := c.handler(linked, gate, pools, health, logger)
	if err != nil {
		return err
	}

	watching, stop := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		gate.accounts.Keep(watching)
	}()
	remembered := make(chan struct{})
	go func() {
		defer close(remembered)
		keepMemory(watching, source, logger)
	}()
	rolled := make(chan struct{})
	go func() {
		defer close(rolled)
		keepCurrent(watching, source, logger)
	}()
	derives := make(chan struct{})
	go func() {
		defer close(derives)
		keepDerived(watching, source, logger)
	}()
	digests, err := c.Mail.digests(pools.gate, pools.staff, gate.public, logger)
	if err != nil {
		stop()
		return err
	}
	told := make(chan struct{})
	go func() {
		defer close(told)
		if c.Mail.SMTPHost != "" {
			digests.Keep(watching)
		}
	}()
	failed, watched := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(watched)
		if err := source.watch(watching); err != nil {
			failed <- err
		}
	}()
	defer func() {
		stop()
		<-watched
		<-kept
		<-remembered
		<-told
		<-rolled
		<-derives
	}()
	greet(to.out, listener.Addr(), source, setUp)
	settings := httpSettings{read: c.ReadTimeout, write: c.WriteTimeout, drain: c.DrainTimeout}
	return serveHTTP(ctx, listener, handler, settings, logger, failed, func() {
		health.stopping.Store(true)
		linked.EndStreams()
	})
}

func (c *serveCommand) handler(linked *graph.Graph, gate *gate, pools *pools, health *health, logger *slog.Logger) (http.Handler, error) {
	server := linked.Server()
	server.SetQueryCache(newDocuments(documentBytes))
	server.AddTransport(newTransport(c.MaxBody, c.RequestTimeout, logger))
	files, err := fs.Sub(web.Dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("open the web build: %w", err)
	}
	return newHandler(site{
		graphql: server, gate: gate, stored: newFiles(pools, c.MaxFile, c.StatementTimeout), dates: &calendars{gate: gate, staff: pools.staff, origin: c.SignIn.PublicURL},
		iati: newIATIFiles(pools.public, gate, c.IATI.Publisher, c.WriteTimeout), stop: gate.stopDigest(pools.gate),
		health: health, files: files, origins: c.CORSOrigins, logger: logger,
	})
}

func (c *serveCommand) limits() graph.Limits {
	return graph.Limits{
		Tokens: c.MaxTokens, Depth: c.MaxDepth, Aliases: c.MaxAliases, Roots: c.MaxRoots, Fields: c.MaxFields, Cost: c.MaxCost,
		WhereDepth: c.MaxWhereDepth, WhereSize: c.MaxWhereSize, PageSize: c.MaxPage,
	}
}

// limitDefaults shows the graph's own default limits in the help, so that they stand in one place only.
func limitDefaults() kong.Vars {
	limits := graph.DefaultLimits()
	vars := kong.Vars{}
	for name, value := range map[string]int{
		"max_tokens": limits.Tokens, "max_depth": limits.Depth, "max_aliases": limits.Aliases, "max_roots": limits.Roots, "max_fields": limits.Fields,
		"max_cost": limits.Cost, "max_page": limits.PageSize, "max_where_depth": limits.WhereDepth, "max_where_size": limits.WhereSize,
	} {
		vars[name] = strconv.Itoa(value)
	}
	return vars
}

// greet tells a person where to look, and while there is no account, where to make the first one.
func greet(out io.Writer, address net.Addr, source *source, setUp string) {
	host, port, err := net.SplitHostPort(address.String())
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	base := "http://" + net.JoinHostPort(host, port)
	fmt.Fprintf(out, `
تعاون جاهز  ·  Taawun is ready

  playground  %[1]s%[2]s
  GraphQL     %[1]s%[3]s
  health      %[1]s%[4]s
  data        %[5]s

`, base, pathPlayground, pathGraphQL, pathReady, source)
	if setUp != "" {
		fmt.Fprintf(out, "لا يوجد حساب بعد. يُنشئ مدير النظام الأول حسابه بهذا الرابط خلال 24 ساعة:\n"+
			"There is no account yet. The first administrator makes one by this link within 24 hours:\n\n  %s\n\n", setUp)
	}
	fmt.Fprint(out, "Ctrl+C stops it.\n\n")
}
