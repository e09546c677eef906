/* Panels of runs: one for each metric, its twin beside it, runs by color, marks at the best epochs.
 * wraps: malloc calloc realloc aligned_alloc */
#include "runtime/plot/history_panels.h"

#include <math.h>
#include <stdio.h>

#include "tests/unit/check.h"
#include "tests/unit/failing_memory.h"

#define METRIC(text, rule, ...)                                                                    \
    {                                                                                              \
        .name = text, .best = rule, .n = 3, .epochs = epochs, .values = (const double[])           \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

static const double epochs[] = {1, 2, 3};

/* "loss: loss 0/0 m1, val_loss 1/1 m2; ...": title, then for each curve its name, color, dashes, mark. */
static void show(const RtHistoryPanels *h, char *text)
{
    *text = 0;
    for (uint32_t p = 0; p < h->n_panels; p++) {
        const RtPanel *panel = &h->panels[p];
        text += sprintf(text, "%s%s:", p ? "; " : "", panel->title);
        for (uint32_t c = 0; c < panel->n; c++)
            text += sprintf(text, " [%s %d/%d m%d]", panel->curves[c].name, panel->curves[c].color,
                            panel->curves[c].dashed, (int)panel->curves[c].mark);
    }
}

static void test(uint32_t n, const RtRunMetrics *runs, const char *wanted)
{
    RtHistoryPanels h;
    RtError error;
    char text[1000];
    CHECK(rt_history_panels(&h, n, runs, &error) == RT_OK);
    show(&h, text);
    CHECK_STR(text, wanted);
    rt_history_panels_close(&h);
}

static void test_memory(const RtRunMetrics *run)
{
    for (long n = 0; n < 3; n++) {
        RtHistoryPanels h;
        RtError error = {{0}, {0}};
        before_failure = n;
        CHECK(rt_history_panels(&h, 1, run, &error) == RT_ERROR);
        CHECK_STR(error.text, "not enough memory for the panels of a plot");
        rt_history_panels_close(&h);
    }
    before_failure = -1;
}

int main(void)
{
    const RtRunMetric one[] = {METRIC("accuracy", RT_BEST_most, 0.5, 0.75, 0.75),
                               METRIC("learning_rate", RT_BEST_unknown, 1, 1, 1),
                               METRIC("loss", RT_BEST_least, 3, 2, 1),
                               METRIC("val_accuracy", RT_BEST_most, NAN, NAN, NAN),
                               METRIC("val_loss", RT_BEST_least, NAN, 1, 2)};
    const RtRunMetric two[] = {METRIC("loss", RT_BEST_least, 1, 2, 3),
                               METRIC("val_mae", RT_BEST_least, 1, 2, 0),
                               METRIC("val_", RT_BEST_unknown, 1, 2, 3)};
    const RtRunMetrics runs[] = {{"a", 0, 5, one}, {"b", 0, 3, two}};
    const RtRunMetrics best[] = {{"a", 2, 5, one}};
    test(0, NULL, "");
    test(1, runs,
         "loss: [loss 0/0 m-1] [val_loss 1/1 m1]; accuracy: [accuracy 0/0 m-1] [val_accuracy 1/1 "
         "m-1]; "
         "learning_rate: [learning_rate 0/0 m-1]");
    test(2, runs,
         "loss: [a 0/0 m-1] [a (val) 0/1 m1] [b 1/0 m0]; accuracy: [a 0/0 m-1] [a (val) 0/1 m-1]; "
         "val_mae: [b 1/0 m2]; val_: [b 1/0 m-1]; learning_rate: [a 0/0 m-1]");
    test(1, best,
         "loss: [loss 0/0 m-1] [val_loss 1/1 m1]; accuracy: [accuracy 0/0 m-1] [val_accuracy 1/1 "
         "m-1]; "
         "learning_rate: [learning_rate 0/0 m-1]");
    test_memory(runs);
    return check_done();
}
