package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"taawun/db"
	"taawun/db/iati/export"
)

// exportCommand groups the exports by what they bring out.
type exportCommand struct {
	IATI exportIATICommand `cmd:"" name:"iati" help:"Write published projects as an IATI 2.03 activity file."`
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

// Run writes the file; one that cannot be written as a whole is not there.
func (c *exportIATICommand) Run(ctx context.Context, logger *slog.Logger, to console) (err error) {
	source, err := c.attach(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if err := source.prepare(ctx); err != nil {
		return err
	}
	pool := source.Open(db.Public, db.Pool{Connections: 1})
	defer func() { err = errors.Join(err, pool.Close()) }()
	var done export.Summary
	write := func(out io.Writer) error {
		done, err = export.Activities(ctx, pool, out, export.Options{All: c.All, Reporter: c.Reporter, Project: c.Project, Publisher: c.Publisher})
		return err
	}
	if c.Out == "" {
		buffered := bufio.NewWriter(to.out)
		err = errors.Join(write(buffered), buffered.Flush())
	} else {
		err = writeFile(c.Out, write)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(to.err, "%d activities written\n", done.Activities)
	for _, l := range done.LeftOut {
		fmt.Fprintf(to.err, "%s is left out: %s\n", l.Code, l.Reason)
	}
	return nil
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
