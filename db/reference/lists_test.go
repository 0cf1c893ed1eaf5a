package reference

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// every list of ours, read once for each test
func allLists(t *testing.T) []List {
	t.Helper()
	lists, err := Lists()
	if err != nil {
		t.Fatal(err)
	}
	if len(lists) < 90 {
		t.Fatalf("only %d lists", len(lists))
	}
	return lists
}

func TestEveryItemThatPeopleSeeHasAnArabicName(t *testing.T) {
	t.Parallel()
	count := 0
	for _, l := range allLists(t) {
		if l.Titles["ar"] == "" || l.Titles["en"] == "" || l.Descriptions["ar"] == "" || l.Descriptions["en"] == "" {
			t.Errorf("%s: title or description lacks a language", l.Name)
		}
		arabic := 0
		for _, i := range l.Items {
			if i.Names["ar"] != "" {
				arabic++
			} else if l.Arabic == Required {
				t.Errorf("%s %s (%s) has no Arabic name", l.Name, i.Code, i.Names["en"])
			}
		}
		if l.Arabic == None && arabic > 0 || l.Arabic == Required && arabic == 0 {
			t.Errorf("%s: %d Arabic names, but they are %s", l.Name, arabic, l.Arabic)
		}
		count += arabic
	}
	if count < 2500 {
		t.Errorf("only %d Arabic names in all", count)
	}
}

var (
	latinWord = regexp.MustCompile(`\p{Latin}+`)
	// Persian forms of letters, and digits that are not those of the other texts.
	foreign = regexp.MustCompile("[\u0660-\u0669\u06F0-\u06F9\u06A9\u06CC\u06BE\u06C1\u200E\u200F\u202A-\u202E\u00A0]")
)

// faults are what is wrong with an Arabic text.
func faults(text string) []string {
	var found []string
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }) {
		found = append(found, "has no Arabic letter")
	}
	for _, w := range latinWord.FindAllString(text, -1) {
		if strings.ToUpper(w) != w || len(w) < 2 {
			found = append(found, "has the Latin word "+w)
		}
	}
	if foreign.MatchString(text) {
		found = append(found, "has signs of another script or direction")
	}
	if text != strings.Join(strings.Fields(text), " ") {
		found = append(found, "has stray spaces")
	}
	if strings.Count(text, "(") != strings.Count(text, ")") {
		found = append(found, "has an open bracket")
	}
	return found
}

func TestFaultsOfArabicTextsAreFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"إدارة الديون":              0,
		"رموز البلدان (ISO 3166-1)": 0,
		"Debt":                      2,
		"الدين Debt":                1,
		"سنة ٢٠١٦":                  1,
		"دولار (اليوم":              1,
		"دولار  أمريكي":             1,
	} {
		if got := faults(text); len(got) != want {
			t.Errorf("%q: %q, want %d faults", text, got, want)
		}
	}
}

func TestArabicNamesAreArabicAndTellItemsApart(t *testing.T) {
	t.Parallel()
	for _, l := range allLists(t) {
		for _, text := range []string{l.Titles["ar"], l.Descriptions["ar"]} {
			for _, f := range faults(text) {
				t.Errorf("%s: %q %s", l.Name, text, f)
			}
		}
		english := map[string]string{} // Arabic name → English name
		for _, i := range l.Items {
			ar, en := i.Names["ar"], strings.ToLower(i.Names["en"])
			if ar == "" {
				continue
			}
			for _, f := range faults(ar) {
				t.Errorf("%s %s: %q %s", l.Name, i.Code, ar, f)
			}
			if other, ok := english[ar]; ok && other != en {
				t.Errorf("%s %s: %q is the name of both %q and %q", l.Name, i.Code, ar, en, other)
			}
			english[ar] = en
		}
	}
}

func TestCodesAreUniqueAndCategoriesExist(t *testing.T) {
	t.Parallel()
	lists := allLists(t)
	codes := map[string]map[string]bool{}
	for _, l := range lists {
		if codes[l.Name] != nil {
			t.Errorf("list %s stands twice", l.Name)
		}
		codes[l.Name] = map[string]bool{}
		for _, i := range l.Items {
			if i.Code == "" || i.Code != strings.TrimSpace(i.Code) || codes[l.Name][i.Code] {
				t.Errorf("%s: code %q is empty or stands twice", l.Name, i.Code)
			}
			codes[l.Name][i.Code] = true
			if l.Arabic != None && i.Names["en"] == "" {
				t.Errorf("%s %s has no English name", l.Name, i.Code)
			}
		}
	}
	for _, l := range lists {
		if l.CategoryList != "" && codes[l.CategoryList] == nil {
			t.Errorf("%s: there is no category list %s", l.Name, l.CategoryList)
		}
		for _, i := range l.Items {
			if i.Category != "" && !codes[l.CategoryList][i.Category] && !codes[l.Name][i.Category] {
				t.Errorf("%s %s: category %s is no code of %s", l.Name, i.Code, i.Category, l.CategoryList)
			}
		}
	}
}

// The lists on which the rest of the product leans, with what their standards say of them.
func TestListsHoldWhatTheirStandardsSay(t *testing.T) {
	t.Parallel()
	byName := map[string]List{}
	for _, l := range allLists(t) {
		byName[l.Name] = l
	}
	for name, want := range map[string]int{
		"UNSDG-Goals": 17, "UNSDG-Targets": 169, "OrganisationRole": 4, "ActivityStatus": 6, "ActivityDateType": 4, "TransactionType": 13,
	} {
		if got := len(byName[name].Items); got != want {
			t.Errorf("%s has %d items, want %d", name, got, want)
		}
	}
	for _, c := range []struct{ list, code, en, ar, category string }{
		{"Sector", "11220", "Primary education", "التعليم الابتدائي", "112"},
		{"Country", "SY", "Syrian Arab Republic", "الجمهورية العربية السورية", ""},
		{"Currency", "SYP", "Syrian Pound", "ليرة سورية", ""},
		{"UNSDG-Targets", "6.1", "", "حصول الجميع على نحو منصف على مياه شرب مأمونة وميسورة التكلفة بحلول عام 2030", "6"},
		{"AidType", "B021", "Core contributions to multilateral institutions", "المساهمات الأساسية في المؤسسات المتعددة الأطراف", "B02"},
	} {
		found := false
		for _, i := range byName[c.list].Items {
			if i.Code == c.code {
				found = true
				if c.en != "" && i.Names["en"] != c.en || i.Names["ar"] != c.ar || i.Category != c.category {
					t.Errorf("%s %s is %+v", c.list, c.code, i)
				}
			}
		}
		if !found {
			t.Errorf("%s has no %s", c.list, c.code)
		}
	}
}
