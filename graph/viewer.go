package graph

import (
	"context"
	"slices"
)

// Viewer is the signed-in person, or the script with a person's token, on whose behalf an operation runs. Whoever puts one into the
// context has made sure of it. PostgreSQL decides by Account and Token what is seen and written; Roles only say which fields of the
// contract may be asked for.
type Viewer struct {
	// Account is the key of the account, Token that of the API token in use, 0 for a session.
	Account, Token int64
	// Name is what people call the account.
	Name string
	// Roles are those that may be used now, as values of the enum Audience: for a token, the ones it was given. A viewer without roles
	// counts as signed in; PostgreSQL shows him what the public sees, and his own account.
	Roles []string
	// ReadOnly viewers, such as tokens for analyses, may not run mutations whatever their roles.
	ReadOnly bool
}

// Has says whether the viewer has a role; nobody has none.
func (v *Viewer) Has(role string) bool { return v != nil && slices.Contains(v.Roles, role) }

// employed says whether the viewer has any role.
func (v *Viewer) employed() bool { return v != nil && len(v.Roles) > 0 }

type viewerKey struct{}

// WithViewer says who asks; nil for nobody who has signed in.
func WithViewer(ctx context.Context, v *Viewer) context.Context {
	if v == nil && ViewerOf(ctx) == nil {
		return ctx
	}
	return context.WithValue(ctx, viewerKey{}, v)
}

// ViewerOf is who asks, or nil.
func ViewerOf(ctx context.Context) *Viewer {
	v, _ := ctx.Value(viewerKey{}).(*Viewer)
	return v
}
