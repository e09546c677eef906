/* subcommands.h: what a trainer does besides running its commands from start to end. */
#ifndef NNLC_RUNTIME_CLI_SUBCOMMANDS_H
#define NNLC_RUNTIME_CLI_SUBCOMMANDS_H

#include "runtime/cli/arguments.h"

RtStatus rt_subcommand_run(RtRun *run, const RtArguments *a) RT_MUST_USE;

#endif
