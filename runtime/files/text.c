/* text.c: numbers and strings as files of text hold them. */
#include "runtime/files/text.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/shown.h"

/* 0.d1 d2 d3 ... x 10^exponent, with d1 not 0 (of zero: 0). */
typedef struct Digits {
    char at[20];
    int n, exponent;
} Digits;

/* Rounded to n digits. */
static Digits rounded(double value, int n)
{
    char text[40];
    Digits d = {.n = n};
    snprintf(text, sizeof text, "%.*e", n - 1, value);
    d.exponent = atoi(strchr(text, 'e') + 1) + 1;
    d.at[0] = text[0];
    memcpy(d.at + 1, text + 2, (size_t)n - 1);
    return d;
}

static bool reads_back(const Digits *d, double value, bool is_float)
{
    char text[40];
    snprintf(text, sizeof text, "0.%.*se%d", d->n, d->at, d->exponent);
    double back = strtod(text, NULL);
    return is_float ? (double)(float)back == value : back == value;
}

/* The fewest digits that read back as the same number. Below a power of two numbers lie closer together
 * than above, so where the nearest n digits are too small, the next ones may do. */
static Digits shortest(double value, bool is_float)
{
    bool is_tiny = value < (is_float ? (double)FLT_MIN : DBL_MIN);
    Digits d = {"0", 1, 1};
    if (value == 0)
        return d;
    for (int n = is_tiny ? 1 : is_float ? FLT_DIG : DBL_DIG;; n++) {
        d = rounded(value, n);
        if (n == 17 || reads_back(&d, value, is_float))
            break;
        bool is_nine = d.at[n - 1] == '9';
        d.at[n - 1]++;
        if (!is_nine && reads_back(&d, value, is_float))
            break;
    }
    while (d.n > 1 && d.at[d.n - 1] == '0')
        d.n--;
    return d;
}

static void put_plain(FILE *out, const Digits *d, const char *whole)
{
    int before = d->exponent > 0 ? d->exponent : 0;
    if (!before)
        fputc('0', out);
    for (int i = 0; i < before; i++)
        fputc(i < d->n ? d->at[i] : '0', out);
    if (d->n <= before) {
        fputs(whole, out);
        return;
    }
    fputc('.', out);
    for (int i = d->exponent; i < 0; i++)
        fputc('0', out);
    fwrite(d->at + before, 1, (size_t)(d->n - before), out);
}

static void put_scientific(FILE *out, const Digits *d)
{
    fputc(d->at[0], out);
    if (d->n > 1)
        fprintf(out, ".%.*s", d->n - 1, d->at + 1);
    fprintf(out, "e%+03d", d->exponent - 1);
}

static bool put_special(FILE *out, double value)
{
    if (!isfinite(value))
        fputs(isnan(value) ? "nan" : value < 0 ? "-inf" : "inf", out);
    return !isfinite(value);
}

/* Plain where at most so many digits stand before the point. */
static void put_finite(FILE *out, double value, const Digits *d, int most, const char *whole)
{
    if (signbit(value))
        fputc('-', out);
    if (d->exponent > -4 && d->exponent <= most)
        put_plain(out, d, whole);
    else
        put_scientific(out, d);
}

void rt_put_number(FILE *out, double value)
{
    bool is_float = (double)(float)value == value;
    int most = is_float ? FLT_DIG : DBL_DIG;
    if (put_special(out, value))
        return;
    Digits d = shortest(fabs(value), is_float);
    put_finite(out, value, &d, d.n > most ? d.n : most, "");
}

void rt_put_repr(FILE *out, double value)
{
    if (put_special(out, value))
        return;
    Digits d = shortest(fabs(value), false);
    put_finite(out, value, &d, 16, ".0");
}

void rt_put_json_number(FILE *out, double value)
{
    if (isfinite(value))
        rt_put_number(out, value);
    else
        fputs("null", out);
}

size_t rt_utf8_length(const unsigned char *text)
{
    uint32_t code;
    return rt_utf8_next((const char *)text, 4, &code);
}

static size_t put(FILE *out, const char *text, size_t n)
{
    if (out)
        fwrite(text, 1, n, out);
    return n;
}

size_t rt_put_json_string(FILE *out, const char *text)
{
    char escape[8];
    size_t size = put(out, "\"", 1);
    while (*text) {
        unsigned char c = (unsigned char)*text;
        size_t n = rt_utf8_length((const unsigned char *)text);
        if (!n)
            size += put(out, "\\ufffd", 6);
        else if (c == '"' || c == '\\')
            size += put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\%c", c));
        else if (c < 0x20)
            size += put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", c));
        else
            size += put(out, text, n);
        text += n ? n : 1;
    }
    return size + put(out, "\"", 1);
}
