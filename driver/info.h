/* info.h: nnlc info FILE: what a file of weights, a model or a checkpoint holds. */
#ifndef NNLC_DRIVER_INFO_H
#define NNLC_DRIVER_INFO_H

#include "driver/session.h"

/* Returns the exit code. */
int info_print(Session *s);

#endif
