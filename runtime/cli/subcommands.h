/* subcommands.h: what a trainer does besides running its commands from start to end. */
#ifndef NNLC_RUNTIME_CLI_SUBCOMMANDS_H
#define NNLC_RUNTIME_CLI_SUBCOMMANDS_H

#include "runtime/cli/arguments.h"

RtStatus rt_subcommand_run(RtRun *run, const RtArguments *a) RT_MUST_USE;
/* predict INPUT -o OUTPUT. */
RtStatus rt_predict_file(RtRun *run, const RtArguments *a) RT_MUST_USE;
/* Weights for evaluate and predict: --weights, else what the program saves last. */
RtStatus rt_load_weights(RtRun *run, RtModel *m) RT_MUST_USE;

#endif
