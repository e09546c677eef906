/* surroundings.h: what a process may find itself in when it starts. */
#ifndef NNLC_RUNTIME_EXEC_SURROUNDINGS_H
#define NNLC_RUNTIME_EXEC_SURROUNDINGS_H

#include <stdbool.h>

/* First of all. Standard input, output and error that are closed are opened as what fails at each use, so that no file of
 * the program gets their numbers. A limit on the size of files is an error of write(2), not the end of the
 * process; whoever ignores SIGCHLD does not do so for us. A signal that ends the process removes its temporary files. */
void rt_surroundings_begin(void);

/* The file that this process runs, by its full path; also where there is no /proc. NULL: unknown. In malloc memory. */
char *rt_own_path(void);

/* Writes all that was printed. 0, or errno of what was not written: a disk that is full, a file that is closed. */
int rt_output_flush(void);
/* Standard output is a pipe, or a connection, that nobody reads any more. */
bool rt_output_is_gone(void);

#endif
