package compile

import "fmt"

// InputError says that a value given by the caller cannot be used: a malformed date, another order's cursor, an id of
// another type. The API presents it as BAD_USER_INPUT.
type InputError struct {
	// Argument is the place of the value: the names of the field's argument and of the input fields below it joined by
	// dots ("where.startDate.gte"); for a variable it starts with the variable's name ("$w.startDate.gte").
	Argument string
	// Message and MessageAr say what is wrong, in English and in Arabic.
	Message, MessageAr string
}

// Error is the English message with the place of the value.
func (e *InputError) Error() string {
	if e.Argument == "" {
		return e.Message
	}
	return e.Argument + ": " + e.Message
}

// invalid makes an InputError whose English and Arabic messages take the same arguments.
func invalid(argument, en, ar string, args ...any) *InputError {
	return &InputError{Argument: argument, Message: fmt.Sprintf(en, args...), MessageAr: fmt.Sprintf(ar, args...)}
}
