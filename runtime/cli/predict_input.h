/* predict_input.h: the rows that a trainer's predict is given: a file, standard input, or cells. */
#ifndef NNLC_RUNTIME_CLI_PREDICT_INPUT_H
#define NNLC_RUNTIME_CLI_PREDICT_INPUT_H

#include "runtime/cli/arguments.h"

/* Reads them, with the columns that the model takes. The caller closes *out, also after a failure. */
RtStatus rt_predict_input(RtRun *run, const RtModel *m, const RtArguments *a,
                          RtReading *out) RT_MUST_USE;

#endif
