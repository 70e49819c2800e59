package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/feed"
)

// importCmd is amends import.
type importCmd struct {
	Format   string `arg:"" enum:"statuspage,gcp,aws,slack,github,csv" help:"Form of the feed: statuspage (incidents.json, version 2), gcp (incidents.json), aws (currentevents), slack (history), github (JSON Lines), csv (intervals: service, from, to)."`
	File     string `arg:"" help:"The feed."`
	Output   string `short:"o" required:"" help:"The incident file to write; - is standard output."`
	Zone     string `help:"IANA zone in which times are written, and in which those without an offset are told. Default: UTC, and an offset is asked for."`
	Incident string `help:"Take only the incident of this id."`
	Since    string `help:"Take incidents that touch this day or a later one: 2024-09-01."`
	Until    string `help:"Take incidents that begin before this day."`
	ID       string `name:"id" help:"Id of the incident that is written."`
	Title    string `help:"Title of the incident that is written."`
	Dedupe   bool   `help:"Take two equal incidents, or rows, for one."`
	Force    bool   `help:"Write over a file that is there."`
}

// Run reads the feed and writes an incident file. What was assumed stands in the file and is told.
func (c *importCmd) Run(a *app) error {
	opts := feed.Options{ID: c.ID, Title: c.Title, Zone: c.Zone, Incident: c.Incident, Dedupe: c.Dedupe}
	for _, d := range []struct {
		flag, text string
		into       *contracts.Date
	}{{"--since", c.Since, &opts.Since}, {"--until", c.Until, &opts.Until}} {
		if d.text == "" {
			continue
		}
		day, _, err := contracts.ParseDate(d.text)
		if err != nil {
			return exitError{exitUsage, fmt.Errorf("%s: %w", d.flag, err)}
		}
		*d.into = day
	}
	if err := c.free(a); err != nil {
		return err
	}
	data, err := os.ReadFile(a.path(c.File))
	if err != nil {
		return exitError{exitRefused, err}
	}
	in, problems := feed.Read(c.Format, c.File, data, opts)
	if in == nil {
		return problems
	}
	var out bytes.Buffer
	if err := feed.Write(&out, in, problems); err != nil {
		return err
	}
	// A file that is too large to be read again is of no use; the day is as good as any for what is open.
	if _, found := sla.ReadIncident(c.Output, out.Bytes(), contracts.Date{Year: 9999, Month: 12, Day: 30}); found.Err() != nil {
		return found
	}
	if err := c.write(a, out.Bytes()); err != nil {
		return exitError{exitOutput, err}
	}
	a.report(problems)
	phases := 0
	for _, e := range in.Events {
		phases += len(e.Phases)
	}
	a.say(contracts.Problem{Code: "N_IMPORTED", Message: fmt.Sprintf("%d incidents with %d phases of %d services", len(in.Events), phases, len(in.Services))})
	return nil
}

// free reports whether the output may be written, before anything is read.
func (c *importCmd) free(a *app) error {
	if c.Output == "-" {
		return nil
	}
	if err := report.CheckOutputPath(a.path(c.Output)); err != nil {
		return exitError{exitOutput, err}
	}
	if _, err := os.Lstat(a.path(c.Output)); !c.Force && !errors.Is(err, fs.ErrNotExist) {
		return exitError{exitOutput, fmt.Errorf("%s is there already; --force writes over it", c.Output)}
	}
	return nil
}

func (c *importCmd) write(a *app, data []byte) error {
	if c.Output == "-" {
		_, err := a.out.Write(data)
		return err
	}
	return report.WriteFile(a.path(c.Output), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
