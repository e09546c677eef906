/* sandbox.h: --sandbox: the trainer opens no files but those that the program and the command line name. */
#ifndef NNLC_RUNTIME_CLI_SANDBOX_H
#define NNLC_RUNTIME_CLI_SANDBOX_H

#include "runtime/cli/arguments.h"

/* Before any thread is started; `run` is as rt_run_open leaves it, with one thread. */
RtStatus rt_sandbox_begin(RtRun *run, const RtArguments *a) RT_MUST_USE;

#endif
