package reference

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"taawun/db/units"
)

func allUnits(t *testing.T) map[string]units.Unit {
	t.Helper()
	all, err := Units()
	if err != nil {
		t.Fatal(err)
	}
	byPcode := map[string]units.Unit{}
	for _, u := range all {
		if _, twice := byPcode[u.Pcode]; twice {
			t.Errorf("unit %s stands twice", u.Pcode)
		}
		byPcode[u.Pcode] = u
	}
	return byPcode
}

func TestUnitsAreTheTreeOfSyria(t *testing.T) {
	t.Parallel()
	all := allUnits(t)
	levels := map[int]int{}
	iso, people := map[string]bool{}, map[int]int{}
	for _, u := range all {
		levels[u.Level]++
		if parent, ok := all[u.Parent]; u.Level > 0 && (!ok || parent.Level != u.Level-1 || !strings.HasPrefix(u.Pcode, u.Parent)) {
			t.Errorf("%s: parent %s", u.Pcode, u.Parent)
		}
		if u.Names["en"] == "" || len(faults(u.Names["ar"])) > 0 {
			t.Errorf("%s: names %q", u.Pcode, u.Names)
		}
		if u.Latitude == nil || u.Longitude == nil || *u.Latitude < 32 || *u.Latitude > 37.5 || *u.Longitude < 35.5 || *u.Longitude > 42.5 {
			t.Errorf("%s does not lie in Syria", u.Pcode)
		}
		if (u.Level == 1) != (u.Iso31662 != "") || iso[u.Iso31662] && u.Iso31662 != "" {
			t.Errorf("%s: ISO 3166-2 code %q", u.Pcode, u.Iso31662)
		}
		iso[u.Iso31662] = true
		// Nobody has counted two subdistricts of Quneitra.
		if uncounted := u.Pcode == "SY140003" || u.Pcode == "SY140201"; (len(u.Populations) == 0) != uncounted {
			t.Errorf("%s has populations %+v", u.Pcode, u.Populations)
		}
		for _, p := range u.Populations {
			if p.People < 0 || p.Source == "" {
				t.Errorf("%s: population %+v", u.Pcode, p)
			}
			if u.Level == 1 {
				people[p.Year] += p.People
			}
		}
		seen := map[string]bool{u.Names["ar"]: true, u.Names["en"]: true}
		for _, a := range u.Aliases {
			if a.Locale == "" || a.Kind == "" || seen[a.Name] {
				t.Errorf("%s: other name %+v", u.Pcode, a)
			}
			seen[a.Name] = true
		}
	}
	for level, want := range map[int]int{0: 1, 1: 14, 2: 62, 3: 272} {
		if levels[level] != want {
			t.Errorf("%d units of level %d, want %d", levels[level], level, want)
		}
	}
	for _, p := range all["SY"].Populations {
		if people[p.Year] != p.People {
			t.Errorf("%d: the governorates have %d people, the country %d", p.Year, people[p.Year], p.People)
		}
	}
}

// The units are those of the files of OCHA, with the same names, places and figures.
func TestUnitsAgreeWithTheirSource(t *testing.T) {
	t.Parallel()
	all := allUnits(t)
	compared := 0
	for level := 1; level <= 3; level++ {
		f, err := os.Open("../../../shared/data/units/syria_adm" + strconv.Itoa(level) + ".csv")
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the files of OCHA are not at hand")
		}
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		records, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records[1:] {
			u, ok := all[r[0]]
			if !ok || u.Parent != r[1] || u.Level != level || u.Names["ar"] != r[2] || u.Names["en"] != r[3] || u.AreaKm2 != r[6] {
				t.Errorf("%q is %+v here", r, u)
			}
			if lat, _ := strconv.ParseFloat(r[4], 64); *u.Latitude != lat {
				t.Errorf("%s: latitude %v, want %s", r[0], *u.Latitude, r[4])
			}
			if lon, _ := strconv.ParseFloat(r[5], 64); *u.Longitude != lon {
				t.Errorf("%s: longitude %v, want %s", r[0], *u.Longitude, r[5])
			}
			stands := r[7] == ""
			for _, p := range u.Populations {
				stands = stands || strconv.Itoa(p.Year) == r[8] && strconv.Itoa(p.People) == r[7]
			}
			if !stands {
				t.Errorf("%s: population %s of %s is not among %+v", r[0], r[7], r[8], u.Populations)
			}
			compared++
		}
	}
	if compared != len(all)-1 {
		t.Errorf("%d units compared, there are %d below the country", compared, len(all)-1)
	}
}
