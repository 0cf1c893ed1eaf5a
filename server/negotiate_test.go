package main

import "testing"

func TestNegotiateMediaType(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		accept []string
		want   string
	}{
		{nil, mediaJSON},
		{[]string{"*/*"}, mediaJSON},
		{[]string{"text/html, image/png"}, mediaJSON},
		{[]string{mediaGraphQL}, mediaGraphQL},
		{[]string{mediaJSON + ", " + mediaGraphQL}, mediaJSON},
		{[]string{mediaGraphQL + ", " + mediaJSON}, mediaGraphQL},
		{[]string{mediaJSON + ";q=0.8, " + mediaGraphQL + ";q=0.9"}, mediaGraphQL},
		{[]string{"text/html", mediaGraphQL + "; charset=utf-8, */*;q=0.1"}, mediaGraphQL},
		{[]string{mediaGraphQL + ";q=0"}, mediaJSON},
		{[]string{mediaGraphQL + ";q=much"}, mediaJSON},
		{[]string{"APPLICATION/GraphQL-Response+JSON"}, mediaGraphQL},
		{[]string{";;;,,"}, mediaJSON},
	} {
		if got := negotiate(test.accept); got != test.want {
			t.Errorf("Accept %q: %s, want %s", test.accept, got, test.want)
		}
	}
}
