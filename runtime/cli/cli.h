/* cli.h: the whole trainer behind main: command line, commands, exit code. */
#ifndef NNLC_RUNTIME_CLI_CLI_H
#define NNLC_RUNTIME_CLI_CLI_H

#include "runtime/abi/phase.h"
#include "runtime/data/readings.h"

/* 0: fine; 1: the run went wrong; 2: the command line is wrong. After an interrupt the signal is
 * raised again, so that a shell sees 130. `readings`: what a compiler in this process has read, if it runs
 * the code; NULL: the code is part of this process's program, whose folder is one of those where data files
 * are looked for. */
int rt_main(const NnlProgram *program, RtReadings *readings, int argc, char **argv);

#endif
