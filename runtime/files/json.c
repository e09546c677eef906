/* json.c: JSON text piece by piece, bounded, with nothing believed. */
#include "runtime/files/json.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/files/text.h"

RtStatus rt_json_fail(const RtJson *r, const char *wanted)
{
    return rt_fail(r->error, "'%s' has %s: byte %lld should be %s", r->path, r->what,
                   (long long)(r->at - r->start) + r->before, wanted);
}

static void skip_space(RtJson *r)
{
    while (r->at < r->stop && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
}

bool rt_json_take(RtJson *r, char c)
{
    skip_space(r);
    if (r->at >= r->stop || *r->at != (unsigned char)c)
        return false;
    r->at++;
    return true;
}

bool rt_json_is_end(RtJson *r)
{
    skip_space(r);
    return r->at == r->stop;
}

/* ---- strings ---- */

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four digits behind \u. */
static bool read_hex(RtJson *r, uint32_t *code)
{
    *code = 0;
    if (r->stop - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*r->at++);
        if (digit < 0)
            return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[4] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(lead[more] | code >> 6 * more);
    while (more-- > 0)
        *to++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    return to;
}

static bool read_escape(RtJson *r, char **to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    uint32_t code, low;
    if (r->at >= r->stop)
        return false;
    char c = (char)*r->at++;
    const char *found = c ? strchr(from, c) : NULL;
    if (found) {
        *(*to)++ = into[found - from];
        return true;
    }
    if (c != 'u' || !read_hex(r, &code) || code == 0 || (code >= 0xdc00 && code < 0xe000))
        return false;
    if (code >= 0xd800 && code < 0xdc00) {
        if (r->stop - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
            return false;
        r->at += 2;
        if (!read_hex(r, &low) || low < 0xdc00 || low >= 0xe000)
            return false;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *to = put_utf8(*to, code);
    return true;
}

RtStatus rt_json_string(RtJson *r, char **out)
{
    if (!rt_json_take(r, '"'))
        return rt_json_fail(r, "a string");
    const unsigned char *end = r->at;
    while (end < r->stop && *end != '"')
        end += *end == '\\' && end + 1 < r->stop ? 2 : 1;
    if (end >= r->stop)
        return rt_json_fail(r, "a string that ends");
    char *text = malloc((size_t)(end - r->at) + 1), *to = text;
    if (!text)
        return rt_fail(r->error, "not enough memory for the header of '%s'", r->path);
    while (r->at < end) {
        size_t n = rt_utf8_length(r->at);
        unsigned char c = *r->at;
        r->at += n ? n : 1;
        if (n && c >= 0x20 && c != '\\') {
            memcpy(to, r->at - n, n);
            to += n;
        } else if (!n || c < 0x20 || !read_escape(r, &to)) {
            free(text);
            return rt_json_fail(r, "a character of a string");
        }
    }
    *to = 0;
    r->at = end + 1;
    *out = text;
    return RT_OK;
}

RtStatus rt_json_number(RtJson *r, uint64_t *out)
{
    uint64_t n = 0;
    skip_space(r);
    const unsigned char *start = r->at;
    for (; r->at < r->stop && *r->at >= '0' && *r->at <= '9'; r->at++) {
        if (n > (INT64_MAX - 9) / 10)
            return rt_json_fail(r, "a smaller number");
        n = n * 10 + (uint64_t)(*r->at - '0');
    }
    if (r->at == start)
        return rt_json_fail(r, "a whole number");
    if (*start == '0' && r->at - start > 1) {
        r->at = start;
        return rt_json_fail(r, "a number without leading zeros");
    }
    *out = n;
    return RT_OK;
}

RtStatus rt_json_strings(RtJson *r, RtNames *out)
{
    if (!rt_json_take(r, '['))
        return rt_json_fail(r, "'['");
    for (int i = 0; !rt_json_take(r, ']'); i++) {
        char *text;
        if (i && !rt_json_take(r, ','))
            return rt_json_fail(r, "',' or ']'");
        RtStatus status = rt_json_string(r, &text);
        if (status != RT_OK)
            return status;
        status = rt_names_add(out, text, r->error);
        free(text);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

/* ---- values of no interest ---- */

enum { MOST_DEPTH = 128 };

/* true, null, -1.5e3, and NaN as Python writes it. */
static RtStatus skip_word(RtJson *r)
{
    static const char known[] = "+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const unsigned char *start;
    skip_space(r);
    for (start = r->at; r->at < r->stop && *r->at && strchr(known, *r->at);)
        r->at++;
    return r->at > start ? RT_OK : rt_json_fail(r, "a value");
}

static RtStatus skip_text(RtJson *r)
{
    char *text;
    RtStatus status = rt_json_string(r, &text);
    if (status == RT_OK)
        free(text);
    return status;
}

static RtStatus skip(RtJson *r, int depth);

static RtStatus skip_items(RtJson *r, bool keys, char end, int depth)
{
    RtStatus status = RT_OK;
    for (int i = 0; status == RT_OK && !rt_json_take(r, end); i++) {
        if (i && !rt_json_take(r, ','))
            return rt_json_fail(r, keys ? "',' or '}'" : "',' or ']'");
        if (keys) {
            status = skip_text(r);
            if (status == RT_OK && !rt_json_take(r, ':'))
                return rt_json_fail(r, "':'");
        }
        if (status == RT_OK)
            status = skip(r, depth + 1);
    }
    return status;
}

static RtStatus skip(RtJson *r, int depth)
{
    if (depth > MOST_DEPTH)
        return rt_json_fail(r, "nested less deep");
    if (rt_json_take(r, '{'))
        return skip_items(r, true, '}', depth);
    if (rt_json_take(r, '['))
        return skip_items(r, false, ']', depth);
    return r->at < r->stop && *r->at == '"' ? skip_text(r) : skip_word(r);
}

RtStatus rt_json_skip(RtJson *r)
{
    return skip(r, 0);
}

bool rt_json_is(const RtJson *r, char first)
{
    RtJson at = *r;
    return at.at && rt_json_take(&at, first);
}

RtStatus rt_json_member(const RtJson *object, const char *key, RtJson *value)
{
    RtJson r = *object;
    *value = *object;
    value->at = NULL;
    if (!rt_json_take(&r, '{'))
        return rt_json_fail(&r, "'{'");
    for (int i = 0; !rt_json_take(&r, '}'); i++) {
        char *name;
        if (i && !rt_json_take(&r, ','))
            return rt_json_fail(&r, "',' or '}'");
        RtStatus status = rt_json_string(&r, &name);
        if (status != RT_OK)
            return status;
        bool found = !strcmp(name, key);
        free(name);
        if (!rt_json_take(&r, ':'))
            return rt_json_fail(&r, "':'");
        if (found) {
            value->at = r.at;
            return RT_OK;
        }
        status = rt_json_skip(&r);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}
