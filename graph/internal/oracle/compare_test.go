package oracle

import (
	"fmt"
	"reflect"
	"time"
)

// cursors knows which place each cursor seen so far stands for. A cursor is opaque: one place has one cursor in one order,
// and two places never share one; more is not asked of it.
type cursors struct {
	byText  map[string]*mark
	byPlace map[string]string
}

func newCursors() *cursors {
	return &cursors{map[string]*mark{}, map[string]string{}}
}

// mark is the place that a cursor stands for, nil for no cursor.
func (c *cursors) mark(cursor any) *mark {
	if cursor == nil {
		return nil
	}
	m := c.byText[cursor.(string)]
	if m == nil {
		panic(fmt.Sprintf("cursor %v was never given", cursor))
	}
	return m
}

// text is the cursor of a place, "" if none was given yet.
func (c *cursors) text(m *mark) string { return c.byPlace[m.String()] }

// learn takes a cursor of an answer for a place, unless either is known otherwise.
func (c *cursors) learn(text string, m *mark) error {
	if known := c.byText[text]; known != nil && known.String() != m.String() {
		return fmt.Errorf("the cursor %s of %s stands for %s already", text, m, known)
	}
	if known := c.byPlace[m.String()]; known != "" && known != text {
		return fmt.Errorf("%s has the cursors %s and %s", m, known, text)
	}
	c.byText[text], c.byPlace[m.String()] = m, text
	return nil
}

// differ says where an answer differs from what the oracle expects, nil if it does not. Members must come in their order.
func (c *cursors) differ(at string, want, got any) error {
	switch want := want.(type) {
	case object:
		o, ok := got.(object)
		if !ok {
			break
		}
		for i, m := range want {
			if i >= len(o) || o[i].name != m.name {
				return fmt.Errorf("%s: want the members %v, got %v", at, names(want), names(o))
			}
			if err := c.differ(at+"."+m.name, m.value, o[i].value); err != nil {
				return err
			}
		}
		if len(o) > len(want) {
			return fmt.Errorf("%s: want the members %v, got %v", at, names(want), names(o))
		}
		return nil
	case []any:
		l, ok := got.([]any)
		if !ok {
			break
		}
		for i := range min(len(want), len(l)) {
			if err := c.differ(fmt.Sprintf("%s[%d]", at, i), want[i], l[i]); err != nil {
				return err
			}
		}
		if len(want) != len(l) {
			return fmt.Errorf("%s: want %d items, got %d", at, len(want), len(l))
		}
		return nil
	case *mark:
		if s, ok := got.(string); ok && s != "" {
			if err := c.learn(s, want); err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
			return nil
		}
	case moment:
		if s, ok := got.(string); ok {
			t, err := time.Parse(time.RFC3339Nano, s)
			if _, offset := t.Zone(); err == nil && offset == 0 && t.Equal(time.Time(want)) {
				return nil
			}
		}
	default:
		if reflect.DeepEqual(want, got) {
			return nil
		}
		if a, ok := number(want); ok {
			if b, ok := number(got); ok && a == b {
				return nil
			}
		}
	}
	return fmt.Errorf("%s: want %s, got %s", at, brief(want), brief(got))
}

func brief(v any) string {
	if m, ok := v.(moment); ok {
		v = time.Time(m)
	}
	s := fmt.Sprintf("%#v", v)
	if m, ok := v.(*mark); ok {
		s = "the cursor of " + m.String()
	}
	if len(s) > 300 {
		s = s[:300] + "…"
	}
	return s
}

func names(o object) (out []string) {
	for _, m := range o {
		out = append(out, m.name)
	}
	return out
}
