package imports

import (
	"fmt"
	"io"
	"strings"
)

// Text is a message in both languages of the house. It is an error as well, in English, so that it can go the way of errors.
type Text struct{ English, Arabic string }

// Error is the text for the command line and the log.
func (t Text) Error() string { return t.English }

// Say words a message: a format of package fmt in each language, both for the same arguments. An argument that is a Text itself is told in the
// language of the format.
func Say(english, arabic string, args ...any) Text {
	inEnglish, inArabic := make([]any, len(args)), make([]any, len(args))
	for i, a := range args {
		if t, ok := a.(Text); ok {
			inEnglish[i], inArabic[i] = t.English, t.Arabic
		} else {
			inEnglish[i], inArabic[i] = a, isolated{a}
		}
	}
	return Text{fmt.Sprintf(english, inEnglish...), fmt.Sprintf(arabic, inArabic...)}
}

// Join puts texts behind each other, with a sign of each language between them.
func Join(texts []Text, english, arabic string) Text {
	inEnglish, inArabic := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		inEnglish[i], inArabic[i] = t.English, t.Arabic
	}
	return Text{strings.Join(inEnglish, english), strings.Join(inArabic, arabic)}
}

// Told is what an error says. One that was not worded here is of the machine: Arabic can only introduce it.
func Told(err error) Text {
	switch e := err.(type) {
	case Text:
		return e
	case interface{ Told() Text }:
		return e.Told()
	case interface{ Unwrap() []error }:
		var texts []Text
		for _, part := range e.Unwrap() {
			texts = append(texts, Told(part))
		}
		return Join(texts, "\n", "\n")
	}
	return Say("%v", "خطأ تقني، نصّه بالإنكليزية: %v", err)
}

// isolated is a value of a file in an Arabic sentence. Numbers, signs and Latin words keep the order they have in the file, whatever stands beside
// them.
type isolated struct{ value any }

// Format writes the value between the signs that set its direction apart: FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
func (i isolated) Format(f fmt.State, verb rune) {
	io.WriteString(f, "\u2068")
	fmt.Fprintf(f, fmt.FormatString(f, verb), i.value)
	io.WriteString(f, "\u2069")
}
