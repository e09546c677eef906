/* npy.c: NumPy's .npy: magic, version, a Python dictionary as text, the elements.
 *
 * Python 2 wrote long integers ("2L") and marked strings (u'descr'), which NumPy still reads. */
#include "runtime/data/npy.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/elements.h"
#include "runtime/data/source_internal.h"

enum { MAX_HEAD = 1 << 20 };

typedef struct Head {
    RtInput *in;
    const char *at; /* in the dictionary's text */
    RtFileType type;
    bool long_sizes; /* sizes may be written as 2L: versions 1 and 2 */
    bool is_fortran, has_type, has_order, has_shape;
    uint32_t rank;
    int64_t dims[RT_MAX_RANK];
    RtError *error;
} Head;

static const struct {
    const char *text; /* without the order of bytes */
    RtFileType type;
} types[] = {
    {"b1", {RT_bool, 1, false, false}}, {"u1", {RT_u8, 1, false, false}},
    {"i1", {RT_i8, 1, true, false}},    {"u2", {RT_i32, 2, false, false}},
    {"i2", {RT_i32, 2, true, false}},   {"u4", {RT_u32, 4, false, false}},
    {"i4", {RT_i32, 4, true, false}},   {"i8", {RT_i64, 8, true, false}},
    {"f2", {RT_f16, 2, true, false}},   {"f4", {RT_f32, 4, true, false}},
    {"f8", {RT_f64, 8, true, false}},
};

/* ---- the dictionary ---- */

static RtStatus fail_head(const Head *h)
{
    return rt_fail(h->error, "'%s' has a damaged NPY header near '%.20s'", rt_input_name(h->in),
                   h->at);
}

static void skip_space(Head *h)
{
    while (*h->at && strchr(" \n\t\r\f", *h->at))
        h->at++;
}

static bool take(Head *h, const char *text)
{
    skip_space(h);
    size_t n = strlen(text);
    if (strncmp(h->at, text, n) != 0)
        return false;
    h->at += n;
    return true;
}

static bool take_string(Head *h, char *to, size_t size)
{
    skip_space(h);
    if (*h->at == 'u' && (h->at[1] == '\'' || h->at[1] == '"'))
        h->at++;
    char quote = *h->at;
    const char *end = quote == '\'' || quote == '"' ? strchr(h->at + 1, quote) : NULL;
    size_t n = end ? (size_t)(end - h->at - 1) : size;
    if (n >= size)
        return false;
    memcpy(to, h->at + 1, n);
    to[n] = 0;
    h->at = end + 1;
    return true;
}

static RtStatus read_type(Head *h)
{
    char text[32] = "";
    if (!take_string(h, text, sizeof text))
        return rt_fail(h->error, "'%s' has elements of several fields, which are not supported",
                       rt_input_name(h->in));
    if (strchr(text, 'O'))
        return rt_fail(h->error, "'%s' holds Python objects, which are never read",
                       rt_input_name(h->in));
    const char *plain = *text && strchr("<>|=", *text) ? text + 1 : text;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (!strcmp(plain, types[i].text)) {
            h->type = types[i].type;
            h->type.is_big = *text == '>';
            h->has_type = true;
            return RT_OK;
        }
    return rt_fail(h->error,
                   "'%s' has elements of type '%s'; known are b1 u1 i1 u2 i2 u4 i4 i8 f2 "
                   "f4 f8",
                   rt_input_name(h->in), text);
}

static RtStatus read_size(Head *h, int64_t *size)
{
    const char *start = h->at;
    int64_t n = 0;
    for (; *h->at >= '0' && *h->at <= '9'; h->at++) {
        if (n > (INT64_MAX - 9) / 10)
            return fail_head(h);
        n = n * 10 + (*h->at - '0');
    }
    bool zero_first = *start == '0' && h->at - start > 1; /* octal in Python 2, an error in 3 */
    if (h->at == start || zero_first) {
        h->at = start;
        return fail_head(h);
    }
    if (h->long_sizes && *h->at == 'L')
        h->at++;
    *size = n;
    return RT_OK;
}

static RtStatus read_shape(Head *h)
{
    if (!take(h, "("))
        return fail_head(h);
    while (!take(h, ")")) {
        if (h->rank == RT_MAX_RANK)
            return rt_fail(h->error, "'%s' has more than %d dimensions", rt_input_name(h->in),
                           RT_MAX_RANK);
        RtStatus status = read_size(h, &h->dims[h->rank++]);
        if (status != RT_OK)
            return status;
        if (!take(h, ",") && (*h->at != ')' || h->rank == 1)) /* (3) is a number, (3,) a tuple */
            return fail_head(h);
    }
    h->has_shape = true;
    return RT_OK;
}

static RtStatus read_entry(Head *h)
{
    char key[32] = "";
    if (!take_string(h, key, sizeof key) || !take(h, ":"))
        return fail_head(h);
    if (!strcmp(key, "descr") && !h->has_type)
        return read_type(h);
    if (!strcmp(key, "shape") && !h->has_shape)
        return read_shape(h);
    if (strcmp(key, "fortran_order") != 0 || h->has_order)
        return fail_head(h);
    h->has_order = true;
    h->is_fortran = take(h, "True");
    return h->is_fortran || take(h, "False") ? RT_OK : fail_head(h);
}

static RtStatus read_dictionary(Head *h)
{
    if (!take(h, "{"))
        return fail_head(h);
    while (!take(h, "}")) {
        RtStatus status = read_entry(h);
        if (status != RT_OK)
            return status;
        if (!take(h, ",") && *h->at != '}')
            return fail_head(h);
    }
    take(h, "");
    if (*h->at || !h->has_type || !h->has_order || !h->has_shape)
        return fail_head(h);
    return RT_OK;
}

static RtStatus read_head(Head *h)
{
    unsigned char start[12];
    size_t got, length;
    RtStatus status = rt_input_read(h->in, start, 10, &got, h->error);
    if (status != RT_OK)
        return status;
    if (!got)
        return rt_fail(h->error, "'%s' is empty", rt_input_name(h->in));
    if (got < 10 || memcmp(start, "\x93NUMPY", 6) != 0)
        return rt_fail(h->error, "'%s' is not an NPY file", rt_input_name(h->in));
    if (start[6] < 1 || start[6] > 3 || start[7])
        return rt_fail(h->error,
                       "'%s' has version %d.%d of the NPY format; 1.0, 2.0 and 3.0 are known",
                       rt_input_name(h->in), start[6], start[7]);
    h->long_sizes = start[6] < 3;
    length = start[8] | (size_t)start[9] << 8;
    if (start[6] > 1) {
        status = rt_input_read(h->in, start + 10, 2, &got, h->error);
        if (status != RT_OK)
            return status;
        length |= got < 2 ? 0 : (size_t)start[10] << 16 | (size_t)start[11] << 24;
    }
    if (length > MAX_HEAD)
        return rt_fail(h->error, "'%s' has an NPY header of %zu bytes, at most %d are read",
                       rt_input_name(h->in), length, MAX_HEAD);
    char *text = calloc(length + 1, 1);
    if (!text)
        return rt_fail(h->error, "not enough memory for the header of '%s'", rt_input_name(h->in));
    status = rt_input_read(h->in, text, length, &got, h->error);
    h->at = text;
    if (status == RT_OK && got < length)
        status = rt_fail(h->error, "'%s' ends in its NPY header", rt_input_name(h->in));
    if (status == RT_OK)
        status = read_dictionary(h);
    free(text);
    return status;
}

/* ---- the elements ---- */

/* Column-major to row-major: walks the target in order and keeps the place in the source. */
static RtStatus turn_around(RtArray **array, const char *name, RtError *error)
{
    RtArray *from = *array, *to;
    size_t size = rt_dtype(from->dtype)->size;
    int64_t at[RT_MAX_RANK] = {0}, steps[RT_MAX_RANK], place = 0, step = 1;
    RtStatus status = rt_array_open(from->dtype, from->rank, from->dims, name, &to, error);
    if (status != RT_OK)
        return status;
    for (uint32_t i = 0; i < from->rank; i++) {
        steps[i] = step;
        step *= from->dims[i];
    }
    for (size_t done = 0; done < to->bytes; done += size) {
        memcpy((char *)to->data + done, (const char *)from->data + (size_t)place * size, size);
        for (uint32_t i = from->rank; i-- > 0;) {
            place += steps[i];
            if (++at[i] < from->dims[i])
                break;
            place -= steps[i] * from->dims[i];
            at[i] = 0;
        }
    }
    rt_array_close(from);
    *array = to;
    return RT_OK;
}

/* Half floats become floats: nothing computes with them. */
static RtStatus widen(RtArray **array, bool facts_only, const char *name, RtError *error)
{
    RtArray *from = *array, *to;
    if (facts_only) {
        from->dtype = RT_f32;
        return RT_OK;
    }
    RtStatus status = rt_array_open(RT_f32, from->rank, from->dims, name, &to, error);
    if (status != RT_OK)
        return status;
    for (int64_t i = 0; i < (int64_t)(from->bytes / 2); i++)
        ((float *)to->data)[i] = (float)rt_array_f64(from, i);
    rt_array_close(from);
    *array = to;
    return RT_OK;
}

RtStatus rt_npy_parse(RtInput *in, bool facts_only, RtArray **out, RtError *error)
{
    Head h = {.in = in, .error = error};
    RtArray *a = NULL;
    RtStatus status = read_head(&h);
    if (status == RT_OK)
        status = rt_elements_read(in, h.type, h.rank, h.dims, facts_only, &a, error);
    if (status == RT_OK && h.is_fortran && h.rank > 1 && !facts_only)
        status = turn_around(&a, rt_input_name(in), error);
    if (status == RT_OK && a->dtype == RT_f16)
        status = widen(&a, facts_only, rt_input_name(in), error);
    if (status == RT_OK)
        *out = a;
    else
        rt_array_close(a);
    return status;
}

/* ---- the source ---- */

static RtStatus read_file(RtReader *r, const char *argument, bool facts_only, RtArray **out)
{
    RtInput *in = NULL;
    RtStatus status = rt_reader_open(r, argument, &in);
    if (status == RT_OK)
        status = rt_npy_parse(in, facts_only, out, r->error);
    rt_input_close(in);
    return status;
}

RtStatus rt_read_npy(RtReader *r)
{
    RtStatus status = read_file(r, "x", r->facts_only, &r->out->x);
    if (status == RT_OK && rt_source_text(r->source, "y", NULL))
        status = read_file(r, "y", false, &r->out->y);
    return status == RT_OK ? rt_sample_weights_file(r) : status;
}
