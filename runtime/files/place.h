/* place.h: where a file is written: the folder that holds it, open, and its name there.
 *
 * Symbolic links are followed first, so that what they lead to is replaced. All that follows is relative to the open folder:
 * it goes to the same place whatever happens to the path meanwhile, and paths may be as long as the system allows. */
#ifndef NNLC_RUNTIME_FILES_PLACE_H
#define NNLC_RUNTIME_FILES_PLACE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "runtime/abi/status.h"

/* Numbers behind those of errno. */
enum { RT_READ_ONLY = 100000, RT_NO_NAME };

typedef struct RtPlace {
    int folder;      /* its file descriptor */
    char *name;      /* in it */
    bool is_there;   /* a file has the name: `old` is about it */
    struct stat old; /* at the time of the search, then of the last look */
} RtPlace;

/* Finds it. What is there must be a file that may be written; nobody may write one whose mode forbids it to all, not even
 * root. Returns 0 or a number for rt_place_fail; the caller closes the place. */
int rt_place_find(const char *path, RtPlace *out);
/* Looks again what has the name; what is gone is remembered. */
void rt_place_look(RtPlace *place);
/* The file gets the mode of the old one, and owner and group as far as this process may give them. A group that it may not
 * give does not get the rights of that group. Without an old file: nothing. 0 or errno. */
int rt_place_take_over(const RtPlace *place, int fd, bool executable);
/* Makes the names in the folder last through a power failure. 0 or errno; a folder that cannot be synced is no failure. */
int rt_place_sync(const RtPlace *place);
void rt_place_close(RtPlace *place);

/* Two names of one file, which is there and is no device. */
bool rt_same_file(const char *a, const char *b);
/* Is it a pipe, a terminal, a device, or an open file of this process? Those are written as they are. */
bool rt_place_is_special(const char *path);
/* The file descriptor that /dev/stdout, /dev/stderr and /dev/fd/N mean, or -1: opened anew it would write from the
 * beginning over what others have written to it. */
int rt_place_open_fd(const char *path);
/* For writing what is special. -1: errno says why not. */
int rt_place_open_special(const char *path);

/* "cannot write 'path': why". */
RtStatus rt_place_fail(const char *path, int number, RtError *error);

#endif
