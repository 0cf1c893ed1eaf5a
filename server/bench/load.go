package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

type result struct {
	times []time.Duration // of each answer, sorted
	rps   float64
}

func (r result) quantile(q float64) time.Duration {
	if len(r.times) == 0 {
		return 0
	}
	return r.times[min(len(r.times)-1, int(q*float64(len(r.times))))]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// load sends the bodies in turn over n connections for so long, each connection one request after the other.
func load(ctx context.Context, n int, length time.Duration, url string, bodies [][]byte) (result, error) {
	ctx, cancel := context.WithTimeout(ctx, length+2*time.Minute)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: n, DisableCompression: true}}
	defer client.CloseIdleConnections()
	times := make([][]time.Duration, n)
	failures := make([]error, n)
	start := time.Now()
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			for j := i; time.Since(start) < length; j += n {
				began := time.Now()
				if _, err := ask(ctx, client, url, bodies[j%len(bodies)]); err != nil {
					failures[i] = err
					return
				}
				times[i] = append(times[i], time.Since(began))
			}
		})
	}
	group.Wait()
	took := time.Since(start)
	for _, err := range failures {
		if err != nil {
			return result{}, err
		}
	}
	r := result{times: slices.Concat(times...)}
	slices.Sort(r.times)
	r.rps = float64(len(r.times)) / took.Seconds()
	return r, nil
}

func ask(ctx context.Context, client *http.Client, url string, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK || bytes.HasPrefix(b, []byte(`{"errors"`)) {
		return nil, fmt.Errorf("%s answered %s: %.500s", url, resp.Status, b)
	}
	return b, nil
}

// heading stands above the lines of compare.
const heading = "question                    conn   floor rps  taawun rps   ratio (rounds)        floor p50/p99 ms   taawun p50/p99 ms   CPU µs, server + PostgreSQL: floor, taawun"

// compare measures both servers in turn and prints a line.
func compare(ctx context.Context, q question, n, rounds int, length time.Duration, floor, graph *process, postmaster int) error {
	var rps [2]float64
	var own, backends [2]time.Duration
	var times [2][]time.Duration
	var ratios []string
	for i := -1; i < rounds; i++ {
		var now [2]float64
		for j, t := range []struct {
			server *process
			path   string
			bodies [][]byte
		}{{floor, "/" + q.name, q.floorBodies}, {graph, "/graphql", q.graphBodies}} {
			for_ := length
			if i < 0 { // warm up
				for_ = min(length, time.Second)
			}
			ownBefore, backendsBefore := t.server.cpu(postmaster)
			r, err := load(ctx, n, for_, t.server.url+t.path, t.bodies)
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			if i >= 0 {
				now[j] = r.rps
				rps[j] += r.rps / float64(rounds)
				times[j] = append(times[j], r.times...)
				a, b := t.server.cpu(postmaster)
				own[j] += a - ownBefore
				backends[j] += b - backendsBefore
			}
		}
		if i >= 0 {
			ratios = append(ratios, fmt.Sprintf("%.2f", now[1]/now[0]))
		}
	}
	for j := range times {
		slices.Sort(times[j])
	}
	a, b := result{times: times[0]}, result{times: times[1]}
	each := func(used time.Duration, j int) int64 { return used.Microseconds() / int64(max(1, len(times[j]))) }
	fmt.Printf("%-26s %5d %11.0f %11.0f   %.2f  (%s) %9.2f/%.2f %14.2f/%.2f %12d + %d, %d + %d\n", q.title(), n, rps[0], rps[1], rps[1]/rps[0], strings.Join(ratios, " "),
		ms(a.quantile(.5)), ms(a.quantile(.99)), ms(b.quantile(.5)), ms(b.quantile(.99)), each(own[0], 0), each(backends[0], 0), each(own[1], 1), each(backends[1], 1))
	return nil
}

// sameAnswers proves for each body that both servers say the same, cursors aside, before anything is measured.
func (q question) sameAnswers(ctx context.Context, floorURL, graphURL string) error {
	client := &http.Client{}
	defer client.CloseIdleConnections()
	for i := range q.graphBodies {
		var answers [2]any
		for j, t := range []struct {
			url  string
			body []byte
		}{{floorURL + "/" + q.name, q.floorBodies[i]}, {graphURL + "/graphql", q.graphBodies[i]}} {
			b, err := ask(ctx, client, t.url, t.body)
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			if err := json.Unmarshal(b, &answers[j]); err != nil {
				return fmt.Errorf("%s: reading the answer: %w", q.name, err)
			}
			hideCursors(answers[j])
		}
		if !reflect.DeepEqual(answers[0], answers[1]) {
			a, _ := json.Marshal(answers[0])
			b, _ := json.Marshal(answers[1])
			at := 0
			for at < min(len(a), len(b)) && a[at] == b[at] {
				at++
			}
			return fmt.Errorf("%s: the answers differ for %s\nfloor:  …%.300s\ntaawun: …%.300s", q.name, q.graphBodies[i], a[max(0, at-80):], b[max(0, at-80):])
		}
	}
	return nil
}

func hideCursors(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "endCursor")
		for _, x := range v {
			hideCursors(x)
		}
	case []any:
		for _, x := range v {
			hideCursors(x)
		}
	}
}
