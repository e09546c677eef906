/* keras_text.c: see keras_text.h. A mark is \x01, "r" for the learning rate, the number of an expression, \x01. */
#include "runtime/train/keras_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/train/expr.h"

enum { MARK = 1, MOST_DIGITS = 40 };

/* The value of the mark at `at`, which goes behind it. */
static double mark_value(RtRun *run, const RtModel *m, const char **at, const char **error)
{
    bool is_rate = (*at)[1] == 'r';
    char *end;
    unsigned long expr = strtoul(*at + 1 + is_rate, &end, 10);
    RtExprCx cx = {run->image, NULL, 0, run, rt_run_option, NULL, NULL, NULL};
    *at = *end == MARK ? end + 1 : end;
    if (is_rate && m->sets_rate)
        return m->rate;
    return rt_expr_number(&cx, (uint32_t)expr, error);
}

char *rt_keras_text(RtRun *run, const RtModel *m, const char *text)
{
    size_t marks = 0;
    for (const char *at = text; *at; at++)
        marks += *at == MARK;
    char *out = malloc(strlen(text) + marks * MOST_DIGITS + 1), *to = out;
    const char *error = NULL;
    while (out && *text) {
        if (*text != MARK) {
            *to++ = *text++;
            continue;
        }
        double v = mark_value(run, m, &text, &error);
        to += snprintf(to, MOST_DIGITS, v == floor(v) && fabs(v) < 1e15 ? "%.1f" : "%.17g", v);
    }
    if (out)
        *to = 0;
    if (!error)
        return out;
    free(out);
    return NULL;
}

bool rt_keras_rate(RtRun *run, const RtModel *m, const char *text, double *rate)
{
    const char *at = strstr(text, "\x01r"), *error = NULL;
    if (!at)
        return false;
    *rate = mark_value(run, m, &at, &error);
    return !error;
}
