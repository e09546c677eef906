/* strbuf.h: a text that grows, in malloc memory. */
#ifndef NNLC_SUPPORT_STRBUF_H
#define NNLC_SUPPORT_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

#include "support/attributes.h"

typedef struct StrBuf {
    char *text; /* NUL-terminated once anything was added; NULL before */
    size_t n, cap;
} StrBuf;

void strbuf_add(StrBuf *out, const char *text);
void strbuf_add_n(StrBuf *out, const char *text, size_t length);
void strbuf_char(StrBuf *out, char c);
void strbuf_printf(StrBuf *out, const char *format, ...) NNLC_PRINTF(2, 3);
/* Texts in it as they are shown (runtime/abi/shown.h): for messages and comments. */
void strbuf_show(StrBuf *out, const char *format, ...) NNLC_PRINTF(2, 3);
void strbuf_vprintf(StrBuf *out, const char *format, va_list args) NNLC_PRINTF(2, 0);
/* Adds `text` as a double-quoted literal with C escapes; valid UTF-8 stays as it is. */
void strbuf_quote(StrBuf *out, const char *text, size_t length);
/* The shortest decimal text that reads back to the same double, always with a dot or exponent. */
void strbuf_double(StrBuf *out, double value);
void strbuf_close(StrBuf *out);

#endif
