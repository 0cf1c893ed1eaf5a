package digest

import (
	"embed"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	texttemplate "text/template"
	"time"

	"taawun/server/due"
)

//go:embed words.ar.txt words.en.txt mail.html mail.txt
var files embed.FS

// Message is a digest as it is sent.
type Message struct{ Subject, Text, HTML string }

// named is how many things of a kind are named; the desk has the others.
const named = 15

// section is a part of a message.
type section struct {
	Title string
	Count int
	Lines []line
	More  int // that are not named
	Link  string
}

// line is one thing. Of is the agreement it is of: the duties of many are called alike.
type line struct{ What, Of, When, Link string }

// Write writes the message of a digest, in the language of its person. Origin is where people reach the portal, stop the link that ends the digests.
func (d *Digest) Write(origin, stop string, today time.Time) (Message, error) {
	locale := due.Language(d.Person.Locale)
	words, err := readWords(locale)
	if err != nil {
		return Message{}, err
	}
	desk := origin + "/" + locale + "/desk"
	var sections []section
	add := func(name string, count int, link string, line func(i int) line) {
		if count == 0 {
			return
		}
		s := section{Title: words[name], Count: count, Link: link}
		for i := range min(count, named) {
			s.Lines = append(s.Lines, line(i))
		}
		s.More = count - len(s.Lines)
		sections = append(sections, s)
	}
	items := func(name string, list []due.Item) {
		add(name, len(list), desk+"#"+name, func(i int) line {
			return line{due.KindWord(list[i].Kind, locale) + ": " + list[i].Name(d.Person.Locale), list[i].Of(d.Person.Locale), day(list[i].Day, words), origin + list[i].AtDesk(locale)}
		})
	}
	records := func(name string, list []Record, page string) {
		add(name, len(list), desk+page, func(i int) line {
			what := due.Text(list[i].Title, d.Person.Locale)
			if what == "" {
				what = list[i].Code
			}
			return line{what, "", list[i].Code, desk + page + "?item=" + list[i].ID.String()}
		})
	}
	items("late", d.Late)
	items("soon", d.Soon)
	records("review", d.Review, "/review")
	records("returned", d.Returned, "/drafts")
	add("missing", len(d.Missing), desk+"/translations", func(i int) line {
		count := strconv.Itoa(d.Missing[i].Count)
		if d.Missing[i].Count == countedTexts {
			count += "+"
		}
		name := words["language "+d.Missing[i].Locale]
		if name == "" {
			name = d.Missing[i].Locale
		}
		return line{name, "", count, desk + "/translations?task=MISSING&locale=" + d.Missing[i].Locale}
	})
	data := map[string]any{"Locale": locale, "Rtl": locale == "ar", "Name": d.Person.Name, "Day": day(today, words), "Sections": sections, "Confidential": d.Confidential,
		"Words": words, "Desk": desk, "Stop": stop}
	page, err := template.ParseFS(files, "mail.html")
	if err != nil {
		return Message{}, fmt.Errorf("read the page of a digest: %w", err)
	}
	plain, err := texttemplate.ParseFS(files, "mail.txt")
	if err != nil {
		return Message{}, fmt.Errorf("read the text of a digest: %w", err)
	}
	var html, text strings.Builder
	if err := page.Execute(&html, data); err != nil {
		return Message{}, fmt.Errorf("write the page of a digest: %w", err)
	}
	if err := plain.Execute(&text, data); err != nil {
		return Message{}, fmt.Errorf("write the text of a digest: %w", err)
	}
	return Message{Subject: words["subject"] + " · " + day(today, words), Text: text.String(), HTML: html.String()}, nil
}

// day writes a day as people of the language do.
func day(at time.Time, words map[string]string) string {
	return fmt.Sprintf("%d %s %d", at.Day(), words["month "+strconv.Itoa(int(at.Month()))], at.Year())
}

// readWords reads the words of a language: a name and its words a line.
func readWords(locale string) (map[string]string, error) {
	raw, err := files.ReadFile("words." + locale + ".txt")
	if err != nil {
		return nil, fmt.Errorf("read the words of a digest: %w", err)
	}
	words := map[string]string{}
	for text := range strings.Lines(string(raw)) {
		if name, word, ok := strings.Cut(strings.TrimSpace(text), " = "); ok {
			words[name] = word
		}
	}
	return words, nil
}
