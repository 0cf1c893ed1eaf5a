package reference

import (
	"encoding/xml"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

// Lists named Taawun-<Enum> name the values of an enumeration of the contract, all of them and no others.
func TestNationalListsAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	contract, err := os.ReadFile("../../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	document, err := parser.ParseSchema(&ast.Source{Name: "schema.graphqls", Input: string(contract)})
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, l := range allLists(t) {
		enum, ok := strings.CutPrefix(l.Name, "Taawun-")
		if !ok {
			continue
		}
		count++
		d := document.Definitions.ForName(enum)
		if d == nil || d.Kind != ast.Enum {
			t.Errorf("the contract has no enumeration %s", enum)
			continue
		}
		var want, got []string
		for _, v := range d.EnumValues {
			want = append(want, v.Name)
		}
		for _, i := range l.Items {
			got = append(got, i.Code)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the list has %v, the contract has %v", enum, got, want)
		}
	}
	if count < 25 {
		t.Errorf("only %d national lists", count)
	}
}

// official is a code list file of IATI.
type official struct {
	Items []struct {
		Status   string `xml:"status,attr"`
		Code     string `xml:"code"`
		Category string `xml:"category"`
		Names    []struct {
			Language string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Text     string `xml:",chardata"`
		} `xml:"name>narrative"`
	} `xml:"codelist-items>codelist-item"`
}

// Codes, statuses, categories, English and French names are those of the official files, nothing missing and nothing invented; README.md says where they
// differ.
func TestListsAgreeWithTheOfficialFiles(t *testing.T) {
	t.Parallel()
	folder := "../../../shared/data/iati/codelists"
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the official files are not at hand")
	}
	ours := map[string]List{}
	for _, l := range allLists(t) {
		ours[l.Name] = l
	}
	files, err := filepath.Glob(folder + "/*embedded/*.xml")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d official files: %v", len(files), err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".xml")
		seen[name] = true
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want official
		if err := xml.Unmarshal(b, &want); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		left := map[string]Item{}
		for _, i := range ours[name].Items {
			left[i.Code] = i
		}
		done := map[string]bool{}
		for _, w := range want.Items {
			code := squeeze(w.Code)
			if done[code] { // FileFormat repeats two
				continue
			}
			done[code] = true
			got, ok := left[code]
			if !ok {
				t.Errorf("%s lacks %s", name, code)
				continue
			}
			delete(left, code)
			names := map[string]string{"en": "", "fr": ""}
			for _, n := range slices.Backward(w.Names) {
				language := n.Language
				if language == "" {
					language = "en"
				}
				names[language] = squeeze(n.Text)
			}
			if name == "Country" { // without the article that ISO puts behind a name
				names["en"] = strings.TrimSuffix(names["en"], " (the)")
			}
			for language, text := range names {
				if got.Names[language] != text {
					t.Errorf("%s %s: the name in %s is %q, officially %q", name, code, language, got.Names[language], text)
				}
			}
			if got.Withdrawn != (w.Status == "withdrawn") {
				t.Errorf("%s %s: withdrawn is %v, officially it is %q", name, code, got.Withdrawn, w.Status)
			}
			category := squeeze(w.Category)
			if got.Category != category && got.Category != "" && name != "UNSDG-Targets" {
				t.Errorf("%s %s: the category is %q, officially %q", name, code, got.Category, category)
			}
		}
		for code := range left {
			t.Errorf("%s has %s, which is in no official list", name, code)
		}
	}
	for name := range ours {
		if !seen[name] && !strings.HasPrefix(name, "Taawun-") {
			t.Errorf("list %s has no official file", name)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
