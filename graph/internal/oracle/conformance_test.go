package oracle

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/db/dbtest"
)

// TestContractIsDescribed holds the contract to its word that it is the analysts' manual.
func TestContractIsDescribed(t *testing.T) {
	t.Parallel()
	s, err := readContract()
	if err != nil {
		t.Fatal(err)
	}
	elements := 0
	described := func(what, description string) {
		elements++
		if strings.TrimSpace(description) == "" {
			t.Errorf("%s has no description", what)
		}
	}
	arguments := func(what string, all ast.ArgumentDefinitionList) {
		for _, a := range all {
			described(what+"("+a.Name+")", a.Description)
		}
	}
	for name, d := range s.Types {
		if d.BuiltIn {
			continue
		}
		described(name, d.Description)
		for _, f := range d.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				described(name+"."+f.Name, f.Description)
				arguments(name+"."+f.Name, f.Arguments)
			}
		}
		for _, v := range d.EnumValues {
			described(name+"."+v.Name, v.Description)
		}
	}
	for name, d := range s.Directives {
		if d.Position != nil && d.Position.Src != nil && !d.Position.Src.BuiltIn {
			described("@"+name, d.Description)
			arguments("@"+name, d.Arguments)
		}
	}
	if elements < 1000 {
		t.Errorf("only %d elements were looked at", elements)
	}
}

// catalog is what the database says about the tables.
type catalog struct {
	columns    map[string]map[string]catalogColumn // by table or view of base
	views      map[string][]string                 // columns of the views of pub, staff and asof: pub.project → id, …
	indexes    map[string][][]string               // by table: the columns of each index
	references map[string]string                   // by table.column: the table referred to
	values     map[string][]string                 // by table.column: what a CHECK allows
	isView     map[string]bool
}

type catalogColumn struct {
	sqlType string
	notNull bool
}

func readCatalog(t *testing.T, owner *bun.DB) *catalog {
	c := &catalog{map[string]map[string]catalogColumn{}, map[string][]string{}, map[string][][]string{}, map[string]string{}, nil, map[string]bool{}}
	for _, r := range readRows(t.Context(), t, owner, `select json_build_object('schema', n.nspname, 'table', c.relname, 'column', a.attname, 'view', c.relkind = 'v',
		  'type', format_type(a.atttypid, null), 'required', a.attnotnull)::text
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where n.nspname in ('base', 'pub', 'staff', 'asof') and c.relkind in ('r', 'v')`) {
		table, column := r["table"].(string), r["column"].(string)
		if r["schema"] != "base" {
			view := r["schema"].(string) + "." + table
			c.views[view] = append(c.views[view], column)
			continue
		}
		if c.columns[table] == nil {
			c.columns[table] = map[string]catalogColumn{}
		}
		c.columns[table][column] = catalogColumn{r["type"].(string), r["required"] == true}
		c.isView[table] = r["view"] == true
	}
	for _, r := range readRows(t.Context(), t, owner, `select json_build_object('table', c.relname, 'columns', (
		  select array_agg(pg_get_indexdef(i.indexrelid, n, true) order by n) from generate_series(1, i.indnkeyatts) n))::text
		from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'base'::regnamespace`) {
		var columns []string
		for _, column := range r["columns"].([]any) {
			columns = append(columns, strings.Trim(column.(string), `"`))
		}
		c.indexes[r["table"].(string)] = append(c.indexes[r["table"].(string)], columns)
	}
	for _, r := range readRows(t.Context(), t, owner, `select json_build_object('table', c.relname, 'column', a.attname, 'to', f.relname)::text
		from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
		join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey) and a.attname <> 'published'
		where k.contype = 'f' and c.relnamespace = 'base'::regnamespace`) {
		c.references[r["table"].(string)+"."+r["column"].(string)] = r["to"].(string)
	}
	c.values = readSampleCatalog(t.Context(), t, owner).values
	return c
}

// indexed says whether an index of a table starts with these columns.
func (c *catalog) indexed(table string, columns ...string) bool {
	return slices.ContainsFunc(c.indexes[table], func(index []string) bool {
		return len(index) >= len(columns) && slices.Equal(index[:len(columns)], columns)
	})
}

// TestConformance compares contract, structs and database, each with the others.
func TestConformance(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	contract := newContract(t, d.Owner())
	c := readCatalog(t, d.Owner())
	t.Run("columns", func(t *testing.T) { c.testColumns(t, contract) })
	t.Run("views", c.testViews)
	t.Run("enums", func(t *testing.T) { c.testEnums(t, contract) })
	t.Run("links", func(t *testing.T) { c.testLinks(t, contract) })
	t.Run("orders", func(t *testing.T) { c.testOrders(t, contract) })
}

// testColumns compares structs and tables.
func (c *catalog) testColumns(t *testing.T, contract *contract) {
	mapped := map[string]bool{}
	for name, e := range contract.entities {
		table := e.table.Name
		columns := c.columns[table]
		if columns == nil {
			continue // rows of a function
		}
		mapped[table] = true
		fields := map[string]*schema.Field{}
		for _, f := range e.table.FieldMap {
			fields[f.Name] = f
			column, ok := columns[f.Name]
			if !ok {
				if !slices.Contains(c.views["staff."+table], f.Name) {
					t.Errorf("%s.%s: %s has no column %s", name, f.GoName, table, f.Name)
				}
				continue // computed in the view
			}
			want := map[string]string{"timestamptz": "timestamp with time zone"}[sqlType(f)]
			if want == "" {
				want = sqlType(f)
			}
			if column.sqlType != want {
				t.Errorf("%s.%s is %s in the struct and %s in the table", name, f.GoName, want, column.sqlType)
			}
			embedded := len(f.Index) > 1 // a part of an object says nothing about null
			if required := f.NotNull || f.IsPK; required != column.notNull && !embedded && !c.isView[table] && f.Name != "published" {
				t.Errorf("%s.%s: not null is %t in the struct and %t in the table", name, f.GoName, required, column.notNull)
			}
		}
		for column := range columns {
			// The views decide by published, the history by since, functions find by words; few others need them. What is stated of an agreement, and
			// what its life is kept by, stand beside what follows; what the history keeps stands behind what it tells of that.
			if fields[column] == nil && fields["told_"+column] == nil && !strings.HasPrefix(column, "stated_") &&
				!slices.Contains([]string{"published", "since", "words", "lived_at", "derived_at", "term_end", "notice_on", "rolls_on"}, column) {
				t.Errorf("%s.%s has no field in %s", table, column, name)
			}
		}
	}
	for table := range c.columns {
		if !mapped[table] && !c.internal(table) && table != "file_content" { // read over HTTP, not through the contract
			t.Errorf("the table %s has no struct", table)
		}
	}
}

// internal tables are no reader's: nothing of them is shown.
func (c *catalog) internal(table string) bool {
	return c.views["staff."+table] == nil && c.views["pub."+table] == nil
}

// testViews compares what the readers see with the tables. A column that is hidden from the public is there, and null.
func (c *catalog) testViews(t *testing.T) {
	for table, columns := range c.columns {
		for column := range columns {
			if c.internal(table) || column == "since" {
				continue
			}
			for _, reader := range []string{"staff", "pub", "asof"} {
				if !slices.Contains(c.views[reader+"."+table], column) {
					t.Errorf("%s does not have %s.%s", reader, table, column)
				}
			}
		}
	}
}

// testEnums compares the enums of the contract with the CHECKs of the tables.
func (c *catalog) testEnums(t *testing.T, contract *contract) {
	compared := 0
	for name, e := range contract.entities {
		if contract.Types[name] == nil || c.columns[e.table.Name] == nil {
			continue
		}
		for _, f := range contract.Types[name].Fields {
			column := e.column(f.Name)
			if column == nil || f.Type.Elem != nil {
				continue // a CHECK of a list is written otherwise
			}
			_, stored := c.columns[e.table.Name][column.Name]
			allowed := slices.Sorted(slices.Values(c.values[e.table.Name+"."+column.Name]))
			var offered []string
			if d := contract.Types[f.Type.Name()]; d.Kind == ast.Enum {
				for _, v := range d.EnumValues {
					offered = append(offered, v.Name)
				}
			}
			slices.Sort(offered)
			// what has no names that a contract could use, such as media types, is no enum
			named := !slices.ContainsFunc(allowed, func(v string) bool { return strings.Contains(v, "/") })
			if stored && named && !c.isView[e.table.Name] && !slices.Equal(allowed, offered) {
				t.Errorf("%s.%s is one of %v in the contract and of %v in the table", name, f.Name, offered, allowed)
			}
			if len(offered) > 0 {
				compared++
			}
		}
	}
	if compared < 20 {
		t.Errorf("only %d enums were compared", compared)
	}
}

// testLinks looks for what serves each link: a foreign key, and an index on the side from which rows are looked for.
func (c *catalog) testLinks(t *testing.T, contract *contract) {
	for name, e := range contract.entities {
		for link, r := range e.table.Relations {
			at := name + "." + link
			switch {
			case c.columns[e.table.Name] == nil || c.isView[e.table.Name]:
				continue // rows of a function, or the view's tables have their own
			case r.Type == schema.HasManyRelation && c.isView[r.JoinTable.Name]:
				continue // the view's tables have theirs
			case r.Type == schema.BelongsToRelation:
				if to := c.references[e.table.Name+"."+r.BasePKs[0].Name]; to != r.JoinTable.Name {
					t.Errorf("%s: no foreign key on %s.%s", at, e.table.Name, r.BasePKs[0].Name)
				}
			case r.Type == schema.ManyToManyRelation:
				if !c.isView[r.M2MTable.Name] && !c.indexed(r.M2MTable.Name, r.M2MBasePKs[0].Name) {
					t.Errorf("%s: no index on %s.%s", at, r.M2MTable.Name, r.M2MBasePKs[0].Name)
				}
			case r.PolymorphicField != nil && r.PolymorphicField.Name == "subject_kind":
				if !c.indexed(r.JoinTable.Name, r.PolymorphicField.Name, r.JoinPKs[0].Name) {
					t.Errorf("%s: no index on %s (%s, %s)", at, r.JoinTable.Name, r.PolymorphicField.Name, r.JoinPKs[0].Name)
				}
			default:
				if !c.indexed(r.JoinTable.Name, r.JoinPKs[0].Name) && (r.PolymorphicField == nil || !c.indexed(r.JoinTable.Name, r.PolymorphicField.Name, r.JoinPKs[0].Name)) {
					t.Errorf("%s: no index on %s.%s", at, r.JoinTable.Name, r.JoinPKs[0].Name)
				}
			}
		}
	}
}

// small are the tables whose rows are counted in thousands, where sorting them takes some milliseconds: no index for each order.
var small = []string{"Account", "AdministrativeUnit", "Agreement", "CodeList", "CodeListItem", "DataSet", "Evaluation", "MinistryUnit", "Obligation", "Organization", "Page", "PendingChange", "TranslationRequest"}

// testOrders looks for the index behind each order of a whole table that can be large. Within one record rows are few.
func (c *catalog) testOrders(t *testing.T, contract *contract) {
	served := 0
	for _, root := range contract.Query.Fields {
		e := contract.element(root.Type.Name())
		if e == nil || slices.Contains(small, e.name) || c.isView[e.table.Name] {
			continue
		}
		for _, v := range contract.Types[e.name+"OrderField"].EnumValues {
			column := e.column(v.Name)
			if column == nil {
				column = e.embedded(v.Name)[0]
			}
			if served++; !c.indexed(e.table.Name, column.Name) {
				t.Errorf("%s by %s: no index on %s.%s", root.Name, v.Name, e.table.Name, column.Name)
			}
		}
	}
	if served == 0 {
		t.Error("no order was looked at")
	}
}

// TestRights tries, as the roles themselves, what they must not do.
func TestRights(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	c := readCatalog(t, d.Owner())
	for role, other := range map[db.Role]string{db.Public: "staff", db.Staff: "pub"} {
		own := map[db.Role]string{db.Public: "pub", db.Staff: "staff"}[role]
		pool := d.Server().Open(role, db.Pool{Connections: 1})
		t.Cleanup(func() {
			if err := pool.Close(); err != nil {
				t.Error(err)
			}
		})
		refused := func(statement string, codes ...string) {
			_, err := pool.ExecContext(t.Context(), statement)
			if err == nil || !slices.ContainsFunc(codes, func(code string) bool { return strings.Contains(err.Error(), "SQLSTATE="+code) }) {
				t.Errorf("%s: %s: want the refusal %v, got %v", role, statement, codes, err)
			}
		}
		if _, err := pool.ExecContext(t.Context(), "set default_transaction_read_only to off"); err != nil {
			t.Fatal(err)
		}
		const denied, unwritable = "42501", "55000" // a view over several tables takes no writes from anybody
		for table := range c.columns {
			if role == db.Public || c.internal(table) { // the staff has rights, which its rules narrow to those of the actor
				refused(fmt.Sprintf("select 1 from base.%q", table), denied)
				refused(fmt.Sprintf("delete from base.%q", table), denied, unwritable)
			}
			if c.internal(table) {
				continue
			}
			refused(fmt.Sprintf("select 1 from %s.%q", other, table), denied)
			refused(fmt.Sprintf("delete from %s.%q where false", own, table), denied, unwritable)
			column := c.views[own+"."+table][0]
			refused(fmt.Sprintf("insert into %s.%q (%q) select null where false", own, table, column), denied, unwritable)
			refused(fmt.Sprintf("update %s.%q set %[3]q = null where false", own, table, column), denied, unwritable)
			refused(fmt.Sprintf("truncate %s.%q", own, table), "42809") // a view
		}
		for _, schemaName := range []string{"base", "pub", "staff", "fn", "public"} {
			refused(fmt.Sprintf("create table %s.mine (id int)", schemaName), denied)
		}
		refused("call base.expose('Project', 'project')", denied)
		refused("create role friend", denied)
		refused("set role taawun", denied)
	}
	for _, r := range readRows(t.Context(), t, d.Owner(), `select json_build_object('function', p.oid::regprocedure)::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
		where p.prosecdef and n.nspname in ('base', 'pub', 'staff', 'asof', 'past', 'history', 'auth', 'fn', 'public')
		and not coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%'`) {
		t.Errorf("%v runs with the rights of its owner over whatever its caller's search_path names", r["function"])
	}
}
