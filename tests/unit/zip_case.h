/* zip_case.h: zip files put together by hand, right and wrong, for tests. */
#ifndef NNLC_TESTS_UNIT_ZIP_CASE_H
#define NNLC_TESTS_UNIT_ZIP_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "runtime/data/crc32.h"

/* What is special about the one member; all zero: a plain stored one. */
typedef struct ZipCase {
    uint32_t flags, method;
    bool is_zip64;      /* sizes and directory in the wide fields */
    uint32_t wrong_crc; /* added */
    uint32_t more_size; /* added to the unpacked size */
    uint32_t more_offset;
} ZipCase;

static inline size_t zip_number(unsigned char *to, uint64_t x, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(x >> 8 * i);
    return (size_t)bytes;
}

/* From the flags to the lengths of name and extra field. */
static inline size_t zip_common(unsigned char *to, const ZipCase *z, uint32_t crc, uint32_t packed,
                                uint32_t size, size_t n_name, uint32_t n_extra)
{
    size_t at = zip_number(to, z->flags, 2);
    at += zip_number(to + at, z->method, 2);
    at += zip_number(to + at, 0, 4);
    at += zip_number(to + at, crc + z->wrong_crc, 4);
    at += zip_number(to + at, packed, 4);
    at += zip_number(to + at, size, 4);
    at += zip_number(to + at, n_name, 2);
    return at + zip_number(to + at, n_extra, 2);
}

/* A zip file of one member; its size. Method 8: the data goes into one stored deflate block. */
static inline size_t zip_make(unsigned char *to, const ZipCase *z, const char *name,
                              const void *data, size_t n)
{
    size_t n_name = strlen(name), at, start, directory;
    uint32_t crc = rt_crc32(0, data, n), packed = (uint32_t)n + (z->method == 8 ? 5 : 0);
    at = zip_number(to, 0x04034b50, 4);
    at += zip_number(to + at, 20, 2);
    at += zip_common(to + at, z, crc, packed, (uint32_t)n, n_name, 0);
    memcpy(to + at, name, n_name);
    at += n_name;
    if (z->method == 8) {
        at += zip_number(to + at, 1, 1);
        at += zip_number(to + at, n, 2);
        at += zip_number(to + at, ~n, 2);
    }
    memcpy(to + at, data, n);
    start = at += n;
    at += zip_number(to + at, 0x02014b50, 4);
    at += zip_number(to + at, 20 | 20 << 16, 4);
    uint32_t size = (uint32_t)n + z->more_size;
    at += zip_common(to + at, z, crc, z->is_zip64 ? 0xffffffff : packed,
                     z->is_zip64 ? 0xffffffff : size, n_name, z->is_zip64 ? 33 : 0);
    at += zip_number(to + at, 0, 2 + 2 + 2);
    at += zip_number(to + at, 0, 4);
    at += zip_number(to + at, z->is_zip64 ? 0xffffffff : z->more_offset, 4);
    memcpy(to + at, name, n_name);
    at += n_name;
    if (z->is_zip64) {
        at += zip_number(to + at, 0x7777 | 1 << 16, 4); /* another field, of one byte */
        at += zip_number(to + at, 0, 1);
        at += zip_number(to + at, 1 | 24 << 16, 4);
        at += zip_number(to + at, size, 8);
        at += zip_number(to + at, packed, 8);
        at += zip_number(to + at, z->more_offset, 8);
    }
    directory = at - start;
    if (z->is_zip64) {
        size_t end = at;
        at += zip_number(to + at, 0x06064b50, 4);
        at += zip_number(to + at, 44, 8);
        at += zip_number(to + at, 45 | 45 << 16, 4);
        at += zip_number(to + at, 0, 8);
        at += zip_number(to + at, 1, 8);
        at += zip_number(to + at, 1, 8);
        at += zip_number(to + at, directory, 8);
        at += zip_number(to + at, start, 8);
        at += zip_number(to + at, 0x07064b50, 4);
        at += zip_number(to + at, 0, 4);
        at += zip_number(to + at, end, 8);
        at += zip_number(to + at, 1, 4);
    }
    at += zip_number(to + at, 0x06054b50, 4);
    at += zip_number(to + at, 0, 4);
    at += zip_number(to + at, z->is_zip64 ? 0xffff : 1, 2);
    at += zip_number(to + at, z->is_zip64 ? 0xffff : 1, 2);
    at += zip_number(to + at, z->is_zip64 ? 0xffffffff : directory, 4);
    at += zip_number(to + at, z->is_zip64 ? 0xffffffff : start, 4);
    return at + zip_number(to + at, 0, 2);
}

#endif
