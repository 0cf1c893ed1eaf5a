package graph

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"taawun/graph/compile"
)

type (
	requestIDKey struct{}
	localesKey   struct{}
)

// maxLocales bounds how many languages of a reader are looked at: each costs a parameter and a comparison for every text.
const maxLocales = 8

// WithRequestID puts the id of the request into the context. It stands in the log and in errors whose cause is not shown.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID is the id of the request; "" if there is none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// WithLocales puts the languages that the reader prefers into the context, the best first. Malformed tags and those beyond
// the eighth are left out. A reader who names none gets Arabic, then English.
func WithLocales(ctx context.Context, locales []string) context.Context {
	var out []string
	for _, l := range locales {
		if c, ok := compile.CanonicalLocale(l); ok && !slices.Contains(out, c) && len(out) < maxLocales {
			out = append(out, c)
		}
	}
	return context.WithValue(ctx, localesKey{}, out)
}

func locales(ctx context.Context) []string {
	l, _ := ctx.Value(localesKey{}).([]string)
	return l
}

// AcceptLanguage reads the header Accept-Language (RFC 9110, section 12.5.4): language tags in canonical spelling, by weight,
// equal ones in their order. "*" and tags of weight 0 are left out, as is everything malformed.
func AcceptLanguage(header string) []string {
	type weighted struct {
		tag    string
		weight float64
	}
	var tags []weighted
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		c, ok := compile.CanonicalLocale(strings.TrimSpace(tag))
		if !ok {
			continue
		}
		weight := 1.0
		if q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q="); ok {
			w, err := strconv.ParseFloat(q, 64)
			if err != nil || w < 0 || w > 1 {
				continue
			}
			weight = w
		}
		if weight > 0 {
			tags = append(tags, weighted{c, weight})
		}
	}
	slices.SortStableFunc(tags, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	var out []string
	for _, t := range tags {
		if !slices.Contains(out, t.tag) && len(out) < maxLocales {
			out = append(out, t.tag)
		}
	}
	return out
}
