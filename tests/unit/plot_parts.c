/* What pictures are made with: texts cut to a width, and numbers as colors. */
#include <math.h>

#include "runtime/plot/canvas_format.h"
#include "runtime/plot/fit_text.h"
#include "runtime/plot/shades.h"
#include "tests/unit/check.h"

static void test_fit(void)
{
    char out[RT_FIT_TEXT], text[2 * RT_FIT_TEXT];
    RtCanvas *c = rt_svg_open();
    if (!CHECK(c != NULL))
        return;
    CHECK_STR(rt_fit_text(c, RT_TEXT_LABEL, "dress", 100, out), "dress");
    CHECK_STR(rt_fit_text(c, RT_TEXT_LABEL, "", 0, out), "");
    CHECK_STR(rt_fit_text(c, RT_TEXT_LABEL, "dress", 0, out), "...");
    CHECK_STR(rt_fit_text(c, RT_TEXT_LABEL, "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9", 30, out),
              "\u00e9\u00e9...");
    memset(text, 'i', sizeof text - 1);
    text[sizeof text - 1] = 0;
    for (double width = 0; width < 3000; width += 10) {
        rt_fit_text(c, RT_TEXT_SMALL, text, width, out);
        CHECK(strlen(out) < sizeof out);
        CHECK(width < 20 || rt_canvas_text_width(c, RT_TEXT_SMALL, out) <= width);
    }
    rt_canvas_close(c);
}

static const char *diverging(double x, double most)
{
    static char text[8];
    uint8_t rgb[3];
    rt_shade_diverging(x, most, rgb);
    snprintf(text, sizeof text, "%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    return text;
}

static void test_shades(void)
{
    CHECK_EQ_INT(rt_shade_gray(0, 0, 255), 0);
    CHECK_EQ_INT(rt_shade_gray(255, 0, 255), 255);
    CHECK_EQ_INT(rt_shade_gray(300, 0, 255), 255);
    CHECK_EQ_INT(rt_shade_gray(-INFINITY, 0, 255), 0);
    CHECK_EQ_INT(rt_shade_gray(0.5, 0, 1), 128);
    CHECK_EQ_INT(rt_shade_gray(NAN, 0, 1), 0x9e);
    CHECK_EQ_INT(rt_shade_gray(7, 7, 7), 0);
    CHECK_STR(diverging(0, 1), "f7f7f7");
    CHECK_STR(diverging(0, 0), "f7f7f7");
    CHECK_STR(diverging(-0.5, 1), "e6833c");
    CHECK_STR(diverging(0.5, 1), "4d9ad0");
    CHECK_STR(diverging(-INFINITY, 1), "7a2e00");
    CHECK_STR(diverging(3, 1), "003461");
    CHECK_STR(diverging(NAN, 1), "9e9e9e");
}

int main(void)
{
    test_fit();
    test_shades();
    return check_done();
}
