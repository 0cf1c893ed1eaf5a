package main

import (
	"mime"
	"strconv"
	"strings"
)

// The media types of an answer. The first is the specification's own; the second is what older clients expect.
const (
	mediaGraphQL = "application/graphql-response+json"
	mediaJSON    = "application/json"
)

// negotiate chooses the media type of the answer by the weights of the Accept headers. A client that names neither type
// gets application/json, which everything can read.
func negotiate(accept []string) string {
	chosen, best := mediaJSON, 0.0
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			media, options, err := mime.ParseMediaType(strings.TrimSpace(part))
			if err != nil || (media != mediaGraphQL && media != mediaJSON) {
				continue
			}
			if weight := quality(options["q"]); weight > best {
				chosen, best = media, weight
			}
		}
	}
	return chosen
}

func quality(q string) float64 {
	if q == "" {
		return 1
	}
	weight, err := strconv.ParseFloat(q, 64)
	if err != nil {
		return 0
	}
	return weight
}
