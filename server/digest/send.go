package digest

import (
	"context"
	"crypto/tls"
	"fmt"
	"time"

	"github.com/wneessen/go-mail"
)

// Server is the mail server through which digests go.
type Server struct {
	Host           string
	Port           int
	TLS            string // starttls, tls or none
	User, Password string
	From           string        // address, such as "Taawun <taawun@example.org>"
	Timeout        time.Duration // for all that the server has to say about one message
	Config         *tls.Config   // of TLS; nil trusts what the machine trusts
}

// Send hands a message over. What the mail server refuses, or does not do in time, is an error.
func (s Server) Send(ctx context.Context, to Person, message Message, stop string) error {
	m := mail.NewMsg()
	if err := m.From(s.From); err != nil {
		return fmt.Errorf("send a digest from %q: %w", s.From, err)
	}
	if err := m.AddToFormat(to.Name, to.Email); err != nil {
		return fmt.Errorf("send a digest: %w", err)
	}
	m.Subject(message.Subject)
	m.SetDate()
	m.SetMessageID()
	m.SetBulk()
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("List-Unsubscribe", "<"+stop+">")
	m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	m.SetBodyString(mail.TypeTextPlain, message.Text)
	m.AddAlternativeString(mail.TypeTextHTML, message.HTML)
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(s.Timeout), mail.WithoutNoop()}
	switch s.TLS {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.Config != nil {
		options = append(options, mail.WithTLSConfig(s.Config))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return fmt.Errorf("send a digest: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, m); err != nil {
		return fmt.Errorf("send a digest through %s: %w", s.Host, err)
	}
	return nil
}
