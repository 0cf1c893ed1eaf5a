package change

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// writing is the work on one input of one record: reading it, looking up what it speaks of, writing it.
type writing struct {
	*reading
	tx     *sql.Tx
	author string // who is noted as the translator of texts
	root   *row
	locale string // original language of the record
	was    string // the one that it had before this change; "" if it had none
	public bool   // the record is published

	texts map[textOf][]translation // there already
	added []addition
}

// apply writes one input of a record. Nothing has been written if there are problems. The version of a record is counted by the caller.
func (m *Model) apply(ctx context.Context, tx *sql.Tx, author string, root *row, state string) ([]Problem, error) {
	w := &writing{reading: &reading{model: m}, tx: tx, author: author, root: root, public: state == "PUBLISHED"}
	if size(root.input) > maxElements {
		w.say(root.path, Invalid, "one change may have at most %d rows, texts and links", "لا يجوز أن يتجاوز التغيير الواحد %d عنصراً", maxElements)
		return w.problems, nil
	}
	w.element(root)
	if len(w.problems) > 0 {
		return w.problems[:min(len(w.problems), maxProblems)], nil
	}
	if err := w.allot(ctx); err != nil {
		return nil, err
	}
	if err := w.lookUp(ctx); err != nil {
		return nil, err
	}
	changes := w.wording()
	if len(w.problems) > 0 {
		return w.problems, nil
	}
	if _, err := tx.ExecContext(ctx, "savepoint input"); err != nil {
		return nil, fmt.Errorf("write a change: %w", err)
	}
	err := run(ctx, tx, w.statements(changes, false))
	if err == nil {
		return nil, nil
	}
	if _, ok := Refusal(err); !ok || LostRace(err) { // no row is to blame for a race
		return nil, fmt.Errorf("write a change: %w", err)
	}
	return w.blame(ctx, w.statements(changes, true))
}

// blame finds out which row the database refuses: all are written once more, one at a time, until it does.
func (w *writing) blame(ctx context.Context, list []statement) ([]Problem, error) {
	if _, err := w.tx.ExecContext(ctx, "rollback to savepoint input"); err != nil {
		return nil, fmt.Errorf("write a change: %w", err)
	}
	for _, s := range list {
		err := run(ctx, w.tx, []statement{s})
		if err == nil {
			continue
		}
		if p, ok := w.model.refusal(err, s); ok {
			return []Problem{p}, nil
		}
		return nil, fmt.Errorf("write a change: %w", err)
	}
	return nil, fmt.Errorf("write a change: rows were refused together that are accepted one by one")
}

// allot gives new rows their keys, so that parts and texts can be written along with them. The input notes the key of a part, by which a
// waiting change finds it again.
func (w *writing) allot(ctx context.Context) error {
	wanted, rows := map[string]int{}, map[string][]*row{}
	for _, r := range w.rows {
		if r.isNew && r.key == 0 {
			wanted[r.kind.name]++
			rows[r.kind.name] = append(rows[r.kind.name], r)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	raw, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("set keys aside: %w", err)
	}
	return query(ctx, w.tx, "set keys aside", "select kind, key from base.new_keys($1::jsonb)", []any{string(raw)}, func(r *sql.Rows) error {
		var kind string
		var key int64
		if err := r.Scan(&kind, &key); err != nil {
			return err
		}
		next := rows[kind]
		next[0].key = key
		if next[0].parent != nil {
			next[0].input[newKey] = strconv.FormatInt(key, 10)
		}
		rows[kind] = next[1:]
		return nil
	})
}

// lookUp asks, in one statement, whether all that the input speaks of is there: parts of this record, records that the actor sees, and the
// texts that there are already.
func (w *writing) lookUp(ctx context.Context) error {
	b := &batch{}
	branch := func(parts ...string) {
		if b.sql.Len() > 0 {
			b.add("\nunion all ")
		}
		b.add(parts...)
	}
	type list struct {
		via    *field
		parent *row
	}
	owned := map[list]map[int64][]string{} // keys of parts, with their places in the input
	for _, r := range w.rows {
		if r.parent != nil && !r.isNew {
			at := list{r.via, r.parent}
			if owned[at] == nil {
				owned[at] = map[int64][]string{}
			}
			owned[at][r.key] = below(r.path, "id")
		}
		for _, x := range r.removed {
			at := list{x.via, r}
			if owned[at] == nil {
				owned[at] = map[int64][]string{}
			}
			owned[at][x.key] = x.path
		}
	}
	var lists []list
	for at, wanted := range owned {
		n := strconv.Itoa(len(lists))
		lists = append(lists, at)
		branch("select 'part', '", n, "', t.id, null, null, null, null from ", at.via.to.sql(), " t where t.", quote(at.via.foreign), " = ", b.typed(at.parent.key, "bigint"))
		if at.via.kindColumn != "" {
			b.add(" and t.", quote(at.via.kindColumn), " = ", b.typed(at.via.kindValue, "text"))
		}
		b.add(" and t.id = any (", b.typed(keys(sorted(wanted)), "bigint[]"), ")")
	}
	others := map[*kind]map[int64][]string{}
	for _, x := range w.references {
		if others[x.kind] == nil {
			others[x.kind] = map[int64][]string{}
		}
		others[x.kind][x.key] = x.path
	}
	for k, wanted := range others { // through the view of the reader: what he does not see is not there
		list := "null"
		if k.has("list") {
			list = "t.list"
		}
		branch("select 'record', '", k.name, "', t.id, ", list, ", null, null, null from ", quote(k.table), " t where t.id = any (", b.typed(keys(sorted(wanted)), "bigint[]"), ")")
	}
	texts := map[*kind][]int64{}
	for _, r := range w.rows {
		if !r.isNew && len(r.texts) > 0 {
			texts[r.kind] = append(texts[r.kind], r.key)
		}
	}
	for k, of := range texts {
		branch("select 'text', t.subject_kind, t.subject_id, t.field, t.locale, t.status, t.text from base.translation t where t.subject_kind = ", b.typed(k.name, "text"),
			" and t.subject_id = any (", b.typed(keys(of), "bigint[]"), ")")
	}
	if w.root.isNew || !w.root.kind.has("original_locale") {
		w.locale = "ar"
	} else {
		branch("select 'locale', t.original_locale, t.id, null, null, null, null from ", w.root.kind.sql(), " t where t.id = ", b.typed(w.root.key, "bigint"))
	}
	for _, v := range w.root.values {
		if l, ok := v.v.(string); ok && v.column.name == "original_locale" {
			w.locale = l
		}
	}
	w.texts = map[textOf][]translation{}
	if b.sql.Len() == 0 {
		return nil
	}
	codes := map[int64]string{}
	given := w.locale
	err := query(ctx, w.tx, "look up what a change speaks of", b.sql.String(), b.args, func(r *sql.Rows) error {
		var what, a string
		var key int64
		var x [4]sql.NullString
		if err := r.Scan(&what, &a, &key, &x[0], &x[1], &x[2], &x[3]); err != nil {
			return err
		}
		switch what {
		case "part":
			n, err := strconv.Atoi(a)
			if err != nil {
				return err
			}
			delete(owned[lists[n]], key)
		case "record":
			delete(others[w.model.kinds[a]], key)
			codes[key] = x[0].String
		case "text":
			of := textOf{a, key, x[0].String}
			w.texts[of] = append(w.texts[of], translation{x[1].String, x[2].String, x[3].String})
		case "locale":
			w.was = a
			if given == "" {
				w.locale = a
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, at := range lists {
		for _, key := range sorted(owned[at]) {
			w.notFound(owned[at][key])
		}
	}
	for _, x := range w.references {
		if _, missing := others[x.kind][x.key]; missing {
			w.notFound(x.path)
		} else if list := codes[x.key]; x.list != "" && x.kind.has("list") && list != x.list {
			w.say(x.path, Invalid, "this is a code of the list %s; one of the list %s is wanted", "هذا رمز من القائمة %s، والمطلوب رمز من القائمة %s", list, x.list)
		}
	}
	return nil
}

func sorted(m map[int64][]string) []int64 {
	out := make([]int64, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// statements are the SQL of the change: what goes, the record, its parts from the outside in, links, texts. Rows of one table are
// added by one statement, or each by its own if that is to be found which is refused.
func (w *writing) statements(texts []statement, single bool) (out []statement) {
	for _, r := range w.rows {
		for _, x := range r.removed {
			out = append(out, statement{path: x.path, write: func(b *batch) {
				b.add("delete from ", x.via.to.sql(), " where id = ", b.typed(x.key, "bigint"), " and ", quote(x.via.foreign), " = ", b.typed(r.key, "bigint"))
			}})
		}
	}
	for _, r := range w.rows {
		if !r.isNew && len(r.values) > 0 {
			out = append(out, statement{path: r.path, row: r, write: func(b *batch) {
				b.add("update ", r.kind.sql(), " set ")
				for i, v := range r.values {
					if i > 0 {
						b.add(", ")
					}
					b.add(quote(v.column.name), " = ", b.typed(v.v, v.column.sqlType))
				}
				b.add(" where id = ", b.typed(r.key, "bigint"))
			}})
		}
	}
	fresh := slices.DeleteFunc(slices.Clone(w.rows), func(r *row) bool { return !r.isNew })
	slices.SortStableFunc(fresh, func(a, b *row) int {
		if a.depth != b.depth {
			return a.depth - b.depth
		}
		return strings.Compare(a.kind.name, b.kind.name)
	})
	for len(fresh) > 0 {
		n := 1
		for !single && n < len(fresh) && n < 500 && fresh[n].kind == fresh[0].kind && fresh[n].depth == fresh[0].depth {
			n++
		}
		rows := fresh[:n]
		fresh = fresh[n:]
		out = append(out, statement{path: rows[0].path, row: rows[0], write: func(b *batch) { w.insert(b, rows) }})
	}
	for _, r := range w.rows {
		for _, x := range r.links {
			out = append(out, statement{path: x.path, write: func(b *batch) { w.link(b, r, x) }})
		}
	}
	// A text that the input changes is written as what it will be, and one that it adds can become the original only when it is there.
	if w.swaps() {
		out = append(out, w.swap(false))
	}
	out = append(out, texts...)
	for added := w.added; len(added) > 0; {
		n := 1
		if !single {
			n = len(added)
		}
		list := added[:n]
		added = added[n:]
		out = append(out, statement{path: list[0].path, write: func(b *batch) { w.addTexts(b, list) }})
	}
	if w.swaps() {
		out = append(out, w.swap(true))
	}
	return out
}

// insert adds rows of one table. What a row does not give is left to the table.
func (w *writing) insert(b *batch, rows []*row) {
	k := rows[0].kind
	columns := []string{"id"}
	add := func(name string) {
		if !slices.Contains(columns, name) {
			columns = append(columns, name)
		}
	}
	values := make([]map[string]string, len(rows))
	for i, r := range rows {
		set := map[string]string{"id": b.typed(r.key, "bigint")}
		values[i] = set
		for _, v := range r.values {
			set[v.column.name] = b.typed(v.v, v.column.sqlType)
			add(v.column.name)
		}
		if r.parent == nil {
			if _, ok := set["code"]; !ok && w.model.codes[k.table] {
				set["code"] = "base.next_code(" + b.typed(k.name, "text") + ")"
				add("code")
			}
			continue
		}
		set[r.via.foreign] = b.typed(r.parent.key, "bigint")
		add(r.via.foreign)
		if r.via.kindColumn != "" {
			set[r.via.kindColumn] = b.typed(r.via.kindValue, "text")
			add(r.via.kindColumn)
		}
		if k.has("published") {
			set["published"] = b.typed(w.public, "boolean")
			add("published")
		}
		if _, ok := set["position"]; !ok && k.position {
			set["position"] = b.typed(int64(r.place), "integer")
			if !r.parent.isNew {
				last := "(select coalesce(max(x.position) + 1, 0) from " + k.sql() + " x where x." + quote(r.via.foreign) + " = " + set[r.via.foreign]
				if r.via.kindColumn != "" {
					last += " and x." + quote(r.via.kindColumn) + " = " + set[r.via.kindColumn]
				}
				set["position"] += " + " + last + ")"
			}
			add("position")
		}
	}
	b.add("insert into ", k.sql(), " (")
	for i, c := range columns {
		b.add(map[bool]string{true: ", ", false: ""}[i > 0], quote(c))
	}
	b.add(") values ")
	for i, set := range values {
		b.add(map[bool]string{true: ", (", false: "("}[i > 0])
		for j, c := range columns {
			v, ok := set[c]
			if !ok {
				v = "default"
			}
			b.add(map[bool]string{true: ", ", false: ""}[j > 0], v)
		}
		b.add(")")
	}
}

// link makes a link or undoes it; one that is there, or is not, stays so.
func (w *writing) link(b *batch, r *row, x linking) {
	f := x.via
	if x.unlink {
		b.add("delete from base.", quote(f.between), " where ", quote(f.betweenBase), " = ", b.typed(r.key, "bigint"), " and ", quote(f.betweenTarget), " = ", b.typed(x.key, "bigint"))
		return
	}
	b.add("insert into base.", quote(f.between), " (", quote(f.betweenBase), ", ", quote(f.betweenTarget))
	if f.betweenPublished {
		b.add(", published")
	}
	b.add(") values (", b.typed(r.key, "bigint"), ", ", b.typed(x.key, "bigint"))
	if f.betweenPublished {
		b.add(", ", b.typed(w.public, "boolean"))
	}
	b.add(") on conflict do nothing")
}
