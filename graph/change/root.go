package change

import "strings"

// Action is what a mutation of the contract does to a record.
type Action int

// The actions that every kind of record has, and the steps of those that go from draft to publication.
const (
	Create Action = iota
	Update
	Remove
	Submit
	Withdraw
	Return
	Publish
	Drop
	Resume
	Archive
	Restore
)

// Root is a mutation that follows from its name.
type Root struct {
	Action Action
	Kind   string // "" for the steps, which take records of every kind
}

// steps are the mutations that move a record of any kind.
var steps = map[string]Action{"submitRecord": Submit, "withdrawRecord": Withdraw, "returnRecord": Return, "publishRecord": Publish,
	"dropChange": Drop, "resumeChange": Resume, "archiveRecord": Archive, "restoreRecord": Restore}

// Root says what a mutation does; false for one that has a writer of its own.
func (m *Model) Root(name string) (Root, bool) {
	if a, ok := steps[name]; ok {
		return Root{Action: a}, true
	}
	for prefix, a := range map[string]Action{"create": Create, "update": Update, "remove": Remove} {
		if kind, ok := strings.CutPrefix(name, prefix); ok && m.contract.Types[kind+"Input"] != nil {
			return Root{a, kind}, true
		}
	}
	return Root{}, false
}
