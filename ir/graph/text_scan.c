/* text_scan.c: .nnir text -> tokens. */
#include "ir/graph/text_scan.h"

#include <ctype.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "support/strbuf.h"

static char peek(const TextScan *s, uint32_t ahead)
{
    return s->at + ahead < s->source->size ? s->source->text[s->at + ahead] : 0;
}

static void skip_blanks(TextScan *s)
{
    while (peek(s, 0) == ' ' || peek(s, 0) == '\t' || peek(s, 0) == '\r')
        s->at++;
    if (peek(s, 0) == '#')
        while (s->at < s->source->size && peek(s, 0) != '\n')
            s->at++;
}

static bool in_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '-';
}

static void take_word(TextScan *s, WordKind kind, uint32_t skip)
{
    uint32_t begin = s->at + skip;
    s->at = begin;
    while (in_name(peek(s, 0)))
        s->at++;
    s->now.kind = kind;
    s->now.text = intern_n(s->names, s->source->text + begin, s->at - begin);
}

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static char unescape(TextScan *s)
{
    static const char names[] = "nrtabfv0\\\"'", values[] = "\n\r\t\a\b\f\v\0\\\"'";
    char c = peek(s, 0);
    s->at++;
    if (c == 'x' && isxdigit((unsigned char)peek(s, 0)) && isxdigit((unsigned char)peek(s, 1))) {
        int value = hex_digit(peek(s, 0)) * 16 + hex_digit(peek(s, 1));
        s->at += 2;
        return (char)value;
    }
    const char *found = c ? strchr(names, c) : NULL;
    return found ? values[found - names] : c;
}

static void take_string(TextScan *s, WordKind kind, uint32_t skip)
{
    StrBuf text = {0};
    s->at += skip + 1;
    while (peek(s, 0) && peek(s, 0) != '"' && peek(s, 0) != '\n') {
        char c = peek(s, 0);
        s->at++;
        bool escape = c == '\\' && peek(s, 0) && peek(s, 0) != '\n';
        strbuf_char(&text, escape ? unescape(s) : c);
    }
    if (peek(s, 0) == '"') {
        s->at++;
    } else {
        s->bad = true;
        diag_error(s->diags, (Range){s->now.range.begin, s->source->base + s->at},
                   "a string must end on its line");
    }
    s->now.kind = kind;
    s->now.text = intern_n(s->names, text.text ? text.text : "", text.n);
    strbuf_close(&text);
}

static void take_number(TextScan *s)
{
    uint32_t begin = s->at++;
    while (isalnum((unsigned char)peek(s, 0)) || peek(s, 0) == '.' || peek(s, 0) == '*' ||
           ((peek(s, 0) == '-' || peek(s, 0) == '+') &&
            (s->source->text[s->at - 1] == 'e' || s->source->text[s->at - 1] == 'E')))
        s->at++;
    s->now.kind = WORD_number;
    s->now.text = intern_n(s->names, s->source->text + begin, s->at - begin);
}

static void take_mark(TextScan *s, char c)
{
    RtGlyph g = rt_glyph(s->source->text + s->at, s->source->size - s->at);
    s->now.kind = WORD_mark;
    s->now.text = intern_n(s->names, s->source->text + s->at, g.bytes);
    s->at += g.bytes;
    if (strchr("{}[]()=,:", c))
        return;
    s->bad = true;
    diag_error(s->diags, (Range){s->now.range.begin, s->source->base + s->at},
               "unexpected character '%s'", s->now.text);
}

void text_next(TextScan *s)
{
    skip_blanks(s);
    char c = peek(s, 0);
    if (s->now.kind == WORD_line)
        s->bad = false;
    s->now = (Word){.range = {s->source->base + s->at, s->source->base + s->at}};
    if (s->at >= s->source->size) {
        s->now.kind = WORD_end;
        s->now.text = "";
        return;
    }
    if (c == '\n') {
        s->now.kind = WORD_line;
        s->now.text = "";
        s->at++;
    } else if (c == '%' && in_name(peek(s, 1))) {
        take_word(s, WORD_node, 1);
    } else if (c == '@' && peek(s, 1) == '"') {
        take_string(s, WORD_name, 1);
    } else if (c == '@' && in_name(peek(s, 1))) {
        take_word(s, WORD_name, 1);
    } else if (c == '"') {
        take_string(s, WORD_string, 0);
    } else if (isdigit((unsigned char)c) ||
               (c == '-' && (isalnum((unsigned char)peek(s, 1)) || peek(s, 1) == '.'))) {
        take_number(s);
    } else if (isalpha((unsigned char)c) || c == '_') {
        take_word(s, WORD_word, 0);
    } else {
        take_mark(s, c);
    }
    s->now.range.end = s->source->base + s->at;
}
