package imports_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"taawun/db/imports"
)

var verb = regexp.MustCompile(`%[-+# 0]*[\d.]*[a-zA-Z]`)

// verbs are those of a format, in their order. Arabic has its own quotation marks and needs none of Go's.
func verbs(format string) []string {
	found := verb.FindAllString(strings.ReplaceAll(format, "%%", ""), -1)
	for i, v := range found {
		if v == "%q" {
			found[i] = "%s"
		}
	}
	return found
}

// literals are the arguments of a call that stand in it as strings.
func literals(of []ast.Expr) []string {
	var values []string
	for _, e := range of {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if v, err := strconv.Unquote(l.Value); err == nil {
				values = append(values, v)
			}
		}
	}
	return values
}

// isOf says whether an expression is a name of this package.
func isOf(e ast.Expr, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	p, ok := s.X.(*ast.Ident)
	return ok && p.Name == "imports" && s.Sel.Name == name
}

// Every message of every import, as it stands in the source: the types allow none that is not worded by Say.
func TestEveryMessageIsInBothLanguages(t *testing.T) {
	t.Parallel()
	count := 0
	check := func(path string) error {
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if l, ok := n.(*ast.CompositeLit); ok && isOf(l.Type, "Text") {
				for _, e := range l.Elts {
					if p, ok := e.(*ast.KeyValueExpr); ok && len(literals([]ast.Expr{p.Value})) > 0 {
						t.Errorf("%s: a text that Say does not word", set.Position(l.Pos()))
					}
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || !isOf(call.Fun, "Say") {
				return true
			}
			count++
			at := set.Position(call.Pos())
			if len(call.Args) < 2 || len(literals(call.Args[:2])) < 2 {
				t.Errorf("%s: the two formats are to stand where the message is made", at)
				return true
			}
			formats := literals(call.Args[:2])
			english, arabic := formats[0], formats[1]
			if !strings.ContainsFunc(english, unicode.IsLetter) || strings.ContainsFunc(english, isArabic) {
				t.Errorf("%s: %q is not English", at, english)
			}
			if !strings.ContainsFunc(arabic, isArabic) {
				t.Errorf("%s: %q is not Arabic", at, arabic)
			}
			if e, a := verbs(english), verbs(arabic); !slices.Equal(e, a) || len(e) != len(call.Args)-2 {
				t.Errorf("%s: %q has the verbs %v, %q has %v, for %d arguments", at, english, e, arabic, a, len(call.Args)-2)
			}
			return true
		})
		return nil
	}
	for _, folder := range []string{"../iati", "../units", "../rates", "../reference/imported"} {
		err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			return check(path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 120 {
		t.Errorf("only %d messages were found", count)
	}
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) }

type told struct{ error }

func (told) Told() imports.Text { return imports.Say("of its own", "من عنده") }

func TestATextIsToldInBothLanguages(t *testing.T) {
	t.Parallel()
	// What comes from a file keeps its own direction in an Arabic sentence; a text within a text is told in the language of the other.
	inner := imports.Say("the rate %q", "السعر «%s»", "-5")
	for name, c := range map[string]struct {
		got  imports.Text
		want imports.Text
	}{
		"values":           {inner, imports.Text{English: `the rate "-5"`, Arabic: "السعر «\u2068-5\u2069»"}},
		"a text in a text": {imports.Say("line %d: %v", "السطر %d: %v", 7, inner), imports.Text{English: `line 7: the rate "-5"`, Arabic: "السطر \u20687\u2069: السعر «\u2068-5\u2069»"}},
		"verbs with flags": {imports.Say("%.2f", "رقم %.2f", 1.5), imports.Text{English: "1.50", Arabic: "رقم \u20681.50\u2069"}},
		"an error":         {imports.Told(error(inner)), inner},
		"its own words":    {imports.Told(told{errors.New("x")}), imports.Text{English: "of its own", Arabic: "من عنده"}},
		"several errors":   {imports.Told(errors.Join(inner, told{})), imports.Text{English: "the rate \"-5\"\nof its own", Arabic: "السعر «\u2068-5\u2069»\nمن عنده"}},
		"of the machine":   {imports.Told(fmt.Errorf("writing: %w", os.ErrPermission)), imports.Text{English: "writing: permission denied", Arabic: "خطأ تقني، نصّه بالإنكليزية: \u2068writing: permission denied\u2069"}},
		"joined":           {imports.Join([]imports.Text{inner, inner}, ", ", "، "), imports.Text{English: `the rate "-5", the rate "-5"`, Arabic: "السعر «\u2068-5\u2069»، السعر «\u2068-5\u2069»"}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q", name, c.got)
		}
	}
}
