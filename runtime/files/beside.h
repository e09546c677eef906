/* beside.h: temporary files beside the place of a file.
 *
 * Their process holds a lock on them, which ends with it however it ends, in this container or another one. A
 * file that nobody holds was left by a process that was killed. */
#ifndef NNLC_RUNTIME_FILES_BESIDE_H
#define NNLC_RUNTIME_FILES_BESIDE_H

/* Opens an empty one, locked until its file descriptor is closed; its name in *name, in malloc memory. Those that
 * were left are removed. Returns the file descriptor, or -1: errno says why. */
int rt_beside_open(const char *goal, char **name);

#endif
