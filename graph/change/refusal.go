package change

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/uptrace/bun/driver/pgdriver"
)

// refused are messages for what PostgreSQL refuses, in English and in Arabic.
var refused = map[string][2]string{
	Required:  {"a value must be given", "يلزم إعطاء قيمة"},
	Duplicate: {"another record has this value already", "هذه القيمة مستعملة في سجل آخر"},
	NotFound:  {"there is no such record", "لا يوجد سجل بهذا المعرّف"},
	InUse:     {"something else still refers to it", "ما زال سجل آخر يشير إليه"},
	Invalid:   {"this value cannot be used here", "لا يمكن استعمال هذه القيمة هنا"},
	Forbidden: {"this is not for you to do", "لا يحق لك إجراء هذا التغيير"},
	Conflict:  {"this has been changed by somebody else at the same moment; read it again", "عدّله شخص آخر في اللحظة نفسها؛ أعد قراءته"},
}

// rules are messages for constraints that say more than that a value cannot be used, by the end of their names.
var rules = map[string]Problem{
	"_confidential": {Code: State, Message: "a confidential record is not published, nor is a published one confidential",
		MessageAr: "لا يُنشر سجل سري، ولا يصير سجل منشور سرياً"},
	"organization_distinction_two": {Code: Invalid, Message: "two organizations are told apart, not one from itself",
		MessageAr: "يُفرَّق بين منظمتين اثنتين، لا بين منظمة ونفسها"},
	"account_role_organization": {Code: Invalid, Message: "a partner acts for an organization, and nobody else does",
		MessageAr: "الشريك وحده يعمل باسم منظمة، ويجب تحديدها له"},
}

// Refusal is what PostgreSQL has refused as a problem: a value that breaks a rule of its table, or what the actor's rights do not allow.
// False for all other errors. The message of a function of ours, which raises with a detail in Arabic, is handed on; others are never shown.
func Refusal(err error, path ...string) (Problem, bool) {
	var pg pgdriver.Error
	if !errors.As(err, &pg) {
		return Problem{}, false
	}
	state := pg.Field('C')
	code := ""
	switch {
	case state == "23502":
		code = Required
	case state == "23503" && strings.Contains(pg.Field('M'), "update or delete"):
		code = InUse
	case state == "23503":
		code = NotFound
	case state == "23505":
		code = Duplicate
	case state == "42501":
		code = Forbidden
	case strings.HasPrefix(state, "23"), strings.HasPrefix(state, "22"):
		code = Invalid
	case LostRace(err):
		code = Conflict
	default:
		return Problem{}, false
	}
	p := Refuse(code, refused[code][0], refused[code][1], path...)
	p.Cause = err
	for name, rule := range rules {
		if strings.HasSuffix(pg.Field('n'), name) {
			p.Code, p.Message, p.MessageAr = rule.Code, rule.Message, rule.MessageAr
		}
	}
	if pg.Field('R') == "exec_stmt_raise" {
		p.Message = pg.Field('M')
		p.MessageAr = cmp.Or(pg.Field('D'), p.MessageAr)
	}
	return p, true
}

// LostRace says whether PostgreSQL gave up a change only because of others at the same moment: of two transactions that wait for each other it ends
// one (deadlock_detected), and one whose order with others cannot be kept (serialization_failure). Nothing is wrong with such a change, and made
// again it meets what the others have left.
func LostRace(err error) bool {
	var pg pgdriver.Error
	return errors.As(err, &pg) && (pg.Field('C') == "40P01" || pg.Field('C') == "40001")
}

// refusal is Refusal with the place in the input: the row that was being written, and its field if the constraint tells.
func (m *Model) refusal(err error, s statement) (Problem, bool) {
	p, ok := Refusal(err, s.path...)
	if !ok {
		return p, false
	}
	var pg pgdriver.Error
	errors.As(err, &pg) // it is one
	columns := m.checks[pg.Field('n')].columns
	if c := pg.Field('c'); c != "" {
		columns = append(slices.Clone(columns), c)
	}
	if pg.Field('t') == "translation" && p.Code == Duplicate {
		p.Code, p.Message, p.MessageAr = Conflict, refused[Conflict][0], refused[Conflict][1]
	}
	if s.row == nil {
		return p, true
	}
	first := ""
	for _, c := range columns { // the one that was given, rather than one that it must agree with
		name := s.row.kind.writer(c)
		if name == "" {
			continue
		}
		if _, given := s.row.input[name]; given || first == "" {
			first = name
			if given {
				break
			}
		}
	}
	if first != "" {
		p.Path = below(s.path, first)
	}
	return p, true
}
