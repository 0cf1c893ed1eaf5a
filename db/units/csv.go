package units

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"taawun/db/imports"
)

// columnNames are the columns of a file of units, each with the names under which it is accepted. Names of units stand in name_<language>.
func columnNames() [][]string {
	return [][]string{
		{"pcode", "p_code", "code"},
		{"parent_pcode", "parent", "parent_code"},
		{"level", "admin_level"},
		{"lat", "latitude"},
		{"lon", "longitude", "lng", "long"},
		{"area_km2", "area_sqkm"},
		{"population"},
		{"population_year"},
		{"population_source"},
		{"iso_3166_2"},
		{"wikidata", "wikidata_id"},
		{"geonames", "geonames_id"},
	}
}

// sheet is a file of units with its header understood.
type sheet struct {
	path    string
	columns map[string]int // column, by its first name in columnNames → position
	names   map[string]int // language → position
	ignored []string       // columns that mean nothing here
	width   int
	units   []Unit
	levels  map[int]int // line → level the file itself tells, where it has the column
	refused *RefusedError
}

// readSheet reads a file of units. Its values are checked line by line; whether the lines fit each other and the database is for check.
func readSheet(path string, text []byte, progress func(done, total int64)) (*sheet, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = delimiter(text)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	s := &sheet{path: path, refused: &RefusedError{Path: path}, levels: map[int]int{}}
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, refuse(path, imports.Say("the file is empty", "الملف فارغ"))
	}
	if err != nil {
		return nil, s.broken(err)
	}
	if err := s.understand(header); err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, s.broken(err)
		}
		line, _ := r.FieldPos(0)
		s.record(line, record)
		if n%1000 == 0 {
			progress(r.InputOffset(), int64(len(text)))
		}
	}
	if len(s.units) == 0 && len(s.refused.Refusals) == 0 {
		return nil, refuse(path, imports.Say("there is a header but no unit below it", "فيه سطر عناوين وليس تحته وحدة"))
	}
	progress(int64(len(text)), int64(len(text)))
	return s, nil
}

// broken refuses a file whose lines cannot be told apart.
func (s *sheet) broken(err error) error {
	var e *csv.ParseError
	if errors.As(err, &e) {
		return &RefusedError{Path: s.path, Refusals: append(s.refused.Refusals, Refusal{Line: e.Line, Reason: imports.Say("this is no CSV: %v", "ليس هذا ملف CSV: %v", e.Err)})}
	}
	return fmt.Errorf("reading %s: %w", s.path, err)
}

// delimiter is the sign between values: the one that the first line has most of.
func delimiter(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best := ','
	for _, d := range ";\t" {
		if bytes.Count(first, []byte(string(d))) > bytes.Count(first, []byte(string(best))) {
			best = d
		}
	}
	return best
}

// understand finds the columns by the names in the header.
func (s *sheet) understand(header []string) error {
	known := columnNames()
	s.columns, s.names, s.width = map[string]int{}, map[string]int{}, len(header)
	for i, h := range header {
		name := strings.ReplaceAll(strings.ToLower(clean(h)), " ", "_")
		if locale, ok := strings.CutPrefix(name, "name_"); ok {
			if tag, err := language.Parse(locale); err == nil {
				if _, twice := s.names[tag.String()]; twice {
					return &RefusedError{Path: s.path, Refusals: []Refusal{{Line: 1, Reason: imports.Say("column %s stands twice", "العمود %s وارد مرتين", name)}}}
				}
				s.names[tag.String()] = i
				continue
			}
		}
		index := slices.IndexFunc(known, func(names []string) bool { return slices.Contains(names, name) })
		if index < 0 {
			s.ignored = append(s.ignored, h)
			continue
		}
		column := known[index][0]
		if _, twice := s.columns[column]; twice {
			return &RefusedError{Path: s.path, Refusals: []Refusal{{Line: 1, Reason: imports.Say("column %s stands twice", "العمود %s وارد مرتين", column)}}}
		}
		s.columns[column] = i
	}
	var missing []imports.Text
	for _, column := range []string{"pcode", "parent_pcode"} {
		if _, ok := s.columns[column]; !ok {
			missing = append(missing, imports.Text{English: column, Arabic: column})
		}
	}
	if len(s.names) == 0 {
		missing = append(missing, imports.Say("name_ar or name_en", "name_ar أو name_en"))
	}
	if len(missing) > 0 {
		return &RefusedError{Path: s.path, Refusals: []Refusal{{Line: 1, Reason: imports.Say("the header lacks %s; it has %s", "ينقص سطر العناوين: %s؛ وفيه: %s",
			imports.Join(missing, ", ", "، "), strings.Join(header, ", "))}}}
	}
	return nil
}

// record reads one line.
func (s *sheet) record(line int, record []string) {
	get := func(column string) string {
		if i, ok := s.columns[column]; ok && i < len(record) {
			return clean(record[i])
		}
		return ""
	}
	u := Unit{Line: line, Pcode: get("pcode"), Parent: get("parent_pcode"), Names: map[string]string{}, Iso31662: get("iso_3166_2"), WikidataID: get("wikidata")}
	bad := func(reason imports.Text) {
		s.refused.add(Refusal{Line: line, Code: u.Pcode, Reason: reason})
	}
	if len(record) != s.width {
		bad(imports.Say("the line has %d values, the header has %d", "في السطر %d من القيم، وفي سطر العناوين %d", len(record), s.width))
		return
	}
	if u.Pcode == "" {
		bad(imports.Say("the P-code is missing", "رمز الوحدة غير مذكور"))
		return
	}
	before := len(s.refused.Refusals) + s.refused.More
	for locale, i := range s.names {
		switch name := clean(record[i]); {
		case strings.ContainsRune(name, '\uFFFD'):
			bad(imports.Say("the name in column name_%s cannot be read: %q", "الاسم في العمود name_%s لا يُقرأ: «%s»", locale, name))
		case name != "":
			u.Names[locale] = name
		case locale == "ar" || locale == "en":
			bad(imports.Say("the name in column name_%s is missing", "الاسم في العمود name_%s غير مذكور", locale))
		}
	}
	if len(u.Names) == 0 && len(s.refused.Refusals)+s.refused.More == before {
		bad(imports.Say("the name is missing", "الاسم غير مذكور"))
	}
	u.Latitude = s.degrees(get("lat"), imports.Say("latitude", "خط العرض"), 90, bad)
	u.Longitude = s.degrees(get("lon"), imports.Say("longitude", "خط الطول"), 180, bad)
	if (get("lat") == "") != (get("lon") == "") {
		bad(imports.Say("of latitude and longitude, one is missing", "ذُكر أحد خطي العرض والطول ولم يُذكر الآخر"))
	}
	if area := number(get("area_km2")); area != "" {
		if f, err := strconv.ParseFloat(area, 64); err != nil || !(f > 0) || f > 1e9 || strings.ContainsAny(area, "eExXpP_") {
			bad(imports.Say("the area %q is not a number of square kilometres", "المساحة «%s» ليست عددًا من الكيلومترات المربعة", get("area_km2")))
		}
		u.AreaKm2 = area
	}
	s.population(&u, get, bad)
	if id := number(get("geonames")); id != "" {
		n, err := strconv.ParseInt(id, 10, 32)
		if err != nil || n <= 0 {
			bad(imports.Say("the GeoNames id %q is not a whole number", "معرّف GeoNames «%s» ليس عددًا صحيحًا", id))
		}
		u.GeonamesID = int(n)
	}
	if level := number(get("level")); level != "" {
		n, err := strconv.Atoi(level)
		if err != nil || n < 0 || n > deepest {
			bad(imports.Say("the level %q is not a number from 0 to %d", "المستوى «%s» ليس عددًا من 0 إلى %d", level, deepest))
		} else {
			s.levels[line] = n
		}
	}
	s.units = append(s.units, u)
}

func (s *sheet) degrees(value string, what imports.Text, limit float64, bad func(imports.Text)) *float64 {
	if value == "" {
		return nil
	}
	f, err := strconv.ParseFloat(number(value), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		bad(imports.Say("the %s %q is not a number", "%s «%s» ليس رقمًا", what, value))
		return nil
	}
	if math.Abs(f) > limit {
		bad(imports.Say("the %s %s is out of range (%g to %g)", "%s %s خارج النطاق (من %g إلى %g)", what, value, -limit, limit))
		return nil
	}
	return &f
}

func (s *sheet) population(u *Unit, get func(string) string, bad func(imports.Text)) {
	people, year := number(get("population")), number(get("population_year"))
	if people == "" {
		return // a year without a figure says that nobody counted
	}
	n, err := strconv.ParseInt(people, 10, 32)
	if err != nil || n < 0 {
		bad(imports.Say("the population %q is not a whole number of people", "عدد السكان «%s» ليس عددًا صحيحًا", get("population")))
		return
	}
	y, err := strconv.Atoi(year)
	if err != nil || y < 1800 || y > time.Now().Year()+1 {
		bad(imports.Say("the year %q of the population is not a year", "سنة عدد السكان «%s» ليست سنة", year))
		return
	}
	u.Populations = []Population{{Year: y, People: int(n), Source: get("population_source")}}
}

// clean brings a value to the form in which it is kept: composed, without signs at its ends that nobody sees, spaces single.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\uFEFF', '\u200B', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069':
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// number writes the digits and the decimal sign of Arabic numbers in ASCII.
func number(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == '٫':
			return '.'
		}
		return r
	}, s)
}
