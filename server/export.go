package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/iati/export"
)

// exportCommand groups the exports by what they bring out.
type exportCommand struct {
	IATI          exportIATICommand          `cmd:"" name:"iati" help:"Write published projects as an IATI 2.03 activity file."`
	Organisations exportOrganisationsCommand `cmd:"" name:"iati-organisations" help:"Write published organizations as an IATI 2.03 organisation file."`
}

// exportIATICommand writes published projects as IATI activities.
type exportIATICommand struct {
	storage
	iatiSettings `embed:""`

	Out      string `type:"path" placeholder:"FILE" help:"File to write; standard output unless told."`
	All      bool   `help:"Add the projects that no unit of the ministry keeps: those that came from other publishers."`
	Reporter string `name:"reporting-org" placeholder:"REF" help:"Only what the organization with this IATI identifier reports."`
	Project  string `placeholder:"CODE" help:"Only the project with this code or IATI identifier."`
}

// Help shows examples.
func (exportIATICommand) Help() string {
	return `What is written is what the public may see: published projects that are not confidential. A project of which something is not known that the
standard demands is left out and named at the end. It works while a server runs on the same data.

Examples:
  taawun export iati --out activities.xml --iati-publisher SY-GOV-1
  taawun export iati --all --reporting-org XM-DAC-41114 > undp.xml`
}

// Run writes the file.
func (c *exportIATICommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.write(ctx, logger, to, c.Out, "activities", func(pool *bun.DB, out io.Writer) (export.Summary, error) {
		return export.Activities(ctx, pool, out, export.Options{All: c.All, Reporter: c.Reporter, Project: c.Project, Publisher: c.Publisher})
	})
}

// exportOrganisationsCommand writes published organizations as IATI organisations.
type exportOrganisationsCommand struct {
	storage
	iatiSettings `embed:""`

	Out          string `type:"path" placeholder:"FILE" help:"File to write; standard output unless told."`
	All          bool   `help:"Add the organizations that no unit of the ministry keeps: those that came from other publishers."`
	Organisation string `placeholder:"CODE" help:"Only the organization with this code or IATI identifier."`
}

// Help shows examples.
func (exportOrganisationsCommand) Help() string {
	return `What is written is what the public may see: published organizations, in all languages of their names, with their documents. One without an IATI
identifier is left out and named at the end. It works while a server runs on the same data.

Example:
  taawun export iati-organisations --out organisations.xml --iati-publisher SY-GOV-1`
}

// Run writes the file.
func (c *exportOrganisationsCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.write(ctx, logger, to, c.Out, "organisations", func(pool *bun.DB, out io.Writer) (export.Summary, error) {
		return export.Organisations(ctx, pool, out, export.OrganisationOptions{All: c.All, Organization: c.Organisation, Publisher: c.Publisher})
	})
}

// write writes a file of what the public may see; one that cannot be written as a whole is not there.
func (s storage) write(ctx context.Context, logger *slog.Logger, to console, path, what string, written func(pool *bun.DB, out io.Writer) (export.Summary, error)) error {
	return s.prepared(ctx, logger, func(source *source) (err error) {
		pool := source.Open(db.Public, db.Pool{Connections: 1})
		defer func() { err = errors.Join(err, pool.Close()) }()
		var done export.Summary
		write := func(out io.Writer) error {
			done, err = written(pool, out)
			return err
		}
		if path == "" {
			buffered := bufio.NewWriter(to.out)
			err = errors.Join(write(buffered), buffered.Flush())
		} else {
			err = writeFile(path, write)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(to.err, "%d %s written\n", done.Written, what)
		for _, l := range done.LeftOut {
			fmt.Fprintf(to.err, "%s is left out: %s\n", l.Code, l.Reason)
		}
		return nil
	})
}

// writeFile puts a file in its place once it is whole.
func writeFile(path string, write func(out io.Writer) error) error {
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	return nil
}
