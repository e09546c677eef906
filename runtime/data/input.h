/* input.h: bytes of a file or of memory, unpacked on the way if they are compressed. */
#ifndef NNLC_RUNTIME_DATA_INPUT_H
#define NNLC_RUNTIME_DATA_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/abi/status.h"

typedef struct RtInput RtInput;

typedef enum {
    RT_PACKED_auto, /* gzip if it starts like that */
    RT_PACKED_none,
    RT_PACKED_deflate /* a bare stream, as in zip files; rt_input_member */
} RtPacked;

RtStatus rt_input_open(const char *path, RtInput **out, RtError *error) RT_MUST_USE;
/* Standard input, called so in messages. */
RtStatus rt_input_stdin(const char *name, RtInput **out, RtError *error) RT_MUST_USE;
/* Keeps `bytes`; `name` stands for the path in messages. */
RtStatus rt_input_memory(const void *bytes, size_t size, const char *name, RtPacked packed,
                         RtInput **out, RtError *error) RT_MUST_USE;
/* A member of a zip file, of which the directory says so much. */
typedef struct RtMember {
    const void *packed;
    size_t n_packed;
    bool is_deflated;
    uint64_t size; /* unpacked */
    uint32_t crc;
} RtMember;

/* The same for a member: what is left is known, and rt_input_finish compares size and checksum. */
RtStatus rt_input_member(const RtMember *member, const char *name, RtInput **out,
                         RtError *error) RT_MUST_USE;
void rt_input_close(RtInput *in); /* NULL: nothing */

/* Up to n bytes; *got < n only at the end. */
RtStatus rt_input_read(RtInput *in, void *to, size_t n, size_t *got, RtError *error) RT_MUST_USE;
/* Do the first bytes of a file, 64 KB where it has so many, look like what is wanted? */
typedef bool RtStarts(const unsigned char *bytes, size_t n);
/* Everything that is left, with a zero byte behind; in malloc memory. What does not start right (NULL: everything does) is not
 * read further: a device or a packed file may go on for ever. */
RtStatus rt_input_all(RtInput *in, RtStarts *starts, unsigned char **bytes, size_t *n,
                      RtError *error) RT_MUST_USE;
/* Fails if anything is left. `what` was read before: "'a.idx' goes on after WHAT". */
RtStatus rt_input_finish(RtInput *in, const char *what, RtError *error) RT_MUST_USE;
/* Bytes that are left; -1 where only unpacking would tell. */
int64_t rt_input_left(const RtInput *in);
const char *rt_input_name(const RtInput *in);
/* The open file, if what is read are its bytes from the first one on; else -1. */
int rt_input_fd(const RtInput *in);

#endif
