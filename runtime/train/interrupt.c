/* interrupt.c: SIGINT and SIGTERM end a run after the present batch; a second one ends it at once. */
#include "runtime/train/interrupt.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t caught; /* the signal, or 0 */

static void on_signal(int signal_number)
{
    caught = signal_number;
}

void rt_interrupt_begin(void)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_signal;
    act.sa_flags = (int)(SA_RESETHAND | SA_RESTART);
    sigemptyset(&act.sa_mask);
    caught = 0;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
}

bool rt_interrupted(void)
{
    return caught != 0;
}

void rt_interrupt_raise(void)
{
    int number = caught;
    if (!number)
        return;
    signal(number, SIG_DFL);
    raise(number);
}
