package rates

import "strings"

// currencyOf is the ISO 4217 code of a currency, given as such or by the name that the IMF writes; empty if it is neither.
func currencyOf(name string) string {
	if isoCode.MatchString(name) {
		return name
	}
	switch strings.ToLower(name) {
	case "euro":
		return "EUR"
	case "u.s. dollar":
		return "USD"
	case "u.k. pound", "u.k. pound sterling", "pound sterling":
		return "GBP"
	case "japanese yen":
		return "JPY"
	case "chinese yuan":
		return "CNY"
	case "algerian dinar":
		return "DZD"
	case "australian dollar":
		return "AUD"
	case "bahrain dinar":
		return "BHD"
	case "botswana pula":
		return "BWP"
	case "brazilian real":
		return "BRL"
	case "brunei dollar":
		return "BND"
	case "canadian dollar":
		return "CAD"
	case "chilean peso":
		return "CLP"
	case "colombian peso":
		return "COP"
	case "czech koruna":
		return "CZK"
	case "danish krone":
		return "DKK"
	case "hungarian forint":
		return "HUF"
	case "icelandic krona":
		return "ISK"
	case "indian rupee":
		return "INR"
	case "indonesian rupiah":
		return "IDR"
	case "iranian rial":
		return "IRR"
	case "israeli new shekel", "israeli new sheqel":
		return "ILS"
	case "kazakhstani tenge":
		return "KZT"
	case "korean won":
		return "KRW"
	case "kuwaiti dinar":
		return "KWD"
	case "libyan dinar":
		return "LYD"
	case "malaysian ringgit":
		return "MYR"
	case "mauritian rupee":
		return "MUR"
	case "mexican peso":
		return "MXN"
	case "nepalese rupee":
		return "NPR"
	case "new zealand dollar":
		return "NZD"
	case "norwegian krone":
		return "NOK"
	case "omani rial", "rial omani":
		return "OMR"
	case "pakistani rupee":
		return "PKR"
	case "peruvian sol", "nuevo sol":
		return "PEN"
	case "philippine peso":
		return "PHP"
	case "polish zloty":
		return "PLN"
	case "qatari riyal", "qatar riyal":
		return "QAR"
	case "russian ruble":
		return "RUB"
	case "saudi arabian riyal":
		return "SAR"
	case "singapore dollar":
		return "SGD"
	case "south african rand":
		return "ZAR"
	case "sri lankan rupee", "sri lanka rupee":
		return "LKR"
	case "swedish krona":
		return "SEK"
	case "swiss franc":
		return "CHF"
	case "thai baht":
		return "THB"
	case "trinidadian dollar", "trinidad and tobago dollar":
		return "TTD"
	case "tunisian dinar":
		return "TND"
	case "turkish lira":
		return "TRY"
	case "u.a.e. dirham":
		return "AED"
	case "uruguayan peso", "peso uruguayo":
		return "UYU"
	case "sdr", "special drawing right":
		return "XDR"
	}
	return ""
}
