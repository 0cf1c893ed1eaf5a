package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"taawun/db"
	"taawun/server/digest"
)

// post is a mail server: STARTTLS, a login, and a mailbox.
type post struct {
	port    string
	ca      string // file with its certificate
	mu      sync.Mutex
	refuses bool
	letters [][]byte
}

// openPost starts a mail server on this machine.
func openPost(t *testing.T) *post {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, about, about, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	p := &post{ca: filepath.Join(t.TempDir(), "ca.pem")}
	if err := os.WriteFile(p.ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, p.port, _ = net.SplitHostPort(listener.Addr().String())
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{post: p}, nil }))
	server.Domain = "localhost"
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return p
}

func (p *post) received() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.letters
}

func (p *post) refuse(refuses bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuses = refuses
}

// delivery is one connection to the mail server.
type delivery struct {
	post *post
	in   bool
}

func (d *delivery) AuthMechanisms() []string { return []string{sasl.Plain} }

func (d *delivery) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "taawun" || password != "letters" {
			return smtp.ErrAuthFailed
		}
		d.in = true
		return nil
	}), nil
}

func (d *delivery) Mail(string, *smtp.MailOptions) error {
	if !d.in {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (d *delivery) Rcpt(string, *smtp.RcptOptions) error {
	d.post.mu.Lock()
	defer d.post.mu.Unlock()
	if d.post.refuses {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, try again later"}
	}
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	letter, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.post.mu.Lock()
	defer d.post.mu.Unlock()
	d.post.letters = append(d.post.letters, letter)
	return nil
}

func (d *delivery) Reset()        {}
func (d *delivery) Logout() error { return nil }

// flags are those of a server that uses the mail server.
func (p *post) flags() []string {
	return []string{"--smtp-host", "127.0.0.1", "--smtp-port", p.port, "--smtp-ca", p.ca, "--smtp-user", "taawun", "--smtp-password", "letters", "--smtp-from", "تعاون <taawun@example.org>",
		"--smtp-timeout", "3s", "--digest-at", "00:00", "--public-url", "https://taawun.example.org"}
}

// opened are the head, the text and the page of a letter.
func opened(t *testing.T, letter []byte) (head mail.Header, text, page string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	media, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || media != "multipart/alternative" {
		t.Fatalf("%s: %v", media, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m.Header, text, page
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			page = string(content)
		} else {
			text = string(content)
		}
	}
}

const wantDigest = `mutation($wanted: Boolean!) { setDigest(input: {wanted: $wanted}) { account { wantsDigest version } userErrors { path code message messageAr } } }`

// TestDigest lets two servers on one database send the digests of a day to three people: somebody with much to do, who reads Arabic; somebody with nothing to
// do; and somebody who wants none.
func TestDigest(t *testing.T) {
	t.Parallel()
	i, letters := start(t), openPost(t)
	admin := i.administrator(t)
	i.change(t, dueRecords)
	i.change(t, `insert into project (code, status, state, owner_id, title) values ('P-SUB', 'PIPELINE', 'SUBMITTED', null, '{"ar": "مشروع للمراجعة"}'), ('P-RET', 'PIPELINE', 'RETURNED', null, '{"ar": "مشروع أُعيد"}')`)
	i.change(t, `insert into translation (subject_kind, subject_id, field, locale, text, status, published) select 'Project', id, 'title', 'ar', 'مشروع للمراجعة', 'ORIGINAL', false from project where code = 'P-SUB'`)
	busy, idle := i.colleague(t, "busy", "EDITOR", "APPROVER", "TRANSLATOR", "CERTIFIER"), i.colleague(t, "idle")
	i.colleague(t, "silent", "EDITOR")
	i.change(t, "update agreement set state = 'DRAFT'")
	for _, p := range []*person{busy, idle} {
		if got := p.graph(t, wantDigest, map[string]any{"wanted": true}); !strings.Contains(got, `"wantsDigest" : true`) {
			t.Fatal(got)
		}
	}
	if got := admin.graph(t, wantDigest, map[string]any{"wanted": true}); !strings.Contains(got, "INVALID") || !strings.Contains(got, "بريد") { // it has no address
		t.Errorf("without an address: %s", got)
	}
	if got := i.visit().graph(t, wantDigest, map[string]any{"wanted": true}); !strings.Contains(got, "UNAUTHENTICATED") {
		t.Errorf("nobody: %s", got)
	}

	one := serveOn(t, i.database, letters.flags()...)
	other := serveOn(t, i.database, letters.flags()...)
	eventually(t, "both digests are done", func() bool {
		var done int
		if err := i.database.Owner().QueryRowContext(t.Context(), "select count(*) from auth.digest_delivery where done_at is not null").Scan(&done); err != nil {
			t.Fatal(err)
		}
		return done == 2
	})
	time.Sleep(200 * time.Millisecond)
	got := letters.received()
	if len(got) != 1 {
		t.Fatalf("%d letters\n%s%s", len(got), one.log, other.log)
	}
	head, text, page := opened(t, got[0])
	subject, err := new(mime.WordDecoder).DecodeHeader(head.Get("Subject"))
	if err != nil || !strings.HasPrefix(subject, "ما ينتظرك في تعاون · ") || !strings.Contains(head.Get("To"), "busy@example.org") || head.Get("Date") == "" || head.Get("Message-Id") == "" {
		t.Errorf("%q %v %v", subject, head, err)
	}
	for _, want := range []string{"متأخر (1)", "يستحق خلال 14 يوماً (2)", "ينتظر مراجعتك (1)", "أُعيد إليك (1)", "نصوص تنتظر الترجمة (", "واجب: Pay the first instalment · ", "ترجمة: Annex 2", "مشروع للمراجعة", "مشروع أُعيد",
		"إلى الإنكليزية", "+2 عناصر سرية", "https://taawun.example.org/ar/desk?item=DUTY.obl_385.", "https://taawun.example.org/ar/desk/review?item=prj_", "https://taawun.example.org/ar/desk/translations?task=MISSING", "أوقف الملخص اليومي: https://taawun.example.org/digest/stop/"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if strings.Contains(text+page, "secret") {
		t.Error("it names what is confidential")
	}
	if !strings.Contains(page, `<html lang="ar" dir="rtl">`) || !strings.Contains(page, `href="https://taawun.example.org/ar/desk?item=DUTY.obl_385.`) || !strings.Contains(page, "text-align:right") {
		t.Errorf("the page is\n%s", page)
	}
	if t.Failed() {
		t.Log(text)
	}

	// The link that ends it.
	secret := regexp.MustCompile(`/digest/stop/(\S+)`).FindStringSubmatch(text)
	if secret == nil {
		t.Fatal("no link to end it")
	}
	if page := i.do(t, http.MethodGet, digest.PathStop+secret[1], nil, ""); page.status != http.StatusOK || !strings.Contains(page.body, `<form method="post">`) {
		t.Errorf("the page of the link: %d %s", page.status, page.body)
	}
	if got := busy.graph(t, `{ me { wantsDigest } }`, nil); !strings.Contains(got, "true") {
		t.Errorf("looking at the link ended it: %s", got)
	}
	wants(t, "another link", i.do(t, http.MethodPost, digest.PathStop+"x"+secret[1], nil, ""), http.StatusNotFound, "NOT_FOUND")
	if page := i.do(t, http.MethodPost, digest.PathStop+secret[1], http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, "List-Unsubscribe=One-Click"); page.status != http.StatusOK || strings.Contains(page.body, "<form") {
		t.Errorf("the link: %d %s", page.status, page.body)
	}
	if got := busy.graph(t, `{ me { wantsDigest } }`, nil); !strings.Contains(got, "false") {
		t.Errorf("the link did not end it: %s", got)
	}
	if strings.Contains(i.log.String(), secret[1]) {
		t.Error("the log holds the link")
	}
}

// TestDigestFails sends through servers that refuse, know no such login, and say nothing; and then through one that does its work.
func TestDigestFails(t *testing.T) {
	t.Parallel()
	i, letters := start(t), openPost(t)
	i.change(t, dueRecords)
	i.change(t, `insert into account (login, name, email, locale, wants_digest) values ('busy', 'Busy', 'busy@example.org', 'en', true)`)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	gate, staff := i.database.Server().Open(db.Gate, db.Pool{Connections: 1, Writable: true}), i.database.Server().Open(db.Staff, db.Pool{Connections: 1})
	defer gate.Close()
	defer staff.Close()
	service := func(flags ...string) *digest.Service {
		command := parseServe(t, append(letters.flags(), flags...)...)
		s, err := command.Mail.digests(gate, staff, "https://taawun.example.org", slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		s.Mail.Timeout = time.Second
		return s
	}
	_, mute, _ := net.SplitHostPort(silent.Addr().String())
	attempt := 0
	for _, c := range []struct {
		name, reason string
		service      *digest.Service
	}{
		{"refuses", "Greylisted", service()}, {"another password", "Authentication failed", service("--smtp-password", "wrong")}, {"says nothing", "i/o timeout", service("--smtp-port", mute)},
		{"is not there", "refused", service("--smtp-port", "1")},
	} {
		letters.refuse(c.name == "refuses")
		began := time.Now()
		sent, err := c.service.Run(t.Context())
		attempt++
		var reason string
		var attempts int
		var waits bool
		if err := i.database.Owner().QueryRowContext(t.Context(), "select error, attempts, next_at > now() and done_at is null from auth.digest_delivery").Scan(&reason, &attempts, &waits); err != nil {
			t.Fatal(err)
		}
		if sent != 0 || err != nil || !strings.Contains(reason, c.reason) || attempts != attempt || !waits || time.Since(began) > 20*time.Second {
			t.Errorf("a server that %s: %d sent, %v; %q in attempt %d after %s", c.name, sent, err, reason, attempts, time.Since(began))
		}
		if sent, err := service().Run(t.Context()); sent != 0 || err != nil { // not before its time
			t.Errorf("at once again: %d %v", sent, err)
		}
		i.change(t, "update auth.digest_delivery set next_at = now()")
	}
	if sent, err := service().Run(t.Context()); sent != 1 || err != nil || len(letters.received()) != 1 {
		t.Fatalf("%d sent, %v", sent, err)
	}
	_, text, page := opened(t, letters.received()[0])
	if !strings.Contains(text, "Late (1)") || !strings.Contains(page, `<html lang="en" dir="ltr">`) {
		t.Errorf("in English:\n%s", text)
	}
	i.change(t, "update auth.digest_delivery set next_at = now()")
	if sent, err := service().Run(t.Context()); sent != 0 || err != nil || len(letters.received()) != 1 {
		t.Errorf("sent again: %d %v", sent, err)
	}
	var shown []string
	if err := service().Preview(t.Context(), func(who digest.Person, message *digest.Message) error {
		shown = append(shown, who.Email+" "+message.Subject)
		return nil
	}); err != nil || len(shown) != 1 || !strings.HasPrefix(shown[0], "busy@example.org What waits for you in Taawun · ") {
		t.Errorf("shown: %v %v", shown, err)
	}
}
