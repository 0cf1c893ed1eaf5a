// Command taawun serves the linked graph of cooperation: agreements, projects, organizations, money and places.
package main

import "os"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
