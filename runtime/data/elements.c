/* elements.c: sizes are compared with what the stream has before memory is taken for them. */
#include "runtime/data/elements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 14 };

/* Every target is little-endian. */
static void swap_bytes(unsigned char *data, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++, data += size)
        for (size_t a = 0, b = size - 1; a < b; a++, b--) {
            unsigned char byte = data[a];
            data[a] = data[b];
            data[b] = byte;
        }
}

static RtStatus fail_short(RtInput *in, int64_t have, int64_t need, uint32_t rank,
                           const int64_t *dims, RtError *error)
{
    char text[128];
    return rt_fail(error, "'%s' is cut off: %s elements take %lld bytes, but only %lld are there",
                   rt_input_name(in), rt_dims_text(text, sizeof text, rank, dims), (long long)need,
                   (long long)have);
}

static RtStatus fail_long(RtInput *in, int64_t need, uint32_t rank, const int64_t *dims,
                          RtError *error)
{
    char text[128];
    return rt_fail(error, "'%s' goes on after its %s elements, which take %lld bytes",
                   rt_input_name(in), rt_dims_text(text, sizeof text, rank, dims), (long long)need);
}

static RtStatus check_size(RtInput *in, int64_t need, uint32_t rank, const int64_t *dims,
                           RtError *error)
{
    int64_t left = rt_input_left(in);
    if (left < 0 || left == need)
        return RT_OK;
    return left < need ? fail_short(in, left, need, rank, dims, error)
                       : fail_long(in, need, rank, dims, error);
}

RtStatus rt_array_facts(RtDtype dtype, uint32_t rank, const int64_t *dims, const char *what,
                        RtArray **out, RtError *error)
{
    RtArray *a = calloc(1, sizeof *a);
    if (!a)
        return rt_fail(error, "not enough memory for '%s'", what);
    a->dtype = dtype;
    a->rank = rank;
    memcpy(a->dims, dims, rank * sizeof *dims);
    *out = a;
    return RT_OK;
}

/* 2-byte whole numbers in chunks; the number of bytes that were there goes to *have. */
static RtStatus read_wide(RtInput *in, RtFileType type, RtArray *a, int64_t *have, RtError *error)
{
    unsigned char chunk[CHUNK];
    int32_t *to = a->data;
    size_t left = a->bytes / 2, got = 1;
    *have = 0;
    while (left && got) {
        RtStatus status = rt_input_read(in, chunk, left < CHUNK ? left : CHUNK, &got, error);
        if (status != RT_OK)
            return status;
        for (size_t i = 0; i + 1 < got; i += 2) {
            int32_t low = chunk[i + type.is_big], high = chunk[i + !type.is_big];
            int32_t value = high << 8 | low;
            *to++ = type.is_signed && value > 0x7fff ? value - 0x10000 : value;
        }
        *have += (int64_t)got;
        left -= got;
    }
    return RT_OK;
}

static RtStatus read_data(RtInput *in, RtFileType type, RtArray *a, int64_t *have, RtError *error)
{
    size_t got;
    if (type.size != rt_dtype(a->dtype)->size)
        return read_wide(in, type, a, have, error);
    RtStatus status = rt_input_read(in, a->data, a->bytes, &got, error);
    if (status != RT_OK)
        return status;
    *have = (int64_t)got;
    if (type.is_big && type.size > 1)
        swap_bytes(a->data, got / type.size, type.size);
    return RT_OK;
}

RtStatus rt_elements_read(RtInput *in, RtFileType type, uint32_t rank, const int64_t *dims,
                          bool facts_only, RtArray **out, RtError *error)
{
    char text[128];
    int64_t count, have;
    RtArray *a = NULL;
    if (!rt_multiply(dims, rank, &count) || count > INT64_MAX / 16)
        return rt_fail(error, "the sizes in '%s' are impossible: %s", rt_input_name(in),
                       rt_dims_text(text, sizeof text, rank, dims));
    int64_t need = count * (int64_t)type.size;
    RtStatus status = check_size(in, need, rank, dims, error);
    if (status == RT_OK && facts_only)
        return rt_array_facts(type.dtype, rank, dims, rt_input_name(in), out, error);
    if (status == RT_OK)
        status = rt_array_open(type.dtype, rank, dims, rt_input_name(in), &a, error);
    if (status == RT_OK)
        status = read_data(in, type, a, &have, error);
    if (status == RT_OK && have < need)
        status = fail_short(in, have, need, rank, dims, error);
    if (status == RT_OK) {
        snprintf(text, sizeof text, "its %lld bytes of data", (long long)need);
        status = rt_input_finish(in, text, error);
    }
    if (status == RT_OK)
        *out = a;
    else
        rt_array_close(a);
    return status;
}
