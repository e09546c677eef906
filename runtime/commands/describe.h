/* describe.h: what the files describe*.c share. */
#ifndef NNLC_RUNTIME_COMMANDS_DESCRIBE_H
#define NNLC_RUNTIME_COMMANDS_DESCRIBE_H

#include "runtime/train/run.h"
#include "runtime/train/state.h"

/* The columns of the data set's training table; nothing where it is none. */
void rt_describe_columns(const RtRun *run, uint32_t data, const RtDataset *d);

#endif
