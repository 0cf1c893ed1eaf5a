package account

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	shortestPassword = 12  // characters
	longestPassword  = 256 // characters
	distinctPassword = 5   // different characters at least
)

// worst are passwords that many people think of first, in the form that plain gives.
//
//go:embed worst_passwords.txt
var worst string

// CheckPassword refuses a password that is easily guessed. It asks for length, not for kinds of characters (NIST SP 800-63B, 3.1.1).
func CheckPassword(password, login, name string) error {
	refuse := func(message, arabic string) error { return &Refusal{"password", message, arabic} }
	characters := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return refuse("A password cannot hold control characters.", "لا يجوز أن تحوي كلمة المرور محارف تحكم.")
	case characters < shortestPassword:
		return refuse("The password must have 12 characters at least. Several words in a row are easy to remember.",
			"يجب ألا تقل كلمة المرور عن 12 محرفاً. يسهل تذكّر عدة كلمات متتالية.")
	case characters > longestPassword:
		return refuse("The password must not be longer than 256 characters.", "يجب ألا تزيد كلمة المرور على 256 محرفاً.")
	}
	common := refuse("This password is among the first that are guessed. Choose another one.", "هذه الكلمة من أول ما يُخمَّن. اختر غيرها.")
	word := plain(password)
	distinct := map[rune]bool{}
	for _, r := range word {
		distinct[r] = true
	}
	if len(distinct) < distinctPassword || run(word) {
		return common
	}
	for line := range strings.Lines(worst) {
		if plain(strings.TrimSpace(line)) == word {
			return common
		}
	}
	for _, own := range []string{login, name} {
		own = plain(own)
		// What is left beside the login or the name must be worth something itself.
		if own != "" && utf8.RuneCountInString(strings.ReplaceAll(word, own, "")) < shortestPassword/2 && strings.Contains(word, own) {
			return refuse("The password must not be the login or the name.", "يجب ألا تكون كلمة المرور هي اسم الدخول أو الاسم.")
		}
	}
	return nil
}

// plain is a password as guessers see it: without case, spaces and the usual signs between words.
func plain(password string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-_.!,", r) {
			return -1
		}
		return r
	}, strings.ToLower(norm.NFKC.String(password)))
}

// run says whether each character follows the one before in the alphabet, or precedes it: 123456…, abcdef…
func run(word string) bool {
	runes := []rune(word)
	for _, step := range []rune{1, -1} {
		breaks := 0
		for i := 1; i < len(runes); i++ {
			if runes[i] != runes[i-1]+step {
				breaks++
			}
		}
		if breaks <= 1 {
			return true
		}
	}
	return false
}

// canonicalPassword is the form that is hashed: keyboards differ in how they compose letters with marks.
func canonicalPassword(password string) string { return norm.NFC.String(password) }
