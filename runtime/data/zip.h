/* zip.h: the members of a zip file in memory. */
#ifndef NNLC_RUNTIME_DATA_ZIP_H
#define NNLC_RUNTIME_DATA_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"
#include "runtime/data/input.h"

typedef struct RtZipMember {
    char *name;
    bool is_deflated;
    uint32_t crc;
    uint64_t packed, size;
    const unsigned char *data; /* packed bytes, in the zip file */
} RtZipMember;

typedef struct RtZip {
    const char *path; /* for messages */
    uint32_t n;
    RtZipMember *at;
} RtZip;

/* Starts like a zip file. */
bool rt_zip_is(const unsigned char *bytes, size_t size);
/* Reads the directory at the end; the zip keeps `bytes` and `path`. The caller closes it. */
RtStatus rt_zip_open(const unsigned char *bytes, size_t size, const char *path, RtZip *zip,
                     RtError *error) RT_MUST_USE;
void rt_zip_close(RtZip *zip);
/* To read a member; `name` stands for it in messages. */
RtStatus rt_zip_input(const RtZipMember *member, const char *name, RtInput **out,
                      RtError *error) RT_MUST_USE;
/* "a.npz:x.npy", cut off where it is too long. */
typedef struct RtZipLabel {
    char text[512];
} RtZipLabel;
RtZipLabel rt_zip_label(const RtZip *zip, const RtZipMember *member);
/* A member's bytes, unpacked and compared with their checksum. *owned is to be freed (NULL where
 * they lie in the file as they are). */
RtStatus rt_zip_unpack(const RtZip *zip, const RtZipMember *member, const unsigned char **bytes,
                       unsigned char **owned, RtError *error) RT_MUST_USE;

#endif
