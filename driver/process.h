/* process.h: what nnlc needs of its process: a stack, and an orderly end. */
#ifndef NNLC_DRIVER_PROCESS_H
#define NNLC_DRIVER_PROCESS_H

#include <stdbool.h>

/* First of all. From here on a signal that ends nnlc leaves nothing half-written, and LLVM giving up is an error
 * message. false: the stack is too small, and may not be made larger; a message is printed. */
bool process_begin(void);

#endif
