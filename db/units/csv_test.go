package units

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"taawun/db"
)

// standingTree is a small tree as the database would give it.
func standingTree() map[string]*db.AdministrativeUnit {
	tree := map[string]*db.AdministrativeUnit{}
	for pcode, level := range map[string]int{"SY": 0, "SY02": 1, "SY0200": 2, "SY0202": 2, "SY020000": 3, "SY020001": 3, "C1": 4} {
		tree[pcode] = &db.AdministrativeUnit{Pcode: pcode, Level: level}
	}
	return tree
}

// parse reads a file and checks it against the small tree.
func parse(t *testing.T, text string) (*sheet, error) {
	t.Helper()
	s, err := readSheet("units.csv", []byte(text), func(int64, int64) {})
	if err != nil {
		return nil, err
	}
	s.check(standingTree())
	return s, s.refused.orNil()
}

const header = "pcode,parent_pcode,name_ar,name_en,lat,lon,area_km2,population,population_year\n"

func TestFilesOfUnitsAreReadWhateverTheirForm(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":           header + "C9,SY020000,العزيزية,Aziziyeh,36.2,37.1,12.50,1200,2016\n",
		"CRLF":            strings.ReplaceAll(header+"C9,SY020000,العزيزية,Aziziyeh,36.2,37.1,12.50,1200,2016\n", "\n", "\r\n"),
		"no last newline": header + "C9,SY020000,العزيزية,Aziziyeh,36.2,37.1,12.5,1200,2016",
		"other order":     "Name_EN;population_year;P_Code;LON;lat;parent;population;area_sqkm;name_ar\nAziziyeh;2016;C9;37.1;36.2;SY020000;1200;12.5;العزيزية\n",
		"tabs and quotes": "pcode\tparent_pcode\tname_ar\tname_en\tlat\tlon\tarea_km2\tpopulation\tpopulation_year\n\"C9\"\tSY020000\t العزيزية \tAziziyeh\t36.2\t37.1\t12.5\t1200\t2016\n\n",
		"Arabic digits":   header + "C9,SY020000,العزيزية,Aziziyeh,٣٦٫٢,٣٧٫١,١٢٫٥,١٢٠٠,٢٠١٦\n",
		"hidden marks":    header + "C9\u200f,SY020000,\u202bالعزيزية\u202c,Aziziyeh\u200e,36.2,37.1,12.5,1200,2016\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := parse(t, text)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.units) != 1 || len(s.ignored) > 0 {
				t.Fatalf("%+v, ignored %q", s.units, s.ignored)
			}
			want := map[string]string{"level": "4", "parent": "SY020000", "name.ar": "العزيزية", "name.en": "Aziziyeh", "latitude": "36.2", "longitude": "37.1",
				"area_km2": "12.5", "population.2016": "1200"}
			got := s.units[0].values()
			if s.units[0].Pcode != "C9" || len(got) != len(want) {
				t.Errorf("%+v", s.units[0])
			}
			for k, v := range want {
				if got[k] != v {
					t.Errorf("%s is %q, want %q", k, got[k], v)
				}
			}
		})
	}
}

func TestParentsMayStandBelowInTheFile(t *testing.T) {
	t.Parallel()
	s, err := parse(t, "pcode,parent_pcode,name_ar,name_ku,level,remark\nC77,SY030000,قرية,,4,x\nSY030000,SY0300,ناحية,Nahiye,3,\nSY0300,SY03,منطقة,,2,\nSY03,SY,محافظة,,1,\n")
	if err != nil {
		t.Fatal(err)
	}
	var levels []int
	for _, u := range s.units {
		levels = append(levels, u.Level)
	}
	if !slices.Equal(levels, []int{4, 3, 2, 1}) || !slices.Equal(s.ignored, []string{"remark"}) || s.units[1].Names["ku"] != "Nahiye" || len(s.units[0].Names) != 1 {
		t.Errorf("%v, ignored %q, %+v", levels, s.ignored, s.units)
	}
}

func TestMistakesOfUnitsAreToldByLine(t *testing.T) {
	t.Parallel()
	row := func(pcode, parent string) string { return pcode + "," + parent + ",اسم,Name,,,,,\n" }
	for name, c := range map[string]struct{ text, want string }{
		"empty file":                {"", "the file is empty"},
		"header only":               {header, "there is a header but no unit below it"},
		"no header":                 {"C9,SY020000,اسم,Name\n", "line 1: the header lacks pcode, parent_pcode, name_ar or name_en; it has C9, SY020000, اسم, Name"},
		"no parent column":          {"pcode,name_ar\nC9,اسم\n", "line 1: the header lacks parent_pcode"},
		"column twice":              {"pcode,parent,parent_pcode,name_ar\n", "line 1: column parent_pcode stands twice"},
		"name column twice":         {"pcode,parent,name_ar,NAME_AR\n", "line 1: column name_ar stands twice"},
		"unknown parent":            {header + row("C9", "SY999999"), "line 2: C9: the parent SY999999 is unknown"},
		"no parent":                 {header + row("C9", ""), "line 2: C9: the parent is missing"},
		"no code":                   {header + row("", "SY02"), "line 2: the P-code is missing"},
		"repeated code":             {header + row("C9", "SY020000") + row("C8", "SY020000") + row("C9", "SY020001"), "line 4: C9: the P-code is repeated; it stands in line 2 already"},
		"no Arabic name":            {header + "C9,SY020000,,Name,,,,,\n", "line 2: C9: the name in column name_ar is missing"},
		"no English name":           {header + "C9,SY020000,اسم, ,,,,,\n", "line 2: C9: the name in column name_en is missing"},
		"no name in any language":   {"pcode,parent,name_ku\nC9,SY020000,\n", "line 2: C9: the name is missing"},
		"unreadable name":           {header + "C9,SY020000,اسم,Na\uFFFDme,,,,,\n", "line 2: C9: the name in column name_en cannot be read"},
		"too few values":            {header + "C9,SY020000,اسم\n", "line 2: C9: the line has 3 values, the header has 9"},
		"latitude no number":        {header + "C9,SY020000,اسم,Name,north,37,,,\n", `line 2: C9: the latitude "north" is not a number`},
		"latitude not finite":       {header + "C9,SY020000,اسم,Name,NaN,37,,,\n", `line 2: C9: the latitude "NaN" is not a number`},
		"latitude out of range":     {header + "C9,SY020000,اسم,Name,91,37,,,\n", "line 2: C9: the latitude 91 is out of range (-90 to 90)"},
		"longitude out of range":    {header + "C9,SY020000,اسم,Name,36,-181,,,\n", "line 2: C9: the longitude -181 is out of range (-180 to 180)"},
		"longitude missing":         {header + "C9,SY020000,اسم,Name,36,,,,\n", "line 2: C9: of latitude and longitude, one is missing"},
		"area no number":            {header + "C9,SY020000,اسم,Name,,,\"1,5\",,\n", `line 2: C9: the area "1,5" is not a number of square kilometres`},
		"area negative":             {header + "C9,SY020000,اسم,Name,,,-1,,\n", `line 2: C9: the area "-1" is not a number`},
		"area in exponents":         {header + "C9,SY020000,اسم,Name,,,1e3,,\n", `line 2: C9: the area "1e3" is not a number`},
		"population no number":      {header + "C9,SY020000,اسم,Name,,,,12.5,2016\n", `line 2: C9: the population "12.5" is not a whole number of people`},
		"population beyond numbers": {header + "C9,SY020000,اسم,Name,,,,99999999999,2016\n", "is not a whole number of people"},
		"population without year":   {header + "C9,SY020000,اسم,Name,,,,12,\n", `line 2: C9: the year "" of the population is not a year`},
		"level no number":           {"pcode,parent,name_ar,level\nC9,SY020000,اسم,five\n", `line 2: C9: the level "five" is not a number from 0 to 4`},
		"level of another":          {"pcode,parent,name_ar,level\nC9,SY020000,اسم,3\n", "line 2: C9: the file says level 3, but under SY020000 it is a community (level 4)"},
		"GeoNames id no number":     {"pcode,parent,name_ar,geonames\nC9,SY020000,اسم,x1\n", `line 2: C9: the GeoNames id "x1" is not a whole number`},
		"code of another level":     {header + row("C9", "SY0200"), "line 2: C9: the P-code is that of a community (level 4), but under SY0200 it would be a subdistrict (level 3)"},
		"district under community":  {header + row("SY0205", "C1"), "line 2: SY0205: its parent C1 is a community, below which there is no level"},
		"under another parent":      {header + row("SY020201", "SY0200"), "line 2: SY020201: the P-code does not belong under SY0200"},
		"level of the database":     {header + row("C1", "SY0200"), "line 2: C1: the P-code is that of a community"},
		"parents in a circle":       {header + row("X1", "X2") + row("X2", "X1"), "X1: following the parents from here leads back to it"},
		"its own parent":            {header + row("X1", "X1"), "line 2: X1: following the parents from here leads back to it"},
		"quote that never ends":     {header + row("C9", "SY020000") + "C8,SY020000,\"اسم,Name,,,,,\n", "line 3: this is no CSV"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := parse(t, c.text)
			var refused *RefusedError
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if !asRefused(err, &refused) {
				t.Errorf("%T is no refusal", err)
			}
		})
	}
}

func asRefused(err error, to **RefusedError) bool {
	e, ok := err.(*RefusedError)
	*to = e
	return ok
}

func TestEveryMistakeOfAFileIsTold(t *testing.T) {
	t.Parallel()
	text := header
	for range 1500 {
		text += ",SY020000,اسم,Name,,,,,\n"
	}
	_, err := parse(t, text)
	var refused *RefusedError
	if !asRefused(err, &refused) || len(refused.Refusals) != 1000 || refused.More != 500 {
		t.Fatalf("%v", err)
	}
	if s := err.Error(); strings.Count(s, "\n") != 21 || !strings.HasSuffix(s, "and 1480 more") {
		t.Error(s)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	text := "pcode,parent_pcode,name_ar\nC9,SY020000,مركز جبل سمعان\n"
	windows, err := charmap.Windows1256.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String("pcode,parent_pcode,name_en\nC9,SY020000,Café Zoé à Alep\n")
	if err != nil {
		t.Fatal(err)
	}
	utf16 := "\xff\xfe"
	for _, r := range text {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, c := range map[string]struct{ in, encoding, err string }{
		"UTF-8":            {text, "UTF-8", ""},
		"UTF-8 with a BOM": {"\ufeff" + text, "UTF-8", ""},
		"Windows-1256":     {windows, "Windows-1256", ""},
		"UTF-16":           {utf16, "UTF-16", ""},
		"Latin-1":          {latin, "", "neither UTF-8 nor Windows-1256"},
		"a spreadsheet":    {"PK\x03\x04\x14\x00\x06\x00", "", "not a text file"},
		"half of UTF-16":   {"\xff\xfea\x00\x00\xd8", "", "cannot be read as such"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, encoding, err := decode([]byte(c.in))
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("%v, want %q", err, c.err)
				}
				return
			}
			if err != nil || encoding != c.encoding || string(out) != text {
				t.Errorf("%q as %s: %v", out, encoding, err)
			}
		})
	}
}
