package rates_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"taawun/db/dbtest"
	"taawun/db/rates"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// The layouts are those of the publishers; the figures are invented.
const (
	ecb = "Date,USD,JPY,CYP,\n2024-01-03,1.10,160.5,N/A,\n2024-01-02,1.25,,N/A,\n"
	sdr = "SDRs per Currency unit and Currency units per SDR (1)\nlast five days\n\nSDRs per Currency unit (2)\n\nCurrency\tJanuary 03, 2024\tJanuary 02, 2024\n" +
		"Euro\t0.8200000000\tNA\nU.S. dollar\t0.7400000000\t0.7500000000\n\nCurrency units per SDR (3)\n\nCurrency\tJanuary 03, 2024\tJanuary 02, 2024\nJapanese yen\t1,190.5\t\n\n(1) A note.\n"
	representative = "Representative Exchange Rates for Selected Currencies for January 2024\n\nCurrency\tJanuary 02, 2024\nEuro(1)\t1.0956\nSaudi Arabian riyal\t3.7500\n"
	query          = "Representative exchange rates\nDate\tEuro (EUR)\tJapanese yen (JPY)\n02-Jan-2024\t0.91\t142.1\n"
	list           = "Date,Rate,Currency,Frequency,Source\n2024-01-31,13000,SYP,M,IMF\n"
	listWithBase   = "Base,Currency,Date,Rate\nUSD,SYP,2024-01-31,13000.5\n"
)

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func kept(t *testing.T, d *bun.DB) string {
	t.Helper()
	var text string
	if err := d.NewRaw(`select coalesce(string_agg(concat_ws(' ', base_currency, currency, date, rate, source), '|' order by base_currency, currency, date), '') from exchange_rate`).Scan(t.Context(), &text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"ECB":                          {ecb, "EUR JPY 2024-01-03 160.5 ECB|EUR USD 2024-01-02 1.25 ECB|EUR USD 2024-01-03 1.10 ECB"},
		"ECB with byte order mark":     {"\ufeff" + ecb, "EUR JPY 2024-01-03 160.5 ECB|EUR USD 2024-01-02 1.25 ECB|EUR USD 2024-01-03 1.10 ECB"},
		"IMF, drawing rights":          {sdr, "EUR XDR 2024-01-03 0.8200000000 IMF|USD XDR 2024-01-02 0.7500000000 IMF|USD XDR 2024-01-03 0.7400000000 IMF|XDR JPY 2024-01-03 1190.5 IMF"},
		"IMF, representative rates":    {representative, "EUR USD 2024-01-02 1.0956 IMF|USD SAR 2024-01-02 3.7500 IMF"},
		"IMF, by day":                  {query, "USD EUR 2024-01-02 0.91 IMF|USD JPY 2024-01-02 142.1 IMF"},
		"IMF, a list":                  {list, "USD SYP 2024-01-31 13000 IMF"},
		"a list with its base":         {listWithBase, "USD SYP 2024-01-31 13000.5 not named"},
		"semicolons, Windows newlines": {strings.ReplaceAll(strings.ReplaceAll(listWithBase, ",", ";"), "\n", "\r\n"), "USD SYP 2024-01-31 13000.5 not named"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			if _, err := rates.Import(t.Context(), d.Owner(), []string{write(t, "rates.csv", c.text)}, rates.Options{}); err != nil {
				t.Fatal(err)
			}
			if got := kept(t, d.Public()); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAgainChangesOnlyWhatChanged(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for _, c := range []struct{ text, want string }{
		{ecb, "rates.csv: 3 new, 0 changed, 0 unchanged, 3 values not given"},
		{ecb, "rates.csv: 0 new, 0 changed, 3 unchanged, 3 values not given"},
		{strings.Replace(ecb, "1.25", "1.26", 1) + "2024-01-04,1.11,N/A,N/A,\n", "rates.csv: 1 new, 1 changed, 2 unchanged, 5 values not given"},
	} {
		s, err := rates.Import(t.Context(), d.Owner(), []string{write(t, "rates.csv", c.text)}, rates.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(s) != 1 || s[0].String() != c.want {
			t.Errorf("%v, want %s", s, c.want)
		}
	}
}

func TestRefusedFilesLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	good := write(t, "good.csv", ecb)
	for name, c := range map[string]struct{ text, says string }{
		"no number":          {"Date,USD\n2024-01-02,1.1\n2024-01-03,one\n", `line 3: the rate "one" of USD is not a number`},
		"zero":               {"Date,USD\n2024-01-02,0\n", "line 2: the rate 0 of USD is not above zero"},
		"negative":           {"Date,USD\n2024-01-02,-1\n", "not above zero"},
		"no date":            {"Date,USD\n2024-13-02,1\n", `line 2: "2024-13-02" is not a date`},
		"far future":         {"Date,USD\n2999-01-02,1\n", "no day of which rates are known"},
		"no currency":        {"Date,Dollar\n2024-01-02,1\n", `line 1: column 2: "Dollar" is no currency`},
		"too many values":    {"Date,USD\n2024-01-02,1,2\n", "line 2: the line has 3 values, the header has 2"},
		"two rates of a day": {"Date,USD\n2024-01-02,1\n2024-01-02,2\n", "line 3: the rate of EUR in USD on 2024-01-02 is 2 here and 1 in line 2"},
		"unknown name":       {"Currency units per SDR\nCurrency\tJanuary 02, 2024\nTriganic pu\t8\n", `line 3: the currency "Triganic pu" is not known`},
		"no base":            {"Currency\tJanuary 02, 2024\nEuro\t8\n", "quoted against"},
		"list without base":  {"Date,Currency,Rate\n2024-01-02,SYP,8\n", "line 2: the base currency is not known"},
		"no header":          {"hello\n", "no header was found"},
		"empty":              {"", "no header was found"},
		"no rates":           {"Date,USD\n", "no rate below it"},
		"no text":            {"Date,USD\n\x00\xff", "no text in UTF-8"},
	} {
		_, err := rates.Import(t.Context(), d.Owner(), []string{good, write(t, "bad.csv", c.text)}, rates.Options{})
		var refused *rates.RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "nothing was imported") {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	if got := kept(t, d.Public()); got != "" {
		t.Error("something was written:", got)
	}
}
