/* Growing texts: adding, quoting, shortest numbers. */
#include "support/strbuf.h"

#include <float.h>
#include <math.h>

#include "tests/unit/check.h"

static void check_double(double value, const char *expected)
{
    StrBuf out = {0};
    strbuf_double(&out, value);
    CHECK_STR(out.text, expected);
    strbuf_close(&out);
}

static void check_quoted(const char *text, size_t length, const char *expected)
{
    StrBuf out = {0};
    strbuf_quote(&out, text, length);
    CHECK_STR(out.text, expected);
    strbuf_close(&out);
}

static void check_doubles(void)
{
    check_double(0.0, "0.0");
    check_double(-0.0, "-0.0");
    check_double(1.0, "1.0");
    check_double(0.1, "0.1");
    check_double(1.0 / 3.0, "0.3333333333333333");
    check_double(0.1 + 0.2, "0.30000000000000004");
    check_double(1e-7, "1e-07");
    check_double(1e300, "1e+300");
    check_double(5e-324, "5e-324");
    check_double(DBL_MAX, "1.7976931348623157e+308");
    check_double(DBL_MIN, "2.2250738585072014e-308");
    check_double(9007199254740993.0, "9007199254740992.0");
    check_double((double)INFINITY, "inf");
    check_double(-(double)INFINITY, "-inf");
    check_double((double)NAN, "nan");
}

static void check_growth(void)
{
    StrBuf out = {0};
    for (int i = 0; i < 1000; i++)
        strbuf_printf(&out, "%d,", i % 10);
    CHECK_EQ_INT(out.n, 2000);
    CHECK_EQ_INT(strlen(out.text), 2000);
    strbuf_close(&out);
    CHECK(out.text == NULL);
    strbuf_add(&out, "");
    CHECK_STR(out.text, "");
    strbuf_char(&out, 'x');
    strbuf_add_n(&out, "yzw", 2);
    CHECK_STR(out.text, "xyz");
    strbuf_close(&out);
}

int main(void)
{
    check_growth();
    check_doubles();
    check_quoted("plain", 5, "\"plain\"");
    check_quoted("a\"b\\c\n\t\r", 8, "\"a\\\"b\\\\c\\n\\t\\r\"");
    check_quoted("\0\x01\x7F", 3, "\"\\x00\\x01\\x7f\"");
    check_quoted("gr\xC3\xB6\xC3\x9F\x65", 7, "\"größe\"");
    check_quoted("a\xFF\xC3", 3, "\"a\\xff\\xc3\"");
    check_quoted("\xE2\x80\xAE", 3, "\"\\u{202E}\"");
    return check_done();
}
