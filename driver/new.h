/* new.h: nnlc new: the text of a program for a table, or an example with its data. */
#ifndef NNLC_DRIVER_NEW_H
#define NNLC_DRIVER_NEW_H

#include "driver/session.h"

/* Returns the exit code. */
int new_print(Session *s);

#endif
