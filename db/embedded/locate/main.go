// Locate says which PostgreSQL programs Taawun would run on this machine, or fails and says what to do: make asks it
// whether the npm package is needed. An argument names a data directory whose cluster decides the version.
package main

import (
	"context"
	"fmt"
	"os"

	"taawun/db/embedded"
)

func main() {
	o := embedded.Options{BinDir: os.Getenv("TAAWUN_PG_BINDIR"), NPM: os.Getenv("TAAWUN_PG_NPM")}
	if len(os.Args) > 1 {
		o.Dir = os.Args[1]
	}
	found, err := embedded.Locate(context.Background(), o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("PostgreSQL %s in %s (%s)\n", found.Version, found.BinDir, found.Source)
}
