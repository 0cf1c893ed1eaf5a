package units

import (
	"strings"

	"taawun/db"
	"taawun/db/imports"
)

// check finds where the lines of a file do not fit each other or the units that are there, and gives each unit its level.
func (s *sheet) check(standing map[string]*db.AdministrativeUnit) {
	byPcode := make(map[string]*Unit, len(s.units))
	for i := range s.units {
		u := &s.units[i]
		if first := byPcode[u.Pcode]; first != nil {
			s.refused.add(Refusal{Line: u.Line, Code: u.Pcode, Reason: imports.Say("the P-code is repeated; it stands in line %d already",
				"رمز الوحدة مكرر؛ ورد من قبل في السطر %d", first.Line)})
			continue
		}
		byPcode[u.Pcode] = u
	}
	levels := make(map[string]int, len(byPcode)) // -1: no level can be told
	for i := range s.units {
		u := &s.units[i]
		if byPcode[u.Pcode] != u {
			continue
		}
		u.Level = s.level(u, byPcode, standing, levels)
		if u.Level < 0 {
			continue
		}
		if reason, ok := s.misplaced(u, standing); ok {
			s.refused.add(Refusal{Line: u.Line, Code: u.Pcode, Reason: reason})
		}
	}
}

// level is one below the level of the parent; -1, and a refusal, if the parents lead nowhere.
func (s *sheet) level(u *Unit, byPcode map[string]*Unit, standing map[string]*db.AdministrativeUnit, levels map[string]int) int {
	const underWay = -2
	var path []*Unit
	level := -1
	for at := u; ; {
		if known, ok := levels[at.Pcode]; ok {
			if known == underWay {
				s.refused.add(Refusal{Line: at.Line, Code: at.Pcode, Reason: imports.Say("following the parents from here leads back to it",
					"تتبُّع الوحدات الأعلى من هنا يعود إلى الوحدة نفسها")})
			}
			level = max(known, -1)
			break
		}
		levels[at.Pcode] = underWay
		path = append(path, at)
		if at.Parent == "" {
			if at.Pcode == Country {
				levels[at.Pcode] = 0
				path = path[:len(path)-1]
				level = 0
			} else {
				s.refused.add(Refusal{Line: at.Line, Code: at.Pcode, Reason: imports.Say("the parent is missing", "الوحدة الأعلى غير مذكورة")})
			}
			break
		}
		if above := byPcode[at.Parent]; above != nil {
			at = above
			continue
		}
		if above := standing[at.Parent]; above != nil {
			level = above.Level
		} else {
			s.refused.add(Refusal{Line: at.Line, Code: at.Pcode, Reason: imports.Say("the parent %s is unknown: neither in this file nor in the database",
				"الوحدة الأعلى %s غير معروفة: ليست في هذا الملف ولا في قاعدة البيانات", at.Parent)})
		}
		break
	}
	for i := len(path) - 1; i >= 0; i-- {
		if level >= 0 {
			level++
		}
		levels[path[i].Pcode] = level
	}
	return levels[u.Pcode]
}

// misplaced says why a unit cannot stand at its level, if it cannot.
func (s *sheet) misplaced(u *Unit, standing map[string]*db.AdministrativeUnit) (reason imports.Text, isMisplaced bool) {
	if u.Level > deepest {
		return imports.Say("its parent %s is a community, below which there is no level", "الوحدة الأعلى %s تجمّع سكاني، وليس تحته مستوى", u.Parent), true
	}
	if told, ok := s.levels[u.Line]; ok && told != u.Level {
		return imports.Say("the file says level %d, but under %s it is %s (level %d)", "يذكر الملف المستوى %d، لكن موضعها تحت %s موضع %s (المستوى %d)",
			told, u.Parent, levelName(u.Level), u.Level), true
	}
	if level, ok := levelOf(u.Pcode); ok && level != u.Level {
		return imports.Say("the P-code is that of %s (level %d), but under %s it would be %s (level %d)", "الرمز رمز %s (المستوى %d)، لكن موضعها تحت %s موضع %s (المستوى %d)",
			levelName(level), level, u.Parent, levelName(u.Level), u.Level), true
	}
	if _, ok := levelOf(u.Parent); ok && strings.HasPrefix(u.Pcode, Country) && !strings.HasPrefix(u.Pcode, u.Parent) {
		return imports.Say("the P-code does not belong under %s", "الرمز ليس من الرموز الواقعة تحت %s", u.Parent), true
	}
	if row := standing[u.Pcode]; row != nil && row.Level != u.Level {
		return imports.Say("the database has it as %s (level %d), but under %s it would be %s (level %d)", "هي في قاعدة البيانات %s (المستوى %d)، لكن موضعها تحت %s موضع %s (المستوى %d)",
			levelName(row.Level), row.Level, u.Parent, levelName(u.Level), u.Level), true
	}
	return imports.Text{}, false
}
