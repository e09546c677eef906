/* interrupt.h: being asked to stop. */
#ifndef NNLC_RUNTIME_TRAIN_INTERRUPT_H
#define NNLC_RUNTIME_TRAIN_INTERRUPT_H

#include <stdbool.h>

/* From here on SIGINT, SIGTERM, SIGHUP and SIGXCPU are noted, unless ignored; the second one ends the process, without what is
 * half-written. SIGPIPE is ignored. */
void rt_interrupt_begin(void);
/* From now on, or no longer, the first one ends the process: while there is nothing to lose. */
void rt_interrupt_at_once(bool now);
/* One has come. */
bool rt_interrupted(void);
/* SIGUSR1 has come since the last call: somebody asks where the run is. */
bool rt_interrupt_asked(void);
/* Nobody reads standard output: the process is to end by SIGPIPE. */
void rt_interrupt_output_gone(void);
/* Ends the process by the signal that came, so that a shell sees 128 + its number. */
void rt_interrupt_raise(void);

#endif
