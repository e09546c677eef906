/* surroundings.c: file descriptors 0 to 2, and signals. */
#include "runtime/exec/surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "runtime/files/beside.h"

/* What fails: reading from a file that is open for writing only, and the other way round. Messages just vanish. */
static void open_closed(int fd)
{
    if (fcntl(fd, F_GETFD) >= 0)
        return;
    int got = open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
    if (got < 0) /* a system without devices; nobody can write to a folder, nor read it */
        got = open("/", O_RDONLY | O_DIRECTORY);
    if (got >= 0 && got != fd) {
        (void)dup2(got, fd);
        close(got);
    }
}

static void on_end(int number)
{
    rt_beside_remove_all();
    signal(number, SIG_DFL);
    raise(number);
}

/* Does it end a process that does nothing about it, and can something be done? */
static bool is_end(int number)
{
    static const int others[] = {SIGCHLD, SIGCONT, SIGURG,  SIGWINCH, SIGTSTP,
                                 SIGTTIN, SIGTTOU, SIGSTOP, SIGKILL};
    bool ends = number > 0 && number <= SIGRTMAX;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ends = ends && number != others[i];
    return ends;
}

/* Whatever signal ends the process, what is half-written goes before. Those that are ignored stay so, and those that a
 * sanitizer has taken. */
static void catch_all(void)
{
    struct sigaction old, action = {.sa_handler = on_end};
    for (int number = 1; number <= SIGRTMAX; number++)
        if (is_end(number) && !sigaction(number, NULL, &old) && old.sa_handler == SIG_DFL)
            (void)sigaction(number, &action, NULL);
}

void rt_surroundings_begin(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        open_closed(fd);
    catch_all();
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
}

/* The name that the system was given is relative to the folder of the start. */
char *rt_own_path(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    const char *name = path ? NULL : (const char *)getauxval(AT_EXECFN);
    return name ? realpath(name, NULL) : path;
}

int rt_output_flush(void)
{
    errno = 0;
    if (!fflush(stdout) && !ferror(stdout))
        return 0;
    if (!errno && fputc('\n', stdout) != EOF) /* an earlier write failed: this one says why */
        (void)fflush(stdout);
    return errno ? errno : EIO;
}

bool rt_output_is_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP)) != 0;
}
