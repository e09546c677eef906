/* Decimal numbers: the nearest double, whichever way it is found, and what is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/number.h"
#include "runtime/data/words.h"
#include "tests/unit/check.h"

static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* Digits, a point somewhere, an exponent: the nearest double, whichever way it is found. */
static void check_random_numbers(void)
{
    uint64_t rng = 7;
    for (int i = 0; i < 200000; i++) {
        char text[64];
        double value;
        bool is_int;
        int n = 0, digits = 1 + (int)(next(&rng) % 22), point = (int)(next(&rng) % 30);
        for (int k = 0; k < digits; k++) {
            if (k == point)
                text[n++] = '.';
            text[n++] = (char)('0' + next(&rng) % 10);
        }
        text[n] = 0;
        if (i % 4 == 0)
            snprintf(text + n, sizeof text - (size_t)n, "e%d", (int)(next(&rng) % 60) - 30);
        if (!rt_parse_number(text, &value, &is_int) || value != strtod(text, NULL))
            CHECK_STR(text, "the nearest double");
    }
}

/* A cell in a row, with any bytes behind it: the same number, end and kind whichever way it is read. */
static void check_cell(const char *cell, char point)
{
    char text[64];
    double slow = 0, fast = 0;
    bool slow_int = false, fast_int = false;
    memset(text, '7', sizeof text);
    snprintf(text, sizeof text - RT_WORD_AHEAD, "%s", cell);
    text[strlen(text)] = ';';
    const char *end = rt_scan_decimal(text, point, &slow, &slow_int);
    bool same = rt_scan_near(text, point, &fast, &fast_int) == end;
    if (!same || (end && (memcmp(&slow, &fast, sizeof slow) || slow_int != fast_int)))
        CHECK_STR(cell, "the same number both ways");
}

/* Bytes that numbers have, and some that only look like them, up to 12. */
static void check_cells_of_numbers(void)
{
    static const char bytes[] = "0123456789012345678901234567890123456789..,,-+eE/:x\xb0\x01\xff";
    uint64_t rng = 11;
    for (int i = 0; i < 400000; i++) {
        char cell[16] = "";
        int n = (int)(next(&rng) % 12);
        for (int k = 0; k < n; k++)
            cell[k] = bytes[next(&rng) % (sizeof bytes - 1)];
        check_cell(cell, i % 2 ? '.' : ',');
    }
    check_cell("0.123456", '.');
    check_cell("-0.123456", '.');
    check_cell("1234567.", '.');
    check_cell("12345678", '.');
    check_cell("123456789", '.');
    check_cell("-0", '.');
    check_cell("0.12345678901234567", '.');
    check_cell("-1234567890123456,25", ',');
    check_cell("12345678901234567890123", '.');
    check_cell("1.2345678901234567e-05", '.');
}

static void check_numbers(void)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "00012",
                                       "1e22",
                                       "1e23",
                                       "9007199254740993",
                                       "1e-22",
                                       "1e-23",
                                       "2.5e-324",
                                       "0.000000000000000000001",
                                       "123456789.123456789",
                                       "1e309",
                                       "18446744073709551616"};
    static const char *const bad[] = {"",      "-",   ".",   "e5",  "1 ", " 1",
                                      "1.2.3", "--1", "1e+", "nan", "1,5"};
    double value;
    bool is_int;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(rt_parse_number(good[i], &value, &is_int));
        CHECK(value == strtod(good[i], NULL));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!rt_parse_number(bad[i], &value, &is_int));
    CHECK(rt_parse_number("-2147483648", &value, &is_int) && is_int);
    CHECK(rt_parse_number("2147483647", &value, &is_int) && is_int);
    CHECK(rt_parse_number("2147483648", &value, &is_int) && !is_int);
    CHECK(rt_parse_number("1.0", &value, &is_int) && !is_int);
}

int main(void)
{
    check_numbers();
    check_random_numbers();
    check_cells_of_numbers();
    return check_done();
}
