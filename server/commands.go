package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/uptrace/bun/driver/pgdriver"
)

// commands is the command line. Every setting is a flag and, where it makes sense to keep it, an environment variable.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the GraphQL API and the playground (the default command)."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to the schema and reference data of this version."`
	Import  importCommand  `cmd:"" help:"Import IATI files, administrative units, boundaries or exchange rates."`
	Export  exportCommand  `cmd:"" help:"Write published projects as an IATI file."`
	Demo    demoCommand    `cmd:"" help:"Load a demonstration data set into a database that has no other data."`
	Digest  digestCommand  `cmd:"" help:"Send the daily digests, or show what they would say."`
	Account accountCommand `cmd:"" help:"Let people in when they cannot sign in, or keep them out."`
	Audit   auditCommand   `cmd:"" help:"Verify or export the history of all records."`
	Schema  schemaCommand  `cmd:"" help:"Print the GraphQL contract with its descriptions."`
	Version versionCommand `cmd:"" help:"Print the version."`

	Log logSettings `embed:"" prefix:"log-" group:"Log"`
}

// logSettings say what is logged to standard error, and how.
type logSettings struct {
	Level  slog.Level `default:"info" env:"TAAWUN_LOG_LEVEL" help:"Least level that is logged: debug, info, warn or error."`
	Format string     `default:"text" enum:"text,json" env:"TAAWUN_LOG_FORMAT" help:"Format of the log: text or json."`
}

func (s logSettings) logger(out io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.Level}
	if s.Format == "json" {
		return slog.New(slog.NewJSONHandler(out, options))
	}
	return slog.New(slog.NewTextHandler(out, options))
}

// driverLog takes what the PostgreSQL driver has to say, lost connections mostly, into the log, whose lines must all have its format.
type driverLog struct{ logger *slog.Logger }

// Printf is what the driver calls.
func (l driverLog) Printf(ctx context.Context, format string, values ...any) {
	l.logger.DebugContext(ctx, fmt.Sprintf(format, values...))
}

// console is where a command speaks to the person who started it: results on out, progress and the log on err.
type console struct{ out, err io.Writer }

// run carries out one command line and returns the exit status: 0 done, 1 failed, 2 misused. SIGINT and SIGTERM end the
// context; a second one ends the process at once.
func run(arguments []string, out, err io.Writer) int {
	var line commands
	exited := -1
	parser, failure := kong.New(&line,
		kong.Name("taawun"),
		kong.Description("A linked, searchable, bilingual graph of cooperation: agreements, projects, organizations, money and places."),
		kong.Writers(out, err),
		limitDefaults(),
		kong.Exit(func(status int) { exited = status }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true, WrapUpperBound: 110}),
	)
	if failure != nil {
		fmt.Fprintln(err, "taawun:", failure)
		return 1
	}
	parsed, failure := parser.Parse(arguments)
	switch {
	case exited >= 0: // --help has been answered
		return exited
	case failure != nil:
		fmt.Fprintf(err, "taawun: %v\nTry: taawun --help\n", failure)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	logger := line.Log.logger(err)
	pgdriver.Logger = driverLog{logger}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if failure := parsed.Run(logger, console{out, err}); failure != nil {
		if errors.Is(failure, context.Canceled) && ctx.Err() != nil {
			fmt.Fprintln(err, "taawun: stopped")
			return 1
		}
		fmt.Fprintln(err, "taawun:", failure)
		return 1
	}
	return 0
}

// versionCommand prints what was built.
type versionCommand struct{}

// Run prints the module version, the commit and the Go version that the linker recorded.
func (versionCommand) Run(to console) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this binary was built without module information")
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	commit := settings["vcs.revision"]
	if commit == "" {
		commit = "unknown commit"
	}
	if settings["vcs.modified"] == "true" {
		commit += ", modified"
	}
	_, err := fmt.Fprintf(to.out, "taawun %s (%s, %s)\n", info.Main.Version, commit, info.GoVersion)
	return err
}
