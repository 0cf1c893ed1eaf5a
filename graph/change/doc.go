// Package change is the one mechanism of all writes. It binds the input types of the contract to the bun structs by name, reads an
// input into rows to be written, and writes them in one transaction of a signed-in person, whose rights PostgreSQL checks row by row.
//
// A refusal is a Problem with the place in the input, a code of the contract and a message in English and Arabic; nothing of what
// was refused is ever half done.
package change
