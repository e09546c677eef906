/* fit_text.c: whole characters, the longest beginning that fits. */
#include "runtime/plot/fit_text.h"

#include <stdio.h>
#include <string.h>

#include "runtime/files/text.h"

static const char dots[] = "...";

const char *rt_fit_text(const RtCanvas *c, RtTextStyle style, const char *text, double width,
                        char out[RT_FIT_TEXT])
{
    int low = 0, high = RT_FIT_TEXT / 4 - 1; /* characters: `low` of them fit */
    if (strlen(text) < RT_FIT_TEXT && rt_canvas_text_width(c, style, text) <= width)
        return strcpy(out, text);
    while (low < high) {
        int middle = (low + high + 1) / 2;
        size_t n = rt_utf8_head(text, middle);
        snprintf(out, RT_FIT_TEXT, "%.*s%s", (int)n, text, dots);
        if (n < strlen(text) && rt_canvas_text_width(c, style, out) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    snprintf(out, RT_FIT_TEXT, "%.*s%s", (int)rt_utf8_head(text, low), text, dots);
    return out;
}
