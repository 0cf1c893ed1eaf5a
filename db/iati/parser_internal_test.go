package iati

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDecimal(t *testing.T) {
	t.Parallel()
	for v, want := range map[string]string{"1": "1", "-1.50": "-1.50", "+007": "7", ".5": "0.5", "5.": "5", "-0": "-0", "1,234,567.8": "1234567.8", "1.5E+3": "1500", "1e-2": "0.01",
		"": "", "1,23": "", "1.234,5": "", "NaN": "", "Infinity": "", "0x10": "", "1e999": "", "12 000": "", "12345678901234567890.123456789": "12345678901234567890.123456789"} {
		if got := decimal(v); got != want {
			t.Errorf("%q is %q, want %q", v, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for v, want := range map[string]string{"2024-02-29": "2024-02-29", "2023-02-29": "", "2024-01-01Z": "2024-01-01", "2024-01-01T10:00:00": "2024-01-01",
		"2024-01-01+02:00": "2024-01-01", "2024-01-011": "", "0000-01-01": "", "01/02/2024": "", "2024": "", "": ""} {
		if got := isoDay(v); got != want {
			t.Errorf("%q is %q, want %q", v, got, want)
		}
	}
	for v, want := range map[string]string{"2025-04-17T12:30:38.1018164Z": "2025-04-17T12:30:38.1018164Z", "2025-04-13T23:58:34": "2025-04-13T23:58:34Z",
		"2025-05-30T10:00:00+02:00": "2025-05-30T08:00:00Z", "2025-05-30": "2025-05-30T00:00:00Z", "yesterday": "0001-01-01T00:00:00Z"} {
		if got := timestamp(v).Format(time.RFC3339Nano); got != want {
			t.Errorf("%q is %q, want %q", v, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	for v, allowed := range map[string]bool{"https://example.org/a b%zz.pdf": true, "http:www.example.org": true, "www.example.org:80/x": true, "/x?a:b": true, "FTP://x": true,
		"javascript:alert(1)": false, " Java\tScript:alert(1)": false, "data:text/html,x": false, "\x01javascript:1": false, "vbscript:1": false} {
		if got := link(v) != ""; got != allowed {
			t.Errorf("%q allowed: %t, want %t", v, got, allowed)
		}
	}
}

func TestIsIdentifier(t *testing.T) {
	t.Parallel()
	for v, want := range map[string]bool{"XM-DAC-41114": true, "41119": true, "CA-3": true, "XM-OCHA-CERF": true, "xi-iati-ec_near": true, "DAC-1601": true,
		"": false, "0": false, "00000": false, "KPMG": false, "Not available": false, "UNOCHA - United Nations 1": false, "XM-": false, "Excluded": false} {
		if got := isIdentifier(v); got != want {
			t.Errorf("%q is an identifier: %t, want %t", v, got, want)
		}
	}
}

func TestOrganizationKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ref, typ string
		funder   bool
		want     string
	}{
		{"US-GOV-1", "10", true, "DONOR"}, {"SY-GOV-1", "10", false, "MINISTRY"}, {"X-1", "11", true, "MUNICIPALITY"}, {"X-1", "21", true, "NGO"}, {"X-1", "60", true, "NGO"},
		{"XM-DAC-41114", "40", false, "UN_AGENCY"}, {"41122", "40", false, "UN_AGENCY"}, {"XM-DAC-928", "40", false, "UN_AGENCY"}, {"XM-DAC-42001", "40", true, "REGIONAL_ORGANIZATION"},
		{"XM-DAC-46004", "40", true, "REGIONAL_ORGANIZATION"}, {"44000", "40", true, "INTERNATIONAL_ORGANIZATION"}, {"X-41", "40", true, "INTERNATIONAL_ORGANIZATION"},
		{"X-1", "72", false, "PRIVATE_SECTOR"}, {"X-1", "80", false, "ACADEMIC"}, {"X-1", "30", false, "OTHER"}, {"X-1", "", true, "OTHER"},
	} {
		if got := organizationKind(c.ref, c.typ, c.funder); got != c.want {
			t.Errorf("%s of type %q is %s, want %s", c.ref, c.typ, got, c.want)
		}
	}
}

func TestCoordinates(t *testing.T) {
	t.Parallel()
	for v, want := range map[string][3]float64{"36.2 37.15": {36.2, 37.15, 1}, " -90,180\n": {-90, 180, 1}, "91 0": {}, "0 181": {}, "NaN 1": {}, "1": {}, "1 2 3": {}, "a b": {}} {
		lat, lon, ok := coordinates(v)
		if ok != (want[2] == 1) || ok && (lat != want[0] || lon != want[1]) {
			t.Errorf("%q is %v %v %t", v, lat, lon, ok)
		}
	}
}

// TestTables shows that keys and kept columns are columns of their tables.
func TestTables(t *testing.T) {
	t.Parallel()
	n := newTables()
	seen := 0
	check := func(x *table) {
		seen++
		for _, k := range x.keys {
			for _, c := range k {
				if c = strings.TrimSuffix(c, "!"); c != "#" && !slices.Contains(x.columns, c) && !slices.Contains(x.shown, c) {
					t.Errorf("%s has no column %s for its key", x.name, c)
				}
			}
		}
		for c, follows := range x.keep {
			for _, f := range append(follows, c) {
				if !slices.Contains(x.columns, f) && !slices.Contains(x.shown, f) {
					t.Errorf("%s has no column %s to keep", x.name, f)
				}
			}
		}
		if x.parent != "" && !slices.Contains(x.columns, x.parent) {
			t.Errorf("%s has no column %s", x.name, x.parent)
		}
	}
	n.project.walk(check)
	n.organization.walk(check)
	if seen != 28 {
		t.Errorf("%d tables are written, want 28", seen)
	}
}
