package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"taawun/graph"
)

// readRequest takes a GraphQL request from the URL (GET, HEAD) or from the body (POST).
// It returns a problem when there is no request to execute; the caller answers it.
func readRequest(w http.ResponseWriter, r *http.Request, maxBody int64) (*graphql.RawParams, *problem) {
	params := &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	var wrong *problem
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		wrong = readURL(r, params)
	case http.MethodPost:
		wrong = readBody(w, r, maxBody, params)
	default:
		w.Header().Set("Allow", "GET, HEAD, POST, OPTIONS")
		wrong = methodNotAllowed("GraphQL is served by GET and POST.", "تُستقبل طلبات GraphQL بالطريقتين GET وPOST.")
	}
	if wrong != nil {
		return nil, wrong
	}
	params.ReadTime.End = graphql.Now()
	if params.Query == "" {
		return nil, badRequest("The parameter query is missing; it holds the GraphQL document.",
			"المعامل query غير موجود، وهو الذي يحمل نص استعلام GraphQL.")
	}
	if !utf8.ValidString(params.Query) || strings.ContainsRune(params.Query, 0) {
		return nil, badRequest("The document is not valid UTF-8 text.", "نص الاستعلام ليس نصاً صحيحاً بترميز UTF-8.")
	}
	return params, nil
}

func readURL(r *http.Request, params *graphql.RawParams) *problem {
	values := r.URL.Query()
	params.Query, params.OperationName = values.Get("query"), values.Get("operationName")
	objects := []struct {
		name string
		into *map[string]any
	}{{"variables", &params.Variables}, {"extensions", &params.Extensions}}
	for _, object := range objects {
		text := values.Get(object.name)
		if text == "" {
			continue
		}
		if err := decode([]byte(text), object.into); err != nil {
			return badRequest("The parameter "+object.name+" is not a JSON object.",
				"المعامل "+object.name+" ليس كائن JSON.")
		}
	}
	return nil
}

func readBody(w http.ResponseWriter, r *http.Request, maxBody int64, params *graphql.RawParams) *problem {
	if wrong := checkContent(r.Header); wrong != nil {
		return wrong
	}
	if r.ContentLength > maxBody {
		w.Header().Set("Connection", "close")
		return bodyTooLarge(maxBody)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return unreadable(err, maxBody)
	}
	if trimmed := bytes.TrimLeft(body, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == '[' {
		return badRequest("Batches are not supported: send one operation per request, with several root fields if need be.",
			"لا تُقبل الدفعات: أرسل عملية واحدة في كل طلب، ويمكن أن تضم عدة حقول جذرية.")
	}
	if err := decode(body, params); err != nil {
		return badRequest("The request body is not a GraphQL request: expected a JSON object with query, "+
			"and optionally operationName, variables and extensions.",
			"نص الطلب ليس طلب GraphQL: المتوقع كائن JSON فيه query، واختيارياً operationName وvariables وextensions.")
	}
	return nil
}

// checkContent accepts plain JSON in UTF-8 only; anything else that a browser can send without asking first
// (forms, text/plain) would open the door to forged requests.
func checkContent(header http.Header) *problem {
	media, options, err := mime.ParseMediaType(header.Get("Content-Type"))
	charset := options["charset"]
	switch {
	case err != nil || media != mediaJSON:
		return unsupported("The Content-Type must be application/json.", "يجب أن يكون نوع المحتوى application/json.")
	case charset != "" && !strings.EqualFold(charset, "utf-8"):
		return unsupported("The charset must be utf-8.", "يجب أن يكون الترميز utf-8.")
	}
	if coding := header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return unsupported("Compressed request bodies are not supported.", "لا تُقبل نصوص الطلبات المضغوطة.")
	}
	return nil
}

func unreadable(err error, maxBody int64) *problem {
	var tooLarge *http.MaxBytesError
	var network net.Error
	switch {
	case errors.As(err, &tooLarge):
		return bodyTooLarge(maxBody)
	case errors.As(err, &network) && network.Timeout():
		return &problem{http.StatusRequestTimeout, graph.CodeTimeout, "The request body did not arrive in time.", "لم يصل نص الطلب في الوقت المحدد."}
	default:
		return badRequest("The request body broke off.", "انقطع نص الطلب قبل اكتماله.")
	}
}

func bodyTooLarge(limit int64) *problem {
	bytes := strconv.FormatInt(limit, 10)
	return &problem{
		http.StatusRequestEntityTooLarge, graph.CodeTooCostly,
		"The request body is larger than " + bytes + " bytes.", "حجم نص الطلب أكبر من " + bytes + " بايت.",
	}
}

// decode reads exactly one JSON value; numbers keep their digits, so that large and decimal numbers arrive unchanged.
func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text after the JSON value")
	}
	return nil
}
