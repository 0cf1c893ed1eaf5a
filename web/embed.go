// Package web holds the pages that the server hands out, as built by npm from this folder.
package web

import "embed"

// Dist is the result of "npm run build": one HTML file a page, and assets/ whose names carry a hash of their content. In a
// checkout that was never built it holds only a placeholder, so that the Go program builds without Node.
//
//go:embed all:dist
var Dist embed.FS
