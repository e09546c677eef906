/* folds.c: which fold holds a row out. */
#include "runtime/data/folds.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/shuffle.h"

/* Rows of one key. */
typedef struct Bin {
    int64_t key, count;
    int64_t place; /* of its first row; then what the draw needs */
} Bin;

typedef struct Draw {
    RtFolds *f;
    uint32_t *fold;
    Bin *bins; /* by key ... */
    int64_t n; /* ... their number */
    uint32_t *order;
    RtError *error;
} Draw;

static RtStatus fail_memory(const RtFolds *f, RtError *error)
{
    return rt_fail(error, "not enough memory for the folds of %lld rows", (long long)f->rows);
}

static int by_key(const void *a, const void *b)
{
    const Bin *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int by_place(const void *a, const void *b)
{
    const Bin *x = *(Bin *const *)a, *y = *(Bin *const *)b;
    return (x->place > y->place) - (x->place < y->place);
}

/* The largest first; of equally large ones the last. */
static int by_count(const void *a, const void *b)
{
    const Bin *x = *(Bin *const *)a, *y = *(Bin *const *)b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->place < y->place) - (x->place > y->place);
}

static void count_keys(Draw *d)
{
    const RtFolds *f = d->f;
    for (int64_t i = 0; i < f->rows; i++)
        d->bins[i] = (Bin){f->keys[i], 1, i};
    qsort(d->bins, (size_t)f->rows, sizeof *d->bins, by_key);
    for (int64_t i = 0; i < f->rows; i++)
        if (d->n && d->bins[d->n - 1].key == d->bins[i].key)
            d->bins[d->n - 1].count++;
        else
            d->bins[d->n++] = d->bins[i];
}

static int64_t bin_of(const Draw *d, int64_t row)
{
    Bin key = {.key = d->f->keys[row]};
    int64_t low = 0, high = d->n;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (d->bins[middle].key <= key.key)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* ---- plain ---- */

static void draw_plain(const Draw *d)
{
    const RtFolds *f = d->f;
    int64_t at = 0;
    for (uint32_t k = 0; k < f->n; k++) {
        int64_t size = f->rows / f->n + (k < f->rows % f->n);
        for (int64_t i = 0; i < size; i++, at++)
            d->fold[f->shuffle ? d->order[at] : at] = k;
    }
}

/* ---- stratified ---- */

/* The folds of one class's rows, in their order. Its rows stand at begin .. end if all are sorted by class; every n-th
 * of these is in the same fold. */
static void deal_class(const RtFolds *f, int64_t number, int64_t begin, int64_t end,
                       uint32_t *dealt)
{
    int64_t n = 0;
    for (uint32_t k = 0; k < f->n; k++) {
        int64_t first = begin + ((int64_t)k - begin % f->n + f->n) % f->n;
        for (int64_t at = first; at < end; at += f->n)
            dealt[n++] = k;
    }
    if (f->shuffle)
        rt_shuffle_for("folds", dealt, n, f->seed, (uint64_t)number);
}

static RtStatus check_classes(const Draw *d)
{
    RtFolds *f = d->f;
    int64_t most = 0;
    f->rarest = f->rows;
    for (int64_t i = 0; i < d->n; i++) {
        most = d->bins[i].count > most ? d->bins[i].count : most;
        f->rarest = d->bins[i].count < f->rarest ? d->bins[i].count : f->rarest;
    }
    if (most >= f->n)
        return RT_OK;
    return rt_fail(d->error, "there are %u folds, but no class has more than %lld %s", f->n,
                   (long long)most, most == 1 ? "row" : "rows");
}

/* Classes count in the order of their first rows. */
static RtStatus draw_stratified(const Draw *d)
{
    const RtFolds *f = d->f;
    RtStatus status = check_classes(d);
    if (status != RT_OK)
        return status;
    Bin **order = malloc((size_t)d->n * sizeof *order);
    if (!order)
        return fail_memory(f, d->error);
    for (int64_t i = 0; i < d->n; i++)
        order[i] = &d->bins[i];
    qsort(order, (size_t)d->n, sizeof *order, by_place);
    for (int64_t c = 0, at = 0; c < d->n; at += order[c++]->count) {
        deal_class(f, c, at, at + order[c]->count, d->order + at);
        order[c]->place = at;
    }
    for (int64_t i = 0; i < f->rows; i++)
        d->fold[i] = d->order[d->bins[bin_of(d, i)].place++];
    free(order);
    return RT_OK;
}

/* ---- groups ---- */

static void deal_shuffled(const Draw *d, uint32_t *of)
{
    const RtFolds *f = d->f;
    int64_t at = 0;
    rt_shuffle_for("folds", d->order, d->n, f->seed, 0);
    for (uint32_t k = 0; k < f->n; k++) {
        int64_t size = d->n / f->n + (k < d->n % f->n);
        for (int64_t i = 0; i < size; i++)
            of[d->order[at++]] = k;
    }
}

static void deal_by_weight(const Draw *d, Bin **order, int64_t *weight, uint32_t *of)
{
    const RtFolds *f = d->f;
    for (int64_t i = 0; i < d->n; i++) {
        order[i] = &d->bins[i];
        order[i]->place = i;
    }
    qsort(order, (size_t)d->n, sizeof *order, by_count);
    for (int64_t i = 0; i < d->n; i++) {
        uint32_t lightest = 0;
        for (uint32_t k = 1; k < f->n; k++)
            if (weight[k] < weight[lightest])
                lightest = k;
        weight[lightest] += order[i]->count;
        of[order[i]->place] = lightest;
    }
}

static RtStatus draw_groups(const Draw *d)
{
    const RtFolds *f = d->f;
    if (d->n < f->n)
        return rt_fail(d->error, "there are %u folds, but only %lld %s", f->n, (long long)d->n,
                       d->n == 1 ? "group" : "groups");
    Bin **order = malloc((size_t)d->n * sizeof *order);
    int64_t *weight = calloc(f->n, sizeof *weight);
    uint32_t *of = calloc((size_t)d->n, sizeof *of);
    RtStatus status = order && weight && of ? RT_OK : fail_memory(f, d->error);
    if (status == RT_OK && f->shuffle)
        deal_shuffled(d, of);
    else if (status == RT_OK)
        deal_by_weight(d, order, weight, of);
    for (int64_t i = 0; status == RT_OK && i < f->rows; i++)
        d->fold[i] = of[bin_of(d, i)];
    free(order);
    free(weight);
    free(of);
    return status;
}

RtStatus rt_folds_draw(RtFolds *f, uint32_t *fold, RtError *error)
{
    Draw d = {.f = f, .fold = fold, .error = error};
    if (f->rows < f->n)
        return rt_fail(error, "there are %u folds, but only %lld %s", f->n, (long long)f->rows,
                       f->rows == 1 ? "row" : "rows");
    d.bins = malloc((size_t)f->rows * sizeof *d.bins);
    d.order = malloc((size_t)f->rows * sizeof *d.order);
    RtStatus status = d.bins && d.order ? RT_OK : fail_memory(f, error);
    for (int64_t i = 0; status == RT_OK && i < f->rows; i++)
        d.order[i] = (uint32_t)i;
    if (status == RT_OK && f->kind != RT_FOLDS_plain)
        count_keys(&d);
    if (status == RT_OK && f->kind == RT_FOLDS_plain && f->shuffle)
        rt_shuffle_for("folds", d.order, f->rows, f->seed, 0);
    if (status == RT_OK && f->kind == RT_FOLDS_plain)
        draw_plain(&d);
    else if (status == RT_OK)
        status = f->kind == RT_FOLDS_stratified ? draw_stratified(&d) : draw_groups(&d);
    free(d.bins);
    free(d.order);
    return status;
}
