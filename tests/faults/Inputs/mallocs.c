/* mallocs.c: preloaded, lets requests for memory fail that the program's own code makes, and what is linked into it, not
 * those of shared libraries.
 *
 *     FAULT_AT=K        the K-th request, from 1; 0: none
 *     FAULT_ALWAYS=1    and all after it
 *     FAULT_CHILD=1     only in children that use libhdf5
 *     FAULT_COUNT=FILE  gets how many there were, in a line */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t align, size_t size);

static atomic_long count;
static long at;
static int always, elsewhere;
static uintptr_t first, last; /* the program's code */

/* The first object is the program itself. */
static int look(struct dl_phdr_info *info, size_t size, void *cx)
{
    (void)size, (void)cx;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type == PT_LOAD && (h->p_flags & PF_X)) {
            first = info->dlpi_addr + h->p_vaddr;
            last = first + h->p_memsz;
        }
    }
    return 1;
}

__attribute__((constructor)) static void begin(int argc, char **argv)
{
    int child = argc == 2 && !strcmp(argv[1], "--hdf5-for-my-parent");
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    always = getenv("FAULT_ALWAYS") != NULL;
    elsewhere = getenv("FAULT_CHILD") && !child;
    dl_iterate_phdr(look, NULL);
    if (!elsewhere)
        unsetenv("LD_PRELOAD"); /* not in linkers */
}

__attribute__((destructor)) static void end(void)
{
    char text[32];
    const char *path = elsewhere ? NULL : getenv("FAULT_COUNT");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    if (fd >= 0 && write(fd, text, (size_t)snprintf(text, sizeof text, "%ld\n", (long)count)) < 0)
        abort();
}

static int fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    if (elsewhere || from < first || from >= last)
        return 0;
    long k = atomic_fetch_add(&count, 1) + 1;
    if (!at || k < at || (k > at && !always))
        return 0;
    errno = ENOMEM;
    return 1;
}

#define OWN fails(__builtin_return_address(0))

void *malloc(size_t size)
{
    return OWN ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return OWN ? NULL : __libc_calloc(n, size);
}

void *realloc(void *block, size_t size)
{
    return OWN ? NULL : __libc_realloc(block, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return OWN ? NULL : __libc_memalign(align, size);
}
