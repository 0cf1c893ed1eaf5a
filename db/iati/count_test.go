package iati_test

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/iati"
)

// published are the files that publishers released. They are not part of this repository; where they are absent, the counts are
// proved with the files of testdata alone.
const published = "../../../shared/data/iati/published"

// tally is an independent count over the XML: elements by their path below the activity, and what must become of each narrative.
type tally struct {
	elements map[string]int // those that must be rows
	left     map[string]int // those that cannot be, by a fault of the file
	texts    int            // narratives that must stand in the table translation, each as a row of its own
	folded   int            // narratives that say nothing, or share the row of another narrative: same field, same language
	verbatim int            // narratives whose elements have no place but in the XML that is kept
}

// textual are the paths of elements whose narratives are texts here: all others, such as those of dates, of sectors of transactions and
// of reporting organisations (which name the organization, not the activity), and those of other namespaces, stay in the XML.
var textual = strings.Fields(`title description participating-org other-identifier/owner-org recipient-country recipient-region
	contact-info/organisation contact-info/department contact-info/person-name contact-info/job-title contact-info/mailing-address
	location/name location/description location/activity-description sector tag policy-marker humanitarian-scope
	country-budget-items/budget-item/description planned-disbursement/provider-org planned-disbursement/receiver-org
	transaction/description transaction/provider-org transaction/receiver-org document-link/title document-link/description conditions/condition
	result/title result/description result/document-link/title result/document-link/description
	result/indicator/title result/indicator/description result/indicator/document-link/title result/indicator/document-link/description
	result/indicator/baseline/comment result/indicator/period/target/comment result/indicator/period/actual/comment`)

// unstorable are the faults of the files at hand that keep an element in the XML, found by eye.
var unstorable = map[string]func(*node) bool{
	"transaction":      func(n *node) bool { return strings.TrimSpace(n.child("value").text) == "" }, // the amount stands in the date
	"sector":           func(n *node) bool { return n.attr("code") == "" },
	"other-identifier": func(n *node) bool { return n.attr("ref") == "" },
}

// node is an element in the independent count.
type node struct {
	name  xml.Name
	attrs []xml.Attr
	text  string
	up    *node
	below []*node
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

func (n *node) child(name string) *node {
	for _, c := range n.below {
		if c.name.Local == name {
			return c
		}
	}
	return &node{}
}

// count walks a file with nothing but the tokens of encoding/xml.
func count(t *testing.T, path string) tally {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := xml.NewDecoder(f)
	n := tally{elements: map[string]int{}, left: map[string]int{}}
	var at *node
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		switch v := tok.(type) {
		case xml.StartElement:
			if at == nil && v.Name.Local != "iati-activity" && v.Name.Local != "iati-organisation" {
				continue
			}
			at = &node{name: v.Name, attrs: v.Attr, up: at}
			if at.up != nil {
				at.up.below = append(at.up.below, at)
			}
		case xml.CharData:
			if at != nil {
				at.text += string(v)
			}
		case xml.EndElement:
			if at == nil {
				continue
			}
			if at.up == nil {
				n.record(at)
			}
			at = at.up
		}
	}
}

// field is a field of a row, told by an element that only that row has.
type field struct {
	row  *node
	path string
}

func (n *tally) record(root *node) {
	n.elements[""]++
	n.walk(root, root, "", true, map[field][]string{})
}

func (n *tally) walk(root, e *node, path string, stands bool, said map[field][]string) {
	for _, c := range e.below {
		if c.name.Local == "narrative" {
			n.narrative(root, e, c, path, stands, said)
			continue
		}
		below := strings.TrimPrefix(path+"/"+c.name.Local, "/")
		if c.name.Space != "" {
			below = "other namespace"
		}
		fault := unstorable[below]
		ok := stands && (fault == nil || !fault(c))
		if ok {
			n.elements[below]++
		} else {
			n.left[below]++
		}
		n.walk(root, c, below, ok, said)
	}
}

func (n *tally) narrative(root, e, c *node, path string, stands bool, said map[field][]string) {
	text := slices.Contains(textual, path)
	if root.name.Local == "iati-organisation" {
		text = path == "name" || path == "document-link/title" || path == "document-link/description"
	}
	f := field{e.up, path}
	switch path {
	case "title", "name":
	case "description": // types 2 and 3 have fields of their own, and so have all others together
		switch kind := e.attr("type"); kind {
		case "", "1":
		case "2", "3":
			f.path += kind
		default:
			f.path += "4"
		}
	default:
		if e.up == root || path == "conditions/condition" {
			f.row = e // the element is the row itself
		}
	}
	locale := ""
	for _, lang := range []string{root.attr("lang"), e.attr("lang"), c.attr("lang")} {
		if lang != "" {
			locale = strings.ToLower(lang)
		}
	}
	switch {
	case !text || !stands:
		n.verbatim++
	case strings.TrimSpace(c.text) == "" || slices.Contains(said[f], locale):
		n.folded++
	default:
		said[f] = append(said[f], locale)
		n.texts++
	}
}

// counted are the rows to compare, by the path of their elements.
var counted = []struct{ path, query string }{
	{"", "select count(*) from project"},
	{"participating-org", "select count(*) from project_partner"},
	{"transaction", "select count(*) from transaction"},
	{"transaction/sector", "select count(*) from transaction_sector"},
	{"transaction/provider-org", "select count(*) from transaction where provider_name <> '{}' or provider_ref is not null"},
	{"location", "select count(*) from project_location"},
	{"location/point", "select count(*) from project_location where latitude is not null and longitude is not null"},
	{"sector", "select count(*) from project_sector"},
	{"tag", "select count(*) from project_tag"},
	{"policy-marker", "select count(*) from project_policy_marker"},
	{"recipient-country", "select count(*) from project_country"},
	{"recipient-region", "select count(*) from project_region"},
	{"other-identifier", "select count(*) from project_identifier"},
	{"contact-info", "select count(*) from project_contact"},
	{"budget", "select count(*) from budget"},
	{"planned-disbursement", "select count(*) from planned_disbursement"},
	{"humanitarian-scope", "select count(*) from humanitarian_scope"},
	{"country-budget-items/budget-item", "select count(*) from country_budget_item"},
	{"conditions/condition", "select count(*) from project_condition"},
	{"related-activity", "select count(*) from related_project"},
	{"document-link", "select count(*) from document where subject_kind = 'Project'"},
	{"document-link/category", "select count(*) from document_category c join document d on d.id = c.document_id where d.subject_kind = 'Project'"},
	{"result", "select count(*) from result"},
	{"result/indicator", "select count(*) from indicator"},
	{"result/indicator/reference", "select count(*) from indicator_reference"},
	{"result/indicator/baseline", "select count(*) from indicator_baseline"},
	{"result/indicator/period", "select count(*) from indicator_period"},
	{"result/indicator/period/target", "select count(*) from measurement where kind = 'TARGET'"},
	{"result/indicator/period/actual", "select count(*) from measurement where kind = 'ACTUAL'"},
}

// TestCounts compares what the database holds of each file with the independent count.
func TestCounts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(published, "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, "testdata/full.xml", "testdata/organisation.xml") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			path, err := filepath.Abs(path)
			if err != nil {
				t.Fatal(err)
			}
			want := count(t, path)
			owner := dbtest.New(t).Owner()
			s := imports(t, owner, "", path)
			if s.Activities.Refused+s.Organisations.Refused > 0 {
				t.Errorf("refused: %v", s.Refusals)
			}
			if !strings.Contains(one[string](t, owner, "select kind from data_set"), "ORGANISATIONS") {
				for _, c := range counted {
					if got := one[int](t, owner, c.query); got != want.elements[c.path] {
						t.Errorf("%s: %d rows, %d elements", c.path, got, want.elements[c.path])
					}
				}
				for path := range unstorable {
					noted := 0
					for _, n := range s.Notes {
						if strings.HasPrefix(n.Path+"[", "iati-activity/"+path+"[") || strings.HasPrefix(n.Path, "iati-activity/"+path+"/") {
							noted++
						}
					}
					if noted != want.left[path] {
						t.Errorf("%s: %d notes, %d elements that cannot be rows", path, noted, want.left[path])
					}
				}
			} else if got := one[int](t, owner, "select count(*) from organization"); got != want.elements[""] {
				t.Errorf("%d organizations, %d elements", got, want.elements[""])
			}
			narratives(t, owner, s, want)
		})
	}
}

// narratives compares the account of the narratives. Names of organizations and codes that the activities made known are copies of
// narratives that are counted with their partner, sector or reporting organisation.
func narratives(t *testing.T, owner *bun.DB, s iati.Summary, want tally) {
	t.Helper()
	kinds := "subject_kind not in ('Organization', 'CodeListItem')"
	if s.Organisations.New > 0 {
		kinds = "subject_kind <> 'CodeListItem'"
	}
	n := s.Narratives
	if got := one[int](t, owner, "select count(*) from translation where method = 'IMPORT' and "+kinds); got != want.texts || got != n.Stored {
		t.Errorf("%d texts stand; %d are expected, %d are reported", got, want.texts, n.Stored)
	}
	if got := n.Joined + n.Repeated + n.Empty; got != want.folded {
		t.Errorf("%d narratives share a text or are empty; %d are expected", got, want.folded)
	}
	if n.Verbatim != want.verbatim {
		t.Errorf("%d narratives are kept in the XML only; %d are expected", n.Verbatim, want.verbatim)
	}
	// None of the narratives is lost: those that are kept in the XML are there, with all the others.
	kept := one[int](t, owner, "select coalesce(sum((length(content) - length(replace(content, '<narrative', ''))) / length('<narrative')), 0) from source")
	if all := want.texts + want.folded + want.verbatim; kept != all {
		t.Errorf("the XML that is kept holds %d narratives, the file %d", kept, all)
	}
}
