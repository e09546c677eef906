/* number.c: digits as an integer m, then m 10^e rounded once.
 *
 * Three ways, from the most frequent to the rarest: both factors are exact doubles; e is -19 to 19, so that
 * a quotient or a product of 64-bit integers has all bits that rounding asks for; strtod. */
#include "runtime/data/number.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/words.h"

enum {
    MOST_DIGITS = 19, /* of an integer below 2^64 */
    MOST_POWER = 19,  /* 10^19 is below 2^64, too */
    MOST_EXACT = 22,  /* 10^22 is the largest power that is a double */
    MOST_EXPONENT = 100000
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- m 10^e ---- */

static const uint64_t powers[MOST_POWER + 1] = {1u,
                                                10u,
                                                100u,
                                                1000u,
                                                10000u,
                                                100000u,
                                                1000000u,
                                                10000000u,
                                                100000000u,
                                                1000000000u,
                                                10000000000u,
                                                100000000000u,
                                                1000000000000u,
                                                10000000000000u,
                                                100000000000000u,
                                                1000000000000000u,
                                                10000000000000000u,
                                                100000000000000000u,
                                                1000000000000000000u,
                                                10000000000000000000u};

static const double exact[MOST_EXACT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                             1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                             1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Both are exact doubles, so that one rounding is left. */
static bool from_doubles(uint64_t m, int e, double *value)
{
    if (m >> 53 || e < -MOST_EXACT || e > MOST_EXACT)
        return false;
    *value = e < 0 ? (double)m / exact[-e] : (double)m * exact[e];
    return true;
}

/* Shifts the highest bit of m, which is not 0, to the top; returns by how much. */
static int normalize(uint64_t *m)
{
    int n = 0;
    for (int step = 32; step; step /= 2)
        if (!(*m >> (64 - step))) {
            *m <<= step;
            n += step;
        }
    return n;
}

/* q 2^e, q >= 2^63, to the nearest; more: something follows the last bit of q. The result is normal. */
static double round_to_nearest(uint64_t q, bool more, int e)
{
    uint64_t kept = q >> 11, half = q >> 10 & 1, bits = (uint64_t)(e + 11 + 1023) << 52;
    bool rest = more || (q & 1023);
    double power;
    kept += half && (rest || (kept & 1));
    memcpy(&power, &bits, sizeof power);
    return (double)kept * power;
}

/* high 2^64 / d, where high < d and d >= 2^63: two digits of 32 bits, each estimated from the high half of
 * d and put right at most twice. */
static uint64_t divide(uint64_t high, uint64_t d, bool *more)
{
    uint64_t quotient = 0, top = d >> 32, bottom = d & 0xffffffffu;
    for (int i = 0; i < 2; i++) {
        uint64_t digit = high / top, rest = high % top;
        while (digit >> 32 || digit * bottom > rest << 32) {
            digit--;
            rest += top;
            if (rest >> 32)
                break;
        }
        high = (high << 32) - digit * d;
        quotient = quotient << 32 | digit;
    }
    *more = high != 0;
    return quotient;
}

/* m / d with the highest bit of the quotient at the top; *e: the power of 2 that goes with it. */
static uint64_t quotient_of(uint64_t m, uint64_t d, int *e, bool *more)
{
    bool odd = false;
    int up = normalize(&m), down = normalize(&d);
    *e = down - up - 64;
    if (m >= d) { /* one more bit: the half of m, and what falls off it */
        uint64_t first = divide(m - d, d, more);
        odd = first & 1;
        *more = *more || odd;
        ++*e;
        return first >> 1 | (uint64_t)1 << 63;
    }
    return divide(m, d, more);
}

/* The product's highest 64 bits, the top one set. */
static uint64_t product_of(uint64_t a, uint64_t b, int *e, bool *more)
{
    uint64_t a0 = a & 0xffffffffu, a1 = a >> 32, b0 = b & 0xffffffffu, b1 = b >> 32;
    uint64_t middle = a1 * b0 + (a0 * b0 >> 32), carry = a0 * b1 + (middle & 0xffffffffu);
    uint64_t high = a1 * b1 + (middle >> 32) + (carry >> 32),
             low = carry << 32 | (a0 * b0 & 0xffffffffu);
    *e = 64;
    if (!high) {
        high = low;
        low = 0;
        *e = 0;
    }
    int up = normalize(&high);
    high |= up ? low >> (64 - up) : 0;
    *e -= up;
    *more = up ? low << up != 0 : low != 0;
    return high;
}

static bool from_integers(uint64_t m, int e, double *value)
{
    bool more;
    int power;
    if (e < -MOST_POWER || e > MOST_POWER)
        return false;
    uint64_t q =
        e < 0 ? quotient_of(m, powers[-e], &power, &more) : product_of(m, powers[e], &power, &more);
    *value = round_to_nearest(q, more, power);
    return true;
}

/* strtod wants its own point. Nobody here sets a locale. */
static double from_text(const char *text, char point)
{
    char buf[400];
    size_t n = strlen(text);
    if (point == '.' || n >= sizeof buf)
        return strtod(text, NULL);
    memcpy(buf, text, n + 1);
    char *at = strchr(buf, point);
    if (at)
        *at = '.';
    return strtod(buf, NULL);
}

/* ---- texts ---- */

typedef struct Number {
    uint64_t m; /* wrong with more than 19 digits that count */
    int e;
    int n; /* digits that count */
    bool is_whole;
} Number;

/* Marks bytes that are not 0 to 9. */
static uint64_t others(uint64_t digits)
{
    return ((digits + 0x7676767676767676u) | digits) & RT_WORD_TOPS;
}

/* The number that n digits make, 1 to 8: pairs, pairs of those, and both halves. */
static uint64_t number_of(uint64_t digits, unsigned n)
{
    uint64_t d = digits << (64 - 8 * n);
    d = d * 10 + (d >> 8);
    return ((d & 0x000000ff000000ffu) * 0x000f424000000064u +
            (d >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >>
           32;
}

/* near: bytes behind the text can be read. */
static const char *read_digits(const char *p, bool near, Number *number)
{
    uint64_t digits;
    while (near && !others(digits = rt_word(p) ^ '0' * RT_WORD_ONES)) {
        number->m = number->m * 100000000 + number_of(digits, 8);
        p += 8;
    }
    for (; is_digit(*p); p++)
        number->m = number->m * 10 + (uint64_t)(*p - '0');
    return p;
}

static const char *read_exponent(const char *p, Number *number)
{
    int e = 0;
    bool is_negative = *p == '-';
    p += *p == '-' || *p == '+';
    if (!is_digit(*p))
        return NULL;
    for (; is_digit(*p); p++)
        e = e < MOST_EXPONENT ? e * 10 + (*p - '0') : e;
    number->e += is_negative ? -e : e;
    number->is_whole = false;
    return p;
}

/* Zeros in front say nothing. */
static int digits_that_count(const char *p, char point)
{
    int n = 0;
    for (; is_digit(*p) || *p == point; p++)
        n += *p != point && (n || *p != '0');
    return n;
}

/* What follows the sign; NULL: no number. */
static const char *scan(const char *text, char point, bool near, Number *number)
{
    const char *p = read_digits(text, near, number), *digits = text;
    number->n = (int)(p - digits);
    if (*p == point) {
        const char *fraction = ++p;
        p = read_digits(p, near, number);
        number->e = (int)(fraction - p);
        number->n += (int)(p - fraction);
        number->is_whole = false;
    }
    if (!number->n)
        return NULL;
    if (*p == 'e' || *p == 'E')
        p = read_exponent(p + 1, number);
    if (number->n > MOST_DIGITS)
        number->n = digits_that_count(digits, point);
    return p;
}

/* The value of what was scanned; false: only strtod knows it. */
static bool value_of(const Number *number, bool is_negative, double *value, bool *is_int)
{
    if (number->n > MOST_DIGITS ||
        !(from_doubles(number->m, number->e, value) || from_integers(number->m, number->e, value)))
        return false;
    *value = is_negative ? -*value : *value;
    *is_int = number->is_whole && *value >= INT32_MIN && *value <= INT32_MAX;
    return true;
}

static const char *scan_decimal(const char *text, char point, bool near, double *value,
                                bool *is_int)
{
    Number number = {.is_whole = true};
    bool is_negative = *text == '-';
    const char *end = scan(text + (is_negative || *text == '+'), point, near, &number);
    return end && value_of(&number, is_negative, value, is_int) ? end : NULL;
}

const char *rt_scan_decimal(const char *text, char point, double *value, bool *is_int)
{
    return scan_decimal(text, point, false, value, is_int);
}

/* A number of at most 8 bytes with its point, no exponent: no branch depends on how many digits there are. The
 * digits behind the point move down over it. */
const char *rt_scan_near(const char *text, char point, double *value, bool *is_int)
{
    static const double signs[] = {1, -1};
    bool is_negative = *text == '-';
    const char *p = text + is_negative;
    uint64_t digits = rt_word(p) ^ '0' * RT_WORD_ONES, marks = others(digits);
    unsigned whole = rt_word_first(marks), n = whole, fraction = 0;
    *is_int = whole == 8 || p[whole] != point;
    if (!*is_int) {
        uint64_t below = ((uint64_t)1 << 8 * whole) - 1;
        n = rt_word_first(marks & (marks - 1)) - 1;
        fraction = n - whole;
        digits = (digits & below) | (digits >> 8 & ~below);
    }
    const char *end = p + n + !*is_int;
    if (!n || (whole == 8 && *end == point) || is_digit(*end) || *end == 'e' || *end == 'E')
        return scan_decimal(text, point, true, value, is_int);
    *value = signs[is_negative] * ((double)number_of(digits, n) / exact[fraction]);
    return end;
}

bool rt_parse_decimal(const char *text, char point, double *value, bool *is_int)
{
    Number number = {.is_whole = true};
    const char *end = rt_scan_decimal(text, point, value, is_int);
    if (end)
        return !*end;
    end = scan(text + (*text == '-' || *text == '+'), point, false, &number);
    if (!end || *end)
        return false;
    *value = from_text(text, point);
    *is_int = number.is_whole && *value >= INT32_MIN && *value <= INT32_MAX;
    return true;
}

bool rt_parse_number(const char *text, double *value, bool *is_int)
{
    return rt_parse_decimal(text, '.', value, is_int);
}
