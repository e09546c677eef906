/* safetensors_read.c: believes nothing: a bounded header of exactly the form that the format has,
 * known types, sizes that fit their places, places that follow each other without holes. */
#include <stdlib.h>
#include <string.h>

#include "runtime/files/tensors_internal.h"

enum { MAX_HEADER = 100000000 };

typedef struct Entry {
    char *name;
    RtDtype dtype;
    uint32_t rank;
    int64_t dims[RT_MAX_RANK];
    uint64_t begin, end;
} Entry;

typedef struct Reader {
    const char *path;
    const unsigned char *start, *at, *stop; /* the header */
    const unsigned char *data;
    uint64_t n_data;
    Entry *entries;
    size_t n, cap;
    bool has_meta;
    RtTensorFile *file;
    RtError *error;
} Reader;

static RtStatus fail_json(const Reader *r, const char *wanted)
{
    return rt_fail(r->error, "'%s' has a damaged safetensors header: byte %lld should be %s",
                   r->path, (long long)(r->at - r->start) + 8, wanted);
}

static void skip_space(Reader *r)
{
    while (r->at < r->stop && (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
        r->at++;
}

static bool take(Reader *r, char c)
{
    skip_space(r);
    if (r->at >= r->stop || *r->at != (unsigned char)c)
        return false;
    r->at++;
    return true;
}

/* ---- strings ---- */

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four digits behind \u. */
static bool read_hex(Reader *r, uint32_t *code)
{
    *code = 0;
    if (r->stop - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*r->at++);
        if (digit < 0)
            return false;
        *code = *code << 4 | (uint32_t)digit;
    }
    return true;
}

static char *put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[4] = {0, 0xc0, 0xe0, 0xf0};
    *to++ = (char)(lead[more] | code >> 6 * more);
    while (more-- > 0)
        *to++ = (char)(0x80 | (code >> 6 * more & 0x3f));
    return to;
}

static bool read_escape(Reader *r, char **to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    uint32_t code, low;
    if (r->at >= r->stop)
        return false;
    char c = (char)*r->at++;
    const char *found = c ? strchr(from, c) : NULL;
    if (found) {
        *(*to)++ = into[found - from];
        return true;
    }
    if (c != 'u' || !read_hex(r, &code) || code == 0 || (code >= 0xdc00 && code < 0xe000))
        return false;
    if (code >= 0xd800 && code < 0xdc00) {
        if (r->stop - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
            return false;
        r->at += 2;
        if (!read_hex(r, &low) || low < 0xdc00 || low >= 0xe000)
            return false;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *to = put_utf8(*to, code);
    return true;
}

/* A string, unpacked, in malloc memory. */
static RtStatus read_string(Reader *r, char **out)
{
    if (!take(r, '"'))
        return fail_json(r, "a string");
    const unsigned char *end = r->at;
    while (end < r->stop && *end != '"')
        end += *end == '\\' && end + 1 < r->stop ? 2 : 1;
    if (end >= r->stop)
        return fail_json(r, "a string that ends");
    char *text = malloc((size_t)(end - r->at) + 1), *to = text;
    if (!text)
        return rt_fail(r->error, "not enough memory for the header of '%s'", r->path);
    while (r->at < end) {
        unsigned char c = *r->at++;
        if (c >= 0x20 && c != '\\') {
            *to++ = (char)c;
        } else if (c < 0x20 || !read_escape(r, &to)) {
            free(text);
            return fail_json(r, "a character of a string");
        }
    }
    *to = 0;
    r->at = end + 1;
    *out = text;
    return RT_OK;
}

static RtStatus read_number(Reader *r, uint64_t *out)
{
    uint64_t n = 0;
    skip_space(r);
    const unsigned char *start = r->at;
    for (; r->at < r->stop && *r->at >= '0' && *r->at <= '9'; r->at++) {
        if (n > (INT64_MAX - 9) / 10)
            return fail_json(r, "a smaller number");
        n = n * 10 + (uint64_t)(*r->at - '0');
    }
    *out = n;
    return r->at > start ? RT_OK : fail_json(r, "a whole number");
}

/* ---- entries ---- */

static RtStatus read_dtype(Reader *r, Entry *e)
{
    char *name;
    RtStatus status = read_string(r, &name);
    if (status != RT_OK)
        return status;
    e->dtype = RT_N_DTYPES;
    for (int i = 0; i < RT_N_DTYPES; i++)
        if (!strcmp(rt_dtype((RtDtype)i)->safetensors, name))
            e->dtype = (RtDtype)i;
    if (e->dtype == RT_N_DTYPES)
        status = rt_fail(r->error, "'%s' in '%s' has the type '%.20s', which is not supported",
                         e->name, r->path, name);
    free(name);
    return status;
}

static RtStatus read_shape(Reader *r, Entry *e)
{
    uint64_t size;
    if (!take(r, '['))
        return fail_json(r, "'['");
    for (e->rank = 0; !take(r, ']'); e->rank++) {
        if (e->rank && !take(r, ','))
            return fail_json(r, "',' or ']'");
        if (e->rank == RT_MAX_RANK)
            return rt_fail(r->error, "'%s' in '%s' has more than %d dimensions", e->name, r->path,
                           RT_MAX_RANK);
        RtStatus status = read_number(r, &size);
        if (status != RT_OK)
            return status;
        e->dims[e->rank] = (int64_t)size;
    }
    return RT_OK;
}

static RtStatus read_offsets(Reader *r, Entry *e)
{
    RtStatus status = take(r, '[') ? read_number(r, &e->begin) : fail_json(r, "'['");
    if (status == RT_OK)
        status = take(r, ',') ? read_number(r, &e->end) : fail_json(r, "','");
    if (status == RT_OK && !take(r, ']'))
        status = fail_json(r, "']'");
    return status;
}

static RtStatus read_fields(Reader *r, Entry *e)
{
    static const struct {
        const char *key;
        RtStatus (*read)(Reader *r, Entry *e);
    } fields[] = {{"dtype", read_dtype}, {"shape", read_shape}, {"data_offsets", read_offsets}};
    unsigned seen = 0;
    if (!take(r, '{'))
        return fail_json(r, "'{'");
    for (int i = 0; i < 3; i++) {
        char *key;
        unsigned which = 0;
        if (i && !take(r, ','))
            return fail_json(r, "','");
        RtStatus status = read_string(r, &key);
        if (status != RT_OK)
            return status;
        while (which < 3 && strcmp(key, fields[which].key) != 0)
            which++;
        free(key);
        if (which == 3 || (seen >> which & 1) || !take(r, ':'))
            return fail_json(r, "behind dtype, shape or data_offsets");
        seen |= 1u << which;
        status = fields[which].read(r, e);
        if (status != RT_OK)
            return status;
    }
    return take(r, '}') ? RT_OK : fail_json(r, "'}'");
}

static RtStatus check_entry(const Reader *r, const Entry *e)
{
    int64_t count;
    uint64_t size = rt_dtype(e->dtype)->size;
    if (e->begin > e->end || e->end > r->n_data)
        return rt_fail(r->error, "'%s' in '%s' lies at bytes %llu to %llu, but there are %llu",
                       e->name, r->path, (unsigned long long)e->begin, (unsigned long long)e->end,
                       (unsigned long long)r->n_data);
    if (!rt_multiply(e->dims, e->rank, &count) || (uint64_t)count > INT64_MAX / size ||
        (uint64_t)count * size != e->end - e->begin)
        return rt_fail(r->error, "'%s' in '%s' has %llu bytes, which do not fit its shape and type",
                       e->name, r->path, (unsigned long long)(e->end - e->begin));
    return RT_OK;
}

static RtStatus read_entry(Reader *r, char *name)
{
    if (r->n == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 16;
        Entry *more = realloc(r->entries, cap * sizeof *more);
        if (!more) {
            free(name);
            return rt_fail(r->error, "not enough memory for the header of '%s'", r->path);
        }
        r->entries = more;
        r->cap = cap;
    }
    Entry *e = &r->entries[r->n++];
    *e = (Entry){.name = name};
    RtStatus status = read_fields(r, e);
    return status == RT_OK ? check_entry(r, e) : status;
}

static RtStatus read_meta(Reader *r)
{
    RtTensorStore *store = r->file->store;
    if (r->has_meta || !take(r, '{'))
        return fail_json(r, "'{', once");
    r->has_meta = true;
    for (int i = 0; !take(r, '}'); i++) {
        char *key = NULL, *value = NULL;
        RtStatus status = i && !take(r, ',') ? fail_json(r, "',' or '}'") : read_string(r, &key);
        if (status == RT_OK)
            status = take(r, ':') ? read_string(r, &value) : fail_json(r, "':'");
        if (status == RT_OK)
            status = rt_names_add(&store->keys, key, r->error);
        if (status == RT_OK)
            status = rt_names_add(&store->values, value, r->error);
        free(key);
        free(value);
        if (status != RT_OK)
            return status;
    }
    return RT_OK;
}

static RtStatus read_header(Reader *r)
{
    if (!take(r, '{'))
        return fail_json(r, "'{'");
    for (int i = 0; !take(r, '}'); i++) {
        char *name;
        if (i && !take(r, ','))
            return fail_json(r, "',' or '}'");
        RtStatus status = read_string(r, &name);
        if (status != RT_OK)
            return status;
        if (!take(r, ':')) {
            free(name);
            return fail_json(r, "':'");
        }
        bool is_meta = !strcmp(name, "__metadata__");
        if (is_meta)
            free(name);
        status = is_meta ? read_meta(r) : read_entry(r, name);
        if (status != RT_OK)
            return status;
    }
    skip_space(r);
    return r->at == r->stop ? RT_OK : fail_json(r, "the end");
}

/* ---- the data ---- */

static int compare_places(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static RtStatus add_tensors(Reader *r)
{
    uint64_t at = 0;
    if (r->n)
        qsort(r->entries, r->n, sizeof *r->entries, compare_places);
    for (size_t i = 0; i < r->n; i++) {
        const Entry *e = &r->entries[i];
        RtArray *a;
        if (e->begin != at)
            return rt_fail(r->error, "'%s' in '%s' begins at byte %llu instead of %llu", e->name,
                           r->path, (unsigned long long)e->begin, (unsigned long long)at);
        at = e->end;
        RtStatus status = rt_array_open(e->dtype, e->rank, e->dims, r->path, &a, r->error);
        if (status != RT_OK)
            return status;
        memcpy(a->data, r->data + e->begin, a->bytes);
        status = rt_tensors_add(r->file, r->path, e->name, a, r->error);
        if (status != RT_OK)
            return status;
    }
    if (at != r->n_data)
        return rt_fail(r->error, "'%s' goes on after its last tensor", r->path);
    return RT_OK;
}

RtStatus rt_safetensors_parse(const unsigned char *bytes, size_t size, const char *path,
                              RtTensorFile *file, RtError *error)
{
    uint64_t length = 0;
    for (size_t i = 0; i < 8 && i < size; i++)
        length |= (uint64_t)bytes[i] << 8 * i;
    if (size < 8 || length > size - 8 || length > MAX_HEADER)
        return rt_fail(error, "'%s' is neither .safetensors nor .npz, or cut off", path);
    Reader r = {.path = path,
                .start = bytes + 8,
                .at = bytes + 8,
                .stop = bytes + 8 + length,
                .data = bytes + 8 + length,
                .n_data = size - 8 - length,
                .file = file,
                .error = error};
    RtStatus status = read_header(&r);
    if (status == RT_OK)
        status = add_tensors(&r);
    for (size_t i = 0; i < r.n; i++)
        free(r.entries[i].name);
    free(r.entries);
    return status;
}
