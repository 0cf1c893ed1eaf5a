package graph

import (
	"fmt"
	"strings"
	"testing"
)

// Which codes an enumeration has the contract says; what they are called its administrators do.
func TestCodesOfEnumerationsStay(t *testing.T) {
	t.Parallel()
	d := written(t)
	if _, err := d.Owner().ExecContext(t.Context(), `insert into code_list (id, name) values (2304, 'Taawun-Colour');
		insert into code_list_item (id, list_id, list, code) values (36865, 2304, 'Taawun-Colour', 'RED')`); err != nil {
		t.Fatal(err)
	}
	g := staffed(t, d, 2)
	somebody := account(t, d, "somebody", "ADMINISTRATOR")
	const create = `mutation($input: CreateCodeListItemInput!) { createCodeListItem(input: $input) { codeListItem { code } ` + errorsAsked + ` } }`
	const update = `mutation($input: UpdateCodeListItemInput!) { updateCodeListItem(input: $input) { codeListItem { code version status } ` + errorsAsked + ` } }`
	const why = "the codes of this list belong to the system; only their names can be changed"
	for what, answer := range map[string]m{
		"a new code":     do(t, g, somebody, create, m{"input": m{"codeListItem": m{"codeListId": "cdl_900", "code": "BLUE"}}}),
		"a code retired": do(t, g, somebody, update, m{"input": m{"id": "cod_9001", "version": 1, "codeListItem": m{"status": "WITHDRAWN"}}}),
	} {
		if got := problems(answer); !strings.Contains(got, why) {
			t.Errorf("%s: %q", what, got)
		}
	}
	named := done(t, g, somebody, update, m{"input": m{"id": "cod_9001", "version": 1, "codeListItem": m{"name": texts("ar", "أحمر")}}})
	if got := fmt.Sprint(dig(named, "codeListItem", "version"), dig(named, "codeListItem", "status")); got != "2ACTIVE" {
		t.Errorf("a name: %v", named)
	}
}
