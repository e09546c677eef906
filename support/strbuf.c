/* strbuf.c: text in malloc memory that doubles when full. */
#include "support/strbuf.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"
#include "support/bug.h"

static void reserve(StrBuf *out, size_t more)
{
    if (more >= SIZE_MAX / 4 || out->n >= SIZE_MAX / 4)
        nnl_no_memory(more);
    size_t needed = out->n + more + 1;
    if (needed <= out->cap)
        return;
    size_t cap = out->cap * 2 > needed ? out->cap * 2 : needed < 64 ? 64 : needed;
    char *text = realloc(out->text, cap);
    if (!text)
        nnl_no_memory(cap);
    out->text = text;
    out->cap = cap;
}

void strbuf_add(StrBuf *out, const char *text)
{
    strbuf_add_n(out, text, strlen(text));
}

void strbuf_add_n(StrBuf *out, const char *text, size_t length)
{
    reserve(out, length);
    if (length)
        memcpy(out->text + out->n, text, length);
    out->n += length;
    out->text[out->n] = '\0';
}

void strbuf_char(StrBuf *out, char c)
{
    strbuf_add_n(out, &c, 1);
}

void strbuf_printf(StrBuf *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vprintf(out, format, args);
    va_end(args);
}

void strbuf_show(StrBuf *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t length = rt_vshow(NULL, 0, format, args);
    reserve(out, length);
    rt_vshow(out->text + out->n, length + 1, format, args);
    out->n += length;
    va_end(args);
}

void strbuf_vprintf(StrBuf *out, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        nnl_bug("cannot format '%s'", format);
    reserve(out, (size_t)length);
    vsnprintf(out->text + out->n, (size_t)length + 1, format, args);
    out->n += (size_t)length;
}

static const char *short_escape(unsigned char c)
{
    switch (c) {
    case '\n':
        return "\\n";
    case '\t':
        return "\\t";
    case '\r':
        return "\\r";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    default:
        return NULL;
    }
}

void strbuf_quote(StrBuf *out, const char *text, size_t length)
{
    strbuf_char(out, '"');
    for (size_t i = 0; i < length;) {
        unsigned char byte = (unsigned char)text[i];
        uint32_t c;
        size_t size = rt_utf8_next(text + i, length - i, &c);
        if (short_escape(byte))
            strbuf_add(out, short_escape(byte));
        else if (!size || byte < 0x20 || byte == 0x7F)
            strbuf_printf(out, "\\x%02x", (unsigned)byte);
        else if (rt_code_is_hidden(c))
            strbuf_printf(out, "\\u{%X}", (unsigned)c);
        else
            strbuf_add_n(out, text + i, size);
        i += size ? size : 1;
    }
    strbuf_char(out, '"');
}

/* Fifteen digits survive the way to a normal double and back, so %.15g is the shortest text if it
 * reads back at all; subnormal numbers may do with fewer. */
void strbuf_double(StrBuf *out, double value)
{
    char text[40];
    if (isnan(value) || isinf(value)) {
        strbuf_add(out, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        return;
    }
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    strbuf_add(out, text);
    if (!strpbrk(text, ".e"))
        strbuf_add(out, ".0");
}

void strbuf_close(StrBuf *out)
{
    free(out->text);
    *out = (StrBuf){0};
}
