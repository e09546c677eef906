/* ticks.h: where the ticks of an axis stand, and what is written beside them. */
#ifndef NNLC_RUNTIME_PLOT_TICKS_H
#define NNLC_RUNTIME_PLOT_TICKS_H

#include <stdbool.h>

enum { RT_MOST_TICKS = 24, RT_MOST_MINOR = 200 };

/* An axis from a value to another, and where these lie on the page. Of a log axis the values are those of the data;
 * both are above 0 then. */
typedef struct RtScale {
    bool log, whole; /* whole: ticks at whole numbers only */
    double least, most, from, to;
} RtScale;

typedef struct RtTicks {
    int n, n_minor;
    double at[RT_MOST_TICKS], minor[RT_MOST_MINOR];
    char label[RT_MOST_TICKS][24];
    char offset[24]; /* to be added to all labels: "+1e9"; or "" */
} RtTicks;

/* Makes a range that ticks can be put on: one that is a single value, or narrower than numbers can tell, grows;
 * then a margin is added, a part of the range. Of a log axis all that in its logarithm. */
void rt_scale_fit(RtScale *s, double margin);
/* Where a value lies on the page, at an end of the axis if it is beyond; a log axis wants it above 0. */
double rt_scale_at(const RtScale *s, double value);
/* At most `most` ticks (at least 2, at most RT_MOST_TICKS), at multiples of 1, 2, 2.5 or 5 times a power of ten. */
void rt_ticks_make(const RtScale *s, int most, RtTicks *out);

#endif
