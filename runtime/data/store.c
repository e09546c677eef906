/* store.c: memory of arrays, elements as doubles, lists of names. */
#define _DEFAULT_SOURCE /* madvise */
#include "runtime/data/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/abi/suggest.h"
#include "runtime/data/memory.h"

enum { ALIGN = 64, NAME_BYTES = 64 /* of a short name */ };

bool rt_multiply(const int64_t *factors, uint32_t n, int64_t *product)
{
    int64_t p = 1;
    bool is_zero = false;
    for (uint32_t i = 0; i < n; i++) {
        if (factors[i] < 0 || (factors[i] > 0 && p > INT64_MAX / factors[i]))
            return false;
        is_zero = is_zero || factors[i] == 0;
        p *= factors[i] ? factors[i] : 1;
    }
    *product = is_zero ? 0 : p;
    return true;
}

char *rt_dims_text(char *buf, size_t size, uint32_t rank, const int64_t *dims)
{
    size_t at = 0;
    snprintf(buf, size, "%s", rank ? "" : "()");
    for (uint32_t i = 0; i < rank && at < size; i++) {
        int n = snprintf(buf + at, size - at, i ? " x %lld" : "%lld", (long long)dims[i]);
        at += n > 0 ? (size_t)n : 0;
    }
    return buf;
}

static RtStatus no_memory(const char *what, int64_t bytes, RtError *error)
{
    return rt_fail(error, "not enough memory for '%s': it needs %lld bytes", what,
                   (long long)bytes);
}

/* An array without data. */
static RtStatus new_array(RtDtype dtype, uint32_t rank, const int64_t *dims, const char *what,
                          RtArray **out, RtError *error)
{
    char text[128];
    int64_t count, size = (int64_t)rt_dtype(dtype)->size;
    if (!rt_multiply(dims, rank, &count) || count > (INT64_MAX - 2 * ALIGN) / size)
        return rt_fail(error, "the sizes in '%s' are impossible: %s", what,
                       rt_dims_text(text, sizeof text, rank, dims));
    RtArray *a = calloc(1, sizeof *a);
    if (!a)
        return no_memory(what, count * size, error);
    *a = (RtArray){.dtype = dtype, .rank = rank, .bytes = (size_t)(count * size)};
    memcpy(a->dims, dims, rank * sizeof *dims);
    *out = a;
    return RT_OK;
}

/* Rows in a random order lie on as many pages as there are rows: few large pages are found faster. */
static void take_large_pages(char *data, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    enum { LARGE = 1 << 21 };
    uintptr_t begin = ((uintptr_t)data + LARGE - 1) / LARGE * LARGE, end = (uintptr_t)data + bytes;
    if (end > begin + LARGE)
        (void)madvise((void *)begin, (end - begin) / LARGE * LARGE, MADV_HUGEPAGE);
#else
    (void)data, (void)bytes;
#endif
}

RtStatus rt_array_open(RtDtype dtype, uint32_t rank, const int64_t *dims, const char *what,
                       RtArray **out, RtError *error)
{
    RtArray *a = NULL;
    RtStatus status = new_array(dtype, rank, dims, what, &a, error);
    if (status == RT_OK)
        status = rt_memory_check(what, a->bytes, error);
    else
        return status;
    if (status == RT_OK) {
        a->data = aligned_alloc(ALIGN, (a->bytes + 2 * ALIGN - 1) / ALIGN * ALIGN);
        if (!a->data)
            status = no_memory(what, (int64_t)a->bytes, error);
        else
            take_large_pages(a->data, a->bytes);
    }
    if (status == RT_OK)
        *out = a;
    else
        rt_array_close(a);
    return status;
}

RtStatus rt_array_of(RtDtype dtype, uint32_t rank, const int64_t *dims, const void *elements,
                     bool last, const char *what, RtArray **out, RtError *error)
{
    bool borrow = last && (uintptr_t)elements % rt_dtype(dtype)->size == 0;
    RtStatus status = borrow ? new_array(dtype, rank, dims, what, out, error)
                             : rt_array_open(dtype, rank, dims, what, out, error);
    if (status != RT_OK)
        return status;
    (*out)->borrowed = borrow;
    if (borrow)
        (*out)->data = (void *)(uintptr_t)elements;
    else
        memcpy((*out)->data, elements, (*out)->bytes);
    return RT_OK;
}

void rt_array_close(RtArray *array)
{
    if (array && !array->borrowed)
        free(array->data);
    free(array);
}

int64_t rt_array_row(const RtArray *array)
{
    int64_t n = 1;
    for (uint32_t i = 1; i < array->rank; i++)
        n *= array->dims[i];
    return n;
}

/* ---- elements ---- */

static double from_f32_bits(uint32_t bits)
{
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static double from_f16_bits(uint16_t h)
{
    uint32_t sign = (uint32_t)(h & 0x8000u) << 16, exponent = h >> 10 & 31, mantissa = h & 0x3ffu;
    if (exponent == 0) {
        double x = (double)mantissa / 16777216.0; /* 2^-24 each */
        return sign ? -x : x;
    }
    exponent = exponent == 31 ? 255 : exponent + 112;
    return from_f32_bits(sign | exponent << 23 | mantissa << 13);
}

static double from_bf16_bits(uint16_t h)
{
    return from_f32_bits((uint32_t)h << 16);
}

#define EACH(type, convert)                                                                        \
    do {                                                                                           \
        const type *from = (const type *)array->data + element;                                    \
        for (int64_t i = 0; i < n; i++)                                                            \
            out[i] = convert(from[i]);                                                             \
    } while (0)

void rt_array_get_f64(const RtArray *array, int64_t element, int64_t n, double *out)
{
    switch (array->dtype) {
    case RT_bool:
    case RT_u8:
        EACH(uint8_t, (double));
        break;
    case RT_i8:
        EACH(int8_t, (double));
        break;
    case RT_u32:
        EACH(uint32_t, (double));
        break;
    case RT_i32:
        EACH(int32_t, (double));
        break;
    case RT_i64:
        EACH(int64_t, (double));
        break;
    case RT_bf16:
        EACH(uint16_t, from_bf16_bits);
        break;
    case RT_f16:
        EACH(uint16_t, from_f16_bits);
        break;
    case RT_f32:
        EACH(float, (double));
        break;
    case RT_f64:
        EACH(double, (double));
        break;
    case RT_N_DTYPES:
        break;
    }
}

double rt_array_f64(const RtArray *array, int64_t element)
{
    double x = 0;
    rt_array_get_f64(array, element, 1, &x);
    return x;
}

/* ---- names ---- */

char *rt_text_copy(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = malloc(n);
    return copy ? memcpy(copy, text, n) : NULL;
}

bool rt_text_ends(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && !strcmp(text + n - m, end);
}

RtStatus rt_names_add(RtNames *names, const char *name, RtError *error)
{
    bool is_full = (names->n & (names->n - 1)) == 0; /* grows at 0, 1, 2, 4, 8, … */
    if (is_full) {
        bool fits = rt_memory_doubles(names->n, NAME_BYTES);
        char **at =
            fits ? realloc(names->at, (names->n ? 2 * (size_t)names->n : 1) * sizeof *at) : NULL;
        if (!at) {
            (void)!rt_fail(error, "not enough memory for %u names", names->n + 1);
            if (!fits)
                rt_memory_help(error);
            return RT_ERROR;
        }
        names->at = at;
    }
    char *copy = rt_text_copy(name);
    if (!copy)
        return rt_fail(error, "not enough memory for %u names", names->n + 1);
    names->at[names->n++] = copy;
    return RT_OK;
}

int64_t rt_names_find(const RtNames *names, const char *name)
{
    uint32_t i = 0;
    while (i < names->n && strcmp(names->at[i], name) != 0)
        i++;
    rt_names_compared += i;
    return i < names->n ? (int64_t)i : -1;
}

RtStatus rt_names_index(const RtNames *names, RtNamePlace **room, RtNameIndex *out, RtError *error)
{
    *room = malloc((names->n + (size_t)1) * sizeof **room);
    if (!*room)
        return rt_fail(error, "not enough memory for %u names", names->n);
    *out = rt_name_index(*room, names->n, (const char *const *)names->at);
    return RT_OK;
}

const char *rt_names_suggest(const RtNames *names, const char *name)
{
    RtSuggest best = rt_suggest_start(name);
    for (uint32_t i = 0; i < names->n; i++)
        rt_suggest_offer(&best, names->at[i]);
    const char *near = rt_suggest_best(&best);
    return near ? names->at[rt_names_find(names, near)] : NULL;
}

const char *rt_names_text(const RtNames *names, char *buf, size_t size)
{
    size_t at = 0;
    buf[0] = 0;
    for (uint32_t i = 0; i < names->n && i < 8 && at < size; i++)
        at += (size_t)snprintf(buf + at, size - at, "%s%.40s", i ? ", " : "", names->at[i]);
    if (names->n > 8 && at < size)
        snprintf(buf + at, size - at, ", ...");
    return buf;
}

void rt_names_free(RtNames *names)
{
    for (uint32_t i = 0; i < names->n; i++)
        free(names->at[i]);
    free(names->at);
    *names = (RtNames){0, NULL};
}
