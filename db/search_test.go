package db_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taawun/db/dbtest"
)

// library is a database with a few records whose names are spelt in many ways.
func library(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "library", func(ctx context.Context, d *dbtest.DB) error {
		for _, s := range []string{
			`insert into administrative_unit (id, pcode, level, parent_id, name) values
				(1, 'SY02', 1, null, '{"ar":"حلب","en":"Aleppo","en#":"ORIGINAL"}'), (2, 'SY0204', 2, 1, '{"ar":"اعزاز","en":"A''zaz"}'), (3, 'SY020400', 3, 2, '{"ar":"مركز إعزاز","en":"A''zaz"}'),
				(4, 'SY12', 1, null, '{"ar":"درعا","en":"Dar''a"}'), (5, 'SY1200', 2, 4, '{"ar":"درعا","en":"Dar''a"}'),
				(6, 'C1', 4, 3, '{"ar":"تل عار","en":"Tall Ar"}'), (7, 'C2', 4, 5, '{"ar":"تل عار","en":"Tall Ar"}')`,
			`insert into unit_alias (unit_id, name, published) values (1, 'Halab', true)`,
			`insert into organization (id, code, state, acronym, name, description) values
				(1, 'ORG-1', 'PUBLISHED', 'UNDP', '{"ar":"برنامج الأمم المتحدة الإنمائي","en":"United Nations Development Programme"}', '{}'),
				(2, 'ORG-2', 'PUBLISHED', null, '{"ar":"مؤسسة المياه في حلب","en":"Aleppo Water Establishment"}', '{"en":"Runs the pumps"}'),
				(3, 'ORG-3', 'DRAFT', null, '{"ar":"هيئة سرية","en":"Hidden Body of Aleppo"}', '{}')`,
			`insert into organization_alias (organization_id, name, published) values (1, 'PNUD', true)`,
			`insert into agreement (id, code, state, kind, status, registry_reference, title, summary) values
				(1, 'AGR-1', 'PUBLISHED', 'MEMORANDUM', 'IN_FORCE', '77/2024', '{"ar":"مذكرة تفاهم بشأن إعادة الإعمار","en":"Memorandum on reconstruction"}', '{"en":"About schools in Aleppo"}')`,
			`insert into project (id, code, state, status, title, description) values
				(1, 'PRJ-1', 'PUBLISHED', 'IMPLEMENTATION', '{"ar":"إعادة تأهيل مَدْرَسَة الأُمَّة في مــدينة حلب رقم ٢٥","en":"Rehabilitation of Al-Umma School No. 25 in Aleppo","fr":"École de l’Oumma"}',
					'{"en":"The school serves 300 pupils."}'),
				(2, 'PRJ-2', 'PUBLISHED', 'IMPLEMENTATION', '{"en":"Water_pumps 100% solar <b>&\"fast\"</b> [a-z]* (x) c:\\dir"}', '{}'),
				(3, 'PRJ-3', 'PUBLISHED', 'IMPLEMENTATION', '{"en":"Rural roads"}', '{"en":"` + strings.Repeat("Earth and gravel are moved. ", 40) + `The bridge at Zeytin is rebuilt.` + strings.Repeat(" Stones are cut.", 40) + `"}'),
				(4, 'PRJ-4', 'DRAFT', 'PIPELINE', '{"en":"Hidden roads of Aleppo"}', '{}')`,
		} {
			if _, err := d.Owner().ExecContext(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func TestSearch(t *testing.T) {
	t.Parallel()
	d := library(t).Public()
	many := `select record_type || ' ' || record_id from fn.search(%s)`
	for _, c := range []struct{ name, ask, want string }{
		// spelling
		{"alef with and without hamza", `'اعادة الاعمار'`, "Agreement 1"},
		{"alef with hamza above and madda for plain alef", `'أعزاز'`, "AdministrativeUnit 2\nAdministrativeUnit 3\nAdministrativeUnit 6"},
		{"ta marbuta as ha", `'مدرسه'`, "Project 1"},
		{"alef maqsura for ya", `'الانمائى'`, "Organization 1"},
		{"a bare hamza for one on waw is a slip", `'مءسسة المياه'`, "Organization 2"},
		{"hamza on waw left out", `'موسسة المياه'`, "Organization 2"},
		{"tatweel and diacritics in the query", `'مَديـــنة الاُمّة'`, "Project 1"},
		{"Arabic-Indic digits", `'رقم 25'`, "Project 1"},
		{"Persian digits and letters", `'رقم ۲۵ مدينة تأهیل'`, "Project 1"},
		{"case and accents", `'ECOLE OUMMA'`, "Project 1"},
		{"words in any order, of several languages", `'Umma حلب SCHOOL'`, "Project 1"},
		// order
		{"a name before those that hold it", `'aleppo'`, "AdministrativeUnit 1\nOrganization 2\nProject 1\nAdministrativeUnit 2\nAdministrativeUnit 3\nAdministrativeUnit 6\nAgreement 1"},
		{"the larger unit of a name first", `'درعا'`, "AdministrativeUnit 4\nAdministrativeUnit 5\nAdministrativeUnit 7"},
		{"a community by name and parent", `'تل عار حلب'`, "AdministrativeUnit 6"},
		{"a community by parent and name, without the apostrophe", `'dara tall ar'`, "AdministrativeUnit 7"},
		{"with its apostrophe", `'dar''a tall ar'`, "AdministrativeUnit 7"},
		{"acronym", `'undp'`, "Organization 1"},
		{"alias", `'PNUD'`, "Organization 1"},
		{"alias of a unit", `'halab'`, "AdministrativeUnit 1\nAdministrativeUnit 2\nAdministrativeUnit 3\nAdministrativeUnit 6"},
		{"code", `'PRJ-2'`, "Project 2"},
		{"registry reference", `'77/2024'`, "Agreement 1"},
		{"description", `'pupils serves'`, "Project 1"},
		// kinds and number
		{"one kind", `'aleppo', kinds => '{PROJECT}'`, "Project 1"},
		{"no kind", `'aleppo', kinds => '{}'`, ""},
		{"at most two", `'aleppo', first => 2`, "AdministrativeUnit 1\nOrganization 2"},
		{"none at all", `'aleppo', first => 0`, ""},
		{"what is not published is not found", `'hidden'`, ""},
		// slips
		{"a letter missing", `'alepo', kinds => '{ADMINISTRATIVE_UNIT}', first => 1`, "AdministrativeUnit 1"},
		{"two letters swapped", `'recosntruction'`, "Agreement 1"},
		{"a wrong Arabic letter", `'الإنماحي'`, "Organization 1"},
		{"nothing like it", `'zzzqqqxxx'`, ""},
		// hostile input
		{"empty", `''`, ""},
		{"spaces and commas", `' ، , '`, ""},
		{"null", `null`, ""},
		{"percent", `'100%'`, "Project 2"},
		{"percent alone", `'%'`, "Project 2"},
		{"underscore", `'water_pumps'`, "Project 2"},
		{"underscore alone", `'_'`, "Project 2"},
		{"backslash", `'c:\dir'`, "Project 2"},
		{"metacharacters", `'[a-z]* (x)'`, "Project 2"},
		{"quotes", `'''; drop table project; --'`, ""},
		{"as long as may be", `repeat('مدرسة ', 83)`, "Project 1"},
	} {
		if got := read(t, d, fmt.Sprintf(many, c.ask)); got != c.want {
			t.Errorf("%s (%s):\n%s\nwant:\n%s", c.name, c.ask, got, c.want)
		}
	}
	refused(t, d, "at most 500 characters", `select * from fn.search(repeat('x', 501))`)
	refused(t, d, `"first" must be between 0 and 100`, `select * from fn.search('x', first => 101)`)
	refused(t, d, "22023", `select * from fn.search('x', first => -1)`)
	if got := read(t, actAs(t, library(t), grant{role: "ANALYST"}), fmt.Sprintf(many, `'hidden'`)); got != "Organization 3\nProject 4" {
		t.Errorf("the staff finds drafts: %s", got)
	}
}

func TestSearchScores(t *testing.T) {
	t.Parallel()
	d := library(t).Public()
	for _, c := range []struct{ name, ask, want string }{
		{"the name itself", `select score = 1 from fn.search('Aleppo', first => 1)`, "true"},
		{"each tier under the one before", `select bool_and(score < before) from (select score, lag(score) over (order by score desc, kind) as before, record_type
			from (select distinct on (record_type) * from fn.search('aleppo') order by record_type, score desc) x) y where before is not null`, "true"},
		{"slips under all others", `select max(score) < .3 from fn.search('alepo')`, "true"},
		{"kind and language", `select kind || ' ' || fn.search_hit_locale(id) from fn.search('undp')`, "ORGANIZATION ar"},
		{"language of the words", `select fn.search_hit_locale(id) from fn.search('reconstruction')`, "en"},
	} {
		if got := read(t, d, c.ask); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestHighlight(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Public()
	for _, c := range []struct{ name, value, query, want string }{
		{"alef", "إعادة الإعمار", "اعادة الأعمار", "<mark>إعادة</mark> <mark>الإعمار</mark>"},
		{"madda", "القرآن", "القران", "<mark>القرآن</mark>"},
		{"ya", "مصطفى ومصطفي", "مصطفي", "<mark>مصطفى</mark> و<mark>مصطفي</mark>"},
		{"ta marbuta", "مدرسة", "مدرسه", "<mark>مدرسة</mark>"},
		{"hamza on waw and ya", "مؤسسة بيئية", "موسسه بييية", "<mark>مؤسسة</mark> <mark>بيئية</mark>"},
		{"hamza on the line", "بناء جديد", "بنا", "<mark>بناء</mark> جديد"},
		{"tatweel", "مــدينة", "مدينة", "<mark>مــدينة</mark>"},
		{"diacritics", "مَدْرَسَةٌ", "مدرسة", "<mark>مَدْرَسَةٌ</mark>"},
		{"digits", "رقم ٢٥ و۲۵ و25", "25", "رقم <mark>٢٥</mark> و<mark>۲۵</mark> و<mark>25</mark>"},
		{"Persian letters", "کردی", "كردي", "<mark>کردی</mark>"},
		{"case", "Water WATER", "wAtEr", "<mark>Water</mark> <mark>WATER</mark>"},
		{"accents", "École, ecole", "école", "<mark>École</mark>, <mark>ecole</mark>"},
		{"within words", "Watershed", "water", "<mark>Water</mark>shed"},
		{"several words, one within the other", "roadside road", "road roadside", "<mark>roadside</mark> <mark>road</mark>"},
		{"escaped", `<b>&"it's"</b>`, "it", "&lt;b&gt;&amp;&quot;<mark>it</mark>&#39;s&quot;&lt;/b&gt;"},
		{"marks of ours are no marks", "\x01a\x02b", "b", " a <mark>b</mark>"},
		{"metacharacters", `a.c abc [x]* c:\d`, `a.c [x]* c:\d`, `<mark>a.c</mark> ab<mark>c</mark> [<mark>x</mark>]<mark>*</mark> <mark>c</mark>:<mark>\d</mark>`},
		{"no word", "Water", "%", "Water"},
		{"no query", "Water", "", "Water"},
		{"no text", "", "water", ""},
		{"lines become one", "a\n\tb", "b", "a <mark>b</mark>"},
	} {
		if got := read(t, d, `select fn.highlight(`+quote(c.value)+`, `+quote(c.query)+`)`); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
	long := strings.Repeat("gravel ", 100)
	got := read(t, d, `select fn.highlight(`+quote(long+"bridge "+long)+`, 'bridge')`)
	if !strings.HasPrefix(got, "…gravel ") || !strings.HasSuffix(got, " gravel…") || !strings.Contains(got, "<mark>bridge</mark>") || len(got) > 240 {
		t.Errorf("a long text is cut around the hit: %q", got)
	}
	if got := read(t, d, `select length(fn.highlight(repeat('مدرسة ', 100000), repeat('مدرسة المياه 12 ', 60)))`); got == "" {
		t.Error("long text and long query")
	}
	if got := read(t, d, `select fn.highlight(repeat('x', 1000), 'y')`); got != strings.Repeat("x", 200)+"…" {
		t.Errorf("one long word: %q", got)
	}
}
