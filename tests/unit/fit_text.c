/* Texts that are cut to a width. */
#include "runtime/plot/canvas_format.h"
#include "runtime/plot/fit_text.h"
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

int main(void)
{
    test_fit();
    return check_done();
}
