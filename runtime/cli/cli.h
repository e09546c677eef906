/* cli.h: the whole trainer behind main: command line, commands, exit code. */
#ifndef NNLC_RUNTIME_CLI_CLI_H
#define NNLC_RUNTIME_CLI_CLI_H

#include "runtime/abi/phase.h"

/* 0: fine; 1: the run went wrong; 2: the command line is wrong. After an interrupt the signal is
 * raised again, so that a shell sees 130. */
int rt_main(const NnlProgram *program, int argc, char **argv);

#endif
