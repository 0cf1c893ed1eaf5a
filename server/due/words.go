package due

import (
	"reflect"
	"strconv"
	"strings"

	"taawun/db"
)

// String is the global id of a record, as the graph has it.
func (id ID) String() string { return prefix(id.Type) + "_" + strconv.FormatInt(id.Key, 16) }

// prefix is what the ids of a type begin with: its structure in the package db says so.
func prefix(name string) string {
	for _, model := range db.Models() {
		t := reflect.TypeOf(model).Elem()
		if t.Name() != name {
			continue
		}
		if base, ok := t.FieldByName("BaseModel"); ok {
			for part := range strings.SplitSeq(base.Tag.Get("taawun"), ";") {
				if id, ok := strings.CutPrefix(part, "id="); ok {
					return id
				}
			}
		}
	}
	return strings.ToLower(name)
}

// KindWord says in Arabic or English what an item of a kind is.
func KindWord(kind, locale string) string {
	words, ok := map[string][2]string{
		"DUTY":        {"واجب", "Duty"},
		"EXPIRY":      {"انتهاء اتفاقية", "Expiry"},
		"RENEWAL":     {"تجديد اتفاقية", "Renewal"},
		"NOTICE":      {"آخر موعد للإشعار", "Last day for notice"},
		"TRANSLATION": {"ترجمة", "Translation"},
		"ACTION":      {"إجراء متفق عليه", "Agreed action"},
		"FOLLOW_UP":   {"متابعة", "Follow-up"},
	}[kind]
	switch {
	case !ok && Language(locale) == "ar":
		return "موعد"
	case !ok:
		return "Due"
	case Language(locale) == "ar":
		return words[0]
	}
	return words[1]
}
