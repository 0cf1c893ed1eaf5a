// Package oracle proves the compiler right. Its tests answer queries a second time, by a naive executor that walks the
// document field by field over tables held in memory, and compare: for thousands of queries made up at random over the
// contract and a data set made up at random over the structs. The same data set serves the tests of access (what the
// public may see, on every path from every root) and of conformance (contract, structs and database say the same).
//
// The package holds tests only; nothing of it is in the program.
package oracle
