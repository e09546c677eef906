/* template_show.c: numbers and texts by a spec, digit for digit as Python's format() gives them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/template.h"

/* Digits of the largest double, a point, the longest precision, an exponent, `%`. */
enum { BODY_MOST = 320 + RT_SPEC_MOST, DIGITS_MOST = RT_SPEC_MOST + 32 };

/* ---- what is written ---- */

/* As snprintf has it: what does not fit is counted. */
typedef struct Out {
    char *at;
    size_t size, n;
} Out;

static void put(Out *o, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++, o->n++)
        if (o->n + 1 < o->size)
            o->at[o->n] = text[i];
}

static size_t finish(Out *o)
{
    if (o->size)
        o->at[o->n < o->size ? o->n : o->size - 1] = 0;
    return o->n;
}

static void fill(Out *o, const RtSpec *s, size_t times)
{
    const char *with = *s->fill ? s->fill : " ";
    for (size_t i = 0; i < times; i++)
        put(o, with, strlen(with));
}

static size_t missing(const RtSpec *s, size_t have)
{
    return (size_t)s->width > have ? (size_t)s->width - have : 0;
}

/* ---- the digits of a number without its sign ---- */

/* The significant digits of x > 0, and where the point stands behind them. */
typedef struct Digits {
    char text[DIGITS_MOST];
    int n, point;
} Digits;

static void round_to(double x, int n, Digits *d)
{
    char text[DIGITS_MOST];
    snprintf(text, sizeof text, "%.*e", n - 1, x);
    const char *e = strchr(text, 'e');
    d->n = 0;
    for (const char *c = text; c < e; c++)
        if (*c != '.')
            d->text[d->n++] = *c;
    d->point = atoi(e + 1) + 1;
    while (d->n > 1 && d->text[d->n - 1] == '0')
        d->n--;
    d->text[d->n] = 0;
}

static bool reads_back(const Digits *d, double x)
{
    char text[DIGITS_MOST + 16];
    snprintf(text, sizeof text, "0.%se%d", d->text, d->point);
    return strtod(text, NULL) == x;
}

/* The next larger number of n digits. */
static void raise_last(Digits *d, int n)
{
    while (d->n < n)
        d->text[d->n++] = '0';
    int i = n - 1;
    while (i > 0 && d->text[i] == '9')
        i--;
    d->text[i]++;
    d->n = i + 1;
    if (d->text[0] > '9') {
        d->text[0] = '1';
        d->point++;
    }
    d->text[d->n] = 0;
}

/* The fewest digits that read back as x, and of these the nearest. Below a power of two doubles are denser, so that
 * the number above x may read back where the nearest, below it, does not. */
static void shortest(double x, Digits *d)
{
    for (int n = 1; n <= 17; n++) {
        round_to(x, n, d);
        if (reads_back(d, x))
            return;
        raise_last(d, n);
        if (reads_back(d, x))
            return;
    }
    round_to(x, 17, d);
}

/* Without a type: as many digits as needed, at least one behind the point; of large and small numbers an
 * exponent. */
static void plain_float(const RtSpec *s, double x, char *out, size_t size)
{
    Digits d = {"0", 1, 1};
    int n = s->precision > 0 ? s->precision : 1, from = s->precision < 0 ? 16 : n - 1;
    if (x > 0 && s->precision < 0)
        shortest(x, &d);
    else if (x > 0)
        round_to(x, n, &d);
    int zeros = d.point > d.n ? d.point - d.n : 0, before = d.n < d.point ? d.n : d.point;
    if (d.point <= -4 || d.point > from)
        snprintf(out, size, "%.1s%s%se%+.02d", d.text, d.n > 1 ? "." : "", d.text + 1, d.point - 1);
    else if (d.point <= 0)
        snprintf(out, size, "0.%.*s%s", -d.point, "0000", d.text);
    else
        snprintf(out, size, "%.*s%.*s.%s", before, d.text, zeros, "0000000000000000000000000000",
                 d.point < d.n ? d.text + d.point : "0");
}

static void upper(char *text)
{
    for (; *text; text++)
        *text = (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
}

/* x >= 0 or NaN. */
static void float_body(const RtSpec *s, double x, char *out, size_t size)
{
    int digits = s->precision < 0 ? 6 : s->precision;
    double shown = s->type == '%' ? x * 100 : x;
    if (isnan(shown) || isinf(shown))
        snprintf(out, size, "%s%s", isnan(shown) ? "nan" : "inf", s->type == '%' ? "%" : "");
    else if (s->type == '%')
        snprintf(out, size, "%.*f%%", digits, shown);
    else if (s->type == 'e' || s->type == 'E')
        snprintf(out, size, "%.*e", digits, shown);
    else if (s->type == 'f' || s->type == 'F')
        snprintf(out, size, "%.*f", digits, shown);
    else if (s->type == 'g' || s->type == 'G')
        snprintf(out, size, "%.*g", digits, shown);
    else
        plain_float(s, shown, out, size);
    if (s->type == 'E' || s->type == 'F' || s->type == 'G')
        upper(out);
}

/* ---- sign, thousands, padding ---- */

/* The digits before the point, with commas; zeros in front so that there are `least` characters. */
static size_t group(const RtSpec *s, const char *digits, size_t n, size_t least, char *out)
{
    char back[2 * BODY_MOST];
    size_t total = 0;
    for (size_t i = 0; i < n || total < least; i++) {
        if (s->comma && i && i % 3 == 0)
            back[total++] = ',';
        back[total++] = i < n ? digits[n - 1 - i] : '0';
    }
    for (size_t i = 0; i < total; i++)
        out[i] = back[total - 1 - i];
    return total;
}

static size_t show_number(const RtSpec *s, char sign, const char *body, char *to, size_t size)
{
    char digits[2 * BODY_MOST];
    Out o = {to, size, 0};
    size_t n_sign = sign != 0, n = strspn(body, "0123456789"), rest = strlen(body) - n;
    char align = s->align ? s->align : s->zero ? '=' : '>';
    bool zeros = n && align == '=' && !strcmp(s->fill, "0");
    size_t grouped = n ? group(s, body, n, zeros ? missing(s, n_sign + rest) : 0, digits) : 0;
    size_t pad = missing(s, n_sign + grouped + rest);
    size_t left = align == '>' ? pad : align == '^' ? pad / 2 : 0;
    size_t inside = align == '=' ? pad : 0;
    fill(&o, s, left);
    put(&o, &sign, n_sign);
    fill(&o, s, inside);
    put(&o, digits, grouped);
    put(&o, body + n, rest);
    fill(&o, s, pad - left - inside);
    return finish(&o);
}

static char sign_of(const RtSpec *s, bool minus)
{
    return (char)(minus ? '-' : s->sign == '+' || s->sign == ' ' ? s->sign : 0);
}

size_t rt_spec_float(const RtSpec *s, double x, char *out, size_t size)
{
    char body[BODY_MOST];
    float_body(s, fabs(x), body, sizeof body);
    return show_number(s, sign_of(s, signbit(x) && !isnan(x)), body, out, size);
}

size_t rt_spec_integer(const RtSpec *s, int64_t x, char *out, size_t size)
{
    char body[32];
    if (s->type && s->type != 'd')
        return rt_spec_float(s, (double)x, out, size);
    snprintf(body, sizeof body, "%llu", x < 0 ? 0 - (unsigned long long)x : (unsigned long long)x);
    return show_number(s, sign_of(s, x < 0), body, out, size);
}

/* ---- texts ---- */

/* The bytes of the first `most` characters, and how many there are. */
static size_t measure(const char *text, size_t most, size_t *characters)
{
    size_t i = 0;
    *characters = 0;
    while (text[i]) {
        bool begins = ((unsigned char)text[i] & 0xc0) != 0x80;
        if (begins && *characters == most)
            break;
        *characters += begins;
        i++;
    }
    return i;
}

size_t rt_spec_text(const RtSpec *s, const char *text, char *out, size_t size)
{
    Out o = {out, size, 0};
    size_t have, n = measure(text, s->precision < 0 ? SIZE_MAX : (size_t)s->precision, &have);
    size_t pad = missing(s, have);
    size_t left = s->align == '>' ? pad : s->align == '^' ? pad / 2 : 0;
    fill(&o, s, left);
    put(&o, text, n);
    fill(&o, s, pad - left);
    return finish(&o);
}
