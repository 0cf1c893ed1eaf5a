package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"

	"taawun/graph/change"
)

// Who may bring a text to which status is told by PostgreSQL (base.guard_translation); these writers say first what is plainly wrong, in words
// that lead on.

// standingText is a translation as it stands when it is to be changed.
type standingText struct {
	key                            int64
	status, text                   string
	digest                         sql.NullString
	proposal, comment              sql.NullString
	translatorID, proposalAuthorID sql.NullInt64
}

const selectText = "select id, status, text, source_digest, proposal_text, comment, translator_id, proposal_translator_id from translation where "

func (t *standingText) scan(row *sql.Row) error {
	return row.Scan(&t.key, &t.status, &t.text, &t.digest, &t.proposal, &t.comment, &t.translatorID, &t.proposalAuthorID)
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// writeTranslation enters a translation, or writes a new text: over a draft, or beside a text that has been reviewed.
func writeTranslation(ctx context.Context, w *work) (outcome, error) {
	subject, problems := w.Engine.Subject(w.Input)
	tag, _ := w.Input["locale"].(string)
	locale, p := change.Locale(tag, "locale")
	problems = append(problems, p...)
	given, _ := w.Input["text"].(string)
	text, p := change.Wording(given, "text")
	problems = append(problems, p...)
	digest, hasDigest := w.Input["sourceDigest"].(string)
	if hasDigest && !digestForm.MatchString(digest) {
		problems = append(problems, change.Refuse(change.Invalid, "a digest is 64 hexadecimal digits in lower case", "البصمة 64 رقماً ستّ عشرياً بأحرف صغيرة", "sourceDigest"))
	}
	method, _ := w.Input["method"].(string)
	if method == "" {
		method = "HUMAN"
	}
	if method == "IMPORT" {
		problems = append(problems, change.Refuse(change.Invalid, "only data sets are imported", "الاستيراد لمجموعات البيانات فقط", "method"))
	}
	if len(problems) > 0 {
		return outcome{Problems: problems}, nil
	}

	var seen bool
	if err := w.Tx.QueryRowContext(ctx, "select fn.sees($1::text, $2::bigint)", subject.Kind, subject.Key).Scan(&seen); err != nil {
		return outcome{}, fmt.Errorf("look for the record of a text: %w", err)
	}
	if !seen {
		return refuse(outcome{}, change.NotFound, "there is no such record", "لا يوجد سجل بهذا المعرّف", "subjectId"), nil
	}
	var original struct{ locale, digest string }
	err := w.Tx.QueryRowContext(ctx, "select locale, digest from translation where subject_kind = $1 and subject_id = $2 and field = $3 and status = 'ORIGINAL'",
		subject.Kind, subject.Key, subject.Field).Scan(&original.locale, &original.digest)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return refuse(outcome{}, change.State, "there is no text in this field that could be translated", "لا يوجد نص في هذا الحقل ليُترجَم", "field"), nil
	case err != nil:
		return outcome{}, fmt.Errorf("read the source of a translation: %w", err)
	case original.locale == locale:
		return refuse(outcome{}, change.Invalid, "this is the language of the original, which is changed with its record", "هذه لغة النص الأصلي الذي يُعدَّل مع سجله", "locale"), nil
	}
	if !hasDigest {
		digest = original.digest
	}

	var was standingText
	err = was.scan(w.Tx.QueryRowContext(ctx, selectText+"subject_kind = $1 and subject_id = $2 and field = $3 and locale = $4", subject.Kind, subject.Key, subject.Field, locale))
	if errors.Is(err, sql.ErrNoRows) {
		return enterTranslation(ctx, w, subject, locale, text, draftStatus(method), original.locale, digest, method)
	} else if err != nil {
		return outcome{}, fmt.Errorf("read a translation: %w", err)
	}
	out := outcome{Kind: "Translation", Key: was.key}
	standing, problems, err := w.Engine.Lock(ctx, w.Tx, fmt.Sprintf("trn_%x", was.key), "subjectId", "Translation")
	if err != nil || len(problems) > 0 {
		out.Problems = problems
		return out, err
	}
	if out.Problems = w.Engine.CheckVersion(standing, w.Input["version"]); len(out.Problems) > 0 {
		return out, nil
	}
	// Since it is held it may stand differently.
	if err := was.scan(w.Tx.QueryRowContext(ctx, selectText+"id = $1", was.key)); err != nil {
		return out, fmt.Errorf("read a translation: %w", err)
	}
	if approved(was.status) && text == was.text && digest == was.digest.String {
		if was.proposal.Valid {
			return refuse(out, change.State, "this is the text that readers see; remove the new one that waits beside it instead",
				"هذا هو النص الذي يراه القراء؛ احذف بدلاً من ذلك النص الجديد المنتظر", "text"), nil
		}
		return out, nil
	}
	return apply(ctx, w, out, []string{"text"}, "update base.translation set text = $2::text, status = $3::text, source_locale = $4::text, source_digest = $5::text, method = $6::text, "+
		"comment = null, version = version + 1, updated_at = now() where id = $1::bigint", was.key, text, draftStatus(method), original.locale, digest, method)
}

func draftStatus(method string) string {
	if method == "MACHINE" {
		return "MACHINE"
	}
	return "DRAFT"
}

func approved(status string) bool { return status == "REVIEWED" || status == "CERTIFIED" }

// enterTranslation enters the first translation of a text into a language.
func enterTranslation(ctx context.Context, w *work, s change.Subject, locale, text, status, source, digest, method string) (outcome, error) {
	out := outcome{Kind: "Translation"}
	if v, ok := change.Int(w.Input["version"]); ok && v != 0 {
		return refuse(outcome{}, change.Conflict, "the translation has been removed since it was read", "حُذفت الترجمة منذ قراءتها", "version"), nil
	}
	var key int64
	// The view may come to see the row only after it is there, hence no RETURNING, which asks for rights of its own.
	if err := w.Tx.QueryRowContext(ctx, "select key from base.new_keys('{\"Translation\":1}')").Scan(&key); err != nil {
		return out, fmt.Errorf("take a key for a translation: %w", err)
	}
	out, err := apply(ctx, w, out, []string{"text"}, "insert into base.translation (id, subject_kind, subject_id, field, locale, text, status, source_locale, source_digest, method) "+
		"values ($1::bigint, $2::text, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::text)",
		key, s.Kind, s.Key, s.Field, locale, text, status, source, digest, method)
	if len(out.Problems) == 0 {
		out.Key = key
	} else if out.Problems[0].Code == change.Duplicate { // somebody else was faster
		out.Problems[0] = change.Refuse(change.Conflict, "somebody else has just entered a translation; read it first", "أدخل شخص آخر ترجمة للتو؛ اقرأها أولاً", "version")
	}
	return out, err
}

// heldText holds the translation of the input and reads how it stands.
func heldText(ctx context.Context, w *work) (standingText, outcome, error) {
	var t standingText
	standing, problems, err := w.Engine.Lock(ctx, w.Tx, w.Input["id"], "id", "Translation")
	if err != nil || len(problems) > 0 {
		return t, outcome{Problems: problems}, err
	}
	out := outcome{Kind: "Translation", Key: standing.Key}
	if out.Problems = w.Engine.CheckVersion(standing, w.Input["version"]); len(out.Problems) > 0 {
		return t, out, nil
	}
	if err := t.scan(w.Tx.QueryRowContext(ctx, selectText+"id = $1", standing.Key)); err != nil {
		return t, out, fmt.Errorf("read a translation: %w", err)
	}
	if t.status == "ORIGINAL" {
		out = refuse(out, change.State, "this is an original, which is changed with its record", "هذا نص أصلي يُعدَّل مع سجله", "id")
	}
	return t, out, nil
}

// reviewTranslation approves a draft, or the new text that waits beside one that readers see.
func reviewTranslation(ctx context.Context, w *work) (outcome, error) {
	t, out, err := heldText(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	switch {
	case t.proposal.Valid:
		return apply(ctx, w, out, []string{"id"}, "update base.translation set text = proposal_text, source_digest = proposal_source_digest, proposal_text = null, status = 'REVIEWED', "+
			"version = version + 1, updated_at = now() where id = $1::bigint", t.key)
	case approved(t.status):
		return refuse(out, change.State, "this translation has been reviewed already", "رُوجعت هذه الترجمة من قبل", "id"), nil
	}
	return apply(ctx, w, out, []string{"id"}, "update base.translation set status = 'REVIEWED', comment = null, version = version + 1, updated_at = now() where id = $1::bigint", t.key)
}

// certifyTranslation certifies what has been reviewed.
func certifyTranslation(ctx context.Context, w *work) (outcome, error) {
	t, out, err := heldText(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	switch {
	case t.proposal.Valid:
		return refuse(out, change.State, "a new text waits beside this one; review it first", "ينتظر نص جديد إلى جانب هذا النص؛ راجعه أولاً", "id"), nil
	case t.status == "CERTIFIED":
		return refuse(out, change.State, "this translation has been certified already", "صودق على هذه الترجمة من قبل", "id"), nil
	case t.status != "REVIEWED":
		return refuse(out, change.State, "only a reviewed translation is certified", "لا يُصادَق إلا على ترجمة مُراجَعة", "id"), nil
	}
	return apply(ctx, w, out, []string{"id"}, "update base.translation set status = 'CERTIFIED', version = version + 1, updated_at = now() where id = $1::bigint", t.key)
}

// returnTranslation sends a translation back: the new text that waits, a draft, or else what had been reviewed, which readers then no longer see.
func returnTranslation(ctx context.Context, w *work) (outcome, error) {
	t, out, err := heldText(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	given, _ := w.Input["comment"].(string)
	comment, problems := change.Remark(given, "comment")
	if len(problems) > 0 {
		out.Problems = problems
		return out, nil
	}
	if comment == "" {
		return refuse(out, change.Required, "say why it is sent back", "اذكر سبب الإعادة", "comment"), nil
	}
	status := t.status
	if approved(status) && !t.proposal.Valid {
		status = "DRAFT"
	}
	return apply(ctx, w, out, []string{"id"}, "update base.translation set status = $2::text, comment = $3::text, version = version + 1, updated_at = now() where id = $1::bigint", t.key, status, comment)
}

// removeTranslation removes a draft, or gives up the new text that waits beside one that readers see. What readers see is sent back first.
func removeTranslation(ctx context.Context, w *work) (outcome, error) {
	t, out, err := heldText(ctx, w)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	switch {
	case t.proposal.Valid:
		return apply(ctx, w, out, []string{"id"}, "update base.translation set proposal_text = null, version = version + 1, updated_at = now() where id = $1::bigint", t.key)
	case approved(t.status):
		return refuse(out, change.State, "readers see this translation; a reviewer sends it back first", "يرى القراء هذه الترجمة؛ يعيدها المراجع أولاً", "id"), nil
	}
	out, err = apply(ctx, w, out, []string{"id"}, "delete from base.translation where id = $1::bigint", t.key)
	if len(out.Problems) == 0 {
		out.Key = 0
	}
	return out, err
}

// refuse adds a problem to an outcome.
func refuse(out outcome, code, en, ar string, path ...string) outcome {
	out.Problems = append(out.Problems, change.Refuse(code, en, ar, path...))
	return out
}

// apply writes one row; what PostgreSQL refuses becomes a problem at the path, and so does a row that the actor may not write.
func apply(ctx context.Context, w *work, out outcome, path []string, statement string, args ...any) (outcome, error) {
	done, err := w.Tx.ExecContext(ctx, statement, args...)
	if p, ok := change.Refusal(err, path...); ok {
		out.Problems = append(out.Problems, p)
		return out, nil
	} else if err != nil {
		return out, fmt.Errorf("write a change: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil {
		return out, fmt.Errorf("write a change: %w", err)
	} else if n == 0 {
		return refuse(out, change.Forbidden, "this is not for you to do", "لا يحق لك إجراء هذا التغيير", path...), nil
	}
	return out, nil
}
