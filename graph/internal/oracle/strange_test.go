package oracle

import (
	"strings"
	"time"
)

// The values that rows and conditions are made of: few enough that conditions meet rows, strange enough to break what is
// not a parameter, not escaped or not normalised.
var (
	strange = []string{
		"", " ", "Water", "water network", "مياه الشرب", "شبكة المياه", "إدارة", "ادارة", "أُسْرَة", "اسره", "مستشفى", "مستشفي", "شـــبكة", "ماء", "بيئة",
		"O'Neill", `"quoted"`, "100%", "a_b", "_", `back\slash`, "％ fullwidth", "＿", "＼", "'; drop table project; --", "$1", "{}", "[1]", "null", "👩‍🌾🌾", "é́ É",
		"١٢٣ ۴۵۶ 789", "line\nbreak\ttab", "<b>&amp;</b>", "ﻻ ﷺ", "ŒUVRE Ñandú", "x::text", "?", "??", "\\", "%%", "ÀÉÎÕÜ", "\u200fمرحبا\u200e", strings.Repeat("طويل long ", 60),
	}
	locales    = []string{"ar", "en", "fr", "ku", "ar-SY", "en-GB", "tr", "ckb", "ku-Arab", "ug-Cyrl", "zh-Hant", "syr", "ar-Latn"}
	currencies = []string{"USD", "EUR", "SYP"}
	decimals   = []string{"0", "1", "-1", "0.10", "100", "33.33", "-250000.75", "1500000", "123456789012345678901234567890.123456789", "0.000000000000000001", "99999999999999999999", "100.00"}
	dates      = []string{"2015-01-01", "2018-02-28", "2019-12-31", "2020-02-29", "2021-06-15", "2021-06-15", "2022-03-01", "2023-07-07", "2024-01-01", "2024-12-31", "2025-05-05", "2026-11-23", "2031-10-10", "0001-01-01", "9999-12-31"}
	moments    = []time.Time{
		time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 2, 29, 23, 59, 59, 999999000, time.UTC),
		time.Date(2025, 3, 30, 1, 30, 0, 500000000, time.UTC), time.Date(2025, 10, 26, 0, 30, 0, 1000, time.UTC), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	documents = []string{`{}`, `{"a":[1,2.50,null,"x"],"b":{"c":true}}`, `[]`, `"text"`, `{"type":"Point","coordinates":[36.29,33.51]}`, `{"amount":12345678901234567890.10}`}
)
