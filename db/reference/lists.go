package reference

import (
	"fmt"
	"io/fs"

	"taawun/db/reference/imported"
)

// Need says how many items of a list have an Arabic name.
type Need string

const (
	// Required: every item has an Arabic name.
	Required Need = "required"
	// Optional: some items have one.
	Optional Need = "optional"
	// None: the codes have no names.
	None Need = "none"
)

// List is a code list as the files of this package give it.
type List struct {
	Name         string // as its standard writes it, such as Sector
	CategoryList string // list whose codes are the categories of the items; empty if there are none
	Arabic       Need
	Original     string // language of the first names
	Titles       map[string]string
	Descriptions map[string]string
	Source       string
	URL          string
	Items        []Item
}

// Item is a code of a list. Names are by language; a code may have none.
type Item struct {
	Code      string
	Category  string // code of the category list, or of the list itself
	Withdrawn bool
	Names     map[string]string
}

// Lists are all code lists, in the order of their names.
func Lists() ([]List, error) {
	return lists(files)
}

func lists(from fs.FS) ([]List, error) {
	index, err := read(from, "codelists.tsv", "list", "category_list", "arabic", "original", "title_en", "title_fr", "title_ar",
		"description_en", "description_ar", "source", "url")
	if err != nil {
		return nil, err
	}
	all := make([]List, 0, len(index.rows))
	for _, r := range index.rows {
		l := List{Name: r[0], CategoryList: r[1], Arabic: Need(r[2]), Original: r[3], Source: r[9], URL: r[10],
			Titles: texts("en", r[4], "fr", r[5], "ar", r[6]), Descriptions: texts("en", r[7], "ar", r[8])}
		t, err := read(from, "codelists/"+l.Name+".tsv", "code", "category", "status", "name_en", "name_fr", "name_ar")
		if err != nil {
			return nil, err
		}
		l.Items = make([]Item, len(t.rows))
		for i, v := range t.rows {
			if v[2] != "active" && v[2] != "withdrawn" {
				return nil, fmt.Errorf("reading reference data: list %s: code %s is %q, neither active nor withdrawn", l.Name, v[0], v[2])
			}
			l.Items[i] = Item{Code: v[0], Category: v[1], Withdrawn: v[2] == "withdrawn", Names: texts("en", v[3], "fr", v[4], "ar", v[5])}
		}
		all = append(all, l)
	}
	return all, nil
}

// texts makes a map of pairs of language and text, without the empty ones.
func texts(pairs ...string) map[string]string {
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			m[pairs[i]] = pairs[i+1]
		}
	}
	return m
}

// status is the status of an item as the database writes it.
func (i *Item) status() string {
	if i.Withdrawn {
		return "WITHDRAWN"
	}
	return "ACTIVE"
}

// values flattens an item for comparing.
func (i *Item) values() imported.Values {
	v := imported.Values{"status": i.status()}
	if i.Category != "" {
		v["category"] = i.Category
	}
	for l, n := range i.Names {
		v["name."+l] = n
	}
	return v
}
