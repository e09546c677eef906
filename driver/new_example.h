/* new_example.h: an example in a folder of its own. */
#ifndef NNLC_DRIVER_NEW_EXAMPLE_H
#define NNLC_DRIVER_NEW_EXAMPLE_H

#include "driver/session.h"

/* nnlc new FOLDER --example=NAME. Returns the exit code. */
int new_example_copy(const Session *s);

#endif
