/* signals.c: a signal that ends nnlc while it writes. */
#include "driver/signals.h"

#include <signal.h>
#include <stddef.h>

#include "runtime/files/beside.h"

static void on_end(int number)
{
    rt_beside_remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

/* A signal that is ignored stays so: nohup asks for it. */
void signals_begin(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction old, action = {.sa_handler = on_end};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!sigaction(numbers[i], NULL, &old) && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow: write(2) says so */
    signal(SIGCHLD, SIG_DFL); /* where it is ignored, nobody learns how a linker ended */
}
