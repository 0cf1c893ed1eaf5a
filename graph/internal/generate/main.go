// Command generate writes what follows from the contract and from the bun structs: the list of structs in package db, and
// gqlgen's code in package graph. It is run by `go generate ./graph` from the folder graph and leaves the same files however
// often it is run.
package main

import (
	"fmt"
	"os"

	"github.com/99designs/gqlgen/api"
	"github.com/99designs/gqlgen/codegen/config"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	if err := os.Chdir(".."); err != nil {
		return fmt.Errorf("go to the root of the repository: %w", err)
	}
	if err := writeModels("db", "db/models.generated.go"); err != nil {
		return err
	}
	cfg, err := config.LoadConfig("gqlgen.yml")
	if err != nil {
		return fmt.Errorf("read gqlgen.yml: %w", err)
	}
	// resolvers have nothing of people's in them: gqlgen would otherwise keep bodies of fields that are gone
	if err := os.Remove("graph/resolvers.generated.go"); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove the old resolvers: %w", err)
	}
	if err := api.Generate(cfg, api.PrependPlugin(fragments{})); err != nil {
		return fmt.Errorf("run gqlgen: %w", err)
	}
	return nil
}
