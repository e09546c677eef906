/* split.c: which rows belong to which part.
 *
 * The test part is drawn first, then the validation part from what is left; both hold their rows in
 * the order of the file. */
#include <stdlib.h>
#include <string.h>

#include "runtime/data/dataset_internal.h"
#include "runtime/data/shuffle.h"

typedef struct Split {
    const RtArray *y;
    uint32_t *left; /* rows not taken yet, ascending */
    int64_t n_left;
    unsigned char *taken; /* by place in left */
    RtError *error;
} Split;

static RtStatus fail_memory(RtError *error, int64_t rows)
{
    return rt_fail(error, "not enough memory for the order of %lld rows", (long long)rows);
}

static uint32_t *counting(int64_t n)
{
    uint32_t *index = malloc((size_t)(n ? n : 1) * sizeof *index);
    for (int64_t i = 0; index && i < n; i++)
        index[i] = (uint32_t)i;
    return index;
}

/* ---- classes in proportion ---- */

typedef struct Stratum {
    int64_t label;
    uint64_t count, quota, rest;
} Stratum;

static int compare_labels(const void *a, const void *b)
{
    int64_t x = ((const Stratum *)a)->label, y = ((const Stratum *)b)->label;
    return (x > y) - (x < y);
}

static int compare_rests(const void *a, const void *b)
{
    const Stratum *x = a, *y = b;
    if (x->rest != y->rest)
        return x->rest < y->rest ? 1 : -1;
    return compare_labels(a, b);
}

static int64_t label_at(const Split *s, int64_t place)
{
    return rt_to_i64(rt_array_f64(s->y, s->left[place]));
}

/* The classes among the rows that are left, by label; returns how many. */
static int64_t count_strata(const Split *s, Stratum *strata)
{
    int64_t n = 0;
    for (int64_t i = 0; i < s->n_left; i++)
        strata[i] = (Stratum){.label = label_at(s, i), .count = 1};
    qsort(strata, (size_t)s->n_left, sizeof *strata, compare_labels);
    for (int64_t i = 0; i < s->n_left; i++)
        if (n && strata[n - 1].label == strata[i].label)
            strata[n - 1].count++;
        else
            strata[n++] = strata[i];
    return n;
}

/* take * count / n_left each, rounded down; the rest goes where most was cut off. */
static void set_quotas(const Split *s, Stratum *strata, int64_t n, int64_t take)
{
    uint64_t given = 0, all = (uint64_t)s->n_left;
    for (int64_t i = 0; i < n; i++) {
        uint64_t share = (uint64_t)take * strata[i].count; /* both below 2^32 */
        strata[i].quota = share / all;
        strata[i].rest = share % all;
        given += strata[i].quota;
    }
    qsort(strata, (size_t)n, sizeof *strata, compare_rests);
    for (int64_t i = 0; given < (uint64_t)take; i++, given++)
        strata[i].quota++;
    qsort(strata, (size_t)n, sizeof *strata, compare_labels);
}

static RtStatus take_strata(Split *s, const uint32_t *order, int64_t take)
{
    if (!s->y || rt_dtype(s->y->dtype)->is_float || rt_array_row(s->y) != 1)
        return rt_fail(s->error, "a stratified split needs targets that are classes");
    Stratum *strata = malloc((size_t)s->n_left * sizeof *strata);
    if (!strata)
        return fail_memory(s->error, s->n_left);
    int64_t n = count_strata(s, strata);
    set_quotas(s, strata, n, take);
    for (int64_t i = 0; i < s->n_left; i++) {
        Stratum key = {.label = label_at(s, order[i])};
        Stratum *own = bsearch(&key, strata, (size_t)n, sizeof *strata, compare_labels);
        if (own && own->quota) {
            own->quota--;
            s->taken[order[i]] = 1;
        }
    }
    free(strata);
    return RT_OK;
}

/* ---- one part ---- */

static RtStatus mark(Split *s, const RtPartDesc *part, RtPartId id, int64_t take)
{
    memset(s->taken, 0, (size_t)s->n_left);
    if (part->from_end) {
        memset(s->taken + s->n_left - take, 1, (size_t)take);
        return RT_OK;
    }
    uint32_t *order = counting(s->n_left);
    if (!order)
        return fail_memory(s->error, s->n_left);
    RtStatus status = RT_OK;
    rt_shuffle_for("split", order, s->n_left, part->seed, (uint64_t)id);
    if (part->stratify)
        status = take_strata(s, order, take);
    else
        for (int64_t i = 0; i < take; i++)
            s->taken[order[i]] = 1;
    free(order);
    return status;
}

static RtStatus draw(Split *s, const RtPartDesc *desc, RtPartId id, int64_t take, RtPart *part)
{
    int64_t kept = 0;
    RtStatus status = mark(s, desc, id, take);
    if (status != RT_OK)
        return status;
    part->index = malloc((size_t)take * sizeof *part->index);
    if (!part->index)
        return fail_memory(s->error, take);
    for (int64_t i = 0; i < s->n_left; i++)
        if (s->taken[i])
            part->index[part->rows++] = s->left[i];
        else
            s->left[kept++] = s->left[i];
    s->n_left = kept;
    return RT_OK;
}

/* ---- all parts ---- */

static double fraction_of(const RtPartDesc *part)
{
    return part->kind == RT_PART_SPLIT ? part->fraction : 0;
}

static RtStatus draw_splits(const RtDatasetDesc *desc, RtDataset *data, Split *s)
{
    static const RtPartId drawn[] = {RT_TEST, RT_VALIDATION};
    int64_t n = s->n_left, counts[RT_N_PARTS];
    rt_split_counts(n, fraction_of(&desc->part[RT_TEST]), fraction_of(&desc->part[RT_VALIDATION]),
                    counts);
    if (counts[RT_TRAIN] < 1)
        return rt_fail(s->error, "the splits of '%s' leave none of %lld rows for training",
                       desc->name, (long long)n);
    for (int i = 0; i < 2; i++) {
        RtPartId id = drawn[i];
        if (desc->part[id].kind != RT_PART_SPLIT)
            continue;
        if (counts[id] < 1)
            return rt_fail(s->error, "the split '%s' of '%s' takes none of %lld rows",
                           rt_part_name(id), desc->name, (long long)n);
        RtStatus status = draw(s, &desc->part[id], id, counts[id], &data->parts[id]);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

RtStatus rt_split_take(const RtDatasetDesc *desc, RtDataset *data, RtError *error)
{
    RtPart *train = &data->parts[RT_TRAIN];
    Split s = {.y = train->y, .left = train->index, .n_left = train->rows, .error = error};
    s.taken = malloc((size_t)s.n_left + 1);
    if (!s.taken)
        return fail_memory(error, s.n_left);
    RtStatus status = draw_splits(desc, data, &s);
    train->rows = s.n_left;
    free(s.taken);
    return status;
}

RtStatus rt_split_draw(const RtDatasetDesc *desc, RtDataset *data, RtError *error)
{
    RtPart *train = &data->parts[RT_TRAIN];
    for (int i = 0; i < RT_N_PARTS; i++) {
        RtPart *part = &data->parts[i];
        if (desc->part[i].kind != RT_PART_SOURCE || !part->from)
            continue;
        part->rows = rt_reading_rows(part->from);
        part->index = counting(part->rows);
        if (!part->index)
            return fail_memory(error, part->rows);
    }
    return train->from ? rt_split_take(desc, data, error) : RT_OK;
}
