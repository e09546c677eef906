/* input.c: plain bytes through a buffer, packed ones through the table of inflate.h. */
#include "runtime/data/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/data/crc32.h"
#include "runtime/data/inflate.h"
#include "runtime/data/memory.h"
#include "runtime/data/store.h"

#if defined(__GNUC__)
extern const RtInflate rt_inflate_zlib __attribute__((weak));
#endif

enum { BUFFER = 1 << 16 };

struct RtInput {
    char *name;
    FILE *file;                /* NULL: all of it is in `next` from the start */
    const unsigned char *next; /* raw bytes that are there */
    size_t ready;
    int64_t raw_left; /* raw bytes that the file still has; -1: it does not know (a pipe) */
    void *z;          /* NULL: not compressed */
    bool is_gzip, z_ended, is_regular;
    int64_t position;
    bool is_member;
    uint64_t size; /* of a member, as its directory says */
    uint32_t crc, wanted_crc;
    unsigned char buffer[BUFFER]; /* of a file */
};

static const RtInflate *inflater(void)
{
    const RtInflate *table = &rt_inflate_zlib;
    return table;
}

void rt_input_close(RtInput *in)
{
    if (!in)
        return;
    if (in->file && in->file != stdin)
        fclose(in->file);
    if (in->z)
        inflater()->close(in->z);
    free(in->name);
    free(in);
}

static RtStatus read_file(RtInput *in, unsigned char *to, size_t n, size_t *got, RtError *error)
{
    *got = fread(to, 1, n, in->file);
    if (*got < n && ferror(in->file))
        return rt_fail(error, "cannot read '%s': %s", in->name, strerror(errno));
    if (in->raw_left >= 0)
        in->raw_left = in->raw_left > (int64_t)*got ? in->raw_left - (int64_t)*got : 0;
    return RT_OK;
}

/* More raw bytes into the buffer; none at the end. */
static RtStatus fill(RtInput *in, RtError *error)
{
    if (in->ready || !in->file)
        return RT_OK;
    in->next = in->buffer;
    return read_file(in, in->buffer, BUFFER, &in->ready, error);
}

static bool starts_gzip(const RtInput *in)
{
    return in->ready >= 2 && in->next[0] == 0x1f && in->next[1] == 0x8b;
}

static RtStatus start(RtInput *in, RtPacked packed, RtError *error)
{
    RtStatus status = fill(in, error);
    if (status != RT_OK)
        return status;
    in->is_gzip = packed == RT_PACKED_auto && starts_gzip(in);
    if (!in->is_gzip && packed != RT_PACKED_deflate)
        return RT_OK;
    if (!inflater())
        return rt_fail(error,
                       "'%s' is %s, but this program was compiled without zlib; compile it "
                       "with --with=gzip",
                       in->name, in->is_gzip ? "gzip-compressed" : "compressed");
    in->z = inflater()->open(in->is_gzip);
    return in->z ? RT_OK : rt_fail(error, "not enough memory to unpack '%s'", in->name);
}

static RtInput *new_input(const char *name)
{
    RtInput *in = calloc(1, sizeof *in);
    if (in && !(in->name = rt_text_copy(name))) {
        free(in);
        return NULL;
    }
    return in;
}

/* NULL: standard input, which may be anything. */
static RtStatus open_file(RtInput *in, const char *path, RtError *error)
{
    struct stat st;
    in->raw_left = -1;
    in->file = path ? fopen(path, "rb") : stdin;
    if (!path)
        return start(in, RT_PACKED_auto, error);
    if (!in->file || fstat(fileno(in->file), &st) != 0)
        return rt_fail(error, "cannot open '%s': %s", path, strerror(errno));
    if (S_ISDIR(st.st_mode))
        return rt_fail(error, "cannot read '%s': it is a folder", path);
    in->is_regular = S_ISREG(st.st_mode);
    in->raw_left = in->is_regular ? (int64_t)st.st_size : -1;
    return start(in, RT_PACKED_auto, error);
}

static RtStatus open_input(const char *path, const char *name, RtInput **out, RtError *error)
{
    RtInput *in = new_input(name);
    if (!in)
        return rt_fail(error, "not enough memory to open '%s'", name);
    RtStatus status = open_file(in, path, error);
    if (status == RT_OK)
        *out = in;
    else
        rt_input_close(in);
    return status;
}

RtStatus rt_input_open(const char *path, RtInput **out, RtError *error)
{
    return open_input(path, path, out, error);
}

RtStatus rt_input_stdin(const char *name, RtInput **out, RtError *error)
{
    return open_input(NULL, name, out, error);
}

RtStatus rt_input_memory(const void *bytes, size_t size, const char *name, RtPacked packed,
                         RtInput **out, RtError *error)
{
    RtInput *in = new_input(name);
    if (!in)
        return rt_fail(error, "not enough memory to open '%s'", name);
    in->next = bytes;
    in->ready = size;
    RtStatus status = start(in, packed, error);
    if (status == RT_OK)
        *out = in;
    else
        rt_input_close(in);
    return status;
}

RtStatus rt_input_member(const RtMember *m, const char *name, RtInput **out, RtError *error)
{
    RtStatus status =
        rt_input_memory(m->packed, m->n_packed, name,
                        m->is_deflated ? RT_PACKED_deflate : RT_PACKED_none, out, error);
    if (status == RT_OK) {
        (*out)->is_member = true;
        (*out)->size = m->size;
        (*out)->wanted_crc = m->crc;
    }
    return status;
}

static RtStatus read_plain(RtInput *in, unsigned char *to, size_t n, size_t *got, RtError *error)
{
    *got = 0;
    while (*got < n) {
        RtStatus status = fill(in, error);
        if (status != RT_OK)
            return status;
        if (!in->ready)
            break;
        size_t here = in->ready < n - *got ? in->ready : n - *got;
        memcpy(to + *got, in->next, here);
        in->next += here;
        in->ready -= here;
        *got += here;
        if (in->file && !in->ready && n - *got > BUFFER) { /* not through the buffer */
            status = read_file(in, to + *got, n - *got, &here, error);
            *got += here;
            return status;
        }
    }
    return RT_OK;
}

/* Tapes fill their blocks with zero bytes. */
static RtStatus skip_padding(RtInput *in, RtError *error)
{
    RtStatus status = fill(in, error);
    while (status == RT_OK && in->ready && !*in->next) {
        in->next++;
        in->ready--;
        status = fill(in, error);
    }
    return status;
}

/* A gzip file may hold several streams, one after the other. */
static RtStatus next_stream(RtInput *in, RtError *error)
{
    in->z_ended = true;
    if (!in->is_gzip)
        return RT_OK;
    RtStatus status = skip_padding(in, error);
    if (status != RT_OK || !in->ready)
        return status;
    if (in->next[0] != 0x1f)
        return rt_fail(error, "'%s' goes on after the end of its gzip stream", in->name);
    inflater()->reset(in->z);
    in->z_ended = false;
    return RT_OK;
}

static RtStatus read_packed(RtInput *in, unsigned char *to, size_t n, size_t *got, RtError *error)
{
    size_t room = n;
    while (room && !in->z_ended) {
        RtStatus status = fill(in, error);
        if (status != RT_OK)
            return status;
        size_t ready = in->ready, before = room;
        RtInflateResult result = inflater()->run(in->z, &in->next, &in->ready, &to, &room);
        if (result == RT_INFLATE_CORRUPT)
            return rt_fail(error, "'%s' is damaged: its compressed data is wrong after %lld bytes",
                           in->name, (long long)(in->position + (int64_t)(n - room)));
        if (result == RT_INFLATE_END)
            status = next_stream(in, error);
        else if (ready == 0 && room == before)
            status = rt_fail(error, "'%s' is cut off: its compressed data ends after %lld bytes",
                             in->name, (long long)(in->position + (int64_t)(n - room)));
        if (status != RT_OK)
            return status;
    }
    *got = n - room;
    return RT_OK;
}

RtStatus rt_input_read(RtInput *in, void *to, size_t n, size_t *got, RtError *error)
{
    RtStatus status =
        in->z ? read_packed(in, to, n, got, error) : read_plain(in, to, n, got, error);
    if (status == RT_OK && in->is_member)
        in->crc = rt_crc32(in->crc, to, *got);
    if (status == RT_OK)
        in->position += (int64_t)*got;
    return status;
}

RtStatus rt_input_all(RtInput *in, RtStarts *starts, unsigned char **bytes, size_t *n,
                      RtError *error)
{
    int64_t left = rt_input_left(in);
    size_t whole = left >= 0 ? (size_t)left + 2 : 2 * BUFFER, used = 0, got = 1;
    size_t cap = starts && whole > BUFFER ? BUFFER : whole;
    unsigned char *all = NULL;
    RtStatus status = rt_memory_check(in->name, cap, error);
    while (status == RT_OK && got) {
        unsigned char *more = realloc(all, cap);
        if (!more) {
            status = rt_fail(error, "not enough memory to read '%s': %zu bytes", in->name, cap);
            break;
        }
        all = more;
        status = rt_input_read(in, all + used, cap - used - 1, &got, error);
        used += status == RT_OK ? got : 0;
        if (status == RT_OK && (used < cap - 1 || (starts && !starts(all, used))))
            break;
        starts = NULL;
        cap = cap < whole ? whole : 2 * cap;
        if (status == RT_OK)
            status = rt_memory_check(in->name, cap, error);
    }
    if (status != RT_OK) {
        free(all);
        return status;
    }
    all[used] = 0;
    *bytes = all;
    *n = used;
    return RT_OK;
}

static RtStatus compare_member(const RtInput *in, RtError *error)
{
    if ((uint64_t)in->position != in->size)
        return rt_fail(error, "'%s' has %lld bytes instead of %llu", in->name,
                       (long long)in->position, (unsigned long long)in->size);
    return in->crc == in->wanted_crc
               ? RT_OK
               : rt_fail(error, "'%s' is damaged: its checksum is wrong", in->name);
}

RtStatus rt_input_finish(RtInput *in, const char *what, RtError *error)
{
    unsigned char byte;
    size_t got;
    RtStatus status = rt_input_read(in, &byte, 1, &got, error);
    if (status != RT_OK)
        return status;
    if (got)
        return rt_fail(error, "'%s' goes on after %s", in->name, what);
    return in->is_member ? compare_member(in, error) : RT_OK;
}

int64_t rt_input_left(const RtInput *in)
{
    if (in->is_member)
        return in->size > (uint64_t)in->position ? (int64_t)(in->size - (uint64_t)in->position) : 0;
    if (in->z || (in->file && in->raw_left < 0))
        return -1;
    return (int64_t)in->ready + (in->file ? in->raw_left : 0);
}

const char *rt_input_name(const RtInput *in)
{
    return in->name;
}

int rt_input_fd(const RtInput *in)
{
    return in->is_regular && !in->z ? fileno(in->file) : -1;
}
