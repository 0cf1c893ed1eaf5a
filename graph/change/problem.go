package change

import "fmt"

// Problem says why a change is refused; it is the contract's UserError.
type Problem struct {
	// Path leads from the argument input down: names of fields and places in lists.
	Path []string
	// Code is one of the codes below.
	Code string
	// Message and MessageAr are for people, in English and in Arabic.
	Message, MessageAr string
	// Cause is what PostgreSQL said, for the log; nobody is shown it.
	Cause error
}

// The codes of problems, as the enum UserErrorCode of the contract has them.
const (
	Required  = "REQUIRED"  // a value must be given
	Invalid   = "INVALID"   // a value cannot be used
	Text      = "TEXT"      // a text is too long or has characters that no text has
	NotFound  = "NOT_FOUND" // the record does not exist, or not for the actor
	Duplicate = "DUPLICATE" // another record has this value already
	Conflict  = "CONFLICT"  // the record has changed since it was read
	Forbidden = "FORBIDDEN" // not for the actor to do
	Dates     = "DATES"     // dates contradict each other
	Shares    = "SHARES"    // shares do not add up to 100
	State     = "STATE"     // not in a state in which this can be done
	InUse     = "IN_USE"    // something else still refers to it
)

// Refuse makes a problem at a place of the input.
func Refuse(code, en, ar string, path ...string) Problem {
	return Problem{Path: append([]string{}, path...), Code: code, Message: en, MessageAr: ar}
}

// refuse makes a problem whose messages take the same arguments.
func refuse(path []string, code, en, ar string, args ...any) Problem {
	return Refuse(code, fmt.Sprintf(en, args...), fmt.Sprintf(ar, args...), path...)
}

// below is a path with further steps; the path itself stays as it is.
func below(path []string, steps ...string) []string {
	return append(path[:len(path):len(path)], steps...)
}
