// Package providertest gives tests a real OpenID Connect provider, the one of zitadel/oidc, on the loopback interface.
package providertest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"golang.org/x/text/language"
)

// Provider is a running provider, which knows one client and the people it was started with.
type Provider struct {
	Issuer                 string
	ClientID, ClientSecret string
}

// User is somebody whom the provider knows. The password of everybody is Password.
type User struct {
	Subject, Username, Email string
	Verified                 bool // the provider has verified the e-mail address
}

// Password is everybody's.
const Password = "verysecure"

// Start runs a provider until the test ends. It sends people back to redirect only.
func Start(t *testing.T, redirect string, users ...User) *Provider {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	p := &Provider{Issuer: server.URL, ClientID: "taawun", ClientSecret: "of the client"}
	known := people{}
	for _, u := range users {
		known[u.Subject] = &storage.User{
			ID: u.Subject, Username: u.Username, Password: Password, FirstName: u.Username, LastName: "x",
			Email: u.Email, EmailVerified: u.Verified, PreferredLanguage: language.Arabic,
		}
	}
	clients := map[string]*storage.Client{p.ClientID: storage.WebClient(p.ClientID, p.ClientSecret, redirect)}
	handler = exampleop.SetupServer(server.URL, storage.NewStorageWithClients(known, clients), nil, false)
	return p
}

// SignIn does at the provider what a person does in a browser, and returns the address that the provider sends him back to.
func (p *Provider) SignIn(t *testing.T, address, username string) *url.URL {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	// The browser follows the provider's own redirects, and stops at the one that leads back.
	browser := &http.Client{Jar: jar, CheckRedirect: func(next *http.Request, _ []*http.Request) error {
		if "http://"+next.URL.Host != p.Issuer {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	form, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(form.Body)
	if err != nil {
		t.Fatal(err)
	}
	form.Body.Close()
	request := regexp.MustCompile(`name="id" value="([^"]*)"`).FindSubmatch(page)
	if request == nil {
		t.Fatalf("the provider shows no form: %s: %s", form.Status, page)
	}
	back, err := browser.PostForm(p.Issuer+"/login/username", url.Values{"id": {string(request[1])}, "username": {username}, "password": {Password}})
	if err != nil {
		t.Fatal(err)
	}
	defer back.Body.Close()
	location, err := back.Location()
	if err != nil {
		text, _ := io.ReadAll(back.Body) // for the message only
		t.Fatalf("the provider does not send back: %s: %v: %s", back.Status, err, text)
	}
	return location
}

// people are the users of a provider, by subject.
type people map[string]*storage.User

// GetUserByID is the user with a subject.
func (p people) GetUserByID(subject string) *storage.User { return p[subject] }

// GetUserByUsername is the user with a name.
func (p people) GetUserByUsername(username string) *storage.User {
	for _, user := range p {
		if user.Username == username {
			return user
		}
	}
	return nil
}

// ExampleClientID is asked for by the provider's storage, which has clients of its own for other examples.
func (p people) ExampleClientID() string { return "service" }
