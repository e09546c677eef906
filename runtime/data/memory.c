/* memory.c: the limit of memory: of the command line, the control group, the machine. */
#include "runtime/data/memory.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static const uint64_t small_bytes = 1 << 20; /* requests up to here are not checked */

/* As setrlimit: it belongs to the process, and whoever asks for memory must find it. */
static _Atomic uint64_t chosen;

bool rt_memory_parse(const char *text, uint64_t *bytes)
{
    static const char units[] = "KMGT";
    char *end;
    if (*text < '0' || *text > '9' || strspn(text, "0123456789.") > 18)
        return false;
    double n = strtod(text, &end);
    if ((size_t)(end - text) != strspn(text, "0123456789."))
        return false;
    char letter = (char)(*end >= 'a' && *end <= 'z' ? *end - 'a' + 'A' : *end);
    const char *unit = letter ? strchr(units, letter) : NULL;
    if (unit) {
        for (const char *u = units; u <= unit; u++)
            n *= 1024;
        end += strcmp(end + 1, "iB") == 0 ? 3 : strcmp(end + 1, "B") == 0 ? 2 : 1;
    }
    if (*end || n < 1 || n > 1e18)
        return false;
    *bytes = (uint64_t)n;
    return true;
}

static uint64_t read_number(const char *path)
{
    unsigned long long n;
    FILE *in = fopen(path, "r");
    bool read = in && fscanf(in, "%llu", &n) == 1; /* not "max" */
    if (in)
        fclose(in);
    return read ? n : UINT64_MAX;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Of a group and all around it. In a container the path may be that of the host, and only the root is there. */
static uint64_t limit_of_group(const char *root, const char *controller, char *group,
                               const char *file)
{
    char path[4400];
    uint64_t least = UINT64_MAX;
    for (;;) {
        snprintf(path, sizeof path, "%s%s%s/%s", root, controller, group, file);
        least = smaller(least, read_number(path));
        char *slash = strrchr(group, '/');
        if (!slash)
            return least;
        *slash = 0;
    }
}

/* Lines are "0::PATH" for version 2, "N:CONTROLLERS:PATH" for version 1. */
uint64_t rt_memory_of_groups(const char *groups, const char *root)
{
    char line[4200];
    uint64_t least = UINT64_MAX;
    FILE *in = fopen(groups, "r");
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = 0;
        char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;
        if (!path)
            continue;
        *path++ = 0;
        if (!strcmp(line, "0:"))
            least = smaller(least, limit_of_group(root, "", path, "memory.max"));
        else if (!strcmp(names + 1, "memory"))
            least = smaller(least, limit_of_group(root, "/memory", path, "memory.limit_in_bytes"));
    }
    if (in)
        fclose(in);
    return least;
}

void rt_memory_set_limit(uint64_t bytes)
{
    atomic_store(&chosen, bytes);
}

uint64_t rt_memory_limit(void)
{
    uint64_t limit = atomic_load(&chosen);
    if (limit)
        return limit;
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    uint64_t machine = pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : UINT64_MAX;
    limit = smaller(machine, rt_memory_of_groups("/proc/self/cgroup", "/sys/fs/cgroup"));
    atomic_store(&chosen, limit);
    return limit;
}

/* By this process; 0 where the system does not say. */
static uint64_t memory_used(void)
{
    unsigned long long all, resident = 0;
    FILE *in = fopen("/proc/self/statm", "r");
    if (in && fscanf(in, "%llu %llu", &all, &resident) != 2)
        resident = 0;
    if (in)
        fclose(in);
    return resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint64_t rt_memory_left(void)
{
    uint64_t used = memory_used(), limit = rt_memory_limit();
    return used < limit ? limit - used : 0;
}

bool rt_memory_fits(uint64_t bytes)
{
    if (bytes < small_bytes || bytes <= rt_memory_left())
        return true;
#ifdef __GLIBC__
    (void)malloc_trim(0); /* what was freed is not in use */
#endif
    return bytes <= rt_memory_left();
}

bool rt_memory_doubles(uint64_t n, uint64_t each)
{
    return rt_memory_fits(n * each);
}

void rt_memory_help(RtError *error)
{
    rt_fail_help(error, "%llu of %llu bytes are left; --max-memory=SIZE sets another limit",
                 (unsigned long long)rt_memory_left(), (unsigned long long)rt_memory_limit());
}

RtStatus rt_memory_check(const char *what, uint64_t bytes, RtError *error)
{
    if (rt_memory_fits(bytes))
        return RT_OK;
    (void)!rt_fail(error, "'%s' is larger than memory allows: it needs %llu bytes", what,
                   (unsigned long long)bytes);
    rt_memory_help(error);
    return RT_ERROR;
}
