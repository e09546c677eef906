/* zip_write.c: see zip_write.h. Without ZIP64. */
#include "runtime/files/zip_write.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/data/crc32.h"
#include "runtime/files/atomic.h"

enum { VERSION = 20, DATE = 0x21, MAX_NAME = 0xff00, MAX_MEMBERS = 0xfffe };
static const uint64_t limit = 0xfffffffe;

typedef struct Member {
    uint32_t crc, size, offset;
} Member;

typedef struct ZipWriter {
    RtFile file;
    uint64_t at;
    Member *members;
    const char *what;
    RtError *error;
} ZipWriter;

static void put(ZipWriter *w, const void *bytes, size_t n)
{
    fwrite(bytes, 1, n, w->file.out);
    w->at += n;
}

static void put_number(ZipWriter *w, uint32_t value, int bytes)
{
    unsigned char b[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                          (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    put(w, b, (size_t)bytes);
}

/* What local and central headers have in common: flags (UTF-8) to length of the extra field. */
static void put_common(ZipWriter *w, const Member *m, size_t n_name)
{
    put_number(w, VERSION, 2);
    put_number(w, 1 << 11, 2);
    put_number(w, 0, 2);
    put_number(w, 0, 2);
    put_number(w, DATE, 2);
    put_number(w, m->crc, 4);
    put_number(w, m->size, 4);
    put_number(w, m->size, 4);
    put_number(w, (uint32_t)n_name, 2);
    put_number(w, 0, 2);
}

static RtStatus put_member(ZipWriter *w, const RtZipPart *p, Member *m)
{
    size_t n_name = strlen(p->name);
    uint64_t bytes = 0;
    for (size_t i = 0; i < p->n; i++)
        bytes += p->pieces[i].n;
    if (n_name > MAX_NAME || bytes > limit || w->at + bytes + n_name > limit)
        return rt_fail(w->error, "'%s' is too large: %s", w->file.path, w->what);
    m->crc = 0;
    for (size_t i = 0; i < p->n; i++)
        m->crc = rt_crc32(m->crc, p->pieces[i].bytes, p->pieces[i].n);
    m->size = (uint32_t)bytes;
    m->offset = (uint32_t)w->at;
    put_number(w, 0x04034b50, 4);
    put_common(w, m, n_name);
    put(w, p->name, n_name);
    rt_stream_put_all(w->file.stream, p->pieces, p->n);
    w->at += bytes;
    return RT_OK;
}

static void put_directory(ZipWriter *w, const RtZipPart *parts, uint32_t n)
{
    uint64_t start = w->at;
    for (uint32_t i = 0; i < n; i++) {
        put_number(w, 0x02014b50, 4);
        put_number(w, VERSION, 2);
        put_common(w, &w->members[i], strlen(parts[i].name));
        put_number(w, 0, 2); /* comment */
        put_number(w, 0, 2); /* disk */
        put_number(w, 0, 2);
        put_number(w, 0, 4);
        put_number(w, w->members[i].offset, 4);
        put(w, parts[i].name, strlen(parts[i].name));
    }
    uint32_t length = (uint32_t)(w->at - start);
    put_number(w, 0x06054b50, 4);
    put_number(w, 0, 4);
    put_number(w, n, 2);
    put_number(w, n, 2);
    put_number(w, length, 4);
    put_number(w, (uint32_t)start, 4);
    put_number(w, 0, 2);
}

RtStatus rt_zip_write(const char *path, const RtZipPart *parts, uint32_t n, const char *what,
                      RtError *error)
{
    ZipWriter w = {.what = what, .error = error};
    if (n > MAX_MEMBERS)
        return rt_fail(error, "'%s' is too large: %s", path, what);
    w.members = calloc((size_t)n + 1, sizeof *w.members);
    if (!w.members)
        return rt_fail(error, "not enough memory to write '%s'", path);
    RtStatus status = rt_file_begin(path, &w.file, error);
    if (status == RT_OK) {
        for (uint32_t i = 0; i < n && status == RT_OK; i++)
            status = put_member(&w, &parts[i], &w.members[i]);
        if (status == RT_OK)
            put_directory(&w, parts, n);
        if (status == RT_OK)
            status = rt_file_commit(&w.file, error);
        else
            rt_file_abandon(&w.file);
    }
    free(w.members);
    return status;
}
