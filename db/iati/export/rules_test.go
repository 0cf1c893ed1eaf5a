package export_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// The schemas and rules of the standard are not part of this repository; where they are absent, a check of our own must do.
const (
	schemaFile       = "../../../../shared/data/iati/schemas/iati-activities-schema.xsd"
	organisationFile = "../../../../shared/data/iati/schemas/iati-organisations-schema.xsd"
	rulesFile        = "../../../../shared/data/iati/rulesets/standard.json"
)

// order is the order of the elements in those that demand one, as the schema of 2.03 has it; with ! those that must be there.
var order = map[string]string{
	"iati-activity": "iati-identifier! reporting-org! title! description! participating-org! other-identifier activity-status! activity-date! contact-info activity-scope " +
		"recipient-country recipient-region location sector tag country-budget-items humanitarian-scope policy-marker collaboration-type default-flow-type default-finance-type " +
		"default-aid-type default-tied-status budget planned-disbursement capital-spend transaction document-link related-activity legacy-data conditions result crs-add fss",
	"iati-organisation": "organisation-identifier! name! reporting-org! total-budget recipient-org-budget recipient-region-budget recipient-country-budget total-expenditure document-link",
	"transaction": "transaction-type! transaction-date! value! description provider-org receiver-org disbursement-channel sector recipient-country recipient-region flow-type finance-type " +
		"aid-type tied-status",
	"location":             "location-reach location-id name description activity-description administrative point exactness location-class feature-designation",
	"contact-info":         "organisation department person-name job-title telephone email website mailing-address",
	"budget":               "period-start! period-end! value!",
	"planned-disbursement": "period-start! period-end value! provider-org receiver-org",
	"document-link":        "title! description category! language document-date recipient-country",
	"result":               "title! description document-link reference indicator!",
	"indicator":            "title! description document-link reference baseline period",
	"period":               "period-start! period-end! target actual",
	"baseline":             "location dimension comment document-link", "target": "location dimension comment document-link", "actual": "location dimension comment document-link",
	"title": "narrative!", "description": "narrative!",
}

// single are the elements that may stand once.
var single = strings.Fields("iati-identifier organisation-identifier reporting-org title activity-status activity-scope country-budget-items collaboration-type default-flow-type default-finance-type " +
	"default-tied-status capital-spend conditions transaction-type transaction-date value provider-org receiver-org disbursement-channel point exactness period-start period-end")

// attributes are those that must be there and say something.
var attributes = map[string]string{"reporting-org": "ref type", "participating-org": "role", "other-identifier": "ref type", "activity-status": "code", "activity-date": "type iso-date",
	"recipient-country": "code", "recipient-region": "code", "sector": "code", "tag": "code vocabulary", "policy-marker": "code", "humanitarian-scope": "type vocabulary code",
	"value": "currency value-date", "transaction-type": "code", "transaction-date": "iso-date", "period-start": "iso-date", "period-end": "iso-date", "related-activity": "ref type",
	"document-link": "url format", "category": "code", "language": "code", "result": "type", "indicator": "measure", "baseline": "year", "dimension": "name value", "condition": "type",
	"reference": "vocabulary code", "budget-item": "code", "location-id": "code vocabulary", "administrative": "code vocabulary", "point": "srsName", "capital-spend": "percentage"}

// wellFormed reads a file and holds it against order, single and attributes.
func wellFormed(t *testing.T, file string) *xmlquery.Node {
	t.Helper()
	doc, err := xmlquery.Parse(strings.NewReader(file))
	if err != nil {
		t.Fatalf("%v\n%.2000s", err, file)
	}
	wrong := 0
	fault := func(n *xmlquery.Node, format string, args ...any) {
		if wrong++; wrong <= 10 {
			t.Errorf("%s: %s", n.Data, fmt.Sprintf(format, args...))
		}
	}
	for _, n := range xmlquery.Find(doc, "//*") {
		for name := range strings.FieldsSeq(attributes[n.Data]) {
			if n.SelectAttr(name) == "" {
				fault(n, "it has no %s", name)
			}
		}
		sequence := order[n.Data]
		if sequence == "" || n.Data == "value" {
			continue
		}
		names := strings.Fields(strings.ReplaceAll(sequence, "!", ""))
		at, counted := 0, map[string]int{}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != xmlquery.ElementNode {
				continue
			}
			counted[c.Data]++
			place := slices.Index(names, c.Data)
			switch {
			case place < 0:
				fault(n, "%s does not belong here", c.Data)
			case place < at:
				fault(n, "%s comes after %s", c.Data, names[at])
			case counted[c.Data] == 2 && slices.Contains(single, c.Data):
				fault(n, "%s stands twice", c.Data)
			default:
				at = place
			}
		}
		for name := range strings.FieldsSeq(sequence) {
			if required, ok := strings.CutSuffix(name, "!"); ok && counted[required] == 0 {
				fault(n, "it has no %s", required)
			}
		}
	}
	return doc
}

// valid holds a file against the schema of the standard, if that and xmllint are here.
func valid(t *testing.T, file string) {
	t.Helper()
	schema := schemaFile
	if strings.Contains(file, "<iati-organisations ") {
		schema = organisationFile
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Log("NOT VALIDATED against the schema: there is no xmllint (Debian: libxml2-utils); only our own check was made")
		return
	}
	if _, err := os.Stat(schema); err != nil {
		t.Log("NOT VALIDATED against the schema: it is not here; only our own check was made")
		return
	}
	path := filepath.Join(t.TempDir(), "activities.xml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), lint, "--nonet", "--noout", "--schema", schema, path).CombinedOutput(); err != nil {
		t.Errorf("the schema refuses the file: %v\n%.3000s", err, out)
	}
}

// rule is one case of the official rules.
type rule struct {
	Condition, If, Then, Regex, One, All, Date, Less, More, Start, End, Separator string
	Paths, Prefix                                                                 []string
	Sum, Min, Max                                                                 float64
	Foreach                                                                       string
	Do                                                                            map[string]struct{ Cases []rule }
	RuleInfo                                                                      struct{ ID, Severity, Message string }
}

// broken are the rules that a file breaks, as "id severity", with the first place of each.
func broken(t *testing.T, doc *xmlquery.Node) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(rulesFile)
	if err != nil {
		t.Log("NOT HELD against the official rules: they are not here")
		return nil
	}
	var all map[string]map[string]struct{ Cases []rule }
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	found, asked := map[string]string{}, 0
	for context, kinds := range all {
		for _, n := range xmlquery.Find(doc, context) {
			for kind, rules := range kinds {
				for _, r := range rules.Cases {
					for _, one := range unrolled(t, n, kind, r) {
						asked++
						if !keeps(t, n, one.kind, one.rule) {
							key := one.rule.RuleInfo.ID + " " + one.rule.RuleInfo.Severity
							if found[key] == "" {
								found[key] = fmt.Sprintf("%s %v: %s", xpathText(n), one.rule.Paths, one.rule.RuleInfo.Message)
							}
						}
					}
				}
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d rules were asked", asked)
	}
	return found
}

func xpathText(n *xmlquery.Node) string {
	for up := n; up != nil; up = up.Parent {
		if id := up.SelectElement("iati-identifier"); id != nil {
			return id.InnerText() + " " + n.Data
		}
	}
	return n.Data
}

type kindOfRule struct {
	kind string
	rule rule
}

// unrolled are the rules that a loop stands for: one for each value of what it goes over.
func unrolled(t *testing.T, n *xmlquery.Node, kind string, r rule) []kindOfRule {
	if kind != "loop" {
		return []kindOfRule{{kind, r}}
	}
	var out []kindOfRule
	for _, value := range values(t, n, r.Foreach) {
		for inner, rules := range r.Do {
			for _, one := range rules.Cases {
				set := func(s string) string { return strings.ReplaceAll(s, "$1", value) }
				one.Condition, one.If, one.Then = set(one.Condition), set(one.If), set(one.Then)
				one.Paths = slices.Clone(one.Paths)
				for i := range one.Paths {
					one.Paths[i] = set(one.Paths[i])
				}
				out = append(out, kindOfRule{inner, one})
			}
		}
	}
	return out
}

// holds evaluates an expression as a boolean.
func holds(t *testing.T, n *xmlquery.Node, expression string) bool {
	t.Helper()
	// The library gets a comparison of two counts wrong whose predicates have alternatives: each is counted by itself.
	if sides := comparison.FindStringSubmatch(expression); sides != nil {
		a, b := number(t, n, sides[1]), number(t, n, sides[3])
		return a == b || sides[2] == ">=" && a > b
	}
	e, err := xpath.Compile(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	switch v := e.Evaluate(xmlquery.CreateXPathNavigator(n)).(type) {
	case bool:
		return v
	case float64:
		return v != 0
	case string:
		return v != ""
	case *xpath.NodeIterator:
		return v.MoveNext()
	}
	return false
}

var comparison = regexp.MustCompile(`^(count\(.+\)) (=|>=) (count\(.+\))$`)

func number(t *testing.T, n *xmlquery.Node, expression string) float64 {
	t.Helper()
	e, err := xpath.Compile(expression)
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	v, ok := e.Evaluate(xmlquery.CreateXPathNavigator(n)).(float64)
	if !ok {
		t.Fatalf("%s is no number", expression)
	}
	return v
}

// values are the texts of the nodes of a path.
func values(t *testing.T, n *xmlquery.Node, path string) []string {
	t.Helper()
	e, err := xpath.Compile(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var out []string
	if i, ok := e.Evaluate(xmlquery.CreateXPathNavigator(n)).(*xpath.NodeIterator); ok {
		for i.MoveNext() {
			out = append(out, i.Current().Value())
		}
	}
	return out
}

// keeps says whether an element keeps a rule; rules about registers of identifiers, which only their owner knows, are not asked.
func keeps(t *testing.T, n *xmlquery.Node, kind string, r rule) bool {
	if r.Condition != "" && !holds(t, n, r.Condition) {
		return true
	}
	var all []string
	for _, path := range r.Paths {
		if path != "narrative/text()" && kind != "if_then" && kind != "no_more_than_one" {
			all = append(all, values(t, n, path)...)
		}
	}
	day := func(path string) string {
		if path == "NOW" {
			return time.Now().UTC().Format(time.DateOnly)
		}
		return first(values(t, n, path))
	}
	switch kind {
	case "atleast_one":
		return slices.ContainsFunc(r.Paths, func(p string) bool {
			return slices.ContainsFunc(values(t, n, p), func(v string) bool {
				return strings.TrimSpace(v) != "" || strings.HasSuffix(p, "]") || !strings.ContainsAny(p, "@(")
			})
		})
	case "if_then":
		return !holds(t, n, r.If) || holds(t, n, r.Then)
	case "unique":
		slices.Sort(all)
		return len(slices.Compact(slices.Clone(all))) == len(all)
	case "startswith":
		if slices.Contains(r.Prefix, "ORG-ID-PREFIX") {
			return true
		}
		for _, v := range all {
			if !slices.ContainsFunc(r.Prefix, func(p string) bool {
				return slices.ContainsFunc(values(t, n, p), func(with string) bool { return strings.HasPrefix(v, with+r.Separator) })
			}) {
				return false
			}
		}
		return true
	case "one_or_all":
		if holds(t, n, r.One) || r.One == "@xml:lang" && strings.Contains(n.OutputXML(true), "xml:lang=") {
			return true
		}
		return r.All == "sector" && !holds(t, n, "transaction[not(sector)]") || r.All == "currency" && !holds(t, n, ".//value[not(@currency)]")
	case "date_now":
		at, err := time.Parse(time.RFC3339, first(values(t, n, r.Date)))
		return err == nil && !at.After(time.Now())
	case "date_order":
		for _, less := range values(t, n, r.Less) {
			if more := day(r.More); less != "" && more != "" && less > more {
				return false
			}
		}
		return true
	case "time_limit":
		start, err1 := time.Parse(time.DateOnly, day(r.Start))
		end, err2 := time.Parse(time.DateOnly, day(r.End))
		return err1 != nil || err2 != nil || !end.After(start.AddDate(1, 0, 0))
	case "regex_matches":
		return !slices.ContainsFunc(all, func(v string) bool { return !regexp.MustCompile(r.Regex).MatchString(v) })
	case "no_spaces":
		return !slices.ContainsFunc(all, func(v string) bool { return v != strings.TrimSpace(v) })
	case "no_more_than_one":
		for _, p := range r.Paths {
			if len(xmlquery.Find(n, p)) > 1 {
				return false
			}
		}
		return true
	case "strict_sum":
		sum := 0.0
		for _, v := range all {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				return false
			}
			sum += f
		}
		return len(all) == 0 || sum > r.Sum-0.0001 && sum < r.Sum+0.0001
	case "range":
		return !slices.ContainsFunc(all, func(v string) bool {
			f, err := strconv.ParseFloat(v, 64)
			return err != nil || f < r.Min || f > r.Max
		})
	}
	t.Fatalf("a rule of an unknown kind: %s", kind)
	return false
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
