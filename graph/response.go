package graph

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/99designs/gqlgen/graphql"
)

// WriteResponse writes a response. The data is written as PostgreSQL wrote it: encoding/json would read all of it again.
// Data is left out where the request failed before anything was answered (Data nil).
func WriteResponse(w io.Writer, r *graphql.Response) error {
	if len(r.Errors) == 0 && len(r.Extensions) == 0 && r.Data != nil {
		for _, part := range [][]byte{[]byte(`{"data":`), r.Data, []byte(`}`)} {
			if _, err := w.Write(part); err != nil {
				return fmt.Errorf("write the response: %w", err)
			}
		}
		return nil
	}
	buf, sep := []byte{'{'}, ""
	for _, part := range []struct {
		name string
		has  bool
		v    any
	}{{"errors", len(r.Errors) > 0, r.Errors}, {"extensions", len(r.Extensions) > 0, r.Extensions}} {
		if !part.has {
			continue
		}
		raw, err := json.Marshal(part.v)
		if err != nil {
			return fmt.Errorf("write the %s of the response: %w", part.name, err)
		}
		buf = append(append(buf, sep+`"`+part.name+`":`...), raw...)
		sep = ","
	}
	if r.Data != nil {
		buf = append(append(buf, sep+`"data":`...), r.Data...)
	}
	if _, err := w.Write(append(buf, '}')); err != nil {
		return fmt.Errorf("write the response: %w", err)
	}
	return nil
}
