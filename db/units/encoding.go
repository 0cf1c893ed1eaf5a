package units

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	xunicode "golang.org/x/text/encoding/unicode"

	"golang.org/x/text/encoding/charmap"

	"taawun/db/imports"
)

// decode turns the bytes of a text file into UTF-8 and says what they were. Files of spreadsheets come as UTF-8, with or without a
// byte order mark, as UTF-16, or, from Arabic Windows, as Windows-1256.
func decode(b []byte) (text []byte, encoding string, err error) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}), bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		b, err = xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return nil, "", imports.Say("it starts like UTF-16 but cannot be read as such", "يبدأ كأنه UTF-16 ولا يُقرأ به")
		}
		return b, "UTF-16", nil
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return nil, "", imports.Say("it is not a text file", "ليس ملفًا نصيًا")
	}
	if utf8.Valid(b) {
		return b, "UTF-8", nil
	}
	text, err = charmap.Windows1256.NewDecoder().Bytes(b)
	if err != nil || !looksArabic(text) {
		return nil, "", imports.Say("its text is neither UTF-8 nor Windows-1256; save it as UTF-8", "نصه ليس UTF-8 ولا Windows-1256؛ احفظه بترميز UTF-8")
	}
	return text, "Windows-1256", nil
}

// looksArabic says whether the letters beyond ASCII are Arabic nearly all of the time. Other 8-bit encodings read as Windows-1256 give
// mixtures of signs and of letters that never stand in Arabic words.
func looksArabic(text []byte) bool {
	arabic, other := 0, 0
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf || unicode.IsSpace(r):
		case r >= 0x0621 && r <= 0x0652:
			arabic++
		default:
			other++
		}
	}
	return arabic > 20*other
}
