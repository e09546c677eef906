/* metrics.c: sums are states of role metric. Several metrics may take one sum. */
#include "runtime/train/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/train/metric_rules.h"
#include "runtime/train/state.h"

static uint32_t sums_of(const ImgEntry *e)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->metrics.n; i++)
        n += e->metrics.at[i].sums.n;
    return n;
}

/* The place of a sum in the list; false: no memory. */
static bool find(RtMetrics *m, const ImgState *s, uint32_t *at)
{
    *at = IMG_NONE;
    if (!s || s->dtype != RT_f64)
        return true;
    for (uint32_t i = 0; i < m->n_sums; i++)
        if (m->sums[i] == s)
            *at = i;
    if (*at != IMG_NONE)
        return true;
    *at = m->n_sums++;
    m->sums[*at] = s;
    m->values[*at] = calloc((size_t)rt_state_count(s) + 1, sizeof(double));
    return m->values[*at] != NULL;
}

bool rt_metrics_open(RtMetrics *m, const ImgEntry *entry, const ImgInstance *instance)
{
    size_t n = sums_of(entry), at = 0;
    memset(m, 0, sizeof *m);
    m->entry = entry;
    m->figures = calloc(entry->metrics.n + (size_t)1, sizeof *m->figures);
    m->sums = calloc(n + 1, sizeof *m->sums);
    m->values = calloc(n + 1, sizeof *m->values);
    m->of = calloc(n + 1, sizeof *m->of);
    bool all = m->figures && m->sums && m->values && m->of;
    for (uint32_t i = 0; all && i < entry->metrics.n; i++) {
        const ImgMetric *metric = &entry->metrics.at[i];
        m->figures[m->n++].name = metric->name;
        for (uint32_t k = 0; all && k < metric->sums.n; k++)
            all = find(m, rt_state_named(instance, metric->sums.at[k]), &m->of[at++]);
    }
    return all;
}

void rt_metrics_close(RtMetrics *m)
{
    for (uint32_t i = 0; m->values && i < m->n_sums; i++)
        free(m->values[i]);
    free(m->figures);
    free((void *)m->sums);
    free(m->values);
    free(m->of);
    memset(m, 0, sizeof *m);
}

void rt_metrics_reset(const RtMetrics *m, void *block)
{
    for (uint32_t i = 0; i < m->n_sums; i++)
        memset((char *)block + m->sums[i]->offset, 0, (size_t)m->sums[i]->bytes);
}

static double value_of(const RtMetrics *m, const ImgMetric *metric, const uint32_t *of)
{
    RtMetricInput in = {.n_params = metric->params.n, .params = metric->params.at};
    for (uint32_t k = 0; k < metric->sums.n && k < RT_METRIC_SUMS; k++) {
        if (of[k] == IMG_NONE)
            return 0;
        in.sums[in.n_sums] = m->values[of[k]];
        in.counts[in.n_sums++] = rt_state_count(m->sums[of[k]]);
    }
    return rt_metric_value(metric->rule, &in);
}

void rt_metrics_read(RtMetrics *m, const void *block)
{
    const uint32_t *of = m->of;
    for (uint32_t i = 0; i < m->n_sums; i++)
        rt_state_get_f64(m->sums[i], block, m->values[i]);
    for (uint32_t i = 0; i < m->n; i++) {
        const ImgMetric *metric = &m->entry->metrics.at[i];
        m->figures[i].value = value_of(m, metric, of);
        of += metric->sums.n;
    }
}

uint32_t rt_metrics_list(const RtMetrics *m, uint32_t i)
{
    const ImgMetric *at = m->entry->metrics.at;
    uint32_t n = 1;
    while (*at[i].list && i + n < m->n && !strcmp(at[i].list, at[i + n].list))
        n++;
    return n;
}

int64_t rt_metrics_size(const RtMetrics *m)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < m->n_sums; i++)
        n += rt_state_count(m->sums[i]);
    return n;
}

void rt_metrics_keep(const RtMetrics *m, const void *block, double *values)
{
    for (uint32_t i = 0; i < m->n_sums; i++) {
        rt_state_get_f64(m->sums[i], block, values);
        values += rt_state_count(m->sums[i]);
    }
}

void rt_metrics_put_back(const RtMetrics *m, void *block, const double *values)
{
    for (uint32_t i = 0; i < m->n_sums; i++) {
        rt_state_set_f64(m->sums[i], block, values);
        values += rt_state_count(m->sums[i]);
    }
}
