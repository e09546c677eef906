/* private.h: a folder in which another program makes a file, before it gets its place.
 *
 * It lies beside the place, nobody else can enter it, and the names in it are those that the caller chooses: what
 * the other program gets to read holds nothing of the name of the file but the path of its folder, behind "./" or "/". */
#ifndef NNLC_RUNTIME_FILES_PRIVATE_H
#define NNLC_RUNTIME_FILES_PRIVATE_H

#include <stddef.h>

#include "runtime/files/beside.h"

typedef struct RtPrivate {
    char *path;   /* of the file, as given */
    char *folder; /* its path */
    RtPlace place;
    RtBeside beside;
} RtPrivate;

/* What is special is refused: another program can't write it in its place. */
RtStatus rt_private_begin(const char *path, RtPrivate *out, RtError *error) RT_MUST_USE;
/* What others read in it, and what they make. */
#define RT_PRIVATE_OBJECT "program.o"
#define RT_PRIVATE_RESULT "program"
/* Writes the first one. */
RtStatus rt_private_write(const RtPrivate *p, const void *bytes, size_t n,
                          RtError *error) RT_MUST_USE;
/* The other one gets its place, as one that may be run. The folder is removed in any case. */
RtStatus rt_private_commit(RtPrivate *p, RtError *error) RT_MUST_USE;
/* Removes the folder and what is in it. */
void rt_private_abandon(RtPrivate *p);

#endif
