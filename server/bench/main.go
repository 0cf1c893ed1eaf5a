// Command bench measures how fast the graph answers the six questions of the project, beside hand-written SQL behind a bare
// handler (the floor) over the same data in the same run. One machine carries generator, servers and PostgreSQL, so the
// figures that mean something are the ratios.
//
//	make bench
//	make bench BENCH="-projects 5000 -seconds 1"
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type settings struct {
	binary      string
	dir         string
	projects    int
	compare     int
	seconds     float64
	rounds      int
	connections []int
	only        string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var s settings
	var connections, floorAddr string
	flag.StringVar(&s.binary, "binary", "./taawun", "the server that is measured")
	flag.StringVar(&s.dir, "dir", ".cache/bench", "where the data sets are kept between runs")
	flag.IntVar(&s.projects, "projects", 50000, "projects of the large data set")
	flag.IntVar(&s.compare, "compare", 5000, "projects of the small data set, against which growth is measured; 0 leaves that out")
	flag.Float64Var(&s.seconds, "seconds", 3, "seconds of each measurement")
	flag.IntVar(&s.rounds, "rounds", 3, "measurements of each server, alternating")
	flag.StringVar(&connections, "connections", "1,16", "numbers of connections")
	flag.StringVar(&s.only, "only", "", "questions to ask, such as Q1,Q6; all if empty")
	flag.StringVar(&floorAddr, "floor", "", "serve the floor for the data set in -dir at this address (the benchmark starts itself so)")
	flag.Parse()
	log.SetFlags(0)
	for _, c := range strings.Split(connections, ",") {
		n, err := strconv.Atoi(c)
		if err != nil || n < 1 || n > 64 {
			log.Fatalf("bench: -connections %q: each must be a number from 1 to 64", connections)
		}
		s.connections = append(s.connections, n)
	}
	var err error
	if floorAddr != "" {
		err = serveFloor(ctx, s.dir, floorAddr)
	} else {
		err = bench(ctx, s)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Fatal("bench: ", err)
	}
}

func bench(ctx context.Context, s settings) error {
	large, err := openDataSet(ctx, s, s.projects)
	if err != nil {
		return err
	}
	defer large.close()
	floor, err := startProcess(ctx, os.Args[0], "-floor", "127.0.0.1:0", "-dir", large.dir)
	if err != nil {
		return fmt.Errorf("starting the floor: %w", err)
	}
	defer floor.stop()
	questions, err := large.questions(ctx, s.only)
	if err != nil {
		return err
	}
	fmt.Printf("%d projects; %d x %gs per cell, alternating; rps is the mean of the rounds; ratio = taawun / floor\n\n", s.projects, s.rounds, s.seconds)
	fmt.Println(heading)
	length := time.Duration(s.seconds * float64(time.Second))
	for _, q := range questions {
		if err := q.sameAnswers(ctx, floor.url, large.server.url); err != nil {
			return err
		}
		for _, n := range s.connections {
			if err := compare(ctx, q, n, s.rounds, length, floor, large.server, large.postmaster); err != nil {
				return err
			}
		}
	}
	now, peak := large.server.memory()
	fmt.Printf("\nmemory of the server: %.0f MB now, %.0f MB at its peak\n", now, peak)
	if s.compare > 0 {
		return growth(ctx, s, questions, large)
	}
	return nil
}

// growth asks the same page of a data set that is smaller by the factor, and prints how much slower the large one is.
func growth(ctx context.Context, s settings, of []question, large *dataSet) error {
	small, err := openDataSet(ctx, s, s.compare)
	if err != nil {
		return err
	}
	defer small.close()
	questions, err := small.questions(ctx, s.only)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d projects against %d (1 connection, median ms)\n", s.projects, s.compare)
	for i, q := range questions {
		if q.name != "Q1" && q.name != "Q2" && q.name != "Q3" && q.name != "Q6" {
			continue // a total over all data must grow with it
		}
		var times [2]time.Duration
		for range s.rounds {
			for j, on := range []struct {
				q   question
				url string
			}{{q, small.server.url}, {of[i], large.server.url}} {
				r, err := load(ctx, 1, time.Duration(s.seconds*float64(time.Second)), on.url+"/graphql", on.q.graphBodies)
				if err != nil {
					return err
				}
				times[j] += r.quantile(.5)
			}
		}
		fmt.Printf("%-26s %8.2f  %8.2f   x%.2f\n", q.title(), ms(times[0])/float64(s.rounds), ms(times[1])/float64(s.rounds), float64(times[1])/float64(times[0]))
	}
	return nil
}

func openDataSet(ctx context.Context, s settings, projects int) (*dataSet, error) {
	dir, err := filepath.Abs(filepath.Join(s.dir, strconv.Itoa(projects)))
	if err != nil {
		return nil, err
	}
	d := &dataSet{dir: dir}
	if _, err := os.Stat(filepath.Join(dir, "loaded")); err != nil {
		fmt.Fprintf(os.Stderr, "writing a demonstration data set of %d projects into %s\n", projects, dir)
		if err := runCommand(ctx, s.binary, "demo", "--data", dir, "--projects", strconv.Itoa(projects), "--seed", "1"); err != nil {
			return nil, fmt.Errorf("writing the data set: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, "loaded"), nil, 0o644); err != nil {
			return nil, err
		}
	}
	if d.server, err = startProcess(ctx, s.binary, "serve", "--data", dir, "--addr", "127.0.0.1:0",
		"--request-timeout", "110s", "--statement-timeout", "100s", "--write-timeout", "120s"); err != nil {
		return nil, fmt.Errorf("starting the server: %w", err)
	}
	return d, d.connect(ctx)
}
