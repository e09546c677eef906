/* Ticks: round numbers within any range, with labels that tell them apart. */
#include "runtime/plot/ticks.h"

#include <math.h>
#include <stdint.h>

#include "tests/unit/check.h"

static const char *labels_of(double least, double most, bool log, bool whole, int n)
{
    static char text[1024];
    RtScale s = {.log = log, .whole = whole, .least = least, .most = most, .from = 0, .to = 100};
    RtTicks t;
    size_t at = 0;
    rt_ticks_make(&s, n, &t);
    text[0] = 0;
    for (int i = 0; i < t.n; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", i ? " " : "", t.label[i]);
    snprintf(text + at, sizeof text - at, "%s%s", *t.offset ? " " : "", t.offset);
    return text;
}

static void check_labels(void)
{
    CHECK_STR(labels_of(0, 1, false, false, 6), "0.0 0.2 0.4 0.6 0.8 1.0");
    CHECK_STR(labels_of(0.03, 0.97, false, false, 5), "0.2 0.4 0.6 0.8");
    CHECK_STR(labels_of(-1, 1, false, false, 5), "-1.0 -0.5 0.0 0.5 1.0");
    CHECK_STR(labels_of(1, 30, false, true, 7), "5 10 15 20 25 30");
    CHECK_STR(labels_of(1, 3, false, true, 9), "1 2 3");
    CHECK_STR(labels_of(0, 100, false, true, 5), "0 25 50 75 100");
    CHECK_STR(labels_of(0, 2.5e6, false, false, 6), "0 0.5e6 1.0e6 1.5e6 2.0e6 2.5e6");
    CHECK_STR(labels_of(0, 90000, false, false, 6), "0 20000 40000 60000 80000");
    CHECK_STR(labels_of(0, 3e-7, false, false, 4), "0 1e-7 2e-7 3e-7");
    CHECK_STR(labels_of(1e9, 1e9 + 1, false, false, 3), "0.0 0.5 1.0 +1000000000");
    CHECK_STR(labels_of(0, 1.6e308, false, false, 4), "0 0.5e308 1.0e308 1.5e308");
    CHECK_STR(labels_of(0.01, 10, true, false, 6), "0.01 0.1 1 10");
    CHECK_STR(labels_of(0.2, 3, true, false, 6), "0.2 0.5 1 2");
    CHECK_STR(labels_of(1e-8, 1e-2, true, false, 4), "1e-8 1e-6 1e-4 1e-2");
    CHECK_STR(labels_of(2, 3, true, false, 6), "2.0 2.2 2.4 2.6 2.8 3.0");
}

static void check_range(double least, double most, bool log, bool whole)
{
    RtScale s = {.log = log, .whole = whole, .least = least, .most = most, .from = 0, .to = 100};
    RtTicks t;
    rt_scale_fit(&s, 0.05);
    CHECK(isfinite(s.least) && isfinite(s.most) && s.least < s.most);
    CHECK(s.least <= least && s.most >= most);
    for (int n = 2; n <= 12; n++) {
        rt_ticks_make(&s, n, &t);
        bool good = t.n <= n && t.n_minor <= RT_MOST_MINOR;
        for (int i = 0; i < t.n; i++) {
            double at = rt_scale_at(&s, t.at[i]);
            good = good && at > -0.01 && at < 100.01 && strlen(t.label[i]) < 16;
            good = good &&
                   (i == 0 || (t.at[i] > t.at[i - 1] && strcmp(t.label[i], t.label[i - 1]) != 0));
            good = good && (!whole || t.at[i] == floor(t.at[i]));
        }
        if (!CHECK(good))
            fprintf(stderr, "from %.17g to %.17g%s, %d ticks: %d\n", least, most,
                    log ? ", log" : "", n, t.n);
    }
}

static void check_ranges(void)
{
    static const double ends[] = {0,     1,      -1,        1e-5,     0.1,    3,
                                  17,    1000,   12345.678, 1e9,      1e15,   -1e15,
                                  1e300, -1e300, 7.9e307,   -7.9e307, 1e-200, 5e-320};
    enum { N = sizeof ends / sizeof *ends };
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            if (ends[i] > ends[k])
                continue;
            check_range(ends[i], ends[k], false, false);
            if (ends[i] > 1e-250)
                check_range(ends[i], ends[k], true, false);
            if (fabs(ends[i]) < 1e15 && fabs(ends[k]) < 1e15)
                check_range(floor(ends[i]), floor(ends[k]), false, true);
        }
    check_range(1e9, nextafter(1e9, 2e9), false, false);
    check_range(1e9, 1e9 + 1e-3, false, false);
    check_range(0.9999999, 1.0000001, false, false);
}

static void check_places(void)
{
    RtScale s = {.least = -1e308, .most = 1e308, .from = 10, .to = 110};
    CHECK(fabs(rt_scale_at(&s, 0) - 60) < 1e-9);
    RtScale log = {.log = true, .least = 1e-300, .most = 1e300, .from = 0, .to = 60};
    CHECK(fabs(rt_scale_at(&log, 1) - 30) < 1e-9);
    CHECK(fabs(rt_scale_at(&log, 1e100) - 40) < 1e-9);
}

int main(void)
{
    check_labels();
    check_ranges();
    check_places();
    return check_done();
}
