/* state.c: logical values of states, initial values, the hash. */
#include "runtime/train/state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/abi/dtype.h"
#include "runtime/abi/storage.h"
#include "runtime/math/initializers.h"

int64_t rt_state_count(const ImgState *s)
{
    int64_t n = 1;
    for (uint32_t d = 0; d < s->dims.n; d++)
        n *= s->dims.at[d];
    return n;
}

size_t rt_state_bytes(const ImgState *s)
{
    return (size_t)rt_state_count(s) * rt_dtype((RtDtype)s->dtype)->size;
}

static Storage storage_of(const ImgState *s)
{
    Storage st = {(StorageKind)s->storage,
                  s->rows,
                  s->cols,
                  (int32_t)s->vector,
                  (int32_t)s->wide,
                  (int32_t)s->n_wide,
                  (int32_t)s->narrow,
                  (int32_t)s->n_narrow};
    return st;
}

/* A state's elements on their way: `stored` is its place in the block, `at` what the visitor needs. */
typedef struct Elements {
    RtDtype dtype;
    size_t size; /* of an element */
    char *stored, *at;
    uint64_t hash;
} Elements;

static Elements visit(const ImgState *s, const void *block, void *at, StorageVisit *visitor,
                      uint64_t hash)
{
    Storage st = storage_of(s);
    RtDtype dtype = (RtDtype)s->dtype;
    Elements e = {dtype, rt_dtype(dtype)->size, (char *)block + s->offset, at, hash};
    rt_storage_visit(&st, rt_state_count(s), visitor, &e);
    return e;
}

static void copy_out(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const Elements *e = cx;
    memcpy(e->at + (size_t)logical * e->size, e->stored + (size_t)stored * e->size,
           (size_t)n * e->size);
}

static void copy_in(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const Elements *e = cx;
    memcpy(e->stored + (size_t)stored * e->size, e->at + (size_t)logical * e->size,
           (size_t)n * e->size);
}

void rt_state_get(const ImgState *s, const void *block, void *data)
{
    visit(s, block, data, copy_out, 0);
}

void rt_state_set(const ImgState *s, void *block, const void *data)
{
    visit(s, block, (void *)(uintptr_t)data, copy_in, 0);
}

double rt_element_get(RtDtype dtype, const void *p)
{
    union {
        float f32;
        double f64;
        int64_t i64;
        int32_t i32;
        uint32_t u32;
        uint8_t u8;
        int8_t i8;
    } x;
    memset(&x, 0, sizeof x);
    memcpy(&x, p, rt_dtype(dtype)->size);
    switch (dtype) {
    case RT_f32:
        return x.f32;
    case RT_f64:
        return x.f64;
    case RT_i64:
        return (double)x.i64;
    case RT_i32:
        return x.i32;
    case RT_u32:
        return x.u32;
    case RT_i8:
        return x.i8;
    case RT_u8:
    case RT_bool:
        return x.u8;
    case RT_f16:
    case RT_bf16:
    case RT_N_DTYPES:
        break;
    }
    return NAN;
}

void rt_element_set(RtDtype dtype, void *p, double v)
{
    float f32 = (float)v;
    int64_t integer = dtype == RT_bool ? v != 0 : rt_saturate(dtype, v);
    const void *from = dtype == RT_f32   ? (const void *)&f32
                       : dtype == RT_f64 ? (const void *)&v
                                         : (const void *)&integer; /* its low bytes */
    memcpy(p, from, rt_dtype(dtype)->size);
}

static void get_f64(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const Elements *e = cx;
    const char *from = e->stored + (size_t)stored * e->size;
    double *to = (double *)(void *)e->at + logical;
    if (e->dtype == RT_f32)
        for (int64_t i = 0; i < n; i++)
            to[i] = ((const float *)(const void *)from)[i];
    else
        for (int64_t i = 0; i < n; i++)
            to[i] = rt_element_get(e->dtype, from + (size_t)i * e->size);
}

static void set_f64(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const Elements *e = cx;
    char *to = e->stored + (size_t)stored * e->size;
    const double *from = (const double *)(const void *)e->at + logical;
    if (e->dtype == RT_f32)
        for (int64_t i = 0; i < n; i++)
            ((float *)(void *)to)[i] = (float)from[i];
    else
        for (int64_t i = 0; i < n; i++)
            rt_element_set(e->dtype, to + (size_t)i * e->size, from[i]);
}

RtStatus rt_state_take(const ImgState *s, void *block, const RtTensorFile *file, const char *name,
                       RtError *error)
{
    const RtTensor *t = rt_tensors_find(file, name);
    bool same = t && (uint32_t)t->dtype == s->dtype && t->rank == s->dims.n;
    for (uint32_t i = 0; same && i < t->rank; i++)
        same = t->dims[i] == s->dims.at[i];
    if (!same)
        return rt_fail(error, "the checkpoint is damaged: '%s' %s", name,
                       t ? "has another shape or type" : "is missing");
    rt_state_set(s, block, t->data);
    return RT_OK;
}

void rt_state_get_f64(const ImgState *s, const void *block, double *data)
{
    visit(s, block, data, get_f64, 0);
}

void rt_state_set_f64(const ImgState *s, void *block, const double *data)
{
    visit(s, block, (void *)(uintptr_t)data, set_f64, 0);
}

double *rt_state_plain(const ImgState *s, void *block)
{
    return (double *)(void *)((char *)block + s->offset);
}

typedef struct ColumnSums {
    RtDtype dtype;
    const char *stored;
    bool squares;
    int64_t columns;
    double *sums;
} ColumnSums;

static void add_columns(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const ColumnSums *c = cx;
    size_t size = rt_dtype(c->dtype)->size;
    for (int64_t i = 0; i < n; i++) {
        double v = rt_element_get(c->dtype, c->stored + (size_t)(stored + i) * size);
        c->sums[(logical + i) % c->columns] += c->squares ? v * v : fabs(v);
    }
}

void rt_state_column_sums(const ImgState *s, const void *block, bool squares, int64_t columns,
                          double *sums)
{
    Storage st = storage_of(s);
    ColumnSums c = {(RtDtype)s->dtype, (const char *)block + s->offset, squares, columns, sums};
    rt_storage_visit(&st, rt_state_count(s), add_columns, &c);
}

static void fill(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    const Elements *e = cx;
    (void)logical;
    for (int64_t i = stored; i < stored + n; i++)
        rt_element_set(e->dtype, e->stored + (size_t)i * e->size, *(const double *)(void *)e->at);
}

const ImgState *rt_state_named(const ImgInstance *m, const char *name)
{
    for (uint32_t i = 0; i < m->states.n; i++)
        if (!strcmp(m->states.at[i].name, name))
            return &m->states.at[i];
    return NULL;
}

/* The arguments that the compiler wrote: the initializer's own, and `stream`. */
static double init_argument(const ImgState *s, const char *name, double fallback)
{
    for (uint32_t i = 0; i < s->init_names.n; i++)
        if (!strcmp(s->init_names.at[i], name))
            return s->init_values.at[i];
    return fallback;
}

enum { DRAWN_AT_ONCE = 1024 };

/* Initial values on their way into a block, some at a time. */
typedef struct Start {
    Elements to;
    RtInit init;
    int64_t count, first, n; /* all; those that `values` holds */
    double *values;
    RtStatus status;
    RtError *why;
} Start;

static void set_drawn(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    Start *s = cx;
    while (n > 0 && s->status == RT_OK) {
        if (logical >= s->first + s->n) {
            int64_t left = s->count - logical;
            s->first = logical;
            s->n = left < DRAWN_AT_ONCE ? left : DRAWN_AT_ONCE;
            s->status = rt_init_draw(&s->init, s->first, s->n, s->values, s->why);
        }
        int64_t have = s->first + s->n - logical, now = n < have ? n : have;
        s->to.at = (char *)(s->values + (logical - s->first));
        if (s->status == RT_OK)
            set_f64(&s->to, stored, 0, now);
        stored += now;
        logical += now;
        n -= now;
    }
}

/* All at once where they depend on each other. */
static RtStatus draw_whole(Start *s)
{
    s->values = malloc((size_t)(s->count ? s->count : 1) * sizeof *s->values);
    if (!s->values)
        return rt_fail(s->why, "not enough memory for its initial values");
    s->n = s->count;
    return rt_init_draw(&s->init, 0, s->n, s->values, s->why);
}

RtStatus rt_state_start(const ImgState *s, void *block, uint64_t seed, const int64_t *seeds,
                        RtError *error)
{
    if (!*s->init) {
        memset((char *)block + s->offset, 0, (size_t)s->bytes);
        return RT_OK;
    }
    double some[DRAWN_AT_ONCE];
    RtError why;
    RtDtype dtype = (RtDtype)s->dtype;
    Storage storage = storage_of(s);
    Start start = {.to = {dtype, rt_dtype(dtype)->size, (char *)block + s->offset, NULL, 0},
                   .init = {s->init, s->init_names.n, s->init_names.at, s->init_values.at,
                            s->dims.n, s->dims.at,
                            s->seed != IMG_NONE ? (uint64_t)seeds[s->seed] : seed,
                            (uint32_t)rt_saturate(RT_u32, init_argument(s, "stream", 0))},
                   .count = rt_state_count(s),
                   .values = some,
                   .status = RT_OK,
                   .why = &why};
    bool whole = rt_init_is_whole(&start.init);
    if (whole)
        start.status = draw_whole(&start);
    if (start.status == RT_OK)
        rt_storage_visit(&storage, start.count, set_drawn, &start);
    if (whole)
        free(start.values);
    return start.status == RT_OK ? RT_OK : rt_fail(error, "'%s': %.900s", s->name, why.text);
}

RtStatus rt_block_init(const ImgInstance *m, void *block, uint64_t seed, const int64_t *seeds,
                       RtError *error)
{
    for (uint32_t i = 0; i < m->states.n; i++) {
        if (m->states.at[i].shared)
            continue;
        RtStatus status = rt_state_start(&m->states.at[i], block, seed, seeds, error);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

void rt_slots_start(const ImgInstance *m, void *block, const ImgCommand *compile)
{
    for (uint32_t i = 0; i < m->states.n; i++) {
        const ImgState *s = &m->states.at[i];
        if (rt_state_role(s)->reset)
            memset((char *)block + s->offset, 0, (size_t)s->bytes);
    }
    for (uint32_t i = 0; i < compile->starts.n; i++) {
        const ImgStart *start = &compile->starts.at[i];
        double value = start->value;
        visit(&m->states.at[start->state], block, &value, fill, 0);
    }
}

void rt_slots_begin_fit(const ImgInstance *m, void *block, const ImgCommand *compile)
{
    for (uint32_t i = 0; i < compile->starts.n; i++) {
        const ImgStart *start = &compile->starts.at[i];
        double value = start->value;
        if (start->each_fit)
            visit(&m->states.at[start->state], block, &value, fill, 0);
    }
}

static void swap_bytes(char *a, char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

bool rt_averages_take(const ImgInstance *m, void *block, const ImgCommand *compile, int64_t steps)
{
    bool swapped = false;
    for (uint32_t i = 0; i < compile->averages.n; i++) {
        const ImgAverage *a = &compile->averages.at[i];
        const ImgState *from = &m->states.at[a->average], *to = &m->states.at[a->weight];
        char *average = (char *)block + from->offset, *weight = (char *)block + to->offset;
        if (steps >= a->first && a->swaps)
            swap_bytes(weight, average, (size_t)to->bytes);
        else if (steps >= a->first)
            memcpy(weight, average, (size_t)to->bytes);
        swapped = swapped || (steps >= a->first && a->swaps);
    }
    return swapped;
}

void rt_averages_back(const ImgInstance *m, void *block, const ImgCommand *compile)
{
    for (uint32_t i = 0; i < compile->averages.n; i++) {
        const ImgAverage *a = &compile->averages.at[i];
        if (a->swaps)
            swap_bytes((char *)block + m->states.at[a->weight].offset,
                       (char *)block + m->states.at[a->average].offset,
                       (size_t)m->states.at[a->weight].bytes);
    }
}

static uint64_t hash_bytes(uint64_t h, const void *data, size_t n)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001b3ull;
    return h;
}

static bool is_nan(RtDtype dtype, const char *p)
{
    return rt_dtype(dtype)->is_float && isnan(rt_element_get(dtype, p));
}

static void hash_run(void *cx, int64_t stored, int64_t logical, int64_t n)
{
    static const double canonical = NAN;
    Elements *e = cx;
    const char *p = e->stored + (size_t)stored * e->size;
    (void)logical;
    for (int64_t i = 0; i < n; i++, p += e->size)
        e->hash = is_nan(e->dtype, p) ? hash_bytes(e->hash, &canonical, 1)
                                      : hash_bytes(e->hash, p, e->size);
}

static uint64_t hash_state(uint64_t h, const ImgState *s, const void *block)
{
    h = hash_bytes(h, s->name, strlen(s->name) + 1);
    for (uint32_t d = 0; d < s->dims.n; d++)
        h = hash_bytes(h, &s->dims.at[d], sizeof s->dims.at[d]);
    return visit(s, block, NULL, hash_run, h).hash;
}

static int by_name(const void *a, const void *b)
{
    const ImgState *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

static bool is_hashed(const ImgState *s, bool fitted)
{
    RoleHashed hashed = rt_state_role(s)->hashed;
    return hashed == HASHED_always || (hashed == HASHED_if_fitted && fitted);
}

uint64_t rt_block_hash(const ImgInstance *m, const void *block, bool fitted, RtError *error)
{
    uint64_t h = 0xcbf29ce484222325ull;
    const ImgState **list = malloc((m->states.n + 1) * sizeof *list);
    uint32_t n = 0;
    if (!list) {
        (void)!rt_fail(error, "not enough memory for the hash");
        return 0;
    }
    for (uint32_t i = 0; i < m->states.n; i++)
        if (is_hashed(&m->states.at[i], fitted))
            list[n++] = &m->states.at[i];
    qsort(list, n, sizeof *list, by_name);
    for (uint32_t i = 0; i < n; i++)
        h = hash_state(h, list[i], block);
    free(list);
    return h;
}
