package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/mail"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // a closed machine may know no time zones

	"github.com/uptrace/bun"

	"taawun/graph"
	"taawun/server/digest"
)

// mailSettings say through which mail server the daily digest goes, and when.
type mailSettings struct {
	SMTPHost     string        `name:"smtp-host" env:"TAAWUN_SMTP_HOST" placeholder:"HOST" help:"Mail server for the daily digest; without it there is none."`
	SMTPPort     int           `name:"smtp-port" default:"587" env:"TAAWUN_SMTP_PORT" help:"Port of the mail server."`
	SMTPTLS      string        `name:"smtp-tls" default:"starttls" enum:"starttls,tls,none" env:"TAAWUN_SMTP_TLS" help:"How the connection is encrypted: starttls, tls from its beginning (port 465), or none, for a relay on this machine."`
	SMTPUser     string        `name:"smtp-user" env:"TAAWUN_SMTP_USER" placeholder:"NAME" help:"Who signs in at the mail server; nobody unless told."`
	SMTPPassword string        `name:"smtp-password" env:"TAAWUN_SMTP_PASSWORD" placeholder:"SECRET" help:"Password for it; better given by the environment."`
	SMTPFrom     string        `name:"smtp-from" env:"TAAWUN_SMTP_FROM" placeholder:"ADDRESS" help:"From whom the digest comes, such as 'Taawun <taawun@example.org>'."`
	SMTPCA       string        `name:"smtp-ca" type:"existingfile" env:"TAAWUN_SMTP_CA" placeholder:"FILE" help:"Certificates (PEM) that the mail server's is signed by, where the machine does not trust it by itself."`
	SMTPTimeout  time.Duration `name:"smtp-timeout" default:"30s" env:"TAAWUN_SMTP_TIMEOUT" help:"Time that the mail server has for one message; at most 2 minutes."`
	DigestAt     string        `name:"digest-at" default:"07:00" env:"TAAWUN_DIGEST_AT" placeholder:"HH:MM" help:"When the digests of a day go out."`
	TimeZone     string        `name:"time-zone" default:"Asia/Damascus" env:"TAAWUN_TIME_ZONE" placeholder:"ZONE" help:"Time zone of that hour."`
}

// validate refuses settings that would mean something else than they say.
func (s *mailSettings) validate() error {
	if _, err := time.Parse("15:04", s.DigestAt); err != nil {
		return fmt.Errorf("--digest-at: %q is no time of the day such as 07:00", s.DigestAt)
	}
	if _, err := time.LoadLocation(s.TimeZone); err != nil {
		return fmt.Errorf("--time-zone: %q is no time zone such as Asia/Damascus", s.TimeZone)
	}
	if s.SMTPTimeout < time.Second || s.SMTPTimeout > 2*time.Minute {
		return errors.New("--smtp-timeout must be from 1s to 2m")
	}
	if s.SMTPHost == "" {
		return nil
	}
	if _, err := mail.ParseAddress(s.SMTPFrom); err != nil {
		return fmt.Errorf("--smtp-from: %q is no address such as 'Taawun <taawun@example.org>'", s.SMTPFrom)
	}
	if s.SMTPPort < 1 || s.SMTPPort > 65535 {
		return errors.New("--smtp-port must be from 1 to 65535")
	}
	if s.SMTPUser != "" && s.SMTPTLS == "none" && !isLoopback(s.SMTPHost) {
		return errors.New("--smtp-tls none would send the password in the clear to another machine")
	}
	return nil
}

// digests are the digests of a server, sent or not.
func (s *mailSettings) digests(gate, staff *bun.DB, origin string, logger *slog.Logger) (*digest.Service, error) {
	at, err := time.Parse("15:04", s.DigestAt)
	if err != nil {
		return nil, fmt.Errorf("the hour of the digest: %w", err)
	}
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("the time zone of the digest: %w", err)
	}
	trusted, err := s.trusted()
	if err != nil {
		return nil, err
	}
	return &digest.Service{Gate: gate, Staff: staff, Origin: origin, Hour: at.Hour()*60 + at.Minute(), Zone: zone, Logger: logger, Mail: digest.Server{
		Host: s.SMTPHost, Port: s.SMTPPort, TLS: s.SMTPTLS, User: s.SMTPUser, Password: s.SMTPPassword, From: s.SMTPFrom, Timeout: s.SMTPTimeout, Config: trusted,
	}}, nil
}

// trusted says which certificates of mail servers are trusted beside those that the machine trusts; nil for these alone.
func (s *mailSettings) trusted() (*tls.Config, error) {
	if s.SMTPCA == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(s.SMTPCA)
	if err != nil {
		return nil, fmt.Errorf("read the certificates of the mail server: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("there is no certificate in %s", s.SMTPCA)
	}
	return &tls.Config{RootCAs: roots, ServerName: s.SMTPHost, MinVersion: tls.VersionTLS12}, nil
}

// stopDigest ends the digests of a person: GET asks him on a page, since programs look at links before people do; POST does it, from the page or from
// the mail program (RFC 8058).
func (g *gate) stopDigest(pool *bun.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		done := r.Method == http.MethodPost
		if done {
			known, err := digest.Stop(r.Context(), pool, r.PathValue("secret"))
			if err != nil {
				g.fail(w, r, err)
				return
			}
			if !known {
				writeProblem(w, r, &problem{http.StatusNotFound, graph.CodeNotFound, "This link is not valid any more.", "لم يعد هذا الرابط صالحاً."})
				return
			}
		}
		page, err := template.ParseFS(signPages, "sign_page/stop_digest.html")
		if err != nil {
			g.fail(w, r, fmt.Errorf("read the page that ends digests: %w", err))
			return
		}
		var text strings.Builder
		if err := page.Execute(&text, map[string]any{"Done": done}); err != nil {
			g.fail(w, r, fmt.Errorf("write the page that ends digests: %w", err))
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", strings.Replace(signPolicy, "form-action 'none'", "form-action 'self'", 1))
		_, _ = w.Write([]byte(text.String())) // the client may have gone
	}
}
