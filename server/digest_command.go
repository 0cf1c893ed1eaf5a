package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"taawun/db"
	"taawun/server/digest"
)

// digestCommand sends the digests of today, or shows what they would say.
type digestCommand struct {
	storage
	linkOrigin

	DryRun bool         `name:"dry-run" help:"Show to whom what would go, and send nothing."`
	Mail   mailSettings `embed:"" group:"Mail"`
}

// Help shows examples.
func (digestCommand) Help() string {
	return `The server sends the digests by itself, each day at its hour. This sends those of today that have not gone out, whatever the hour.

Examples:
  taawun digest --dry-run
  taawun digest --smtp-host mail.example.org --smtp-user taawun --smtp-from 'Taawun <taawun@example.org>'`
}

// Validate refuses settings that cannot be used.
func (c *digestCommand) Validate() error {
	if !c.DryRun && c.Mail.SMTPHost == "" {
		return errors.New("say through which mail server, with --smtp-host, or only look, with --dry-run")
	}
	return errors.Join(c.linkOrigin.Validate(), c.Mail.validate())
}

// Run sends or shows.
func (c *digestCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.prepared(ctx, logger, func(source *source) error { return c.digest(ctx, source, logger, to) })
}

func (c *digestCommand) digest(ctx context.Context, source *source, logger *slog.Logger, to console) (err error) {
	gate, staff := source.Open(db.Gate, db.Pool{Connections: 1, Writable: true}), source.Open(db.Staff, db.Pool{Connections: 1})
	defer func() { err = errors.Join(err, gate.Close(), staff.Close()) }()
	digests, err := c.Mail.digests(gate, staff, c.PublicURL, logger)
	if err != nil {
		return err
	}
	if !c.DryRun {
		sent, err := digests.Run(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(to.out, "%d digests sent\n", sent)
		return err
	}
	isAny := false
	err = digests.Preview(ctx, func(who digest.Person, message *digest.Message) error {
		isAny = true
		if message == nil {
			_, err := fmt.Fprintf(to.out, "%s <%s>: nothing, no mail\n\n", who.Name, who.Email)
			return err
		}
		_, err := fmt.Fprintf(to.out, "To: %s <%s>\nSubject: %s\n\n%s\n", who.Name, who.Email, message.Subject, message.Text)
		return err
	})
	if err == nil && !isAny {
		_, err = fmt.Fprintln(to.out, "nobody wants the digest: setDigest asks for it")
	}
	return err
}
