/* beside.h: temporary files and folders beside the place of a file.
 *
 * Their names cannot be guessed, and they are new: nobody can lay something in their way. Their process holds a lock on them,
 * which ends with it however it ends, in this container or another one. One that nobody holds was left by a process
 * that was killed; it is removed by the next one that writes the same file. */
#ifndef NNLC_RUNTIME_FILES_BESIDE_H
#define NNLC_RUNTIME_FILES_BESIDE_H

#include "runtime/files/place.h"

enum { RT_BESIDE_NAME = 256 };

typedef struct RtBeside {
    int fd; /* of the file, or folder; -1: none */
    int at; /* its number among those that a signal removes */
    bool is_folder;
    char name[RT_BESIDE_NAME];
} RtBeside;

/* An empty file, written by this process only. Those that were left are removed. 0 or errno. */
int rt_beside_open(const RtPlace *place, RtBeside *out);
/* A folder that only this user can enter. 0 or errno. */
int rt_beside_open_folder(const RtPlace *place, RtBeside *out);
/* The file gets its name. Its lock ends after it, when it is closed. 0 or errno. */
int rt_beside_rename(const RtPlace *place, RtBeside *beside);
/* Closes it; removes it, and what a folder holds, unless it was renamed. */
void rt_beside_close(const RtPlace *place, RtBeside *beside);

/* Removes all that this process has. Calls only what a signal handler may. */
void rt_beside_remove_all(void);

#endif
