/* Numbers as text: the fewest digits, the nearest of them, and the layouts.
 *
 * With arguments it prints, for tests/runtime/files/numbers.test: "repr", "number" or "json" of each line of
 * standard input, a hexadecimal double. */
#include "runtime/files/text.h"

#include <math.h>
#include <stdint.h>

#include "tests/unit/check.h"

typedef void Put(FILE *out, double value);

/* In memory that the next call reuses. */
static const char *text_of(Put *put, double value)
{
    static char text[64];
    FILE *out = fmemopen(text, sizeof text, "w");
    if (!out)
        abort();
    put(out, value);
    fputc(0, out);
    fclose(out);
    return text;
}

static void check_repr(void)
{
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1, "1.0"},
        {0.5, "0.5"},
        {-2.5, "-2.5"},
        {0.1, "0.1"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1f, "0.10000000149011612"},
        {100, "100.0"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {1.5e-7, "1.5e-07"},
        {1e15, "1000000000000000.0"},
        {9999999999999998, "9999999999999998.0"},
        {1e16, "1e+16"},
        {12345678901234568, "1.2345678901234568e+16"},
        {123456789012345680, "1.2345678901234568e+17"},
        {1e22, "1e+22"},
        {1e300, "1e+300"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {5e-324, "5e-324"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {0x1p-509, "5.966672584960166e-154"}, /* not the nearest 16 digits */
        {0x1p-1017, "7.120236347223045e-307"},
        {NAN, "nan"},
        {-NAN, "nan"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK_STR(text_of(rt_put_repr, rows[i].value), rows[i].text);
}

static void check_number(void)
{
    CHECK_STR(text_of(rt_put_number, 0), "0");
    CHECK_STR(text_of(rt_put_number, -0.0), "-0");
    CHECK_STR(text_of(rt_put_number, 1e5), "100000");
    CHECK_STR(text_of(rt_put_number, 1e6), "1e+06");
    CHECK_STR(text_of(rt_put_number, 16777216), "16777216");
    CHECK_STR(text_of(rt_put_number, 0.1f), "0.1");
    CHECK_STR(text_of(rt_put_number, 0.1), "0.1");
    CHECK_STR(text_of(rt_put_number, 0x1p-149), "1e-45");
    CHECK_STR(text_of(rt_put_number, 123456789012), "123456789012");
    CHECK_STR(text_of(rt_put_number, 1e15), "1e+15");
    CHECK_STR(text_of(rt_put_number, NAN), "nan");
    CHECK_STR(text_of(rt_put_json_number, -0.25), "-0.25");
    CHECK_STR(text_of(rt_put_json_number, NAN), "null");
    CHECK_STR(text_of(rt_put_json_number, -INFINITY), "null");
}

/* Floats of all sizes: no text of fewer digits reads back as the same float. */
static void check_floats(void)
{
    uint32_t state = 1;
    for (int i = 0; i < 20000; i++) {
        float x;
        char shorter[40];
        state = state * 1664525 + 1013904223;
        memcpy(&x, &state, sizeof x);
        const char *text = text_of(rt_put_number, x);
        if (!isfinite(x))
            continue;
        int digits = 0;
        for (const char *at = text; *at && *at != 'e'; at++)
            digits += (*at >= '1' && *at <= '9') || (*at == '0' && digits);
        CHECK(strtof(text, NULL) == x);
        snprintf(shorter, sizeof shorter, "%.*e", digits > 1 ? digits - 2 : 0, (double)x);
        CHECK(digits == 1 || strtof(shorter, NULL) != x || strchr(text, '.') == NULL);
    }
}

static int answer(const char *what)
{
    char line[64];
    Put *put = !strcmp(what, "repr")   ? rt_put_repr
               : !strcmp(what, "json") ? rt_put_json_number
                                       : rt_put_number;
    while (fgets(line, sizeof line, stdin)) {
        put(stdout, strtod(line, NULL));
        putchar('\n');
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return answer(argv[1]);
    check_repr();
    check_number();
    check_floats();
    return check_done();
}
