/* literals.c: names, numbers and strings: what their characters mean. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "lexer/lexer_internal.h"
#include "support/bug.h"
#include "support/habits.h"

enum { SHOWN_DIGITS = 40 };

void scan_check_name(Scan *scan, const Token *token)
{
    const uint8_t *text = (const uint8_t *)token->text;
    size_t size = strlen(token->text);
    bool plain = true;
    for (size_t i = 0; i < size;) {
        ucs4_t c;
        int length = u8_mbtouc(&c, text + i, size - i);
        bool ok =
            c < 0x80 || (i == 0 ? uc_is_property_xid_start(c) : uc_is_property_xid_continue(c));
        plain = plain && c < 0x80;
        if (!ok) {
            if (scan_is_bidi_control(c))
                return;
            Range where = {token->range.begin + (uint32_t)i,
                           token->range.begin + (uint32_t)i + (uint32_t)length};
            const HabitCharacter *habit = habit_character(c);
            diag_error(scan->cx->diags, where, "character '%.*s' (U+%04X) cannot be part of a name",
                       length, (const char *)text + i, (unsigned)c);
            if (habit)
                diag_fix(scan->cx->diags, where, habit->instead, "%s", habit->help);
            scan_wrong(scan, where);
            return;
        }
        i += (size_t)length;
    }
    if (plain)
        return;
    size_t n = 0;
    uint8_t *composed = u8_normalize(UNINORM_NFC, text, size, NULL, &n);
    if (composed && (n != size || memcmp(composed, text, n))) {
        const char *fixed = arena_strndup(scan->cx->arena, (const char *)composed, n);
        diag_error(scan->cx->diags, token->range,
                   "name '%s' is not in Unicode normal form C, so it looks like another name",
                   token->text);
        diag_fix(scan->cx->diags, token->range, fixed, "write the composed characters");
    }
    free(composed);
}

/* The number without its `_`; reports those that are not between digits. */
static char *without_marks(Scan *scan, const char *text, uint32_t length)
{
    char *out = ARENA_ARRAY(scan->cx->arena, char, length + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (text[i] != '_') {
            out[n++] = text[i];
        } else if (i + 1 == length || text[i + 1] < '0' || text[i + 1] > '9') {
            diag_error(scan->cx->diags, (Range){scan->at + i, scan->at + i + 1},
                       "'_' in a number must stand between two digits");
            break;
        }
    }
    return out;
}

void scan_integer(Scan *scan, const char *text, uint32_t length)
{
    char *digits = without_marks(scan, text, length);
    errno = 0;
    long long value = strtoll(digits, NULL, 10);
    Token *token = scan_push(scan, TOK_integer, length);
    token->integer = (int64_t)value;
    if (errno == ERANGE)
        diag_error(scan->cx->diags, token->range,
                   "integer %.*s%s is too large; the largest is 9223372036854775807", SHOWN_DIGITS,
                   digits, strlen(digits) > SHOWN_DIGITS ? "..." : "");
}

void scan_number(Scan *scan, const char *text, uint32_t length)
{
    char *digits = without_marks(scan, text, length);
    double value = strtod(digits, NULL);
    Token *token = scan_push(scan, TOK_number, length);
    token->number = value;
    if (value > 1.7976931348623157e308)
        diag_error(scan->cx->diags, token->range, "number %.*s%s is too large for a double",
                   SHOWN_DIGITS, digits, strlen(digits) > SHOWN_DIGITS ? "..." : "");
}

/* Is the text at hand right behind a value, as .3 in a.3? */
static bool behind_value(const Scan *scan)
{
    const Token *t = scan->tokens->list.n ? &vec_last(&scan->tokens->list) : NULL;
    return t && t->range.end == scan->at &&
           (t->kind == TOK_name || t->kind == TOK_integer || t->kind == TOK_number ||
            t->kind == TOK_string || t->kind == TOK_rparen || t->kind == TOK_rbracket);
}

void scan_half_number(Scan *scan, const char *text, uint32_t length)
{
    const char *dot = memchr(text, '.', length);
    bool front = dot == text;
    if (front && behind_value(scan)) {
        scan_token(scan, TOK_dot, 1);
        scan_number(scan, text + 1, length - 1);
        return;
    }
    const char *fixed = front ? arena_printf(scan->cx->arena, "0%.*s", (int)length, text)
                              : arena_printf(scan->cx->arena, "%.*s.0%.*s", (int)(dot - text), text,
                                             (int)(length - (uint32_t)(dot - text) - 1), dot + 1);
    Range where = {scan->at, scan->at + length};
    diag_error(scan->cx->diags, where, "a number needs digits on both sides of its point");
    diag_fix(scan->cx->diags, where, fixed, "write '%s'", fixed);
    scan_number(scan, text, length);
}

void scan_bad_number(Scan *scan, const char *text, uint32_t length)
{
    diag_error(scan->cx->diags, (Range){scan->at, scan->at + length},
               "'%.*s' is neither a number nor a name", (int)length, text);
    for (uint32_t i = 0; i < length; i++) {
        ucs4_t c = 0;
        int size = u8_mbtouc(&c, (const uint8_t *)text + i, length - i);
        const HabitCharacter *habit = c < 0x80 ? NULL : habit_character(c);
        if (!habit)
            continue;
        Range sign = {scan->at + i, scan->at + i + (uint32_t)size};
        diag_fix(scan->cx->diags, sign, habit->instead, "%s", habit->help);
        break;
    }
    scan_wrong(scan, (Range){scan->at, scan->at + length});
    scan_push(scan, TOK_integer, length);
}

typedef struct Decode {
    Scan *scan;
    const char *text; /* the literal with its quotes */
    uint32_t i, end;
    char *out;
    size_t n;
} Decode;

static Range escape_range(const Decode *d, uint32_t begin)
{
    return (Range){d->scan->at + begin, d->scan->at + d->i};
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* \u{…}: one to six hex digits of a character. */
static void decode_unicode(Decode *d, uint32_t begin)
{
    uint32_t value = 0, digits = 0;
    bool open = d->i < d->end && d->text[d->i] == '{';
    if (open)
        d->i++;
    while (open && d->i < d->end && hex_digit(d->text[d->i]) >= 0 && digits < 7) {
        value = value * 16 + (uint32_t)hex_digit(d->text[d->i++]);
        digits++;
    }
    bool closed = open && d->i < d->end && d->text[d->i] == '}';
    if (closed)
        d->i++;
    if (!closed || !digits || digits > 6) {
        diag_error(d->scan->cx->diags, escape_range(d, begin),
                   "a Unicode escape is written \\u{HEX} with one to six digits, as in \\u{e9}");
        return;
    }
    int length = value ? u8_uctomb((uint8_t *)d->out + d->n, value, 6) : 0;
    if (length <= 0)
        diag_error(d->scan->cx->diags, escape_range(d, begin), "\\u{%x} is not a character", value);
    else
        d->n += (size_t)length;
}

static void decode_hex(Decode *d, uint32_t begin)
{
    int high = d->i < d->end ? hex_digit(d->text[d->i]) : -1;
    int low = high >= 0 && d->i + 1 < d->end ? hex_digit(d->text[d->i + 1]) : -1;
    d->i += low >= 0 ? 2 : high >= 0 ? 1 : 0;
    int value = high * 16 + low;
    if (low < 0 || value == 0 || value > 0x7f)
        diag_error(d->scan->cx->diags, escape_range(d, begin),
                   "\\x takes two hex digits from 01 to 7f; other characters are written \\u{HEX}");
    else
        d->out[d->n++] = (char)value;
}

static void decode_escape(Decode *d)
{
    static const char names[] = "abfnrtv\\'\"?", values[] = "\a\b\f\n\r\t\v\\'\"?";
    uint32_t begin = d->i - 1;
    char c = d->text[d->i++];
    const char *found = c ? strchr(names, c) : NULL;
    if (found) {
        d->out[d->n++] = values[found - names];
    } else if (c == 'u') {
        decode_unicode(d, begin);
    } else if (c == 'x') {
        decode_hex(d, begin);
    } else {
        while (d->i < d->end && ((unsigned char)d->text[d->i] & 0xc0) == 0x80)
            d->i++;
        diag_error(d->scan->cx->diags, escape_range(d, begin), "unknown escape '%.*s'",
                   (int)(d->i - begin), d->text + begin);
        diag_help(d->scan->cx->diags, "a backslash in a string is written twice");
    }
}

/* The string between `open` and `close` bytes of quotes. */
static void push_string(Scan *scan, const char *text, uint32_t length, uint32_t open,
                        uint32_t close)
{
    Decode d = {.scan = scan, .text = text, .i = open, .end = length - close};
    d.out = ARENA_ARRAY(scan->cx->arena, char, (size_t)length + 8);
    while (d.i < d.end) {
        char c = text[d.i++];
        if (c == '\\' && d.i < d.end)
            decode_escape(&d);
        else
            d.out[d.n++] = c;
    }
    d.out[d.n] = 0;
    scan_push(scan, TOK_string, length)->text = d.out;
}

/* Where in an open string a curly quote may have been meant to end it; 0: nowhere. */
static uint32_t curly_in(const char *text, uint32_t length)
{
    for (uint32_t i = 1; i + 2 < length; i++)
        if (!memcmp(text + i, "\xe2\x80", 2) && (unsigned char)text[i + 2] >= 0x98 &&
            (unsigned char)text[i + 2] <= 0x9f)
            return i;
    return 0;
}

/* Was the quote at hand meant as in 'it's'? */
static bool is_behind_letter(const Scan *scan)
{
    const Token *t = scan->tokens->list.n > 1 ? &vec_last(&scan->tokens->list) : NULL;
    return t && t[-1].kind == TOK_name && t[-1].range.end == t->range.begin;
}

void scan_string(Scan *scan, const char *text, uint32_t length, bool closed)
{
    Range where = {scan->at, scan->at + length};
    uint32_t curly = closed ? 0 : curly_in(text, length);
    push_string(scan, text, length, 1, closed);
    if (closed)
        return;
    diag_error(scan->cx->diags, where, "a string must end on its line with %c", *text);
    if (length == 1 && is_behind_letter(scan))
        diag_help(scan->cx->diags, "a string with an apostrophe is written in double quotes");
    if (curly)
        diag_fix(scan->cx->diags, (Range){where.begin + curly, where.begin + curly + 3},
                 *text == '"' ? "\"" : "'", "a curly quote ends no string");
    scan_wrong(scan, where);
}

void scan_curly(Scan *scan, const char *text, uint32_t length)
{
    Range where = {scan->at, scan->at + length};
    uint32_t close = text[length - 1] == '"' ? 1 : 3;
    const char *fixed =
        arena_printf(scan->cx->arena, "\"%.*s\"", (int)(length - 3 - close), text + 3);
    diag_error(scan->cx->diags, where,
               "strings are written in straight quotes, ' or \", not in curly ones");
    diag_fix(scan->cx->diags, where, fixed, "write %s", fixed);
    push_string(scan, text, length, 3, close);
}
