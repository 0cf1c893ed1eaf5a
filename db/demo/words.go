package demo

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed words/*.tsv
var wordFiles embed.FS

// theme is what projects and agreements are about.
type theme struct {
	sector, goal, action string
	object, gain, count  wording
	aimLow, aimHigh      int  // between which numbers the aims of projects lie, of what they count
	standing             bool // there was some of it before a project began
}

// body is an organization that appears by name.
type body struct {
	kind, organisationType, country, acronym string
	name                                     wording
}

// duty is something that a party to an agreement undertakes.
type duty struct {
	kind, recurrence string
	text             wording // %s stands for the subject of the agreement
}

// words are the lists from which names and texts are put together.
type words struct {
	themes  []theme
	actions map[string][]wording
	bodies  []body
	names   map[string][]wording
	duties  []duty

	recommendations []recommendation
}

func readWords() (*words, error) {
	w := &words{actions: map[string][]wording{}, names: map[string][]wording{}}
	for _, file := range []struct {
		name   string
		fields int
		row    func(f []string)
	}{
		{"themes", 13, func(f []string) {
			low, _ := strconv.Atoi(f[10])
			high, _ := strconv.Atoi(f[11])
			w.themes = append(w.themes, theme{sector: f[0], goal: f[1], action: f[2], object: wording{f[4], f[3], f[5]}, gain: wording{ar: f[7], en: f[6]}, count: wording{ar: f[9], en: f[8]},
				aimLow: low, aimHigh: high, standing: f[12] == "standing"})
		}},
		{"actions", 4, func(f []string) { w.actions[f[0]] = append(w.actions[f[0]], wording{f[2], f[1], f[3]}) }},
		{"bodies", 7, func(f []string) { w.bodies = append(w.bodies, body{f[0], f[1], f[2], f[3], wording{f[5], f[4], f[6]}}) }},
		{"associations", 4, func(f []string) { w.names[f[0]] = append(w.names[f[0]], wording{f[2], f[1], f[3]}) }},
		{"obligations", 4, func(f []string) { w.duties = append(w.duties, duty{f[0], f[1], wording{ar: f[3], en: f[2]}}) }},
		{"recommendations", 4, func(f []string) {
			w.recommendations = append(w.recommendations, recommendation{wording{ar: f[1], en: f[0]}, wording{ar: f[3], en: f[2]}})
		}},
	} {
		b, err := wordFiles.ReadFile("words/" + file.name + ".tsv")
		if err != nil {
			return nil, fmt.Errorf("reading words: %w", err)
		}
		head := true
		for line := range strings.Lines(string(b)) {
			line = strings.TrimRight(line, "\r\n")
			if strings.HasPrefix(line, "#") || line == "" {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) != file.fields {
				return nil, fmt.Errorf("reading words: %s.tsv has %d fields where %d belong: %q", file.name, len(f), file.fields, line)
			}
			if !head {
				file.row(f)
			}
			head = false
		}
	}
	for _, t := range w.themes {
		if t.aimLow < 1 || t.aimHigh <= t.aimLow {
			return nil, fmt.Errorf("reading words: themes.tsv says aims from %d to %d for %s", t.aimLow, t.aimHigh, t.sector)
		}
	}
	return w, nil
}

func (w *words) person(g *generator) wording { return pick(g, w.names["person"]) }
