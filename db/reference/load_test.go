package reference

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

var quiet = slog.New(slog.DiscardHandler)

// loaded is a database with the reference data in it.
func loaded(t *testing.T) *dbtest.DB {
	t.Helper()
	return dbtest.NewFrom(t, "reference", func(ctx context.Context, d *dbtest.DB) error {
		return Load(ctx, d.Owner(), quiet)
	})
}

// scalar answers a query of one value.
func scalar[T any](t *testing.T, d *bun.DB, query string, args ...any) T {
	t.Helper()
	var v T
	if err := d.NewRaw(query, args...).Scan(t.Context(), &v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func execute(t *testing.T, d *bun.DB, query string, args ...any) {
	t.Helper()
	if _, err := d.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// edited are the files of this package with changes: pairs of file, old text and new text.
func edited(t *testing.T, changes ...string) fs.FS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := files.ReadFile(name)
		m[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(changes); i += 3 {
		file := m[changes[i]]
		if bytes.Count(file.Data, []byte(changes[i+1])) != 1 {
			t.Fatalf("%s has %q %d times", changes[i], changes[i+1], bytes.Count(file.Data, []byte(changes[i+1])))
		}
		file.Data = bytes.Replace(file.Data, []byte(changes[i+1]), []byte(changes[i+2]), 1)
	}
	return m
}

func TestLoadBringsEverything(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	items, names, withCategory := 0, 0, 0
	for _, l := range allLists(t) {
		items += len(l.Items)
		for _, i := range l.Items {
			names += len(i.Names)
			if i.Category != "" {
				withCategory++
			}
		}
		names += len(l.Titles) + len(l.Descriptions)
	}
	for query, want := range map[string]int{
		"select count(*) from code_list":                                                          len(allLists(t)),
		"select count(*) from code_list_item":                                                     items,
		"select count(*) from code_list_item where category_id is not null":                       withCategory,
		"select count(*) from translation where subject_kind in ('CodeList', 'CodeListItem')":     names,
		"select count(*) from administrative_unit":                                                349,
		"select count(*) from unit_ancestor":                                                      1 + 14*2 + 62*3 + 272*4,
		"select count(*) from translation where subject_kind = 'AdministrativeUnit'":              2 * 349,
		"select count(*) from translation where not published or method <> 'IMPORT'":              0,
		"select count(*) from administrative_unit where boundary is not null":                     0,
		"select count(*) from data_set where kind = 'REFERENCE'":                                  3,
		"select count(*) from source where subject_kind = 'AdministrativeUnit' and published":     349,
		"select count(*) from administrative_unit where search like '%محافظه حلب%' and level = 3": 40,
	} {
		if got := scalar[int](t, d.Owner(), query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	category := scalar[string](t, d.Owner(), `select c.list || ' ' || c.code from code_list_item i join code_list_item c on c.id = i.category_id
		where i.list = 'Sector' and i.code = '11220'`)
	if category != "SectorCategory 112" {
		t.Errorf("the category of sector 11220 is %s", category)
	}
}

// What the loader writes to the records themselves is what the triggers of table translation would have written.
func TestLoadWritesWhatTheTriggersWould(t *testing.T) {
	t.Parallel()
	d := loaded(t).Owner()
	snapshot := `select md5(string_agg(x.t, E'\n' order by x.t)) from (
		select 'l' || name || title::text || description::text as t from code_list
		union all select 'i' || list || code || name::text from code_list_item
		union all select 'u' || pcode || name::text || search from administrative_unit) x`
	before := scalar[string](t, d, snapshot)
	execute(t, d, "update code_list set title = '{}', description = '{}'; update code_list_item set name = '{}'; update administrative_unit set name = '{}', search = ''")
	if scalar[string](t, d, snapshot) == before {
		t.Fatal("the snapshot does not see the texts")
	}
	execute(t, d, "update translation set text = text")
	execute(t, d, "select refresh_units()")
	if after := scalar[string](t, d, snapshot); after != before {
		t.Errorf("the triggers write something else: %s",
			scalar[string](t, d, "select name::text from code_list_item where list = 'Sector' and code = '11220'"))
	}
}

func TestThePublicReadsTheReferenceData(t *testing.T) {
	t.Parallel()
	d := loaded(t)
	text := scalar[string](t, d.Public(), "select name->>'ar' || '|' || (name->>'ar#') || '|' || (name->>'en#') from code_list_item where list = 'Sector' and code = '11220'")
	if text != "التعليم الابتدائي|REVIEWED|ORIGINAL" {
		t.Error(text)
	}
	text = scalar[string](t, d.Public(), "select name->>'ar' || '|' || (name->>'ar#') || '|' || (name->>'en#') from administrative_unit where pcode = 'SY02'")
	if text != "حلب|ORIGINAL|REVIEWED" {
		t.Error(text)
	}
	if stale := scalar[int](t, d.Public(), "select count(*) from translation where is_stale"); stale != 0 {
		t.Errorf("%d texts are stale", stale)
	}
}

func TestLoadingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	d := loaded(t).Owner()
	// The last transaction that wrote anything to these tables.
	newest := `select max(x)::text from (select max(xmin::text::bigint) x from code_list_item union all select max(xmin::text::bigint) from translation
		union all select max(xmin::text::bigint) from administrative_unit union all select max(xmin::text::bigint) from source
		union all select max(xmin::text::bigint) from data_set) y`
	before := scalar[string](t, d, newest)
	if err := Load(t.Context(), d, quiet); err != nil {
		t.Fatal(err)
	}
	if after := scalar[string](t, d, newest); after != before {
		t.Error("the same files have written something")
	}
	// Even where it looks at every record, because the digest is lost, it finds nothing to do.
	execute(t, d, "update source set hash = 'lost' where subject_kind = 'DataSet'")
	var log bytes.Buffer
	if err := load(t.Context(), d, slog.New(slog.NewTextHandler(&log, nil)), files); err != nil {
		t.Fatal(err)
	}
	if s := log.String(); strings.Count(s, "new=0 changed=0") != 3 || strings.Count(s, "kept=0") != 3 {
		t.Error(s)
	}
}

func TestServersThatStartTogetherLoadOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t).Owner()
	var wait sync.WaitGroup
	errs := make([]error, 3)
	for i := range errs {
		wait.Go(func() { errs[i] = Load(t.Context(), d, quiet) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	if got := scalar[int](t, d, "select count(*) from administrative_unit"); got != 349 {
		t.Errorf("%d units", got)
	}
}

func TestNewFilesYieldToEdits(t *testing.T) {
	t.Parallel()
	d := loaded(t).Owner()
	text := func(list, code, locale string) string {
		return scalar[string](t, d, "select coalesce(name->>?, '') || ' ' || coalesce(name->>?, '') from code_list_item where list = ? and code = ?", locale, locale+"#", list, code)
	}
	item := "(select id from code_list_item where list = 'Sector' and code = ?)"
	// People translate anew, certify and withdraw.
	execute(t, d, "update translation set text = 'تعليم ابتدائي', method = 'HUMAN', version = version + 1 where subject_kind = 'CodeListItem' and locale = 'ar' and subject_id = "+item, "11220")
	execute(t, d, "update translation set status = 'CERTIFIED' where subject_kind = 'CodeListItem' and locale = 'ar' and subject_id = "+item, "11130")
	execute(t, d, "update code_list_item set status = 'WITHDRAWN' where list = 'Sector' and code = '11250'")
	execute(t, d, "update administrative_unit set latitude = 36.2 where pcode = 'SY02'")
	// An import met a code before these files had it.
	execute(t, d, `insert into code_list_item (list_id, list, code, status) select id, name, '11999', 'UNKNOWN' from code_list where name = 'Sector'`)

	next := edited(t,
		"codelists/Sector.tsv", "\tالتعليم الابتدائي\n", "\tالتعليم الابتدائي الجديد\n",
		"codelists/Sector.tsv", "\tتدريب المعلمين\n", "\tتدريب المدرسين\n",
		"codelists/Sector.tsv", "\tالبحوث التربوية\n", "\tبحوث التربية\n",
		"codelists/Sector.tsv", "\tMedical research\t", "\tMedical research and trials\t",
		"codelists/Sector.tsv", "11240\t112\tactive", "11240\t111\twithdrawn",
		"codelists/Sector.tsv", "11110\t111\t", "11999\t112\tactive\tNew code\t\tرمز جديد\n11110\t111\t",
		"codelists.tsv", "\tالقطاعات (5 أرقام)\t", "\tالقطاعات الخماسية\t",
		"units/units.tsv", "\tحلب\tAleppo\t36.25\t", "\tحلب الشهباء\tAleppo\t36.3\t",
		"units/units.tsv", "\tحمص\tHoms\t34.46667\t", "\tحمص\tHoms\t34.5\t",
		"units/populations.tsv", "SY02\t2016\t3734000", "SY02\t2016\t3734001",
	)
	var log bytes.Buffer
	if err := load(t.Context(), d, slog.New(slog.NewTextHandler(&log, nil)), next); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, locale, want, why string }{
		{"11220", "ar", "تعليم ابتدائي REVIEWED", "a person's text stays"},
		{"11130", "ar", "تدريب المعلمين CERTIFIED", "a certified text stays"},
		{"11182", "ar", "بحوث التربية REVIEWED", "an untouched text follows its file"},
		{"12182", "en", "Medical research and trials ORIGINAL", "so does an original"},
		{"12182", "ar", "البحوث الطبية REVIEWED", "the file gives the translation again: it is not stale"},
		{"11999", "ar", "رمز جديد REVIEWED", "an unknown code gets its name"},
	} {
		if got := text("Sector", c.code, c.locale); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.why, c.code, got, c.want)
		}
	}
	for query, want := range map[string]string{
		"select status from code_list_item where list = 'Sector' and code = '11250'":                                                                       "WITHDRAWN",
		"select status from code_list_item where list = 'Sector' and code = '11999'":                                                                       "ACTIVE",
		"select i.status || c.code from code_list_item i join code_list_item c on c.id = i.category_id where i.list = 'Sector' and i.code = '11240'":       "WITHDRAWN111",
		"select title->>'ar' from code_list where name = 'Sector'":                                                                                         "القطاعات الخماسية",
		"select latitude::text || (name->>'ar') from administrative_unit where pcode = 'SY02'":                                                             "36.2حلب الشهباء",
		"select latitude::text from administrative_unit where pcode = 'SY04'":                                                                              "34.5",
		"select population::text from unit_population p join administrative_unit u on u.id = p.unit_id where pcode = 'SY02' and year = 2016":               "3734001",
		"select (search like '%شهبا%')::text from administrative_unit where pcode = 'SY0202'":                                                              "true",
		"select count(*)::text from translation where locale = 'ar' and version > 1 and method = 'IMPORT' and subject_kind in ('CodeListItem','CodeList')": "3",
	} {
		if got := scalar[string](t, d, query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	if s := log.String(); !strings.Contains(s, `data_set="Code lists" new=0 changed=4`) || !strings.Contains(s, "kept=2") || !strings.Contains(s, "kept=1") {
		t.Error(s)
	}
	// What was loaded is remembered: loading the same again is no news, and the first files bring their own texts back.
	if err := load(t.Context(), d, quiet, files); err != nil {
		t.Fatal(err)
	}
	if got := text("Sector", "11182", "ar"); got != "البحوث التربوية REVIEWED" {
		t.Error(got)
	}
	if got := text("Sector", "11220", "ar"); got != "تعليم ابتدائي REVIEWED" {
		t.Error(got)
	}
}

func TestFilesWithMistakesAreRefusedWhole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		changes []string
		want    string
	}{
		"a category that is in no list": {[]string{"codelists/Sector.tsv", "11240\t112\t", "11240\t119\t"}, "the categories of 1 codes are in no list"},
		"a value too many":              {[]string{"codelists/Sector.tsv", "11240\t112\t", "11240\t112\t\t"}, "has 7 values, not 6"},
		"an unknown status":             {[]string{"codelists/Sector.tsv", "11240\t112\tactive", "11240\t112\tasleep"}, `"asleep"`},
		"another column":                {[]string{"codelists/Sector.tsv", "\tname_ar", "\tname_de"}, "the columns are"},
		"a level that is no number":     {[]string{"units/units.tsv", "SY02\tSY\t1", "SY02\tSY\tone"}, "level of unit SY02"},
		"an unknown unit":               {[]string{"units/populations.tsv", "SY02\t2016", "SY99\t2016"}, "SY99"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t).Owner()
			err := load(t.Context(), d, quiet, edited(t, c.changes...))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			table := "code_list_item"
			if strings.HasPrefix(c.changes[0], "units") {
				table = "administrative_unit"
			}
			if got := scalar[int](t, d, "select count(*) from "+table); got != 0 {
				t.Errorf("%d rows in %s", got, table)
			}
		})
	}
}
