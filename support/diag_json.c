/* diag_json.c: one message as one line of JSON.
 *
 *     {"severity":"error","file":"a.nn","line":1,"column":2,"end_line":1,"end_column":5,
 *      "message":"…","name":"…","notes":[{"file":…,"message":"…"}],"help":["…"],
 *      "fix":{"file":…,"replacement":"…"}}
 *
 * Columns count code points from 1; the end is the place after the last character. The place is
 * left out where a message has none. "name" stands for warnings, "fix" for the first exact edit. */
#include "support/diag_internal.h"

#include <string.h>

#include "runtime/abi/shown.h"

static void add_string(StrBuf *out, const char *text)
{
    size_t length = strlen(text);
    strbuf_char(out, '"');
    for (size_t i = 0; i < length;) {
        unsigned char byte = (unsigned char)text[i];
        uint32_t c;
        size_t size = rt_utf8_next(text + i, length - i, &c);
        if (!size)
            strbuf_add(out, "\\ufffd");
        else if (byte == '"' || byte == '\\')
            strbuf_printf(out, "\\%c", byte);
        else if (byte == '\n')
            strbuf_add(out, "\\n");
        else if (byte < 0x20 || byte == 0x7F)
            strbuf_printf(out, "\\u%04x", (unsigned)byte);
        else
            strbuf_add_n(out, text + i, size);
        i += size ? size : 1;
    }
    strbuf_char(out, '"');
}

static void add_key_string(StrBuf *out, const char *key, const char *text)
{
    strbuf_printf(out, "\"%s\":", key);
    add_string(out, text);
}

/* Ends with a comma unless there is no place. */
static void add_range(StrBuf *out, const SourceMap *map, Range where)
{
    if (!where.begin)
        return;
    Place begin = source_place(map, where.begin);
    Place end = where.end > where.begin ? source_place(map, where.end) : begin;
    add_key_string(out, "file", begin.source->name);
    strbuf_printf(out, ",\"line\":%u,\"column\":%u,\"end_line\":%u,\"end_column\":%u,",
                  (unsigned)begin.line, (unsigned)begin.column, (unsigned)end.line,
                  (unsigned)end.column);
}

static void add_notes(StrBuf *out, const SourceMap *map, const DiagParts *parts)
{
    const char *between = "";
    strbuf_add(out, ",\"notes\":[");
    for (size_t i = 0; i < parts->n; i++) {
        if (parts->at[i].kind != DIAG_NOTE)
            continue;
        strbuf_add(out, between);
        strbuf_char(out, '{');
        add_range(out, map, parts->at[i].where);
        add_key_string(out, "message", parts->at[i].text);
        strbuf_char(out, '}');
        between = ",";
    }
    strbuf_char(out, ']');
}

static void add_help(StrBuf *out, const DiagParts *parts)
{
    const char *between = "";
    strbuf_add(out, ",\"help\":[");
    for (size_t i = 0; i < parts->n; i++) {
        if (parts->at[i].kind != DIAG_HELP)
            continue;
        strbuf_add(out, between);
        add_string(out, parts->at[i].text);
        between = ",";
    }
    strbuf_char(out, ']');
}

static void add_fix(StrBuf *out, const SourceMap *map, const DiagParts *parts)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (!parts->at[i].replacement)
            continue;
        strbuf_add(out, ",\"fix\":{");
        add_range(out, map, parts->at[i].where);
        add_key_string(out, "replacement", parts->at[i].replacement);
        strbuf_char(out, '}');
        return;
    }
}

void diag_print_json(StrBuf *out, const SourceMap *map, const DiagMessage *message)
{
    strbuf_char(out, '{');
    add_key_string(out, "severity", message->kind == DIAG_ERROR ? "error" : "warning");
    strbuf_char(out, ',');
    add_range(out, map, message->where);
    add_key_string(out, "message", message->text);
    if (message->name) {
        strbuf_char(out, ',');
        add_key_string(out, "name", message->name);
    }
    add_notes(out, map, &message->parts);
    add_help(out, &message->parts);
    add_fix(out, map, &message->parts);
    strbuf_add(out, "}\n");
}
