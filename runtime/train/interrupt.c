/* interrupt.c: SIGINT, SIGTERM, SIGHUP and SIGXCPU end a run after the present batch; a second one ends it at once. SIGUSR1
 * asks where the run is. */
#include "runtime/train/interrupt.h"

#include <signal.h>
#include <string.h>

#include "runtime/files/beside.h"

static volatile sig_atomic_t caught; /* the signal, or 0 */
static volatile sig_atomic_t asked;
static volatile sig_atomic_t at_once; /* the first one ends the process, too */

/* The second one: what is half-written goes, then the process. A terminal that is closed sends SIGHUP twice, by the
 * shell and by the system, and a limit of CPU time SIGXCPU each second: this is one question. */
static void on_signal(int signal_number)
{
    bool repeats = signal_number == SIGHUP || signal_number == SIGXCPU;
    if (at_once || (caught && !(repeats && caught == signal_number))) {
        rt_beside_remove_all();
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
    caught = signal_number;
}

static void on_question(int signal_number)
{
    (void)signal_number;
    asked = 1;
}

/* A signal that is ignored stays so: a shell starts commands in the background in this way. */
static void note_signal(int signal_number)
{
    struct sigaction act, was;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_signal;
    act.sa_flags = SA_RESTART;
    sigemptyset(&act.sa_mask);
    if (sigaction(signal_number, NULL, &was) == 0 && was.sa_handler != SIG_IGN)
        sigaction(signal_number, &act, NULL);
}

void rt_interrupt_begin(void)
{
    caught = 0;
    note_signal(SIGINT);
    note_signal(SIGTERM);
    note_signal(SIGHUP);
    note_signal(SIGXCPU);
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_question;
    act.sa_flags = SA_RESTART;
    sigemptyset(&act.sa_mask);
    sigaction(SIGUSR1, &act, NULL);
    signal(SIGPIPE, SIG_IGN); /* nobody reads what is printed: the work is done all the same */
}

void rt_interrupt_at_once(bool now)
{
    at_once = now;
    if (now && caught)
        rt_interrupt_raise();
}

bool rt_interrupted(void)
{
    return caught != 0;
}

bool rt_interrupt_asked(void)
{
    bool was = asked != 0;
    if (was)
        asked = 0;
    return was;
}

void rt_interrupt_output_gone(void)
{
    if (!caught)
        caught = SIGPIPE;
}

void rt_interrupt_raise(void)
{
    int number = caught;
    if (!number)
        return;
    signal(number, SIG_DFL);
    raise(number);
}
