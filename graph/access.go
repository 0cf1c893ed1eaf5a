package graph

import (
	"context"
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The directives of the contract that say who may ask, and at which moment records are read.
const (
	access = "access"
	asOf   = "asOf"
)

// Audiences that are no roles.
const (
	everyone = "PUBLIC"
	signedIn = "SIGNED_IN"
)

// admit says whether a viewer, nil for nobody, is of an audience that a field is for.
func admit(v *Viewer, f *ast.FieldDefinition) bool {
	d := f.Directives.ForName(access)
	if d == nil {
		return true
	}
	for _, to := range d.Arguments.ForName("to").Value.Children {
		switch audience := to.Value.Raw; {
		case audience == everyone, audience == signedIn && v != nil, v.Has(audience):
			return true
		}
	}
	return false
}

// notAdmitted refuses a field.
func notAdmitted(v *Viewer, f *ast.Field) error {
	name := f.Name
	if f.ObjectDefinition != nil {
		name = f.ObjectDefinition.Name + "." + name
	}
	out := &Error{Code: CodeForbidden, Message: fmt.Sprintf("Your roles do not allow you to ask for %s.", name),
		MessageAr: fmt.Sprintf("لا تسمح لك أدوارك بطلب %s.", name)}
	if v == nil {
		out = &Error{Code: CodeUnauthenticated, Message: fmt.Sprintf("Sign in to ask for %s.", name),
			MessageAr: fmt.Sprintf("سجّل الدخول لطلب %s.", name)}
	}
	return located(out, f.Position)
}

// located says where in the document an error lies.
func located(err *Error, at *ast.Position) error {
	out := &gqlerror.Error{Err: err, Message: err.Message}
	if at != nil {
		out.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
	}
	return out
}

// admitOperation refuses an operation of a kind that is not for the viewer: changes by those who may only read, and the past for those
// who read as the public does.
func (g *Graph) admitOperation(ctx context.Context, op *ast.OperationDefinition) error {
	v := ViewerOf(ctx)
	if op.Operation == ast.Mutation && v != nil && v.ReadOnly {
		return located(&Error{Code: CodeForbidden, Message: "This token may only read; it cannot change anything.",
			MessageAr: "هذا الرمز مخصص للقراءة فقط ولا يسمح بإجراء أي تغيير."}, op.Position)
	}
	d := op.Directives.ForName(asOf)
	switch {
	case d == nil:
		return nil
	case v == nil:
		return located(&Error{Code: CodeUnauthenticated, Message: "Sign in to read the records of a past moment.",
			MessageAr: "سجّل الدخول لقراءة السجلات كما كانت في وقت سابق."}, d.Position)
	case !v.employed():
		return located(&Error{Code: CodeForbidden, Message: "Reading the records of a past moment takes a role in the ministry.",
			MessageAr: "قراءة السجلات كما كانت في وقت سابق تتطلب دوراً في الوزارة."}, d.Position)
	case g.past == nil:
		return located(&Error{Code: CodeUnavailable, Message: "The past cannot be read here.",
			MessageAr: "لا يمكن هنا قراءة السجلات كما كانت في وقت سابق."}, d.Position)
	}
	return nil
}
