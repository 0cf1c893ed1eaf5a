package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"text/tabwriter"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/server/account"
)

// accountCommand is for whoever runs the server, when nobody can sign in or somebody must not any more.
type accountCommand struct {
	SetupLink accountSetupLinkCommand `cmd:"" help:"Print a link by which the first administrator makes his account."`
	ResetLink accountResetLinkCommand `cmd:"" help:"Print a link by which a person chooses a password."`
	List      accountListCommand      `cmd:"" help:"List the accounts."`
	Disable   accountDisableCommand   `cmd:"" help:"Disable an account: its sessions and tokens are worth nothing from now on."`
}

// linkOrigin says what stands before the path of a link that is printed.
type linkOrigin struct {
	PublicURL string `name:"public-url" default:"http://127.0.0.1:8080" env:"TAAWUN_PUBLIC_URL" placeholder:"URL" help:"Where people reach the server."`
}

// Validate refuses what is no origin.
func (o *linkOrigin) Validate() error {
	if err := checkOrigin(o.PublicURL); err != nil {
		return fmt.Errorf("--public-url: %w", err)
	}
	return nil
}

// atGate lends the sign-in of a prepared database to work.
func (s storage) atGate(ctx context.Context, logger *slog.Logger, work func(accounts *account.Service) error) error {
	return s.prepared(ctx, logger, func(source *source) (err error) {
		pool := source.Open(db.Gate, db.Pool{Connections: 1, Writable: true})
		defer func() { err = errors.Join(err, pool.Close()) }()
		accounts, err := account.New(account.Options{Gate: pool, Logger: logger})
		if err != nil {
			return err
		}
		return work(accounts)
	})
}

// accountSetupLinkCommand prints the link that the server prints when it starts without accounts.
type accountSetupLinkCommand struct {
	storage
	linkOrigin
}

// Help shows examples.
func (accountSetupLinkCommand) Help() string {
	return `There must be no account yet. The link can be used once, within 24 hours.

Example:
  taawun account setup-link --public-url https://taawun.example.org`
}

// Run prints the link.
func (c *accountSetupLinkCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.atGate(ctx, logger, func(accounts *account.Service) error {
		secret, err := accounts.SetupLink(ctx)
		if err != nil {
			return err
		}
		if secret == "" {
			return errors.New("there are accounts already: an administrator makes further ones; taawun account reset-link lets a person choose a password")
		}
		_, err = fmt.Fprintln(to.out, linkTo(c.PublicURL, pathSetUp, secret))
		return err
	})
}

// accountResetLinkCommand prints a link for somebody who cannot sign in.
type accountResetLinkCommand struct {
	storage
	linkOrigin

	Login string `arg:"" help:"Login of the account."`
}

// Help shows examples.
func (accountResetLinkCommand) Help() string {
	return `The link can be used once, within 24 hours. Earlier ones end; the password that the person has goes on until then.

Example:
  taawun account reset-link dana --public-url https://taawun.example.org`
}

// Run prints the link.
func (c *accountResetLinkCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.atGate(ctx, logger, func(accounts *account.Service) error {
		secret, err := accounts.ResetLink(ctx, 0, c.Login)
		if errors.Is(err, account.ErrUnknown) {
			return fmt.Errorf("there is no account with the login %q that is not disabled", c.Login)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(to.out, linkTo(c.PublicURL, pathReset, secret))
		return err
	})
}

// accountListCommand lists the accounts.
type accountListCommand struct{ storage }

// Help shows examples.
func (accountListCommand) Help() string {
	return `Example:
  taawun account list`
}

// Run prints one line for each account.
func (c *accountListCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.change(ctx, logger, func(owner *bun.DB) error {
		all, err := account.List(ctx, owner)
		if err != nil {
			return err
		}
		table := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "LOGIN\tNAME\tROLES\tLAST SEEN\tSTATE")
		for _, a := range all {
			seen, state := "never", "enabled"
			if a.LastSeen != nil {
				seen = a.LastSeen.UTC().Format("2006-01-02 15:04")
			}
			if a.Disabled {
				state = "disabled"
			}
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", a.Login, a.Name, strings.Join(a.Roles, " "), seen, state)
		}
		return table.Flush()
	})
}

// accountDisableCommand disables an account at once, also while nobody can sign in.
type accountDisableCommand struct {
	storage

	Login string `arg:"" help:"Login of the account."`
}

// Help shows examples.
func (accountDisableCommand) Help() string {
	return `What the person has done stays, as does the account's name in the history. The last administrator cannot be disabled.

Example:
  taawun account disable dana`
}

// Run disables the account.
func (c *accountDisableCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.change(ctx, logger, func(owner *bun.DB) error {
		err := account.Disable(ctx, owner, c.Login)
		if errors.Is(err, account.ErrUnknown) {
			return fmt.Errorf("there is no account with the login %q", c.Login)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(to.out, "The account %s is disabled.\n", c.Login)
		return err
	})
}
