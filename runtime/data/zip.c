/* zip.c: goes by the directory at the end, since streamed writers leave sizes out in front of the
 * members. Stored and deflated members, zip64; no encryption, no parts. */
#include "runtime/data/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/data/crc32.h"
#include "runtime/data/memory.h"
#include "runtime/data/store.h"

enum { END_SIZE = 22, END64_SIZE = 56, LOCATOR_SIZE = 20, ENTRY_SIZE = 46, LOCAL_SIZE = 30 };

typedef struct Directory {
    const unsigned char *bytes;
    size_t size; /* of the file */
    uint64_t at, length, entries;
} Directory;

static uint32_t u16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t u32(const unsigned char *p)
{
    return u16(p) | u16(p + 2) << 16;
}

static uint64_t u64(const unsigned char *p)
{
    return u32(p) | (uint64_t)u32(p + 4) << 32;
}

bool rt_zip_is(const unsigned char *bytes, size_t size)
{
    return size >= 4 && (u32(bytes) == 0x04034b50 || u32(bytes) == 0x06054b50);
}

static RtStatus damaged(const RtZip *zip, const char *where, RtError *error)
{
    return rt_fail(error, "'%s' is damaged or cut off: its zip %s is wrong", zip->path, where);
}

static RtStatus find_directory(const RtZip *zip, Directory *d, RtError *error)
{
    const unsigned char *end = NULL;
    size_t most = d->size < END_SIZE + 0xffff ? d->size : END_SIZE + 0xffff;
    for (size_t back = END_SIZE; back <= most && !end; back++)
        if (u32(d->bytes + d->size - back) == 0x06054b50)
            end = d->bytes + d->size - back;
    if (!end)
        return damaged(zip, "directory", error);
    d->entries = u16(end + 10);
    d->length = u32(end + 12);
    d->at = u32(end + 16);
    size_t before = (size_t)(end - d->bytes);
    if (before >= LOCATOR_SIZE && u32(end - LOCATOR_SIZE) == 0x07064b50) {
        uint64_t at = u64(end - LOCATOR_SIZE + 8);
        if (at > d->size || d->size - at < END64_SIZE || u32(d->bytes + at) != 0x06064b50)
            return damaged(zip, "directory", error);
        d->entries = u64(d->bytes + at + 32);
        d->length = u64(d->bytes + at + 40);
        d->at = u64(d->bytes + at + 48);
    }
    if (d->at > before || d->length > before - d->at || d->entries > d->length / ENTRY_SIZE)
        return damaged(zip, "directory", error);
    return RT_OK;
}

/* Sizes that do not fit 32 bits stand in an extra field, in this order, each only if needed. */
static bool read_zip64(const unsigned char *extra, size_t n, uint64_t *size, uint64_t *packed,
                       uint64_t *offset)
{
    uint64_t *wide[3] = {size, packed, offset};
    while (n >= 4) {
        size_t length = u16(extra + 2);
        const unsigned char *p = extra + 4;
        if (length > n - 4)
            return false;
        if (u16(extra) == 1) {
            for (int i = 0; i < 3; i++) {
                if (*wide[i] != 0xffffffff)
                    continue;
                if (length < 8)
                    return false;
                *wide[i] = u64(p);
                p += 8;
                length -= 8;
            }
            return true;
        }
        extra += 4 + length;
        n -= 4 + length;
    }
    return *size != 0xffffffff && *packed != 0xffffffff && *offset != 0xffffffff;
}

static RtStatus read_entry(RtZip *zip, const Directory *d, const unsigned char *p, RtError *error)
{
    RtZipMember *m = &zip->at[zip->n];
    size_t n_name = u16(p + 28), n_extra = u16(p + 30);
    uint64_t offset = u32(p + 42);
    uint32_t method = u16(p + 10);
    m->packed = u32(p + 20);
    m->size = u32(p + 24);
    m->crc = u32(p + 16);
    m->is_deflated = method == 8;
    m->name = calloc(n_name + 1, 1);
    if (!m->name)
        return rt_fail(error, "not enough memory for the names in '%s'", zip->path);
    zip->n++;
    memcpy(m->name, p + ENTRY_SIZE, n_name);
    if (u16(p + 8) & 1)
        return rt_fail(error, "'%s' in '%s' is encrypted", m->name, zip->path);
    if (method != 0 && method != 8)
        return rt_fail(error, "'%s' in '%s' is packed by method %u, known are 0 and 8", m->name,
                       zip->path, method);
    if (!read_zip64(p + ENTRY_SIZE + n_name, n_extra, &m->size, &m->packed, &offset) ||
        offset > d->at || d->at - offset < LOCAL_SIZE || u32(d->bytes + offset) != 0x04034b50)
        return damaged(zip, "entry", error);
    const unsigned char *local = d->bytes + offset;
    uint64_t start = offset + LOCAL_SIZE + u16(local + 26) + u16(local + 28);
    if (start > d->at || m->packed > d->at - start || (method == 0 && m->packed != m->size))
        return damaged(zip, "entry", error);
    m->data = d->bytes + start;
    return RT_OK;
}

static RtStatus read_entries(RtZip *zip, const Directory *d, RtError *error)
{
    const unsigned char *p = d->bytes + d->at;
    uint64_t left = d->length;
    for (uint64_t i = 0; i < d->entries; i++) {
        if (left < ENTRY_SIZE || u32(p) != 0x02014b50)
            return damaged(zip, "directory", error);
        uint64_t length = ENTRY_SIZE + u16(p + 28) + u16(p + 30) + u16(p + 32);
        if (length > left)
            return damaged(zip, "directory", error);
        RtStatus status = read_entry(zip, d, p, error);
        if (status != RT_OK)
            return status;
        p += length;
        left -= length;
    }
    return RT_OK;
}

RtStatus rt_zip_open(const unsigned char *bytes, size_t size, const char *path, RtZip *zip,
                     RtError *error)
{
    Directory d = {.bytes = bytes, .size = size};
    *zip = (RtZip){.path = path};
    RtStatus status = find_directory(zip, &d, error);
    if (status != RT_OK)
        return status;
    zip->at = calloc((size_t)d.entries + 1, sizeof *zip->at);
    if (!zip->at)
        return rt_fail(error, "not enough memory for the members of '%s'", path);
    status = read_entries(zip, &d, error);
    if (status != RT_OK)
        rt_zip_close(zip);
    return status;
}

void rt_zip_close(RtZip *zip)
{
    for (uint32_t i = 0; i < zip->n; i++)
        free(zip->at[i].name);
    free(zip->at);
    zip->at = NULL;
    zip->n = 0;
}

RtStatus rt_zip_input(const RtZipMember *m, const char *name, RtInput **out, RtError *error)
{
    return rt_input_member(&(RtMember){m->data, (size_t)m->packed, m->is_deflated, m->size, m->crc},
                           name, out, error);
}

RtZipLabel rt_zip_label(const RtZip *zip, const RtZipMember *member)
{
    RtZipLabel label;
    snprintf(label.text, sizeof label.text, "%s:%s", zip->path, member->name);
    return label;
}

static RtStatus inflate_member(const RtZip *zip, const RtZipMember *m, unsigned char **owned,
                               RtError *error)
{
    RtZipLabel label = rt_zip_label(zip, m);
    RtInput *in = NULL;
    size_t got = 0;
    RtStatus status = rt_memory_check(label.text, m->size, error);
    if (status != RT_OK)
        return status;
    unsigned char *bytes = malloc((size_t)m->size + 1);
    if (!bytes)
        return rt_fail(error, "not enough memory for '%s': it needs %llu bytes", label.text,
                       (unsigned long long)m->size);
    status = rt_zip_input(m, label.text, &in, error);
    if (status == RT_OK)
        status = rt_input_read(in, bytes, (size_t)m->size, &got, error);
    if (status == RT_OK)
        status = rt_input_finish(in, "the size that a member has", error);
    rt_input_close(in);
    if (status == RT_OK)
        *owned = bytes;
    else
        free(bytes);
    return status;
}

RtStatus rt_zip_unpack(const RtZip *zip, const RtZipMember *member, const unsigned char **bytes,
                       unsigned char **owned, RtError *error)
{
    *owned = NULL;
    *bytes = member->data;
    if (!member->is_deflated)
        return rt_crc32(0, member->data, (size_t)member->size) == member->crc
                   ? RT_OK
                   : rt_fail(error, "'%s' is damaged: its checksum is wrong",
                             rt_zip_label(zip, member).text);
    RtStatus status = inflate_member(zip, member, owned, error);
    *bytes = *owned;
    return status;
}
