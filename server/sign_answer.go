package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"taawun/graph"
	"taawun/server/account"
)

// codeTooMany tells a client to wait as long as the header Retry-After says.
const codeTooMany graph.Code = "TOO_MANY_ATTEMPTS"

// readJSON takes a JSON object from the body of a request, and nothing else: a form, which a browser sends without asking first,
// would open the door to forged requests.
func (g *gate) readJSON(w http.ResponseWriter, r *http.Request, into any) *problem {
	if wrong := checkContent(r.Header); wrong != nil {
		return wrong
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, g.maxBody))
	if err != nil {
		return unreadable(err, g.maxBody)
	}
	if err := decode(body, into); err != nil {
		return badRequest("The request body is not the JSON object that is expected here.", "نص الطلب ليس كائن JSON المتوقع هنا.")
	}
	return nil
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", mediaJSON+"; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(value) // the client may have gone
}

// refuse answers what the package account refuses, or fails to do.
func (g *gate) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p, argument := explainRefusal(err)
	if p == nil {
		g.fail(w, r, err)
		return
	}
	var throttled *account.Throttled
	if errors.As(err, &throttled) {
		w.Header().Set("Retry-After", strconv.Itoa(throttled.Seconds()))
	} else if errors.Is(err, account.ErrBusy) {
		w.Header().Set("Retry-After", "1")
	}
	if errors.Is(err, account.ErrProvider) {
		entryOf(r.Context()).cause = err
	}
	errs := p.errors()
	if argument != "" {
		errs[0].Extensions["argument"] = argument
	}
	writeErrors(w, r, p.status, errs)
}

// explainRefusal says what was wrong, to people; nil if it was not the request. Argument is the input that it was.
func explainRefusal(err error) (p *problem, argument string) {
	var refused *account.Refusal
	var throttled *account.Throttled
	switch {
	case errors.As(err, &refused):
		return badRequest(refused.Message, refused.MessageAr), refused.Field
	case errors.As(err, &throttled):
		seconds := throttled.Seconds()
		return &problem{
			http.StatusTooManyRequests, codeTooMany,
			fmt.Sprintf("Too many attempts have failed. Wait %d s and try again.", seconds), fmt.Sprintf("فشلت محاولات كثيرة. انتظر %d ثانية ثم حاول من جديد.", seconds),
		}, ""
	case errors.Is(err, account.ErrWrong):
		return &problem{http.StatusUnauthorized, graph.CodeUnauthenticated, "The login or the password is wrong.", "اسم الدخول أو كلمة المرور غير صحيح."}, ""
	case errors.Is(err, account.ErrLink):
		return &problem{
			http.StatusNotFound, graph.CodeNotFound,
			"This link is not valid: it has been used, replaced, or is older than 24 hours. Ask for a new one.", "هذا الرابط غير صالح: إما أنه استُعمل أو استُبدل أو مضى عليه أكثر من 24 ساعة. اطلب رابطاً جديداً.",
		}, ""
	case errors.Is(err, account.ErrStranger):
		return &problem{
			http.StatusForbidden, graph.CodeForbidden,
			"There is no account here for you. An administrator can make one with your verified e-mail address.", "لا يوجد حساب لك هنا. يستطيع مدير النظام إنشاء حساب ببريدك الإلكتروني المثبت.",
		}, ""
	case errors.Is(err, account.ErrNobody):
		return &problem{http.StatusUnauthorized, graph.CodeUnauthenticated, "This sign-in is not valid any more. Begin again.", "لم تعد عملية الدخول هذه صالحة. ابدأ من جديد."}, ""
	case errors.Is(err, account.ErrUnknown):
		return &problem{http.StatusNotFound, graph.CodeNotFound, "There is no such account, session or token.", "لا يوجد حساب أو جلسة أو رمز كهذا."}, ""
	case errors.Is(err, account.ErrNotConfigured):
		return &problem{http.StatusNotFound, graph.CodeNotFound, "No OpenID Connect provider is configured.", "لم يُضبط مزوّد OpenID Connect."}, ""
	case errors.Is(err, account.ErrBusy):
		return &problem{http.StatusServiceUnavailable, graph.CodeUnavailable, "Too many people sign in at this moment. Try again.", "عدد كبير من الناس يدخلون الآن. حاول من جديد."}, ""
	case errors.Is(err, account.ErrProvider):
		return &problem{
			http.StatusBadGateway, graph.CodeUnavailable,
			"The OpenID Connect provider does not answer as it should. Try again, or sign in with your password.", "لا يجيب مزوّد OpenID Connect كما ينبغي. حاول من جديد أو ادخل بكلمة المرور.",
		}, ""
	}
	return nil, ""
}

// identityAnswer is what /auth/me and every sign-in answer.
type identityAnswer struct {
	Account   *accountAnswer  `json:"account"` // null: nobody has signed in
	Roles     []string        `json:"roles"`
	Grants    []account.Grant `json:"grants"`
	Token     *tokenAnswer    `json:"token"` // null in a session
	ExpiresAt *time.Time      `json:"expiresAt"`
	Oidc      bool            `json:"oidc"`  // one may sign in by the provider, too
	Mails     bool            `json:"mails"` // the server can send the daily digest
}

type accountAnswer struct {
	ID     string `json:"id"`
	Login  string `json:"login"`
	Name   string `json:"name"`
	Email  string `json:"email,omitempty"`
	Locale string `json:"locale"`
}

type tokenAnswer struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	ReadOnly bool   `json:"readOnly"`
}

func (g *gate) describe(who *account.Identity) identityAnswer {
	out := identityAnswer{Roles: []string{}, Grants: []account.Grant{}, Oidc: g.oidc, Mails: g.mails}
	if who == nil {
		return out
	}
	out.Account = &accountAnswer{publicID(prefixAccount, who.Account), who.Login, who.Name, who.Email, who.Locale}
	out.Roles, out.Grants = append(out.Roles, who.Roles...), append(out.Grants, who.Grants...)
	ends := who.ExpiresAt.UTC().Truncate(time.Second)
	out.ExpiresAt = &ends
	if who.Token != nil {
		out.Token = &tokenAnswer{publicID(prefixToken, who.Token.ID), who.Token.Name, who.Token.ReadOnly}
	}
	return out
}

// The prefixes of public ids, as in the contract.
const (
	prefixAccount = "acc_"
	prefixToken   = "tok_"
)

func publicID(prefix string, key int64) string { return prefix + strconv.FormatInt(key, 16) }

// signedIn wants somebody who has signed in with a browser: a token is no way to change how its person signs in.
func signedIn(r *http.Request) (*visitor, *problem) {
	switch who := visitorOf(r.Context()); {
	case who == nil:
		return nil, &problem{http.StatusUnauthorized, graph.CodeUnauthenticated, "Sign in first.", "سجّل الدخول أولاً."}
	case who.session == "":
		return nil, &problem{http.StatusForbidden, graph.CodeForbidden, "This cannot be done with a token: sign in.", "لا يُفعل هذا برمز: سجّل الدخول."}
	default:
		return who, nil
	}
}

// asked reads what somebody who is signed in has sent. Of what is wrong with both the request and the sign-in, it says the former.
func (g *gate) asked(w http.ResponseWriter, r *http.Request, into any) (*visitor, *problem) {
	wrong := g.readJSON(w, r, into)
	who, nobody := signedIn(r)
	if wrong == nil {
		wrong = nobody
	}
	return who, wrong
}

// administers wants an administrator.
func administers(who *visitor) *problem {
	if who.Has("ADMINISTRATOR") {
		return nil
	}
	return &problem{http.StatusForbidden, graph.CodeForbidden, "Only an administrator may do this.", "لا يفعل هذا إلا مدير النظام."}
}
