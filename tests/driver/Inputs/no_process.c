/* no_process.c: preloaded, a system that has as many processes as it may have. */
#include <errno.h>

int posix_spawnp(void)
{
    return EAGAIN;
}
