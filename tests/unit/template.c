/* Templates: their pieces, which specs there are and what they fit, and numbers and texts as Python shows them. */
#include "runtime/abi/template.h"

#include <float.h>
#include <math.h>

#include "tests/unit/check.h"

static char text[2048];

/* The pieces as "text|{name}|...", or "begin-end: message". */
static const char *pieces(const char *template)
{
    RtPiece p;
    RtTemplateFault fault;
    RtStatus status;
    size_t at = 0, n = 0;
    text[0] = 0;
    while ((status = rt_template_next(template, &at, &p, &fault)) == RT_OK)
        n += (size_t)snprintf(text + n, sizeof text - n, p.is_field ? "{%.*s}|" : "%.*s|", (int)p.n,
                              p.text);
    if (status == RT_ERROR)
        snprintf(text, sizeof text, "%zu-%zu: %s", fault.begin, fault.end, fault.error.text);
    return text;
}

static RtSpec spec_of(const char *spec)
{
    RtSpec s;
    RtTemplateFault fault;
    CHECK(rt_spec_parse(spec, strlen(spec), &s, &fault) == RT_OK);
    return s;
}

static const char *shown(const char *spec, double x)
{
    RtSpec s = spec_of(spec);
    size_t n = rt_spec_float(&s, x, text, sizeof text);
    CHECK(n == strlen(text) && n == rt_spec_float(&s, x, NULL, 0));
    return text;
}

static const char *whole(const char *spec, int64_t x)
{
    RtSpec s = spec_of(spec);
    CHECK(rt_spec_integer(&s, x, text, sizeof text) == strlen(text));
    return text;
}

static const char *word(const char *spec, const char *x)
{
    RtSpec s = spec_of(spec);
    CHECK(rt_spec_text(&s, x, text, sizeof text) == strlen(text));
    return text;
}

static const char *misfit(const char *spec, RtShows what)
{
    RtSpec s = spec_of(spec);
    static RtError error;
    return rt_spec_check(&s, what, &error) == RT_OK ? NULL : error.text;
}

static void check_pieces(void)
{
    CHECK_STR(pieces(""), "");
    CHECK_STR(pieces("{}"), "{}|");
    CHECK_STR(pieces("{epoch:02d}-{val_loss:.2f}.safetensors"),
              "{epoch}|-|{val_loss}|.safetensors|");
    CHECK_STR(pieces("a{{b}}{0}"), "a|{|b|}|{0}|");
    CHECK_STR(pieces("{{{}}}"), "{|{}|}|");
    CHECK_STR(pieces("{:>5}{:}"), "{}|{}|");
    CHECK_STR(pieces("ab{"), "2-3: this '{' opens a field that no '}' closes; a brace itself is "
                             "written '{{'");
    CHECK_STR(pieces("ab{x:.2f"), "2-3: this '{' opens a field that no '}' closes; a brace itself "
                                  "is written '{{'");
    CHECK_STR(pieces("ab}"), "2-3: this '}' closes nothing; a brace itself is written '}}'");
    CHECK_STR(pieces("{a!r}"), "1-4: conversions such as '!r' are not supported");
    CHECK_STR(pieces("{:{}}"), "2-3: a field cannot hold another one");
    CHECK_STR(pieces("x{:5q}"), "4-5: unknown type 'q' of a field; there are: d e f g % s");
    CHECK_STR(pieces("x{:é}"), "3-5: unknown type 'é' of a field; there are: d e f g % s");
    CHECK_STR(pieces("{:5.2fx}"), "2-7: '5.2fx' cannot be read as "
                                  "[[fill]align][sign][0][width][,][.precision][type]");
    CHECK_STR(pieces("{:.f}"), "2-3: the point of a field needs digits behind it, as in {:.2f}");
    CHECK_STR(pieces("{:1001}"), "2-6: the width of a field is at most 1000");
    CHECK_STR(pieces("{:.99999999999}"), "3-14: the precision of a field is at most 1000");
}

static void check_positions(void)
{
    RtPiece p;
    RtTemplateFault fault;
    size_t at = 0;
    uint32_t next = 0, place = 9;
    const char *template = "{}{}{7}{x}{99999999999}";
    CHECK(rt_template_next(template, &at, &p, &fault) == RT_OK);
    CHECK(rt_piece_position(&p, &next, &place) && place == 0);
    CHECK(rt_template_next(template, &at, &p, &fault) == RT_OK);
    CHECK(rt_piece_position(&p, &next, &place) && place == 1);
    CHECK(rt_template_next(template, &at, &p, &fault) == RT_OK);
    CHECK(rt_piece_position(&p, &next, &place) && place == 7 && next == 2);
    CHECK(rt_template_next(template, &at, &p, &fault) == RT_OK);
    CHECK(!rt_piece_position(&p, &next, &place));
    CHECK(rt_template_next(template, &at, &p, &fault) == RT_OK);
    CHECK(!rt_piece_position(&p, &next, &place));
}

static void check_fits(void)
{
    CHECK(!misfit(".2f", RT_SHOWS_float) && !misfit("d", RT_SHOWS_number));
    CHECK(!misfit(".2f", RT_SHOWS_integer) && !misfit(".3", RT_SHOWS_number));
    CHECK(!misfit("010", RT_SHOWS_text) && !misfit("*^9.3s", RT_SHOWS_text));
    CHECK_STR(
        misfit("d", RT_SHOWS_float),
        "the type 'd' of a field shows an integer, but its value is a float; '.0f' rounds it");
    CHECK_STR(misfit("s", RT_SHOWS_number),
              "the type 's' of a field shows a text, but its value is a number");
    CHECK_STR(misfit(".2", RT_SHOWS_integer),
              "an integer has no digits behind a point; '.2f' shows it as a float");
    CHECK_STR(misfit(".3d", RT_SHOWS_number),
              "an integer has no digits behind a point; '.3f' shows it as a float");
    CHECK_STR(misfit("f", RT_SHOWS_text),
              "the type 'f' of a field shows a number, but its value is not one");
    CHECK_STR(misfit("+", RT_SHOWS_text),
              "'+' in a field is for numbers, but its value is not one");
    CHECK_STR(misfit(",", RT_SHOWS_text),
              "',' in a field is for numbers, but its value is not one");
    CHECK_STR(misfit("=9", RT_SHOWS_text),
              "'=' in a field is for numbers, but its value is not one");
}

static void check_numbers(void)
{
    CHECK_STR(shown("", 0.1 + 0.2), "0.30000000000000004");
    CHECK_STR(shown("", 5e-324), "5e-324");
    CHECK_STR(shown("", DBL_MAX), "1.7976931348623157e+308");
    CHECK_STR(shown("", 0x1p-44),
              "5.684341886080802e-14"); /* the nearest 16 digits do not read back */
    CHECK_STR(shown("", 1e16), "1e+16");
    CHECK_STR(shown("", 9999999999999998.0), "9999999999999998.0");
    CHECK_STR(shown("", 0.0001), "0.0001");
    CHECK_STR(shown("", -0.0), "-0.0");
    CHECK_STR(shown(".1", 1.0), "1e+00");
    CHECK_STR(shown(".3", 12.0), "12.0");
    CHECK_STR(shown(".40", 1e22), "10000000000000000000000.0");
    CHECK_STR(shown(".0f", 2.5), "2");
    CHECK_STR(shown(".2%", 0.12345), "12.35%");
    CHECK_STR(shown("G", 1e20), "1E+20");
    CHECK_STR(shown("F", HUGE_VAL), "INF");
    CHECK_STR(shown("%", -HUGE_VAL), "-inf%");
    CHECK_STR(shown("+", NAN), "+nan");
    CHECK_STR(shown("+", -NAN), "+nan");
    CHECK_STR(shown("010,.1f", -HUGE_VAL), "-000000inf");
    CHECK_STR(shown("012,.2f", 1234.5), "0,001,234.50");
    CHECK_STR(shown("08,.0f", 123456), "0,123,456");
    CHECK_STR(whole("08,", 1234), "0,001,234");
    CHECK_STR(whole("*=+6", 42), "+***42");
    CHECK_STR(whole("<05", 42), "42000");
    CHECK_STR(whole(",", INT64_MIN), "-9,223,372,036,854,775,808");
    CHECK_STR(whole(".3e", 1500), "1.500e+03");
    CHECK_STR(word("é^7.3", "日本語x"), "éé日本語éé");
    CHECK_STR(word("05", "ab"), "ab000");
}

/* What does not fit is counted, and what is there ends in a NUL. */
static void check_room(void)
{
    RtSpec s = spec_of("9.2f");
    char small[4] = "???";
    CHECK(rt_spec_float(&s, 1.5, small, sizeof small) == 9);
    CHECK_STR(small, "   ");
    CHECK(rt_spec_float(&s, 1.5, small, 0) == 9);
    CHECK_STR(small, "   ");
}

int main(void)
{
    check_pieces();
    check_positions();
    check_fits();
    check_numbers();
    check_room();
    return check_done();
}
