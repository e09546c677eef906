/* history.c: series that grow by doubling. */
#include "runtime/train/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/store.h"

const RtSeries *rt_history_find(const RtHistory *h, const char *name)
{
    for (uint32_t i = 0; i < h->n; i++)
        if (!strcmp(h->series[i].name, name))
            return &h->series[i];
    return NULL;
}

static RtSeries *open_series(RtHistory *h, const char *name)
{
    RtSeries *more = realloc(h->series, (h->n + (size_t)1) * sizeof *more);
    char *copy = rt_text_copy(name);
    if (more)
        h->series = more;
    if (!more || !copy) {
        free(copy);
        return NULL;
    }
    more[h->n] = (RtSeries){.name = copy};
    return &more[h->n++];
}

static bool has_room(RtSeries *s)
{
    if (s->n < s->room)
        return true;
    int64_t room = s->room ? 2 * s->room : 16;
    double *values = realloc(s->values, (size_t)room * sizeof *values);
    if (values)
        s->values = values;
    int64_t *epochs = realloc(s->epochs, (size_t)room * sizeof *epochs);
    if (epochs)
        s->epochs = epochs;
    if (values && epochs)
        s->room = room;
    return values && epochs;
}

static RtStatus no_room(RtError *error)
{
    return rt_fail(error, "not enough memory for the history of a training");
}

static RtSeries *find(RtHistory *h, const char *name)
{
    return (RtSeries *)(uintptr_t)rt_history_find(h, name);
}

RtStatus rt_history_open(RtHistory *h, const char *name, RtError *error)
{
    return find(h, name) || open_series(h, name) ? RT_OK : no_room(error);
}

RtStatus rt_history_add(RtHistory *h, const char *name, double value, RtError *error)
{
    RtSeries *s = find(h, name);
    if (!s)
        s = open_series(h, name);
    if (!s || !has_room(s))
        return no_room(error);
    s->values[s->n] = value;
    s->epochs[s->n++] = h->first + h->epochs;
    return RT_OK;
}

void rt_history_free(RtHistory *h)
{
    for (uint32_t i = 0; i < h->n; i++) {
        free(h->series[i].name);
        free(h->series[i].values);
        free(h->series[i].epochs);
    }
    free(h->series);
    *h = (RtHistory){0, NULL, 0, 0};
}

int64_t rt_history_best(const RtHistory *h, const char *name, int up)
{
    const RtSeries *s = rt_history_find(h, name);
    if (!s || !s->n)
        return 0;
    int64_t best = s->n - 1;
    for (int64_t e = s->n; e-- > 0;) {
        double value = up ? -s->values[e] : s->values[e],
               least = up ? -s->values[best] : s->values[best];
        if (value <= least || (isnan(least) && !isnan(value)))
            best = e;
    }
    return s->epochs[best] + 1;
}
