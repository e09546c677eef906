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

static void copy_elements(const ImgState *s, char *block, char *data, int out)
{
    size_t size = rt_dtype((RtDtype)s->dtype)->size;
    char *base = block + s->offset;
    if (s->storage == STORAGE_row_major) {
        memcpy(out ? data : base, out ? base : data, rt_state_bytes(s));
        return;
    }
    Storage st = storage_of(s);
    for (int64_t r = 0; r < s->rows; r++)
        for (int64_t c = 0; c < s->cols; c++) {
            char *in_block = base + (size_t)rt_storage_index(&st, r, c) * size;
            char *logical = data + (size_t)(r * s->cols + c) * size;
            memcpy(out ? logical : in_block, out ? in_block : logical, size);
        }
}

void rt_state_get(const ImgState *s, const void *block, void *data)
{
    copy_elements(s, (char *)block, data, 1);
}

void rt_state_set(const ImgState *s, void *block, const void *data)
{
    copy_elements(s, block, (char *)data, 0);
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
    int64_t i64 = (int64_t)v;
    int32_t i32 = (int32_t)v;
    uint32_t u32 = (uint32_t)i64;
    uint8_t u8 = (uint8_t)i64;
    const void *from = dtype == RT_f32   ? (const void *)&f32
                       : dtype == RT_f64 ? (const void *)&v
                       : dtype == RT_i64 ? (const void *)&i64
                       : dtype == RT_i32 ? (const void *)&i32
                       : dtype == RT_u32 ? (const void *)&u32
                                         : (const void *)&u8;
    memcpy(p, from, rt_dtype(dtype)->size);
}

static char *element_at(const ImgState *s, const void *block, int64_t i)
{
    size_t size = rt_dtype((RtDtype)s->dtype)->size;
    Storage st = storage_of(s);
    if (s->storage != STORAGE_row_major)
        i = rt_storage_index(&st, i / s->cols, i % s->cols);
    return (char *)block + s->offset + (size_t)i * size;
}

void rt_state_get_f64(const ImgState *s, const void *block, double *data)
{
    for (int64_t i = 0, n = rt_state_count(s); i < n; i++)
        data[i] = rt_element_get((RtDtype)s->dtype, element_at(s, block, i));
}

void rt_state_set_f64(const ImgState *s, void *block, const double *data)
{
    for (int64_t i = 0, n = rt_state_count(s); i < n; i++)
        rt_element_set((RtDtype)s->dtype, element_at(s, block, i), data[i]);
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

RtStatus rt_state_start(const ImgState *s, void *block, uint64_t seed, const int64_t *seeds,
                        RtError *error)
{
    int64_t n = rt_state_count(s);
    if (!*s->init) {
        memset((char *)block + s->offset, 0, (size_t)s->bytes);
        return RT_OK;
    }
    double *values = malloc((size_t)(n ? n : 1) * sizeof *values);
    if (!values)
        return rt_fail(error, "not enough memory for the initial values of '%s'", s->name);
    uint32_t stream = (uint32_t)init_argument(s, "stream", 0);
    if (s->seed != IMG_NONE)
        seed = (uint64_t)seeds[s->seed];
    RtError why;
    RtStatus status = rt_init_named(s->init, s->init_names.n, s->init_names.at, s->init_values.at,
                                    s->dims.n, s->dims.at, seed, stream, values, &why);
    if (status == RT_OK)
        rt_state_set_f64(s, block, values);
    else
        status = rt_fail(error, "'%s': %.900s", s->name, why.text);
    free(values);
    return status;
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
        const ImgState *s = &m->states.at[start->state];
        for (int64_t k = 0, n = rt_state_count(s); k < n; k++)
            rt_element_set((RtDtype)s->dtype, element_at(s, block, k), start->value);
    }
}

static uint64_t hash_bytes(uint64_t h, const void *data, size_t n)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001b3ull;
    return h;
}

static uint64_t hash_state(uint64_t h, const ImgState *s, const void *block)
{
    size_t size = rt_dtype((RtDtype)s->dtype)->size;
    h = hash_bytes(h, s->name, strlen(s->name) + 1);
    for (uint32_t d = 0; d < s->dims.n; d++)
        h = hash_bytes(h, &s->dims.at[d], sizeof s->dims.at[d]);
    for (int64_t i = 0, n = rt_state_count(s); i < n; i++) {
        const char *p = element_at(s, block, i);
        double canonical = NAN;
        bool nan =
            rt_dtype((RtDtype)s->dtype)->is_float && isnan(rt_element_get((RtDtype)s->dtype, p));
        h = nan ? hash_bytes(h, &canonical, 1) : hash_bytes(h, p, size);
    }
    return h;
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
