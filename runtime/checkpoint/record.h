/* record.h: the record of a checkpoint in memory: structs ImgKept … made from checkpoint.def. */
#ifndef NNLC_RUNTIME_CHECKPOINT_RECORD_H
#define NNLC_RUNTIME_CHECKPOINT_RECORD_H

#include "runtime/abi/image.h"
#include "runtime/abi/status.h"

#define RECORDS_FILE "runtime/checkpoint/checkpoint.def"
#include "runtime/abi/expand_structs.def"

enum { RT_KEPT_VERSION = 1 };

/* The record as bytes, in malloc memory; NULL: no memory. */
unsigned char *rt_kept_write(const ImgKept *kept, size_t *size);
/* `path` for messages. The caller frees *out. */
RtStatus rt_kept_read(const void *bytes, size_t size, const char *path, ImgKept **out,
                      RtError *error) RT_MUST_USE;
void rt_kept_free(ImgKept *kept); /* NULL: nothing */

#endif
