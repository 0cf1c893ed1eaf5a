package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/argon2"
)

// parameters are those of argon2id (RFC 9106).
type parameters struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// current are the parameters of new hashes: 46 MiB in one pass, as OWASP's Password Storage Cheat Sheet has it.
var current = parameters{memory: 46 << 10, passes: 1, threads: 1}

const (
	saltBytes = 16
	hashBytes = 32
	// waiting is how many hashes may wait for their turn, for each that is being computed: a few seconds' work.
	waiting = 32
)

// hasher computes password hashes, a bounded number at a time: each takes much memory and a core.
type hasher struct {
	turns    chan struct{}
	queued   atomic.Int64
	computed atomic.Int64 // for tests: an unknown login costs what a known one does
	dummy    string       // looks like a hash, and is that of no password
	rest     *time.Timer  // gives memory back when no hash has been computed for a while
}

// restful is how long no hash has been computed when their memory is given back. It is more than all else takes that the server does, and left alone it would
// stay for minutes; but getting it anew for each of many hashes takes longer than they do.
const restful = 5 * time.Second

func newHasher(atOnce int) *hasher {
	salt, key := make([]byte, saltBytes), make([]byte, hashBytes)
	_, _ = rand.Read(salt) // never fails
	_, _ = rand.Read(key)
	rest := time.AfterFunc(time.Hour, debug.FreeOSMemory)
	rest.Stop()
	return &hasher{turns: make(chan struct{}, atOnce), dummy: notation(salt, key), rest: rest}
}

// derive computes a hash when its turn comes.
func (h *hasher) derive(ctx context.Context, password string, salt []byte, p parameters, length uint32) ([]byte, error) {
	if h.queued.Add(1) > int64(cap(h.turns)*(1+waiting)) {
		h.queued.Add(-1)
		return nil, ErrBusy
	}
	defer h.queued.Add(-1)
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting to hash a password: %w", ctx.Err())
	}
	defer func() {
		<-h.turns
		h.rest.Reset(restful)
	}()
	h.computed.Add(1)
	return argon2.IDKey([]byte(password), salt, p.passes, p.memory, p.threads, length), nil
}

// hash is a new hash in the usual notation, with its parameters: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	key, err := h.derive(ctx, password, salt, current, hashBytes)
	if err != nil {
		return "", err
	}
	return notation(salt, key), nil
}

// notation writes a hash in the usual way.
func notation(salt, key []byte) string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, current.memory, current.passes, current.threads, encode(salt), encode(key))
}

// verify says whether a password has a hash, and whether the hash was made with other parameters than are current. Without a hash
// (""), it takes as long and says no.
func (h *hasher) verify(ctx context.Context, hash, password string) (fits, outdated bool, err error) {
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	p, salt, want, err := parse(hash)
	if err != nil {
		return false, false, err
	}
	got, err := h.derive(ctx, password, salt, p, uint32(len(want)))
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, p != current, nil
}

func parse(hash string) (p parameters, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	var version int
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, nil, nil, fmt.Errorf("a password hash of an unknown form")
	}
	if _, err = fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return p, nil, nil, fmt.Errorf("a password hash of an unknown version of argon2id: %q", parts[2])
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil {
		return p, nil, nil, fmt.Errorf("the parameters of a password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, nil, nil, fmt.Errorf("the salt of a password hash: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return p, nil, nil, fmt.Errorf("a password hash: %w", err)
	}
	if p.memory == 0 || p.passes == 0 || p.threads == 0 || len(key) < 16 {
		return p, nil, nil, fmt.Errorf("a password hash with weak parameters: %q", parts[3])
	}
	return p, salt, key, nil
}
